//! Every fact that can be recorded.

use crate::base::id::{
    AccountId, BulkId, ClientId, ContactId, GroupId, ImportId, InvitationId, PortalUserId, RecordId, RequestId, StaffId,
};
use crate::language::Language;
use serde::{Deserialize, Serialize};

mod sentence;
mod subjects;
mod theme;

pub use theme::Theme;

/// One fact. The words around it (who, when, from where) come from the act. Never a secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each variant and field is named for what it says; `sentence` spells it out
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
        /// The client for which its own people did it, if they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client: Option<ClientId>,
    },
    PortalUserEnabled {
        portal_user: PortalUserId,
        /// The client for which its own people did it, if they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client: Option<ClientId>,
    },
    /// Somebody is disabled again as they were before what is taken back: by whom, and for which client, if for one.
    DisablingPutBack {
        portal_user: PortalUserId,
        by: String,
        client: Option<ClientId>,
    },
    /// What a client's own people had shut ended with the person's link to that client.
    DisablingEnded {
        portal_user: PortalUserId,
        client: ClientId,
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
}
