//! Which record kinds the business's clients have.

use crate::access::{RecordKind, Sight};
use crate::act::App;
use crate::base::Error;
use crate::business::acts;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::Form;
use crate::web::kinds::KindsForm;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "console/features.html")]
struct Features {
    chrome: Chrome,
    console: ConsoleChrome,
    kinds: Vec<Kind>,
}

/// A kind that can be switched.
struct Kind {
    name: &'static str,
    text: &'static str,
    hint: &'static str,
    on: bool,
}

fn kinds(on: &Sight) -> Vec<Kind> {
    let hint = |kind: RecordKind| match kind {
        RecordKind::Booking => "What is to take place, and when.",
        RecordKind::Invoice => "What is to be paid, until when, and what was.",
        RecordKind::Docket => "Proof of what was done or delivered.",
        RecordKind::Statement => "How an account stands.",
        RecordKind::Document => "Any other file.",
    };
    let kind = |kind: RecordKind| Kind { name: kind.code(), text: kind.label(), hint: hint(kind), on: on.sees(kind) };
    RecordKind::ALL.iter().copied().map(kind).collect()
}

/// The form.
pub async fn page(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    let mut look = staff.look(&app).await?;
    answer::page(&Features {
        chrome: chrome.titled("What clients see"),
        console: staff.chrome(&mut look, "features").await?,
        kinds: kinds(&staff.business.features),
    })
}

/// Switches them.
pub async fn save(State(app): State<App>, staff: Staff, Form(form): Form<KindsForm>) -> Answer {
    match acts::set_features(&app, &staff.actor, form.sight()).await {
        Ok(()) => {
            answer::see_with("/console/features", "ok", "Saved", "It holds for everybody from their very next request.")
        }
        Err(Error::Refused(text)) => answer::see_with("/console/features", "info", "Nothing was changed", &text),
        Err(other) => Err(other.into()),
    }
}

/// How the form looks.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = Features {
        chrome: Chrome::bare("What clients see"),
        console: samples::console_chrome("features"),
        kinds: kinds(&[RecordKind::Booking, RecordKind::Invoice].into_iter().collect()),
    };
    vec![("console/features", samples::rendered(&page))]
}
