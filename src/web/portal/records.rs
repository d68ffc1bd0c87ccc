//! The records of one kind that a business shares with a client: found, filtered, sorted, page by page. Whatever is not shared with
//! the reader is not in here.

use crate::access::RecordKind;
use crate::act::App;
use crate::base::page::{Direction, Position};
use crate::base::{Day, Error, Money};
use crate::language::Language;
use crate::listing::{Listed, Total};
use crate::record::list::{self, Ask, Filter, Reader, Row, Sort};
use crate::record::{self, Has, Stage, Standing};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::Question;
use crate::web::parts::{Address, Chip, FilterBox, Heading, Pager, Place, chosen};
use crate::web::portal::Person;
use crate::web::portal::tabs::Here;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/records.html")]
struct Records {
    chrome: Chrome,
    portal: PortalChrome,
    kind: RecordKind,
    title: String,
    days: (String, String),
    client: String,
    action: String,
    typed: String,
    keep: Vec<(&'static str, String)>,
    stages: Vec<FilterBox>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    number: Heading,
    date: Heading,
    until: Option<Heading>,
    amount: Option<Heading>,
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
}

/// A record, as a line.
pub(super) struct Line {
    pub path: String,
    pub icon: &'static str,
    pub name: String,
    pub number: String,
    pub title: String,
    pub badge: Option<Mark>,
    pub on: (String, String),
    pub box_month: String,
    pub box_day: String,
    pub until: Option<(String, String)>,
    pub amount: String,
}

/// A state, as an adjective, in the reader's language.
pub(super) struct Mark {
    pub text: String,
    pub tone: &'static str,
    pub icon: &'static str,
}

/// Why there are no lines.
enum Empty {
    Filled,
    NothingYet,
    Moved(String),
    NoMatch(String),
}

/// What records are filtered by, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    stage: Vec<String>,
}

/// What a page calls a kind.
pub(super) fn several(kind: RecordKind, chrome: &Chrome) -> String {
    match kind {
        RecordKind::Booking => chrome.say("bookings"),
        RecordKind::Invoice => chrome.say("invoices"),
        RecordKind::Docket => chrome.say("dockets"),
        RecordKind::Statement => chrome.say("statements"),
        RecordKind::Document => chrome.say("documents"),
    }
    .to_string()
}

/// What a page calls one record: `Invoice 20418`.
pub(super) fn one(kind: RecordKind, number: &str, chrome: &Chrome) -> String {
    match kind {
        RecordKind::Booking => chrome.say("booking-numbered").with("number", number),
        RecordKind::Invoice => chrome.say("invoice-numbered").with("number", number),
        RecordKind::Docket => chrome.say("docket-numbered").with("number", number),
        RecordKind::Statement => chrome.say("statement-numbered").with("number", number),
        RecordKind::Document => chrome.say("document-numbered").with("number", number),
    }
    .to_string()
}

fn stage_words(stage: Stage, chrome: &Chrome) -> String {
    match stage {
        Stage::Planned => chrome.say("stage-planned"),
        Stage::Confirmed => chrome.say("stage-confirmed"),
        Stage::Completed => chrome.say("stage-completed"),
        Stage::Open => chrome.say("stage-open"),
        Stage::Paid => chrome.say("stage-paid"),
        Stage::Signed => chrome.say("stage-signed"),
        Stage::Issued => chrome.say("stage-issued"),
        Stage::Cancelled => chrome.say("stage-cancelled"),
    }
    .to_string()
}

impl Mark {
    /// How a record stands; none where there is nothing to say.
    pub(super) fn of(standing: Standing, chrome: &Chrome) -> Option<Self> {
        let (tone, icon) = match standing {
            Standing::Overdue => ("bad", "alert"),
            Standing::At(Stage::Issued) => return None,
            Standing::At(Stage::Planned) => ("warn", "clock"),
            Standing::At(Stage::Open) => ("info ring", ""),
            Standing::At(Stage::Confirmed) => ("ok", "check"),
            Standing::At(Stage::Completed | Stage::Paid | Stage::Signed) => ("plain", "check"),
            Standing::At(Stage::Cancelled) => ("", "minus"),
        };
        let text = match standing {
            Standing::Overdue => chrome.say("stage-overdue").to_string(),
            Standing::At(stage) => stage_words(stage, chrome),
        };
        Some(Self { text, tone, icon })
    }
}

/// What a page calls the first and the second day of a kind.
pub(super) fn day_words(kind: RecordKind, chrome: &Chrome) -> (String, String) {
    let (on, until) = match kind {
        RecordKind::Booking | RecordKind::Docket | RecordKind::Document => {
            (chrome.say("day-date"), chrome.say("day-until"))
        }
        RecordKind::Invoice => (chrome.say("day-issued"), chrome.say("day-due")),
        RecordKind::Statement => (chrome.say("day-from"), chrome.say("day-to")),
    };
    (on.to_string(), until.to_string())
}

/// A day, for machines and in words.
pub(super) fn day(day: Day, language: Language) -> (String, String) {
    (day.to_string(), language.short_date(day.instant().timestamp()))
}

/// An amount in words.
pub(super) fn money(amount: Money, language: Language) -> String {
    language.money(amount.cents, amount.currency.as_str())
}

impl Line {
    pub(super) fn of(row: &Row, base: &str, today: Day, chrome: &Chrome) -> Self {
        let language = chrome.lang;
        let (month, date) = box_of(row.on, language);
        Self {
            path: format!("{base}/{}/{}", row.kind.path(), row.id),
            icon: row.kind.icon(),
            name: one(row.kind, row.number.as_str(), chrome),
            number: row.number.to_string(),
            title: row.title.to_string(),
            badge: Mark::of(record::standing(row.kind, row.stage, row.until, today), chrome),
            on: day(row.on, language),
            box_month: month,
            box_day: date,
            until: row.until.map(|until| day(until, language)),
            amount: row.amount.map(|amount| money(amount, language)).unwrap_or_default(),
        }
    }
}

/// A day as a leaf of a calendar: its month and its number.
fn box_of(day: Day, language: Language) -> (String, String) {
    let at = day.instant().timestamp().to_zoned(jiff::tz::TimeZone::UTC);
    (language.short_month(at.month()), at.day().to_string())
}

impl Person {
    /// The reader that the person is, where a client is asked for.
    ///
    /// # Errors
    /// `NotFound` where none is.
    pub fn reader(&self) -> Result<Reader, Error> {
        let tie = self.door.client.as_ref().ok_or(Error::NotFound("The client account"))?;
        Ok(Reader::Person { group: tie.group_id, contact: tie.contact_id })
    }
}

fn ask(kind: RecordKind, place: &Place, filters: &Filters) -> Ask {
    let filter = Filter {
        kinds: [kind].into_iter().collect(),
        stages: chosen(&filters.stage, record::stages(kind), Stage::code),
        ..Filter::default()
    };
    let ask: Ask = place.ask(filter, Sort::of_code);
    // Where no order is asked for, the newest stands first.
    if place.sorts() { ask } else { Ask { direction: Direction::Descending, ..ask } }
}

/// Shows them.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    person: Person,
    Path((_, _, kind)): Path<(String, String, String)>,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let kind = RecordKind::at_path(&kind).ok_or(Error::NotFound("The page"))?;
    let client = person.client_id()?;
    let mut look = app.look(&person.door.actor).await?;
    let ask = ask(kind, &place, &filters);
    let listed = list::list(&mut look, client, person.reader()?, &ask).await?;
    let accounts = person.accounts(&mut look).await?;
    let portal = person.chrome(&accounts, person.tabs(Here::Records(kind), &chrome), &chrome);
    let now = look.now;
    answer::page(&page(&person, chrome, portal, kind, (&place, &ask), &listed, Day::of(now)))
}

fn page(
    person: &Person,
    chrome: Chrome,
    portal: PortalChrome,
    kind: RecordKind,
    (place, ask): (&Place, &Ask),
    listed: &Listed<Row>,
    today: Day,
) -> Records {
    let base = person.client_base();
    let path = format!("{base}/{}", kind.path());
    let stages = &ask.filter.stages;
    let address = stages.iter().fold(place.address(path.as_str()), |address, s| address.and("stage", s.code()));
    let empty = match (listed.page.rows.is_empty(), &ask.position) {
        (false, _) => Empty::Filled,
        (true, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
        (true, Position::Start) if ask.search.is_none() && stages.is_empty() => Empty::NothingYet,
        (true, Position::Start) => Empty::NoMatch(path.clone()),
    };
    let head = |sort: Sort| Heading::of(&address, sort.code(), ask.sort.code(), ask.direction);
    let title = several(kind, &chrome);
    Records {
        days: day_words(kind, &chrome),
        client: person.client_name(),
        typed: place.typed(),
        keep: address.keep(&["q", "stage"]),
        stages: match record::stages(kind) {
            [_] => Vec::new(),
            several => several.iter().map(|stage| stage_box(*stage, stages, &chrome)).collect(),
        },
        chips: stages.iter().map(|stage| chip(*stage, &address, &chrome)).collect(),
        clear: place.address(path.as_str()).href(),
        count: match listed.total {
            Total::Exactly(n) => chrome.say("records-count").with("count", n).to_string(),
            Total::AtLeast(n) => chrome.say("records-count-more").with("count", n).to_string(),
        },
        number: head(Sort::Number),
        date: head(Sort::Date),
        until: (record::has_until(kind) != Has::Never).then(|| head(Sort::Until)),
        amount: (record::has_amount(kind) != Has::Never).then(|| head(Sort::Amount)),
        lines: listed.page.rows.iter().map(|row| Line::of(row, &base, today, &chrome)).collect(),
        empty,
        pager: Pager::of(&address, place, listed),
        action: path,
        kind,
        chrome: chrome.titled(title.clone()),
        title,
        portal,
    }
}

fn stage_box(stage: Stage, chosen: &[Stage], chrome: &Chrome) -> FilterBox {
    FilterBox {
        value: stage.code().to_owned(),
        text: stage_words(stage, chrome),
        count: None,
        checked: chosen.contains(&stage),
    }
}

fn chip(stage: Stage, address: &Address, chrome: &Chrome) -> Chip {
    Chip { text: stage_words(stage, chrome), without: address.clone().without_value("stage", stage.code()).href() }
}

/// Rows for samples.
#[cfg(test)]
pub(super) fn sample_rows(kind: RecordKind) -> Vec<Row> {
    use crate::base::id::RecordId;
    use crate::base::money::Currency;
    use crate::base::text::{Headline, Reference};
    use crate::record::{Audience, State as Kept};
    use crate::web::samples;
    let row = |n: u128, number: &str, title: &str, stage: usize, on: &str, until: &str| Row {
        id: RecordId(uuid::Uuid::from_u128(n)),
        kind,
        number: Reference::parse(number).unwrap(),
        title: Headline::parse(title).unwrap(),
        stage: record::stages(kind).get(stage).copied().unwrap_or(record::stages(kind)[0]),
        on: Day::parse(on).unwrap(),
        until: (record::has_until(kind) != Has::Never).then(|| Day::parse(until).unwrap()),
        amount: (record::has_amount(kind) == Has::Always)
            .then(|| Money { cents: 486_200, currency: Currency::parse("AUD").unwrap() }),
        audience: Audience::Client,
        state: Kept::Shared,
        updated_at: samples::NOW,
    };
    vec![
        row(1, "20418", "Cartage, October, 14 loads", 0, "2026-11-23", "2026-11-24"),
        row(2, "20377", "Cartage, September", 0, "2026-10-06", "2026-10-24"),
        row(
            3,
            "20312",
            "Skip bins and tip fees for the whole of the quarter, with the late pickup at Dockside",
            1,
            "2026-09-04",
            "2026-09-24",
        ),
    ]
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::page::Page;
    use crate::web::samples;
    let mut person = samples::person();
    let accounts = samples::linked_clients();
    person.door.client = accounts.first().cloned();
    let show = |kind: RecordKind, query: &str, rows: Vec<Row>| {
        let place: Place = serde_html_form::from_str(query).unwrap();
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
        let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
        let chrome = Chrome::bare("");
        let portal = person.chrome(&accounts, person.tabs(Here::Records(kind), &chrome), &chrome);
        let ask = ask(kind, &place, &filters);
        samples::rendered(&page(&person, chrome, portal, kind, (&place, &ask), &listed, Day::of(samples::NOW)))
    };
    let (invoice, document) = (RecordKind::Invoice, RecordKind::Document);
    vec![
        ("portal/records", show(invoice, "stage=open&sort=amount", sample_rows(invoice))),
        ("portal/records-documents", show(document, "", sample_rows(document))),
        ("portal/records-none", show(RecordKind::Booking, "", Vec::new())),
        ("portal/records-nomatch", show(invoice, "q=x", Vec::new())),
        ("portal/records-moved", show(invoice, "after=AAAAAAAAAAAAAAAAAAAAAHR4", Vec::new())),
    ]
}
