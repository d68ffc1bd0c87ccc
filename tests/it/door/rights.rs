//! Between the guard's question and the act, something may change: what counts is how things stand when it is done.

use super::seen;
use crate::world::{Everything, PASSWORD, Staff, World, both, knock, origin, secret};
use vestibule::access::Permission;
use vestibule::account::session;
use vestibule::account::throttle::{self, Browser, Whose};
use vestibule::audit::Entry;
use vestibule::base::{Error, Result};
use vestibule::db::Query;
use vestibule::door::invitation::NewPerson;
use vestibule::door::person::change_password;
use vestibule::door::{self, Knock};
use vestibule::staff::acts::Rights;
use vestibule::{invitation, portal_user};

const NEW: &str = "four quite other words";

/// Somebody invites a contact, whose rights another act changes in the meantime: the guard has let them through, their act
/// waits for the other one, and goes on when that is done.
async fn invites_while(w: &World, by: &Staff, statement: &'static str) -> Result<()> {
    let contact = w.contact("omar@client.test", &w.client("Bellweather").await).await;
    let mut other = w.app.begin(&w.operator()).await.unwrap();
    let inviting = {
        let (app, actor) = (w.app.clone(), by.actor.clone());
        tokio::spawn(async move { invitation::acts::invite(&app, &actor, contact.id).await.map(|_| ()) })
    };
    let id = by.actor.id().unwrap();
    Query::new(statement).bind(w.business.id).bind(id).run(&mut other.tx).await.unwrap();
    other.commit(Entry::Exported { what: "rights changed".into(), rows: 1 }).await.unwrap();
    let answer = inviting.await.unwrap();
    assert!(w.mail_to("omar@client.test").await.is_empty() || answer.is_ok(), "nothing was done");
    answer
}

both! {
    async fn s47_a_permission_that_is_taken_away_before_the_act_is_gone(w: World) {
        let nadia = w.staff("nadia").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let taken = "DELETE FROM staff_permission WHERE business_id = $1 AND staff_id = $2";
        let answer = invites_while(&w, &nadia, taken).await;
        assert!(matches!(answer, Err(Error::Forbidden(label)) if label == Permission::ContactsInvite.label()), "{answer:?}");
    }

    async fn s37_a_staff_member_who_is_disabled_before_the_act_does_nothing(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let disabled = "UPDATE staff_member SET status = 'disabled' WHERE business_id = $1 AND id = $2";
        assert!(matches!(invites_while(&w, &nadia, disabled).await, Err(Error::SignInNeeded)));
    }

    async fn s37_a_staff_member_who_is_signed_out_before_the_act_does_nothing(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ended = "DELETE FROM session WHERE business_id = $1 AND account_id =
            (SELECT account_id FROM staff_member WHERE business_id = $1 AND id = $2)";
        assert!(matches!(invites_while(&w, &nadia, ended).await, Err(Error::SignInNeeded)));
    }

    async fn s47_what_others_are_given_or_lose_changes_nothing(w: World) {
        let nadia = w.staff("nadia").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        w.staff("hana").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let others = "DELETE FROM staff_permission WHERE business_id = $1 AND staff_id <> $2";
        invites_while(&w, &nadia, others).await.unwrap();
    }

    async fn s39_a_password_is_not_changed_in_a_session_that_was_ended_meanwhile(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let inside = w.door(&omar.token).await.unwrap();
        portal_user::acts::end_sessions(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        let changed = change_password(&w.app, &w.business, &inside, secret(PASSWORD), secret(NEW)).await;
        assert!(matches!(changed, Err(Error::SignInNeeded)));
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn s39_a_new_password_makes_every_browser_a_stranger_but_the_one_it_was_set_in(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let stolen = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let inside = w.door(&omar.token).await.unwrap();
        let new = change_password(&w.app, &w.business, &inside, secret(PASSWORD), secret(NEW)).await.unwrap();
        let mut look = w.app.look(&w.operator()).await.unwrap();
        let mut known = Vec::new();
        for cookie in [&omar.token, &stolen, &new] {
            known.push(throttle::browser(&mut look.tx, &Whose::account(omar.account), Some(cookie)).await.unwrap());
        }
        assert_eq!(known, [Browser::Unknown, Browser::Unknown, Browser::Known]);
    }

    async fn s15_a_new_password_that_cannot_be_taken_buys_no_guesses(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let (business, inside) = (w.business_now().await, w.door(&omar.token).await.unwrap());
        let change = async |current: &str, new: &str| {
            seen(change_password(&w.app, &business, &inside, secret(current), secret(new)).await).0
        };
        for _ in 0..5 {
            assert_eq!(change("not the current password", NEW).await, 422);
            assert_eq!(change(PASSWORD, PASSWORD).await, 422);
            assert_eq!(change(PASSWORD, "short").await, 422);
        }
        assert_eq!(change(PASSWORD, NEW).await, 429, "five were wrong, and nothing took one of them back");
    }

    async fn s40_who_signs_in_again_and_again_piles_nothing_up(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut tokens = Vec::new();
        for _ in 0..60 {
            w.pass(1);
            tokens.push(w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap());
        }
        let mut look = w.app.look(&w.operator()).await.unwrap();
        let (now, idle) = (look.now, w.app.config.session_idle);
        assert_eq!(session::of_account(&mut look.tx, omar.account, now, idle).await.unwrap().len(), 50);
        let (browsers,): (i64,) = Query::new("SELECT COUNT(*) FROM attempt WHERE subject LIKE 'browser:%'")
            .one(&mut look.tx, "It")
            .await
            .unwrap();
        assert_eq!(browsers, 50);
        drop(look);
        assert!(w.door(&tokens[59]).await.is_ok() && w.door(&tokens[10]).await.is_ok());
        for oldest in [&omar.token, &tokens[9]] {
            assert!(matches!(w.door(oldest).await, Err(Error::SignInNeeded)), "the one unused longest has ended");
        }
    }

    async fn s61_the_first_whom_a_lock_turns_away_is_recorded_and_nobody_fills_the_log(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let from = |n: usize| Knock { origin: origin(&format!("198.51.100.{n}")), ..knock(&omar.email, "wrong wrong") };
        let recorded = async || {
            let audit = w.audit().await;
            let why = audit.into_iter().filter_map(|r| match r.entry {
                Some(Entry::SignInRefused { account, portal_user, why }) if why.contains("too many wrong attempts") => {
                    Some((account, portal_user, why))
                }
                _ => None,
            });
            why.collect::<Vec<_>>()
        };
        for n in 0..5 {
            assert_eq!(seen(w.sign_in(from(n)).await).0, 422);
        }
        assert!(recorded().await.is_empty(), "nobody has come to a closed lock yet");
        let turned_away = futures_util::future::join_all((0..30).map(|n| w.sign_in(from(n)))).await;
        assert!(turned_away.iter().all(|answer| matches!(answer, Err(Error::TooMany(15)))));
        let first = recorded().await;
        assert_eq!(first.len(), 1, "{first:?}");
        assert_eq!((first[0].0, first[0].1), (Some(omar.account), Some(omar.user)));
        assert!(first[0].2.contains("nothing is looked at for 15 seconds"), "{}", first[0].2);

        w.pass(15);
        assert_eq!(seen(w.sign_in(from(1)).await).0, 422, "looked at, wrong, and closed again");
        for _ in 0..3 {
            assert_eq!(seen(w.sign_in(from(1)).await).0, 429);
        }
        assert_eq!(recorded().await.len(), 2, "one for each lock");
        let before = w.audit().await.len();
        assert_eq!(seen(w.sign_in(from(1)).await).0, 429);
        assert_eq!(w.audit().await.len(), before);
    }

    async fn s61_a_network_address_that_is_turned_away_is_recorded_once(w: World) {
        let attacker = || origin("203.0.113.66");
        for n in 0..23 {
            let asked = door::reset::ask(&w.app, &w.business, &format!("p{n}@client.test"), attacker()).await;
            assert_eq!(seen(asked).0, if n < 20 { 200 } else { 429 });
        }
        let told = w.audit().await.into_iter().filter_map(|r| r.entry).filter(
            |entry| matches!(entry, Entry::SignInRefused { why, .. } if why.contains("from this network address")),
        );
        assert_eq!(told.count(), 1);
    }

    async fn s29_an_address_with_an_account_is_told_to_sign_in_before_anything_is_hashed(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let again = w.contact(&omar.email, &w.client("Coldstream").await).await;
        let invitation = w.invite(&w.operator(), &again).await;
        let details = again.details.clone();
        // A password that could not be taken: it is refused before that is even looked at.
        let person = NewPerson { first: details.first_name, last: details.last_name, language: None, password: "short".into() };
        let business = w.business_now().await;
        let accepted =
            door::invitation::accept_new(&w.app, &business, &invitation, person, None, origin("192.0.2.1")).await;
        let Err(Error::Refused(why)) = accepted.map(|_| ()) else { panic!("it was looked at") };
        assert!(why.contains("Sign in to accept"), "{why}");
    }

    async fn s41_staff_see_no_session_that_also_serves_another_business(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let session = w.door(&omar.token).await.unwrap().session.id.to_string();
        let path = format!("/console/portal-users/{}", omar.user);
        assert!(w.console(&nadia.token).get(&path).await.body.contains(&session));

        let other = w.another("Harbour Accounting").await;
        let contact = other.contact(&omar.email, &other.client("Elsewhere").await).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let inside = other.door(&omar.token).await.unwrap();
        door::invitation::accept(&other.app, &invitation, &inside).await.unwrap();
        let page = w.console(&nadia.token).get(&path).await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(!page.body.contains(&session) && !page.body.contains("Firefox"), "neither where nor when");
    }
}
