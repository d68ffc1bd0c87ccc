//! Deleting portal users, restoring them, and letting them go for good (P6). Inside of a running act it is done to many at once,
//! each done or skipped with the reason and with its audit entry; doing it to one alone is the same with one.
//!
//! Deleting ends the person's links and sessions, open invitations, links to reset the password and changes that wait; the
//! contacts can be invited again. For 30 days the person can be restored, and the links are made again as far as their contacts
//! are free and not blocked; or they come back by accepting a newer invitation. The account belongs to the person; it goes
//! with the last portal user that it is.

use crate::access::{Actor, Permission, Role};
use crate::act::{Act, App, Outcomes, Scope, Skipped};
use crate::audit::Entry;
use crate::base::id::{AccountId, ContactId, GroupId, LinkId, PortalUserId};
use crate::base::{Instant, Result};
use crate::contact::{self, Contact, Portal, mismatch};
use crate::link::bulk::{self, Tie};
use crate::link::store::company_of;
use crate::link::{EndReason, Link, State};
use crate::portal_user::{self, PortalUser, RESTORE_DAYS};
use crate::{account, group, invitation};
use std::collections::{BTreeSet, HashMap};

/// How many are let go in one transaction.
const AT_ONCE: i64 = 200;

/// Delete a portal user: nothing of this business opens any more, from the very next request on every node.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is deleted already.
pub async fn delete(app: &App, actor: &Actor, id: PortalUserId) -> Result<PortalUser> {
    actor.must(Permission::PortalUsersDelete)?;
    let mut act = app.begin(actor).await?;
    for (_, outcome) in delete_all(&mut act, &[id]).await? {
        outcome?;
    }
    let user = portal_user::store::find(&mut act, id).await?;
    act.commit_all(Vec::new()).await?;
    Ok(user)
}

/// Restore a portal user: what was linked opens again, as far as the contacts are still free and not blocked.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is not deleted, or was too long ago.
pub async fn restore(app: &App, actor: &Actor, id: PortalUserId) -> Result<PortalUser> {
    actor.must(Permission::PortalUsersDelete)?;
    let mut act = app.begin(actor).await?;
    for (_, outcome) in restore_all(&mut act, &[id]).await? {
        outcome?;
    }
    let user = portal_user::store::find(&mut act, id).await?;
    act.commit_all(Vec::new()).await?;
    Ok(user)
}

/// What deleting these people would do now; nothing is changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn foresee_deleting(scope: &mut Scope, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let now = scope.now;
    Ok(weigh(scope, ids, |user| user.delete(now, "")).await?.0)
}

/// What restoring these people would do now; nothing is changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn foresee_restoring(scope: &mut Scope, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let now = scope.now;
    Ok(weigh(scope, ids, |user| user.restore(now).map(|_| ())).await?.0)
}

async fn weigh(
    scope: &mut Scope,
    ids: &[PortalUserId],
    mut deed: impl FnMut(&mut PortalUser) -> std::result::Result<(), Skipped>,
) -> Result<(Outcomes<PortalUserId>, Vec<PortalUser>)> {
    let mut found = portal_user::bulk::find(scope, ids).await?;
    let mut changed = Vec::with_capacity(found.len());
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in ids {
        let outcome = match found.remove(id) {
            None => Err(Skipped::Gone("The portal user")),
            Some(mut user) => deed(&mut user).map(|()| changed.push(user)),
        };
        outcomes.push((*id, outcome));
    }
    Ok((outcomes, changed))
}

/// Delete these people, each of whom is named once; in a few statements, however many they are.
///
/// # Errors
/// When the database refuses; then nobody is deleted.
pub async fn delete_all(act: &mut Act, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let (business, now, by) = (act.business, act.now, act.actor.name().to_owned());
    let (outcomes, mut users) = weigh(act, ids, |user| user.delete(now, &by)).await?;
    if users.is_empty() {
        return Ok(outcomes);
    }
    let deleted: Vec<PortalUserId> = users.iter().map(|user| user.id).collect();
    let ties = bulk::active_of(act, &deleted).await?;
    let links: Vec<LinkId> = ties.iter().map(|tie| tie.link.id).collect();
    bulk::end_all(act, &links, &by, EndReason::Deleted).await?;
    let contacts: Vec<ContactId> = ties.iter().map(|tie| tie.link.contact_id).collect();
    let mut contacts = contact::store::of_ids(act, &contacts).await?;
    contacts.iter_mut().for_each(Contact::disconnect);
    contact::bulk::save_portal(act, &contacts).await?;
    let contacts: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    mismatch::store::refresh(act, &contacts).await?;
    portal_user::deeds::void_openings(act, &users).await?;
    let accounts: Vec<AccountId> = users.iter().map(|user| user.account_id).collect();
    let elsewhere = account::bulk::also_elsewhere(&mut act.tx, business, &accounts).await?;
    let only_here: Vec<AccountId> = accounts.into_iter().filter(|id| !elsewhere.contains(id)).collect();
    account::bulk::end_sessions(&mut act.tx, &only_here).await?;

    let mut clients: HashMap<PortalUserId, Vec<String>> = HashMap::new();
    for Tie { link, client_name } in ties {
        clients.entry(link.portal_user_id).or_default().push(client_name);
    }
    users.iter_mut().for_each(|user| user.company = String::new());
    portal_user::bulk::save_deletion(act, &users).await?;
    let entries: Vec<Entry> = users
        .into_iter()
        .map(|user| Entry::PortalUserDeleted {
            portal_user: user.id,
            email: user.email.to_string(),
            clients: clients.remove(&user.id).unwrap_or_default(),
            name: user.name,
        })
        .collect();
    act.record(&entries).await?;
    Ok(outcomes)
}

/// Restore these people, each of whom is named once; in a few statements, however many they are.
///
/// # Errors
/// When the database refuses; then nobody is restored.
pub async fn restore_all(act: &mut Act, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let now = act.now;
    let mut since: HashMap<PortalUserId, Instant> = HashMap::new();
    let restoring = |user: &mut PortalUser| {
        let deleted_at = user.restore(now)?;
        since.insert(user.id, deleted_at);
        Ok(())
    };
    let (outcomes, mut users) = weigh(act, ids, restoring).await?;
    if users.is_empty() {
        return Ok(outcomes);
    }
    let restored: Vec<PortalUserId> = users.iter().map(|user| user.id).collect();
    let mut ties = bulk::ended_with(act, &restored).await?;
    ties.retain(|tie| tie.link.ended_at == since.get(&tie.link.portal_user_id).copied());
    let (mut again, not) = free(act, ties).await?;
    into_groups_that_there_are(act, &mut again).await?;
    let links: Vec<Link> = again.iter().map(|tie| tie.link.clone()).collect();
    bulk::insert_all(act, &links).await?;
    let contacts: Vec<ContactId> = links.iter().map(|link| link.contact_id).collect();
    mismatch::store::refresh(act, &contacts).await?;

    let ended = end_disabling_without_link(&mut users, &links);
    let (mut clients, mut lost) = (by_user(again), by_user(not));
    for user in &mut users {
        user.company = company_of(clients.get(&user.id).map(Vec::as_slice).unwrap_or_default());
    }
    portal_user::bulk::save_deletion(act, &users).await?;
    let entries: Vec<Entry> = users
        .iter()
        .map(|user| Entry::PortalUserRestored {
            portal_user: user.id,
            clients: clients.remove(&user.id).unwrap_or_default(),
            not: lost.remove(&user.id).unwrap_or_default(),
        })
        .chain(ended)
        .collect();
    act.record(&entries).await?;
    Ok(outcomes)
}

/// Whom a client's own people had disabled, and who comes back without the link to that client, is not kept out by them any more
/// ([`crate::link::keeping`]).
fn end_disabling_without_link(users: &mut [PortalUser], links: &[Link]) -> Vec<Entry> {
    let mut ended = Vec::new();
    for user in users {
        let Some(client) = user.disabled.as_ref().and_then(|disabled| disabled.behalf.client()) else { continue };
        if !links.iter().any(|link| link.portal_user_id == user.id && link.client_id == client) {
            user.disabled = None;
            ended.push(Entry::DisablingEnded { portal_user: user.id, client });
        }
    }
    ended
}

/// Which of these can be tied again, as new links, and which cannot: a contact must be free, and not blocked. An invitation that
/// is open for one ends: the person it was for is back. The contacts are stored as connected.
async fn free(act: &mut Act, ties: Vec<Tie>) -> Result<(Vec<Tie>, Vec<Tie>)> {
    let now = act.now;
    let ids: Vec<ContactId> = ties.iter().map(|tie| tie.link.contact_id).collect();
    let found = contact::store::of_ids(act, &ids).await?;
    let mut free: HashMap<ContactId, Contact> = found
        .into_iter()
        .filter(|contact| matches!(contact.portal, Portal::None | Portal::Invited))
        .map(|contact| (contact.id, contact))
        .collect();
    let (mut again, mut not, mut connected) = (Vec::new(), Vec::new(), Vec::new());
    for mut tie in ties {
        // Of two who were linked through one contact, one after the other, the first that is restored is it.
        match free.remove(&tie.link.contact_id) {
            Some(mut contact) => {
                contact.connect()?;
                connected.push(contact);
                tie.link =
                    Link { id: LinkId::new(now), state: State::Active, made_at: now, ended_at: None, ..tie.link };
                again.push(tie);
            }
            None => not.push(tie),
        }
    }
    let ids: Vec<ContactId> = connected.iter().map(|contact| contact.id).collect();
    invitation::store::end_all_open(act, &ids, invitation::State::Revoked).await?;
    contact::bulk::save_portal(act, &connected).await?;
    Ok((again, not))
}

/// Whoever belonged to a group that was deleted meanwhile comes back into the Default group, as a member.
async fn into_groups_that_there_are(act: &mut Act, ties: &mut [Tie]) -> Result<()> {
    let groups: Vec<GroupId> = ties.iter().map(|tie| tie.link.group_id).collect();
    let ended = group::store::ended_of(act, &groups).await?;
    for tie in ties.iter_mut().filter(|tie| ended.contains(&tie.link.group_id)) {
        tie.link.group_id = group::store::default_of(act, tie.link.client_id).await?.id;
        tie.link.role = Role::Member;
    }
    Ok(())
}

fn by_user(ties: Vec<Tie>) -> HashMap<PortalUserId, Vec<String>> {
    let mut names: HashMap<PortalUserId, Vec<String>> = HashMap::new();
    for Tie { link, client_name } in ties {
        names.entry(link.portal_user_id).or_default().push(client_name);
    }
    names
}

/// Lets everybody go for good who was deleted 30 days ago: their links and acceptances, and the account that belongs to no
/// business any more. The audit log keeps what was done.
///
/// # Errors
/// When the database cannot be reached.
pub async fn let_go(app: &App) -> Result<()> {
    let mut tx = app.db.read().await?;
    let businesses = crate::business::store::all(&mut tx).await?;
    drop(tx);
    for business in businesses {
        let actor = Actor::worker(business.id);
        loop {
            let mut look = app.look(&actor).await?;
            if portal_user::bulk::deleted_before(&mut look, too_late(app.clock.now()), 1).await?.is_empty() {
                break;
            }
            drop(look);
            let_some_go(app, &actor).await?;
        }
    }
    Ok(())
}

fn too_late(now: Instant) -> Instant {
    now.plus_days(-RESTORE_DAYS)
}

async fn let_some_go(app: &App, actor: &Actor) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let before = too_late(act.now);
    let ids = portal_user::bulk::deleted_before(&mut act, before, AT_ONCE).await?;
    let users: Vec<PortalUser> = portal_user::bulk::find(&mut act, &ids).await?.into_values().collect();
    let accounts: BTreeSet<AccountId> = users.iter().map(|user| user.account_id).collect();
    // Before what hangs on them: locks have one order.
    account::bulk::hold(&mut act.tx, &accounts.iter().copied().collect::<Vec<_>>()).await?;
    bulk::remove_of(&mut act, &ids).await?;
    portal_user::proposal::store::remove_of(&mut act, &ids).await?;
    portal_user::bulk::remove(&mut act, &users).await?;
    let business = act.business;
    for account in accounts {
        account::store::leave(&mut act.tx, account, business).await?;
    }
    let entries =
        users.into_iter().map(|user| Entry::PortalUserGone { portal_user: user.id, name: user.name }).collect();
    act.commit_all(entries).await
}
