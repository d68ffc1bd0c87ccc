//! What staff do about clients.

use crate::access::{Actor, Permission};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::ClientId;
use crate::base::text::Reference;
use crate::base::{Error, Result};
use crate::business::Switch;
use crate::client::{Client, Details, Status, store};
use crate::group;

/// Add a client, with the Default group that every client has.
///
/// # Errors
/// `Forbidden`; `Invalid` when another client has the reference.
pub async fn add(app: &App, actor: &Actor, details: Details) -> Result<Client> {
    actor.must(Permission::ClientsEdit)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    must_be_free(&mut act, &details.reference, None).await?;
    let client = Client {
        id: ClientId::new(now),
        reference: details.reference,
        name: details.name,
        email: details.email,
        phone: details.phone,
        status: Status::Active,
        exited_at: None,
        language: details.language,
        balance_cents: 0,
        created_at: now,
        version: 1,
    };
    store::insert(&mut act, &client).await?;
    group::store::insert_default(&mut act, client.id).await?;
    act.commit(Entry::ClientAdded {
        client: client.id,
        name: client.name.to_string(),
        reference: client.reference.to_string(),
    })
    .await?;
    Ok(client)
}

/// Makes sure that no other client has this reference.
///
/// # Errors
/// `Invalid`, naming the client that does.
pub async fn must_be_free(scope: &mut Scope, reference: &Reference, except: Option<ClientId>) -> Result<()> {
    match store::look_for(scope, reference).await?.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(holder) => {
            Err(Error::invalid("reference", format!("{} already has this reference. Use another one.", holder.name)))
        }
    }
}

/// Lets a client's own Global Admins and Group Managers look after its people, or takes that back: then only staff do, from the
/// very next request.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is so already.
pub async fn switch_delegation(app: &App, actor: &Actor, id: ClientId, to: Switch) -> Result<Client> {
    actor.must(Permission::ClientsEdit)?;
    let mut act = app.begin(actor).await?;
    let client = store::find(&mut act, id).await?;
    if store::delegation(&mut act, id).await? == to {
        let name = &client.name;
        return Err(Error::refused(match to {
            Switch::On => format!("{name} looks after its own users already. Nothing was changed."),
            Switch::Off => format!("Your staff alone look after {name}’s users already. Nothing was changed."),
        }));
    }
    store::set_delegation(&mut act, &client, to).await?;
    act.commit(match to {
        Switch::On => Entry::ClientDelegationSwitchedOn { client: id },
        Switch::Off => Entry::ClientDelegationSwitchedOff { client: id },
    })
    .await?;
    Ok(client)
}
