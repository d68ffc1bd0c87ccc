//! How often somebody is mailed a link to set a new password, and that no stranger's asking keeps the person out.

use super::seen;
use crate::world::{PASSWORD, Person, World, both, knock, origin, secret};
use vestibule::account::token::Spent;
use vestibule::base::secret::Token;
use vestibule::door::{self, reset};

const NEW: &str = "four quite other words";

async fn omar(w: &World) -> Person {
    w.person("omar@client.test", &w.client("Bellweather").await).await
}

async fn ask_from(w: &World, email: &str, address: &str) {
    reset::ask(&w.app, &w.business, email, origin(address)).await.unwrap();
}

async fn spent(w: &World, link: &Token) -> Option<Spent> {
    reset::look(&w.app, &w.business, link).await.unwrap().spent
}

/// How many links were mailed to an address.
async fn links(w: &World, address: &str) -> usize {
    w.mail_to(address).await.iter().filter(|letter| letter.subject == "Set a new password").count()
}

both! {
    async fn s33_a_stranger_who_never_tires_neither_fills_a_mailbox_nor_keeps_the_person_out(w: World) {
        let omar = omar(&w).await;
        let mut mailed_at: Vec<i64> = Vec::new();
        for n in 0..144 {
            w.pass(600);
            ask_from(&w, &omar.email, &format!("203.0.{}.{}", n / 100, n % 100 + 1)).await;
            if links(&w, &omar.email).await > mailed_at.len() {
                mailed_at.push(n * 600);
            }
            let newest = w.secret_mailed_to(&omar.email).await;
            assert_eq!(spent(&w, &newest).await, None, "the newest link in the mailbox works");
        }
        assert_eq!(mailed_at[..4], [0, 600, 2400, 5400]);
        assert!(mailed_at.windows(4).all(|four| four[3] - four[0] > 3600), "three an hour: {mailed_at:?}");
        assert!(mailed_at.len() <= 31, "{} in a day", mailed_at.len());
        let newest = w.secret_mailed_to(&omar.email).await;
        reset::set(&w.app, &w.business, &newest, secret(NEW), origin("198.51.100.20")).await.unwrap();
    }

    async fn s33_one_network_is_done_after_ten_letters_and_the_person_still_asks_from_theirs(w: World) {
        let omar = omar(&w).await;
        let mut mailed = Vec::new();
        for _ in 0..14 {
            w.pass(3600);
            ask_from(&w, &omar.email, "203.0.113.66").await;
            mailed.push(links(&w, &omar.email).await);
        }
        assert_eq!(mailed, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, 10]);
        ask_from(&w, &omar.email, "198.51.100.20").await;
        let link = w.secret_mailed_to(&omar.email).await;
        assert_eq!((links(&w, &omar.email).await, spent(&w, &link).await), (11, None));
        w.pass(86_400);
        ask_from(&w, &omar.email, "203.0.113.66").await;
        assert_eq!(links(&w, &omar.email).await, 12, "a day later it may ask again");
    }

    async fn s27_a_stranger_who_asks_again_at_once_ends_nothing(w: World) {
        let omar = omar(&w).await;
        w.pass(1);
        ask_from(&w, &omar.email, "198.51.100.20").await;
        ask_from(&w, &omar.email, "203.0.113.66").await; // Before the first has left.
        let link = w.secret_mailed_to(&omar.email).await;
        for n in 0..5 {
            w.pass(100);
            ask_from(&w, &omar.email, &format!("203.0.113.{n}")).await;
        }
        assert_eq!((links(&w, &omar.email).await, spent(&w, &link).await), (1, None));
        reset::set(&w.app, &w.business, &link, secret(NEW), origin("198.51.100.20")).await.unwrap();
        ask_from(&w, &omar.email, "198.51.100.20").await;
        w.pass(1);
        assert_eq!(links(&w, &omar.email).await, 2, "whoever has used theirs is mailed another at once");
    }

    async fn s27_asking_at_one_door_ends_nothing_that_another_mailed(w: World) {
        let omar = omar(&w).await;
        let other = w.another("Harbour Accounting").await;
        let contact = other.contact(&omar.email, &other.client("Elsewhere").await).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let inside = other.door(&omar.token).await.unwrap();
        door::invitation::accept(&other.app, &invitation, &inside).await.unwrap();
        w.pass(1);
        ask_from(&w, &omar.email, "198.51.100.20").await;
        let here = w.secret_mailed_to(&omar.email).await;
        w.pass(1);
        ask_from(&other, &omar.email, "203.0.113.66").await;
        let there = other.secret_mailed_to(&omar.email).await;
        assert_eq!((spent(&w, &here).await, spent(&other, &there).await), (None, None));
        reset::set(&w.app, &w.business, &here, secret(NEW), origin("198.51.100.20")).await.unwrap();
        assert_eq!(spent(&other, &there).await, Some(Spent::Ended), "a new password ends them all");
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 422);
    }
}
