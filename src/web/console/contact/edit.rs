//! Changing a contact's details. Two people at once: the second is shown what the first changed, and nothing is overwritten
//! without being seen.

use crate::act::App;
use crate::base::Error;
use crate::contact::{self, Typed};
use crate::link;
use crate::web::answer::{self, Answer};
use crate::web::chrome::Chrome;
use crate::web::console::Staff;
use crate::web::console::clash::Clash;
use crate::web::console::contact::{id_of, load, path_of};
use crate::web::form::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditForm {
    version: i64,
    first_name: String,
    last_name: String,
    title: String,
    email: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
}

impl EditForm {
    fn typed(self) -> (i64, Typed) {
        let Self { version, first_name, last_name, title, email, cell_phone, office_phone, extension } = self;
        (version, Typed { first_name, last_name, title, email, cell_phone, office_phone, extension })
    }
}

/// Changes them.
pub async fn edit(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<EditForm>,
) -> Answer {
    let id = id_of(&id)?;
    let (version, typed) = form.typed();
    let done = match typed.parse() {
        Ok(details) => link::acts::edit_contact(&app, &staff.actor, id, version, details).await,
        Err(problem) => Err(problem),
    };
    let problems = match done {
        Ok(edited) => return saved(&edited),
        Err(Error::Invalid(problems)) => Some(problems),
        Err(Error::Conflict) => None,
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let contact = contact::store::find(&mut look, id).await?;
    let mut page = load(&mut look, chrome, &staff, contact).await?;
    page.chrome = page.chrome.with_error();
    page.unsaved = "unsaved";
    let status = match problems {
        Some(problems) => {
            page.problems = problems;
            page.version = version;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => {
            page.clash = Some(Clash::of(&mut look, "contact", id.0, page.typed.differences(&typed)).await?);
            StatusCode::CONFLICT
        }
    };
    page.typed = typed;
    answer::page_with(status, &page)
}

fn saved(edited: &link::acts::Edited) -> Answer {
    let path = path_of(edited.contact.id);
    let name = edited.contact.name();
    if !edited.changed {
        return answer::see_with(&path, "info", "Nothing to save", &format!("{name}’s details are as they were."));
    }
    if edited.withdrawn.is_some() {
        let text =
            "The invitation to the earlier email address was withdrawn. Invite again to send one to the new address.";
        return answer::see_with(&path, "warn", &format!("{name} saved"), text);
    }
    answer::see_with(&path, "ok", &format!("{name} saved"), "")
}
