//! What is done about a contact and ends its link, or lets it be made again: changing its details, blocking, unblocking.

use crate::access::charge::authority;
use crate::access::{Actor, Authority, Permission};
use crate::account::token::{self, Purpose};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{ContactId, InvitationId, PortalUserId};
use crate::base::text::Reason;
use crate::base::{Error, Result};
use crate::contact::{self, Contact, Details, Typed};
use crate::invitation;
use crate::language::say;
use crate::link::{EndReason, keeping, places, store};
use crate::mail::outbox;
use crate::portal_user;

/// What came of changing a contact's details.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The contact, as it is now.
    pub contact: Contact,
    /// Whether an open invitation to the earlier address was withdrawn.
    pub withdrawn: Option<InvitationId>,
    /// Whether anything differs from before.
    pub changed: bool,
}

/// Change a contact's details. An open invitation to the earlier address is withdrawn: it could not be accepted any more. A
/// blocked contact stays blocked, also under its new address (PRODUCT.md rule 5). A portal account that the contact is
/// linked to belongs to the person and stays as it is.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Conflict` when somebody changed the contact since `version`; `Invalid` when the address is
/// another contact's of the client, or blocked there, or one of the client's own people would change it.
pub async fn edit_contact(app: &App, actor: &Actor, id: ContactId, version: i64, details: Details) -> Result<Edited> {
    let mut act = app.begin(actor).await?;
    let mut contact = contact::store::find(&mut act, id).await?;
    may_edit(&mut act, &contact, &details).await?;
    if contact.version != version {
        return Err(Error::Conflict);
    }
    let changes = Typed::from(&contact.details).differences(&Typed::from(&details));
    if changes.is_empty() {
        return Ok(Edited { contact, withdrawn: None, changed: false });
    }
    let moved = contact.details.email != details.email;
    if moved {
        contact::acts::must_be_free(&mut act, contact.client_id, &details, Some(id)).await?;
        if contact.blocked().is_none() {
            let email = &details.email;
            contact::acts::must_not_be_kept_out(&mut act, contact.client_id, &contact.company, email).await?;
        }
    }
    contact.details = details;
    contact::store::save_details(&mut act, &mut contact).await?;
    let mut entries = vec![Entry::ContactChanged {
        contact: id,
        client: contact.client_id,
        changes: changes.into_iter().map(|(what, from, to)| (what.to_owned(), from, to)).collect(),
    }];
    let mut withdrawn = None;
    if moved && contact.blocked().is_some() {
        contact::store::keep_out(&mut act, &contact).await?;
    } else if moved {
        withdrawn = invitation::store::end_open(&mut act, id, invitation::State::Revoked).await?;
    }
    if let Some(invitation) = withdrawn {
        contact.disconnect();
        contact::store::save_portal(&mut act, &mut contact).await?;
        entries.push(Entry::InvitationRevoked { contact: id, client: contact.client_id, invitation });
    }
    act.commit_all(entries).await?;
    Ok(Edited { contact, withdrawn, changed: true })
}

/// Staff may change every contact; one of the client's own people those whom they look after, and not the address.
async fn may_edit(act: &mut Act, contact: &Contact, details: &Details) -> Result<()> {
    let actor = act.actor.clone();
    let authority = authority(&mut act.tx, &actor, Permission::ClientsEdit, contact.client_id).await?;
    if authority == Authority::Business {
        return Ok(());
    }
    let place = places::of_contact(act, contact.id).await?.ok_or(Error::NotFound("The contact"))?;
    authority.must_reach(place)?;
    if details.email.as_str() == contact.details.email.as_str() {
        Ok(())
    } else {
        Err(Error::invalid("email", say("company-email-kept")))
    }
}

/// Block a contact from the portal: the link ends, every open invitation is void, and the very next request is refused. The
/// person's own account and its links elsewhere stay. No later mail invites the contact until it is unblocked.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is blocked already.
pub async fn block(app: &App, actor: &Actor, id: ContactId, because: Option<Reason>) -> Result<Contact> {
    actor.must(Permission::ContactsBlock)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut contact = contact::store::find(&mut act, id).await?;
    contact.block(because.as_ref(), now, actor.name())?;
    contact::store::save_portal(&mut act, &mut contact).await?;
    contact::store::keep_out(&mut act, &contact).await?;
    invitation::store::end_open(&mut act, id, invitation::State::Revoked).await?;
    let link = store::of_contact(&mut act, id).await?;
    if let Some(link) = &link {
        store::end(&mut act, link, actor.name(), EndReason::Blocked).await?;
        // The portal user before its links, as a new password does it: else the two could wait for each other.
        store::refresh_company(&mut act, link.portal_user_id).await?;
        void_resets(&mut act, link.portal_user_id).await?;
    }
    let mut entries = vec![Entry::ContactBlocked {
        contact: id,
        client: contact.client_id,
        portal_user: link.as_ref().map(|link| link.portal_user_id),
        because: because.map(|b| b.to_string()).unwrap_or_default(),
    }];
    if let Some(link) = &link {
        entries.extend(keeping::ended_with(&mut act, link).await?);
    }
    act.commit_all(entries).await?;
    Ok(contact)
}

/// Ends the links to reset the password that this business mailed (PRODUCT.md rule 10); they are asked for again by whoever
/// still has a link to another client.
async fn void_resets(act: &mut Act, user: PortalUserId) -> Result<()> {
    let (business, now) = (act.business, act.now);
    let user = portal_user::store::find(act, user).await?;
    token::end_at(&mut act.tx, Purpose::ResetPassword, user.account_id, business, now).await?;
    outbox::cancel(&mut act.tx, business, user.account_id.0, "password_reset").await
}

/// Unblock a contact: it can be invited again. The link that blocking ended does not come back by itself.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is not blocked.
pub async fn unblock(app: &App, actor: &Actor, id: ContactId) -> Result<Contact> {
    actor.must(Permission::ContactsBlock)?;
    let mut act = app.begin(actor).await?;
    let mut contact = contact::store::find(&mut act, id).await?;
    contact.unblock()?;
    contact::store::let_in(&mut act, &contact).await?;
    contact::store::save_portal(&mut act, &mut contact).await?;
    act.commit(Entry::ContactUnblocked { contact: id, client: contact.client_id }).await?;
    Ok(contact)
}
