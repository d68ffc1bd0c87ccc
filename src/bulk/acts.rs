//! What staff do about jobs: begin one, confirm it, end it, take back what it did.

use crate::access::{Actor, Who};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::{BulkId, StaffId};
use crate::base::text::Reason;
use crate::base::{Error, Result};
use crate::bulk::{Counts, Job, Kind, Selection, State, Subjects, prepare, store};
use crate::business;
use uuid::Uuid;

/// The most that can be named one by one: a page holds no more.
const MOST_NAMED: usize = 100;
/// How many pieces are looked at while somebody waits for the page; the rest is looked at in the background.
const PIECES_AT_ONCE: usize = 5;
/// From how many people on the rest is looked at in the background.
const PEOPLE_AT_ONCE: i64 = 2_000;
/// For how many seconds a job is kept that nobody confirmed.
const UNCONFIRMED_KEPT: i64 = 24 * 60 * 60;
/// For how many days a job that ended is kept.
const ENDED_KEPT_DAYS: i64 = 30;

impl Kind {
    /// What it is, for the audit log: `disable portal users`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Disable => "disable portal users",
            Self::Enable => "enable portal users",
            Self::RequirePasswordChange => "require a password change of portal users",
            Self::Delete => "delete portal users",
            Self::Restore => "restore portal users",
            Self::ResendInvitations => "resend invitations of portal users",
            Self::Invite => "invite contacts",
        }
    }
}

/// The fact that a job ended.
pub(super) fn ended(job: &Job, how: &str) -> Entry {
    Entry::BulkEnded {
        job: job.id,
        what: job.kind.words().to_owned(),
        how: how.to_owned(),
        done: job.counts.done,
        skipped: job.counts.skipped_in_all() + job.counts.failed,
    }
}

fn started(job: &Job, people: i64) -> Entry {
    Entry::BulkStarted { job: job.id, what: job.kind.words().to_owned(), people }
}

/// Only staff can be asked again, batch by batch, whether they still may.
fn staff_id(actor: &Actor) -> Result<StaffId> {
    match actor.who {
        Who::Staff { id, .. } => Ok(id),
        _ => Err(Error::SignInNeeded),
    }
}

/// See [`Kind::permissions`].
pub(super) fn must(actor: &Actor, kind: Kind) -> Result<()> {
    kind.permissions().into_iter().try_for_each(|permission| actor.must(permission))
}

/// Begins a job: whoever is selected is looked at, and nothing is done before it is confirmed. Of a large selection the rest
/// is looked at in the background.
///
/// # Errors
/// `Forbidden`; `Invalid` on the field `id` when nobody is selected, or more than a page holds.
pub async fn prepare(app: &App, actor: &Actor, kind: Kind, selection: Selection) -> Result<Job> {
    must(actor, kind)?;
    let by = staff_id(actor)?;
    match (&selection, kind.subjects()) {
        (Selection::These(ids), _) if ids.is_empty() => {
            return Err(Error::invalid("id", "Select at least one person. Nothing was changed."));
        }
        (Selection::These(ids), _) if ids.len() > MOST_NAMED => {
            return Err(Error::BadRequest("More people are ticked than a page holds. Go back, reload, and try again."));
        }
        (Selection::These(_), _)
        | (Selection::PortalUsers { .. }, Subjects::PortalUsers)
        | (Selection::Contacts { .. }, Subjects::Contacts) => {}
        _ => return Err(Error::BadRequest("This can’t be done to a selection of that kind.")),
    }
    let mut scope = own_scope(app, actor).await?;
    let mut job = Job {
        id: BulkId::new(scope.now),
        kind,
        by,
        by_name: actor.name().to_owned(),
        by_address: actor.origin.address_text(),
        because: None,
        selection,
        undo_of: None,
        state: State::Preparing,
        counts: Counts::default(),
        error: None,
        created_at: scope.now,
        started_at: None,
        ended_at: None,
        reached: Uuid::nil(),
    };
    store::insert(&mut scope, &job).await?;
    for _ in 0..PIECES_AT_ONCE {
        if job.state == State::Preparing && job.counts.all() < PEOPLE_AT_ONCE {
            prepare::piece(&mut scope, &mut job).await?;
        }
    }
    scope.tx.commit().await?;
    if job.state == State::Preparing {
        app.jobs.notify_one();
    }
    Ok(job)
}

/// Confirms a job: from now on it is done, in the name of whoever confirms. They may leave.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is not ready, was confirmed already, or there is nobody to do it to.
pub async fn confirm(app: &App, actor: &Actor, id: BulkId, because: Option<Reason>) -> Result<Job> {
    let by = staff_id(actor)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut job = store::hold(&mut act, id).await?;
    must(actor, job.kind)?;
    job.confirm(because.filter(|_| job.kind.takes_reason()), now)?;
    (job.by, job.by_name, job.by_address) = (by, actor.name().to_owned(), actor.origin.address_text());
    store::save(&mut act, &job).await?;
    let entry = started(&job, job.counts.waiting);
    act.commit(entry).await?;
    app.jobs.notify_one();
    Ok(job)
}

/// Ends a job here: what is done stays done, the rest is left as it is.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it has ended already.
pub async fn cancel(app: &App, actor: &Actor, id: BulkId) -> Result<Job> {
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut job = store::hold(&mut act, id).await?;
    must(actor, job.kind)?;
    job.cancel(now)?;
    store::save(&mut act, &job).await?;
    // A job that was never confirmed has done nothing that anybody would look for.
    let entries = if job.started_at.is_some() { vec![ended(&job, "cancelled")] } else { Vec::new() };
    act.commit_all(entries).await?;
    Ok(job)
}

/// Takes back what a job did, within ten minutes: a job of its own, which leaves alone whomever somebody has changed since.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when there is nothing to take back, it is too late, or it was done already.
pub async fn undo(app: &App, actor: &Actor, id: BulkId) -> Result<Job> {
    let by = staff_id(actor)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let undone = store::hold(&mut act, id).await?;
    must(actor, undone.kind)?;
    let kind = undone.undo(now)?;
    must(actor, kind)?;
    if store::undoing(&mut act, id).await?.is_some() {
        return Err(Error::refused("This has been taken back already. Nothing was done twice."));
    }
    let job = Job {
        id: BulkId::new(now),
        kind,
        by,
        by_name: actor.name().to_owned(),
        by_address: actor.origin.address_text(),
        because: None,
        selection: Selection::DoneBy(id),
        undo_of: Some(id),
        state: State::Preparing,
        counts: Counts::default(),
        error: None,
        created_at: now,
        started_at: Some(now),
        ended_at: None,
        reached: Uuid::nil(),
    };
    store::insert(&mut act, &job).await?;
    let entry = started(&job, undone.counts.done);
    act.commit(entry).await?;
    app.jobs.notify_one();
    Ok(job)
}

/// The job, however far it is.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub async fn job(app: &App, actor: &Actor, id: BulkId) -> Result<Job> {
    let job = store::find(&mut *app.look(actor).await?, id).await?;
    must(actor, job.kind)?;
    Ok(job)
}

/// The kinds that somebody may do, and therefore see.
fn kinds_of(actor: &Actor) -> Vec<Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.is_open_to(actor)).collect()
}

/// The latest jobs, newest first, of the kinds that the actor may do.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest(scope: &mut Scope, actor: &Actor, most: i64) -> Result<Vec<Job>> {
    store::latest(scope, &kinds_of(actor), most).await
}

/// The jobs that are being done now, of the kinds that the actor may do.
///
/// # Errors
/// When the database cannot be read.
pub async fn running(scope: &mut Scope, actor: &Actor) -> Result<Vec<Job>> {
    store::running(scope, &kinds_of(actor)).await
}

/// Removes what is old: jobs that nobody confirmed after a day, those that ended after thirty. The audit log stays.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(app: &App) -> Result<()> {
    let mut look = app.db.read().await?;
    let businesses = business::store::all(&mut look).await?;
    drop(look);
    for business in businesses {
        loop {
            let mut scope = Scope { tx: app.db.write().await?, business: business.id, now: app.clock.now() };
            let (unconfirmed, old) = (scope.now.plus_seconds(-UNCONFIRMED_KEPT), scope.now.plus_days(-ENDED_KEPT_DAYS));
            let more = store::remove_old(&mut scope, unconfirmed, old).await?;
            scope.tx.commit().await?;
            if !more {
                break;
            }
        }
    }
    Ok(())
}

/// A transaction for a job's own rows, while it does nothing that anybody else sees.
async fn own_scope(app: &App, actor: &Actor) -> Result<Scope> {
    Ok(Scope { tx: app.db.write().await?, business: actor.business, now: app.clock.now() })
}
