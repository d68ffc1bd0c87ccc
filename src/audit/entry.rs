//! Every fact that can be recorded.

use crate::access::Sight;
use crate::base::id::{
    AccountId, BulkId, ClientId, ContactId, GroupId, ImportId, InvitationId, PortalUserId, RecordId, RequestId, StaffId,
};
use crate::language::Language;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One fact. The words around it (who, when, from where) come from the act. Never a secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each variant and field is named for what it says; `sentence` below spells it out
pub enum Entry {
    BusinessCreated {
        name: String,
    },
    PortalSwitchedOn {},
    PortalSwitchedOff {},
    TermsPublished {
        version: i64,
        digest: String,
    },
    StaffAdded {
        staff: StaffId,
        name: String,
    },
    StaffSignedIn {
        staff: StaffId,
    },
    StaffSignedOut {
        staff: StaffId,
    },
    StaffPasswordSet {
        staff: StaffId,
    },
    StaffLinkMade {
        staff: StaffId,
        name: String,
    },
    StaffResetAsked {
        staff: StaffId,
        name: String,
    },
    SignInRefused {
        account: Option<AccountId>,
        portal_user: Option<PortalUserId>,
        why: String,
    },
    PersonSignedIn {
        account: AccountId,
        portal_user: Option<PortalUserId>,
    },
    PersonSignedOut {
        account: AccountId,
        portal_user: Option<PortalUserId>,
    },
    OwnSessionsEnded {
        account: AccountId,
        portal_user: Option<PortalUserId>,
        count: i64,
    },
    SignInUnlocked {
        portal_user: PortalUserId,
    },
    PasswordResetAsked {
        account: AccountId,
        portal_user: Option<PortalUserId>,
    },
    PasswordChanged {
        account: AccountId,
        portal_user: Option<PortalUserId>,
    },
    PasswordChangeRequired {
        portal_user: PortalUserId,
    },
    SessionsEnded {
        portal_user: PortalUserId,
        count: i64,
    },
    Imported {
        import: ImportId,
        file: String,
        counts: Counts,
    },
    Exported {
        what: String,
        rows: i64,
    },
    ClientAdded {
        client: ClientId,
        name: String,
        reference: String,
    },
    ContactAdded {
        contact: ContactId,
        client: ClientId,
        name: String,
        email: String,
    },
    ContactChanged {
        contact: ContactId,
        client: ClientId,
        changes: Vec<(String, String, String)>,
    },
    ClientChanged {
        client: ClientId,
        changes: Vec<(String, String, String)>,
    },
    ContactInvited {
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        email: String,
    },
    InvitationAskedFor {
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        email: String,
    },
    InvitationRevoked {
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
    },
    InvitationAccepted {
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        portal_user: PortalUserId,
        invited: String,
        accepted_as: String,
    },
    AcceptanceRefused {
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        portal_user: Option<PortalUserId>,
        invited: String,
        /// The address that is blocked at the client.
        blocked: String,
    },
    TermsAccepted {
        portal_user: PortalUserId,
        version: i64,
    },
    PortalUserDisabled {
        portal_user: PortalUserId,
        because: String,
    },
    PortalUserEnabled {
        portal_user: PortalUserId,
    },
    PortalUserRenamed {
        portal_user: PortalUserId,
        from: String,
        to: String,
    },
    ProfileChanged {
        account: AccountId,
        portal_user: PortalUserId,
        changes: Vec<(String, String, String)>,
    },
    LanguageChosen {
        account: AccountId,
        portal_user: Option<PortalUserId>,
        language: Language,
    },
    OwnDataTaken {
        account: AccountId,
        portal_user: Option<PortalUserId>,
    },
    NameChangeAsked {
        portal_user: PortalUserId,
        from: String,
        to: String,
    },
    EmailChangeAsked {
        portal_user: PortalUserId,
        from: String,
        to: String,
    },
    EmailChangeAgreed {
        portal_user: PortalUserId,
        to: String,
    },
    EmailChangeUnagreed {
        portal_user: PortalUserId,
        to: String,
    },
    EmailChanged {
        portal_user: PortalUserId,
        from: String,
        to: String,
    },
    ChangeDeclined {
        portal_user: PortalUserId,
        to: String,
    },
    ChangeWithdrawn {
        portal_user: PortalUserId,
        to: String,
    },
    PasswordResetSent {
        portal_user: PortalUserId,
        /// The client for which its own people did it, if they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client: Option<ClientId>,
    },
    PortalUserDeleted {
        portal_user: PortalUserId,
        name: String,
        email: String,
        clients: Vec<String>,
    },
    PortalUserRestored {
        portal_user: PortalUserId,
        clients: Vec<String>,
        not: Vec<String>,
    },
    PortalUserCameBack {
        portal_user: PortalUserId,
    },
    PortalUserGone {
        portal_user: PortalUserId,
        name: String,
    },
    LinkPlaced {
        portal_user: PortalUserId,
        contact: ContactId,
        client: ClientId,
        from: String,
        to: String,
    },
    Unlinked {
        portal_user: PortalUserId,
        contact: ContactId,
        client: ClientId,
        client_name: String,
    },
    GroupAdded {
        client: ClientId,
        group: GroupId,
        name: String,
        may_see: String,
    },
    GroupRenamed {
        client: ClientId,
        group: GroupId,
        from: String,
        to: String,
    },
    GroupSightChanged {
        client: ClientId,
        group: GroupId,
        name: String,
        from: String,
        to: String,
    },
    GroupDeleted {
        client: ClientId,
        group: GroupId,
        name: String,
        moved: i64,
    },
    TemporaryPasswordsSwitchedOn {},
    TemporaryPasswordsSwitchedOff {},
    DelegationSwitchedOn {},
    DelegationSwitchedOff {},
    ClientDelegationSwitchedOn {
        client: ClientId,
    },
    ClientDelegationSwitchedOff {
        client: ClientId,
    },
    FeaturesChanged {
        on: String,
        off: String,
    },
    ContactBlocked {
        contact: ContactId,
        client: ClientId,
        portal_user: Option<PortalUserId>,
        because: String,
    },
    ContactUnblocked {
        contact: ContactId,
        client: ClientId,
    },
    TheirsTaken {
        contact: ContactId,
        client: ClientId,
        portal_user: PortalUserId,
        changes: Vec<(String, String, String)>,
    },
    OursKept {
        contact: ContactId,
        client: ClientId,
        portal_user: PortalUserId,
        kept: Vec<(String, String, String)>,
    },
    AccessAsked {
        request: RequestId,
        email: String,
        reference: String,
    },
    AccessInvited {
        request: RequestId,
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        email: String,
    },
    AccessApproved {
        request: RequestId,
        contact: ContactId,
        client: ClientId,
        invitation: InvitationId,
        asked_by: String,
        email: String,
    },
    AccessRefused {
        request: RequestId,
        email: String,
        told: bool,
    },
    RecordShared {
        record: RecordId,
        client: ClientId,
        what: String,
        with: String,
    },
    RecordChanged {
        record: RecordId,
        client: ClientId,
        what: String,
        changes: Vec<(String, String, String)>,
    },
    RecordWithdrawn {
        record: RecordId,
        client: ClientId,
        what: String,
    },
    RecordFileAdded {
        record: RecordId,
        client: ClientId,
        what: String,
        file: String,
    },
    RecordFileRemoved {
        record: RecordId,
        client: ClientId,
        what: String,
        file: String,
    },
    MailChosen {
        contact: ContactId,
        client: ClientId,
        about: String,
    },
    MailDeclined {
        contact: ContactId,
        client: ClientId,
        about: String,
    },
    BulkStarted {
        job: BulkId,
        what: String,
        people: i64,
    },
    BulkEnded {
        job: BulkId,
        what: String,
        how: String,
        done: i64,
        skipped: i64,
    },
}

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that added a client or a contact.
    pub new: i64,
    /// Rows that changed one.
    pub changed: i64,
    /// Rows that were so already.
    pub unchanged: i64,
    /// Rows that were not taken.
    pub refused: i64,
}

impl Entry {
    /// The word it is filed under: the name of its kind.
    #[must_use]
    pub fn kind(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(map)) => map.into_iter().next().map(|(kind, _)| kind).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Whom and what it is about: it shows in the timeline of each.
    #[must_use]
    pub fn subjects(&self) -> Vec<Uuid> {
        let mut ids: Vec<Option<Uuid>> = Vec::new();
        match self {
            Self::BusinessCreated { .. }
            | Self::PortalSwitchedOn {}
            | Self::PortalSwitchedOff {}
            | Self::TemporaryPasswordsSwitchedOn {}
            | Self::TemporaryPasswordsSwitchedOff {}
            | Self::DelegationSwitchedOn {}
            | Self::DelegationSwitchedOff {}
            | Self::FeaturesChanged { .. }
            | Self::TermsPublished { .. }
            | Self::Exported { .. } => {}
            Self::Imported { import, .. } => ids.push(Some(import.0)),
            Self::BulkStarted { job, .. } | Self::BulkEnded { job, .. } => ids.push(Some(job.0)),
            Self::ClientChanged { client, .. }
            | Self::ClientDelegationSwitchedOn { client }
            | Self::ClientDelegationSwitchedOff { client } => ids.push(Some(client.0)),
            Self::GroupAdded { client, group, .. }
            | Self::GroupRenamed { client, group, .. }
            | Self::GroupSightChanged { client, group, .. }
            | Self::GroupDeleted { client, group, .. } => ids.extend([Some(group.0), Some(client.0)]),
            Self::PasswordResetSent { portal_user, client } => {
                ids.extend([Some(portal_user.0), client.map(|client| client.0)]);
            }
            Self::StaffAdded { staff, .. }
            | Self::StaffLinkMade { staff, .. }
            | Self::StaffResetAsked { staff, .. }
            | Self::StaffSignedIn { staff }
            | Self::StaffSignedOut { staff }
            | Self::StaffPasswordSet { staff } => ids.push(Some(staff.0)),
            Self::SignInRefused { account, portal_user, .. } => {
                ids.extend([account.map(|a| a.0), portal_user.map(|p| p.0)]);
            }
            Self::PersonSignedIn { account, portal_user }
            | Self::PersonSignedOut { account, portal_user }
            | Self::OwnSessionsEnded { account, portal_user, .. }
            | Self::PasswordResetAsked { account, portal_user }
            | Self::PasswordChanged { account, portal_user }
            | Self::LanguageChosen { account, portal_user, .. }
            | Self::OwnDataTaken { account, portal_user } => {
                ids.extend([Some(account.0), portal_user.map(|p| p.0)]);
            }
            Self::ProfileChanged { account, portal_user, .. } => ids.extend([Some(account.0), Some(portal_user.0)]),
            Self::PasswordChangeRequired { portal_user }
            | Self::SessionsEnded { portal_user, .. }
            | Self::SignInUnlocked { portal_user }
            | Self::TermsAccepted { portal_user, .. }
            | Self::PortalUserDisabled { portal_user, .. }
            | Self::PortalUserEnabled { portal_user }
            | Self::PortalUserRenamed { portal_user, .. }
            | Self::NameChangeAsked { portal_user, .. }
            | Self::EmailChangeAsked { portal_user, .. }
            | Self::EmailChangeAgreed { portal_user, .. }
            | Self::EmailChangeUnagreed { portal_user, .. }
            | Self::EmailChanged { portal_user, .. }
            | Self::ChangeDeclined { portal_user, .. }
            | Self::ChangeWithdrawn { portal_user, .. }
            | Self::PortalUserDeleted { portal_user, .. }
            | Self::PortalUserRestored { portal_user, .. }
            | Self::PortalUserCameBack { portal_user }
            | Self::PortalUserGone { portal_user, .. } => ids.push(Some(portal_user.0)),
            Self::LinkPlaced { portal_user, contact, client, .. }
            | Self::Unlinked { portal_user, contact, client, .. } => {
                ids.extend([Some(portal_user.0), Some(contact.0), Some(client.0)]);
            }
            Self::ClientAdded { client, .. } => ids.push(Some(client.0)),
            Self::ContactAdded { contact, client, .. }
            | Self::ContactChanged { contact, client, .. }
            | Self::ContactInvited { contact, client, .. }
            | Self::InvitationAskedFor { contact, client, .. }
            | Self::InvitationRevoked { contact, client, .. }
            | Self::ContactUnblocked { contact, client } => ids.extend([Some(contact.0), Some(client.0)]),
            Self::InvitationAccepted { contact, client, portal_user, .. } => {
                ids.extend([Some(contact.0), Some(client.0), Some(portal_user.0)]);
            }
            Self::RecordShared { record, client, .. }
            | Self::RecordChanged { record, client, .. }
            | Self::RecordWithdrawn { record, client, .. }
            | Self::RecordFileAdded { record, client, .. }
            | Self::RecordFileRemoved { record, client, .. } => ids.extend([Some(record.0), Some(client.0)]),
            Self::MailChosen { contact, client, .. } | Self::MailDeclined { contact, client, .. } => {
                ids.extend([Some(contact.0), Some(client.0)]);
            }
            Self::ContactBlocked { contact, client, portal_user, .. }
            | Self::AcceptanceRefused { contact, client, portal_user, .. } => {
                ids.extend([Some(contact.0), Some(client.0), portal_user.map(|p| p.0)]);
            }
            Self::TheirsTaken { contact, client, portal_user, .. }
            | Self::OursKept { contact, client, portal_user, .. } => {
                ids.extend([Some(contact.0), Some(client.0), Some(portal_user.0)]);
            }
            Self::AccessAsked { request, .. } | Self::AccessRefused { request, .. } => ids.push(Some(request.0)),
            Self::AccessInvited { request, contact, client, .. }
            | Self::AccessApproved { request, contact, client, .. } => {
                ids.extend([Some(request.0), Some(contact.0), Some(client.0)]);
            }
        }
        ids.into_iter().flatten().collect()
    }

    /// The contact that it is about, if it is about one.
    #[must_use]
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::ContactAdded { contact, .. }
            | Self::ContactChanged { contact, .. }
            | Self::ContactInvited { contact, .. }
            | Self::InvitationRevoked { contact, .. }
            | Self::InvitationAccepted { contact, .. }
            | Self::AcceptanceRefused { contact, .. }
            | Self::LinkPlaced { contact, .. }
            | Self::Unlinked { contact, .. }
            | Self::ContactBlocked { contact, .. }
            | Self::ContactUnblocked { contact, .. }
            | Self::TheirsTaken { contact, .. }
            | Self::OursKept { contact, .. }
            | Self::AccessInvited { contact, .. }
            | Self::MailChosen { contact, .. }
            | Self::MailDeclined { contact, .. }
            | Self::AccessApproved { contact, .. } => Some(*contact),
            _ => None,
        }
    }

    /// The portal user that it is about, if it is about one.
    #[must_use]
    pub fn portal_user(&self) -> Option<PortalUserId> {
        match self {
            Self::InvitationAccepted { portal_user, .. }
            | Self::LinkPlaced { portal_user, .. }
            | Self::Unlinked { portal_user, .. }
            | Self::PortalUserDisabled { portal_user, .. }
            | Self::PortalUserEnabled { portal_user }
            | Self::PortalUserDeleted { portal_user, .. }
            | Self::PortalUserRestored { portal_user, .. }
            | Self::PasswordResetSent { portal_user, .. }
            | Self::PasswordChangeRequired { portal_user }
            | Self::SessionsEnded { portal_user, .. } => Some(*portal_user),
            _ => None,
        }
    }

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

crate::words! {
    /// What entries are about, by which the log is filtered.
    pub enum Theme {
        /// Signing in and out.
        SignIns = "sign-ins",
        /// Passwords, locks and sessions.
        Credentials = "credentials",
        /// Invitations and what became of them.
        Invitations = "invitations",
        /// Who is let in and kept out.
        Access = "access",
        /// Terms, published and accepted.
        Terms = "terms",
        /// Clients, contacts and names.
        Records = "records",
        /// Bookings, invoices, dockets, statements, documents.
        Shared = "shared",
        /// Imports and exports.
        Files = "files",
        /// The business and its staff.
        Business = "business",
    }
}

impl Theme {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::SignIns => "Sign-ins",
            Self::Credentials => "Passwords and sessions",
            Self::Invitations => "Invitations",
            Self::Access => "Disabled, blocked, switched",
            Self::Terms => "Terms",
            Self::Records => "Clients, contacts and names",
            Self::Shared => "Bookings, invoices, documents",
            Self::Files => "Imports and exports",
            Self::Business => "Business and staff",
        }
    }

    /// The kinds of entries that belong to it; each kind belongs to exactly one.
    #[must_use]
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::SignIns => {
                &["staff_signed_in", "staff_signed_out", "sign_in_refused", "person_signed_in", "person_signed_out"]
            }
            Self::Credentials => &[
                "staff_password_set",
                "staff_link_made",
                "staff_reset_asked",
                "own_sessions_ended",
                "sign_in_unlocked",
                "password_reset_asked",
                "password_changed",
                "password_change_required",
                "password_reset_sent",
                "sessions_ended",
                "email_change_asked",
                "email_change_agreed",
                "email_change_unagreed",
                "email_changed",
            ],
            Self::Invitations => &[
                "contact_invited",
                "invitation_asked_for",
                "invitation_revoked",
                "invitation_accepted",
                "acceptance_refused",
                "access_invited",
            ],
            Self::Access => &[
                "portal_switched_on",
                "portal_switched_off",
                "portal_user_disabled",
                "portal_user_enabled",
                "portal_user_deleted",
                "portal_user_restored",
                "portal_user_came_back",
                "portal_user_gone",
                "link_placed",
                "unlinked",
                "group_added",
                "group_renamed",
                "group_sight_changed",
                "group_deleted",
                "contact_blocked",
                "contact_unblocked",
                "access_asked",
                "access_approved",
                "access_refused",
                "bulk_started",
                "bulk_ended",
            ],
            Self::Terms => &["terms_published", "terms_accepted"],
            Self::Records => &[
                "client_added",
                "client_changed",
                "contact_added",
                "contact_changed",
                "portal_user_renamed",
                "profile_changed",
                "language_chosen",
                "theirs_taken",
                "ours_kept",
                "name_change_asked",
                "change_declined",
                "change_withdrawn",
            ],
            Self::Shared => &[
                "record_shared",
                "record_changed",
                "record_withdrawn",
                "record_file_added",
                "record_file_removed",
                "mail_chosen",
                "mail_declined",
            ],
            Self::Files => &["imported", "exported", "own_data_taken"],
            Self::Business => &[
                "business_created",
                "staff_added",
                "temporary_passwords_switched_on",
                "temporary_passwords_switched_off",
                "delegation_switched_on",
                "delegation_switched_off",
                "client_delegation_switched_on",
                "client_delegation_switched_off",
                "features_changed",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Theme};

    #[test]
    fn every_kind_of_entry_belongs_to_one_theme() {
        // What cannot be read is answered with the kinds that can.
        let told = serde_json::from_str::<Entry>(r#"{"no_such_kind": {}}"#).unwrap_err().to_string();
        let kinds = told.split("expected one of").nth(1).unwrap();
        let mut kinds: Vec<&str> = kinds.split('`').skip(1).step_by(2).collect();
        let mut themed: Vec<&str> = Theme::ALL.iter().flat_map(|theme| theme.kinds()).copied().collect();
        kinds.sort_unstable();
        themed.sort_unstable();
        assert_eq!(themed, kinds);
    }
}
