//! What staff do about invitations.

use crate::access::{Actor, Permission, Role, Who};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ContactId, InvitationId, LetterId, StaffId};
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::business::{Business, Switch};
use crate::contact::Contact;
use crate::invitation::{Invitation, Standing, State, store};
use crate::mail::{Letter, outbox};
use crate::{business, client, contact, group, staff};

/// How many invitations one address may be mailed in a day (S33).
const MOST_A_DAY: i64 = 10;
/// Who invited, where it was the operator on the command line.
const BY_OPERATOR: StaffId = StaffId(uuid::Uuid::nil());

/// Invite a contact to the portal: a link goes to the contact's address. An earlier invitation is replaced; its link says
/// that a newer exists.
///
/// # Errors
/// `Forbidden`; `Refused` when the contact is blocked or connected, the client has exited, or the address was mailed too often.
pub async fn invite(app: &App, actor: &Actor, id: ContactId) -> Result<Invitation> {
    actor.must(Permission::ContactsInvite)?;
    let mut act = app.begin(actor).await?;
    let by = match actor.who {
        Who::Staff { id, .. } => id,
        _ => BY_OPERATOR,
    };
    let invitation = write(&mut act, id, by, actor.name()).await?;
    let entry = Entry::ContactInvited {
        contact: id,
        client: invitation.client_id,
        invitation: invitation.id,
        email: invitation.email.to_string(),
    };
    act.commit(entry).await?;
    Ok(invitation)
}

/// Whether an invitation's page offers to ask for a new one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskAgain {
    /// It does.
    Offered,
    /// Only the business can help.
    NotOffered,
}

/// Whether whoever holds an invitation's link may ask for a new one: it has expired, and everything else still allows it.
///
/// # Errors
/// When the database cannot be read.
pub async fn may_ask_again(
    scope: &mut Scope,
    business: &Business,
    invitation: &Invitation,
    contact: &Contact,
) -> Result<AskAgain> {
    let offered = invitation.standing(scope.now) == Standing::Expired
        && business.portal == Switch::On
        && contact.blocked().is_none()
        && inviter_may_still(scope, invitation).await?;
    Ok(if offered { AskAgain::Offered } else { AskAgain::NotOffered })
}

/// Whether whoever invited still works for the business and may still invite (S30).
///
/// # Errors
/// When the database cannot be read.
pub async fn inviter_may_still(scope: &mut Scope, invitation: &Invitation) -> Result<bool> {
    if invitation.invited_by == BY_OPERATOR {
        return Ok(true);
    }
    let member = staff::store::look_for(scope, invitation.invited_by).await?;
    Ok(match member {
        Some(member) if member.status == staff::Status::Active => {
            staff::store::permissions(scope, member.id).await?.has(Permission::ContactsInvite)
        }
        _ => false,
    })
}

/// Send a new invitation in place of an expired one, because somebody who holds its link asks: to the contact's address and
/// nowhere else, in the name of whoever invited before.
///
/// # Errors
/// `NotFound`; `Refused` when only the business can help.
pub async fn invite_again(app: &App, actor: &Actor, token: &Token) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let business_id = act.business;
    let expired = store::look_for(&mut act, token).await?.ok_or(Error::NotFound("The invitation"))?;
    let business = business::store::find(&mut act.tx, business_id).await?;
    let contact = contact::store::find(&mut act, expired.contact_id).await?;
    if may_ask_again(&mut act, &business, &expired, &contact).await? == AskAgain::NotOffered {
        return Err(Error::refused("A new invitation can’t be sent from here. Ask the business for one."));
    }
    let invitation = write(&mut act, contact.id, expired.invited_by, &expired.invited_by_name).await?;
    let entry = Entry::InvitationAskedFor {
        contact: contact.id,
        client: invitation.client_id,
        invitation: invitation.id,
        email: invitation.email.to_string(),
    };
    act.commit(entry).await
}

/// Writes an invitation and its letter, in place of any before it.
async fn write(act: &mut Act, id: ContactId, by: StaffId, by_name: &str) -> Result<Invitation> {
    let (business_id, now) = (act.business, act.now);
    let business = business::store::find(&mut act.tx, business_id).await?;
    let mut contact = contact::store::find(act, id).await?;
    contact.invite()?;
    let client = client::store::find(act, contact.client_id).await?;
    if client.status == client::Status::Exited {
        return Err(Error::refused(format!(
            "{} is no longer a client. Make it active again before inviting its people.",
            client.name
        )));
    }
    let email = contact.details.email.clone();
    if outbox::written_since(&mut act.tx, business_id, &email, "invitation", now.plus_days(-1)).await? >= MOST_A_DAY {
        return Err(Error::refused(format!(
            "{email} was already sent {MOST_A_DAY} invitations in the last day. Try again tomorrow."
        )));
    }
    store::end_open(act, id, State::Replaced).await?;

    let mut invitation = Invitation {
        id: InvitationId::new(now),
        contact_id: id,
        client_id: client.id,
        group_id: group::store::default_of(act, client.id).await?.id,
        role: Role::Member,
        state: State::Open,
        invited_by: by,
        invited_by_name: by_name.to_owned(),
        created_at: now,
        expires_at: now.plus_days(business.invitation_days),
        opened_at: None,
        ended_at: None,
        accepted_by: None,
        letter_id: LetterId(uuid::Uuid::nil()),
        version: 1,
        email,
    };
    let letter = Letter::Invitation { invitation: invitation.id };
    invitation.letter_id = act.send(letter, &invitation.email, &contact.name()).await?;
    store::insert(act, &invitation).await?;
    contact::store::save_portal(act, &mut contact).await?;
    Ok(invitation)
}

/// Withdraw a contact's open invitation: its link stops working at once.
///
/// # Errors
/// `Forbidden`; `Refused` when none is open.
pub async fn revoke(app: &App, actor: &Actor, id: ContactId) -> Result<()> {
    actor.must(Permission::ContactsInvite)?;
    let mut act = app.begin(actor).await?;
    let mut contact = contact::store::find(&mut act, id).await?;
    let Some(invitation) = store::end_open(&mut act, id, State::Revoked).await? else {
        return Err(Error::refused(format!("{} has no open invitation. Nothing was changed.", contact.name())));
    };
    contact.disconnect();
    contact::store::save_portal(&mut act, &mut contact).await?;
    act.commit(Entry::InvitationRevoked { contact: id, client: contact.client_id, invitation }).await
}
