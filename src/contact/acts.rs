//! What staff do to a contact alone. What also touches its invitations or its link is in [`crate::link::acts`].

use crate::access::{Actor, Permission};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId};
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
    let now = act.now;
    let client = client::store::find(&mut act, client).await?;
    must_be_free(&mut act, client.id, &details, None).await?;
    let contact = Contact {
        id: ContactId::new(now),
        client_id: client.id,
        company: client.name.to_string(),
        details,
        portal: Portal::None,
        created_at: now,
        version: 1,
    };
    let contact = store::insert(&mut act, contact).await?;
    act.commit(Entry::ContactAdded {
        contact: contact.id,
        client: client.id,
        name: contact.name(),
        email: contact.details.email.to_string(),
    })
    .await?;
    Ok(contact)
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
