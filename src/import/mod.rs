//! From a spreadsheet to clients and contacts, and back (C1); and to records, with their files. A file is read twice: once to
//! show what it would do, and once more, when that is confirmed, to do all of it or nothing.
//!
//! What a row may do is kept small on purpose: it never touches what is not in the file. A missing column, and an empty
//! cell, leave things as they are; only an empty title, phone or extension of a contact says that there is none.

pub mod acts;
mod cells;
pub mod clients;
pub mod columns;
mod matter;
pub mod out;
mod pass;
pub mod people;
pub mod progress;
pub mod records;
pub mod sheet;
mod store;

use crate::access::Permission;
use crate::audit::Counts;
use crate::base::Instant;
use crate::base::id::ImportId;
use crate::import::columns::Matched;
use serde::{Deserialize, Serialize};
use std::fs::File;

pub use crate::file::upload;
pub use crate::file::upload::Upload;

/// The sample that the demo imports, and that the import page hands out as an example.
pub const SAMPLE: &[u8] = include_bytes!("../../assets/sample-contacts.csv");
/// Its name.
pub const SAMPLE_NAME: &str = "sample-contacts.csv";
/// The sample of records that the page for them hands out.
pub const RECORDS_SAMPLE: &[u8] = include_bytes!("../../assets/sample-records.csv");
/// Its name.
pub const RECORDS_SAMPLE_NAME: &str = "sample-records.csv";

/// How many refused rows a preview shows; the rest is in the file of refused rows.
pub const REFUSED_SHOWN: usize = 1_000;
/// How many new, and how many changed rows a preview shows.
pub const OTHERS_SHOWN: usize = 200;

crate::words! {
    /// How far an import is.
    pub enum State {
        /// Previewed; nothing is written yet.
        Ready = "ready",
        /// Being written, on whichever node.
        Running = "running",
        /// Written.
        Done = "done",
    }
}

crate::words! {
    /// What the rows of an import are about.
    pub enum About {
        /// Clients and their contacts.
        People = "people",
        /// What is shared with clients.
        Records = "records",
    }
}

impl About {
    /// What it takes to prepare, see and confirm such an import: the same as to do it by page.
    #[must_use]
    pub fn permission(self) -> Permission {
        match self {
            Self::People => Permission::ClientsImport,
            Self::Records => Permission::RecordsShare,
        }
    }
}

/// A prepared import, and what it would do, or did.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Its id.
    pub id: ImportId,
    /// What it is about.
    pub about: About,
    /// The file's name, as it was handed in.
    pub file_name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Who handed it in.
    pub by: String,
    /// When.
    pub created_at: Instant,
    /// How far it is.
    pub state: State,
    /// When it was written.
    pub ended_at: Option<Instant>,
    /// Why the latest attempt to write it came to nothing, and what to do.
    pub error: Option<String>,
    /// What it does.
    pub findings: Findings,
}

/// What a file does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// What kind of file it is, in words.
    pub format: String,
    /// Its rows, by what they do.
    pub counts: Counts,
    /// Its clients.
    pub clients: Sorts,
    /// Its contacts.
    pub contacts: Sorts,
    /// Its records.
    pub records: Sorts,
    /// How many files records are given.
    pub files: i64,
    /// Files of the archive that no row names: the first of them.
    pub unnamed: Vec<String>,
    /// How many of them there are.
    pub unnamed_count: i64,
    /// New contacts whose address is blocked under their client: they arrive blocked (PRODUCT.md rule 5).
    pub stay_blocked: i64,
    /// What each column was taken for.
    pub matched: Vec<Matched>,
    /// Columns that nothing was made of.
    pub ignored: Vec<String>,
    /// The first refused rows.
    pub refused: Vec<RefusedRow>,
    /// The first changed rows.
    pub changed: Vec<ChangedRow>,
    /// The first new rows.
    pub new: Vec<NewRow>,
    /// A fingerprint of everything that it does, row by row: equal only if nothing has changed since.
    pub digest: String,
}

impl Findings {
    /// With what belongs to the files that were handed in, and to no row: only when an import is prepared are they looked through.
    #[must_use]
    fn with_unnamed_of(self, prepared: &Self) -> Self {
        Self { unnamed: prepared.unnamed.clone(), unnamed_count: prepared.unnamed_count, ..self }
    }
}

/// Clients, contacts or records of a file, by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorts {
    /// Not there before.
    pub new: i64,
    /// Different now.
    pub changed: i64,
    /// The same already.
    pub unchanged: i64,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Its number, as the spreadsheet shows it.
    pub row: u32,
    /// Whom it seems to be about.
    pub who: String,
    /// Everything that is wrong with it.
    pub problems: Vec<RowProblem>,
}

/// One thing wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// In which column.
    pub column: String,
    /// What, and the remedy.
    pub reason: String,
}

/// A row that changes something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRow {
    /// Its number, as the spreadsheet shows it.
    pub row: u32,
    /// The contact or the record; empty where the row is about the client alone.
    pub who: String,
    /// The client.
    pub client: String,
    /// What changes.
    pub changes: Vec<Change>,
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which, as its column is called.
    pub what: String,
    /// What it is now; empty for none.
    pub from: String,
    /// What it becomes; empty for none.
    pub to: String,
}

/// A row that adds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRow {
    /// Its number, as the spreadsheet shows it.
    pub row: u32,
    /// The contact or the record; empty where the row is about the client alone.
    pub who: String,
    /// The client.
    pub client: String,
    /// What else is to be said about it.
    pub note: Note,
    /// The same in words of its own; may be empty.
    pub more: String,
}

crate::words! {
    /// What is to be said about a new row.
    pub enum Note {
        /// A contact of a client that is known.
        Contact = "contact",
        /// The client is new, too.
        WithClient = "with_client",
        /// The contact arrives blocked from the portal.
        Blocked = "blocked",
        /// A record.
        Record = "record",
    }
}

/// Changes as the audit log keeps them: they stand in the middle of a sentence there.
fn recorded(changes: &[Change]) -> Vec<(String, String, String)> {
    changes.iter().map(|change| (change.what.to_lowercase(), change.from.clone(), change.to.clone())).collect()
}

/// A file to hand out. It lies in a temporary file without a name, and stands at its beginning.
#[derive(Debug)]
pub struct Download {
    /// What to call it.
    pub name: String,
    /// What kind it is.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size: u64,
    /// The file.
    pub file: File,
}
