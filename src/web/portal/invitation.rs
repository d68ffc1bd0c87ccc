//! The page of an invitation, in every state it can be in, and what can be done there. Looking uses nothing up: mail scanners
//! open links as well (S31).

use crate::access::Origin;
use crate::act::App;
use crate::base::secret::Token;
use crate::base::text::PersonName;
use crate::base::{Error, Problems, Result};
use crate::door::Knock;
use crate::door::invitation::{self, InvitationLook, Known, NewPerson};
use crate::door::person::{self, At};
use crate::invitation::Standing;
use crate::invitation::acts::AskAgain;
use crate::language::{Language, Sentence};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::Chrome;
use crate::web::form::{Form, Nothing, Question};
use crate::web::portal::invitation_page::{InvitationPage, Offer};
use crate::web::portal::{AtDoor, Person, PortalCookie, with_session};
use axum::Extension;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use secrecy::SecretString;
use serde::Deserialize;
use std::time::Duration;

/// How long the page waits for its first look to be noted.
const MOST_TIME_TO_NOTE: Duration = Duration::from_millis(250);

/// What every request to an invitation's page brings.
pub struct Asked {
    app: App,
    door: AtDoor,
    /// The link's secret.
    token: Token,
    /// The page that it opens.
    path: String,
    cookie: Option<Token>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failed> {
        let missing = || Failed(Error::NotFound("The invitation"));
        let door = AtDoor::from_request_parts(parts, app).await?;
        let Path((slug, token)) =
            Path::<(String, String)>::from_request_parts(parts, app).await.map_err(|_| missing())?;
        let path = format!("/portal/{slug}/invitation/{token}");
        let token = Token::presented(&token).ok_or_else(missing)?;
        let Ok(PortalCookie(cookie)) = PortalCookie::from_request_parts(parts, app).await;
        Ok(Self { app: app.clone(), door, token, path, cookie })
    }
}

/// What stands behind the question mark: somebody new to the address may have an account of another one.
#[derive(Deserialize)]
pub struct With {
    #[serde(default)]
    with: String,
}

/// What the person wants to accept with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Whatever fits.
    Any,
    /// An account that they have under another address.
    OtherAccount,
}

/// What an invitation offers to whoever looks.
fn offer(look: &InvitationLook, business: &str, wish: Wish, chrome: &Chrome) -> Offer {
    if let Some(why) = &look.refusal {
        return closed(look, business, why, chrome);
    }
    let invited = &look.invitation.email;
    match (&look.signed_in, look.known, wish) {
        (Some(account), _, _) if account.email == *invited => {
            Offer::Accept { name: account.name(), email: account.email.to_string() }
        }
        (Some(account), _, _) => Offer::Choose { name: account.name(), email: account.email.to_string() },
        (None, Known::HasAccount, _) => Offer::SignIn { email: invited.to_string() },
        (None, Known::New, Wish::OtherAccount) => Offer::SignInAsOther { email: String::new() },
        (None, Known::New, Wish::Any) => {
            Offer::New { first_name: look.first_name.to_string(), last_name: look.last_name.to_string() }
        }
    }
}

/// What is said where nothing can be accepted: the heading what happened, the text what to do next.
fn closed(look: &InvitationLook, business: &str, why: &Sentence, chrome: &Chrome) -> Offer {
    let (title, text) = match look.standing {
        Standing::Open => (chrome.say("invitation-not-now-title"), chrome.read(why)),
        Standing::Expired => (
            chrome.say("invitation-expired-title"),
            chrome.say("invitation-expired-text").with("business", business).to_string(),
        ),
        Standing::Accepted => (
            chrome.say("invitation-used-title"),
            chrome.say("invitation-used-text").with("business", business).to_string(),
        ),
        Standing::Revoked => (
            chrome.say("invitation-withdrawn-title"),
            chrome.say("invitation-withdrawn-text").with("business", business).to_string(),
        ),
        Standing::Replaced => {
            (chrome.say("invitation-replaced-title"), chrome.say("invitation-replaced-text").to_string())
        }
    };
    let title = title.to_string();
    match (look.standing, look.may_ask_again) {
        (Standing::Expired, AskAgain::Offered) => Offer::AskAgain { title, email: look.invitation.email.to_string() },
        (Standing::Accepted, _) => Offer::Used { title, text },
        _ => Offer::Closed { title, text },
    }
}

/// The page, for whoever looks.
fn page_of(door: &AtDoor, path: &str, look: &InvitationLook, wish: Wish, chrome: Chrome) -> InvitationPage {
    let offer = offer(look, door.0.name.as_str(), wish, &chrome);
    InvitationPage::of(door, path, look, offer, chrome)
}

impl Asked {
    async fn look(&self) -> Result<InvitationLook> {
        invitation::look(&self.app, &self.door.0, &self.token, self.cookie.as_ref()).await
    }

    fn page(&self, look: &InvitationLook, wish: Wish, chrome: Chrome) -> InvitationPage {
        page_of(&self.door, &self.path, look, wish, chrome.about_client(look.client_language))
    }

    /// The page as it is now, with why something did not happen, and what was typed. Where the page explains by itself
    /// why nothing can be accepted any more, nothing is added.
    async fn again(&self, chrome: Chrome, error: Error, typed: impl FnOnce(Offer) -> Offer) -> Answer {
        let page = self.page(&self.look().await?, Wish::Any, chrome);
        let offer = typed(page.offer);
        if matches!(offer, Offer::Closed { .. } | Offer::Used { .. } | Offer::AskAgain { .. }) {
            return answer::again(&InvitationPage { offer, ..page });
        }
        let chrome = page.chrome.with_error();
        answer::again_with(error, |problems| InvitationPage { chrome, offer, problems, ..page })
    }
}

/// The page. The first look is noted, for staff to see; it changes nothing else.
pub async fn page(chrome: Chrome, asked: Asked, Question(With { with }): Question<With>) -> Answer {
    let wish = if with == "account" { Wish::OtherAccount } else { Wish::Any };
    let look = asked.look().await?;
    note_opened(&asked.app, &asked.door, &look).await;
    answer::page(&asked.page(&look, wish, chrome))
}

/// Staff see that the page was opened. The page neither waits for a long import nor fails because of it: the next look tries
/// again.
async fn note_opened(app: &App, door: &AtDoor, look: &InvitationLook) {
    let noted = invitation::opened(app, &door.0, &look.invitation);
    match tokio::time::timeout(MOST_TIME_TO_NOTE, noted).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "that an invitation was opened was not written"),
        Err(_) => tracing::debug!("that an invitation was opened was not written: the database is busy"),
    }
}

/// Somebody new: name and password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    first_name: String,
    last_name: String,
    password: SecretString,
}

impl NewForm {
    fn parse(&self, language: Language) -> Result<NewPerson> {
        let mut problems = Problems::default();
        let first = problems.check("first_name", PersonName::parse(&self.first_name));
        let last = problems.check("last_name", PersonName::parse(&self.last_name));
        match (first, last) {
            (Some(first), Some(last)) => {
                Ok(NewPerson { first, last, language: Some(language), password: self.password.clone() })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// Accepts as somebody new: makes the account, signs in, and goes on to the client's home, past the terms.
pub async fn accept_new(
    chrome: Chrome,
    asked: Asked,
    Extension(origin): Extension<Origin>,
    Form(form): Form<NewForm>,
) -> Answer {
    let Asked { app, door, token, cookie, .. } = &asked;
    // A link that opens nothing is counted below, like any guess.
    let chrome = chrome.about_client(asked.look().await.ok().and_then(|look| look.client_language));
    let done = match form.parse(chrome.lang) {
        Ok(person) => invitation::accept_new(app, &door.0, token, person, cookie.clone(), origin).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(signed_in) => Ok(with_session(answer::see(&door.home())?, &signed_in.token)),
        Err(error) => {
            let typed = |offer| match offer {
                Offer::New { .. } => Offer::New { first_name: form.first_name, last_name: form.last_name },
                other => other,
            };
            asked.again(chrome, error, typed).await
        }
    }
}

/// Somebody who has an account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInForm {
    email: String,
    password: SecretString,
}

/// Signs in and accepts, in one step: an existing account must sign in (S29), and by doing so here it says what it wants.
pub async fn sign_in(
    chrome: Chrome,
    asked: Asked,
    Extension(origin): Extension<Origin>,
    Form(form): Form<SignInForm>,
) -> Answer {
    let Asked { app, door, token, cookie, .. } = &asked;
    let knock =
        Knock { email: form.email.clone(), password: form.password, cookie: cookie.clone(), origin: origin.clone() };
    let signed_in = match person::sign_in(app, &door.0, knock, At::Invitation(token.clone())).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            let typed = |offer| match offer {
                Offer::SignIn { .. } => Offer::SignIn { email: form.email },
                Offer::New { .. } => Offer::SignInAsOther { email: form.email },
                other => other,
            };
            return asked.again(chrome, error, typed).await;
        }
    };
    let person = person::enter(app, &door.0, &signed_in.token, None, origin).await?;
    let answer = match invitation::accept(app, token, &person).await {
        Ok(accepted) => answer::see(&format!("{}/clients/{}", door.home(), accepted.invitation.client_id))?,
        // They are signed in now, and the page says what can be done with that.
        Err(Error::Refused(why)) => {
            answer::see_with(&asked.path, "bad", &chrome.say("invitation-not-accepted"), &chrome.read(&why))?
        }
        Err(other) => return Err(other.into()),
    };
    Ok(with_session(answer, &signed_in.token))
}

/// Accepts with the account that is signed in.
pub async fn accept(chrome: Chrome, asked: Asked, person: Person, _: Form<Nothing>) -> Answer {
    match invitation::accept(&asked.app, &asked.token, &person.door).await {
        Ok(accepted) => answer::see(&format!("{}/clients/{}", asked.door.home(), accepted.invitation.client_id)),
        Err(error) => asked.again(chrome, error, |offer| offer).await,
    }
}

/// Asks for a new invitation in place of an expired one. It goes to the invited address and nowhere else.
pub async fn ask_again(chrome: Chrome, asked: Asked, Extension(origin): Extension<Origin>, _: Form<Nothing>) -> Answer {
    match invitation::ask_again(&asked.app, &asked.door.0, &asked.token, origin).await {
        Ok(()) => {
            let (title, text) = (chrome.say("invitation-on-its-way"), chrome.say("invitation-on-its-way-text"));
            answer::see_with(&asked.path, "ok", &title, &text)
        }
        Err(error) => asked.again(chrome, error, |offer| offer).await,
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::text::Email;
    use crate::web::samples;
    let door = samples::at_door();
    let page =
        |look: &InvitationLook, wish| page_of(&door, "/portal/tidewater/invitation/x", look, wish, Chrome::bare(""));
    let open = samples::invitation();
    let mut lucy = samples::person().door.account;
    let other = InvitationLook { signed_in: Some(lucy.clone()), ..open.clone() };
    lucy.email = open.invitation.email.clone();
    assert_ne!(lucy.email, Email::parse("omar@client.test").unwrap(), "the samples need two people");
    let same = InvitationLook { signed_in: Some(lucy), known: Known::HasAccount, ..open.clone() };
    let known = InvitationLook { known: Known::HasAccount, ..open.clone() };
    let stood = |standing, may_ask_again| InvitationLook {
        standing,
        refusal: Some(crate::link::accepting::refusal(standing).unwrap_or("Its portal is switched off.".into())),
        may_ask_again,
        ..open.clone()
    };
    let weak = Problems::one("password", "Use at least 15 characters.");
    vec![
        ("portal/invitation", samples::rendered(&page(&open, Wish::Any))),
        ("portal/invitation-weak", samples::rendered(&InvitationPage { problems: weak, ..page(&open, Wish::Any) })),
        ("portal/invitation-other", samples::rendered(&page(&open, Wish::OtherAccount))),
        ("portal/invitation-known", samples::rendered(&page(&known, Wish::Any))),
        ("portal/invitation-signed-in", samples::rendered(&page(&same, Wish::Any))),
        ("portal/invitation-choose", samples::rendered(&page(&other, Wish::Any))),
        (
            "portal/invitation-expired",
            samples::rendered(&page(&stood(Standing::Expired, AskAgain::Offered), Wish::Any)),
        ),
        (
            "portal/invitation-expired-off",
            samples::rendered(&page(&stood(Standing::Expired, AskAgain::NotOffered), Wish::Any)),
        ),
        (
            "portal/invitation-used",
            samples::rendered(&page(&stood(Standing::Accepted, AskAgain::NotOffered), Wish::Any)),
        ),
        (
            "portal/invitation-withdrawn",
            samples::rendered(&page(&stood(Standing::Revoked, AskAgain::NotOffered), Wish::Any)),
        ),
        (
            "portal/invitation-replaced",
            samples::rendered(&page(&stood(Standing::Replaced, AskAgain::NotOffered), Wish::Any)),
        ),
        ("portal/invitation-off", samples::rendered(&page(&stood(Standing::Open, AskAgain::NotOffered), Wish::Any))),
    ]
}
