//! What an invitation's page shows.

use crate::base::{Instant, Problems};
use crate::door::invitation::InvitationLook;
use crate::invitation::Side;
use crate::web::chrome::{Chrome, EntryChrome, Support};
use crate::web::portal::{self, AtDoor};
use askama::Template;

/// The page.
#[derive(Template)]
#[template(path = "portal/invitation.html")]
pub struct InvitationPage {
    /// The frame around every page.
    pub chrome: Chrome,
    /// The business's frame.
    pub entry: EntryChrome,
    /// `/portal/tidewater`.
    pub home: String,
    /// The page's own path.
    pub path: String,
    /// The business.
    pub business: String,
    /// Who invited.
    pub invited_by: String,
    /// To whose things.
    pub client: String,
    /// At which address.
    pub email: String,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// What comes after accepting, if something does.
    pub next: String,
    /// Whom to turn to.
    pub support: Option<Support>,
    /// What can be done.
    pub offer: Offer,
    /// What was wrong.
    pub problems: Problems,
}

/// What an invitation's page offers.
pub enum Offer {
    /// Somebody new: a name, as the business records it, and a password.
    New { first_name: String, last_name: String },
    /// The invited address has an account: sign in to accept.
    SignIn { email: String },
    /// Somebody new to the address who says to have an account of another one.
    SignInAsOther { email: String },
    /// Signed in with the invited address: one button.
    Accept { name: String, email: String },
    /// Signed in as somebody else: they choose.
    Choose { name: String, email: String },
    /// It has expired; a new one can be asked for.
    AskAgain { title: String, email: String },
    /// It was accepted already.
    Used { title: String, text: String },
    /// Nothing can be done here any more.
    Closed { title: String, text: String },
}

impl Offer {
    /// The page's title.
    fn title(&self, chrome: &Chrome) -> String {
        match self {
            Self::New { .. }
            | Self::SignIn { .. }
            | Self::SignInAsOther { .. }
            | Self::Accept { .. }
            | Self::Choose { .. } => chrome.say("invitation-title").to_string(),
            Self::AskAgain { title, .. } | Self::Used { title, .. } | Self::Closed { title, .. } => title.clone(),
        }
    }
}

impl InvitationPage {
    /// As somebody sees it.
    #[must_use]
    pub fn of(door: &AtDoor, path: &str, look: &InvitationLook, offer: Offer, chrome: Chrome) -> Self {
        let (business, invitation) = (&door.0, &look.invitation);
        let invited_by = if invitation.invited_by.is_nil() {
            chrome.say("invitation-by-business").with("business", business.name.as_str())
        } else {
            let by = &invitation.invited_by_name;
            let at = match invitation.inviter {
                Side::Business => business.name.as_str(),
                Side::Client => look.client_name.as_str(),
            };
            chrome.say("invitation-by").with("name", by).with("business", at)
        };
        let next = match business.terms_version {
            0 => String::new(),
            _ => chrome.say("invitation-next-terms").to_string(),
        };
        Self {
            chrome: {
                let title = offer.title(&chrome);
                chrome.titled(title)
            },
            entry: door.entry(),
            home: door.home(),
            path: path.to_owned(),
            business: business.name.to_string(),
            invited_by: invited_by.to_string(),
            client: look.client_name.clone(),
            email: invitation.email.to_string(),
            expires_at: invitation.expires_at,
            next,
            support: Support::of(&business.support_contact),
            offer,
            problems: Problems::default(),
        }
    }
}
