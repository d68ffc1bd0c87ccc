//! A person's own profile and security: their details, the address they sign in with, the language, where they are signed in,
//! and everything that is known about them as a file.

use crate::account::session::Session;
use crate::act::App;
use crate::base::id::SessionId;
use crate::base::text::Email;
use crate::base::{Error, Problems, Result};
use crate::door::{own_data, person};
use crate::language::{Language, Said, say};
use crate::portal_user::profile::{self, Saved, Typed};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::device;
use crate::web::form::{Form, Nothing};
use crate::web::portal::Person;
use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use secrecy::SecretString;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/profile.html")]
struct ProfilePage {
    chrome: Chrome,
    portal: PortalChrome,
    path: String,
    problems: Problems,
    typed: Typed,
    version: i64,
    email: String,
    new_email: String,
    waiting: Option<Waiting>,
    has_password: bool,
    password_set: String,
    languages: Vec<LanguageChoice>,
    sessions: Vec<Place>,
    several: bool,
}

/// A new address that waits to be confirmed.
struct Waiting {
    to: String,
    until: crate::base::Instant,
}

/// A language to choose.
struct LanguageChoice {
    value: &'static str,
    text: &'static str,
    chosen: bool,
}

/// Where somebody is signed in.
struct Place {
    id: SessionId,
    device: String,
    icon: &'static str,
    address: String,
    seen_at: crate::base::Instant,
    here: bool,
}

fn place(session: Session, here: SessionId, language: Language) -> Place {
    let phone = ["iPhone", "Android", "iPad"].iter().any(|mark| session.device.contains(mark));
    Place {
        id: session.id,
        device: device::words(&session.device, language),
        icon: if phone { "phone" } else { "monitor" },
        address: session.address,
        seen_at: session.seen_at,
        here: session.id == here,
    }
}

async fn load(app: &App, person: &Person, chrome: Chrome) -> Result<ProfilePage> {
    let account = &person.door.account;
    let accounts = person.accounts(&mut *app.look(&person.door.actor).await?).await?;
    let waiting = profile::waiting_email(app, &person.door.actor, account).await?;
    let sessions = person::sessions(app, &person.door).await?;
    let (here, language) = (person.door.session.id, chrome.lang);
    Ok(ProfilePage::of(
        person,
        chrome,
        &accounts,
        waiting.map(|w| Waiting { to: w.change.to(), until: w.expires_at }),
        {
            let mut places: Vec<_> = sessions.into_iter().map(|session| place(session, here, language)).collect();
            places.sort_by_key(|place| !place.here);
            places
        },
    ))
}

impl ProfilePage {
    fn of(
        person: &Person,
        chrome: Chrome,
        accounts: &[crate::link::LinkedClient],
        waiting: Option<Waiting>,
        sessions: Vec<Place>,
    ) -> Self {
        let account = &person.door.account;
        let set_at = account.password_set_at.map(|at| chrome.lang.long_date(at.timestamp()));
        let title = chrome.say("profile");
        let languages = Language::ALL.map(|language| LanguageChoice {
            value: language.code(),
            text: language.name(),
            chosen: language == chrome.lang,
        });
        Self {
            portal: person.chrome(accounts, Vec::new(), &chrome),
            path: format!("{}/profile", person.base()),
            problems: Problems::default(),
            typed: Typed::from(account),
            version: account.version,
            email: account.email.to_string(),
            new_email: String::new(),
            waiting,
            has_password: account.password_hash.is_some(),
            password_set: set_at
                .map(|at| chrome.say("profile-password-since").with("date", at).into())
                .unwrap_or_default(),
            languages: languages.into(),
            several: sessions.len() > 1,
            sessions,
            chrome: chrome.titled(title),
        }
    }
}

/// The page.
pub async fn page(State(app): State<App>, chrome: Chrome, person: Person) -> Answer {
    answer::page(&load(&app, &person, chrome).await?)
}

/// The form of one's details, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailsForm {
    version: i64,
    first_name: String,
    last_name: String,
    title: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
}

/// Saves one's details.
pub async fn save(State(app): State<App>, chrome: Chrome, person: Person, Form(form): Form<DetailsForm>) -> Answer {
    let DetailsForm { version, first_name, last_name, title, cell_phone, office_phone, extension } = form;
    let typed = Typed { first_name, last_name, title, cell_phone, office_phone, extension };
    let saved = match typed.parse() {
        Ok(wanted) => profile::save(&app, &person.door.actor, person.door.account.id, version, wanted).await,
        Err(error) => Err(error),
    };
    let path = format!("{}/profile", person.base());
    match saved {
        Ok(Saved::Changed) => answer::see_with(&path, "ok", &chrome.say("profile-saved"), ""),
        Ok(Saved::AsBefore) => answer::see_with(&path, "info", &chrome.say("profile-as-before"), ""),
        Err(error) => {
            let page = load(&app, &person, chrome).await?;
            // What was typed stays; it is saved over what is there now only when somebody looks and sends it again.
            let error = match error {
                Error::Conflict => Error::refused(say("error-conflict")),
                other => other,
            };
            answer::again_with(error, |problems| ProfilePage {
                chrome: page.chrome.with_error(),
                problems,
                typed,
                ..page
            })
        }
    }
}

/// The form of another address, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailForm {
    email: String,
    current: SecretString,
}

/// Asks to sign in with another address.
pub async fn change_email(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Form(form): Form<EmailForm>,
) -> Answer {
    let asked = match Email::parse(&form.email) {
        Ok(email) => person::change_email(&app, &person.door, form.current, email).await,
        Err(why) => Err(Error::invalid("email", why.0)),
    };
    match asked {
        Ok(()) => {
            let text = chrome.say("profile-email-asked-text").with("email", form.email.trim());
            answer::see_with(&format!("{}/profile", person.base()), "ok", &chrome.say("profile-email-asked"), &text)
        }
        Err(error) => {
            let page = load(&app, &person, chrome).await?;
            answer::again_with(error, |problems| ProfilePage {
                chrome: page.chrome.with_error(),
                problems,
                new_email: form.email,
                ..page
            })
        }
    }
}

/// Takes back the change of the address that waits.
pub async fn withdraw_email(State(app): State<App>, chrome: Chrome, person: Person, _: Form<Nothing>) -> Answer {
    let path = format!("{}/profile", person.base());
    match profile::withdraw_email(&app, &person.door.actor, &person.door.account).await {
        Ok(()) => answer::see_with(&path, "ok", &chrome.say("profile-email-withdrawn"), ""),
        Err(Error::Refused(why)) => answer::see_with(&path, "info", &chrome.read(&why), ""),
        Err(other) => Err(other.into()),
    }
}

/// Signs out everywhere else.
pub async fn end_sessions(State(app): State<App>, chrome: Chrome, person: Person, _: Form<Nothing>) -> Answer {
    let ended = person::end_other_sessions(&app, &person.door).await.map(|_| ());
    after_sessions(&chrome, &person, ended, chrome.say("profile-signed-out-elsewhere"))
}

/// Signs out on one device.
pub async fn end_session(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Path((_, session)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let id = session.parse().map_err(|_| Failed(Error::NotFound("The session")))?;
    let ended = person::end_session(&app, &person.door, id).await;
    after_sessions(&chrome, &person, ended, chrome.say("profile-signed-out-there"))
}

fn after_sessions(chrome: &Chrome, person: &Person, ended: Result<()>, done: Said) -> Answer {
    let path = format!("{}/profile", person.base());
    match ended {
        Ok(()) => answer::see_with(&path, "ok", &done, ""),
        Err(Error::Refused(why)) => answer::see_with(&path, "info", &chrome.read(&why), ""),
        Err(other) => Err(other.into()),
    }
}

/// Everything that is known about the person, as a file.
pub async fn own_data(State(app): State<App>, chrome: Chrome, person: Person, _: Form<Nothing>) -> Answer {
    match own_data::take(&app, &person.door).await {
        Ok(text) => answer::attachment("own-data.json", "application/json", Body::from(text)),
        Err(Error::Refused(why)) => {
            answer::see_with(&format!("{}/profile", person.base()), "info", &chrome.read(&why), "")
        }
        Err(other) => Err(other.into()),
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let mut person = samples::person();
    person.door.account.password_hash = Some(crate::base::secret::PasswordHash::made("set".into()));
    let accounts = samples::linked_clients();
    let here = person.door.session.id;
    let phone = Session {
        id: SessionId(uuid::Uuid::from_u128(77)),
        device: "iPhone Safari/".into(),
        ..person.door.session.clone()
    };
    let page = |waiting: Option<Waiting>| {
        let places =
            vec![place(person.door.session.clone(), here, Language::En), place(phone.clone(), here, Language::En)];
        ProfilePage::of(&person, Chrome::bare(""), &accounts, waiting, places)
    };
    let waiting = Waiting { to: "priya@marlow.example.com".into(), until: samples::NOW.plus_days(3) };
    let wrong = Problems::one("current", say("password-not-current"));
    vec![
        ("portal/profile", samples::rendered(&page(None))),
        ("portal/profile-waiting", samples::rendered(&page(Some(waiting)))),
        ("portal/profile-wrong", samples::rendered(&ProfilePage { problems: wrong, ..page(None) })),
    ]
}
