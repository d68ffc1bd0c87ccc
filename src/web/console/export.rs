//! Clients and contacts as files for spreadsheets (C1).

use crate::act::App;
use crate::base::Error;
use crate::import::export::{self, Contents, Format};
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use axum::extract::{Path, State};

/// Hands one out; the address names it.
pub async fn download(State(app): State<App>, staff: Staff, Path(file): Path<String>) -> Answer {
    let (contents, format) = match file.as_str() {
        "clients.csv" => (Contents::Clients, Format::Csv),
        "clients.xlsx" => (Contents::Clients, Format::Xlsx),
        "contacts.csv" => (Contents::ClientsAndContacts, Format::Csv),
        "contacts.xlsx" => (Contents::ClientsAndContacts, Format::Xlsx),
        _ => return Err(Error::NotFound("The export").into()),
    };
    answer::download(export::export(&app, &staff.actor, contents, format).await?)
}
