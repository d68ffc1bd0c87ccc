//! The terms: to be read and accepted before anything else, and to be looked at again later.

use crate::act::App;
use crate::base::{Error, Instant, Problems};
use crate::business::terms::{self, Terms};
use crate::language::say;
use crate::portal_user::acts::accept_terms;
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::{AtDoor, Next, Person, onward};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/terms.html")]
struct TermsPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    business: String,
    version: i64,
    published_at: Instant,
    html: String,
    accepted: Accepted,
    next: String,
    problems: Problems,
}

/// What the person has accepted.
#[derive(Clone, Copy)]
enum Accepted {
    /// Nothing yet.
    Nothing,
    /// An older version.
    Older { version: i64, at: Instant },
    /// This one.
    This { at: Instant },
}

impl TermsPage {
    fn of(person: &Person, terms: &Terms, chrome: Chrome, next: String) -> Result<Self, Error> {
        let user = person.door.user.as_ref().ok_or(Error::NotFound("The portal user"))?;
        let accepted = match user.terms_version {
            0 => Accepted::Nothing,
            version if version < terms.version => Accepted::Older { version, at: user.terms_at },
            _ => Accepted::This { at: user.terms_at },
        };
        let door = AtDoor(person.business.clone());
        let title = chrome.say("terms");
        Ok(Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            business: person.business.name.to_string(),
            version: terms.version,
            published_at: terms.published_at,
            html: terms.html(),
            accepted,
            next,
            problems: Problems::default(),
        })
    }
}

async fn current(app: &App, person: &Person) -> Result<Terms, Failed> {
    let mut look = app.look(&person.door.actor).await?;
    Ok(terms::current(&mut look).await?.ok_or(Error::NotFound("The terms"))?)
}

/// The current version, as the person has accepted it or is asked to.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Question(Next { next }): Question<Next>,
) -> Answer {
    let terms = current(&app, &person).await?;
    answer::page(&TermsPage::of(&person, &terms, chrome, next)?)
}

/// The form, filled in: which version was on the screen, and the box that says it was read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsForm {
    #[serde(default)]
    agree: String,
    version: i64,
    next: String,
}

/// Accepts the version that was on the screen, and goes on.
pub async fn accept(State(app): State<App>, chrome: Chrome, person: Person, Form(form): Form<TermsForm>) -> Answer {
    let done = if form.agree == "on" {
        accept_terms(&app, &person.door.actor, person.door.account.id, form.version, chrome.lang).await
    } else {
        Err(Error::invalid("agree", say("terms-tick")))
    };
    match done {
        Ok(()) => answer::see(&onward(&person.business, &form.next)),
        Err(error) => {
            // What is current now: a newer version may have been published while this one was read.
            let terms = current(&app, &person).await?;
            let page = TermsPage::of(&person, &terms, chrome, form.next)?;
            if matches!(page.accepted, Accepted::This { .. }) {
                return answer::see(&onward(&person.business, &page.next)); // the same form, sent twice
            }
            answer::again_with(error, |problems| TermsPage { chrome: page.chrome.with_error(), problems, ..page })
        }
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let terms = Terms {
        version: 4,
        body: include_str!("../../cli/demo_terms.md").into(),
        digest: String::new(),
        published_at: samples::NOW,
    };
    let page = |accepted: i64| {
        let mut person = samples::person();
        let user = person.door.user.as_mut().unwrap();
        (user.terms_version, user.terms_at) = (accepted, samples::NOW.plus_days(-160));
        TermsPage::of(&person, &terms, Chrome::bare(""), String::new()).unwrap()
    };
    let unticked = TermsPage { problems: Problems::one("agree", say("terms-tick")), ..page(0) };
    vec![
        ("portal/terms", samples::rendered(&page(0))),
        ("portal/terms-unticked", samples::rendered(&unticked)),
        ("portal/terms-updated", samples::rendered(&page(3))),
        ("portal/terms-accepted", samples::rendered(&page(4))),
    ]
}
