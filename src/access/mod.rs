//! Who may do what, and who gets in: every permission, every role, and the one decision about the gates.

pub mod actor;
pub mod charge;
pub mod gates;
pub mod permission;
pub mod rights;
mod sight;

pub use actor::{Actor, Origin, Who};
pub use charge::{Authority, Charge, Delegated, Place};
pub use permission::{Permission, Permissions, Role};
pub use sight::{RecordKind, Sight};
