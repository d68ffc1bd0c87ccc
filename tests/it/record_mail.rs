//! Automated mail (PRODUCT.md section 6): who is told that something was shared, and what the mail carries.

use crate::world::{Everything, PASSWORD, World, both};
use axum::http::StatusCode;
use vestibule::access::{RecordKind, Role, Sight};
use vestibule::base::id::ContactId;
use vestibule::client::Client;
use vestibule::db::Query;
use vestibule::link::acts::{block, unblock};
use vestibule::link::keeping;
use vestibule::mail::captured::Captured;
use vestibule::record::{self, Sharing, tell};
use vestibule::{business, contact, door, portal_user};

/// The address in a mail that holds this.
fn link(mail: &Captured, holds: &str) -> Option<String> {
    let words = mail.plain.split_whitespace();
    words.filter(|word| word.starts_with("http")).find(|word| word.contains(holds)).map(ToOwned::to_owned)
}

/// The path of an address of this installation.
fn path(address: &str) -> &str {
    address.strip_prefix("http://127.0.0.1:8080").unwrap()
}

impl World {
    async fn mailed_about(&self, contact: ContactId, kinds: &[RecordKind]) {
        let about: Sight = kinds.iter().copied().collect();
        tell::choose(&self.app, &self.operator(), contact, about).await.unwrap();
    }

    async fn shares_invoice(&self, client: &Client, number: &str) {
        self.share(client, RecordKind::Invoice, number, Sharing::Client).await;
    }
}

const INVOICE: &[RecordKind] = &[RecordKind::Invoice];

both! {
    async fn whoever_is_connected_gets_a_link_that_comes_back_after_signing_in(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        w.mailed_about(omar.contact, INVOICE).await;
        w.shares_invoice(&client, "20418").await;
        w.share(&client, RecordKind::Docket, "D-1", Sharing::Client).await;
        let mail = w.mail_to(&omar.email).await.remove(0);
        assert_eq!(mail.subject, "Tidewater Haulage has shared something with you: Invoice 20418");
        assert!(mail.plain.contains("Invoice 20418: About 20418, 3 Nov 2026, $4,862.00"), "{}", mail.plain);
        assert!(!mail.plain.contains("D-1"), "nobody chose that they are told of dockets");
        let deep = link(&mail, "/invoices/").unwrap();
        let mut browser = w.browser();
        let door = browser.get(path(&deep)).await;
        assert_eq!(door.status, StatusCode::SEE_OTHER);
        assert!(door.location().contains("/sign-in?next="), "{}", door.location());
        let next = path(&deep);
        let sign_in = format!("/portal/{}/sign-in", w.business.slug);
        let signed = browser.post(&sign_in, &[("email", &omar.email), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!(signed.location(), next, "{}", signed.body);
        let page = browser.get(next).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Invoice 20418"), "{}", page.body);
    }

    async fn whoever_is_not_connected_is_invited_by_the_mail_itself(w: World) {
        let client = w.client("Bellweather").await;
        let ana = w.contact("ana.soto@client.test", &client).await;
        w.mailed_about(ana.id, INVOICE).await;
        w.shares_invoice(&client, "20418").await;
        let mails = w.mail_to("ana.soto@client.test").await;
        assert_eq!(mails.len(), 1, "one mail, which carries the invitation");
        let invitation = link(&mails[0], "/invitation/").unwrap();
        let page = w.browser().get(path(&invitation)).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Join the portal for Bellweather"), "{}", page.body);
        assert_eq!(w.contact_now(ana.id).await.portal, contact::Portal::Invited);
        let details = [("first_name", "Ana"), ("last_name", "Soto"), ("password", PASSWORD)];
        let mut browser = w.browser();
        browser.post(path(&invitation), &details).await;
        let invoices = format!("/portal/{}/clients/{}/invoices", w.business.slug, client.id);
        assert!(browser.get(&invoices).await.body.contains("20418"));
    }

    async fn c3_a_blocked_contact_is_told_without_any_way_into_the_portal(w: World) {
        let client = w.client("Bellweather").await;
        let (ana, omar) = (w.contact("ana.soto@client.test", &client).await, w.person("omar@client.test", &client).await);
        for contact in [ana.id, omar.contact] {
            w.mailed_about(contact, INVOICE).await;
            block(&w.app, &w.operator(), contact, None).await.unwrap();
        }
        w.shares_invoice(&client, "20418").await;
        for address in ["ana.soto@client.test", "omar@client.test"] {
            let mail = w.mail_to(address).await.remove(0);
            assert!(mail.plain.contains("Invoice 20418") && !mail.plain.contains("/portal/"), "{}", mail.plain);
            assert!(!mail.html.contains("/portal/"), "{}", mail.html);
        }
    }

    async fn c4_who_is_unblocked_is_invited_again_by_mail_and_who_was_removed_is_not(w: World) {
        let client = w.client("Bellweather").await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        for person in [&omar, &lucy] {
            w.mailed_about(person.contact, INVOICE).await;
        }
        block(&w.app, &w.operator(), omar.contact, None).await.unwrap();
        unblock(&w.app, &w.operator(), omar.contact).await.unwrap();
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let tie = vestibule::link::store::of_contact(&mut look, lucy.contact).await.unwrap().unwrap().id;
        drop(look);
        vestibule::link::places::unlink(&w.app, &w.operator(), lucy.user, tie).await.unwrap();
        w.shares_invoice(&client, "20418").await;
        let to_omar = w.mail_to(&omar.email).await.remove(0);
        assert!(link(&to_omar, "/invitation/").is_some(), "{}", to_omar.plain);
        let to_lucy = w.mail_to(&lucy.email).await;
        assert!(to_lucy.iter().all(|mail| !mail.plain.contains("Invoice 20418")), "{}", to_lucy[0].plain);
    }

    async fn u5_who_was_removed_or_deleted_is_mailed_nothing_until_invited_again(w: World) {
        let client = w.client("Bellweather").await;
        let (lucy, dara) = (w.person("lucy@client.test", &client).await, w.person("dara@client.test", &client).await);
        for person in [&lucy, &dara] {
            w.mailed_about(person.contact, INVOICE).await;
        }
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let tie = vestibule::link::store::of_contact(&mut look, lucy.contact).await.unwrap().unwrap().id;
        drop(look);
        // What was shared before, and has not left yet, is not mailed, either.
        w.shares_invoice(&client, "before").await;
        vestibule::link::places::unlink(&w.app, &w.operator(), lucy.user, tie).await.unwrap();
        vestibule::link::deletion::delete(&w.app, &w.operator(), dara.user).await.unwrap();
        w.shares_invoice(&client, "20418").await;
        w.share(&client, RecordKind::Invoice, "by name", Sharing::Contacts(vec![lucy.contact, dara.contact])).await;
        let shared = async |address: &str| {
            let mails = w.mail_to(address).await;
            mails.iter().filter(|mail| mail.plain.contains("Invoice ")).count()
        };
        assert_eq!((shared(&lucy.email).await, shared(&dara.email).await), (0, 0));
        // A block on top changes nothing; being invited again does.
        block(&w.app, &w.operator(), dara.contact, None).await.unwrap();
        w.pass(86_400);
        let contact = w.contact_now(lucy.contact).await;
        w.invite(&w.operator(), &contact).await;
        w.shares_invoice(&client, "20419").await;
        assert_eq!((shared(&lucy.email).await, shared(&dara.email).await), (1, 0));
    }

    async fn c3_who_is_blocked_is_mailed_no_more_than_they_saw(w: World) {
        let client = w.client("Bellweather").await;
        let crew = w.seeing_group(&client, "Site crew", [RecordKind::Docket].into_iter().collect()).await;
        let lucy = w.person("lucy@client.test", &client).await;
        w.puts_into(&lucy, crew).await;
        w.mailed_about(lucy.contact, &[RecordKind::Invoice, RecordKind::Docket]).await;
        block(&w.app, &w.operator(), lucy.contact, None).await.unwrap();
        w.shares_invoice(&client, "20418").await;
        w.share(&client, RecordKind::Docket, "D-1", Sharing::Client).await;
        let mail = w.mail_to(&lucy.email).await.remove(0);
        assert!(mail.plain.contains("D-1") && !mail.plain.contains("20418"), "{}", mail.plain);
    }

    async fn what_is_shared_in_a_short_time_goes_into_one_letter(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.mailed_about(omar.contact, INVOICE).await;
        let before = w.mail_to(&omar.email).await.len();
        for n in 0..30 {
            w.shares_invoice(&client, &format!("N-{n}")).await;
        }
        let mails = w.mail_to(&omar.email).await;
        assert_eq!(mails.len() - before, 1, "one letter for thirty");
        assert_eq!(mails[0].subject, "Tidewater Haulage has shared 30 entries with you");
        assert!(mails[0].plain.contains("N-19") && mails[0].plain.contains("And 10 more."), "{}", mails[0].plain);
        // What follows soon waits for more.
        w.shares_invoice(&client, "late 1").await;
        w.shares_invoice(&client, "late 2").await;
        assert_eq!(w.mail_to(&omar.email).await.len() - before, 1);
        w.pass(700);
        let mails = w.mail_to(&omar.email).await;
        assert_eq!(mails.len() - before, 2);
        assert!(mails[0].plain.contains("late 1") && mails[0].plain.contains("late 2"), "{}", mails[0].plain);
        assert!(!mails[0].plain.contains("N-19"), "nothing is told twice");
    }

    async fn a_record_s_page_tells_who_was_mailed_and_how_far_each_letter_has_come(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let (ana, omar) = (w.contact("ana.soto@client.test", &client).await, w.person("omar@client.test", &client).await);
        for contact in [ana.id, omar.contact] {
            w.mailed_about(contact, INVOICE).await;
        }
        let record = w.share(&client, RecordKind::Invoice, "20418", Sharing::Client).await;
        let docket = w.share(&client, RecordKind::Docket, "D-1", Sharing::Client).await;
        let mut console = w.console(&nadia.token);
        let page = format!("/console/records/{}", record.id);
        let waiting = console.get(&page).await.body;
        assert!(waiting.contains("2 letters: 2 queued.") && waiting.contains("Ana Soto"), "{waiting}");
        w.mail_to(&omar.email).await;
        let mut tx = w.app.db.write().await.unwrap();
        Query::new(
            "UPDATE outbox SET state = 'bounced', last_error = '550 5.1.1 No such mailbox' WHERE business_id = $1 AND subject_id = $2",
        )
        .bind(w.business.id)
        .bind(ana.id)
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let told = console.get(&page).await.body;
        for words in ["2 letters: 1 sent, 1 bounced.", "550 5.1.1 No such mailbox", "omar@client.test"] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(told.find("Ana Soto") < told.find("Omar "), "what did not arrive comes first");
        let nobody = console.get(&format!("/console/records/{}", docket.id)).await.body;
        assert!(nobody.contains("Nobody was mailed about it"), "{nobody}");
    }

    async fn what_was_withdrawn_before_the_mail_left_is_not_told(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.mailed_about(omar.contact, INVOICE).await;
        let before = w.mail_to(&omar.email).await.len();
        let record = w.share(&client, RecordKind::Invoice, "20418", Sharing::Client).await;
        record::acts::withdraw(&w.app, &w.operator(), record.id).await.unwrap();
        assert_eq!(w.mail_to(&omar.email).await.len(), before);
    }

    async fn what_a_letter_left_out_is_not_called_sent(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.mailed_about(omar.contact, &[RecordKind::Invoice, RecordKind::Docket]).await;
        let [gone, kept, off] = [
            w.share(&client, RecordKind::Invoice, "20418", Sharing::Client).await.id,
            w.share(&client, RecordKind::Invoice, "20419", Sharing::Client).await.id,
            w.share(&client, RecordKind::Docket, "D-1", Sharing::Client).await.id,
        ];
        let mut console = w.console(&nadia.token);
        let mut panel = async |record: vestibule::base::id::RecordId| {
            let page = console.get(&format!("/console/records/{record}")).await.body;
            let panel = page.split("id=\"mail\"").nth(1).unwrap();
            panel.split("</section>").next().unwrap().to_owned()
        };
        record::acts::withdraw(&w.app, &w.operator(), gone).await.unwrap();
        for _ in 0..2 {
            let said = panel(gone).await;
            assert!(said.contains("1 letter: 1 not sent.") && said.contains("The record was withdrawn first."), "{said}");
            // Before the letter leaves, and after it has left without the record.
            let dockets_off = Sight::everything().but(&[RecordKind::Docket].into_iter().collect());
            business::acts::set_features(&w.app, &w.operator(), dockets_off).await.ok();
            let told = w.mail_to(&omar.email).await.remove(0);
            assert!(told.plain.contains("20419") && !told.plain.contains("20418") && !told.plain.contains("D-1"), "{}", told.plain);
        }
        let said = panel(off).await;
        assert!(said.contains("1 letter: 1 not sent.") && said.contains("Its kind was switched off first."), "{said}");
        let said = panel(kept).await;
        assert!(said.contains("1 letter: 1 sent.") && !said.contains("Not sent"), "{said}");
        // Withdrawn after it was told, it was told.
        record::acts::withdraw(&w.app, &w.operator(), kept).await.unwrap();
        assert!(panel(kept).await.contains("1 letter: 1 sent."));
        // A letter that had nothing else to tell says the same.
        w.pass(700);
        let alone = w.share(&client, RecordKind::Invoice, "20420", Sharing::Client).await.id;
        let unwanted = w.share(&client, RecordKind::Invoice, "20421", Sharing::Client).await.id;
        record::acts::withdraw(&w.app, &w.operator(), alone).await.unwrap();
        tell::decline(&w.app, &w.operator(), omar.contact, INVOICE.iter().copied().collect()).await.unwrap();
        w.mail_to(&omar.email).await;
        let said = panel(alone).await;
        assert!(said.contains("1 not sent.") && said.contains("The record was withdrawn first."), "{said}");
        let said = panel(unwanted).await;
        assert!(said.contains("1 not sent.") && said.contains("They chose not to be mailed about it."), "{said}");
    }

    async fn rule12_whoever_is_in_with_another_address_and_disabled_gets_no_link_into_the_portal(w: World) {
        let (client, other) = (w.client("Bellweather").await, w.client("Coldstream").await);
        let omar = w.person("omar@own.test", &other).await;
        let ana = w.contact("ana@client.test", &client).await;
        let secret = w.invite(&w.operator(), &ana).await;
        door::invitation::accept(&w.app, &secret, &w.door(&omar.token).await.unwrap()).await.unwrap();
        w.mailed_about(ana.id, INVOICE).await;
        w.mail_to("ana@client.test").await;
        w.shares_invoice(&client, "20418").await;
        let mail = w.mail_to("ana@client.test").await.remove(0);
        assert!(link(&mail, "/invoices/").is_some(), "{}", mail.plain);
        portal_user::acts::disable(&w.app, &w.operator(), omar.user, None).await.unwrap();
        w.pass(700);
        w.shares_invoice(&client, "20419").await;
        let mail = w.mail_to("ana@client.test").await.remove(0);
        assert!(mail.plain.contains("20419") && link(&mail, "/invoices/").is_none(), "{}", mail.plain);
    }

    async fn s44_whom_a_colleague_disabled_is_mailed_nothing_until_they_are_enabled(w: World) {
        let client = w.client("Bellweather").await;
        let (priya, omar) = (w.person("priya@client.test", &client).await, w.person("omar@client.test", &client).await);
        w.place(&priya, None, Role::GlobalAdmin).await;
        w.mailed_about(omar.contact, INVOICE).await;
        let admin = w.door_of(&priya.token, client.id).await.unwrap().actor;
        let link = {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            vestibule::link::store::of_contact(&mut look, omar.contact).await.unwrap().unwrap().id
        };
        keeping::disable(&w.app, &admin, omar.user, link).await.unwrap();
        w.shares_invoice(&client, "20418").await;
        let mails = w.mail_to(&omar.email).await;
        assert!(mails.iter().all(|mail| !mail.plain.contains("20418")), "{:?}", mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>());
        keeping::enable(&w.app, &admin, omar.user, link).await.unwrap();
        w.shares_invoice(&client, "20419").await;
        let mails = w.mail_to(&omar.email).await;
        let holding = |number: &str| mails.iter().filter(|mail| mail.plain.contains(number)).count();
        assert_eq!((holding("20418"), holding("20419")), (0, 1), "of what was shared since");
    }

    async fn who_wants_no_mail_gets_none_and_still_gets_in(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.mailed_about(omar.contact, INVOICE).await;
        w.shares_invoice(&client, "1").await;
        let mail = w.mail_to(&omar.email).await.remove(0);
        let choice = link(&mail, "/mail/").unwrap();
        let mut visitor = w.browser();
        assert!(visitor.get(path(&choice)).await.body.contains("Mail you get"));
        assert_eq!(visitor.post(path(&choice), &[("booking", "on")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/mail/tidewater-haulage/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.status, StatusCode::NOT_FOUND);
        w.pass(86_400);
        let before = w.mail_to(&omar.email).await.len();
        w.shares_invoice(&client, "2").await;
        w.share(&client, RecordKind::Invoice, "3", Sharing::Contacts(vec![omar.contact])).await;
        assert_eq!(w.mail_to(&omar.email).await.len(), before);
        let token = w.sign_in(crate::world::knock(&omar.email, PASSWORD)).await.unwrap();
        let base = format!("/portal/{}/clients/{}", w.business.slug, client.id);
        assert!(w.portal(&token).get(&format!("{base}/invoices")).await.body.contains(">2<"));
        // Signed in, they take it back.
        let mut browser = w.portal(&token);
        let all = [("booking", "on"), ("invoice", "on"), ("docket", "on"), ("statement", "on"), ("document", "on")];
        assert_eq!(browser.post(&format!("{base}/mails"), &all).await.status, StatusCode::SEE_OTHER);
        w.shares_invoice(&client, "4").await;
        assert_eq!(w.mail_to(&omar.email).await.len(), before + 1);
    }

    async fn s28_a_letters_link_chooses_for_the_address_it_went_to_alone(w: World) {
        let client = w.client("Bellweather").await;
        let ana = w.contact("ana.soto@client.test", &client).await;
        w.mailed_about(ana.id, INVOICE).await;
        w.shares_invoice(&client, "1").await;
        let choice = link(&w.mail_to("ana.soto@client.test").await.remove(0), "/mail/").unwrap();
        let mut reader = w.browser();
        assert_eq!(reader.get(path(&choice)).await.status, StatusCode::OK);
        let now = w.contact_now(ana.id).await;
        let moved = contact::Details { email: crate::world::email("lucy.soto@client.test"), ..now.details.clone() };
        vestibule::link::acts::edit_contact(&w.app, &w.operator(), ana.id, now.version, moved).await.unwrap();
        assert_eq!(reader.get(path(&choice)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(reader.post(path(&choice), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(tell::choice(&mut w.app.look_at(w.business.id).await.unwrap(), ana.id).await.unwrap().declined.is_empty());
    }

    async fn nobody_is_told_of_what_nobody_or_not_they_may_see(w: World) {
        let client = w.client("Bellweather").await;
        let crew = w.seeing_group(&client, "Site crew", [RecordKind::Docket].into_iter().collect()).await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.puts_into(&lucy, crew).await;
        for person in [&omar, &lucy] {
            w.mailed_about(person.contact, INVOICE).await;
        }
        let before = w.mail_to(&lucy.email).await.len();
        w.shares_invoice(&client, "1").await;
        assert_eq!(w.mail_to(&lucy.email).await.len(), before, "her group may not see invoices");
        let nadia = w.staff("nadia").may(Everything).await;
        let off = Sight::everything().but(&INVOICE.iter().copied().collect());
        business::acts::set_features(&w.app, &nadia.actor, off).await.unwrap();
        let before = w.mail_to(&omar.email).await.len();
        w.pass(86_400);
        w.shares_invoice(&client, "2").await;
        assert_eq!(w.mail_to(&omar.email).await.len(), before, "invoices are switched off");
    }

    async fn staff_choose_what_a_contact_is_mailed_about(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let ana = w.contact("ana.soto@client.test", &client).await;
        let mut console = w.console(&nadia.token);
        let page = format!("/console/contacts/{}", ana.id);
        assert!(console.get(&page).await.body.contains("Automated mail"));
        let saved = console.post(&format!("{page}/mails"), &[("invoice", "on"), ("docket", "on")]).await;
        assert_eq!(saved.location(), page);
        let choice = tell::choice(&mut w.app.look_at(w.business.id).await.unwrap(), ana.id).await.unwrap();
        assert_eq!(choice.chosen.code(), "invoice docket");
        assert!(console.get(&page).await.body.contains("chose what the contact is mailed about: invoice, docket"));
    }
}
