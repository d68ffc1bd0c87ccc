//! The few rows of each list that fit best what was typed. A row whose name or address begins with it is found by the sorted
//! index, so that the best stand first also where thousands hold it somewhere; the rest comes from the list's own search.
//! Every way is a page of the list: of one business, bounded, and as quick as the list itself.

use crate::act::Look;
use crate::base::Result;
use crate::base::page::{Cursor, Key, PageSize, Position};
use crate::base::text::fold;
use crate::listing::{Ask, Needle};
use crate::{client, contact, portal_user};
use uuid::Uuid;

/// How many rows of a search are looked at to find those that fit best.
const LOOKED_AT: u16 = 25;

/// What was typed, as lists look for it.
pub struct Typed {
    needle: Needle,
    folded: String,
    address: String,
}

impl Typed {
    /// None where nothing was.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let needle = Needle::typed(text)?;
        Some(Self { needle, folded: fold(text.trim()), address: text.trim().to_lowercase() })
    }

    /// Whether a name begins with it.
    fn begins(&self, name: &str) -> bool {
        fold(name).starts_with(&self.folded)
    }

    /// Whether an address begins with it.
    fn begins_address(&self, address: &str) -> bool {
        address.to_lowercase().starts_with(&self.address)
    }

    /// Whether a word of a name begins with it.
    fn begins_word(&self, name: &str) -> bool {
        let name = fold(name);
        name.match_indices(&self.folded)
            .any(|(at, _)| name[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    }

    /// The rows of a list from where such a key stands in its order.
    fn from<F: Default, S: Default>(&self, sort: S, key: &str) -> Ask<F, S> {
        let position = Position::After(Cursor { key: Key::Text(key.to_owned()), id: Uuid::nil() });
        Ask { sort, position, size: PageSize::asked(Some(10)), ..Ask::default() }
    }

    /// The rows of a list that hold it anywhere.
    fn anywhere<F: Default, S: Default>(&self) -> Ask<F, S> {
        Ask { search: Some(self.needle.clone()), size: PageSize::asked(Some(LOOKED_AT)), ..Ask::default() }
    }
}

/// The best rows so far, each once.
struct Best<R> {
    rows: Vec<R>,
    most: usize,
    id: fn(&R) -> Uuid,
}

impl<R> Best<R> {
    fn of(most: usize, id: fn(&R) -> Uuid) -> Self {
        Self { rows: Vec::new(), most, id }
    }

    fn add(&mut self, rows: impl IntoIterator<Item = R>) {
        for row in rows {
            let id = (self.id)(&row);
            if !self.is_full() && self.rows.iter().all(|known| (self.id)(known) != id) {
                self.rows.push(row);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.most
    }
}

/// Rows in which a word begins with what was typed before those that only hold it somewhere.
fn words_first<R>(mut rows: Vec<R>, begins: impl Fn(&R) -> bool) -> Vec<R> {
    rows.sort_by_key(|row| !begins(row));
    rows
}

/// A list of people: found by name, by address, then by a word of either or of their company.
macro_rules! people {
    ($(#[$says:meta])* $people:ident, $room:ident) => {
        $(#[$says])*
        ///
        /// # Errors
        /// When the database cannot be read.
        pub async fn $people(look: &mut Look, typed: &Typed, most: usize) -> Result<Vec<$room::list::Row>> {
            use $room::list::{Row, Sort, list};
            let mut best = Best::of(most, |row: &Row| row.id.0);
            let named = list(look, &typed.from(Sort::Name, &typed.folded)).await?.page.rows;
            best.add(named.into_iter().take_while(|row| typed.begins(&row.name)));
            let addressed = list(look, &typed.from(Sort::Email, &typed.address)).await?.page.rows;
            best.add(addressed.into_iter().take_while(|row| typed.begins_address(row.email.as_str())));
            if !best.is_full() {
                let rows = list(look, &typed.anywhere()).await?.page.rows;
                best.add(words_first(rows, |row| typed.begins_word(&row.name) || typed.begins_word(&row.company)));
            }
            Ok(best.rows)
        }
    };
}

people! {
    /// The portal users that fit best.
    portal_users, portal_user
}

people! {
    /// The contacts that fit best.
    contacts, contact
}

/// The clients that fit best.
///
/// # Errors
/// When the database cannot be read.
pub async fn clients(look: &mut Look, typed: &Typed, most: usize) -> Result<Vec<client::list::Row>> {
    use client::list::{Sort, list};
    let mut best = Best::of(most, |row: &client::list::Row| row.id.0);
    let referred = list(look, &typed.from(Sort::Reference, &typed.folded)).await?.page.rows;
    best.add(referred.into_iter().take_while(|row| typed.begins(row.reference.as_str())));
    let named = list(look, &typed.from(Sort::Name, &typed.folded)).await?.page.rows;
    best.add(named.into_iter().take_while(|row| typed.begins(row.name.as_str())));
    if !best.is_full() {
        let rows = list(look, &typed.anywhere()).await?.page.rows;
        best.add(words_first(rows, |row| typed.begins_word(row.name.as_str())));
    }
    Ok(best.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_with_what_was_typed_come_before_those_that_hold_it() {
        let typed = Typed::of("  Rao ").unwrap();
        let names = vec!["Suraoka Ltd", "Devika Ráo", "Raoul’s & Rao"];
        assert_eq!(words_first(names, |name| typed.begins_word(name)), ["Devika Ráo", "Raoul’s & Rao", "Suraoka Ltd"]);
        assert!(typed.begins("RAO Brothers") && !typed.begins("Devika Rao"));
        assert!(typed.begins_address("Rao@client.test"));
        assert!(Typed::of(" \t").is_none());
    }
}
