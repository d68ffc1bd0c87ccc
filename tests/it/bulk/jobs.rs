//! How a job goes from its selection to its end, whatever comes in between.

use super::*;
use crate::world::{Everything, Person, both, knock};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use uuid::Uuid;
use vestibule::access::Permission;
use vestibule::account;
use vestibule::act::Obstacle;
use vestibule::audit::Entry;
use vestibule::base::id::{BulkId, PortalUserId};
use vestibule::bulk::run::{self, Step};
use vestibule::bulk::{Kind, Selection, State, acts};
use vestibule::business::{self, Switch};
use vestibule::contact::Standing;
use vestibule::portal_user::{self, Status};
use vestibule::staff::acts::Rights;

both! {
    async fn p3_a_bulk_action_interrupted_anywhere_goes_on_where_it_stopped_and_nobody_twice(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        crowd(&w, 1_100).await;
        let job = confirmed(&w, &nadia, Kind::Disable, everybody()).await;
        assert_eq!(job.counts.waiting, 1_100);
        let (due, node, other) = ((w.business.id, job.id), Uuid::from_u128(1), Uuid::from_u128(2));

        // One node takes a step and dies: nobody else goes on until it must be taken for dead.
        assert_eq!(run::step(&w.app, due, node).await.unwrap(), Step::More);
        assert_eq!((disabled(&w).await, entries(&w, "portal_user_disabled").await), (500, (500, 500)));
        assert!(run::due(&w.app, other).await.unwrap().is_empty());
        assert_eq!(run::step(&w.app, due, other).await.unwrap(), Step::Elsewhere);
        assert_eq!(disabled(&w).await, 500);
        w.pass(11);
        assert_eq!(run::due(&w.app, other).await.unwrap(), [due]);
        assert_eq!(run::step(&w.app, due, other).await.unwrap(), Step::More);
        // The first was only slow: what it takes up now is not its own any more.
        assert_eq!(run::step(&w.app, due, node).await.unwrap(), Step::Elsewhere);
        // The second stops in good order, and a third goes on at once.
        run::lay_down(&w.app, due, other).await.unwrap();
        assert_eq!(run::step(&w.app, due, node).await.unwrap(), Step::Ended);

        let job = acts::job(&w.app, &nadia.actor, job.id).await.unwrap();
        assert_eq!((job.state, job.counts.done, job.counts.waiting), (State::Done, 1_100, 0));
        assert_eq!((disabled(&w).await, entries(&w, "portal_user_disabled").await), (1_100, (1_100, 1_100)));
        assert_eq!(run::step(&w.app, due, node).await.unwrap(), Step::Elsewhere, "what has ended is nobody's");
    }

    async fn p3_two_nodes_at_once_do_everybody_once(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let other = w.another_node().await;
        crowd(&w, 1_200).await;
        let first = confirmed(&w, &nadia, Kind::Disable, everybody()).await;
        tokio::join!(w.work(), other.work(), w.work());
        // Whoever lost the race may have looked before the other was through.
        w.pass(11);
        w.work().await;
        let job = acts::job(&w.app, &nadia.actor, first.id).await.unwrap();
        assert_eq!((job.state, job.counts.done, job.counts.all()), (State::Done, 1_200, 1_200));
        assert_eq!(entries(&w, "portal_user_disabled").await, (1_200, 1_200));
    }

    async fn s47_whoever_loses_the_permission_in_the_middle_stops_the_job(w: World) {
        let all = [Permission::PortalUsersView, Permission::PortalUsersManage];
        for lost in [true, false] {
            let (a, b) = if lost { ("priya", "paul") } else { ("quinn", "quentin") };
            let (staff, boss) = (w.staff(a).may(Rights::Only(all.to_vec())).await, w.staff(b).may(Everything).await);
            if lost {
                crowd(&w, 700).await;
            }
            let kind = if lost { Kind::Disable } else { Kind::Enable };
            let job = confirmed(&w, &staff, kind, everybody()).await;
            if lost {
                assert_eq!(run::step(&w.app, (w.business.id, job.id), Uuid::from_u128(7)).await.unwrap(), Step::More);
                w.take_permissions(&staff).await;
            } else {
                w.disable_staff(&staff).await;
            }
            w.pass(11);
            w.work().await;
            let job = acts::job(&w.app, &boss.actor, job.id).await.unwrap();
            assert_eq!((job.state, disabled(&w).await), (State::Stopped, 500), "{lost}");
            let why = job.error.unwrap();
            assert!(why.contains(if lost { "does not have the permission" } else { "does not work here" }), "{why}");
            let page = ok(&mut w.console(&boss.token), &format!("/console/bulk/{}", job.id)).await;
            assert!(page.body.contains("so this was stopped"), "{}", page.body);
            assert!(w.audit().await.iter().any(|e| matches!(&e.entry, Some(Entry::BulkEnded { how, .. }) if how == "stopped")));
        }
    }

    async fn p3_gone_foreign_changed_and_already_done_are_skipped_with_the_reason_and_changed_in_nothing(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let foreign = w.another("Overseas Freight").await;
        let theirs = foreign.person("frieda@client.test", &foreign.client("Copper").await).await;
        let ids = crowd(&w, 4).await;
        portal_user::acts::disable(&w.app, &nadia.actor, ids[0], None).await.unwrap();
        let nobody = PortalUserId(Uuid::from_u128(5));
        let job = prepared(&w, &nadia, Kind::Disable, these(&[ids[0], ids[1], ids[2], theirs.user, nobody, ids[1]])).await;
        assert_eq!((job.counts.waiting, job.counts.all()), (2, 5), "whoever is named twice is one");
        assert_eq!((skipped(&job, Obstacle::AlreadyDisabled), skipped(&job, Obstacle::Gone)), (1, 2));
        let page = ok(&mut w.console(&nadia.token), &format!("/console/bulk/{}", job.id)).await.body;
        for said in ["Disable 2 portal users?", "Already disabled", "Not there any more", "User Number1", "Will be disabled"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("Frieda"), "nothing is told about another business’s person");

        // Meanwhile somebody disables one of them: the job finds it done, and leaves it as it is.
        portal_user::acts::disable(&w.app, &w.operator(), ids[1], None).await.unwrap();
        // And the one who was foreseen to be skipped is enabled: nobody has confirmed that this one is disabled.
        portal_user::acts::enable(&w.app, &nadia.actor, ids[0]).await.unwrap();
        acts::confirm(&w.app, &nadia.actor, job.id, None).await.unwrap();
        w.work().await;
        let job = acts::job(&w.app, &nadia.actor, job.id).await.unwrap();
        assert_eq!((job.state, job.counts.done), (State::Done, 1));
        assert_eq!(skipped(&job, Obstacle::AlreadyDisabled), 2);
        assert_eq!(status(&w, ids[0]).await, Status::Active);
        assert_eq!(status(&w, ids[2]).await, Status::Disabled);
        assert_eq!(status(&w, ids[3]).await, Status::Active);
        assert_eq!(status(&foreign, theirs.user).await, Status::Active);
        assert!(foreign.door(&theirs.token).await.is_ok());
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let kept = portal_user::store::find(&mut look, ids[1]).await.unwrap();
        assert_eq!(kept.disabled.unwrap().by, "The operator");
    }

    async fn s37_bulk_disable_ends_sessions_at_the_next_request(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let mut people: Vec<Person> = Vec::new();
        for n in 0..3 {
            people.push(w.person(&format!("person{n}@client.test"), &client).await);
        }
        let reset = w.contact("person0@other.test", &client).await;
        w.invite(&nadia.actor, &reset).await;
        let job = finished(&w, &nadia, Kind::Disable, these(&[people[0].user, people[1].user])).await;
        assert_eq!(job.counts.done, 2);
        assert!(w.door(&people[0].token).await.is_err());
        assert!(w.door(&people[1].token).await.is_err());
        assert!(w.door(&people[2].token).await.is_ok());
        assert!(w.sign_in(knock("person0@client.test", crate::world::PASSWORD)).await.is_err());
        let undone = acts::undo(&w.app, &nadia.actor, job.id).await.unwrap();
        w.work().await;
        assert_eq!(acts::job(&w.app, &nadia.actor, undone.id).await.unwrap().counts.done, 2);
        assert!(w.door(&people[0].token).await.is_err(), "a session that was ended stays ended");
        assert!(w.sign_in(knock("person0@client.test", crate::world::PASSWORD)).await.is_ok());
    }

    async fn p3_undo_takes_back_what_was_done_and_nobody_changed_since(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 5).await;
        portal_user::acts::disable(&w.app, &nadia.actor, ids[4], None).await.unwrap();
        let job = finished(&w, &nadia, Kind::Disable, these(&ids)).await;
        assert_eq!(job.counts.done, 4);
        // One was enabled by somebody since, one enabled and disabled again: both are left alone.
        portal_user::acts::enable(&w.app, &nadia.actor, ids[0]).await.unwrap();
        portal_user::acts::enable(&w.app, &nadia.actor, ids[1]).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia.actor, ids[1], None).await.unwrap();
        w.pass(599);
        let undo = acts::undo(&w.app, &nadia.actor, job.id).await.unwrap();
        assert!(acts::undo(&w.app, &nadia.actor, job.id).await.is_err(), "once");
        w.work().await;
        let undo = acts::job(&w.app, &nadia.actor, undo.id).await.unwrap();
        assert_eq!((undo.state, undo.counts.done, skipped(&undo, Obstacle::ChangedSince)), (State::Done, 2, 2));
        let mut now = Vec::new();
        for id in &ids {
            now.push(status(&w, *id).await == Status::Disabled);
        }
        assert_eq!(now, [false, true, false, false, true], "what the job did not do, it does not take back");
        assert!(acts::undo(&w.app, &nadia.actor, undo.id).await.is_err());
        assert!(acts::undo(&w.app, &nadia.actor, job.id).await.is_err());

        let late = finished(&w, &nadia, Kind::Enable, these(&ids)).await;
        w.pass(600);
        let refused = acts::undo(&w.app, &nadia.actor, late.id).await.unwrap_err().to_string();
        assert!(refused.contains("10 minutes"), "{refused}");
        let enabled = finished(&w, &nadia, Kind::Disable, these(&ids[..1])).await;
        let enabled = finished(&w, &nadia, Kind::Enable, these(&ids[..1])).await.counts.done + enabled.counts.done;
        assert_eq!(enabled, 2);
    }

    async fn p3_enabling_is_taken_back_also_of_whoever_signed_in_since(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        let job = finished(&w, &nadia, Kind::Enable, these(&[omar.user])).await;
        w.sign_in(knock("omar@client.test", crate::world::PASSWORD)).await.unwrap();
        acts::undo(&w.app, &nadia.actor, job.id).await.unwrap();
        // Between the click and the worker somebody decides otherwise: that stands.
        w.work().await;
        assert_eq!(status(&w, omar.user).await, Status::Disabled);
        let required = finished(&w, &nadia, Kind::RequirePasswordChange, these(&[omar.user])).await;
        assert_eq!(required.counts.done, 1);
        let refused = acts::undo(&w.app, &nadia.actor, required.id).await.unwrap_err().to_string();
        assert!(refused.contains("can’t be taken back"), "{refused}");
    }

    async fn p3_a_job_is_cancelled_between_two_steps_and_the_rest_is_left_as_it_was(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        crowd(&w, 800).await;
        let job = confirmed(&w, &nadia, Kind::Disable, everybody()).await;
        run::step(&w.app, (w.business.id, job.id), Uuid::from_u128(1)).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let (_, page) = done(&mut browser, &format!("/console/bulk/{}/cancel", job.id), &[]).await;
        for said in ["500 portal users disabled", "Left as they were", "300", "Undo"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        w.pass(11);
        w.work().await;
        assert_eq!(disabled(&w).await, 500);
        let again = browser.post(&format!("/console/bulk/{}/cancel", job.id), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        acts::undo(&w.app, &nadia.actor, job.id).await.unwrap();
        w.work().await;
        assert_eq!(disabled(&w).await, 0);
    }

    async fn p3_from_the_list_to_the_result_through_the_pages(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 30).await;
        let mut browser = w.console(&nadia.token);
        let list = ok(&mut browser, "/console/portal-users?q=number1").await.body;
        assert!(list.contains("Select all on this page") && list.contains("name=\"id\""), "{list}");
        // Number1 and Number10 to Number19.
        let ticked = ids[0].to_string();
        let form = [("id", ticked.as_str()), ("all", "q=number1")];
        let (path, page) = done(&mut browser, "/console/portal-users/bulk/disable", &form).await;
        assert!(page.body.contains("Disable 11 portal users?"), "{}", page.body);
        let long = "x".repeat(600);
        let wrong = browser.post(&path, &[("because", &long)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains(&long), "what was typed is kept");
        let (_, running) = done(&mut browser, &path, &[("because", "Moved to another haulier")]).await;
        assert!(running.body.contains("Disabling 11 portal users") && running.body.contains("/events\""), "{}", running.body);
        for elsewhere in ["/console/portal-users", "/console", "/console/bulk"] {
            assert!(ok(&mut browser, elsewhere).await.body.contains("Disabling 11 portal users"), "{elsewhere}");
        }
        let twice = browser.post(&path, &[("because", "")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        w.work().await;
        let after = ok(&mut browser, &path).await.body;
        assert!(after.contains("11 portal users disabled") && after.contains("Moved to another haulier"), "{after}");
        let one = ok(&mut browser, &format!("/console/portal-users/{}", ids[10])).await.body;
        assert!(one.contains("Moved to another haulier"), "{one}");
        let file = ok(&mut browser, &format!("{path}/result")).await.body;
        assert_eq!(file.lines().count(), 12, "{file}");
        assert!(file.contains(r#""User Number10","user10@crowd.test","","Done","""#), "{file}");

        let none = done(&mut browser, "/console/portal-users/bulk/enable", &[]).await.1;
        assert!(none.body.contains("Select at least one person"), "{}", none.body);
        let nobody = done(&mut browser, "/console/portal-users/bulk/enable", &[("id", &ticked)]).await.1;
        assert!(nobody.body.contains("Nothing to do") && nobody.body.contains("Not disabled"), "{}", nobody.body);
    }

    async fn p3_all_that_match_are_those_whom_the_list_shows(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        let ids = crowd(&w, 25).await;
        for id in &ids[..5] {
            portal_user::acts::disable(&w.app, &nadia.actor, *id, None).await.unwrap();
        }
        let linked = format!("client={}", client.id);
        let mut browser = w.console(&nadia.token);
        for (question, people) in [
            ("", 26),
            ("status=disabled", 5),
            ("q=number2&status=active", 5),
            ("never=yes", 25),
            (linked.as_str(), 1),
            ("q=zzz", 0),
            ("status=active&status=password_due", 21),
        ] {
            let (path, page) = done(&mut browser, "/console/portal-users/bulk/require-password-change", &[("all", question)]).await;
            let id: BulkId = path.rsplit('/').next().unwrap().parse().unwrap();
            let job = acts::job(&w.app, &nadia.actor, id).await.unwrap();
            assert_eq!(job.counts.all(), people, "{question}");
            let noun = if people == 1 { "1 portal user selected" } else { &format!("{people} portal users selected") };
            assert!(page.body.contains(noun), "{question}: {}", page.body);
            let list = ok(&mut browser, &format!("/console/portal-users?per=100&{question}")).await.body;
            assert_eq!(list.matches("name=\"id\"").count(), usize::try_from(people).unwrap(), "{question}");
        }
        // What cannot be read must not become everybody.
        for forged in ["client=nobody", "status=dissabled", "q=a&status=disabled&x=1", "%zz", "never=no"] {
            let reply = browser.post("/console/portal-users/bulk/disable", &[("all", forged)]).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{forged}");
        }
        assert!(w.door(&omar.token).await.is_ok());
    }

    async fn s46_bulk_forms_take_no_field_that_they_do_not_know(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 1).await;
        let job = prepared(&w, &nadia, Kind::Disable, these(&ids)).await;
        let mut browser = w.console(&nadia.token);
        let id = ids[0].to_string();
        for (path, known) in [
            ("/console/portal-users/bulk/disable".to_owned(), ("id", id.as_str())),
            (format!("/console/bulk/{}", job.id), ("because", "")),
        ] {
            let reply = browser.post(&path, &[known, ("business", &w.business.id.to_string())]).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{path}");
        }
        let many: Vec<String> = (0..101).map(|n| Uuid::from_u128(n).to_string()).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|id| ("id", id.as_str())).collect();
        assert_eq!(browser.post("/console/portal-users/bulk/disable", &many).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(browser.post("/console/portal-users/bulk/disable", &[("id", "1 OR 1=1")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(status(&w, ids[0]).await, Status::Active);
    }

    async fn s45_a_bulk_action_takes_the_same_permission_as_the_single_act(w: World) {
        let boss = w.staff("boss").may(Everything).await;
        let inviter = w.staff("ivy").may(Rights::Only(vec![Permission::ContactsInvite, Permission::ClientsView])).await;
        let manager = w.staff("max").may(Rights::Only(vec![Permission::PortalUsersManage, Permission::PortalUsersView])).await;
        let ids = crowd(&w, 2).await;
        let contact = w.contact("omar@client.test", &w.client("Bellweather").await).await;
        let job = prepared(&w, &boss, Kind::Disable, these(&ids)).await;
        let invite = prepared(&w, &boss, Kind::Invite, Selection::These(vec![contact.id.0])).await;
        let (mut ivy, mut max) = (w.console(&inviter.token), w.console(&manager.token));
        for path in ["", "/cancel", "/undo"] {
            assert_eq!(ivy.post(&format!("/console/bulk/{}{path}", job.id), &[]).await.status, StatusCode::FORBIDDEN);
            assert_eq!(max.post(&format!("/console/bulk/{}{path}", invite.id), &[]).await.status, StatusCode::FORBIDDEN);
        }
        for path in ["", "/events", "/result"] {
            assert_eq!(ivy.get(&format!("/console/bulk/{}{path}", job.id)).await.status, StatusCode::FORBIDDEN);
            assert_eq!(max.get(&format!("/console/bulk/{}{path}", invite.id)).await.status, StatusCode::FORBIDDEN);
        }
        let recent = ok(&mut ivy, "/console/bulk").await.body;
        assert!(recent.contains("Invite 1 contact") && !recent.contains("Disable"), "{recent}");
        let resend = max.post("/console/portal-users/bulk/resend-invitations", &[("id", &ids[0].to_string())]).await;
        assert_eq!(resend.status, StatusCode::FORBIDDEN);
        let foreign = w.another("Overseas Freight").await;
        let frieda = foreign.staff("frieda").may(Everything).await;
        for path in ["", "/cancel", "/undo"] {
            let there = format!("/console/bulk/{}{path}", job.id);
            assert_eq!(foreign.console(&frieda.token).post(&there, &[]).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(status(&w, ids[0]).await, Status::Active);
    }

    async fn c2_contacts_are_invited_in_bulk_and_the_page_says_when_the_mail_is_held(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        let omar = w.contact("omar.haddad@bramble.test", &bramble).await;
        let tamsin = w.contact("tamsin.gould@bramble.test", &bramble).await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        business::acts::switch_portal(&w.app, &w.operator(), Switch::Off).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let list = ok(&mut browser, &format!("/console/clients/{}/contacts", bramble.id)).await.body;
        assert!(list.contains("name=\"id\""), "{list}");
        let all = format!("client={}", bramble.id);
        let (path, page) = done(&mut browser, "/console/contacts/invite", &[("all", &all)]).await;
        for said in ["Invite 2 contacts?", "Already connected to the portal", "Devika Rao", "switched on"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        done(&mut browser, &path, &[]).await;
        w.work().await;
        assert!(w.mail_to("tamsin.gould@bramble.test").await.is_empty(), "held");
        business::acts::switch_portal(&w.app, &w.operator(), Switch::On).await.unwrap();
        assert_eq!(w.mail_to("tamsin.gould@bramble.test").await.len(), 1);
        for contact in [omar.id, tamsin.id] {
            assert_eq!(w.contact_now(contact).await.portal.standing(), Standing::Invited);
        }
        assert_eq!(w.contact_now(devika.contact).await.portal.standing(), Standing::Connected);
        let after = ok(&mut browser, &path).await.body;
        assert!(after.contains("2 contacts invited") && !after.contains("Undo"), "{after}");
    }

    async fn p3_invitations_that_wait_are_sent_again(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, marlow) = (w.client("Bramble Civil").await, w.client("Marlow").await);
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let lucy = w.person("lucy@bramble.test", &bramble).await;
        let again = w.contact("devika.rao@bramble.test", &marlow).await;
        let old = w.invite(&nadia.actor, &again).await;
        w.pass(60);
        let job = finished(&w, &nadia, Kind::ResendInvitations, these(&[devika.user, lucy.user])).await;
        assert_eq!((job.counts.done, skipped(&job, Obstacle::NothingToResend)), (1, 1));
        let new = w.secret_mailed_to("devika.rao@bramble.test").await;
        assert_ne!(old.reveal(), new.reveal());
        assert_eq!(w.mail_to("lucy@bramble.test").await.len(), 1, "her first");
    }

    async fn r1_a_password_change_is_not_required_of_whoever_also_opens_another_business_s_door(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let other = w.another("Overseas Freight").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let lucy = w.person("lucy@client.test", &w.client("Coldstream").await).await;
        let mut act = w.app.begin(&w.operator()).await.unwrap();
        account::store::add_business(&mut act.tx, omar.account, other.business.id).await.unwrap();
        act.commit_all(Vec::new()).await.unwrap();
        let job = finished(&w, &nadia, Kind::RequirePasswordChange, these(&[omar.user, lucy.user])).await;
        assert_eq!((job.counts.done, skipped(&job, Obstacle::OpensAnother)), (1, 1));
        assert_eq!((status(&w, omar.user).await, status(&w, lucy.user).await), (Status::Active, Status::PasswordDue));
        // Disabling reaches only this business: the session goes on for the other's door.
        finished(&w, &nadia, Kind::Disable, these(&[omar.user])).await;
        let path = format!("/portal/{}/clients/{}", w.business.slug, omar.client);
        assert_eq!(w.portal(&omar.token).get(&path).await.status, StatusCode::FORBIDDEN);
        assert!(other.door(&omar.token).await.is_ok());
    }

    async fn s55_exported_people_and_results_never_run_as_formulas(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("=HYPERLINK(\"x\")").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        let mut browser = w.console(&nadia.token);
        let csv = ok(&mut browser, "/console/portal-users/export?q=omar").await;
        assert!(csv.body.contains(r#""Omar Haddad","omar.haddad@client.test","'=HYPERLINK(""x"")","Active""#), "{}", csv.body);
        assert!(csv.headers["content-disposition"].to_str().unwrap().contains("portal-users.csv"));
        assert_eq!(ok(&mut browser, "/console/portal-users/export?q=nobody").await.body.lines().count(), 1);
        let xlsx = browser.get("/console/portal-users/export?as=xlsx&status=active").await;
        assert_eq!(xlsx.status, StatusCode::OK);
        let exported = |n: i64| Some(Entry::Exported { what: "portal users".into(), rows: n });
        assert_eq!(w.audit().await.iter().filter(|e| e.entry == exported(1)).count(), 2);
        let job = finished(&w, &nadia, Kind::Disable, these(&[omar.user])).await;
        let result = ok(&mut browser, &format!("/console/bulk/{}/result", job.id)).await.body;
        assert!(result.contains(r#""'=HYPERLINK(""x"")","Done""#), "{result}");
        let without = w.staff("vera").may(Rights::Only(vec![Permission::PortalUsersView])).await;
        assert_eq!(w.console(&without.token).get("/console/portal-users/export").await.status, StatusCode::FORBIDDEN);
    }

    async fn one_whom_a_defect_keeps_from_being_done_does_not_keep_the_others(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 12).await;
        let job = confirmed(&w, &nadia, Kind::Disable, these(&ids)).await;
        w.defect("UPDATE", "portal_user", "old.email = 'user3@crowd.test'").await;
        w.work().await;
        let job = acts::job(&w.app, &nadia.actor, job.id).await.unwrap();
        assert_eq!((job.state, job.counts.done, job.counts.failed), (State::Done, 11, 1));
        assert_eq!(entries(&w, "portal_user_disabled").await, (11, 11));
        let page = ok(&mut w.console(&nadia.token), &format!("/console/bulk/{}", job.id)).await.body;
        assert!(page.contains("Something went wrong on our side") && page.contains("User Number3"), "{page}");
    }

    async fn old_bulk_actions_are_removed_and_what_they_did_stays(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ids = crowd(&w, 3).await;
        let ended = finished(&w, &nadia, Kind::Disable, these(&ids)).await;
        let undo = acts::undo(&w.app, &nadia.actor, ended.id).await.unwrap();
        w.work().await;
        let unconfirmed = prepared(&w, &nadia, Kind::Disable, these(&ids)).await;
        let left = async |ids: &[BulkId]| {
            acts::sweep(&w.app).await.unwrap();
            let mut left = BTreeSet::new();
            for id in ids {
                if acts::job(&w.app, &nadia.actor, *id).await.is_ok() {
                    left.insert(*id);
                }
            }
            left
        };
        let all = [ended.id, undo.id, unconfirmed.id];
        assert_eq!(left(&all).await.len(), 3);
        w.pass(86_400 + 1);
        assert_eq!(left(&all).await, [ended.id, undo.id].into());
        w.pass(30 * 86_400);
        assert!(left(&all).await.is_empty());
        assert_eq!((disabled(&w).await, entries(&w, "portal_user_disabled").await), (0, (3, 3)));
    }

    async fn a_large_selection_is_looked_at_in_the_background(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        crowd(&w, 2_500).await;
        let job = acts::prepare(&w.app, &nadia.actor, Kind::Disable, everybody()).await.unwrap();
        assert_eq!((job.state, job.counts.all()), (State::Preparing, 2_000));
        let mut browser = w.console(&nadia.token);
        let path = format!("/console/bulk/{}", job.id);
        let page = ok(&mut browser, &path).await.body;
        assert!(page.contains("2,000 portal users looked at so far"), "{page}");
        assert_eq!(browser.post(&path, &[]).await.status, StatusCode::CONFLICT, "not before everybody was looked at");
        w.work().await;
        let page = ok(&mut browser, &path).await.body;
        assert!(page.contains("Disable 2,500 portal users?") && page.contains("And 2,490 more"), "{page}");
        let (_, gone) = done(&mut browser, &format!("{path}/cancel"), &[]).await;
        assert!(gone.body.contains("Discarded"), "{}", gone.body);
        assert_eq!(disabled(&w).await, 0);
    }
}
