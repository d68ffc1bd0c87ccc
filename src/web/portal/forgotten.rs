//! A forgotten password: asking for a link, and setting a new password with it.

use crate::access::Origin;
use crate::account::token::Spent;
use crate::act::App;
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::base::{Error, Problems};
use crate::door::reset;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::AtDoor;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use secrecy::SecretString;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/forgotten.html")]
struct ForgottenPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    email: String,
    asked: Asked,
    problems: Problems,
}

/// Whether a link has been asked for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum Asked {
    #[default]
    No,
    Yes,
}

impl ForgottenPage {
    fn at(door: &AtDoor, chrome: Chrome, asked: Asked) -> Self {
        let title = match asked {
            Asked::No => "Forgotten password",
            Asked::Yes => "Check your mail",
        };
        Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            email: String::new(),
            asked,
            problems: Problems::default(),
        }
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub struct Step {
    #[serde(default)]
    asked: Asked,
}

/// The form, or what is said after it.
pub async fn page(chrome: Chrome, door: AtDoor, Question(Step { asked }): Question<Step>) -> Answer {
    answer::page(&ForgottenPage::at(&door, chrome, asked))
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForm {
    email: String,
}

/// Asks for a link. The answer is the same whether anybody has the address or not (S12), and the address is not in it.
pub async fn ask(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Extension(origin): Extension<Origin>,
    Form(form): Form<AskForm>,
) -> Answer {
    let asked = match Email::parse(&form.email) {
        Ok(_) => reset::ask(&app, &door.0, &form.email, origin).await,
        Err(why) => Err(Error::invalid("email", why.0)),
    };
    match asked {
        Ok(()) => answer::see(&format!("{}/forgotten?asked=yes", door.home())),
        Err(error) => answer::again_with(error, |problems| {
            let page = ForgottenPage::at(&door, chrome, Asked::No);
            ForgottenPage { chrome: page.chrome.with_error(), email: form.email, problems, ..page }
        }),
    }
}

/// What a link offers.
enum Offer {
    /// To set a new password.
    Set { email: String },
    /// Nothing any more.
    Spent { title: &'static str, text: &'static str },
}

#[derive(Template)]
#[template(path = "portal/reset.html")]
struct ResetPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    offer: Offer,
    problems: Problems,
}

async fn look(app: &App, chrome: Chrome, door: &AtDoor, token: &Token) -> Result<ResetPage, Error> {
    let found = reset::look(app, &door.0, token).await?;
    Ok(ResetPage::at(chrome, door, &found))
}

impl ResetPage {
    fn at(chrome: Chrome, door: &AtDoor, found: &reset::ResetLook) -> Self {
        let title = match found.spent {
            None => "Choose a new password",
            Some(Spent::Used) => "This link has been used",
            Some(Spent::Expired) => "This link has expired",
            Some(Spent::Ended) => "This link no longer works",
        };
        let offer = match found.refusal() {
            None => Offer::Set { email: found.email.to_string() },
            Some(text) => Offer::Spent { title, text },
        };
        let chrome = chrome.titled(title);
        Self { chrome, entry: door.entry(), home: door.home(), offer, problems: Problems::default() }
    }
}

fn presented(token: &str) -> Result<Token, Error> {
    Token::presented(token).ok_or(Error::NotFound("The link"))
}

/// The page of a link; looking at it uses nothing up (S31).
pub async fn reset_page(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
) -> Answer {
    answer::page(&look(&app, chrome, &door, &presented(&token)?).await?)
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetForm {
    password: SecretString,
}

/// Sets the new password, and leads to the door: signing in stays one step that asks for everything it has to ask (S19).
pub async fn reset(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
    Extension(origin): Extension<Origin>,
    Form(form): Form<ResetForm>,
) -> Answer {
    let token = presented(&token)?;
    match reset::set(&app, &door.0, &token, form.password, origin).await {
        Ok(()) => {
            let to = format!("{}/sign-in", door.home());
            answer::see_with(
                &to,
                "ok",
                "Your new password is set",
                "Sign in with it. You’ve been signed out everywhere else.",
            )
        }
        // The page says by itself why the link does not work any more.
        Err(Error::Refused(_)) => answer::again(&look(&app, chrome, &door, &token).await?),
        Err(error) => {
            let page = look(&app, chrome, &door, &token).await?;
            answer::again_with(error, |problems| ResetPage { chrome: page.chrome.with_error(), problems, ..page })
        }
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let door = samples::at_door();
    let look = |spent| reset::ResetLook {
        name: "Omar Haddad".into(),
        email: Email::parse("omar@client.test").unwrap(),
        spent,
    };
    let page = |spent| ResetPage::at(Chrome::bare(""), &door, &look(spent));
    let weak = Problems::one("password", "Use at least 15 characters.");
    vec![
        ("portal/forgotten", samples::rendered(&ForgottenPage::at(&door, Chrome::bare(""), Asked::No))),
        ("portal/forgotten-asked", samples::rendered(&ForgottenPage::at(&door, Chrome::bare(""), Asked::Yes))),
        ("portal/reset", samples::rendered(&page(None))),
        ("portal/reset-weak", samples::rendered(&ResetPage { problems: weak, ..page(None) })),
        ("portal/reset-used", samples::rendered(&page(Some(Spent::Used)))),
        ("portal/reset-expired", samples::rendered(&page(Some(Spent::Expired)))),
        ("portal/reset-ended", samples::rendered(&page(Some(Spent::Ended)))),
    ]
}
