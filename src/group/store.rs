//! User groups in the database.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, GroupId};
use crate::db::Query;
use crate::group::{Peopled, UserGroup};

/// The group.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: GroupId) -> Result<UserGroup> {
    scope
        .query("SELECT id, client_id, name, kind FROM user_group WHERE business_id = $1 AND id = $2")
        .bind(id)
        .one(&mut scope.tx, "The group")
        .await
}

/// A client's groups, the Default one first, each with how many people belong to it.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_client(scope: &mut Scope, client: ClientId) -> Result<Vec<Peopled>> {
    scope
        .query(
            "SELECT g.id, g.client_id, g.name, g.kind, (SELECT COUNT(*) FROM link l
                WHERE l.business_id = g.business_id AND l.client_id = g.client_id AND l.group_id = g.id AND l.state = 'active') AS people
             FROM user_group g WHERE g.business_id = $1 AND g.client_id = $2
             ORDER BY CASE g.kind WHEN 'default' THEN 0 ELSE 1 END, g.name_key",
        )
        .bind(client)
        .all(&mut scope.tx)
        .await
}

/// A client's groups, the Default one first: to choose from.
///
/// # Errors
/// When the database cannot be read.
pub async fn choices(scope: &mut Scope, client: ClientId) -> Result<Vec<UserGroup>> {
    scope
        .query(
            "SELECT id, client_id, name, kind FROM user_group WHERE business_id = $1 AND client_id = $2
             ORDER BY CASE kind WHEN 'default' THEN 0 ELSE 1 END, name_key",
        )
        .bind(client)
        .all(&mut scope.tx)
        .await
}

/// A client's Default group.
///
/// # Errors
/// `NotFound` when there is no such client.
pub async fn default_of(scope: &mut Scope, client: ClientId) -> Result<UserGroup> {
    scope
        .query("SELECT id, client_id, name, kind FROM user_group WHERE business_id = $1 AND client_id = $2 AND name_key = 'default' AND kind = 'default'")
        .bind(client)
        .one(&mut scope.tx, "The client")
        .await
}

/// The Default groups of several clients, each with its client.
///
/// # Errors
/// When the database cannot be read.
pub async fn defaults_of(scope: &mut Scope, clients: &[ClientId]) -> Result<Vec<(ClientId, GroupId)>> {
    scope
        .query("SELECT client_id, id FROM user_group WHERE business_id = $1 AND name_key = 'default' AND kind = 'default' AND client_id IN")
        .and_list(clients.iter().copied())
        .all(&mut scope.tx)
        .await
}

/// Makes a new client's Default group.
///
/// # Errors
/// When the database refuses.
pub async fn insert_default(scope: &mut Scope, client: ClientId) -> Result<()> {
    scope
        .query(
            "INSERT INTO user_group (business_id, id, client_id, name, name_key, kind, created_at)
             VALUES ($1, $2, $3, 'Default', 'default', 'default', $4)",
        )
        .bind(GroupId::new(scope.now))
        .bind(client)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Makes the Default groups of many new clients.
///
/// # Errors
/// When the database refuses.
pub async fn insert_defaults(scope: &mut Scope, clients: &[ClientId]) -> Result<()> {
    let (business, now) = (scope.business, scope.now);
    for clients in clients.chunks(500) {
        let mut rows =
            Query::new("INSERT INTO user_group (business_id, id, client_id, name, name_key, kind, created_at) VALUES");
        for (n, client) in clients.iter().enumerate() {
            rows = rows.and_with(
                if n == 0 {
                    "(?, ?, ?, 'Default', 'default', 'default', ?)"
                } else {
                    ", (?, ?, ?, 'Default', 'default', 'default', ?)"
                },
                [business.into(), GroupId::new(now).into(), (*client).into(), now.into()],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}
