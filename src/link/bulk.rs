//! Many links at once, in a few statements: what deleting and restoring portal users read and write.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{LinkId, PortalUserId};
use crate::db::Query;
use crate::link::{EndReason, Link};

/// Rows of one statement.
const PER_STATEMENT: usize = 500;

/// A link, and the client's name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tie {
    /// The link.
    #[sqlx(flatten)]
    pub link: Link,
    /// The client's name.
    pub client_name: String,
}

macro_rules! ties {
    ($which:literal) => {
        concat!(
            "SELECT l.id, l.contact_id, l.client_id, l.portal_user_id, l.group_id, l.role, l.state, l.invited_email, l.made_at, l.ended_at,
                c.name AS client_name
             FROM link l JOIN client c ON c.business_id = l.business_id AND c.id = l.client_id
             WHERE l.business_id = $1 AND ",
            $which,
            " AND l.portal_user_id IN"
        )
    };
}

/// What ties these portal users, by the clients' names.
///
/// # Errors
/// When the database cannot be read.
pub async fn active_of(scope: &mut Scope, users: &[PortalUserId]) -> Result<Vec<Tie>> {
    let mut ties = Vec::new();
    for users in users.chunks(PER_STATEMENT) {
        let query = scope.query(ties!("l.state = 'active'")).and_list(users.iter().copied());
        ties.extend(query.and("ORDER BY c.name_key, c.id").all(&mut scope.tx).await?);
    }
    Ok(ties)
}

/// What tied these portal users until they were deleted, this time or before, by the clients' names.
///
/// # Errors
/// When the database cannot be read.
pub async fn ended_with(scope: &mut Scope, users: &[PortalUserId]) -> Result<Vec<Tie>> {
    let mut ties = Vec::new();
    for users in users.chunks(PER_STATEMENT) {
        let query =
            scope.query(ties!("l.state = 'ended' AND l.end_reason = 'deleted'")).and_list(users.iter().copied());
        ties.extend(query.and("ORDER BY c.name_key, c.id").all(&mut scope.tx).await?);
    }
    Ok(ties)
}

/// Ends links that hold.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(scope: &mut Scope, links: &[LinkId], by: &str, reason: EndReason) -> Result<()> {
    for links in links.chunks(PER_STATEMENT) {
        scope
            .query(
                "UPDATE link SET state = 'ended', ended_at = $2, ended_by = $3, end_reason = $4, version = version + 1
                 WHERE business_id = $1 AND state = 'active' AND id IN",
            )
            .bind(scope.now)
            .bind(by)
            .bind(reason)
            .and_list(links.iter().copied())
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}

/// Stores new links.
///
/// # Errors
/// `Conflict` when a contact, or the person at that client, is linked already.
pub async fn insert_all(scope: &mut Scope, links: &[Link]) -> Result<()> {
    for links in links.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO link (business_id, id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at,
                version) VALUES",
        );
        for link in links {
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                [
                    scope.business.into(),
                    link.id.into(),
                    link.contact_id.into(),
                    link.client_id.into(),
                    link.portal_user_id.into(),
                    link.group_id.into(),
                    link.role.into(),
                    link.state.into(),
                    (&link.invited_email).into(),
                    link.made_at.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}

/// Removes everything that ever tied these portal users, for good.
///
/// # Errors
/// When the database refuses.
pub async fn remove_of(scope: &mut Scope, users: &[PortalUserId]) -> Result<()> {
    for users in users.chunks(PER_STATEMENT) {
        scope
            .query("DELETE FROM link WHERE business_id = $1 AND portal_user_id IN")
            .and_list(users.iter().copied())
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}
