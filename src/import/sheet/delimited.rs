//! Text files with commas, semicolons, tabs or bars between the cells.

use super::encoding::{self, Decoded};
use super::{MOST_COLUMNS, MOST_OF_ROW, Row, Sink, Sought, Unreadable, kept, too_full};
use crate::import::columns::HEADER_WITHIN;
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The longest row, in bytes. What is longer is a quotation mark that was opened and never closed.
const LONGEST_ROW: usize = 1024 * 1024;
const DELIMITERS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

pub fn read(mut file: File, sought: Sought, sink: Sink<'_>) -> Result<String, Unreadable> {
    let encoding = encoding::of(&mut file)?;
    let mut text = BufReader::with_capacity(256 * 1024, Decoded::new(file, encoding));
    let (delimiter, named) = delimiter(&mut text, sought)?;
    let since_row = Arc::new(AtomicUsize::new(0));
    let guarded = Guarded { inner: text, since_row: Arc::clone(&since_row) };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(64 * 1024)
        .from_reader(guarded);

    let mut bytes = ByteRecord::new();
    let (mut number, mut line) = (0_u32, reader.position().line());
    loop {
        since_row.store(0, Ordering::Relaxed);
        match reader.read_byte_record(&mut bytes) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(too_long(number)),
        }
        // The spreadsheet's number of this row: blank lines count, line breaks inside of a cell do not.
        let inside = bytes.as_slice().iter().filter(|b| **b == b'\n').count() as u64;
        let now = reader.position().line();
        number = number.saturating_add(u32::try_from((now - line).saturating_sub(inside).max(1)).unwrap_or(1));
        line = now;
        if bytes.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let mut cells = StringRecord::new();
        bytes.iter().take(MOST_COLUMNS).for_each(|cell| cells.push_field(kept(&String::from_utf8_lossy(cell))));
        if cells.as_slice().len() > MOST_OF_ROW {
            return Err(too_full(number.into()));
        }
        if sink(Row { number, cells }).is_break() {
            break;
        }
    }
    let encoding = if encoding == encoding_rs::WINDOWS_1252 { "Windows-1252" } else { encoding.name() };
    Ok(format!("CSV, separated by {named}, {encoding}"))
}

fn too_long(after: u32) -> Unreadable {
    Unreadable::because(format!(
        "The row after row {after} does not end. Most likely a quotation mark (\") is opened there and never closed: close or remove it."
    ))
}

/// What stands between the cells: what the file says itself (`sep=;`, as Excel writes it), else what makes most column
/// names of its first lines, else what makes most cells of them.
fn delimiter(text: &mut impl BufRead, sought: Sought) -> Result<(u8, &'static str), Unreadable> {
    let start = text.fill_buf()?;
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, rest @ ..] = start {
        let line_end = rest.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if let Some(known) = DELIMITERS.iter().find(|(d, _)| d == delimiter).filter(|_| line_end > 0) {
            text.consume(5 + line_end);
            return Ok(*known);
        }
    }
    let tried = DELIMITERS.iter().map(|known| {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(known.0).from_reader(start);
        let rows = reader.into_byte_records().take(HEADER_WITHIN).filter_map(Result::ok).map(|bytes| {
            let cells: Vec<String> =
                bytes.iter().take(MOST_COLUMNS).map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            ((sought.recognised)(&cells), cells.len())
        });
        (rows.max().unwrap_or_default(), known)
    });
    // Of equals the first wins: commas.
    let best = tried.reduce(|best, next| if next.0 > best.0 { next } else { best });
    Ok(best.map_or((b',', "commas"), |(_, known)| *known))
}

/// Stops a row that does not end before it fills the memory.
struct Guarded<R> {
    inner: R,
    since_row: Arc<AtomicUsize>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if self.since_row.fetch_add(n, Ordering::Relaxed) > LONGEST_ROW {
            return Err(io::Error::other("a row does not end"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use crate::import::sheet::KEPT_OF_CELL;
    use crate::import::sheet::tests::rows;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        rows(text.as_bytes()).unwrap().1
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn commas_semicolons_tabs_and_bars_are_told_apart() {
        for (text, named) in [
            ("Client reference,Client name\nC-1,\"Quill; Ledger\"\n", "commas"),
            ("Client reference;Client name\nC-1;Quill, Ledger, and more, and more\n", "semicolons"),
            ("Client reference\tClient name\nC-1\tQuill\n", "tabs"),
            ("Client reference|Client name\nC-1|Quill\n", "bars"),
            ("sep=;\r\nClient reference;Client name\nC-1;Quill\n", "semicolons"),
            ("Exported from Ledger, version 4, by somebody\nClient reference;Client name\nC-1;Quill\n", "semicolons"),
        ] {
            let (format, rows) = rows(text.as_bytes()).unwrap();
            assert!(format.contains(named), "{format}: {text:?}");
            assert_eq!(rows.last().unwrap().1.len(), 2, "{text:?}");
        }
    }

    #[test]
    fn rows_carry_the_numbers_that_the_spreadsheet_shows() {
        for end in ["\n", "\r\n"] {
            let text = ["Client reference,Client name", "C-1,\"two\nlines\"", "", "", "C-2,x", ",", "C-3,y"].join(end);
            assert_eq!(
                cells(&text),
                [
                    row(1, &["Client reference", "Client name"]),
                    row(2, &["C-1", "two\nlines"]),
                    row(5, &["C-2", "x"]),
                    row(7, &["C-3", "y"])
                ],
                "{end:?}"
            );
        }
        assert_eq!(cells("Client reference,a\rC-1,b\rC-2,c").last(), Some(&row(3, &["C-2", "c"])));
        assert_eq!(cells("\n\nClient reference,a\nC-1,b").last(), Some(&row(4, &["C-1", "b"])));
    }

    #[test]
    fn ragged_rows_keep_what_they_have() {
        let rows = cells("Client reference,Client name,Email\nC-1\nC-2,b,c,d,e\n");
        assert_eq!(rows[1..], [row(2, &["C-1"]), row(3, &["C-2", "b", "c", "d", "e"])]);
    }

    /// A thousand rows wait at a time: with a megabyte each they would fill the memory.
    #[test]
    fn s57_no_more_is_kept_of_a_row_than_any_column_takes() {
        let long = "é".repeat(90_000);
        let read = cells(&format!("Client reference,Client name\nC-1,{long}\n"));
        assert_eq!(read[1].1[1].chars().count(), KEPT_OF_CELL, "as much as shows that it is too long");
        let wide = format!("Client reference,Client name\nC-1,b\nC-2,{}\n", vec![long; 5].join(","));
        let message = rows(wide.as_bytes()).unwrap_err().0;
        assert!(message.contains("Row 3 holds far more text than it should"), "{message}");
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_found_before_it_fills_the_memory() {
        let text = format!("Client reference,Client name\nC-1,b\nC-2,\"never closed\n{}", "C-3,x\n".repeat(600_000));
        let message = rows(text.as_bytes()).unwrap_err().0;
        assert!(message.contains("after row 2") && message.contains("quotation mark"), "{message}");
    }
}
