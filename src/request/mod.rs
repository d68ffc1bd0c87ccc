//! Access requests (C6): somebody without an invitation asks to be let in, with an e-mail address and a client's reference.
//! Asking is the same work and the same answer for everybody (S12); what comes of it is decided afterwards, by the worker: if
//! the two name a contact that may be invited, that contact's address is mailed an invitation, and nobody else's; otherwise
//! the request waits for staff.

pub mod acts;
mod near;
pub mod store;

pub use near::{Nearest, nearest};

use crate::act::Scope;
use crate::base::id::{ContactId, RequestId};
use crate::base::text::{Email, PersonName, Reference};
use crate::base::{Error, Instant, Result};
use crate::listing::{self, List};

crate::words! {
    /// What became of an access request.
    pub enum State {
        /// Nobody has looked at it yet; the worker does within a moment.
        Asked = "asked",
        /// It waits for staff.
        Waiting = "waiting",
        /// It named a contact that may be invited, whose address was mailed.
        Invited = "invited",
        /// Staff let the person in.
        Approved = "approved",
        /// Staff did not.
        Refused = "refused",
    }
}

impl State {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Asked | Self::Waiting => "Waiting",
            Self::Invited => "Invited by itself",
            Self::Approved => "Approved",
            Self::Refused => "Refused",
        }
    }

    /// Whether it still can be decided.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Waiting)
    }
}

/// What somebody asks with.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The address.
    pub email: Email,
    /// What the client is called in the business's own books.
    pub reference: Reference,
    /// The person's name, if they said it.
    pub name: Option<PersonName>,
}

/// An access request.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// The address that was typed.
    pub email: Email,
    /// The name that was typed; may be empty.
    pub name: String,
    /// The reference that was typed.
    pub reference: Reference,
    /// What became of it.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// How often the same was asked while it was open.
    pub times: i64,
    /// When last.
    pub asked_at: Instant,
    /// From which network address.
    pub address: String,
    /// The contact that was invited.
    pub contact_id: Option<ContactId>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// By whom.
    pub decided_by: Option<String>,
    /// When it was first asked.
    pub created_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

impl Request {
    /// Goes on only while it can be decided.
    ///
    /// # Errors
    /// `Refused`, saying who decided and how.
    pub fn must_be_open(&self) -> Result<()> {
        if self.state.is_open() {
            return Ok(());
        }
        Err(Error::refused(format!(
            "This request was already decided: {}, by {} on {}. Nothing was changed.",
            self.state.label().to_lowercase(),
            self.decided_by.as_deref().unwrap_or("Vestibule"),
            self.decided_at.unwrap_or_default().day()
        )))
    }
}

/// How many access requests wait.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(scope: &mut Scope) -> Result<i64> {
    let tally = listing::tally(scope, List::Requests).await?;
    let open = |code: &str| State::of_code(code).is_some_and(State::is_open);
    Ok(tally.iter().filter(|(code, _)| open(code)).map(|(_, n)| n).sum())
}
