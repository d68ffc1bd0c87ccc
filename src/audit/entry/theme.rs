//! What facts are about, by which the log is filtered.

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
                "disabling_put_back",
                "disabling_ended",
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
    use super::Theme;
    use crate::audit::Entry;

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
