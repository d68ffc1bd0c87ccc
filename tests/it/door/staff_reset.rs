//! A forgotten password of staff, and their one-time links, as somebody outside meets them.

use super::seen;
use crate::http::STAFF;
use crate::world::{Everything, PASSWORD, Staff, World, both, email, knock, origin, secret};
use axum::http::StatusCode;
use vestibule::account::throttle::{self, Browser, Whose};
use vestibule::account::token::Spent;
use vestibule::base::secret::Token;
use vestibule::door::{self, reset};

const NEW: &str = "four quite other words";

async fn ask(w: &World, email: &str) {
    reset::staff::ask(&w.app, email, origin("192.0.2.30")).await.unwrap();
}

async fn set(w: &World, link: &Token) -> (u16, String) {
    seen(reset::staff::set(&w.app, link, secret(NEW), origin("192.0.2.30")).await)
}

async fn sign_in(w: &World, email: &str, password: &str) -> u16 {
    seen(door::staff::sign_in(&w.app, knock(email, password)).await.map(|_| ())).0
}

async fn is_in(w: &World, session: &Token) -> bool {
    door::staff::actor(&w.app, session, origin("192.0.2.1")).await.unwrap().is_some()
}

/// A staff member, and the link that was mailed because they asked.
async fn nadia_and_link(w: &World) -> (Staff, Token) {
    let nadia = w.staff("nadia").may(Everything).await;
    w.pass(1);
    ask(w, &nadia.email).await;
    let link = w.secret_mailed_to(&nadia.email).await;
    (nadia, link)
}

both! {
    async fn s12_asking_at_the_console_tells_nothing_and_mails_only_staff_who_may_sign_in(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let hana = w.staff("hana").may(Everything).await;
        w.disable_staff(&hana).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut shown = Vec::new();
        for address in [&nadia.email, &hana.email, &omar.email, "nobody@client.test"] {
            let reply = w.browser().post("/console/forgotten", &[("email", address)]).await;
            shown.push((reply.status, reply.location().to_owned()));
        }
        assert_eq!(shown[0], (StatusCode::SEE_OTHER, "/console/forgotten?asked=yes".to_owned()));
        assert!(shown.windows(2).all(|two| two[0] == two[1]), "{shown:?}");
        let link = w.mail_to(&nadia.email).await.remove(0);
        assert_eq!(link.subject, "Set a new password");
        assert!(link.plain.contains("/console/reset/"), "{}", link.plain);
        for address in [&hana.email, &omar.email] {
            assert!(w.mail_to(address).await.iter().all(|letter| letter.subject != "Set a new password"), "{address}");
        }
    }

    async fn s21_the_mailed_link_signs_nobody_in_and_s19_the_sign_in_page_asks_for_everything(w: World) {
        let (nadia, link) = nadia_and_link(&w).await;
        let mut browser = w.browser();
        let path = format!("/console/reset/{}", link.reveal());
        for _ in 0..3 {
            let page = browser.get(&path).await; // S31
            assert!(page.body.contains("Choose a new password"), "{}", page.body);
        }
        let weak = browser.post(&path, &[("password", "short")]).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = browser.post(&path, &[("password", NEW)]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/sign-in"));
        assert_eq!(browser.cookie(STAFF), None);
        assert_eq!(browser.get("/console").await.status, StatusCode::SEE_OTHER, "it is not in");
        assert_eq!(sign_in(&w, &nadia.email, PASSWORD).await, 422);
        assert_eq!(sign_in(&w, &nadia.email, NEW).await, 200);
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        assert_eq!(set(&w, &link).await.0, 409, "s26: it works once");
    }

    async fn s39_a_reset_ends_sessions_known_browsers_and_every_other_link_and_s22_the_staff_member_is_told(w: World) {
        let (nadia, link) = nadia_and_link(&w).await;
        let handed_over = door::staff::new_link(&w.app, &w.operator(), &email(&nadia.email)).await.unwrap();
        assert!(is_in(&w, &nadia.token).await);
        w.pass(1);
        assert_eq!(set(&w, &link).await.0, 200);
        assert!(!is_in(&w, &nadia.token).await);
        let account = match &nadia.actor.who {
            vestibule::access::Who::Staff { account, .. } => *account,
            other => panic!("{other:?}"),
        };
        let mut look = w.app.look(&w.operator()).await.unwrap();
        let browser = throttle::browser(&mut look.tx, &Whose::account(account), Some(&nadia.token)).await.unwrap();
        assert_eq!(browser, Browser::Unknown, "whoever holds the old cookie is a stranger");
        drop(look);
        let welcome = door::staff::look_welcome(&w.app, &handed_over).await.unwrap();
        assert_eq!(welcome.spent, Some(Spent::Ended));
        let told = w.mail_to(&nadia.email).await.remove(0);
        assert_eq!(told.subject, "Your password was changed");
        assert!(told.plain.contains("/console/forgotten"), "{}", told.plain);
    }

    async fn s28_a_link_of_the_console_opens_no_portal_and_the_other_way_round(w: World) {
        let (_, staffs) = nadia_and_link(&w).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        w.pass(1);
        reset::ask(&w.app, &w.business, &omar.email, origin("192.0.2.30")).await.unwrap();
        let persons = w.secret_mailed_to(&omar.email).await;
        assert_eq!(seen(reset::look(&w.app, &w.business, &staffs).await.map(|_| ())).0, 404);
        let at_portal = reset::set(&w.app, &w.business, &staffs, secret(NEW), origin("192.0.2.30")).await;
        assert_eq!(seen(at_portal).0, 404);
        assert_eq!(seen(reset::staff::look(&w.app, &persons).await.map(|_| ())).0, 404);
        assert_eq!(set(&w, &persons).await.0, 404);
        assert_eq!(seen(door::staff::look_welcome(&w.app, &staffs).await.map(|_| ())).0, 404);
    }

    async fn s13_staff_whose_sign_in_is_closed_for_good_open_it_at_the_console_themselves(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut status = 0;
        for _ in 0..81 {
            w.pass(3600);
            status = sign_in(&w, &nadia.email, "not the password at all").await;
        }
        assert_eq!(status, 409);
        let mut browser = w.browser();
        let refused = browser
            .post("/console/sign-in", &[("email", &nadia.email), ("password", PASSWORD), ("next", "")])
            .await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Set a new password with “Forgotten your password?”"), "{}", refused.body);
        assert!(refused.body.contains("href=\"/console/forgotten\""), "the way is on the page");
        ask(&w, &nadia.email).await;
        let link = w.secret_mailed_to(&nadia.email).await;
        assert_eq!(set(&w, &link).await.0, 200);
        assert_eq!(sign_in(&w, &nadia.email, NEW).await, 200);
    }

    async fn s37_links_of_a_disabled_staff_member_open_nothing_and_show_no_name(w: World) {
        let (nadia, link) = nadia_and_link(&w).await;
        let welcome = door::staff::new_link(&w.app, &w.operator(), &email(&nadia.email)).await.unwrap();
        w.disable_staff(&nadia).await;
        for path in [format!("/console/reset/{}", link.reveal()), format!("/console/welcome/{}", welcome.reveal())] {
            let page = w.browser().get(&path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.body.contains("Nadia") && !page.body.contains(&nadia.email), "{path}");
        }
        assert_eq!(set(&w, &link).await.0, 404);
    }

    async fn s15_guessing_at_one_time_links_of_staff_is_counted(w: World) {
        for what in ["welcome", "reset"] {
            let mut browser = w.browser();
            browser.address = ([203, 0, 113, if what == "reset" { 66 } else { 67 }], 50_000).into();
            let mut answers = Vec::new();
            for _ in 0..21 {
                let path = format!("/console/{what}/{}", Token::mint().reveal());
                answers.push(browser.post(&path, &[("password", NEW)]).await.status.as_u16());
            }
            assert_eq!((answers[..20].iter().all(|status| *status == 404), answers[20]), (true, 429), "{what}");
        }
    }
}
