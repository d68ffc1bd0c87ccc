//! What staff do about invitations.

use crate::access::{Actor, Permission, Role, Who};
use crate::act::App;
use crate::audit::Entry;
use crate::base::id::{ContactId, InvitationId, LetterId, StaffId};
use crate::base::{Error, Result};
use crate::invitation::{Invitation, State, store};
use crate::mail::{Letter, outbox};
use crate::{business, client, contact, group};

/// How many invitations one address may be mailed in a day (S33).
const MOST_A_DAY: i64 = 10;

/// Invite a contact to the portal: a link goes to the contact's address. An earlier invitation is replaced; its link says
/// that a newer exists.
///
/// # Errors
/// `Forbidden`; `Refused` when the contact is blocked or connected, the client has exited, or the address was mailed too often.
pub async fn invite(app: &App, actor: &Actor, id: ContactId) -> Result<Invitation> {
    actor.must(Permission::ContactsInvite)?;
    let mut act = app.begin(actor).await?;
    let (business_id, now) = (act.business, act.now);
    let business = business::store::find(&mut act.tx, business_id).await?;

    let mut contact = contact::store::find(&mut act, id).await?;
    contact.invite()?;
    let client = client::store::find(&mut act, contact.client_id).await?;
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
    store::end_open(&mut act, id, State::Replaced).await?;

    let mut invitation = Invitation {
        id: InvitationId::new(now),
        contact_id: id,
        client_id: client.id,
        group_id: group::store::default_of(&mut act, client.id).await?.id,
        role: Role::Member,
        state: State::Open,
        invited_by: match actor.who {
            Who::Staff { id, .. } => id,
            _ => StaffId(uuid::Uuid::nil()),
        },
        invited_by_name: actor.name().to_owned(),
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
    store::insert(&mut act, &invitation).await?;
    contact::store::save_portal(&mut act, &mut contact).await?;

    let entry = Entry::ContactInvited {
        contact: id,
        client: client.id,
        invitation: invitation.id,
        email: invitation.email.to_string(),
    };
    act.commit(entry).await?;
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
