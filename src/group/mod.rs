//! User groups: a client's own grouping of its portal users. Every client has a Default group.

pub mod acts;
pub mod store;

use crate::access::{Role, Sight};
use crate::base::id::{ClientId, GroupId};

crate::words! {
    /// The Default group, or one that the client made.
    pub enum Kind {
        /// Every client has it; Global Admins belong to it.
        Default = "default",
        /// The client made it; Group Managers look after it.
        Custom = "custom",
    }
}

impl Kind {
    /// Whether somebody in such a group can have a role: a Global Admin only in the Default group, a Group Manager only in one
    /// that the client made.
    #[must_use]
    pub fn takes(self, role: Role) -> bool {
        match role {
            Role::Member => true,
            Role::GlobalAdmin => self == Self::Default,
            Role::GroupManager => self == Self::Custom,
        }
    }
}

/// A user group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UserGroup {
    /// Its id.
    pub id: GroupId,
    /// Whose.
    pub client_id: ClientId,
    /// Its name.
    pub name: String,
    /// Which kind.
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// Which kinds of records its members may see. Its Global Admins see all of them ([`Role::sight`]).
    #[sqlx(try_from = "String")]
    pub may_see: Sight,
    /// Changes with every change.
    pub version: i64,
}

/// A user group with how many people belong to it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Peopled {
    /// The group.
    #[sqlx(flatten)]
    pub group: UserGroup,
    /// How many.
    pub people: i64,
}
