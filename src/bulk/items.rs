//! The items of jobs in the database: whom a job is about, and what became of each.

use crate::act::{Obstacle, Scope};
use crate::base::id::{BulkId, PortalUserId};
use crate::base::{Error, Result};
use crate::bulk::{Fate, ItemState, Job, Subjects, Unadministered};
use crate::db::Query;
use crate::portal_user::Disabled;
use std::collections::HashMap;
use uuid::Uuid;

/// Items of one statement.
const PER_STATEMENT: usize = 500;
/// How many clients that would be left without a Global Admin are named.
const MOST_NAMED: i64 = 3;

/// One who was looked at: who it is, what stands in the way, and the audit entry of what is to be taken back.
pub type Seen = (Uuid, Option<Obstacle>, i64);

/// Adds items; whoever is among them already stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn add(scope: &mut Scope, id: BulkId, seen: &[Seen]) -> Result<()> {
    for seen in seen.chunks(PER_STATEMENT) {
        let mut rows =
            Query::new("INSERT INTO bulk_item (business_id, job_id, subject_id, state, obstacle, entry) VALUES");
        for (subject, obstacle, entry) in seen {
            let state = if obstacle.is_some() { ItemState::Skipped } else { ItemState::Waiting };
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?)",
                [
                    scope.business.into(),
                    id.into(),
                    (*subject).into(),
                    state.into(),
                    obstacle.map_or("", Obstacle::code).into(),
                    (*entry).into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}

/// The next who stand in one way and had nothing in the way, behind one; each with its audit entry.
///
/// # Errors
/// When the database cannot be read.
pub async fn next(scope: &mut Scope, id: BulkId, state: ItemState, after: Uuid, most: i64) -> Result<Vec<(Uuid, i64)>> {
    scope
        .query(
            "SELECT subject_id, entry FROM bulk_item WHERE business_id = $1 AND job_id = $2 AND state = $3 AND obstacle = ''
                AND subject_id > $4 ORDER BY subject_id LIMIT $5",
        )
        .bind(id)
        .bind(state)
        .bind(after)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// Writes down what became of items that waited.
///
/// # Errors
/// `Conflict` when one of them did not wait any more: then somebody else was quicker.
pub async fn settle(scope: &mut Scope, id: BulkId, fates: &[(Uuid, Fate)], entry: i64) -> Result<()> {
    let mut rest: Vec<(Uuid, Fate)> = fates.to_vec();
    while let Some((_, fate)) = rest.first().copied() {
        let (alike, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(_, other)| *other == fate);
        rest = others;
        let (state, obstacle) = match fate {
            Fate::Done => (ItemState::Done, ""),
            Fate::Skipped(obstacle) => (ItemState::Skipped, obstacle.code()),
            Fate::Failed => (ItemState::Failed, ""),
        };
        for alike in alike.chunks(PER_STATEMENT) {
            let query = Query::new(
                "UPDATE bulk_item SET state = $1, obstacle = $2, entry = $3 WHERE business_id = $4 AND job_id = $5 AND state = 'waiting'
                    AND subject_id IN",
            )
            .bind(state)
            .bind(obstacle)
            .bind(entry)
            .bind(scope.business)
            .bind(id)
            .and_list(alike.iter().map(|(subject, _)| *subject));
            if usize::try_from(query.run(&mut scope.tx).await?) != Ok(alike.len()) {
                return Err(Error::Conflict);
            }
        }
    }
    Ok(())
}

/// Keeps how people were disabled before a job changed it.
///
/// # Errors
/// When the database refuses.
pub async fn keep_disabled(scope: &mut Scope, id: BulkId, before: &[(PortalUserId, Disabled)]) -> Result<()> {
    for before in before.chunks(PER_STATEMENT) {
        let mut rows = Vec::with_capacity(before.len());
        for (user, disabled) in before {
            let disabled = serde_json::to_string(disabled).map_err(Error::internal)?;
            rows.push([(*user).into(), disabled.into()]);
        }
        Query::new("UPDATE bulk_item SET disabled_before = v.column2")
            .and_each(("bulk_item", "subject_id"), scope.business, "(?, ?)", rows)
            .and_with("AND bulk_item.job_id = ?", [id.into()])
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}

/// How those of these people were disabled whom a job found disabled.
///
/// # Errors
/// When the database cannot be read.
pub async fn disabled_before(scope: &mut Scope, id: BulkId, users: &[Uuid]) -> Result<HashMap<PortalUserId, Disabled>> {
    let mut before = HashMap::new();
    for users in users.chunks(PER_STATEMENT) {
        let rows: Vec<(PortalUserId, String)> = scope
            .query(
                "SELECT subject_id, disabled_before FROM bulk_item WHERE business_id = $1 AND job_id = $2 AND disabled_before IS NOT NULL
                    AND subject_id IN",
            )
            .bind(id)
            .and_list(users.iter().copied())
            .all(&mut scope.tx)
            .await?;
        for (user, disabled) in rows {
            before.insert(user, serde_json::from_str(&disabled).map_err(Error::internal)?);
        }
    }
    Ok(before)
}

/// One of a job's items, with whom it is about as far as that is still known.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Line {
    /// Who.
    pub subject_id: Uuid,
    /// Their name; none where they are gone.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their client.
    pub company: Option<String>,
    /// What became of it.
    #[sqlx(try_from = "String")]
    pub state: ItemState,
    obstacle: String,
}

impl Line {
    /// What stood in the way.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        Obstacle::of_code(&self.obstacle)
    }
}

macro_rules! lines {
    ($rest:literal) => {
        [
            concat!(
                "SELECT i.subject_id, u.name, u.email, u.company, i.state, i.obstacle FROM bulk_item i
                    LEFT JOIN portal_user u ON u.business_id = i.business_id AND u.id = i.subject_id
                 WHERE i.business_id = $1 AND i.job_id = $2 ",
                $rest
            ),
            concat!(
                "SELECT i.subject_id, c.first_name || ' ' || c.last_name AS name, c.email, c.company, i.state, i.obstacle FROM bulk_item i
                    LEFT JOIN contact c ON c.business_id = i.business_id AND c.id = i.subject_id
                 WHERE i.business_id = $1 AND i.job_id = $2 ",
                $rest
            ),
        ]
    };
}

fn about(subjects: Subjects, [users, contacts]: [&'static str; 2]) -> &'static str {
    match subjects {
        Subjects::PortalUsers => users,
        Subjects::Contacts => contacts,
    }
}

/// The first items that stand in one way.
///
/// # Errors
/// When the database cannot be read.
pub async fn first_lines(
    scope: &mut Scope,
    job: &Job,
    state: ItemState,
    obstacle: Option<Obstacle>,
    most: i64,
) -> Result<Vec<Line>> {
    let text =
        about(job.kind.subjects(), lines!("AND i.state = $3 AND i.obstacle = $4 ORDER BY i.subject_id LIMIT $5"));
    scope
        .query(text)
        .bind(job.id)
        .bind(state)
        .bind(obstacle.map_or("", Obstacle::code))
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// The items behind one, in their order.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_after(scope: &mut Scope, job: &Job, after: Uuid, most: i64) -> Result<Vec<Line>> {
    let text = about(job.kind.subjects(), lines!("AND i.subject_id > $3 ORDER BY i.subject_id LIMIT $4"));
    scope.query(text).bind(job.id).bind(after).bind(most).all(&mut scope.tx).await
}

/// The clients that have a Global Admin now, and would have none that gets in when all who wait in a job were shut out.
///
/// # Errors
/// When the database cannot be read.
pub async fn unadministered(scope: &mut Scope, id: BulkId) -> Result<Unadministered> {
    // From those who wait to their clients, so that it takes as long as they are many, not as the business is large.
    let left: Vec<(String, i64)> = scope
        .query(
            "SELECT c.name, COUNT(*) OVER () FROM client c
             WHERE c.business_id = $1 AND c.id IN (
                SELECT l.client_id FROM bulk_item i JOIN link l ON l.business_id = i.business_id AND l.portal_user_id = i.subject_id
                WHERE i.business_id = $1 AND i.job_id = $2 AND i.state = 'waiting' AND l.state = 'active' AND l.role = 'global_admin'
             ) AND NOT EXISTS (
                SELECT 1 FROM link o JOIN portal_user u ON u.business_id = o.business_id AND u.id = o.portal_user_id
                WHERE o.business_id = $1 AND o.client_id = c.id AND o.state = 'active' AND o.role = 'global_admin'
                AND u.status IN ('active', 'password_due') AND NOT EXISTS (
                    SELECT 1 FROM bulk_item j WHERE j.business_id = $1 AND j.job_id = $2 AND j.subject_id = u.id AND j.state = 'waiting'
                )
             ) ORDER BY c.name_key, c.id LIMIT $3",
        )
        .bind(id)
        .bind(MOST_NAMED)
        .all(&mut scope.tx)
        .await?;
    let clients = left.first().map_or(0, |(_, clients)| *clients);
    Ok(Unadministered { clients, first: left.into_iter().map(|(name, _)| name).collect() })
}
