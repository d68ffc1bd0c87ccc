//! Adding a client.

use crate::act::App;
use crate::base::{Error, Problems};
use crate::client::{self, Typed};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::Form;
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/client_add.html")]
struct AddPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    typed: Typed,
    unsaved: &'static str,
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddForm {
    name: String,
    reference: String,
    email: String,
    phone: String,
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    let console = staff.chrome(&mut *staff.look(&app).await?, "clients").await?;
    let (problems, typed) = (Problems::default(), Typed::default());
    answer::page(&AddPage { chrome: chrome.titled("Add client"), console, problems, typed, unsaved: "" })
}

/// Adds the client.
pub async fn add(State(app): State<App>, chrome: Chrome, staff: Staff, Form(form): Form<AddForm>) -> Answer {
    let AddForm { name, reference, email, phone } = form;
    let typed = Typed { name, reference, email, phone, ..Typed::default() };
    let added = match typed.parse() {
        Ok(details) => client::acts::add(&app, &staff.actor, details).await,
        Err(problem) => Err(problem),
    };
    match added {
        Ok(client) => {
            let text = "Add its contacts next, then invite them to the portal.";
            answer::see_with(&format!("/console/clients/{}", client.id), "ok", &format!("{} added", client.name), text)
        }
        Err(Error::Invalid(problems)) => {
            let console = staff.chrome(&mut *staff.look(&app).await?, "clients").await?;
            let chrome = chrome.titled("Add client").with_error();
            answer::again(&AddPage { chrome, console, problems, typed, unsaved: "unsaved" })
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |problems: Problems| AddPage {
        chrome: Chrome::bare("Add client"),
        console: samples::console_chrome("clients"),
        problems,
        typed: Typed::default(),
        unsaved: "",
    };
    let taken = Problems::one("reference", "Bramble Civil already has this reference. Use another one.");
    vec![
        ("console/client_add", samples::rendered(&page(Problems::default()))),
        ("console/client_add-wrong", samples::rendered(&page(taken))),
    ]
}
