//! Staff look after clients, contacts and invitations, through the console's pages (C1 to C4, rule 5).

use crate::http::{Browser, Reply};
use crate::world::{Everything, World, both, email};
use axum::http::StatusCode;
use vestibule::access::Permission;
use vestibule::audit::Entry;
use vestibule::base::text::Reason;
use vestibule::business::{self, Switch};
use vestibule::client::Client;
use vestibule::contact::{Contact, Standing};
use vestibule::db::Query;
use vestibule::invitation;
use vestibule::link;
use vestibule::staff::acts::Rights;

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

/// Posts a form, follows where it leads, and answers that page.
async fn done(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> Reply {
    let reply = browser.post(path, form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}: {}", reply.body);
    ok(browser, reply.location()).await
}

/// The names in the rows of a list, in order.
fn names(reply: &Reply) -> Vec<String> {
    let rows = reply.body.split("id=\"rows\"").nth(1).unwrap_or_default();
    rows.split("<a class=\"name clip\"")
        .skip(1)
        .filter_map(|row| Some(row.split_once('>')?.1.split_once("</a>")?.0.to_owned()))
        .collect()
}

fn page_of(contact: &Contact) -> String {
    format!("/console/contacts/{}", contact.id)
}

/// The form of a contact as its page shows it, with one field typed over.
fn form<'a>(
    contact: &'a Contact,
    version: &'a str,
    field: &'static str,
    value: &'a str,
) -> Vec<(&'static str, &'a str)> {
    let details = &contact.details;
    let mut form = vec![
        ("version", version),
        ("first_name", details.first_name.as_str()),
        ("last_name", details.last_name.as_str()),
        ("title", ""),
        ("email", details.email.as_str()),
        ("cell_phone", ""),
        ("office_phone", ""),
        ("extension", ""),
    ];
    for pair in &mut form {
        if pair.0 == field {
            pair.1 = value;
        }
    }
    form
}

/// The form of somebody new.
fn newcomer(address: &str) -> Vec<(&str, &str)> {
    vec![
        ("first_name", "Omar"),
        ("last_name", "Again"),
        ("title", ""),
        ("email", address),
        ("cell_phone", ""),
        ("office_phone", ""),
        ("extension", ""),
    ]
}

async fn standing(w: &World, contact: &Contact) -> Standing {
    w.contact_now(contact.id).await.portal.standing()
}

async fn omar_at_bramble(w: &World) -> (Browser, Client, Contact) {
    let nadia = w.staff("nadia").may(Everything).await;
    let bramble = w.client("Bramble Civil").await;
    let omar = w.contact("omar.haddad@bramble.test", &bramble).await;
    (w.console(&nadia.token), bramble, omar)
}

both! {
    async fn c1_contacts_are_found_while_typing_and_by_how_they_stand(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let marlow = w.client("Marlow Property").await;
        w.contact("zoe.abel@marlow.test", &marlow).await;
        w.person("devika.rao@bramble.test", &bramble).await;
        assert_eq!(names(&ok(&mut browser, "/console/contacts").await), ["Devika Rao", "Omar Haddad", "Zoe Abel"]);
        assert_eq!(names(&ok(&mut browser, "/console/contacts?sort=company&dir=desc").await)[0], "Zoe Abel");
        for (typed, found) in [("hadd", "Omar Haddad"), ("zoe.abel@", "Zoe Abel"), ("marlow", "Zoe Abel")] {
            assert_eq!(names(&ok(&mut browser, &format!("/console/contacts?q={typed}")).await), [found], "{typed}");
        }
        assert_eq!(names(&ok(&mut browser, "/console/contacts?standing=connected").await), ["Devika Rao"]);
        let nobody = ok(&mut browser, "/console/contacts?standing=blocked&q=zoe").await;
        assert!(nobody.body.contains("Nobody fits") && nobody.body.contains("Portal: Blocked"), "{}", nobody.body);
        let own = ok(&mut browser, &format!("/console/clients/{}/contacts?standing=none", bramble.id)).await;
        assert_eq!(names(&own), ["Omar Haddad"]);
        let users = ok(&mut browser, &format!("/console/clients/{}/users", bramble.id)).await;
        assert!(users.body.contains("Devika Rao") && users.body.contains("1 user") && !users.body.contains("Omar Haddad"));
        browser.post(&format!("{}/invite", page_of(&omar)), &[]).await;
        let activity = ok(&mut browser, &format!("/console/clients/{}/activity", bramble.id)).await;
        assert!(activity.body.contains("invited omar.haddad@bramble.test"), "{}", activity.body);
    }

    async fn c1_clients_are_found_and_added_once_for_each_reference(w: World) {
        let (mut browser, ..) = omar_at_bramble(&w).await;
        let form = [("name", "Coldstream Dairy"), ("reference", "C-1056"), ("email", ""), ("phone", "08 5550 0210")];
        let added = done(&mut browser, "/console/clients/new", &form).await;
        assert!(added.body.contains("Coldstream Dairy added") && added.body.contains("C-1056"), "{}", added.body);
        let again = browser.post("/console/clients/new", &[("name", "Other"), ("reference", "c-1056 "), ("email", "x"), ("phone", "")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("Enter an email address") && again.body.contains("value=\"Other\""), "{}", again.body);
        let again = browser.post("/console/clients/new", &[("name", "Other"), ("reference", "c-1056 "), ("email", ""), ("phone", "")]).await;
        assert!(again.body.contains("Coldstream Dairy already has this reference"), "{}", again.body);
        for typed in ["coldst", "C-1056", "1056"] {
            assert_eq!(names(&ok(&mut browser, &format!("/console/clients?q={typed}")).await), ["Coldstream Dairy"]);
        }
        assert_eq!(names(&ok(&mut browser, "/console/clients?sort=name&dir=desc").await), ["Coldstream Dairy", "Bramble Civil"]);
        assert_eq!(names(&ok(&mut browser, "/console/clients?status=exited").await), Vec::<String>::new());
    }

    async fn c1_a_changed_contact_is_found_under_its_new_name_and_the_log_says_what_changed(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        let saved = done(&mut browser, &page_of(&omar), &form(&omar, "1", "last_name", "Haddád-Núñez")).await;
        assert!(saved.body.contains("Omar Haddád-Núñez saved"), "{}", saved.body);
        assert_eq!(names(&ok(&mut browser, "/console/contacts?q=nunez").await), ["Omar Haddád-Núñez"]);
        assert_eq!(names(&ok(&mut browser, "/console/contacts?q=haddad-n").await), ["Omar Haddád-Núñez"]);
        let audit = w.audit().await;
        let Some(Entry::ContactChanged { changes, .. }) = &audit[0].entry else { panic!("{:?}", audit[0]) };
        assert_eq!(changes, &[("last name".to_owned(), "Haddad".to_owned(), "Haddád-Núñez".to_owned())]);
        let omar = w.contact_now(omar.id).await;
        let same = done(&mut browser, &page_of(&omar), &form(&omar, "2", "title", "")).await;
        assert!(same.body.contains("Nothing to save"), "{}", same.body);
        assert_eq!(w.audit().await.len(), audit.len(), "nothing was recorded");
        let wrong = browser.post(&page_of(&omar), &form(&omar, "2", "email", "omar@")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("value=\"omar@\"") && wrong.body.contains("<title>Error: "), "{}", wrong.body);
    }

    async fn c1_of_two_people_who_edit_one_contact_the_second_sees_what_the_first_changed(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        done(&mut browser, &page_of(&omar), &form(&omar, "1", "title", "Foreman")).await;
        let clash = browser.post(&page_of(&omar), &form(&omar, "1", "cell_phone", "0491 570 006")).await;
        assert_eq!(clash.status, StatusCode::CONFLICT);
        for told in [
            "Somebody else changed this contact",
            "Nadia Tidewater-haulage set the title to “Foreman”",
            "Title: it is “Foreman” now, you typed nothing",
            "Cell phone: it is nothing now, you typed “0491 570 006”",
            "name=\"version\" value=\"2\"",
            "value=\"0491 570 006\"",
        ] {
            assert!(clash.body.contains(told), "{told}: {}", clash.body);
        }
        assert_eq!(w.contact_now(omar.id).await.details.title.unwrap().as_str(), "Foreman", "nothing was overwritten");
        done(&mut browser, &page_of(&omar), &form(&omar, "2", "cell_phone", "0491 570 006")).await;
        assert_eq!(w.contact_now(omar.id).await.details.title, None, "now it was, knowingly");
    }

    async fn c1_an_address_names_one_person_of_a_client(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let devika = w.contact("devika.rao@bramble.test", &bramble).await;
        let marlow = w.client("Marlow Property").await;
        let taken = browser.post(&page_of(&omar), &form(&omar, "1", "email", "DEVIKA.rao@bramble.test")).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.body.contains("Bramble Civil already has a contact with this email address: Devika Rao"), "{}", taken.body);
        done(&mut browser, &page_of(&devika), &form(&devika, "1", "email", "Devika.RAO@bramble.test")).await;
        let at = |client: &Client| format!("/console/clients/{}/contacts/new", client.id);
        let taken = browser.post(&at(&bramble), &newcomer("omar.haddad@bramble.test")).await;
        assert!(taken.body.contains("Use another address, or change that contact"), "{}", taken.body);
        let elsewhere = done(&mut browser, &at(&marlow), &newcomer("omar.haddad@bramble.test")).await;
        assert!(elsewhere.body.contains("Omar Again added"), "{}", elsewhere.body);
        assert_eq!(names(&ok(&mut browser, "/console/contacts?q=omar.haddad").await).len(), 2);
    }

    async fn c2_invite_resend_and_withdraw_each_show_how_far_the_invitation_has_come(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        let first = done(&mut browser, &format!("{}/invite", page_of(&omar)), &[]).await;
        assert!(first.body.contains("Invitation to omar.haddad@bramble.test is on its way"), "{}", first.body);
        assert!(first.body.contains("Resend Invite") && first.body.contains("Queued"), "{}", first.body);
        let old = w.secret_mailed_to("omar.haddad@bramble.test").await;
        assert!(ok(&mut browser, &page_of(&omar)).await.body.contains(">Sent</span>"));
        w.pass(60);
        done(&mut browser, &format!("{}/invite?back=%2Fconsole%2Finvitations", page_of(&omar)), &[]).await;
        let new = w.secret_mailed_to("omar.haddad@bramble.test").await;
        assert_ne!(old.reveal(), new.reveal());
        let list = ok(&mut browser, "/console/invitations").await;
        assert_eq!(names(&list), ["Omar Haddad", "Omar Haddad"]);
        assert!(list.body.contains("Replaced") && list.body.contains("2 invitations"), "{}", list.body);
        for (state, rows) in [("sent", 1), ("replaced", 1), ("opened", 0), ("bounced", 0), ("accepted", 0), ("expired", 0)] {
            let found = names(&ok(&mut browser, &format!("/console/invitations?state={state}")).await);
            assert_eq!(found.len(), rows, "{state}");
        }
        assert_eq!(w.browser().get(&format!("/portal/{}/invitation/{}", w.business.slug, new.reveal())).await.status, StatusCode::OK);
        assert_eq!(names(&ok(&mut browser, "/console/invitations?state=opened&state=accepted").await).len(), 1);
        let gone = done(&mut browser, &format!("{}/withdraw", page_of(&omar)), &[]).await;
        assert!(gone.body.contains("Invitation of Omar Haddad withdrawn") && gone.body.contains("Invite to portal"), "{}", gone.body);
        assert_eq!(standing(&w, &omar).await, Standing::None);
        let nothing = done(&mut browser, &format!("{}/withdraw", page_of(&omar)), &[]).await;
        assert!(nothing.body.contains("Nothing was withdrawn"), "{}", nothing.body);
        done(&mut browser, &format!("{}/invite", page_of(&omar)), &[]).await;
        w.mail_to("omar.haddad@bramble.test").await;
        w.pass(15 * 86_400);
        let nadia = w.staff("noor").may(Everything).await;
        let expired = ok(&mut w.console(&nadia.token), "/console/invitations?state=expired").await;
        assert_eq!(names(&expired), ["Omar Haddad"]);
        assert!(ok(&mut w.console(&nadia.token), &page_of(&omar)).await.body.contains("Invitation expired"));
    }

    async fn c2_several_are_invited_at_once_and_whoever_cannot_be_is_named(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let tamsin = w.contact("tamsin.gould@bramble.test", &bramble).await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let foreign = w.another("Copperlane").await;
        let theirs = foreign.contact("rosa@copperlane.test", &foreign.client("Copper").await).await;
        let ids: Vec<String> = [omar.id, tamsin.id, devika.contact, theirs.id].iter().map(ToString::to_string).collect();
        let form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        let asked = browser.post("/console/contacts/invite", &form).await;
        let job = asked.location().to_owned();
        let asked = ok(&mut browser, &job).await;
        assert!(asked.body.contains("Invite 2 contacts?"), "{}", asked.body);
        assert!(asked.body.contains("Already connected to the portal") && asked.body.contains("Devika Rao"), "{}", asked.body);
        assert!(asked.body.contains("Not there any more") && !asked.body.contains("Rosa"), "{}", asked.body);
        assert_eq!(standing(&w, &omar).await, Standing::None, "nobody is invited before it is confirmed");
        done(&mut browser, &job, &[]).await;
        w.work().await;
        assert_eq!((standing(&w, &omar).await, standing(&w, &tamsin).await), (Standing::Invited, Standing::Invited));
        assert_eq!(w.mail_to("tamsin.gould@bramble.test").await.len(), 1);
        assert_eq!(standing(&foreign, &theirs).await, Standing::None);
        let none = done(&mut browser, "/console/contacts/invite", &[]).await;
        assert!(none.body.contains("Select at least one person"), "{}", none.body);
    }

    async fn c2_an_invitation_is_held_while_the_portal_is_off_and_the_page_says_so(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        business::acts::switch_portal(&w.app, &w.operator(), Switch::Off).await.unwrap();
        let held = done(&mut browser, &format!("{}/invite", page_of(&omar)), &[]).await;
        assert!(held.body.contains("leaves when the portal is switched on"), "{}", held.body);
        assert!(w.mail_to("omar.haddad@bramble.test").await.is_empty());
        assert!(ok(&mut browser, &page_of(&omar)).await.body.contains("Held until the portal is on"));
    }

    async fn c2_a_new_address_ends_the_invitation_to_the_old_one(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        let old = w.invite(&w.operator(), &omar).await;
        let omar = w.contact_now(omar.id).await;
        let version = omar.version.to_string();
        let moved = done(&mut browser, &page_of(&omar), &form(&omar, &version, "email", "omar@elsewhere.test")).await;
        assert!(moved.body.contains("The invitation to the earlier email address was withdrawn"), "{}", moved.body);
        assert_eq!(standing(&w, &omar).await, Standing::None);
        let page = w.browser().get(&format!("/portal/{}/invitation/{}", w.business.slug, old.reveal())).await;
        assert!(page.body.contains("withdrawn"), "{}", page.body);
        done(&mut browser, &format!("{}/invite", page_of(&omar)), &[]).await;
        assert_eq!(w.mail_to("omar@elsewhere.test").await.len(), 1);
    }

    async fn c3_blocking_asks_first_and_says_what_happens(w: World) {
        let (mut browser, bramble, _) = omar_at_bramble(&w).await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let path = format!("/console/contacts/{}", devika.contact);
        let question = ok(&mut browser, &format!("{path}/block?back=%2Fconsole%2Fcontacts")).await;
        for told in ["loses access to Bramble Civil now", "The account itself stays", "href=\"/console/contacts\""] {
            assert!(question.body.contains(told), "{told}: {}", question.body);
        }
        assert!(w.door_of(&devika.token, bramble.id).await.unwrap().closed().is_none(), "asking changes nothing");
        let long = "x".repeat(501);
        let again = browser.post(&format!("{path}/block"), &[("because", &long)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("longer than 500 characters"), "{}", again.body);
        let blocked = done(&mut browser, &format!("{path}/block"), &[("because", "Changed <employer>")]).await;
        assert!(blocked.body.contains("Changed &#60;employer&#62;"), "{}", blocked.body);
        assert!(blocked.body.contains("Was linked to") && !blocked.body.contains("Invite to portal"), "{}", blocked.body);
        assert!(w.door_of(&devika.token, bramble.id).await.unwrap().closed().is_some(), "the very next request");
        let twice = done(&mut browser, &format!("{path}/block"), &[("because", "")]).await;
        assert!(twice.body.contains("is already blocked from the portal, by Nadia"), "{}", twice.body);
        let refused = done(&mut browser, &format!("{path}/invite"), &[]).await;
        assert!(refused.body.contains("Nobody was invited"), "{}", refused.body);
        let free = done(&mut browser, &format!("{path}/unblock"), &[]).await;
        assert!(free.body.contains("Devika Rao is unblocked") && free.body.contains("Invite to portal"), "{}", free.body);
        assert!(w.door_of(&devika.token, bramble.id).await.unwrap().closed().is_some(), "C4: the link is not restored");
    }

    async fn rule5_a_blocked_contact_stays_blocked_whatever_becomes_of_it(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let because = Some(Reason::parse("left").unwrap());
        link::acts::block(&w.app, &w.operator(), omar.id, because).await.unwrap();
        let version = w.contact_now(omar.id).await.version.to_string();
        done(&mut browser, &page_of(&omar), &form(&omar, &version, "email", "omar@new.test")).await;
        assert_eq!(standing(&w, &omar).await, Standing::Blocked, "edited");
        let new = format!("/console/clients/{}/contacts/new", bramble.id);
        let again = done(&mut browser, &new, &newcomer("OMAR.haddad@bramble.test")).await;
        assert!(again.body.contains("Omar Again added, and still blocked"), "{}", again.body);
        assert!(again.body.contains("stays blocked until somebody unblocks it"), "{}", again.body);
        let devika = w.contact("devika.rao@bramble.test", &bramble).await;
        let third = w.contact("third@bramble.test", &bramble).await;
        link::acts::block(&w.app, &w.operator(), third.id, None).await.unwrap();
        let version = w.contact_now(third.id).await.version.to_string();
        done(&mut browser, &page_of(&third), &form(&third, &version, "email", "third@new.test")).await;
        let around = browser.post(&page_of(&devika), &form(&devika, "1", "email", "third@bramble.test")).await;
        assert_eq!(around.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(around.body.contains("This email address is blocked from Bramble Civil’s portal"), "{}", around.body);
        link::acts::unblock(&w.app, &w.operator(), third.id).await.unwrap();
        done(&mut browser, &page_of(&devika), &form(&devika, "1", "email", "third@bramble.test")).await;
        let elsewhere = w.client("Marlow Property").await;
        let free = w.contact("omar.haddad@bramble.test", &elsewhere).await;
        assert_eq!(standing(&w, &free).await, Standing::None, "a block is one client's");
    }

    async fn c2_who_may_only_look_sees_facts_and_no_buttons(w: World) {
        let (_, _, omar) = omar_at_bramble(&w).await;
        let looker = w.staff("lena").may(Rights::Only([Permission::ClientsView].into())).await;
        let mut browser = w.console(&looker.token);
        let page = ok(&mut browser, &page_of(&omar)).await;
        for hidden in ["Invite to portal", "Block from Client Portal", "name=\"first_name\"", "Save"] {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
        let list = ok(&mut browser, "/console/contacts").await;
        for hidden in ["Export", "Add contact", "Invite to portal", "Block from", "name=\"id\""] {
            assert!(!list.body.contains(hidden), "{hidden}");
        }
        assert_eq!(browser.post(&page_of(&omar), &form(&omar, "1", "title", "x")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(email("omar.haddad@bramble.test"), w.contact_now(omar.id).await.details.email);
    }

    async fn s46_a_contact_form_with_more_fields_than_it_has_is_refused(w: World) {
        let (mut browser, _, omar) = omar_at_bramble(&w).await;
        let mut more = form(&omar, "1", "title", "Boss");
        more.push(("portal", "connected"));
        assert_eq!(browser.post(&page_of(&omar), &more).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(standing(&w, &omar).await, Standing::None);
        let odd = browser.post(&page_of(&omar), &form(&omar, "1", "first_name", "O\u{0}mar")).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn c1_a_client_is_changed_leaves_and_comes_back_and_its_name_is_true_everywhere(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let devika = w.person("devika.rao@bramble.test", &bramble).await;
        let path = format!("/console/clients/{}/edit", bramble.id);
        let form = |version: &'static str, name: &'static str, status: &'static str| {
            [("version", version), ("name", name), ("reference", "BRC-7"), ("email", ""), ("phone", ""), ("status", status)]
        };
        assert!(ok(&mut browser, &path).await.body.contains("Its people get in for 30 more days"));
        let saved = done(&mut browser, &path, &form("1", "Bramble Works", "active")).await;
        assert!(saved.body.contains("Bramble Works saved") && saved.body.contains("BRC-7"), "{}", saved.body);
        for (list, who) in [("/console/contacts?q=bramble%20works", "Omar Haddad"), ("/console/portal-users?q=bramble%20works", "Devika Rao")] {
            assert!(ok(&mut browser, list).await.body.contains(who), "{list}");
        }
        let clash = browser.post(&path, &form("1", "Bramble Yard", "exited")).await;
        assert_eq!(clash.status, StatusCode::CONFLICT);
        for told in [
            "Somebody else changed this client",
            "Name: it is “Bramble Works” now, you typed “Bramble Yard”",
            "Status: it is “Active” now, you typed “Exited”",
            "name=\"version\" value=\"2\"",
        ] {
            assert!(clash.body.contains(told), "{told}: {}", clash.body);
        }
        let left = done(&mut browser, &path, &form("2", "Bramble Works", "exited")).await;
        assert!(left.body.contains("Its people get in until"), "{}", left.body);
        assert!(w.door_of(&devika.token, bramble.id).await.unwrap().closed().is_none(), "the days of grace");
        let refused = done(&mut browser, &format!("{}/invite", page_of(&omar)), &[]).await;
        assert!(refused.body.contains("is no longer a client"), "{}", refused.body);
        assert_eq!(names(&ok(&mut browser, "/console/clients?status=exited").await), ["Bramble Works"]);
        w.pass(31 * 86_400);
        let knocked = w.sign_in(crate::world::knock("devika.rao@bramble.test", crate::world::PASSWORD)).await.unwrap();
        assert!(w.door_of(&knocked, bramble.id).await.unwrap().closed().is_some(), "after them");
        let nadia = w.staff("noor").may(Everything).await;
        done(&mut w.console(&nadia.token), &path, &form("3", "Bramble Works", "active")).await;
        assert!(w.door_of(&knocked, bramble.id).await.unwrap().closed().is_none(), "back at the next request");
        let same = w.client("Coldstream Dairy").await;
        let taken = w.console(&nadia.token).post(&format!("/console/clients/{}/edit", same.id), &form("1", "Coldstream", "active")).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.body.contains("Bramble Works already has this reference"), "{}", taken.body);
    }

    async fn c1_what_happened_is_for_those_who_may_see_the_log_and_the_others_are_told_who_can(w: World) {
        let (_, bramble, omar) = omar_at_bramble(&w).await;
        link::acts::block(&w.app, &w.operator(), omar.id, Some(Reason::parse("secret reason").unwrap())).await.unwrap();
        let looker = w.staff("lena").may(Rights::Only([Permission::ClientsView].into())).await;
        let mut browser = w.console(&looker.token);
        let client = format!("/console/clients/{}", bramble.id);
        for path in [format!("{client}/activity"), client.clone(), page_of(&omar)] {
            let page = ok(&mut browser, &path).await;
            assert!(!page.body.contains("blocked the contact from the portal"), "{path}: {}", page.body);
            assert!(page.body.contains("“See the audit log”, which Nadia"), "{path}: {}", page.body);
        }
        let auditor = w.staff("ada").may(Rights::Only([Permission::ClientsView, Permission::AuditView].into())).await;
        let page = ok(&mut w.console(&auditor.token), &format!("{client}/activity")).await;
        assert!(page.body.contains("blocked the contact from the portal"), "{}", page.body);
        assert!(ok(&mut browser, &format!("{client}/records")).await.body.contains("Nothing is shared with Bramble Civil yet"));
    }

    async fn c1_a_clients_people_stand_in_their_groups_with_who_looks_after_them(w: World) {
        let (mut browser, bramble, _) = omar_at_bramble(&w).await;
        let path = format!("/console/clients/{}/users", bramble.id);
        assert!(ok(&mut browser, &path).await.body.contains("Nobody is connected yet"));
        w.person("devika.rao@bramble.test", &bramble).await;
        let page = ok(&mut browser, &path).await;
        for told in ["Default", "1 user", "Devika Rao", "Nobody: only your staff can add and remove people here.", "Set role and group"] {
            assert!(page.body.contains(told), "{told}: {}", page.body);
        }
    }

    async fn p8_who_may_not_see_contacts_learns_nothing_of_them_from_the_explanation(w: World) {
        let (_, _, omar) = omar_at_bramble(&w).await;
        let user_desk = w.staff("una").may(Rights::Only([Permission::PortalUsersView].into())).await;
        let mut browser = w.console(&user_desk.token);
        for typed in ["omar.haddad%40bramble.test", "omar.hadad%40bramble.test"] {
            let page = ok(&mut browser, &format!("/console/why?q={typed}")).await;
            for hidden in ["Omar", "Bramble Civil", &omar.id.to_string()] {
                assert!(!page.body.contains(hidden), "{typed} {hidden}: {}", page.body);
            }
            assert!(page.body.contains("No portal user has the address"), "{}", page.body);
        }
    }

    async fn c2_every_state_is_counted_and_a_bounce_stands_beside_the_person(w: World) {
        let (mut browser, bramble, omar) = omar_at_bramble(&w).await;
        let tamsin = w.contact("tamsin.gould@bramble.test", &bramble).await;
        w.person("devika.rao@bramble.test", &bramble).await;
        w.invite(&w.operator(), &tamsin).await;
        w.pass(1);
        invitation::acts::invite(&w.app, &w.operator(), omar.id).await.unwrap();
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE outbox SET state = 'bounced', last_error = $3 WHERE business_id = $1 AND to_email = $2")
            .bind(w.business.id)
            .bind("omar.haddad@bramble.test")
            .bind("550 5.1.1 No such <mailbox>")
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let list = ok(&mut browser, "/console/invitations").await;
        for (tab, n) in [("All", 3), ("Waiting", 2), ("Bounced", 1), ("Expired", 0), ("Accepted", 1), ("Withdrawn", 0)] {
            let told = format!("{tab}<span class=\"count\">{n}</span>");
            assert!(list.body.contains(&told), "{told}: {}", list.body);
        }
        assert!(list.body.contains("1 to 3 of 3"), "{}", list.body);
        let own = format!("/console/clients/{}/contacts", bramble.id);
        for path in [own.as_str(), "/console/contacts", &page_of(&omar), "/console/invitations?state=bounced"] {
            let page = ok(&mut browser, path).await;
            assert!(page.body.contains("550 5.1.1 No such &#60;mailbox&#62;"), "{path}: {}", page.body);
        }
        assert!(ok(&mut browser, &own).await.body.contains(">Sent</span>"), "how far Tamsin’s has come");
    }
}
