//! Whom and what a fact is about.

use super::Entry;
use crate::base::id::{ContactId, PortalUserId};
use uuid::Uuid;

impl Entry {
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
            Self::PasswordResetSent { portal_user, client }
            | Self::PortalUserDisabled { portal_user, client, .. }
            | Self::PortalUserEnabled { portal_user, client }
            | Self::DisablingPutBack { portal_user, client, .. } => {
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
            Self::DisablingEnded { portal_user, client } => ids.extend([Some(portal_user.0), Some(client.0)]),
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
            | Self::PortalUserEnabled { portal_user, .. }
            | Self::DisablingPutBack { portal_user, .. }
            | Self::PortalUserDeleted { portal_user, .. }
            | Self::PortalUserRestored { portal_user, .. }
            | Self::PasswordResetSent { portal_user, .. }
            | Self::PasswordChangeRequired { portal_user }
            | Self::SessionsEnded { portal_user, .. } => Some(*portal_user),
            _ => None,
        }
    }
}
