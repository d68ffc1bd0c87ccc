//! How far imports are that this process is writing: what the page shows while it goes on. Another node knows only that an
//! import is running, from its row.

use crate::base::id::ImportId;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Rows done.
    pub done: i64,
    /// Rows of the file.
    pub total: i64,
}

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// The file is fetched, and waits for its turn.
    Reading,
    /// Rows are written.
    Writing,
    /// The last changes, and making everything durable.
    Finishing,
}

static RUNNING: LazyLock<Mutex<HashMap<ImportId, watch::Sender<Progress>>>> = LazyLock::new(Mutex::default);

fn running() -> MutexGuard<'static, HashMap<ImportId, watch::Sender<Progress>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far an import is, and every step from now on; none when this process is not writing it. The receiver's `changed`
/// fails when the import has ended, well or not: its row tells which.
#[must_use]
pub fn follow(id: ImportId) -> Option<watch::Receiver<Progress>> {
    running().get(&id).map(watch::Sender::subscribe)
}

/// An import that this process is writing; it is followed until this is dropped.
#[derive(Debug)]
pub(super) struct Told(ImportId);

impl Told {
    pub(super) fn begin(id: ImportId, total: i64) -> Self {
        running().insert(id, watch::Sender::new(Progress { phase: Phase::Reading, done: 0, total }));
        Self(id)
    }

    pub(super) fn tell(&self, phase: Phase, done: i64) {
        if let Some(to) = running().get(&self.0) {
            to.send_modify(|progress| *progress = Progress { phase, done, ..*progress });
        }
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        running().remove(&self.0);
    }
}
