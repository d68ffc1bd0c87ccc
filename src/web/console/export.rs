//! Clients, contacts and portal users as files for spreadsheets (C1, P3).

use crate::act::App;
use crate::import::clients::export::{self, Contents, Format};
use crate::import::people;
use crate::listing::Needle;
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use crate::web::console::portal_users::Filters;
use crate::web::form::Question;
use crate::web::parts::Place;
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

/// The portal users whom the list's own filter and search keep.
pub async fn portal_users(
    State(app): State<App>,
    staff: Staff,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
    Question(asked): Question<Asked>,
) -> Answer {
    let search = Needle::typed(&place.typed());
    let file = people::export(&app, &staff.actor, &filters.filter(), search.as_ref(), asked.format()).await?;
    answer::download(file)
}
