//! The latest bulk actions, and those that run now.

use crate::act::{App, Scope};
use crate::base::Result;
use crate::bulk::{Job, State as Stage, acts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::bulk::events::Far;
use crate::web::console::bulk::{path_of, words};
use crate::web::console::{Staff, number};
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::State;

/// How many are shown.
const MOST: i64 = 50;

/// One that runs now: what other pages say about it.
#[derive(Clone, Debug)]
pub struct Running {
    /// What is being done.
    pub title: String,
    /// How far it is, and whose it is.
    pub said: String,
    /// Its page.
    pub href: String,
}

/// Those that run now, as far as the staff member may see them.
///
/// # Errors
/// When the database cannot be read.
pub async fn running(scope: &mut Scope, staff: &Staff) -> Result<Vec<Running>> {
    let now = scope.now;
    let jobs = acts::running(scope, &staff.actor).await?;
    Ok(jobs.iter().map(|job| Running::of(job, now)).collect())
}

impl Running {
    fn of(job: &Job, now: crate::base::Instant) -> Self {
        let said = format!("{}, started by {}.", Far::of(job, now).said, job.by_name);
        Self { title: words::title(job), said, href: path_of(job.id) }
    }
}

#[derive(Template)]
#[template(path = "console/bulk_list.html")]
struct List {
    chrome: Chrome,
    console: ConsoleChrome,
    lines: Vec<Line>,
}

/// One bulk action, as a line.
struct Line {
    href: String,
    title: String,
    icon: &'static str,
    by: String,
    at: (String, String),
    badge: Badge,
    done: String,
    skipped: String,
}

impl From<Stage> for Badge {
    fn from(stage: Stage) -> Self {
        let (text, tone, icon) = match stage {
            Stage::Preparing => ("Being looked at", "info", "clock"),
            Stage::Ready => ("Not confirmed", "ring", ""),
            Stage::Running => ("Running", "info", "clock"),
            Stage::Done => ("Done", "ok", "check"),
            Stage::Cancelled => ("Cancelled", "", "minus"),
            Stage::Stopped => ("Stopped", "bad", "alert"),
        };
        Self { text, tone, icon }
    }
}

/// Shows them.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    let mut look = staff.look(&app).await?;
    let jobs = acts::latest(&mut look, &staff.actor, MOST).await?;
    let console = staff.chrome(&mut look, "portal-users").await?;
    answer::page(&page(chrome, console, &jobs))
}

fn page(chrome: Chrome, console: ConsoleChrome, jobs: &[Job]) -> List {
    let line = |job: &Job| Line {
        href: path_of(job.id),
        title: words::title(job).trim_end_matches('?').to_owned(),
        icon: words::icon(job.kind),
        by: job.by_name.clone(),
        at: (job.created_at.rfc3339(), job.created_at.words()),
        badge: job.state.into(),
        done: number(job.counts.done),
        skipped: number(job.counts.skipped_in_all() + job.counts.failed),
    };
    List { chrome: chrome.titled("Bulk actions"), console, lines: jobs.iter().map(line).collect() }
}

/// One that runs, as other pages show it.
#[cfg(test)]
pub fn sample_running() -> Running {
    Running::of(&crate::web::console::bulk::page::sample(Stage::Running), crate::web::samples::NOW.plus_seconds(30))
}

/// How the list looks, with and without any.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::console::bulk::page::sample;
    use crate::web::samples;
    let jobs = [Stage::Running, Stage::Done, Stage::Ready, Stage::Stopped, Stage::Cancelled].map(sample);
    let rendered = |jobs: &[Job]| {
        samples::rendered(&page(Chrome::bare("Bulk actions"), samples::console_chrome("portal-users"), jobs))
    };
    vec![("console/bulk_list", rendered(&jobs)), ("console/bulk_list-none", rendered(&[]))]
}
