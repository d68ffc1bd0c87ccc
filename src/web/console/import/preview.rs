//! What a file would do, its confirmation, and what it did.

use crate::act::App;
use crate::import::progress::{self, Phase, Progress};
use crate::import::{self, About, Findings, Note, OTHERS_SHOWN, Preview, REFUSED_SHOWN, State as Stage};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::import::outcome::{Numbers, bytes, lede, outcome, verb};
use crate::web::console::import::{id_of, path_of};
use crate::web::console::{Staff, count, number};
use crate::web::form::{Form, Nothing, Question};
use crate::web::parts::{Badge, Tab};
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/import_preview.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    about: About,
    upload_path: &'static str,
    path: String,
    file: String,
    by: String,
    handed: (String, String),
    ended: Option<(String, String)>,
    stage: Stage,
    error: Option<String>,
    lede: String,
    outcome: String,
    verb: Option<String>,
    numbers: Numbers,
    findings: Findings,
    size: String,
    tabs: Vec<Tab>,
    shown: Shown,
    progress: Option<Said>,
}

/// The rows that are looked at.
enum Shown {
    /// Those that are not taken.
    Refused,
    /// Those that change something.
    Changed,
    /// Those that add something.
    New,
    /// There are none of any of these.
    Nothing,
}

/// How far an import is, in words and as a bar.
pub struct Said {
    pub done: u64,
    pub total: u64,
    pub said: String,
    pub left: String,
}

impl From<Progress> for Said {
    fn from(progress: Progress) -> Self {
        let rows = format!("{} of {} rows", number(progress.done), number(progress.total));
        let (said, left) = match progress.phase {
            Phase::Reading => (rows, "Waiting for its turn"),
            Phase::Writing => (rows, "Writing"),
            Phase::Finishing => (rows, "Making everything durable"),
        };
        Self {
            done: u64::try_from(progress.done).unwrap_or_default(),
            total: u64::try_from(progress.total).unwrap_or_default().max(1),
            said,
            left: left.into(),
        }
    }
}

/// Which rows are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
}

/// Shows it, however far it is.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(asked): Question<Asked>,
) -> Answer {
    let id = id_of(&id)?;
    // Asked for before the row is read: an import that ends in between is seen as ended, never as one without progress.
    let progress = progress::follow(id).map(|now| Said::from(*now.borrow()));
    let import = import::acts::preview(&app, &staff.actor, id).await?;
    let console = staff.chrome(&mut *staff.look(&app).await?, "import").await?;
    answer::page(&page(chrome, console, import, progress, &asked.show))
}

fn page(chrome: Chrome, console: ConsoleChrome, import: Preview, progress: Option<Said>, show: &str) -> Page {
    let Preview { id, about, file_name, size, by, created_at, state, ended_at, error, findings } = import;
    let upload_path = path_of(about);
    let path = format!("{upload_path}/{id}");
    let shown = shown(show, &findings);
    let title = match state {
        Stage::Ready => "Check before importing",
        Stage::Running => "Importing",
        Stage::Done => "Imported",
    };
    Page {
        chrome: chrome.titled(title),
        console,
        lede: lede(state, &findings),
        outcome: outcome(about, &findings),
        verb: verb(about, &findings),
        numbers: Numbers::of(about, &findings, state),
        about,
        upload_path,
        size: bytes(size),
        tabs: tabs(&path, &findings, &shown),
        handed: (created_at.rfc3339(), created_at.words()),
        ended: ended_at.map(|at| (at.rfc3339(), at.words())),
        stage: state,
        path,
        file: file_name,
        by,
        error,
        findings,
        shown,
        progress,
    }
}

fn shown(asked: &str, findings: &Findings) -> Shown {
    match asked {
        "refused" if !findings.refused.is_empty() => Shown::Refused,
        "changed" if !findings.changed.is_empty() => Shown::Changed,
        "new" if !findings.new.is_empty() => Shown::New,
        _ if !findings.refused.is_empty() => Shown::Refused,
        _ if !findings.changed.is_empty() => Shown::Changed,
        _ if !findings.new.is_empty() => Shown::New,
        _ => Shown::Nothing,
    }
}

fn tabs(path: &str, findings: &Findings, shown: &Shown) -> Vec<Tab> {
    let counts = &findings.counts;
    let tab = |text: &str, code: &str, n: i64, here: bool| Tab {
        text: text.into(),
        href: format!("{path}?show={code}"),
        count: Some(number(n)),
        here,
    };
    let mut tabs = vec![
        tab("Refused", "refused", counts.refused, matches!(shown, Shown::Refused)),
        tab("Changed", "changed", counts.changed, matches!(shown, Shown::Changed)),
        tab("New", "new", counts.new, matches!(shown, Shown::New)),
    ];
    tabs.retain(|tab| tab.count.as_deref() != Some("0"));
    tabs
}

impl Page {
    /// What is said about a new row.
    fn note(&self, note: Note) -> Badge {
        match note {
            Note::Contact => Badge { text: "New contact", tone: "ok", icon: "plus" },
            Note::WithClient => Badge { text: "New client", tone: "ok", icon: "building" },
            Note::Blocked => Badge { text: "Stays blocked", tone: "bad", icon: "ban" },
            Note::Record => Badge { text: "New record", tone: "ok", icon: "plus" },
        }
    }

    /// Files that came with the records and that no row names, if there are any.
    fn unnamed(&self) -> Option<(String, String)> {
        let Findings { unnamed, unnamed_count, .. } = &self.findings;
        let more = unnamed_count - i64::try_from(unnamed.len()).unwrap_or_default();
        let others = if more > 0 { format!(", and {} more", number(more)) } else { String::new() };
        let title = format!("No row names {}", count(*unnamed_count, "file", "files"));
        (*unnamed_count > 0).then(|| (title, format!("Left out: {}{others}.", unnamed.join(", "))))
    }

    /// What the table leaves out, if it does.
    fn rest(&self) -> Option<String> {
        let counts = &self.findings.counts;
        let (most, all) = match self.shown {
            Shown::Refused => (REFUSED_SHOWN, counts.refused),
            Shown::Changed => (OTHERS_SHOWN, counts.changed),
            Shown::New => (OTHERS_SHOWN, counts.new),
            Shown::Nothing => return None,
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        (all > most).then(|| format!("The first {} of {}", number(most), number(all)))
    }
}

/// Confirms it: from now on it goes on by itself.
pub async fn confirm(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let id = id_of(&id)?;
    let about = import::acts::preview(&app, &staff.actor, id).await?.about;
    import::acts::start(&app, &staff.actor, id).await?;
    answer::see(&format!("{}/{id}", path_of(about)))
}

/// An import that is so far.
#[cfg(test)]
pub(super) fn sample(stage: Stage) -> Preview {
    use crate::audit::Counts;
    use crate::import::columns::Matched;
    use crate::import::{Change, ChangedRow, NewRow, RefusedRow, RowProblem, Sorts};
    use crate::web::samples::NOW;
    let problem = |column: &str, reason: &str| RowProblem { column: column.into(), reason: reason.into() };
    let change = |what: &str, from: &str, to: &str| Change { what: what.into(), from: from.into(), to: to.into() };
    let new = |row: u32, who: &str, note: Note| NewRow {
        row,
        who: who.into(),
        client: "Bramble Civil".into(),
        note,
        more: String::new(),
    };
    Preview {
        id: crate::base::id::ImportId(uuid::Uuid::from_u128(12)),
        about: About::People,
        file_name: "site-contacts-nov.csv".into(),
        size: 18_432,
        by: "Hana Whitlock".into(),
        created_at: NOW,
        state: stage,
        ended_at: (stage == Stage::Done).then_some(NOW),
        error: (stage == Stage::Ready).then(|| "Something was changed since this preview was made.".into()),
        findings: Findings {
            format: "CSV, separated by semicolons, Windows-1252".into(),
            counts: Counts { new: 97, changed: 12, unchanged: 3, refused: 6 },
            clients: Sorts { new: 2, changed: 0, unchanged: 9 },
            contacts: Sorts { new: 97, changed: 12, unchanged: 3 },
            stay_blocked: 1,
            matched: vec![Matched { header: "Account no.".into(), column: "Client reference".into() }],
            ignored: vec!["Shoe size".into()],
            refused: vec![RefusedRow {
                row: 5,
                who: String::new(),
                problems: vec![problem("Email", "It has no @."), problem("Cell phone", "“abc” is not a phone number.")],
            }],
            changed: vec![ChangedRow {
                row: 7,
                who: "Devika Rao".into(),
                client: "Bramble Civil".into(),
                changes: vec![change("Title", "", "Site manager"), change("Cell phone", "0491 570 006", "")],
            }],
            new: vec![
                new(8, "Idris Bako", Note::Contact),
                new(9, "", Note::WithClient),
                new(10, "Joel Okafor", Note::Blocked),
            ],
            ..Findings::default()
        },
    }
}

/// An import of records that is so far.
#[cfg(test)]
fn records_sample(stage: Stage) -> Preview {
    use crate::audit::Counts;
    use crate::import::{Change, ChangedRow, NewRow, Sorts};
    let people = sample(stage);
    let change = |what: &str, from: &str, to: &str| Change { what: what.into(), from: from.into(), to: to.into() };
    let client = || "Bramble Civil".to_owned();
    Preview {
        about: About::Records,
        file_name: "invoices-nov.xlsx".into(),
        error: None,
        findings: Findings {
            format: "Excel workbook, sheet “Records”".into(),
            counts: Counts { new: 41, changed: 1, unchanged: 3, refused: 1 },
            records: Sorts { new: 41, changed: 1, unchanged: 3 },
            files: 42,
            unnamed: vec!["november/draft.pdf".into()],
            unnamed_count: 1,
            changed: vec![ChangedRow {
                row: 3,
                who: "invoice 20418".into(),
                client: client(),
                changes: vec![change("State", "open", "paid"), change("Attachments", "", "receipt.pdf")],
            }],
            new: vec![NewRow {
                row: 4,
                who: "invoice 20419".into(),
                client: client(),
                note: Note::Record,
                more: "Cartage, November. For everybody. With invoice 20419.pdf.".into(),
            }],
            ..people.findings
        },
        ..people
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let html = |import: Preview, progress: Option<Said>, show: &str| {
        samples::rendered(&page(Chrome::bare(""), samples::console_chrome("import"), import, progress, show))
    };
    let now = Said::from(Progress { phase: Phase::Writing, done: 64, total: 118 });
    let nothing = Preview { findings: Findings::default(), error: None, ..sample(Stage::Ready) };
    vec![
        ("console/import_preview", html(sample(Stage::Ready), None, "")),
        ("console/import_preview-changed", html(sample(Stage::Ready), None, "changed")),
        ("console/import_preview-new", html(sample(Stage::Done), None, "new")),
        ("console/import_preview-nothing", html(nothing, None, "")),
        ("console/import_preview-running", html(sample(Stage::Running), Some(now), "")),
        ("console/import_preview-elsewhere", html(sample(Stage::Running), None, "")),
        ("console/import_preview-done", html(sample(Stage::Done), None, "")),
        ("console/import_preview-records", html(records_sample(Stage::Ready), None, "new")),
        ("console/import_preview-records-changed", html(records_sample(Stage::Ready), None, "changed")),
        ("console/import_preview-records-done", html(records_sample(Stage::Done), None, "")),
    ]
}
