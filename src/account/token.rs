//! One-time links of an account: to set the first password, to set a new one, and the demo's first sign-in.

use crate::base::id::{AccountId, BusinessId};
use crate::base::secret::Token;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};

crate::words! {
    /// What a link is for; it opens nothing else (S28).
    pub enum Purpose {
        /// A staff member's first password.
        FirstPassword = "first_password",
        /// A forgotten password.
        ResetPassword = "reset_password",
        /// The demo's first staff member, once.
        DemoSignIn = "demo_sign_in",
    }
}

impl Purpose {
    /// For how many seconds the link works.
    #[must_use]
    pub fn life_seconds(self) -> i64 {
        match self {
            Self::FirstPassword => 72 * 3600,
            Self::ResetPassword => 3600,
            Self::DemoSignIn => 24 * 3600,
        }
    }
}

/// A link as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// Whose.
    pub account_id: AccountId,
    /// At which business.
    pub business_id: BusinessId,
    /// Until when it works.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// When something else ended it: a newer link, a changed password.
    pub ended_at: Option<Instant>,
}

/// Why a link does not work any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spent {
    /// It was used.
    Used,
    /// It is too old.
    Expired,
    /// A newer link took its place, or the password was changed meanwhile.
    Ended,
}

impl Link {
    /// Whether it works, judged at this very moment (S27).
    #[must_use]
    pub fn spent(&self, now: Instant) -> Option<Spent> {
        if self.used_at.is_some() {
            Some(Spent::Used)
        } else if self.ended_at.is_some() {
            Some(Spent::Ended)
        } else if self.expires_at <= now {
            Some(Spent::Expired)
        } else {
            None
        }
    }
}

/// Makes a link; the one before, of the same purpose and business, ends (S27). What another business gave out stays: nobody
/// who asks at one door ends what another has mailed.
///
/// # Errors
/// When the database refuses.
pub async fn mint(
    tx: &mut Tx,
    purpose: Purpose,
    account: AccountId,
    business: BusinessId,
    now: Instant,
) -> Result<Token> {
    end_at(tx, purpose, account, business, now).await?;
    let token = Token::mint();
    Query::new(
        "INSERT INTO account_token (hash, account_id, purpose, business_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&token.hash())
    .bind(account)
    .bind(purpose)
    .bind(business)
    .bind(now)
    .bind(now.plus_seconds(purpose.life_seconds()))
    .run(tx)
    .await?;
    Ok(token)
}

/// For how many days a link that works no more is still known, so that whoever opens it is told what became of it.
const KNOWN_DAYS: i64 = 90;

/// Sweeps out links that stopped working long ago.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut Tx, now: Instant) -> Result<u64> {
    let skip = tx.skip_locked();
    Query::new("DELETE FROM account_token WHERE hash IN (SELECT hash FROM account_token WHERE expires_at < $1")
        .bind(now.plus_days(-KNOWN_DAYS))
        .and(skip)
        .and(")")
        .run(tx)
        .await
}

/// The link that a text from an address names; looking uses nothing up (S31).
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(tx: &mut Tx, purpose: Purpose, token: &Token) -> Result<Option<Link>> {
    Query::new("SELECT account_id, business_id, expires_at, used_at, ended_at FROM account_token WHERE hash = $1 AND purpose = $2")
        .bind(&token.hash())
        .bind(purpose)
        .maybe(tx)
        .await
}

/// When the newest of the links that work was made; none where none works.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest_working(
    tx: &mut Tx,
    purpose: Purpose,
    account: AccountId,
    business: BusinessId,
    now: Instant,
) -> Result<Option<Instant>> {
    let newest: Option<(Instant,)> = Query::new(
        "SELECT created_at FROM account_token WHERE account_id = $1 AND purpose = $2 AND business_id = $3
            AND used_at IS NULL AND ended_at IS NULL AND expires_at > $4 ORDER BY created_at DESC LIMIT 1",
    )
    .bind(account)
    .bind(purpose)
    .bind(business)
    .bind(now)
    .maybe(tx)
    .await?;
    Ok(newest.map(|(at,)| at))
}

/// Uses the link up. Of two who try at once, exactly one succeeds (S26).
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, purpose: Purpose, token: &Token, now: Instant) -> Result<bool> {
    let taken = Query::new(
        "UPDATE account_token SET used_at = $3 WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $3",
    )
    .bind(&token.hash())
    .bind(purpose)
    .bind(now)
    .run(tx)
    .await?;
    Ok(taken == 1)
}

/// Ends the account's open links of a purpose.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(tx: &mut Tx, purpose: Purpose, account: AccountId, now: Instant) -> Result<()> {
    Query::new(
        "UPDATE account_token SET ended_at = $3 WHERE account_id = $1 AND purpose = $2 AND used_at IS NULL AND ended_at IS NULL",
    )
    .bind(account)
    .bind(purpose)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

/// Ends the account's open links of a purpose that one business gave out; another's stay as they are.
///
/// # Errors
/// When the database refuses.
pub async fn end_at(
    tx: &mut Tx,
    purpose: Purpose,
    account: AccountId,
    business: BusinessId,
    now: Instant,
) -> Result<()> {
    Query::new(
        "UPDATE account_token SET ended_at = $4 WHERE account_id = $1 AND purpose = $2 AND business_id = $3
            AND used_at IS NULL AND ended_at IS NULL",
    )
    .bind(account)
    .bind(purpose)
    .bind(business)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}
