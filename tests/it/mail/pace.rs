//! How many letters that nobody asked for a business may send (S33).

use crate::world::{Everything, World, both, email, origin};
use vestibule::act::App;
use vestibule::base::Error;
use vestibule::base::text::PersonName;
use vestibule::door::{confirm, reset};
use vestibule::portal_user::proposal::acts::{self as proposal, Wanted};
use vestibule::worker::Worker;
use vestibule::{account, invitation, portal_user};

/// A node of the world whose businesses send five letters an hour.
async fn five_an_hour(w: &World) -> (App, Worker) {
    let mut config = w.app.config.clone();
    config.mail.pace.business_an_hour = 5;
    let app = App::new(config, w.app.clock.clone()).unwrap();
    app.migrate().await.unwrap();
    let worker = Worker::new(&app).unwrap();
    (app, worker)
}

both! {
    async fn s33_a_business_sends_at_a_pace_the_rest_waits_and_the_page_says_so(w: World) {
        let (app, worker) = five_an_hour(&w).await;
        let other = w.another("Harbour Accounting").await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await; // Invited an hour ago, by then.
        w.pass(3600);
        let nadia = w.staff("nadia").may(Everything).await;
        for n in 0..12 {
            let contact = w.contact(&format!("person{n}@client.test"), &client).await;
            invitation::acts::invite(&app, &nadia.actor, contact.id).await.unwrap();
        }
        assert_eq!(worker.deliver_due().await.unwrap().sent, 5);
        let page = w.console(&nadia.token).browsing(&app).get("/console/invitations").await;
        assert!(page.body.contains("At most 5 letters leave in an hour, so 7 wait for a turn"), "{}", page.body);

        reset::ask(&app, &w.business, &omar.email, origin("192.0.2.30")).await.unwrap();
        let elsewhere = other.contact("ines@other.test", &other.client("Elsewhere").await).await;
        invitation::acts::invite(&app, &other.operator(), elsewhere.id).await.unwrap();
        assert_eq!(worker.deliver_due().await.unwrap().sent, 2, "who asked for a link does not wait, nor do others");

        w.pass(3599);
        assert_eq!(worker.deliver_due().await.unwrap().sent, 0);
        w.pass(1);
        assert_eq!(worker.deliver_due().await.unwrap().sent, 5);
        w.pass(3600);
        assert_eq!(worker.deliver_due().await.unwrap().sent, 2, "nothing is lost");
        let page = w.console(&nadia.token).browsing(&app).get("/console/invitations").await;
        assert!(!page.body.contains("leave in an hour"), "nothing waits any more");
        app.db.close().await;
    }

    async fn s33_what_staff_ask_people_to_confirm_waits_for_its_turn_and_what_warns_them_does_not(w: World) {
        let (app, worker) = five_an_hour(&w).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        w.pass(3600);
        let nadia = w.staff("nadia").may(Everything).await;
        for n in 0..5 {
            let contact = w.contact(&format!("person{n}@client.test"), &client).await;
            invitation::acts::invite(&app, &nadia.actor, contact.id).await.unwrap();
        }
        assert_eq!(worker.deliver_due().await.unwrap().sent, 5);
        let mut look = w.app.look(&nadia.actor).await.unwrap();
        let version = portal_user::store::find(&mut look, omar.user).await.unwrap().version;
        drop(look);
        let details = w.contact_now(omar.contact).await.details;
        let wanted = Wanted { first: details.first_name, last: details.last_name, email: email("omar@new.test") };
        proposal::save(&w.app, &nadia.actor, omar.user, version, wanted).await.unwrap();
        assert_eq!(worker.deliver_due().await.unwrap().sent, 1);
        assert_eq!(w.mail_at(&omar.email).await[0].subject, "A new email address was asked for");
        assert!(w.mail_at("omar@new.test").await.is_empty());
        w.pass(3600);
        assert_eq!(worker.deliver_due().await.unwrap().sent, 1);
        assert_eq!(w.mail_at("omar@new.test").await.len(), 1);
        app.db.close().await;
    }

    async fn s33_what_a_person_has_agreed_to_does_not_wait_for_its_turn(w: World) {
        let (app, worker) = five_an_hour(&w).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar@client.test", &client).await;
        let other = w.another("Harbour Accounting").await;
        let mut tx = w.app.db.write().await.unwrap();
        account::store::add_business(&mut tx, omar.account, other.business.id).await.unwrap();
        tx.commit().await.unwrap();
        let nadia = w.staff("nadia").may(Everything).await;
        let mut look = w.app.look(&nadia.actor).await.unwrap();
        let version = portal_user::store::find(&mut look, omar.user).await.unwrap().version;
        drop(look);
        let details = w.contact_now(omar.contact).await.details;
        let wanted = Wanted { first: details.first_name, last: details.last_name, email: email("omar@new.test") };
        w.pass(3600);
        proposal::save(&w.app, &nadia.actor, omar.user, version, wanted).await.unwrap();
        for n in 0..5 {
            let contact = w.contact(&format!("person{n}@client.test"), &client).await;
            invitation::acts::invite(&app, &nadia.actor, contact.id).await.unwrap();
        }
        let agreeing = w.secret_mailed_to(&omar.email).await;
        assert_eq!(worker.deliver_due().await.unwrap().sent, 0, "at its pace");
        confirm::confirm(&app, &w.business, &agreeing, origin("192.0.2.30")).await.unwrap();
        assert_eq!(worker.deliver_due().await.unwrap().sent, 1);
        assert_eq!(w.mail_at("omar@new.test").await.len(), 1);
        app.db.close().await;
    }

    async fn s33_whatever_a_business_writes_to_an_address_counts_together(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let rename = async |n: i64| {
            let (first, last) = (PersonName::parse("Omar").unwrap(), PersonName::parse(&format!("Haddad{n}")).unwrap());
            let mut look = w.app.look(&nadia.actor).await.unwrap();
            let version = portal_user::store::find(&mut look, omar.user).await.unwrap().version;
            drop(look);
            let wanted = Wanted { first, last, email: email(&omar.email) };
            proposal::save(&w.app, &nadia.actor, omar.user, version, wanted).await
        };
        for n in 0..9 {
            rename(n).await.unwrap(); // The invitation was the first of ten.
        }
        let Err(Error::Refused(why)) = rename(9).await else { panic!("an eleventh letter") };
        assert!(why.contains("already sent 10 letters"), "{why}");
        let again = w.contact(&omar.email, &w.client("Coldstream").await).await;
        let invited = invitation::acts::invite(&w.app, &nadia.actor, again.id).await;
        assert!(matches!(invited, Err(Error::Refused(_))));
        assert_eq!(w.contact_now(again.id).await.version, again.version, "nothing was changed");
        reset::ask(&w.app, &w.business, &omar.email, origin("192.0.2.30")).await.unwrap();
        assert_eq!(w.mail_to(&omar.email).await.len(), 11, "what the person asks for themself still comes");
        w.pass(86_400);
        rename(10).await.unwrap();
    }
}
