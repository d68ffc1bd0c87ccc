use super::{ok, page_of};
use crate::world::{Everything, PASSWORD, both, knock};
use axum::http::StatusCode;
use vestibule::base::Error;
use vestibule::contact::Portal;
use vestibule::link::deletion;
use vestibule::worker::Worker;
use vestibule::{account, door, invitation, link, portal_user};

fn refused<T>(result: vestibule::base::Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why.to_string(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

both! {
    async fn p6_delete_asks_first_naming_what_is_lost_and_holds_from_the_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside) = (w.client("Bramble Civil").await, w.client("Dockside").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let second = w.contact("omar.haddad@bramble.test", &dockside).await;
        invitation::acts::invite(&w.app, &nadia.actor, second.id).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let path = format!("{}/delete?back=%2Fconsole%2Fportal-users", page_of(omar.user));
        let question = ok(&mut browser, &path).await;
        for said in ["data-confirm", "Delete Omar Haddad?", "Yes, delete Omar Haddad", "Cancel", "Bramble Civil", "1 open session", "The invitation to Dockside that waits", "22 Dec 2026"] {
            assert!(question.body.contains(said), "{said:?}: {}", question.body);
        }
        assert!(w.door(&omar.token).await.is_ok(), "asking changes nothing");
        let done = browser.post(&path, &[]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/portal-users"));
        assert!(w.door(&omar.token).await.is_err(), "S37: the very next request is refused");
        assert!(w.sign_in(knock(&omar.email, PASSWORD)).await.is_err());
        assert_eq!(w.contact_now(omar.contact).await.portal, Portal::None);
        assert_eq!(w.contact_now(second.id).await.portal, Portal::None, "the invitation is void");
        let list = ok(&mut browser, "/console/portal-users").await;
        assert!(list.body.contains("Omar Haddad is deleted") && list.body.contains("Deleted<span class=\"count\">1</span>"), "{}", list.body);
        assert!(list.body.contains("Everyone<span class=\"count\">0</span>"));
        let deleted = ok(&mut browser, "/console/portal-users?status=deleted").await;
        assert!(deleted.body.contains(&format!("{}/restore", page_of(omar.user))), "{}", deleted.body);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        assert!(page.body.contains("This portal user is deleted") && !page.body.contains("name=\"first_name\""), "{}", page.body);
        assert!(page.body.contains("Deleted by Nadia"), "P8 says it, too: {}", page.body);
        for act in ["disable", "enable", "require-password-change", "reset", "sessions/end"] {
            let reply = browser.post(&format!("{}/{act}", page_of(omar.user)), if act == "disable" { &[("because", "")] } else { &[] }).await;
            assert_eq!(reply.status, StatusCode::CONFLICT, "{act}: {}", reply.body);
        }
        assert_eq!(browser.post(&path, &[]).await.status, StatusCode::CONFLICT, "already done");
    }

    async fn p6_a_forgotten_password_lets_nobody_back_in_who_is_deleted(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let ask = async || door::reset::ask(&w.app, &w.business_now().await, &omar.email, crate::world::origin("198.51.100.9")).await.unwrap();
        w.pass(1);
        ask().await;
        let secret = w.secret_mailed_to(&omar.email).await;
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        let business = w.business_now().await;
        let set = door::reset::set(&w.app, &business, &secret, "another quilt anvil dune".into(), crate::world::origin("198.51.100.9")).await;
        assert!(set.is_err());
        let before = w.mail_to(&omar.email).await.len();
        ask().await;
        assert_eq!(w.mail_to(&omar.email).await.len(), before, "no new link is mailed");
    }

    async fn p6_restored_within_30_days_what_is_free_is_linked_again(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside, coldstream) = (w.client("Bramble Civil").await, w.client("Dockside").await, w.client("Coldstream").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let mut contacts = Vec::new();
        for client in [&dockside, &coldstream] {
            let contact = w.contact("omar.haddad@bramble.test", client).await;
            let secret = w.invite(&nadia.actor, &contact).await;
            let door = w.door(&omar.token).await.unwrap();
            door::invitation::accept(&w.app, &secret, &door).await.unwrap();
            contacts.push(contact);
        }
        w.pass(1);
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        assert_eq!(w.portal_user(omar.user).await.company, "");
        link::acts::block(&w.app, &nadia.actor, contacts[0].id, None).await.unwrap();
        invitation::acts::invite(&w.app, &nadia.actor, contacts[1].id).await.unwrap();
        w.pass(30 * 86_400 - 1);
        let mut browser = w.console(&w.staff("tom").may(Everything).await.token);
        let done = browser.post(&format!("{}/restore", page_of(omar.user)), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let user = w.portal_user(omar.user).await;
        assert_eq!((user.company.as_str(), user.deleted), ("Bramble Civil and 1 more", None));
        assert_eq!(w.contact_now(contacts[1].id).await.portal, Portal::Connected);
        assert!(w.contact_now(contacts[0].id).await.blocked().is_some());
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert!(w.door_of(&token, bramble.id).await.is_ok());
        assert!(w.door_of(&token, dockside.id).await.unwrap().closed().is_some(), "the block stays");
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert!(invitation::store::open_to(&mut look, &[user.email.key()]).await.unwrap().is_empty());
        let links = link::store::of_user(&mut look, omar.user).await.unwrap();
        assert_eq!(links.iter().filter(|l| l.client_id == bramble.id).count(), 2, "the history shows both");
        assert_eq!(browser.post(&format!("{}/restore", page_of(omar.user)), &[]).await.status, StatusCode::CONFLICT);
    }

    async fn p6_after_30_days_the_portal_user_is_gone_and_the_audit_stays(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let lucy = w.person("lucy.nakamura@bramble.test", &bramble).await;
        let other = w.another("Harbour Strata").await;
        w.also_at(&lucy, &other).await;
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        deletion::delete(&w.app, &nadia.actor, lucy.user).await.unwrap();
        let worker = Worker::new(&w.app).unwrap();
        w.pass(30 * 86_400 - 60);
        worker.sweep().await.unwrap();
        w.portal_user(omar.user).await;
        w.pass(60);
        assert!(refused(deletion::restore(&w.app, &w.operator(), omar.user).await).contains("could be restored until"));
        worker.sweep().await.unwrap();
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert!(portal_user::store::find(&mut look, omar.user).await.is_err());
        let account = async |id| account::store::find(&mut w.app.db.read().await.unwrap(), id).await;
        assert!(account(omar.account).await.is_err(), "nobody knows this account any more");
        assert!(account(lucy.account).await.is_ok(), "it opens another business's door");
        assert_eq!(account::store::businesses(&mut look.tx, lucy.account).await.unwrap(), [other.business.id]);
        drop(look);
        let list = ok(&mut w.console(&w.staff("tom").may(Everything).await.token), "/console/portal-users?status=deleted").await;
        assert!(list.body.contains("Deleted<span class=\"count\">0</span>"), "{}", list.body);
        let said: Vec<String> = w.audit().await.iter().filter_map(|e| e.entry.as_ref().map(|e| e.sentence())).collect();
        assert!(said.iter().any(|s| s.contains("deleted the portal user Omar Haddad (omar.haddad@bramble.test), linked to Bramble Civil")), "{said:?}");
        assert!(said.iter().any(|s| s.contains("let Omar Haddad go for good")));
        // The contact can be invited again, as somebody new.
        let contact = w.contact_now(omar.contact).await;
        let secret = w.invite(&w.operator(), &contact).await;
        let again = w.accepts(&contact, &secret).await;
        assert_ne!(again.account, omar.account);
    }

    async fn r11_whoever_was_deleted_and_is_invited_again_comes_back_as_the_same_portal_user(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        w.pass(60);
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        w.pass(60);
        let contact = w.contact_now(omar.contact).await;
        let secret = w.invite(&nadia.actor, &contact).await;
        // They have an account, so they sign in to accept (S29): the invitation's page lets them.
        let business = w.business_now().await;
        let knock = knock(&omar.email, PASSWORD);
        let signed_in = door::person::sign_in(&w.app, &business, knock, door::person::At::Invitation(secret.clone())).await.unwrap();
        let door = w.door(&signed_in.token).await.unwrap();
        assert!(door.user.is_none(), "until then they are a stranger");
        door::invitation::accept(&w.app, &secret, &door).await.unwrap();
        let user = w.portal_user(omar.user).await;
        assert_eq!((user.deleted, user.company.as_str(), user.account_id), (None, "Bramble Civil", omar.account));
        assert!(w.door_of(&signed_in.token, bramble.id).await.is_ok());
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert_eq!(link::store::of_user(&mut look, omar.user).await.unwrap().len(), 2, "the history shows both");
    }

    async fn r10_an_invitation_from_before_brings_nobody_back_who_was_deleted_or_is_disabled(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, dockside) = (w.client("Bramble Civil").await, w.client("Dockside").await);
        let other = w.another("Harbour Strata").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        w.also_at(&omar, &other).await;
        let contact = w.contact("shared.office@dockside.test", &dockside).await;
        let before = w.invite(&nadia.actor, &contact).await;
        w.pass(60);
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        let door = w.door(&omar.token).await.unwrap();
        let why = refused(door::invitation::accept(&w.app, &before, &door).await);
        assert!(why.contains("was removed after this invitation was sent"), "{why}");
        w.pass(60);
        let after = w.invite(&nadia.actor, &contact).await;
        door::invitation::accept(&w.app, &after, &door).await.unwrap();
        assert_eq!(w.portal_user(omar.user).await.company, "Dockside");

        // Disabled and deleted: an invitation does not get around what staff have closed.
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        w.pass(60);
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        w.pass(60);
        let newest = w.invite(&nadia.actor, &w.contact_now(contact.id).await).await;
        let why = refused(door::invitation::accept(&w.app, &newest, &door).await);
        assert!(why.contains("is switched off"), "{why}");
        deletion::restore(&w.app, &nadia.actor, omar.user).await.unwrap();
        assert_eq!(w.portal_user(omar.user).await.status(), portal_user::Status::Disabled, "restored as they were");
    }

    async fn s38_deleting_at_one_business_leaves_the_other_alone(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let other = w.another("Harbour Strata").await;
        w.also_at(&omar, &other).await;
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        assert!(w.door(&omar.token).await.unwrap().user.is_none());
        assert!(other.door(&omar.token).await.unwrap().closed().is_none());
    }

    async fn p6_many_are_deleted_and_restored_as_one_is(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let mut ids = Vec::new();
        for n in 0..5 {
            ids.push(w.person(&format!("person{n}.many@bramble.test"), &bramble).await.user);
        }
        deletion::delete(&w.app, &nadia.actor, ids[1]).await.unwrap();
        let gone = portal_user_id();
        ids.push(gone);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let foreseen = deletion::foresee_deleting(&mut look, &ids).await.unwrap();
        drop(look);
        let mut act = w.app.begin(&nadia.actor).await.unwrap();
        let done = deletion::delete_all(&mut act, &ids).await.unwrap();
        act.commit_all(Vec::new()).await.unwrap();
        assert_eq!(foreseen.iter().map(|(id, o)| (*id, o.is_ok())).collect::<Vec<_>>(), done.iter().map(|(id, o)| (*id, o.is_ok())).collect::<Vec<_>>());
        assert_eq!(done.iter().filter(|(_, o)| o.is_ok()).count(), 4);
        let entries = w.audit().await.iter().filter(|e| e.entry.as_ref().is_some_and(|e| e.kind() == "portal_user_deleted")).count();
        assert_eq!(entries, 5, "one entry for each person");
        let mut act = w.app.begin(&nadia.actor).await.unwrap();
        let restored = deletion::restore_all(&mut act, &ids).await.unwrap();
        act.commit_all(Vec::new()).await.unwrap();
        assert_eq!(restored.iter().filter(|(_, o)| o.is_ok()).count(), 5);
        let list = ok(&mut w.console(&nadia.token), "/console/portal-users").await;
        assert!(list.body.contains("5 people") && list.body.contains("Deleted<span class=\"count\">0</span>"), "{}", list.body);
    }
}

fn portal_user_id() -> vestibule::base::id::PortalUserId {
    vestibule::base::id::PortalUserId(uuid::Uuid::nil())
}
