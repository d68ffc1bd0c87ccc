//! Paging by key: a page is "the 25 after this row", so the millionth is as quick as the first, and a row that comes or
//! goes meanwhile shifts nothing.

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

/// How many rows a page shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageSize(u16);

impl PageSize {
    /// The sizes that are offered.
    pub const OFFERED: [u16; 4] = [10, 25, 50, 100];

    /// The offered size that was asked for, else the usual one.
    #[must_use]
    pub fn asked(size: Option<u16>) -> Self {
        size.filter(|s| Self::OFFERED.contains(s)).map_or_else(Self::default, Self)
    }

    /// Rows.
    #[must_use]
    pub fn rows(self) -> usize {
        usize::from(self.0)
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(25)
    }
}

/// Which way a list runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    /// A to Z, oldest first, never first.
    #[default]
    Ascending,
    /// Z to A, latest first.
    Descending,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// The value of a row in the column that the list is sorted by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Key {
    /// A folded text.
    Text(String),
    /// A time or a number.
    Number(i64),
}

/// A place between rows: the sort key and id of the row beside it. Written into the address, so anybody may change it;
/// it is parsed into these two values and used as nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The row's sort key.
    pub key: Key,
    /// The row's id: what decides between equal keys.
    pub id: Uuid,
}

/// From where a page is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Position {
    /// The first page.
    #[default]
    Start,
    /// The page that begins after this row.
    After(Cursor),
    /// The page that ends before this row.
    Before(Cursor),
}

impl Cursor {
    /// The text for an address.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = self.id.as_bytes().to_vec();
        match &self.key {
            Key::Number(n) => {
                bytes.push(b'n');
                bytes.extend_from_slice(&n.to_be_bytes());
            }
            Key::Text(t) => {
                bytes.push(b't');
                bytes.extend_from_slice(t.as_bytes());
            }
        }
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// The place that a text from an address names, if it names one. A forged one is at most another place in the
    /// reader's own list.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        if text.len() > 2048 {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (id, rest) = bytes.split_at_checked(16)?;
        let (kind, value) = rest.split_first()?;
        let key = match kind {
            b'n' => Key::Number(i64::from_be_bytes(value.try_into().ok()?)),
            b't' => Key::Text(std::str::from_utf8(value).ok().filter(|t| !t.contains('\0'))?.to_owned()),
            _ => return None,
        };
        Some(Self { key, id: Uuid::from_slice(id).ok()? })
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Its rows, in order.
    pub rows: Vec<T>,
    /// Where the page before ends, if there is one.
    pub previous: Option<Cursor>,
    /// Where the page after begins, if there is one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of rows read from a position: one more row than the size was asked for, in the direction of reading.
    #[must_use]
    pub fn of(mut read: Vec<T>, size: PageSize, position: &Position, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = read.len() > size.rows();
        read.truncate(size.rows());
        let (before, after) = match position {
            Position::Start => (false, more),
            Position::After(_) => (true, more),
            Position::Before(_) => {
                read.reverse();
                (more, true)
            }
        };
        let previous = if before { read.first().map(&cursor) } else { None };
        let next = if after { read.last().map(&cursor) } else { None };
        Self { rows: read, previous, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back_as_it_went(text in "[^\\x00]{0,60}", n in any::<i64>(), id in any::<u128>()) {
            for key in [Key::Text(text.clone()), Key::Number(n)] {
                let cursor = Cursor { key, id: Uuid::from_u128(id) };
                prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
            }
        }

        #[test]
        fn s54_a_forged_cursor_is_refused_or_harmless(text in any::<String>()) {
            if let Some(cursor) = Cursor::decode(&text) {
                prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
            }
        }
    }
}
