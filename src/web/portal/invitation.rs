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
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use secrecy::SecretString;
use serde::Deserialize;
use std::time::Duration;

/// How long the page waits for its first look to be noted.
const MOST_TIME_TO_NOTE: Duration = Duration::from_millis(250);

/// The link's secret, and the page that it opens.
pub struct Link {
    token: Token,
    path: String,
}

impl FromRequestParts<App> for Link {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failed> {
        let missing = || Failed(Error::NotFound("The invitation"));
        let Path((slug, token)) =
            Path::<(String, String)>::from_request_parts(parts, app).await.map_err(|_| missing())?;
        let path = format!("/portal/{slug}/invitation/{token}");
        Ok(Self { token: Token::presented(&token).ok_or_else(missing)?, path })
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

/// What every request to an invitation's page brings.
struct Asked<'a> {
    app: &'a App,
    door: &'a AtDoor,
    link: &'a Link,
    cookie: Option<&'a Token>,
}

impl Asked<'_> {
    async fn look(&self) -> Result<InvitationLook> {
        invitation::look(self.app, &self.door.0, &self.link.token, self.cookie).await
    }

    async fn page(&self, chrome: Chrome, wish: Wish) -> Result<InvitationPage> {
        let look = self.look().await?;
        let chrome = chrome.about_client(look.client_language);
        Ok(InvitationPage::of(
            self.door,
            &self.link.path,
            &look,
            offer(&look, self.door.0.name.as_str(), wish, &chrome),
            chrome,
        ))
    }

    /// The page as it is now, with why something did not happen, and what was typed. Where the page explains by itself
    /// why nothing can be accepted any more, nothing is added.
    async fn again(&self, chrome: Chrome, error: Error, typed: impl FnOnce(Offer) -> Offer) -> Answer {
        let page = self.page(chrome, Wish::Any).await?;
        let offer = typed(page.offer);
        if matches!(offer, Offer::Closed { .. } | Offer::Used { .. } | Offer::AskAgain { .. }) {
            return answer::again(&InvitationPage { offer, ..page });
        }
        let chrome = page.chrome.with_error();
        answer::again_with(error, |problems| InvitationPage { chrome, offer, problems, ..page })
    }
}

/// The page. The first look is noted, for staff to see; it changes nothing else.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    link: Link,
    PortalCookie(cookie): PortalCookie,
    Question(With { with }): Question<With>,
) -> Answer {
    let wish = if with == "account" { Wish::OtherAccount } else { Wish::Any };
    let asked = Asked { app: &app, door: &door, link: &link, cookie: cookie.as_ref() };
    let look = asked.look().await?;
    note_opened(&app, &door, &look).await;
    let chrome = chrome.about_client(look.client_language);
    answer::page(&InvitationPage::of(
        &door,
        &link.path,
        &look,
        offer(&look, door.0.name.as_str(), wish, &chrome),
        chrome,
    ))
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
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    link: Link,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<NewForm>,
) -> Answer {
    let asked = Asked { app: &app, door: &door, link: &link, cookie: cookie.as_ref() };
    // A link that opens nothing is counted below, like any guess.
    let chrome = chrome.about_client(asked.look().await.ok().and_then(|look| look.client_language));
    let done = match form.parse(chrome.lang) {
        Ok(person) => invitation::accept_new(&app, &door.0, &link.token, person, cookie.clone(), origin).await,
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
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    link: Link,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(form): Form<SignInForm>,
) -> Answer {
    let knock =
        Knock { email: form.email.clone(), password: form.password, cookie: cookie.clone(), origin: origin.clone() };
    let signed_in = match person::sign_in(&app, &door.0, knock, At::Invitation(link.token.clone())).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            let asked = Asked { app: &app, door: &door, link: &link, cookie: cookie.as_ref() };
            let typed = |offer| match offer {
                Offer::SignIn { .. } => Offer::SignIn { email: form.email },
                Offer::New { .. } => Offer::SignInAsOther { email: form.email },
                other => other,
            };
            return asked.again(chrome, error, typed).await;
        }
    };
    let person = person::enter(&app, &door.0, &signed_in.token, None, origin).await?;
    let answer = match invitation::accept(&app, &link.token, &person).await {
        Ok(accepted) => answer::see(&format!("{}/clients/{}", door.home(), accepted.invitation.client_id))?,
        // They are signed in now, and the page says what can be done with that.
        Err(Error::Refused(why)) => {
            answer::see_with(&link.path, "bad", &chrome.say("invitation-not-accepted"), &chrome.read(&why))?
        }
        Err(other) => return Err(other.into()),
    };
    Ok(with_session(answer, &signed_in.token))
}

/// Accepts with the account that is signed in.
pub async fn accept(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    link: Link,
    person: Person,
    PortalCookie(cookie): PortalCookie,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    match invitation::accept(&app, &link.token, &person.door).await {
        Ok(accepted) => answer::see(&format!("{}/clients/{}", door.home(), accepted.invitation.client_id)),
        Err(error) => {
            let asked = Asked { app: &app, door: &door, link: &link, cookie: cookie.as_ref() };
            asked.again(chrome, error, |offer| offer).await
        }
    }
}

/// Asks for a new invitation in place of an expired one. It goes to the invited address and nowhere else.
pub async fn ask_again(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    link: Link,
    PortalCookie(cookie): PortalCookie,
    Extension(origin): Extension<Origin>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    match invitation::ask_again(&app, &door.0, &link.token, origin).await {
        Ok(()) => {
            let (title, text) = (chrome.say("invitation-on-its-way"), chrome.say("invitation-on-its-way-text"));
            answer::see_with(&link.path, "ok", &title, &text)
        }
        Err(error) => {
            let asked = Asked { app: &app, door: &door, link: &link, cookie: cookie.as_ref() };
            asked.again(chrome, error, |offer| offer).await
        }
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::text::Email;
    use crate::web::samples;
    let door = samples::at_door();
    let page = |look: &InvitationLook, wish| {
        let chrome = Chrome::bare("");
        InvitationPage::of(
            &door,
            "/portal/tidewater/invitation/x",
            look,
            offer(look, "Tidewater Haulage", wish, &chrome),
            chrome,
        )
    };
    let open = samples::invitation();
    let mut lucy = samples::person().door.account;
    let other = InvitationLook { signed_in: Some(lucy.clone()), ..open.clone() };
    lucy.email = open.invitation.email.clone();
    assert_ne!(lucy.email, Email::parse("omar@client.test").unwrap(), "the samples need two people");
    let same = InvitationLook { signed_in: Some(lucy), known: Known::HasAccount, ..open.clone() };
    let known = InvitationLook { known: Known::HasAccount, ..open.clone() };
    let stood = |standing, may_ask_again| InvitationLook {
        standing,
        refusal: Some(crate::link::acts::refusal(standing).unwrap_or("Its portal is switched off.".into())),
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
