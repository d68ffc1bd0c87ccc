use super::{ok, page_of, path_in};
use crate::http::{Browser, Reply};
use crate::world::{Everything, PASSWORD, Person, World, both, email, knock};
use axum::http::StatusCode;
use vestibule::audit::Entry;
use vestibule::base::secret::Token;
use vestibule::link::deletion;
use vestibule::portal_user;
use vestibule::portal_user::proposal::acts::{self, Wanted};

const OLD: &str = "omar.haddad@bramble.test";
const NEW: &str = "omar@new.test";

async fn omar(w: &World) -> Person {
    let bramble = w.client("Bramble Civil").await;
    w.person(OLD, &bramble).await
}

/// What the form posts: what is typed, over what was shown.
async fn save(w: &World, browser: &mut Browser, omar: &Person, first: &str, address: &str) -> Reply {
    let version = w.portal_user(omar.user).await.version.to_string();
    let asked = asked(browser, omar).await;
    post(browser, omar, (first, address), (&version, &asked)).await
}

async fn post(browser: &mut Browser, omar: &Person, typed: (&str, &str), shown: (&str, &str)) -> Reply {
    let form = [
        ("first_name", typed.0),
        ("last_name", "Haddad"),
        ("email", typed.1),
        ("was_first", "Omar"),
        ("was_last", "Haddad"),
        ("was_email", OLD),
        ("asked", shown.1),
        ("version", shown.0),
    ];
    browser.post(&page_of(omar.user), &form).await
}

/// The changes that wait, as the form carries them.
async fn asked(browser: &mut Browser, omar: &Person) -> String {
    let page = ok(browser, &page_of(omar.user)).await;
    page.body.split("name=\"asked\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn link_mailed_to(w: &World, address: &str) -> String {
    path_in(&w.mail_to(address).await[0].plain, "/confirm/")
}

/// Presses the button, and goes where it leads.
async fn yes(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.post(path, &[]).await;
    match reply.status {
        StatusCode::SEE_OTHER => ok(browser, reply.location()).await,
        _ => reply,
    }
}

both! {
    async fn s34_an_address_changes_when_the_new_one_confirms_and_the_old_one_is_told(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let mut browser = w.console(&nadia.token);
        let done = save(&w, &mut browser, &omar, "Omar", NEW).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        assert!(page.body.contains("Waiting to be confirmed") && page.body.contains("omar@new.test to confirm"), "{}", page.body);
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD), "nothing has changed yet");
        let told = w.mail_to(OLD).await;
        assert!(told.iter().any(|m| m.plain.contains("asked to make omar@new.test the address you sign in with")));
        let path = link_mailed_to(&w, NEW).await;

        // A mail scanner looks, twice (S31).
        let mut visitor = w.browser();
        for _ in 0..2 {
            let page = ok(&mut visitor, &path).await;
            assert!(page.body.contains("Confirm your new email") && page.body.contains(NEW), "{}", page.body);
        }
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD));

        // A link to reset the password that is open, and sessions: they end (rule 2).
        vestibule::door::reset::ask(&w.app, &w.business_now().await, OLD, crate::world::origin("198.51.100.9")).await.unwrap();
        let reset = path_in(&w.mail_to(OLD).await.iter().find(|m| m.plain.contains("/reset/")).unwrap().plain, "/reset/");
        let confirmed = yes(&mut visitor, &path).await;
        assert!(confirmed.body.contains("Your new email is confirmed"), "{}", confirmed.body);
        assert!(w.door(&omar.token).await.is_err(), "every session has ended");
        assert!(ok(&mut visitor, &reset).await.body.contains("no longer works"));
        assert!(w.sign_in(knock(OLD, PASSWORD)).await.is_err());
        assert!(w.sign_in(knock(NEW, PASSWORD)).await.is_ok());
        assert_eq!(w.portal_user(omar.user).await.email, email(NEW), "the list shows it, too");
        w.pass(1);
        assert!(w.mail_to(OLD).await.iter().any(|m| m.subject == "The address you sign in with was changed"), "the old one is told");
        // It works once (S26).
        let again = yes(&mut visitor, &path).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("confirmed and made already"), "{}", again.body);
        let said: Vec<String> = w.audit().await.iter().filter_map(|e| e.entry.as_ref().map(|e| e.sentence())).collect();
        assert!(said.iter().any(|s| s == "confirmed the new sign-in address: omar@new.test in place of omar.haddad@bramble.test"), "{said:?}");
    }

    async fn s34_a_change_can_be_declined_taken_back_replaced_and_runs_out(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let mut browser = w.console(&nadia.token);
        let mut visitor = w.browser();

        save(&w, &mut browser, &omar, "Omar", "first@new.test").await;
        let first = link_mailed_to(&w, "first@new.test").await;
        w.pass(1);
        save(&w, &mut browser, &omar, "Omar", "second@new.test").await;
        assert!(ok(&mut visitor, &first).await.body.contains("A newer change was asked for"));
        let second = link_mailed_to(&w, "second@new.test").await;
        assert!(yes(&mut visitor, &format!("{second}/decline")).await.body.contains("All stays as it is"));
        assert_eq!(yes(&mut visitor, &second).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        w.pass(1);
        save(&w, &mut browser, &omar, "Omar", "third@new.test").await;
        let third = link_mailed_to(&w, "third@new.test").await;
        let id = asked(&mut browser, &omar).await;
        let back = browser.post(&format!("{}/changes/{id}/withdraw", page_of(omar.user)), &[]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert!(ok(&mut visitor, &third).await.body.contains("was taken back"));
        let again = browser.post(&format!("{}/changes/{id}/withdraw", page_of(omar.user)), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "it is over already");

        w.pass(1);
        save(&w, &mut browser, &omar, "Omar", "fourth@new.test").await;
        let fourth = link_mailed_to(&w, "fourth@new.test").await;
        w.pass(72 * 3600);
        assert!(ok(&mut visitor, &fourth).await.body.contains("Nobody confirmed this change in time"), "S27");
        assert_eq!(yes(&mut visitor, &fourth).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD));
        for bad in ["/portal/tidewater-haulage/confirm/x".to_owned(), fourth.replace("confirm/", "confirm/A")] {
            assert_eq!(visitor.get(&bad).await.status, StatusCode::NOT_FOUND);
            assert_eq!(yes(&mut visitor, &bad).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn s28_a_link_is_good_for_one_business_and_one_step(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let other = w.another("Harbour Strata").await;
        w.also_at(&omar, &other).await;
        let mut browser = w.console(&nadia.token);
        save(&w, &mut browser, &omar, "Omar", NEW).await;
        let person = link_mailed_to(&w, OLD).await;
        let mut visitor = w.browser();
        let elsewhere = person.replace("tidewater-haulage", "harbour-strata");
        assert_eq!(visitor.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
        assert!(yes(&mut visitor, &person).await.body.contains("One more step"));
        let twice = yes(&mut visitor, &person).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "the person's link does not stand for the new address");
        assert!(twice.body.contains("You have confirmed this already"), "{}", twice.body);
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD));
    }

    async fn r1_what_belongs_to_a_person_of_two_businesses_is_proposed_to_them(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let other = w.another("Harbour Strata").await;
        w.also_at(&omar, &other).await;
        let mut browser = w.console(&nadia.token);
        let done = save(&w, &mut browser, &omar, "Omari", NEW).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = ok(&mut browser, &page_of(omar.user)).await;
        assert!(page.body.contains("New name Omari Haddad") && page.body.contains("omar.haddad@bramble.test to agree"), "{}", page.body);
        assert!(w.mail_to(NEW).await.is_empty(), "the new address is asked only after the person has agreed");
        assert_eq!(w.portal_user(omar.user).await.name, "Omar Haddad");
        let mails = w.mail_to(OLD).await;
        let of = |what: &str| path_in(&mails.iter().find(|m| m.plain.contains(what)).unwrap().plain, "/confirm/");
        let (name, address) = (of("name on your account"), of("email address you sign in with"));
        let mut visitor = w.browser();
        assert!(ok(&mut visitor, &name).await.body.contains("Change your name?"));
        assert!(yes(&mut visitor, &name).await.body.contains("Your name is changed"));
        assert_eq!(w.portal_user(omar.user).await.name, "Omari Haddad");
        assert!(yes(&mut visitor, &address).await.body.contains("One more step"));
        let last = link_mailed_to(&w, NEW).await;
        assert!(yes(&mut visitor, &last).await.body.contains("Your new email is confirmed"));
        assert_eq!(w.portal_user(omar.user).await.email, email(NEW));
        // The other business's copy is true, too.
        let mut look = other.app.look_at(other.business.id).await.unwrap();
        let theirs = portal_user::store::of_account(&mut look, omar.account).await.unwrap().unwrap();
        assert_eq!((theirs.email, theirs.name.as_str()), (email(NEW), "Omari Haddad"));
    }

    async fn r3_a_new_address_that_somebody_has_elsewhere_is_not_told_to_staff(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let bramble = w.client("Dockside").await;
        w.person("known@bramble.test", &bramble).await;
        let other = w.another("Harbour Strata").await;
        let theirs = other.client("Their client").await;
        other.person("taken@elsewhere.test", &theirs).await;
        let mut browser = w.console(&nadia.token);
        let known = save(&w, &mut browser, &omar, "Omar", "known@bramble.test").await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(known.body.contains("Known Bramble already signs in with this address"), "{}", known.body);
        let taken = save(&w, &mut browser, &omar, "Omar", "taken@elsewhere.test").await;
        let free = save(&w, &mut browser, &omar, "Omar", "free@elsewhere.test").await;
        assert_eq!((taken.status, free.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER), "the same answer");
        w.pass(1);
        save(&w, &mut browser, &omar, "Omar", "taken@elsewhere.test").await;
        let mail = w.mail_to("taken@elsewhere.test").await.remove(0);
        assert!(mail.plain.contains("There is already an account with it") && !mail.plain.contains("/confirm/"), "{}", mail.plain);
    }

    async fn r1_an_address_that_got_an_account_meanwhile_stays_that_accounts(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let path = link_mailed_to(&w, NEW).await;
        let dockside = w.client("Dockside").await;
        let lucy = w.person(NEW, &dockside).await;
        let refused = yes(&mut w.browser(), &path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("another account with this address by now"), "{}", refused.body);
        assert!(w.door(&lucy.token).await.is_ok() && w.door(&omar.token).await.is_ok());
    }

    async fn p7_of_two_who_edit_at_once_each_field_is_chosen_and_nothing_is_overwritten(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let tom = w.staff("tom").may(Everything).await;
        let omar = omar(&w).await;
        let version = w.portal_user(omar.user).await.version.to_string();
        let (mut hers, mut his) = (w.console(&nadia.token), w.console(&tom.token));
        let (first, last) = (("Umar", OLD), ("Omar", NEW));
        assert_eq!(post(&mut his, &omar, first, (&version, "")).await.status, StatusCode::SEE_OTHER);
        // She changed the address, he the name: both are in the form now, and nothing is saved before she has seen it.
        let seen = post(&mut hers, &omar, last, (&version, "")).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.body.contains("Tom Tidewater-haulage changed this person") || seen.body.contains("changed this person while"), "{}", seen.body);
        assert!(seen.body.contains("name=\"first_name\" value=\"Umar\"") && seen.body.contains(&format!("value=\"{NEW}\"")), "{}", seen.body);
        assert!(w.mail_to(NEW).await.is_empty());
        // Both ask for an address: the second sees that one waits already.
        let page = ok(&mut his, &page_of(omar.user)).await;
        let version = page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let now = |address: &'static str| {
            vec![("first_name", "Umar"), ("last_name", "Haddad"), ("email", address), ("was_first", "Umar"), ("was_last", "Haddad"),
                ("was_email", OLD), ("asked", ""), ("version", version.as_str())]
        };
        assert_eq!(his.post(&page_of(omar.user), &now("his@new.test")).await.status, StatusCode::SEE_OTHER);
        let second = hers.post(&page_of(omar.user), &now("hers@new.test")).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        assert!(second.body.contains("his@new.test to confirm") && second.body.contains("value=\"hers@new.test\""), "{}", second.body);
        assert!(w.mail_to("hers@new.test").await.is_empty());
    }

    async fn p7_a_password_reset_link_is_mailed_within_limits_and_not_to_who_is_kept_out(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let mut browser = w.console(&nadia.token);
        let reset = format!("{}/reset", page_of(omar.user));
        for _ in 0..3 {
            w.pass(1);
            assert_eq!(browser.post(&reset, &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(browser.post(&reset, &[]).await.status, StatusCode::CONFLICT, "S33");
        assert!(path_in(&w.mail_to(OLD).await[0].plain, "/reset/").contains("/reset/"));
        w.pass(3601);
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        let mut browser = w.console(&w.staff("tom").may(Everything).await.token);
        assert!(browser.post(&reset, &[]).await.body.contains("is disabled"));
    }

    async fn s37_a_change_that_waits_is_void_when_the_person_is_deleted(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let path = link_mailed_to(&w, NEW).await;
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        let mut visitor = w.browser();
        assert!(ok(&mut visitor, &path).await.body.contains("There is nothing to confirm"));
        assert_eq!(yes(&mut visitor, &path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        deletion::restore(&w.app, &nadia.actor, omar.user).await.unwrap();
        assert_eq!(yes(&mut visitor, &path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn rule5_1_a_new_address_asked_for_in_time_takes_over_no_account_that_opens_another_door_since(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let mut browser = w.console(&nadia.token);
        save(&w, &mut browser, &omar, "Omar", NEW).await;
        let armed = link_mailed_to(&w, NEW).await;
        let other = w.another("Harbour Strata").await;
        w.also_at(&omar, &other).await;
        let mut visitor = w.browser();
        assert!(ok(&mut visitor, &armed).await.body.contains("was taken back"));
        assert_eq!(yes(&mut visitor, &armed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD));
        assert!(!ok(&mut browser, &page_of(omar.user)).await.body.contains("omar@new.test to confirm"));
        // Asked for again, it is the person who is asked.
        w.pass(1);
        save(&w, &mut browser, &omar, "Omar", NEW).await;
        assert_eq!(w.mail_to(NEW).await.len(), 1);
        assert!(ok(&mut visitor, &link_mailed_to(&w, OLD).await).await.body.contains("Change the email you sign in with?"));
        assert!(w.door(&omar.token).await.is_ok() && other.door(&omar.token).await.is_ok());
    }

    async fn rule5_1_a_letter_to_a_new_address_that_has_not_left_leaves_no_more(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let other = w.another("Harbour Strata").await;
        let theirs = other.client("Their other client").await;
        let contact = other.contact(&omar.email, &theirs).await;
        let invitation = other.invite(&other.operator(), &contact).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let door = other.door(&omar.token).await.unwrap();
        vestibule::door::invitation::accept(&other.app, &invitation, &door).await.unwrap();
        assert!(w.mail_to(NEW).await.is_empty());
    }

    async fn rule5_1_s34_a_new_address_alone_moves_no_account_that_opens_another_door(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let armed = link_mailed_to(&w, NEW).await;
        // Another business's door opens, however that may have come about.
        let other = w.another("Harbour Strata").await;
        let mut tx = w.app.db.write().await.unwrap();
        vestibule::account::store::add_business(&mut tx, omar.account, other.business.id).await.unwrap();
        tx.commit().await.unwrap();
        let mut visitor = w.browser();
        w.pass(1);
        let first = yes(&mut visitor, &armed).await;
        assert!(first.body.contains("The person has to agree first"), "{}", first.body);
        assert_eq!(w.portal_user(omar.user).await.email, email(OLD));
        assert!(w.door(&omar.token).await.is_ok(), "nothing has ended");
        let again = yes(&mut visitor, &armed).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("The person has to agree first"), "{}", again.body);
        assert!(matches!(w.audit().await[0].entry, Some(Entry::EmailChangeUnagreed { .. })));
        // They agree; then the new address confirms.
        let agreeing = link_mailed_to(&w, OLD).await;
        w.pass(1);
        assert!(yes(&mut visitor, &agreeing).await.body.contains("One more step"));
        let last = link_mailed_to(&w, NEW).await;
        assert_ne!(last, armed);
        assert!(yes(&mut visitor, &last).await.body.contains("Your new email is confirmed"));
        assert_eq!(w.portal_user(omar.user).await.email, email(NEW));
    }

    async fn rule5_1_a_change_waits_on_where_only_another_client_of_the_same_business_is_joined(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let path = link_mailed_to(&w, NEW).await;
        let second = w.contact(OLD, &w.client("Dockside").await).await;
        let invitation = w.invite(&w.operator(), &second).await;
        let door = w.door(&omar.token).await.unwrap();
        vestibule::door::invitation::accept(&w.app, &invitation, &door).await.unwrap();
        assert!(yes(&mut w.browser(), &path).await.body.contains("Your new email is confirmed"));
    }

    async fn s33_a_persons_changes_mail_strangers_five_times_a_day(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let mut browser = w.console(&nadia.token);
        for n in 0..5 {
            w.pass(1);
            let asked = save(&w, &mut browser, &omar, "Omar", &format!("stranger{n}@new.test")).await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        }
        let sixth = save(&w, &mut browser, &omar, "Omar", "stranger5@new.test").await;
        assert_ne!(sixth.status, StatusCode::SEE_OTHER);
        assert!(sixth.body.contains("5 changes were already asked for in the last day"), "{}", sixth.body);
        assert!(w.mail_to("stranger5@new.test").await.is_empty());
        let warned = w.mail_to(OLD).await.iter().filter(|m| m.subject == "A new email address was asked for").count();
        assert_eq!(warned, 1, "the newest; those before it were over when they would have left");
        w.pass(86_400);
        let mut tomorrow = w.console(&w.staff("tom").may(Everything).await.token);
        assert_eq!(save(&w, &mut tomorrow, &omar, "Omar", "stranger6@new.test").await.status, StatusCode::SEE_OTHER);
    }

    async fn s15_guesses_at_links_to_confirm_are_limited_like_those_at_passwords(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        save(&w, &mut w.console(&nadia.token), &omar, "Omar", NEW).await;
        let path = link_mailed_to(&w, NEW).await;
        let (head, _) = path.rsplit_once('/').unwrap();
        for (n, act) in ["", "/decline"].into_iter().enumerate() {
            let mut guesser = w.browser();
            guesser.address = ([203, 0, 113, u8::try_from(n).unwrap()], 50_000).into();
            let mut answers = Vec::new();
            for _ in 0..40 {
                let guess = Token::mint();
                answers.push(guesser.post(&format!("{head}/{}{act}", guess.reveal()), &[]).await.status);
            }
            assert_eq!(answers[0], StatusCode::NOT_FOUND);
            assert_eq!(answers[39], StatusCode::TOO_MANY_REQUESTS, "{answers:?}");
        }
        assert!(yes(&mut w.browser(), &path).await.body.contains("Your new email is confirmed"), "nobody else is kept out");
    }

    async fn s26_of_parallel_confirmations_exactly_one_succeeds(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = omar(&w).await;
        let version = w.portal_user(omar.user).await.version;
        let details = w.contact_now(omar.contact).await.details;
        let wanted = Wanted { first: details.first_name, last: details.last_name, email: email(NEW) };
        acts::save(&w.app, &nadia.actor, omar.user, version, wanted).await.unwrap();
        let path = link_mailed_to(&w, NEW).await;
        let tries: Vec<_> = (0..6)
            .map(|_| {
                let (mut visitor, path) = (w.browser(), path.clone());
                tokio::spawn(async move { visitor.post(&path, &[]).await.status == StatusCode::SEE_OTHER })
            })
            .collect();
        let mut done = 0;
        for one in tries {
            done += usize::from(one.await.unwrap());
        }
        assert_eq!(done, 1);
    }
}
