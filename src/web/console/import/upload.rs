//! Handing in a file, and the imports that were made before.

use crate::act::App;
use crate::base::{Error, Problems, Result};
use crate::import::columns::Column as _;
use crate::import::records::attachments::Source;
use crate::import::upload::{MOST_BYTES, Upload};
use crate::import::{self, About, Preview, State as Stage, clients, records};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::import::path_of;
use crate::web::console::{Staff, number};
use crate::web::parts::{Badge, Tab};
use askama::Template;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};
use std::collections::HashMap;

/// How many earlier imports are listed.
const MOST_EARLIER: i64 = 20;
/// The field of the archive.
const ATTACHMENTS: &str = "attachments";
/// What a request may weigh. A file may weigh less; what lies between is read and forgotten, so that the answer reaches a
/// browser, which listens only when it has sent everything.
pub const MOST_REQUEST_BYTES: usize = 4 * MOST_BYTES as usize;

#[derive(Template)]
#[template(path = "console/import.html")]
struct Import {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    about: About,
    path: &'static str,
    abouts: Vec<Tab>,
    most: String,
    most_bytes: u64,
    columns: Vec<(&'static str, Vec<&'static str>)>,
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

/// The form for clients and contacts.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    answer::page(&blank(&app, chrome, &staff, About::People).await?)
}

/// The form for records.
pub async fn records_page(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    answer::page(&blank(&app, chrome, &staff, About::Records).await?)
}

async fn blank(app: &App, chrome: Chrome, staff: &Staff, about: About) -> Result<Import> {
    let earlier = import::acts::latest(app, &staff.actor, about, MOST_EARLIER).await?;
    let may = About::ALL.iter().copied().filter(|about| staff.actor.may(about.permission()));
    Ok(Import {
        chrome: chrome.titled("Import"),
        console: staff.chrome(&mut *staff.look(app).await?, "import").await?,
        problems: Problems::default(),
        about,
        path: path_of(about),
        abouts: abouts(may, about),
        most: format!("{} MB", MOST_BYTES / (1024 * 1024)),
        most_bytes: MOST_BYTES,
        columns: columns(about),
        earlier: earlier.iter().map(Earlier::from).collect(),
    })
}

/// What can be imported, where there is more than one thing.
fn abouts(may: impl Iterator<Item = About>, here: About) -> Vec<Tab> {
    let tab = |about: About| Tab {
        text: match about {
            About::People => "Clients and contacts".into(),
            About::Records => "Records".into(),
        },
        href: path_of(about).to_owned(),
        count: None,
        here: about == here,
    };
    let tabs: Vec<Tab> = may.map(tab).collect();
    if tabs.len() > 1 { tabs } else { Vec::new() }
}

fn columns(about: About) -> Vec<(&'static str, Vec<&'static str>)> {
    match about {
        About::People => {
            let of = |contact: bool| {
                let columns = clients::columns::Column::ALL.iter();
                columns.filter(|column| column.is_of_contact() == contact).map(|column| column.label()).collect()
            };
            vec![("Of the client", of(false)), ("Of the contact", of(true))]
        }
        About::Records => {
            let of = |needed: bool| {
                let columns = records::columns::Column::ALL.iter();
                columns.filter(|column| column.is_needed() == needed).map(|column| column.label()).collect()
            };
            vec![("Needed", of(true)), ("As the kind has it", of(false))]
        }
    }
}

/// Takes a file of clients and contacts, and shows what it would do.
pub async fn upload(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let prepared = match receive(form, &["file"]).await {
        Ok((name, file, _)) => import::acts::prepare(&app, &staff.actor, &name, file).await,
        Err(error) => Err(error),
    };
    prepared_or_again(&app, chrome, &staff, About::People, prepared).await
}

/// Takes a table of records with an archive of its files, and shows what they would do.
pub async fn upload_records(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let prepared = match receive(form, &["file", ATTACHMENTS]).await {
        Ok((name, file, source)) => import::acts::prepare_records(&app, &staff.actor, &name, file, source).await,
        Err(error) => Err(error),
    };
    prepared_or_again(&app, chrome, &staff, About::Records, prepared).await
}

async fn prepared_or_again(
    app: &App,
    chrome: Chrome,
    staff: &Staff,
    about: About,
    prepared: Result<Preview>,
) -> Answer {
    let problems = match prepared {
        Ok(preview) => return answer::see(&format!("{}/{}", path_of(about), preview.id)),
        Err(Error::Invalid(problems)) => problems,
        Err(other) => return Err(other.into()),
    };
    let page = blank(app, chrome, staff, about).await?;
    let chrome = page.chrome.clone().with_error();
    answer::again(&Import { chrome, problems, ..page })
}

/// Receives the files of the form, as they come in.
async fn receive(
    form: Result<Multipart, MultipartRejection>,
    known: &[&'static str],
) -> Result<(String, Upload, Source)> {
    let mut form =
        form.map_err(|_| Error::BadRequest("This page takes a file only. Go back, reload, and try again."))?;
    let mut files: HashMap<&'static str, (String, Result<Upload>)> = HashMap::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = known.iter().find(|name| field.name() == Some(**name) && !files.contains_key(**name));
        let Some(name) = name.copied() else {
            return Err(Error::BadRequest(
                "The form has fields that this page does not know. Go back, reload, and try again.",
            ));
        };
        let file_name = field.file_name().unwrap_or_default().to_owned();
        files.insert(name, (file_name, spool(field).await?));
    }
    let too_large = |field: &'static str| {
        move |error| match error {
            Error::TooLarge(text) => Error::invalid(field, text),
            other => other,
        }
    };
    let (name, table) =
        files.remove("file").ok_or(Error::BadRequest("The form holds no file. Go back, reload, and try again."))?;
    let table = table.map_err(too_large("file"))?;
    if name.is_empty() || table.size() == 0 {
        let text = if name.is_empty() { "Choose a file." } else { "The file is empty. Choose another one." };
        return Err(Error::invalid("file", text));
    }
    let source = match files.remove(ATTACHMENTS) {
        // A file field that nothing was chosen in is sent all the same.
        Some((name, _)) if name.is_empty() => Source::Nothing,
        Some((_, archive)) => Source::Archive(archive.map_err(too_large(ATTACHMENTS))?),
        None => Source::Nothing,
    };
    Ok((name, table, source))
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
        let text = format!("The file is far larger than {} MB. Split it into several files.", MOST_BYTES >> 20);
        return Error::invalid("file", text);
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
            path: format!("{}/{}", path_of(import.about), import.id),
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
    let page = |about: About, problems: Problems, earlier: &[Preview]| {
        samples::rendered(&Import {
            chrome: Chrome::bare("Import"),
            console: samples::console_chrome("import"),
            problems,
            about,
            path: path_of(about),
            abouts: abouts(About::ALL.iter().copied(), about),
            most: "100 MB".into(),
            most_bytes: MOST_BYTES,
            columns: columns(about),
            earlier: earlier.iter().map(Earlier::from).collect(),
        })
    };
    let earlier: Vec<Preview> = Stage::ALL.iter().map(|stage| sample(*stage)).collect();
    let wrong = |field| Problems::one(field, "Choose a file.");
    vec![
        ("console/import", page(About::People, Problems::default(), &earlier)),
        ("console/import-wrong", page(About::People, wrong("file"), &[])),
        ("console/import-records", page(About::Records, Problems::default(), &earlier)),
        ("console/import-records-wrong", page(About::Records, wrong(ATTACHMENTS), &[])),
    ]
}
