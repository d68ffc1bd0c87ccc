//! Who acts. Only sign-in, the command line and the worker make an actor; no act runs without one.

use crate::access::{Permission, Permissions};
use crate::base::id::{AccountId, BusinessId, SessionId, StaffId};
use crate::base::{Error, Result};
use std::net::IpAddr;
use uuid::Uuid;

/// Somebody who acts, in one business.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// Where: every row that the act touches belongs to it (S44).
    pub business: BusinessId,
    /// From which address and device.
    pub origin: Origin,
    /// The session they act in; it must still be there when they do ([`crate::access::rights`]).
    pub session: Option<SessionId>,
}

/// Who somebody is.
#[derive(Clone, Debug)]
pub enum Who {
    /// A staff member of the business.
    Staff {
        /// Their id.
        id: StaffId,
        /// Their sign-in.
        account: AccountId,
        /// Their name, as audit entries show it ever after.
        name: String,
        /// What they may do.
        may: Permissions,
    },
    /// A portal user of the business, or a person on the way to becoming one.
    Person {
        /// Their sign-in.
        account: AccountId,
        /// Their name.
        name: String,
    },
    /// Somebody who has not signed in.
    Visitor,
    /// The operator, on the server's command line: may do everything, and is audited as such.
    Operator,
    /// The program itself.
    Worker,
}

/// From where somebody acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The network address, as far as it can be believed.
    pub address: Option<IpAddr>,
    /// The browser's own description, shortened.
    pub device: String,
}

impl Origin {
    /// The address as text; empty without one.
    #[must_use]
    pub fn address_text(&self) -> String {
        self.address.map(|a| a.to_string()).unwrap_or_default()
    }
}

impl Actor {
    /// The operator, on the command line.
    #[must_use]
    pub fn operator(business: BusinessId) -> Self {
        Self { who: Who::Operator, business, origin: Origin::default(), session: None }
    }

    /// The program itself.
    #[must_use]
    pub fn worker(business: BusinessId) -> Self {
        Self { who: Who::Worker, business, origin: Origin::default(), session: None }
    }

    /// Somebody who has not signed in, at a business's door.
    #[must_use]
    pub fn visitor(business: BusinessId, origin: Origin) -> Self {
        Self { who: Who::Visitor, business, origin, session: None }
    }

    /// Goes on only with this permission.
    ///
    /// # Errors
    /// `Forbidden`, naming the permission.
    pub fn must(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden(permission.label())) }
    }

    /// Whether the actor may: pages ask, to show only what can be done.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Staff { may, .. } => may.has(permission),
            Who::Operator => true,
            Who::Person { .. } | Who::Visitor | Who::Worker => false,
        }
    }

    /// How the audit log names the kind of actor.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.who {
            Who::Staff { .. } => "staff",
            Who::Person { .. } => "person",
            Who::Visitor => "visitor",
            Who::Operator => "operator",
            Who::Worker => "vestibule",
        }
    }

    /// The actor's id, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        match &self.who {
            Who::Staff { id, .. } => Some(id.0),
            Who::Person { account, .. } => Some(account.0),
            Who::Visitor | Who::Operator | Who::Worker => None,
        }
    }

    /// The name that stands beside what was done.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.who {
            Who::Staff { name, .. } | Who::Person { name, .. } => name,
            Who::Visitor => "Somebody not signed in",
            Who::Operator => "The operator",
            Who::Worker => "Vestibule",
        }
    }
}
