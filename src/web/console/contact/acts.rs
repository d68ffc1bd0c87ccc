//! Inviting a contact, once more, and taking the invitation back (C2).

use crate::act::App;
use crate::base::{Error, Result};
use crate::business::Switch;
use crate::contact;
use crate::invitation;
use crate::web::answer::{self, Answer};
use crate::web::console::Staff;
use crate::web::console::contact::{HELD, id_of, path_of};
use crate::web::form::{Form, Nothing, Question};
use crate::web::parts::Back;
use axum::extract::{Path, State};

/// Invites; an earlier invitation is replaced.
pub async fn invite(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let id = id_of(&id)?;
    let invited = invitation::acts::invite(&app, &staff.actor, id).await.map(|invitation| {
        let text = match staff.business.portal {
            Switch::On => format!("It works until {}. An earlier link no longer does.", invitation.expires_at.day()),
            Switch::Off => HELD.to_owned(),
        };
        (format!("Invitation to {} is on its way", invitation.email), text)
    });
    after(invited, &back.or(&path_of(id)), "Nobody was invited")
}

/// Takes the open invitation back.
pub async fn withdraw(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Question(back): Question<Back>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let id = id_of(&id)?;
    let name = contact::store::find(&mut *staff.look(&app).await?, id).await?.name();
    let withdrawn = invitation::acts::revoke(&app, &staff.actor, id).await;
    let told = withdrawn.map(|()| (format!("Invitation of {name} withdrawn"), "Its link no longer works.".to_owned()));
    after(told, &back.or(&path_of(id)), "Nothing was withdrawn")
}

/// On to a page with what has happened; what was refused is said there, with the reason.
pub(super) fn after(done: Result<(String, String)>, path: &str, failed: &str) -> Answer {
    match done {
        Ok((title, text)) => answer::see_with(path, "ok", &title, &text),
        Err(Error::Refused(why)) => answer::see_with(path, "bad", failed, &why),
        Err(other) => Err(other.into()),
    }
}
