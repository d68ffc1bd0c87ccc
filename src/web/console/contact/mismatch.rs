//! The notices under a contact's fields where the person's own account says something else (C5), and their two answers.

use crate::act::{App, Scope};
use crate::base::id::MismatchId;
use crate::base::{Error, Instant, Result};
use crate::contact;
use crate::contact::mismatch::store::{self, Asked};
use crate::contact::mismatch::{Choice, acts};
use crate::contact::{Contact, Standing};
use crate::web::answer::Answer;
use crate::web::console::contact::{id_of, path_of};
use crate::web::console::{Staff, mismatches};
use crate::web::form::Form;
use axum::extract::{Path, State};
use serde::Deserialize;

/// The notices of one contact.
#[derive(Default)]
pub struct Notices(Vec<Notice>);

/// One notice.
pub struct Notice {
    field: &'static str,
    /// What the sentence calls the value.
    pub noun: &'static str,
    /// What the person's account says.
    pub theirs: String,
    /// Stands for just these two values.
    pub id: String,
    since: Instant,
}

impl Notices {
    /// Of a contact that is linked; of any other there are none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(scope: &mut Scope, contact: &Contact) -> Result<Self> {
        if contact.portal.standing() != Standing::Connected {
            return Ok(Self::default());
        }
        Ok(Self(store::of_contact(scope, contact.id).await?.iter().map(Notice::from).collect()))
    }

    /// The notice under a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Notice> {
        self.0.iter().find(|notice| notice.field == field)
    }

    /// `2 differ from the portal`; nothing where all agree.
    #[must_use]
    pub fn said(&self) -> Option<&'static str> {
        match self.0.len() {
            0 => None,
            1 => Some("1 differs from the portal"),
            2 => Some("2 differ from the portal"),
            3 => Some("3 differ from the portal"),
            _ => Some("Several differ from the portal"),
        }
    }

    /// When the person's account came to say the latest of it.
    #[must_use]
    pub fn since(&self) -> Option<String> {
        self.0.iter().map(|notice| notice.since).max().map(|at| at.day())
    }
}

impl From<&Asked> for Notice {
    fn from(asked: &Asked) -> Self {
        Self {
            field: asked.field.code(),
            noun: asked.field.noun(),
            theirs: asked.theirs.clone(),
            id: asked.id.to_string(),
            since: asked.since,
        }
    }
}

/// The answer: one of the two buttons of a notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleForm {
    #[serde(default)]
    theirs: String,
    #[serde(default)]
    ours: String,
}

/// Settles one field.
pub async fn settle(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(SettleForm { theirs, ours }): Form<SettleForm>,
) -> Answer {
    let contact = contact::store::find(&mut *staff.look(&app).await?, id_of(&id)?).await?;
    let (choice, id) = if ours.is_empty() { (Choice::Theirs, theirs) } else { (Choice::Ours, ours) };
    let id: MismatchId = id.parse().map_err(|_| Error::NotFound("The difference"))?;
    let settled = acts::settle(&app, &staff.actor, &[id], choice).await?;
    mismatches::told(&path_of(contact.id), choice, &settled)
}

/// Two notices, as in the mock.
#[cfg(test)]
pub fn sample() -> Notices {
    let notice = |field: &'static str, noun: &'static str, theirs: &str| Notice {
        field,
        noun,
        theirs: theirs.into(),
        id: uuid::Uuid::from_u128(12).to_string(),
        since: crate::web::samples::NOW,
    };
    Notices(vec![
        notice("email", "email", "joel.okafor@marlow.example.com"),
        notice("cell_phone", "phone number", "0423456789"),
    ])
}
