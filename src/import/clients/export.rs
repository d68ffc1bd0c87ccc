//! Clients and contacts as a file for spreadsheets. What goes out comes back unchanged: importing an export changes nothing.

use crate::access::{Actor, Permission};
use crate::act::{App, Look};
use crate::audit::Entry;
use crate::base::Result;
use crate::base::id::ClientId;
use crate::client::{self, Client, reference_key};
use crate::contact::{self, Details};
use crate::import::Download;
use crate::import::clients::columns::Column;
use crate::import::columns::Column as _;
use crate::import::out::{Cell, Goes, Row, Table, Writing};
use std::collections::HashMap;

pub use crate::import::out::Format;

/// Clients that are read at a time, each with all of its contacts.
const AT_A_TIME: i64 = 200;

/// What is exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contents {
    /// One row for each client.
    Clients,
    /// One row for each contact, and one for each client without any.
    ClientsAndContacts,
}

impl Contents {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Clients => Column::ALL.split_at(6).0,
            Self::ClientsAndContacts => Column::ALL,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::ClientsAndContacts => "clients and contacts",
        }
    }

    fn file_stem(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::ClientsAndContacts => "clients-and-contacts",
        }
    }
}

/// Exports the business's clients, or clients and contacts, as they are now.
///
/// # Errors
/// `Forbidden`; `Refused` when there are more rows than a workbook holds.
pub async fn export(app: &App, actor: &Actor, contents: Contents, format: Format) -> Result<Download> {
    actor.must(Permission::ClientsExport)?;
    let heads = contents.columns().iter().map(|column| column.label()).collect();
    let mut out =
        Writing::begin(Table { stem: contents.file_stem().to_owned(), sheet: "Contacts", heads }, format).await?;
    let mut look = app.look(actor).await?;
    send_rows(&mut look, contents, &mut out).await?;
    drop(look);
    let (download, rows) = out.end().await?;
    app.begin(actor).await?.commit(Entry::Exported { what: contents.words().to_owned(), rows }).await?;
    Ok(download)
}

/// Reads client after client, by reference, and sends their rows to whoever writes them.
async fn send_rows(look: &mut Look, contents: Contents, out: &mut Writing) -> Result<()> {
    let mut after = String::new();
    loop {
        let clients = client::bulk::page_after(look, &after, AT_A_TIME).await?;
        let Some(last) = clients.last() else { return Ok(()) };
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
        if out.put(rows).await == Goes::Nowhere {
            return Ok(());
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
