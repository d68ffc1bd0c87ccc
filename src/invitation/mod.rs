//! Invitations: a mailed, single-use, expiring, revocable way for a contact to become linked.

pub mod acts;
mod carry;
pub mod deeds;
pub mod list;
mod progress;
pub mod store;
pub mod temporary;

pub use carry::{Carries, Person, may_carry};
pub use progress::Progress;

use crate::access::{Place, Role};
use crate::base::Instant;
use crate::base::id::{AccountId, ClientId, ContactId, GroupId, InvitationId, LetterId};
use crate::base::text::Email;
use uuid::Uuid;

crate::words! {
    /// What became of an invitation. Expiry is not stored: it is judged at use (PRODUCT.md rule 13).
    pub enum State {
        /// It can be accepted until it expires.
        Open = "open",
        /// It was accepted.
        Accepted = "accepted",
        /// Staff withdrew it, or the contact was blocked or disabled.
        Revoked = "revoked",
        /// A newer one took its place.
        Replaced = "replaced",
    }
}

crate::words! {
    /// What an invitation's mail carries.
    pub enum Way {
        /// A link, with which somebody new sets a password of their own.
        Link = "link",
        /// A password that works once (P4). Who has an account already gets a link all the same.
        TemporaryPassword = "temporary_password",
    }
}

crate::words! {
    /// Whose invitation it is.
    pub enum Side {
        /// The business's: a staff member's, or the operator's.
        Business = "business",
        /// The client's: one of its own people invited a colleague.
        Client = "client",
    }
}

/// What an invitation offers: one that takes its place offers the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offered {
    /// Into which group.
    pub group: GroupId,
    /// In which role.
    pub role: Role,
    /// What its mail carries.
    pub way: Way,
}

impl Offered {
    /// The group and the role.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { group: self.group, role: self.role }
    }
}

/// An invitation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it invites.
    pub contact_id: ContactId,
    /// To which client's things.
    pub client_id: ClientId,
    /// At which address (S28).
    pub email: Email,
    /// Into which group.
    pub group_id: GroupId,
    /// In which role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// What its mail carries.
    #[sqlx(try_from = "String")]
    pub way: Way,
    /// What became of it.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// Whose it is.
    #[sqlx(try_from = "String")]
    pub inviter: Side,
    /// Who invited: a staff member, nobody for the operator; or a portal user of the client.
    pub invited_by: Uuid,
    /// Their name.
    pub invited_by_name: String,
    /// When.
    pub created_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// When its page was first looked at.
    pub opened_at: Option<Instant>,
    /// When it was accepted, revoked or replaced.
    pub ended_at: Option<Instant>,
    /// With which account it was accepted.
    pub accepted_by: Option<AccountId>,
    /// The letter that carries it.
    pub letter_id: LetterId,
    /// Changes with every change.
    pub version: i64,
}

/// How an invitation stands at a moment: what staff see, and what the person is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It can be accepted.
    Open,
    /// Nobody accepted it in time.
    Expired,
    /// It was accepted.
    Accepted,
    /// It was withdrawn.
    Revoked,
    /// A newer one exists.
    Replaced,
}

impl Invitation {
    /// What it offers.
    #[must_use]
    pub fn offered(&self) -> Offered {
        Offered { group: self.group_id, role: self.role, way: self.way }
    }

    /// How it stands at this very moment (S27).
    #[must_use]
    pub fn standing(&self, now: Instant) -> Standing {
        match self.state {
            State::Open if self.expires_at <= now => Standing::Expired,
            State::Open => Standing::Open,
            State::Accepted => Standing::Accepted,
            State::Revoked => Standing::Revoked,
            State::Replaced => Standing::Replaced,
        }
    }
}
