//! What a home page shows of the records that a business shares: what needs somebody, what is coming up, and the latest of each
//! kind that is open to them.

use super::records::{Line, day};
use crate::access::{RecordKind, Sight};
use crate::act::Scope;
use crate::base::id::ClientId;
use crate::base::page::Direction;
use crate::base::{Day, Result};
use crate::record::list::{self, Ask, Filter, Reader, Row, Sort};
use crate::record::{Stage, Standing, standing};
use crate::web::chrome::Chrome;
use crate::web::portal::Person;

/// How many of each kind are shown.
const MOST: i64 = 3;
/// How many days before it is due an invoice needs somebody.
const DUE_SOON: i32 = 7;

/// The rows of a home page, kind by kind.
pub struct Shared {
    /// Invoices that are due soon, or were.
    due: Vec<Row>,
    /// The latest of each kind; bookings are those that come up.
    latest: Vec<(RecordKind, Vec<Row>)>,
    today: Day,
}

/// What needs somebody.
pub struct Need {
    pub tone: &'static str,
    pub path: String,
    pub text: String,
    pub sub: String,
    pub amount: String,
}

/// The latest of a kind.
pub struct Latest {
    pub kind: RecordKind,
    pub title: String,
    pub all: String,
    pub path: String,
    pub lines: Vec<Line>,
}

impl Shared {
    /// Reads them: only what is open to the reader.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(scope: &mut Scope, client: ClientId, reader: Reader, open: &Sight) -> Result<Self> {
        let today = Day::of(scope.now);
        let mut due = Vec::new();
        if open.sees(RecordKind::Invoice) {
            let filter = Filter {
                kinds: [RecordKind::Invoice].into_iter().collect(),
                stages: vec![Stage::Open],
                until: Some(today.plus_days(DUE_SOON)),
                ..Filter::default()
            };
            let ask = Ask { filter, sort: Sort::Until, ..Ask::default() };
            due = list::first(scope, client, reader, &ask, MOST).await?;
        }
        let mut latest = Vec::new();
        for kind in open.kinds() {
            let mut filter = Filter { kinds: [kind].into_iter().collect(), ..Filter::default() };
            let mut direction = Direction::Descending;
            if kind == RecordKind::Booking {
                filter.from = Some(today);
                filter.stages = vec![Stage::Planned, Stage::Confirmed];
                direction = Direction::Ascending;
            }
            let ask = Ask { filter, direction, ..Ask::default() };
            latest.push((kind, list::first(scope, client, reader, &ask, MOST).await?));
        }
        Ok(Self { due, latest, today })
    }

    /// What needs somebody.
    #[must_use]
    pub fn needs(&self, person: &Person, chrome: &Chrome) -> Vec<Need> {
        let need = |row: &Row| {
            let line = Line::of(row, &person.client_base(), self.today, chrome);
            let until = row.until.map(|until| day(until, chrome.lang).1).unwrap_or_default();
            let invoice = line.name.as_str();
            let (tone, said) = match standing(row.kind, row.stage, row.until, self.today) {
                Standing::Overdue => {
                    ("bad", chrome.say("home-invoice-overdue").with("invoice", invoice).with("day", until))
                }
                Standing::At(_) => ("warn", chrome.say("home-invoice-due").with("invoice", invoice).with("day", until)),
            };
            Need { tone, text: said.to_string(), path: line.path, sub: line.title, amount: line.amount }
        };
        self.due.iter().map(need).collect()
    }

    /// The latest of each kind of which there is something.
    #[must_use]
    pub fn latest(&self, person: &Person, chrome: &Chrome) -> Vec<Latest> {
        let base = person.client_base();
        let latest = |(kind, rows): &(RecordKind, Vec<Row>)| Latest {
            kind: *kind,
            title: title(*kind, chrome),
            all: all(*kind, chrome),
            path: format!("{base}/{}", kind.path()),
            lines: rows.iter().map(|row| Line::of(row, &base, self.today, chrome)).collect(),
        };
        self.latest.iter().filter(|(_, rows)| !rows.is_empty()).map(latest).collect()
    }
}

fn title(kind: RecordKind, chrome: &Chrome) -> String {
    match kind {
        RecordKind::Booking => chrome.say("home-coming-up"),
        RecordKind::Invoice => chrome.say("home-recent-invoices"),
        RecordKind::Docket => chrome.say("home-latest-dockets"),
        RecordKind::Statement => chrome.say("home-latest-statements"),
        RecordKind::Document => chrome.say("home-latest-documents"),
    }
    .to_string()
}

fn all(kind: RecordKind, chrome: &Chrome) -> String {
    match kind {
        RecordKind::Booking => chrome.say("home-all-bookings"),
        RecordKind::Invoice => chrome.say("home-all-invoices"),
        RecordKind::Docket => chrome.say("home-all-dockets"),
        RecordKind::Statement => chrome.say("home-all-statements"),
        RecordKind::Document => chrome.say("home-all-documents"),
    }
    .to_string()
}

/// Something of every kind, for samples.
#[cfg(test)]
pub fn sample() -> Shared {
    use super::records::sample_rows;
    let rows = |kind: &RecordKind| (*kind, sample_rows(*kind));
    let due: Vec<Row> = sample_rows(RecordKind::Invoice).into_iter().filter(|row| row.stage == Stage::Open).collect();
    Shared { due, latest: RecordKind::ALL.iter().map(rows).collect(), today: Day::of(crate::web::samples::NOW) }
}

/// Nothing at all, for samples.
#[cfg(test)]
pub fn nothing() -> Shared {
    Shared { due: Vec::new(), latest: Vec::new(), today: Day::of(crate::web::samples::NOW) }
}
