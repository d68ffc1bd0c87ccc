use super::{ok, page_of};
use crate::world::{Everything, World, both};
use axum::http::StatusCode;
use vestibule::access::Role;
use vestibule::base::id::LinkId;
use vestibule::contact::Portal;
use vestibule::link;
use vestibule::link::places::{self, Place};

async fn link_of(w: &World, contact: vestibule::base::id::ContactId) -> link::Link {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    link::store::of_contact(&mut look, contact).await.unwrap().unwrap()
}

both! {
    async fn p7_group_and_role_are_set_and_a_role_fits_its_group(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside) = (w.client("Bramble Civil").await, w.client("Dockside").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let crew = w.group(&bramble, "Site crew").await;
        let foreign = w.group(&dockside, "Theirs").await;
        let link = link_of(&w, omar.contact).await;
        let mut browser = w.console(&nadia.token);
        let path = format!("{}/links/{}", page_of(omar.user), link.id);
        let form = ok(&mut browser, &path).await;
        assert!(form.body.contains("Site crew") && !form.body.contains("Theirs"), "{}", form.body);
        let default = link.group_id.to_string();
        let was = [("was_group", default.as_str()), ("was_role", "member")];
        let crew_id = crew.to_string();
        // Only the box that belongs to the group counts: the other one is not shown.
        let manager = [&[("group", crew_id.as_str()), ("group_manager", "on"), ("global_admin", "on")], &was[..]].concat();
        assert_eq!(browser.post(&path, &manager).await.status, StatusCode::SEE_OTHER);
        let now = link_of(&w, omar.contact).await;
        assert_eq!((now.role, now.group_id), (Role::GroupManager, crew));
        assert!(ok(&mut browser, &page_of(omar.user)).await.body.contains("Group Manager, Site crew"));

        // Somebody else was quicker.
        let late = [&[("group", "default"), ("global_admin", "on")], &was[..]].concat();
        let conflict = browser.post(&path, &late).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        assert!(conflict.body.contains("It is Group Manager in Site crew now"), "{}", conflict.body);
        let theirs = foreign.to_string();
        let wrong = [&[("group", theirs.as_str())], &was[..]].concat();
        assert_eq!(browser.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (group, role) in [(crew, Role::GlobalAdmin), (link.group_id, Role::GroupManager), (foreign, Role::Member)] {
            let refused = places::place(&w.app, &nadia.actor, omar.user, link.id, now.place(), Place { group, role }).await;
            assert!(matches!(refused, Err(vestibule::base::Error::Invalid(_))), "S45: {role:?} {refused:?}");
        }
        assert_eq!(link_of(&w, omar.contact).await.place(), now.place(), "nothing was overwritten");
    }

    async fn p7_unlinking_asks_holds_at_once_and_keeps_the_history(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside) = (w.client("Bramble Civil").await, w.client("Dockside").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let second = w.contact("omar.haddad@bramble.test", &dockside).await;
        let secret = w.invite(&nadia.actor, &second).await;
        let door = w.door(&omar.token).await.unwrap();
        vestibule::door::invitation::accept(&w.app, &secret, &door).await.unwrap();
        let link = link_of(&w, omar.contact).await;
        let mut browser = w.console(&nadia.token);
        let path = format!("{}/links/{}/remove", page_of(omar.user), link.id);
        assert!(ok(&mut browser, &path).await.body.contains("Unlink Omar Haddad from Bramble Civil?"));
        assert!(w.door_of(&omar.token, bramble.id).await.unwrap().closed().is_none());
        assert_eq!(browser.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(w.door_of(&omar.token, bramble.id).await.unwrap().closed().is_some(), "the very next request is refused");
        assert!(w.door_of(&omar.token, dockside.id).await.unwrap().closed().is_none());
        assert_eq!(w.portal_user(omar.user).await.company, "Dockside");
        assert_eq!(w.contact_now(omar.contact).await.portal, Portal::None);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        assert!(page.body.contains("ended by Nadia") && page.body.contains("Invite to portal"), "{}", page.body);
        assert_eq!(browser.post(&path, &[]).await.status, StatusCode::CONFLICT, "it has ended already");
        // Let in again, they get in again, and the history shows both (rule 11).
        let contact = w.contact_now(omar.contact).await;
        let secret = w.invite(&nadia.actor, &contact).await;
        vestibule::door::invitation::accept(&w.app, &secret, &w.door(&omar.token).await.unwrap()).await.unwrap();
        assert!(w.door_of(&omar.token, bramble.id).await.unwrap().closed().is_none());
    }

    async fn s48_whoever_takes_a_clients_last_global_admin_away_is_warned_and_may_go_on(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let lucy = w.person("lucy.nakamura@bramble.test", &bramble).await;
        let mut links: Vec<LinkId> = Vec::new();
        for person in [&omar, &lucy] {
            let link = link_of(&w, person.contact).await;
            let to = Place { group: link.group_id, role: Role::GlobalAdmin };
            places::place(&w.app, &nadia.actor, person.user, link.id, link.place(), to).await.unwrap();
            links.push(link.id);
        }
        let mut browser = w.console(&nadia.token);
        let questions = [
            format!("{}/delete", page_of(omar.user)),
            format!("{}/disable", page_of(omar.user)),
            format!("{}/links/{}", page_of(omar.user), links[0]),
            format!("{}/links/{}/remove", page_of(omar.user), links[0]),
        ];
        for path in &questions {
            assert!(!ok(&mut browser, path).await.body.contains("last Global Admin"), "{path}: there is another one");
        }
        // A disabled one looks after nobody.
        vestibule::portal_user::acts::disable(&w.app, &nadia.actor, lucy.user, None).await.unwrap();
        for path in &questions {
            let question = ok(&mut browser, path).await;
            assert!(question.body.contains("Omar Haddad is the last Global Admin of Bramble Civil"), "{path}: {}", question.body);
        }
        assert_eq!(browser.post(&questions[3], &[]).await.status, StatusCode::SEE_OTHER, "staff may go on");
    }

    async fn s47_a_new_role_holds_from_the_very_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let link = link_of(&w, omar.contact).await;
        let admin = Place { group: link.group_id, role: Role::GlobalAdmin };
        for (was, to) in [(link.place(), admin), (admin, link.place())] {
            places::place(&w.app, &nadia.actor, omar.user, link.id, was, to).await.unwrap();
            assert_eq!(w.door_of(&omar.token, bramble.id).await.unwrap().client.unwrap().role, to.role);
        }
    }

    async fn p7_link_another_invites_the_person_who_accepts(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside) = (w.client("Bramble Civil").await, w.client("Dockside").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        w.pass(1);
        let mut browser = w.console(&nadia.token);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        let another = format!("/console/portal-users/new?user={}", omar.user);
        assert!(page.body.contains(&another), "{}", page.body);
        let chooser = ok(&mut browser, &another).await;
        assert!(chooser.body.contains("Link Omar Haddad to another client"), "{}", chooser.body);
        let form = ok(&mut browser, &format!("{another}&client={}", dockside.id)).await;
        assert!(form.body.contains("value=\"omar.haddad@bramble.test\"") && form.body.contains("value=\"Omar\""), "{}", form.body);
        let (client, user) = (dockside.id.to_string(), omar.user.to_string());
        let posted = [
            ("client", client.as_str()), ("user", user.as_str()), ("first_name", "Omar"), ("last_name", "Haddad"), ("title", ""),
            ("email", "omar.haddad@bramble.test"), ("cell_phone", ""), ("office_phone", ""), ("extension", ""), ("group", "default"),
        ];
        assert_eq!(browser.post("/console/portal-users/new", &posted).await.status, StatusCode::SEE_OTHER);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        assert!(page.body.contains("Invited") && page.body.contains("Resend Invite"), "{}", page.body);
        let secret = w.secret_mailed_to("omar.haddad@bramble.test").await;
        vestibule::door::invitation::accept(&w.app, &secret, &w.door(&omar.token).await.unwrap()).await.unwrap();
        assert_eq!(w.portal_user(omar.user).await.company, "Bramble Civil and 1 more");
    }
}
