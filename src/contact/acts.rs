//! What staff do to a contact alone. What also touches its invitations or its link is in [`crate::link::acts`].

use crate::access::{Actor, Permission};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::client;
use crate::contact::{Contact, Details, Portal, store};

/// Add a contact to a client. One whose address is blocked there arrives blocked (PRODUCT.md rule 5).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` when the client already has a contact of this address.
pub async fn add(app: &App, actor: &Actor, client: ClientId, details: Details) -> Result<Contact> {
    actor.must(Permission::ClientsEdit)?;
    let mut act = app.begin(actor).await?;
    let (contact, entry) = add_within(&mut act, client, details).await?;
    act.commit(entry).await?;
    Ok(contact)
}

/// The same inside of a running act, which records it with more.
///
/// # Errors
/// `NotFound`; `Invalid` when the client already has a contact of this address.
pub async fn add_within(act: &mut Act, client: ClientId, details: Details) -> Result<(Contact, Entry)> {
    let now = act.now;
    let client = client::store::find(act, client).await?;
    must_be_free(act, client.id, &details, None).await?;
    let contact = Contact {
        id: ContactId::new(now),
        client_id: client.id,
        company: client.name.to_string(),
        details,
        portal: Portal::None,
        created_at: now,
        version: 1,
    };
    let contact = store::insert(act, contact).await?;
    let entry = Entry::ContactAdded {
        contact: contact.id,
        client: client.id,
        name: contact.name(),
        email: contact.details.email.to_string(),
    };
    Ok((contact, entry))
}

/// Makes sure that no other contact of the client carries this address: an address names one person of a client.
///
/// # Errors
/// `Invalid`, naming the contact that does.
pub async fn must_be_free(
    scope: &mut Scope,
    client: ClientId,
    details: &Details,
    except: Option<ContactId>,
) -> Result<()> {
    let holder = store::look_for(scope, client, &details.email.key()).await?;
    match holder.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(holder) => Err(Error::invalid(
            "email",
            format!(
                "{} already has a contact with this email address: {}. Use another address, or change that contact.",
                holder.company,
                holder.name()
            ),
        )),
    }
}

/// Makes sure that an address is not blocked at the client: for a contact that is not blocked to take it would be a way
/// around the block (PRODUCT.md rule 5).
///
/// # Errors
/// `Invalid`, saying who blocked it and when.
pub async fn must_not_be_kept_out(scope: &mut Scope, client: ClientId, company: &str, email: &Email) -> Result<()> {
    match store::kept_out(scope, client, email).await? {
        None => Ok(()),
        Some(block) => Err(Error::invalid(
            "email",
            format!(
                "This email address is blocked from {company}’s portal, by {} since {}. Unblock the contact that had it first, or use another address.",
                block.by,
                block.at.day()
            ),
        )),
    }
}
