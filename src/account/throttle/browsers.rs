//! Browsers that are known: those that carry the cookie of a session of the account, live or long over.

use super::Whose;
use crate::base::id::AccountId;
use crate::base::secret::Token;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};

/// For how many days a browser stays known after its last sign-in.
pub const BROWSER_KNOWN_DAYS: i64 = 90;
/// How many browsers of an account are known at the same time.
const MOST_KNOWN: i64 = 50;

/// Whether a browser has signed in to the account before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Browser {
    /// It carries the cookie of one of the account's sessions.
    Known,
    /// It does not.
    Unknown,
}

/// Whether the browser that carries this cookie is known.
///
/// # Errors
/// When the database cannot be read.
pub async fn browser(tx: &mut Tx, whose: &Whose, cookie: Option<&Token>) -> Result<Browser> {
    let Some(cookie) = cookie else { return Ok(Browser::Unknown) };
    let row: Option<(i64,)> =
        Query::new("SELECT failures FROM attempt WHERE subject = $1").bind(whose.browser(cookie)).maybe(tx).await?;
    Ok(if row.is_some() { Browser::Known } else { Browser::Unknown })
}

/// Makes all browsers strangers again: with a new password, a cookie that somebody else may hold proves nothing any more.
///
/// # Errors
/// When the database refuses.
pub async fn forget_browsers(tx: &mut Tx, account: AccountId) -> Result<()> {
    let (first, past) = range(account);
    Query::new("DELETE FROM attempt WHERE subject >= $1 AND subject < $2").bind(first).bind(past).run(tx).await?;
    Ok(())
}

/// Makes a browser known by the cookie it is being given, instead of the one it had.
///
/// # Errors
/// When the database refuses.
pub async fn remember(tx: &mut Tx, account: AccountId, new: &Token, old: Option<&Token>, now: Instant) -> Result<()> {
    let whose = Whose::account(account);
    if let Some(old) = old {
        forget(tx, account, old).await?;
    }
    // Whoever signs in again and again without a cookie leaves browsers behind: the ones known longest ago make room.
    let (first, past) = range(account);
    Query::new(
        "DELETE FROM attempt WHERE subject >= $1 AND subject < $2 AND subject NOT IN (
            SELECT subject FROM attempt WHERE subject >= $1 AND subject < $2 ORDER BY last_at DESC, subject LIMIT $3)",
    )
    .bind(first)
    .bind(past)
    .bind(MOST_KNOWN - 1)
    .run(tx)
    .await?;
    Query::new("INSERT INTO attempt (subject, failures, last_at, open_at, told) VALUES ($1, 0, $2, 0, 0)")
        .bind(whose.browser(new))
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Makes a browser unknown again: its cookie was signed out.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, account: AccountId, cookie: &Token) -> Result<()> {
    Query::new("DELETE FROM attempt WHERE subject = $1").bind(Whose::account(account).browser(cookie)).run(tx).await?;
    Ok(())
}

/// Where the browsers of an account stand among the subjects: from "browser:account:ID:" up to the next character after the
/// colon.
fn range(account: AccountId) -> (String, String) {
    let whose = Whose::account(account).0;
    (format!("browser:{whose}:"), format!("browser:{whose};"))
}
