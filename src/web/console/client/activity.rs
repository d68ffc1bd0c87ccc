//! What happened to a client and its people, each entry with whom it was about.

use crate::act::{App, Scope};
use crate::audit::{self, Recorded};
use crate::base::Result;
use crate::base::id::ContactId;
use crate::contact;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::client::{Head, Here, find};
use crate::web::timeline::Event;
use askama::Template;
use axum::extract::{Path, State};
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How many entries of the log the page shows.
const MOST_EVENTS: i64 = 100;

/// An entry of the log.
pub(super) type Line = Event;

#[derive(Template)]
#[template(path = "console/client_activity.html")]
struct Activity {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    lines: Vec<Line>,
    most: Option<i64>,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Activity).await?;
    let business = look.business;
    let events = audit::about(&mut look.tx, business, found.client.id.0, MOST_EVENTS).await?;
    answer::page(&Activity {
        chrome: chrome.titled(format!("Activity of {}", found.client.name)),
        console: staff.chrome(&mut look, "clients").await?,
        most: (i64::try_from(events.len()).unwrap_or_default() == MOST_EVENTS).then_some(MOST_EVENTS),
        lines: lines(&mut look, &events).await?,
        head: found.head,
    })
}

/// The entries, with the name of the contact that each is about.
pub(super) async fn lines(scope: &mut Scope, events: &[Recorded]) -> Result<Vec<Line>> {
    let mut lines = Vec::with_capacity(events.len());
    let mut names: HashMap<ContactId, String> = HashMap::new();
    for recorded in events {
        let mut line = Event::from(recorded);
        if let Some(id) = recorded.entry.as_ref().and_then(audit::Entry::contact) {
            line.note = match names.entry(id) {
                Occupied(known) => known.get().clone(),
                Vacant(unknown) => unknown.insert(contact::store::find(scope, id).await?.name()).clone(),
            };
        }
        lines.push(line);
    }
    Ok(lines)
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |lines: Vec<Line>| Activity {
        chrome: Chrome::bare("Activity of Marlow Property Group"),
        console: samples::console_chrome("clients"),
        head: super::sample_head(Here::Activity),
        most: (!lines.is_empty()).then_some(MOST_EVENTS),
        lines,
    };
    vec![
        ("console/client_activity", samples::rendered(&page(samples::events()))),
        ("console/client_activity-none", samples::rendered(&page(Vec::new()))),
    ]
}
