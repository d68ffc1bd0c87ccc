//! Prepared imports in the database, with their files in parts of one megabyte.

use crate::act::Scope;
use crate::base::id::ImportId;
use crate::base::{Error, Instant, Result};
use crate::file::loose;
use crate::import::records::attachments;
use crate::import::upload::{disk, unnamed_file};
use crate::import::{About, Findings, Preview, State};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

const PART: usize = 1024 * 1024;

#[derive(sqlx::FromRow)]
struct Row {
    id: ImportId,
    #[sqlx(try_from = "String")]
    about: About,
    by_name: String,
    file_name: String,
    size: i64,
    #[sqlx(try_from = "String")]
    state: State,
    findings: String,
    error: Option<String>,
    created_at: Instant,
    ended_at: Option<Instant>,
}

impl TryFrom<Row> for Preview {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            about: row.about,
            file_name: row.file_name,
            size: row.size,
            by: row.by_name,
            created_at: row.created_at,
            state: row.state,
            ended_at: row.ended_at,
            error: row.error,
            findings: serde_json::from_str(&row.findings).map_err(Error::internal)?,
        })
    }
}

/// The import.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: ImportId) -> Result<Preview> {
    let row: Row = scope
        .query(
            "SELECT id, about, by_name, file_name, size, state, findings, error, created_at, ended_at FROM import
             WHERE business_id = $1 AND id = $2",
        )
        .bind(id)
        .one(&mut scope.tx, "The import")
        .await?;
    row.try_into()
}

/// The latest imports about something, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(scope: &mut Scope, about: About, most: i64) -> Result<Vec<Preview>> {
    let rows: Vec<Row> = scope
        .query(
            "SELECT id, about, by_name, file_name, size, state, findings, error, created_at, ended_at FROM import
             WHERE business_id = $1 AND about = $2 ORDER BY id DESC LIMIT $3",
        )
        .bind(about)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    rows.into_iter().map(Preview::try_from).collect()
}

/// Stores a prepared import.
///
/// # Errors
/// When the database refuses.
pub async fn insert(scope: &mut Scope, import: &Preview) -> Result<()> {
    scope
        .query(
            "INSERT INTO import (business_id, id, about, by_name, file_name, size, state, findings, lease_until, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        )
        .bind(import.id)
        .bind(import.about)
        .bind(import.by.as_str())
        .bind(import.file_name.as_str())
        .bind(import.size)
        .bind(import.state)
        .bind(json(&import.findings)?)
        .bind(import.created_at)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Stores the file of an import.
///
/// # Errors
/// When the database refuses.
pub async fn insert_file(scope: &mut Scope, id: ImportId, mut file: File) -> Result<()> {
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    for part in 0_i64.. {
        let mut bytes = Vec::with_capacity(PART);
        std::io::Read::by_ref(&mut file).take(PART as u64).read_to_end(&mut bytes).map_err(disk)?;
        if bytes.is_empty() {
            break;
        }
        scope
            .query("INSERT INTO import_part (business_id, import_id, part, bytes) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(part)
            .bind(bytes)
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}

/// Fetches the file of an import.
///
/// # Errors
/// `Refused` when it was removed meanwhile.
pub async fn fetch_file(scope: &mut Scope, id: ImportId) -> Result<File> {
    let mut file = unnamed_file().await?;
    for part in 0_i64.. {
        let bytes: Option<(Vec<u8>,)> = scope
            .query("SELECT bytes FROM import_part WHERE business_id = $1 AND import_id = $2 AND part = $3")
            .bind(id)
            .bind(part)
            .maybe(&mut scope.tx)
            .await?;
        match bytes {
            Some((bytes,)) => file.write_all(&bytes).map_err(disk)?,
            None if part == 0 => {
                return Err(Error::refused("The file was removed, a day after it was uploaded. Upload it again."));
            }
            None => break,
        }
    }
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    Ok(file)
}

/// Takes an import, so that it is shown as running everywhere; the taking ends by itself at `until`, should this process
/// die. What keeps it from being done twice is the act in which it is done.
///
/// # Errors
/// `Conflict` when it is running, or done.
pub async fn take(scope: &mut Scope, id: ImportId, until: Instant) -> Result<()> {
    scope
        .query(
            "UPDATE import SET state = 'running', error = NULL, lease_until = $3
             WHERE business_id = $1 AND id = $2 AND (state = 'ready' OR (state = 'running' AND lease_until < $4))",
        )
        .bind(id)
        .bind(until)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await
}

/// Notes that an import is done.
///
/// # Errors
/// `Conflict` when somebody else has done it.
pub async fn done(scope: &mut Scope, id: ImportId, findings: &Findings) -> Result<()> {
    scope
        .query(
            "UPDATE import SET state = 'done', error = NULL, findings = $3, ended_at = $4
             WHERE business_id = $1 AND id = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(json(findings)?)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await
}

/// Lays an import back, to be confirmed again: with why it came to nothing, and with what it would do now.
///
/// # Errors
/// When the database refuses.
pub async fn lay_back(scope: &mut Scope, id: ImportId, why: &str, findings: Option<&Findings>) -> Result<()> {
    let findings = findings.map(json).transpose()?;
    scope
        .query(
            "UPDATE import SET state = 'ready', error = $3, findings = COALESCE($4, findings)
             WHERE business_id = $1 AND id = $2 AND state = 'running'",
        )
        .bind(id)
        .bind(why)
        .bind(findings)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Removes the files of imports older than this, and the imports that nobody confirmed. What the files of records hold is loose
/// from then on, unless the records have it.
///
/// # Errors
/// When the database refuses.
pub async fn remove_before(scope: &mut Scope, before: Instant) -> Result<()> {
    let (business, now) = (scope.business, scope.now);
    let digests = attachments::remove_before(scope, before).await?;
    loose::note(&mut scope.tx, business, &digests, now).await?;
    for text in [
        "DELETE FROM import_part WHERE business_id = $1 AND import_id IN
            (SELECT id FROM import WHERE business_id = $1 AND created_at < $2 AND (state <> 'running' OR lease_until < $3))",
        "DELETE FROM import WHERE business_id = $1 AND created_at < $2 AND (state = 'ready' OR (state = 'running' AND lease_until < $3))",
    ] {
        scope.query(text).bind(before).bind(scope.now).run(&mut scope.tx).await?;
    }
    Ok(())
}

fn json(findings: &Findings) -> Result<String> {
    serde_json::to_string(findings).map_err(Error::internal)
}
