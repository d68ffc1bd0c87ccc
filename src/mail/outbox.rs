//! The outbox: letters wait here, in the transaction that gave a reason for them, until the worker has delivered them.

use crate::base::id::{BusinessId, LetterId};
use crate::base::text::Email;
use crate::base::{Error, Instant, Result};
use crate::db::{Query, Tx};
use crate::mail::Letter;
use uuid::Uuid;

crate::words! {
    /// Where a letter is on its way.
    pub enum State {
        /// It waits for its time.
        Queued = "queued",
        /// A worker has it in hand.
        Sending = "sending",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server refused it for good.
        Bounced = "bounced",
        /// Every try failed.
        Failed = "failed",
        /// There was no reason left to send it.
        Cancelled = "cancelled",
    }
}

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

/// Puts a letter into the outbox.
///
/// # Errors
/// When the database refuses.
pub async fn put(
    tx: &mut Tx,
    business: BusinessId,
    now: Instant,
    letter: &Letter,
    to_email: &Email,
    to_name: &str,
) -> Result<LetterId> {
    let id = LetterId::new(now);
    Query::new(
        "INSERT INTO outbox (business_id, id, kind, letter, to_email, to_name, subject_id, state, attempts, due_at, claimed_until, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $8, 0, $8)",
    )
    .bind(business)
    .bind(id)
    .bind(letter.kind())
    .bind(serde_json::to_string(letter).map_err(Error::internal)?)
    .bind(to_email)
    .bind(to_name)
    .bind(letter.subject_id())
    .bind(now)
    .run(tx)
    .await?;
    Ok(id)
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
    let (n,): (i64,) = Query::new(
        "SELECT COUNT(*) FROM outbox WHERE business_id = $1 AND to_email = $2 AND kind = $3 AND created_at > $4",
    )
    .bind(business)
    .bind(to)
    .bind(kind)
    .bind(since)
    .one(tx, "The outbox")
    .await?;
    Ok(n)
}

/// Takes back letters about something that have not left yet.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_about(tx: &mut Tx, business: BusinessId, subject: Uuid) -> Result<()> {
    Query::new("UPDATE outbox SET state = 'cancelled' WHERE business_id = $1 AND subject_id = $2 AND state = 'queued'")
        .bind(business)
        .bind(subject)
        .run(tx)
        .await?;
    Ok(())
}
