//! A client's contacts.

use crate::act::App;
use crate::contact::Standing;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::client::{Head, Here, find};
use crate::web::console::contacts::table::{Empty, Filters, Of, Table};
use crate::web::form::Question;
use crate::web::parts::Place;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;

#[derive(Template)]
#[template(path = "console/client_contacts.html")]
struct Contacts {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    table: Table,
}

/// Shows them.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    uri: Uri,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Contacts).await?;
    let path = format!("{}/contacts", found.head.path);
    let of = Of::Client(found.client.id);
    let table = Table::read(&mut look, &staff, of, &found.standings, (&path, &uri), (&place, &filters)).await?;
    answer::page(&Contacts {
        chrome: chrome.titled(format!("Contacts of {}", found.client.name)),
        console: staff.chrome(&mut look, "clients").await?,
        head: found.head,
        table,
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::ClientId;
    use crate::web::console::contacts::table::{sample, sample_rows};
    use crate::web::samples;
    let head = super::sample_head(Here::Contacts);
    let of = Of::Client(ClientId(uuid::Uuid::from_u128(110)));
    let page = Contacts {
        chrome: Chrome::bare("Contacts of Marlow Property Group"),
        console: samples::console_chrome("clients"),
        table: sample(of, "/console/clients/110/contacts", "sort=email&dir=desc", sample_rows()),
        head,
    };
    vec![("console/client_contacts", samples::rendered(&page))]
}
