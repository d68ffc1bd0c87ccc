//! How a fact reads.

use super::Entry;
use crate::access::Sight;

impl Entry {
    /// What happened, as it follows the actor's name: `Hana Whitlock` … `blocked the contact`.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::BusinessCreated { name } => format!("created the business {name}"),
            Self::PortalSwitchedOn {} => "switched the client portal on".into(),
            Self::PortalSwitchedOff {} => "switched the client portal off".into(),
            Self::TermsPublished { version, .. } => format!("published version {version} of the terms"),
            Self::StaffAdded { name, .. } => format!("added {name} to the staff"),
            Self::StaffSignedIn { .. } => "signed in to the console".into(),
            Self::StaffSignedOut { .. } => "signed out of the console".into(),
            Self::StaffPasswordSet { .. } => "set their password".into(),
            Self::StaffLinkMade { name, .. } => format!("made {name} a link to set a new password"),
            Self::StaffResetAsked { name, .. } => format!("asked for a link to reset {name}’s password"),
            Self::SignInRefused { why, .. } => format!("was refused at sign-in: {why}"),
            Self::PersonSignedIn { .. } => "signed in".into(),
            Self::PersonSignedOut { .. } => "signed out".into(),
            Self::OwnSessionsEnded { count: 1, .. } => "ended one of their own sessions".into(),
            Self::OwnSessionsEnded { count, .. } => format!("ended {count} of their own sessions"),
            Self::SignInUnlocked { .. } => "let the person try to sign in again at once".into(),
            Self::PasswordResetAsked { .. } => "asked for a link to reset the password".into(),
            Self::PasswordChanged { .. } => "set a new password".into(),
            Self::PasswordChangeRequired { .. } => "required a password change".into(),
            Self::SessionsEnded { count: 1, .. } => "ended one session".into(),
            Self::SessionsEnded { count, .. } => format!("ended {count} sessions"),
            Self::Imported { file, counts, .. } => format!(
                "imported {file}: {} new, {} changed, {} unchanged, {} refused",
                counts.new, counts.changed, counts.unchanged, counts.refused
            ),
            Self::Exported { what, rows } => format!("exported {what} ({rows} rows)"),
            Self::ClientAdded { name, reference, .. } => format!("added the client {name} ({reference})"),
            Self::ContactAdded { name, email, .. } => format!("added the contact {name} ({email})"),
            Self::ContactChanged { changes, .. } | Self::ClientChanged { changes, .. } => {
                changes.iter().map(change_words).collect::<Vec<_>>().join(", ")
            }
            Self::ContactInvited { email, .. } => format!("invited {email} to the portal"),
            Self::InvitationAskedFor { email, .. } => {
                format!("asked for a new invitation in place of an expired one; it went to {email}")
            }
            Self::InvitationRevoked { .. } => "withdrew the invitation".into(),
            Self::InvitationAccepted { invited, accepted_as, .. } if invited == accepted_as => {
                "accepted the invitation".into()
            }
            Self::InvitationAccepted { invited, accepted_as, .. } => {
                format!("accepted the invitation to {invited} as {accepted_as}")
            }
            Self::AcceptanceRefused { invited, blocked, .. } => {
                format!("could not accept the invitation to {invited}: {blocked} is blocked at this client")
            }
            Self::TermsAccepted { version, .. } => format!("accepted version {version} of the terms"),
            Self::PortalUserDisabled { because, .. } if because.is_empty() => "disabled the portal user".into(),
            Self::PortalUserDisabled { because, .. } => format!("disabled the portal user: “{because}”"),
            Self::PortalUserEnabled { .. } => "enabled the portal user".into(),
            Self::DisablingPutBack { by, .. } => format!("put the portal user back to disabled by {by}, as before"),
            Self::DisablingEnded { .. } => "took back, with the link, what the client’s own people had disabled".into(),
            Self::PortalUserRenamed { from, to, .. } => format!("changed the name from {from} to {to}"),
            Self::ProfileChanged { changes, .. } => {
                format!(
                    "changed their own details: {}",
                    changes.iter().map(change_words).collect::<Vec<_>>().join(", ")
                )
            }
            Self::LanguageChosen { language, .. } => format!("chose {} for pages and mail", language.english()),
            Self::OwnDataTaken { .. } => "took a copy of their own data".into(),
            Self::NameChangeAsked { from, to, .. } => {
                format!("asked the person to confirm a new name: {to} in place of {from}")
            }
            Self::EmailChangeAsked { from, to, .. } => {
                format!("asked to change the sign-in address from {from} to {to}; it waits to be confirmed")
            }
            Self::EmailChangeAgreed { to, .. } => {
                format!("agreed to the new sign-in address {to}; it waits to be confirmed from there")
            }
            Self::EmailChangeUnagreed { to, .. } => {
                format!("opened the link to {to}; nothing changes unless the person agrees from the address they have")
            }
            Self::EmailChanged { from, to, .. } => {
                format!("confirmed the new sign-in address: {to} in place of {from}")
            }
            Self::ChangeDeclined { to, .. } => format!("declined the change to {to}"),
            Self::ChangeWithdrawn { to, .. } => format!("took back the change to {to}"),
            Self::PasswordResetSent { .. } => "mailed a link to reset the password".into(),
            Self::PortalUserDeleted { name, email, clients, .. } if clients.is_empty() => {
                format!("deleted the portal user {name} ({email})")
            }
            Self::PortalUserDeleted { name, email, clients, .. } => {
                format!("deleted the portal user {name} ({email}), linked to {}", clients.join(", "))
            }
            Self::PortalUserRestored { clients, not, .. } => {
                let mut said = "restored the portal user".to_owned();
                if !clients.is_empty() {
                    said = format!("{said}, linked to {}", clients.join(", "));
                }
                if not.is_empty() { said } else { format!("{said}; not to {}", not.join(", ")) }
            }
            Self::PortalUserCameBack { .. } => "is a portal user again".into(),
            Self::PortalUserGone { name, .. } => {
                format!("let {name} go for good, 30 days after the portal user was deleted")
            }
            Self::LinkPlaced { from, to, .. } => format!("made them {to} instead of {from}"),
            Self::Unlinked { client_name, .. } => format!("unlinked the portal user from {client_name}"),
            Self::GroupAdded { name, may_see, .. } => {
                format!("made the group {name}, which may see {}", sight_words(may_see))
            }
            Self::GroupRenamed { from, to, .. } => format!("renamed the group {from} to {to}"),
            Self::GroupSightChanged { name, from, to, .. } => {
                format!("let the group {name} see {} instead of {}", sight_words(to), sight_words(from))
            }
            Self::GroupDeleted { name, moved: 0, .. } => format!("deleted the group {name}"),
            Self::GroupDeleted { name, moved: 1, .. } => {
                format!("deleted the group {name}; its one member moved to the Default group")
            }
            Self::GroupDeleted { name, moved, .. } => {
                format!("deleted the group {name}; its {moved} members moved to the Default group")
            }
            Self::DelegationSwitchedOn {} => "let clients look after their own users".into(),
            Self::DelegationSwitchedOff {} => "took looking after users back from all clients".into(),
            Self::ClientDelegationSwitchedOn { .. } => "let the client look after its own users".into(),
            Self::ClientDelegationSwitchedOff { .. } => "took looking after users back from the client".into(),
            Self::TemporaryPasswordsSwitchedOn {} => "switched temporary passwords on".into(),
            Self::TemporaryPasswordsSwitchedOff {} => "switched temporary passwords off".into(),
            Self::FeaturesChanged { on, off } => {
                let said = [("on", on), ("off", off)].map(|(to, kinds)| match kinds.is_empty() {
                    true => String::new(),
                    false => format!("switched {} {to}", kinds.replace(' ', ", ")),
                });
                said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" and ")
            }
            Self::RecordShared { what, with, .. } => format!("shared {what} with {with}"),
            Self::RecordChanged { what, changes, .. } => {
                format!("{what}: {}", changes.iter().map(change_words).collect::<Vec<_>>().join(", "))
            }
            Self::RecordWithdrawn { what, .. } => format!("withdrew {what}"),
            Self::RecordFileAdded { what, file, .. } => format!("added the file {file} to {what}"),
            Self::RecordFileRemoved { what, file, .. } => format!("removed the file {file} from {what}"),
            Self::MailChosen { about, .. } if about.is_empty() => {
                "chose that the contact is mailed about nothing".into()
            }
            Self::MailChosen { about, .. } => {
                format!("chose what the contact is mailed about: {}", about.replace(' ', ", "))
            }
            Self::MailDeclined { about, .. } if about.is_empty() => "wants all the mail again".into(),
            Self::MailDeclined { about, .. } => format!("wants no mail about: {}", about.replace(' ', ", ")),
            Self::ContactBlocked { because, .. } if because.is_empty() => "blocked the contact from the portal".into(),
            Self::ContactBlocked { because, .. } => format!("blocked the contact from the portal: “{because}”"),
            Self::ContactUnblocked { .. } => "unblocked the contact".into(),
            Self::TheirsTaken { changes, .. } => {
                let words = changes.iter().map(change_words).collect::<Vec<_>>().join(", ");
                format!("took what the portal account says: {words}")
            }
            Self::OursKept { kept, .. } => kept.iter().map(kept_words).collect::<Vec<_>>().join(", "),
            Self::AccessAsked { email, reference, .. } => {
                format!("asked for access as {email}, with the client reference “{reference}”")
            }
            Self::AccessInvited { email, .. } => format!("answered an access request with an invitation to {email}"),
            Self::AccessApproved { asked_by, email, .. } if asked_by == email => {
                format!("approved the access request of {asked_by}")
            }
            Self::AccessApproved { asked_by, email, .. } => {
                format!("approved the access request of {asked_by}; the invitation went to {email}")
            }
            Self::AccessRefused { email, told: true, .. } => {
                format!("refused the access request of {email}, and told them")
            }
            Self::AccessRefused { email, told: false, .. } => format!("refused the access request of {email}"),
            Self::BulkStarted { what, people: 1, .. } => format!("began a bulk action for 1 person: {what}"),
            Self::BulkStarted { what, people, .. } => format!("began a bulk action for {people} people: {what}"),
            Self::BulkEnded { what, how, done, skipped, .. } => {
                format!("{how} a bulk action: {what}, {done} done, {skipped} skipped")
            }
        }
    }
}

/// What a group may see, from how it is stored.
fn sight_words(stored: &str) -> String {
    Sight::from(stored.to_owned()).label()
}

/// One field that changed: what it was, and what it is.
fn change_words((what, from, to): &(String, String, String)) -> String {
    match (from.as_str(), to.as_str()) {
        ("", to) => format!("set the {what} to “{to}”"),
        (from, "") => format!("removed the {what} “{from}”"),
        (from, to) => format!("changed the {what} from “{from}” to “{to}”"),
    }
}

/// One field that was kept: ours, and what the person's account says.
fn kept_words((what, ours, theirs): &(String, String, String)) -> String {
    match ours.as_str() {
        "" => format!("kept the {what} empty; the portal account says “{theirs}”"),
        ours => format!("kept the {what} “{ours}”; the portal account says “{theirs}”"),
    }
}
