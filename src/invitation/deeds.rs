//! Inviting many contacts at once, inside of a running act: whoever cannot be invited is skipped, with the reason. Inviting
//! one alone is the same with one.

use crate::access::{Actor, Authority, Role, Who};
use crate::act::{Act, Obstacle, Outcomes, Scope, Skipped};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId, GroupId, InvitationId, LetterId};
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Result};
use crate::client::{self, Client};
use crate::contact::Contact;
use crate::invitation::acts::inviter_may_still;
use crate::invitation::{Invitation, Offered, Side, State, Way, store};
use crate::mail::{Letter, outbox};
use crate::{business, contact, group};
use std::collections::HashMap;
use uuid::Uuid;

/// In whose name an invitation is sent.
#[derive(Clone, Debug)]
pub struct Inviter {
    /// Whose it is.
    pub side: Side,
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

impl Inviter {
    /// Who invited, where it was the operator on the command line.
    pub(super) const OPERATOR: Uuid = Uuid::nil();

    /// Whoever acts.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let id = match actor.who {
            Who::Staff { id, .. } => id.0,
            _ => Self::OPERATOR,
        };
        Self { side: Side::Business, id, name: actor.name().to_owned() }
    }

    /// Whoever acts, by this right.
    #[must_use]
    pub fn with(actor: &Actor, authority: Authority) -> Self {
        match authority {
            Authority::Business => Self::of(actor),
            Authority::Client(user, _) => Self { side: Side::Client, id: user.0, name: actor.name().to_owned() },
        }
    }
}

/// Invite contacts to the portal, each recorded: a link goes to each contact's address, and earlier invitations are replaced.
///
/// # Errors
/// When the database refuses; then nobody is invited.
pub async fn invite(act: &mut Act, ids: &[ContactId]) -> Result<Outcomes<ContactId>> {
    let by = Inviter::of(&act.actor);
    let written = write(act, ids, &by, None).await?;
    let entries: Vec<Entry> = written.iter().filter_map(|(_, written)| written.as_ref().ok()).map(entry).collect();
    if !entries.is_empty() {
        act.record(&entries).await?;
    }
    Ok(written.into_iter().map(|(id, written)| (id, written.map(|_| ()))).collect())
}

/// Invite one contact into a group and a role. Recording it is left to the caller.
///
/// # Errors
/// `NotFound`; `Refused` when the contact cannot be invited.
pub async fn invite_one(act: &mut Act, id: ContactId, by: &Inviter, offered: Offered) -> Result<Invitation> {
    the_one(write(act, &[id], by, Some(offered)).await?)
}

/// The invitation of an act on one contact alone.
pub(super) fn the_one(mut written: Vec<(ContactId, Result<Invitation, Skipped>)>) -> Result<Invitation> {
    let (_, written) = written.pop().ok_or_else(|| Error::internal("one contact has one outcome"))?;
    Ok(written?)
}

/// What inviting these contacts would do now; nothing is changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn foresee(scope: &mut Scope, ids: &[ContactId]) -> Result<Outcomes<ContactId>> {
    Ok(weigh(scope, ids).await?.into_iter().map(|(id, weighed)| (id, weighed.map(|_| ()))).collect())
}

/// The fact that an invitation was sent.
#[must_use]
pub fn entry(invitation: &Invitation) -> Entry {
    Entry::ContactInvited {
        contact: invitation.contact_id,
        client: invitation.client_id,
        invitation: invitation.id,
        email: invitation.email.to_string(),
    }
}

/// Writes invitations and their letters, in place of any before them: they offer what is said, else what those before them did
/// whose inviters may still invite, else membership of the Default group. Recording it is left to the caller.
pub(super) async fn write(
    act: &mut Act,
    ids: &[ContactId],
    by: &Inviter,
    anew: Option<Offered>,
) -> Result<Vec<(ContactId, Result<Invitation, Skipped>)>> {
    written_by(act, ids, by, anew, Carrier::Own).await
}

/// Invites a contact by a letter that is about something else: it carries the link. Recording it is left to the caller.
///
/// # Errors
/// When the database refuses.
pub async fn carried(
    act: &mut Act,
    id: ContactId,
    by: &Inviter,
    letter: LetterId,
) -> Result<Result<Invitation, Skipped>> {
    let (_, written) = written_by(act, &[id], by, None, Carrier::Letter(letter))
        .await?
        .pop()
        .ok_or_else(|| Error::internal("one contact has one outcome"))?;
    Ok(written)
}

/// What carries an invitation's link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Carrier {
    /// A letter of its own.
    Own,
    /// This letter, which is about something else.
    Letter(LetterId),
}

async fn written_by(
    act: &mut Act,
    ids: &[ContactId],
    by: &Inviter,
    anew: Option<Offered>,
    carrier: Carrier,
) -> Result<Vec<(ContactId, Result<Invitation, Skipped>)>> {
    let (business, now) = (act.business, act.now);
    let business = business::store::find(&mut act.tx, business).await?;
    let weighed = weigh(act, ids).await?;
    let before = still_offered(act, ids).await?;
    let invited = || weighed.iter().filter_map(|(_, weighed)| weighed.as_ref().ok());
    let mut invitations: Vec<Invitation> = invited()
        .map(|(contact, default)| {
            let membership = Offered { group: *default, role: Role::Member, way: Way::Link };
            (contact, anew.or_else(|| before.get(&contact.id).copied()).unwrap_or(membership))
        })
        .map(|(contact, offered)| Invitation {
            id: InvitationId::new(now),
            contact_id: contact.id,
            client_id: contact.client_id,
            email: contact.details.email.clone(),
            group_id: offered.group,
            role: offered.role,
            way: offered.way,
            state: State::Open,
            inviter: by.side,
            invited_by: by.id,
            invited_by_name: by.name.clone(),
            created_at: now,
            expires_at: now.plus_days(business.invitation_days),
            opened_at: None,
            ended_at: None,
            accepted_by: None,
            letter_id: LetterId(Uuid::nil()),
            version: 1,
        })
        .collect();
    if !invitations.is_empty() {
        let contacts: Vec<Contact> = invited().map(|(contact, _)| contact.clone()).collect();
        let letters: Vec<(Letter, Email, String)> = invitations
            .iter()
            .zip(&contacts)
            .map(|(new, contact)| (Letter::Invitation { invitation: new.id }, new.email.clone(), contact.name()))
            .collect();
        let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
        store::end_all_open(act, &ids, State::Replaced).await?;
        let letters = match carrier {
            Carrier::Own => act.send_all(&letters).await?,
            Carrier::Letter(letter) => vec![letter; letters.len()],
        };
        for (invitation, letter) in invitations.iter_mut().zip(letters) {
            invitation.letter_id = letter;
        }
        store::insert_all(act, &invitations).await?;
        contact::bulk::save_portal(act, &contacts).await?;
    }
    let mut new = invitations.into_iter();
    let mut written = Vec::with_capacity(weighed.len());
    for (id, weighed) in weighed {
        written.push(match weighed {
            Err(skipped) => (id, Err(skipped)),
            Ok(_) => (id, Ok(new.next().ok_or_else(|| Error::internal("everybody invited has an invitation"))?)),
        });
    }
    Ok(written)
}

/// What open invitations offer, be they too old, as long as whoever invited may still do so (S30): nobody's offer outlives their
/// right to make it.
async fn still_offered(scope: &mut Scope, ids: &[ContactId]) -> Result<HashMap<ContactId, Offered>> {
    let mut offered = store::offered(scope, ids).await?;
    let open: Vec<ContactId> = offered.keys().copied().collect();
    let mut asked = HashMap::new();
    for invitation in store::open_of(scope, &open).await? {
        // Asked once of everybody who invited many into the same.
        let whose = (invitation.invited_by, invitation.group_id, invitation.role.code());
        let may = match asked.get(&whose) {
            Some(may) => *may,
            None => inviter_may_still(scope, &invitation).await?,
        };
        asked.insert(whose, may);
        if !may {
            offered.remove(&invitation.contact_id);
        }
    }
    Ok(offered)
}

/// Who can be invited now: the contact as it is then, and the group it is invited into.
async fn weigh(scope: &mut Scope, ids: &[ContactId]) -> Result<Vec<(ContactId, Result<(Contact, GroupId), Skipped>)>> {
    let found = contact::store::of_ids(scope, ids).await?;
    let emails: Vec<EmailKey> = found.iter().map(|contact| contact.details.email.key()).collect();
    let clients: Vec<ClientId> = found.iter().map(|contact| contact.client_id).collect();
    let mut contacts: HashMap<ContactId, Contact> = found.into_iter().map(|contact| (contact.id, contact)).collect();
    let groups: HashMap<ClientId, GroupId> = group::store::defaults_of(scope, &clients).await?.into_iter().collect();
    let clients: HashMap<ClientId, Client> =
        client::bulk::by_ids(scope, &clients).await?.into_iter().map(|client| (client.id, client)).collect();
    let (business, since) = (scope.business, scope.now.plus_days(-1));
    let mut mailed = outbox::written_to_each_since(&mut scope.tx, business, &emails, &Letter::UNASKED, since).await?;

    let mut weighed = Vec::with_capacity(ids.len());
    for id in ids {
        let outcome = match contacts.remove(id) {
            None => Err(Skipped::Gone("The contact")),
            Some(mut contact) => {
                let may = contact
                    .invite()
                    .and_then(|()| still_a_client(clients.get(&contact.client_id)))
                    .and_then(|()| not_too_often(&mut mailed, &contact.details.email));
                let group = groups.get(&contact.client_id).copied().ok_or(Skipped::Gone("The client"));
                may.and_then(|()| Ok((contact, group?)))
            }
        };
        weighed.push((*id, outcome));
    }
    Ok(weighed)
}

fn still_a_client(client: Option<&Client>) -> Result<(), Skipped> {
    match client {
        None => Err(Skipped::Gone("The client")),
        Some(client) if client.status == client::Status::Exited => Err(Skipped::Because(
            Obstacle::ClientExited,
            format!("{} is no longer a client. Make it active again before inviting its people.", client.name),
        )),
        Some(_) => Ok(()),
    }
}

/// Counts one more letter to an address, if it may be mailed another.
fn not_too_often(mailed: &mut HashMap<EmailKey, i64>, email: &Email) -> Result<(), Skipped> {
    let so_far = mailed.entry(email.key()).or_default();
    if *so_far >= outbox::MOST_UNASKED_A_DAY {
        return Err(Skipped::mailed_too_often(email));
    }
    *so_far += 1;
    Ok(())
}
