//! The list of contacts: found while typing, by how they stand to the portal, invited one by one or several at once (C2).

mod find_client;
pub(super) mod table;

pub use find_client::show as find_client;
pub(super) use table::Filters as Standings;

use crate::access::Permission;
use crate::act::App;
use crate::contact::Standing;
use crate::contact::list::{self, Counts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::{Staff, number};
use crate::web::form::Question;
use crate::web::parts::{Place, Tab};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use table::{Empty, Filters, Of, Table};

pub(super) const PATH: &str = "/console/contacts";

#[derive(Template)]
#[template(path = "console/contacts.html")]
struct Contacts {
    chrome: Chrome,
    console: ConsoleChrome,
    tabs: Vec<Tab>,
    table: Table,
    may_add: bool,
    may_export: bool,
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    uri: Uri,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let counts = list::counts(&mut look).await?;
    let table =
        Table::read(&mut look, &staff, Of::Business, &counts.standings, (PATH, &uri), (&place, &filters)).await?;
    answer::page(&Contacts {
        chrome: chrome.titled("Contacts"),
        console: staff.chrome(&mut look, "contacts").await?,
        tabs: tabs(&filters, &counts, &place),
        table,
        may_add: staff.actor.may(Permission::ClientsEdit),
        may_export: staff.actor.may(Permission::ClientsExport),
    })
}

fn tabs(filters: &Filters, counts: &Counts, place: &Place) -> Vec<Tab> {
    let chosen = filters.standings();
    let address = place.address(PATH).without("q");
    let mut tabs = vec![Tab {
        text: "Everyone".into(),
        href: address.href(),
        count: Some(number(counts.all)),
        here: chosen.is_empty(),
    }];
    for standing in [Standing::None, Standing::Invited, Standing::Connected, Standing::Blocked] {
        let n = counts.standings.iter().find(|(s, _)| *s == standing).map_or(0, |(_, n)| *n);
        tabs.push(Tab {
            text: standing.label().into(),
            href: address.clone().and("standing", standing.code()).href(),
            count: Some(number(n)),
            here: chosen == [standing],
        });
    }
    tabs
}

/// How the list looks, filled, searched in vain, and before there is anybody.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |path: &str, query: &str, rows| {
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let place: Place = serde_html_form::from_str(query).unwrap();
        let counts = Counts { all: 28, standings: Standing::ALL.iter().map(|standing| (*standing, 7)).collect() };
        samples::rendered(&Contacts {
            chrome: Chrome::bare("Contacts"),
            console: samples::console_chrome("contacts"),
            tabs: tabs(&filters, &counts, &place),
            table: table::sample(Of::Business, path, query, rows),
            may_add: true,
            may_export: true,
        })
    };
    let mut all = vec![
        ("console/contacts", page(PATH, "", table::sample_rows())),
        ("console/contacts-searched", page(PATH, "q=xyz&standing=blocked", Vec::new())),
        ("console/contacts-none", page("/none-yet", "", Vec::new())),
    ];
    all.extend(find_client::samples());
    all
}
