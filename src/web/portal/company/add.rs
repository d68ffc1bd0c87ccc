//! Adding a colleague: who they are, and into which group. They are invited; nothing tells whether the address is known elsewhere.

use crate::act::{App, Look};
use crate::base::{Error, Problems, Result};
use crate::contact::Typed;
use crate::invitation::{Invitation, Way};
use crate::link::adding::{self, Added, Known, Meant, New};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::Form;
use crate::web::place::{PlaceFields, PlaceTyped};
use crate::web::portal::company::{Desk, Head, Here};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/company_add.html")]
struct AddPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    problems: Problems,
    typed: Typed,
    choice: PlaceFields,
    unsaved: &'static str,
}

/// The form, filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddForm {
    first_name: String,
    last_name: String,
    title: String,
    email: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
    group: String,
    #[serde(default)]
    global_admin: String,
    #[serde(default)]
    group_manager: String,
}

impl AddForm {
    fn typed(&self) -> Typed {
        Typed {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            title: self.title.clone(),
            email: self.email.clone(),
            cell_phone: self.cell_phone.clone(),
            office_phone: self.office_phone.clone(),
            extension: self.extension.clone(),
        }
    }

    fn place(&self) -> PlaceTyped {
        PlaceTyped::posted(&self.group, &self.global_admin, &self.group_manager)
    }
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, desk: Desk) -> Answer {
    let mut look = desk.look(&app).await?;
    answer::page(&load(&mut look, &desk, chrome, Typed::default(), &PlaceTyped::default()).await?)
}

async fn load(look: &mut Look, desk: &Desk, chrome: Chrome, typed: Typed, place: &PlaceTyped) -> Result<AddPage> {
    let groups = desk.groups(look).await?;
    let title = chrome.say("company-add");
    Ok(AddPage {
        portal: desk.portal(look, &chrome).await?,
        head: desk.head(Here::Users, &chrome),
        chrome: chrome.titled(title),
        problems: Problems::default(),
        choice: PlaceFields::of(&groups, place, &desk.client.client_name),
        typed,
        unsaved: "",
    })
}

/// Adds them.
pub async fn add(State(app): State<App>, chrome: Chrome, desk: Desk, Form(form): Form<AddForm>) -> Answer {
    let groups = desk.groups(&mut *desk.look(&app).await?).await?;
    let added = match (form.typed().parse(), form.place().place(&groups)) {
        (Ok(details), Ok(place)) => {
            let new = New { client: desk.id(), details, place, way: Way::Link, meant: Meant::Nobody };
            adding::add(&app, desk.actor(), new).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let problem = match added {
        Ok(Added::Invited(contact, invitation)) => return done(&desk, &chrome, &contact.name(), &invitation),
        Ok(Added::Known(known)) => Error::invalid("email", known_words(&known, &desk)),
        Err(error @ (Error::Invalid(_) | Error::Refused(_) | Error::TooMany(_))) => error,
        Err(other) => return Err(other.into()),
    };
    let mut look = desk.look(&app).await?;
    let page = load(&mut look, &desk, chrome, form.typed(), &form.place()).await?;
    answer::again_with(problem, |problems| AddPage {
        chrome: page.chrome.clone().with_error(),
        problems,
        unsaved: "unsaved",
        ..page
    })
}

/// Who has the address at this client already.
fn known_words(known: &Known, desk: &Desk) -> crate::language::Said {
    let client = desk.client.client_name.as_str();
    match known {
        Known::Contact(contact) => {
            crate::language::say("company-invited-already").with("name", contact.name()).with("client", client)
        }
        Known::Linked(user) | Known::Person(user) => {
            crate::language::say("company-user-already").with("name", &user.name).with("client", client)
        }
    }
}

fn done(desk: &Desk, page: &Chrome, name: &str, invitation: &Invitation) -> Answer {
    let title = page.say("company-added").with("name", name);
    let text = page
        .say("company-added-text")
        .with("email", invitation.email.as_str())
        .with("date", page.lang.short_date(invitation.expires_at.timestamp()));
    answer::see_with(&desk.path(), "ok", &title, &text)
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::access::Charge;
    use crate::base::id::GroupId;
    use crate::web::portal::company::{sample_desk, sample_groups};
    use crate::web::samples;
    let sample = |problems: Problems, managing: bool| {
        let (mut desk, portal) = sample_desk();
        let mut groups = sample_groups();
        if managing {
            desk.charge = Charge::Group(GroupId(uuid::Uuid::from_u128(8)));
            groups.remove(0);
        }
        let chrome = Chrome::bare("");
        let title = chrome.say("company-add");
        samples::rendered(&AddPage {
            portal,
            head: desk.head(Here::Users, &chrome),
            chrome: chrome.titled(title),
            problems,
            typed: Typed { email: "lucy.nakamura@marlow.example.com".into(), ..Typed::default() },
            choice: PlaceFields::of(&groups, &PlaceTyped::default(), "Marlow Property Group"),
            unsaved: "",
        })
    };
    let known = crate::language::say("company-invited-already").with("name", "Lucy").with("client", "Marlow");
    vec![
        ("portal/company_add", sample(Problems::default(), false)),
        ("portal/company_add-manager", sample(Problems::default(), true)),
        ("portal/company_add-wrong", sample(Problems::one("email", known), false)),
    ]
}
