//! What somebody is mailed about: their own choice, signed in or by the link in a mail. Wanting no mail is not losing access
//! (PRODUCT.md rule 13).

use crate::access::{Actor, Origin, RecordKind, Sight};
use crate::account::Account;
use crate::act::{App, Look};
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::contact::{self, Contact};
use crate::door::person;
use crate::record::tell;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome, PortalChrome};
use crate::web::form::Form;
use crate::web::kinds::KindsForm;
use crate::web::portal::records::several;
use crate::web::portal::tabs::Here;
use crate::web::portal::{AtDoor, Person, PortalCookie};
use crate::{link, portal_user};
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
    business: String,
    client: String,
    /// Whose mail it is about.
    email: String,
    /// Name and address of whoever is signed in in this browser, where that is somebody else.
    somebody_else: Option<(String, String)>,
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
    PortalCookie(cookie): PortalCookie,
    Path((_, token)): Path<(String, String)>,
) -> Answer {
    let mut look = app.look_at(door.0.id).await?;
    let contact = tell::of_token(&mut look, &presented(token)?).await?;
    let choice = tell::choice(&mut look, contact).await?;
    let contact = contact::store::find(&mut look, contact).await?;
    let signed_in = person::signed_in(&app, &mut look, cookie.as_ref()).await?;
    let somebody_else = match signed_in {
        Some(account) if !is_reader(&mut look, &account, &contact).await? => {
            Some((account.name(), account.email.to_string()))
        }
        _ => None,
    };
    let page = choice_of(&door, chrome, &contact.company, &contact.details.email, &choice.declined);
    answer::page(&MailChoice { somebody_else, ..page })
}

/// Whether an account is the reader's: it has the address that the letter went to, or is linked with the contact.
async fn is_reader(look: &mut Look, account: &Account, contact: &Contact) -> Result<bool> {
    if account.email == contact.details.email {
        return Ok(true);
    }
    let link = link::store::of_contact(look, contact.id).await?;
    let user = portal_user::store::of_account(look, account.id).await?;
    Ok(link.zip(user).is_some_and(|(link, user)| link.portal_user_id == user.id))
}

fn choice_of(door: &AtDoor, chrome: Chrome, client: &str, email: &Email, declined: &Sight) -> MailChoice {
    let title = chrome.say("mails-title");
    MailChoice {
        kinds: kinds(declined, &door.0.features, &chrome),
        chrome: chrome.titled(title),
        entry: door.entry(),
        business: door.0.name.to_string(),
        client: client.to_owned(),
        email: email.to_string(),
        somebody_else: None,
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
    Token::presented(&token).ok_or(Error::NotFound("The link"))
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
    let choice =
        || choice_of(&samples::at_door(), Chrome::bare(""), "Marlow Property Group", &person.door.account.email, &no);
    let other = Some(("Joel Okafor".into(), "joel.okafor@marlow.example.com".into()));
    let other = MailChoice { somebody_else: other, ..choice() };
    vec![
        ("portal/mails", samples::rendered(&page)),
        ("portal/mail_choice", samples::rendered(&choice())),
        ("portal/mail_choice-other", samples::rendered(&other)),
    ]
}
