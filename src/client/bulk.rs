//! Many clients at once: what an import looks for and writes. Each function takes as many as fit into one statement.

use crate::act::Scope;
use crate::base::id::ClientId;
use crate::base::text::fold;
use crate::base::{Error, Result};
use crate::client::{Client, Status, reference_key, search_text};
use crate::db::Query;
use crate::listing::{self, List};

/// The clients that have one of these references, each as its [`reference_key`].
///
/// # Errors
/// When the database cannot be read.
pub async fn by_reference(scope: &mut Scope, keys: &[&str]) -> Result<Vec<Client>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query(
        "SELECT id, reference, name, email, phone, status, exited_at, language, balance_cents, created_at, version FROM client
         WHERE business_id = $1 AND reference_key IN",
    );
    query.and_list(keys.iter().copied()).all(&mut scope.tx).await
}

/// Those of these clients that there are, in no order.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_ids(scope: &mut Scope, ids: &[ClientId]) -> Result<Vec<Client>> {
    scope
        .query(
            "SELECT id, reference, name, email, phone, status, exited_at, language, balance_cents, created_at, version FROM client
             WHERE business_id = $1 AND id IN",
        )
        .and_list(ids.iter().copied())
        .all(&mut scope.tx)
        .await
}

/// A page of the clients by reference, after one.
///
/// # Errors
/// When the database cannot be read.
pub async fn page_after(scope: &mut Scope, after: &str, most: i64) -> Result<Vec<Client>> {
    scope
        .query(
            "SELECT id, reference, name, email, phone, status, exited_at, language, balance_cents, created_at, version FROM client
             WHERE business_id = $1 AND reference_key > $2 ORDER BY reference_key LIMIT $3",
        )
        .bind(after)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// Adds clients; their Default groups come with them (`group::store::insert_defaults`).
///
/// # Errors
/// `Conflict` when a reference is taken.
pub async fn insert(scope: &mut Scope, clients: &[&Client]) -> Result<()> {
    let (business, now) = (scope.business, scope.now);
    for clients in clients.chunks(500) {
        let mut rows = Query::new(
            "INSERT INTO client (business_id, id, reference, reference_key, name, name_key, email, phone, status, exited_at,
                balance_cents, facet, search, created_at, updated_at, language, version) VALUES",
        );
        for client in clients {
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                [
                    business.into(),
                    client.id.into(),
                    (&client.reference).into(),
                    reference_key(&client.reference).into(),
                    (&client.name).into(),
                    fold(client.name.as_str()).into(),
                    client.email.as_ref().into(),
                    client.phone.as_ref().into(),
                    client.status.into(),
                    client.exited_at.into(),
                    client.balance_cents.into(),
                    client.status.into(),
                    search_text(&client.name, &client.reference, client.email.as_ref()).into(),
                    now.into(),
                    now.into(),
                    client.language.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
        for status in Status::ALL {
            let here = clients.iter().filter(|client| client.status == *status).count();
            if here > 0 {
                let here = i64::try_from(here).map_err(Error::internal)?;
                listing::count_into(scope, List::Clients, status.code(), here).await?;
            }
        }
    }
    Ok(())
}

/// Stores clients, each given as it was and as it is now. Their names are also on their contacts
/// (`contact::bulk::rename_clients`) and portal users.
///
/// # Errors
/// When the database refuses.
pub async fn save(scope: &mut Scope, clients: &[(&Client, &Client)]) -> Result<()> {
    for clients in clients.chunks(500) {
        let rows = clients.iter().map(|(_, client)| {
            [
                client.id.into(),
                (&client.name).into(),
                fold(client.name.as_str()).into(),
                client.email.as_ref().into(),
                client.phone.as_ref().into(),
                client.status.into(),
                client.exited_at.into(),
                client.balance_cents.into(),
                search_text(&client.name, &client.reference, client.email.as_ref()).into(),
            ]
        });
        Query::new(
            "UPDATE client SET name = v.column2, name_key = v.column3, email = v.column4, phone = v.column5, status = v.column6,
                facet = v.column6, exited_at = v.column7, balance_cents = v.column8, search = v.column9, updated_at = $1,
                version = client.version + 1",
        )
        .bind(scope.now)
        .and_each(("client", "id"), scope.business, "(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        .run(&mut scope.tx)
        .await?;
        for (before, client) in clients {
            listing::moved(scope, List::Clients, before.status.code(), client.status.code()).await?;
        }
    }
    Ok(())
}
