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
    /// Who has chosen whom it goes to.
    pub chosen: Chosen,
}

/// Who has chosen the contact that an invitation goes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// Somebody, this one alone.
    Alone,
    /// Somebody, among many at once.
    AmongMany,
    /// Nobody: it goes out by itself.
    ByItself,
}

impl Inviter {
    /// Who invited, where it was the operator on the command line, or nobody.
    pub(super) const OPERATOR: Uuid = Uuid::nil();

    /// Whoever acts, on one contact alone; what the program does is done by itself.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let (id, chosen) = match actor.who {
            Who::Staff { id, .. } => (id.0, Chosen::Alone),
            Who::Worker => (Self::OPERATOR, Chosen::ByItself),
            Who::Person { .. } | Who::Visitor | Who::Operator => (Self::OPERATOR, Chosen::Alone),
        };
        Self { side: Side::Business, id, name: actor.name().to_owned(), chosen }
    }

    /// Whoever acts, by this right.
    #[must_use]
    pub fn with(actor: &Actor, authority: Authority) -> Self {
        match authority {
            Authority::Business => Self::of(actor),
            Authority::Client(user, _) => {
                Self { side: Side::Client, id: user.0, name: actor.name().to_owned(), chosen: Chosen::Alone }
            }
        }
    }

    /// Whoever an invitation rests on that offers what an earlier one did: staff who send it again make an offer of the business
    /// their own; the place that one of the client's own people gave stays theirs to answer for, whoever sends it again; and
    /// what goes out by itself is nobody's decision, and rests on whoever decided before (S30, S45).
    fn carrying_on(&self, earlier: &Invitation) -> Self {
        match (earlier.inviter, self.chosen) {
            (Side::Business, Chosen::Alone | Chosen::AmongMany) => self.clone(),
            (Side::Client, _) | (_, Chosen::ByItself) => {
                Self { side: earlier.inviter, id: earlier.invited_by, name: earlier.invited_by_name.clone(), ..*self }
            }
        }
    }
}

/// Invite contacts to the portal, each recorded: a link goes to each contact's address, and earlier invitations are replaced.
///
/// # Errors
/// When the database refuses; then nobody is invited.
pub async fn invite(act: &mut Act, ids: &[ContactId]) -> Result<Outcomes<ContactId>> {
    let by = Inviter { chosen: Chosen::AmongMany, ..Inviter::of(&act.actor) };
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
    let before = still_good(scope, ids).await?;
    Ok(weigh(scope, ids, Standard::Chosen(Chosen::AmongMany, &before))
        .await?
        .into_iter()
        .map(|(id, weighed)| (id, weighed.map(|_| ())))
        .collect())
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
/// whose inviters may still invite ([`Inviter::carrying_on`]), else membership: of the group in which they were last, so that
/// nobody comes back to more than they had, or of the Default group. Whom one of the client's own people has brought gets there
/// only if somebody of the business chose them alone (S45). Recording it is left to the caller.
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
    let before = still_good(act, ids).await?;
    let standard = if anew.is_some() { Standard::Anew } else { Standard::Chosen(by.chosen, &before) };
    let weighed = weigh(act, ids, standard).await?;
    let invited = || weighed.iter().filter_map(|(_, weighed)| weighed.as_ref().ok());
    let mut invitations: Vec<Invitation> = invited()
        .map(|(contact, group)| {
            let membership = Offered { group: *group, role: Role::Member, way: Way::Link };
            match (anew, before.get(&contact.id)) {
                (Some(anew), _) => (contact, anew, by.clone()),
                (None, Some(earlier)) => (contact, earlier.offered(), by.carrying_on(earlier)),
                (None, None) => (contact, membership, by.clone()),
            }
        })
        .map(|(contact, offered, by)| Invitation {
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
            invited_by_name: by.name,
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

/// The open invitations, be they too old, whose inviters may still invite (S30): nobody's offer outlives their right to make it.
async fn still_good(scope: &mut Scope, ids: &[ContactId]) -> Result<HashMap<ContactId, Invitation>> {
    let mut good = HashMap::new();
    let mut asked = HashMap::new();
    for invitation in store::open_of(scope, ids).await? {
        // Asked once of everybody who invited many into the same.
        let whose = (invitation.invited_by, invitation.group_id, invitation.role.code());
        let may = match asked.get(&whose) {
            Some(may) => *may,
            None => inviter_may_still(scope, &invitation).await?,
        };
        asked.insert(whose, may);
        if may {
            good.insert(invitation.contact_id, invitation);
        }
    }
    Ok(good)
}

/// By what it is judged who can be invited.
#[derive(Clone, Copy)]
enum Standard<'a> {
    /// Somebody says anew what they are offered.
    Anew,
    /// They are offered what they were before, else membership of the Default group: how they were chosen, and the invitations
    /// that are still good.
    Chosen(Chosen, &'a HashMap<ContactId, Invitation>),
}

impl Standard<'_> {
    /// Goes on with whoever was brought by one of the client's own people only where the business has looked at them, or they
    /// are offered no more than what that colleague still offers.
    fn takes(self, contact: &Contact) -> Result<(), Skipped> {
        match self {
            Self::Anew | Self::Chosen(Chosen::Alone, _) => Ok(()),
            Self::Chosen(Chosen::AmongMany, good) if good.contains_key(&contact.id) => Ok(()),
            Self::Chosen(Chosen::AmongMany | Chosen::ByItself, _) => Err(Skipped::Because(
                Obstacle::BroughtByColleague,
                format!(
                    "{} was last invited by one of {}’s own people. Look at who they are, then invite them alone.",
                    contact.name(),
                    contact.company
                ),
            )),
        }
    }
}

/// Who can be invited now: the contact as it is then, and the group it is invited into.
async fn weigh(
    scope: &mut Scope,
    ids: &[ContactId],
    standard: Standard<'_>,
) -> Result<Vec<(ContactId, Result<(Contact, GroupId), Skipped>)>> {
    let found = contact::store::of_ids(scope, ids).await?;
    let brought = store::brought_by_colleagues(scope, ids).await?;
    let emails: Vec<EmailKey> = found.iter().map(|contact| contact.details.email.key()).collect();
    let clients: Vec<ClientId> = found.iter().map(|contact| contact.client_id).collect();
    let mut contacts: HashMap<ContactId, Contact> = found.into_iter().map(|contact| (contact.id, contact)).collect();
    let groups: HashMap<ClientId, GroupId> = group::store::defaults_of(scope, &clients).await?.into_iter().collect();
    let before = store::last_groups(scope, ids).await?;
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
                    .and_then(|()| if brought.contains(id) { standard.takes(&contact) } else { Ok(()) })
                    .and_then(|()| not_too_often(&mut mailed, &contact.details.email));
                let group =
                    before.get(id).or(groups.get(&contact.client_id)).copied().ok_or(Skipped::Gone("The client"));
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
