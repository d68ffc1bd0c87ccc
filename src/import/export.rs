//! Clients and contacts as a file for spreadsheets. What goes out comes back unchanged: importing an export changes nothing.

use crate::access::{Actor, Permission};
use crate::act::{App, Look};
use crate::audit::Entry;
use crate::base::cell;
use crate::base::id::ClientId;
use crate::base::{Error, Result};
use crate::client::{self, Client, reference_key};
use crate::contact::{self, Details};
use crate::import::Download;
use crate::import::acts::{csv_download, csv_error, csv_file, download};
use crate::import::columns::Column;
use crate::import::record::amount;
use crate::import::upload::{disk, unnamed_file};
use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};
use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use tokio::sync::mpsc;

/// Clients that are read at a time, each with all of its contacts.
const AT_A_TIME: i64 = 200;
/// The most rows of a sheet in a workbook.
const MOST_SHEET_ROWS: u32 = 1_048_576;

/// What is exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contents {
    /// One row for each client.
    Clients,
    /// One row for each contact, and one for each client without any.
    ClientsAndContacts,
}

/// As what kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Text with commas, in UTF-8.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Contents {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Clients => Column::ALL.split_at(6).0,
            Self::ClientsAndContacts => &Column::ALL,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::ClientsAndContacts => "clients and contacts",
        }
    }
}

/// A cell of an export.
enum Cell {
    /// Somebody's text.
    Text(String),
    /// An amount in cents: a number of our own making, which spreadsheets may calculate with.
    Amount(i64),
}

type Row = Vec<Cell>;

/// Exports the business's clients, or clients and contacts, as they are now.
///
/// # Errors
/// `Forbidden`; `Refused` when there are more rows than a workbook holds.
pub async fn export(app: &App, actor: &Actor, contents: Contents, format: Format) -> Result<Download> {
    actor.must(Permission::ClientsExport)?;
    let file = unnamed_file().await?;
    let (to, rows) = mpsc::channel(4);
    let writing = tokio::task::spawn_blocking(move || match format {
        Format::Csv => write_csv(file, contents, rows),
        Format::Xlsx => write_workbook(file, contents, rows),
    });
    let mut look = app.look(actor).await?;
    let count = send_rows(&mut look, contents, &to).await?;
    drop((look, to));
    let download = writing.await.map_err(Error::internal)??;
    app.begin(actor).await?.commit(Entry::Exported { what: contents.words().to_owned(), rows: count }).await?;
    Ok(download)
}

/// Reads client after client, by reference, and sends their rows to whoever writes them.
async fn send_rows(look: &mut Look, contents: Contents, to: &mpsc::Sender<Vec<Row>>) -> Result<i64> {
    let mut after = String::new();
    let mut count = 0;
    loop {
        let clients = client::bulk::page_after(look, &after, AT_A_TIME).await?;
        let Some(last) = clients.last() else { return Ok(count) };
        after = reference_key(&last.reference);
        let mut contacts: HashMap<ClientId, Vec<Details>> = HashMap::new();
        if contents == Contents::ClientsAndContacts {
            let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
            for (_, client, details) in contact::bulk::of_clients(look, &ids).await? {
                contacts.entry(client).or_default().push(details);
            }
        }
        let rows: Vec<Row> =
            clients.iter().flat_map(|client| rows_of(client, contacts.remove(&client.id), contents)).collect();
        count += i64::try_from(rows.len()).map_err(Error::internal)?;
        if to.send(rows).await.is_err() {
            // The writer has stopped, and says why when it is asked.
            return Ok(count);
        }
    }
}

fn rows_of(client: &Client, contacts: Option<Vec<Details>>, contents: Contents) -> Vec<Row> {
    let row =
        |contact: Option<&Details>| contents.columns().iter().map(|column| value(*column, client, contact)).collect();
    match contacts {
        None => vec![row(None)],
        Some(contacts) => contacts.iter().map(|contact| row(Some(contact))).collect(),
    }
}

fn value(column: Column, client: &Client, contact: Option<&Details>) -> Cell {
    fn text<T: ToString>(value: Option<T>) -> Cell {
        Cell::Text(value.map(|value| value.to_string()).unwrap_or_default())
    }
    match column {
        Column::ClientReference => text(Some(&client.reference)),
        Column::ClientName => text(Some(&client.name)),
        Column::ClientEmail => text(client.email.as_ref()),
        Column::ClientPhone => text(client.phone.as_ref()),
        Column::ClientStatus => text(Some(client.status.code())),
        Column::Balance => Cell::Amount(client.balance_cents),
        Column::FirstName => text(contact.map(|c| &c.first_name)),
        Column::LastName => text(contact.map(|c| &c.last_name)),
        Column::Title => text(contact.and_then(|c| c.title.as_ref())),
        Column::Email => text(contact.map(|c| &c.email)),
        Column::CellPhone => text(contact.and_then(|c| c.cell_phone.as_ref())),
        Column::OfficePhone => text(contact.and_then(|c| c.office_phone.as_ref())),
        Column::Extension => text(contact.and_then(|c| c.extension.as_ref())),
    }
}

fn write_csv(file: File, contents: Contents, mut rows: mpsc::Receiver<Vec<Row>>) -> Result<Download> {
    let mut out = csv_file(file)?;
    out.write_record(contents.columns().iter().map(|column| column.label())).map_err(csv_error)?;
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
    csv_download(format!("{}.csv", file_stem(contents)), out)
}

/// Writes a workbook, row by row through a temporary file: it is never in memory as a whole. Texts are text cells, marked
/// as typed with an apostrophe, so that no program runs one, and phone numbers keep their zeros (S55).
fn write_workbook(file: File, contents: Contents, mut rows: mpsc::Receiver<Vec<Row>>) -> Result<Download> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(workbook_error)?;
    let (text, money, head) = (
        CellFormat::new().set_num_format("@").set_quote_prefix(),
        CellFormat::new().set_num_format("0.00"),
        CellFormat::new().set_bold(),
    );
    sheet.set_name("Contacts").map_err(workbook_error)?;
    sheet.set_freeze_panes(1, 0).map_err(workbook_error)?;
    for (n, column) in (0_u16..).zip(contents.columns()) {
        sheet.set_column_width(n, if column.label().contains("mail") { 34 } else { 20 }).map_err(workbook_error)?;
    }
    for (n, column) in (0_u16..).zip(contents.columns()) {
        sheet.write_string_with_format(0, n, column.label(), &head).map_err(workbook_error)?;
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
    download(format!("{}.xlsx", file_stem(contents)), media_type, file)
}

fn workbook_error(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => disk(error),
        other => Error::internal(other),
    }
}

fn file_stem(contents: Contents) -> &'static str {
    match contents {
        Contents::Clients => "clients",
        Contents::ClientsAndContacts => "clients-and-contacts",
    }
}
