//! What staff do about a portal user, as forms: each calls its act and goes back to where it was asked for.

use crate::act::App;
use crate::base::id::{PortalUserId, SessionId};
use crate::base::text::Reason;
use crate::base::{Error, Problems};
use crate::door::explain;
use crate::link::{self, State as LinkState};
use crate::portal_user::{self, Behalf};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::errand::Errand;
use crate::web::console::portal_user::{id, path_of};
use crate::web::console::{Staff, count};
use crate::web::form::{Form, Nothing};
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/portal_user_disable.html")]
struct DisablePage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    name: String,
    business: String,
    clients: Vec<(String, String)>,
    last_admin: Vec<String>,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
    because: String,
}

/// Asks before disabling, and says what that closes.
pub async fn ask_disable(chrome: Chrome, errand: Errand<PortalUserId>) -> Answer {
    answer::page(&disable_page(&errand, chrome).await?)
}

async fn disable_page(errand: &Errand<PortalUserId>, chrome: Chrome) -> Result<DisablePage, Error> {
    let (staff, id) = (&errand.staff, errand.id);
    let mut look = errand.look().await?;
    let user = portal_user::store::find(&mut look, id).await?;
    if user.disabled.as_ref().is_some_and(|disabled| disabled.behalf == Behalf::Business) {
        return Err(Error::refused(format!("{} is already disabled. Nothing was changed.", user.name)));
    }
    let links = link::store::of_user(&mut look, id).await?;
    let last_admin = link::store::last_admin_of(&mut look, id).await?.into_iter().map(|(_, client)| client).collect();
    let active = links.iter().filter(|link| link.state == LinkState::Active);
    Ok(DisablePage {
        chrome: chrome.titled(format!("Disable {}", user.name)),
        console: staff.chrome(&mut look, "portal-users").await?,
        problems: Problems::default(),
        business: staff.business.name.to_string(),
        last_admin,
        clients: active.map(|link| (link.client_name.clone(), link.role.label().to_owned())).collect(),
        action: errand.action("disable"),
        cancel: errand.onward(),
        keep: [],
        name: user.name,
        because: String::new(),
    })
}

/// Why somebody is disabled.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisableForm {
    #[serde(default)]
    because: String,
}

/// Disables.
pub async fn disable(chrome: Chrome, errand: Errand<PortalUserId>, Form(form): Form<DisableForm>) -> Answer {
    let because = match Reason::parse_optional(&form.because) {
        Ok(because) => because,
        Err(wrong) => {
            let mut page = disable_page(&errand, chrome).await?;
            page.chrome = page.chrome.with_error();
            page.problems = Problems::one("because", wrong.to_string());
            page.because = form.because;
            return answer::again(&page);
        }
    };
    let user = portal_user::acts::disable(&errand.app, errand.actor(), errand.id, because).await?;
    let text = format!("They can’t get in to anything of {} any more, from now on.", errand.staff.business.name);
    errand.done(&format!("{} is disabled", user.name), &text)
}

/// Enables.
pub async fn enable(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    let user = portal_user::acts::enable(&errand.app, errand.actor(), errand.id).await?;
    let text = "What was linked before opens again.";
    errand.done(&format!("{} is enabled", user.name), text)
}

/// Requires a password change.
pub async fn require_password_change(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    portal_user::acts::require_password_change(&errand.app, errand.actor(), errand.id).await?;
    let text = "They are asked for a new password before anything else.";
    errand.done("Password change required", text)
}

/// Mails the person a link to set a new password.
pub async fn send_reset(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    portal_user::acts::send_reset(&errand.app, errand.actor(), errand.id).await?;
    let text = "The link works once, for an hour. Their password stays until they use it.";
    errand.done("Password reset link is on its way", text)
}

/// Lets the person try to sign in again at once.
pub async fn unlock(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    explain::unlock(&errand.app, errand.actor(), errand.id).await?;
    errand.done("Sign-in is unlocked", "They can try again at once.")
}

/// Ends all of a person's sessions.
pub async fn end_sessions(State(app): State<App>, staff: Staff, Path(user): Path<String>, _: Form<Nothing>) -> Answer {
    end(&app, &staff, id(&user)?, None).await
}

/// Ends one session of a person.
pub async fn end_session(
    State(app): State<App>,
    staff: Staff,
    Path((user, session)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let session = session.parse::<SessionId>().map_err(|_| Error::NotFound("The session"))?;
    end(&app, &staff, id(&user)?, Some(session)).await
}

async fn end(app: &App, staff: &Staff, id: PortalUserId, one: Option<SessionId>) -> Answer {
    let ended = portal_user::acts::end_sessions(app, &staff.actor, id, one).await?;
    let title = format!("{} ended", count(ended, "session", "sessions"));
    let path = format!("{}#sessions", path_of(id));
    answer::see_with(&path, "ok", &title, "The next request from there is asked to sign in again.")
}

/// How the question looks.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = DisablePage {
        chrome: Chrome::bare("Disable Devika Rao"),
        console: samples::console_chrome("portal-users"),
        problems: Problems::one("because", "The reason is longer than 500 characters. Shorten it."),
        name: "Devika Rao".into(),
        business: "Tidewater Haulage".into(),
        clients: vec![("Bramble Civil".into(), "Member".into()), ("Northbank Events".into(), "Group Manager".into())],
        last_admin: vec!["Bramble Civil".into()],
        action: "/console/portal-users/1/disable".into(),
        cancel: "/console/portal-users/1".into(),
        keep: [],
        because: "Left the company".into(),
    };
    vec![("console/portal_user_disable", samples::rendered(&page))]
}
