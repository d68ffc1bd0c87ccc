//! A forgotten password: asking for a link, and setting a new password with it. The console's door shows the same pages
//! ([`crate::web::console::forgotten`]).

use crate::access::Origin;
use crate::account::token::Spent;
use crate::act::App;
use crate::base::secret::Token;
use crate::base::text::Email;
use crate::base::{Error, Problems};
use crate::door::reset;
use crate::language::Language;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome};
use crate::web::form::{Form, Question};
use crate::web::portal::AtDoor;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use secrecy::SecretString;
use serde::Deserialize;

/// A door at which a password can be forgotten.
pub struct AtForgotten {
    /// The frame around its pages.
    pub entry: EntryChrome,
    /// What its paths begin with.
    pub home: String,
}

impl From<&AtDoor> for AtForgotten {
    fn from(door: &AtDoor) -> Self {
        Self { entry: door.entry(), home: door.home() }
    }
}

/// The page that asks for the address, and the one after it.
#[derive(Template)]
#[template(path = "portal/forgotten.html")]
pub struct ForgottenPage {
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
pub enum Asked {
    /// Not yet.
    #[default]
    No,
    /// Just now.
    Yes,
}

impl ForgottenPage {
    /// The page at a door.
    pub fn at(at: AtForgotten, chrome: Chrome, asked: Asked) -> Self {
        let title = match asked {
            Asked::No => chrome.say("forgotten-page"),
            Asked::Yes => chrome.say("forgotten-sent"),
        };
        Self {
            chrome: chrome.titled(title),
            entry: at.entry,
            home: at.home,
            email: String::new(),
            asked,
            problems: Problems::default(),
        }
    }

    /// After the form: on to what is said in either case (S12), and the address is not in it; or the form again.
    pub fn after(at: AtForgotten, chrome: Chrome, email: String, asked: Result<(), Error>) -> Answer {
        match asked {
            Ok(()) => answer::see(&format!("{}/forgotten?asked=yes", at.home)),
            Err(error) => answer::again_with(error, |problems| {
                let page = Self::at(at, chrome, Asked::No);
                Self { chrome: page.chrome.with_error(), email, problems, ..page }
            }),
        }
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub struct Step {
    /// Whether the form was sent.
    #[serde(default)]
    pub asked: Asked,
}

/// The form, or what is said after it.
pub async fn page(chrome: Chrome, door: AtDoor, Question(Step { asked }): Question<Step>) -> Answer {
    answer::page(&ForgottenPage::at((&door).into(), chrome, asked))
}

/// The form, filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForm {
    /// The address, as typed.
    pub email: String,
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
    ForgottenPage::after((&door).into(), chrome, form.email, asked)
}

/// What a link offers.
enum Offer {
    /// To set a new password.
    Set { email: String },
    /// Nothing any more.
    Spent { title: String, text: String },
}

/// The page of a link.
#[derive(Template)]
#[template(path = "portal/reset.html")]
pub struct ResetPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    offer: Offer,
    problems: Problems,
}

async fn look(app: &App, chrome: Chrome, door: &AtDoor, token: &Token) -> Result<ResetPage, Error> {
    let found = reset::look(app, &door.0, token).await?;
    Ok(ResetPage::at(door.into(), chrome, &found))
}

impl ResetPage {
    /// The page at a door.
    pub fn at(at: AtForgotten, chrome: Chrome, found: &reset::ResetLook) -> Self {
        let title = match found.spent {
            None => chrome.say("password-choose-new"),
            Some(Spent::Used) => chrome.say("link-used-title"),
            Some(Spent::Expired) => chrome.say("link-expired-title"),
            Some(Spent::Ended) => chrome.say("link-ended-title"),
        };
        let offer = match found.refusal() {
            None => Offer::Set { email: found.email.to_string() },
            Some(why) => Offer::Spent { title: title.to_string(), text: chrome.read(&why) },
        };
        let chrome = chrome.titled(title);
        Self { chrome, entry: at.entry, home: at.home, offer, problems: Problems::default() }
    }

    /// The same page again, after the new password could not be set.
    pub fn again(self, error: Error) -> Answer {
        match error {
            // The page says by itself why the link does not work any more.
            Error::Refused(_) => answer::again(&self),
            error => answer::again_with(error, |problems| Self { chrome: self.chrome.with_error(), problems, ..self }),
        }
    }
}

/// After the new password is set: on to the door, because signing in stays one step that asks for everything it has to ask
/// (S19).
pub fn on_to_sign_in(home: &str, language: Language) -> Answer {
    let (title, text) = (language.say("reset-done"), language.say("reset-done-text"));
    answer::see_with(&format!("{home}/sign-in"), "ok", &title, &text)
}

/// The secret that an address carries.
pub fn presented(token: &str) -> Result<Token, Error> {
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
    /// The new password, as typed.
    pub password: SecretString,
}

/// Sets the new password, and leads to the door.
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
        Ok(()) => on_to_sign_in(&door.home(), chrome.lang),
        Err(error @ (Error::NotFound(_) | Error::TooMany(_))) => Err(error.into()),
        Err(error) => look(&app, chrome, &door, &token).await?.again(error),
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
    let page = |spent| ResetPage::at((&door).into(), Chrome::bare(""), &look(spent));
    let forgotten = |asked| ForgottenPage::at((&door).into(), Chrome::bare(""), asked);
    let weak = Problems::one("password", "Use at least 15 characters.");
    vec![
        ("portal/forgotten", samples::rendered(&forgotten(Asked::No))),
        ("portal/forgotten-asked", samples::rendered(&forgotten(Asked::Yes))),
        ("portal/reset", samples::rendered(&page(None))),
        ("portal/reset-weak", samples::rendered(&ResetPage { problems: weak, ..page(None) })),
        ("portal/reset-used", samples::rendered(&page(Some(Spent::Used)))),
        ("portal/reset-expired", samples::rendered(&page(Some(Spent::Expired)))),
        ("portal/reset-ended", samples::rendered(&page(Some(Spent::Ended)))),
    ]
}
