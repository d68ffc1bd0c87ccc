//! The audit log as people read it: a line, its colour and its mark.

use crate::audit::{Entry, Recorded};

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// `ok`, `warn`, `bad`, `info`, or nothing.
    pub tone: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// Who.
    pub who: String,
    /// Did what.
    pub what: String,
    /// Said what about it.
    pub note: String,
    /// When, for machines.
    pub at: String,
    /// When, in words.
    pub when: String,
    /// From where.
    pub context: String,
}

impl From<&Recorded> for Event {
    fn from(recorded: &Recorded) -> Self {
        let (tone, icon) = recorded.entry.as_ref().map_or(("", "info"), mark);
        let what = recorded
            .entry
            .as_ref()
            .map_or_else(|| "did something that a newer version recorded".into(), Entry::sentence);
        let context = if recorded.address.is_empty() { String::new() } else { format!("from {}", recorded.address) };
        Self {
            tone,
            icon,
            who: recorded.actor_name.clone(),
            what,
            note: String::new(),
            at: recorded.at.rfc3339(),
            when: recorded.at.words(),
            context,
        }
    }
}

/// The colour and the icon of a kind of entry.
fn mark(entry: &Entry) -> (&'static str, &'static str) {
    match entry {
        Entry::PortalUserDisabled { .. } | Entry::DisablingPutBack { .. } | Entry::ContactBlocked { .. } => {
            ("bad", "ban")
        }
        Entry::PortalUserDeleted { .. } | Entry::PortalUserGone { .. } => ("bad", "trash"),
        Entry::SignInRefused { .. } => ("bad", "lock"),
        Entry::PortalSwitchedOff {} | Entry::PasswordChangeRequired { .. } | Entry::PasswordResetAsked { .. } => {
            ("warn", "key")
        }
        Entry::InvitationRevoked { .. }
        | Entry::SessionsEnded { .. }
        | Entry::Unlinked { .. }
        | Entry::ChangeDeclined { .. }
        | Entry::ChangeWithdrawn { .. } => ("warn", "minus"),
        Entry::EmailChangeAsked { .. } | Entry::NameChangeAsked { .. } | Entry::PasswordResetSent { .. } => {
            ("info", "mail")
        }
        Entry::EmailChanged { .. } | Entry::EmailChangeAgreed { .. } | Entry::LinkPlaced { .. } => ("", "edit"),
        Entry::PortalUserRestored { .. }
        | Entry::PortalUserCameBack { .. }
        | Entry::PortalUserEnabled { .. }
        | Entry::DisablingEnded { .. }
        | Entry::ContactUnblocked { .. } => ("ok", "unlock"),
        Entry::InvitationAccepted { .. } | Entry::TermsAccepted { .. } | Entry::PortalSwitchedOn {} => ("ok", "check"),
        Entry::ContactInvited { .. } => ("info", "send"),
        Entry::Imported { .. } => ("info", "upload"),
        Entry::Exported { .. } | Entry::OwnDataTaken { .. } => ("info", "download"),
        Entry::BulkStarted { .. }
        | Entry::BulkEnded { .. }
        | Entry::GroupAdded { .. }
        | Entry::GroupRenamed { .. }
        | Entry::GroupSightChanged { .. } => ("info", "users"),
        Entry::GroupDeleted { .. } => ("warn", "trash"),
        Entry::RecordShared { .. } | Entry::RecordFileAdded { .. } => ("info", "folder"),
        Entry::RecordChanged { .. } | Entry::RecordFileRemoved { .. } => ("", "edit"),
        Entry::RecordWithdrawn { .. } => ("warn", "minus"),
        Entry::MailChosen { .. } | Entry::MailDeclined { .. } => ("", "mail"),
        Entry::FeaturesChanged { .. } => ("", "sliders"),
        Entry::TermsPublished { .. } => ("", "doc"),
        Entry::ClientAdded { .. } => ("", "building"),
        Entry::ContactAdded { .. } => ("", "plus"),
        Entry::ContactChanged { .. } | Entry::PortalUserRenamed { .. } | Entry::ProfileChanged { .. } => ("", "edit"),
        Entry::TheirsTaken { .. } | Entry::OursKept { .. } => ("", "swap"),
        Entry::AccessAsked { .. } => ("info", "userplus"),
        Entry::AccessInvited { .. } => ("info", "send"),
        Entry::AccessApproved { .. } => ("ok", "check"),
        Entry::AccessRefused { .. } => ("warn", "minus"),
        Entry::StaffPasswordSet { .. } | Entry::PasswordChanged { .. } => ("", "key"),
        Entry::StaffSignedOut { .. } | Entry::PersonSignedOut { .. } => ("", "logout"),
        _ => ("", "user"),
    }
}
