//! Adding a contact to a client. An address that is blocked there stays blocked, and the page says so (rule 5).

use crate::act::App;
use crate::base::{Error, Problems};
use crate::client::{self, Client};
use crate::contact::{self, Typed};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::contact::mismatch::Notices;
use crate::web::console::contact::{client_of, path_of};
use crate::web::form::Form;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/contact_add.html")]
struct AddPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    client_path: String,
    company: String,
    typed: Typed,
    notices: Notices,
    unsaved: &'static str,
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddForm {
    first_name: String,
    last_name: String,
    title: String,
    email: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
}

impl From<AddForm> for Typed {
    fn from(form: AddForm) -> Self {
        let AddForm { first_name, last_name, title, email, cell_phone, office_phone, extension } = form;
        Self { first_name, last_name, title, email, cell_phone, office_phone, extension }
    }
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff, Path(client): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let client = client::store::find(&mut look, client_of(&client)?).await?;
    let console = staff.chrome(&mut look, "contacts").await?;
    answer::page(&blank(chrome, console, &client))
}

fn blank(chrome: Chrome, console: ConsoleChrome, client: &Client) -> AddPage {
    AddPage {
        chrome: chrome.titled(format!("Add contact to {}", client.name)),
        console,
        problems: Problems::default(),
        client_path: format!("/console/clients/{}", client.id),
        company: client.name.to_string(),
        typed: Typed::default(),
        notices: Notices::default(),
        unsaved: "",
    }
}

/// Adds the contact.
pub async fn add(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(client): Path<String>,
    Form(form): Form<AddForm>,
) -> Answer {
    let client = client_of(&client)?;
    let typed = Typed::from(form);
    let added = match typed.parse() {
        Ok(details) => contact::acts::add(&app, &staff.actor, client, details).await,
        Err(problem) => Err(problem),
    };
    match added {
        Ok(contact) => {
            let path = path_of(contact.id);
            match contact.blocked() {
                None => answer::see_with(&path, "ok", &format!("{} added", contact.name()), ""),
                Some(block) => {
                    let text = format!(
                        "{} was blocked from {}’s portal by {} on {}, and stays blocked until somebody unblocks it.",
                        contact.details.email,
                        contact.company,
                        block.by,
                        block.at.day()
                    );
                    answer::see_with(&path, "warn", &format!("{} added, and still blocked", contact.name()), &text)
                }
            }
        }
        Err(Error::Invalid(problems)) => {
            let mut look = staff.look(&app).await?;
            let client = client::store::find(&mut look, client).await?;
            let console = staff.chrome(&mut look, "contacts").await?;
            let page = blank(chrome, console, &client);
            let chrome = page.chrome.clone().with_error();
            answer::again(&AddPage { chrome, problems, typed, unsaved: "unsaved", ..page })
        }
        Err(other) => Err(other.into()),
    }
}

/// How the form looks, empty and sent back.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |problems: Problems| AddPage {
        chrome: Chrome::bare("Add contact to Bramble Civil"),
        console: samples::console_chrome("contacts"),
        problems,
        client_path: "/console/clients/110".into(),
        company: "Bramble Civil".into(),
        typed: Typed::default(),
        notices: Notices::default(),
        unsaved: "",
    };
    let wrong = Problems::one("first_name", "The first name is missing. Enter it.");
    vec![
        ("console/contact_add", samples::rendered(&page(Problems::default()))),
        ("console/contact_add-wrong", samples::rendered(&page(wrong))),
    ]
}
