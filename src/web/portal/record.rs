//! One record, with its files to download. One that is not shared with the reader is like one that never was, whatever address is
//! guessed.

use super::records::{Mark, day, day_words, money, one};
use crate::access::RecordKind;
use crate::act::{App, Look};
use crate::base::id::{RecordFileId, RecordId};
use crate::base::{Day, Error, Result};
use crate::record::files::{self, RecordFile};
use crate::record::{self, Record, list};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::portal::Person;
use crate::web::portal::tabs::Here;
use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "portal/record.html")]
struct Page {
    chrome: Chrome,
    portal: PortalChrome,
    icon: &'static str,
    name: String,
    title: String,
    list: String,
    list_name: String,
    badge: Option<Mark>,
    facts: Vec<(String, String)>,
    text: String,
    files: Vec<File>,
}

/// A file, as a line.
struct File {
    name: String,
    what: String,
    path: String,
}

async fn find(look: &mut Look, person: &Person, kind: &str, id: &str) -> Result<Record> {
    let kind = RecordKind::at_path(kind).ok_or(Error::NotFound("The page"))?;
    let id: RecordId = id.parse().map_err(|_| Error::NotFound("The page"))?;
    list::find(look, person.client_id()?, kind, person.reader()?, id).await
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Path((_, _, kind, id)): Path<(String, String, String, String)>,
) -> Answer {
    let mut look = app.look(&person.door.actor).await?;
    let record = find(&mut look, &person, &kind, &id).await?;
    let files = files::of(&mut look, record.id).await?;
    let accounts = person.accounts(&mut look).await?;
    let portal = person.chrome(&accounts, person.tabs(Here::Records(record.kind), &chrome), &chrome);
    answer::page(&page(&person, chrome, portal, &record, &files, Day::of(look.now)))
}

fn page(
    person: &Person,
    chrome: Chrome,
    portal: PortalChrome,
    record: &Record,
    files: &[RecordFile],
    today: Day,
) -> Page {
    let (details, language) = (&record.details, chrome.lang);
    let name = one(record.kind, details.number.as_str(), &chrome);
    let list = format!("{}/{}", person.client_base(), record.kind.path());
    let (on, until) = day_words(record.kind, &chrome);
    let mut facts = vec![(on, day(details.on, language).1)];
    facts.extend(details.until.map(|at| (until, day(at, language).1)));
    facts.extend(details.amount.map(|sum| (chrome.say("records-amount").to_string(), money(sum, language))));
    let file = |file: &RecordFile| File {
        name: file.name.to_string(),
        what: format!("{}, {}", file.kind.label(), files::size_words(file.size)),
        path: format!("{list}/{}/files/{}", record.id, file.id),
    };
    Page {
        icon: record.kind.icon(),
        title: details.title.to_string(),
        list_name: super::records::several(record.kind, &chrome),
        badge: Mark::of(record::standing(record.kind, details.stage, details.until, today), &chrome),
        facts,
        text: details.text.clone(),
        files: files.iter().map(file).collect(),
        list,
        chrome: chrome.titled(name.clone()),
        name,
        portal,
    }
}

/// Hands out a file of a record that the person may see: to keep, never shown in the browser (S57).
pub async fn download(
    State(app): State<App>,
    person: Person,
    Path((_, _, kind, id, file)): Path<(String, String, String, String, String)>,
) -> Answer {
    let file: RecordFileId = file.parse().map_err(|_| Error::NotFound("The file"))?;
    let mut look = app.look(&person.door.actor).await?;
    let record = find(&mut look, &person, &kind, &id).await?;
    let file = files::find(&mut look, record.id, file).await?;
    drop(look);
    let content = app.files.read(person.business.id, &file.digest).await?;
    answer::attachment(file.name.as_str(), file.kind.media_type(), Body::from_stream(content))
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::ClientId;
    use crate::file::{FileKind, FileName};
    use crate::record::{Sharing, Typed};
    use crate::web::samples;
    let mut person = samples::person();
    let accounts = samples::linked_clients();
    person.door.client = accounts.first().cloned();
    let typed = Typed {
        number: "20418".into(),
        title: "Cartage, October, 14 loads".into(),
        text: "Loads 1 to 14.\nTip fees included.".into(),
        on: "2026-11-03".into(),
        until: "2026-11-24".into(),
        amount: "4862.00".into(),
        currency: "AUD".into(),
        ..Typed::default()
    };
    let show = |kind: RecordKind, files: &[RecordFile]| {
        let record = Record {
            id: RecordId(uuid::Uuid::from_u128(1)),
            client_id: ClientId(uuid::Uuid::from_u128(110)),
            kind,
            details: typed.parse(kind).unwrap(),
            sharing: Sharing::Client,
            withdrawn: None,
            shared_by: "Hana Whitlock".into(),
            created_at: samples::NOW,
            updated_at: samples::NOW,
            version: 1,
        };
        let chrome = Chrome::bare("");
        let portal = person.chrome(&accounts, person.tabs(Here::Records(kind), &chrome), &chrome);
        samples::rendered(&page(&person, chrome, portal, &record, files, Day::of(samples::NOW)))
    };
    let file = RecordFile {
        id: RecordFileId(uuid::Uuid::from_u128(5)),
        name: FileName::parse("invoice 20418.pdf").unwrap(),
        kind: FileKind::Pdf,
        size: 84_512,
        digest: String::new(),
        added_by: "Hana Whitlock".into(),
        added_at: samples::NOW,
    };
    vec![
        ("portal/record", show(RecordKind::Invoice, &[file])),
        ("portal/record-document", show(RecordKind::Document, &[])),
    ]
}
