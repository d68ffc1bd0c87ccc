//! One bulk action: what it would do, how far it is, what it did.

use crate::act::{App, Obstacle, Scope};
use crate::base::text::Reason;
use crate::base::{Error, Instant, Problems, Result};
use crate::bulk::{self, ItemState, Job, Kind, Line, State as Stage, Subjects, acts};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::bulk::events::Far;
use crate::web::console::bulk::{id_of, list_of, path_of, words};
use crate::web::console::{Staff, count, number, pace_words};
use crate::web::form::{Form, Nothing};
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

/// How many of each class are shown; the rest is counted, and stands in the file.
const MOST_SHOWN: i64 = 10;

#[derive(Template)]
#[template(path = "console/bulk_job.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    path: String,
    list: (&'static str, &'static str),
    stage: Stage,
    title: String,
    lede: String,
    by: String,
    began: (String, String),
    error: Option<String>,
    pace: Option<String>,
    undoes: Option<String>,
    undone_by: Option<String>,
    undo: Option<Undo>,
    numbers: Numbers,
    classes: Vec<Class>,
    far: Option<Far>,
    consequence: String,
    unadministered: Option<String>,
    verb: String,
    verb_class: &'static str,
    takes_reason: bool,
    because: String,
    cancel: String,
    outcome: String,
}

/// How many stand how.
struct Numbers {
    will: (&'static str, String),
    skipped: String,
    failed: Option<String>,
    left: Option<String>,
}

/// How what was done is taken back.
struct Undo {
    text: String,
    note: &'static str,
    until: (String, String),
}

/// People who stand in one way: the first of them, and how many more.
struct Class {
    title: String,
    badge: Badge,
    n: String,
    lines: Vec<Who>,
    rest: Option<String>,
}

/// One of them.
struct Who {
    name: String,
    email: String,
    company: String,
    href: Option<String>,
}

/// Shows it, however far it is.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let job = acts::job(&app, &staff.actor, id_of(&id)?).await?;
    answer::page(&page(&app, chrome, &staff, job).await?)
}

async fn page(app: &App, chrome: Chrome, staff: &Staff, job: Job) -> Result<Page> {
    let mut look = staff.look(app).await?;
    let (here, ..) = list_of(job.kind);
    let console = staff.chrome(&mut look, here).await?;
    let classes = classes(&mut look, &job).await?;
    let undone_by = bulk::undoing(&mut look, job.id).await?.map(path_of);
    let mails = matches!(job.kind, Kind::Invite | Kind::ResendInvitations) && job.counts.done > 0;
    let pace = if mails { pace_words(&mut look, app).await? } else { None };
    let now = look.now;
    Ok(Page { pace, ..Page::of(chrome, console, staff, job, classes, undone_by, now) })
}

/// The people of a job, class by class: while it is done, only those who have come to nothing.
async fn classes(scope: &mut Scope, job: &Job) -> Result<Vec<Class>> {
    let mut wanted: Vec<(ItemState, Option<Obstacle>, i64)> = Vec::new();
    let counts = &job.counts;
    if job.state == Stage::Preparing {
        return Ok(Vec::new());
    }
    wanted.push((ItemState::Failed, None, counts.failed));
    if matches!(job.state, Stage::Ready) {
        wanted.push((ItemState::Waiting, None, counts.waiting));
    }
    wanted.extend(counts.skipped.iter().map(|(obstacle, n)| (ItemState::Skipped, Some(*obstacle), *n)));
    if job.state.has_ended() {
        wanted.push((ItemState::Waiting, None, counts.waiting));
        wanted.push((ItemState::Done, None, counts.done));
    }
    let mut classes = Vec::new();
    for (state, obstacle, n) in wanted.into_iter().filter(|(_, _, n)| *n > 0) {
        let lines = bulk::first_lines(scope, job, state, obstacle, MOST_SHOWN).await?;
        classes.push(Class::of(job, state, obstacle, n, &lines));
    }
    Ok(classes)
}

impl Class {
    fn of(job: &Job, state: ItemState, obstacle: Option<Obstacle>, n: i64, lines: &[Line]) -> Self {
        let (title, text, tone, icon) = match (state, obstacle) {
            (ItemState::Waiting, _) if job.state.has_ended() => ("Left as they were", "Not done", "ring", ""),
            (ItemState::Waiting, _) => (words::will(job.kind), "To do", "ring", ""),
            (ItemState::Done, _) => (words::was(job.kind), "Done", "ok", "check"),
            (ItemState::Failed, _) => ("Something went wrong on our side", "Failed", "bad", "alert"),
            (ItemState::Skipped, obstacle) => (obstacle.map_or("Skipped", Obstacle::label), "Skipped", "warn", "minus"),
        };
        let more = n - i64::try_from(lines.len()).unwrap_or_default();
        Self {
            title: title.to_owned(),
            badge: Badge { text, tone, icon },
            n: number(n),
            lines: lines.iter().map(|line| Who::of(job, line)).collect(),
            rest: (more > 0).then(|| format!("And {} more", number(more))),
        }
    }
}

impl Who {
    fn of(job: &Job, line: &Line) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let folder = match job.kind.subjects() {
            Subjects::PortalUsers => "portal-users",
            Subjects::Contacts => "contacts",
        };
        Self {
            name: text(&line.name),
            email: text(&line.email),
            company: text(&line.company),
            href: line.name.as_ref().map(|_| format!("/console/{folder}/{}", line.subject_id)),
        }
    }
}

impl Page {
    #[allow(clippy::too_many_arguments)] // what a page shows comes from as many places
    fn of(
        chrome: Chrome,
        console: ConsoleChrome,
        staff: &Staff,
        job: Job,
        classes: Vec<Class>,
        undone_by: Option<String>,
        now: Instant,
    ) -> Self {
        let counts = &job.counts;
        let title = words::title(&job);
        let (_, name, href) = list_of(job.kind);
        let runs = matches!(job.state, Stage::Preparing | Stage::Running);
        let ready = job.state == Stage::Ready;
        let may_undo = undone_by.is_none() && job.undo(now).is_ok_and(|kind| kind.is_open_to(&staff.actor));
        let undo = job.undo_until().filter(|_| may_undo).and_then(|until| {
            let text = words::undo(job.kind, &words::people(job.kind, counts.done))?;
            Some(Undo { text, note: words::undo_note(job.kind), until: (until.rfc3339(), until.words()) })
        });
        Self {
            chrome: chrome.titled(title.trim_end_matches('?')),
            console,
            problems: Problems::default(),
            path: path_of(job.id),
            list: (name, href),
            stage: job.state,
            lede: lede(&job),
            by: job.by_name.clone(),
            began: {
                let at = job.started_at.unwrap_or(job.created_at);
                (at.rfc3339(), at.words())
            },
            error: job.error.clone(),
            pace: None,
            undoes: job.undo_of.map(path_of),
            undone_by,
            undo,
            numbers: Numbers {
                will: if ready {
                    (words::will(job.kind), number(counts.waiting))
                } else {
                    (words::was(job.kind), number(counts.done))
                },
                skipped: number(counts.skipped_in_all()),
                failed: (counts.failed > 0).then(|| number(counts.failed)),
                left: (job.state.has_ended() && counts.waiting > 0).then(|| number(counts.waiting)),
            },
            classes,
            far: runs.then(|| Far::of(&job, now)),
            consequence: words::consequence(job.kind, &staff.business),
            unadministered: words::unadministered(&counts.unadministered),
            verb: words::confirm(job.kind, &words::people(job.kind, counts.waiting)),
            verb_class: words::verb_class(job.kind),
            takes_reason: job.kind.takes_reason(),
            because: job.because.as_ref().map(ToString::to_string).unwrap_or_default(),
            cancel: cancel_words(&job),
            outcome: format!("{title}. {}", lede(&job)),
            title,
        }
    }

    /// Whether there is somebody to do it to.
    fn can_be_confirmed(&self) -> bool {
        self.stage == Stage::Ready && self.numbers.will.1 != "0"
    }
}

fn lede(job: &Job) -> String {
    let counts = &job.counts;
    let skipped = counts.skipped_in_all() + counts.failed;
    match job.state {
        Stage::Preparing => "You can leave this page. Nothing is done before you confirm it.".into(),
        Stage::Ready => format!("{} selected. Nothing has been done yet.", words::people(job.kind, counts.all())),
        Stage::Running => "You can leave this page. It carries on, and the result is kept here for 30 days.".into(),
        Stage::Done if skipped == 0 => "Nobody was skipped.".into(),
        Stage::Done => format!("{} not done; the reasons are below.", count(skipped, "person was", "people were")),
        Stage::Cancelled if job.started_at.is_none() => "It was discarded before anything was done.".into(),
        Stage::Cancelled | Stage::Stopped => {
            format!(
                "It ended before everybody was done: {} left as they were.",
                words::people(job.kind, counts.waiting)
            )
        }
    }
}

fn cancel_words(job: &Job) -> String {
    match job.state {
        Stage::Running => format!("Cancel the {} not done", number(job.counts.waiting)),
        _ => "Cancel".into(),
    }
}

/// Why it is done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    #[serde(default)]
    because: String,
}

/// Confirms it: from now on it goes on by itself.
pub async fn confirm(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(why): Form<Why>,
) -> Answer {
    let id = id_of(&id)?;
    let because = match Reason::parse_optional(&why.because) {
        Ok(because) => because,
        Err(wrong) => {
            let job = acts::job(&app, &staff.actor, id).await?;
            let mut page = page(&app, chrome, &staff, job).await?;
            page.chrome = page.chrome.with_error();
            page.problems = Problems::one("because", wrong.to_string());
            page.because = why.because;
            return answer::again(&page);
        }
    };
    acts::confirm(&app, &staff.actor, id, because).await?;
    answer::see(&path_of(id))
}

/// Ends it here.
pub async fn cancel(State(app): State<App>, staff: Staff, Path(id): Path<String>, _: Form<Nothing>) -> Answer {
    let id = id_of(&id)?;
    let job = acts::cancel(&app, &staff.actor, id).await?;
    if job.started_at.is_none() {
        let (_, _, list) = list_of(job.kind);
        return answer::see_with(list, "info", "Discarded", "Nothing was changed.");
    }
    answer::see_with(&path_of(id), "info", "Cancelled", "What was done stays done; the rest was left as it was.")
}

/// Takes back what it did.
pub async fn undo(State(app): State<App>, staff: Staff, Path(id): Path<String>, _: Form<Nothing>) -> Answer {
    let id = id_of(&id)?;
    match acts::undo(&app, &staff.actor, id).await {
        Ok(job) => answer::see(&path_of(job.id)),
        Err(Error::Conflict) => Err(Error::refused("This has been taken back already. Nothing was done twice.").into()),
        Err(other) => Err(other.into()),
    }
}

/// A job that is so far.
#[cfg(test)]
pub(super) fn sample(stage: Stage) -> Job {
    use crate::bulk::Unadministered;
    let mut job = Job::sample(Kind::Disable, stage);
    job.counts.waiting = if stage == Stage::Done { 0 } else { 182 };
    job.counts.done = if stage == Stage::Ready { 0 } else { 106 };
    job.counts.failed = i64::from(stage == Stage::Done);
    job.counts.skipped = [(Obstacle::AlreadyDisabled, 12), (Obstacle::Gone, 1)].into();
    job.counts.unadministered =
        Unadministered { clients: 5, first: vec!["Bramble Civil".into(), "Coldstream Foods".into()] };
    job.error = (stage == Stage::Stopped).then(|| {
        "Hana Whitlock does not have the permission “Disable, enable and change portal users” any more, so this was stopped.".into()
    });
    job
}

/// How it looks from the beginning to the end.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let stages = [
        ("console/bulk_job-preparing", Stage::Preparing),
        ("console/bulk_job-ready", Stage::Ready),
        ("console/bulk_job-running", Stage::Running),
        ("console/bulk_job-done", Stage::Done),
        ("console/bulk_job-cancelled", Stage::Cancelled),
        ("console/bulk_job-stopped", Stage::Stopped),
    ];
    let mut all = Vec::new();
    for (name, stage) in stages {
        let job = sample(stage);
        let who = |n: u128, name: &str, email: &str| Who {
            name: name.into(),
            email: email.into(),
            company: if name.is_empty() { String::new() } else { "Bramble Civil".into() },
            href: (!name.is_empty()).then(|| format!("/console/portal-users/{n}")),
        };
        let class = |state, obstacle, n: i64, lines: Vec<Who>| Class {
            lines,
            rest: (n > 2).then(|| format!("And {} more", n - 2)),
            ..Class::of(&job, state, obstacle, n, &[])
        };
        let two = || vec![who(1, "Devika Rao", "devika@bramble.test"), who(2, "Joel Okafor", "joel@marlow.test")];
        let mut classes = vec![
            class(ItemState::Skipped, Some(Obstacle::AlreadyDisabled), 12, two()),
            class(ItemState::Skipped, Some(Obstacle::Gone), 1, vec![who(3, "", "")]),
        ];
        match stage {
            Stage::Preparing => classes.clear(),
            Stage::Ready => classes.insert(0, class(ItemState::Waiting, None, 182, two())),
            Stage::Done => {
                classes.insert(
                    0,
                    class(ItemState::Failed, None, 1, vec![who(4, "Mei-Lin Castellanos", "mei@lantern.test")]),
                );
                classes.push(class(ItemState::Done, None, 106, two()));
            }
            Stage::Running | Stage::Cancelled | Stage::Stopped => {}
        }
        let staff = samples::staff();
        let chrome = Chrome::bare("Bulk action");
        let console = samples::console_chrome("portal-users");
        let now = samples::NOW.plus_seconds(30);
        let mut page = Page::of(chrome, console, &staff, job.clone(), classes, None, now);
        if stage == Stage::Cancelled {
            page.undone_by = Some("/console/bulk/7".into());
            page.undo = None;
        }
        all.push((name, samples::rendered(&page)));
    }
    all
}
