//! Jobs in the database.

use crate::act::Scope;
use crate::base::id::{BulkId, BusinessId, StaffId};
use crate::base::text::Reason;
use crate::base::{Error, Instant, Result};
use crate::bulk::{Job, Kind, State};
use crate::db::{Query, Tx};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: BulkId,
    #[sqlx(try_from = "String")]
    kind: Kind,
    by_staff: StaffId,
    by_name: String,
    by_address: String,
    because: Option<String>,
    selection: String,
    undo_of: Option<BulkId>,
    #[sqlx(try_from = "String")]
    state: State,
    counts: String,
    reached: Uuid,
    error: Option<String>,
    created_at: Instant,
    started_at: Option<Instant>,
    ended_at: Option<Instant>,
}

impl TryFrom<Row> for Job {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            by: row.by_staff,
            by_name: row.by_name,
            by_address: row.by_address,
            because: row.because.and_then(|because| Reason::parse_optional(&because).ok().flatten()),
            selection: serde_json::from_str(&row.selection).map_err(Error::internal)?,
            undo_of: row.undo_of,
            state: row.state,
            counts: serde_json::from_str(&row.counts).map_err(Error::internal)?,
            error: row.error,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            reached: row.reached,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, by_staff, by_name, by_address, because, selection, undo_of, state, counts, reached, error, created_at,
                started_at, ended_at FROM bulk_job WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The job.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: BulkId) -> Result<Job> {
    let row: Row = scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The bulk action").await?;
    row.try_into()
}

/// The job, held still until the transaction ends.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn hold(scope: &mut Scope, id: BulkId) -> Result<Job> {
    let lock = scope.tx.for_update();
    let row: Row = scope.query(select!("AND id = $2")).bind(id).and(lock).one(&mut scope.tx, "The bulk action").await?;
    row.try_into()
}

/// The latest jobs of these kinds, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(scope: &mut Scope, kinds: &[Kind], most: i64) -> Result<Vec<Job>> {
    let query = scope.query(select!("AND kind IN")).and_list(kinds.iter().copied());
    let rows: Vec<Row> = query.and_with("ORDER BY id DESC LIMIT ?", [most.into()]).all(&mut scope.tx).await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// The jobs of these kinds that are being done now, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn running(scope: &mut Scope, kinds: &[Kind]) -> Result<Vec<Job>> {
    let query = scope.query(select!("AND state IN ('preparing', 'running') AND started_at IS NOT NULL AND kind IN"));
    let rows: Vec<Row> = query.and_list(kinds.iter().copied()).and("ORDER BY id LIMIT 10").all(&mut scope.tx).await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// The job that takes another back, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn undoing(scope: &mut Scope, id: BulkId) -> Result<Option<BulkId>> {
    let row: Option<(BulkId,)> = scope
        .query("SELECT id FROM bulk_job WHERE business_id = $1 AND undo_of = $2 AND state <> 'cancelled'")
        .bind(id)
        .maybe(&mut scope.tx)
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Stores a new job.
///
/// # Errors
/// `Conflict` when it takes back what is being taken back already.
pub async fn insert(scope: &mut Scope, job: &Job) -> Result<()> {
    scope
        .query(
            "INSERT INTO bulk_job (business_id, id, kind, by_staff, by_name, by_address, because, selection, undo_of, state, counts, reached,
                lease_until, created_at, started_at, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, $15)",
        )
        .bind(job.id)
        .bind(job.kind)
        .bind(job.by)
        .bind(job.by_name.as_str())
        .bind(job.by_address.as_str())
        .bind(job.because.as_ref())
        .bind(serde_json::to_string(&job.selection).map_err(Error::internal)?)
        .bind(job.undo_of)
        .bind(job.state)
        .bind(serde_json::to_string(&job.counts).map_err(Error::internal)?)
        .bind(job.reached)
        .bind(job.created_at)
        .bind(job.started_at)
        .bind(job.ended_at)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Stores how far a job is.
///
/// # Errors
/// When the database refuses.
pub async fn save(scope: &mut Scope, job: &Job) -> Result<()> {
    scope
        .query(
            "UPDATE bulk_job SET by_staff = $3, by_name = $4, by_address = $5, because = $6, state = $7, counts = $8, reached = $9, error = $10,
                started_at = $11, ended_at = $12 WHERE business_id = $1 AND id = $2",
        )
        .bind(job.id)
        .bind(job.by)
        .bind(job.by_name.as_str())
        .bind(job.by_address.as_str())
        .bind(job.because.as_ref())
        .bind(job.state)
        .bind(serde_json::to_string(&job.counts).map_err(Error::internal)?)
        .bind(job.reached)
        .bind(job.error.clone())
        .bind(job.started_at)
        .bind(job.ended_at)
        .run_one(&mut scope.tx)
        .await
}

/// A job that waits for a node, and of which business it is.
pub type Due = (BusinessId, BulkId);

/// The jobs that wait for a node, or are in this one's hands: the one that has waited longest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx, holder: Uuid, now: Instant) -> Result<Vec<Due>> {
    Query::new(
        "SELECT business_id, id FROM bulk_job WHERE state IN ('preparing', 'running') AND (lease_until <= $1 OR holder = $2)
         ORDER BY lease_until, id LIMIT 100",
    )
    .bind(now)
    .bind(holder)
    .all(tx)
    .await
}

/// Takes a job in hand, or keeps it there, until a moment; answers whether no other node has it.
///
/// # Errors
/// When the database refuses.
pub async fn take(scope: &mut Scope, id: BulkId, holder: Uuid, until: Instant) -> Result<bool> {
    let taken = scope
        .query(
            "UPDATE bulk_job SET holder = $3, lease_until = $4 WHERE business_id = $1 AND id = $2
                AND state IN ('preparing', 'running') AND (lease_until <= $5 OR holder = $3)",
        )
        .bind(id)
        .bind(holder)
        .bind(until)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(taken == 1)
}

/// Lays down whatever a node has in hand, so that another goes on at once.
///
/// # Errors
/// When the database refuses.
pub async fn lay_down(scope: &mut Scope, id: BulkId, holder: Uuid) -> Result<()> {
    scope
        .query("UPDATE bulk_job SET holder = NULL, lease_until = 0 WHERE business_id = $1 AND id = $2 AND holder = $3")
        .bind(id)
        .bind(holder)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Removes one job with its items, in pieces so that nobody waits for it: of what was never confirmed after one moment, of the
/// rest after another. Answers whether there may be more.
///
/// # Errors
/// When the database refuses.
pub async fn remove_old(scope: &mut Scope, unconfirmed: Instant, ended: Instant) -> Result<bool> {
    let old: Option<(BulkId,)> = scope
        .query(
            "SELECT id FROM bulk_job j WHERE j.business_id = $1
                AND ((j.started_at IS NULL AND j.created_at < $2) OR (j.ended_at IS NOT NULL AND j.ended_at < $3))
                AND NOT EXISTS (SELECT 1 FROM bulk_job u WHERE u.business_id = j.business_id AND u.undo_of = j.id)
             ORDER BY id LIMIT 1",
        )
        .bind(unconfirmed)
        .bind(ended)
        .maybe(&mut scope.tx)
        .await?;
    let Some((id,)) = old else { return Ok(false) };
    let removed = scope
        .query(
            "DELETE FROM bulk_item WHERE business_id = $1 AND job_id = $2 AND subject_id IN
                (SELECT subject_id FROM bulk_item WHERE business_id = $1 AND job_id = $2 ORDER BY subject_id LIMIT 5000)",
        )
        .bind(id)
        .run(&mut scope.tx)
        .await?;
    if removed == 0 {
        scope.query("DELETE FROM bulk_job WHERE business_id = $1 AND id = $2").bind(id).run(&mut scope.tx).await?;
    }
    Ok(true)
}
