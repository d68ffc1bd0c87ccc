//! Searching everything, and asking why from a search: within the staff member's rights, and never beyond the business.

use crate::http::{Browser, Reply};
use crate::world::{Everything, World, both, email};
use axum::http::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use vestibule::access::Permission;
use vestibule::base::id::ContactId;
use vestibule::business::{self, Switch};
use vestibule::db::Query;
use vestibule::door::explain::{Explanation, Fix, Likeness, Near, explain};
use vestibule::staff::acts::Rights;

/// What was found, in order: the lines' titles.
fn found(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let found = reply.body.split("id=\"found\"").nth(1).unwrap().split("</main>").next().unwrap();
    found
        .split("<span class=\"t clip\">")
        .skip(1)
        .map(|line| line.split("</span>").next().unwrap().to_owned())
        .collect()
}

async fn search(browser: &mut Browser, typed: &str) -> Vec<String> {
    let typed = utf8_percent_encode(typed, NON_ALPHANUMERIC);
    found(&browser.get(&format!("/console/search?q={typed}")).await)
}

async fn only(w: &World, name: &str, permissions: &[Permission]) -> Browser {
    w.console(&w.staff(name).may(Rights::Only(permissions.to_vec())).await.token)
}

async fn why(w: &World, address: &str) -> Explanation {
    explain(&w.app, &w.operator(), &email(address)).await.unwrap()
}

both! {
    async fn global_search_finds_people_clients_and_what_can_be_done_the_best_first(w: World) {
        let bramble = w.client("Bramble Civil").await;
        let castle = w.client("Castle Rao & Sons").await;
        w.person("devika.rao@bramble.test", &bramble).await;
        w.contact("raoul.marsh@castle.test", &castle).await;
        w.contact("omar.suraoka@castle.test", &castle).await;
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        assert_eq!(
            search(&mut browser, "rao").await,
            ["Devika Rao", "Raoul Marsh", "Devika Rao", "Omar Suraoka", "Castle Rao &#38; Sons"],
            "a name that begins with it, then a word that does, then the rest"
        );
        assert_eq!(search(&mut browser, "devika.rao@bramble.test").await, ["Devika Rao", "Devika Rao", "Why can’t devika.rao@bramble.test get in?"]);
        assert_eq!(search(&mut browser, "switch portal").await, ["Switch the portal off"]);
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        assert_eq!(search(&mut browser, "switch portal").await, ["Switch the portal on"]);
        assert_eq!(search(&mut browser, "why devika").await, ["Why can’t devika get in?", "Devika Rao", "Devika Rao"]);
        assert!(search(&mut browser, "").await.contains(&"Audit log".to_owned()), "pages are offered at once");
        for nothing in ["zzz", "<script>", "%", "\"", "'; DROP TABLE contact; --"] {
            assert!(search(&mut browser, nothing).await.is_empty(), "{nothing}");
        }
        let reply = browser.get("/console/search?q=%3Cscript%3E").await;
        assert!(!reply.body.contains("“<script>") && reply.body.contains("Nothing fits"), "what was typed is shown as text");
    }

    async fn global_search_shows_a_few_of_each_and_the_way_to_all(w: World) {
        let client = w.client("Bellweather").await;
        for name in ["anna", "annabel", "annika", "hannah", "joanna", "susanna", "ann"] {
            w.contact(&format!("{name}.lund@client.test"), &client).await;
        }
        let mut browser = w.console(&w.staff("nadia").may(Everything).await.token);
        let found = search(&mut browser, "ann").await;
        assert_eq!(found[..4], ["Ann Lund", "Anna Lund", "Annabel Lund", "Annika Lund"]);
        assert_eq!(found[5..], ["All contacts with “ann”"]);
    }

    async fn s44_global_search_and_why_never_leave_the_business(w: World) {
        let other = w.another("Harbour Accounting").await;
        let elsewhere = other.client("Elsewhere Holdings").await;
        other.person("devika.rao@elsewhere.test", &elsewhere).await;
        other.contact("omar.haddad@elsewhere.test", &elsewhere).await;
        let mut browser = w.console(&w.staff("nadia").may(Everything).await.token);
        for typed in ["devika", "omar", "elsewhere", "rao", "haddad", "e"] {
            assert!(!search(&mut browser, typed).await.iter().any(|hit| hit.contains("Rao") || hit.contains("Haddad") || hit.contains("Elsewhere")), "{typed}");
        }
        for whom in ["devika", "devika.rao%40elsewhere.test", "devika.roa%40elsewhere.test", "haddad"] {
            let reply = browser.get(&format!("/console/why?q={whom}")).await;
            assert_eq!(reply.status, StatusCode::OK);
            assert!(!reply.body.contains("Devika Rao") && !reply.body.contains("Haddad") && !reply.body.contains("Elsewhere Holdings"), "{whom}");
        }
        let told = why(&w, "devika.rao@elsewhere.test").await;
        assert!(told.nearest.is_empty() && told.mailed.is_empty() && told.clients.is_empty());
    }

    async fn s43_global_search_shows_what_the_staff_member_may_see_and_do(w: World) {
        let bramble = w.client("Bramble Civil").await;
        w.person("devika.rao@bramble.test", &bramble).await;
        let mut nobody = only(&w, "nobody", &[]).await;
        assert!(search(&mut nobody, "devika").await.is_empty());
        assert!(search(&mut nobody, "bramble").await.is_empty());
        assert!(search(&mut nobody, "why devika").await.is_empty());
        assert_eq!(search(&mut nobody, "").await, ["Overview"]);
        let mut users = only(&w, "users", &[Permission::PortalUsersView]).await;
        assert_eq!(search(&mut users, "bramble").await, ["Devika Rao"]);
        let mut clients = only(&w, "clients", &[Permission::ClientsView]).await;
        assert_eq!(search(&mut clients, "devika").await, ["Devika Rao"]);
        assert_eq!(search(&mut clients, "bramble").await, ["Devika Rao", "Bramble Civil"]);
        assert!(search(&mut clients, "import").await.is_empty() && search(&mut clients, "switch").await.is_empty());
        assert!(search(&mut clients, "devika.rao@bramble.test").await.iter().all(|hit| !hit.starts_with("Why")));
    }

    async fn p8_why_is_asked_from_the_lists_search(w: World) {
        let bramble = w.client("Bramble Civil").await;
        w.person("devika.rao@bramble.test", &bramble).await;
        w.person("omar.haddad@bramble.test", &bramble).await;
        let mut browser = w.console(&w.staff("nadia").may(Everything).await.token);
        let asked = browser.get("/console/portal-users?q=why+devika.rao%40bramble.test").await;
        assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, "/console/why?q=devika.rao%40bramble.test"));
        let named = browser.get("/console/why?q=Devika").await;
        assert_eq!(named.location(), "/console/why?q=devika.rao%40bramble.test", "a name that one person has");
        let answer = browser.get(named.location()).await;
        assert!(answer.body.contains("Devika Rao gets in to Bramble Civil"), "{}", answer.body);
        let whom = browser.get("/console/why?q=bramble").await;
        assert!(whom.body.contains("Who do you mean?") && whom.body.contains("Omar Haddad"), "{}", whom.body);
        let wrong = browser.get("/console/why?q=devikka+rao").await;
        assert!(wrong.body.contains("Nobody is called “devikka rao”") && wrong.body.contains("Devika Rao"), "{}", wrong.body);
        let typing = browser.ask(Method::GET, "/console/portal-users?q=why+dev", None, &[("sec-fetch-dest", "empty")]).await;
        assert_eq!(typing.status, StatusCode::OK, "while it is typed, nobody is led away");
        assert!(typing.body.contains("1 person. Press Enter to see why they can’t get in."), "{}", typing.body);
        assert!(!typing.body.contains("omar.haddad@bramble.test"), "the list shows whom it fits");
    }

    async fn p8_each_stand_of_an_invitation_is_told_with_what_mends_it(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let contact = w.contact("omar.haddad@client.test", &client).await;
        let told = async |w: &World| {
            let told = why(w, "omar.haddad@client.test").await;
            let line = told.clients[0].gates.iter().find(|line| line.name == "Linked, and not blocked").unwrap().clone();
            (line.evidence, line.fix)
        };
        assert_eq!(told(&w).await, ("Never invited.".to_owned(), Some(Fix::Invite(contact.id))));

        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        vestibule::invitation::acts::invite(&w.app, &nadia.actor, contact.id).await.unwrap();
        w.mail_to("omar.haddad@client.test").await;
        let (evidence, fix) = told(&w).await;
        assert!(evidence.ends_with("the mail waits until the portal is switched on.") && fix.is_none(), "{evidence}");

        business::acts::switch_portal(&w.app, &nadia.actor, Switch::On).await.unwrap();
        let (evidence, fix) = told(&w).await;
        assert!(evidence.ends_with("the mail waits for its turn."), "{evidence}");
        assert_eq!(fix, Some(Fix::Resend(contact.id)));

        w.mail_to("omar.haddad@client.test").await;
        let (evidence, fix) = told(&w).await;
        assert!(evidence.contains("Nadia") && evidence.contains("can be accepted until"), "{evidence}");
        assert_eq!(fix, Some(Fix::Resend(contact.id)));

        bounce(&w).await;
        let (evidence, fix) = told(&w).await;
        assert!(evidence.ends_with("the mail server refused the address: “550 5.1.1 No such mailbox”."), "{evidence}");
        assert_eq!(fix, Some(Fix::CorrectAddress(contact.id)));
        let reply = w.console(&nadia.token).get("/console/why?q=omar.haddad%40client.test").await;
        assert!(reply.body.contains("Correct the address") && reply.body.contains("550 5.1.1 No such mailbox"), "{}", reply.body);

        w.pass(15 * 86_400);
        let (evidence, fix) = told(&w).await;
        assert!(evidence.contains("the invitation expired on"), "{evidence}");
        assert_eq!(fix, Some(Fix::Resend(contact.id)));

        vestibule::link::acts::block(&w.app, &nadia.actor, contact.id, None).await.unwrap();
        assert_eq!(told(&w).await.1, Some(Fix::Unblock(contact.id)));
    }

    async fn p8_an_address_that_nobody_knows_leads_to_those_who_may_be_meant(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        let office = w.contact("o.h@office.test", &client).await;
        rename(&w, office.id, "Omar", "Haddad").await;
        let layla = w.contact("layla@other.test", &client).await;
        rename(&w, layla.id, "Layla", "Haddad").await;
        w.contact("somebody@quite.different", &client).await;
        let near = async |address: &str| -> Vec<(Near, Likeness)> {
            why(&w, address).await.nearest.into_iter().map(|near| (near.near, near.likeness)).collect()
        };
        let them = near("omar.haddad@gmail.test").await;
        assert_eq!(
            them,
            [
                (Near::PortalUser(omar.user), Likeness::OtherDomain),
                (Near::Contact(office.id), Likeness::Name),
                (Near::Contact(layla.id), Likeness::Surname),
            ]
        );
        for slip in ["omra.haddad@client.test", "omar.hadad@client.test", "omar.haddad@cleint.test", "xmar.haddad@client.test"] {
            assert_eq!(near(slip).await[0], (Near::PortalUser(omar.user), Likeness::Letters(1)), "{slip}");
        }
        assert!(near("zzz@nowhere.test").await.is_empty());
    }

    async fn p8_contacts_are_told_only_to_those_who_may_see_them(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let contact = w.contact("omar.haddad@client.test", &client).await;
        let _ = w.invite(&nadia.actor, &contact).await;
        let mut users = only(&w, "users", &[Permission::PortalUsersView]).await;
        for whom in ["omar.haddad%40client.test", "omar.hadad%40client.test", "haddad"] {
            let reply = users.get(&format!("/console/why?q={whom}")).await;
            assert_eq!(reply.status, StatusCode::OK);
            assert!(!reply.body.contains("Bellweather") && !reply.body.contains("Omar Haddad") && !reply.body.contains("Invitation"), "{}", reply.body);
        }
        let reply = users.get("/console/why?q=omar.haddad%40client.test").await;
        assert!(reply.body.contains("Somebody who may see contacts can tell") && !reply.body.contains("What was mailed to it"), "{}", reply.body);
        let all = w.console(&nadia.token).get("/console/why?q=Omar.Haddad%40CLIENT.test").await;
        assert!(all.body.contains("Bellweather") && all.body.contains("What was mailed to it") && all.body.contains("Open contact"), "{}", all.body);
        assert!(!all.body.contains("Nothing was mailed"), "however the address is typed");
    }
}

/// The mail server has refused what was mailed last.
async fn bounce(w: &World) {
    let mut tx = w.app.db.write().await.unwrap();
    Query::new("UPDATE outbox SET state = 'bounced', last_error = $2 WHERE business_id = $1")
        .bind(w.business.id)
        .bind("550 5.1.1 No such mailbox")
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The contact has another name.
async fn rename(w: &World, contact: ContactId, first: &str, last: &str) {
    let mut tx = w.app.db.write().await.unwrap();
    let name = format!("{first} {last}");
    Query::new("UPDATE contact SET first_name = $3, last_name = $4, name_key = $5, search = $6 WHERE business_id = $1 AND id = $2")
        .bind(w.business.id)
        .bind(contact)
        .bind(first)
        .bind(last)
        .bind(vestibule::base::text::fold(&name))
        .bind(vestibule::listing::search_text(&[&name]))
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
