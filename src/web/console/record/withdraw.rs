//! Taking a record back.

use super::{id_of, path_of};
use crate::act::App;
use crate::record::{self, store};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::{Form, Nothing};
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "console/record_withdraw.html")]
struct Ask {
    chrome: Chrome,
    console: ConsoleChrome,
    title: String,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// Asks first.
pub async fn ask(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id_of(&id)?).await?;
    let title = format!("Withdraw {}?", record.what());
    answer::page(&Ask {
        chrome: chrome.titled(title.as_str()),
        console: staff.chrome(&mut look, "clients").await?,
        action: format!("{}/withdraw", path_of(record.id)),
        cancel: path_of(record.id),
        title,
        keep: [],
    })
}

/// Takes it back.
pub async fn withdraw(State(app): State<App>, staff: Staff, Path(id): Path<String>, _: Form<Nothing>) -> Answer {
    let record = record::acts::withdraw(&app, &staff.actor, id_of(&id)?).await?;
    let title = format!("{} {} is withdrawn", record.kind.one(), record.details.number);
    answer::see_with(&path_of(record.id), "ok", &title, "Nobody but staff sees it any more.")
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = Ask {
        chrome: Chrome::bare("Withdraw invoice 20418?"),
        console: samples::console_chrome("clients"),
        title: "Withdraw invoice 20418?".into(),
        action: "/console/records/1/withdraw".into(),
        cancel: "/console/records/1".into(),
        keep: [],
    };
    vec![("console/record_withdraw", samples::rendered(&page))]
}
