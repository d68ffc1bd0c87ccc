//! Staff members: who works for a business, and what each may do.

pub mod acts;
pub mod store;

use crate::base::id::{AccountId, StaffId};
use crate::base::text::Email;

crate::words! {
    /// Whether a staff member may sign in.
    pub enum Status {
        /// May.
        Active = "active",
        /// May not.
        Disabled = "disabled",
    }
}

/// A staff member.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StaffMember {
    /// Their id.
    pub id: StaffId,
    /// Their sign-in.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Email,
    /// Whether they may sign in.
    #[sqlx(try_from = "String")]
    pub status: Status,
}
