//! What is done with a spreadsheet: prepare it, look at what it would do, and do all of it or nothing.

use crate::access::{Actor, Permission};
use crate::act::{App, Scope};
use crate::audit::{Counts, Entry};
use crate::base::id::ImportId;
use crate::base::{Error, Result, cell};
use crate::business;
use crate::import::pass::Pass;
use crate::import::progress::{Phase, Told};
use crate::import::upload::{Upload, disk};
use crate::import::{Download, Findings, Preview, State, store, write};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use tokio::task::JoinHandle;

/// Seconds after which the file of an import is removed.
const KEPT: i64 = 24 * 60 * 60;

const CHANGED_MEANWHILE: &str = "Clients or contacts were changed since this preview was made, so nothing was imported. \
    The preview below is new: look at it again, then confirm.";

/// Prepares an import: reads the whole file, keeps it, and shows what it would do. Nothing else is written.
///
/// # Errors
/// `Forbidden`; `Invalid` on the field `file` when it cannot be read, with what is wrong and what to do about it.
pub async fn prepare(app: &App, actor: &Actor, file_name: &str, upload: Upload) -> Result<Preview> {
    actor.must(Permission::ClientsImport)?;
    let size = i64::try_from(upload.size()).map_err(Error::internal)?;
    let file = upload.finish().await?;
    let again = file.try_clone().map_err(disk)?;
    let mut look = app.look(actor).await?;
    let findings = look_through(&mut look, file).await?;
    drop(look);

    let mut scope = own_scope(app, actor).await?;
    let import = Preview {
        id: ImportId::new(scope.now),
        file_name: plain_name(file_name),
        size,
        by: actor.name().to_owned(),
        created_at: scope.now,
        state: State::Ready,
        ended_at: None,
        error: None,
        findings,
    };
    store::insert(&mut scope, &import).await?;
    store::insert_file(&mut scope, import.id, again).await?;
    scope.tx.commit().await?;
    Ok(import)
}

/// What an import would do, or did: the same on every node.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn preview(app: &App, actor: &Actor, id: ImportId) -> Result<Preview> {
    actor.must(Permission::ClientsImport)?;
    store::find(&mut *app.look(actor).await?, id).await
}

/// The latest imports of the business, newest first.
///
/// # Errors
/// `Forbidden`.
pub async fn latest(app: &App, actor: &Actor, most: i64) -> Result<Vec<Preview>> {
    actor.must(Permission::ClientsImport)?;
    store::latest(&mut *app.look(actor).await?, most).await
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
    actor.must(Permission::ClientsImport)?;
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
    let import = store::find(&mut scope, id).await?;
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
    let file = store::fetch_file(&mut *app.look(actor).await?, import.id).await?;
    let mut act = app.begin(actor).await?;
    let mut pass = Pass::begin(file);
    let mut added = Vec::new();
    while let Some(rows) = pass.next(&mut act).await? {
        write::rows(&mut act, &rows, &pass.sorter, &mut added).await?;
        told.tell(Phase::Writing, rows_of(&pass.findings.counts));
    }
    let (findings, sorter) = pass.end().await?;
    let counts = findings.counts;
    told.tell(Phase::Finishing, rows_of(&counts));
    if findings.digest != import.findings.digest {
        return Err(Error::refused(CHANGED_MEANWHILE));
    }
    write::finish(&mut act, &sorter).await?;
    store::done(&mut act, import.id, &findings).await?;
    let entry = Entry::Imported { import: import.id, file: import.file_name.clone(), counts };
    act.commit_about(vec![entry], &added).await?;
    Ok(counts)
}

/// Lays an import that came to nothing back, with the reason and a fresh preview. Should that fail too, its lease runs out.
async fn lay_back(app: &App, actor: &Actor, import: &Preview, error: &Error) {
    let laid = async {
        let mut look = app.look(actor).await?;
        let file = store::fetch_file(&mut look, import.id).await?;
        let findings = look_through(&mut look, file).await.ok();
        drop(look);
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
    actor.must(Permission::ClientsImport)?;
    let mut look = app.look(actor).await?;
    let import = store::find(&mut look, id).await?;
    let file = store::fetch_file(&mut look, id).await?;
    let mut pass = Pass::begin(file);
    let mut out: Option<csv::Writer<BufWriter<File>>> = None;
    while let Some(rows) = pass.next(&mut look).await? {
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

async fn look_through(scope: &mut Scope, file: File) -> Result<Findings> {
    let mut pass = Pass::begin(file);
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
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let plain = plain.trim();
    if plain.is_empty() { "contacts".to_owned() } else { plain.to_owned() }
}
