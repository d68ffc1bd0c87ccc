//! One sign-in, many doors (U3): from one client account, and from one business, to the next.

use crate::http::Reply;
use crate::world::{World, both};
use axum::http::StatusCode;
use vestibule::access::Role;
use vestibule::base::id::{ClientId, ContactId, LinkId};
use vestibule::base::text::{CompanyName, Reference};
use vestibule::client::Client;
use vestibule::{contact, door, group, link};

/// Links a person to one more client account.
async fn linked(w: &World, person: &crate::world::Person, name: &str) -> ClientId {
    let client = w.client(name).await;
    let contact = w.contact(&person.email, &client).await;
    let invitation = w.invite(&w.operator(), &contact).await;
    let inside = w.door(&person.token).await.unwrap();
    door::invitation::accept(&w.app, &invitation, &inside).await.unwrap();
    client.id
}

/// Links a person to many more, without a letter each.
async fn linked_to_many(w: &World, person: &crate::world::Person, many: usize) {
    let mut act = w.app.begin(&w.operator()).await.unwrap();
    let now = act.now;
    for n in 0..many {
        let client = Client {
            id: ClientId::new(now),
            reference: Reference::parse(&format!("M-{n}")).unwrap(),
            name: CompanyName::parse(&format!("Many {n:04}")).unwrap(),
            email: None,
            phone: None,
            status: vestibule::client::Status::Active,
            exited_at: None,
            language: None,
            balance_cents: 0,
            created_at: now,
            version: 1,
        };
        vestibule::client::store::insert(&mut act, &client).await.unwrap();
        group::store::insert_default(&mut act, client.id).await.unwrap();
        let group = group::store::default_of(&mut act, client.id).await.unwrap();
        let mut contact = w.contact_now(person.contact).await;
        (contact.id, contact.client_id, contact.company) = (ContactId::new(now), client.id, client.name.to_string());
        let contact = contact::store::insert(&mut act, contact).await.unwrap();
        let link = link::Link {
            id: LinkId::new(now),
            contact_id: contact.id,
            client_id: client.id,
            portal_user_id: person.user,
            group_id: group.id,
            role: Role::Member,
            state: link::State::Active,
            invited_email: contact.details.email.clone(),
            made_at: now,
            ended_at: None,
        };
        link::store::insert(&mut act, &link).await.unwrap();
    }
    act.commit_all(Vec::new()).await.unwrap();
}

fn shows(reply: &Reply, words: &[&str]) {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    for words in words {
        assert!(reply.body.contains(words), "“{words}” in {}", reply.body);
    }
}

both! {
    async fn u3_each_tab_stands_in_its_own_client_account_and_the_next_business_is_one_click_away(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        let second = linked(&w, &omar, "Coldstream").await;
        let there = linked(&other, &omar, "Elsewhere").await;
        let base = format!("/portal/{}", w.business.slug);
        let mut browser = w.portal(&omar.token);
        let first = browser.get(&format!("{base}/clients/{}", omar.client)).await;
        shows(&first, &["<h1 tabindex=\"-1\">Bellweather</h1>", &format!("href=\"{base}/clients/{second}\""), "Your other portals", "href=\"/portal/harbour-accounting\""]);
        shows(&browser.get(&format!("{base}/clients/{second}")).await, &["<h1 tabindex=\"-1\">Coldstream</h1>"]);
        shows(&browser.get(&format!("{base}/clients/{}", omar.client)).await, &["<h1 tabindex=\"-1\">Bellweather</h1>"]);
        let over = browser.get("/portal/harbour-accounting").await;
        assert_eq!(over.location(), format!("/portal/harbour-accounting/clients/{there}"), "without signing in again");
        let home = browser.get(over.location()).await;
        shows(&home, &["Harbour Accounting", "/portal/harbour-accounting/brand.css", "Tidewater Haulage"]);
        assert!(!home.body.contains("Bellweather"), "nothing of one business is seen at another");
    }

    async fn u3_however_many_client_accounts_the_switcher_holds_a_few_and_the_rest_are_searched(w: World) {
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        linked_to_many(&w, &omar, 120).await;
        let base = format!("/portal/{}", w.business.slug);
        let mut browser = w.portal(&omar.token);
        let home = browser.get(&format!("{base}/clients/{}", omar.client)).await;
        shows(&home, &["<h1 tabindex=\"-1\">Bellweather</h1>", "All your client accounts", "<span class=\"strong clip\">Many 0"]);
        assert!(home.body.matches("/clients/").count() < 30, "a few, not all");
        let all = browser.get(&format!("{base}/accounts")).await;
        shows(&all, &["Bellweather", "Many 0000", "Show more"]);
        // The menu above holds whichever eight there is room for.
        let listed = |reply: &Reply| reply.body.split_once("<main").unwrap().1.to_owned();
        assert!(!listed(&all).contains("Many 0060"));
        let next = all.body.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains("after=")).unwrap().replace("&#38;", "&");
        shows(&browser.get(&next).await, &["Many 0060"]);
        let found = browser.get(&format!("{base}/accounts?q=MANY+011")).await;
        shows(&found, &["Many 0110", "Many 0119"]);
        assert!(!listed(&found).contains("Many 0001"));
        // The first that has no room in the menu is named there nevertheless while somebody is in it.
        let ninth = browser.get(&format!("{base}/accounts?q=MANY+0007")).await.body;
        let path = ninth.rsplit_once("Many 0007").and_then(|(before, _)| before.rsplit_once("href=\"")).unwrap().1.split('"').next().unwrap();
        shows(&browser.get(path).await, &["<b class=\"clip\">Many 0007</b>"]);
        shows(&browser.get(&format!("{base}/accounts?q=%25")).await, &["No client account has a name like that"]);
    }
}
