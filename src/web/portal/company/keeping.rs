//! Disabling a colleague's account, and enabling it again. Both are asked first, and hold from the very next request.

use crate::act::App;
use crate::base::id::{LinkId, PortalUserId};
use crate::base::{Error, Result};
use crate::language::Said;
use crate::link::keeping::{self, Disabling};
use crate::link::people::{Row, Status};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::{Form, Nothing};
use crate::web::portal::company::Desk;
use crate::web::portal::company::questions::ConfirmPage;
use askama::Template;
use axum::extract::{Path, State};

/// What the list offers about somebody's account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keeping {
    /// To disable it.
    Disable,
    /// To enable it.
    Enable,
    /// Nothing: the business has disabled it, and says so.
    Theirs,
    /// Nothing: there is none, or it is not theirs to keep out.
    Nothing,
}

impl Desk {
    /// What is offered about one of their people; the act asks again.
    pub(super) fn keeping(&self, row: &Row) -> Keeping {
        let below = !self.is_me(row) && row.linked.is_some() && self.charge.stands_above(row.place());
        match (row.status, row.disabled_client) {
            (Status::Disabled, None) => Keeping::Theirs,
            _ if !below => Keeping::Nothing,
            (Status::Disabled, Some(client)) if client == self.id() => Keeping::Enable,
            (Status::Disabled, Some(_)) => Keeping::Nothing,
            _ => Keeping::Disable,
        }
    }
}

#[derive(Template)]
#[template(path = "portal/company_elsewhere.html")]
struct ElsewherePage {
    chrome: Chrome,
    portal: PortalChrome,
    title: Said,
    text: Said,
    verb: Said,
    remove: String,
    cancel: String,
}

/// Who is in: somebody who is only invited has no account here yet.
fn linked(row: &Row) -> Result<(PortalUserId, LinkId)> {
    row.linked.ok_or(Error::NotFound("The portal user"))
}

/// Asks before somebody is disabled; or says why not, and what to do instead.
pub async fn ask_disable(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &id).await?;
    let (user, link) = linked(&row)?;
    let disabling = keeping::foresee(&mut look, desk.actor(), user, link).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    match disabling {
        Disabling::Possible(_) => answer::page(&disable_page(&desk, chrome, portal, &row)),
        Disabling::AlsoElsewhere => answer::page(&elsewhere_page(&desk, chrome, portal, &row)),
    }
}

fn disable_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, row: &Row) -> ConfirmPage {
    let business = portal.business_name.as_str();
    let question = chrome.say("company-disable-ask").with("name", &row.name).with("business", business);
    ConfirmPage {
        text: chrome.say("company-disable-text").with("name", &row.name).with("business", business),
        more: Some(chrome.say("company-disable-stays")),
        verb: chrome.say("company-disable-verb").with("name", &row.name),
        verb_class: "danger",
        action: format!("{}/disable", desk.path_of(row.contact)),
        cancel: desk.path(),
        keep: [],
        portal,
        chrome: chrome.titled(question.clone()),
        question,
    }
}

fn elsewhere_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, row: &Row) -> ElsewherePage {
    let title = chrome.say("company-disable-elsewhere-title").with("name", &row.name);
    ElsewherePage {
        text: chrome.say("company-disable-elsewhere").with("name", &row.name),
        verb: chrome.say("company-remove").with("client", &desk.client.client_name),
        remove: format!("{}/remove", desk.path_of(row.contact)),
        cancel: desk.path(),
        portal,
        chrome: chrome.titled(title.clone()),
        title,
    }
}

/// Disables them.
pub async fn disable(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &id).await?;
    let (user, link) = linked(&row)?;
    keeping::disable(&app, desk.actor(), user, link).await?;
    let title = chrome.say("company-disable-done").with("name", &row.name);
    answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-disable-done-text"))
}

/// Asks before somebody is enabled.
pub async fn ask_enable(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &id).await?;
    let (user, link) = linked(&row)?;
    keeping::must_be_ours(&mut look, desk.actor(), user, link).await?;
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&enable_page(&desk, chrome, portal, &row))
}

fn enable_page(desk: &Desk, chrome: Chrome, portal: PortalChrome, row: &Row) -> ConfirmPage {
    let business = portal.business_name.as_str();
    let question = chrome.say("company-enable-ask").with("name", &row.name).with("business", business);
    ConfirmPage {
        text: chrome.say("company-enable-text").with("name", &row.name),
        more: None,
        verb: chrome.say("company-enable-verb"),
        verb_class: "primary",
        action: format!("{}/enable", desk.path_of(row.contact)),
        cancel: desk.path(),
        keep: [],
        portal,
        chrome: chrome.titled(question.clone()),
        question,
    }
}

/// Enables them.
pub async fn enable(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path((_, _, id)): Path<(String, String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &id).await?;
    let (user, link) = linked(&row)?;
    keeping::enable(&app, desk.actor(), user, link).await?;
    let title = chrome.say("company-enable-done").with("name", &row.name);
    answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-enable-done-text"))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::{sample_desk, sample_rows};
    use crate::web::samples;
    let ask = |make: fn(&Desk, Chrome, PortalChrome, &Row) -> ConfirmPage| {
        let (desk, portal) = sample_desk();
        samples::rendered(&make(&desk, Chrome::bare(""), portal, &sample_rows()[3]))
    };
    let (desk, portal) = sample_desk();
    let elsewhere = samples::rendered(&elsewhere_page(&desk, Chrome::bare(""), portal, &sample_rows()[2]));
    vec![
        ("portal/company_confirm-disable", ask(disable_page)),
        ("portal/company_confirm-enable", ask(enable_page)),
        ("portal/company_elsewhere", elsewhere),
    ]
}
