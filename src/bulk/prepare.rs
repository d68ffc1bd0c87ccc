//! Looking at those selected, piece by piece: each becomes an item of the job, which waits for its turn or is skipped.

use crate::act::{Obstacle, Scope};
use crate::base::Result;
use crate::bulk::{ItemState, Job, Selection, deed, items, store};
use crate::listing::Needle;
use crate::{contact, portal_user};
use uuid::Uuid;

/// How many of another job's items are looked at for one piece.
const AT_A_TIME: i64 = 2_000;

/// Looks at the next piece, in the transaction that notes how far it came.
pub(super) async fn piece(scope: &mut Scope, job: &mut Job) -> Result<()> {
    let (piece, goes_on) = next(scope, job).await?;
    let ids: Vec<Uuid> = piece.iter().map(|(id, _)| *id).collect();
    let changed = match job.undo_of {
        Some(_) => deed::changed_since(scope, &piece).await?,
        None => std::collections::HashSet::new(),
    };
    let foreseen = deed::foresee(scope, job.kind, &ids).await?;
    let seen: Vec<items::Seen> = foreseen
        .into_iter()
        .zip(&piece)
        .map(|((id, obstacle), (_, entry))| {
            let obstacle = if changed.contains(&id) { Some(Obstacle::ChangedSince) } else { obstacle };
            (id, obstacle, *entry)
        })
        .collect();
    for (_, obstacle, _) in &seen {
        job.counts.seen(*obstacle);
    }
    items::add(scope, job.id, &seen).await?;
    match goes_on {
        Some(reached) => job.reached = reached,
        None => {
            if job.kind.shuts_out() {
                job.counts.unadministered = items::unadministered(scope, job.id).await?;
            }
            job.prepared(scope.now);
        }
    }
    store::save(scope, job).await
}

/// Who is next, each with the audit entry of what is to be taken back; and behind whom it goes on.
async fn next(scope: &mut Scope, job: &Job) -> Result<(Vec<(Uuid, i64)>, Option<Uuid>)> {
    let piece = match &job.selection {
        Selection::These(ids) => {
            let mut ids = ids.clone();
            ids.sort_unstable();
            ids.dedup();
            return Ok((ids.into_iter().map(|id| (id, 0)).collect(), None));
        }
        Selection::DoneBy(undone) => {
            let done = items::next(scope, *undone, ItemState::Done, job.reached, AT_A_TIME).await?;
            let full = i64::try_from(done.len()).unwrap_or(i64::MAX) >= AT_A_TIME;
            let goes_on = done.last().map(|(id, _)| *id).filter(|_| full);
            return Ok((done, goes_on));
        }
        Selection::PortalUsers { filter, search } => {
            portal_user::list::piece(scope, filter, Needle::typed(search).as_ref(), job.reached).await?
        }
        Selection::Contacts { filter, search } => {
            contact::list::piece(scope, filter, Needle::typed(search).as_ref(), job.reached).await?
        }
    };
    Ok((piece.ids.into_iter().map(|id| (id, 0)).collect(), piece.goes_on))
}
