//! Who was mailed about a record, and how far each letter has come.

use crate::act::Scope;
use crate::base::id::{ContactId, RecordId};
use crate::base::text::PersonName;
use crate::base::{Instant, Result};
use crate::mail::outbox::State;

/// Somebody who was told of a record by mail, or will be.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Mailed {
    /// The contact.
    pub contact_id: ContactId,
    /// Their first name.
    pub first_name: PersonName,
    /// Their last name.
    pub last_name: PersonName,
    /// To which address.
    pub to_email: String,
    /// Where the letter is.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// What the mail server last said against it.
    pub last_error: Option<String>,
    /// When the letter was written.
    pub created_at: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Many {
    #[sqlx(try_from = "String")]
    state: State,
    many: i64,
}

/// Who was mailed about a record: whose letter did not arrive first, then whose waits, then the newest.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(scope: &mut Scope, record: RecordId, most: i64) -> Result<Vec<Mailed>> {
    scope
        .query(
            "SELECT n.contact_id, c.first_name, c.last_name, o.to_email, o.state, o.last_error, o.created_at, o.sent_at
             FROM record_notice n
             JOIN outbox o ON o.business_id = n.business_id AND o.id = n.letter_id
             JOIN contact c ON c.business_id = n.business_id AND c.id = n.contact_id
             WHERE n.business_id = $1 AND n.record_id = $2
             ORDER BY CASE WHEN o.state IN ('bounced', 'failed') THEN 0 WHEN o.state IN ('queued', 'sending', 'held') THEN 1 ELSE 2 END,
                o.id DESC LIMIT $3",
        )
        .bind(record)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// How many letters about a record are where.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(scope: &mut Scope, record: RecordId) -> Result<Vec<(State, i64)>> {
    let rows: Vec<Many> = scope
        .query(
            "SELECT o.state, COUNT(*) AS many FROM record_notice n
             JOIN outbox o ON o.business_id = n.business_id AND o.id = n.letter_id
             WHERE n.business_id = $1 AND n.record_id = $2 GROUP BY o.state",
        )
        .bind(record)
        .all(&mut scope.tx)
        .await?;
    let mut counted: Vec<(State, i64)> = rows.into_iter().map(|row| (row.state, row.many)).collect();
    counted.sort_unstable();
    Ok(counted)
}
