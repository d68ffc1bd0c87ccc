//! What was written, about what and to whom, and where it is on its way.

use super::State;
use crate::base::id::{BusinessId, LetterId};
use crate::base::text::{Email, EmailKey};
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// A letter as lists show it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Posted {
    /// Its id.
    pub id: LetterId,
    /// Its kind's word.
    pub kind: String,
    /// To which address.
    pub to_email: String,
    /// Where it is.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// What the mail server last said against it.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

/// The newest letters about something, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(tx: &mut Tx, business: BusinessId, subject: Uuid, most: i64) -> Result<Vec<Posted>> {
    Query::new(
        "SELECT id, kind, to_email, state, attempts, last_error, created_at, sent_at FROM outbox
         WHERE business_id = $1 AND subject_id = $2 ORDER BY id DESC LIMIT $3",
    )
    .bind(business)
    .bind(subject)
    .bind(most)
    .all(tx)
    .await
}

/// The newest letters to an address, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn to(tx: &mut Tx, business: BusinessId, to: &Email, most: i64) -> Result<Vec<Posted>> {
    Query::new(
        "SELECT id, kind, to_email, state, attempts, last_error, created_at, sent_at FROM outbox
         WHERE business_id = $1 AND to_email_key = $2 ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(business)
    .bind(&to.key())
    .bind(most)
    .all(tx)
    .await
}

/// How many letters of a kind were written to an address since a moment: what limits how often somebody can be mailed (S33).
///
/// # Errors
/// When the database cannot be read.
pub async fn written_since(
    tx: &mut Tx,
    business: BusinessId,
    to: &Email,
    kind: &'static str,
    since: Instant,
) -> Result<i64> {
    let key = to.key();
    Ok(written_to_each_since(tx, business, std::slice::from_ref(&key), &[kind], since).await?.remove(&key).unwrap_or(0))
}

/// The same for several addresses and kinds, counted together; an address that is not in the answer was written to never.
///
/// # Errors
/// When the database cannot be read.
pub async fn written_to_each_since(
    tx: &mut Tx,
    business: BusinessId,
    to: &[EmailKey],
    kinds: &[&'static str],
    since: Instant,
) -> Result<HashMap<EmailKey, i64>> {
    let rows: Vec<(EmailKey, i64)> = Query::new(
        "SELECT to_email_key, COUNT(*) FROM outbox WHERE business_id = $1 AND created_at > $2 AND to_email_key IN",
    )
    .bind(business)
    .bind(since)
    .and_list(to)
    .and("AND kind IN")
    .and_list(kinds.iter().copied())
    .and("GROUP BY to_email_key")
    .all(tx)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Whether a letter of a kind about something was written since a moment and is still on its way.
///
/// # Errors
/// When the database cannot be read.
pub async fn on_the_way_since(
    tx: &mut Tx,
    business: BusinessId,
    subject: Uuid,
    kind: &'static str,
    since: Instant,
) -> Result<bool> {
    let found: Option<(LetterId,)> = Query::new(
        "SELECT id FROM outbox WHERE business_id = $1 AND subject_id = $2 AND kind = $3 AND created_at > $4
            AND state IN ('queued', 'sending') LIMIT 1",
    )
    .bind(business)
    .bind(subject)
    .bind(kind)
    .bind(since)
    .maybe(tx)
    .await?;
    Ok(found.is_some())
}

/// Where letters are, by their ids: for a page of a list.
///
/// # Errors
/// When the database cannot be read.
pub async fn posted(tx: &mut Tx, business: BusinessId, ids: &[LetterId]) -> Result<Vec<Posted>> {
    Query::new(
        "SELECT id, kind, to_email, state, attempts, last_error, created_at, sent_at FROM outbox
         WHERE business_id = $1 AND id IN",
    )
    .bind(business)
    .and_list(ids.iter().copied())
    .all(tx)
    .await
}
