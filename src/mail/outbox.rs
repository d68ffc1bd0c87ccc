//! The outbox: letters wait here, in the transaction that gave a reason for them, until the worker has delivered them.

use crate::base::id::{BusinessId, LetterId};
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Instant, Result};
use crate::config::Pace;
use crate::db::{Query, Tx};
use crate::mail::Letter;
use std::collections::HashMap;
use uuid::Uuid;

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

/// How many letters that nobody asked for a business may send to one address in a day; what would be one more is refused (S33).
pub const MOST_UNASKED_A_DAY: i64 = 10;
/// How far letters that wait for their turn are counted: with this many, there may be more.
pub const MOST_COUNTED: i64 = 10_000;

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

/// Whether a business has sent as many letters that nobody asked for as it may in an hour, those in hand included.
async fn is_at_its_pace(tx: &mut Tx, business: BusinessId, now: Instant, pace: Pace) -> Result<bool> {
    // What is in hand is leased into the future, and so is little else: the index finds it at once.
    let (in_hand,): (i64,) = Query::new(
        "SELECT COUNT(*) FROM outbox WHERE business_id = $1 AND state IN ('queued', 'sending') AND due_at > $2
            AND state = 'sending' AND unasked = 1",
    )
    .bind(business)
    .bind(now)
    .one(tx, "The outbox")
    .await?;
    let free = pace.business_an_hour - in_hand;
    if free <= 0 {
        return Ok(true);
    }
    let earliest: Option<(Instant,)> = Query::new(
        "SELECT sent_at FROM outbox WHERE business_id = $1 AND sent_at > $2 AND unasked = 1
         ORDER BY sent_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(business)
    .bind(now.plus_seconds(-3600))
    .bind(free - 1)
    .maybe(tx)
    .await?;
    Ok(earliest.is_some())
}

/// How many letters wait because their business is at its pace; none while it is not. Counted as far as a list counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_for_their_turn(tx: &mut Tx, business: BusinessId, now: Instant, pace: Pace) -> Result<i64> {
    if !is_at_its_pace(tx, business, now, pace).await? {
        return Ok(0);
    }
    let (n,): (i64,) = Query::new(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox WHERE business_id = $1 AND state IN ('queued', 'sending') AND due_at <= $2
            AND state = 'queued' AND unasked = 1 LIMIT $3) AS waiting",
    )
    .bind(business)
    .bind(now)
    .bind(MOST_COUNTED)
    .one(tx, "The outbox")
    .await?;
    Ok(n)
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
    Query::new(
        "UPDATE outbox SET state = 'cancelled' WHERE business_id = $1 AND subject_id = $2 AND kind = $3
            AND state IN ('queued', 'held')",
    )
    .bind(business)
    .bind(subject)
    .bind(kind)
    .run(tx)
    .await?;
    Ok(())
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

/// Whether a newer letter of the same kind about the same thing is on its way, or there: then the older is not worth sending.
///
/// # Errors
/// When the database cannot be read.
pub async fn newer_exists(tx: &mut Tx, claimed: &Claimed, letter: &Letter) -> Result<bool> {
    let newer: Option<(LetterId,)> = Query::new(
        "SELECT id FROM outbox WHERE business_id = $1 AND subject_id = $2 AND id > $3 AND kind = $4
         AND state IN ('queued', 'sending', 'sent') LIMIT 1",
    )
    .bind(claimed.business)
    .bind(letter.subject_id())
    .bind(claimed.id)
    .bind(letter.kind())
    .maybe(tx)
    .await?;
    Ok(newer.is_some())
}

/// The businesses with a letter whose time has come, the one that has waited longest first. A claim names its business, so
/// that it stays on one shard; this is the one question that goes to all.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx, now: Instant, most: i64) -> Result<Vec<BusinessId>> {
    // One step into the index for each business, however many letters wait there.
    let rows: Vec<(BusinessId, Instant)> = Query::new(
        "SELECT id, first FROM (
            SELECT b.id, (SELECT MIN(o.due_at) FROM outbox o WHERE o.business_id = b.id AND o.state IN ('queued', 'sending')) AS first
            FROM business b
         ) AS waiting WHERE first <= $1 ORDER BY first, id LIMIT $2",
    )
    .bind(now)
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(business, _)| business).collect())
}

/// A letter that a worker has in hand. Nobody else takes it up until `until`; after that, whoever had it is taken to have
/// died, and another tries.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The business.
    pub business: BusinessId,
    /// The letter's id.
    pub id: LetterId,
    /// What it is about; none when a newer version of the program wrote a letter that this one does not know.
    pub letter: Option<Letter>,
    /// To which address.
    pub to_email: Email,
    /// To whom.
    pub to_name: String,
    /// The how-manieth try this is, from 1.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Instant,
    /// Until when nobody else takes it up.
    pub until: Instant,
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: LetterId,
    letter: String,
    to_email: Email,
    to_name: String,
    attempts: i64,
    created_at: Instant,
}

/// Takes a business's next letter in hand, if one is due. Of two workers that try at once, each gets another. Of a business that
/// is at its pace only what somebody asked for is taken; the rest waits for its turn.
///
/// # Errors
/// When the database refuses.
pub async fn claim(
    tx: &mut Tx,
    business: BusinessId,
    now: Instant,
    lease_seconds: i64,
    pace: Pace,
) -> Result<Option<Claimed>> {
    let skip = tx.skip_locked();
    let which = if is_at_its_pace(tx, business, now, pace).await? { "AND unasked = 0" } else { "" };
    let waiting: Option<Waiting> = Query::new(
        "SELECT id, letter, to_email, to_name, attempts, created_at FROM outbox
         WHERE business_id = $1 AND state IN ('queued', 'sending') AND due_at <= $2",
    )
    .bind(business)
    .bind(now)
    .and(which)
    .and("ORDER BY due_at, id LIMIT 1")
    .and(skip)
    .maybe(tx)
    .await?;
    let Some(Waiting { id, letter, to_email, to_name, attempts, created_at }) = waiting else { return Ok(None) };
    let (attempts, until) = (attempts + 1, now.plus_seconds(lease_seconds));
    Query::new("UPDATE outbox SET state = 'sending', due_at = $3, attempts = $4 WHERE business_id = $1 AND id = $2")
        .bind(business)
        .bind(id)
        .bind(until)
        .bind(attempts)
        .run_one(tx)
        .await?;
    let letter = serde_json::from_str(&letter).ok();
    Ok(Some(Claimed { business, id, letter, to_email, to_name, attempts, created_at, until }))
}

/// What became of a letter in hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The mail server took it.
    Sent,
    /// It is tried again at a moment.
    Later(Instant, String),
    /// It waits until the portal is switched on; that was no try.
    Held,
    /// The mail server refused it for good.
    Bounced(String),
    /// It was tried for long enough.
    Failed(String),
    /// There was no reason left to send it.
    Cancelled(String),
}

/// Writes down what became of a letter in hand, unless it has been taken up by another meanwhile; answers whether it was.
///
/// # Errors
/// When the database refuses.
pub async fn settle(tx: &mut Tx, claimed: &Claimed, outcome: &Outcome, now: Instant) -> Result<bool> {
    let (state, due_at, why) = match outcome {
        Outcome::Sent => (State::Sent, now, None),
        Outcome::Later(at, why) => (State::Queued, *at, Some(why)),
        Outcome::Held => (State::Held, now, None),
        Outcome::Bounced(why) => (State::Bounced, now, Some(why)),
        Outcome::Failed(why) => (State::Failed, now, Some(why)),
        Outcome::Cancelled(why) => (State::Cancelled, now, Some(why)),
    };
    let settled = Query::new(
        "UPDATE outbox SET state = $4, due_at = $5, last_error = $6, sent_at = $7, attempts = $8
         WHERE business_id = $1 AND id = $2 AND state = 'sending' AND due_at = $3",
    )
    .bind(claimed.business)
    .bind(claimed.id)
    .bind(claimed.until)
    .bind(state)
    .bind(due_at)
    .bind(why.cloned())
    .bind((*outcome == Outcome::Sent).then_some(now))
    .bind(if *outcome == Outcome::Held { claimed.attempts - 1 } else { claimed.attempts })
    .run(tx)
    .await?;
    Ok(settled == 1)
}
