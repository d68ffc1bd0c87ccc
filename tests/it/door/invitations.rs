//! Invitations: accepted once, by whom they are for, while whoever invited still may.

use super::seen;
use crate::world::{Everything, PASSWORD, World, both, email, knock, origin, secret};
use futures_util::future::join_all;
use vestibule::access::gates::Gate;
use vestibule::access::{Actor, Permission};
use vestibule::base::secret::Token;
use vestibule::base::text::PersonName;
use vestibule::base::{Error, Result};
use vestibule::business::{self, Switch};
use vestibule::contact::{Contact, Standing as ContactStanding};
use vestibule::db::Query;
use vestibule::door::invitation::{self as page, InvitationLook, Known, NewPerson};
use vestibule::door::person::{At, sign_in};
use vestibule::door::{SignedIn, refusal};
use vestibule::invitation::acts::{self, AskAgain};
use vestibule::invitation::{self, Standing};
use vestibule::link::accepting::{Accepting, accept};
use vestibule::link::acts::{block, unblock};
use vestibule::staff::acts::Rights;
use vestibule::{link, portal_user};

async fn look(w: &World, token: &Token) -> Result<InvitationLook> {
    page::look(&w.app, &w.business_now().await, token, None).await
}

async fn accept_new(w: &World, token: &Token) -> Result<SignedIn> {
    let name = |text| PersonName::parse(text).unwrap();
    let person = NewPerson { first: name("Omar"), last: name("Haddad"), language: None, password: secret(PASSWORD) };
    page::accept_new(&w.app, &w.business_now().await, token, person, None, origin("192.0.2.40")).await
}

/// A client's contact with an invitation from staff.
async fn invited(w: &World) -> (crate::world::Staff, Contact, Token) {
    let nadia = w.staff("nadia").may(Everything).await;
    let contact = w.contact("omar.haddad@client.test", &w.client("Bellweather").await).await;
    let token = w.invite(&nadia.actor, &contact).await;
    (nadia, contact, token)
}

both! {
    async fn u1_an_invited_person_gets_in_and_the_log_tells_it(w: World) {
        let (_, contact, token) = invited(&w).await;
        let seen = look(&w, &token).await.unwrap();
        assert_eq!((seen.standing, seen.known, seen.refusal), (Standing::Open, Known::New, None));
        assert_eq!((seen.client_name.as_str(), seen.invitation.invited_by_name.as_str()), ("Bellweather", "Nadia Tidewater-haulage"));
        let signed_in = accept_new(&w, &token).await.unwrap();
        assert_eq!(w.door_of(&signed_in.token, contact.client_id).await.unwrap().closed(), None);
        let log = w.audit().await;
        let kinds: Vec<String> = log.iter().filter_map(|r| r.entry.as_ref()).map(|e| e.kind()).collect();
        assert_eq!(kinds[..3], ["person_signed_in", "invitation_accepted", "contact_invited"]);
        assert_eq!(log[1].actor_name, "Omar Haddad");
    }

    async fn s26_of_200_parallel_acceptances_exactly_one_succeeds(w: World) {
        let (_, contact, token) = invited(&w).await;
        let password_hash = w.app.hasher.hash(secret(PASSWORD)).await.unwrap();
        let visitor = Actor::visitor(w.business.id, origin("192.0.2.40"));
        let acceptances = (0..200).map(|_| {
            let name = |text| PersonName::parse(text).unwrap();
            let accepting = Accepting::NewPerson {
                language: None,
                first: name("Omar"),
                last: name("Haddad"),
                password_hash: password_hash.clone(),
                cookie: None,
            };
            accept(&w.app, &visitor, &token, accepting)
        });
        let answers = join_all(acceptances).await;
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1);
        assert!(answers.iter().all(|a| matches!(a, Ok(_) | Err(Error::Refused(_)))));
        assert_eq!(w.contact_now(contact.id).await.portal.standing(), ContactStanding::Connected);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        for (table, rows) in [("SELECT COUNT(*) FROM account WHERE realm = 'portal'", 1), ("SELECT COUNT(*) FROM session WHERE realm = 'portal'", 1)] {
            let (n,): (i64,) = Query::new(table).one(&mut look.tx, "It").await.unwrap();
            assert_eq!(n, rows, "{table}");
        }
        let (links,): (i64,) =
            look.query("SELECT COUNT(*) FROM link WHERE business_id = $1").one(&mut look.tx, "It").await.unwrap();
        assert_eq!(links, 1);
    }

    async fn s26_of_two_accounts_that_accept_at_once_one_is_linked(w: World) {
        let client = w.client("Bellweather").await;
        let nadia = w.staff("nadia").may(Everything).await;
        let elsewhere = w.client("Castle Hill").await;
        let people = [w.person("a@client.test", &elsewhere).await, w.person("b@client.test", &elsewhere).await];
        let contact = w.contact("omar@client.test", &client).await;
        let token = w.invite(&nadia.actor, &contact).await;
        let doors = [w.door(&people[0].token).await.unwrap(), w.door(&people[1].token).await.unwrap()];
        let answers = join_all(doors.iter().map(|door| page::accept(&w.app, &token, door))).await;
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1);
    }

    async fn s27_an_invitation_expires_to_the_second(w: World) {
        let (_, _, token) = invited(&w).await;
        w.pass(w.business.invitation_days * 86_400 - 1);
        assert_eq!(look(&w, &token).await.unwrap().refusal, None);
        w.pass(1);
        let seen_now = look(&w, &token).await.unwrap();
        assert_eq!((seen_now.standing, seen_now.may_ask_again), (Standing::Expired, AskAgain::Offered));
        let (status, words) = seen(accept_new(&w, &token).await);
        assert_eq!(status, 409);
        assert!(words.contains("has expired"), "{words}");
    }

    async fn rule_4_the_newest_link_works_and_an_old_one_says_so(w: World) {
        let (nadia, contact, older) = invited(&w).await;
        let newer = w.invite(&nadia.actor, &contact).await;
        let seen_now = look(&w, &older).await.unwrap();
        assert_eq!(seen_now.standing, Standing::Replaced);
        assert!(seen_now.refusal.unwrap().contains("newer invitation"));
        assert!(seen(accept_new(&w, &older).await).1.contains("newer invitation"));
        accept_new(&w, &newer).await.unwrap();
    }

    async fn s28_an_invitation_is_bound_to_its_business_and_purpose(w: World) {
        let (_, _, token) = invited(&w).await;
        let other = w.another("Harbour Accounting").await;
        assert_eq!(seen(look(&other, &token).await).0, 404);
        assert_eq!(seen(accept_new(&other, &token).await).0, 404);
        assert_eq!(seen(vestibule::door::reset::look(&w.app, &w.business, &token).await).0, 404);
        assert_eq!(seen(vestibule::door::staff::look_welcome(&w.app, &token).await).0, 404);
        assert!(matches!(w.door(&token).await, Err(Error::SignInNeeded)));
        accept_new(&w, &token).await.unwrap();
    }

    async fn s28_an_invitation_is_bound_to_the_address_it_was_mailed_to(w: World) {
        let (_, contact, token) = invited(&w).await;
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE contact SET email = $3, email_key = $3 WHERE business_id = $1 AND id = $2")
            .bind(w.business.id)
            .bind(contact.id)
            .bind("somebody.else@client.test")
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(look(&w, &token).await.unwrap().refusal.unwrap().contains("no longer good"));
        assert_eq!(seen(accept_new(&w, &token).await).0, 409);
    }

    async fn s29_an_existing_account_must_sign_in_to_accept(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = other.person("omar.haddad@client.test", &other.client("Elsewhere").await).await;
        let (_, contact, token) = invited(&w).await;
        assert_eq!(look(&w, &token).await.unwrap().known, Known::HasAccount);
        let (status, words) = seen(accept_new(&w, &token).await);
        assert_eq!(status, 409);
        assert!(words.contains("Sign in to accept"), "{words}");
        assert_eq!(w.contact_now(contact.id).await.portal.standing(), ContactStanding::Invited, "nothing was linked");

        // The business does not know the account yet: its own door stays shut, the invitation's page lets it in.
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await), (422, refusal().to_string()));
        let at = At::Invitation(token.clone());
        let signed_in = sign_in(&w.app, &w.business, knock(&omar.email, PASSWORD), at).await.unwrap();
        let inside = w.door(&signed_in.token).await.unwrap();
        assert_eq!((inside.user_id(), inside.closed()), (None, Some(Gate::NotDisabled)));
        page::accept(&w.app, &token, &inside).await.unwrap();
        assert_eq!(w.door_of(&signed_in.token, contact.client_id).await.unwrap().closed(), None);
        let again = sign_in(&w.app, &other.business, knock("nobody@x.test", PASSWORD), At::Invitation(token)).await;
        assert_eq!(seen(again), (422, refusal().to_string()));
    }

    async fn s29_nobody_accepts_without_signing_in(w: World) {
        let (_, _, token) = invited(&w).await;
        let visitor = Actor::visitor(w.business.id, origin("192.0.2.40"));
        let answer = accept(&w.app, &visitor, &token, Accepting::SignedIn).await;
        assert!(matches!(answer, Err(Error::SignInNeeded)));
    }

    async fn s30_the_inviters_right_is_asked_again_at_acceptance(w: World) {
        let client = w.client("Bellweather").await;
        let left = w.staff("left").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let demoted = w.staff("demoted").may(Rights::Only(vec![Permission::ContactsInvite])).await;
        let by_left = w.invite(&left.actor, &w.contact("a@client.test", &client).await).await;
        let by_demoted = w.invite(&demoted.actor, &w.contact("b@client.test", &client).await).await;
        let by_operator = w.invite(&w.operator(), &w.contact("c@client.test", &client).await).await;
        w.disable_staff(&left).await;
        w.take_permissions(&demoted).await;
        for token in [by_left, by_demoted] {
            assert!(look(&w, &token).await.unwrap().refusal.unwrap().contains("no longer good"));
            assert!(seen(accept_new(&w, &token).await).1.contains("no longer good"));
        }
        accept_new(&w, &by_operator).await.unwrap();
    }

    async fn s30_a_block_and_a_portal_switched_off_are_asked_again_too(w: World) {
        let (nadia, contact, token) = invited(&w).await;
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        assert!(seen(accept_new(&w, &token).await).1.contains("switched off"));
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::On).await.unwrap();
        block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        assert_eq!(look(&w, &token).await.unwrap().standing, Standing::Revoked);
        assert_eq!(seen(accept_new(&w, &token).await).0, 409);
        unblock(&w.app, &nadia.actor, contact.id).await.unwrap();
        assert_eq!(seen(accept_new(&w, &token).await).0, 409, "unblocking brings no old link back (C4)");
        let newer = w.invite(&nadia.actor, &contact).await;
        accept_new(&w, &newer).await.unwrap();
    }

    async fn s31_mail_scanners_use_no_invitation_up(w: World) {
        let (_, contact, token) = invited(&w).await;
        for _ in 0..50 {
            let seen = look(&w, &token).await.unwrap();
            page::opened(&w.app, &w.business, &seen.invitation).await.unwrap();
            w.pass(60);
        }
        let opened = look(&w, &token).await.unwrap().invitation.opened_at;
        assert_eq!(opened.map(|at| w.app.clock.now().seconds_since(at)), Some(3000), "only the first look is noted");
        accept_new(&w, &token).await.unwrap();
        assert_eq!(w.contact_now(contact.id).await.portal.standing(), ContactStanding::Connected);
    }

    async fn rule_5_who_is_blocked_stays_blocked_however_they_are_entered_again(w: World) {
        let (nadia, contact, _) = invited(&w).await;
        block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        let mut tx = w.app.db.write().await.unwrap();
        for table in [
            "DELETE FROM invitation_token WHERE business_id = $1",
            "DELETE FROM invitation WHERE business_id = $1",
            "DELETE FROM contact WHERE business_id = $1",
        ] {
            Query::new(table).bind(w.business.id).run(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let client = vestibule::client::store::find(&mut look, contact.client_id).await.unwrap();
        drop(look);
        let again = w.contact("Omar.Haddad@CLIENT.test", &client).await;
        assert_eq!(again.portal.standing(), ContactStanding::Blocked);
        assert_eq!(seen(acts::invite(&w.app, &nadia.actor, again.id).await).0, 409);
    }

    async fn rule_10_an_old_invitation_brings_no_disabled_user_back(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let second = w.contact("omar@client.test", &w.client("Castle Hill").await).await;
        let third = w.contact("o.haddad@client.test", &w.client("Dune").await).await;
        let to_same = w.invite(&nadia.actor, &second).await;
        let to_other = w.invite(&nadia.actor, &third).await;
        let mut inside = w.door(&omar.token).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        assert_eq!(seen(page::accept(&w.app, &to_same, &inside).await).0, 401, "the session has ended, too");
        inside.actor.session = None; // As if another business's door had kept it alive.
        assert_eq!(look(&w, &to_same).await.unwrap().standing, Standing::Revoked, "it is void");
        for token in [to_same, to_other] {
            assert_eq!(seen(page::accept(&w.app, &token, &inside).await).0, 409);
        }
        let knock = knock(&omar.email, PASSWORD);
        assert_eq!(seen(w.sign_in(knock).await), (422, refusal().to_string()));
    }

    async fn rule_11_who_was_let_in_again_gets_in_again_and_the_history_shows_both(w: World) {
        let (nadia, contact, token) = invited(&w).await;
        let omar = w.accepts(&contact, &token).await;
        block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        unblock(&w.app, &nadia.actor, contact.id).await.unwrap();
        w.pass(60);
        let again = w.invite(&nadia.actor, &contact).await;
        let inside = w.door(&omar.token).await.unwrap();
        page::accept(&w.app, &again, &inside).await.unwrap();
        assert_eq!(w.door_of(&omar.token, contact.client_id).await.unwrap().closed(), None);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let history = link::store::of_user(&mut look, omar.user).await.unwrap();
        let states: Vec<link::State> = history.iter().map(|l| l.state).collect();
        assert_eq!(states, [link::State::Active, link::State::Ended]);
        assert_eq!(history[1].ended_by.as_deref(), Some(nadia.actor.name()));
    }

    async fn rule_12_accepted_with_another_account_the_invited_address_is_told(w: World) {
        let omar = w.person("omar@private.test", &w.client("Castle Hill").await).await;
        let (_, contact, token) = invited(&w).await;
        let inside = w.door(&omar.token).await.unwrap();
        let accepted = page::accept(&w.app, &token, &inside).await.unwrap();
        assert_eq!(accepted.account.id, omar.account);
        let told = w.mail_to("omar.haddad@client.test").await;
        assert!(told.iter().any(|letter| letter.plain.contains("omar@private.test")), "the invited address is told");
        let sentence = w.audit().await[0].entry.as_ref().unwrap().sentence();
        assert_eq!(sentence, "accepted the invitation to omar.haddad@client.test as omar@private.test");
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let tie = link::store::of_contact(&mut look, contact.id).await.unwrap().unwrap();
        assert_eq!((tie.portal_user_id, tie.invited_email), (omar.user, email("omar.haddad@client.test")));
    }

    async fn who_is_linked_to_the_client_already_is_told_so(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let second = w.contact("o.haddad@client.test", &client).await;
        let token = w.invite(&w.operator(), &second).await;
        let inside = w.door(&omar.token).await.unwrap();
        let (status, words) = seen(page::accept(&w.app, &token, &inside).await);
        assert_eq!(status, 409);
        assert!(words.contains("already connected"), "{words}");
    }

    async fn signed_in_as_somebody_else_the_page_says_so(w: World) {
        let ines = w.person("ines@client.test", &w.client("Castle Hill").await).await;
        let (_, _, token) = invited(&w).await;
        let seen = page::look(&w.app, &w.business, &token, Some(&ines.token)).await.unwrap();
        assert_eq!(seen.signed_in.map(|account| account.id), Some(ines.account));
        assert_eq!(seen.known, Known::New);
    }

    async fn s5_the_chosen_password_is_not_the_persons_or_the_clients_name(w: World) {
        let (_, _, token) = invited(&w).await;
        let name = |text| PersonName::parse(text).unwrap();
        for password in ["Bellweather Bellweather", "OmarHaddad-OmarHaddad", "short", "passwordpassword"] {
            let person = NewPerson { first: name("Omar"), last: name("Haddad"), language: None, password: secret(password) };
            let answer = page::accept_new(&w.app, &w.business, &token, person, None, origin("192.0.2.40")).await;
            assert_eq!(seen(answer).0, 422, "{password}");
        }
        accept_new(&w, &token).await.unwrap();
    }

    async fn u1_an_expired_invitation_is_asked_for_again_and_goes_to_the_invited_address(w: World) {
        let (nadia, contact, token) = invited(&w).await;
        let ask = || page::ask_again(&w.app, &w.business, &token, origin("192.0.2.40"));
        assert_eq!(seen(ask().await).0, 409, "while it is open there is nothing to ask for");
        w.pass(w.business.invitation_days * 86_400);
        ask().await.unwrap();
        assert_eq!(seen(ask().await).0, 409, "once; the old link is replaced by then");
        w.pass(1);
        let newer = w.secret_mailed_to(contact.details.email.as_str()).await;
        let seen_now = look(&w, &newer).await.unwrap();
        assert_eq!(seen_now.invitation.invited_by_name, nadia.actor.name());
        accept_new(&w, &newer).await.unwrap();
    }

    async fn u1_a_blocked_or_withdrawn_invitation_is_not_asked_for_again(w: World) {
        let (nadia, contact, token) = invited(&w).await;
        acts::revoke(&w.app, &nadia.actor, contact.id).await.unwrap();
        w.pass(w.business.invitation_days * 86_400);
        assert_eq!(look(&w, &token).await.unwrap().may_ask_again, AskAgain::NotOffered);
        assert_eq!(seen(page::ask_again(&w.app, &w.business, &token, origin("192.0.2.40")).await).0, 409);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        assert_eq!(invitation::store::of_contact(&mut look, contact.id, 9).await.unwrap().len(), 1);
    }
}
