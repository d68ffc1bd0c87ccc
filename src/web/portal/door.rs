//! The door of a business's portal: signing in and out.

use crate::access::Origin;
use crate::access::gates::Gate;
use crate::act::App;
use crate::base::secret::Token;
use crate::base::{Error, Problems};
use crate::business::Business;
use crate::door::Knock;
use crate::door::person::{self, At};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::cookies;
use crate::web::form::{Form, Question};
use crate::web::portal::{self, AtDoor, Next, PortalCookie, onward, with_session};
use askama::Template;
use axum::Extension;
use axum::extract::State;
use secrecy::SecretString;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/sign_in.html")]
struct SignInPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    welcome: String,
    email: String,
    next: String,
    problems: Problems,
}

impl SignInPage {
    fn at(door: &AtDoor, chrome: Chrome) -> Self {
        let business = &door.0;
        let welcome = match business.sign_in_text.trim() {
            "" => chrome.say("sign-in-welcome").with("business", business.name.as_str()).to_string(),
            text => text.to_owned(),
        };
        let title = chrome.say("sign-in");
        Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            welcome,
            email: String::new(),
            next: String::new(),
            problems: Problems::default(),
        }
    }
}

/// The form; whoever is in already goes on at once.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Question(Next { next }): Question<Next>,
) -> Answer {
    if let Some(token) = cookie
        && is_in(&app, &door.0, &token, origin).await?
    {
        return answer::see(&onward(&door.0, &next));
    }
    answer::page(&SignInPage { next, ..SignInPage::at(&door, chrome) })
}

/// Whether somebody is signed in, and stopped by nothing that they do not open themselves. Everybody else may want to sign in
/// as another person.
async fn is_in(app: &App, business: &Business, token: &Token, origin: Origin) -> Result<bool, Failed> {
    match person::enter(app, business, token, None, origin).await {
        Ok(found) => Ok(matches!(found.closed(), None | Some(Gate::PasswordFresh | Gate::TermsAccepted))),
        Err(Error::SignInNeeded) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInForm {
    email: String,
    password: SecretString,
    next: String,
}

/// Signs in.
pub async fn sign_in(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<SignInForm>,
) -> Answer {
    let knock = Knock { email: form.email.clone(), password: form.password, cookie, origin };
    match person::sign_in(&app, &door.0, knock, At::Door).await {
        Ok(signed_in) => Ok(with_session(answer::see(&onward(&door.0, &form.next))?, &signed_in.token)),
        Err(error) => answer::again_with(error, |problems| {
            let page = SignInPage::at(&door, chrome);
            SignInPage { chrome: page.chrome.with_error(), email: form.email, next: form.next, problems, ..page }
        }),
    }
}

/// Signing out; on an invitation's page it leads back there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOutForm {
    #[serde(default)]
    next: String,
}

/// Signs out: on the server, and in the browser. It never asks whether anybody is signed in.
pub async fn sign_out(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<SignOutForm>,
) -> Answer {
    if let Some(token) = cookie {
        person::sign_out(&app, &door.0, &token, origin).await?;
    }
    let to = match form.next.as_str() {
        "" => format!("{}/sign-in", door.home()),
        next => onward(&door.0, next),
    };
    let mut response = answer::see_with(&to, "ok", &chrome.say("signed-out"), "")?;
    cookies::add(&mut response, &cookies::forgotten(cookies::PORTAL));
    Ok(response)
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let door = samples::at_door();
    let empty = SignInPage::at(&door, Chrome::bare(""));
    let wrong = SignInPage {
        email: "omar@client.test".into(),
        problems: Problems::one("email", crate::door::refusal()),
        ..SignInPage::at(&door, Chrome::bare(""))
    };
    vec![("portal/sign_in", samples::rendered(&empty)), ("portal/sign_in-wrong", samples::rendered(&wrong))]
}
