//! Working jobs off, step by step. A step is one act: what it does, its audit entries, what became of each and how far the job
//! has come are written together or not at all, so that a program that dies anywhere leaves nothing half done, and whoever
//! goes on does nobody twice. A node has a job in hand for a short time, and takes it in hand anew at each step.

use crate::access::{Actor, Origin, Who};
use crate::act::{Act, App, Obstacle};
use crate::base::{Error, Result};
use crate::bulk::{Fate, ItemState, Job, State, acts, deed, items, prepare, store};
use crate::db;
use crate::staff::{self, Status};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use uuid::Uuid;

pub use crate::bulk::store::Due;

/// How many are done in one act: few enough that no page waits for long, enough that the way to the disk does not count.
const PER_STEP: i64 = 500;
/// For how many seconds the others leave a job alone after each step: as long as nobody else goes on after a crash.
const LEASE_SECONDS: i64 = 10;

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// There is more to do.
    More,
    /// There is nothing left to do.
    Ended,
    /// Another node has it in hand.
    Elsewhere,
}

/// The jobs that this node may go on with now, the one that has waited longest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn due(app: &App, node: Uuid) -> Result<Vec<Due>> {
    let mut tx = app.db.read().await?;
    store::due(&mut tx, node, app.clock.now()).await
}

/// Goes one step on. One whom a defect keeps from being done does not keep the others from it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn step(app: &App, due: Due, node: Uuid) -> Result<Step> {
    match attempt(app, due, node, PER_STEP).await {
        Err(Error::Internal(cause)) => {
            tracing::error!(job = %due.1, error = %cause, "a step of a bulk action failed; its people are done one by one");
            one_by_one(app, due, node).await
        }
        other => other,
    }
}

async fn one_by_one(app: &App, due: Due, node: Uuid) -> Result<Step> {
    for _ in 0..PER_STEP {
        let step = match attempt(app, due, node, 1).await {
            Err(Error::Internal(cause)) => {
                tracing::error!(job = %due.1, error = %cause, "somebody could not be done");
                pass_over(app, due, node).await?
            }
            other => other?,
        };
        if step != Step::More {
            return Ok(step);
        }
    }
    Ok(Step::More)
}

/// A step, in which a defect that panics is a defect like others.
async fn attempt(app: &App, due: Due, node: Uuid, most: i64) -> Result<Step> {
    let stepped = AssertUnwindSafe(db::again(|| one(app, due, node, most))).catch_unwind().await;
    stepped.unwrap_or_else(|_| Err(Error::internal("a step of a bulk action panicked")))
}

async fn one(app: &App, due: Due, node: Uuid, most: i64) -> Result<Step> {
    let Some((mut act, mut job)) = take(app, due, node).await? else { return Ok(Step::Elsewhere) };
    match job.state {
        State::Preparing => prepare::piece(&mut act, &mut job).await?,
        State::Running => batch(&mut act, &mut job, most).await?,
        State::Ready | State::Done | State::Cancelled | State::Stopped => return Ok(Step::Ended),
    }
    act.commit_all(Vec::new()).await?;
    Ok(if matches!(job.state, State::Preparing | State::Running) { Step::More } else { Step::Ended })
}

/// Begins an act with the job in hand; none where another node has it.
async fn take(app: &App, (business, id): Due, node: Uuid) -> Result<Option<(Act, Job)>> {
    let mut act = app.begin(&Actor::worker(business)).await?;
    let until = act.now.plus_seconds(LEASE_SECONDS);
    if !store::take(&mut act, id, node, until).await? {
        return Ok(None);
    }
    let job = store::hold(&mut act, id).await?;
    Ok(Some((act, job)))
}

/// Does it to the next few.
async fn batch(act: &mut Act, job: &mut Job, most: i64) -> Result<()> {
    let now = act.now;
    match actor(act, job).await? {
        Ok(actor) => act.actor = actor,
        Err(why) => {
            job.stop(why, now);
            act.record(&[acts::ended(job, "stopped")]).await?;
            return store::save(act, job).await;
        }
    }
    let next = items::next(act, job.id, ItemState::Waiting, job.reached, most).await?;
    let changed = match job.undo_of {
        Some(_) => deed::changed_since(act, &next).await?,
        None => std::collections::HashSet::new(),
    };
    let ids: Vec<Uuid> = next.iter().map(|(id, _)| *id).filter(|id| !changed.contains(id)).collect();
    let mut fates = deed::perform(act, job, &ids).await?;
    fates.extend(changed.into_iter().map(|id| (id, Fate::Skipped(Obstacle::ChangedSince))));
    settle(act, job, &fates, next.last().map(|(id, _)| *id)).await?;
    if job.counts.waiting == 0 || next.is_empty() {
        job.worked_off(now);
        act.record(&[acts::ended(job, "finished")]).await?;
    }
    store::save(act, job).await
}

/// Gives up the one whose turn it is: a defect keeps it from being done.
async fn pass_over(app: &App, due: Due, node: Uuid) -> Result<Step> {
    let Some((mut act, mut job)) = take(app, due, node).await? else { return Ok(Step::Elsewhere) };
    if job.state != State::Running {
        // While people are only looked at, nobody can be passed over: the job cannot be done at all.
        let now = act.now;
        job.stop(
            "Something went wrong on our side while looking at the people selected. Nothing was changed.".into(),
            now,
        );
        store::save(&mut act, &job).await?;
        act.commit(acts::ended(&job, "stopped")).await?;
        return Ok(Step::Ended);
    }
    if let [(id, _)] = items::next(&mut act, job.id, ItemState::Waiting, job.reached, 1).await?.as_slice() {
        settle(&mut act, &mut job, &[(*id, Fate::Failed)], Some(*id)).await?;
        store::save(&mut act, &job).await?;
    }
    act.commit_all(Vec::new()).await?;
    Ok(Step::More)
}

async fn settle(act: &mut Act, job: &mut Job, fates: &[(Uuid, Fate)], last: Option<Uuid>) -> Result<()> {
    let entry = act.newest_entry();
    items::settle(act, job.id, fates, entry).await?;
    for (_, fate) in fates {
        job.counts.became(*fate);
    }
    job.reached = last.unwrap_or(job.reached);
    Ok(())
}

/// Whoever confirmed the job, with the rights that they have at this moment (S47); or why they may not any more.
async fn actor(act: &mut Act, job: &Job) -> Result<Result<Actor, String>> {
    let member = staff::store::look_for(act, job.by).await?;
    let Some(member) = member.filter(|member| member.status == Status::Active) else {
        return Ok(Err(format!("{} does not work here any more, so this was stopped.", job.by_name)));
    };
    let may = staff::store::permissions(act, member.id).await?;
    if let Some(permission) = job.kind.permissions().into_iter().find(|permission| !may.has(*permission)) {
        return Ok(Err(format!(
            "{} does not have the permission “{}” any more, so this was stopped.",
            member.name,
            permission.label()
        )));
    }
    let who = Who::Staff { id: member.id, account: member.account_id, name: member.name, may };
    let origin = Origin { address: job.by_address.parse().ok(), device: String::new() };
    Ok(Ok(Actor { who, business: act.business, origin, session: None }))
}

/// Lays down what this node has in hand, so that another goes on at once.
///
/// # Errors
/// When the database cannot be reached; then the others wait for a little.
pub async fn lay_down(app: &App, (business, id): Due, node: Uuid) -> Result<()> {
    let mut scope = crate::act::Scope { tx: app.db.write().await?, business, now: app.clock.now() };
    store::lay_down(&mut scope, id, node).await?;
    scope.tx.commit().await
}
