//! The outbox: letters wait here, in the transaction that gave a reason for them, until the worker has delivered them.

use crate::base::id::{BusinessId, LetterId};
use crate::base::text::Email;
use crate::base::{Error, Instant, Result};
use crate::db::{Query, Tx};
use crate::mail::Letter;
use uuid::Uuid;

mod delivery;
mod followed;

pub use delivery::{Claimed, MOST_COUNTED, Outcome, claim, due, newer_exists, settle, waiting_for_their_turn};
pub use followed::{Posted, about, on_the_way_since, posted, to, written_since, written_to_each_since};

crate::words! {
    /// Where a letter is on its way.
    pub enum State {
        /// It waits for its time.
        Queued = "queued",
        /// It waits until the portal is switched on.
        Held = "held",
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

impl State {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Held => "Held until the portal is on",
            Self::Sending => "Being sent",
            Self::Sent => "Sent",
            Self::Bounced => "Bounced",
            Self::Failed => "Not delivered",
            Self::Cancelled => "Not sent",
        }
    }
}

/// How many letters that nobody asked for a business may send to one address in a day; what would be one more is refused (S33).
pub const MOST_UNASKED_A_DAY: i64 = 10;

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
    let letters = [(letter.clone(), to_email.clone(), to_name.to_owned())];
    put_all(tx, business, now, &letters).await?.pop().ok_or_else(|| Error::internal("one letter has one id"))
}

/// Puts letters into the outbox, each with an address and a name; answers their ids in the same order.
///
/// # Errors
/// When the database refuses.
pub async fn put_all(
    tx: &mut Tx,
    business: BusinessId,
    now: Instant,
    letters: &[(Letter, Email, String)],
) -> Result<Vec<LetterId>> {
    let mut ids = Vec::with_capacity(letters.len());
    for letters in letters.chunks(500) {
        let mut rows = Query::new(
            "INSERT INTO outbox (business_id, id, kind, letter, to_email, to_email_key, to_name, subject_id, state, attempts, due_at,
                created_at, unasked) VALUES",
        );
        for (letter, to_email, to_name) in letters {
            let id = LetterId::new(now);
            ids.push(id);
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, ?)",
                [
                    business.into(),
                    id.into(),
                    letter.kind().into(),
                    serde_json::to_string(letter).map_err(Error::internal)?.into(),
                    to_email.into(),
                    (&to_email.key()).into(),
                    to_name.as_str().into(),
                    letter.subject_id().into(),
                    due_from(letter, now).into(),
                    now.into(),
                    i64::from(letter.is_unasked()).into(),
                ],
            );
        }
        rows.run(tx).await?;
    }
    Ok(ids)
}

/// When a letter leaves: somebody who waits in front of a screen is not made to wait behind a thousand invitations.
fn due_from(letter: &Letter, now: Instant) -> Instant {
    if letter.is_awaited() { Instant::default() } else { now }
}

/// Lets a letter wait until a moment, so that more can go into it.
///
/// # Errors
/// When the database refuses.
pub async fn put_off(tx: &mut Tx, business: BusinessId, id: LetterId, until: Instant) -> Result<()> {
    Query::new("UPDATE outbox SET due_at = $3 WHERE business_id = $1 AND id = $2 AND state = 'queued'")
        .bind(business)
        .bind(id)
        .bind(until)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes back letters of one kind about any of these that have not left yet.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_all(tx: &mut Tx, business: BusinessId, subjects: &[Uuid], kind: &'static str) -> Result<()> {
    Query::new("UPDATE outbox SET state = 'cancelled' WHERE business_id = $1 AND kind = $2 AND state IN ('queued', 'held') AND subject_id IN")
        .bind(business)
        .bind(kind)
        .and_list(subjects.iter().copied())
        .run(tx)
        .await?;
    Ok(())
}

/// Takes back letters about something that have not left yet.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_about(tx: &mut Tx, business: BusinessId, subject: Uuid) -> Result<()> {
    Query::new(
        "UPDATE outbox SET state = 'cancelled' WHERE business_id = $1 AND subject_id = $2 AND state IN ('queued', 'held')",
    )
    .bind(business)
    .bind(subject)
    .run(tx)
    .await?;
    Ok(())
}

/// Takes back letters of one kind about something that have not left yet.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(tx: &mut Tx, business: BusinessId, subject: Uuid, kind: &'static str) -> Result<()> {
    cancel_all(tx, business, &[subject], kind).await
}

/// Sends on their way the letters that were held while the portal was off; answers how many.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &mut Tx, business: BusinessId, now: Instant) -> Result<u64> {
    Query::new("UPDATE outbox SET state = 'queued', due_at = $2 WHERE business_id = $1 AND state = 'held'")
        .bind(business)
        .bind(now)
        .run(tx)
        .await
}
