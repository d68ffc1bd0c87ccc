//! User groups in the database.

use crate::access::Sight;
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, GroupId};
use crate::base::text::{GroupName, fold};
use crate::db::Query;
use crate::group::{Kind, Peopled, UserGroup};

/// The group.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: GroupId) -> Result<UserGroup> {
    scope
        .query("SELECT id, client_id, name, kind, may_see, version FROM user_group WHERE business_id = $1 AND id = $2 AND ended_at IS NULL")
        .bind(id)
        .one(&mut scope.tx, "The group")
        .await
}

/// What the members of a group may see, also of one that was ended.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn may_see(scope: &mut Scope, id: GroupId) -> Result<Sight> {
    let (stored,): (String,) = scope
        .query("SELECT may_see FROM user_group WHERE business_id = $1 AND id = $2")
        .bind(id)
        .one(&mut scope.tx, "The group")
        .await?;
    Ok(stored.into())
}

/// A client's groups, the Default one first, each with how many people belong to it.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_client(scope: &mut Scope, client: ClientId) -> Result<Vec<Peopled>> {
    scope
        .query(
            "SELECT g.id, g.client_id, g.name, g.kind, g.may_see, g.version, (SELECT COUNT(*) FROM link l
                WHERE l.business_id = g.business_id AND l.client_id = g.client_id AND l.group_id = g.id AND l.state = 'active') AS people
             FROM user_group g WHERE g.business_id = $1 AND g.client_id = $2 AND g.ended_at IS NULL
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
            "SELECT id, client_id, name, kind, may_see, version FROM user_group
             WHERE business_id = $1 AND client_id = $2 AND ended_at IS NULL
             ORDER BY CASE kind WHEN 'default' THEN 0 ELSE 1 END, name_key",
        )
        .bind(client)
        .all(&mut scope.tx)
        .await
}

/// The groups of several clients, in no order.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_clients(scope: &mut Scope, clients: &[ClientId]) -> Result<Vec<UserGroup>> {
    scope
        .query(
            "SELECT id, client_id, name, kind, may_see, version FROM user_group
             WHERE business_id = $1 AND ended_at IS NULL AND client_id IN",
        )
        .and_list(clients.iter().copied())
        .all(&mut scope.tx)
        .await
}

/// A client's Default group.
///
/// # Errors
/// `NotFound` when there is no such client.
pub async fn default_of(scope: &mut Scope, client: ClientId) -> Result<UserGroup> {
    scope
        .query(
            "SELECT id, client_id, name, kind, may_see, version FROM user_group
             WHERE business_id = $1 AND client_id = $2 AND name_key = 'default' AND kind = 'default'",
        )
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
        for client in clients {
            rows = rows.and_row(
                "(?, ?, ?, 'Default', 'default', 'default', ?)",
                [business.into(), GroupId::new(now).into(), (*client).into(), now.into()],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}

/// Adds a group that the client made.
///
/// # Errors
/// `Conflict` when the client has a group of this name.
pub async fn insert(scope: &mut Scope, group: &UserGroup) -> Result<()> {
    scope
        .query(
            "INSERT INTO user_group (business_id, id, client_id, name, name_key, kind, may_see, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        )
        .bind(group.id)
        .bind(group.client_id)
        .bind(group.name.as_str())
        .bind(fold(&group.name))
        .bind(group.kind)
        .bind(&group.may_see)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// The client's group of this name, if it has one; names that look the same are the same.
///
/// # Errors
/// When the database cannot be read.
pub async fn named(scope: &mut Scope, client: ClientId, name: &GroupName) -> Result<Option<UserGroup>> {
    scope
        .query(
            "SELECT id, client_id, name, kind, may_see, version FROM user_group
             WHERE business_id = $1 AND client_id = $2 AND name_key = $3 AND ended_at IS NULL",
        )
        .bind(client)
        .bind(fold(name.as_str()))
        .maybe(&mut scope.tx)
        .await
}

/// How many groups a client has.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(scope: &mut Scope, client: ClientId) -> Result<i64> {
    let counted: (i64,) = scope
        .query("SELECT COUNT(*) FROM user_group WHERE business_id = $1 AND client_id = $2 AND ended_at IS NULL")
        .bind(client)
        .one(&mut scope.tx, "The client")
        .await?;
    Ok(counted.0)
}

/// Stores a group's name and what it may see.
///
/// # Errors
/// `Conflict` when somebody changed it meanwhile.
pub async fn save(scope: &mut Scope, group: &mut UserGroup) -> Result<()> {
    scope
        .query(
            "UPDATE user_group SET name = $4, name_key = $5, may_see = $6, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3 AND ended_at IS NULL",
        )
        .bind(group.id)
        .bind(group.version)
        .bind(group.name.as_str())
        .bind(fold(&group.name))
        .bind(&group.may_see)
        .run_one(&mut scope.tx)
        .await?;
    group.version += 1;
    Ok(())
}

/// Ends a group that the client made; its name is free again. It is kept for the history of those who belonged to it.
///
/// # Errors
/// `Conflict` when it was ended meanwhile.
pub async fn end(scope: &mut Scope, group: &UserGroup) -> Result<()> {
    scope
        .query(
            "UPDATE user_group SET ended_at = $4, name_key = $5, version = version + 1
             WHERE business_id = $1 AND id = $2 AND kind = $3 AND ended_at IS NULL",
        )
        .bind(group.id)
        .bind(Kind::Custom)
        .bind(scope.now)
        // No name that somebody types folds to this: it has a capital.
        .bind(format!("ENDED {}", group.id))
        .run_one(&mut scope.tx)
        .await
}

/// Moves everybody of a group to another, as members: those who are in, and those whose invitations are open, or were withdrawn
/// and may be sent again by the client's own people. Answers how many were in.
///
/// # Errors
/// When the database refuses.
pub async fn move_people(scope: &mut Scope, from: GroupId, to: GroupId) -> Result<i64> {
    let moved = scope
        .query(
            "UPDATE link SET group_id = $3, role = 'member', version = version + 1
             WHERE business_id = $1 AND group_id = $2 AND state = 'active'",
        )
        .bind(from)
        .bind(to)
        .run(&mut scope.tx)
        .await?;
    scope
        .query(
            "UPDATE invitation SET group_id = $3, role = 'member', version = version + 1
             WHERE business_id = $1 AND group_id = $2 AND (state = 'open' OR (state = 'revoked' AND inviter = 'client'))",
        )
        .bind(from)
        .bind(to)
        .run(&mut scope.tx)
        .await?;
    Ok(i64::try_from(moved).unwrap_or(i64::MAX))
}

/// Those of these groups that were ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn ended_of(scope: &mut Scope, groups: &[GroupId]) -> Result<Vec<GroupId>> {
    let rows: Vec<(GroupId,)> = scope
        .query("SELECT id FROM user_group WHERE business_id = $1 AND ended_at IS NOT NULL AND id IN")
        .and_list(groups.iter().copied())
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
