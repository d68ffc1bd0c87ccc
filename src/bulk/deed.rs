//! From a kind to the deed itself, the same one that is done to one alone.

use crate::act::{Act, Obstacle, Outcomes, Scope};
use crate::audit;
use crate::base::Result;
use crate::base::id::{BulkId, ContactId, PortalUserId};
use crate::bulk::{Fate, Job, Kind, items};
use crate::invitation;
use crate::link::{deletion, keeping};
use crate::portal_user::deeds::{self, Deed};
use crate::portal_user::{self, Behalf, Disabled};
use std::collections::HashSet;
use uuid::Uuid;

/// How many are asked about at a time.
const AT_A_TIME: usize = 500;
/// The facts that change what can be taken back: whoever one of them is about since, has been changed since.
const STANDINGS: [&str; 6] = [
    "portal_user_disabled",
    "portal_user_enabled",
    "disabling_put_back",
    "portal_user_deleted",
    "portal_user_restored",
    "portal_user_came_back",
];

/// What became of somebody whom taking it back did not let in: they were disabled before.
const AS_BEFORE: Fate = Fate::Skipped(Obstacle::DisabledAsBefore);

/// To whom something can be done now; nothing is changed.
pub(super) async fn foresee(scope: &mut Scope, kind: Kind, ids: &[Uuid]) -> Result<Vec<(Uuid, Option<Obstacle>)>> {
    let mut foreseen = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_A_TIME) {
        foreseen.extend(match kind {
            Kind::Disable => told(deeds::foresee(scope, &users(ids), Deed::Disable(None, Behalf::Business)).await?),
            Kind::Enable => told(deeds::foresee(scope, &users(ids), Deed::Enable(Behalf::Business)).await?),
            Kind::RequirePasswordChange => told(deeds::foresee(scope, &users(ids), Deed::RequirePasswordChange).await?),
            Kind::Delete => told(deletion::foresee_deleting(scope, &users(ids)).await?),
            Kind::Restore => told(deletion::foresee_restoring(scope, &users(ids)).await?),
            Kind::ResendInvitations => told(deeds::foresee_resending(scope, &users(ids)).await?),
            Kind::Invite => told(invitation::deeds::foresee(scope, &contacts(ids)).await?),
        });
    }
    Ok(foreseen)
}

/// Does it to them, and says what became of each.
pub(super) async fn perform(act: &mut Act, job: &Job, ids: &[Uuid]) -> Result<Vec<(Uuid, Fate)>> {
    let outcomes = match (job.kind, job.undo_of) {
        (Kind::Disable | Kind::Enable, Some(undone)) => return put_back(act, job, undone, ids).await,
        (Kind::Disable | Kind::Enable, None) => {
            let before = portal_user::bulk::find(act, &users(ids)).await?.into_values();
            let before: Vec<(PortalUserId, Disabled)> =
                before.filter_map(|user| user.disabled.map(|disabled| (user.id, disabled))).collect();
            items::keep_disabled(act, job.id, &before).await?;
            let deed = match job.kind {
                Kind::Disable => Deed::Disable(job.because.as_ref(), Behalf::Business),
                _ => Deed::Enable(Behalf::Business),
            };
            told(deeds::perform(act, &users(ids), deed).await?)
        }
        (Kind::RequirePasswordChange, _) => told(deeds::perform(act, &users(ids), Deed::RequirePasswordChange).await?),
        (Kind::Delete, _) => told(deletion::delete_all(act, &users(ids)).await?),
        (Kind::Restore, _) => told(deletion::restore_all(act, &users(ids)).await?),
        (Kind::ResendInvitations, _) => told(deeds::resend_invitations(act, &users(ids)).await?),
        (Kind::Invite, _) => told(invitation::deeds::invite(act, &contacts(ids)).await?),
    };
    Ok(outcomes.into_iter().map(fate).collect())
}

/// Takes back what a job did to them: whoever was disabled before it, by the business or by one of the client's own people, is
/// disabled again in that way.
async fn put_back(act: &mut Act, job: &Job, undone: BulkId, ids: &[Uuid]) -> Result<Vec<(Uuid, Fate)>> {
    let before = items::disabled_before(act, undone, ids).await?;
    let holds = keeping::still_to_keep(act, &before).await?;
    let (back, rest): (Vec<Uuid>, Vec<Uuid>) =
        ids.iter().copied().partition(|id| holds.contains_key(&PortalUserId(*id)));
    let put = told(deeds::perform(act, &users(&back), Deed::PutBack(&holds)).await?).into_iter().map(fate);
    let mut fates: Vec<(Uuid, Fate)> = match job.kind {
        Kind::Enable => put.map(|(id, fate)| (id, if fate == Fate::Done { AS_BEFORE } else { fate })).collect(),
        _ => put.collect(),
    };
    match job.kind {
        Kind::Enable => {
            let enabled = told(deeds::perform(act, &users(&rest), Deed::Enable(Behalf::Business)).await?);
            fates.extend(enabled.into_iter().map(fate));
        }
        // Whom a client's own people had disabled, and who is none of theirs any more.
        _ => fates.extend(rest.into_iter().map(|id| (id, Fate::Skipped(Obstacle::ChangedSince)))),
    }
    Ok(fates)
}

fn fate((id, obstacle): (Uuid, Option<Obstacle>)) -> (Uuid, Fate) {
    (id, obstacle.map_or(Fate::Done, Fate::Skipped))
}

/// Those of these whom somebody has changed since something was done to them, which is to be taken back: each is named with
/// the newest entry right after it was done.
pub(super) async fn changed_since(scope: &mut Scope, done: &[(Uuid, i64)]) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = done.iter().map(|(id, _)| *id).collect();
    let oldest = done.iter().map(|(_, entry)| *entry).min().unwrap_or_default();
    let business = scope.business;
    let newest = audit::touched_since(&mut scope.tx, business, &ids, &STANDINGS, oldest).await?;
    let changed = done.iter().filter(|(id, entry)| newest.get(id).is_some_and(|newest| newest > entry));
    Ok(changed.map(|(id, _)| *id).collect())
}

fn users(ids: &[Uuid]) -> Vec<PortalUserId> {
    ids.iter().copied().map(PortalUserId).collect()
}

fn contacts(ids: &[Uuid]) -> Vec<ContactId> {
    ids.iter().copied().map(ContactId).collect()
}

fn told<T: Into<Uuid>>(outcomes: Outcomes<T>) -> Vec<(Uuid, Option<Obstacle>)> {
    outcomes.into_iter().map(|(id, outcome)| (id.into(), outcome.err().map(|skipped| skipped.obstacle()))).collect()
}
