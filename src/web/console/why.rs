//! "Why can't they get in?" for an address or a name (P8): also for one that nobody has, or that only a contact has. The
//! search boxes ask it, too: `why devika`.

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::Result;
use crate::base::text::Email;
use crate::door::explain::{self, Explanation, Near};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::console::portal_user::access::{self, Panel};
use crate::web::console::portal_user::history::LetterLine;
use crate::web::console::portal_user::path_of;
use crate::web::console::search::best::{self, Typed};
use crate::web::form::Question;
use crate::web::parts::Address;
use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use serde::Deserialize;
use std::convert::Infallible;

const PATH: &str = "/console/why";
/// The most that can be typed.
const MOST_LETTERS: usize = 254;
/// How many people of each kind a name leads to.
const MOST_PEOPLE: usize = 10;
/// The shortest word of a name that is looked for by itself.
const SHORTEST_WORD: usize = 3;

/// Whom a search box asks about, if it asks why: `why devika`, `why devika@client.test`.
#[must_use]
pub fn asked_in(typed: &str) -> Option<&str> {
    let (word, whom) = typed.split_once(char::is_whitespace)?;
    Some(whom.trim()).filter(|whom| word.eq_ignore_ascii_case("why") && !whom.is_empty())
}

/// Where it is answered for an address or a name.
#[must_use]
pub fn path(whom: &str) -> String {
    Address::of(PATH).and("q", whom).href()
}

/// Who waits for a page: a reader who went there, or a script that shows a part of it while somebody types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// A reader.
    Reader,
    /// A script, which goes nowhere before somebody presses Enter.
    Script,
}

impl<S: Sync> FromRequestParts<S> for Waiting {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let fetched = parts.headers.get("sec-fetch-dest").is_some_and(|dest| dest.as_bytes() == b"empty");
        Ok(if fetched { Self::Script } else { Self::Reader })
    }
}

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
    /// It is a name, or a part of an address.
    People {
        /// What these people have to do with it.
        title: String,
        /// They.
        people: Vec<Person>,
    },
    /// It is an address.
    Answer(Box<Answered>),
}

/// Somebody who may be meant.
struct Person {
    name: String,
    face: Face,
    email: String,
    what: String,
    href: String,
}

/// What is known about an address.
struct Answered {
    verdict: String,
    /// Where they have a page: what its button says, its address, its icon.
    open: Option<(&'static str, String, &'static str)>,
    access: Option<Panel>,
    nearest: Vec<Person>,
    /// Only for those who may see contacts, where the address is not a portal user's.
    letters: Option<Vec<LetterLine>>,
}

/// Shows it. A name that only one person has is answered for that person.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Question(asked): Question<Asked>) -> Answer {
    let typed: String = asked.q.trim().chars().filter(|c| !c.is_control()).take(MOST_LETTERS).collect();
    let whom = asked_in(&typed).unwrap_or(&typed);
    let found = match (Email::parse(whom), whom.is_empty()) {
        (_, true) => Found::NotAsked,
        (Ok(email), false) => {
            let explanation = explain::explain(&app, &staff.actor, &email).await?;
            Found::Answer(Box::new(answered(&explanation, &staff, &asked.client)))
        }
        (Err(_), false) => {
            let mut look = staff.look(&app).await?;
            let people = people(&mut look, &staff, whom).await?;
            match people.as_slice() {
                [only] => return answer::see(&only.href),
                [] => {
                    let people = by_a_word(&mut look, &staff, whom).await?;
                    Found::People { title: format!("Nobody is called “{whom}”. Do you mean one of them?"), people }
                }
                _ => Found::People { title: "Who do you mean?".into(), people },
            }
        }
    };
    let mut look = staff.look(&app).await?;
    let console = staff.chrome(&mut look, "portal-users").await?;
    let typed = whom.to_owned();
    answer::page(&Why { chrome: chrome.titled("Why can’t they get in?"), console, typed, found })
}

fn answered(explanation: &Explanation, staff: &Staff, client: &str) -> Answered {
    let address = Address::of(PATH).and("q", explanation.email.as_str());
    let known = explanation.user.is_some() || !explanation.clients.is_empty();
    let nearest = explanation.nearest.iter().map(|near| {
        let what = match near.near {
            Near::Contact(_) => "Contact",
            Near::PortalUser(_) => "Portal user",
        };
        person(near.name.clone(), near.email.clone(), format!("{what}, {}", near.likeness.label()))
    });
    let may_see_mail = explanation.user.is_some() || staff.actor.may(Permission::ClientsView);
    Answered {
        verdict: explanation.verdict.clone(),
        open: match (explanation.user, explanation.clients.first()) {
            (Some(user), _) => Some(("View user details", path_of(user), "user")),
            (None, Some(at)) => Some(("Open contact", format!("/console/contacts/{}", at.contact), "card")),
            (None, None) => None,
        },
        access: known.then(|| access::panel(explanation, &staff.actor, client.parse().ok(), &address)),
        nearest: nearest.collect(),
        letters: may_see_mail.then(|| explanation.mailed.iter().map(LetterLine::from).collect()),
    }
}

fn person(name: String, email: String, what: impl Into<String>) -> Person {
    Person { face: Face::of(&name), href: path(&email), name, email, what: what.into() }
}

/// The people whose name, address or company fits what was typed best: portal users, then contacts with other addresses.
async fn people(look: &mut Look, staff: &Staff, typed: &str) -> Result<Vec<Person>> {
    let Some(typed) = Typed::of(typed) else { return Ok(Vec::new()) };
    let users = best::portal_users(look, &typed, MOST_PEOPLE).await?;
    let mut people: Vec<Person> =
        users.into_iter().map(|row| person(row.name, row.email.to_string(), "Portal user")).collect();
    if staff.actor.may(Permission::ClientsView) {
        for row in best::contacts(look, &typed, MOST_PEOPLE).await? {
            let email = row.email.to_string();
            if people.iter().all(|known| !known.email.eq_ignore_ascii_case(&email)) {
                people.push(person(row.name, email, "Contact"));
            }
        }
    }
    Ok(people)
}

/// Those who fit one word of a name that nobody has as a whole: its longest word that anybody has.
async fn by_a_word(look: &mut Look, staff: &Staff, typed: &str) -> Result<Vec<Person>> {
    let mut words: Vec<&str> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() < typed.len() && word.chars().count() >= SHORTEST_WORD)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    for word in words.into_iter().take(4) {
        let people = people(look, staff, word).await?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(Vec::new())
}

/// How the page looks: before somebody is asked about, with a name, and with addresses known and unknown.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let devika = |what: &str| person("Devika Rao".into(), "devika.rao@bramble.example.com".into(), what);
    let long = || {
        let email = "meilin.castellanos-whitford@lanternstreettheatre.example.com".into();
        person("Mei-Lin Castellanos-Whitford".into(), email, "Contact, the same at another domain")
    };
    let answered = |access: Option<Panel>, letters: Option<Vec<LetterLine>>| {
        Found::Answer(Box::new(Answered {
            verdict: "Tidewater Haulage knows nobody with the address devika.roa@bramble.example.com.".into(),
            open: access.is_some().then(|| ("View user details", "/console/portal-users/1".to_owned(), "user")),
            nearest: if access.is_some() { Vec::new() } else { vec![devika("Portal user, 1 letter differs"), long()] },
            letters,
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
    let people = |title: &str, people| Found::People { title: title.into(), people };
    let some = || vec![devika("Portal user"), long()];
    vec![
        ("console/why", page("", Found::NotAsked)),
        ("console/why-name", page("devika", people("Who do you mean?", some()))),
        (
            "console/why-word",
            page("devikka rao", people("Nobody is called “devikka rao”. Do you mean one of them?", some())),
        ),
        ("console/why-nobody", page("<b>", people("Nobody is called “<b>”", Vec::new()))),
        (
            "console/why-known",
            page("devika.rao@bramble.example.com", answered(Some(access::sample("bad")), Some(Vec::new()))),
        ),
        ("console/why-unknown", page("devika.roa@bramble.example.com", answered(None, Some(LetterLine::samples())))),
        ("console/why-hidden", page("devika.roa@bramble.example.com", answered(None, None))),
    ]
}

#[cfg(test)]
mod tests {
    use super::asked_in;

    #[test]
    fn a_search_asks_why_with_its_first_word() {
        assert_eq!(asked_in("why devika"), Some("devika"));
        assert_eq!(asked_in("WHY\tdevika rao "), Some("devika rao"));
        assert_eq!(asked_in("why"), None);
        assert_eq!(asked_in("why  "), None);
        assert_eq!(asked_in("whyte ltd"), None);
    }
}
