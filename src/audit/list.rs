//! Reading the log: the timeline of somebody, and the latest of a business.

use crate::audit::Entry;
use crate::base::id::{BusinessId, ClientId};
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// An entry as it was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its number in the business's chain.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// What kind of actor: `staff`, `person`, `visitor`, `operator`, `vestibule`.
    pub actor_kind: String,
    /// Who.
    pub actor_name: String,
    /// From which network address; may be empty.
    pub address: String,
    /// What; none where a newer version of the program wrote it.
    pub entry: Option<Entry>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    seq: i64,
    at: Instant,
    actor_kind: String,
    actor_name: String,
    address: String,
    facts: String,
}

impl From<Stored> for Recorded {
    fn from(stored: Stored) -> Self {
        Self {
            seq: stored.seq,
            at: stored.at,
            actor_kind: stored.actor_kind,
            actor_name: stored.actor_name,
            address: stored.address,
            entry: serde_json::from_str(&stored.facts).ok(),
        }
    }
}

/// Those of these about whom there are entries of these kinds with a greater number than this, each with the number of its
/// newest.
///
/// # Errors
/// When the database cannot be read.
pub async fn touched_since(
    tx: &mut Tx,
    business: BusinessId,
    subjects: &[Uuid],
    kinds: &[&'static str],
    seq: i64,
) -> Result<HashMap<Uuid, i64>> {
    let mut newest = HashMap::new();
    for subjects in subjects.chunks(500) {
        let rows: Vec<(Uuid, i64)> = Query::new(
            "SELECT s.subject_id, MAX(s.seq)
             FROM audit_subject s JOIN audit_entry e ON e.business_id = s.business_id AND e.seq = s.seq
             WHERE s.business_id = $1 AND s.seq > $2 AND e.kind IN",
        )
        .bind(business)
        .bind(seq)
        .and_list(kinds.iter().copied())
        .and("AND s.subject_id IN")
        .and_list(subjects.iter().copied())
        .and("GROUP BY s.subject_id")
        .all(tx)
        .await?;
        newest.extend(rows);
    }
    Ok(newest)
}

/// The newest entries about one contact, client, portal user or account, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(tx: &mut Tx, business: BusinessId, subject: Uuid, most: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<Stored> = Query::new(
        "SELECT e.seq, e.at, e.actor_kind, e.actor_name, e.address, e.facts
         FROM audit_subject s JOIN audit_entry e ON e.business_id = s.business_id AND e.seq = s.seq
         WHERE s.business_id = $1 AND s.subject_id = $2 ORDER BY s.seq DESC LIMIT $3",
    )
    .bind(business)
    .bind(subject)
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}

/// Entries of a business before a number, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(tx: &mut Tx, business: BusinessId, before: Option<i64>, most: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<Stored> = Query::new(
        "SELECT seq, at, actor_kind, actor_name, address, facts FROM audit_entry
         WHERE business_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(business)
    .bind(before.unwrap_or(i64::MAX))
    .bind(most)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}

/// What is looked for in a business's log; what is empty keeps everything.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Entries of one of these kinds.
    pub kinds: Vec<&'static str>,
    /// Entries about this one.
    pub about: Option<Uuid>,
    /// Entries about, or by, one of these.
    pub parties: Vec<Party>,
}

/// Somebody or something that entries name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Party {
    /// A contact, client, portal user, account or import that they are about.
    About(Uuid),
    /// A staff member who did it.
    By(Uuid),
}

/// From where a stretch of the log is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Start {
    /// From the newest entry.
    #[default]
    Newest,
    /// From behind this entry, on to older ones.
    OlderThan(i64),
    /// From before this entry, back to newer ones.
    NewerThan(i64),
}

/// A stretch of the log, newest first.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// The entries.
    pub entries: Vec<Recorded>,
    /// Whether there are newer ones.
    pub newer: Option<i64>,
    /// Whether there are older ones.
    pub older: Option<i64>,
}

/// A stretch of a business's log. It is read from one index per party, else per kind, each for no more than a page, so that
/// it takes the same time however long the log is.
///
/// # Errors
/// When the database cannot be read.
pub async fn stretch(tx: &mut Tx, business: BusinessId, sought: &Sought, start: Start, most: usize) -> Result<Stretch> {
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let mut rows: Vec<Stored> = Vec::new();
    for query in readings(business, sought) {
        rows.extend(from(query, start).and_with("LIMIT ?", [limit.into()]).all::<Stored>(tx).await?);
    }
    Ok(cut(rows, start, most))
}

/// What happened at a client, and what staff did to its people while they were linked with it.
const SELECT_TO_PEOPLE: &str = "SELECT e.seq, e.at, e.actor_kind, e.actor_name, e.address, e.facts FROM link l
     JOIN audit_subject s ON s.business_id = l.business_id AND s.subject_id = l.portal_user_id
     JOIN audit_entry e ON e.business_id = s.business_id AND e.seq = s.seq
     WHERE l.business_id = $1 AND l.client_id = $2 AND e.at >= l.made_at AND (l.ended_at IS NULL OR e.at <= l.ended_at)
     AND e.actor_kind IN ('staff', 'operator', 'vestibule')";

/// A stretch of what happened at a client, of these kinds; and of what staff did to its people, of those kinds.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_client(
    tx: &mut Tx,
    business: BusinessId,
    client: ClientId,
    (at_client, to_people): (&[&'static str], &[&'static str]),
    start: Start,
    most: usize,
) -> Result<Stretch> {
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let about = Query::new(SELECT_ABOUT).bind(business).and_with("AND s.subject_id = ?", [client.0.into()]);
    let people = Query::new(SELECT_TO_PEOPLE).bind(business).bind(client);
    let mut rows: Vec<Stored> = Vec::new();
    for query in [among(about, at_client), among(people, to_people)] {
        rows.extend(from(query, start).and_with("LIMIT ?", [limit.into()]).all::<Stored>(tx).await?);
    }
    Ok(cut(rows, start, most))
}

/// From a place on, in the order in which it is read.
fn from(query: Query, start: Start) -> Query {
    match start {
        Start::Newest => query.and("ORDER BY e.seq DESC"),
        Start::OlderThan(seq) => query.and_with("AND e.seq < ? ORDER BY e.seq DESC", [seq.into()]),
        Start::NewerThan(seq) => query.and_with("AND e.seq > ? ORDER BY e.seq", [seq.into()]),
    }
}

/// The stretches whose union is what is looked for, each along one index.
fn readings(business: BusinessId, sought: &Sought) -> Vec<Query> {
    let all = || Query::new(SELECT).bind(business);
    let about = |id: Uuid| Query::new(SELECT_ABOUT).bind(business).and_with("AND s.subject_id = ?", [id.into()]);
    if let Some(id) = sought.about {
        return vec![naming(among(about(id), &sought.kinds), &sought.parties)];
    }
    let of_party = |party: &Party| match party {
        Party::About(id) => about(*id),
        Party::By(id) => all().and_with("AND e.actor_id = ?", [(*id).into()]),
    };
    match (sought.parties.as_slice(), sought.kinds.as_slice()) {
        ([], []) => vec![all()],
        ([], kinds) => kinds.iter().map(|kind| all().and_with("AND e.kind = ?", [(*kind).into()])).collect(),
        (parties, kinds) => parties.iter().map(|party| among(of_party(party), kinds)).collect(),
    }
}

const SELECT: &str =
    "SELECT e.seq, e.at, e.actor_kind, e.actor_name, e.address, e.facts FROM audit_entry e WHERE e.business_id = $1";
const SELECT_ABOUT: &str = "SELECT e.seq, e.at, e.actor_kind, e.actor_name, e.address, e.facts FROM audit_subject s
     JOIN audit_entry e ON e.business_id = s.business_id AND e.seq = s.seq WHERE s.business_id = $1";

/// Only entries of these kinds.
fn among(query: Query, kinds: &[&'static str]) -> Query {
    match kinds {
        [] => query,
        kinds => query.and("AND e.kind IN").and_list(kinds.iter().copied()),
    }
}

/// Only entries that also name one of these.
fn naming(query: Query, parties: &[Party]) -> Query {
    if parties.is_empty() {
        return query;
    }
    let ids = || parties.iter().map(|(Party::About(id) | Party::By(id))| *id);
    let query = query.and("AND (e.actor_id IN").and_list(ids());
    let others =
        "OR EXISTS (SELECT 1 FROM audit_subject o WHERE o.business_id = $1 AND o.seq = e.seq AND o.subject_id IN";
    query.and(others).and_list(ids()).and("))")
}

/// One page of what was read in one direction from several indexes.
fn cut(mut rows: Vec<Stored>, start: Start, most: usize) -> Stretch {
    let back = matches!(start, Start::NewerThan(_));
    rows.sort_by_key(|row| if back { row.seq } else { -row.seq });
    rows.dedup_by_key(|row| row.seq);
    let more = rows.len() > most;
    rows.truncate(most);
    if back {
        rows.reverse();
    }
    let (newer, older) = match start {
        Start::Newest => (false, more),
        Start::OlderThan(_) => (true, more),
        Start::NewerThan(_) => (more, true),
    };
    let end = |row: Option<&Stored>, there: bool| row.map(|row| row.seq).filter(|_| there);
    Stretch {
        newer: end(rows.first(), newer),
        older: end(rows.last(), older),
        entries: rows.into_iter().map(Recorded::from).collect(),
    }
}
