//! Links: what ties one contact to one portal user. Made when an invitation is accepted, ended by blocking or removing;
//! what was ended is kept.

pub mod accepting;
pub mod acts;
pub mod adding;
mod behind;
pub mod client;
pub mod bulk;
pub mod deletion;
pub mod history;
pub mod keeping;
pub mod people;
pub mod places;
pub mod store;

pub use behind::{person_behind, person_told, was_shut_out, was_taken_out};

use crate::access::{Place, Role, Sight};
use crate::base::Instant;
use crate::base::id::{ClientId, ContactId, GroupId, LinkId, PortalUserId};
use crate::base::text::Email;
use crate::business::Switch;
use crate::language::Language;
use crate::portal_user;

crate::words! {
    /// Whether a link still ties.
    pub enum State {
        /// It does.
        Active = "active",
        /// It did.
        Ended = "ended",
    }
}

crate::words! {
    /// What ended a link.
    pub enum EndReason {
        /// The contact was blocked.
        Blocked = "blocked",
        /// Somebody removed the person from the client.
        Removed = "removed",
        /// The portal user was deleted.
        Deleted = "deleted",
    }
}

/// A link.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The contact.
    pub contact_id: ContactId,
    /// The contact's client.
    pub client_id: ClientId,
    /// The portal user.
    pub portal_user_id: PortalUserId,
    /// The group that the person belongs to at the client.
    pub group_id: GroupId,
    /// The person's role there.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether it still ties.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// The address that was invited.
    pub invited_email: Email,
    /// Since when.
    pub made_at: Instant,
    /// Until when, if it has ended.
    pub ended_at: Option<Instant>,
}

/// A portal user of a client, as the client's page shows them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LinkedUser {
    /// The portal user.
    pub portal_user_id: PortalUserId,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// How the portal user stands.
    #[sqlx(try_from = "String")]
    pub status: portal_user::Status,
    /// When the person last signed in; 0 for never.
    pub last_sign_in_at: Instant,
    /// The contact.
    pub contact_id: ContactId,
    /// The person's role at the client.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// The person's group there.
    pub group_id: GroupId,
}

/// Somebody who looks after others at a client.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Leader {
    /// The portal user.
    pub portal_user_id: PortalUserId,
    /// The person's name.
    pub name: String,
    /// As what.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// In which group.
    pub group_id: GroupId,
}

/// A link with what a page shows beside it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LinkedClient {
    /// The link.
    pub id: LinkId,
    /// The client.
    pub client_id: ClientId,
    /// Its name.
    pub client_name: String,
    /// Its state's word: `active` or `exited`.
    pub client_status: String,
    /// Since when the client is no longer one.
    pub client_exited_at: Option<Instant>,
    /// The language of the client's people.
    pub client_language: Option<Language>,
    /// The contact.
    pub contact_id: ContactId,
    /// The contact's name, as the business records it.
    pub contact_first_name: String,
    /// The contact's last name.
    pub contact_last_name: String,
    /// How the contact stands to the portal.
    pub contact_portal: String,
    /// The person's role at the client.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// The person's group there.
    pub group_id: GroupId,
    /// Its name.
    pub group_name: String,
    /// Which kinds of records the group may see.
    #[sqlx(try_from = "String")]
    pub group_may_see: Sight,
    /// Whether the business lets this client's own people look after its users.
    #[sqlx(try_from = "String")]
    pub client_delegation: Switch,
    /// Whether it still ties.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// The address that was invited.
    pub invited_email: String,
    /// Since when.
    pub made_at: Instant,
    /// Until when, if it has ended.
    pub ended_at: Option<Instant>,
    /// Who ended it.
    pub ended_by: Option<String>,
}

impl LinkedClient {
    /// Which kinds of records the person may see there.
    #[must_use]
    pub fn sight(&self) -> Sight {
        self.role.sight(&self.group_may_see)
    }

    /// The person's group and role there.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { group: self.group_id, role: self.role }
    }
}
