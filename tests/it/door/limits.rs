//! How often somebody may try.

use super::seen;
use crate::world::{PASSWORD, World, both, knock, origin, secret};
use futures_util::future::join_all;
use vestibule::account::throttle::{self, Browser, Whose};
use vestibule::base::Error;
use vestibule::base::secret::Token;
use vestibule::db::Query;
use vestibule::door::{self, Knock};

const WRONG: &str = "not the password at all";

/// A knock from an address of its own.
fn from(address: &str, email: &str, password: &str) -> Knock {
    Knock { origin: origin(address), ..knock(email, password) }
}

/// Tries until nothing more is looked at; how many were.
async fn tries_until_closed(w: &World, mut knock: impl FnMut() -> Knock) -> usize {
    for n in 0.. {
        match w.sign_in(knock()).await {
            Err(Error::Invalid(_)) => {}
            Err(Error::TooMany(_)) => return n,
            other => panic!("{other:?}", other = seen(other)),
        }
    }
    unreachable!()
}

both! {
    async fn s13_five_are_free_then_each_waits_longer(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        assert_eq!(tries_until_closed(&w, || knock(&omar.email, WRONG)).await, 5);
        let Err(Error::TooMany(wait)) = w.sign_in(knock(&omar.email, PASSWORD)).await else { panic!("looked at") };
        assert_eq!(wait, 15, "also the right password is not looked at");
        w.pass(15);
        assert_eq!(seen(w.sign_in(knock(&omar.email, WRONG)).await).0, 422);
        w.pass(29);
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 429);
        w.pass(1);
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(tries_until_closed(&w, || knock(&omar.email, WRONG)).await, 5, "the right one ends the run");
    }

    async fn s13_an_address_that_nobody_has_is_limited_alike(w: World) {
        assert_eq!(tries_until_closed(&w, || knock("nobody@client.test", WRONG)).await, 5);
        let Err(Error::TooMany(wait)) = w.sign_in(knock("nobody@client.test", WRONG)).await else { panic!("looked at") };
        assert_eq!(wait, 15);
    }

    async fn s13_strangers_never_keep_a_person_out_of_their_own_browser(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        w.pass(7 * 86_400); // The session is over by then; the browser still carries its cookie.
        assert_eq!(tries_until_closed(&w, || from("203.0.113.66", &omar.email, WRONG)).await, 5);
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 429, "an unknown browser waits");
        let known = Knock { cookie: Some(omar.token.clone()), ..knock(&omar.email, PASSWORD) };
        let token = w.sign_in(known).await.unwrap();
        assert!(w.door(&token).await.is_ok(), "a live session is not asked about the lock");
    }

    async fn s13_somebody_elses_cookie_makes_no_browser_known(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let ines = w.person("ines@client.test", &client).await;
        assert_eq!(tries_until_closed(&w, || knock(&omar.email, WRONG)).await, 5);
        for cookie in [ines.token.clone(), Token::mint()] {
            let knock = Knock { cookie: Some(cookie), ..knock(&omar.email, PASSWORD) };
            assert_eq!(seen(w.sign_in(knock).await).0, 429);
        }
    }

    async fn s13_after_100_consecutive_failures_only_a_new_password_opens(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut looked_at = 0;
        for cookie in [None, Some(omar.token.clone())] {
            loop {
                w.pass(900);
                match w.sign_in(Knock { cookie: cookie.clone(), ..knock(&omar.email, WRONG) }).await {
                    Err(Error::Invalid(_)) => looked_at += 1,
                    Err(Error::Refused(why)) => {
                        assert!(why.contains("Forgotten your password"), "{why}");
                        break;
                    }
                    other => panic!("{:?}", seen(other)),
                }
            }
        }
        assert_eq!(looked_at, 100);
        w.pass(86_400);
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 409, "a day later it is still closed");

        let business = w.business_now().await;
        door::reset::ask(&w.app, &business, &omar.email, origin("192.0.2.77")).await.unwrap();
        let link = w.secret_mailed_to(&omar.email).await;
        let new = "four quite other words";
        door::reset::set(&w.app, &business, &link, secret(new), origin("192.0.2.77")).await.unwrap();
        w.sign_in(knock(&omar.email, new)).await.unwrap();
    }

    async fn s13_one_network_address_cannot_try_everybody(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut n = 0;
        let tried = tries_until_closed(&w, || {
            n += 1;
            from("2001:db8:5:6::1", &format!("person{n}@client.test"), WRONG)
        });
        assert_eq!(tried.await, 20);
        let same_subscriber = from("2001:db8:5:6:ffff::2", &omar.email, PASSWORD);
        assert_eq!(seen(w.sign_in(same_subscriber.clone()).await).0, 429);
        w.sign_in(from("2001:db8:5:7::1", &omar.email, PASSWORD)).await.unwrap();
        w.pass(3600);
        w.sign_in(same_subscriber).await.unwrap();
    }

    async fn s13_signing_in_oneself_buys_no_guesses_at_others(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let attacker = "203.0.113.66";
        let mut looked_at = 0;
        for n in 0..60 {
            if n % 3 == 0 {
                let _ = w.sign_in(from(attacker, &omar.email, PASSWORD)).await;
            }
            looked_at += usize::from(seen(w.sign_in(from(attacker, &format!("p{n}@client.test"), WRONG)).await).0 == 422);
        }
        assert_eq!(looked_at, 20);
    }

    async fn s14_fifty_parallel_guesses_get_no_more_than_five_looks(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let guesses = (0..50).map(|n| w.sign_in(from(&format!("198.51.100.{n}"), &omar.email, WRONG)));
        let answers = join_all(guesses).await;
        let looked_at = answers.iter().filter(|a| matches!(a, Err(Error::Invalid(_)))).count();
        let refused = answers.iter().filter(|a| matches!(a, Err(Error::TooMany(_)))).count();
        assert_eq!((looked_at, refused), (5, 45));
    }

    async fn s14_of_fifty_parallel_right_ones_each_gets_in_or_is_told_to_wait(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let tries = (0..50).map(|n| w.sign_in(from(&format!("198.51.100.{n}"), &omar.email, PASSWORD)));
        let statuses: Vec<u16> = join_all(tries).await.into_iter().map(|answer| seen(answer).0).collect();
        assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
        assert!(statuses.iter().filter(|status| **status == 200).count() >= 5, "{statuses:?}");
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn s15_one_limit_covers_signing_in_and_changing_the_password(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let (business, inside) = (w.business_now().await, w.door(&omar.token).await.unwrap());
        for n in 0..5 {
            let known = Knock { cookie: Some(omar.token.clone()), ..knock(&omar.email, WRONG) };
            let status = if n % 2 == 0 {
                seen(w.sign_in(known).await).0
            } else {
                let new = secret("four quite other words");
                seen(door::person::change_password(&w.app, &business, &inside, secret(WRONG), new).await).0
            };
            assert_eq!(status, 422);
        }
        let new = secret("four quite other words");
        let changed = door::person::change_password(&w.app, &business, &inside, secret(PASSWORD), new).await;
        assert_eq!(seen(changed).0, 429);
        let known = Knock { cookie: Some(omar.token.clone()), ..knock(&omar.email, PASSWORD) };
        assert_eq!(seen(w.sign_in(known).await).0, 429);
    }

    async fn s15_guessing_links_and_asking_for_letters_counts_like_guessing_passwords(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let business = w.business_now().await;
        let attacker = || origin("203.0.113.66");
        for n in 0..20 {
            let answer = match n % 4 {
                0 => seen(door::reset::set(&w.app, &business, &Token::mint(), secret(PASSWORD), attacker()).await).0,
                1 => seen(door::reset::ask(&w.app, &business, &format!("p{n}@client.test"), attacker()).await).0,
                2 => seen(door::staff::demo_sign_in(&w.app, &Token::mint(), None, attacker()).await).0,
                _ => seen(w.sign_in(from("203.0.113.66", &format!("p{n}@client.test"), WRONG)).await).0,
            };
            assert!([200, 404, 422].contains(&answer), "{n}: {answer}");
        }
        assert_eq!(seen(w.sign_in(from("203.0.113.66", &omar.email, PASSWORD)).await).0, 429);
        assert_eq!(seen(door::reset::ask(&w.app, &business, &omar.email, attacker()).await).0, 429);
        let guess = door::reset::set(&w.app, &business, &Token::mint(), secret(PASSWORD), attacker()).await;
        assert_eq!(seen(guess).0, 429);
    }

    async fn s7_an_attempt_that_was_never_looked_at_does_not_count(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let (whose, address) = (Whose::account(omar.account), Some("192.0.2.10".parse().unwrap()));
        for _ in 0..12 {
            let now = w.app.clock.now();
            let attempt = throttle::reserve(&w.app.db, &whose, Browser::Unknown, address, now).await.unwrap().unwrap();
            attempt.give_back(&w.app.db).await.unwrap();
        }
        assert_eq!(tries_until_closed(&w, || knock(&omar.email, WRONG)).await, 5);
    }

    async fn counts_that_tell_nothing_any_more_are_swept_and_an_accounts_own_stay(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        tries_until_closed(&w, || knock(&omar.email, WRONG)).await;
        tries_until_closed(&w, || from("198.51.100.7", "nobody@client.test", WRONG)).await;
        let mut left = Vec::new();
        for days in [0, 1, 90] {
            w.pass(days * 86_400);
            let mut tx = w.app.db.write().await.unwrap();
            throttle::sweep(&mut tx, w.app.clock.now()).await.unwrap();
            let (n,): (i64,) = Query::new("SELECT COUNT(*) FROM attempt").one(&mut tx, "It").await.unwrap();
            tx.commit().await.unwrap();
            left.push(n);
        }
        // Two addresses, nobody's count, the account's, and the browser that accepted the invitation.
        assert_eq!(left, [5, 3, 1]);
        assert_eq!(seen(w.sign_in(knock(&omar.email, WRONG)).await).0, 422);
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 429, "the run goes on where it was");
    }
}
