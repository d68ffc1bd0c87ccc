//! From a spreadsheet to clients and contacts, and back (C1). A file is read twice: once to show what it would do, and once
//! more, when that is confirmed, to do all of it or nothing.
//!
//! What a row may do is kept small on purpose: it never touches what is not in the file. A missing column, and an empty
//! cell, leave things as they are; only an empty title, phone or extension of a contact says that there is none.

pub mod acts;
pub mod columns;
pub mod export;
pub mod out;
pub mod people;
mod pass;
pub mod progress;
mod record;
pub mod sheet;
mod sort;
mod store;
mod write;

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

/// A prepared import, and what it would do, or did.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Its id.
    pub id: ImportId,
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

/// Clients or contacts of a file, by what becomes of them.
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
    /// The contact; empty where the row is about the client alone.
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
    /// The contact; empty where the row is about the client alone.
    pub who: String,
    /// The client.
    pub client: String,
    /// What else is to be said about it.
    pub note: Note,
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
    }
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
