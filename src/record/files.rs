//! The files of a record: added and removed by staff, handed out to whoever may see the record.

use crate::access::{Actor, Permission};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::{RecordFileId, RecordId};
use crate::base::{Error, Instant, Result};
use crate::file::{Bytes, FileKind, FileName, Kept, loose};
use crate::record::{Record, bulk, store};

/// How many files a record has at most.
pub const MOST: usize = 20;

/// A file of a record.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct RecordFile {
    /// Its id.
    pub id: RecordFileId,
    /// What it is called.
    pub name: FileName,
    /// What it is.
    #[sqlx(try_from = "String")]
    pub kind: FileKind,
    /// How many bytes.
    pub size: i64,
    /// The digest of its content.
    pub digest: String,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: Instant,
}

/// A record's files, oldest first; those that came together by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(scope: &mut Scope, record: RecordId) -> Result<Vec<RecordFile>> {
    scope
        .query(
            "SELECT id, name, kind, size, digest, added_by, added_at FROM record_file
             WHERE business_id = $1 AND record_id = $2 ORDER BY added_at, name",
        )
        .bind(record)
        .all(&mut scope.tx)
        .await
}

/// One file of a record.
///
/// # Errors
/// `NotFound`, also for another record's.
pub async fn find(scope: &mut Scope, record: RecordId, id: RecordFileId) -> Result<RecordFile> {
    scope
        .query(
            "SELECT id, name, kind, size, digest, added_by, added_at FROM record_file
             WHERE business_id = $1 AND record_id = $2 AND id = $3",
        )
        .bind(record)
        .bind(id)
        .one(&mut scope.tx, "The file")
        .await
}

/// Add a file to a record: its readers can download it from the very next request.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` on the field `file` when it cannot be shared, or is there already; `Refused` when the
/// record is withdrawn, or has as many files as it may.
pub async fn add(app: &App, actor: &Actor, id: RecordId, name: &str, content: Bytes) -> Result<RecordFile> {
    actor.must(Permission::RecordsShare)?;
    let name = FileName::parse(name).map_err(|e| Error::invalid("file", e.to_string()))?;
    store::find(&mut *app.look(actor).await?, id).await?;
    let kept = app.files.keep(&app.db, actor.business, app.clock.now(), &name, content).await?;

    let mut act = app.begin(actor).await?;
    let record = store::find(&mut act, id).await?;
    may_change(&record)?;
    let here = of(&mut act, id).await?;
    if here.iter().any(|file| file.name == name) {
        return Err(Error::invalid(
            "file",
            format!("There is already a file called {name}. Remove it first, or give this one another name."),
        ));
    }
    if here.len() >= MOST {
        return Err(Error::refused(format!(
            "A record has at most {MOST} files. Remove one first, or put several into a ZIP archive."
        )));
    }
    let file = file_of(&act, name, kept, actor.name());
    bulk::insert_files(&mut act, &[(id, &file)]).await?;
    let entry = Entry::RecordFileAdded {
        record: id,
        client: record.client_id,
        what: record.what(),
        file: file.name.to_string(),
    };
    act.commit(entry).await?;
    Ok(file)
}

/// A file that is kept, as a record will have it.
pub fn file_of(scope: &Scope, name: FileName, kept: Kept, by: &str) -> RecordFile {
    RecordFile {
        id: RecordFileId::new(scope.now),
        name,
        kind: kept.kind,
        size: kept.size,
        digest: kept.digest,
        added_by: by.to_owned(),
        added_at: scope.now,
    }
}

/// Remove a file from a record: nobody can download it from the very next request. Its bytes are swept out a day later, where
/// nothing else has the same.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the record is withdrawn.
pub async fn remove(app: &App, actor: &Actor, id: RecordId, file: RecordFileId) -> Result<RecordFile> {
    actor.must(Permission::RecordsShare)?;
    let mut act = app.begin(actor).await?;
    let record = store::find(&mut act, id).await?;
    may_change(&record)?;
    let file = find(&mut act, id, file).await?;
    act.query("DELETE FROM record_file WHERE business_id = $1 AND record_id = $2 AND id = $3")
        .bind(id)
        .bind(file.id)
        .run_one(&mut act.tx)
        .await?;
    let entry = Entry::RecordFileRemoved {
        record: id,
        client: record.client_id,
        what: record.what(),
        file: file.name.to_string(),
    };
    let (business, now) = (act.business, act.now);
    loose::note(&mut act.tx, business, std::slice::from_ref(&file.digest), now).await?;
    act.commit(entry).await?;
    Ok(file)
}

/// Whether any record has a file of this content.
///
/// # Errors
/// When the database cannot be read.
pub async fn have(scope: &mut Scope, digest: &str) -> Result<bool> {
    let one: Option<(RecordFileId,)> = scope
        .query("SELECT id FROM record_file WHERE business_id = $1 AND digest = $2 LIMIT 1")
        .bind(digest)
        .maybe(&mut scope.tx)
        .await?;
    Ok(one.is_some())
}

fn may_change(record: &Record) -> Result<()> {
    match &record.withdrawn {
        None => Ok(()),
        Some(_) => {
            Err(Error::refused(format!("{} was withdrawn, so its files can’t be changed.", record.details.number)))
        }
    }
}

/// How large a file is, as people read it: `1.4 MB`.
#[must_use]
pub fn size_words(size: i64) -> String {
    match size {
        ..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{} kB", (size + 500) / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn sizes_read_as_people_write_them() {
        let said: Vec<String> = [0, 999, 1_000, 84_512, 1_400_000, 26_214_400].map(size_words).to_vec();
        assert_eq!(said, ["0 bytes", "999 bytes", "1 kB", "85 kB", "1.4 MB", "26.2 MB"]);
    }
}
