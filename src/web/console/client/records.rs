//! What a business shares with a client: bookings, invoices, dockets, statements, documents.

use crate::act::App;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::client::{Head, Here, find};
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "console/client_records.html")]
struct Records {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
}

/// Shows them.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Records).await?;
    answer::page(&Records {
        chrome: chrome.titled(format!("Records of {}", found.client.name)),
        console: staff.chrome(&mut look, "clients").await?,
        head: found.head,
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = Records {
        chrome: Chrome::bare("Records of Marlow Property Group"),
        console: samples::console_chrome("clients"),
        head: super::sample_head(Here::Records),
    };
    vec![("console/client_records", samples::rendered(&page))]
}
