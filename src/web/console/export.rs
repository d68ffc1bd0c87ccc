//! Clients and contacts as files for spreadsheets (C1).

use crate::act::App;
use crate::import::export::{self, Contents, Format};
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use crate::web::form::Question;
use axum::extract::State;
use serde::Deserialize;

/// As what kind of file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "as")]
    kind: String,
}

impl Asked {
    fn format(&self) -> Format {
        if self.kind == "xlsx" { Format::Xlsx } else { Format::Csv }
    }
}

/// The clients.
pub async fn clients(State(app): State<App>, staff: Staff, Question(asked): Question<Asked>) -> Answer {
    answer::download(export::export(&app, &staff.actor, Contents::Clients, asked.format()).await?)
}

/// The clients with their contacts.
pub async fn contacts(State(app): State<App>, staff: Staff, Question(asked): Question<Asked>) -> Answer {
    answer::download(export::export(&app, &staff.actor, Contents::ClientsAndContacts, asked.format()).await?)
}
