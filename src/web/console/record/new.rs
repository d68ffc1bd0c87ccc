//! Sharing something with a client.

use super::{Fields, RecordForm, parse, path_of};
use crate::access::RecordKind;
use crate::act::{App, Look};
use crate::base::{Day, Error, Problems, Result};
use crate::client::{self, Client};
use crate::record::{self, Audience, Typed, TypedSharing};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::{Form, Question};
use crate::web::parts::Tab;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/record_new.html")]
struct NewPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    client_path: String,
    records_path: String,
    client: String,
    action: String,
    kinds: Vec<Tab>,
    fields: Fields,
    off: bool,
    unsaved: &'static str,
}

/// Which kind is shared.
#[derive(Deserialize)]
pub struct OfKind {
    #[serde(default)]
    kind: String,
}

impl OfKind {
    fn kind(&self) -> RecordKind {
        RecordKind::of_code(&self.kind).unwrap_or(RecordKind::Document)
    }
}

async fn client_of(look: &mut Look, id: &str) -> Result<Client> {
    client::store::find(look, id.parse().map_err(|_| Error::NotFound("The client"))?).await
}

/// The form.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(of): Question<OfKind>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let typed = Typed {
        on: Day::of(look.now).to_string(),
        currency: record::store::usual_currency(&mut look).await?,
        ..Typed::default()
    };
    let sharing = TypedSharing { audience: Audience::Client.code().into(), ..TypedSharing::default() };
    answer::page(&load(&mut look, chrome, &staff, &client, of.kind(), typed, &sharing).await?)
}

async fn load(
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    client: &Client,
    kind: RecordKind,
    typed: Typed,
    sharing: &TypedSharing,
) -> Result<NewPage> {
    let client_path = format!("/console/clients/{}", client.id);
    Ok(NewPage {
        chrome: chrome.titled(format!("Share a {} with {}", kind.code(), client.name)),
        console: staff.chrome(look, "clients").await?,
        problems: Problems::default(),
        client: client.name.to_string(),
        records_path: format!("{client_path}/records"),
        action: format!("{client_path}/records/new?kind={}", kind.code()),
        kinds: kinds(&client_path, kind),
        fields: Fields::read(look, client.id, kind, typed, sharing).await?,
        off: !staff.business.features.sees(kind),
        client_path,
        unsaved: "",
    })
}

fn kinds(client_path: &str, here: RecordKind) -> Vec<Tab> {
    let tab = |kind: &RecordKind| Tab {
        text: kind.one().to_owned(),
        href: format!("{client_path}/records/new?kind={}", kind.code()),
        count: None,
        here: *kind == here,
    };
    RecordKind::ALL.iter().map(tab).collect()
}

/// Shares it.
pub async fn share(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(of): Question<OfKind>,
    Form(form): Form<RecordForm>,
) -> Answer {
    let kind = of.kind();
    let (_, typed, sharing) = form.split();
    let mut look = staff.look(&app).await?;
    let client = client_of(&mut look, &id).await?;
    let shared = match parse(kind, &typed, &sharing) {
        Ok((details, with)) => {
            drop(look);
            record::acts::share(&app, &staff.actor, client.id, kind, details, with).await
        }
        Err(problem) => Err(problem),
    };
    match shared {
        Ok(record) => {
            let title = format!("{} {} is shared with {}", kind.one(), record.details.number, client.name);
            answer::see_with(&path_of(record.id), "ok", &title, "")
        }
        Err(Error::Invalid(problems)) => {
            let mut look = staff.look(&app).await?;
            let page = load(&mut look, chrome, &staff, &client, kind, typed, &sharing).await?;
            let chrome = page.chrome.clone().with_error();
            answer::again(&NewPage { chrome, problems, unsaved: "unsaved", ..page })
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use super::{sample_fields, sample_typed};
    use crate::web::samples;
    let page = |kind: RecordKind, problems: Problems, typed: Typed| {
        samples::rendered(&NewPage {
            chrome: Chrome::bare("Share with Marlow Property Group"),
            console: samples::console_chrome("clients"),
            off: !problems.is_empty(),
            problems,
            client_path: "/console/clients/110".into(),
            records_path: "/console/clients/110/records".into(),
            client: "Marlow Property Group".into(),
            action: "/console/clients/110/records/new?kind=invoice".into(),
            kinds: kinds("/console/clients/110", kind),
            fields: sample_fields(kind, typed),
            unsaved: "",
        })
    };
    let wrong = Typed::default().parse(RecordKind::Invoice);
    let Err(Error::Invalid(wrong)) = wrong else { return Vec::new() };
    vec![
        ("console/record_new", page(RecordKind::Invoice, Problems::default(), sample_typed())),
        ("console/record_new-wrong", page(RecordKind::Invoice, wrong, Typed::default())),
        ("console/record_new-document", page(RecordKind::Document, Problems::default(), Typed::default())),
    ]
}
