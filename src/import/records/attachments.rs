//! The files that came with a table of records: which of them the rows name, what each is, and what is wrong with it. What a
//! row names is checked and stored when the import is prepared, so that whoever confirms it, on whichever node, needs no
//! archive.

use super::archive::{self, DAMAGED};
use crate::access::Actor;
use crate::act::{App, Scope};
use crate::base::id::ImportId;
use crate::base::text::{TextError, same_file_name};
use crate::base::{Error, Instant, Result};
use crate::db::Query;
use crate::file::{FileKind, FileName, Kept};
use crate::import::columns::shown;
use crate::import::upload::Upload;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Where the files lie that rows name.
#[derive(Debug)]
pub enum Source {
    /// None were handed in.
    Nothing,
    /// In a ZIP archive.
    Archive(Upload),
    /// In a folder of this machine: for the command line.
    Folder(PathBuf),
}

/// A file as a row names it: by its name, or by its place in the archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    path: String,
    file: FileName,
}

/// The most folders that a file lies in.
const MOST_DEPTH: usize = 32;

/// A place in an archive, in one way of writing: none where it leads out of it.
pub(super) fn place(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let parts: Vec<&str> = path.split('/').collect();
    let leads_out = parts.iter().any(|part| part.is_empty() || matches!(*part, "." | ".."))
        || parts.first().is_some_and(|part| part.len() == 2 && part.ends_with(':'))
        || parts.len() > MOST_DEPTH
        || path.chars().any(char::is_control);
    (!leads_out).then(|| path.to_owned())
}

impl Named {
    /// Parses what a row says.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let path = place(text).ok_or_else(|| {
            TextError(
                format!("“{}” leads out of the archive. Name the file as it is called in there.", shown(text)).into(),
            )
        })?;
        let file = FileName::parse(&path)?;
        Ok(Self { path, file })
    }

    /// The name without folders, as it is compared.
    pub fn file_key(&self) -> String {
        same_file_name(self.file.as_str())
    }

    /// The name without folders.
    pub fn file_name(&self) -> &str {
        self.file.as_str()
    }

    /// How it is looked for.
    pub fn key(&self) -> String {
        same_file_name(&self.path)
    }
}

/// A file that a row names and that can be shared: its content is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// What it is called.
    pub name: FileName,
    /// What it is.
    pub kept: Kept,
}

/// The files that the rows of an import name, each by its [`Named::key`]: or what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Attachments(HashMap<String, Result<Attachment, String>>);

impl Attachments {
    /// The file that a row names.
    ///
    /// # Errors
    /// With why it cannot be shared.
    pub fn find(&self, named: &Named) -> Result<&Attachment, String> {
        match self.0.get(&named.key()) {
            Some(Ok(attachment)) => Ok(attachment),
            Some(Err(why)) => Err(why.clone()),
            None => Err(format!("{} was not looked for. Upload the files again.", named.file_name())),
        }
    }
}

/// Takes from a source what rows name, checks it, and stores what can be shared. Answers the names of files that no row names,
/// too.
///
/// # Errors
/// `Invalid` on the field `attachments` when the source cannot be read; when the store of files cannot be reached.
pub async fn gather(
    app: &App,
    actor: &Actor,
    source: Source,
    named: BTreeMap<String, Named>,
) -> Result<(Attachments, Vec<String>)> {
    let (to, mut taken) = mpsc::channel(1);
    let most = app.files.most_bytes();
    let source = match source {
        Source::Nothing => archive::Opened::Nothing,
        Source::Archive(upload) => archive::Opened::Zip(upload.finish().await?),
        Source::Folder(folder) => archive::Opened::Folder(folder),
    };
    let taking = tokio::task::spawn_blocking(move || archive::take(source, &named, most, &to));
    let mut files = HashMap::new();
    while let Some(archive::Taken { key, file }) = taken.recv().await {
        let attachment = match file {
            Ok((name, content)) => {
                let kept = app.files.keep(&app.db, actor.business, app.clock.now(), &name, content.into()).await;
                match kept {
                    Ok(kept) => Ok(Attachment { name, kept }),
                    Err(Error::Invalid(problems)) => Err(problems.to_string()),
                    Err(other) => return Err(other),
                }
            }
            Err(why) => Err(why),
        };
        files.insert(key, attachment);
    }
    // A hostile archive may find a way to stop its reader; it stops nothing else.
    let unnamed = taking.await.unwrap_or_else(|_| Err(DAMAGED.into()));
    let unnamed = unnamed.map_err(|why| Error::invalid("attachments", why))?;
    Ok((Attachments(files), unnamed))
}

#[derive(sqlx::FromRow)]
struct Row {
    named: String,
    name: String,
    kind: String,
    size: i64,
    digest: String,
    wrong: String,
}

impl Attachments {
    /// The files of a prepared import.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(scope: &mut Scope, import: ImportId) -> Result<Self> {
        let rows: Vec<Row> = scope
            .query(
                "SELECT named, name, kind, size, digest, wrong FROM import_file WHERE business_id = $1 AND import_id = $2",
            )
            .bind(import)
            .all(&mut scope.tx)
            .await?;
        let mut files = HashMap::new();
        for row in rows {
            let attachment = if row.digest.is_empty() {
                Err(row.wrong)
            } else {
                let name = FileName::parse(&row.name).map_err(Error::internal)?;
                let kind = FileKind::try_from(row.kind).map_err(Error::internal)?;
                Ok(Attachment { name, kept: Kept { kind, size: row.size, digest: row.digest } })
            };
            files.insert(row.named, attachment);
        }
        Ok(Self(files))
    }

    /// Stores them with a prepared import.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(&self, scope: &mut Scope, import: ImportId) -> Result<()> {
        let files: Vec<_> = self.0.iter().collect();
        for files in files.chunks(500) {
            let mut rows = Query::new(
                "INSERT INTO import_file (business_id, import_id, named, name, kind, size, digest, wrong) VALUES",
            );
            for (named, file) in files {
                let (name, kind, size, digest, wrong) = match file {
                    Ok(Attachment { name, kept }) => {
                        (name.as_str(), kept.kind.code(), kept.size, kept.digest.as_str(), "")
                    }
                    Err(wrong) => ("", "", 0, "", wrong.as_str()),
                };
                rows = rows.and_row(
                    "(?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        scope.business.into(),
                        import.into(),
                        named.as_str().into(),
                        name.into(),
                        kind.into(),
                        size.into(),
                        digest.into(),
                        wrong.into(),
                    ],
                );
            }
            rows.run(&mut scope.tx).await?;
        }
        Ok(())
    }
}

/// Whether a prepared import has a file of this content.
///
/// # Errors
/// When the database cannot be read.
pub async fn have(scope: &mut Scope, digest: &str) -> Result<bool> {
    let one: Option<(ImportId,)> = scope
        .query("SELECT import_id FROM import_file WHERE business_id = $1 AND digest = $2 LIMIT 1")
        .bind(digest)
        .maybe(&mut scope.tx)
        .await?;
    Ok(one.is_some())
}

/// Removes what imports older than this have, but for those that are being written; answers the digests of the contents.
///
/// # Errors
/// When the database refuses.
pub async fn remove_before(scope: &mut Scope, before: Instant) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = scope
        .query(
            "DELETE FROM import_file WHERE business_id = $1 AND import_id IN
                (SELECT id FROM import WHERE business_id = $1 AND created_at < $2 AND (state <> 'running' OR lease_until < $3))
             RETURNING digest",
        )
        .bind(before)
        .bind(scope.now)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(digest,)| digest).filter(|digest| !digest.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s57_no_name_leads_out_of_the_archive() {
        for wrong in [
            "../x.pdf",
            "a/../../x.pdf",
            "/etc/passwd",
            "\\\\host\\x.pdf",
            "C:\\x.pdf",
            "c:/x.pdf",
            "a//b.pdf",
            "a\0.pdf",
            "..",
            "a/.",
        ] {
            assert!(Named::parse(wrong).is_err(), "{wrong:?}");
        }
        for (fine, key, name) in [
            ("Invoice 1.PDF", "invoice 1.pdf", "Invoice 1.PDF"),
            ("oct\\Invoice 1.pdf", "oct/invoice 1.pdf", "Invoice 1.pdf"),
            ("./x.pdf", "x.pdf", "x.pdf"),
            ("a..b.pdf", "a..b.pdf", "a..b.pdf"),
        ] {
            let named = Named::parse(fine).unwrap();
            assert_eq!((named.key().as_str(), named.file_name()), (key, name));
        }
    }
}
