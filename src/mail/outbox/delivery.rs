//! Letters in a worker's hand: whose turn it is, at which pace, and how it ended.

use super::State;
use crate::base::id::{BusinessId, LetterId};
use crate::base::text::Email;
use crate::base::{Instant, Result};
use crate::config::Pace;
use crate::db::{Query, Tx};
use crate::mail::Letter;

/// How far letters that wait for their turn are counted: with this many, there may be more.
pub const MOST_COUNTED: i64 = 10_000;

/// Whether a business has sent as many letters that nobody asked for as it may in an hour, those in hand included.
async fn is_at_its_pace(tx: &mut Tx, business: BusinessId, now: Instant, pace: Pace) -> Result<bool> {
    // What is in hand is leased into the future, and so is little else: the index finds it at once. In one statement, else a
    // letter that leaves between two would be counted twice.
    let (sent,): (i64,) = Query::new(
        "SELECT (SELECT COUNT(*) FROM outbox WHERE business_id = $1 AND state IN ('queued', 'sending') AND due_at > $2
                AND state = 'sending' AND unasked = 1)
            + (SELECT COUNT(*) FROM (SELECT sent_at FROM outbox WHERE business_id = $1 AND sent_at > $3 AND unasked = 1
                ORDER BY sent_at DESC LIMIT $4) AS sent)",
    )
    .bind(business)
    .bind(now)
    .bind(now.plus_seconds(-3600))
    .bind(pace.business_an_hour)
    .one(tx, "The outbox")
    .await?;
    Ok(sent >= pace.business_an_hour)
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
