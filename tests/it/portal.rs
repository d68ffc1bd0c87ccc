//! The portal's pages, as somebody with a browser goes through them.

use crate::http::{Browser, PORTAL, Reply};
use crate::world::{Everything, PASSWORD, World, both};
use axum::http::StatusCode;
use vestibule::act::App;
use vestibule::base::secret::Token;
use vestibule::business::{self, Switch, terms};
use vestibule::client::Client;
use vestibule::config::Transport;
use vestibule::contact::Contact;
use vestibule::link::acts::block;
use vestibule::{invitation, portal_user};

const NEW_PASSWORD: &str = "cobalt ferry lichen otter";

fn base(w: &World) -> String {
    format!("/portal/{}", w.business.slug)
}

/// A contact of a client, invited by staff, and the path of the link in the mail.
async fn invited(w: &World, address: &str) -> (crate::world::Staff, Client, Contact, Token, String) {
    let nadia = w.staff("nadia").may(Everything).await;
    let client = w.client("Bellweather").await;
    let contact = w.contact(address, &client).await;
    let token = w.invite(&nadia.actor, &contact).await;
    let path = format!("{}/invitation/{}", base(w), token.reveal());
    (nadia, client, contact, token, path)
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

async fn signs_in(browser: &mut Browser, w: &World, email: &str, password: &str, next: &str) -> Reply {
    let path = format!("{}/sign-in", base(w));
    browser.post(&path, &[("email", email), ("password", password), ("next", next)]).await
}

both! {
    async fn u1_somebody_new_comes_in_by_the_link_and_past_the_terms(w: World) {
        let (nadia, client, contact, token, path) = invited(&w, "lucy.nakamura@client.test").await;
        terms::publish(&w.app, &nadia.actor, "# Rules\n\nBe **kind**.").await.unwrap();
        // A mail scanner looks first, and uses nothing up.
        shows(&w.browser().get(&path).await, StatusCode::OK, &["Join the portal for Bellweather"]);
        let mut lucy = w.browser();
        let page = lucy.get(&path).await;
        shows(&page, StatusCode::OK, &["value=\"Lucy\"", "value=\"Nakamura\"", "lucy.nakamura@client.test"]);
        let opened = invitation::store::look_for(&mut w.app.look_at(w.business.id).await.unwrap(), &token).await.unwrap();
        assert!(opened.unwrap().opened_at.is_some(), "staff see that it was opened");

        let short = lucy.post(&path, &[("first_name", "Lu"), ("last_name", ""), ("password", "short")]).await;
        shows(&short, StatusCode::UNPROCESSABLE_ENTITY, &["value=\"Lu\"", "The name is missing", "<title>Error: "]);
        let weak = lucy.post(&path, &[("first_name", "Lu"), ("last_name", "Nakamura"), ("password", "short")]).await;
        shows(&weak, StatusCode::UNPROCESSABLE_ENTITY, &["value=\"Lu\"", "at least 15 characters"]);
        assert!(!weak.body.contains("value=\"short\""), "a typed password is not sent back");

        let done = lucy.post(&path, &[("first_name", "Lucy"), ("last_name", "Nakamura"), ("password", PASSWORD)]).await;
        see(&done, &base(&w));
        let home = format!("{}/clients/{}", base(&w), client.id);
        let to_terms = format!("{}/terms?next={}", base(&w), base(&w).replace('/', "%2F").replace('-', "%2D"));
        see(&lucy.get(&base(&w)).await, &to_terms);
        shows(&lucy.get(&to_terms).await, StatusCode::OK, &["<strong>kind</strong>", "version 1", "<h2>Rules</h2>"]);
        let accept = format!("{}/terms", base(&w));
        let unticked = lucy.post(&accept, &[("version", "1"), ("next", &base(&w))]).await;
        shows(&unticked, StatusCode::UNPROCESSABLE_ENTITY, &["Tick the box"]);
        see(&lucy.post(&accept, &[("agree", "on"), ("version", "1"), ("next", &home)]).await, &home);
        see(&lucy.post(&accept, &[("agree", "on"), ("version", "1"), ("next", &home)]).await, &home);
        shows(&lucy.get(&home).await, StatusCode::OK, &["Hello, Lucy", "Bellweather", "Nothing shared yet"]);
        shows(&lucy.get(&accept).await, StatusCode::OK, &["Terms you accepted", "Version 1"]);
        see(&lucy.get(&base(&w)).await, &home);

        shows(&w.browser().get(&path).await, StatusCode::OK, &["This invitation has been used", "Go to the portal"]);
        assert!(w.contact_now(contact.id).await.blocked().is_none());
    }

    async fn u1_a_version_published_while_reading_is_shown_instead(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        terms::publish(&w.app, &nadia.actor, "First").await.unwrap();
        let mut browser = w.portal(&omar.token);
        let path = format!("{}/terms", base(&w));
        shows(&browser.get(&path).await, StatusCode::OK, &["First"]);
        terms::publish(&w.app, &nadia.actor, "Second").await.unwrap();
        let late = browser.post(&path, &[("agree", "on"), ("version", "1"), ("next", "")]).await;
        shows(&late, StatusCode::CONFLICT, &["A newer version", "Second", "value=\"2\""]);
        see(&browser.post(&path, &[("agree", "on"), ("version", "2"), ("next", "")]).await, &base(&w));
        terms::publish(&w.app, &nadia.actor, "Third").await.unwrap();
        shows(&browser.get(&path).await, StatusCode::OK, &["We’ve updated our terms", "You accepted version 2"]);
    }

    async fn u1_a_known_email_signs_in_and_accepts_in_one_step(w: World) {
        let elsewhere = w.another("Elsewhere").await;
        elsewhere.person("omar@client.test", &elsewhere.client("Other").await).await;
        let (_, client, _, _, path) = invited(&w, "omar@client.test").await;
        let mut browser = w.browser();
        shows(&browser.get(&path).await, StatusCode::OK, &["You already have an account", "value=\"omar@client.test\""]);
        let sign_in = format!("{path}/sign-in");
        let wrong = browser.post(&sign_in, &[("email", "omar@client.test"), ("password", "wrong")]).await;
        shows(&wrong, StatusCode::UNPROCESSABLE_ENTITY, &["match an account", "value=\"omar@client.test\""]);
        let new = browser.post(&path, &[("first_name", "A"), ("last_name", "B"), ("password", PASSWORD)]).await;
        shows(&new, StatusCode::CONFLICT, &["already an account with this address", "Sign in and accept"]);
        let right = browser.post(&sign_in, &[("email", "OMAR@client.test"), ("password", PASSWORD)]).await;
        see(&right, &format!("{}/clients/{}", base(&w), client.id));
        shows(&browser.get(right.location()).await, StatusCode::OK, &["Bellweather"]);
    }

    async fn u1_who_is_signed_in_has_one_button_and_somebody_else_chooses(w: World) {
        let sam = w.person("sam@client.test", &w.client("First").await).await;
        let (nadia, client, contact, _, path) = invited(&w, "lucy.nakamura@client.test").await;
        let mut browser = w.portal(&sam.token);
        let page = browser.get(&path).await;
        shows(&page, StatusCode::OK, &["signed in as somebody else", "Accept as Sam", "Sign out and use the invited email"]);
        let leave = format!("{}/sign-out", base(&w));
        see(&browser.clone().post(&leave, &[("next", &path)]).await, &path);
        assert_eq!(w.door(&sam.token).await.map(|_| ()).unwrap_err().status(), 401, "signed out on the server");

        let mut browser = w.browser();
        see(&signs_in(&mut browser, &w, "sam@client.test", PASSWORD, "").await, &base(&w));
        see(&browser.post(&format!("{path}/accept"), &[]).await, &format!("{}/clients/{}", base(&w), client.id));
        assert_eq!(w.mail_to("lucy.nakamura@client.test").await.len(), 2, "the invited address is told");

        let second = w.client("Second").await;
        let again = w.invite(&nadia.actor, &w.contact("sam@client.test", &second).await).await;
        let path = format!("{}/invitation/{}", base(&w), again.reveal());
        shows(&browser.get(&path).await, StatusCode::OK, &["You’re signed in as", "Accept the invitation"]);
        see(&browser.post(&format!("{path}/accept"), &[]).await, &format!("{}/clients/{}", base(&w), second.id));
        let home = browser.get(&format!("{}/clients/{}", base(&w), client.id)).await;
        shows(&home, StatusCode::OK, &["Your other accounts", "Second", "First"]);
        assert_eq!(w.contact_now(contact.id).await.details.email.as_str(), "lucy.nakamura@client.test");
    }

    async fn u1_an_expired_invitation_can_be_asked_for_again(w: World) {
        let (_, _, _, _, path) = invited(&w, "lucy.nakamura@client.test").await;
        w.pass(15 * 86_400);
        let mut browser = w.browser();
        shows(&browser.get(&path).await, StatusCode::OK, &["This invitation has expired", "Ask for a new one"]);
        let late = browser.post(&path, &[("first_name", "A"), ("last_name", "B"), ("password", PASSWORD)]).await;
        shows(&late, StatusCode::UNPROCESSABLE_ENTITY, &["This invitation has expired"]);
        see(&browser.post(&format!("{path}/again"), &[]).await, &path);
        shows(&browser.get(&path).await, StatusCode::OK, &["A newer invitation was sent", "on its way"]);
        let newest = w.secret_mailed_to("lucy.nakamura@client.test").await;
        let page = w.browser().get(&format!("{}/invitation/{}", base(&w), newest.reveal())).await;
        shows(&page, StatusCode::OK, &["Join the portal for Bellweather"]);
    }

    async fn u1_a_link_that_opens_nothing_says_so_plainly(w: World) {
        let (nadia, _, contact, _, path) = invited(&w, "lucy.nakamura@client.test").await;
        let elsewhere = w.another("Elsewhere").await;
        let foreign = path.replace(&base(&w), &base(&elsewhere));
        for missing in [foreign, format!("{}/invitation/short", base(&w)), format!("{}/invitation/{}", base(&w), Token::mint().reveal())] {
            shows(&w.browser().get(&missing).await, StatusCode::NOT_FOUND, &["The invitation was not found"]);
        }
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        shows(&w.browser().get(&path).await, StatusCode::OK, &["can’t be accepted now", "switched off at the moment"]);
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::On).await.unwrap();
        block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        shows(&w.browser().get(&path).await, StatusCode::OK, &["This invitation was withdrawn", "ask for access below"]);
        let blocked = w.browser().post(&path, &[("first_name", "A"), ("last_name", "B"), ("password", PASSWORD)]).await;
        shows(&blocked, StatusCode::UNPROCESSABLE_ENTITY, &["This invitation was withdrawn"]);
    }

    async fn u2_signing_in_leads_on_to_where_somebody_was_going(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let home = format!("{}/clients/{}", base(&w), omar.client);
        let mut browser = w.browser();
        let asked = browser.get(&home).await;
        assert!(asked.location().starts_with(&format!("{}/sign-in?next=%2Fportal", base(&w))), "{}", asked.location());
        let wrong = signs_in(&mut browser, &w, "omar@client.test", "wrong", &home).await;
        shows(&wrong, StatusCode::UNPROCESSABLE_ENTITY, &["match an account", "value=\"omar@client.test\"", &home]);
        assert!(browser.cookie(PORTAL).is_none());
        see(&signs_in(&mut browser, &w, "omar@client.test", PASSWORD, &home).await, &home);
        shows(&browser.get(&home).await, StatusCode::OK, &["Bellweather"]);
        see(&browser.get(&format!("{}/sign-in", base(&w))).await, &base(&w));
        see(&browser.post(&format!("{}/sign-out", base(&w)), &[]).await, &format!("{}/sign-in", base(&w)));
        assert!(browser.cookie(PORTAL).is_none());
        shows(&browser.get(&format!("{}/sign-in", base(&w))).await, StatusCode::OK, &["You’re signed out"]);
        for outside in ["https://evil.test/", "//evil.test", "/console", "/portal/elsewhere", &format!("{}x", base(&w))] {
            see(&signs_in(&mut w.browser(), &w, "omar@client.test", PASSWORD, outside).await, &base(&w));
        }
    }

    async fn u2_too_many_attempts_keep_what_was_typed_and_say_when_to_try_again(w: World) {
        let mut browser = w.browser();
        for _ in 0..30 {
            let reply = signs_in(&mut browser, &w, "nobody@client.test", "wrong", "").await;
            if reply.status == StatusCode::TOO_MANY_REQUESTS {
                shows(&reply, StatusCode::TOO_MANY_REQUESTS, &["Too many attempts", "value=\"nobody@client.test\""]);
                assert!(reply.headers.contains_key("retry-after"));
                return;
            }
        }
        panic!("nobody was ever stopped");
    }

    async fn u2_a_forgotten_password_is_set_by_a_mailed_link_once(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut browser = w.browser();
        let forgotten = format!("{}/forgotten", base(&w));
        shows(&browser.post(&forgotten, &[("email", "omar")]).await, StatusCode::UNPROCESSABLE_ENTITY, &["Enter an email"]);
        w.pass(60);
        let known = browser.post(&forgotten, &[("email", "omar@client.test")]).await;
        let unknown = browser.post(&forgotten, &[("email", "nobody@client.test")]).await;
        assert_eq!((known.status, known.location()), (unknown.status, unknown.location()), "the same answer");
        shows(&browser.get(known.location()).await, StatusCode::OK, &["Check your mail"]);

        let link = format!("{}/reset/{}", base(&w), w.secret_mailed_to("omar@client.test").await.reveal());
        shows(&w.browser().get(&link).await, StatusCode::OK, &["Choose a new password", "omar@client.test"]);
        shows(&browser.get(&link).await, StatusCode::OK, &["Choose a new password"]);
        shows(&browser.post(&link, &[("password", "short")]).await, StatusCode::UNPROCESSABLE_ENTITY, &["at least 15"]);
        see(&browser.post(&link, &[("password", NEW_PASSWORD)]).await, &format!("{}/sign-in", base(&w)));
        shows(&browser.get(&format!("{}/sign-in", base(&w))).await, StatusCode::OK, &["Your new password is set"]);
        shows(&browser.get(&link).await, StatusCode::OK, &["This link has been used", "Ask for a new link"]);
        let twice = browser.post(&link, &[("password", PASSWORD)]).await;
        shows(&twice, StatusCode::UNPROCESSABLE_ENTITY, &["This link has been used"]);
        assert!(w.portal(&omar.token).get(&base(&w)).await.location().contains("/sign-in"), "sessions have ended");
        see(&signs_in(&mut browser, &w, "omar@client.test", NEW_PASSWORD, "").await, &base(&w));
        w.mail_to("omar@client.test").await;
        w.pass(60);
        browser.post(&forgotten, &[("email", "omar@client.test")]).await;
        let second = format!("{}/reset/{}", base(&w), w.secret_mailed_to("omar@client.test").await.reveal());
        w.pass(3601);
        shows(&browser.get(&second).await, StatusCode::OK, &["This link has expired"]);
        let never = format!("{}/reset/{}", base(&w), Token::mint().reveal());
        shows(&browser.get(&never).await, StatusCode::NOT_FOUND, &["The link was not found"]);
    }

    async fn u2_a_due_password_is_changed_before_anything_else(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let home = format!("{}/clients/{}", base(&w), omar.client);
        portal_user::acts::require_password_change(&w.app, &nadia.actor, omar.user).await.unwrap();
        let mut browser = w.portal(&omar.token);
        let step = browser.get(&home).await;
        assert!(step.location().starts_with(&format!("{}/password?next=", base(&w))), "{}", step.location());
        shows(&browser.get(step.location()).await, StatusCode::OK, &["asked you to change your password", "Current password"]);
        let path = format!("{}/password", base(&w));
        let wrong = browser.post(&path, &[("current", "wrong"), ("password", NEW_PASSWORD), ("next", &home)]).await;
        shows(&wrong, StatusCode::UNPROCESSABLE_ENTITY, &["not your current password", &home]);
        let before = browser.cookie(PORTAL).map(ToOwned::to_owned);
        see(&browser.post(&path, &[("current", PASSWORD), ("password", NEW_PASSWORD), ("next", &home)]).await, &home);
        assert_ne!(browser.cookie(PORTAL).map(ToOwned::to_owned), before, "a new session");
        shows(&browser.get(&home).await, StatusCode::OK, &["Your password is changed", "Bellweather"]);
        shows(&browser.get(&path).await, StatusCode::OK, &["Change your password", "Back to the portal"]);
        assert!(w.portal(&omar.token).get(&home).await.location().contains("/sign-in"));
    }

    async fn u3_whoever_is_cut_off_is_told_at_the_very_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let home = format!("{}/clients/{}", base(&w), omar.client);
        let mut browser = w.portal(&omar.token);
        shows(&browser.get(&home).await, StatusCode::OK, &["Bellweather"]);
        let foreign = w.client("Foreign").await;
        shows(&browser.get(&format!("{}/clients/{}", base(&w), foreign.id)).await, StatusCode::NOT_FOUND, &["not found"]);
        shows(&browser.get(&format!("{}/clients/x", base(&w))).await, StatusCode::NOT_FOUND, &["not found"]);

        block(&w.app, &nadia.actor, omar.contact, None).await.unwrap();
        let brand = format!("{}/brand.css", base(&w));
        shows(&browser.get(&home).await, StatusCode::FORBIDDEN, &["no longer connected", &brand, "Sign out"]);
        shows(&browser.get(&base(&w)).await, StatusCode::OK, &["You’re signed in, but not connected to a client account"]);

        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        let mut back = w.browser();
        shows(&signs_in(&mut back, &w, "omar@client.test", PASSWORD, "").await, StatusCode::UNPROCESSABLE_ENTITY, &["match an account"]);
    }

    async fn u3_a_person_of_another_business_is_told_kindly(w: World) {
        let elsewhere = w.another("Elsewhere").await;
        let sam = elsewhere.person("sam@client.test", &elsewhere.client("Other").await).await;
        let mut browser = w.portal(&sam.token);
        let told = browser.get(&base(&w)).await;
        shows(&told, StatusCode::FORBIDDEN, &["not connected to a client account of Tidewater Haulage", "Ask Tidewater Haulage"]);
        shows(&browser.get(&format!("{}/sign-in", base(&w))).await, StatusCode::OK, &["<h1 tabindex=\"-1\">Sign in</h1>"]);
        shows(&browser.get(&base(&elsewhere)).await, StatusCode::SEE_OTHER, &[]);
    }

    async fn captured_mail_is_read_on_pages_that_can_do_nothing_with_it(w: World) {
        let (_, _, _, _, path) = invited(&w, "lucy.nakamura@client.test").await;
        let mut browser = w.browser();
        let inbox = browser.get("/demo/mail").await;
        shows(&inbox, StatusCode::OK, &["Mail that would have been sent", "lucy.nakamura@client.test"]);
        let id = w.mail_to("lucy.nakamura@client.test").await[0].id;
        let letter = browser.get(&format!("/demo/mail/{id}")).await;
        shows(&letter, StatusCode::OK, &["<iframe", &format!("href=\"http://127.0.0.1:8080{path}\"")]);
        let policy = |reply: &Reply| reply.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy(&letter).ends_with("; frame-src 'self'") && !policy(&letter).contains("unsafe"));
        let html = browser.get(&format!("/demo/mail/{id}/html")).await;
        shows(&html, StatusCode::OK, &[&path, "<base target=\"_top\">"]);
        let sandboxed = policy(&html);
        assert!(sandboxed.contains("sandbox") && !sandboxed.contains("allow-scripts") && !sandboxed.contains("script-src"));
        assert_eq!(html.headers["x-frame-options"], "SAMEORIGIN");
        shows(&browser.get("/demo/mail/x").await, StatusCode::NOT_FOUND, &["The letter was not found"]);

        let mut config = w.app.config.clone();
        config.mail.transport = Transport::Folder("mail".into());
        let real = App::new(config, w.app.clock.clone()).unwrap();
        real.migrate().await.unwrap();
        let mut browser = w.browser_at(&real);
        for path in ["/demo/mail".to_owned(), format!("/demo/mail/{id}"), format!("/demo/mail/{id}/html")] {
            shows(&browser.get(&path).await, StatusCode::NOT_FOUND, &["This page was not found"]);
        }
        real.db.close().await;
    }
}
