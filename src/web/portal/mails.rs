//! What somebody is mailed about: their own choice, signed in or by the link in a mail. Wanting no mail is not losing access
//! (PRODUCT.md rule 13).

use crate::access::{Actor, Origin, RecordKind, Sight};
use crate::act::App;
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::record::tell;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome, PortalChrome};
use crate::web::form::Form;
use crate::web::kinds::KindsForm;
use crate::web::portal::records::several;
use crate::web::portal::tabs::Here;
use crate::web::portal::{AtDoor, Person};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "portal/mails.html")]
struct Mails {
    chrome: Chrome,
    portal: PortalChrome,
    action: String,
    home: String,
    client: String,
    kinds: Vec<Kind>,
}

#[derive(Template)]
#[template(path = "portal/mail_choice.html")]
struct MailChoice {
    chrome: Chrome,
    entry: EntryChrome,
    action: String,
    business: String,
    client: String,
    kinds: Vec<Kind>,
}

/// A kind that one may be mailed about.
struct Kind {
    name: &'static str,
    text: String,
    wanted: bool,
}

fn kinds(declined: &Sight, on: &Sight, chrome: &Chrome) -> Vec<Kind> {
    let kind = |kind: RecordKind| Kind { name: kind.code(), text: several(kind, chrome), wanted: !declined.sees(kind) };
    on.kinds().map(kind).collect()
}

/// What is not ticked is not wanted; what the business has switched off was not on the form, and stays as it was.
fn declined(wanted: &Sight, on: &Sight, before: &Sight) -> Sight {
    RecordKind::ALL
        .iter()
        .copied()
        .filter(|kind| if on.sees(*kind) { !wanted.sees(*kind) } else { before.sees(*kind) })
        .collect()
}

/// The form, of somebody who is signed in.
pub async fn page(State(app): State<App>, chrome: Chrome, person: Person) -> Answer {
    let contact = person.contact_id()?;
    let mut look = app.look(&person.door.actor).await?;
    let choice = tell::choice(&mut look, contact).await?;
    let accounts = person.accounts(&mut look).await?;
    let portal = person.chrome(&accounts, person.tabs(Here::Elsewhere, &chrome), &chrome);
    let title = chrome.say("mails-title");
    answer::page(&Mails {
        kinds: kinds(&choice.declined, &person.door.records, &chrome),
        chrome: chrome.titled(title),
        portal,
        action: format!("{}/mails", person.client_base()),
        home: person.client_base(),
        client: person.client_name(),
    })
}

/// Saves it.
pub async fn save(State(app): State<App>, chrome: Chrome, person: Person, Form(form): Form<KindsForm>) -> Answer {
    let contact = person.contact_id()?;
    let before = tell::choice(&mut *app.look(&person.door.actor).await?, contact).await?.declined;
    let declined = declined(&form.sight(), &person.door.records, &before);
    tell::decline(&app, &person.door.actor, contact, declined).await?;
    answer::see_with(&format!("{}/mails", person.client_base()), "ok", &chrome.say("mails-saved"), "")
}

/// The form, of whoever holds the link in a mail. Looking changes nothing (S31).
pub async fn choice_page(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
) -> Answer {
    let mut look = app.look_at(door.0.id).await?;
    let contact = tell::of_token(&mut look, &presented(token)?).await?;
    let choice = tell::choice(&mut look, contact).await?;
    let client = crate::client::store::find(&mut look, choice.client).await?;
    answer::page(&choice_of(&door, chrome, client.name.as_str(), &choice.declined, ""))
}

fn choice_of(door: &AtDoor, chrome: Chrome, client: &str, declined: &Sight, action: &str) -> MailChoice {
    let title = chrome.say("mails-title");
    MailChoice {
        kinds: kinds(declined, &door.0.features, &chrome),
        chrome: chrome.titled(title),
        entry: door.entry(),
        action: action.to_owned(),
        business: door.0.name.to_string(),
        client: client.to_owned(),
    }
}

/// Saves it. The link can do nothing else, and works again.
pub async fn choose(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Extension(origin): Extension<Origin>,
    Path((slug, token)): Path<(String, String)>,
    Form(form): Form<KindsForm>,
) -> Answer {
    let mut look = app.look_at(door.0.id).await?;
    let contact = tell::of_token(&mut look, &presented(token.clone())?).await?;
    let before = tell::choice(&mut look, contact).await?.declined;
    drop(look);
    let declined = declined(&form.sight(), &door.0.features, &before);
    tell::decline(&app, &Actor::visitor(door.0.id, origin), contact, declined).await?;
    answer::see_with(&format!("/mail/{slug}/{token}"), "ok", &chrome.say("mails-saved"), "")
}

fn presented(token: String) -> Result<Token> {
    Token::presented(&token).ok_or(Error::NotFound("The page"))
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let mut person = samples::person();
    let accounts = samples::linked_clients();
    person.door.client = accounts.first().cloned();
    let chrome = Chrome::bare("");
    let no: Sight = [RecordKind::Docket].into_iter().collect();
    let page = Mails {
        kinds: kinds(&no, &Sight::everything(), &chrome),
        portal: person.chrome(&accounts, person.tabs(Here::Elsewhere, &chrome), &chrome),
        chrome: Chrome::bare("Mail you get"),
        action: "/portal/tidewater/clients/110/mails".into(),
        home: "/portal/tidewater/clients/110".into(),
        client: "Marlow Property Group".into(),
    };
    let choice = choice_of(&samples::at_door(), Chrome::bare(""), "Marlow Property Group", &no, "");
    vec![("portal/mails", samples::rendered(&page)), ("portal/mail_choice", samples::rendered(&choice))]
}
