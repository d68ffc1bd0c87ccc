//! What a client's own people shut, and staff then take over, delete or restore, one by one and in bulk; and what taking that back
//! brings back.

use super::{Company, acting, link_of};
use crate::world::{Everything, Person, Staff, World, both};
use vestibule::access::Actor;
use vestibule::act::Obstacle;
use vestibule::base::{Error, Result};
use vestibule::bulk::{self, Job, Kind, Selection, State};
use vestibule::link::{self, deletion, keeping, places};
use vestibule::portal_user::{self, Behalf, Disabled, Status};

async fn disabled(w: &World, person: &Person) -> Option<Disabled> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    portal_user::store::find(&mut look, person.user).await.unwrap().disabled
}

async fn status(w: &World, person: &Person) -> Status {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    portal_user::store::find(&mut look, person.user).await.unwrap().status()
}

async fn disable(w: &World, by: &Actor, person: &Person) -> Disabled {
    keeping::disable(&w.app, by, person.user, link_of(w, person.contact).await.id).await.unwrap();
    disabled(w, person).await.unwrap()
}

async fn enable(w: &World, by: &Actor, person: &Person) -> Result<()> {
    keeping::enable(&w.app, by, person.user, link_of(w, person.contact).await.id).await
}

async fn is_the_business_s(w: &World, by: &Actor, person: &Person) -> bool {
    let refused =
        matches!(enable(w, by, person).await, Err(Error::Refused(why)) if why.to_string().contains("by the business"));
    refused && disabled(w, person).await.is_some_and(|disabled| disabled.behalf == Behalf::Business)
}

/// Something done to some people in bulk, seen to its end.
async fn in_bulk(w: &World, by: &Staff, kind: Kind, people: &[&Person]) -> Job {
    let these = Selection::These(people.iter().map(|person| person.user.0).collect());
    let job = bulk::acts::prepare(&w.app, &by.actor, kind, these).await.unwrap();
    bulk::acts::confirm(&w.app, &by.actor, job.id, None).await.unwrap();
    w.work().await;
    bulk::acts::job(&w.app, &by.actor, job.id).await.unwrap()
}

async fn taken_back(w: &World, by: &Staff, job: &Job) -> Job {
    let undo = bulk::acts::undo(&w.app, &by.actor, job.id).await.unwrap();
    w.work().await;
    let undo = bulk::acts::job(&w.app, &by.actor, undo.id).await.unwrap();
    assert_eq!(undo.state, State::Done);
    undo
}

fn skipped(job: &Job, obstacle: Obstacle) -> i64 {
    job.counts.skipped.get(&obstacle).copied().unwrap_or_default()
}

both! {
    async fn p3_a_bulk_disable_takes_over_whom_a_colleague_disabled_and_its_undo_brings_that_back(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        let before = disable(&w, &priya, &c.clerk).await;
        w.pass(60);
        let job = in_bulk(&w, &nadia, Kind::Disable, &[&c.clerk, &c.hand]).await;
        assert_eq!((job.state, job.counts.done), (State::Done, 2));
        assert!(is_the_business_s(&w, &priya, &c.clerk).await && is_the_business_s(&w, &priya, &c.hand).await);
        let undo = taken_back(&w, &nadia, &job).await;
        assert_eq!((undo.counts.done, skipped(&undo, Obstacle::DisabledAsBefore)), (1, 1));
        assert_eq!(disabled(&w, &c.clerk).await, Some(before), "since when, by whom and for whom");
        assert_eq!(status(&w, &c.hand).await, Status::Active);
        let page = w.console(&nadia.token).get(&format!("/console/bulk/{}", undo.id)).await.body;
        assert!(page.contains("Disabled by one of the client’s own people, as before"), "{page}");
        let log = w.portal(&c.admin.token).get(&format!("/portal/{}/clients/{}/company/activity", w.business.slug, c.client.id)).await.body;
        assert!(log.contains("put Joel Okafor back to disabled, as before"), "{log}");
        enable(&w, &priya, &c.clerk).await.unwrap();
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
    }

    async fn p3_the_undo_of_a_bulk_disable_brings_back_nothing_of_a_client_whose_link_has_ended(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        disable(&w, &priya, &c.clerk).await;
        let job = in_bulk(&w, &nadia, Kind::Disable, &[&c.clerk]).await;
        places::unlink(&w.app, &priya, c.clerk.user, link_of(&w, c.clerk.contact).await.id).await.unwrap();
        assert_eq!(status(&w, &c.clerk).await, Status::Disabled, "by the business");
        assert_eq!(taken_back(&w, &nadia, &job).await.counts.done, 1);
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
    }

    async fn p3_the_undo_of_a_bulk_enable_disables_everybody_as_they_were(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        let ours = portal_user::acts::disable(&w.app, &nadia.actor, c.hand.user, None).await.unwrap().disabled;
        let (theirs, _) = (disable(&w, &priya, &c.clerk).await, disable(&w, &priya, &c.manager).await);
        w.pass(60);
        let job = in_bulk(&w, &nadia, Kind::Enable, &[&c.clerk, &c.hand, &c.manager]).await;
        assert_eq!(job.counts.done, 3);
        let token = w.sign_in(crate::world::knock(&c.clerk.email, crate::world::PASSWORD)).await.unwrap();
        // Whom the client has let go since is not kept out for it.
        places::unlink(&w.app, &priya, c.manager.user, link_of(&w, c.manager.contact).await.id).await.unwrap();
        let undo = taken_back(&w, &nadia, &job).await;
        assert_eq!((undo.counts.done, skipped(&undo, Obstacle::ChangedSince)), (2, 1));
        assert_eq!((disabled(&w, &c.hand).await, disabled(&w, &c.clerk).await), (ours, Some(theirs)));
        assert_eq!(status(&w, &c.manager).await, Status::Active);
        assert!(w.door(&token).await.is_err(), "S37: from the very next request");
        assert!(is_the_business_s(&w, &priya, &c.hand).await);
        enable(&w, &priya, &c.clerk).await.unwrap();
    }

    async fn p3_whom_a_colleague_enabled_or_staff_disabled_anew_stays_so_when_a_bulk_is_taken_back(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        disable(&w, &priya, &c.clerk).await;
        disable(&w, &priya, &c.hand).await;
        let job = in_bulk(&w, &nadia, Kind::Enable, &[&c.clerk, &c.hand]).await;
        disable(&w, &priya, &c.clerk).await;
        enable(&w, &priya, &c.clerk).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia.actor, c.hand.user, None).await.unwrap();
        let undo = taken_back(&w, &nadia, &job).await;
        assert_eq!((undo.counts.done, skipped(&undo, Obstacle::ChangedSince)), (0, 2));
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
        assert!(is_the_business_s(&w, &priya, &c.hand).await);
    }

    async fn s45_a_single_disable_takes_over_and_deleting_and_restoring_leave_it_as_it_was(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        let before = disable(&w, &priya, &c.clerk).await;
        disable(&w, &priya, &c.hand).await;
        portal_user::acts::disable(&w.app, &nadia.actor, c.hand.user, None).await.unwrap();
        assert!(is_the_business_s(&w, &priya, &c.hand).await);
        for person in [&c.clerk, &c.hand] {
            deletion::delete(&w.app, &nadia.actor, person.user).await.unwrap();
            deletion::restore(&w.app, &nadia.actor, person.user).await.unwrap();
            assert_eq!(status(&w, person).await, Status::Disabled);
        }
        assert!(is_the_business_s(&w, &priya, &c.hand).await);
        assert_eq!(disabled(&w, &c.clerk).await, Some(before.clone()));
        // The same in bulk, and taken back.
        let job = in_bulk(&w, &nadia, Kind::Delete, &[&c.clerk, &c.hand]).await;
        assert_eq!((job.counts.done, status(&w, &c.clerk).await), (2, Status::Deleted));
        assert_eq!(taken_back(&w, &nadia, &job).await.counts.done, 2);
        assert!(is_the_business_s(&w, &priya, &c.hand).await);
        assert_eq!(disabled(&w, &c.clerk).await, Some(before));
        enable(&w, &priya, &c.clerk).await.unwrap();
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
    }

    async fn rule11_who_is_restored_without_the_link_is_not_kept_out_by_the_client_any_more(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (nadia, priya) = (w.staff("nadia").may(Everything).await, acting(&w, &c.admin).await);
        disable(&w, &priya, &c.clerk).await;
        portal_user::acts::disable(&w.app, &nadia.actor, c.hand.user, None).await.unwrap();
        for person in [&c.clerk, &c.hand] {
            deletion::delete(&w.app, &nadia.actor, person.user).await.unwrap();
            link::acts::block(&w.app, &nadia.actor, person.contact, None).await.unwrap();
            deletion::restore(&w.app, &nadia.actor, person.user).await.unwrap();
        }
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
        assert_eq!(status(&w, &c.hand).await, Status::Disabled, "what the business shut stays");
        let told: Vec<String> = w.audit().await.iter().filter_map(|told| told.entry.as_ref().map(|e| e.kind())).collect();
        assert_eq!(told.iter().filter(|kind| *kind == "disabling_ended").count(), 1, "{told:?}");
    }
}
