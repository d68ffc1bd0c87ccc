//! What is done to many portal users at once, inside of a running act: each is done or skipped with the reason, and each that
//! is done has its audit entry. Doing it to one alone is the same with one ([`crate::portal_user::acts`]).

use crate::account;
use crate::account::token::Purpose;
use crate::act::{Act, Obstacle, Outcomes, Scope, Skipped};
use crate::audit::Entry;
use crate::base::id::{AccountId, ContactId, PortalUserId};
use crate::base::text::{EmailKey, Reason};
use crate::base::{Instant, Result};
use crate::invitation::{self, State};
use crate::mail::outbox;
use crate::portal_user::{Behalf, Disabled, Doors, PortalUser, bulk, proposal};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed<'a> {
    /// Keep them out of everything of this business.
    Disable(Option<&'a Reason>, Behalf),
    /// Keep them out again, each as they were kept out before what is taken back.
    PutBack(&'a HashMap<PortalUserId, Disabled>),
    /// Let them in again.
    Enable(Behalf),
    /// Make them choose a new password.
    RequirePasswordChange,
}

impl Deed<'_> {
    /// Does it to one of them, who is not stored by that.
    fn to(self, user: &mut PortalUser, doors: Doors, at: Instant, by: &str) -> Result<(), Skipped> {
        match self {
            Self::Disable(because, behalf) => user.disable(because, at, by, behalf),
            Self::PutBack(was) => match was.get(&user.id) {
                Some(was) => user.disable_as_before(was),
                None => Err(Skipped::Gone("The portal user")),
            },
            Self::Enable(behalf) => user.enable(behalf),
            Self::RequirePasswordChange => user.require_password_change(doors, at),
        }
    }

    fn entry(self, user: &PortalUser) -> Entry {
        let portal_user = user.id;
        match self {
            Self::Disable(because, behalf) => Entry::PortalUserDisabled {
                portal_user,
                because: because.map(ToString::to_string).unwrap_or_default(),
                client: behalf.client(),
            },
            Self::PutBack(_) => Entry::DisablingPutBack {
                portal_user,
                by: user.disabled.as_ref().map(|disabled| disabled.by.clone()).unwrap_or_default(),
                client: user.disabled.as_ref().and_then(|disabled| disabled.behalf.client()),
            },
            Self::Enable(behalf) => Entry::PortalUserEnabled { portal_user, client: behalf.client() },
            Self::RequirePasswordChange => Entry::PasswordChangeRequired { portal_user },
        }
    }
}

/// People who were looked at one by one.
struct Weighed {
    outcomes: Outcomes<PortalUserId>,
    /// Those it can be done to, as they are then.
    changed: Vec<PortalUser>,
    /// The accounts that also open another business's door.
    elsewhere: HashSet<AccountId>,
}

async fn weigh(scope: &mut Scope, ids: &[PortalUserId], deed: Deed<'_>, by: &str) -> Result<Weighed> {
    let (business, now) = (scope.business, scope.now);
    let mut found = bulk::find(scope, ids).await?;
    let accounts: Vec<AccountId> = found.values().map(|user| user.account_id).collect();
    let elsewhere = account::bulk::also_elsewhere(&mut scope.tx, business, &accounts).await?;
    let mut changed = Vec::with_capacity(found.len());
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in ids {
        let outcome = match found.remove(id) {
            None => Err(Skipped::Gone("The portal user")),
            Some(mut user) => {
                let doors = if elsewhere.contains(&user.account_id) { Doors::AlsoElsewhere } else { Doors::OnlyHere };
                deed.to(&mut user, doors, now, by).map(|()| changed.push(user))
            }
        };
        outcomes.push((*id, outcome));
    }
    Ok(Weighed { outcomes, changed, elsewhere })
}

/// What it would do to these people now; nothing is changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn foresee(scope: &mut Scope, ids: &[PortalUserId], deed: Deed<'_>) -> Result<Outcomes<PortalUserId>> {
    Ok(weigh(scope, ids, deed, "").await?.outcomes)
}

/// Do it to these people, each of whom is named once; in a few statements, however many they are.
///
/// # Errors
/// When the database refuses; then nobody is changed.
pub async fn perform(act: &mut Act, ids: &[PortalUserId], deed: Deed<'_>) -> Result<Outcomes<PortalUserId>> {
    let (now, by) = (act.now, act.actor.name().to_owned());
    if deed == Deed::RequirePasswordChange {
        // Held before it is looked at: another business might open its door to the account at this moment.
        let accounts: Vec<AccountId> = bulk::find(act, ids).await?.values().map(|user| user.account_id).collect();
        account::bulk::hold(&mut act.tx, &accounts).await?;
    }
    let Weighed { outcomes, changed, elsewhere } = weigh(act, ids, deed, &by).await?;
    if changed.is_empty() {
        return Ok(outcomes);
    }
    let accounts: Vec<AccountId> = changed.iter().map(|user| user.account_id).collect();
    if deed == Deed::RequirePasswordChange {
        account::bulk::require_password_change(&mut act.tx, &accounts, now).await?;
    }
    // The portal user before its links, as a new password does it: else the two could wait for each other.
    bulk::save_standing(act, &changed).await?;
    if matches!(deed, Deed::Disable(..) | Deed::PutBack(_)) {
        void_openings(act, &changed).await?;
        let only_here: Vec<AccountId> = accounts.into_iter().filter(|id| !elsewhere.contains(id)).collect();
        account::bulk::end_sessions(&mut act.tx, &only_here).await?;
    }
    let entries: Vec<Entry> = changed.iter().map(|user| deed.entry(user)).collect();
    act.record(&entries).await?;
    Ok(outcomes)
}

/// Ends what would let people back in who are kept out: open invitations to their addresses, links to reset the password, and
/// changes of a name or address that wait (PRODUCT.md rule 10).
///
/// # Errors
/// When the database refuses.
pub async fn void_openings(act: &mut Act, users: &[PortalUser]) -> Result<()> {
    let (business, now) = (act.business, act.now);
    let emails: Vec<EmailKey> = users.iter().map(|user| user.email.key()).collect();
    let invited: Vec<ContactId> =
        invitation::store::open_to(act, &emails).await?.into_iter().map(|(_, contact)| contact).collect();
    invitation::store::end_all_open(act, &invited, State::Revoked).await?;
    let mut contacts = crate::contact::store::of_ids(act, &invited).await?;
    contacts.iter_mut().for_each(crate::contact::Contact::disconnect);
    crate::contact::bulk::save_portal(act, &contacts).await?;
    let ids: Vec<PortalUserId> = users.iter().map(|user| user.id).collect();
    proposal::store::end_all_open(act, &ids).await?;
    let accounts: Vec<AccountId> = users.iter().map(|user| user.account_id).collect();
    account::bulk::end_links_at(&mut act.tx, Purpose::ResetPassword, &accounts, business, now).await?;
    let accounts: Vec<Uuid> = accounts.into_iter().map(Uuid::from).collect();
    outbox::cancel_all(&mut act.tx, business, &accounts, "password_reset").await
}

/// Resend the invitations that wait for these people, each in place of the one before: of whoever was invited to another
/// client, too, and has not accepted yet.
///
/// # Errors
/// When the database refuses; then nobody is mailed.
pub async fn resend_invitations(act: &mut Act, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let invited = invited(act, ids).await?;
    let contacts: Vec<ContactId> =
        invited.iter().flat_map(|(_, contacts)| contacts.iter().flatten()).copied().collect();
    let sent = invitation::deeds::invite(act, &contacts).await?;
    Ok(answered(invited, sent))
}

/// What resending would do now; nobody is mailed.
///
/// # Errors
/// When the database cannot be read.
pub async fn foresee_resending(scope: &mut Scope, ids: &[PortalUserId]) -> Result<Outcomes<PortalUserId>> {
    let invited = invited(scope, ids).await?;
    let contacts: Vec<ContactId> =
        invited.iter().flat_map(|(_, contacts)| contacts.iter().flatten()).copied().collect();
    let sent = invitation::deeds::foresee(scope, &contacts).await?;
    Ok(answered(invited, sent))
}

/// For each of these people, as whom they are invited.
type Invited = Vec<(PortalUserId, Result<Vec<ContactId>, Skipped>)>;

async fn invited(scope: &mut Scope, ids: &[PortalUserId]) -> Result<Invited> {
    let mut found = bulk::find(scope, ids).await?;
    let emails: Vec<EmailKey> = found.values().map(|user| user.email.key()).collect();
    let mut waiting: HashMap<EmailKey, Vec<ContactId>> = HashMap::new();
    for (email, contact) in invitation::store::open_to(scope, &emails).await? {
        waiting.entry(email).or_default().push(contact);
    }
    let mut of = |user: PortalUser| {
        user.must_be_here()?;
        if user.disabled.is_some() {
            return Err(Skipped::Because(
                Obstacle::AlreadyDisabled,
                format!("{} is disabled. Enable them first, then resend the invitation.", user.name),
            ));
        }
        waiting.remove(&user.email.key()).ok_or_else(|| {
            Skipped::Because(
                Obstacle::NothingToResend,
                format!("{} has no invitation that waits to be accepted. Nothing was sent.", user.name),
            )
        })
    };
    Ok(ids.iter().map(|id| (*id, found.remove(id).ok_or(Skipped::Gone("The portal user")).and_then(&mut of))).collect())
}

/// Somebody has been answered when at least one of the invitations was sent.
fn answered(invited: Invited, sent: Outcomes<ContactId>) -> Outcomes<PortalUserId> {
    let mut sent: HashMap<ContactId, Result<(), Skipped>> = sent.into_iter().collect();
    let mut one = |contacts: Vec<ContactId>| {
        let mut outcome = Err(Skipped::Gone("The invitation"));
        for contact in contacts {
            if let Some(sent) = sent.remove(&contact) {
                outcome = outcome.or(sent);
            }
        }
        outcome
    };
    invited.into_iter().map(|(id, contacts)| (id, contacts.and_then(&mut one))).collect()
}
