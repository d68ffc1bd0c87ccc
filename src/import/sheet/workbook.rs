//! Excel workbooks (XLSX). Everything in the archive is unpacked once into nothing, within limits, before the workbook is
//! read: what an archive says about its own sizes is not believed.

use super::{MOST_COLUMNS, Row, Sink, Unreadable};
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
/// The longest text of a cell that a spreadsheet program makes, in characters.
const LONGEST_CELL: usize = 32_767;

pub fn damaged() -> Unreadable {
    Unreadable::because(
        "The workbook is damaged and cannot be read. Open it in your spreadsheet program, save it again, then upload it again.",
    )
}

fn bomb() -> Unreadable {
    Unreadable::because(format!(
        "The workbook unpacks to far more than a list of contacts holds, so it was not opened. Save the sheet with the contacts as CSV, or as a workbook of its own under {} MB unpacked, then upload that.",
        MOST_UNPACKED / (1024 * 1024)
    ))
}

pub fn read(file: File, sink: Sink<'_>) -> Result<String, Unreadable> {
    check_archive(&file)?;
    let mut input = BufReader::new(file);
    input.seek(SeekFrom::Start(0))?;
    let mut workbook: Xlsx<_> = Xlsx::new(input).map_err(|_| damaged())?;
    let name = sheet_name(&workbook)?;
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
                *cell = text.chars().take(LONGEST_CELL).collect();
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

/// The sheet called Contacts, else the first that can be seen.
fn sheet_name<R: Read + std::io::Seek>(workbook: &Xlsx<R>) -> Result<String, Unreadable> {
    let sheets = workbook.sheets_metadata();
    let named = sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case("contacts"));
    let seen = || sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible);
    named.or_else(seen).or_else(|| sheets.first()).map(|sheet| sheet.name.clone()).ok_or_else(|| {
        Unreadable::because("The workbook holds no sheet. Put the contacts on its first sheet, then upload it again.")
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
    cells.styles().get(style)?.number_format.as_ref().map(|format| format.format_code.as_str())
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
mod tests {
    use super::*;
    use crate::import::sheet::tests::{Cells, rows};
    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    use std::io::{Cursor, Write as _};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A workbook with this part in place of its own.
    fn with_part(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut old = ZipArchive::new(Cursor::new(simple())).unwrap();
        let names: Vec<String> = old.file_names().map(|n| n.unwrap().into_owned()).collect();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for n in names.into_iter().filter(|n| n != name) {
            let mut own = Vec::new();
            old.by_name(&n).unwrap().read_to_end(&mut own).unwrap();
            parts.push((n, own));
        }
        let mut all: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        all.push((name, bytes));
        archive(&all)
    }

    fn simple() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "Client reference").unwrap();
        sheet.write_string(0, 1, "Client name").unwrap();
        sheet.write_string(1, 0, "C-1").unwrap();
        sheet.write_string(1, 1, "Bramble & Söhne").unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn refusal(bytes: &[u8]) -> String {
        rows(bytes).unwrap_err().0
    }

    fn row(number: u32, cells: &[&str]) -> Cells {
        (number, cells.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn numbers_dates_and_phone_numbers_are_read_as_the_sheet_shows_them() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "Client reference").unwrap();
        let numbers = [1001.0, 61_423_456_789.0, 0.1 + 0.2, -12.5, 1_234_567.891];
        for (column, number) in (0_u16..).zip(numbers) {
            sheet.write_number(2, column, number).unwrap();
        }
        let phone = Format::new().set_num_format("0000 000 000");
        let code = Format::new().set_num_format("00000");
        let money = Format::new().set_num_format("#,##0.00");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_number_with_format(3, 0, 423_456_789.0, &phone).unwrap();
        sheet.write_number_with_format(3, 1, 42.0, &code).unwrap();
        sheet.write_number_with_format(3, 2, 1234.5, &money).unwrap();
        sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(2026, 11, 22).unwrap(), &day).unwrap();
        sheet.write_boolean(3, 4, true).unwrap();
        sheet.write_formula(3, 6, Formula::new("=1+1").set_result("C-7")).unwrap();
        let (format, rows) = rows(&workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(format, "Excel workbook, sheet “Sheet1”");
        assert_eq!(rows[1], row(3, &["1001", "61423456789", "0.3", "-12.5", "1234567.891"]));
        assert_eq!(rows[2], row(4, &["0423 456 789", "00042", "1234.5", "2026-11-22", "TRUE", "", "C-7"]));
    }

    #[test]
    fn the_sheet_called_contacts_is_read_else_the_first_that_can_be_seen() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Notes").unwrap().set_hidden(true).write_string(0, 0, "hidden").unwrap();
        workbook.add_worksheet().set_name("First").unwrap().set_active(true).write_string(0, 0, "seen").unwrap();
        assert_eq!(rows(&workbook.save_to_buffer().unwrap()).unwrap().1, [row(1, &["seen"])]);
        workbook.add_worksheet().set_name("CONTACTS").unwrap().write_string(0, 0, "these").unwrap();
        assert_eq!(rows(&workbook.save_to_buffer().unwrap()).unwrap().1, [row(1, &["these"])]);
    }

    #[test]
    fn s57_a_bomb_is_not_opened_whatever_it_says_about_its_size() {
        let zeros = vec![b' '; 40 * 1024 * 1024];
        let bomb = with_part("xl/worksheets/sheet1.xml", &zeros);
        assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());
        assert!(refusal(&bomb).contains("far more than a list of contacts"), "{}", refusal(&bomb));
        // The same, saying that the part is one kilobyte.
        let mut lying = bomb;
        let said = u32::try_from(zeros.len()).unwrap().to_le_bytes();
        let places: Vec<usize> = lying.windows(4).enumerate().filter(|(_, w)| *w == said).map(|(at, _)| at).collect();
        assert!(!places.is_empty());
        for at in places {
            lying[at..at + 4].copy_from_slice(&1024_u32.to_le_bytes());
        }
        rows(&lying).unwrap_err();
        let many: Vec<(String, Vec<u8>)> = (0..2_100).map(|n| (format!("xl/part{n}.xml"), Vec::new())).collect();
        let mut parts: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        parts.push(("[Content_Types].xml", TYPES.as_bytes()));
        assert!(refusal(&archive(&parts)).contains("far more"));
    }

    #[test]
    fn s57_what_a_part_says_about_its_own_length_reserves_nothing() {
        for sst in [
            r#"<sst count="1" uniqueCount="99999999999999"><si><t>a</t></si></sst>"#.to_owned(),
            format!("<sst uniqueCount =\n \"{}99999999999\"></sst>", "0".repeat(20)),
            format!("<sst uniqueCount={}\"99999999999\"></sst>", " ".repeat(100_000)),
            format!("{}<sst uniqueCount=\"99999999999\"></sst>", " ".repeat(65_530)),
        ] {
            let message = refusal(&with_part("xl/sharedStrings.xml", sst.as_bytes()));
            assert!(message.contains("far more") || message.contains("damaged"), "{message}");
        }
        let utf16: Vec<u8> =
            "<sst uniqueCount=\"99999999999\"></sst>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refusal(&with_part("xl/sharedStrings.xml", &utf16)).contains("damaged"));
    }

    #[test]
    fn a_cell_at_the_end_of_the_world_costs_nothing() {
        let sheet = r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Client reference</t></is></c></row><row r="1048576"><c r="B1048576"><v>7</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
        let (_, rows) = rows(&with_part("xl/worksheets/sheet1.xml", sheet.as_bytes())).unwrap();
        assert_eq!(rows, [row(1, &["Client reference"]), row(1_048_576, &["", "7"])]);
        let backwards = sheet.replace("<row r=\"1\"><c r=\"A1\"", "<row r=\"1048577\"><c r=\"A1048577\"");
        assert!(refusal(&with_part("xl/worksheets/sheet1.xml", backwards.as_bytes())).contains("damaged"));
    }

    #[test]
    fn other_archives_are_named_with_the_remedy() {
        for (parts, word) in [
            (&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", b"x")][..], "text document"),
            (&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"x")], "OpenDocument"),
            (&[("[Content_Types].xml", b"x"), ("xl/workbook.bin", b"x")], "xlsb"),
            (&[("contacts.csv", b"Client reference")], "Unpack it"),
        ] {
            assert!(refusal(&archive(parts)).contains(word), "{}", refusal(&archive(parts)));
        }
        let whole = simple();
        assert!(refusal(&whole[..whole.len() / 2]).contains("damaged"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn a_damaged_workbook_is_refused_and_never_stops_the_program(
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
        ) {
            let mut bytes = simple();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = rows(&bytes);
        }

        #[test]
        fn any_sheet_is_read_or_refused(inner in "(<row r=\"[0-9]{1,8}\">|<c r=\"[A-Z]{0,4}[0-9]{0,8}\"( t=\"[a-z]{1,9}\")?( s=\"[0-9]{1,4}\")?>|<v>|[0-9E.-]{1,6}|</v>|</c>|</row>|<f>|</f>|<is><t>|&#[0-9]{1,7};|</t></is>){0,40}") {
            let sheet = format!("<worksheet><sheetData>{inner}</sheetData></worksheet>");
            let _ = rows(&with_part("xl/worksheets/sheet1.xml", sheet.as_bytes()));
        }

        #[test]
        fn a_number_never_loses_its_digits(digits in "[1-9][0-9]{2,13}") {
            prop_assert_eq!(number_text(digits.parse().unwrap(), None), digits.clone());
            let padded = padded(digits.parse().unwrap(), "0000 000 000").unwrap();
            let kept: String = padded.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(kept.trim_start_matches('0'), digits);
            prop_assert!(kept.len() >= 10);
        }
    }
}
