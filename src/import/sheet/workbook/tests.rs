use super::*;
use crate::import::sheet::KEPT_OF_CELL;
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
    assert!(refusal(&bomb).contains("far more than a table holds"), "{}", refusal(&bomb));
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
    let utf16: Vec<u8> = "<sst uniqueCount=\"99999999999\"></sst>".encode_utf16().flat_map(u16::to_le_bytes).collect();
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

/// A workbook whose table of texts holds one long text, and whose rows show it in so many cells.
fn one_long_text(length: usize, rows: usize, columns: usize) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = "ä".repeat(length);
    for row in 0..rows {
        for column in 0..columns {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), &text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn s57_a_long_text_that_many_cells_show_stays_small_in_each() {
    let (_, rows) = rows(&one_long_text(30_000, 40, 3)).unwrap();
    assert_eq!(rows.len(), 40);
    for cell in rows.iter().flat_map(|(_, cells)| cells) {
        assert_eq!(cell.chars().count(), KEPT_OF_CELL, "more than any column takes, and no more than that");
    }
}

#[test]
fn s57_a_row_that_holds_far_more_than_a_contact_is_refused() {
    // Each cell is cut, two bytes a character: three fill the row, the fourth is too much.
    let fills = MOST_OF_ROW / (2 * KEPT_OF_CELL);
    assert!(rows(&one_long_text(5_000, 2, fills)).is_ok());
    let message = refusal(&one_long_text(5_000, 2, fills + 1));
    assert!(message.contains("Row 1 holds far more text"), "{message}");
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
