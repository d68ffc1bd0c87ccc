//! Approving an access request of somebody who is not on record yet: the contact is added, and invited.

use super::{after, id_of, path_of};
use crate::act::{App, Look};
use crate::base::id::ClientId;
use crate::base::{Error, Problems, Result};
use crate::client;
use crate::contact::Typed;
use crate::request::{self, Request, acts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::contact::Notices;
use crate::web::form::{Form, Question};
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/request_new.html")]
struct NewPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    path: String,
    email: String,
    client: String,
    company: String,
    typed: Typed,
    notices: Notices,
    unsaved: &'static str,
}

/// At which client.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    client: String,
}

/// The form for somebody who is not on record yet.
pub async fn new_page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(Chosen { client }): Question<Chosen>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let request = request::store::find(&mut look, id_of(&id)?).await?;
    let Ok(client) = client.parse::<ClientId>() else { return answer::see(&path_of(request.id)) };
    let (first, last) = request.name.rsplit_once(' ').unwrap_or((request.name.as_str(), ""));
    let typed = Typed {
        first_name: first.into(),
        last_name: last.into(),
        email: request.email.to_string(),
        ..Typed::default()
    };
    answer::page(&blank(&mut look, chrome, &staff, &request, client, typed).await?)
}

async fn blank(
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    request: &Request,
    client: ClientId,
    typed: Typed,
) -> Result<NewPage> {
    let client = client::store::find(look, client).await?;
    Ok(NewPage {
        chrome: chrome.titled(format!("Add contact to {}", client.name)),
        console: staff.chrome(look, "requests").await?,
        problems: Problems::default(),
        path: path_of(request.id),
        email: request.email.to_string(),
        client: client.id.to_string(),
        company: client.name.to_string(),
        typed,
        notices: Notices::default(),
        unsaved: "",
    })
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    client: String,
    first_name: String,
    last_name: String,
    title: String,
    email: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
}

/// Adds the contact, and invites it.
pub async fn new(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<NewForm>,
) -> Answer {
    let NewForm { client, first_name, last_name, title, email, cell_phone, office_phone, extension } = form;
    let typed = Typed { first_name, last_name, title, email, cell_phone, office_phone, extension };
    let id = id_of(&id)?;
    let client: ClientId = client.parse().map_err(|_| Error::NotFound("The client"))?;
    let approved = match typed.parse() {
        Ok(details) => acts::approve_new(&app, &staff.actor, id, client, details).await,
        Err(problem) => Err(problem),
    };
    match approved {
        Ok(invitation) => after(&invitation),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let mut look = staff.look(&app).await?;
            let request = request::store::find(&mut look, id).await?;
            let page = blank(&mut look, chrome, &staff, &request, client, typed).await?;
            answer::again_with(error, |problems| NewPage {
                chrome: page.chrome.with_error(),
                problems,
                unsaved: "unsaved",
                ..page
            })
        }
        Err(other) => Err(other.into()),
    }
}

/// How the form looks.
#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let new = NewPage {
        chrome: Chrome::bare("Add contact to Bramble Civil"),
        console: samples::console_chrome("requests"),
        problems: Problems::default(),
        path: "/console/requests/14".into(),
        email: "ana.costa@bramble.example.com".into(),
        client: "110".into(),
        company: "Bramble Civil".into(),
        typed: Typed { first_name: "Ana".into(), last_name: "Costa".into(), ..Typed::default() },
        notices: Notices::default(),
        unsaved: "",
    };
    vec![("console/request_new", samples::rendered(&new))]
}
