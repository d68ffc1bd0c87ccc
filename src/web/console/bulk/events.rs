//! How far a bulk action is, as it happens. Every node reads it from the job itself.

use crate::access::Actor;
use crate::act::App;
use crate::base::Instant;
use crate::base::id::BulkId;
use crate::bulk::{Job, State as Stage, acts};
use crate::web::answer::Answer;
use crate::web::chrome::Chrome;
use crate::web::console::bulk::{id_of, words};
use crate::web::console::{Staff, count, number};
use crate::web::events::{self, Followed, Now};
use askama::Template;
use axum::extract::{Path, State};
use std::time::Duration;

/// How often it is looked at.
const STEP: Duration = Duration::from_millis(400);
/// How many steps may pass without a word before the connection is shown to live.
const QUIET_STEPS: u32 = 5;

/// How far it is, in words and as a bar.
pub struct Far {
    pub done: u64,
    pub total: u64,
    pub said: String,
    pub left: String,
    pub outcomes: Vec<(&'static str, &'static str, String)>,
}

#[derive(Template)]
#[template(path = "console/part/bulk_progress.html")]
struct Part {
    chrome: Chrome,
    far: Far,
}

impl Far {
    /// Of a job that is prepared or done now.
    pub fn of(job: &Job, now: Instant) -> Self {
        let counts = &job.counts;
        let (done, to_do) = (counts.done + counts.failed, counts.done + counts.failed + counts.waiting);
        let mut outcomes = Vec::new();
        let mut outcome = |tone, icon, n: i64, text: &str| {
            if n > 0 {
                outcomes.push((tone, icon, format!("{} {text}", number(n))));
            }
        };
        if job.state == Stage::Preparing {
            let said = format!("{} looked at so far", words::people(job.kind, counts.all()));
            // How many there are is known when all have been looked at.
            return Self { done: 0, total: 0, said, left: String::new(), outcomes };
        }
        outcome("ok dot", "", counts.done, "done");
        outcome("", "minus", counts.skipped_in_all(), "skipped");
        outcome("bad", "alert", counts.failed, "failed");
        outcome("ring", "", counts.waiting, "waiting");
        Self {
            done: u64::try_from(done).unwrap_or_default(),
            total: u64::try_from(to_do).unwrap_or_default().max(1),
            said: format!("{} of {}", number(done), words::people(job.kind, to_do)),
            left: job.started_at.map(|at| left(now.seconds_since(at), done, counts.waiting)).unwrap_or_default(),
            outcomes,
        }
    }
}

/// How long it will take, as far as it can be told from how long it took.
fn left(seconds: i64, done: i64, waiting: i64) -> String {
    if seconds < 2 || done == 0 {
        return String::new();
    }
    match seconds.saturating_mul(waiting) / done {
        ..5 => "A few seconds left".into(),
        s @ 5..60 => format!("About {s} seconds left"),
        s => format!("About {} left", count((s + 59) / 60, "minute", "minutes")),
    }
}

/// A bulk action that somebody follows.
struct Action {
    app: App,
    actor: Actor,
    id: BulkId,
    last: String,
    quiet: u32,
}

/// Follows it.
pub async fn follow(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    acts::job(&app, &staff.actor, id).await?;
    Ok(events::follow(Action { app, actor: staff.actor, id, last: String::new(), quiet: 0 }))
}

impl Followed for Action {
    async fn now(&mut self) -> Now {
        // A database that is away is no end: the browser comes back.
        let Ok(job) = acts::job(&self.app, &self.actor, self.id).await else { return Now::Quiet };
        if !matches!(job.state, Stage::Preparing | Stage::Running) {
            return Now::Over;
        }
        let html =
            Part { chrome: Chrome::bare(""), far: Far::of(&job, self.app.clock.now()) }.render().unwrap_or_default();
        self.quiet = if html == self.last { self.quiet + 1 } else { 0 };
        self.last.clone_from(&html);
        if self.quiet > 0 { Now::Quiet } else { Now::Part(html) }
    }

    async fn wait(&mut self) {
        tokio::time::sleep(if self.quiet > QUIET_STEPS { STEP * 2 } else { STEP }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn how_long_it_takes_is_told_when_it_can_be() {
        assert_eq!(left(1, 500, 99_500), "");
        assert_eq!(left(10, 0, 100), "");
        assert_eq!(left(10, 50_000, 10_000), "A few seconds left");
        assert_eq!(left(10, 50_000, 50_000), "About 10 seconds left");
        assert_eq!(left(10, 10_000, 90_000), "About 2 minutes left");
    }
}
