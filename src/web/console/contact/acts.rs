//! Inviting a contact, once more, and taking the invitation back (C2).

use crate::base::id::ContactId;
use crate::business::Switch;
use crate::contact;
use crate::invitation;
use crate::web::answer::Answer;
use crate::web::console::contact::HELD;
use crate::web::console::errand::Errand;
use crate::web::form::{Form, Nothing};

/// Invites; an earlier invitation is replaced.
pub async fn invite(errand: Errand<ContactId>, _: Form<Nothing>) -> Answer {
    let invited = invitation::acts::invite(&errand.app, errand.actor(), errand.id).await.map(|invitation| {
        let text = match errand.staff.business.portal {
            Switch::On => format!("It works until {}. An earlier link no longer does.", invitation.expires_at.day()),
            Switch::Off => HELD.to_owned(),
        };
        (format!("Invitation to {} is on its way", invitation.email), text)
    });
    errand.done_or_refused(invited, "Nobody was invited")
}

/// Takes the open invitation back.
pub async fn withdraw(errand: Errand<ContactId>, _: Form<Nothing>) -> Answer {
    let name = contact::store::find(&mut *errand.look().await?, errand.id).await?.name();
    let withdrawn = invitation::acts::revoke(&errand.app, errand.actor(), errand.id).await;
    let told = withdrawn.map(|()| (format!("Invitation of {name} withdrawn"), "Its link no longer works.".to_owned()));
    errand.done_or_refused(told, "Nothing was withdrawn")
}
