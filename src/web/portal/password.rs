//! Changing one's own password, because one wants to or because it is due.

use crate::act::App;
use crate::base::{Instant, Problems};
use crate::door::person;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::{AtDoor, Next, Person, onward, with_session};
use askama::Template;
use axum::extract::State;
use secrecy::SecretString;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/password.html")]
struct PasswordPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    business: String,
    email: String,
    due_since: Option<Instant>,
    /// Whoever came in with a temporary password has none yet that could be asked for.
    has_password: bool,
    next: String,
    problems: Problems,
}

impl PasswordPage {
    fn of(person: &Person, chrome: Chrome, next: String) -> Self {
        let door = AtDoor(person.business.clone());
        let title = chrome.say("password-change-yours");
        Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            business: person.business.name.to_string(),
            email: person.door.account.email.to_string(),
            due_since: person.door.account.password_due_since,
            has_password: person.door.account.password_hash.is_some(),
            next,
            problems: Problems::default(),
        }
    }
}

/// The form; where a change is due it says why.
pub async fn page(chrome: Chrome, person: Person, Question(Next { next }): Question<Next>) -> Answer {
    answer::page(&PasswordPage::of(&person, chrome, next))
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    #[serde(default)]
    current: SecretString,
    password: SecretString,
    next: String,
}

/// Changes it. Every other session ends; this browser goes on with a new one (S39).
pub async fn change(State(app): State<App>, chrome: Chrome, person: Person, Form(form): Form<PasswordForm>) -> Answer {
    match person::change_password(&app, &person.business, &person.door, form.current, form.password).await {
        Ok(token) => {
            let to = onward(&person.business, &form.next);
            let (title, text) = (chrome.say("password-changed"), chrome.say("password-changed-text"));
            Ok(with_session(answer::see_with(&to, "ok", &title, &text)?, &token))
        }
        Err(error) => answer::again_with(error, |problems| {
            let page = PasswordPage::of(&person, chrome, form.next);
            PasswordPage { chrome: page.chrome.with_error(), problems, ..page }
        }),
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let mut person = samples::person();
    let first = PasswordPage::of(&person, Chrome::bare(""), String::new());
    person.door.account.password_hash = Some(crate::base::secret::PasswordHash::made("set".into()));
    let page = |person: &Person| PasswordPage::of(person, Chrome::bare(""), String::new());
    let mut problems = Problems::one("current", "That is not your current password. Type it again.");
    problems.add("password", "Use at least 15 characters.");
    let wrong = PasswordPage { problems, ..page(&person) };
    let free = page(&person);
    person.door.account.password_due_since = Some(samples::NOW);
    let due = page(&person);
    vec![
        ("portal/password", samples::rendered(&free)),
        ("portal/password-first", samples::rendered(&first)),
        ("portal/password-due", samples::rendered(&due)),
        ("portal/password-wrong", samples::rendered(&wrong)),
    ]
}
