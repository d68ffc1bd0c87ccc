//! Reading the log: the timeline of somebody, and the latest of a business.

use crate::audit::Entry;
use crate::base::id::BusinessId;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use uuid::Uuid;

/// An entry as it was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its number in the business's chain.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// What kind of actor: `staff`, `person`, `visitor`, `operator`, `vestibule`.
    pub actor_kind: String,
    /// Who.
    pub actor_name: String,
    /// From which network address; may be empty.
    pub address: String,
    /// What; none where a newer version of the program wrote it.
    pub entry: Option<Entry>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    seq: i64,
    at: Instant,
    actor_kind: String,
    actor_name: String,
    address: String,
    facts: String,
}

impl From<Stored> for Recorded {
    fn from(stored: Stored) -> Self {
        Self {
            seq: stored.seq,
            at: stored.at,
            actor_kind: stored.actor_kind,
            actor_name: stored.actor_name,
            address: stored.address,
            entry: serde_json::from_str(&stored.facts).ok(),
        }
    }
}

/// The newest entries about one contact, client, portal user or account, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(tx: &mut Tx, business: BusinessId, subject: Uuid, most: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<Stored> = Query::new(
        "SELECT e.seq, e.at, e.actor_kind, e.actor_name, e.address, e.facts
         FROM audit_subject s JOIN audit_entry e ON e.business_id = s.business_id AND e.seq = s.seq
         WHERE s.business_id = $1 AND s.subject_id = $2 ORDER BY s.seq DESC LIMIT $3",
    )
    .bind(business)
    .bind(subject)
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}

/// Entries of a business before a number, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(tx: &mut Tx, business: BusinessId, before: Option<i64>, most: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<Stored> = Query::new(
        "SELECT seq, at, actor_kind, actor_name, address, facts FROM audit_entry
         WHERE business_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(business)
    .bind(before.unwrap_or(i64::MAX))
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}
