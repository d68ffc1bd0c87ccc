//! What lists share: an address that says everything about what is shown, and the parts around the rows that are made from
//! it. Filter, sort, size and position live in the address alone, so that every view can be kept, shared and gone back to.

use crate::base::page::{Cursor, Direction, Page, PageSize, Position};
use crate::invitation::Progress;
use crate::language::{Sentence, say};
use crate::listing::{Ask, Effort, Listed, Needle, Total};
use crate::mail::outbox;
use crate::portal_user;
use crate::web::answer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::fmt::Write as _;

/// What is written in an address as something else: everything but what RFC 3986 leaves as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The most that a search takes, in letters.
const MOST_LETTERS: usize = 200;

/// The address of a list: its path, and what stands behind the question mark.
#[derive(Clone, Debug)]
pub struct Address {
    path: String,
    pairs: Vec<(&'static str, String)>,
}

impl Address {
    /// The bare list.
    #[must_use]
    pub fn of(path: impl Into<String>) -> Self {
        Self { path: path.into(), pairs: Vec::new() }
    }

    /// With one more value of a name; an empty one says nothing.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.pairs.push((name, value));
        }
        self
    }

    /// With this value and no other of the name.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.without(name).and(name, value)
    }

    /// Without anything of this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(found, _)| *found != name);
        self
    }

    /// Without one value of a name: a filter taken off.
    #[must_use]
    pub fn without_value(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(found, v)| *found != name || v != value);
        self
    }

    /// The same question, asked elsewhere.
    #[must_use]
    pub fn to(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// Its path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// As a link.
    #[must_use]
    pub fn href(&self) -> String {
        let mut href = self.path.clone();
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            let mark = if i == 0 { '?' } else { '&' };
            let _ = write!(href, "{mark}{name}={}", utf8_percent_encode(value, ENCODED));
        }
        href
    }

    /// What stands behind its question mark; empty where nothing does.
    #[must_use]
    pub fn question(&self) -> String {
        self.href().split_once('?').map(|(_, question)| question.to_owned()).unwrap_or_default()
    }

    /// As the hidden fields of a form that asks for `asked` itself.
    #[must_use]
    pub fn keep(&self, asked: &[&str]) -> Vec<(&'static str, String)> {
        self.pairs.iter().filter(|(name, _)| !asked.contains(name)).cloned().collect()
    }
}

/// Where in a list somebody is, as its address says it. What cannot be read is as if it were not there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    sort: String,
    dir: String,
    after: String,
    before: String,
    from: String,
    per: String,
    q: String,
}

impl Place {
    /// The question to the list.
    pub fn ask<F, S: Default>(&self, filter: F, sort: impl FnOnce(&str) -> Option<S>) -> Ask<F, S> {
        let position = match (Cursor::decode(&self.after), Cursor::decode(&self.before)) {
            (Some(cursor), _) if !self.after.is_empty() => Position::After(cursor),
            (_, Some(cursor)) if !self.before.is_empty() => Position::Before(cursor),
            _ => Position::Start,
        };
        Ask {
            filter,
            sort: sort(&self.sort).unwrap_or_default(),
            direction: if self.dir == "desc" { Direction::Descending } else { Direction::Ascending },
            position,
            size: self.size(),
            search: Needle::typed(&self.typed()),
            effort: Effort::default(),
        }
    }

    /// Whether an order is asked for; without, a list takes its own.
    #[must_use]
    pub fn sorts(&self) -> bool {
        !self.sort.is_empty()
    }

    /// How many rows the page shows.
    #[must_use]
    pub fn size(&self) -> PageSize {
        PageSize::asked(self.per.parse().ok())
    }

    /// What was typed into the search, as the page shows it again.
    #[must_use]
    pub fn typed(&self) -> String {
        self.q.trim().chars().filter(|c| !c.is_control()).take(MOST_LETTERS).collect()
    }

    /// The same place with another search.
    #[must_use]
    pub fn searching(self, text: &str) -> Self {
        Self { q: text.to_owned(), ..self }
    }

    /// The list in this order, at this size, with this search, from its beginning: filters are added by the list.
    #[must_use]
    pub fn address(&self, path: impl Into<String>) -> Address {
        let size = self.size();
        let per = if size == PageSize::default() { String::new() } else { size.rows().to_string() };
        let dir = if self.dir == "desc" { "desc" } else { "" };
        Address::of(path).and("q", self.typed()).and("sort", self.sort.as_str()).and("dir", dir).and("per", per)
    }

    /// The bare question with this search: what says whom a list is about, whatever its order. Filters are added by the list.
    #[must_use]
    pub fn question(&self) -> Address {
        Address::of("").and("q", self.typed())
    }

    /// The number of the page's first row, where an earlier page has counted it: rows that came or went meanwhile may have
    /// moved it, so both ends of the list put it right again.
    fn first_row<R>(&self, listed: &Listed<R>) -> Option<i64> {
        let rows = i64::try_from(listed.page.rows.len()).unwrap_or(i64::MAX);
        let (total, exact) = match listed.total {
            Total::Exactly(n) => (n, true),
            Total::AtLeast(n) => (n, false),
        };
        if rows == 0 {
            return None;
        }
        if listed.page.previous.is_none() {
            return Some(1);
        }
        if exact && listed.page.next.is_none() {
            return Some((total - rows + 1).max(1));
        }
        // It comes with the address, so it may be anything.
        let counted: i64 = self.from.parse().ok().filter(|counted| (2..MOST_ROWS).contains(counted))?;
        (!exact || counted + rows - 1 <= total).then_some(counted)
    }
}

/// No list has so many rows.
const MOST_ROWS: i64 = 1_000_000_000_000;

/// Where we are in a list, how much of it a page shows, and the way on.
#[derive(Clone, Debug)]
pub struct Pager {
    /// Where the form for the size leads.
    pub action: String,
    /// What that form keeps.
    pub keep: Vec<(&'static str, String)>,
    /// The sizes that are offered.
    pub sizes: Vec<Size>,
    /// `26 to 50 of 412`.
    pub range: Sentence,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A page size that is offered.
#[derive(Clone, Debug)]
pub struct Size {
    /// How many rows.
    pub text: String,
    /// Whether it is the one in use.
    pub chosen: bool,
}

impl Pager {
    /// The pager of a page; `address` is the list without a position.
    #[must_use]
    pub fn of<R>(address: &Address, place: &Place, listed: &Listed<R>) -> Self {
        let first = place.first_row(listed);
        let rows = i64::try_from(listed.page.rows.len()).unwrap_or(i64::MAX);
        let range = match first {
            None if rows == 0 => Sentence::from(""),
            None => match listed.total {
                Total::Exactly(total) => say("ui-range-count").with("rows", rows).with("total", total).into(),
                Total::AtLeast(total) => say("ui-range-count-more").with("rows", rows).with("total", total).into(),
            },
            Some(first) => {
                let last = first + rows - 1;
                match listed.total {
                    Total::Exactly(total) => {
                        say("ui-range").with("first", first).with("last", last).with("total", total).into()
                    }
                    Total::AtLeast(total) => {
                        say("ui-range-more").with("first", first).with("last", last).with("total", total).into()
                    }
                }
            }
        };
        let step = i64::try_from(place.size().rows()).unwrap_or_default();
        let counted = |n: Option<i64>| n.filter(|n| *n > 1).map(|n| n.to_string()).unwrap_or_default();
        let Page { previous, next, .. } = &listed.page;
        let previous = previous.as_ref().map(|cursor| {
            address.clone().and("before", cursor.encode()).and("from", counted(first.map(|f| f - step))).href()
        });
        let next = next.as_ref().map(|cursor| {
            address.clone().and("after", cursor.encode()).and("from", counted(first.map(|f| f + rows))).href()
        });
        Self::between(address, place, range, previous, next)
    }

    /// The pager between two neighbours.
    #[must_use]
    pub fn between(
        address: &Address,
        place: &Place,
        range: impl Into<Sentence>,
        previous: Option<String>,
        next: Option<String>,
    ) -> Self {
        let size = place.size();
        Self {
            action: address.path.clone(),
            keep: address.keep(&["per"]),
            sizes: PageSize::OFFERED
                .iter()
                .map(|rows| Size { text: rows.to_string(), chosen: usize::from(*rows) == size.rows() })
                .collect(),
            range: range.into(),
            previous,
            next,
        }
    }
}

/// The head of a column that sorts.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Sorts by it; by what it sorts already, the other way.
    pub href: String,
    /// `ascending`, `descending`, or nothing while another column sorts.
    pub order: &'static str,
}

impl Heading {
    /// The head of the column `code`, in a list sorted by the column `sorted`.
    #[must_use]
    pub fn of(address: &Address, code: &'static str, sorted: &str, direction: Direction) -> Self {
        let (order, next) = match (code == sorted, direction) {
            (false, _) => ("", Direction::Ascending),
            (true, Direction::Ascending) => ("ascending", Direction::Descending),
            (true, Direction::Descending) => ("descending", Direction::Ascending),
        };
        let dir = if next == Direction::Descending { "desc" } else { "" };
        Self { href: address.clone().with("sort", code).with("dir", dir).href(), order }
    }
}

/// A saved view, or one of the pages of one thing.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// How many it holds.
    pub count: Option<String>,
    /// Whether we are in it.
    pub here: bool,
}

/// A filter in use.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What it keeps: `Status: Active`.
    pub text: String,
    /// The list without it.
    pub without: String,
}

/// A box to tick in a filter's sheet.
#[derive(Clone, Debug)]
pub struct FilterBox {
    /// What is asked for.
    pub value: String,
    /// What pages call it.
    pub text: String,
    /// How many there are.
    pub count: Option<String>,
    /// Whether it is in use.
    pub checked: bool,
}

/// The values that an address names, in their own order and once each; what is none of them is as if it were not there.
#[must_use]
pub fn chosen<T: Copy>(named: &[String], all: &[T], code: fn(T) -> &'static str) -> Vec<T> {
    all.iter().copied().filter(|value| named.iter().any(|name| name == code(*value))).collect()
}

/// A state, as an adjective.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The word.
    pub text: &'static str,
    /// Its colour, and its shape: `ok dot`.
    pub tone: &'static str,
    /// Its icon, where it has no shape.
    pub icon: &'static str,
}

impl From<portal_user::Status> for Badge {
    fn from(status: portal_user::Status) -> Self {
        let (tone, icon) = match status {
            portal_user::Status::Active => ("ok dot", ""),
            portal_user::Status::PasswordDue => ("warn", "key"),
            portal_user::Status::Disabled => ("", "ban"),
            portal_user::Status::Deleted => ("", "trash"),
        };
        Self { text: status.label(), tone, icon }
    }
}

impl From<Progress> for Badge {
    fn from(progress: Progress) -> Self {
        let (tone, icon) = match progress {
            Progress::Queued => ("info", "clock"),
            Progress::Held => ("warn", "clock"),
            Progress::Sent => ("info ring", ""),
            Progress::Bounced | Progress::NotSent => ("bad", "alert"),
            Progress::Opened => ("info", "mail"),
            Progress::Accepted => ("ok", "check"),
            Progress::Expired => ("warn", "clock"),
            Progress::Revoked | Progress::Replaced => ("", "minus"),
        };
        Self { text: progress.label(), tone, icon }
    }
}

impl From<outbox::State> for Badge {
    fn from(state: outbox::State) -> Self {
        let (tone, icon) = match state {
            outbox::State::Queued | outbox::State::Sending => ("info", "clock"),
            outbox::State::Held => ("warn", "clock"),
            outbox::State::Sent => ("ok", "check"),
            outbox::State::Bounced | outbox::State::Failed => ("bad", "alert"),
            outbox::State::Cancelled => ("", "minus"),
        };
        Self { text: state.label(), tone, icon }
    }
}

/// Where somebody came from, and goes back to after an act or when they think better of it: `?back=/console/…`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

impl Back {
    /// That page, if it is one of the console's own (S52); else this one.
    #[must_use]
    pub fn or(&self, otherwise: &str) -> String {
        answer::own_path(&self.back).filter(|path| path.starts_with("/console/")).unwrap_or(otherwise).to_owned()
    }

    /// An address that carries it on.
    #[must_use]
    pub fn on(&self, path: &str) -> String {
        Address::of(path).and("back", self.back.as_str()).href()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::page::Key;
    use uuid::Uuid;

    fn place(query: &str) -> Place {
        serde_html_form::from_str(query).unwrap()
    }

    fn listed(rows: usize, total: Total, previous: Option<u128>, next: Option<u128>) -> Listed<()> {
        let cursor = |n| Cursor { key: Key::Number(7), id: Uuid::from_u128(n) };
        let page = Page { rows: vec![(); rows], previous: previous.map(cursor), next: next.map(cursor) };
        Listed { page, total, first: None }
    }

    #[test]
    fn an_address_keeps_what_is_not_taken_off() {
        let address = Address::of("/console/x")
            .and("q", "a&b=c")
            .and("status", "active")
            .and("status", "disabled")
            .and("per", "");
        assert_eq!(address.href(), "/console/x?q=a%26b%3Dc&status=active&status=disabled");
        assert_eq!(address.clone().without_value("status", "active").href(), "/console/x?q=a%26b%3Dc&status=disabled");
        assert_eq!(address.clone().with("status", "x").href(), "/console/x?q=a%26b%3Dc&status=x");
        assert_eq!(address.keep(&["status"]), [("q", "a&b=c".to_owned())]);
    }

    #[test]
    fn a_first_row_that_no_list_has_is_not_believed() {
        for from in ["9223372036854775807", "-9223372036854775808", "1000000000000", "1", "x", ""] {
            let place = place(&format!("from={from}"));
            let listed = listed(25, Total::AtLeast(10_000), Some(1), Some(2));
            assert_eq!(place.first_row(&listed), None, "{from}");
            assert_eq!(&*Pager::of(&Address::of("/console/x"), &place, &listed).range, "25 of 10,000+");
        }
        assert_eq!(place("from=26").first_row(&listed(25, Total::AtLeast(10_000), Some(1), Some(2))), Some(26));
    }

    #[test]
    fn what_cannot_be_read_in_an_address_is_as_if_it_were_not_there() {
        let place = place("sort=drop&dir=sideways&after=%00%FF&before=&per=9999999999&q=%20%00%20&other=1");
        let ask: Ask<(), crate::portal_user::list::Sort> = place.ask((), crate::portal_user::list::Sort::of_code);
        assert_eq!(ask.position, Position::Start);
        assert_eq!(ask.size, PageSize::default());
        assert_eq!(ask.direction, Direction::Ascending);
        assert!(ask.search.is_none());
    }

    #[test]
    fn the_pager_says_where_we_are_as_far_as_it_knows() {
        let address = Address::of("/console/x");
        let range = |place: &Place, listed: &Listed<()>| Pager::of(&address, place, listed).range.to_string();
        let first = listed(10, Total::Exactly(1234), None, Some(10));
        assert_eq!(range(&place("per=10"), &first), "1 to 10 of 1,234");
        let next = Pager::of(&address, &place("per=10"), &first).next.unwrap();
        assert!(next.starts_with("/console/x?after=") && next.ends_with("&from=11"), "{next}");
        let middle = listed(10, Total::Exactly(1234), Some(11), Some(20));
        assert_eq!(range(&place("per=10&after=x&from=11"), &middle), "11 to 20 of 1,234");
        assert_eq!(range(&place("per=10&after=x"), &middle), "10 of 1,234");
        assert_eq!(range(&place("per=10&after=x&from=99999"), &middle), "10 of 1,234");
        let last = listed(4, Total::Exactly(1234), Some(1), None);
        assert_eq!(range(&place("per=10&after=x&from=3"), &last), "1,231 to 1,234 of 1,234");
        assert_eq!(range(&place(""), &listed(25, Total::AtLeast(1000), None, Some(1))), "1 to 25 of 1,000+");
        assert_eq!(range(&place(""), &listed(0, Total::Exactly(0), None, None)), "");
    }

    #[test]
    fn a_heading_sorts_and_then_turns() {
        let address = Address::of("/console/x").and("q", "rao");
        let heads = |sorted, direction| Heading::of(&address, "name", sorted, direction);
        assert_eq!(heads("email", Direction::Descending).href, "/console/x?q=rao&sort=name");
        assert_eq!(heads("name", Direction::Ascending).href, "/console/x?q=rao&sort=name&dir=desc");
        assert_eq!(heads("name", Direction::Ascending).order, "ascending");
        assert_eq!(heads("name", Direction::Descending).href, "/console/x?q=rao&sort=name");
    }
}
