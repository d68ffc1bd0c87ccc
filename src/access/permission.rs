//! Every permission and every role, as one table each.

use std::collections::BTreeSet;

macro_rules! permissions {
    ($($name:ident, $code:literal, $label:literal;)+) => {
        /// Something that staff may be permitted to do.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Permission {
            $(#[doc = $label] $name,)+
        }

        impl Permission {
            /// All of them, in the order in which pages list them.
            pub const ALL: &[Permission] = &[$(Self::$name,)+];

            /// How it is stored.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What pages call it.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }
        }
    };
}

permissions! {
    PortalUsersView, "portal_users.view", "See portal users";
    PortalUsersManage, "portal_users.manage", "Disable, enable and change portal users";
    PortalUsersAdd, "portal_users.add", "Add portal users at any client";
    PortalUsersDelete, "portal_users.delete", "Delete and restore portal users";
    ClientsView, "clients.view", "See clients and contacts";
    ClientsEdit, "clients.edit", "Find and change clients and contacts";
    ContactsInvite, "contacts.invite", "Invite contacts to the portal";
    RequestsDecide, "access_requests.decide", "Approve and refuse access requests";
    ContactsBlock, "contacts.block", "Block and unblock contacts";
    ClientsImport, "clients.import", "Import clients and contacts";
    ClientsExport, "clients.export", "Export clients and contacts";
    RecordsShare, "records.share", "Share records with clients";
    PortalUsersExport, "portal_users.export", "Export portal users";
    AuditView, "audit.view", "See the audit log";
    SettingsManage, "settings.manage", "Change the portal's settings";
    StaffManage, "staff.manage", "Manage staff and permissions";
}

/// What one staff member may do. A group that holds `everything` also holds what later versions add.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Permissions {
    everything: bool,
    held: BTreeSet<Permission>,
}

impl Permissions {
    /// The stored word for all permissions.
    pub const EVERYTHING: &str = "everything";

    /// All of them.
    #[must_use]
    pub fn everything() -> Self {
        Self { everything: true, held: BTreeSet::new() }
    }

    /// From the stored words; one that this version does not know permits nothing.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let mut permissions = Self::default();
        for code in codes {
            if code == Self::EVERYTHING {
                permissions.everything = true;
            } else if let Some(known) = Permission::ALL.iter().find(|p| p.code() == code) {
                permissions.held.insert(*known);
            }
        }
        permissions
    }

    /// A permission that was held here and is not any more; none where nothing was taken away.
    #[must_use]
    pub fn lost_in(&self, now: &Self) -> Option<Permission> {
        Permission::ALL.iter().copied().find(|permission| self.has(*permission) && !now.has(*permission))
    }

    /// Whether this one is held.
    #[must_use]
    pub fn has(&self, permission: Permission) -> bool {
        self.everything || self.held.contains(&permission)
    }
}

crate::words! {
    /// What a person is at one client (PRODUCT.md section 1).
    pub enum Role {
        /// Sees what is shared with the group.
        Member = "member",
        /// Also looks after the members of one custom group.
        GroupManager = "group_manager",
        /// Also looks after everybody of the client.
        GlobalAdmin = "global_admin",
    }
}

impl Role {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::GroupManager => "Group Manager",
            Self::GlobalAdmin => "Global Admin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_away_is_named_and_what_was_given_is_not() {
        let of = |codes: &[&str]| Permissions::from_codes(codes.iter().copied());
        assert_eq!(of(&["clients.view", "audit.view"]).lost_in(&of(&["clients.view"])), Some(Permission::AuditView));
        assert_eq!(of(&["clients.view"]).lost_in(&of(&["clients.view", "audit.view"])), None);
        assert_eq!(of(&["clients.view"]).lost_in(&Permissions::everything()), None);
        assert_eq!(Permissions::everything().lost_in(&of(&[])), Permission::ALL.first().copied());
    }

    #[test]
    fn everything_holds_each_and_a_word_from_the_future_holds_nothing() {
        for permission in Permission::ALL {
            assert!(Permissions::everything().has(*permission));
            assert!(!Permissions::from_codes(["rockets.launch"]).has(*permission));
            assert!(Permissions::from_codes([permission.code()]).has(*permission));
        }
    }
}
