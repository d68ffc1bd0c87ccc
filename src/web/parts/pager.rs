//! Where in a list somebody is, and the way on.

use super::Address;
use crate::base::page::{Cursor, Direction, Page, PageSize, Position};
use crate::language::{Sentence, say};
use crate::listing::{Ask, Effort, Listed, Needle, Total};
use serde::Deserialize;

/// The most that a search takes, in letters.
const MOST_LETTERS: usize = 200;
/// No list has so many rows.
const MOST_ROWS: i64 = 1_000_000_000_000;

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

/// How many there are, by what the page itself tells: that there are more behind its last row, or none.
fn known(total: Total, last: i64, more: bool) -> Total {
    match total {
        Total::AtLeast(_) if !more => Total::Exactly(last),
        Total::AtLeast(n) => Total::AtLeast(n.max(last + 1)),
        Total::Exactly(n) => Total::Exactly(n),
    }
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
                match known(listed.total, last, listed.page.next.is_some()) {
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
        // A page knows what is behind its last row, even where nobody has counted so far.
        let third = listed(25, Total::AtLeast(26), Some(1), Some(2));
        assert_eq!(range(&place("after=x&from=51"), &third), "51 to 75 of 76+");
        assert_eq!(range(&place("after=x&from=51"), &listed(9, Total::AtLeast(26), Some(1), None)), "51 to 59 of 59");
        assert_eq!(range(&place(""), &listed(0, Total::Exactly(0), None, None)), "");
    }
}
