//! Every letter that can be sent, as what it is about. Its words, and any secret in it, are made when it is rendered (S25).

use crate::base::id::{AccountId, ContactId, InvitationId, ProposalId, RequestId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whose wish a letter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// Somebody else's than the reader's.
    #[default]
    Staff,
    /// The reader's own.
    Reader,
}

/// A letter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// To a contact: come in, with a link that works once.
    Invitation {
        /// Which.
        invitation: InvitationId,
    },
    /// To the invited address: somebody accepted with an account of another address (PRODUCT.md rule 12).
    AcceptedAsAnother {
        /// Which.
        invitation: InvitationId,
    },
    /// To a contact: something was shared with their client, be it one thing or many at once.
    Shared {
        /// Whom.
        contact: ContactId,
    },
    /// To a person who asked: a link to set a new password.
    PasswordReset {
        /// Whose.
        account: AccountId,
    },
    /// To whoever asked for access: it was refused.
    AccessRefused {
        /// What was asked.
        request: RequestId,
    },
    /// To a person: the password was changed (S22).
    PasswordChanged {
        /// Whose.
        account: AccountId,
    },
    /// To a person: the name on their account was changed (S22).
    Renamed {
        /// Whose.
        account: AccountId,
    },
    /// To a person, at the address they have: staff ask for a change; a link confirms it (PRODUCT.md rule 1).
    ConfirmChange {
        /// Which.
        proposal: ProposalId,
        /// Whose.
        account: AccountId,
    },
    /// To a new address: a link makes it the one that a person signs in with (S34).
    ConfirmAddress {
        /// Which.
        proposal: ProposalId,
        /// Whose.
        account: AccountId,
        /// Who asked for it: staff, or the person, who has agreed.
        #[serde(default)]
        asked_by: Asker,
    },
    /// To the address that a person has: staff asked for another one (PRODUCT.md rule 2).
    EmailChanging {
        /// Which.
        proposal: ProposalId,
        /// Whose.
        account: AccountId,
    },
    /// To the address that a person had: it was changed (PRODUCT.md rule 2).
    EmailChanged {
        /// Which.
        proposal: ProposalId,
        /// Whose.
        account: AccountId,
    },
}

impl Letter {
    /// The word it is filed under.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::AcceptedAsAnother { .. } => "accepted_as_another",
            Self::Shared { .. } => "shared",
            Self::PasswordReset { .. } => "password_reset",
            Self::AccessRefused { .. } => "access_refused",
            Self::PasswordChanged { .. } => "password_changed",
            Self::Renamed { .. } => "renamed",
            Self::ConfirmChange { .. } => "confirm_change",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::EmailChanging { .. } => "email_changing",
            Self::EmailChanged { .. } => "email_changed",
        }
    }

    /// What pages call it.
    #[must_use]
    pub fn label_of(kind: &str) -> &'static str {
        match kind {
            "invitation" => "Invitation",
            "accepted_as_another" => "Invitation accepted with another address",
            "shared" => "Something was shared",
            "password_reset" => "Link to reset the password",
            "access_refused" => "Access request refused",
            "password_changed" => "Password changed",
            "renamed" => "Name changed",
            "confirm_change" => "Link to confirm a change",
            "confirm_address" => "Link to confirm a new email address",
            "email_changing" => "A new email address was asked for",
            "email_changed" => "Email address changed",
            _ => "Letter",
        }
    }

    /// The kinds that somebody else than the reader gives the reason for. There is a limit to how many a business may send to
    /// one address, and a pace at which they leave (S33, [`crate::config::Pace`]); links that a reader asks for have limits of
    /// their own, and what warns a reader is always sent.
    pub const UNASKED: [&str; 4] = ["invitation", "renamed", "confirm_change", "confirm_address"];

    /// See [`Letter::UNASKED`].
    #[must_use]
    pub fn is_unasked(&self) -> bool {
        match self {
            Self::ConfirmAddress { asked_by, .. } => *asked_by == Asker::Staff,
            other => Self::UNASKED.contains(&other.kind()),
        }
    }

    /// Whether somebody sits in front of a screen and waits for it.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        matches!(self, Self::PasswordReset { .. } | Self::ConfirmAddress { .. })
    }

    /// For how many seconds it is tried before it is given up. Who waits for a link asks again long before a day is over.
    #[must_use]
    pub fn tried_for_seconds(&self) -> i64 {
        if self.is_awaited() { 6 * 3600 } else { 72 * 3600 }
    }

    /// What it is about, so that its delivery shows beside the person.
    #[must_use]
    pub fn subject_id(&self) -> Uuid {
        match self {
            Self::AccessRefused { request } => request.0,
            Self::Shared { contact } => contact.0,
            Self::Invitation { invitation } | Self::AcceptedAsAnother { invitation } => invitation.0,
            Self::PasswordReset { account }
            | Self::PasswordChanged { account }
            | Self::Renamed { account }
            | Self::ConfirmChange { account, .. }
            | Self::ConfirmAddress { account, .. }
            | Self::EmailChanging { account, .. }
            | Self::EmailChanged { account, .. } => account.0,
        }
    }
}
