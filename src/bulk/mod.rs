//! Something done to many at once (P3, C2): looked at first, one class after the other, then confirmed, and worked off in the
//! background in small acts. Whatever is interrupted goes on where it stopped, on whichever node, and nobody is done twice.

pub mod acts;
mod deed;
mod items;
mod prepare;
pub mod result;
pub mod run;
mod store;

pub use items::{Line, first_lines};
pub use store::undoing;

use crate::access::{Actor, Permission};
use crate::act::Obstacle;
use crate::base::id::{BulkId, StaffId};
use crate::base::text::Reason;
use crate::base::{Error, Instant, Result};
use crate::{contact, portal_user};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// For how many seconds what was done can be taken back.
pub const UNDO_SECONDS: i64 = 600;

crate::words! {
    /// What is done.
    pub enum Kind {
        /// Portal users are disabled.
        Disable = "disable",
        /// Portal users are enabled.
        Enable = "enable",
        /// Portal users must choose a new password.
        RequirePasswordChange = "require_password_change",
        /// Portal users are deleted.
        Delete = "delete",
        /// Portal users who were deleted are restored.
        Restore = "restore",
        /// Invitations that wait for portal users are sent again.
        ResendInvitations = "resend_invitations",
        /// Contacts are invited.
        Invite = "invite",
    }
}

/// To whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subjects {
    /// Portal users.
    PortalUsers,
    /// Contacts.
    Contacts,
}

impl Subjects {
    /// What it takes to see them: whoever may not find people in a list does not find them by a bulk action either.
    #[must_use]
    pub fn seen_with(self) -> Permission {
        match self {
            Self::PortalUsers => Permission::PortalUsersView,
            Self::Contacts => Permission::ClientsView,
        }
    }
}

impl Kind {
    /// What it takes to do it: to see those whom it is done to, and what doing it to one alone takes.
    #[must_use]
    pub fn permissions(self) -> [Permission; 2] {
        [self.subjects().seen_with(), self.permission()]
    }

    /// Whether somebody may do it.
    #[must_use]
    pub fn is_open_to(self, actor: &Actor) -> bool {
        self.permissions().iter().all(|permission| actor.may(*permission))
    }

    /// To whom it is done.
    #[must_use]
    pub fn subjects(self) -> Subjects {
        match self {
            Self::Invite => Subjects::Contacts,
            _ => Subjects::PortalUsers,
        }
    }

    /// What doing it to one alone takes.
    fn permission(self) -> Permission {
        match self {
            Self::Disable | Self::Enable | Self::RequirePasswordChange => Permission::PortalUsersManage,
            Self::Delete | Self::Restore => Permission::PortalUsersDelete,
            Self::ResendInvitations | Self::Invite => Permission::ContactsInvite,
        }
    }

    /// What takes it back, where anything does.
    #[must_use]
    pub fn taken_back_by(self) -> Option<Self> {
        match self {
            Self::Disable => Some(Self::Enable),
            Self::Enable => Some(Self::Disable),
            Self::Delete => Some(Self::Restore),
            Self::Restore => Some(Self::Delete),
            Self::RequirePasswordChange | Self::ResendInvitations | Self::Invite => None,
        }
    }

    /// Whether it shuts people out, so that a client may be left without anybody who looks after its people.
    #[must_use]
    pub fn shuts_out(self) -> bool {
        matches!(self, Self::Disable | Self::Delete)
    }

    /// Whether a reason may be given.
    #[must_use]
    pub fn takes_reason(self) -> bool {
        self == Self::Disable
    }
}

crate::words! {
    /// How far a job is.
    pub enum State {
        /// Whoever was selected is looked at, one by one.
        Preparing = "preparing",
        /// Everybody has been looked at; nothing is done before it is confirmed.
        Ready = "ready",
        /// It is done.
        Running = "running",
        /// Everybody has been done or skipped.
        Done = "done",
        /// Somebody ended it before.
        Cancelled = "cancelled",
        /// It ended by itself: whoever started it may not do it any more.
        Stopped = "stopped",
    }
}

impl State {
    /// Whether nothing happens any more.
    #[must_use]
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Stopped)
    }
}

crate::words! {
    /// What became of one of them.
    pub enum ItemState {
        /// Its turn has not come; in a job that ended, it was left as it was.
        Waiting = "waiting",
        /// It was done.
        Done = "done",
        /// It was not done, and nothing was changed.
        Skipped = "skipped",
        /// It could not be done because of a defect.
        Failed = "failed",
    }
}

/// Who was selected.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These.
    These(Vec<Uuid>),
    /// All portal users that a filter keeps and a search finds.
    PortalUsers {
        /// The filter.
        filter: portal_user::list::Filter,
        /// What was typed into the search; may be empty.
        search: String,
    },
    /// All contacts that a filter keeps and a search finds.
    Contacts {
        /// The filter.
        filter: contact::list::Filter,
        /// What was typed into the search; may be empty.
        search: String,
    },
    /// All to whom another job has done something, to take it back.
    DoneBy(BulkId),
}

/// How many stand how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Their turn has not come.
    pub waiting: i64,
    /// Done.
    pub done: i64,
    /// A defect kept them from being done.
    pub failed: i64,
    /// Skipped, by what stood in the way.
    pub skipped: BTreeMap<Obstacle, i64>,
    /// The clients that doing it would leave without a Global Admin.
    pub unadministered: Unadministered,
}

/// Clients that have a Global Admin now, and would have none that gets in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Unadministered {
    /// How many they are.
    pub clients: i64,
    /// The first of them, by name.
    pub first: Vec<String>,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.waiting + self.done + self.failed + self.skipped_in_all()
    }

    /// All that were skipped.
    #[must_use]
    pub fn skipped_in_all(&self) -> i64 {
        self.skipped.values().sum()
    }

    /// Notes that one was looked at: it waits for its turn, or is skipped.
    fn seen(&mut self, skipped: Option<Obstacle>) {
        match skipped {
            None => self.waiting += 1,
            Some(obstacle) => *self.skipped.entry(obstacle).or_default() += 1,
        }
    }

    /// Notes what became of one that waited.
    fn became(&mut self, fate: Fate) {
        self.waiting -= 1;
        match fate {
            Fate::Done => self.done += 1,
            Fate::Skipped(obstacle) => *self.skipped.entry(obstacle).or_default() += 1,
            Fate::Failed => self.failed += 1,
        }
    }
}

/// What became of one that waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    Done,
    Skipped(Obstacle),
    Failed,
}

/// A job.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: BulkId,
    /// What is done.
    pub kind: Kind,
    /// With whose rights.
    pub by: StaffId,
    /// Their name.
    pub by_name: String,
    /// From which network address they asked for it.
    pub by_address: String,
    /// Why; where a reason may be given.
    pub because: Option<Reason>,
    /// Who was selected.
    pub selection: Selection,
    /// The job that this one takes back.
    pub undo_of: Option<BulkId>,
    /// How far it is.
    pub state: State,
    /// How many stand how.
    pub counts: Counts,
    /// Why it stopped by itself.
    pub error: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was confirmed.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    reached: Uuid,
}

impl Job {
    /// Goes on to do it. Of a job that takes another back nothing is asked: it goes on by itself.
    ///
    /// # Errors
    /// `Refused` when it is not ready, or nobody is left to do it to.
    pub fn confirm(&mut self, because: Option<Reason>, at: Instant) -> Result<()> {
        match self.state {
            State::Ready if self.counts.waiting == 0 => Err(Error::refused(
                "There is nobody among those selected to whom this can be done. Nothing was changed.",
            )),
            State::Ready => {
                self.because = because;
                self.started_at = Some(at);
                self.state = State::Running;
                self.reached = Uuid::nil();
                Ok(())
            }
            State::Preparing => {
                Err(Error::refused("Those selected are still being looked at. Wait until it is done, then confirm."))
            }
            State::Running => Err(Error::refused("This is being done already. Nothing was started twice.")),
            State::Done | State::Cancelled | State::Stopped => {
                Err(Error::refused("This has ended already. Select the people again to do it again."))
            }
        }
    }

    /// Ends it here: what is done stays done, the rest is left as it is.
    ///
    /// # Errors
    /// `Refused` when it has ended already.
    pub fn cancel(&mut self, at: Instant) -> Result<()> {
        if self.state.has_ended() {
            return Err(Error::refused("This has ended already. Nothing was changed."));
        }
        self.end(State::Cancelled, at);
        Ok(())
    }

    /// Whether what it did can be taken back now, and by what.
    ///
    /// # Errors
    /// `Refused`, with the reason.
    pub fn undo(&self, now: Instant) -> Result<Kind> {
        let Some(kind) = self.kind.taken_back_by().filter(|_| self.undo_of.is_none()) else {
            return Err(Error::refused("This can’t be taken back."));
        };
        match self.undo_until() {
            None => Err(Error::refused("There is nothing to take back yet. Wait until it has ended.")),
            Some(_) if self.counts.done == 0 => Err(Error::refused("Nothing was done that could be taken back.")),
            Some(until) if until <= now => Err(Error::refused(
                "This can be taken back for 10 minutes only, and they are over. Select the people and do the opposite.",
            )),
            Some(_) => Ok(kind),
        }
    }

    /// Until when that is so.
    #[must_use]
    pub fn undo_until(&self) -> Option<Instant> {
        self.ended_at.map(|at| at.plus_seconds(UNDO_SECONDS))
    }

    /// Everybody has been looked at.
    fn prepared(&mut self, at: Instant) {
        self.reached = Uuid::nil();
        match (self.started_at, self.counts.waiting) {
            (None, _) => self.state = State::Ready,
            (Some(_), 0) => self.end(State::Done, at),
            (Some(_), _) => self.state = State::Running,
        }
    }

    /// Nobody's turn is left.
    fn worked_off(&mut self, at: Instant) {
        self.end(State::Done, at);
    }

    /// It cannot go on.
    fn stop(&mut self, why: String, at: Instant) {
        self.error = Some(why);
        self.end(State::Stopped, at);
    }

    fn end(&mut self, state: State, at: Instant) {
        self.state = state;
        self.ended_at = Some(at);
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
impl Job {
    /// A job of staff, as pages show it in their samples.
    pub fn sample(kind: Kind, state: State) -> Self {
        let began = Instant::from_micros(1_795_340_460_000_000);
        Self {
            id: BulkId(Uuid::from_u128(12)),
            kind,
            by: StaffId(Uuid::from_u128(8)),
            by_name: "Hana Whitlock".into(),
            by_address: "203.0.113.5".into(),
            because: None,
            selection: Selection::These(Vec::new()),
            undo_of: None,
            state,
            counts: Counts::default(),
            error: None,
            created_at: began,
            started_at: (!matches!(state, State::Preparing | State::Ready)).then_some(began),
            ended_at: state.has_ended().then_some(began.plus_seconds(20)),
            reached: Uuid::nil(),
        }
    }
}
