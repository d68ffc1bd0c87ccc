//! The console's own door: signing in and out, and the one-time link of a new staff member.

use crate::access::Origin;
use crate::account::token::{Purpose, Spent};
use crate::act::App;
use crate::base::secret::Token;
use crate::base::{Error, Problems};
use crate::door::{self, COOKIE_SECONDS, Knock, SignedIn};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::console::Staff;
use crate::web::cookies;
use crate::web::form::{Form, Nothing, Question};
use crate::web::portal;
use askama::Template;
use axum::Extension;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use secrecy::SecretString;
use serde::Deserialize;

/// What the browser sent as the console's session, alive or not.
pub struct StaffCookie(pub Option<Token>);

impl<S: Sync> FromRequestParts<S> for StaffCookie {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(cookies::read(&parts.headers, cookies::STAFF).and_then(Token::presented)))
    }
}

/// `/`: the console, for want of a better guess.
pub async fn root() -> Answer {
    answer::see("/console")
}

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage {
    chrome: Chrome,
    entry: EntryChrome,
    email: String,
    next: String,
    problems: Problems,
}

/// Where to go on to.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The form.
pub async fn sign_in_page(chrome: Chrome, Question(Next { next }): Question<Next>) -> Answer {
    let page = SignInPage {
        chrome: chrome.titled("Sign in"),
        entry: EntryChrome { business: None },
        email: String::new(),
        next,
        problems: Problems::default(),
    };
    answer::page(&page)
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
    StaffCookie(cookie): StaffCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<SignInForm>,
) -> Answer {
    let knock = Knock { email: form.email.clone(), password: form.password, cookie, origin };
    match door::staff::sign_in(&app, knock).await {
        Ok(signed_in) => go_in(&signed_in, &form.next),
        Err(error) => answer::again_with(error, |problems| {
            let chrome = chrome.titled("Sign in").with_error();
            let entry = EntryChrome { business: None };
            SignInPage { chrome, entry, email: form.email, next: form.next, problems }
        }),
    }
}

/// On to where the staff member was going, with the session's cookie.
fn go_in(signed_in: &SignedIn, next: &str) -> Answer {
    let next = answer::own_path(next).filter(|path| path.starts_with("/console")).unwrap_or("/console");
    let mut response = answer::see(next)?;
    cookies::add(&mut response, &cookies::made(cookies::STAFF, signed_in.token.reveal(), Some(COOKIE_SECONDS)));
    Ok(response)
}

/// Signs out: on the server, and in the browser.
pub async fn sign_out(
    State(app): State<App>,
    _: Staff,
    StaffCookie(cookie): StaffCookie,
    Extension(origin): Extension<Origin>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    if let Some(token) = cookie {
        door::staff::sign_out(&app, &token, origin).await?;
    }
    let mut response = answer::see_with("/console/sign-in", "ok", "You are signed out", "")?;
    cookies::add(&mut response, &cookies::forgotten(cookies::STAFF));
    Ok(response)
}

/// What a one-time link offers.
enum Welcome {
    SetPassword { name: String, email: String },
    SignIn { name: String },
    Spent { title: &'static str, text: &'static str },
}

#[derive(Template)]
#[template(path = "console/welcome.html")]
struct WelcomePage {
    chrome: Chrome,
    entry: EntryChrome,
    state: Welcome,
    problems: Problems,
}

/// What a link that works no more says.
fn spent(how: Spent) -> Welcome {
    match how {
        Spent::Used => Welcome::Spent {
            title: "This link has been used",
            text: "If it was you, sign in; a forgotten password can be set anew there. If it was not, tell somebody who manages staff at once.",
        },
        Spent::Expired => {
            Welcome::Spent { title: "This link has expired", text: "Ask somebody who manages staff for a new one." }
        }
        Spent::Ended => Welcome::Spent { title: "A newer link was made", text: "Use the latest one, or sign in." },
    }
}

async fn welcome_state(app: &App, token: &str) -> Result<Welcome, Failed> {
    let token = Token::presented(token).ok_or(Error::NotFound("The link"))?;
    let welcome = door::staff::look_welcome(app, &token).await?;
    Ok(match (welcome.spent, welcome.purpose) {
        (Some(how), _) => spent(how),
        (None, Purpose::DemoSignIn) => Welcome::SignIn { name: welcome.name },
        (None, _) => Welcome::SetPassword { name: welcome.name, email: welcome.email.to_string() },
    })
}

/// The page of a one-time link; looking at it uses nothing up (S31).
pub async fn welcome_page(State(app): State<App>, chrome: Chrome, Path(token): Path<String>) -> Answer {
    let state = welcome_state(&app, &token).await?;
    let chrome = chrome.titled("Welcome");
    answer::page(&WelcomePage { chrome, entry: EntryChrome { business: None }, state, problems: Problems::default() })
}

/// The form of a one-time link, filled in. The address stands in it for password managers only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WelcomeForm {
    #[serde(default, rename = "email")]
    _email: String,
    #[serde(default)]
    password: SecretString,
}

/// Sets the first password, or signs in to the demo.
pub async fn welcome(
    State(app): State<App>,
    chrome: Chrome,
    Path(token): Path<String>,
    StaffCookie(cookie): StaffCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<WelcomeForm>,
) -> Answer {
    let secret = Token::presented(&token).ok_or(Error::NotFound("The link"))?;
    match door::staff::use_link(&app, &secret, form.password, cookie, origin).await {
        Ok(signed_in) => go_in(&signed_in, "/console"),
        Err(Error::Invalid(problems)) => {
            let state = welcome_state(&app, &token).await?;
            let chrome = chrome.titled("Welcome").with_error();
            answer::again(&WelcomePage { chrome, entry: EntryChrome { business: None }, state, problems })
        }
        Err(other) => Err(other.into()),
    }
}

/// How the door looks: the form, sent back, and a one-time link in every state.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let entry = || EntryChrome { business: None };
    let sign_in = |problems: Problems| {
        let (email, next) = ("hana@tidewater.example.com".into(), "/console".into());
        samples::rendered(&SignInPage { chrome: Chrome::bare("Sign in"), entry: entry(), email, next, problems })
    };
    let welcome = |state: Welcome, problems: Problems| {
        samples::rendered(&WelcomePage { chrome: Chrome::bare("Welcome"), entry: entry(), state, problems })
    };
    let hana = || Welcome::SetPassword { name: "Hana".into(), email: "hana@tidewater.example.com".into() };
    let weak = Problems::one("password", "Use at least 15 characters.");
    vec![
        ("console/sign_in", sign_in(Problems::default())),
        ("console/sign_in-wrong", sign_in(Problems::one("email", door::refusal()))),
        ("console/welcome", welcome(hana(), Problems::default())),
        ("console/welcome-weak", welcome(hana(), weak)),
        ("console/welcome-demo", welcome(Welcome::SignIn { name: "Hana".into() }, Problems::default())),
        ("console/welcome-used", welcome(spent(Spent::Used), Problems::default())),
        ("console/welcome-expired", welcome(spent(Spent::Expired), Problems::default())),
    ]
}
