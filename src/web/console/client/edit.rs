//! Changing a client's details and whether it still is a client. Two people at once: the second is shown what the first
//! changed.

use crate::act::{App, Look};
use crate::base::id::ClientId;
use crate::base::{Error, Problems};
use crate::client::{self, Client, Status, Typed};
use crate::language::Language;
use crate::link;
use crate::link::client::Changed;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::clash::Clash;
use crate::web::form::Form;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/client_edit.html")]
struct EditPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    clash: Option<Clash>,
    name: String,
    client_path: String,
    path: String,
    typed: Typed,
    languages: Vec<LanguageChoice>,
    statuses: [Choice; 2],
    version: i64,
    unsaved: &'static str,
}

/// A status that the client may have, with what it means.
struct Choice {
    value: &'static str,
    text: &'static str,
    hint: String,
    chosen: bool,
}

/// A language that the client's people may read; the first leaves it open.
pub(super) struct LanguageChoice {
    value: &'static str,
    text: &'static str,
    chosen: bool,
}

/// The languages that a client can be given.
pub(super) fn languages(chosen: &str) -> Vec<LanguageChoice> {
    let open = LanguageChoice { value: "", text: "The business’s, or their browser’s", chosen: chosen.is_empty() };
    let named = Language::ALL.into_iter().map(|language| LanguageChoice {
        value: language.code(),
        text: language.name(),
        chosen: language.code() == chosen,
    });
    std::iter::once(open).chain(named).collect()
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditForm {
    version: i64,
    name: String,
    reference: String,
    email: String,
    phone: String,
    #[serde(default)]
    language: String,
    status: String,
}

fn id_of(text: &str) -> Result<ClientId, Error> {
    text.parse().map_err(|_| Error::NotFound("The client"))
}

fn statuses(chosen: Status, grace_days: i64) -> [Choice; 2] {
    let exited = match grace_days {
        0 => "No longer a client. Nothing of it opens for its people any more".to_owned(),
        1 => "No longer a client. Its people get in for one more day, then nothing of it opens".to_owned(),
        n => format!("No longer a client. Its people get in for {n} more days, then nothing of it opens"),
    };
    let choice = |status: Status, hint: String| Choice {
        value: status.code(),
        text: status.label(),
        hint,
        chosen: status == chosen,
    };
    [
        choice(Status::Active, "Its people get in, as far as they are connected, and can be invited.".into()),
        choice(Status::Exited, format!("{exited}. Nobody of it can be invited. Contacts, links and history stay.")),
    ]
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client::store::find(&mut look, id_of(&id)?).await?;
    answer::page(&load(&mut look, chrome, &staff, &client).await?)
}

async fn load(look: &mut Look, chrome: Chrome, staff: &Staff, client: &Client) -> Result<EditPage, Error> {
    let client_path = format!("/console/clients/{}", client.id);
    Ok(EditPage {
        chrome: chrome.titled(format!("Edit {}", client.name)),
        console: staff.chrome(look, "clients").await?,
        problems: Problems::default(),
        clash: None,
        name: client.name.to_string(),
        path: format!("{client_path}/edit"),
        client_path,
        typed: Typed::from(&client.details()),
        languages: languages(client.language.map(Language::code).unwrap_or_default()),
        statuses: statuses(client.status, staff.business.exit_grace_days),
        version: client.version,
        unsaved: "",
    })
}

/// Changes the client.
pub async fn edit(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<EditForm>,
) -> Answer {
    let id = id_of(&id)?;
    let EditForm { version, name, reference, email, phone, language, status } = form;
    let typed = Typed { name, reference, email, phone, language };
    let chosen = Status::of_code(&status);
    let done = match (typed.parse(), chosen) {
        (Ok(details), Some(status)) => link::client::edit(&app, &staff.actor, id, version, details, status).await,
        (Err(problem), _) => Err(problem),
        (Ok(_), None) => Err(Error::invalid("status", "Choose whether it still is a client.")),
    };
    let problems = match done {
        Ok(edited) => return saved(&edited),
        Err(Error::Invalid(problems)) => Some(problems),
        Err(Error::Conflict) => None,
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let client = client::store::find(&mut look, id).await?;
    let mut page = load(&mut look, chrome, &staff, &client).await?;
    page.chrome = page.chrome.with_error();
    page.unsaved = "unsaved";
    let status = if let Some(problems) = problems {
        page.problems = problems;
        page.version = version;
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        let mut fields = page.typed.differences(&typed);
        if let Some(chosen) = chosen.filter(|chosen| *chosen != client.status) {
            fields.push(("status", client.status.label().to_owned(), chosen.label().to_owned()));
        }
        page.clash = Some(Clash::of(&mut look, "client", id.0, fields).await?);
        StatusCode::CONFLICT
    };
    page.languages = languages(&typed.language);
    page.typed = typed;
    page.statuses = statuses(chosen.unwrap_or(client.status), staff.business.exit_grace_days);
    answer::page_with(status, &page)
}

fn saved(edited: &link::client::Edited) -> Answer {
    let path = format!("/console/clients/{}", edited.client.id);
    let name = &edited.client.name;
    match edited.changed {
        Changed::No => {
            answer::see_with(&path, "info", "Nothing to save", &format!("{name}’s details are as they were."))
        }
        Changed::Yes => answer::see_with(&path, "ok", &format!("{name} saved"), ""),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::console::clash;
    use crate::web::samples;
    let page = |problems: Problems, clash: Option<Clash>| EditPage {
        chrome: Chrome::bare("Edit Marlow Property Group"),
        console: samples::console_chrome("clients"),
        problems,
        clash,
        name: "Marlow Property Group".into(),
        client_path: "/console/clients/110".into(),
        path: "/console/clients/110/edit".into(),
        typed: Typed { name: "Marlow Property Group".into(), reference: "C-1120".into(), ..Typed::default() },
        languages: languages(""),
        statuses: statuses(Status::Active, 30),
        version: 2,
        unsaved: "",
    };
    let taken = Problems::one("reference", "Bramble Civil already has this reference. Use another one.");
    vec![
        ("console/client_edit", samples::rendered(&page(Problems::default(), None))),
        ("console/client_edit-wrong", samples::rendered(&page(taken, None))),
        ("console/client_edit-clash", samples::rendered(&page(Problems::default(), Some(clash::sample("client"))))),
    ]
}
