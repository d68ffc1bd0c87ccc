//! Many accounts at once: what deeds on a selection of portal users touch of what belongs to the person.

use crate::account::token::Purpose;
use crate::base::id::{AccountId, BusinessId};
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use std::collections::HashSet;

/// Accounts of one statement.
const PER_STATEMENT: usize = 500;

/// Holds accounts still until the transaction ends, one after the other in one order, so that nobody waits in a circle.
///
/// # Errors
/// When the database cannot be reached.
pub async fn hold(tx: &mut Tx, ids: &[AccountId]) -> Result<()> {
    let lock = tx.for_update();
    for ids in ids.chunks(PER_STATEMENT) {
        let query = Query::new("SELECT id FROM account WHERE id IN").and_list(ids.iter().copied());
        let _held: Vec<(AccountId,)> = query.and("ORDER BY id").and(lock).all(tx).await?;
    }
    Ok(())
}

/// Those of these accounts that also open the door of a business other than this one.
///
/// # Errors
/// When the database cannot be read.
pub async fn also_elsewhere(tx: &mut Tx, business: BusinessId, ids: &[AccountId]) -> Result<HashSet<AccountId>> {
    let mut elsewhere = HashSet::new();
    for ids in ids.chunks(PER_STATEMENT) {
        let rows: Vec<(AccountId,)> =
            Query::new("SELECT DISTINCT account_id FROM account_business WHERE business_id <> $1 AND account_id IN")
                .bind(business)
                .and_list(ids.iter().copied())
                .all(tx)
                .await?;
        elsewhere.extend(rows.into_iter().map(|(id,)| id));
    }
    Ok(elsewhere)
}

/// Makes a password change due.
///
/// # Errors
/// When the database refuses.
pub async fn require_password_change(tx: &mut Tx, ids: &[AccountId], now: Instant) -> Result<()> {
    for ids in ids.chunks(PER_STATEMENT) {
        Query::new("UPDATE account SET password_due_since = $1, version = version + 1 WHERE id IN")
            .bind(now)
            .and_list(ids.iter().copied())
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Ends all sessions of these accounts.
///
/// # Errors
/// When the database refuses.
pub async fn end_sessions(tx: &mut Tx, ids: &[AccountId]) -> Result<()> {
    for ids in ids.chunks(PER_STATEMENT) {
        Query::new("DELETE FROM session WHERE account_id IN").and_list(ids.iter().copied()).run(tx).await?;
    }
    Ok(())
}

/// Ends these accounts' open links of a purpose that one business gave out; another's stay as they are.
///
/// # Errors
/// When the database refuses.
pub async fn end_links_at(
    tx: &mut Tx,
    purpose: Purpose,
    ids: &[AccountId],
    business: BusinessId,
    now: Instant,
) -> Result<()> {
    for ids in ids.chunks(PER_STATEMENT) {
        Query::new(
            "UPDATE account_token SET ended_at = $1 WHERE purpose = $2 AND business_id = $3 AND used_at IS NULL AND ended_at IS NULL
                AND account_id IN",
        )
        .bind(now)
        .bind(purpose)
        .bind(business)
        .and_list(ids.iter().copied())
        .run(tx)
        .await?;
    }
    Ok(())
}
