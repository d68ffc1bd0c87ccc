//! Many are deleted and restored at once (P3, P6), and staff are told which clients nobody would look after any more.

use super::*;
use vestibule::access::Role;
use vestibule::contact::Portal;
use vestibule::link;
use vestibule::link::places::{self, Place};

async fn make_global_admin(w: &World, person: &Person) {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    let link = link::store::of_contact(&mut look, person.contact).await.unwrap().unwrap();
    drop(look);
    let to = Place { role: Role::GlobalAdmin, ..link.place() };
    places::place(&w.app, &w.operator(), person.user, link.id, link.place(), to).await.unwrap();
}

both! {
    async fn p3_bulk_delete_shuts_the_door_at_the_next_request_and_undo_links_again(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let (anna, omar) = (w.person("anna@client.test", &client).await, w.person("omar@client.test", &client).await);
        let stays = w.person("stays@client.test", &client).await;
        let job = finished(&w, &nadia, Kind::Delete, these(&[anna.user, omar.user])).await;
        assert_eq!((job.state, job.counts.done), (State::Done, 2));
        for gone in [&anna, &omar] {
            assert!(w.door(&gone.token).await.is_err(), "S37: the very next request is refused");
            assert_eq!(status(&w, gone.user).await, Status::Deleted);
            assert_eq!(w.contact_now(gone.contact).await.portal, Portal::None);
        }
        assert!(w.door(&stays.token).await.is_ok());
        assert_eq!(entries(&w, "portal_user_deleted").await, (2, 2));

        // Of two, one is restored by hand meanwhile: taking it back leaves that one alone.
        link::deletion::restore(&w.app, &nadia.actor, anna.user).await.unwrap();
        let undo = acts::undo(&w.app, &nadia.actor, job.id).await.unwrap();
        assert_eq!(undo.kind, Kind::Restore);
        w.work().await;
        let undo = acts::job(&w.app, &nadia.actor, undo.id).await.unwrap();
        assert_eq!((undo.state, undo.counts.done, skipped(&undo, Obstacle::ChangedSince)), (State::Done, 1, 1));
        for back in [&anna, &omar] {
            assert_eq!(status(&w, back.user).await, Status::Active);
            assert_eq!(w.contact_now(back.contact).await.portal, Portal::Connected);
        }
        assert_eq!(entries(&w, "portal_user_restored").await, (2, 2));
    }

    async fn p3_bulk_delete_and_restore_skip_with_the_reason_whom_they_do_not_fit(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 3).await;
        link::deletion::delete(&w.app, &nadia.actor, ids[0]).await.unwrap();
        let delete = prepared(&w, &nadia, Kind::Delete, these(&ids)).await;
        assert_eq!((delete.counts.waiting, skipped(&delete, Obstacle::Deleted)), (2, 1));
        let restore = finished(&w, &nadia, Kind::Restore, these(&ids)).await;
        assert_eq!((restore.counts.done, skipped(&restore, Obstacle::NotDeleted)), (1, 2));
        link::deletion::delete(&w.app, &nadia.actor, ids[1]).await.unwrap();
        w.pass(31 * 24 * 60 * 60);
        let late = prepared(&w, &nadia, Kind::Restore, these(&ids[1..2])).await;
        assert_eq!((late.counts.waiting, skipped(&late, Obstacle::TooLate)), (0, 1));
    }

    async fn s47_bulk_actions_show_nobody_whom_the_lists_would_not(w: World) {
        let inviter = w.staff("ivo").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let ids = crowd(&w, 2).await;
        let contact = w.contact("omar@client.test", &w.client("Bellweather").await).await;
        let mut browser = w.console(&inviter.token);
        for (path, id) in [("portal-users/bulk/resend-invitations", ids[0].to_string()), ("contacts/invite", contact.id.to_string())] {
            for form in [[("id", id.as_str())], [("all", "")]] {
                let reply = browser.post(&format!("/console/{path}"), &form).await;
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path} {form:?}: {}", reply.body);
            }
        }
        let nadia = w.staff("nadia").may(Everything).await;
        let job = prepared(&w, &nadia, Kind::Disable, these(&ids)).await;
        for path in [format!("/console/bulk/{}", job.id), format!("/console/bulk/{}/result", job.id)] {
            assert_eq!(browser.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        // Nor is a selection that nobody confirmed handed out as a file.
        let early = w.console(&nadia.token).get(&format!("/console/bulk/{}/result", job.id)).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    }

    async fn p3_deleting_needs_its_own_permission_and_so_does_its_undo(w: World) {
        let only = [Permission::PortalUsersView, Permission::PortalUsersManage];
        let priya = w.staff("priya").may(Rights::Only(only.to_vec())).await;
        let ids = crowd(&w, 2).await;
        let mut browser = w.console(&priya.token);
        let reply = browser.post("/console/portal-users/bulk/delete", &[("id", &ids[0].to_string())]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        let nadia = w.staff("nadia").may(Everything).await;
        let job = finished(&w, &nadia, Kind::Delete, these(&ids)).await;
        assert!(acts::undo(&w.app, &priya.actor, job.id).await.is_err());
        assert!(!ok(&mut browser, "/console/portal-users").await.body.contains("bulk/delete"));
    }

    async fn p3_staff_are_told_which_clients_are_left_without_a_global_admin(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, coldstream) = (w.client("Bramble Civil").await, w.client("Coldstream Foods").await);
        let one = w.person("one@bramble.test", &bramble).await;
        let two = w.person("two@bramble.test", &bramble).await;
        let alone = w.person("alone@coldstream.test", &coldstream).await;
        let member = w.person("member@coldstream.test", &coldstream).await;
        for admin in [&one, &two, &alone] {
            make_global_admin(&w, admin).await;
        }
        let left = async |kind, ids: &[PortalUserId]| prepared(&w, &nadia, kind, these(ids)).await.counts.unadministered;
        assert_eq!(left(Kind::Disable, &[one.user, member.user]).await.clients, 0, "the other one is still there");
        let both_gone = left(Kind::Delete, &[one.user, two.user]).await;
        assert_eq!((both_gone.clients, both_gone.first), (1, vec!["Bramble Civil".to_owned()]));
        let all = left(Kind::Disable, &[one.user, two.user, alone.user]).await;
        assert_eq!((all.clients, all.first), (2, vec!["Bramble Civil".to_owned(), "Coldstream Foods".to_owned()]));
        // Whoever is disabled already looks after nobody.
        portal_user::acts::disable(&w.app, &nadia.actor, two.user, None).await.unwrap();
        let job = prepared(&w, &nadia, Kind::Delete, these(&[one.user])).await;
        assert_eq!(job.counts.unadministered.clients, 1);
        let page = ok(&mut w.console(&nadia.token), &format!("/console/bulk/{}", job.id)).await.body;
        assert!(page.contains("Bramble Civil is left without a Global Admin"), "{page}");
        assert_eq!(left(Kind::Enable, &[two.user]).await.clients, 0);
    }
}
