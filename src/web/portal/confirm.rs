//! The page of a change that staff asked for: what is to change, and the person's yes or no. Looking at it changes nothing
//! (S31); each link works once.

use crate::access::Origin;
use crate::act::App;
use crate::base::Error;
use crate::base::secret::Token;
use crate::door::confirm::{self, ChangeLook};
use crate::portal_user::proposal::acts::Confirmed;
use crate::portal_user::proposal::{AskedBy, Change, Step};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, EntryChrome, Support};
use crate::web::form::{Form, Nothing, Question};
use crate::web::portal::AtDoor;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/confirm.html")]
struct ConfirmPage {
    chrome: Chrome,
    entry: EntryChrome,
    home: String,
    business: String,
    support: Option<Support>,
    path: String,
    offer: Offer,
}

/// What the page offers.
enum Offer {
    /// To say yes or no.
    Ask { title: String, by: Option<String>, from: String, to: String, then: String, verb: String, refuse: String },
    /// Nothing any more.
    Over { title: String, text: String },
}

impl ConfirmPage {
    fn at(door: &AtDoor, chrome: Chrome, path: String, offer: Offer) -> Self {
        let title = match &offer {
            Offer::Ask { title, .. } | Offer::Over { title, .. } => title.clone(),
        };
        Self {
            chrome: chrome.titled(title),
            entry: door.entry(),
            home: door.home(),
            business: door.0.name.to_string(),
            support: Support::of(&door.0.support_contact),
            path,
            offer,
        }
    }
}

fn offer(look: &ChangeLook, chrome: &Chrome) -> Offer {
    if let Some(why) = &look.refusal {
        return Offer::Over { title: chrome.say("confirm-over").to_string(), text: chrome.read(why) };
    }
    let proposal = &look.proposal;
    let from_email = || proposal.from_email.to_string();
    let (title, from, then, verb) = match (&proposal.change, look.step) {
        (Change::Name { .. }, _) => {
            (chrome.say("confirm-name"), look.name.clone(), chrome.say("confirm-name-then"), chrome.say("confirm-yes"))
        }
        (Change::Email(_), Step::Person) => {
            (chrome.say("confirm-email"), from_email(), chrome.say("confirm-email-then"), chrome.say("confirm-yes"))
        }
        (Change::Email(_), Step::NewAddress) => (
            chrome.say("confirm-address"),
            from_email(),
            chrome.say("confirm-address-then"),
            chrome.say("confirm-address-yes"),
        ),
    };
    Offer::Ask {
        title: title.to_string(),
        by: (proposal.asked_by == AskedBy::Staff).then(|| proposal.by_name.clone()),
        from,
        to: proposal.change.to(),
        then: then.to_string(),
        verb: verb.to_string(),
        refuse: chrome.say("confirm-no").to_string(),
    }
}

fn presented(token: &str) -> Result<Token, Error> {
    Token::presented(token).ok_or(Error::NotFound("The link"))
}

fn path_of(door: &AtDoor, token: &Token) -> String {
    format!("{}/confirm/{}", door.home(), token.reveal())
}

crate::words! {
    /// What has just been done, as the address says it.
    pub enum Done {
        /// The name is changed.
        Renamed = "renamed",
        /// The new address is asked.
        Asked = "asked",
        /// The person is asked first.
        Person = "person",
        /// The address is changed.
        Moved = "moved",
        /// The person said no.
        Declined = "declined",
    }
}

impl From<Confirmed> for Done {
    fn from(confirmed: Confirmed) -> Self {
        match confirmed {
            Confirmed::Renamed => Self::Renamed,
            Confirmed::AskedNewAddress => Self::Asked,
            Confirmed::AskedPerson => Self::Person,
            Confirmed::EmailChanged => Self::Moved,
        }
    }
}

impl Done {
    fn offer(self, business: &str, chrome: &Chrome) -> Offer {
        let (title, text) = match self {
            Self::Renamed => (chrome.say("confirm-renamed"), chrome.say("confirm-renamed-text")),
            Self::Asked => (chrome.say("confirm-asked"), chrome.say("confirm-asked-text")),
            Self::Person => (chrome.say("confirm-person"), chrome.say("confirm-person-text")),
            Self::Moved => (chrome.say("confirm-moved"), chrome.say("confirm-moved-text")),
            Self::Declined => {
                (chrome.say("confirm-declined"), chrome.say("confirm-declined-text").with("business", business))
            }
        };
        Offer::Over { title: title.to_string(), text: text.to_string() }
    }
}

/// What stands behind the question mark.
#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    done: String,
}

/// What is to change; after it was answered, what has become of it.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
    Question(after): Question<After>,
) -> Answer {
    let token = presented(&token)?;
    let look = confirm::look(&app, &door.0, &token).await?;
    let offer = match Done::of_code(&after.done) {
        Some(done) if look.refusal.is_some() => done.offer(door.0.name.as_str(), &chrome),
        _ => offer(&look, &chrome),
    };
    answer::page(&ConfirmPage::at(&door, chrome, path_of(&door, &token), offer))
}

/// Says yes.
pub async fn confirm(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
    Extension(origin): Extension<Origin>,
    _: Form<Nothing>,
) -> Answer {
    let token = presented(&token)?;
    let done = match confirm::confirm(&app, &door.0, &token, origin).await {
        Ok(confirmed) => confirmed,
        Err(error) => return over(chrome, &door, &token, error),
    };
    answer::see(&format!("{}?done={}", path_of(&door, &token), Done::from(done).code()))
}

/// Says no.
pub async fn decline(
    State(app): State<App>,
    chrome: Chrome,
    door: AtDoor,
    Path((_, token)): Path<(String, String)>,
    Extension(origin): Extension<Origin>,
    _: Form<Nothing>,
) -> Answer {
    let token = presented(&token)?;
    if let Err(error) = confirm::decline(&app, &door.0, &token, origin).await {
        return over(chrome, &door, &token, error);
    }
    answer::see(&format!("{}?done={}", path_of(&door, &token), Done::Declined.code()))
}

/// Why a link does not work (any more), on a page of its own.
fn over(chrome: Chrome, door: &AtDoor, token: &Token, error: Error) -> Answer {
    match error {
        Error::Refused(why) => {
            let offer = Offer::Over { title: chrome.say("confirm-over").to_string(), text: chrome.read(&why) };
            answer::again(&ConfirmPage::at(door, chrome, path_of(door, token), offer))
        }
        other => Err(other.into()),
    }
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{AccountId, PortalUserId, ProposalId};
    use crate::base::text::{Email, PersonName};
    use crate::language::Sentence;
    use crate::portal_user::proposal::{Proposal, State as Stands};
    use crate::web::samples;
    let door = samples::at_door();
    let page = |change: Change, step: Step, refusal: Option<Sentence>| {
        let proposal = Proposal {
            id: ProposalId(uuid::Uuid::from_u128(11)),
            portal_user_id: PortalUserId(uuid::Uuid::from_u128(3)),
            account_id: AccountId(uuid::Uuid::from_u128(2)),
            change,
            from_email: Email::parse("omar@client.test").unwrap(),
            step,
            state: Stands::Open,
            asked_by: AskedBy::Staff,
            by_name: "Hana Whitlock".into(),
            created_at: samples::NOW,
            expires_at: samples::NOW.plus_days(3),
            agreed_at: None,
            ended_at: None,
        };
        let look = ChangeLook { proposal, step, name: "Omar Haddad".into(), refusal };
        let (chrome, path) = (Chrome::bare(""), "/portal/tidewater/confirm/x".into());
        let offer = offer(&look, &chrome);
        samples::rendered(&ConfirmPage::at(&door, chrome, path, offer))
    };
    let email = || Change::Email(Email::parse("omar.haddad@client.test").unwrap());
    let name = Change::Name { first: PersonName::parse("Omari").unwrap(), last: PersonName::parse("Haddad").unwrap() };
    vec![
        ("portal/confirm", page(email(), Step::NewAddress, None)),
        ("portal/confirm-person", page(email(), Step::Person, None)),
        ("portal/confirm-name", page(name, Step::Person, None)),
        (
            "portal/confirm-over",
            page(email(), Step::Person, Some("This change was declined, so nothing was changed.".into())),
        ),
    ]
}
