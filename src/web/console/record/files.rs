//! The files of a record, as staff add, open and remove them.

use super::{id_of, path_of};
use crate::act::App;
use crate::base::id::{RecordFileId, RecordId};
use crate::base::{Error, Problems, Result};
use crate::file::Bytes;
use crate::record::files::{self, RecordFile, size_words};
use crate::record::store;
use crate::web::answer::{self, Answer};
use crate::web::chrome::Chrome;
use crate::web::console::Staff;
use crate::web::console::record::edit;
use crate::web::form::{Form, Nothing};
use axum::body::Body;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, State};

/// What a request may weigh. A file may weigh less; what lies between is read and forgotten, so that the answer reaches a
/// browser, which listens only when it has sent everything.
pub const MOST_REQUEST_BYTES: usize = 200 * 1024 * 1024;

/// A file, as a line.
pub(super) struct Line {
    pub name: String,
    pub what: String,
    pub path: String,
    pub by: String,
}

impl Line {
    pub(super) fn of(record: RecordId, file: &RecordFile) -> Self {
        Self {
            name: file.name.to_string(),
            what: format!("{}, {}", file.kind.label(), size_words(file.size)),
            path: format!("{}/files/{}", path_of(record), file.id),
            by: format!("{}, {}", file.added_by, file.added_at.day()),
        }
    }
}

fn file_id(text: &str) -> Result<RecordFileId> {
    text.parse().map_err(|_| Error::NotFound("The file"))
}

/// Adds one.
pub async fn add(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let id = id_of(&id)?;
    store::find(&mut *staff.look(&app).await?, id).await?;
    let form = form.map_err(|_| Error::BadRequest("This page takes a file only. Go back, reload, and try again."))?;
    let added = match receive(form, &app).await {
        Ok((name, content)) => files::add(&app, &staff.actor, id, &name, content).await,
        Err(error) => Err(error),
    };
    let problems = match added {
        Ok(file) => return answer::see_with(&path_of(id), "ok", &format!("{} was added", file.name), ""),
        Err(Error::Invalid(problems)) => problems,
        Err(Error::Refused(text)) => Problems::one("file", text),
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id).await?;
    edit::again_with_file_problem(&app, &mut look, chrome, &staff, &record, problems).await
}

/// Receives the one file of the form. What is too large is read to its end, but not kept.
async fn receive(mut form: Multipart, app: &App) -> Result<(String, Bytes)> {
    let mut file: Option<(String, Option<Vec<u8>>)> = None;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") || file.is_some() {
            return Err(Error::BadRequest(
                "The form has fields that this page does not know. Go back, reload, and try again.",
            ));
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut content = Some(Vec::new());
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            if let Some(so_far) = &mut content {
                if (so_far.len() + piece.len()) as u64 > app.files.most_bytes() {
                    content = None;
                } else {
                    so_far.extend_from_slice(&piece);
                }
            }
        }
        file = Some((name, content));
    }
    let (name, content) = file.ok_or(Error::BadRequest("The form holds no file. Go back, reload, and try again."))?;
    let content = content.ok_or_else(|| Error::invalid("file", app.files.too_large()))?;
    if name.is_empty() {
        return Err(Error::invalid("file", "Choose a file."));
    }
    Ok((name, content.into()))
}

fn broken(_: MultipartError) -> Error {
    Error::BadRequest("The file did not arrive as a whole. Check your connection, and try again.")
}

/// Hands one out: to keep, never shown in the browser (S57).
pub async fn download(State(app): State<App>, staff: Staff, Path((id, file)): Path<(String, String)>) -> Answer {
    let mut look = staff.look(&app).await?;
    let record = store::find(&mut look, id_of(&id)?).await?;
    let file = files::find(&mut look, record.id, file_id(&file)?).await?;
    drop(look);
    let content = app.files.read(staff.business.id, &file.digest).await?;
    answer::attachment(file.name.as_str(), file.kind.media_type(), Body::from_stream(content))
}

/// Removes one.
pub async fn remove(
    State(app): State<App>,
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let id = id_of(&id)?;
    let file = files::remove(&app, &staff.actor, id, file_id(&file)?).await?;
    answer::see_with(&path_of(id), "ok", &format!("{} was removed", file.name), "Nobody can download it any more.")
}
