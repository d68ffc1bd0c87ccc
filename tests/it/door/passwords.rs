//! Forgotten and changed passwords, and staff's one-time links.

use super::seen;
use crate::world::{Everything, PASSWORD, Person, World, both, email, knock, origin, secret};
use futures_util::future::join_all;
use vestibule::access::Permission;
use vestibule::access::gates::Gate;
use vestibule::account::session;
use vestibule::account::token::{self, Purpose, Spent};
use vestibule::base::secret::Token;
use vestibule::base::{Error, Result};
use vestibule::door::person::change_password;
use vestibule::door::{self, reset};
use vestibule::staff::acts::{self, Rights};
use vestibule::{link, portal_user};

const NEW: &str = "four quite other words";

async fn ask(w: &World, email: &str) -> Result<()> {
    reset::ask(&w.app, &w.business, email, origin("192.0.2.30")).await
}

async fn set(w: &World, link: &Token, new: &str) -> Result<()> {
    reset::set(&w.app, &w.business, link, secret(new), origin("192.0.2.30")).await
}

async fn spent(w: &World, link: &Token) -> Option<Spent> {
    reset::look(&w.app, &w.business, link).await.unwrap().spent
}

/// A person, and the link that was mailed because they asked.
async fn omar_and_link(w: &World) -> (Person, Token) {
    let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
    w.pass(1);
    ask(w, &omar.email).await.unwrap();
    let link = w.secret_mailed_to(&omar.email).await;
    (omar, link)
}

async fn letters(w: &World, address: &str, subject: &str) -> usize {
    w.mail_to(address).await.iter().filter(|letter| letter.subject.contains(subject)).count()
}

both! {
    async fn s12_asking_for_a_link_tells_nothing_and_mails_only_who_may_come_in(w: World) {
        let client = w.client("Bellweather").await;
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &client).await;
        let disabled = w.person("dara@client.test", &client).await;
        portal_user::acts::disable(&w.app, &nadia.actor, disabled.user, None).await.unwrap();
        let other = w.another("Harbour Accounting").await;
        let foreign = other.person("ines@other.test", &other.client("Elsewhere").await).await;
        let before = w.audit().await.len();
        let addresses =
            [omar.email.as_str(), "nobody@client.test", &disabled.email, &foreign.email, &nadia.email, "not an address"];
        for address in addresses {
            assert_eq!(seen(ask(&w, address).await), (200, String::new()), "{address}");
        }
        assert_eq!(w.audit().await.len(), before + addresses.len(), "the same work is done for each");
        assert_eq!(letters(&w, &omar.email, "Set a new password").await, 1);
        for address in &addresses[1..5] {
            assert_eq!(letters(&w, address, "Set a new password").await, 0, "{address}");
        }
    }

    async fn s31_looking_uses_nothing_up_and_s26_setting_works_once(w: World) {
        let (omar, link) = omar_and_link(&w).await;
        for _ in 0..20 {
            assert_eq!(spent(&w, &link).await, None);
        }
        set(&w, &link, NEW).await.unwrap();
        assert_eq!(spent(&w, &link).await, Some(Spent::Used));
        assert_eq!(seen(set(&w, &link, "yet another four words").await).0, 409);
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 422);
        w.sign_in(knock(&omar.email, NEW)).await.unwrap();
    }

    async fn s19_a_reset_signs_nobody_in(w: World) {
        let (omar, link) = omar_and_link(&w).await;
        set(&w, &link, NEW).await.unwrap();
        let mut tx = w.app.db.read().await.unwrap();
        let (now, idle) = (w.app.clock.now(), w.app.config.session_idle);
        assert!(session::of_account(&mut tx, omar.account, now, idle).await.unwrap().is_empty());
    }

    async fn s26_of_many_who_set_at_once_exactly_one_succeeds(w: World) {
        let (omar, link) = omar_and_link(&w).await;
        let passwords: Vec<String> = (0..20).map(|n| format!("{NEW} number {n}")).collect();
        let answers = join_all(passwords.iter().map(|new| set(&w, &link, new))).await;
        let won: Vec<usize> = answers.iter().enumerate().filter(|(_, a)| a.is_ok()).map(|(n, _)| n).collect();
        assert_eq!(won.len(), 1);
        assert!(answers.iter().all(|a| matches!(a, Ok(()) | Err(Error::Refused(_)))));
        w.sign_in(knock(&omar.email, &passwords[won[0]])).await.unwrap();
    }

    async fn s27_a_link_expires_to_the_second(w: World) {
        let (_, link) = omar_and_link(&w).await;
        w.pass(3599);
        assert_eq!(spent(&w, &link).await, None);
        w.pass(1);
        assert_eq!(spent(&w, &link).await, Some(Spent::Expired));
        assert_eq!(seen(set(&w, &link, NEW).await).0, 409);
    }

    async fn s27_a_newer_link_ends_the_older(w: World) {
        let (omar, older) = omar_and_link(&w).await;
        w.pass(600);
        ask(&w, &omar.email).await.unwrap();
        let newer = w.secret_mailed_to(&omar.email).await;
        assert_eq!(spent(&w, &older).await, Some(Spent::Ended));
        assert_eq!(seen(set(&w, &older, NEW).await).0, 409);
        set(&w, &newer, NEW).await.unwrap();
    }

    async fn s28_a_link_opens_only_what_it_is_for(w: World) {
        let (omar, link) = omar_and_link(&w).await;
        let other = w.another("Harbour Accounting").await;
        assert_eq!(seen(reset::look(&w.app, &other.business, &link).await).0, 404);
        assert_eq!(seen(set(&other, &link, NEW).await).0, 404);
        assert_eq!(seen(door::staff::look_welcome(&w.app, &link).await).0, 404);
        let welcome = door::staff::set_first_password(&w.app, &link, secret(NEW), None, origin("192.0.2.1")).await;
        assert_eq!(seen(welcome.map(|_| ())).0, 404);
        assert!(matches!(w.door(&link).await, Err(Error::SignInNeeded)), "it is no session");
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn s39_a_new_password_ends_sessions_and_other_links_and_s22_the_person_is_told(w: World) {
        let (omar, link) = omar_and_link(&w).await;
        let second = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        w.pass(1);
        set(&w, &link, NEW).await.unwrap();
        for token in [&omar.token, &second] {
            assert!(matches!(w.door(token).await, Err(Error::SignInNeeded)));
        }
        assert_eq!(letters(&w, &omar.email, "Your password was changed").await, 1);
    }

    async fn s39_a_sign_in_in_progress_does_not_survive_a_new_password(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let mut current = PASSWORD.to_owned();
        for n in 0..12 {
            w.pass(3600);
            let token = w.sign_in(knock(&omar.email, &current)).await.unwrap();
            let inside = w.door(&token).await.unwrap();
            let new = format!("{NEW} number {n}");
            let changing = change_password(&w.app, &w.business, &inside, secret(&current), secret(&new));
            let tries = join_all((0..3).map(|_| w.sign_in(knock(&omar.email, &current))));
            let (changed, tries) = tokio::join!(changing, tries);
            let changed = changed.unwrap();
            for token in tries.into_iter().flatten() {
                assert!(matches!(w.door(&token).await, Err(Error::SignInNeeded)), "it outlived the old password");
            }
            assert!(w.door(&changed).await.is_ok());
            current = new;
        }
    }

    async fn s8_changing_a_password_needs_the_current_one(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let second = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let inside = w.door(&omar.token).await.unwrap();
        let change = |current: &str, new: &str| change_password(&w.app, &w.business, &inside, secret(current), secret(new));
        let problem = |answer: Result<Token>, field: &str| match answer {
            Err(Error::Invalid(problems)) => problems.of(field).unwrap_or_default().to_owned(),
            other => panic!("{:?}", seen(other)),
        };
        assert!(problem(change("not the current one", NEW).await, "current").contains("not your current password"));
        assert!(problem(change(PASSWORD, "short").await, "password").contains("at least 15"));
        assert!(problem(change(PASSWORD, "Tidewater Haulage 26").await, "password").contains("Leave out names"));
        assert!(problem(change(PASSWORD, "omar@client.test omar").await, "password").contains("Leave out names"));
        assert!(problem(change(PASSWORD, PASSWORD).await, "password").contains("Choose another"));

        let token = change(PASSWORD, NEW).await.unwrap();
        assert!(w.door(&token).await.is_ok());
        for old in [&omar.token, &second] {
            assert!(matches!(w.door(old).await, Err(Error::SignInNeeded)), "s39: other sessions end, and this one anew");
        }
        assert_eq!(letters(&w, &omar.email, "Your password was changed").await, 1, "s22");
        let inside = w.door(&token).await.unwrap();
        assert!(inside.user.is_some_and(|user| user.password_due.is_none()));
    }

    async fn a_change_that_is_due_is_asked_for_first_and_then_done(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        portal_user::acts::require_password_change(&w.app, &nadia.actor, omar.user).await.unwrap();
        let token = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let inside = w.door(&token).await.unwrap();
        assert_eq!(inside.closed(), Some(Gate::PasswordFresh));
        let token = change_password(&w.app, &w.business, &inside, secret(PASSWORD), secret(NEW)).await.unwrap();
        assert_eq!(w.door_of(&token, client.id).await.unwrap().closed(), None);
    }

    async fn rule_10_disabling_and_blocking_void_the_links_of_this_business(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        for how in ["disable", "block"] {
            let person = w.person(&format!("{how}d@client.test"), &client).await;
            w.pass(1);
            ask(&w, &person.email).await.unwrap();
            let mailed = w.secret_mailed_to(&person.email).await;
            w.pass(600);
            ask(&w, &person.email).await.unwrap(); // Waits in the outbox.
            if how == "disable" {
                portal_user::acts::disable(&w.app, &nadia.actor, person.user, None).await.unwrap();
            } else {
                link::acts::block(&w.app, &nadia.actor, person.contact, None).await.unwrap();
            }
            assert_eq!(letters(&w, &person.email, "Set a new password").await, 1, "{how}: the second never leaves");
            assert_eq!(spent(&w, &mailed).await, Some(Spent::Ended), "{how}");
            assert_eq!(seen(set(&w, &mailed, NEW).await).0, 409, "{how}");
        }
    }

    async fn rule_10_a_link_does_not_bring_a_disabled_person_back(w: World) {
        let (omar, _) = omar_and_link(&w).await;
        let nadia = w.staff("nadia").may(Everything).await;
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        // As if a mail that was being written at that very moment still got a link.
        let mut tx = w.app.db.write().await.unwrap();
        let now = w.app.clock.now();
        let late = token::mint(&mut tx, Purpose::ResetPassword, omar.account, w.business.id, now).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(set(&w, &late, NEW).await).0, 409);
    }

    async fn s23_a_staff_member_has_no_password_until_they_set_one_by_their_link(w: World) {
        let (_, link) = new_staff(&w, Purpose::FirstPassword).await;
        for password in ["", "password", "hana", PASSWORD] {
            assert_eq!(seen(door::staff::sign_in(&w.app, knock("hana@t.test", password)).await.map(|_| ())).0, 422);
        }
        let from = || origin("192.0.2.1");
        let look = door::staff::look_welcome(&w.app, &link).await.unwrap();
        assert_eq!((look.name.as_str(), look.email.as_str(), look.spent), ("Hana Whitlock", "hana@t.test", None));
        let short = door::staff::set_first_password(&w.app, &link, secret("short"), None, from()).await;
        assert_eq!(seen(short.map(|_| ())).0, 422, "and the link still works");
        w.pass(3600);
        let signed_in = door::staff::set_first_password(&w.app, &link, secret(NEW), None, from()).await.unwrap();
        assert!(door::staff::actor(&w.app, &signed_in.token, from()).await.unwrap().is_some());
        let again = door::staff::set_first_password(&w.app, &link, secret(NEW), None, from()).await;
        assert_eq!(seen(again.map(|_| ())).0, 409);
        assert_eq!(door::staff::look_welcome(&w.app, &link).await.unwrap().spent, Some(Spent::Used));
        door::staff::sign_in(&w.app, knock("hana@t.test", NEW)).await.unwrap();
    }

    async fn s26_the_demos_link_signs_in_once(w: World) {
        let (_, link) = new_staff(&w, Purpose::DemoSignIn).await;
        let tries = join_all((0..10).map(|_| door::staff::demo_sign_in(&w.app, &link, None, origin("192.0.2.1")))).await;
        assert_eq!(tries.iter().filter(|t| t.is_ok()).count(), 1);
        let first = door::staff::set_first_password(&w.app, &link, secret(NEW), None, origin("192.0.2.1")).await;
        assert_eq!(seen(first.map(|_| ())).0, 404, "s28: it sets no password");
    }

    async fn s21_a_forgotten_password_of_staff_needs_somebody_who_manages_staff(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let hana = w.staff("hana").may(Rights::Only(vec![Permission::PortalUsersView])).await;
        ask(&w, &hana.email).await.unwrap();
        assert!(w.mail_to(&hana.email).await.is_empty(), "e-mail alone never signs in to the console");
        let refused = door::staff::new_link(&w.app, &hana.actor, &email(&nadia.email)).await;
        assert_eq!(seen(refused.map(|_| ())).0, 403);
        let link = door::staff::new_link(&w.app, &nadia.actor, &email(&hana.email)).await.unwrap();
        w.pass(1);
        door::staff::set_first_password(&w.app, &link, secret(NEW), None, origin("192.0.2.1")).await.unwrap();
        assert!(door::staff::actor(&w.app, &hana.token, origin("192.0.2.1")).await.unwrap().is_none(), "s39");
        assert_eq!(letters(&w, &hana.email, "Your password was changed").await, 1, "s22");
    }

    async fn s37_a_disabled_staff_members_link_opens_nothing(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let link = door::staff::new_link(&w.app, &w.operator(), &email(&nadia.email)).await.unwrap();
        w.disable_staff(&nadia).await;
        let answer = door::staff::set_first_password(&w.app, &link, secret(NEW), None, origin("192.0.2.1")).await;
        assert_eq!(seen(answer.map(|_| ())).0, 404);
    }
}

async fn new_staff(w: &World, purpose: Purpose) -> (vestibule::staff::StaffMember, Token) {
    let name = |text| vestibule::base::text::PersonName::parse(text).unwrap();
    let (first, last) = (name("Hana"), name("Whitlock"));
    acts::add(&w.app, &w.operator(), email("hana@t.test"), first, last, Rights::Administrator, purpose).await.unwrap()
}
