//! A colleague's group and role. It holds from their very next request.

use crate::access::Role;
use crate::act::{App, Look};
use crate::base::{Error, Problems, Result};
use crate::link;
use crate::link::people::Row;
use crate::link::places;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::Form;
use crate::web::place::{PlaceFields, PlaceForm, PlaceTyped};
use crate::web::portal::company::{Desk, Head, Here, Whom, linked, role_mark};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// What is missing where somebody is only invited.
const LINK: &str = "The link";

#[derive(Template)]
#[template(path = "portal/company_place.html")]
struct PlacePage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    problems: Problems,
    name: String,
    path: String,
    choice: PlaceFields,
    was_group: String,
    was_role: &'static str,
    /// Nobody else looks after the client: somebody else must first.
    last_admin: bool,
    /// Whether it is the reader's own place.
    own: bool,
    /// The role and the group by now, where somebody else was quicker.
    rival: Option<(String, String)>,
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    answer::page(&load(&mut look, &desk, chrome, &row).await?)
}

async fn load(look: &mut Look, desk: &Desk, chrome: Chrome, row: &Row) -> Result<PlacePage> {
    let (user, _) = linked(row, LINK)?;
    desk.must_move(row)?;
    let groups = desk.groups(look).await?;
    let last_admin = row.role == Role::GlobalAdmin && link::store::is_last_admin(look, user, desk.id()).await?;
    let title = chrome.say("company-place-title").with("name", &row.name);
    Ok(PlacePage {
        portal: desk.portal(look, &chrome).await?,
        head: desk.head(Here::Users, &chrome),
        chrome: chrome.titled(title),
        problems: Problems::default(),
        name: row.name.clone(),
        path: desk.path_of(row.contact),
        choice: PlaceFields::of(&groups, &PlaceTyped::of(row.place(), &groups), &desk.client.client_name),
        was_group: row.group.to_string(),
        was_role: row.role.code(),
        last_admin,
        own: desk.is_me(row),
        rival: None,
    })
}

/// Gives them that place.
pub async fn place(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(whom): Path<Whom>,
    Form(form): Form<PlaceForm>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    let (user, link) = linked(&row, LINK)?;
    let groups = desk.groups(&mut look).await?;
    drop(look);
    let typed = form.typed();
    let placed = match typed.place(&groups) {
        Ok(to) => places::place(&app, desk.actor(), user, link, form.was(row.place()), to).await,
        Err(error) => Err(error),
    };
    let (status, problems) = match placed {
        Ok(()) => {
            let title = chrome.say("company-placed").with("name", &row.name);
            return answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-placed-text"));
        }
        Err(Error::Conflict) => (StatusCode::CONFLICT, None),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, Some(problems)),
        Err(Error::Refused(why)) => (StatusCode::CONFLICT, Some(Problems::one("", why))),
        Err(other) => return Err(other.into()),
    };
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    let mut page = load(&mut look, &desk, chrome, &row).await?;
    if problems.is_none() {
        page.rival = Some((role_mark(row.role, &page.chrome).text.to_string(), row.group_name.clone()));
    }
    page.chrome = page.chrome.with_error();
    page.problems = problems.unwrap_or_default();
    page.choice = PlaceFields::of(&groups, &typed, &desk.client.client_name);
    answer::page_with(status, &page)
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::{sample_desk, sample_groups};
    use crate::web::samples;
    let sample = |group: &str, last_admin: bool, rival: bool| {
        let (desk, portal) = sample_desk();
        let chrome = Chrome::bare("");
        let typed = PlaceTyped { group: group.into(), global_admin: last_admin, group_manager: false };
        let title = chrome.say("company-place-title").with("name", "Beatrix Holm");
        samples::rendered(&PlacePage {
            portal,
            head: desk.head(Here::Users, &chrome),
            chrome: chrome.titled(title),
            problems: Problems::default(),
            name: "Beatrix Holm".into(),
            path: format!("{}/users/32", desk.path()),
            choice: PlaceFields::of(&sample_groups(), &typed, "Marlow Property Group"),
            was_group: "8".into(),
            was_role: "member",
            last_admin,
            own: last_admin,
            rival: rival.then(|| ("Group Manager".to_owned(), "Finance".to_owned())),
        })
    };
    vec![
        ("portal/company_place", sample("default", false, false)),
        ("portal/company_place-last", sample("default", true, false)),
        ("portal/company_place-rival", sample("default", false, true)),
    ]
}
