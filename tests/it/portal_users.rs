//! Staff look at portal users and act on them, through the console's pages.

use crate::http::{Browser, Reply};
use crate::world::{Everything, PASSWORD, Person, Staff, World, both, email, knock};
use axum::http::StatusCode;
use vestibule::access::gates::Gate;
use vestibule::account::Realm;
use vestibule::base::text::Reason;
use vestibule::business::{Switch, terms};
use vestibule::client::Client;
use vestibule::language::Language;
use vestibule::{account, business, link, portal_user};

/// The names in the rows of a list, in order.
fn names(reply: &Reply) -> Vec<String> {
    let rows = reply.body.split("id=\"rows\"").nth(1).unwrap_or_default();
    rows.split("<a class=\"name clip\"")
        .skip(1)
        .filter_map(|row| Some(row.split_once('>')?.1.split_once("</a>")?.0.to_owned()))
        .collect()
}

/// Where the first link with these words leads.
fn href(reply: &Reply, words: &str) -> String {
    let mut links = reply.body.split("<a ").skip(1).filter_map(|link| link.split("</a>").next());
    let link = links.find(|link| link.contains(words)).unwrap_or_else(|| panic!("no {words:?} in {}", reply.body));
    link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&")
}

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

/// Three people at two clients.
async fn three(w: &World) -> (Staff, [Person; 3], [Client; 2]) {
    let nadia = w.staff("nadia").may(Everything).await;
    let bramble = w.client("Bramble Civil").await;
    let marlow = w.client("Marlow Property").await;
    let omar = w.person("omar.haddad@bramble.test", &bramble).await;
    let devika = w.person("devika.rao@bramble.test", &bramble).await;
    let zoe = w.person("zoe.abel@marlow.test", &marlow).await;
    (nadia, [omar, devika, zoe], [bramble, marlow])
}

fn page_of(person: &Person) -> String {
    format!("/console/portal-users/{}", person.user)
}

both! {
    async fn p1_the_list_sorts_both_ways_by_every_header_and_pages_both_ways(w: World) {
        let (nadia, ..) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        let list = ok(&mut browser, "/console/portal-users").await;
        assert_eq!(names(&list), ["Devika Rao", "Omar Haddad", "Zoe Abel"]);
        assert!(list.body.contains("3 people") && list.body.contains("1 to 3 of 3"), "{}", list.body);
        for sort in ["name", "email", "company", "status", "terms", "last-sign-in"] {
            let up = names(&ok(&mut browser, &format!("/console/portal-users?sort={sort}")).await);
            let mut down = names(&ok(&mut browser, &format!("/console/portal-users?sort={sort}&dir=desc")).await);
            down.reverse();
            assert_eq!(up, down, "{sort}");
            assert!(list.body.contains(&format!("?sort={sort}")), "{sort} has a link");
        }
        let contact = w.client("Fernhill").await;
        for n in 0..9 {
            w.person(&format!("person{n}.many@fernhill.test"), &contact).await;
        }
        let first = ok(&mut browser, "/console/portal-users?per=10").await;
        assert_eq!(names(&first).len(), 10);
        assert!(first.body.contains("1 to 10 of 12"), "{}", first.body);
        let second = ok(&mut browser, &href(&first, "Next")).await;
        assert_eq!(names(&second), ["Person8 Many", "Zoe Abel"]);
        assert!(second.body.contains("11 to 12 of 12"), "{}", second.body);
        assert_eq!(names(&ok(&mut browser, &href(&second, "Previous")).await), names(&first));
    }

    async fn p2_search_and_filters_stand_in_the_address_as_chips(w: World) {
        let (nadia, [omar, ..], [bramble, _]) = three(&w).await;
        let because = Some(Reason::parse("left").unwrap());
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, because).await.unwrap();
        let mut browser = w.console(&nadia.token);
        for (query, found) in [
            ("q=rao", &["Devika Rao"][..]),
            ("q=bramble", &["Devika Rao", "Omar Haddad"]),
            ("q=zoe.abel%40marlow", &["Zoe Abel"]),
            ("status=disabled", &["Omar Haddad"]),
            ("status=disabled&status=active", &["Devika Rao", "Omar Haddad", "Zoe Abel"]),
            ("never=yes", &[]),
            (&format!("client={}", bramble.id), &["Devika Rao", "Omar Haddad"]),
            ("q=%20&status=&client=&never=&after=&per=", &["Devika Rao", "Omar Haddad", "Zoe Abel"]),
        ] {
            assert_eq!(names(&ok(&mut browser, &format!("/console/portal-users?{query}")).await), found, "{query}");
        }
        let both = ok(&mut browser, &format!("/console/portal-users?q=ra&status=active&client={}", bramble.id)).await;
        assert!(both.body.contains("Status: Active") && both.body.contains("Client: Bramble Civil"), "{}", both.body);
        let named = browser.get("/console/portal-users?client_name=bramble%20civil&status=active").await;
        assert_eq!(named.location(), format!("/console/portal-users?status=active&client={}", bramble.id));
        assert!(ok(&mut browser, "/console/portal-users?client_name=nothing").await.body.contains("No client is called “nothing”"));
        let none = ok(&mut browser, "/console/portal-users?q=somebody%40else.test").await;
        assert!(none.body.contains("Nobody fits"), "{}", none.body);
        assert_eq!(href(&none, "Why can’t they get in?"), "/console/why");
        assert!(none.body.contains("/console/why?q=somebody%40else.test"), "{}", none.body);
    }

    async fn p2_tabs_count_what_they_show(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        terms::publish(&w.app, &w.operator(), "Be kind.").await.unwrap();
        let mut browser = w.console(&nadia.token);
        let list = ok(&mut browser, "/console/portal-users").await;
        for (tab, n) in [("Everyone", 3), ("Active", 2), ("Disabled", 1), ("Terms to accept", 3), ("Never signed in", 0)] {
            assert!(list.body.contains(&format!("{tab}<span class=\"count\">{n}</span>")), "{tab}: {}", list.body);
            let shown = ok(&mut browser, &href(&list, &format!("{tab}<span class=\"count\">"))).await;
            assert_eq!(names(&shown).len(), n, "{tab}");
        }
    }

    async fn p1_an_empty_list_says_what_would_be_there(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let list = ok(&mut w.console(&nadia.token), "/console/portal-users").await;
        assert!(list.body.contains("Nobody has a sign-in yet") && list.body.contains("/console/contacts"));
    }

    async fn p7_the_page_shows_everything_that_is_known(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        terms::publish(&w.app, &w.operator(), "Be kind.").await.unwrap();
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let person = w.door(&omar.token).await.unwrap();
        portal_user::acts::accept_terms(&w.app, &person.actor, omar.account, 1, Language::En).await.unwrap();
        let page = ok(&mut w.console(&nadia.token), &page_of(&omar)).await;
        for said in [
            "Omar Haddad",
            "omar.haddad@bramble.test",
            "Omar Haddad gets in to Bramble Civil",
            "Member, Default",
            "Connected",
            "Firefox on Linux",
            "198.51.100.20",
            "Invitation to Bramble Civil",
            "Accepted",
            "Version 1",
            "from 198.51.100.20",
            "accepted the invitation",
            "accepted version 1 of the terms",
        ] {
            assert!(page.body.contains(said), "{said:?} is missing: {}", page.body);
        }
    }

    async fn p7_a_name_is_changed_and_the_person_is_told(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        let form = |first: &'static str, version: &'static str| {
            [("first_name", first), ("last_name", "Haddad"), ("email", "omar.haddad@bramble.test"), ("was_first", "Omar"), ("was_last", "Haddad"), ("was_email", "omar.haddad@bramble.test"), ("asked", ""), ("version", version)]
        };
        let version = w.user(&omar).await.version.to_string();
        let version: &'static str = Box::leak(version.into_boxed_str());
        let wrong = browser.post(&page_of(&omar), &form(" ", version)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("There is a problem") && wrong.body.contains("data-guard=\"unsaved\""), "{}", wrong.body);
        let same = browser.post(&page_of(&omar), &form("Omar", version)).await;
        assert_eq!(same.status, StatusCode::SEE_OTHER);
        let saved = browser.post(&page_of(&omar), &form("Omari", version)).await;
        assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, page_of(&omar).as_str()));
        let page = ok(&mut browser, &page_of(&omar)).await;
        assert!(page.body.contains("Name saved") && page.body.contains("Omari Haddad"), "{}", page.body);
        assert!(w.mail_to(&omar.email).await.iter().any(|letter| letter.plain.contains("Omari")));
    }

    async fn p7_of_two_who_edit_at_once_the_second_sees_both_and_nothing_is_overwritten(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let tom = w.staff("tom").may(Everything).await;
        let version = w.user(&omar).await.version.to_string();
        let form = |first: &'static str| {
            vec![("first_name", first), ("last_name", "Haddad"), ("email", "omar.haddad@bramble.test"), ("was_first", "Omar"), ("was_last", "Haddad"), ("was_email", "omar.haddad@bramble.test"), ("asked", ""), ("version", version.as_str())]
        };
        let first = w.console(&tom.token).post(&page_of(&omar), &form("Umar")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let mut browser = w.console(&nadia.token);
        let second = browser.post(&page_of(&omar), &form("Omari")).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        for said in ["Tom", "changed this person while you were working on it", "value=\"Umar\" checked", "value=\"Omari\""] {
            assert!(second.body.contains(said), "{said:?} is missing: {}", second.body);
        }
        assert_eq!(w.user(&omar).await.name, "Umar Haddad");
        let now = w.user(&omar).await.version.to_string();
        let seen = [("first_name", "Omari"), ("last_name", "Haddad"), ("email", "omar.haddad@bramble.test"), ("was_first", "Umar"), ("was_last", "Haddad"), ("was_email", "omar.haddad@bramble.test"), ("asked", ""), ("version", now.as_str())];
        assert_eq!(browser.post(&page_of(&omar), &seen).await.status, StatusCode::SEE_OTHER);
        assert_eq!(w.user(&omar).await.name, "Omari Haddad");
    }

    async fn p7_a_sign_in_meanwhile_does_not_get_in_the_way_of_a_new_name(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let version = w.user(&omar).await.version.to_string();
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_ne!(w.user(&omar).await.version.to_string(), version);
        let form = [("first_name", "Omari"), ("last_name", "Haddad"), ("email", "omar.haddad@bramble.test"), ("was_first", "Omar"), ("was_last", "Haddad"), ("was_email", "omar.haddad@bramble.test"), ("asked", ""), ("version", version.as_str())];
        let saved = w.console(&nadia.token).post(&page_of(&omar), &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_eq!(w.user(&omar).await.name, "Omari Haddad");
    }

    async fn p7_disable_asks_first_and_holds_from_the_next_request_until_enabled(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        let path = format!("{}/disable?back=%2Fconsole%2Fportal-users%3Fq%3Domar", page_of(&omar));
        let question = ok(&mut browser, &path).await;
        assert!(question.body.contains("data-confirm") && question.body.contains("Disable Omar Haddad at Tidewater Haulage?"));
        assert!(question.body.contains("Bramble Civil"), "{}", question.body);
        assert_eq!(w.user(&omar).await.status(), portal_user::Status::Active, "asking changes nothing");
        let long = "x".repeat(2000);
        let wrong = browser.post(&path, &[("because", &long)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = browser.post(&path, &[("because", "Left the company")]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/portal-users?q=omar"));
        assert!(w.door(&omar.token).await.is_err(), "the very next request is refused");
        let page = ok(&mut browser, &page_of(&omar)).await;
        assert!(page.body.contains("Left the company") && page.body.contains("Omar Haddad can’t get in to Bramble Civil"));
        let again = browser.post(&path, &[("because", "")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let enabled = browser.post(&format!("{}/enable", page_of(&omar)), &[]).await;
        assert_eq!((enabled.status, enabled.location()), (StatusCode::SEE_OTHER, page_of(&omar).as_str()));
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn s52_after_an_act_only_pages_of_the_console_are_gone_to(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        for (n, back) in ["//evil.test", "https://evil.test", "/portal/x", "%2F%2Fevil.test"].iter().enumerate() {
            let act = if n % 2 == 0 { "disable" } else { "enable" };
            let form: &[(&str, &str)] = if n % 2 == 0 { &[("because", "")] } else { &[] };
            let done = browser.post(&format!("{}/{act}?back={back}", page_of(&omar)), form).await;
            assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, page_of(&omar).as_str()), "{back}");
        }
    }

    async fn p7_a_password_change_is_required_and_sessions_are_ended(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        let done = browser.post(&format!("{}/require-password-change", page_of(&omar)), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(w.door(&omar.token).await.unwrap().closed(), Some(Gate::PasswordFresh));
        let page = ok(&mut browser, &page_of(&omar)).await;
        assert!(page.body.contains("Waiting on Omar") && page.body.contains("Password change due"), "{}", page.body);
        let second = w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        let session = w.door(&second).await.unwrap().session.id;
        let one = browser.post(&format!("{}/sessions/{session}/end", page_of(&omar)), &[]).await;
        assert_eq!(one.status, StatusCode::SEE_OTHER);
        assert!(w.door(&second).await.is_err() && w.door(&omar.token).await.is_ok());
        assert_eq!(browser.post(&format!("{}/sessions/end", page_of(&omar)), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(w.door(&omar.token).await.is_err());
        let nothing = browser.post(&format!("{}/sessions/end", page_of(&omar)), &[]).await;
        assert_eq!(nothing.status, StatusCode::CONFLICT);
        assert_eq!(browser.post(&format!("{}/enable", page_of(&omar)), &[("x", "y")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn r1_what_belongs_to_a_person_of_two_businesses_is_theirs_alone(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        let other = w.another("Harbour Strata").await;
        let mut tx = w.app.db.write().await.unwrap();
        account::store::add_business(&mut tx, omar.account, other.business.id).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = w.console(&nadia.token);
        let page = ok(&mut browser, &page_of(&omar)).await;
        assert!(page.body.contains("is proposed to Omar, who confirms it from their mail"), "{}", page.body);
        assert!(!page.body.contains("Require password change"));
        assert!(page.body.contains("Disable…"), "what is between the person and this business stays staff’s");
    }

    async fn p8_each_closed_gate_is_shown_with_the_button_that_opens_it(w: World) {
        let (nadia, [omar, ..], [bramble, _]) = three(&w).await;
        let mut browser = w.console(&nadia.token);
        let because = Some(Reason::parse("Moved off the job").unwrap());
        link::acts::block(&w.app, &nadia.actor, omar.contact, because.clone()).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        let page = ok(&mut browser, &format!("{}?client={}", page_of(&omar), bramble.id)).await;
        assert!(page.body.contains("Omar Haddad can’t get in to Bramble Civil"), "{}", page.body);
        assert!(page.body.contains("3 of 8 gates are closed"), "{}", page.body);
        assert!(page.body.contains("Moved off the job"));
        assert!(href(&page, "Switch the portal on…").starts_with("/console/portal/on?back="));
        assert!(href(&page, "Unblock…").starts_with(&format!("/console/contacts/{}/unblock?back=", omar.contact)));
        assert!(page.body.contains(&format!("action=\"{}/enable?back=", page_of(&omar))));

        let on = ok(&mut browser, &href(&page, "Switch the portal on…")).await;
        assert!(on.body.contains("data-confirm"));
        let back = format!("{}?client={}#access", page_of(&omar), bramble.id);
        let done = browser.post(&href(&page, "Switch the portal on…"), &[]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, back.as_str()));
        assert_eq!(w.business_now().await.portal, Switch::On);
    }

    async fn p8_too_many_wrong_passwords_are_unlocked_at_once(w: World) {
        let (nadia, [omar, ..], _) = three(&w).await;
        for _ in 0..8 {
            let _ = w.sign_in(knock(&omar.email, "not the password at all")).await;
        }
        let mut browser = w.console(&nadia.token);
        let page = ok(&mut browser, &page_of(&omar)).await;
        assert!(page.body.contains("Unlock now"), "{}", page.body);
        let done = browser.post(&format!("{}/unlock", page_of(&omar)), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
    }

    async fn p8_an_address_that_nobody_or_only_a_contact_has_is_explained(w: World) {
        let (nadia, _, [bramble, _]) = three(&w).await;
        let contact = w.contact("ingrid.solheim@bramble.test", &bramble).await;
        let mut browser = w.console(&nadia.token);
        let unknown = ok(&mut browser, "/console/why?q=omar.hadad%40bramble.test").await;
        assert!(unknown.body.contains("knows nobody with the address"), "{}", unknown.body);
        assert!(unknown.body.contains("omar.haddad@bramble.test"), "{}", unknown.body);
        let known = ok(&mut browser, "/console/why?q=ingrid.solheim%40bramble.test").await;
        assert!(known.body.contains("Ingrid Solheim can’t get in to Bramble Civil"), "{}", known.body);
        assert!(known.body.contains(&format!("/console/contacts/{}/invite?back=", contact.id)), "{}", known.body);
        let one = browser.get("/console/why?q=omar").await;
        assert_eq!((one.status, one.location()), (StatusCode::SEE_OTHER, "/console/why?q=omar.haddad%40bramble.test"));
        assert!(ok(&mut browser, "/console/why?q=%3Cscript%3E").await.body.contains("Nobody is called “&#60;script&#62;”"));
        ok(&mut browser, "/console/why").await;
    }

    async fn r8_another_businesss_portal_user_is_like_one_who_never_was(w: World) {
        let (_, [omar, ..], [bramble, _]) = three(&w).await;
        let other = w.another("Harbour Strata").await;
        let tom = other.staff("tom").may(Everything).await;
        let mut browser = other.console(&tom.token);
        for path in [page_of(&omar), format!("{}/disable", page_of(&omar)), format!("/console/portal-users?client={}", bramble.id)] {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for act in ["enable", "unlock", "require-password-change", "sessions/end"] {
            let path = format!("{}/{act}", page_of(&omar));
            assert_eq!(browser.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(browser.get("/console/portal-users/not-an-id").await.status, StatusCode::NOT_FOUND);
        assert!(names(&ok(&mut browser, "/console/portal-users").await).is_empty());
        assert!(ok(&mut browser, "/console/why?q=omar.haddad%40bramble.test").await.body.contains("knows nobody"));
    }
}

impl World {
    /// A portal user as they are now.
    async fn user(&self, person: &Person) -> portal_user::PortalUser {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let account =
            account::store::look_for(&mut look.tx, Realm::Portal, &email(&person.email)).await.unwrap().unwrap();
        portal_user::store::of_account(&mut look, account.id).await.unwrap().unwrap()
    }
}
