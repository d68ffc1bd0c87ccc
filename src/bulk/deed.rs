//! From a kind to the deed itself, the same one that is done to one alone.

use crate::act::{Act, Obstacle, Outcomes, Scope};
use crate::audit;
use crate::base::Result;
use crate::base::id::{ContactId, PortalUserId};
use crate::bulk::{Fate, Job, Kind};
use crate::invitation;
use crate::link::deletion;
use crate::portal_user::Behalf;
use crate::portal_user::deeds::{self, Deed};
use std::collections::HashSet;
use uuid::Uuid;

/// How many are asked about at a time.
const AT_A_TIME: usize = 500;
/// The facts that change what can be taken back: whoever one of them is about since, has been changed since.
const STANDINGS: [&str; 5] = [
    "portal_user_disabled",
    "portal_user_enabled",
    "portal_user_deleted",
    "portal_user_restored",
    "portal_user_came_back",
];

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
    let outcomes = match job.kind {
        Kind::Disable => {
            told(deeds::perform(act, &users(ids), Deed::Disable(job.because.as_ref(), Behalf::Business)).await?)
        }
        Kind::Enable => told(deeds::perform(act, &users(ids), Deed::Enable(Behalf::Business)).await?),
        Kind::RequirePasswordChange => told(deeds::perform(act, &users(ids), Deed::RequirePasswordChange).await?),
        Kind::Delete => told(deletion::delete_all(act, &users(ids)).await?),
        Kind::Restore => told(deletion::restore_all(act, &users(ids)).await?),
        Kind::ResendInvitations => told(deeds::resend_invitations(act, &users(ids)).await?),
        Kind::Invite => told(invitation::deeds::invite(act, &contacts(ids)).await?),
    };
    Ok(outcomes.into_iter().map(|(id, obstacle)| (id, obstacle.map_or(Fate::Done, Fate::Skipped))).collect())
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
