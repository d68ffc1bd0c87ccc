//! Refusing an access request, after a question.

use super::{QUEUE, id_of, path_of};
use crate::act::App;
use crate::base::Error;
use crate::request::acts::Tell;
use crate::request::{self, acts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::form::Form;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/request_refuse.html")]
struct RefusePage {
    chrome: Chrome,
    console: ConsoleChrome,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
    email: String,
}

/// The question before refusing.
pub async fn refuse_page(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let request = request::store::find(&mut look, id_of(&id)?).await?;
    request.must_be_open()?;
    let path = path_of(request.id);
    answer::page(&RefusePage {
        chrome: chrome.titled(format!("Refuse the request of {}?", request.email)),
        console: staff.chrome(&mut look, "requests").await?,
        action: format!("{path}/refuse"),
        cancel: path,
        keep: [],
        email: request.email.to_string(),
    })
}

/// The answer: whether the person is told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseForm {
    #[serde(default)]
    tell: String,
}

/// Refuses it.
pub async fn refuse(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(RefuseForm { tell }): Form<RefuseForm>,
) -> Answer {
    let id = id_of(&id)?;
    let tell = if tell.is_empty() { Tell::Nobody } else { Tell::Them };
    match acts::refuse(&app, &staff.actor, id, tell).await {
        Ok(told) => {
            let text = match told {
                Tell::Them => "They are told by mail, without any detail of yours.",
                Tell::Nobody => "They hear nothing.",
            };
            answer::see_with(QUEUE, "ok", "The request is refused", text)
        }
        Err(Error::Refused(why)) => answer::see_with(&path_of(id), "bad", "Nothing was changed", &why),
        Err(other) => Err(other.into()),
    }
}

/// How the question looks.
#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let refuse = RefusePage {
        chrome: Chrome::bare("Refuse the request of ana.costa@bramble.example.com?"),
        console: samples::console_chrome("requests"),
        action: "/console/requests/14/refuse".into(),
        cancel: "/console/requests/14".into(),
        keep: [],
        email: "ana.costa@bramble.example.com".into(),
    };
    vec![("console/request_refuse", samples::rendered(&refuse))]
}
