//! Access requests (C6): who asks to be let in without an invitation, and what became of each.

use crate::act::App;
use crate::base::page::Page;
use crate::listing::{self, List, Listed, Total};
use crate::request::{self, Request, State};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::{Staff, number};
use crate::web::form::Question;
use crate::web::parts::{Badge, Pager, Place, Tab};
use askama::Template;
use axum::extract::State as At;
use serde::Deserialize;

const PATH: &str = "/console/requests";
/// Not decided yet.
const OPEN: [State; 2] = [State::Asked, State::Waiting];
/// Decided, by staff or by itself.
const DECIDED: [State; 3] = [State::Approved, State::Refused, State::Invited];

/// Which of the two views is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct View {
    view: String,
}

impl View {
    fn states(&self) -> &'static [State] {
        if self.view == "decided" { &DECIDED } else { &OPEN }
    }
}

#[derive(Template)]
#[template(path = "console/requests.html")]
struct Requests {
    chrome: Chrome,
    console: ConsoleChrome,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    decided: bool,
    pager: Pager,
}

/// One request, as a line.
struct Line {
    path: String,
    email: String,
    name: String,
    reference: String,
    badge: Badge,
    by: String,
    /// `asked 3 times`; may be empty.
    times: String,
    asked: (String, String),
}

impl From<State> for Badge {
    fn from(state: State) -> Self {
        let (tone, icon) = match state {
            State::Asked | State::Waiting => ("warn", "clock"),
            State::Invited => ("info", "send"),
            State::Approved => ("ok", "check"),
            State::Refused => ("", "minus"),
        };
        Self { text: state.label(), tone, icon }
    }
}

/// Shows them.
pub async fn show(
    At(app): At<App>,
    chrome: Chrome,
    staff: Staff,
    Question(place): Question<Place>,
    Question(view): Question<View>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let ask = place.ask((), |_| Some(()));
    let found = request::store::list(&mut look, view.states(), &ask.position, ask.size).await?;
    let tally = listing::tally(&mut look, List::Requests).await?;
    let console = staff.chrome(&mut look, "requests").await?;
    answer::page(&page((chrome, console), &place, &view, &tally, found))
}

fn page(
    (chrome, console): (Chrome, ConsoleChrome),
    place: &Place,
    view: &View,
    tally: &[(String, i64)],
    found: Page<Request>,
) -> Requests {
    let decided = view.states() == DECIDED;
    let address = place.address(PATH).and("view", if decided { "decided" } else { "" });
    let count = |states: &[State]| -> i64 {
        tally.iter().filter(|(code, _)| states.iter().any(|state| state.code() == code)).map(|(_, n)| n).sum()
    };
    let tab = |text: &str, href: &str, states: &[State], here: bool| Tab {
        text: text.into(),
        href: href.into(),
        count: Some(number(count(states))),
        here,
    };
    let listed = Listed { total: Total::Exactly(count(view.states())), page: found, first: None };
    Requests {
        chrome: chrome.titled("Access requests"),
        console,
        tabs: vec![
            tab("Waiting", PATH, &OPEN, !decided),
            tab("Decided", "/console/requests?view=decided", &DECIDED, decided),
        ],
        lines: listed.page.rows.iter().map(Line::from).collect(),
        decided,
        pager: Pager::of(&address, place, &listed),
    }
}

impl From<&Request> for Line {
    fn from(request: &Request) -> Self {
        Self {
            path: format!("{PATH}/{}", request.id),
            email: request.email.to_string(),
            name: request.name.clone(),
            reference: request.reference.to_string(),
            badge: request.state.into(),
            by: request.decided_by.clone().unwrap_or_default(),
            times: if request.times > 1 { format!("asked {} times", request.times) } else { String::new() },
            asked: (request.asked_at.rfc3339(), request.asked_at.words()),
        }
    }
}

/// A request, as samples show it.
#[cfg(test)]
pub fn sample(state: State) -> Request {
    use crate::base::id::RequestId;
    use crate::base::text::{Email, Reference};
    use crate::web::samples::NOW;
    Request {
        id: RequestId(uuid::Uuid::from_u128(14)),
        email: Email::parse("ana.costa@bramble.example.com").unwrap(),
        name: "Ana Costa".into(),
        reference: Reference::parse("BRC-01").unwrap(),
        state,
        times: 3,
        asked_at: NOW,
        address: "203.0.113.7".into(),
        contact_id: None,
        decided_at: (!state.is_open()).then_some(NOW),
        decided_by: (!state.is_open()).then(|| "Hana Whitlock".into()),
        created_at: NOW,
        version: 2,
    }
}

/// How the list looks, with requests that wait, with decided ones, and with none.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let list = |query: &str, states: &[State]| {
        let view: View = serde_html_form::from_str(query).unwrap();
        let rows = states.iter().map(|state| sample(*state)).collect();
        let tally: Vec<_> = states.iter().map(|state| (state.code().to_owned(), 1)).collect();
        let chrome = (Chrome::bare(""), samples::console_chrome("requests"));
        let found = Page { rows, previous: None, next: None };
        samples::rendered(&page(chrome, &Place::default(), &view, &tally, found))
    };
    vec![
        ("console/requests", list("", &OPEN)),
        ("console/requests-decided", list("view=decided", &DECIDED)),
        ("console/requests-none", list("", &[])),
    ]
}
