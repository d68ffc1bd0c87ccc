//! What has its price each time, and is limited by the day: letters that somebody asks for without having signed in, and copies
//! of one's own data.

use super::{Whose, held, network};
use crate::base::id::AccountId;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use std::net::IpAddr;

/// How many letters to one person are sent in a day because somebody at one network address asks (S33).
const MOST_LETTERS_A_DAY: i64 = 10;
/// How many copies of their own data somebody may take in a day.
pub const MOST_COPIES_A_DAY: i64 = 10;

/// Whether somebody at this address may have one more letter sent to an account; if so, it is counted. Each network has a
/// count of its own, so that a stranger's requests do not spend what the person may ask for.
///
/// # Errors
/// When the database refuses.
pub async fn may_ask_for_letter(
    tx: &mut Tx,
    account: AccountId,
    address: Option<IpAddr>,
    now: Instant,
) -> Result<bool> {
    let Some(address) = address else { return Ok(true) };
    let subject = format!("letter:{}:{}", Whose::account(account).0, network(address));
    once_more(tx, subject, MOST_LETTERS_A_DAY, now).await
}

/// Whether somebody may take one more copy of their own data today; if so, it is counted, at whichever business they are.
///
/// # Errors
/// When the database refuses.
pub async fn may_take_own_data(tx: &mut Tx, account: AccountId, now: Instant) -> Result<bool> {
    once_more(tx, format!("data:{}", Whose::account(account).0), MOST_COPIES_A_DAY, now).await
}

/// Counts once more, if there is room for it in the day that is counted.
async fn once_more(tx: &mut Tx, subject: String, most: i64, now: Instant) -> Result<bool> {
    let row = held(tx, &subject).await?;
    // `open_at`: when the day that is counted ends.
    let (before, until) = if row.open_at > now { (row.failures, row.open_at) } else { (0, now.plus_days(1)) };
    if before >= most {
        return Ok(false);
    }
    Query::new("UPDATE attempt SET failures = $2, last_at = $3, open_at = $4 WHERE subject = $1")
        .bind(subject)
        .bind(before + 1)
        .bind(now)
        .bind(until)
        .run_one(tx)
        .await?;
    Ok(true)
}
