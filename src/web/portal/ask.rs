//! Asking for access without an invitation (C6). Whoever asks is told the same, whatever becomes of it (S12).

use crate::access::Origin;
use crate::act::App;
use crate::base::text::{Email, PersonName, Reference};
use crate::base::{Error, Problems, Result};
use crate::request::{self, Wish};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::AtDoor;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct AskPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    typed: AskForm,
    asked: Asked,
    problems: Problems,
}

/// Whether it has been asked.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum Asked {
    #[default]
    No,
    Yes,
}

/// The form, filled in.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct AskForm {
    email: String,
    reference: String,
    #[serde(default)]
    name: String,
}

impl AskForm {
    fn parse(&self) -> Result<Wish> {
        let mut problems = Problems::default();
        let email = problems.check("email", Email::parse(&self.email));
        let reference = problems.check("reference", Reference::parse(&self.reference));
        let name = problems.check("name", PersonName::parse_optional(&self.name));
        match (email, reference, name) {
            (Some(email), Some(reference), Some(name)) => Ok(Wish { email, reference, name }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

impl AskPage {
    fn at(door: &AtDoor, chrome: Chrome, asked: Asked) -> Self {
        let title = match asked {
            Asked::No => chrome.say("ask-title"),
            Asked::Yes => chrome.say("ask-done"),
        };
        Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            typed: AskForm::default(),
            asked,
            problems: Problems::default(),
        }
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub struct Step {
    #[serde(default)]
    asked: Asked,
}

/// The form, or what is said after it.
pub async fn page(chrome: Chrome, door: AtDoor, Question(Step { asked }): Question<Step>) -> Answer {
    answer::page(&AskPage::at(&door, chrome, asked))
}

/// Asks.
pub async fn ask(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Extension(origin): Extension<Origin>,
    Form(form): Form<AskForm>,
) -> Answer {
    let asked = match form.parse() {
        Ok(wish) => request::acts::ask(&app, &door.0, &wish, origin).await,
        Err(problem) => Err(problem),
    };
    match asked {
        Ok(()) => answer::see(&format!("{}/ask?asked=yes", door.home())),
        Err(error) => answer::again_with(error, |problems| {
            let page = AskPage::at(&door, chrome, Asked::No);
            AskPage { chrome: page.chrome.with_error(), typed: form, problems, ..page }
        }),
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let door = samples::at_door();
    let page = |asked| AskPage::at(&door, Chrome::bare(""), asked);
    let wrong = Problems::one("reference", "The reference is missing. Enter it.");
    vec![
        ("portal/ask", samples::rendered(&page(Asked::No))),
        ("portal/ask-wrong", samples::rendered(&AskPage { problems: wrong, ..page(Asked::No) })),
        ("portal/ask-asked", samples::rendered(&page(Asked::Yes))),
    ]
}
