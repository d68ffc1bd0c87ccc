//! What each column of a file holds, told by its name: in any case, with any spaces and punctuation, and by the names that
//! other programs give it.

use crate::base::text::fold;
use crate::import::sheet::Unreadable;
use csv::StringRecord;

/// Among how many rows at the beginning of a file the column names are looked for: above them there may be a title.
pub const HEADER_WITHIN: usize = 10;

/// Something that a file can say.
pub trait Column: Copy + PartialEq + Send + Sync + 'static {
    /// All of them, in the order in which a sample or an export has them.
    const ALL: &'static [Self];
    /// The column by which a header row is told.
    const KEY: Self;

    /// What pages, samples and exports call it.
    fn label(self) -> &'static str;

    /// The names it goes by in any file, each as a [`word`].
    fn names(self) -> &'static [&'static str];

    /// The column that goes by a name.
    #[must_use]
    fn of_name(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.names().contains(&word))
    }

    /// What these headers, each as a [`word`], stand for. Where a bare word depends on what else the file says, all of them tell.
    #[must_use]
    fn meanings(words: &[String]) -> Vec<Option<Self>> {
        words.iter().map(|word| Self::of_name(word)).collect()
    }

    /// The columns that a file with these lacks.
    fn missing(has: impl Fn(Self) -> bool, columns: usize) -> Vec<Self>;
}

/// The names that a client's reference goes by in every file, and those that it goes by where nothing else can be meant.
macro_rules! client_reference {
    ($($more:literal),* $(,)?) => {
        &[
            "clientreference",
            "clientref",
            "clientid",
            "clientno",
            "clientnumber",
            "clientcode",
            "client",
            "customerreference",
            "customerref",
            "customerid",
            "customerno",
            "customernumber",
            "customercode",
            "accountreference",
            "accountref",
            "accountno",
            "accountnumber",
            "accountcode",
            "debtorcode",
            "debtornumber",
            "companycode",
            "companyreference",
            $($more),*
        ]
    };
}

pub(super) use client_reference;

/// A header as it is compared: `E-Mail  Address:` is `emailaddress`.
#[must_use]
pub fn word(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn meanings<'a, C: Column>(headers: impl Iterator<Item = &'a str>) -> Vec<Option<C>> {
    C::meanings(&headers.map(word).collect::<Vec<_>>())
}

/// How many of these cells are names of columns: what tells a header row, and what stands between its cells.
pub fn recognised<C: Column>(cells: &[String]) -> usize {
    meanings::<C>(cells.iter().map(String::as_str)).iter().flatten().count()
}

/// What a header was taken for.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Matched {
    /// As the file writes it.
    pub header: String,
    /// What it was taken for.
    pub column: String,
}

/// The columns of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns<C> {
    at: Vec<(C, usize)>,
    /// How many columns the header names.
    pub width: usize,
    /// The headers as the file writes them.
    pub headers: Vec<String>,
    /// What each header was taken for.
    pub matched: Vec<Matched>,
    /// Headers that nothing was made of.
    pub ignored: Vec<String>,
}

impl<C> Default for Columns<C> {
    fn default() -> Self {
        Self { at: Vec::new(), width: 0, headers: Vec::new(), matched: Vec::new(), ignored: Vec::new() }
    }
}

impl<C: Column> Columns<C> {
    /// Whether this row names columns, so that what follows is what they hold.
    #[must_use]
    pub fn is_header(cells: &StringRecord) -> bool {
        meanings(cells.iter()).contains(&Some(C::KEY))
    }

    /// Reads the header row.
    ///
    /// # Errors
    /// When a column is missing or there twice; the message names what was found.
    pub fn of(cells: &StringRecord) -> Result<Self, Unreadable> {
        let mut columns = Self { width: cells.len(), ..Self::default() };
        while columns.width > 0 && cells.get(columns.width - 1).is_some_and(|cell| cell.trim().is_empty()) {
            columns.width -= 1;
        }
        columns.headers = cells.iter().take(columns.width).map(shown).collect();
        for (n, (header, meaning)) in cells.iter().zip(meanings(cells.iter())).enumerate() {
            let Some(column): Option<C> = meaning else {
                if !header.trim().is_empty() {
                    columns.ignored.push(shown(header));
                }
                continue;
            };
            if let Some((_, before)) = columns.at.iter().find(|(c, _)| *c == column) {
                let before = columns.headers.get(*before).map(String::as_str).unwrap_or_default();
                return Err(Unreadable(format!(
                    "Two columns both look like “{}”: “{before}” and “{}”. Rename or remove one of them.",
                    column.label(),
                    shown(header)
                )));
            }
            columns.at.push((column, n));
            columns.matched.push(Matched { header: shown(header), column: column.label().to_owned() });
        }
        let missing = C::missing(|column| columns.has(column), columns.at.len());
        let missing: Vec<&str> = missing.into_iter().map(C::label).collect();
        if missing.is_empty() { Ok(columns) } else { Err(missing_columns(&missing, &columns.headers)) }
    }

    /// Whether the file says anything about this.
    #[must_use]
    pub fn has(&self, column: C) -> bool {
        self.position(column).is_some()
    }

    pub(super) fn position(&self, column: C) -> Option<usize> {
        self.at.iter().find(|(c, _)| *c == column).map(|(_, at)| *at)
    }

    /// What a row says in this column: none where the file has no such column, or the row ends before it.
    #[must_use]
    pub fn cell<'a>(&self, cells: &'a StringRecord, column: C) -> Option<&'a str> {
        cells.get(self.position(column)?)
    }
}

/// What is said of a file without a header row: about the row that looks most like one.
pub fn no_header<C: Column>(rows: &[StringRecord]) -> Unreadable {
    let best = rows.iter().rev().max_by_key(|cells| meanings::<C>(cells.iter()).iter().flatten().count());
    let found: Vec<String> = best.map(|cells| cells.iter().map(shown).collect()).unwrap_or_default();
    missing_columns(&[C::KEY.label()], &found)
}

/// What is said when a file has no header row, or not all of its columns.
fn missing_columns(missing: &[&str], found: &[String]) -> Unreadable {
    let quoted = |names: &[&str]| names.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", ");
    let found: Vec<&str> = found.iter().map(String::as_str).filter(|h| !h.is_empty()).take(20).collect();
    let (noun, it) = if missing.len() == 1 { ("The column", "it") } else { ("The columns", "them") };
    let found = if found.is_empty() { "nothing".to_owned() } else { quoted(&found) };
    Unreadable(format!(
        "{noun} {} could not be found. The first row of the file must name its columns; found there: {found}. Add {it}, or rename the one that holds {it}.",
        quoted(missing)
    ))
}

/// A header as messages show it: not too long, and on one line.
pub fn shown(header: &str) -> String {
    let one_line: String = header.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    one_line
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Column, word};

    /// Fails where a column is not known by its own label, but for those that are told otherwise, or where a name stands for two.
    pub fn each_name_is_known_once<C: Column>(told_otherwise: &[C]) {
        let mut all: Vec<&str> = Vec::new();
        for column in C::ALL {
            let label = column.label();
            assert!(told_otherwise.contains(column) || C::of_name(&word(label)) == Some(*column), "{label}");
            all.extend(column.names());
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a name stands for two columns");
    }
}
