//! Changing a colleague's details, as the business records them. Their own account is theirs; and the address that they sign in
//! with, or were invited at, is not changed from here.

use crate::act::{App, Look};
use crate::base::{Error, Problems, Result};
use crate::contact::{self, Typed};
use crate::language::Said;
use crate::link::acts::edit_contact;
use crate::link::people::Row;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::Form;
use crate::web::portal::company::{Desk, Head, Here, Whom};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/company_edit.html")]
struct EditPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    problems: Problems,
    name: String,
    path: String,
    typed: Typed,
    /// Whether the address is what they sign in with, or where the invitation went.
    linked: bool,
    version: i64,
    /// What somebody else changed meanwhile: the field, what it is now.
    rival: Vec<(Said, String)>,
    unsaved: &'static str,
}

/// The form, filled in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditForm {
    version: i64,
    first_name: String,
    last_name: String,
    title: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    answer::page(&load(&mut look, &desk, chrome, &row).await?)
}

async fn load(look: &mut Look, desk: &Desk, chrome: Chrome, row: &Row) -> Result<EditPage> {
    let contact = contact::store::find(look, row.contact).await?;
    let title = chrome.say("company-edit-title").with("name", &row.name);
    Ok(EditPage {
        portal: desk.portal(look, &chrome).await?,
        head: desk.head(Here::Users, &chrome),
        chrome: chrome.titled(title),
        problems: Problems::default(),
        name: row.name.clone(),
        path: desk.path_of(row.contact),
        typed: Typed { email: row.email.clone(), ..Typed::from(&contact.details) },
        linked: row.linked.is_some(),
        version: contact.version,
        rival: Vec::new(),
        unsaved: "",
    })
}

/// Changes them.
pub async fn edit(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(whom): Path<Whom>,
    Form(form): Form<EditForm>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    let recorded = Typed::from(&contact::store::find(&mut look, row.contact).await?.details);
    drop(look);
    let EditForm { version, first_name, last_name, title, cell_phone, office_phone, extension } = form;
    let email = recorded.email.clone();
    let typed = Typed { first_name, last_name, title, email, cell_phone, office_phone, extension };
    let edited = match typed.parse() {
        Ok(details) => edit_contact(&app, desk.actor(), row.contact, version, details).await,
        Err(problem) => Err(problem),
    };
    let (status, problems) = match edited {
        Ok(edited) => return saved(&desk, &chrome, &row.name, edited.changed),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, Some(problems)),
        Err(Error::Conflict) => (StatusCode::CONFLICT, None),
        Err(other) => return Err(other.into()),
    };
    let mut look = desk.look(&app).await?;
    let mut page = load(&mut look, &desk, chrome, &row).await?;
    page.chrome = page.chrome.with_error();
    page.unsaved = "unsaved";
    match problems {
        Some(problems) => {
            page.problems = problems;
            page.version = version;
        }
        None => page.rival = differences(&page.typed, &typed, &page.chrome),
    }
    page.typed = Typed { email: row.email, ..typed };
    answer::page_with(status, &page)
}

fn saved(desk: &Desk, page: &Chrome, name: &str, changed: bool) -> Answer {
    if changed {
        answer::see_with(&desk.path(), "ok", &page.say("company-saved").with("name", name), "")
    } else {
        answer::see_with(&desk.path(), "info", &page.say("company-same"), "")
    }
}

/// What is there now, where it differs from what was typed.
fn differences(now: &Typed, typed: &Typed, page: &Chrome) -> Vec<(Said, String)> {
    let fields = [
        (page.say("field-first-name"), &now.first_name, &typed.first_name),
        (page.say("field-last-name"), &now.last_name, &typed.last_name),
        (page.say("company-field-title"), &now.title, &typed.title),
        (page.say("company-field-cell"), &now.cell_phone, &typed.cell_phone),
        (page.say("company-field-office"), &now.office_phone, &typed.office_phone),
        (page.say("company-field-extension"), &now.extension, &typed.extension),
    ];
    let differ = fields.into_iter().filter(|(_, now, typed)| now.trim() != typed.trim());
    differ.map(|(label, now, _)| (label, if now.is_empty() { "–".to_owned() } else { now.clone() })).collect()
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::sample_desk;
    use crate::web::samples;
    let sample = |problems: Problems, rival: bool| {
        let (desk, portal) = sample_desk();
        let chrome = Chrome::bare("");
        let typed = Typed {
            first_name: "Joel".into(),
            last_name: "Okafor".into(),
            email: "joel.okafor@marlow.example.com".into(),
            cell_phone: "0423 456 789".into(),
            ..Typed::default()
        };
        let now = Typed { cell_phone: "0423 000 000".into(), ..typed.clone() };
        let title = chrome.say("company-edit-title").with("name", "Joel Okafor");
        samples::rendered(&EditPage {
            portal,
            head: desk.head(Here::Users, &chrome),
            rival: if rival { differences(&now, &typed, &chrome) } else { Vec::new() },
            chrome: chrome.titled(title),
            problems,
            name: "Joel Okafor".into(),
            path: desk.path(),
            typed,
            linked: rival,
            version: 1,
            unsaved: "",
        })
    };
    vec![
        ("portal/company_edit", sample(Problems::default(), false)),
        ("portal/company_edit-wrong", sample(Problems::one("last_name", "Enter a last name"), false)),
        ("portal/company_edit-rival", sample(Problems::default(), true)),
    ]
}
