//! Disabling a colleague's account, and enabling it again. Both are asked first, and hold from the very next request.

use crate::act::App;
use crate::language::Said;
use crate::link::keeping::{self, Disabling};
use crate::link::people::{Row, Status};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::{Form, Nothing};
use crate::web::portal::company::questions::Ask;
use crate::web::portal::company::{Desk, Whom, linked};
use askama::Template;
use axum::extract::{Path, State};

/// What is missing where somebody is only invited.
const USER: &str = "The portal user";

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

/// Asks before somebody is disabled; or says why not, and what to do instead.
pub async fn ask_disable(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    let (user, link) = linked(&row, USER)?;
    let disabling = keeping::foresee(&mut look, desk.actor(), user, link).await?;
    match disabling {
        Disabling::Possible(_) => {
            let ask = disable_question(&desk, &chrome, &row);
            desk.ask(&mut look, chrome, ask).await
        }
        Disabling::AlsoElsewhere => {
            let portal = desk.portal(&mut look, &chrome).await?;
            answer::page(&elsewhere_page(&desk, chrome, portal, &row))
        }
    }
}

fn disable_question(desk: &Desk, page: &Chrome, row: &Row) -> Ask {
    let business = desk.person.business.name.as_str();
    Ask {
        question: page.say("company-disable-ask").with("name", &row.name).with("business", business),
        text: page.say("company-disable-text").with("name", &row.name).with("business", business),
        more: Some(page.say("company-disable-stays")),
        verb: page.say("company-disable-verb").with("name", &row.name),
        verb_class: "danger",
        action: format!("{}/disable", desk.path_of(row.contact)),
        cancel: desk.path(),
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
    Path(whom): Path<Whom>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &whom).await?;
    let (user, link) = linked(&row, USER)?;
    keeping::disable(&app, desk.actor(), user, link).await?;
    let title = chrome.say("company-disable-done").with("name", &row.name);
    answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-disable-done-text"))
}

/// Asks before somebody is enabled.
pub async fn ask_enable(State(app): State<App>, chrome: Chrome, desk: Desk, Path(whom): Path<Whom>) -> Answer {
    let mut look = desk.look(&app).await?;
    let row = desk.find(&mut look, &whom).await?;
    let (user, link) = linked(&row, USER)?;
    keeping::must_be_ours(&mut look, desk.actor(), user, link).await?;
    let ask = enable_question(&desk, &chrome, &row);
    desk.ask(&mut look, chrome, ask).await
}

fn enable_question(desk: &Desk, page: &Chrome, row: &Row) -> Ask {
    let business = desk.person.business.name.as_str();
    Ask {
        question: page.say("company-enable-ask").with("name", &row.name).with("business", business),
        text: page.say("company-enable-text").with("name", &row.name),
        more: None,
        verb: page.say("company-enable-verb"),
        verb_class: "primary",
        action: format!("{}/enable", desk.path_of(row.contact)),
        cancel: desk.path(),
    }
}

/// Enables them.
pub async fn enable(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Path(whom): Path<Whom>,
    _: Form<Nothing>,
) -> Answer {
    let row = desk.find(&mut *desk.look(&app).await?, &whom).await?;
    let (user, link) = linked(&row, USER)?;
    keeping::enable(&app, desk.actor(), user, link).await?;
    let title = chrome.say("company-enable-done").with("name", &row.name);
    answer::see_with(&desk.path(), "ok", &title, &chrome.say("company-enable-done-text"))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::portal::company::questions::ConfirmPage;
    use crate::web::portal::company::{sample_desk, sample_rows};
    use crate::web::samples;
    let rows = sample_rows();
    let asked = |ask: fn(&Desk, &Chrome, &Row) -> Ask| {
        let ((desk, portal), chrome) = (sample_desk(), Chrome::bare(""));
        let ask = ask(&desk, &chrome, &rows[3]);
        samples::rendered(&ConfirmPage::of(chrome, portal, ask))
    };
    let (desk, portal) = sample_desk();
    let elsewhere = samples::rendered(&elsewhere_page(&desk, Chrome::bare(""), portal, &rows[2]));
    vec![
        ("portal/company_confirm-disable", asked(disable_question)),
        ("portal/company_confirm-enable", asked(enable_question)),
        ("portal/company_elsewhere", elsewhere),
    ]
}
