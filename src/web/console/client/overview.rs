//! A client at a glance.

use crate::act::App;
use crate::base::Instant;
use crate::client::Status;
use crate::contact::Standing;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::activity::Activity;
use crate::web::console::client::{Head, Here, find, nothing_yet, of};
use crate::web::console::{Staff, money, number};
use askama::Template;
use axum::extract::{Path, State};

/// How many entries of the log the overview shows.
const MOST_EVENTS: i64 = 8;

#[derive(Template)]
#[template(path = "console/client.html")]
struct Overview {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    facts: Facts,
    people: People,
    activity: Activity,
}

/// What the business knows about the client.
struct Facts {
    reference: String,
    email: String,
    phone: String,
    exited: Option<(String, String)>,
    /// What that means for its people.
    closes: String,
    balance: String,
}

/// How many of its contacts stand how.
struct People {
    all: String,
    not_connected: String,
    invited: String,
    connected: String,
    blocked: String,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Overview).await?;
    let n = |standing: Standing| number(of(&found.standings, standing));
    let client = &found.client;
    let exited = (client.status == Status::Exited).then_some(client.exited_at).flatten();
    answer::page(&Overview {
        chrome: chrome.titled(client.name.to_string()),
        console: staff.chrome(&mut look, "clients").await?,
        facts: Facts {
            reference: client.reference.to_string(),
            email: client.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: client.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            exited: exited.map(|at| (at.rfc3339(), at.day())),
            closes: exited.map(|at| closes(at, staff.business.exit_grace_days, look.now)).unwrap_or_default(),
            balance: balance(client.balance_cents),
        },
        people: People {
            all: number(found.standings.iter().map(|(_, n)| n).sum()),
            not_connected: n(Standing::None),
            invited: n(Standing::Invited),
            connected: n(Standing::Connected),
            blocked: n(Standing::Blocked),
        },
        activity: Activity::about(&mut look, &staff, client.id.0, MOST_EVENTS, nothing_yet(client)).await?,
        head: found.head,
    })
}

/// What a client owes, or has paid too much. No currency is recorded with it, so none is shown.
fn balance(cents: i64) -> String {
    match cents {
        0 => "Nothing owed".to_owned(),
        1.. => format!("{} owed", money(cents)),
        _ => format!("{} in credit", money(cents.saturating_neg())),
    }
}

/// What it means for the people of a client that it has left, as the gate judges it.
fn closes(exited_at: Instant, grace_days: i64, now: Instant) -> String {
    let until = exited_at.plus_days(grace_days);
    if now < until {
        format!("Its people get in until {}; nobody of it can be invited.", until.day())
    } else {
        "Nothing of it opens for its people any more, and nobody of it can be invited.".to_owned()
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = Overview {
        chrome: Chrome::bare("Marlow Property Group"),
        console: samples::console_chrome("clients"),
        head: super::sample_head(Here::Overview),
        facts: Facts {
            reference: "C-1120".into(),
            email: "accounts@marlow.example.com".into(),
            phone: String::new(),
            exited: Some((samples::NOW.rfc3339(), samples::NOW.day())),
            closes: closes(samples::NOW, 30, samples::NOW),
            balance: balance(184_050),
        },
        people: People {
            all: "9".into(),
            not_connected: "2".into(),
            invited: "1".into(),
            connected: "6".into(),
            blocked: "0".into(),
        },
        activity: {
            let [some, ..] = crate::web::console::activity::samples();
            some
        },
    };
    vec![("console/client", samples::rendered(&page))]
}
