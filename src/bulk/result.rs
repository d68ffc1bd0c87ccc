//! What became of each of a job's people, as a file.

use crate::access::Actor;
use crate::act::{App, Obstacle};
use crate::audit::Entry;
use crate::base::id::BulkId;
use crate::base::{Error, Result};
use crate::bulk::{ItemState, Job, Line, State, acts, items, store};
use crate::import::Download;
use crate::import::out::{Cell, Format, Goes, Row, Table, Writing};
use uuid::Uuid;

/// Lines that are read at a time.
const AT_A_TIME: i64 = 1_000;
const HEADS: [&str; 5] = ["Name", "Email", "Company", "Result", "Reason"];

/// One line for each of them, as CSV. None of it runs as a formula (S55).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` before it was confirmed.
pub async fn file(app: &App, actor: &Actor, id: BulkId) -> Result<Download> {
    let mut look = app.look(actor).await?;
    let job = store::find(&mut look, id).await?;
    acts::must(actor, job.kind)?;
    if job.started_at.is_none() {
        return Err(Error::refused("Nothing has been done yet, so there is no result. Confirm it first."));
    }
    let stem = format!("{}-{}", job.kind.code().replace('_', "-"), job.created_at.rfc3339().replace(':', "-"));
    let table = Table { stem, sheet: "Result", heads: HEADS.to_vec() };
    let mut out = Writing::begin(table, Format::Csv).await?;
    let mut after = Uuid::nil();
    loop {
        let lines = items::lines_after(&mut look, &job, after, AT_A_TIME).await?;
        let Some(last) = lines.last() else { break };
        after = last.subject_id;
        if out.put(lines.iter().map(|line| row(&job, line)).collect()).await == Goes::Nowhere {
            break;
        }
    }
    drop(look);
    let (download, rows) = out.end().await?;
    let what = format!("the result of a bulk action: {}", job.kind.words());
    app.begin(actor).await?.commit(Entry::Exported { what, rows }).await?;
    Ok(download)
}

fn row(job: &Job, line: &Line) -> Row {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let reason = line.obstacle().map_or("", Obstacle::label).to_owned();
    [text(&line.name), text(&line.email), text(&line.company), line.state.label(job.state).to_owned(), reason]
        .into_iter()
        .map(Cell::Text)
        .collect()
}

impl ItemState {
    /// What pages and files call it, in a job that is so far.
    #[must_use]
    pub fn label(self, of: State) -> &'static str {
        match self {
            Self::Waiting if of.has_ended() => "Left as it was",
            Self::Waiting => "Waiting",
            Self::Done => "Done",
            Self::Skipped => "Skipped",
            Self::Failed => "Failed",
        }
    }
}
