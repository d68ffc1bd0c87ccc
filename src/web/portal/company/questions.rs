//! What is asked before a colleague is mailed again, or removed.

use crate::act::App;
use crate::base::{Error, Result};
use crate::invitation;
use crate::language::Said;
use crate::link::people::{Row, Status};
use crate::link::places;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::{Form, Nothing};
use crate::web::portal::company::Desk;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "portal/company_confirm.html")]
pub(super) struct ConfirmPage {
    pub chrome: Chrome,
    pub portal: PortalChrome,
    pub question: Said,
    pub text: Said,
    pub more: Option<Said>,
    pub verb: Said,
    pub verb_class: &'static str,
    pub action: String,
    pub cancel: String,
    pub keep: [(&'static str, &'static str); 0],
}

/// Asks before a link is mailed: to set a new password, or to accept the invitation.
pub async fn ask_resend(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find_also_withdrawn(&mut look, &id).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&resend_page(&desk, chrome, portal, &row))
}

fn resend_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, row: &Row) -> ConfirmPage {
    let text = match (row.linked, row.status) {
        (Some(_), _) => chrome.say("company-resend-reset").with("name", &row.name).with("email", &row.email),
        (None, Status::Withdrawn) => {
            chrome.say("company-resend-withdrawn").with("name", &row.name).with("email", &row.email)
        }
        (None, _) => chrome.say("company-resend-invitation").with("name", &row.name).with("email", &row.email),
    };
    let question = chrome.say("company-resend-ask").with("name", &row.name);
    ConfirmPage {
        text,
        more: None,
        verb: chrome.say("company-confirm"),
        verb_class: "primary",
        action: format!("{}/invite", desk.path_of(row.contact)),
        cancel: desk.path(),
        keep: [],
        portal,
        chrome: chrome.titled(question.clone()),
        question,
    }
}

/// Mails it.
pub async fn resend(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find_also_withdrawn(&mut *desk.look(&app).await?, &id).await?;
    let text = match row.linked {
        Some((user, link)) => {
            places::send_reset(&app, desk.actor(), user, link).await?;
            chrome.say("company-resent-reset")
        }
        None => {
            invitation::acts::invite(&app, desk.actor(), row.contact).await?;
            chrome.say("company-resent-invitation")
        }
    };
    let title = chrome.say("company-resent").with("email", &row.email);
    answer::see_with(&desk.path(), "ok", &title, &text)
}

/// Asks before somebody is removed, or an invitation is withdrawn.
pub async fn ask_remove(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &id).await?;
    must_be_another(&desk, &row)?;
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&remove_page(&desk, chrome, portal, &row))
}

fn must_be_another(desk: &Desk, row: &Row) -> Result<()> {
    if desk.is_me(row) { Err(Error::refused(places::not_oneself())) } else { Ok(()) }
}

fn remove_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, row: &Row) -> ConfirmPage {
    let client = desk.client.client_name.as_str();
    let (question, text, verb) = if row.linked.is_some() {
        let question = chrome.say("company-remove-ask").with("name", &row.name).with("client", client);
        let text = chrome.say("company-remove-text").with("name", &row.name).with("client", client);
        (question, text, chrome.say("company-remove-verb").with("name", &row.name))
    } else {
        let question = chrome.say("company-withdraw-ask").with("name", &row.name);
        (question, chrome.say("company-withdraw-text").with("email", &row.email), chrome.say("company-withdraw"))
    };
    ConfirmPage {
        text,
        more: row.linked.map(|_| chrome.say("company-remove-stays")),
        verb,
        verb_class: "danger",
        action: format!("{}/remove", desk.path_of(row.contact)),
        cancel: desk.path(),
        keep: [],
        portal,
        chrome: chrome.titled(question.clone()),
        question,
    }
}

/// Removes them, or withdraws the invitation.
pub async fn remove(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &id).await?;
    match row.linked {
        Some((user, link)) => {
            places::unlink(&app, desk.actor(), user, link).await?;
            let client = desk.client.client_name.as_str();
            let title = chrome.say("company-removed").with("name", &row.name).with("client", client);
            answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-removed-text"))
        }
        None => {
            invitation::acts::revoke(&app, desk.actor(), row.contact).await?;
            let title = chrome.say("company-withdrawn").with("name", &row.name);
            answer::see_with(&desk.path(), "ok", &title, "")
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::{sample_desk, sample_rows};
    use crate::web::samples;
    let page = |make: fn(&Desk, Chrome, PortalChrome, &Row) -> ConfirmPage, status: Status| {
        let (desk, portal) = sample_desk();
        let row = sample_rows().into_iter().find(|row| row.status == status).unwrap();
        samples::rendered(&make(&desk, Chrome::bare(""), portal, &row))
    };
    vec![
        ("portal/company_confirm", page(resend_page, Status::PasswordDue)),
        ("portal/company_confirm-invitation", page(resend_page, Status::Invited)),
        ("portal/company_confirm-again", page(resend_page, Status::Withdrawn)),
        ("portal/company_confirm-remove", page(remove_page, Status::Disabled)),
        ("portal/company_confirm-withdraw", page(remove_page, Status::Invited)),
    ]
}
