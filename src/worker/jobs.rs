//! Works off what is done to many at once, beside the letters: a step of each job in turn, so that a large one does not keep
//! others waiting, and a pause after each step, so that no page does.

use crate::base::Result;
use crate::bulk::run::{self, Step};
use crate::worker::{LONGEST_WAIT, LOOK_EVERY, Worker};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The longest pause after a step; shorter after a shorter one. Whoever waits for the writer, or for the business, has come
/// before the next step and goes first; the pause is for those who need the processor.
const LONGEST_PAUSE: Duration = Duration::from_millis(25);

impl Worker {
    /// Works off all jobs that are due now, to their ends.
    ///
    /// # Errors
    /// When the database cannot be reached; what was done is kept, and it goes on from there.
    pub async fn work_due(&self) -> Result<usize> {
        self.work(&CancellationToken::new()).await
    }

    /// Works until it is told to stop; then the step in hand is seen to its end.
    pub(super) async fn run_jobs(&self, stop: &CancellationToken) {
        let mut wait = LOOK_EVERY;
        while !stop.is_cancelled() {
            wait = match self.work(stop).await {
                Ok(_) => LOOK_EVERY,
                Err(error) => {
                    let longer = (wait * 2).min(LONGEST_WAIT);
                    tracing::warn!(error = ?error, wait_seconds = longer.as_secs(), "the worker cannot go on with bulk actions");
                    longer
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.app.jobs.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Answers how many steps it went.
    async fn work(&self, stop: &CancellationToken) -> Result<usize> {
        let mut steps = 0;
        loop {
            let due = run::due(&self.app, self.node).await?;
            let mut went = false;
            for job in due {
                if stop.is_cancelled() {
                    run::lay_down(&self.app, job, self.node).await?;
                    continue;
                }
                let start = Instant::now();
                let step = run::step(&self.app, job, self.node).await?;
                went |= step != Step::Elsewhere;
                steps += 1;
                tokio::time::sleep(start.elapsed().min(LONGEST_PAUSE)).await;
            }
            if !went || stop.is_cancelled() {
                return Ok(steps);
            }
        }
    }
}
