//! Sessions: what opens them, what ends them, and how soon.

use super::seen;
use crate::world::{Everything, PASSWORD, both, knock, origin};
use vestibule::access::Permission;
use vestibule::access::gates::Gate;
use vestibule::account::session;
use vestibule::act::App;
use vestibule::base::Error;
use vestibule::business::{self, Switch, terms};
use vestibule::db::Query;
use vestibule::door;
use vestibule::language::Language;
use vestibule::staff::acts::Rights;
use vestibule::{link, portal_user};

both! {
    async fn s35_only_a_hash_of_the_cookie_is_stored(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut tx = w.app.db.read().await.unwrap();
        let stored: Vec<(Vec<u8>,)> =
            Query::new("SELECT hash FROM session WHERE account_id = $1").bind(omar.account).all(&mut tx).await.unwrap();
        assert_eq!(stored, [(omar.token.hash().0,)]);
        assert_ne!(stored[0].0, omar.token.reveal().as_bytes());
    }

    async fn s37_disabling_shuts_the_door_at_the_very_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        assert_eq!(w.door_of(&omar.token, client.id).await.unwrap().closed(), None);
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        assert!(matches!(w.door_of(&omar.token, client.id).await, Err(Error::SignInNeeded)));
        portal_user::acts::enable(&w.app, &nadia.actor, omar.user).await.unwrap();
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(w.door_of(&token, client.id).await.unwrap().closed(), None);
    }

    async fn s37_a_disabled_staff_member_is_out_at_the_very_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        assert!(door::staff::actor(&w.app, &nadia.token, origin("192.0.2.1")).await.unwrap().is_some());
        w.disable_staff(&nadia).await;
        assert!(door::staff::actor(&w.app, &nadia.token, origin("192.0.2.1")).await.unwrap().is_none());
    }

    async fn rule_6_disabled_on_one_node_is_refused_on_the_other(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let node = App::new(w.app.config.clone(), w.app.clock.clone()).unwrap();
        let there = || door::person::enter(&node, &w.business, &omar.token, Some(client.id), origin("192.0.2.1"));
        assert_eq!(there().await.unwrap().closed(), None);
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        assert!(matches!(there().await, Err(Error::SignInNeeded)));
        node.db.close().await;
    }

    async fn s38_what_one_business_does_ends_only_that_access(w: World) {
        let other = w.another("Harbour Accounting").await;
        let (here, there) = (w.client("Bellweather").await, other.client("Elsewhere").await);
        let omar = w.person("omar@client.test", &here).await;
        let contact = other.contact("omar@client.test", &there).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let inside = other.door(&omar.token).await.unwrap();
        door::invitation::accept(&other.app, &invitation, &inside).await.unwrap();
        assert_eq!(other.door_of(&omar.token, there.id).await.unwrap().closed(), None);

        let nadia = w.staff("nadia").may(Everything).await;
        link::acts::block(&w.app, &nadia.actor, omar.contact, None).await.unwrap();
        assert_eq!(w.door_of(&omar.token, here.id).await.unwrap().closed(), Some(Gate::Linked));
        assert_eq!(other.door_of(&omar.token, there.id).await.unwrap().closed(), None);

        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        assert_eq!(w.door(&omar.token).await.unwrap().closed(), Some(Gate::NotDisabled));
        assert_eq!(other.door_of(&omar.token, there.id).await.unwrap().closed(), None, "the session goes on there");
        let ended = portal_user::acts::end_sessions(&w.app, &nadia.actor, omar.user, None).await;
        assert!(matches!(ended, Err(Error::Refused(_))), "no business ends what serves another");
    }

    async fn s40_a_session_ends_when_nobody_uses_it_and_at_its_end_anyway(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let (idle, life) = (w.app.config.session_idle, w.app.config.session_life);
        let began = w.app.clock.now();
        w.pass(idle - 1);
        assert!(w.door(&omar.token).await.is_ok(), "used in time, it goes on");
        w.pass(idle);
        assert!(matches!(w.door(&omar.token).await, Err(Error::SignInNeeded)), "not used in time, it ends");

        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let began = began.plus_seconds(w.app.clock.now().seconds_since(began));
        while w.app.clock.now().seconds_since(began) + 1800 < life {
            w.pass(1800);
            assert!(w.door(&token).await.is_ok());
        }
        w.pass(1800);
        assert!(matches!(w.door(&token).await, Err(Error::SignInNeeded)), "however used, it ends");
    }

    async fn s40_the_last_use_is_written_every_five_minutes_not_every_click(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let began = w.app.clock.now();
        w.pass(299);
        let _ = w.door(&omar.token).await.unwrap();
        assert_eq!(w.door(&omar.token).await.unwrap().session.seen_at, began);
        w.pass(1);
        let _ = w.door(&omar.token).await.unwrap();
        assert_eq!(w.door(&omar.token).await.unwrap().session.seen_at, began.plus_seconds(300));
    }

    async fn s41_a_person_sees_their_sessions_and_ends_them(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut others = Vec::new();
        for _ in 0..3 {
            others.push(w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap());
        }
        let inside = w.door(&omar.token).await.unwrap();
        let all = door::person::sessions(&w.app, &inside).await.unwrap();
        assert_eq!(all.len(), 4);
        let one = w.door(&others[0]).await.unwrap().session.id;
        door::person::end_session(&w.app, &inside, one).await.unwrap();
        assert!(matches!(w.door(&others[0]).await, Err(Error::SignInNeeded)));
        assert!(matches!(door::person::end_session(&w.app, &inside, one).await, Err(Error::Refused(_))));
        assert_eq!(door::person::end_other_sessions(&w.app, &inside).await.unwrap(), 2);
        assert!(w.door(&omar.token).await.is_ok());
        assert!(matches!(w.door(&others[2]).await, Err(Error::SignInNeeded)));
    }

    async fn s41_nobody_ends_a_strangers_session(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let ines = w.person("ines@client.test", &client).await;
        let theirs = w.door(&ines.token).await.unwrap().session.id;
        let inside = w.door(&omar.token).await.unwrap();
        assert!(matches!(door::person::end_session(&w.app, &inside, theirs).await, Err(Error::Refused(_))));
        assert!(w.door(&ines.token).await.is_ok());
    }

    async fn s41_staff_end_sessions(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let second = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(portal_user::acts::end_sessions(&w.app, &nadia.actor, omar.user, None).await.unwrap(), 2);
        assert!(matches!(w.door(&second).await, Err(Error::SignInNeeded)));
    }

    async fn s42_sign_out_works_on_the_server(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let from = || origin("192.0.2.1");
        door::person::sign_out(&w.app, &w.business, &omar.token, from()).await.unwrap();
        assert!(matches!(w.door(&omar.token).await, Err(Error::SignInNeeded)));
        door::person::sign_out(&w.app, &w.business, &omar.token, from()).await.unwrap();
        door::staff::sign_out(&w.app, &nadia.token, from()).await.unwrap();
        assert!(door::staff::actor(&w.app, &nadia.token, from()).await.unwrap().is_none());
        let kinds: Vec<String> = w.audit().await.into_iter().filter_map(|r| r.entry).map(|e| e.kind()).collect();
        assert_eq!(kinds[..2], ["staff_signed_out", "person_signed_out"]);
    }

    async fn s47_a_permission_that_is_taken_away_is_gone_at_once(w: World) {
        let nadia = w.staff("nadia").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let door = || door::staff::actor(&w.app, &nadia.token, origin("192.0.2.1"));
        assert!(door().await.unwrap().unwrap().actor.may(Permission::ContactsInvite));
        assert!(!door().await.unwrap().unwrap().actor.may(Permission::ContactsBlock));
        w.take_permissions(&nadia).await;
        assert!(!door().await.unwrap().unwrap().actor.may(Permission::ContactsInvite));
    }

    async fn s47_new_terms_and_a_portal_switched_off_hold_at_the_very_next_request(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        terms::publish(&w.app, &w.operator(), "# Terms").await.unwrap();
        let inside = w.door_of(&omar.token, client.id).await.unwrap();
        assert_eq!(inside.closed(), Some(Gate::TermsAccepted));
        portal_user::acts::accept_terms(&w.app, &inside.actor, omar.account, 1, Language::En).await.unwrap();
        assert_eq!(w.door_of(&omar.token, client.id).await.unwrap().closed(), None);
        business::acts::switch_portal(&w.app, &w.operator(), Switch::Off).await.unwrap();
        assert_eq!(w.door_of(&omar.token, client.id).await.unwrap().closed(), Some(Gate::PortalEnabled));
    }

    async fn sessions_that_are_over_are_swept_out_and_no_others(w: World) {
        let client = w.client("Bellweather").await;
        let (omar, ines) = (w.person("omar@client.test", &client).await, w.person("ines@client.test", &client).await);
        w.pass(w.app.config.session_idle - 600);
        let _ = w.door(&ines.token).await.unwrap();
        w.pass(600);
        let mut tx = w.app.db.write().await.unwrap();
        let now = w.app.clock.now();
        assert_eq!(session::sweep(&mut tx, now, w.app.config.session_idle).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(seen(w.door(&omar.token).await).0, 401);
        assert!(w.door(&ines.token).await.is_ok());
    }
}
