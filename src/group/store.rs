//! User groups in the database.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, GroupId};
use crate::group::UserGroup;

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
