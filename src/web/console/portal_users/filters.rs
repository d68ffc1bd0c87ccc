//! What the list of portal users is filtered by (P2): chips and saved views that live in its address, and a client by name.

use crate::act::Look;
use crate::base::Result;
use crate::base::id::ClientId;
use crate::client;
use crate::listing::Needle;
use crate::portal_user::list::{Counts, Filter, TermsStanding};
use crate::portal_user::{Seen, Status};
use crate::web::console::number;
use crate::web::console::portal_users::PATH;
use crate::web::parts::{Address, Chip, FilterBox, Place, Tab, chosen};
use serde::Deserialize;

/// How many clients are offered when a name fits several.
const MOST_NAMED: u16 = 10;

/// What the list is filtered by, as its address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    status: Vec<String>,
    terms: Vec<String>,
    client: String,
    /// A client to filter by, as it is called; a reader without scripts types it.
    pub client_name: String,
    never: String,
}

impl Filters {
    /// The filter itself.
    pub fn filter(&self) -> Filter {
        Filter {
            statuses: chosen(&self.status, Status::ALL, Status::code),
            terms: chosen(&self.terms, TermsStanding::ALL, TermsStanding::code),
            client: self.client.parse::<ClientId>().ok(),
            seen: (self.never == "yes").then_some(Seen::Never),
        }
    }

    /// The list's address with the filters in use, and no others.
    pub fn address(&self, mut address: Address) -> Address {
        let filter = self.filter();
        for status in &filter.statuses {
            address = address.and("status", status.code());
        }
        for terms in &filter.terms {
            address = address.and("terms", terms.code());
        }
        if let Some(client) = filter.client {
            address = address.and("client", client.to_string());
        }
        if filter.seen.is_some() { address.and("never", "yes") } else { address }
    }
}

/// What came of naming a client to filter by.
pub enum Clients {
    /// It is not offered.
    Closed,
    /// None was named.
    NotAsked,
    /// No client is called that.
    Nobody(String),
    /// Several are.
    Several(String, Vec<(String, String)>),
}

impl Clients {
    /// Whether the filter is offered.
    pub fn offered(&self) -> bool {
        !matches!(self, Self::Closed)
    }
}

/// What came of naming a client.
pub enum Named {
    /// What the page says about it.
    Page(Clients),
    /// It is one: the list with that filter.
    One(String),
}

/// The client of that name: one leads on, several are offered. Only whoever may see clients may name one.
///
/// # Errors
/// When the database cannot be read.
pub async fn named(look: &mut Look, name: &str, may_name: bool, address: &Address) -> Result<Named> {
    if !may_name {
        return Ok(Named::Page(Clients::Closed));
    }
    let Some(search) = Needle::typed(name) else { return Ok(Named::Page(Clients::NotAsked)) };
    let size = crate::base::page::PageSize::asked(Some(MOST_NAMED));
    let ask = client::list::Ask { search: Some(search), size, ..client::list::Ask::default() };
    let mut rows = client::list::list(look, &ask).await?.page.rows;
    let same = |row: &client::list::Row| {
        let typed = name.trim().to_lowercase();
        row.name.as_str().to_lowercase() == typed || row.reference.as_str().to_lowercase() == typed
    };
    if let Some(exact) = rows.iter().position(same) {
        rows = vec![rows.swap_remove(exact)];
    }
    let href = |row: &client::list::Row| address.clone().with("client", row.id.to_string()).href();
    Ok(match rows.as_slice() {
        [] => Named::Page(Clients::Nobody(name.trim().to_owned())),
        [one] => Named::One(href(one)),
        several => {
            let choices = several.iter().map(|row| (format!("{} ({})", row.name, row.reference), href(row))).collect();
            Named::Page(Clients::Several(name.trim().to_owned(), choices))
        }
    })
}

/// The saved views, each with how many it shows.
pub fn tabs(filter: &Filter, counts: &Counts, place: &Place, has_terms: bool) -> Vec<Tab> {
    let view = |status: &[Status], terms: &[TermsStanding], seen: Option<Seen>| Filter {
        statuses: status.to_vec(),
        terms: terms.to_vec(),
        client: None,
        seen,
    };
    let to_accept = [TermsStanding::Outdated, TermsStanding::Never];
    let of_status = |status: Status| counts.statuses.iter().find(|(s, _)| *s == status).map_or(0, |(_, n)| *n);
    let waiting = counts.terms.iter().filter(|(t, _)| to_accept.contains(t)).map(|(_, n)| n).sum();
    let mut views = vec![
        ("Everyone", view(&[], &[], None), counts.all),
        ("Active", view(&[Status::Active], &[], None), of_status(Status::Active)),
        ("Password change due", view(&[Status::PasswordDue], &[], None), of_status(Status::PasswordDue)),
        ("Disabled", view(&[Status::Disabled], &[], None), of_status(Status::Disabled)),
    ];
    if has_terms {
        views.push(("Terms to accept", view(&[], &to_accept, None), waiting));
    }
    views.push(("Never signed in", view(&[], &[], Some(Seen::Never)), counts.never_signed_in));
    views.push(("Deleted", view(&[Status::Deleted], &[], None), of_status(Status::Deleted)));
    views
        .into_iter()
        .map(|(text, view, n)| {
            let filters = Filters {
                status: view.statuses.iter().map(|s| s.code().to_owned()).collect(),
                terms: view.terms.iter().map(|t| t.code().to_owned()).collect(),
                never: if view.seen.is_some() { "yes".into() } else { String::new() },
                ..Filters::default()
            };
            let href = filters.address(place.address(PATH).without("q")).href();
            Tab { text: text.into(), href, count: Some(number(n)), here: *filter == view }
        })
        .collect()
}

/// The boxes of the filter by status.
pub fn statuses(filter: &Filter, counts: &Counts) -> Vec<FilterBox> {
    let boxes = counts.statuses.iter().map(|(status, n)| FilterBox {
        value: status.code().into(),
        text: status.label().into(),
        count: Some(number(*n)),
        checked: filter.statuses.contains(status),
    });
    boxes.collect()
}

/// The boxes of the filter by terms.
pub fn terms(filter: &Filter, counts: &Counts) -> Vec<FilterBox> {
    let boxes = counts.terms.iter().map(|(terms, n)| FilterBox {
        value: terms.code().into(),
        text: terms.label().into(),
        count: Some(number(*n)),
        checked: filter.terms.contains(terms),
    });
    boxes.collect()
}

/// The filters in use, each with the list without it.
pub fn chips(filter: &Filter, address: &Address, client: Option<&str>) -> Vec<Chip> {
    let mut chips = Vec::new();
    for status in &filter.statuses {
        let without = address.clone().without_value("status", status.code()).href();
        chips.push(Chip { text: format!("Status: {}", status.label()), without });
    }
    for terms in &filter.terms {
        let without = address.clone().without_value("terms", terms.code()).href();
        chips.push(Chip { text: format!("Terms: {}", terms.label()), without });
    }
    if let Some(client) = client {
        chips.push(Chip { text: format!("Client: {client}"), without: address.clone().without("client").href() });
    }
    if filter.seen.is_some() {
        chips.push(Chip { text: "Never signed in".into(), without: address.clone().without("never").href() });
    }
    chips
}
