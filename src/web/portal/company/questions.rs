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
use crate::web::portal::company::{Desk, Whom};
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "portal/company_confirm.html")]
pub(super) struct ConfirmPage {
    chrome: Chrome,
    portal: PortalChrome,
    question: Said,
    text: Said,
    more: Option<Said>,
    verb: Said,
    verb_class: &'static str,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// A question before something is done: what it does, and what the buttons say and lead to.
pub(super) struct Ask {
    pub question: Said,
    pub text: Said,
    pub more: Option<Said>,
    pub verb: Said,
    /// The stylesheet's word for the button that does it.
    pub verb_class: &'static str,
    pub action: String,
    pub cancel: String,
}

impl ConfirmPage {
    pub(super) fn of(chrome: Chrome, portal: PortalChrome, ask: Ask) -> Self {
        let Ask { question, text, more, verb, verb_class, action, cancel } = ask;
        let chrome = chrome.titled(question.clone());
        Self { chrome, portal, question, text, more, verb, verb_class, action, cancel, keep: [] }
    }
}

/// Asks before a link is mailed: to set a new password, or to accept the invitation.
pub async fn ask_resend(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find_also_withdrawn(&mut look, &whom).await?;
    let ask = resend_question(&desk, &chrome, &row);
    desk.ask(&mut look, chrome, ask).await
}

fn resend_question(desk: &Desk, page: &Chrome, row: &Row) -> Ask {
    let text = match (row.linked, row.status) {
        (Some(_), _) => page.say("company-resend-reset").with("name", &row.name).with("email", &row.email),
        (None, Status::Withdrawn) => {
            page.say("company-resend-withdrawn").with("name", &row.name).with("email", &row.email)
        }
        (None, _) => page.say("company-resend-invitation").with("name", &row.name).with("email", &row.email),
    };
    Ask {
        question: page.say("company-resend-ask").with("name", &row.name),
        text,
        more: None,
        verb: page.say("company-confirm"),
        verb_class: "primary",
        action: format!("{}/invite", desk.path_of(row.contact)),
        cancel: desk.path(),
    }
}

/// Mails it.
pub async fn resend(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(whom): Path<Whom>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find_also_withdrawn(&mut *desk.look(&app).await?, &whom).await?;
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
pub async fn ask_remove(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    must_be_another(&desk, &row)?;
    if row.linked.is_some() {
        desk.must_move(&row)?;
    }
    let ask = remove_question(&desk, &chrome, &row);
    desk.ask(&mut look, chrome, ask).await
}

fn must_be_another(desk: &Desk, row: &Row) -> Result<()> {
    if desk.is_me(row) { Err(Error::refused(places::not_oneself())) } else { Ok(()) }
}

fn remove_question(desk: &Desk, page: &Chrome, row: &Row) -> Ask {
    let client = desk.client.client_name.as_str();
    let (question, text, verb) = if row.linked.is_some() {
        let question = page.say("company-remove-ask").with("name", &row.name).with("client", client);
        let text = page.say("company-remove-text").with("name", &row.name).with("client", client);
        (question, text, page.say("company-remove-verb").with("name", &row.name))
    } else {
        let question = page.say("company-withdraw-ask").with("name", &row.name);
        let text = page.say("company-withdraw-text").with("email", &row.email);
        (question, text, page.say("company-withdraw-verb"))
    };
    Ask {
        question,
        text,
        more: row.linked.map(|_| page.say("company-remove-stays")),
        verb,
        verb_class: "danger",
        action: format!("{}/remove", desk.path_of(row.contact)),
        cancel: desk.path(),
    }
}

/// Removes them, or withdraws the invitation.
pub async fn remove(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(whom): Path<Whom>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &whom).await?;
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
    let asked = |ask: fn(&Desk, &Chrome, &Row) -> Ask, status: Status| {
        let ((desk, portal), chrome) = (sample_desk(), Chrome::bare(""));
        let row = sample_rows().into_iter().find(|row| row.status == status).unwrap();
        let ask = ask(&desk, &chrome, &row);
        samples::rendered(&ConfirmPage::of(chrome, portal, ask))
    };
    vec![
        ("portal/company_confirm", asked(resend_question, Status::PasswordDue)),
        ("portal/company_confirm-invitation", asked(resend_question, Status::Invited)),
        ("portal/company_confirm-again", asked(resend_question, Status::Withdrawn)),
        ("portal/company_confirm-remove", asked(remove_question, Status::Disabled)),
        ("portal/company_confirm-withdraw", asked(remove_question, Status::Invited)),
    ]
}
