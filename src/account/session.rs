//! Sessions: a cookie's secret, stored hashed; known to every node; ended by the very next request when it should be.

use crate::access::Origin;
use crate::account::{Realm, throttle};
use crate::base::id::{AccountId, BusinessId, SessionId};
use crate::base::secret::Token;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};

/// How much older than now a session's last use may be before it is written again: one write in five minutes, not one a click.
const SEEN_EVERY_SECONDS: i64 = 300;

/// A session.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Session {
    /// Its id: what lists name it by.
    pub id: SessionId,
    /// Whose.
    pub account_id: AccountId,
    /// The business of a staff member's session.
    pub business_id: Option<BusinessId>,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, within five minutes.
    pub seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
    /// From which network address it began.
    pub address: String,
    /// On which device.
    pub device: String,
}

const COLUMNS: &str =
    "SELECT id, account_id, business_id, created_at, seen_at, expires_at, address, device FROM session";

/// A session that is to begin.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<'a> {
    /// In which realm.
    pub realm: Realm,
    /// Whose.
    pub account: AccountId,
    /// The business of a staff member's session.
    pub business: Option<BusinessId>,
    /// From which address and device.
    pub origin: &'a Origin,
    /// The cookie that the browser had before: its session ends (S36).
    pub old: Option<&'a Token>,
}

/// How many sessions of an account live at the same time.
const MOST_LIVE: i64 = 50;

/// Begins a session, with a secret of its own (S36): the answer is for the cookie, and is stored nowhere. The browser is
/// known from then on. Whoever signs in again and again piles nothing up: the sessions unused longest end to make room.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Tx, new: &Beginning<'_>, now: Instant, life_seconds: i64) -> Result<Token> {
    let token = Token::mint();
    if let Some(old) = new.old {
        end(tx, old).await?;
    }
    Query::new(
        "DELETE FROM session WHERE account_id = $1 AND id NOT IN (
            SELECT id FROM session WHERE account_id = $1 ORDER BY seen_at DESC, id DESC LIMIT $2)",
    )
    .bind(new.account)
    .bind(MOST_LIVE - 1)
    .run(tx)
    .await?;
    throttle::remember(tx, new.account, &token, new.old, now).await?;
    Query::new(
        "INSERT INTO session (id, hash, account_id, realm, business_id, created_at, seen_at, expires_at, address, device)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
    )
    .bind(SessionId::new(now))
    .bind(&token.hash())
    .bind(new.account)
    .bind(new.realm)
    .bind(new.business)
    .bind(now)
    .bind(now.plus_seconds(life_seconds))
    .bind(new.origin.address_text())
    .bind(new.origin.device.as_str())
    .run(tx)
    .await?;
    Ok(token)
}

/// The live session that a cookie's secret opens in a realm: neither too old nor too long unused (S40).
///
/// # Errors
/// When the database cannot be read.
pub async fn open(
    tx: &mut Tx,
    realm: Realm,
    token: &Token,
    now: Instant,
    idle_seconds: i64,
) -> Result<Option<Session>> {
    Query::new(COLUMNS)
        .and_with(
            "WHERE hash = ? AND realm = ? AND expires_at > ? AND seen_at > ?",
            [(&token.hash()).into(), realm.into(), now.into(), now.plus_seconds(-idle_seconds).into()],
        )
        .maybe(tx)
        .await
}

/// Whether the session's last use should be written down again.
#[must_use]
pub fn seen_is_stale(session: &Session, now: Instant) -> bool {
    now.seconds_since(session.seen_at) >= SEEN_EVERY_SECONDS
}

/// Writes down that the session is in use.
///
/// # Errors
/// When the database refuses.
pub async fn seen(tx: &mut Tx, id: SessionId, now: Instant) -> Result<()> {
    Query::new("UPDATE session SET seen_at = $2 WHERE id = $1").bind(id).bind(now).run(tx).await?;
    Ok(())
}

/// An account's live sessions, the latest used first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_account(tx: &mut Tx, account: AccountId, now: Instant, idle_seconds: i64) -> Result<Vec<Session>> {
    Query::new(COLUMNS)
        .and_with(
            "WHERE account_id = ? AND expires_at > ? AND seen_at > ? ORDER BY seen_at DESC",
            [account.into(), now.into(), now.plus_seconds(-idle_seconds).into()],
        )
        .all(tx)
        .await
}

/// Ends the session of a cookie: sign-out, on the server (S42).
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, token: &Token) -> Result<()> {
    Query::new("DELETE FROM session WHERE hash = $1").bind(&token.hash()).run(tx).await?;
    Ok(())
}

/// Ends one session of an account.
///
/// # Errors
/// When the database refuses.
pub async fn end_one(tx: &mut Tx, account: AccountId, id: SessionId) -> Result<u64> {
    Query::new("DELETE FROM session WHERE account_id = $1 AND id = $2").bind(account).bind(id).run(tx).await
}

/// Ends all sessions of an account but one, and tells how many.
///
/// # Errors
/// When the database refuses.
pub async fn end_others(tx: &mut Tx, account: AccountId, but: SessionId) -> Result<u64> {
    Query::new("DELETE FROM session WHERE account_id = $1 AND id <> $2").bind(account).bind(but).run(tx).await
}

/// Ends all sessions of an account, and tells how many.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(tx: &mut Tx, account: AccountId) -> Result<u64> {
    Query::new("DELETE FROM session WHERE account_id = $1").bind(account).run(tx).await
}

/// Removes sessions that have ended by themselves: they open nothing any more.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut Tx, now: Instant, idle_seconds: i64) -> Result<u64> {
    // What somebody is ending at this moment needs no sweeping; a sweep that waited for nobody crosses with nobody.
    let skip = tx.skip_locked();
    Query::new("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= $1 OR seen_at <= $2")
        .bind(now)
        .bind(now.plus_seconds(-idle_seconds))
        .and(skip)
        .and(")")
        .run(tx)
        .await
}
