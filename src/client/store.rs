//! Clients in the database.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::ClientId;
use crate::base::text::{Reference, fold};
use crate::business::Switch;
use crate::client::{Client, Status, bulk, reference_key, search_text};
use crate::listing::{self, List};

const BY_ID: &str =
    "SELECT id, reference, name, email, phone, status, exited_at, language, balance_cents, created_at, version FROM client
    WHERE business_id = $1 AND id = $2";
const BY_REFERENCE: &str =
    "SELECT id, reference, name, email, phone, status, exited_at, language, balance_cents, created_at, version FROM client
    WHERE business_id = $1 AND reference_key = $2";

/// The client.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: ClientId) -> Result<Client> {
    scope.query(BY_ID).bind(id).one(&mut scope.tx, "The client").await
}

/// The client with this reference, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, reference: &Reference) -> Result<Option<Client>> {
    scope.query(BY_REFERENCE).bind(reference_key(reference)).maybe(&mut scope.tx).await
}

/// Adds a client; its Default group comes with it (`group::store::insert_default`).
///
/// # Errors
/// `Conflict` when the reference is taken.
pub async fn insert(scope: &mut Scope, client: &Client) -> Result<()> {
    bulk::insert(scope, &[client]).await
}

/// Stores a client as it is now, and counts it where it belongs. Its name is also on its contacts
/// (`contact::bulk::rename_clients`) and portal users.
///
/// # Errors
/// `Conflict` when somebody changed it meanwhile, or another client has the reference.
pub async fn save(scope: &mut Scope, before: Status, client: &mut Client) -> Result<()> {
    scope
        .query(
            "UPDATE client SET reference = $4, reference_key = $5, name = $6, name_key = $7, email = $8, phone = $9, status = $10,
                facet = $10, exited_at = $11, search = $12, updated_at = $13, language = $14, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(client.id)
        .bind(client.version)
        .bind(&client.reference)
        .bind(reference_key(&client.reference))
        .bind(&client.name)
        .bind(fold(client.name.as_str()))
        .bind(client.email.as_ref())
        .bind(client.phone.as_ref())
        .bind(client.status)
        .bind(client.exited_at)
        .bind(search_text(&client.name, &client.reference, client.email.as_ref()))
        .bind(scope.now)
        .bind(client.language)
        .run_one(&mut scope.tx)
        .await?;
    client.version += 1;
    listing::moved(scope, List::Clients, before.code(), client.status.code()).await
}

/// The names of some clients, by id: for lists that mention them.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(scope: &mut Scope, ids: &[uuid::Uuid]) -> Result<Vec<(uuid::Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query("SELECT id, name FROM client WHERE business_id = $1 AND id IN");
    query.and_list(ids.iter().copied()).all(&mut scope.tx).await
}

#[derive(sqlx::FromRow)]
struct Delegated {
    #[sqlx(try_from = "String")]
    delegation: Switch,
}

/// Whether a client's own people look after its users, as far as this client is concerned.
///
/// # Errors
/// `NotFound`.
pub async fn delegation(scope: &mut Scope, id: ClientId) -> Result<Switch> {
    let found: Delegated = scope
        .query("SELECT delegation FROM client WHERE business_id = $1 AND id = $2")
        .bind(id)
        .one(&mut scope.tx, "The client")
        .await?;
    Ok(found.delegation)
}

/// Switches it.
///
/// # Errors
/// `Conflict` when somebody changed the client meanwhile.
pub async fn set_delegation(scope: &mut Scope, client: &Client, to: Switch) -> Result<()> {
    scope
        .query("UPDATE client SET delegation = $4, updated_at = $5, version = version + 1 WHERE business_id = $1 AND id = $2 AND version = $3")
        .bind(client.id)
        .bind(client.version)
        .bind(to)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await
}
