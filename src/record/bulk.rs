//! Many records at once: what an import looks for and writes.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::RecordId;
use crate::db::Query;
use crate::record::files::RecordFile;
use crate::record::{Record, Sharing};
use std::collections::HashMap;

/// Rows of one statement: enough to make the way to the database short, few enough that its text is prepared quickly.
const PER_STATEMENT: usize = 200;

/// Stores new records, with whom each is shared.
///
/// # Errors
/// `Conflict` when a client has one of a kind and number.
pub async fn insert(scope: &mut Scope, records: &[&Record]) -> Result<()> {
    for records in records.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO record (business_id, id, client_id, kind, number, number_key, title, details, stage, dated_on, until_on,
                amount_cents, currency, audience, shared_by, search, created_at, updated_at, state, version) VALUES",
        );
        for record in records {
            let details = &record.details;
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'shared', 1)",
                [
                    scope.business.into(),
                    record.id.into(),
                    record.client_id.into(),
                    record.kind.into(),
                    (&details.number).into(),
                    details.number_key().into(),
                    (&details.title).into(),
                    details.text.as_str().into(),
                    details.stage.into(),
                    details.on.to_string().into(),
                    details.until.map(|day| day.to_string()).unwrap_or_default().into(),
                    details.amount.map_or(0, |amount| amount.cents).into(),
                    details.amount.map(|amount| amount.currency.to_string()).unwrap_or_default().into(),
                    record.sharing.audience().into(),
                    record.shared_by.as_str().into(),
                    details.search_text().into(),
                    record.created_at.into(),
                    record.updated_at.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    insert_readers(scope, records).await
}

/// Stores whom records are shared with, where it is not everybody.
pub(super) async fn insert_readers(scope: &mut Scope, records: &[&Record]) -> Result<()> {
    let mut groups = Vec::new();
    let mut contacts = Vec::new();
    for record in records {
        match &record.sharing {
            Sharing::Client => {}
            Sharing::Groups(with) => groups.extend(with.iter().map(|group| (record.id, group.0))),
            Sharing::Contacts(with) => contacts.extend(with.iter().map(|contact| (record.id, contact.0))),
        }
    }
    for (text, readers) in [
        ("INSERT INTO record_group (business_id, record_id, group_id) VALUES", groups),
        ("INSERT INTO record_contact (business_id, record_id, contact_id) VALUES", contacts),
    ] {
        for readers in readers.chunks(PER_STATEMENT) {
            let mut rows = Query::new(text);
            for (record, reader) in readers {
                let values = [scope.business.into(), (*record).into(), (*reader).into()];
                rows = rows.and_row("(?, ?, ?)", values);
            }
            rows.run(&mut scope.tx).await?;
        }
    }
    Ok(())
}

/// Stores that records have files.
///
/// # Errors
/// `Conflict` when a record has one of this name.
pub async fn insert_files(scope: &mut Scope, files: &[(RecordId, &RecordFile)]) -> Result<()> {
    for files in files.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO record_file (business_id, record_id, id, name, kind, size, digest, added_by, added_at) VALUES",
        );
        for (record, file) in files {
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    scope.business.into(),
                    (*record).into(),
                    file.id.into(),
                    (&file.name).into(),
                    file.kind.into(),
                    file.size.into(),
                    file.digest.as_str().into(),
                    file.added_by.as_str().into(),
                    file.added_at.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct FileRow {
    record_id: RecordId,
    #[sqlx(flatten)]
    file: RecordFile,
}

/// The files of several records, each record's oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn files_of(scope: &mut Scope, records: &[RecordId]) -> Result<HashMap<RecordId, Vec<RecordFile>>> {
    let rows: Vec<FileRow> = scope
        .query(
            "SELECT record_id, id, name, kind, size, digest, added_by, added_at FROM record_file
             WHERE business_id = $1 AND record_id IN",
        )
        .and_list(records.iter().copied())
        .and("ORDER BY id")
        .all(&mut scope.tx)
        .await?;
    let mut files: HashMap<RecordId, Vec<RecordFile>> = HashMap::new();
    for row in rows {
        files.entry(row.record_id).or_default().push(row.file);
    }
    Ok(files)
}
