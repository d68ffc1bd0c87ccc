//! Adding a contact begins with its client, found while typing.

use crate::act::App;
use crate::base::page::PageSize;
use crate::client::list::{self, Ask};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::Question;
use crate::web::parts::Place;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "console/find_client.html")]
struct FindClient {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    clients: Vec<Choice>,
    count: String,
}

/// A client that the contact may be at.
struct Choice {
    href: String,
    name: String,
    reference: String,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Question(place): Question<Place>) -> Answer {
    let mut look = staff.look(&app).await?;
    let ask = Ask { size: PageSize::asked(Some(10)), ..place.ask(list::Filter::default(), list::Sort::of_code) };
    let listed = list::list(&mut look, &ask).await?;
    let clients = listed.page.rows.iter().map(|row| Choice {
        href: format!("/console/clients/{}/contacts/new", row.id),
        name: row.name.to_string(),
        reference: row.reference.to_string(),
    });
    answer::page(&FindClient {
        chrome: chrome.titled("Add contact"),
        console: staff.chrome(&mut look, "contacts").await?,
        typed: place.typed(),
        clients: clients.collect(),
        count: match (listed.page.rows.len(), listed.page.next) {
            (0, _) => "No client fits".into(),
            (n, Some(_)) => format!("The first {n} of {}", listed.total),
            (_, None) => format!("{} found", listed.total),
        },
    })
}

/// How the page looks, with clients to choose from and without.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |typed: &str, names: &[&str]| {
        let clients = names.iter().map(|name| Choice {
            href: "/console/clients/1/contacts/new".into(),
            name: (*name).into(),
            reference: "C-1041".into(),
        });
        samples::rendered(&FindClient {
            chrome: Chrome::bare("Add contact"),
            console: samples::console_chrome("contacts"),
            typed: typed.into(),
            clients: clients.collect(),
            count: format!("{} found", names.len()),
        })
    };
    vec![
        ("console/find_client", page("", &["Bramble Civil", "Marlow Property Group"])),
        ("console/find_client-none", page("xyz", &[])),
    ]
}
