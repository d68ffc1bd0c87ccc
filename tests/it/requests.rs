//! Somebody without an invitation asks to be let in (C6), at the portal's page and in the console's queue.

use crate::http::{Browser, Reply};
use crate::world::{Everything, Staff, World, both};
use axum::http::StatusCode;
use vestibule::access::{Permission, Role};
use vestibule::audit::Entry;
use vestibule::base::id::ContactId;
use vestibule::base::page::{PageSize, Position};
use vestibule::base::text::Reason;
use vestibule::business::{self, Switch};
use vestibule::client::{Client, Status};
use vestibule::contact::Standing;
use vestibule::invitation::{Offered, Way};
use vestibule::request::{self, Request, State};
use vestibule::staff::acts::Rights;
use vestibule::{group, invitation, link, portal_user};

/// Somebody asks, from a network address of their own.
async fn ask(w: &World, n: u8, email: &str, reference: &str, name: &str) -> Reply {
    // Requests of one instant stand in no order.
    w.pass(1);
    let mut browser = w.browser();
    browser.address = ([198, 51, 100, n], 50_000).into();
    let form = [("email", email), ("reference", reference), ("name", name)];
    browser.post(&format!("/portal/{}/ask", w.business.slug), &form).await
}

async fn all(w: &World) -> Vec<Request> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    request::store::list(&mut look, State::ALL, &Position::Start, PageSize::asked(Some(100))).await.unwrap().rows
}

/// What became of the newest request.
async fn newest(w: &World) -> Request {
    w.mail_to("nobody@nowhere.test").await;
    all(w).await.remove(0)
}

async fn page(browser: &mut Browser, path: &str) -> String {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply.body
}

async fn done(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> String {
    let reply = browser.post(path, form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}: {}", reply.body);
    page(browser, reply.location()).await
}

/// Staff invite a new contact to be Global Admin.
async fn invited_as_admin(w: &World, by: &Staff, client: &Client, address: &str) -> ContactId {
    w.pass(1);
    let contact = w.contact(address, client).await;
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    let group = group::store::default_of(&mut look, client.id).await.unwrap().id;
    drop(look);
    let mut act = w.app.begin(&by.actor).await.unwrap();
    let offered = Offered { group, role: Role::GlobalAdmin, way: Way::Link };
    let inviter = invitation::deeds::Inviter::of(&by.actor);
    let invitation = invitation::deeds::invite_one(&mut act, contact.id, &inviter, offered).await.unwrap();
    act.commit(invitation::deeds::entry(&invitation)).await.unwrap();
    contact.id
}

/// On whom a contact's open invitation rests.
async fn rests_on(w: &World, contact: ContactId) -> Option<uuid::Uuid> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    invitation::store::open_of_contact(&mut look, contact).await.unwrap().map(|open| open.invited_by)
}

/// What a contact's open invitation offers.
async fn offered_role(w: &World, contact: ContactId) -> Role {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    invitation::store::open_of(&mut look, &[contact]).await.unwrap()[0].role
}

both! {
    async fn c6_one_whom_a_defect_keeps_from_being_answered_waits_for_staff_and_keeps_nobody_waiting(w: World) {
        let bramble = w.client("BRC-01").await;
        for address in ["anna@bramble.test", "omar@bramble.test"] {
            w.contact(address, &bramble).await;
        }
        w.defect("INSERT", "invitation", "new.email = 'anna@bramble.test'").await;
        ask(&w, 1, "anna@bramble.test", "BRC-01", "").await;
        ask(&w, 2, "omar@bramble.test", "BRC-01", "").await;
        assert_eq!(w.mail_to("omar@bramble.test").await.len(), 1, "the one behind is answered");
        let states: Vec<State> = all(&w).await.into_iter().map(|request| request.state).collect();
        assert_eq!(states, [State::Invited, State::Waiting]);
    }

    async fn c6_s12_whoever_asks_is_answered_the_same_and_only_the_address_on_record_is_mailed(w: World) {
        let bramble = w.client("BRC-01").await;
        let omar = w.contact("omar.haddad@bramble.test", &bramble).await;
        let gone = w.contact("gone@bramble.test", &bramble).await;
        link::acts::block(&w.app, &w.operator(), gone.id, Some(Reason::parse("left").unwrap())).await.unwrap();
        let mut answers = Vec::new();
        for (n, (email, reference)) in [
            ("Omar.Haddad@bramble.test", "brc-01 "),
            ("omar.haddad@bramble.test", "BRC-99"),
            ("nobody@bramble.test", "BRC-01"),
            ("gone@bramble.test", "BRC-01"),
        ]
        .iter()
        .enumerate()
        {
            let before = w.audit().await.len();
            let reply = ask(&w, u8::try_from(n).unwrap(), email, reference, "").await;
            assert_eq!(w.audit().await.len(), before + 1, "the same work for each");
            assert_eq!(all(&w).await[0].state, State::Asked, "what comes of it is decided afterwards");
            answers.push((reply.status, reply.location().to_owned(), reply.body));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
        let told = page(&mut w.browser(), &answers[0].1).await;
        assert!(told.contains("If the email and the reference match"), "{told}");
        let mail = w.mail_to("omar.haddad@bramble.test").await;
        assert_eq!(mail.len(), 1);
        assert!(mail[0].plain.contains("Tidewater Haulage invites you"), "on the business's behalf: {}", mail[0].plain);
        assert!(w.mail_to("gone@bramble.test").await.is_empty() && w.mail_to("nobody@bramble.test").await.is_empty());
        let became: Vec<State> = all(&w).await.iter().rev().map(|request| request.state).collect();
        assert_eq!(became, [State::Invited, State::Waiting, State::Waiting, State::Waiting]);
        let secret = w.secret_mailed_to("omar.haddad@bramble.test").await;
        w.accepts(&omar, &secret).await;
        assert_eq!(w.contact_now(omar.id).await.portal.standing(), Standing::Connected);
        assert_eq!(w.contact_now(gone.id).await.portal.standing(), Standing::Blocked);
    }

    async fn c6_who_may_not_be_invited_waits_for_staff(w: World) {
        let bramble = w.client("BRC-01").await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        ask(&w, 1, "devika.rao@bramble.test", "BRC-01", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting, "she is connected already");
        portal_user::acts::disable(&w.app, &w.operator(), devika.user, None).await.unwrap();
        let dockside = w.client("DSC-02").await;
        w.contact("devika.rao@bramble.test", &dockside).await;
        ask(&w, 2, "devika.rao@bramble.test", "DSC-02", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting, "she is disabled");
        let left = w.client("LEFT-03").await;
        w.contact("omar@left.test", &left).await;
        let details = left.details();
        link::client::edit(&w.app, &w.operator(), left.id, 1, details, Status::Exited).await.unwrap();
        ask(&w, 3, "omar@left.test", "LEFT-03", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting, "the client has left");
        business::acts::switch_portal(&w.app, &w.operator(), Switch::Off).await.unwrap();
        w.contact("ana@dockside.test", &dockside).await;
        ask(&w, 4, "ana@dockside.test", "DSC-02", "").await;
        assert_eq!(newest(&w).await.state, State::Invited);
        assert!(w.mail_to("ana@dockside.test").await.is_empty(), "held while the portal is off");
        business::acts::switch_portal(&w.app, &w.operator(), Switch::On).await.unwrap();
        assert_eq!(w.mail_to("ana@dockside.test").await.len(), 1);
    }

    async fn rule10_c6_who_was_deleted_disabled_before_or_not_asks_and_staff_decide(w: World) {
        let bramble = w.client("BRC-01").await;
        let operator = w.operator();
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        portal_user::acts::disable(&w.app, &operator, omar.user, None).await.unwrap();
        for person in [&devika, &omar] {
            link::deletion::delete(&w.app, &operator, person.user).await.unwrap();
        }
        w.pass(60);
        for (n, person) in [&devika, &omar].into_iter().enumerate() {
            let before = w.mail_to(&person.email).await.len();
            ask(&w, u8::try_from(n).unwrap(), &person.email, "BRC-01", "").await;
            assert_eq!(newest(&w).await.state, State::Waiting);
            assert_eq!(w.mail_to(&person.email).await.len(), before);
        }
        // Nor at another client, nor when the portal user is gone for good.
        w.contact("devika.rao@bramble.test", &w.client("DSC-02").await).await;
        ask(&w, 3, "devika.rao@bramble.test", "DSC-02", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting);
        w.pass(31 * 86_400);
        link::deletion::let_go(&w.app).await.unwrap();
        ask(&w, 4, "omar.haddad@bramble.test", "BRC-01", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting);
    }

    async fn rule11_c6_who_was_removed_from_a_client_asks_and_staff_decide(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("BRC-01").await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let tie = link::store::of_contact(&mut look, devika.contact).await.unwrap().unwrap();
        drop(look);
        link::places::unlink(&w.app, &nadia.actor, devika.user, tie.id).await.unwrap();
        w.pass(60);
        ask(&w, 1, "devika.rao@bramble.test", "BRC-01", "").await;
        let request = newest(&w).await;
        assert_eq!(request.state, State::Waiting);
        assert_eq!(w.contact_now(devika.contact).await.portal.standing(), Standing::None);
        // Staff let her in again; while their invitation waits, she may ask for it once more.
        request::acts::approve(&w.app, &nadia.actor, request.id, devika.contact).await.unwrap();
        w.pass(3600);
        ask(&w, 2, "devika.rao@bramble.test", "BRC-01", "").await;
        assert_eq!(newest(&w).await.state, State::Invited);
    }

    async fn s30_an_offer_whose_inviter_has_gone_or_that_has_run_out_is_not_renewed_by_who_asks(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let ann = w.staff("ann").may(Everything).await;
        let bramble = w.client("BRC-01").await;
        let mal = invited_as_admin(&w, &ann, &bramble, "mal@bramble.test").await;
        ask(&w, 1, "mal@bramble.test", "BRC-01", "").await;
        assert_eq!(newest(&w).await.state, State::Invited, "while she may");
        assert_eq!(rests_on(&w, mal).await, ann.actor.id(), "and it stays hers to answer for (S30)");
        let eve = invited_as_admin(&w, &ann, &bramble, "eve@bramble.test").await;
        let rosa = invited_as_admin(&w, &nadia, &bramble, "rosa@bramble.test").await;
        w.disable_staff(&ann).await;
        ask(&w, 2, "eve@bramble.test", "BRC-01", "").await;
        let waits = newest(&w).await;
        assert_eq!(waits.state, State::Waiting);
        // Staff approve: she is invited, but to nothing that Ann offered.
        request::acts::approve(&w.app, &nadia.actor, waits.id, eve).await.unwrap();
        assert_eq!(offered_role(&w, eve).await, Role::Member);
        assert_eq!(offered_role(&w, mal).await, Role::GlobalAdmin);
        w.pass(w.business.invitation_days * 86_400);
        ask(&w, 3, "rosa@bramble.test", "BRC-01", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting, "it has run out");
        let rosas = w.contact_now(rosa).await;
        w.invite(&nadia.actor, &rosas).await;
        assert_eq!(offered_role(&w, rosa).await, Role::GlobalAdmin, "whoever offered it still may, and sends it again");
    }

    async fn s13_s33_asking_is_limited_by_address_by_email_and_altogether(w: World) {
        let bramble = w.client("BRC-01").await;
        w.contact("omar.haddad@bramble.test", &bramble).await;
        for n in 0..20 {
            let reply = ask(&w, 9, &format!("person{n}@nowhere.test"), "X", "").await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{n}");
        }
        ask(&w, 9, "person20@nowhere.test", "X", "").await;
        assert_eq!(ask(&w, 9, "person21@nowhere.test", "X", "").await.status, StatusCode::TOO_MANY_REQUESTS);
        // The same asked again is one request, and an address has only so many different ones a day.
        for n in 0..9u8 {
            let reply = ask(&w, 10 + n, "ana@nowhere.test", if n < 3 { "SAME" } else { ["A", "B", "C", "D", "E", "F"][usize::from(n - 3)] }, "").await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "the answer tells nothing of it");
        }
        let ana: Vec<Request> = all(&w).await.into_iter().filter(|r| r.email.as_str() == "ana@nowhere.test").collect();
        assert_eq!(ana.len(), 5);
        assert_eq!(ana.last().unwrap().times, 3);
        // Asking mails an address no more than two invitations an hour, five a day; staff still can.
        for n in 0..12 {
            ask(&w, 40 + n, "omar.haddad@bramble.test", "BRC-01", "").await;
            w.mail_to("nobody@nowhere.test").await;
            if n % 4 == 3 {
                w.pass(3601);
            }
        }
        assert_eq!(w.mail_to("omar.haddad@bramble.test").await.len(), 5);
        let omar = w.contact_now(w.contact("other@bramble.test", &bramble).await.id).await;
        w.invite(&w.operator(), &omar).await;
    }

    async fn c6_staff_approve_with_a_near_match_and_the_invitation_goes_to_the_address_on_record(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let bramble = w.client("BRC-01").await;
        let ana = w.contact("ana.costa@bramble.test", &bramble).await;
        ask(&w, 1, "ana.cotsa@bramble.test", "BRC-01", "Ana <b>Costa</b>").await;
        let request = newest(&w).await;
        let queue = page(&mut browser, "/console/requests").await;
        assert!(queue.contains("ana.cotsa@bramble.test") && queue.contains("Ana &#60;b&#62;Costa"), "s56: {queue}");
        assert!(page(&mut browser, "/console").await.contains("1 access request waits for a decision"));
        let path = format!("/console/requests/{}", request.id);
        let shown = page(&mut browser, &path).await;
        for text in ["Ana Costa, BRC-01", "On record: <b>", "Asked from: <b>", "Add to BRC-01"] {
            assert!(shown.contains(text), "{text}: {shown}");
        }
        let unchosen = browser.post(&format!("{path}/approve"), &[]).await;
        assert_eq!(unchosen.status, StatusCode::UNPROCESSABLE_ENTITY);
        let approved = done(&mut browser, &format!("{path}/approve"), &[("contact", &ana.id.to_string())]).await;
        assert!(approved.contains("Invitation to ana.costa@bramble.test is on its way"), "{approved}");
        assert_eq!(w.mail_to("ana.costa@bramble.test").await.len(), 1);
        assert!(w.mail_to("ana.cotsa@bramble.test").await.is_empty(), "nothing goes to what was only typed");
        let audit = w.audit().await;
        assert!(matches!(&audit[0].entry, Some(Entry::AccessApproved { asked_by, .. }) if asked_by == "ana.cotsa@bramble.test"), "{:?}", audit[0]);
        let late = done(&mut browser, &format!("{path}/refuse"), &[("tell", "on")]).await;
        assert!(late.contains("This request was already decided: approved, by Nadia"), "{late}");
        assert!(page(&mut browser, &path).await.contains("What became of it"));
        assert!(page(&mut browser, "/console/requests?view=decided").await.contains("Approved"));
    }

    async fn c6_staff_add_who_is_not_on_record_and_a_block_is_no_way_around(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let bramble = w.client("BRC-01").await;
        ask(&w, 1, "new@bramble.test", "BRC-01", "Rosa Lind").await;
        let path = format!("/console/requests/{}", newest(&w).await.id);
        let form = page(&mut browser, &format!("{path}/new?client={}", bramble.id)).await;
        assert!(form.contains("value=\"Rosa\"") && form.contains("value=\"Lind\"") && form.contains("value=\"new@bramble.test\""), "{form}");
        let client = bramble.id.to_string();
        let filled = |email: &'static str| {
            [
                ("client", client.as_str()),
                ("first_name", "Rosa"),
                ("last_name", "Lind"),
                ("title", ""),
                ("email", email),
                ("cell_phone", ""),
                ("office_phone", ""),
                ("extension", ""),
            ]
        };
        let gone = w.contact("gone@bramble.test", &bramble).await;
        link::acts::block(&w.app, &w.operator(), gone.id, None).await.unwrap();
        let reply = browser.post(&format!("{path}/new"), &filled("gone@bramble.test")).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
        assert!(reply.body.contains("already has a contact with this email address"), "{}", reply.body);
        let told = done(&mut browser, &format!("{path}/new"), &filled("new@bramble.test")).await;
        assert!(told.contains("Invitation to new@bramble.test is on its way"), "{told}");
        assert_eq!(w.mail_to("new@bramble.test").await.len(), 1);
        let audit = w.audit().await;
        assert!(matches!(audit[0].entry, Some(Entry::AccessApproved { .. })) && matches!(audit[1].entry, Some(Entry::ContactAdded { .. })));
    }

    async fn c6_a_refusal_is_told_kindly_or_not_at_all(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        ask(&w, 1, "quiet@nowhere.test", "X", "").await;
        let quiet = newest(&w).await;
        done(&mut browser, &format!("/console/requests/{}/refuse", quiet.id), &[]).await;
        ask(&w, 2, "told@nowhere.test", "X", "Evil\u{2028}Name").await;
        let told = newest(&w).await;
        let question = page(&mut browser, &format!("/console/requests/{}/refuse", told.id)).await;
        assert!(question.contains("Tell told@nowhere.test by mail"), "{question}");
        let said = done(&mut browser, &format!("/console/requests/{}/refuse", told.id), &[("tell", "on")]).await;
        assert!(said.contains("They are told by mail"), "{said}");
        assert!(w.mail_to("quiet@nowhere.test").await.is_empty());
        let mail = w.mail_to("told@nowhere.test").await;
        assert_eq!(mail.len(), 1);
        assert!(mail[0].plain.contains("could not match your request") && !mail[0].plain.contains("Evil"), "{}", mail[0].plain);
        // Whoever was refused may ask again.
        ask(&w, 3, "told@nowhere.test", "X", "").await;
        assert_eq!(newest(&w).await.state, State::Waiting);
    }

    async fn c6_s45_deciding_takes_its_own_right_and_inviting_another(w: World) {
        let bramble = w.client("BRC-01").await;
        let ana = w.contact("ana.costa@bramble.test", &bramble).await;
        ask(&w, 1, "ana.cotsa@bramble.test", "BRC-01", "").await;
        let request = newest(&w).await;
        let path = format!("/console/requests/{}", request.id);
        let decider = w.staff("dora").may(Rights::Only([Permission::RequestsDecide].into())).await;
        let mut dora = w.console(&decider.token);
        let shown = page(&mut dora, &path).await;
        assert!(!shown.contains("Ana Costa") && shown.contains("You can refuse, but not approve"), "{shown}");
        assert_eq!(dora.post(&format!("{path}/approve"), &[("contact", &ana.id.to_string())]).await.status, StatusCode::FORBIDDEN);
        let inviter = w.staff("ivo").may(Rights::Only([Permission::ContactsInvite, Permission::ClientsView].into())).await;
        let mut ivo = w.console(&inviter.token);
        for path in ["/console/requests", path.as_str()] {
            assert_eq!(ivo.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(w.contact_now(ana.id).await.portal.standing(), Standing::None);
        let other = w.another("Overseas Freight").await;
        let foreign = other.staff("fay").may(Everything).await;
        assert_eq!(other.console(&foreign.token).get(&path).await.status, StatusCode::NOT_FOUND);
    }
}
