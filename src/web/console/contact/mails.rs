//! What a contact is mailed about: what staff have chosen, and what the contact does not want.

use super::{id_of, path_of};
use crate::access::{Permission, RecordKind, Sight};
use crate::act::App;
use crate::base::{Error, Result};
use crate::record::tell::{self, Choice};
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use crate::web::form::Form;
use crate::web::kinds::KindsForm;
use axum::extract::{Path, State};

/// The panel.
pub struct Mails {
    pub kinds: Vec<Kind>,
    pub may_choose: bool,
}

/// A kind of records.
pub struct Kind {
    pub name: &'static str,
    pub text: &'static str,
    pub chosen: bool,
    pub hint: &'static str,
}

impl Mails {
    /// The panel of a choice.
    pub(super) fn of(staff: &Staff, choice: &Choice) -> Self {
        let kind = |kind: RecordKind| Kind {
            name: kind.code(),
            text: kind.label(),
            chosen: choice.chosen.sees(kind),
            hint: if choice.declined.sees(kind) { "They don’t want mail about these." } else { "" },
        };
        Self {
            kinds: RecordKind::ALL.iter().copied().map(kind).collect(),
            may_choose: staff.actor.may(Permission::RecordsShare),
        }
    }
}

/// Chooses.
pub async fn choose(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<KindsForm>,
) -> Answer {
    let id = id_of(&id)?;
    match chosen(&app, &staff, id, form.sight()).await {
        Ok(()) => answer::see_with(&path_of(id), "ok", "Saved", "It holds for what is shared from now on."),
        Err(Error::Refused(text)) => answer::see_with(&path_of(id), "info", "Nothing was changed", &text),
        Err(other) => Err(other.into()),
    }
}

async fn chosen(app: &App, staff: &Staff, id: crate::base::id::ContactId, about: Sight) -> Result<()> {
    tell::choose(app, &staff.actor, id, about).await
}

/// The panel for samples.
#[cfg(test)]
pub(super) fn sample() -> Mails {
    use crate::base::id::{ClientId, ContactId};
    use crate::web::samples;
    let choice = Choice {
        contact: ContactId(uuid::Uuid::from_u128(6)),
        client: ClientId(uuid::Uuid::from_u128(110)),
        chosen: [RecordKind::Booking, RecordKind::Invoice].into_iter().collect(),
        declined: [RecordKind::Invoice].into_iter().collect(),
    };
    Mails::of(&samples::staff(), &choice)
}
