//! What a business shares with a client: bookings, invoices, dockets, statements, documents, with whom each is shared.

use crate::access::{RecordKind, Sight};
use crate::act::App;
use crate::base::page::{Direction, Position};
use crate::base::{Day, Instant};
use crate::listing::{Listed, Total};
use crate::record::list::{self, Ask, Filter, Reader, Row, Sort};
use crate::record::{self, Audience, Stage, State as Kept};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::client::{Head, Here, find};
use crate::web::console::record::{amount, path_of};
use crate::web::console::{Staff, count};
use crate::web::form::Question;
use crate::web::parts::{Address, Badge, Chip, FilterBox, Heading, Pager, Place, chosen};
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/client_records.html")]
struct Records {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    table: Table,
    off: String,
}

/// What records are filtered by, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    kind: Vec<String>,
    stage: Vec<String>,
    state: Vec<String>,
}

struct Table {
    action: String,
    typed: String,
    keep: Vec<(&'static str, String)>,
    kinds: Vec<FilterBox>,
    stages: Vec<FilterBox>,
    states: Vec<FilterBox>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    number: Heading,
    date: Heading,
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
}

struct Line {
    path: String,
    icon: &'static str,
    kind: &'static str,
    number: String,
    title: String,
    badge: Option<Badge>,
    on: (String, String),
    amount: String,
    with: &'static str,
}

/// Why there are no lines.
enum Empty {
    Filled,
    NothingYet,
    Moved(String),
    NoMatch(String),
}

impl Filters {
    fn kinds(&self) -> Vec<RecordKind> {
        chosen(&self.kind, RecordKind::ALL, RecordKind::code)
    }

    fn stages(&self) -> Vec<Stage> {
        chosen(&self.stage, Stage::ALL, Stage::code)
    }

    fn states(&self) -> Vec<Kept> {
        chosen(&self.state, Kept::ALL, Kept::code)
    }

    fn address(&self, address: Address) -> Address {
        let address = self.kinds().iter().fold(address, |address, kind| address.and("kind", kind.code()));
        let address = self.stages().iter().fold(address, |address, stage| address.and("stage", stage.code()));
        self.states().iter().fold(address, |address, state| address.and("state", state.code()))
    }

    fn filter(&self) -> Filter {
        let kinds = self.kinds();
        Filter {
            kinds: if kinds.is_empty() { Sight::everything() } else { kinds.into_iter().collect() },
            stages: self.stages(),
            state: match self.states().as_slice() {
                [one] => Some(*one),
                _ => None,
            },
            ..Filter::default()
        }
    }
}

fn label_of(state: Kept) -> &'static str {
    match state {
        Kept::Shared => "Shared",
        Kept::Withdrawn => "Withdrawn",
    }
}

impl Table {
    fn of(path: &str, (place, filters): (&Place, &Filters), ask: &Ask, listed: &Listed<Row>, now: Instant) -> Self {
        let address = filters.address(place.address(path));
        let plain = ask.search.is_none() && ask.filter == Filters::default().filter();
        let empty = match (listed.page.rows.is_empty(), plain, &ask.position) {
            (false, ..) => Empty::Filled,
            (true, _, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
            (true, true, _) => Empty::NothingYet,
            (true, false, _) => Empty::NoMatch(path.to_owned()),
        };
        let head = |sort: Sort| Heading::of(&address, sort.code(), ask.sort.code(), ask.direction);
        let boxes = |all: Vec<(&str, &str)>, named: &[String]| {
            let one = |(value, text): (&str, &str)| FilterBox {
                value: value.to_owned(),
                text: text.to_owned(),
                count: None,
                checked: named.iter().any(|name| name == value),
            };
            all.into_iter().map(one).collect::<Vec<_>>()
        };
        let today = Day::of(now);
        Self {
            action: path.to_owned(),
            typed: place.typed(),
            keep: address.keep(&["q", "kind", "stage", "state"]),
            kinds: boxes(RecordKind::ALL.iter().map(|k| (k.code(), k.label())).collect(), &filters.kind),
            stages: boxes(Stage::ALL.iter().map(|s| (s.code(), s.label())).collect(), &filters.stage),
            states: boxes(Kept::ALL.iter().map(|s| (s.code(), label_of(*s))).collect(), &filters.state),
            chips: chips(filters, &address),
            clear: place.address(path).href(),
            count: match listed.total {
                Total::Exactly(n) => count(n, "record", "records"),
                total => format!("{total} records"),
            },
            number: head(Sort::Number),
            date: head(Sort::Date),
            lines: listed.page.rows.iter().map(|row| Line::of(row, today)).collect(),
            empty,
            pager: Pager::of(&address, place, listed),
        }
    }
}

fn chips(filters: &Filters, address: &Address) -> Vec<Chip> {
    let chip = |name: &'static str, code: &str, text: String| Chip {
        text,
        without: address.clone().without_value(name, code).href(),
    };
    let kinds = filters.kinds().into_iter().map(|k| chip("kind", k.code(), format!("Kind: {}", k.label())));
    let stages = filters.stages().into_iter().map(|s| chip("stage", s.code(), format!("State: {}", s.label())));
    let states = filters.states().into_iter().map(|s| chip("state", s.code(), format!("Shown: {}", label_of(s))));
    kinds.chain(stages).chain(states).collect()
}

impl Line {
    fn of(row: &Row, today: Day) -> Self {
        let badge = match row.state {
            Kept::Withdrawn => Some(Badge { text: "Withdrawn", tone: "", icon: "minus" }),
            Kept::Shared => Badge::of_record(record::standing(row.kind, row.stage, row.until, today)),
        };
        Self {
            path: path_of(row.id),
            icon: row.kind.icon(),
            kind: row.kind.one(),
            number: row.number.to_string(),
            title: row.title.to_string(),
            badge,
            on: (row.on.instant().rfc3339(), row.on.words()),
            amount: row.amount.map(amount).unwrap_or_default(),
            with: match row.audience {
                Audience::Client => "Everybody",
                Audience::Groups => "Some groups",
                Audience::Contacts => "Some contacts",
            },
        }
    }
}

fn ask(place: &Place, filters: &Filters) -> Ask {
    let ask: Ask = place.ask(filters.filter(), Sort::of_code);
    // Where no order is asked for, the newest stands first.
    if place.sorts() { ask } else { Ask { direction: Direction::Descending, ..ask } }
}

/// Shows them.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Records).await?;
    let ask = ask(&place, &filters);
    let listed = list::list(&mut look, found.client.id, Reader::Staff, &ask).await?;
    let path = format!("{}/records", found.head.path);
    answer::page(&Records {
        chrome: chrome.titled(format!("Records of {}", found.client.name)),
        table: Table::of(&path, (&place, &filters), &ask, &listed, look.now),
        console: staff.chrome(&mut look, "clients").await?,
        off: switched_off(&staff.business.features),
        head: found.head,
    })
}

/// The kinds that the business has switched off, as a sentence names them; empty where none is.
fn switched_off(features: &Sight) -> String {
    let off = Sight::everything().but(features);
    off.kinds().map(RecordKind::path).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::RecordId;
    use crate::base::page::Page;
    use crate::base::text::{Headline, Reference};
    use crate::web::samples;
    let row = |n: u128, kind, number: &str, title: &str, stage, until: &str, audience, state| Row {
        id: RecordId(uuid::Uuid::from_u128(n)),
        kind,
        number: Reference::parse(number).unwrap(),
        title: Headline::parse(title).unwrap(),
        stage,
        on: Day::parse("2026-11-03").unwrap(),
        until: Day::parse_optional(until).unwrap(),
        amount: (kind == RecordKind::Invoice).then(crate::web::console::record::sample_amount),
        audience,
        state,
        updated_at: samples::NOW,
    };
    let rows = || {
        vec![
            row(
                1,
                RecordKind::Booking,
                "3071",
                "Furniture move, 1 truck and 2 crew",
                Stage::Planned,
                "",
                Audience::Client,
                Kept::Shared,
            ),
            row(
                2,
                RecordKind::Invoice,
                "20418",
                "Cartage, October, 14 loads",
                Stage::Open,
                "2026-11-24",
                Audience::Groups,
                Kept::Shared,
            ),
            row(
                3,
                RecordKind::Invoice,
                "20377",
                "Cartage, September",
                Stage::Open,
                "2026-10-24",
                Audience::Contacts,
                Kept::Shared,
            ),
            row(
                4,
                RecordKind::Docket,
                "D-88213",
                "Skip bin swap, 41 Quayside Lane",
                Stage::Signed,
                "",
                Audience::Client,
                Kept::Shared,
            ),
            row(5, RecordKind::Document, "Lease 2026", "Lease", Stage::Issued, "", Audience::Client, Kept::Withdrawn),
        ]
    };
    let page = |query: &str, rows: Vec<Row>, may_share: bool| {
        let place: Place = serde_html_form::from_str(query).unwrap();
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
        let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
        let ask = ask(&place, &filters);
        let mut head = super::sample_head(Here::Records);
        if !may_share {
            head.share.clear();
        }
        samples::rendered(&Records {
            chrome: Chrome::bare("Records of Marlow Property Group"),
            console: samples::console_chrome("clients"),
            table: Table::of("/console/clients/110/records", (&place, &filters), &ask, &listed, samples::NOW),
            head,
            off: if may_share { String::new() } else { "dockets, statements".into() },
        })
    };
    vec![
        ("console/client_records", page("kind=invoice&kind=booking", rows(), true)),
        ("console/client_records-seen", page("", rows(), false)),
        ("console/client_records-none", page("", Vec::new(), true)),
        ("console/client_records-nomatch", page("q=x&state=withdrawn", Vec::new(), true)),
        ("console/client_records-moved", page("after=AAAAAAAAAAAAAAAAAAAAAHR4", Vec::new(), true)),
    ]
}
