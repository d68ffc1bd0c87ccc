//! What an invitation's page shows.

use crate::base::{Instant, Problems};
use crate::door::invitation::InvitationLook;
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
    /// Who invited, and from where.
    pub invited_by: String,
    /// To whose things.
    pub client: String,
    /// At which address.
    pub email: String,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// What comes after accepting, if something does.
    pub next: &'static str,
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
    AskAgain { title: &'static str, email: String },
    /// It was accepted already.
    Used { title: &'static str, text: String },
    /// Nothing can be done here any more.
    Closed { title: &'static str, text: String },
}

impl Offer {
    /// The page's title.
    fn title(&self) -> &'static str {
        match self {
            Self::New { .. }
            | Self::SignIn { .. }
            | Self::SignInAsOther { .. }
            | Self::Accept { .. }
            | Self::Choose { .. } => "Accept your invitation",
            Self::AskAgain { title, .. } | Self::Used { title, .. } | Self::Closed { title, .. } => title,
        }
    }
}

impl InvitationPage {
    /// As somebody sees it.
    #[must_use]
    pub fn of(door: &AtDoor, path: &str, look: &InvitationLook, offer: Offer, chrome: Chrome) -> Self {
        let (business, invitation) = (&door.0, &look.invitation);
        let invited_by = if invitation.invited_by.0.is_nil() {
            business.name.to_string()
        } else {
            format!("{} at {}", invitation.invited_by_name, business.name)
        };
        Self {
            chrome: chrome.titled(offer.title()),
            entry: door.entry(),
            home: door.home(),
            path: path.to_owned(),
            business: business.name.to_string(),
            invited_by,
            client: look.client_name.clone(),
            email: invitation.email.to_string(),
            expires_at: invitation.expires_at,
            next: if business.terms_version > 0 { "Next: read and accept the terms." } else { "" },
            support: Support::of(&business.support_contact),
            offer,
            problems: Problems::default(),
        }
    }
}
