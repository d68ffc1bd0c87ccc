//! The list of clients (C1): found while typing, by name, reference or e-mail address.

use crate::access::Permission;
use crate::act::App;
use crate::base::page::Position;
use crate::client::Status;
use crate::client::list::{self, Ask, Counts, Filter, Row, Sort};
use crate::listing::Listed;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::{Staff, counted, number};
use crate::web::form::Question;
use crate::web::parts::{Address, Badge, Chip, FilterBox, Heading, Pager, Place, Tab, chosen};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

const PATH: &str = "/console/clients";

/// What the list is filtered by, as its address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    status: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/clients.html")]
struct Clients {
    chrome: Chrome,
    console: ConsoleChrome,
    tabs: Vec<Tab>,
    typed: String,
    keep: Vec<(&'static str, String)>,
    statuses: Vec<FilterBox>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    heads: Heads,
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
    may_add: bool,
    may_export: bool,
}

/// The heads of the columns that sort.
struct Heads {
    name: Heading,
    reference: Heading,
    updated: Heading,
}

/// One client, as a line.
struct Line {
    path: String,
    name: String,
    face: Face,
    reference: String,
    email: String,
    phone: String,
    badge: Badge,
    updated: (String, String),
}

/// Why there are no lines.
enum Empty {
    /// There are some.
    Filled,
    /// The business has no clients yet.
    NobodyYet,
    /// What was here has gone meanwhile; the list goes on elsewhere.
    Moved(String),
    /// Nothing fits the filter and the search.
    NoMatch,
}

impl From<Status> for Badge {
    fn from(status: Status) -> Self {
        let (tone, icon) = match status {
            Status::Active => ("ok dot", ""),
            Status::Exited => ("", "logout"),
        };
        Self { text: status.label(), tone, icon }
    }
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let ask = filters.ask(&place);
    let listed = list::list(&mut look, &ask).await?;
    let counts = list::counts(&mut look).await?;
    let console = staff.chrome(&mut look, "clients").await?;
    answer::page(&page((chrome, console), &staff, &place, &ask, &counts, &listed))
}

impl Filters {
    fn ask(&self, place: &Place) -> Ask {
        place.ask(Filter { statuses: chosen(&self.status, Status::ALL, Status::code) }, Sort::of_code)
    }
}

fn page(
    (chrome, console): (Chrome, ConsoleChrome),
    staff: &Staff,
    place: &Place,
    ask: &Ask,
    counts: &Counts,
    listed: &Listed<Row>,
) -> Clients {
    let statuses = &ask.filter.statuses;
    let address = statuses.iter().fold(place.address(PATH), |address, status| address.and("status", status.code()));
    let head = |sort: Sort| Heading::of(&address, sort.code(), ask.sort.code(), ask.direction);
    let empty = match (listed.page.rows.is_empty(), counts.all, &ask.position) {
        (false, ..) => Empty::Filled,
        (true, 0, _) => Empty::NobodyYet,
        (true, _, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
        (true, ..) => Empty::NoMatch,
    };
    Clients {
        chrome: chrome.titled("Clients"),
        console,
        tabs: tabs(statuses, counts, place),
        typed: place.typed(),
        keep: address.keep(&["q", "status"]),
        statuses: boxes(statuses, counts),
        chips: chips(statuses, &address),
        clear: place.address(PATH).href(),
        count: counted(listed.total, "client", "clients"),
        heads: Heads { name: head(Sort::Name), reference: head(Sort::Reference), updated: head(Sort::Updated) },
        lines: listed.page.rows.iter().map(Line::from).collect(),
        empty,
        pager: Pager::of(&address, place, listed),
        may_add: staff.actor.may(Permission::ClientsEdit),
        may_export: staff.actor.may(Permission::ClientsExport),
    }
}

fn tabs(statuses: &[Status], counts: &Counts, place: &Place) -> Vec<Tab> {
    let address = place.address(PATH).without("q");
    let mut tabs = vec![Tab {
        text: "All".into(),
        href: address.href(),
        count: Some(number(counts.all)),
        here: statuses.is_empty(),
    }];
    tabs.extend(counts.statuses.iter().map(|(status, n)| Tab {
        text: status.label().into(),
        href: address.clone().and("status", status.code()).href(),
        count: Some(number(*n)),
        here: statuses == [*status],
    }));
    tabs
}

fn boxes(statuses: &[Status], counts: &Counts) -> Vec<FilterBox> {
    let boxes = counts.statuses.iter().map(|(status, n)| FilterBox {
        value: status.code().into(),
        text: status.label().into(),
        count: Some(number(*n)),
        checked: statuses.contains(status),
    });
    boxes.collect()
}

fn chips(statuses: &[Status], address: &Address) -> Vec<Chip> {
    let chips = statuses.iter().map(|status| Chip {
        text: format!("Status: {}", status.label()),
        without: address.clone().without_value("status", status.code()).href(),
    });
    chips.collect()
}

impl From<&Row> for Line {
    fn from(row: &Row) -> Self {
        Self {
            path: format!("{PATH}/{}", row.id),
            name: row.name.to_string(),
            face: Face::of(row.name.as_str()),
            reference: row.reference.to_string(),
            email: row.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: row.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            badge: row.status.into(),
            updated: (row.updated_at.rfc3339(), row.updated_at.day()),
        }
    }
}

/// How the list looks, filled, searched in vain, and before there are any.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::ClientId;
    use crate::base::page::Page;
    use crate::base::text::{CompanyName, Email, Phone, Reference};
    use crate::listing::Total;
    use crate::web::samples;
    let row = |n: u128, name: &str, email: Option<&str>, status: Status| Row {
        id: ClientId(uuid::Uuid::from_u128(n)),
        name: CompanyName::parse(name).unwrap(),
        reference: Reference::parse(&format!("C-10{n}")).unwrap(),
        email: email.map(|email| Email::parse(email).unwrap()),
        phone: Phone::parse_optional(if n == 41 { "08 5550 0140" } else { "" }).unwrap(),
        status,
        balance_cents: 0,
        updated_at: samples::NOW,
    };
    let rows = vec![
        row(41, "Bramble Civil", Some("office@bramblecivil.example.com"), Status::Active),
        row(56, "Saltmarsh Joinery", None, Status::Exited),
    ];
    let list = |query: &str, all: i64, rows: Vec<Row>| {
        let place: Place = serde_html_form::from_str(query).unwrap();
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
        let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
        let counts = Counts { all, statuses: vec![(Status::Active, all / 2), (Status::Exited, all / 2)] };
        let chrome = (Chrome::bare(""), samples::console_chrome("clients"));
        samples::rendered(&page(chrome, &samples::staff(), &place, &filters.ask(&place), &counts, &listed))
    };
    vec![
        ("console/clients", list("", 2, rows)),
        ("console/clients-searched", list("q=xyz&status=exited", 2, Vec::new())),
        ("console/clients-none", list("", 0, Vec::new())),
    ]
}
