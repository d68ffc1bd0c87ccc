//! A person's own profile and security (U4), as they use it with a browser.

use crate::http::{PORTAL, Reply};
use crate::world::{Everything, PASSWORD, Person, World, both, knock, origin, secret};
use axum::http::StatusCode;
use vestibule::base::secret::Token;
use vestibule::contact::mismatch;
use vestibule::{account, door, link, portal_user};

fn path(w: &World, rest: &str) -> String {
    format!("/portal/{}/profile{rest}", w.business.slug)
}

fn see(reply: &Reply, to: &str) {
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, to), "{}", reply.body);
}

fn shows(reply: &Reply, status: StatusCode, words: &[&str]) {
    assert_eq!(reply.status, status, "{}", reply.body);
    for words in words {
        assert!(reply.body.contains(words), "“{words}” in {}", reply.body);
    }
}

/// Lets a person's account open another business's door, too.
async fn also_at(person: &Person, other: &World) {
    let contact = other.contact(&person.email, &other.client("Elsewhere").await).await;
    let invitation = other.invite(&other.operator(), &contact).await;
    door::invitation::accept(&other.app, &invitation, &other.door(&person.token).await.unwrap()).await.unwrap();
}

/// A link to set a new password that was just asked for.
async fn new_link(w: &World, address: &str) -> Token {
    door::reset::ask(&w.app, &w.business, address, origin("192.0.2.10")).await.unwrap();
    w.secret_mailed_to(address).await
}

const DETAILS: [(&str, &str); 7] = [
    ("version", "1"),
    ("first_name", "Omari"),
    ("last_name", "Haddad"),
    ("title", "Buyer"),
    ("cell_phone", "0423 456 789"),
    ("office_phone", ""),
    ("extension", ""),
];

both! {
    async fn u4_own_details_change_at_once_in_every_business_and_show_as_mismatch_there(w: World) {
        let other = w.another("Harbour Accounting").await;
        let (here, there) = (w.client("Bellweather").await, other.client("Elsewhere").await);
        let omar = w.person("omar@client.test", &here).await;
        let contact = other.contact("omar@client.test", &there).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        let inside = other.door(&omar.token).await.unwrap();
        door::invitation::accept(&other.app, &invitation, &inside).await.unwrap();

        let mut browser = w.portal(&omar.token);
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["Profile and security", "value=\"Omar\"", "This device"]);
        let wrong: Vec<_> = DETAILS.iter().map(|(n, v)| if *n == "cell_phone" { (*n, "call me") } else { (*n, *v) }).collect();
        shows(&browser.post(&path(&w, ""), &wrong).await, StatusCode::UNPROCESSABLE_ENTITY, &["value=\"call me\"", "digits, spaces"]);
        see(&browser.post(&path(&w, ""), &DETAILS).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["Your details are saved", "value=\"Omari\"", "value=\"0423 456 789\""]);
        shows(&browser.post(&path(&w, ""), &DETAILS).await, StatusCode::CONFLICT, &["Somebody else changed this"]);

        for (world, contact) in [(&w, omar.contact), (&other, contact.id)] {
            let mut look = world.app.look_at(world.business.id).await.unwrap();
            let user = portal_user::store::of_account(&mut look, omar.account).await.unwrap().unwrap();
            assert_eq!(user.name, "Omari Haddad");
            let asked = mismatch::store::of_contact(&mut look, contact).await.unwrap();
            assert_eq!(asked.len(), 4, "first and last name, title and cell phone");
        }
        assert!(w.audit().await.iter().any(|entry| entry.entry.as_ref().is_some_and(|e| e.sentence().contains("changed their own details"))));
    }

    async fn s34_another_address_takes_the_password_and_both_addresses(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        w.mail_to("omar@client.test").await;
        let mut browser = w.portal(&omar.token);
        let change = path(&w, "/email");
        let wrong = browser.post(&change, &[("email", "omar@new.test"), ("current", "wrong")]).await;
        shows(&wrong, StatusCode::UNPROCESSABLE_ENTITY, &["not your current password", "value=\"omar@new.test\""]);
        assert!(w.mail_to("omar@new.test").await.is_empty());
        let same = browser.post(&change, &[("email", "OMAR@client.test"), ("current", PASSWORD)]).await;
        shows(&same, StatusCode::UNPROCESSABLE_ENTITY, &["sign in with already"]);

        see(&browser.post(&change, &[("email", "omar@new.test"), ("current", PASSWORD)]).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["One more step", "omar@new.test", "Take it back"]);
        let told = w.mail_to("omar@client.test").await;
        let warning = told.iter().find(|letter| letter.subject == "A new email address was asked for").unwrap();
        assert!(warning.plain.contains("omar@new.test") && warning.plain.contains("set a new password at once"));
        assert!(w.sign_in(knock("omar@client.test", PASSWORD)).await.is_ok(), "nothing has changed yet");

        let link = w.secret_mailed_to("omar@new.test").await;
        let confirm = format!("/portal/{}/confirm/{}", w.business.slug, link.reveal());
        let page = w.browser().get(&confirm).await;
        shows(&page, StatusCode::OK, &["Confirm your new email", "omar@client.test", "omar@new.test"]);
        assert!(!page.body.contains(" asks</p>"), "nobody else asked: {}", page.body);
        assert_eq!(w.browser().post(&confirm, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get(&path(&w, "")).await.location().contains("/sign-in"), "every session has ended");
        assert!(w.sign_in(knock("omar@client.test", PASSWORD)).await.is_err());
        assert!(w.sign_in(knock("omar@new.test", PASSWORD)).await.is_ok());
        let old = w.mail_to("omar@client.test").await;
        assert!(old.iter().any(|letter| letter.subject.contains("was changed")), "s22: the old address is told");
    }

    async fn s12_an_address_that_somebody_has_is_answered_the_same(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.person("lucy@client.test", &client).await;
        w.pass(1);
        let mut browser = w.portal(&omar.token);
        let asked = browser.post(&path(&w, "/email"), &[("email", "lucy@client.test"), ("current", PASSWORD)]).await;
        see(&asked, &path(&w, ""));
        let letter = w.mail_to("lucy@client.test").await.remove(0);
        assert!(letter.subject.contains("already has an account") && !letter.plain.contains("/confirm/"), "{}", letter.plain);
        see(&browser.post(&path(&w, "/email/withdraw"), &[]).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["Taken back"]);
        see(&browser.post(&path(&w, "/email/withdraw"), &[]).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["over already"]);
    }

    async fn s41_a_person_sees_where_they_are_signed_in_and_ends_it(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let second = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let third = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let mut browser = w.portal(&omar.token);
        let page = browser.get(&path(&w, "")).await;
        shows(&page, StatusCode::OK, &["192.0.2.10", ">Linux<", "Sign out everywhere else"]);
        let inside = w.door(&second).await.unwrap();
        see(&browser.post(&path(&w, &format!("/sessions/{}/end", inside.session.id)), &[]).await, &path(&w, ""));
        assert!(w.door(&second).await.is_err() && w.door(&third).await.is_ok());
        see(&browser.post(&path(&w, "/sessions/end"), &[]).await, &path(&w, ""));
        assert!(w.door(&third).await.is_err());
        let alone = browser.get(&path(&w, "")).await;
        shows(&alone, StatusCode::OK, &["signed out everywhere else"]);
        assert!(!alone.body.contains(">Sign out everywhere else<"), "there is nowhere else");
        assert!(browser.cookie(PORTAL).is_some());
        let lucy = w.person("lucy@client.test", &w.client("Other").await).await;
        let theirs = w.door(&lucy.token).await.unwrap().session.id;
        browser.post(&path(&w, &format!("/sessions/{theirs}/end")), &[]).await;
        assert!(w.door(&lucy.token).await.is_ok(), "nobody ends another’s");
    }

    async fn s62_own_data_is_a_file_with_everything_that_is_the_persons(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let gone = w.client("Coldstream").await;
        let contact = w.contact("omar@client.test", &gone).await;
        let invitation = w.invite(&nadia.actor, &contact).await;
        let inside = w.door(&omar.token).await.unwrap();
        door::invitation::accept(&w.app, &invitation, &inside).await.unwrap();
        let because = vestibule::base::text::Reason::parse("A secret of the office").unwrap();
        link::acts::block(&w.app, &nadia.actor, contact.id, Some(because)).await.unwrap();
        let file = w.portal(&omar.token).post(&path(&w, "/data"), &[]).await;
        shows(&file, StatusCode::OK, &["omar@client.test", "Bellweather", "Coldstream", "\"state\": \"ended\"", "Tidewater Haulage"]);
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(!file.body.contains("secret of the office") && !file.body.contains("argon2"), "{}", file.body);
        let data: serde_json::Value = serde_json::from_str(&file.body).unwrap();
        assert_eq!(data["businesses"][0]["client_accounts"].as_array().unwrap().len(), 2);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert_eq!(account::store::businesses(&mut look.tx, omar.account).await.unwrap().len(), 1);
    }

    async fn s50_s62_looking_at_own_data_changes_nothing_and_it_is_taken_a_few_times_a_day(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut browser = w.portal(&omar.token);
        let before = w.audit().await.len();
        assert_eq!(browser.get(&path(&w, "/data")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(w.audit().await.len(), before);
        for _ in 0..10 {
            shows(&browser.post(&path(&w, "/data"), &[]).await, StatusCode::OK, &["omar@client.test"]);
        }
        see(&browser.post(&path(&w, "/data"), &[]).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["10 copies of your data"]);
        assert_eq!(w.audit().await.len(), before + 10);
        w.pass(86_400);
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        shows(&w.portal(&token).post(&path(&w, "/data"), &[]).await, StatusCode::OK, &["omar@client.test"]);
    }

    async fn s34_s39_a_new_password_takes_back_the_address_that_was_asked_for_with_the_one_before(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        also_at(&omar, &other).await;
        w.mail_to("omar@client.test").await;
        w.pass(1);
        // Somebody who knows the password asks, at the one business; the person sets a new one at the other.
        let asked = [("email", "mallory@evil.test"), ("current", PASSWORD)];
        see(&other.portal(&omar.token).post(&path(&other, "/email"), &asked).await, &path(&other, ""));
        let confirm = other.secret_mailed_to("mallory@evil.test").await;
        w.pass(60);
        let reset = new_link(&w, &omar.email).await;
        door::reset::set(&w.app, &w.business, &reset, secret("four quite other words"), origin("192.0.2.10")).await.unwrap();
        let page = format!("/portal/{}/confirm/{}", other.business.slug, confirm.reveal());
        shows(&other.browser().get(&page).await, StatusCode::OK, &["was taken back"]);
        assert_ne!(other.browser().post(&page, &[]).await.status, StatusCode::SEE_OTHER);
        let token = w.sign_in(knock(&omar.email, "four quite other words")).await.unwrap();
        assert!(w.sign_in(knock("mallory@evil.test", "four quite other words")).await.is_err());
        let profile = other.portal(&token).get(&path(&other, "")).await;
        assert!(!profile.body.contains("mallory@evil.test"), "it waits no more: {}", profile.body);
        // With the new one, they may ask themselves.
        let asked = [("email", "omar@new.test"), ("current", "four quite other words")];
        see(&other.portal(&token).post(&path(&other, "/email"), &asked).await, &path(&other, ""));
        let own = other.secret_mailed_to("omar@new.test").await;
        let page = format!("/portal/{}/confirm/{}", other.business.slug, own.reveal());
        assert_eq!(other.browser().post(&page, &[]).await.status, StatusCode::SEE_OTHER);
    }

    async fn s34_a_change_of_address_is_seen_and_taken_back_wherever_it_was_asked_for(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        also_at(&omar, &other).await;
        w.pass(1);
        let asked = [("email", "mallory@evil.test"), ("current", PASSWORD)];
        see(&other.portal(&omar.token).post(&path(&other, "/email"), &asked).await, &path(&other, ""));
        let confirm = other.secret_mailed_to("mallory@evil.test").await;
        let mut browser = w.portal(&omar.token);
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["mallory@evil.test", "Take it back"]);
        let (here, there) = (w.audit().await.len(), other.audit().await.len());
        see(&browser.post(&path(&w, "/email/withdraw"), &[]).await, &path(&w, ""));
        shows(&browser.get(&path(&w, "")).await, StatusCode::OK, &["Taken back"]);
        assert_eq!((w.audit().await.len(), other.audit().await.len()), (here, there + 1), "told where it was asked for");
        let page = format!("/portal/{}/confirm/{}", other.business.slug, confirm.reveal());
        assert_ne!(other.browser().post(&page, &[]).await.status, StatusCode::SEE_OTHER);
    }

    async fn rule10_nothing_is_confirmed_for_somebody_who_was_disabled_since(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        w.pass(1);
        let asked = [("email", "omar@new.test"), ("current", PASSWORD)];
        see(&w.portal(&omar.token).post(&path(&w, "/email"), &asked).await, &path(&w, ""));
        let confirm = w.secret_mailed_to("omar@new.test").await;
        let page = format!("/portal/{}/confirm/{}", w.business.slug, confirm.reveal());
        portal_user::acts::disable(&w.app, &w.operator(), omar.user, None).await.unwrap();
        assert_ne!(w.browser().post(&page, &[]).await.status, StatusCode::SEE_OTHER);
        portal_user::acts::enable(&w.app, &w.operator(), omar.user).await.unwrap();
        assert_ne!(w.browser().post(&page, &[]).await.status, StatusCode::SEE_OTHER, "nor once they are enabled");
        assert!(w.sign_in(knock("omar@client.test", PASSWORD)).await.is_ok());
    }
}
