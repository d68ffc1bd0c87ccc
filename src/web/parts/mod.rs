//! What lists share: an address that says everything about what is shown, and the parts around the rows that are made from
//! it. Filter, sort, size and position live in the address alone, so that every view can be kept, shared and gone back to.

use crate::base::page::Direction;

mod address;
mod badge;
mod pager;

pub use address::{Address, Back, here};
pub use badge::Badge;
pub use pager::{Pager, Place, Size};

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

#[cfg(test)]
mod tests {
    use super::*;

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
