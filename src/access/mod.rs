//! Who may do what, and who gets in: every permission, every role, and the one decision about the gates.

pub mod actor;
pub mod gates;
pub mod permission;
pub mod rights;

pub use actor::{Actor, Origin, Who};
pub use permission::{Permission, Permissions, Role};
