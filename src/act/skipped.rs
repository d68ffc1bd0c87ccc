//! Why something is not done to somebody. Asked about one alone, the answer is a sentence that refuses; among many, the one
//! is skipped and counted under its obstacle, and the others go on.

use crate::base::Error;
use crate::base::text::Email;
use crate::mail::outbox;

crate::words! {
    /// What stands in the way, as selections of many are sorted by it.
    pub enum Obstacle {
        /// It is not there, or another business's.
        Gone = "gone",
        /// The portal user is disabled already.
        AlreadyDisabled = "already_disabled",
        /// The portal user is not disabled.
        NotDisabled = "not_disabled",
        /// A new password must be chosen already.
        PasswordDueAlready = "password_due_already",
        /// The account also opens another business's door (PRODUCT.md rule 1).
        OpensAnother = "opens_another",
        /// No invitation waits to be accepted.
        NothingToResend = "nothing_to_resend",
        /// The contact is blocked.
        Blocked = "blocked",
        /// The contact is connected already.
        Connected = "connected",
        /// One of the client's own people invited the contact last: somebody of the business looks at it first.
        BroughtByColleague = "brought_by_colleague",
        /// The client has left.
        ClientExited = "client_exited",
        /// The address was mailed too often (S33).
        MailedTooOften = "mailed_too_often",
        /// One of the client's own people had disabled the portal user before, and that holds again.
        DisabledAsBefore = "disabled_as_before",
        /// Somebody changed it since.
        ChangedSince = "changed_since",
        /// The portal user is deleted.
        Deleted = "deleted",
        /// The portal user is not deleted.
        NotDeleted = "not_deleted",
        /// The portal user was deleted too long ago.
        TooLate = "too_late",
    }
}

impl Obstacle {
    /// What pages and files call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Gone => "Not there any more",
            Self::AlreadyDisabled => "Already disabled",
            Self::NotDisabled => "Not disabled",
            Self::PasswordDueAlready => "Must already choose a new password",
            Self::OpensAnother => "The account also opens another business’s portal, so only they decide about it",
            Self::NothingToResend => "No invitation waits to be accepted",
            Self::Blocked => "The contact is blocked from the portal",
            Self::Connected => "Already connected to the portal",
            Self::BroughtByColleague => {
                "Last invited by one of the client’s own people: look at the contact, then invite it alone"
            }
            Self::ClientExited => "No longer a client",
            Self::MailedTooOften => "Already sent 10 letters in the last day",
            Self::DisabledAsBefore => "Disabled by one of the client’s own people, as before",
            Self::ChangedSince => "Changed by somebody since",
            Self::Deleted => "Deleted",
            Self::NotDeleted => "Not deleted",
            Self::TooLate => "Deleted too long ago",
        }
    }
}

/// Something was not done, and nothing was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Skipped {
    /// It is not there: this names what.
    Gone(&'static str),
    /// Its state does not allow it: the obstacle, and the sentence for whoever asked about this one alone.
    Because(Obstacle, String),
}

impl Skipped {
    /// An address was sent as many letters that nobody asked for as it may be sent in a day (S33).
    #[must_use]
    pub fn mailed_too_often(to: &Email) -> Self {
        let most = outbox::MOST_UNASKED_A_DAY;
        let words =
            format!("{to} was already sent {most} letters in the last day. Nothing was changed; try again tomorrow.");
        Self::Because(Obstacle::MailedTooOften, words)
    }

    /// What stands in the way.
    #[must_use]
    pub fn obstacle(&self) -> Obstacle {
        match self {
            Self::Gone(_) => Obstacle::Gone,
            Self::Because(obstacle, _) => *obstacle,
        }
    }
}

impl From<Skipped> for Error {
    fn from(skipped: Skipped) -> Self {
        match skipped {
            Skipped::Gone(what) => Self::NotFound(what),
            Skipped::Because(_, words) => Self::Refused(words.into()),
        }
    }
}

/// What came of something for each of many, in the order in which they were named.
pub type Outcomes<T> = Vec<(T, std::result::Result<(), Skipped>)>;
