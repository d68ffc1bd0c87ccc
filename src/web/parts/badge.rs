//! States, each with a colour and a shape.

use crate::invitation::Progress;
use crate::mail::outbox;
use crate::portal_user;

/// A state, as an adjective.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The word.
    pub text: &'static str,
    /// Its colour, and its shape: `ok dot`.
    pub tone: &'static str,
    /// Its icon, where it has no shape.
    pub icon: &'static str,
}

impl From<portal_user::Status> for Badge {
    fn from(status: portal_user::Status) -> Self {
        let (tone, icon) = match status {
            portal_user::Status::Active => ("ok dot", ""),
            portal_user::Status::PasswordDue => ("warn", "key"),
            portal_user::Status::Disabled => ("", "ban"),
            portal_user::Status::Deleted => ("", "trash"),
        };
        Self { text: status.label(), tone, icon }
    }
}

impl From<Progress> for Badge {
    fn from(progress: Progress) -> Self {
        let (tone, icon) = match progress {
            Progress::Queued => ("info", "clock"),
            Progress::Held => ("warn", "clock"),
            Progress::Sent => ("info ring", ""),
            Progress::Bounced | Progress::NotSent => ("bad", "alert"),
            Progress::Opened => ("info", "mail"),
            Progress::Accepted => ("ok", "check"),
            Progress::Expired => ("warn", "clock"),
            Progress::Revoked | Progress::Replaced => ("", "minus"),
        };
        Self { text: progress.label(), tone, icon }
    }
}

impl From<outbox::State> for Badge {
    fn from(state: outbox::State) -> Self {
        let (tone, icon) = match state {
            outbox::State::Queued | outbox::State::Sending => ("info", "clock"),
            outbox::State::Held => ("warn", "clock"),
            outbox::State::Sent => ("ok", "check"),
            outbox::State::Bounced | outbox::State::Failed => ("bad", "alert"),
            outbox::State::Cancelled => ("", "minus"),
        };
        Self { text: state.label(), tone, icon }
    }
}
