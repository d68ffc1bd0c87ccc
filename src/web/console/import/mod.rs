//! Import (C1), of clients and contacts or of records: hand in a file, look at what it would do, confirm, and watch it being
//! done.

mod events;
mod outcome;
mod preview;
mod upload;

pub use events::follow as events;
pub use preview::{confirm, show};
pub use upload::{MOST_REQUEST_BYTES, page, records_page, upload, upload_records};

use crate::act::App;
use crate::base::Error;
use crate::base::id::ImportId;
use crate::import::{self, About, RECORDS_SAMPLE, RECORDS_SAMPLE_NAME, SAMPLE, SAMPLE_NAME};
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use axum::extract::{Path, State};

/// Where files about something are handed in; each import has its page below.
fn path_of(about: About) -> &'static str {
    match about {
        About::People => "/console/import",
        About::Records => "/console/import/records",
    }
}

/// The id in an address; what is none is like an import that never was.
fn id_of(text: &str) -> Result<ImportId, Error> {
    text.parse().map_err(|_| Error::NotFound("The import"))
}

/// The refused rows as a file.
pub async fn refused(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Answer {
    answer::download(import::acts::refused_file(&app, &staff.actor, id_of(&id)?).await?)
}

/// A file that shows how one should look.
pub async fn sample(_: Staff) -> Answer {
    answer::attachment(SAMPLE_NAME, "text/csv; charset=utf-8", SAMPLE.into())
}

/// The same for records.
pub async fn records_sample(_: Staff) -> Answer {
    answer::attachment(RECORDS_SAMPLE_NAME, "text/csv; charset=utf-8", RECORDS_SAMPLE.into())
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    [upload::samples(), preview::samples()].concat()
}
