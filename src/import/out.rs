//! Tables as files for spreadsheets, written while they are read: never in memory as a whole.

use crate::base::{Error, Result, cell};
use crate::import::Download;
use crate::import::acts::{csv_download, csv_error, csv_file, download};
use crate::import::clients::row::amount;
use crate::import::upload::{disk, unnamed_file};
use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};
use std::fs::File;
use std::io::BufWriter;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The most rows of a sheet in a workbook.
const MOST_SHEET_ROWS: u32 = 1_048_576;

/// As what kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Text with commas, in UTF-8.
    Csv,
    /// A workbook.
    Xlsx,
}

/// A cell.
pub enum Cell {
    /// Somebody's text.
    Text(String),
    /// An amount in cents: a number of our own making, which spreadsheets may calculate with.
    Amount(i64),
}

/// A row.
pub type Row = Vec<Cell>;

/// What a table is called, and its columns.
pub struct Table {
    /// The file's name, without its ending.
    pub stem: String,
    /// The sheet's name in a workbook.
    pub sheet: &'static str,
    /// The heads of the columns.
    pub heads: Vec<&'static str>,
}

/// Whether somebody still takes rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Goes {
    /// On.
    On,
    /// Nowhere: the writer has stopped, and says why at the end.
    Nowhere,
}

/// A file that is being written.
pub struct Writing {
    to: mpsc::Sender<Vec<Row>>,
    rows: i64,
    writer: JoinHandle<Result<Download>>,
}

impl Writing {
    /// Begins a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn begin(table: Table, format: Format) -> Result<Self> {
        let file = unnamed_file().await?;
        let (to, rows) = mpsc::channel(4);
        let writer = tokio::task::spawn_blocking(move || match format {
            Format::Csv => write_csv(file, &table, rows),
            Format::Xlsx => write_workbook(file, &table, rows),
        });
        Ok(Self { to, rows: 0, writer })
    }

    /// Adds rows.
    pub async fn put(&mut self, rows: Vec<Row>) -> Goes {
        self.rows += i64::try_from(rows.len()).unwrap_or_default();
        if self.to.send(rows).await.is_ok() { Goes::On } else { Goes::Nowhere }
    }

    /// Ends the file, and hands it out with the number of its rows.
    ///
    /// # Errors
    /// `Refused` when there are more rows than a workbook holds; when the disk refuses.
    pub async fn end(self) -> Result<(Download, i64)> {
        drop(self.to);
        Ok((self.writer.await.map_err(Error::internal)??, self.rows))
    }
}

/// Writes text with commas. None of it runs as a formula (S55).
fn write_csv(file: File, table: &Table, mut rows: mpsc::Receiver<Vec<Row>>) -> Result<Download> {
    let mut out = csv_file(file)?;
    out.write_record(&table.heads).map_err(csv_error)?;
    while let Some(rows) = rows.blocking_recv() {
        for row in rows {
            for cell in row {
                match cell {
                    Cell::Text(text) => out.write_field(cell::neutral(&text).as_ref()),
                    Cell::Amount(cents) => out.write_field(amount(cents)),
                }
                .map_err(csv_error)?;
            }
            out.write_record(None::<&[u8]>).map_err(csv_error)?;
        }
    }
    csv_download(format!("{}.csv", table.stem), out)
}

/// Writes a workbook, row by row through a temporary file: it is never in memory as a whole. Texts are text cells, marked
/// as typed with an apostrophe, so that no program runs one, and phone numbers keep their zeros (S55).
fn write_workbook(file: File, table: &Table, mut rows: mpsc::Receiver<Vec<Row>>) -> Result<Download> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(workbook_error)?;
    let (text, money, head) = (
        CellFormat::new().set_num_format("@").set_quote_prefix(),
        CellFormat::new().set_num_format("0.00"),
        CellFormat::new().set_bold(),
    );
    sheet.set_name(table.sheet).map_err(workbook_error)?;
    sheet.set_freeze_panes(1, 0).map_err(workbook_error)?;
    for (n, column) in (0_u16..).zip(&table.heads) {
        sheet.set_column_width(n, if column.contains("mail") { 34 } else { 20 }).map_err(workbook_error)?;
    }
    for (n, column) in (0_u16..).zip(&table.heads) {
        sheet.write_string_with_format(0, n, *column, &head).map_err(workbook_error)?;
    }
    let mut at = 1;
    while let Some(rows) = rows.blocking_recv() {
        for row in rows {
            if at == MOST_SHEET_ROWS {
                return Err(Error::refused(format!(
                    "There are more rows than a workbook holds ({MOST_SHEET_ROWS}). Export them as CSV instead."
                )));
            }
            for (n, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(value) if value.is_empty() => Ok(&mut *sheet),
                    // Nobody runs a text cell; only an apostrophe of its own must not be taken for ours when it comes back.
                    Cell::Text(value) => sheet.write_string_with_format(at, n, cell::kept(&value), &text),
                    #[allow(clippy::cast_precision_loss)] // below 10^15 cents nothing is lost, and amounts stay below
                    Cell::Amount(cents) => sheet.write_number_with_format(at, n, cents as f64 / 100.0, &money),
                }
                .map_err(workbook_error)?;
            }
            at += 1;
        }
    }
    let mut out = BufWriter::new(file);
    workbook.save_to_writer(&mut out).map_err(workbook_error)?;
    let file = out.into_inner().map_err(|error| disk(error.into_error()))?;
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    download(format!("{}.xlsx", table.stem), media_type, file)
}

fn workbook_error(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => disk(error),
        other => Error::internal(other),
    }
}
