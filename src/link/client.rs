//! Changing a client: its name stands on its contacts and on the portal users who are linked to it, too.

use crate::access::{Actor, Permission};
use crate::act::App;
use crate::audit::Entry;
use crate::base::id::ClientId;
use crate::base::{Error, Result};
use crate::client::{self, Client, Details, Status, Typed};
use crate::contact;
use crate::link::store;

/// What came of changing a client.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The client, as it is now.
    pub client: Client,
    /// Whether anything differs from before.
    pub changed: Changed,
}

/// Whether something differs from before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// It does.
    Yes,
    /// All is as it was.
    No,
}

/// Change a client's details and status. Of a client that has left, nobody can be invited, and what its people had closes
/// after the business's days of grace; of one that comes back it opens again at the next request.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` when somebody changed the client since `version`; `Invalid` when another client has
/// the reference.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ClientId,
    version: i64,
    details: Details,
    status: Status,
) -> Result<Edited> {
    actor.must(Permission::ClientsEdit)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut client = client::store::find(&mut act, id).await?;
    if client.version != version {
        return Err(Error::Conflict);
    }
    let before = client.clone();
    let mut changes = Typed::from(&before.details()).differences(&Typed::from(&details));
    if before.status != status {
        changes.push(("status", before.status.label().to_owned(), status.label().to_owned()));
    }
    if changes.is_empty() {
        return Ok(Edited { client, changed: Changed::No });
    }
    client::acts::must_be_free(&mut act, &details.reference, Some(id)).await?;
    client.change(details, status, now);
    client::store::save(&mut act, before.status, &mut client).await?;
    if before.name != client.name {
        contact::bulk::rename_clients(&mut act, &[(id, &client.name)]).await?;
        for user in store::users_at(&mut act, &[id]).await? {
            store::refresh_company(&mut act, user).await?;
        }
    }
    let changes = changes.into_iter().map(|(what, from, to)| (what.to_owned(), from, to)).collect();
    act.commit(Entry::ClientChanged { client: id, changes }).await?;
    Ok(Edited { client, changed: Changed::Yes })
}
