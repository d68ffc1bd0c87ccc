//! Handing in a file, and the imports that were made before.

use crate::act::App;
use crate::base::{Error, Problems, Result};
use crate::import::columns::Column;
use crate::import::upload::{MOST_BYTES, Upload};
use crate::import::{self, Preview, State as Stage};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::import::PATH;
use crate::web::console::{Staff, number};
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};

/// How many earlier imports are listed.
const MOST_EARLIER: i64 = 20;
/// What a request may weigh. A file may weigh less; what lies between is read and forgotten, so that the answer reaches a
/// browser, which listens only when it has sent everything.
pub const MOST_REQUEST_BYTES: usize = 4 * MOST_BYTES as usize;

#[derive(Template)]
#[template(path = "console/import.html")]
struct Import {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    most: String,
    most_bytes: u64,
    of_clients: Vec<&'static str>,
    of_contacts: Vec<&'static str>,
    earlier: Vec<Earlier>,
}

/// An import that was made before.
struct Earlier {
    path: String,
    file: String,
    by: String,
    at: (String, String),
    badge: Badge,
    outcome: String,
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    answer::page(&blank(&app, chrome, &staff).await?)
}

async fn blank(app: &App, chrome: Chrome, staff: &Staff) -> Result<Import> {
    let earlier = import::acts::latest(app, &staff.actor, MOST_EARLIER).await?;
    let columns = |of_contact: bool| {
        let columns = Column::ALL.into_iter().filter(|column| column.is_of_contact() == of_contact);
        columns.map(Column::label).collect()
    };
    Ok(Import {
        chrome: chrome.titled("Import"),
        console: staff.chrome(&mut *staff.look(app).await?, "import").await?,
        problems: Problems::default(),
        most: format!("{} MB", MOST_BYTES / (1024 * 1024)),
        most_bytes: MOST_BYTES,
        of_clients: columns(false),
        of_contacts: columns(true),
        earlier: earlier.iter().map(Earlier::from).collect(),
    })
}

/// Takes the file, and shows what it would do.
pub async fn upload(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let form = form.map_err(|_| Error::BadRequest("This page takes a file only. Go back, reload, and try again."))?;
    let prepared = match receive(form).await {
        Ok((name, file)) => import::acts::prepare(&app, &staff.actor, &name, file).await,
        Err(error) => Err(error),
    };
    let problems = match prepared {
        Ok(preview) => return answer::see(&format!("{PATH}/{}", preview.id)),
        Err(Error::Invalid(problems)) => problems,
        Err(Error::TooLarge(text)) => Problems::one("file", text),
        Err(other) => return Err(other.into()),
    };
    let page = blank(&app, chrome, &staff).await?;
    let chrome = page.chrome.clone().with_error();
    answer::again(&Import { chrome, problems, ..page })
}

/// Receives the one file of the form, as it comes in.
async fn receive(mut form: Multipart) -> Result<(String, Upload)> {
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") || file.is_some() {
            return Err(Error::BadRequest(
                "The form has fields that this page does not know. Go back, reload, and try again.",
            ));
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        file = Some((name, spool(field).await?));
    }
    let (name, spooled) = file.ok_or(Error::BadRequest("The form holds no file. Go back, reload, and try again."))?;
    let upload = spooled?;
    if name.is_empty() || upload.size() == 0 {
        let text = if name.is_empty() { "Choose a file." } else { "The file is empty. Choose another one." };
        return Err(Error::invalid("file", text));
    }
    Ok((name, upload))
}

/// Puts the file aside. One that is too large is read to its end, but no longer kept.
async fn spool(mut field: Field<'_>) -> Result<Result<Upload>> {
    let mut upload = Ok(Upload::begin().await?);
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        if let Ok(file) = &mut upload
            && let Err(error) = file.put(&piece).await
        {
            upload = Err(error);
        }
    }
    Ok(upload)
}

fn broken(error: MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge(format!(
            "The file is far larger than {} MB. Split it into several files.",
            MOST_BYTES >> 20
        ));
    }
    Error::BadRequest("The file did not arrive as a whole. Check your connection, and try again.")
}

impl From<&Preview> for Earlier {
    fn from(import: &Preview) -> Self {
        let (text, tone, icon) = match import.state {
            Stage::Ready => ("Not imported", "ring", ""),
            Stage::Running => ("Being imported", "info", "clock"),
            Stage::Done => ("Imported", "ok", "check"),
        };
        let counts = &import.findings.counts;
        let at = import.ended_at.unwrap_or(import.created_at);
        Self {
            path: format!("{PATH}/{}", import.id),
            file: import.file_name.clone(),
            by: import.by.clone(),
            at: (at.rfc3339(), at.words()),
            badge: Badge { text, tone, icon },
            outcome: format!(
                "{} new, {} changed, {} unchanged, {} refused",
                number(counts.new),
                number(counts.changed),
                number(counts.unchanged),
                number(counts.refused)
            ),
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use super::preview::sample;
    use crate::web::samples;
    let page = |problems: Problems, earlier: &[Preview]| Import {
        chrome: Chrome::bare("Import"),
        console: samples::console_chrome("import"),
        problems,
        most: "100 MB".into(),
        most_bytes: MOST_BYTES,
        of_clients: vec!["Client reference", "Client name"],
        of_contacts: vec!["First name", "Last name", "Email"],
        earlier: earlier.iter().map(Earlier::from).collect(),
    };
    let earlier: Vec<Preview> = Stage::ALL.iter().map(|stage| sample(*stage)).collect();
    let wrong = Problems::one("file", "Choose a file.");
    vec![
        ("console/import", samples::rendered(&page(Problems::default(), &earlier))),
        ("console/import-wrong", samples::rendered(&page(wrong, &[]))),
    ]
}
