//! Something is done to many at once (P3, C2, P6): as the pages ask for it, and as the worker does it.

mod deletion;
mod jobs;

use crate::http::{Browser, Reply};
use crate::world::{Everything, Person, Staff, World, both, email};
use axum::http::StatusCode;
use vestibule::access::Permission;
use vestibule::account::store::NewAccount;
use vestibule::account::{self, Realm};
use vestibule::act::Obstacle;
use vestibule::base::Instant;
use vestibule::base::id::PortalUserId;
use vestibule::base::text::PersonName;
use vestibule::bulk::{Job, Kind, Selection, State, acts};
use vestibule::portal_user::list::Filter;
use vestibule::portal_user::{self, PortalUser, Status};
use vestibule::staff::acts::Rights;

/// So many portal users, `user0@crowd.test` and so on.
async fn crowd(w: &World, many: usize) -> Vec<PortalUserId> {
    let mut act = w.app.begin(&w.operator()).await.unwrap();
    let (now, business) = (act.now, act.business);
    let mut ids = Vec::with_capacity(many);
    for n in 0..many {
        let address = email(&format!("user{n}@crowd.test"));
        let new = NewAccount {
            realm: Realm::Portal,
            email: address.clone(),
            first_name: PersonName::parse("User").unwrap(),
            last_name: PersonName::parse(&format!("Number{n}")).unwrap(),
            language: None,
            password_hash: None,
        };
        let account_id = account::store::insert(&mut act.tx, &new, now).await.unwrap();
        account::store::add_business(&mut act.tx, account_id, business).await.unwrap();
        let user = PortalUser {
            id: PortalUserId::new(now),
            account_id,
            email: address,
            name: format!("User Number{n}"),
            company: String::new(),
            password_due: None,
            disabled: None,
            deleted: None,
            terms_version: 0,
            terms_at: Instant::default(),
            last_sign_in_at: Instant::default(),
            created_at: now,
            version: 1,
        };
        portal_user::store::insert(&mut act, &user).await.unwrap();
        ids.push(user.id);
    }
    act.commit_all(Vec::new()).await.unwrap();
    ids
}

fn everybody() -> Selection {
    Selection::PortalUsers { filter: Filter::default(), search: String::new() }
}

fn these(ids: &[PortalUserId]) -> Selection {
    Selection::These(ids.iter().map(|id| id.0).collect())
}

/// A job that is ready or in preparation.
async fn prepared(w: &World, by: &Staff, kind: Kind, selection: Selection) -> Job {
    let job = acts::prepare(&w.app, &by.actor, kind, selection).await.unwrap();
    w.work().await;
    acts::job(&w.app, &by.actor, job.id).await.unwrap()
}

/// A job that was confirmed, and of which nothing is done yet.
async fn confirmed(w: &World, by: &Staff, kind: Kind, selection: Selection) -> Job {
    let job = prepared(w, by, kind, selection).await;
    assert_eq!(job.state, State::Ready);
    acts::confirm(&w.app, &by.actor, job.id, None).await.unwrap()
}

/// The same, seen to its end.
async fn finished(w: &World, by: &Staff, kind: Kind, selection: Selection) -> Job {
    let job = confirmed(w, by, kind, selection).await;
    w.work().await;
    acts::job(&w.app, &by.actor, job.id).await.unwrap()
}

async fn status(w: &World, id: PortalUserId) -> Status {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    portal_user::store::find(&mut look, id).await.unwrap().status()
}

/// How many people are disabled: counted, and as the lists tally it.
async fn disabled(w: &World) -> i64 {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    let tallied = portal_user::list::counts(&mut look).await.unwrap().statuses;
    let query = look.query("SELECT COUNT(*) FROM portal_user WHERE business_id = $1 AND status = 'disabled'");
    let (counted,): (i64,) = query.one(&mut look.tx, "The count").await.unwrap();
    assert_eq!(tallied.iter().find(|(status, _)| *status == Status::Disabled).unwrap().1, counted);
    counted
}

/// How many entries of a kind there are, and about how many people.
async fn entries(w: &World, kind: &str) -> (i64, i64) {
    w.audit().await;
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    look.query(
        "SELECT COUNT(DISTINCT e.seq), COUNT(DISTINCT s.subject_id) FROM audit_entry e
            JOIN audit_subject s ON s.business_id = e.business_id AND s.seq = e.seq
         WHERE e.business_id = $1 AND e.kind = $2",
    )
    .bind(kind)
    .one(&mut look.tx, "The count")
    .await
    .unwrap()
}

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

/// Posts a form, follows where it leads, and answers that page with its address.
async fn done(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> (String, Reply) {
    let reply = browser.post(path, form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}: {}", reply.body);
    let there = reply.location().to_owned();
    (there.clone(), ok(browser, &there).await)
}

fn skipped(job: &Job, obstacle: Obstacle) -> i64 {
    job.counts.skipped.get(&obstacle).copied().unwrap_or_default()
}
