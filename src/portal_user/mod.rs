//! Portal users: a person's account as one business sees it.

pub mod acts;
pub mod bulk;
pub mod deeds;
mod facet;
pub mod list;
pub mod profile;
pub mod proposal;
pub mod store;

pub use facet::{Facet, Seen};

use crate::act::{Obstacle, Skipped};
use crate::base::id::{AccountId, ClientId, PortalUserId};
use crate::base::text::{Email, Reason};
use crate::base::{Error, Instant};
use crate::language::{Sentence, say};
use crate::listing;

crate::words! {
    /// How a portal user stands, as lists filter it.
    pub enum Status {
        /// Gets in.
        Active = "active",
        /// Must choose a new password at the next sign-in.
        PasswordDue = "password_due",
        /// Kept out of everything of this business.
        Disabled = "disabled",
        /// Gone, unless somebody restores it in time.
        Deleted = "deleted",
    }
}

impl Status {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::PasswordDue => "Password change due",
            Self::Disabled => "Disabled",
            Self::Deleted => "Deleted",
        }
    }

    /// Where it stands when a list is sorted by status.
    #[must_use]
    pub fn rank(self) -> i64 {
        match self {
            Self::Active => 1,
            Self::PasswordDue => 2,
            Self::Disabled => 3,
            Self::Deleted => 4,
        }
    }
}

/// On whose behalf somebody disables or enables: the business holds for everything of its own, a client's own people answer for
/// their client alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behalf {
    /// The business's.
    Business,
    /// This client's.
    Client(ClientId),
}

impl Behalf {
    /// The client, if it is one's.
    #[must_use]
    pub fn client(self) -> Option<ClientId> {
        match self {
            Self::Business => None,
            Self::Client(client) => Some(client),
        }
    }
}

impl From<Option<ClientId>> for Behalf {
    fn from(client: Option<ClientId>) -> Self {
        client.map_or(Self::Business, Self::Client)
    }
}

/// Since when, by whom and why a portal user is disabled.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Disabled {
    /// Since when.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// On whose behalf.
    pub behalf: Behalf,
    /// Why; may be empty.
    pub because: String,
}

impl Disabled {
    /// By whom, as staff read it: one of the client's own people is told apart from their colleagues.
    #[must_use]
    pub fn who(&self) -> String {
        match self.behalf {
            Behalf::Business => self.by.clone(),
            Behalf::Client(_) => format!("{}, who looks after the client’s users,", self.by),
        }
    }

    /// Whether it may be taken back on that behalf: by the business always, by a client what its own people did.
    #[must_use]
    pub fn yields_to(&self, behalf: Behalf) -> bool {
        behalf == Behalf::Business || behalf == self.behalf
    }
}

/// For how many days a deleted portal user can be restored.
pub const RESTORE_DAYS: i64 = 30;

/// Since when and by whom a portal user is deleted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deleted {
    /// Since when.
    pub at: Instant,
    /// By whom.
    pub by: String,
}

impl Deleted {
    /// Until when it can be restored.
    #[must_use]
    pub fn until(&self) -> Instant {
        self.at.plus_days(RESTORE_DAYS)
    }
}

/// A portal user.
#[derive(Clone, Debug)]
pub struct PortalUser {
    /// Its id.
    pub id: PortalUserId,
    /// Whose sign-in it is.
    pub account_id: AccountId,
    /// The account's address.
    pub email: Email,
    /// The account's name.
    pub name: String,
    /// The linked client accounts' names.
    pub company: String,
    /// Whether the account must change its password.
    pub password_due: Option<Instant>,
    /// Why it is kept out, if it is.
    pub disabled: Option<Disabled>,
    /// Since when it is deleted, if it is. Whether it was disabled before stays written beside it.
    pub deleted: Option<Deleted>,
    /// The version of the terms that was accepted last; 0 for none.
    pub terms_version: i64,
    /// When.
    pub terms_at: Instant,
    /// When the person last signed in at this business; 0 for never.
    pub last_sign_in_at: Instant,
    /// Since when the business knows the person.
    pub created_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

impl PortalUser {
    /// How it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.deleted.is_some() {
            Status::Deleted
        } else if self.disabled.is_some() {
            Status::Disabled
        } else if self.password_due.is_some() {
            Status::PasswordDue
        } else {
            Status::Active
        }
    }

    /// Whether the business keeps the person out: disabled, or deleted.
    #[must_use]
    pub fn is_kept_out(&self) -> bool {
        self.disabled.is_some() || self.deleted.is_some()
    }

    /// Goes on only with somebody who is not deleted.
    ///
    /// # Errors
    /// Skipped when it is deleted: by whom, and what to do.
    pub fn must_be_here(&self) -> Result<(), Skipped> {
        match &self.deleted {
            None => Ok(()),
            Some(deleted) => Err(Skipped::Because(
                Obstacle::Deleted,
                format!(
                    "{} was deleted by {} on {}. Restore the portal user first.",
                    self.name,
                    deleted.by,
                    deleted.at.day()
                ),
            )),
        }
    }

    /// Takes the person out of everything of this business; until it is too late, they can be restored.
    ///
    /// # Errors
    /// Skipped when it is deleted already.
    pub fn delete(&mut self, at: Instant, by: &str) -> Result<(), Skipped> {
        if let Some(deleted) = &self.deleted {
            return Err(Skipped::Because(
                Obstacle::Deleted,
                format!(
                    "{} is already deleted, by {} since {}. Nothing was changed.",
                    self.name,
                    deleted.by,
                    deleted.at.day()
                ),
            ));
        }
        self.deleted = Some(Deleted { at, by: by.to_owned() });
        Ok(())
    }

    /// Brings the person back; answers since when they were deleted. Whoever was disabled before still is.
    ///
    /// # Errors
    /// Skipped when it is not deleted, or it is too late.
    pub fn restore(&mut self, now: Instant) -> Result<Instant, Skipped> {
        match self.deleted.take() {
            None => Err(Skipped::Because(
                Obstacle::NotDeleted,
                format!("{} is not deleted. Nothing was changed.", self.name),
            )),
            Some(deleted) if deleted.until() <= now => {
                let until = deleted.until().day();
                self.deleted = Some(deleted);
                Err(Skipped::Because(
                    Obstacle::TooLate,
                    format!("{} could be restored until {until}. Invite their contact again.", self.name),
                ))
            }
            Some(deleted) => Ok(deleted.at),
        }
    }

    /// Brings the person back because they accept an invitation that was written after they were deleted. An older one, or one
    /// to somebody who is also disabled, brings nobody back (PRODUCT.md rule 10).
    ///
    /// # Errors
    /// `Refused`, in words for the person: where they are disabled, in those given.
    pub fn come_back(&mut self, invited_at: Instant, business: &str, disabled: Sentence) -> Result<(), Error> {
        if self.disabled.is_some() {
            return Err(Error::refused(disabled));
        }
        match self.deleted.take() {
            Some(deleted) if invited_at <= deleted.at => {
                self.deleted = Some(deleted);
                Err(Error::refused(say("invitation-removed-since").with("business", business)))
            }
            _ => Ok(()),
        }
    }

    /// Whether the person ever signed in here.
    #[must_use]
    pub fn signed_in_ever(&self) -> bool {
        self.last_sign_in_at > Instant::default()
    }

    /// The facet under which lists tally it: status, accepted terms, and whether the person ever signed in.
    #[must_use]
    pub fn facet(&self) -> Facet {
        Facet { status: self.status(), terms_version: self.terms_version, seen: self.signed_in_ever().into() }
    }

    /// What a search over portal users looks through.
    #[must_use]
    pub fn search_text(&self) -> String {
        listing::search_text(&[&self.name, self.email.as_str(), &self.company])
    }

    /// Keeps the person out of everything of this business. What a client's own people did the business may make its own: then
    /// they cannot take it back any more.
    ///
    /// # Errors
    /// Skipped when it is disabled already.
    pub fn disable(&mut self, because: Option<&Reason>, at: Instant, by: &str, behalf: Behalf) -> Result<(), Skipped> {
        self.must_be_here()?;
        if let Some(disabled) = self.disabled.as_ref().filter(|d| behalf != Behalf::Business || d.behalf == behalf) {
            return Err(Skipped::Because(
                Obstacle::AlreadyDisabled,
                format!(
                    "{} is already disabled, by {} since {}. Nothing was changed.",
                    self.name,
                    disabled.who(),
                    disabled.at.day()
                ),
            ));
        }
        let because = because.map(ToString::to_string).unwrap_or_default();
        self.disabled = Some(Disabled { at, by: by.to_owned(), behalf, because });
        Ok(())
    }

    /// Keeps the person out as they were kept out before what is taken back: since then, by the same, and for the same reason.
    ///
    /// # Errors
    /// Skipped when it is deleted.
    pub fn disable_as_before(&mut self, was: &Disabled) -> Result<(), Skipped> {
        self.must_be_here()?;
        self.disabled = Some(was.clone());
        Ok(())
    }

    /// Lets the person in again.
    ///
    /// # Errors
    /// Skipped when it is not disabled, or by the other side.
    pub fn enable(&mut self, behalf: Behalf) -> Result<(), Skipped> {
        self.must_be_here()?;
        match &self.disabled {
            None => Err(Skipped::Because(
                Obstacle::NotDisabled,
                format!("{} is not disabled. Nothing was changed.", self.name),
            )),
            Some(disabled) if !disabled.yields_to(behalf) => Err(Skipped::Because(
                Obstacle::AlreadyDisabled,
                format!("{} was disabled by {}, who alone can enable them.", self.name, disabled.by),
            )),
            Some(_) => {
                self.disabled = None;
                Ok(())
            }
        }
    }

    /// Notes that a new password must be chosen, which staff decide only while theirs is the one door that the account opens
    /// (PRODUCT.md rule 1).
    ///
    /// # Errors
    /// Skipped when it must already, or another business's door opens, too.
    pub fn require_password_change(&mut self, doors: Doors, at: Instant) -> Result<(), Skipped> {
        self.must_be_here()?;
        if self.password_due.is_some() {
            return Err(Skipped::Because(
                Obstacle::PasswordDueAlready,
                format!("{} must already choose a new password. Nothing was changed.", self.name),
            ));
        }
        if doors == Doors::AlsoElsewhere {
            return Err(Skipped::Because(
                Obstacle::OpensAnother,
                format!(
                    "{}’s account also opens another business’s portal, so only they can decide about its password. Ask them to change it under Profile and security.",
                    self.name
                ),
            ));
        }
        self.password_due = Some(at);
        Ok(())
    }
}

/// Which businesses' doors an account opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doors {
    /// This one's alone.
    OnlyHere,
    /// Another's, too.
    AlsoElsewhere,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule10_what_the_business_shut_no_client_opens_and_what_a_client_shut_no_other_does() {
        let [own, other] = [1, 2].map(|n| Behalf::Client(ClientId(uuid::Uuid::from_u128(n))));
        let disabled = |behalf| Disabled { at: Instant::default(), by: "Hana".into(), behalf, because: String::new() };
        for (shut, opens, may) in [
            (Behalf::Business, Behalf::Business, true),
            (Behalf::Business, own, false),
            (own, own, true),
            (own, other, false),
            (own, Behalf::Business, true),
        ] {
            assert_eq!(disabled(shut).yields_to(opens), may, "{shut:?}, {opens:?}");
        }
    }
}
