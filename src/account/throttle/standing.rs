//! How an account stands: what staff are shown.

use super::{Browser, Count, Row, Whose};
use crate::base::id::AccountId;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};

/// How many have failed in a row, and whether anything is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// Failures in a row, from browsers that are not known.
    pub failures: i64,
    /// Failures in a row, from known browsers.
    pub known_failures: i64,
    /// Until when nothing is looked at; [`FOR_GOOD`] when only a new password opens it. Of the two counts, the later.
    pub locked_until: Option<Instant>,
}

/// Until a new password is set.
pub const FOR_GOOD: Instant = Instant::from_micros(i64::MAX);

/// How an account stands now.
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(tx: &mut Tx, account: AccountId, now: Instant) -> Result<Standing> {
    let whose = Whose::account(account);
    let mut standing = Standing::default();
    for (count, browser) in [(Count::Unknown, Browser::Unknown), (Count::Known, Browser::Known)] {
        let row: Option<Row> = Query::new("SELECT failures, last_at, open_at, told FROM attempt WHERE subject = $1")
            .bind(whose.subject(browser))
            .maybe(tx)
            .await?;
        let Some(row) = row else { continue };
        match browser {
            Browser::Unknown => standing.failures = row.failures,
            Browser::Known => standing.known_failures = row.failures,
        }
        let until = if count.most().is_some_and(|most| row.failures >= most) { FOR_GOOD } else { row.open_at };
        standing.locked_until = standing.locked_until.max((until > now).then_some(until));
    }
    Ok(standing)
}
