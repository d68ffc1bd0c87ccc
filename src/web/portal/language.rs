//! The language of the portal: whose wish it is, and choosing another.

use crate::access::Origin;
use crate::act::App;
use crate::base::Error;
use crate::business::Business;
use crate::door::person;
use crate::language::{Language, Wishes};
use crate::portal_user::profile;
use crate::web::answer::{self, Answer};
use crate::web::cookies;
use crate::web::form::Form;
use crate::web::portal::{AtDoor, PortalCookie, onward};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use serde::Deserialize;

/// For how many seconds a browser keeps the language that was chosen in it: a year.
const KEPT_SECONDS: i64 = 365 * 86_400;

/// What is known about the wishes of somebody at a business's door, before it is known who they are.
#[must_use]
pub fn wishes(headers: &HeaderMap, business: &Business) -> Wishes {
    let asked_for = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Wishes {
        person: cookies::read(headers, cookies::LANGUAGE).and_then(Language::of_code),
        client: None,
        business: business.language,
        browser: asked_for.and_then(Language::asked_for),
    }
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageForm {
    language: String,
    next: String,
}

/// Chooses a language: for this browser, and for whoever is signed in in it.
pub async fn choose(
    State(app): State<App>,
    door: AtDoor,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<LanguageForm>,
) -> Answer {
    let language = Language::of_code(&form.language).ok_or(Error::BadRequest("There is no such language here."))?;
    if let Some(token) = cookie {
        match person::enter(&app, &door.0, &token, None, origin).await {
            Ok(found) => profile::choose_language(&app, &found.actor, found.account.id, language).await?,
            Err(Error::SignInNeeded) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let mut response = answer::see(&onward(&door.0, &form.next))?;
    cookies::add(&mut response, &cookies::made(cookies::LANGUAGE, language.code(), Some(KEPT_SECONDS)));
    Ok(response)
}
