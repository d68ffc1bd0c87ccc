//! Contents that may belong to nothing. Bytes are stored before the transaction that records whose they are; so that they
//! are never lost sight of, their digest is noted here first, and once more when something that had them goes. Whoever sweeps
//! looks at each a day later ([`LOOSE_FOR`]), when every upload has come to its end, and asks whether anything has it.
//!
//! What keeps a sweep and an upload of the same content apart is the row of this table: an upload writes it anew before it
//! stores the bytes, and the sweep holds it until they are gone.

use crate::base::id::BusinessId;
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};

/// For how many seconds nobody asks whether a content belongs to something: longer than any upload takes.
pub const LOOSE_FOR: i64 = 24 * 60 * 60;

/// Rows of one statement.
const PER_STATEMENT: usize = 500;

/// Notes that contents may belong to nothing from now on.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut Tx, business: BusinessId, digests: &[String], now: Instant) -> Result<()> {
    // In one order, so that two who note the same wait for each other in no circle.
    let mut digests: Vec<&str> = digests.iter().map(String::as_str).collect();
    digests.sort_unstable();
    digests.dedup();
    for digests in digests.chunks(PER_STATEMENT) {
        let mut rows = Query::new("INSERT INTO loose_content (business_id, digest, since) VALUES");
        for digest in digests {
            let values = [business.into(), (*digest).into(), now.into()];
            rows = rows.and_row("(?, ?, ?)", values);
        }
        rows.and("ON CONFLICT (business_id, digest) DO UPDATE SET since = excluded.since").run(tx).await?;
    }
    Ok(())
}

/// The contents that have been loose since before then, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn since_before(tx: &mut Tx, business: BusinessId, before: Instant, most: i64) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = Query::new(
        "SELECT digest FROM loose_content WHERE business_id = $1 AND since < $2 ORDER BY since, digest LIMIT $3",
    )
    .bind(business)
    .bind(before)
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(digest,)| digest).collect())
}

/// Takes a content off the list, if it is still there from before then: whoever notes it anew waits until this transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, business: BusinessId, digest: &str, before: Instant) -> Result<bool> {
    let taken = Query::new("DELETE FROM loose_content WHERE business_id = $1 AND digest = $2 AND since < $3")
        .bind(business)
        .bind(digest)
        .bind(before)
        .run(tx)
        .await?;
    Ok(taken > 0)
}
