//! Signing in, and what the answer tells.

use super::seen;
use crate::world::{Everything, PASSWORD, both, knock, origin};
use axum::http::StatusCode;
use vestibule::access::gates::Gate;
use vestibule::account;
use vestibule::base::Error;
use vestibule::base::hashing::{Cost, Hasher};
use vestibule::door::{self, refusal};
use vestibule::language::Language;
use vestibule::{link, portal_user};

both! {
    async fn s11_unknown_wrong_disabled_foreign_and_malformed_are_answered_alike(w: World) {
        let bellweather = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &bellweather).await;
        let other = w.another("Harbour Accounting").await;
        let foreign = other.person("ines@other.test", &other.client("Elsewhere").await).await;
        let nadia = w.staff("nadia").may(Everything).await;
        let disabled = w.person("dara@client.test", &bellweather).await;
        portal_user::acts::disable(&w.app, &nadia.actor, disabled.user, None).await.unwrap();

        let before = w.audit().await.len();
        let tries = [
            ("nobody@client.test", PASSWORD),
            (omar.email.as_str(), "not the password at all"),
            (disabled.email.as_str(), PASSWORD),
            (foreign.email.as_str(), PASSWORD),
            (nadia.email.as_str(), PASSWORD),
            ("not an address", PASSWORD),
            ("", ""),
        ];
        for (email, password) in tries {
            assert_eq!(seen(w.sign_in(knock(email, password)).await), (422, refusal().to_string()), "{email}");
        }
        assert_eq!(w.audit().await.len(), before + tries.len(), "each is recorded once, with the same work");
    }

    async fn s11_the_console_answers_alike_too(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        for (email, password) in
            [("nobody@x.test", PASSWORD), (nadia.email.as_str(), "wrong password!"), (omar.email.as_str(), PASSWORD), ("?", "?")]
        {
            let answer = door::staff::sign_in(&w.app, knock(email, password)).await;
            assert_eq!(seen(answer), (422, refusal().to_string()), "{email}");
        }
        let signed_in = door::staff::sign_in(&w.app, knock(&nadia.email, PASSWORD)).await.unwrap();
        assert_eq!(signed_in.business, w.business.id);
    }

    async fn s11_a_disabled_staff_member_is_refused_like_anybody(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        w.disable_staff(&nadia).await;
        let answer = door::staff::sign_in(&w.app, knock(&nadia.email, PASSWORD)).await;
        assert_eq!(seen(answer), (422, refusal().to_string()));
    }

    async fn s61_sign_ins_and_refusals_are_recorded_without_what_was_typed(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let _ = w.sign_in(knock("secret.name@nowhere.test", "typed-in-error-1234")).await;
        let _ = w.sign_in(knock(&omar.email, "typed-in-error-1234")).await;
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let log = w.audit().await;
        let facts: Vec<String> =
            log.iter().filter_map(|r| r.entry.as_ref()).map(|e| serde_json::to_string(e).unwrap()).collect();
        assert!(facts[0].contains("person_signed_in") && facts[0].contains(&omar.account.to_string()), "{}", facts[0]);
        assert!(facts[1].contains("the password is wrong") && facts[1].contains(&omar.account.to_string()));
        assert!(facts[2].contains("nobody here has this address"));
        assert_eq!(log[1].address, "192.0.2.10");
        for fact in &facts {
            assert!(!fact.contains("typed-in-error") && !fact.contains("secret.name"), "{fact}");
        }
    }

    async fn s36_signing_in_gives_a_new_session_and_the_old_one_is_dead(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut again = knock(&omar.email, PASSWORD);
        again.cookie = Some(omar.token.clone());
        let new = w.sign_in(again).await.unwrap();
        assert_ne!(new.reveal(), omar.token.reveal());
        assert!(matches!(w.door(&omar.token).await, Err(Error::SignInNeeded)));
        assert!(w.door(&new).await.is_ok());
    }

    async fn s6_an_old_hash_is_brought_to_todays_cost(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let old = Hasher::start(Cost { memory_kib: 32, passes: 2 }, 1).unwrap().hash(PASSWORD.into()).await.unwrap();
        let mut tx = w.app.db.write().await.unwrap();
        account::store::set_password(&mut tx, omar.account, &old, w.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let mut tx = w.app.db.read().await.unwrap();
        let now = account::store::find(&mut tx, omar.account).await.unwrap().password_hash.unwrap();
        assert!(now.reveal().contains("m=64,t=1"), "{}", now.reveal());
        drop(tx);
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn rule_9_the_address_is_known_however_it_is_typed(w: World) {
        let omar = w.person("Omar.Haddad@Client.test", &w.client("Bellweather").await).await;
        let token = w.sign_in(knock("  omar.haddad@CLIENT.TEST ", PASSWORD)).await.unwrap();
        let door = w.door(&token).await.unwrap();
        assert_eq!((door.account.id, door.account.email.as_str()), (omar.account, "Omar.Haddad@Client.test"));
    }

    async fn rule_11_who_has_no_link_left_gets_in_and_is_told_there(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bellweather = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &bellweather).await;
        link::acts::block(&w.app, &nadia.actor, omar.contact, None).await.unwrap();
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(w.door(&token).await.unwrap().closed(), None);
        assert_eq!(w.door_of(&token, bellweather.id).await.unwrap().closed(), Some(Gate::Linked));
    }

    async fn staff_see_when_somebody_last_signed_in(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        w.pass(3600);
        let at = w.app.clock.now();
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(w.door(&token).await.unwrap().user.unwrap().last_sign_in_at, at);
    }

    async fn a_client_that_was_never_theirs_is_like_one_that_never_was(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let theirs = w.client("Castle Hill").await;
        let other = w.another("Harbour Accounting").await;
        let elsewhere = other.client("Elsewhere").await;
        let nowhere = vestibule::base::id::ClientId::new(w.app.clock.now());
        let answers = [theirs.id, elsewhere.id, nowhere].map(|id| w.door_of(&omar.token, id));
        for answer in futures_util::future::join_all(answers).await {
            assert_eq!(seen(answer).0, 404);
        }
    }

    async fn the_two_realms_never_meet(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        assert!(matches!(w.door(&nadia.token).await, Err(Error::SignInNeeded)));
        assert!(door::staff::actor(&w.app, &omar.token, origin("192.0.2.1")).await.unwrap().is_none());
    }

    async fn an_endless_password_is_refused_without_hashing_it(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let endless = "x".repeat(1_000_000);
        assert_eq!(seen(w.sign_in(knock(&omar.email, &endless)).await), (422, refusal().to_string()));
    }

    async fn s11_rule3_a_business_learns_nothing_of_an_account_that_it_does_not_know(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let before = other.audit().await.len();
        let mut told = Vec::new();
        for address in ["nobody@nowhere.test", omar.email.as_str()] {
            let first = other.audit().await.len();
            door::reset::ask(&other.app, &other.business, address, origin("192.0.2.77")).await.unwrap();
            for password in ["wrong password here", PASSWORD] {
                assert!(other.sign_in(knock(address, password)).await.is_err());
            }
            let log = other.audit().await;
            let entries = &log[..log.len() - first];
            let facts: Vec<String> = entries.iter().map(|r| serde_json::to_string(&r.entry).unwrap()).collect();
            assert!(entries.iter().all(|entry| !entry.actor_name.contains("Omar")), "{facts:?}");
            assert!(facts.iter().all(|fact| fact.contains("nobody here has this address") && !fact.contains(&omar.account.to_string())), "{facts:?}");
            told.push(facts);
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(other.audit().await.len(), before + 6);
    }

    async fn rule3_what_somebody_does_at_a_business_that_does_not_know_them_is_not_in_its_log(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let contact = other.contact(&omar.email, &other.client("Elsewhere").await).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let before = other.audit().await.len();
        let base = format!("/portal/{}", other.business.slug);
        let mut browser = other.portal(&omar.token);
        let chosen = browser.post(&format!("{base}/language"), &[("language", "de"), ("next", "")]).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER);
        let form = [("current", "wrong password"), ("password", "four quite other words"), ("next", "")];
        assert_eq!(browser.get(&format!("{base}/password")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post(&format!("{base}/password"), &form).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post(&format!("{base}/sign-out"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(w.door(&omar.token).await.is_err(), "they are signed out all the same");
        // Signing in to look at an invitation tells nothing, either; accepting it does.
        let at = door::person::At::Invitation(invitation.clone());
        let business = other.business_now().await;
        let signed_in = door::person::sign_in(&other.app, &business, knock(&omar.email, PASSWORD), at).await.unwrap();
        assert_eq!(other.audit().await.len(), before);
        let inside = other.door(&signed_in.token).await.unwrap();
        assert_eq!(inside.account.language, Some(Language::De), "and the language is chosen");
        door::invitation::accept(&other.app, &invitation, &inside).await.unwrap();
        assert_eq!(other.audit().await.len(), before + 1);
    }
}
