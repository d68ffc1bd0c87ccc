//! Contacts: the people of a client, as the business records them, and how each stands to the portal.

pub mod acts;
pub mod bulk;
pub mod list;
pub mod mismatch;
pub mod store;
mod typed;

pub use typed::Typed;

use crate::act::{Obstacle, Skipped};
use crate::base::id::{ClientId, ContactId};
use crate::base::text::{Email, Extension, PersonName, Phone, Reason, Title, full_name};
use crate::base::{Error, Instant, Result};
use crate::listing;

crate::words! {
    /// How a contact stands to the portal, as lists filter it.
    pub enum Standing {
        /// Not connected, and no invitation is open.
        None = "none",
        /// An invitation is open.
        Invited = "invited",
        /// Linked to a portal user.
        Connected = "connected",
        /// Kept out.
        Blocked = "blocked",
    }
}

impl Standing {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "Not connected",
            Self::Invited => "Invited",
            Self::Connected => "Connected",
            Self::Blocked => "Blocked",
        }
    }
}

/// How a contact stands to the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Portal {
    /// Not connected, and no invitation is open.
    None,
    /// An invitation is open.
    Invited,
    /// Linked to a portal user.
    Connected,
    /// Kept out.
    Blocked(Block),
}

/// Why, since when and by whom a contact is kept out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Why; may be empty.
    pub because: String,
    /// Since when.
    pub at: Instant,
    /// By whom.
    pub by: String,
}

/// A contact.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// At which client.
    pub client_id: ClientId,
    /// The client's name.
    pub company: String,
    /// The person's details, as the business records them.
    pub details: Details,
    /// How it stands to the portal.
    pub portal: Portal,
    /// Since when it is known.
    pub created_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

/// A person's details, as the business records them: the seven fields.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::FromRow)]
pub struct Details {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Title at work.
    pub title: Option<Title>,
    /// E-mail address.
    pub email: Email,
    /// Cell phone.
    pub cell_phone: Option<Phone>,
    /// Office phone.
    pub office_phone: Option<Phone>,
    /// Extension of the office phone.
    pub extension: Option<Extension>,
}

impl Details {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }

    /// What a search over contacts looks through.
    #[must_use]
    pub fn search_text(&self, company: &str) -> String {
        listing::search_text(&[&self.name(), self.email.as_str(), company])
    }
}

impl Portal {
    /// The word that lists filter by.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::None => Standing::None,
            Self::Invited => Standing::Invited,
            Self::Connected => Standing::Connected,
            Self::Blocked(_) => Standing::Blocked,
        }
    }
}

impl Contact {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        self.details.name()
    }

    /// Why the contact is kept out, if it is.
    #[must_use]
    pub fn blocked(&self) -> Option<&Block> {
        match &self.portal {
            Portal::Blocked(block) => Some(block),
            _ => None,
        }
    }

    /// Keeps the contact out, whatever it was before.
    ///
    /// # Errors
    /// `Refused` when it is blocked already.
    pub fn block(&mut self, because: Option<&Reason>, at: Instant, by: &str) -> Result<()> {
        if let Some(block) = self.blocked() {
            return Err(Error::refused(format!(
                "{} is already blocked from the portal, by {} since {}. Nothing was changed.",
                self.name(),
                block.by,
                block.at.day()
            )));
        }
        let because = because.map(ToString::to_string).unwrap_or_default();
        self.portal = Portal::Blocked(Block { because, at, by: by.to_owned() });
        Ok(())
    }

    /// Lets the contact be invited again. It does not restore a link by itself (C4).
    ///
    /// # Errors
    /// `Refused` when it is not blocked.
    pub fn unblock(&mut self) -> Result<()> {
        if self.blocked().is_none() {
            return Err(Error::refused(format!(
                "{} is not blocked from the portal. Nothing was changed.",
                self.name()
            )));
        }
        self.portal = Portal::None;
        Ok(())
    }

    /// Notes that an invitation is open.
    ///
    /// # Errors
    /// Skipped when it is blocked, or connected already.
    pub fn invite(&mut self) -> Result<(), Skipped> {
        match &self.portal {
            Portal::None | Portal::Invited => {
                self.portal = Portal::Invited;
                Ok(())
            }
            Portal::Connected => Err(Skipped::Because(
                Obstacle::Connected,
                format!(
                    "{} is already connected to the portal. To help with signing in, open the portal user.",
                    self.name()
                ),
            )),
            Portal::Blocked(block) => Err(Skipped::Because(
                Obstacle::Blocked,
                format!(
                    "{} is blocked from the portal, by {} since {}. Unblock the contact first, then invite.",
                    self.name(),
                    block.by,
                    block.at.day()
                ),
            )),
        }
    }

    /// Notes that the contact is linked to a portal user.
    ///
    /// # Errors
    /// `Refused` when it is blocked, or linked already.
    pub fn connect(&mut self) -> Result<()> {
        match self.portal {
            Portal::None | Portal::Invited => {
                self.portal = Portal::Connected;
                Ok(())
            }
            Portal::Connected => Err(Error::refused("This contact is already connected to a portal user.")),
            Portal::Blocked(_) => Err(Error::refused("This contact can't be connected to the portal now.")),
        }
    }

    /// Notes that no invitation is open any more, or that the link has ended. A block stays.
    pub fn disconnect(&mut self) {
        if self.blocked().is_none() {
            self.portal = Portal::None;
        }
    }
}
