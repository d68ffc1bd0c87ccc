//! Portal users as a file for spreadsheets: whom a list's filter and search keep (P3).

use crate::access::{Actor, Permission};
use crate::act::App;
use crate::audit::Entry;
use crate::base::{Instant, Result};
use crate::import::Download;
use crate::import::out::{Cell, Format, Goes, Row, Table, Writing};
use crate::listing::Needle;
use crate::portal_user::list::{self, Filter};
use uuid::Uuid;

const HEADS: [&str; 7] =
    ["Name", "Email", "Company", "Status", "Terms version accepted", "Terms accepted", "Last sign-in"];

/// Exports the portal users that a filter and a search keep, as they are now.
///
/// # Errors
/// `Forbidden`; `Refused` when there are more rows than a workbook holds.
pub async fn export(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    search: Option<&Needle>,
    format: Format,
) -> Result<Download> {
    actor.must(Permission::PortalUsersExport)?;
    let table = Table { stem: "portal-users".into(), sheet: "Portal users", heads: HEADS.to_vec() };
    let mut out = Writing::begin(table, format).await?;
    let mut look = app.look(actor).await?;
    let mut behind = Some(Uuid::nil());
    while let Some(last) = behind {
        let piece = list::piece(&mut look, filter, search, last).await?;
        behind = piece.goes_on;
        for ids in piece.ids.chunks(500) {
            let rows: Vec<Row> = list::rows(&mut look, ids).await?.iter().map(row).collect();
            if out.put(rows).await == Goes::Nowhere {
                behind = None;
                break;
            }
        }
    }
    drop(look);
    let (download, rows) = out.end().await?;
    app.begin(actor).await?.commit(Entry::Exported { what: "portal users".into(), rows }).await?;
    Ok(download)
}

fn row(user: &list::Row) -> Row {
    let at = |at: Option<Instant>| at.map(Instant::rfc3339).unwrap_or_default();
    let version = if user.terms_version > 0 { user.terms_version.to_string() } else { String::new() };
    [
        user.name.clone(),
        user.email.to_string(),
        user.company.clone(),
        user.status.label().to_owned(),
        version,
        at(user.terms_at),
        at(user.last_sign_in_at),
    ]
    .into_iter()
    .map(Cell::Text)
    .collect()
}
