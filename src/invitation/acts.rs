//! What staff do about invitations.

use crate::access::charge::{authority, charge_of};
use crate::access::{Actor, Authority, Permission, Place};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ContactId, PortalUserId, StaffId};
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::business::{Business, Switch};
use crate::contact::Contact;
use crate::invitation::deeds::{self, Chosen, Inviter};
use crate::invitation::{Invitation, Offered, Side, Standing, State, store};
use crate::language::say;
use crate::{business, client, contact, staff};

/// Invite a contact to the portal: a link goes to the contact's address. An earlier invitation is replaced; its link says
/// that a newer exists.
///
/// # Errors
/// `Forbidden`, `Shut`; `Refused` when the contact is blocked or connected, the client has exited, or the address was mailed too
/// often; when one of the client's own people would invite somebody for whom no invitation waits.
pub async fn invite(app: &App, actor: &Actor, id: ContactId) -> Result<Invitation> {
    let mut act = app.begin(actor).await?;
    let contact = contact::store::find(&mut act, id).await?;
    // What one of the client's own people sends again is what waits, or what one of them withdrew, which they reach; never what
    // would stand in for it.
    let again = offered_again(&mut act, &contact).await?;
    let authority = must_reach(&mut act, &contact, again.as_ref().map(Offered::place)).await?;
    let by = Inviter::with(&act.actor, authority);
    let anew = match authority {
        Authority::Business => None,
        Authority::Client(..) => again,
    };
    let written = deeds::write(&mut act, &[id], &by, anew).await?;
    let invitation = deeds::the_one(written)?;
    let entry = deeds::entry(&invitation);
    act.commit(entry).await?;
    Ok(invitation)
}

/// By what right the actor does something about a contact's invitation: staff about anybody's, one of the client's own people about
/// those of whom they look after, where this place is offered.
async fn must_reach(act: &mut Act, contact: &Contact, place: Option<Place>) -> Result<Authority> {
    let actor = act.actor.clone();
    let authority = authority(&mut act.tx, &actor, Permission::ContactsInvite, contact.client_id).await?;
    if authority != Authority::Business {
        let place = place.ok_or_else(|| Error::refused(say("company-not-invited").with("name", contact.name())))?;
        authority.must_reach(place)?;
    }
    Ok(authority)
}

/// What one of the client's own people can offer a contact again: what the invitation offers that waits, be it too old, or the
/// one that was written by one of them and withdrawn.
async fn offered_again(scope: &mut Scope, contact: &Contact) -> Result<Option<Offered>> {
    if let Some(open) = store::open_of_contact(scope, contact.id).await? {
        return Ok(Some(open.offered()));
    }
    let newest = store::newest_of(scope, contact.id).await?;
    let withdrawn = newest.filter(|newest| newest.inviter == Side::Client && newest.state == State::Revoked);
    Ok(withdrawn.map(|withdrawn| withdrawn.offered()))
}

/// The group and the role that an invitation offers which waits for a contact, be it too old.
///
/// # Errors
/// When the database cannot be read.
pub async fn offered_place(scope: &mut Scope, id: ContactId) -> Result<Option<Place>> {
    Ok(store::offered(scope, &[id]).await?.get(&id).map(Offered::place))
}

/// Invites one contact inside of a running act, which records it: answering an access request.
///
/// # Errors
/// `Refused` when the contact cannot be invited; `NotFound`.
pub async fn write(act: &mut Act, id: ContactId, by: &Inviter) -> Result<Invitation> {
    deeds::the_one(deeds::write(act, &[id], by, None).await?)
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
        && client::store::find(scope, invitation.client_id).await?.status == client::Status::Active
        && inviter_may_still(scope, invitation).await?;
    Ok(if offered { AskAgain::Offered } else { AskAgain::NotOffered })
}

/// Whether whoever invited still works for the business and may still invite (S30).
///
/// # Errors
/// When the database cannot be read.
pub async fn inviter_may_still(scope: &mut Scope, invitation: &Invitation) -> Result<bool> {
    let (business, by) = (scope.business, invitation.invited_by);
    if invitation.inviter == Side::Client {
        let charge = charge_of(&mut scope.tx, business, PortalUserId(by), invitation.client_id).await?;
        let place = Place { group: invitation.group_id, role: invitation.role };
        return Ok(charge.is_some_and(|charge| charge.reaches(place)));
    }
    if by == Inviter::OPERATOR {
        return Ok(true);
    }
    let member = staff::store::look_for(scope, StaffId(by)).await?;
    Ok(match member {
        Some(member) if member.status == staff::Status::Active => {
            let may = staff::store::permissions(scope, member.id).await?;
            may.has(Permission::ContactsInvite) || may.has(Permission::PortalUsersAdd)
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
        return Err(Error::refused(say("invitation-ask-business")));
    }
    let offered = expired.offered();
    let (side, id, name) = (expired.inviter, expired.invited_by, expired.invited_by_name);
    let by = Inviter { side, id, name, chosen: Chosen::ByItself };
    let invitation = deeds::invite_one(&mut act, contact.id, &by, offered).await?;
    let entry = Entry::InvitationAskedFor {
        contact: contact.id,
        client: invitation.client_id,
        invitation: invitation.id,
        email: invitation.email.to_string(),
    };
    act.commit(entry).await
}

/// Withdraw a contact's open invitation: its link stops working at once.
///
/// # Errors
/// `Forbidden`, `Shut`; `Refused` when none is open.
pub async fn revoke(app: &App, actor: &Actor, id: ContactId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let mut contact = contact::store::find(&mut act, id).await?;
    let place = offered_place(&mut act, id).await?;
    must_reach(&mut act, &contact, place).await?;
    let Some(invitation) = store::end_open(&mut act, id, State::Revoked).await? else {
        return Err(Error::refused(format!("{} has no open invitation. Nothing was changed.", contact.name())));
    };
    contact.disconnect();
    contact::store::save_portal(&mut act, &mut contact).await?;
    act.commit(Entry::InvitationRevoked { contact: id, client: contact.client_id, invitation }).await
}
