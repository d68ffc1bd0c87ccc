//! Bulk actions (P3, C2): whoever is selected on a list, what would become of each, confirm, watch, take back.

mod events;
mod page;
mod recent;
mod select;
mod words;

pub use events::follow as events;
pub use page::{cancel, confirm, show, undo};
pub use recent::{Running, running, show as list};
pub use select::{All, delete, disable, enable, invite, require_password_change, resend_invitations, restore};

use crate::act::App;
use crate::base::Error;
use crate::base::id::BulkId;
use crate::bulk::{Kind, Subjects, result};
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use axum::extract::{Path, State};

#[cfg(test)]
pub use recent::sample_running;

/// Where they are.
pub const PATH: &str = "/console/bulk";

fn path_of(id: BulkId) -> String {
    format!("{PATH}/{id}")
}

/// The id in an address; what is none is like a bulk action that never was.
fn id_of(text: &str) -> Result<BulkId, Error> {
    text.parse().map_err(|_| Error::NotFound("The bulk action"))
}

/// The page of the side bar that a kind belongs to, its name and its address.
fn list_of(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind.subjects() {
        Subjects::PortalUsers => ("portal-users", "Portal users", "/console/portal-users"),
        Subjects::Contacts => ("contacts", "Contacts", "/console/contacts"),
    }
}

/// What became of each, as a file.
pub async fn file(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Answer {
    answer::download(result::file(&app, &staff.actor, id_of(&id)?).await?)
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    [page::samples(), recent::samples()].concat()
}
