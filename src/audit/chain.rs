//! The chain: appending an entry, and proving that nobody touched one.

use crate::access::Actor;
use crate::audit::Entry;
use crate::base::id::BusinessId;
use crate::base::{Error, Instant, Result};
use crate::db::{Db, Query, Tx};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The newest entry of a business: its number and hash. Held by an act from its beginning, which makes the acts of one
/// business follow one another.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Head {
    seq: i64,
    hash: Vec<u8>,
}

impl Head {
    /// The newest entry's number.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }
}

#[derive(sqlx::FromRow)]
struct StoredEntry {
    seq: i64,
    at: Instant,
    actor_kind: String,
    actor_id: Option<Uuid>,
    actor_name: String,
    address: String,
    kind: String,
    facts: String,
    hash: Vec<u8>,
}

impl StoredEntry {
    /// SHA-256 over the hash before and every field, each led by its length, so that nothing can be moved from one field
    /// into the next.
    fn chained_to(&self, before: &[u8], business: BusinessId) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        field(before);
        field(business.0.as_bytes());
        field(&self.seq.to_be_bytes());
        field(&self.at.micros().to_be_bytes());
        field(self.actor_kind.as_bytes());
        field(self.actor_id.map(|id| *id.as_bytes()).as_ref().map_or(&[][..], |id| &id[..]));
        field(self.actor_name.as_bytes());
        field(self.address.as_bytes());
        field(self.kind.as_bytes());
        field(self.facts.as_bytes());
        hash.finalize().to_vec()
    }
}

/// Takes the business's head for this transaction: until it ends, no other act of the business goes on. This one lock is
/// why two people who accept, demote or block at once cannot get between each other's steps.
///
/// # Errors
/// `NotFound` when there is no such business.
pub async fn lock_head(tx: &mut Tx, business: BusinessId) -> Result<Head> {
    let lock = tx.for_update();
    Query::new("SELECT seq, hash FROM audit_head WHERE business_id = $1")
        .bind(business)
        .and(lock)
        .one(tx, "The business")
        .await
}

/// Begins a business's chain.
///
/// # Errors
/// When the database refuses.
pub async fn begin_chain(tx: &mut Tx, business: BusinessId) -> Result<Head> {
    let head = Head { seq: 0, hash: Vec::new() };
    Query::new("INSERT INTO audit_head (business_id, seq, hash) VALUES ($1, 0, $2)")
        .bind(business)
        .bind(head.hash.clone())
        .run(tx)
        .await?;
    Ok(head)
}

/// Appends entries, in the transaction that makes them true.
///
/// # Errors
/// When the database refuses; then what they tell did not happen either.
pub async fn append(tx: &mut Tx, head: &mut Head, actor: &Actor, now: Instant, entries: &[Entry]) -> Result<()> {
    let Head { seq, hash } = head;
    for chunk in entries.chunks(500) {
        let mut rows = Query::new(
            "INSERT INTO audit_entry (business_id, seq, at, actor_kind, actor_id, actor_name, address, kind, facts, hash) VALUES",
        );
        let mut subjects: Vec<(Uuid, i64)> = Vec::new();
        for entry in chunk {
            *seq += 1;
            let mut stored = StoredEntry {
                seq: *seq,
                at: now,
                actor_kind: actor.kind().into(),
                actor_id: actor.id(),
                actor_name: actor.name().into(),
                address: actor.origin.address_text(),
                kind: entry.kind(),
                facts: serde_json::to_string(entry).map_err(Error::internal)?,
                hash: Vec::new(),
            };
            stored.hash = stored.chained_to(hash, actor.business);
            hash.clone_from(&stored.hash);
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    actor.business.into(),
                    stored.seq.into(),
                    now.into(),
                    stored.actor_kind.into(),
                    stored.actor_id.into(),
                    stored.actor_name.into(),
                    stored.address.into(),
                    stored.kind.into(),
                    stored.facts.into(),
                    stored.hash.into(),
                ],
            );
            let stored_seq = *seq;
            let mut about = entry.subjects();
            about.sort_unstable();
            about.dedup();
            subjects.extend(about.into_iter().map(|id| (id, stored_seq)));
        }
        rows.run(tx).await?;
        if !subjects.is_empty() {
            let mut rows = Query::new("INSERT INTO audit_subject (business_id, subject_id, seq) VALUES");
            for (id, seq) in subjects {
                rows = rows.and_row("(?, ?, ?)", [actor.business.into(), id.into(), seq.into()]);
            }
            rows.run(tx).await?;
        }
    }
    Query::new("UPDATE audit_head SET seq = $2, hash = $3 WHERE business_id = $1")
        .bind(actor.business)
        .bind(*seq)
        .bind(hash.clone())
        .run_one(tx)
        .await
}

/// Notes that the newest entry is also about these: more than a fact can name, such as everybody whom an import added.
///
/// # Errors
/// When the database refuses.
pub async fn also_about(tx: &mut Tx, head: &Head, business: BusinessId, subjects: &[Uuid]) -> Result<()> {
    for subjects in subjects.chunks(1_000) {
        let mut rows = Query::new("INSERT INTO audit_subject (business_id, subject_id, seq) VALUES");
        for id in subjects {
            rows = rows.and_row("(?, ?, ?)", [business.into(), (*id).into(), head.seq.into()]);
        }
        rows.run(tx).await?;
    }
    Ok(())
}

/// What checking a chain found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verified {
    /// Every entry is as it was written; how many there are, and the hash of the newest, to be kept elsewhere.
    Whole {
        /// Entries.
        entries: i64,
        /// The newest entry's hash, in hexadecimal.
        newest: String,
    },
    /// The first entry that is not as it was written, or is missing.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Walks a business's whole chain.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(db: &Db, business: BusinessId) -> Result<Verified> {
    let mut tx = db.read().await?;
    let head: Head = Query::new("SELECT seq, hash FROM audit_head WHERE business_id = $1")
        .bind(business)
        .one(&mut tx, "The business")
        .await?;
    let (mut seq, mut hash) = (0, Vec::new());
    loop {
        let entries: Vec<StoredEntry> = Query::new(
            "SELECT seq, at, actor_kind, actor_id, actor_name, address, kind, facts, hash FROM audit_entry
             WHERE business_id = $1 AND seq > $2 ORDER BY seq LIMIT 2000",
        )
        .bind(business)
        .bind(seq)
        .all(&mut tx)
        .await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            seq += 1;
            if entry.seq != seq {
                return Ok(Verified::Broken { seq, why: "it is missing" });
            }
            if entry.hash != entry.chained_to(&hash, business) {
                return Ok(Verified::Broken { seq, why: "it was changed" });
            }
            hash = entry.hash;
        }
    }
    if (seq, &hash) != (head.seq, &head.hash) {
        return Ok(Verified::Broken { seq: seq + 1, why: "entries after it are missing" });
    }
    Ok(Verified::Whole { entries: seq, newest: data_encoding::HEXLOWER.encode(&hash) })
}
