//! "Why can't they get in?" for an address (P8): also one that nobody has, or that only a contact has.

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::Result;
use crate::base::page::PageSize;
use crate::base::text::Email;
use crate::door::explain::{self, Explanation, Near};
use crate::listing::Needle;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::portal_user::access::{self, Panel};
use crate::web::console::portal_user::history::LetterLine;
use crate::web::console::portal_user::path_of;
use crate::web::console::{Staff, portal_users};
use crate::web::form::Question;
use crate::web::parts::Address;
use crate::{contact, portal_user};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

const PATH: &str = "/console/why";
/// The most that can be typed.
const MOST_LETTERS: usize = 254;

/// Whom somebody asks about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    client: String,
}

#[derive(Template)]
#[template(path = "console/why.html")]
struct Why {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    found: Found,
}

/// What came of it.
enum Found {
    /// Nobody was asked about yet.
    NotAsked,
    /// It is a name, or a part of an address: these fit.
    People(Vec<Person>),
    /// It is an address.
    Answer(Box<Answered>),
}

/// Somebody who may be meant.
struct Person {
    name: String,
    face: Face,
    email: String,
    what: &'static str,
    href: String,
}

/// What is known about an address.
struct Answered {
    verdict: String,
    user: Option<String>,
    access: Option<Panel>,
    nearest: Vec<Person>,
    letters: Vec<LetterLine>,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Question(asked): Question<Asked>) -> Answer {
    let typed: String = asked.q.trim().chars().filter(|c| !c.is_control()).take(MOST_LETTERS).collect();
    let found = match (Email::parse(&typed), typed.is_empty()) {
        (_, true) => Found::NotAsked,
        (Ok(email), false) => {
            let explanation = explain::explain(&app, &staff.actor, &email).await?;
            Found::Answer(Box::new(answered(&explanation, &staff, &asked.client)))
        }
        (Err(_), false) => {
            let mut look = staff.look(&app).await?;
            Found::People(people(&mut look, &staff, &typed).await?)
        }
    };
    let mut look = staff.look(&app).await?;
    let console = staff.chrome(&mut look, "portal-users").await?;
    answer::page(&Why { chrome: chrome.titled("Why can’t they get in?"), console, typed, found })
}

fn answered(explanation: &Explanation, staff: &Staff, client: &str) -> Answered {
    let address = Address::of(PATH).and("q", explanation.email.as_str());
    let known = explanation.user.is_some() || !explanation.clients.is_empty();
    let nearest = explanation.nearest.iter().map(|near| Person {
        name: near.name.clone(),
        face: Face::of(&near.name),
        email: near.email.clone(),
        what: match near.near {
            Near::Contact(_) => "Contact",
            Near::PortalUser(_) => "Portal user",
        },
        href: portal_users::why(&near.email),
    });
    Answered {
        verdict: explanation.verdict.clone(),
        user: explanation.user.map(path_of),
        access: known.then(|| access::panel(explanation, &staff.actor, client.parse().ok(), &address)),
        nearest: nearest.collect(),
        letters: explanation.mailed.iter().map(LetterLine::from).collect(),
    }
}

/// The people whose name, address or company holds what was typed: portal users, then contacts with other addresses.
async fn people(look: &mut Look, staff: &Staff, typed: &str) -> Result<Vec<Person>> {
    let Some(search) = Needle::typed(typed) else { return Ok(Vec::new()) };
    let size = PageSize::asked(Some(10));
    let ask = portal_user::list::Ask { search: Some(search.clone()), size, ..portal_user::list::Ask::default() };
    let person = |name: String, email: String, what: &'static str| Person {
        face: Face::of(&name),
        href: portal_users::why(&email),
        name,
        email,
        what,
    };
    let users = portal_user::list::list(look, &ask).await?.page.rows;
    let mut people: Vec<Person> =
        users.into_iter().map(|row| person(row.name, row.email.to_string(), "Portal user")).collect();
    if staff.actor.may(Permission::ClientsView) {
        let ask = contact::list::Ask { search: Some(search), size, ..contact::list::Ask::default() };
        for row in contact::list::list(look, &ask).await?.page.rows {
            let email = row.email.to_string();
            if people.iter().all(|known| !known.email.eq_ignore_ascii_case(&email)) {
                people.push(person(row.name, email, "Contact"));
            }
        }
    }
    Ok(people)
}

/// How the page looks: before somebody is asked about, with a name, and with addresses known and unknown.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let person = || Person {
        name: "Devika Rao".into(),
        face: Face::of("Devika Rao"),
        email: "devika.rao@bramble.example.com".into(),
        what: "Portal user",
        href: portal_users::why("devika.rao@bramble.example.com"),
    };
    let answered = |access: Option<Panel>| {
        Found::Answer(Box::new(Answered {
            verdict: "Tidewater Haulage knows nobody with the address devika.roa@bramble.example.com.".into(),
            user: access.is_some().then(|| "/console/portal-users/1".to_owned()),
            nearest: if access.is_some() { Vec::new() } else { vec![person()] },
            letters: if access.is_some() { LetterLine::samples() } else { Vec::new() },
            access,
        }))
    };
    let page = |typed: &str, found: Found| {
        samples::rendered(&Why {
            chrome: Chrome::bare("Why can’t they get in?"),
            console: samples::console_chrome("portal-users"),
            typed: typed.into(),
            found,
        })
    };
    vec![
        ("console/why", page("", Found::NotAsked)),
        ("console/why-name", page("devika", Found::People(vec![person()]))),
        ("console/why-nobody", page("<b>", Found::People(Vec::new()))),
        ("console/why-known", page("devika.rao@bramble.example.com", answered(Some(access::sample("bad"))))),
        ("console/why-unknown", page("devika.roa@bramble.example.com", answered(None))),
    ]
}
