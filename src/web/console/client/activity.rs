//! What happened to a client and its people, each entry with whom it was about.

use crate::act::App;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::activity::Activity;
use crate::web::console::client::{Head, Here, find, nothing_yet};
use askama::Template;
use axum::extract::{Path, State};

/// How many entries of the log the page shows.
const MOST_EVENTS: i64 = 100;

#[derive(Template)]
#[template(path = "console/client_activity.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    activity: Activity,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Activity).await?;
    let client = &found.client;
    answer::page(&Page {
        chrome: chrome.titled(format!("Activity of {}", client.name)),
        activity: Activity::about(&mut look, &staff, client.id.0, MOST_EVENTS, nothing_yet(client)).await?,
        console: staff.chrome(&mut look, "clients").await?,
        head: found.head,
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::console::activity;
    use crate::web::samples;
    let page = |activity: Activity| Page {
        chrome: Chrome::bare("Activity of Marlow Property Group"),
        console: samples::console_chrome("clients"),
        head: super::sample_head(Here::Activity),
        activity,
    };
    let names = ["console/client_activity", "console/client_activity-none", "console/client_activity-shut"];
    names.into_iter().zip(activity::samples()).map(|(name, some)| (name, samples::rendered(&page(some)))).collect()
}
