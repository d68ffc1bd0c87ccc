//! How the person behind a contact stands: what decides whether a mail that goes out by itself may lead them in.

use crate::act::Scope;
use crate::base::Result;
use crate::contact::{Contact, Portal};
use crate::invitation::{self, Person};
use crate::link::{EndReason, store};
use crate::portal_user;

/// How the person behind a contact stands, who asks to be let in. The link of somebody who was deleted is gone after 30 days; that
/// they once accepted is not.
///
/// # Errors
/// When the database cannot be read.
pub async fn person_behind(scope: &mut Scope, contact: &Contact) -> Result<Person> {
    if let Some(person) = kept_out(scope, contact).await? {
        return Ok(person);
    }
    let removed = contact.portal == Portal::None
        && (store::ended_of_contact(scope, contact.id).await?.is_some()
            || invitation::store::was_accepted(scope, contact.id).await?);
    Ok(if removed { Person::Removed } else { Person::Welcome })
}

/// The same for mail that goes out by itself: whoever staff have unblocked is invited again by it (C4), whoever they have removed
/// or deleted is not.
///
/// # Errors
/// When the database cannot be read.
pub async fn person_told(scope: &mut Scope, contact: &Contact) -> Result<Person> {
    if let Some(person) = kept_out(scope, contact).await? {
        return Ok(person);
    }
    Ok(if was_taken_out(scope, contact).await? { Person::Removed } else { Person::Welcome })
}

/// Whether somebody was let in as this contact, was removed or deleted, and nobody has invited them since.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_taken_out(scope: &mut Scope, contact: &Contact) -> Result<bool> {
    Ok(matches!(contact.portal, Portal::None | Portal::Blocked(_))
        && match store::last_end(scope, contact.id).await? {
            Some(EndReason::Blocked) => false,
            Some(EndReason::Removed | EndReason::Deleted) => true,
            None => invitation::store::was_accepted(scope, contact.id).await?,
        })
}

/// Whether one of the client's own people has disabled whoever is in as this contact.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_shut_out(scope: &mut Scope, contact: &Contact) -> Result<bool> {
    let Some(link) = store::of_contact(scope, contact.id).await? else { return Ok(false) };
    let user = portal_user::store::find(scope, link.portal_user_id).await?;
    Ok(user.disabled.is_some_and(|disabled| disabled.behalf.client().is_some()))
}

/// Whether whoever is in as this contact is deleted or disabled; where nobody is, the portal user with its address.
async fn kept_out(scope: &mut Scope, contact: &Contact) -> Result<Option<Person>> {
    let known = match store::of_contact(scope, contact.id).await? {
        // An invitation may have been accepted with an account of another address (PRODUCT.md rule 12).
        Some(link) => Some(portal_user::store::find(scope, link.portal_user_id).await?),
        None => portal_user::store::with_email(scope, &contact.details.email.key()).await?,
    };
    Ok(match known {
        Some(user) if user.deleted.is_some() => Some(Person::Removed),
        Some(user) if user.disabled.is_some() => Some(Person::Disabled),
        _ => None,
    })
}
