//! The worker: delivers letters, works off bulk actions and sweeps out what is over, beside the pages, on every node.
//! Several nodes share the work without knowing of each other: whoever takes a letter in hand has it alone.

mod compose;
mod deliver;
mod jobs;
mod tidy;

pub use deliver::Delivered;

use crate::act::App;
use crate::base::Result;
use crate::base::id::uuid_at;
use crate::config::ConfigError;
use crate::db;
use crate::mail::post::Post;
use deliver::WayOut;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often a node looks for letters that another has written, or whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The longest that a node waits before it looks again when the database is away.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How often a node sweeps.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// The worker of one node. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    app: App,
    post: Arc<Post>,
    way_out: Arc<Mutex<WayOut>>,
    /// What tells this worker from those of other nodes.
    node: Uuid,
}

impl Worker {
    /// Gets the worker ready, with the way out for mail that the configuration names.
    ///
    /// # Errors
    /// When something that the configuration names cannot be used, named with its key.
    pub fn new(app: &App) -> Result<Self, ConfigError> {
        let post = Post::open(&app.config, &app.db)?;
        Ok(Self { app: app.clone(), post: Arc::new(post), way_out: Arc::default(), node: uuid_at(app.clock.now()) })
    }

    /// Works until it is told to stop; then what is in hand is seen to its end first. Woken by an act of this node, it
    /// begins at once; what other nodes wrote it finds within a second. Nothing that goes wrong ends it.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(self.run_letters(&stop), self.run_jobs(&stop));
    }

    async fn run_letters(&self, stop: &CancellationToken) {
        let mut sweeping = tokio::time::interval(SWEEP_EVERY);
        sweeping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut wait = LOOK_EVERY;
        while !stop.is_cancelled() {
            match self.deliver(stop).await {
                Ok(_) => {
                    wait = LOOK_EVERY;
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = self.app.wake.notified() => {}
                        () = tokio::time::sleep(wait) => {}
                        _ = sweeping.tick() => self.sweep_and_say().await,
                    }
                }
                Err(error) => {
                    wait = (wait * 2).min(LONGEST_WAIT);
                    tracing::warn!(error = ?error, wait_seconds = wait.as_secs(), "the worker cannot look for letters");
                    // Something that was done here tells that the database is back.
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = self.app.wake.notified() => {}
                        () = tokio::time::sleep(wait) => {}
                    }
                }
            }
        }
    }

    async fn sweep_and_say(&self) {
        if let Err(error) = db::again(|| self.sweep()).await {
            tracing::warn!(error = ?error, "the worker cannot sweep");
        }
    }
}
