//! What is done with a spreadsheet: prepare it, look at what it would do, and do all of it or nothing.

use crate::access::Actor;
use crate::act::{App, Look, Scope};
use crate::audit::{Counts, Entry};
use crate::base::id::ImportId;
use crate::base::{Error, Result, cell};
use crate::business;
use crate::import::clients::Clients;
use crate::import::matter::Matter;
use crate::import::pass::Pass;
use crate::import::progress::{Phase, Told};
use crate::import::records::attachments::{self, Attachments, Source};
use crate::import::records::{self, Records};
use crate::import::upload::{Upload, disk};
use crate::import::{About, Download, Findings, Preview, State, store};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use tokio::task::JoinHandle;

/// Seconds after which the file of an import is removed.
const KEPT: i64 = 24 * 60 * 60;

/// How many files that no row names are told by name.
const UNNAMED_SHOWN: usize = 20;

/// New rows after which the database counts anew what there is, for the first time; then whenever they are four times as many.
const COUNTED_AT: i64 = 1_000;

const CHANGED_MEANWHILE: &str = "Something was changed since this preview was made, so nothing was imported. \
    The preview below is new: look at it again, then confirm.";

/// Prepares an import of clients and contacts: reads the whole file, keeps it, and shows what it would do. Nothing else is
/// written.
///
/// # Errors
/// `Forbidden`; `Invalid` on the field `file` when it cannot be read, with what is wrong and what to do about it.
pub async fn prepare(app: &App, actor: &Actor, file_name: &str, upload: Upload) -> Result<Preview> {
    actor.must(About::People.permission())?;
    let size = upload.size();
    let file = upload.finish().await?;
    let mut look = app.look(actor).await?;
    let findings = look_through(&mut look, file.try_clone().map_err(disk)?, Clients::default()).await?;
    drop(look);
    let handed = Handed { about: About::People, file_name, size, file };
    put_aside(app, actor, handed, findings, &Attachments::default()).await
}

/// Prepares an import of records, with the files that its rows name: reads all of it, keeps it, and shows what it would do.
/// Nothing is shared, and nobody is told.
///
/// # Errors
/// `Forbidden`; `Invalid` on the field `file` or `attachments` when it cannot be read, with what is wrong and what to do about it.
pub async fn prepare_records(
    app: &App,
    actor: &Actor,
    file_name: &str,
    upload: Upload,
    source: Source,
) -> Result<Preview> {
    actor.must(About::Records.permission())?;
    let size = upload.size();
    let file = upload.finish().await?;
    let again = || file.try_clone().map_err(disk);
    let named = records::named_files(again()?).await?;
    let (attachments, unnamed) = attachments::gather(app, actor, source, named).await?;
    let mut look = app.look(actor).await?;
    let mut findings = look_through(&mut look, again()?, Records::with(attachments.clone())).await?;
    drop(look);
    findings.unnamed_count = i64::try_from(unnamed.len()).map_err(Error::internal)?;
    findings.unnamed = unnamed.into_iter().take(UNNAMED_SHOWN).collect();
    put_aside(app, actor, Handed { about: About::Records, file_name, size, file }, findings, &attachments).await
}

/// A file that was handed in.
struct Handed<'a> {
    about: About,
    file_name: &'a str,
    size: u64,
    file: File,
}

async fn put_aside(
    app: &App,
    actor: &Actor,
    handed: Handed<'_>,
    findings: Findings,
    attachments: &Attachments,
) -> Result<Preview> {
    let mut scope = own_scope(app, actor).await?;
    let import = Preview {
        id: ImportId::new(scope.now),
        about: handed.about,
        file_name: plain_name(handed.file_name, handed.about),
        size: i64::try_from(handed.size).map_err(Error::internal)?,
        by: actor.name().to_owned(),
        created_at: scope.now,
        state: State::Ready,
        ended_at: None,
        error: None,
        findings,
    };
    store::insert(&mut scope, &import).await?;
    store::insert_file(&mut scope, import.id, handed.file).await?;
    attachments.insert(&mut scope, import.id).await?;
    scope.tx.commit().await?;
    Ok(import)
}

/// What an import would do, or did: the same on every node.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn preview(app: &App, actor: &Actor, id: ImportId) -> Result<Preview> {
    permitted(&mut *app.look(actor).await?, actor, id).await
}

/// The import, if the actor may have to do with what it is about.
async fn permitted(scope: &mut Scope, actor: &Actor, id: ImportId) -> Result<Preview> {
    let import = store::find(scope, id).await?;
    actor.must(import.about.permission())?;
    Ok(import)
}

/// The latest imports of the business about something, newest first.
///
/// # Errors
/// `Forbidden`.
pub async fn latest(app: &App, actor: &Actor, about: About, most: i64) -> Result<Vec<Preview>> {
    actor.must(about.permission())?;
    store::latest(&mut *app.look(actor).await?, about, most).await
}

/// Confirms an import: all of it is written, or nothing. Waits for the end.
///
/// # Errors
/// As [`start`], and `Refused` when others have changed something since the preview: then it shows what would happen now.
pub async fn confirm(app: &App, actor: &Actor, id: ImportId) -> Result<Counts> {
    start(app, actor, id).await?.await.map_err(Error::internal)?
}

/// Confirms an import, which goes on by itself: whoever asked may leave. How far it is, is in
/// [`follow`](crate::import::progress::follow); how it ended, in its [`preview`].
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is being imported, or was.
pub async fn start(app: &App, actor: &Actor, id: ImportId) -> Result<JoinHandle<Result<Counts>>> {
    let import = take(app, actor, id).await?;
    let told = Told::begin(id, rows_of(&import.findings.counts));
    let (app, actor) = (app.clone(), actor.clone());
    Ok(tokio::spawn(async move {
        let result = import_all(&app, &actor, &import, &told).await;
        if let Err(error) = &result {
            lay_back(&app, &actor, &import, error).await;
        }
        drop(told);
        result
    }))
}

async fn take(app: &App, actor: &Actor, id: ImportId) -> Result<Preview> {
    let mut scope = own_scope(app, actor).await?;
    let import = permitted(&mut scope, actor, id).await?;
    // A generous guess at how long it takes; only a process that died lets it run out.
    let until = scope.now.plus_seconds(60 + 4 * import.size / (1024 * 1024));
    match store::take(&mut scope, id, until).await {
        Ok(()) => scope.tx.commit().await?,
        Err(Error::Conflict) if import.state == State::Done => {
            return Err(Error::refused(format!(
                "{} has been imported already. Nothing was done twice.",
                import.file_name
            )));
        }
        Err(Error::Conflict) => {
            return Err(Error::refused(format!(
                "{} is being imported at this moment. Wait until it is done.",
                import.file_name
            )));
        }
        Err(error) => return Err(error),
    }
    Ok(import)
}

/// The whole import in one act: parsed and sorted once more against what is there now, and committed only if it does what
/// the preview showed. A crash anywhere in here leaves nothing behind.
async fn import_all(app: &App, actor: &Actor, import: &Preview, told: &Told) -> Result<Counts> {
    match import.about {
        About::People => write_all(app, actor, import, told, Clients::default()).await,
        About::Records => {
            let matter = records_of(&mut *app.look(actor).await?, import.id).await?;
            write_all(app, actor, import, told, matter).await
        }
    }
}

async fn write_all<M: Matter + 'static>(
    app: &App,
    actor: &Actor,
    import: &Preview,
    told: &Told,
    matter: M,
) -> Result<Counts> {
    let file = store::fetch_file(&mut *app.look(actor).await?, import.id).await?;
    let mut act = app.begin(actor).await?;
    let mut pass = Pass::begin(file, matter);
    let mut about = Vec::new();
    let mut counted_at = COUNTED_AT;
    while let Some(rows) = pass.next(&mut act).await? {
        pass.matter.write(&mut act, &rows, &mut about).await?;
        if pass.findings.counts.new >= counted_at {
            act.tx.count_anew(M::GROWING).await?;
            counted_at = 4 * pass.findings.counts.new;
        }
        told.tell(Phase::Writing, rows_of(&pass.findings.counts));
    }
    let (findings, mut matter) = pass.end().await?;
    let counts = findings.counts;
    told.tell(Phase::Finishing, rows_of(&counts));
    if findings.digest != import.findings.digest {
        return Err(Error::refused(CHANGED_MEANWHILE));
    }
    matter.finish(&mut act).await?;
    store::done(&mut act, import.id, &findings.with_unnamed_of(&import.findings)).await?;
    let entry = Entry::Imported { import: import.id, file: import.file_name.clone(), counts };
    act.commit_about(vec![entry], &about).await?;
    Ok(counts)
}

async fn records_of(scope: &mut Scope, import: ImportId) -> Result<Records> {
    Ok(Records::with(Attachments::of(scope, import).await?))
}

/// Lays an import that came to nothing back, with the reason and a fresh preview. Should that fail too, its lease runs out.
async fn lay_back(app: &App, actor: &Actor, import: &Preview, error: &Error) {
    let laid = async {
        let mut look = app.look(actor).await?;
        let file = store::fetch_file(&mut look, import.id).await?;
        let findings = match import.about {
            About::People => look_through(&mut look, file, Clients::default()).await,
            About::Records => {
                let matter = records_of(&mut look, import.id).await?;
                look_through(&mut look, file, matter).await
            }
        };
        drop(look);
        let findings = findings.ok().map(|findings| findings.with_unnamed_of(&import.findings));
        let mut scope = own_scope(app, actor).await?;
        store::lay_back(&mut scope, import.id, &error.to_string(), findings.as_ref()).await?;
        scope.tx.commit().await
    };
    if let Err(second) = laid.await {
        tracing::warn!(import = %import.id, error = %second, "an import that failed could not be laid back");
    }
}

/// The refused rows of a file as a file of their own, each with what is wrong with it: to be mended and handed in again.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the file was removed meanwhile.
pub async fn refused_file(app: &App, actor: &Actor, id: ImportId) -> Result<Download> {
    let mut look = app.look(actor).await?;
    let import = permitted(&mut look, actor, id).await?;
    match import.about {
        About::People => refused_rows(&mut look, &import, Clients::default()).await,
        About::Records => {
            let matter = records_of(&mut look, id).await?;
            refused_rows(&mut look, &import, matter).await
        }
    }
}

async fn refused_rows<M: Matter + 'static>(look: &mut Look, import: &Preview, matter: M) -> Result<Download> {
    let file = store::fetch_file(look, import.id).await?;
    let mut pass = Pass::begin(file, matter);
    let mut out: Option<csv::Writer<BufWriter<File>>> = None;
    while let Some(rows) = pass.next(look).await? {
        let out = match &mut out {
            Some(out) => out,
            none => {
                let to = csv_file(crate::file::upload::unnamed_file().await?)?;
                let out = none.insert(to);
                let own = pass.columns.headers.iter().map(String::as_str);
                write_cells(out, own.chain(["Row", "Problem"]).map(Cow::Borrowed))?;
                out
            }
        };
        for sorted in &rows {
            let Err(refused) = &sorted.result else { continue };
            let width = pass.columns.width.max(sorted.row.cells.len());
            let cells = (0..width).map(|n| sorted.row.cells.get(n).unwrap_or_default());
            let problems: Vec<String> =
                refused.problems.iter().map(|p| format!("{}: {}", p.column, p.reason)).collect();
            let (number, problems) = (refused.row.to_string(), problems.join(" "));
            let cells = cells.map(cell::plain).chain([number.into(), problems.into()]);
            write_cells(out, cells)?;
        }
    }
    pass.end().await?;
    let out = out.ok_or_else(|| Error::internal("a prepared import has rows"))?;
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    csv_download(format!("{stem}-refused.csv"), out)
}

/// Begins a CSV file, with the mark by which spreadsheet programs know UTF-8.
pub(super) fn csv_file(file: File) -> Result<csv::Writer<BufWriter<File>>> {
    let mut file = BufWriter::new(file);
    file.write_all("\u{feff}".as_bytes()).map_err(disk)?;
    // Quoted always, so that no cell is cut where its text holds what another program separates cells with (S55).
    Ok(csv::WriterBuilder::new()
        .flexible(true)
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(file))
}

/// Writes a row whose every cell is somebody's text: none of it runs as a formula (S55).
pub(super) fn write_cells<'a>(
    out: &mut csv::Writer<BufWriter<File>>,
    cells: impl Iterator<Item = Cow<'a, str>>,
) -> Result<()> {
    for text in cells {
        out.write_field(cell::neutral(&text).as_ref()).map_err(csv_error)?;
    }
    out.write_record(None::<&[u8]>).map_err(csv_error)
}

pub(super) fn csv_error(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => disk(error),
        other => Error::internal(format!("{other:?}")),
    }
}

/// Ends a CSV file, and hands it out.
pub(super) fn csv_download(name: String, out: csv::Writer<BufWriter<File>>) -> Result<Download> {
    let file = out.into_inner().map_err(|error| disk(error.into_error()))?;
    let file = file.into_inner().map_err(|error| disk(error.into_error()))?;
    download(name, "text/csv; charset=utf-8", file)
}

/// Hands a file out, from its beginning.
pub(super) fn download(name: String, media_type: &'static str, mut file: File) -> Result<Download> {
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    let size = file.metadata().map_err(disk)?.len();
    Ok(Download { name, media_type, size, file })
}

/// Removes what is old: files a day after they were handed in, with the imports that nobody confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(app: &App) -> Result<()> {
    let mut look = app.db.read().await?;
    let businesses = business::store::all(&mut look).await?;
    drop(look);
    for business in businesses {
        let mut scope = Scope { tx: app.db.write().await?, business: business.id, now: app.clock.now() };
        let before = scope.now.plus_seconds(-KEPT);
        store::remove_before(&mut scope, before).await?;
        scope.tx.commit().await?;
    }
    Ok(())
}

/// Whether a prepared import has a file of this content.
///
/// # Errors
/// When the database cannot be read.
pub async fn has(scope: &mut Scope, digest: &str) -> Result<bool> {
    attachments::have(scope, digest).await
}

async fn look_through<M: Matter + 'static>(scope: &mut Scope, file: File, matter: M) -> Result<Findings> {
    let mut pass = Pass::begin(file, matter);
    while pass.next(scope).await?.is_some() {}
    Ok(pass.end().await?.0)
}

/// A transaction for the import's own row and file: they are the business's, but no fact that anybody else sees.
async fn own_scope(app: &App, actor: &Actor) -> Result<Scope> {
    Ok(Scope { tx: app.db.write().await?, business: actor.business, now: app.clock.now() })
}

fn rows_of(counts: &Counts) -> i64 {
    counts.new + counts.changed + counts.unchanged + counts.refused
}

/// A file's name as pages show it: without folders, on one line, not too long.
fn plain_name(name: &str, about: About) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let plain = plain.trim();
    if plain.is_empty() { about.code().to_owned() } else { plain.to_owned() }
}
