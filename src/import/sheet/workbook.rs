//! Excel workbooks (XLSX). Everything in the archive is unpacked once into nothing, within limits, before the workbook is
//! read: what an archive says about its own sizes is not believed.

use super::{MOST_COLUMNS, MOST_OF_ROW, Row, Sink, Sought, Unreadable, kept, too_full};
use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use csv::StringRecord;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use zip::ZipArchive;

/// The most that an archive may unpack to, in bytes.
const MOST_UNPACKED: u64 = 300 * 1024 * 1024;
/// The most that one part which is held in memory may unpack to, in bytes: the table of texts, the styles.
const MOST_HELD: u64 = 100 * 1024 * 1024;
/// How many times its packed size an archive may unpack to; spreadsheets reach about 40.
const MOST_RATIO: u64 = 150;
/// Below this nobody asks for the ratio, in bytes.
const SMALL: u64 = 8 * 1024 * 1024;
/// The most parts of an archive.
const MOST_PARTS: usize = 2_000;
/// The longest number format that is looked at; one that pads a phone number is shorter.
const LONGEST_FORMAT: usize = 60;

pub fn damaged() -> Unreadable {
    Unreadable::because(
        "The workbook is damaged and cannot be read. Open it in your spreadsheet program, save it again, then upload it again.",
    )
}

fn bomb() -> Unreadable {
    Unreadable::because(format!(
        "The workbook unpacks to far more than a table holds, so it was not opened. Save the sheet with the table as CSV, or as a workbook of its own under {} MB unpacked, then upload that.",
        MOST_UNPACKED / (1024 * 1024)
    ))
}

pub fn read(file: File, sought: Sought, sink: Sink<'_>) -> Result<String, Unreadable> {
    check_archive(&file)?;
    let mut input = BufReader::new(file);
    input.seek(SeekFrom::Start(0))?;
    let mut workbook: Xlsx<_> = Xlsx::new(input).map_err(|_| damaged())?;
    let name = sheet_name(&workbook, sought)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;

    let mut current: Option<(u32, Vec<String>)> = None;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| damaged())? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Float(number) => Cow::Owned(number_text(*number, format_code(&cells, style))),
            other => cell_text(other),
        };
        if text.is_empty() || column as usize >= MOST_COLUMNS {
            continue;
        }
        match &current {
            Some((at, _)) if row < *at => return Err(damaged()),
            Some((at, _)) if row == *at => {}
            _ => {
                if let Some((at, cells)) = current.replace((row, Vec::new()))
                    && hand_over(at, &cells, sink).is_break()
                {
                    return Ok(format_words(&name));
                }
            }
        }
        if let Some((_, cells)) = &mut current {
            let column = column as usize;
            cells.resize(cells.len().max(column + 1), String::new());
            if let Some(cell) = cells.get_mut(column) {
                *cell = kept(&text).to_owned();
            }
            if cells.iter().map(String::len).sum::<usize>() > MOST_OF_ROW {
                return Err(too_full(u64::from(row) + 1));
            }
        }
    }
    if let Some((at, cells)) = current {
        let _ = hand_over(at, &cells, sink);
    }
    Ok(format_words(&name))
}

fn format_words(sheet: &str) -> String {
    format!("Excel workbook, sheet “{sheet}”")
}

fn hand_over(at: u32, cells: &[String], sink: Sink<'_>) -> std::ops::ControlFlow<()> {
    sink(Row { number: at.saturating_add(1), cells: StringRecord::from(cells) })
}

/// The sheet called Contacts or Records, whichever is sought, else the first that can be seen.
fn sheet_name<R: Read + std::io::Seek>(workbook: &Xlsx<R>, sought: Sought) -> Result<String, Unreadable> {
    let sheets = workbook.sheets_metadata();
    let named = sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(sought.rows));
    let seen = || sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible);
    named.or_else(seen).or_else(|| sheets.first()).map(|sheet| sheet.name.clone()).ok_or_else(|| {
        Unreadable::because(format!(
            "The workbook holds no sheet. Put the {} on its first sheet, then upload it again.",
            sought.rows
        ))
    })
}

fn cell_text<'a>(value: &'a DataRef<'_>) -> Cow<'a, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number_text(*number, None)),
        DataRef::Bool(true) => Cow::Borrowed("TRUE"),
        DataRef::Bool(false) => Cow::Borrowed("FALSE"),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Cow::Owned(format!("{year:04}-{month:02}-{day:02}"))
        }
    }
}

fn format_code<'a, R: Read + std::io::Seek>(
    cells: &'a calamine::XlsxCellReader<'_, R>,
    style: usize,
) -> Option<&'a str> {
    let format = cells.styles().get(style)?.number_format.as_ref()?;
    Some(format.format_code.as_str()).filter(|code| code.len() <= LONGEST_FORMAT)
}

/// A number as the spreadsheet shows it: never 6.1E+10, no more digits than spreadsheets keep, and with the zeros in front
/// that a format like `0000 000 000` gives a phone number.
fn number_text(number: f64, format: Option<&str>) -> String {
    if let Some(padded) = format.and_then(|code| padded(number, code)) {
        return padded;
    }
    // Spreadsheets keep 15 digits: what is beyond is dust from calculating (0.1 + 0.2).
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    kept.to_string()
}

/// The digits of a whole number poured into a format that is made of zeros and marks between them.
fn padded(number: f64, code: &str) -> Option<String> {
    let code: String = code.chars().filter(|c| !matches!(c, '\\' | '"')).collect();
    let places = code.chars().filter(|c| *c == '0').count();
    if places < 2
        || number.fract() != 0.0
        || !(0.0..1e15).contains(&number)
        || !code.chars().all(|c| "0 -()/+".contains(c))
    {
        return None;
    }
    let digits = format!("{number:0>places$.0}");
    // More digits than places: those in front stand where the first zero does.
    let mut front = digits.len() - places;
    let mut digits = digits.chars();
    let mut out = String::new();
    for c in code.chars() {
        if c == '0' {
            out.extend(digits.by_ref().take(1 + std::mem::take(&mut front)));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// Unpacks every part into nothing, and stops at the limits.
fn check_archive(file: &File) -> Result<(), Unreadable> {
    let packed = file.metadata()?.len();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
    if archive.len() > MOST_PARTS {
        return Err(bomb());
    }
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(|n| n.to_ascii_lowercase()))
        .collect::<Result<_, _>>()
        .map_err(|_| damaged())?;
    what_else(&names)?;
    let mut unpacked = 0_u64;
    for (n, name) in names.iter().enumerate() {
        let mut part = archive.by_index(n).map_err(|_| damaged())?;
        let mut check = PartCheck::default();
        let mut piece = vec![0; 64 * 1024];
        let mut size = 0_u64;
        loop {
            let read = match part.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(damaged()),
            };
            size += read as u64;
            unpacked += read as u64;
            if unpacked > MOST_UNPACKED || (unpacked > SMALL && unpacked / packed.max(1) > MOST_RATIO) {
                return Err(bomb());
            }
            if is_xml(name) {
                if !name.contains("/worksheets/") && size > MOST_HELD {
                    return Err(bomb());
                }
                check.look_at(piece.get(..read).unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

fn is_xml(name: &str) -> bool {
    [".xml", ".rels"].iter().any(|end| name.ends_with(end))
}

/// Archives that are something else than a workbook.
fn what_else(names: &[String]) -> Result<(), Unreadable> {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if names.iter().any(|name| name == "xl/workbook.bin") {
        return Err(Unreadable::because(format!("The file is a binary Excel workbook (.xlsb). {}", super::SAVE_AS)));
    }
    if has("[content_types].xml") && names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(());
    }
    let what = if has("word/") {
        "a text document"
    } else if has("ppt/") {
        "a presentation"
    } else if has("content.xml") {
        "an OpenDocument file"
    } else {
        return Err(Unreadable::because(
            "The file is a ZIP archive. Unpack it, then upload the XLSX or CSV file that is in it.",
        ));
    };
    Err(Unreadable::because(format!("The file is {what}. {}", super::SAVE_AS)))
}

/// Looks through a part for what would make its reader reserve memory that nothing fills.
#[derive(Default)]
struct PartCheck {
    tail: Vec<u8>,
}

impl PartCheck {
    /// A table of texts says how many it holds, and its reader believes it.
    const SAYS_HOW_MANY: &[u8] = b"uniqueCount";
    /// More texts than could be packed into what may be held.
    const MOST: u64 = MOST_HELD / 16;
    /// More between the word and its number than any program writes: an attempt to hide the number.
    const MOST_FILLING: usize = 64;

    fn look_at(&mut self, piece: &[u8]) -> Result<(), Unreadable> {
        // Workbooks are written in UTF-8; in any other way of writing, this search would see nothing.
        if piece.contains(&0) {
            return Err(damaged());
        }
        self.tail.extend_from_slice(piece);
        let mut rest = self.tail.as_slice();
        while let Some(at) = find(rest, Self::SAYS_HOW_MANY) {
            let after = rest.get(at + Self::SAYS_HOW_MANY.len()..).unwrap_or_default();
            let filling = after.iter().take_while(|b| b" \t\r\n=\"'+0".contains(b)).count();
            if filling > Self::MOST_FILLING {
                return Err(damaged());
            }
            let said = after.iter().skip(filling).take_while(|b| b.is_ascii_digit());
            let many = said.fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')));
            if many > Self::MOST {
                return Err(bomb());
            }
            rest = after;
        }
        // The word and its number may be cut by the end of the piece.
        let keep = self.tail.len().saturating_sub(256);
        self.tail.drain(..keep);
        Ok(())
    }
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests;
