//! Reading a sheet of whichever kind, row by row: what it is, is told by its content and never by its name (S57).

mod delimited;
mod encoding;
mod workbook;

use csv::StringRecord;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::ControlFlow;

/// The most columns of a sheet that are looked at.
pub const MOST_COLUMNS: usize = 256;

/// As much of a cell's text as is kept, in characters: more than any column takes, so that what is too long is still seen to
/// be. A workbook names a long text once and shows it in a million cells; each of them must stay small.
const KEPT_OF_CELL: usize = 4_100;
/// The most text of one row, in bytes.
const MOST_OF_ROW: usize = 32 * 1024;

/// What is kept of a cell's text.
fn kept(text: &str) -> &str {
    text.char_indices().nth(KEPT_OF_CELL).map_or(text, |(end, _)| &text[..end])
}

fn too_full(row: u64) -> Unreadable {
    Unreadable::because(format!(
        "Row {row} holds far more text than it should. Leave only the columns to import, then upload it again."
    ))
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, as the spreadsheet shows it.
    pub number: u32,
    /// Its cells, from the first column on.
    pub cells: StringRecord,
}

/// Why a file cannot be read; its words are the message a person sees, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    fn because(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl From<std::io::Error> for Unreadable {
    fn from(_: std::io::Error) -> Self {
        Self::because(
            "The file cannot be read to its end. Save it again in your spreadsheet program, then upload it again.",
        )
    }
}

/// What is looked for in a file.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// What its rows are, as sentences and the sheet of a workbook name it.
    pub rows: &'static str,
    /// How many of some cells are names of columns.
    pub recognised: fn(&[String]) -> usize,
}

/// What receives rows: it may end the reading.
pub type Sink<'a> = &'a mut dyn FnMut(Row) -> ControlFlow<()>;

const SAVE_AS: &str = "Open it in your spreadsheet program, save it as XLSX or CSV, then upload that file.";

/// Reads a sheet to its end, handing over each row that is not empty, and says what kind of file it is. Takes as much
/// memory as one row (and, of a workbook, its table of texts), whatever the size of the file.
///
/// # Errors
/// With what is wrong with the file, and what to do about it.
pub fn read(mut file: File, sought: Sought, sink: Sink<'_>) -> Result<String, Unreadable> {
    let mut start = Vec::with_capacity(8192);
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(8192).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    match Content::of(&start) {
        Content::Zip => {
            // A hostile workbook may find a way to stop the reader that reads it; it must not stop anything else.
            let read = std::panic::AssertUnwindSafe(|| workbook::read(file, sought, sink));
            std::panic::catch_unwind(read).unwrap_or_else(|_| Err(workbook::damaged()))
        }
        Content::Text => delimited::read(file, sought, sink),
        Content::Empty => {
            Err(Unreadable::because(format!("The file is empty. Choose the file that holds your {}.", sought.rows)))
        }
        Content::Other(what) => Err(Unreadable::because(format!("The file is {what}. {SAVE_AS}"))),
    }
}

/// What a file is, by its first bytes.
enum Content {
    Empty,
    Text,
    Zip,
    Other(&'static str),
}

impl Content {
    fn of(start: &[u8]) -> Self {
        const SIGNS: &[(&[u8], &str)] = &[
            (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one that is protected by a password"),
            (b"%PDF", "a PDF document"),
            (b"\x89PNG", "a picture"),
            (b"\xff\xd8\xff", "a picture"),
            (b"GIF8", "a picture"),
            (b"\x1f\x8b", "a compressed archive"),
            (b"7z\xbc\xaf", "a compressed archive"),
            (b"Rar!", "a compressed archive"),
            (b"SQLite format 3\0", "a database"),
            (b"{\\rtf", "a text document"),
        ];
        if start.iter().all(u8::is_ascii_whitespace) {
            return Self::Empty;
        }
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if let Some((_, what)) = SIGNS.iter().find(|(sign, _)| start.starts_with(sign)) {
            return Self::Other(what);
        }
        if encoding::looks_binary(start) {
            return Self::Other("not a spreadsheet");
        }
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let tag = text.get(..14).unwrap_or(text).to_ascii_lowercase();
        if tag.starts_with("<!doctype")
            || tag.starts_with("<html")
            || tag.starts_with("<?xml")
            || tag.starts_with("<table")
        {
            return Self::Other("a web page or XML file, whatever its name says");
        }
        Self::Text
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::import::clients::columns::Column;
    use crate::import::columns;
    use proptest::prelude::*;
    use std::io::Write as _;

    /// A file of these bytes.
    pub fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    /// A row's number and cells.
    pub type Cells = (u32, Vec<String>);

    /// The rows of a file, and what kind it is.
    pub fn rows(bytes: &[u8]) -> Result<(String, Vec<Cells>), Unreadable> {
        let mut rows = Vec::new();
        let sought = Sought { rows: "contacts", recognised: columns::recognised::<Column> };
        let format = read(file(bytes), sought, &mut |row| {
            rows.push((row.number, row.cells.iter().map(str::to_owned).collect()));
            ControlFlow::Continue(())
        })?;
        Ok((format, rows))
    }

    #[test]
    fn s57_what_is_no_sheet_is_named_and_refused_whatever_it_is_called() {
        let cases: &[(&[u8], &str)] = &[
            (b"", "empty"),
            (b" \r\n\r\n", "empty"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel workbook"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"<html><table><tr><td>Client reference</td></tr></table></html>", "web page"),
            (b"\x7fELF\0\0\0\x01\x02\0\0\0\0\x03", "not a spreadsheet"),
            (b"SQLite format 3\0\x10\0", "database"),
        ];
        for (bytes, word) in cases {
            let Unreadable(message) = rows(bytes).unwrap_err();
            assert!(message.contains(word), "{message}");
            assert!(message.contains("save it as XLSX or CSV") || message.contains("Choose"), "{message}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = rows(&bytes);
        }

        #[test]
        fn reading_never_panics_on_any_text(text in "[a-z\",;\t\r\n\u{e9} =']{0,400}") {
            if let Ok((_, rows)) = rows(text.as_bytes()) {
                prop_assert!(rows.windows(2).all(|two| two[0].0 < two[1].0), "row numbers rise: {:?}", rows);
            }
        }
    }
}
