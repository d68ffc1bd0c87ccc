//! Records: what staff share, who of a client sees it, and who does not, whatever address is guessed.

use crate::http::Reply;
use crate::world::{Everything, Person, World, both};
use axum::http::StatusCode;
use vestibule::access::gates::{Gate, Stand};
use vestibule::access::{RecordKind, Role, Sight};
use vestibule::audit::Entry;
use vestibule::base::id::GroupId;
use vestibule::base::page::{PageSize, Position};
use vestibule::business;
use vestibule::client::Client;
use vestibule::db::Query;
use vestibule::door::person::{Wanted, enter_for};
use vestibule::listing::{Needle, Total};
use vestibule::record::list::{self, Ask, Filter, Reader, Sort};
use vestibule::record::{self, Record, Sharing, State, Typed};
use vestibule::staff::acts::Rights;
use vestibule::{access, link};

impl World {
    /// Something shared with a client, as the operator would.
    pub async fn share(&self, client: &Client, kind: RecordKind, number: &str, with: Sharing) -> Record {
        self.pass(1);
        let typed = Typed {
            number: number.into(),
            title: format!("About {number}"),
            on: "2026-11-03".into(),
            until: "2026-11-24".into(),
            amount: "4,862.00".into(),
            currency: "AUD".into(),
            ..Typed::default()
        };
        let details = typed.parse(kind).unwrap();
        record::acts::share(&self.app, &self.operator(), client.id, kind, details, with).await.unwrap()
    }

    /// A group that a client made.
    pub async fn seeing_group(&self, client: &Client, name: &str, may_see: Sight) -> GroupId {
        let mut tx = self.app.db.write().await.unwrap();
        let id = GroupId::new(self.app.clock.now());
        Query::new(
            "INSERT INTO user_group (business_id, id, client_id, name, name_key, kind, may_see, created_at)
             VALUES ($1, $2, $3, $4, $5, 'custom', $6, 0)",
        )
        .bind(self.business.id)
        .bind(id)
        .bind(client.id)
        .bind(name)
        .bind(name.to_lowercase())
        .bind(&may_see)
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Puts a person into a group.
    pub async fn puts_into(&self, person: &Person, group: GroupId) {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let link = link::store::of_contact(&mut look, person.contact).await.unwrap().unwrap();
        drop(look);
        let place = link::places::Place { group, role: Role::Member };
        link::places::place(&self.app, &self.operator(), person.user, link.id, link.place(), place).await.unwrap();
    }

    /// The numbers that a person of a client finds, over all kinds.
    async fn finds(&self, person: &Person) -> Vec<String> {
        let door = self.door_of(&person.token, person.client).await.unwrap();
        let tie = door.client.unwrap();
        let reader = Reader::Person { group: tie.group_id, contact: tie.contact_id };
        let filter = Filter { kinds: door.records, ..Filter::default() };
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let ask = Ask { filter, sort: Sort::Number, ..Ask::default() };
        let listed = list::list(&mut look, person.client, reader, &ask).await.unwrap();
        listed.page.rows.iter().map(|row| row.number.to_string()).collect()
    }

    /// Whether a person gets in to a kind of records, and which gate stops them.
    async fn stopped_at(&self, person: &Person, kind: RecordKind) -> Option<Gate> {
        let business = self.business_now().await;
        let wanted = Wanted::Records(person.client, kind);
        let door = enter_for(&self.app, &business, &person.token, wanted, crate::world::origin("198.51.100.20")).await;
        door.unwrap().closed()
    }
}

fn shows(reply: &Reply, status: StatusCode, words: &[&str]) {
    assert_eq!(reply.status, status, "{}", reply.body);
    for words in words {
        assert!(reply.body.contains(words), "“{words}” in {}", reply.body);
    }
}

/// An invoice as its form posts it.
const INVOICE: [(&str, &str); 8] = [
    ("number", "20418"),
    ("title", "Cartage, October, 14 loads"),
    ("text", "Loads 1 to 14.\r\nTip fees included."),
    ("stage", "open"),
    ("on", "2026-11-03"),
    ("until", "2026-11-24"),
    ("amount", "4,862.00"),
    ("currency", "AUD"),
];

fn invoice<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = INVOICE.iter().copied().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more.iter().copied()).collect()
}

both! {
    async fn a_record_reaches_only_those_it_is_shared_with(w: World) {
        let client = w.client("Bellweather").await;
        let crew = w.seeing_group(&client, "Site crew", Sight::everything()).await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.puts_into(&lucy, crew).await;
        w.share(&client, RecordKind::Invoice, "1 all", Sharing::Client).await;
        w.share(&client, RecordKind::Invoice, "2 crew", Sharing::Groups(vec![crew])).await;
        let omars = w.share(&client, RecordKind::Document, "3 omar", Sharing::Contacts(vec![omar.contact])).await;
        assert_eq!(w.finds(&omar).await, ["1 all", "3 omar"]);
        assert_eq!(w.finds(&lucy).await, ["1 all", "2 crew"]);

        // Whoever it is no longer shared with does not see it from the very next request (S47).
        let details = omars.details.clone();
        let lucys = Sharing::Contacts(vec![lucy.contact]);
        record::acts::change(&w.app, &w.operator(), omars.id, 1, details, lucys).await.unwrap();
        assert_eq!(w.finds(&omar).await, ["1 all"]);
        assert_eq!(w.finds(&lucy).await, ["1 all", "2 crew", "3 omar"]);

        record::acts::withdraw(&w.app, &w.operator(), omars.id).await.unwrap();
        assert_eq!(w.finds(&lucy).await, ["1 all", "2 crew"]);
        let again = record::acts::withdraw(&w.app, &w.operator(), omars.id).await.unwrap_err();
        assert_eq!((again.status(), again.to_string().contains("already withdrawn")), (409, true));
    }

    async fn s44_a_record_is_shared_with_nobody_of_another_client(w: World) {
        let (client, other) = (w.client("Bellweather").await, w.client("Coldstream").await);
        let theirs = w.seeing_group(&other, "Crew", Sight::everything()).await;
        let contact = w.contact("ana@other.test", &other).await;
        let details = w.share(&client, RecordKind::Docket, "1", Sharing::Client).await.details;
        for wrong in [Sharing::Groups(vec![theirs]), Sharing::Contacts(vec![contact.id])] {
            let details = record::Details { number: vestibule::base::text::Reference::parse("2").unwrap(), ..details.clone() };
            let refused = record::acts::share(&w.app, &w.operator(), client.id, RecordKind::Docket, details, wrong).await;
            assert_eq!(refused.unwrap_err().status(), 422);
        }
        // Nothing of one client is ever seen under another.
        let omar = w.person("omar@other.test", &other).await;
        assert_eq!(w.finds(&omar).await, Vec::<String>::new());
    }

    async fn a_kind_that_is_switched_off_or_not_for_the_group_does_not_exist(w: World) {
        let client = w.client("Bellweather").await;
        let dockets: Sight = [RecordKind::Docket].into_iter().collect();
        let crew = w.seeing_group(&client, "Site crew", dockets.clone()).await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.puts_into(&lucy, crew).await;
        for (kind, number) in [(RecordKind::Invoice, "1"), (RecordKind::Docket, "2")] {
            w.share(&client, kind, number, Sharing::Client).await;
        }
        assert_eq!(w.finds(&lucy).await, ["2"]);
        assert_eq!(w.stopped_at(&lucy, RecordKind::Invoice).await, Some(Gate::GroupMaySee));
        assert_eq!(w.stopped_at(&lucy, RecordKind::Docket).await, None);
        assert_eq!(w.finds(&omar).await, ["1", "2"]);

        let nadia = w.staff("nadia").may(Everything).await;
        let on = Sight::everything().but(&dockets);
        business::acts::set_features(&w.app, &nadia.actor, on.clone()).await.unwrap();
        assert_eq!(w.finds(&omar).await, ["1"]);
        assert_eq!(w.finds(&lucy).await, Vec::<String>::new());
        assert_eq!(w.stopped_at(&omar, RecordKind::Docket).await, Some(Gate::FeatureOn));
        let entry = w.audit().await.remove(0);
        assert!(matches!(&entry.entry, Some(Entry::FeaturesChanged { on, off }) if on.is_empty() && off == "docket"));
        assert!(business::acts::set_features(&w.app, &nadia.actor, on.clone()).await.is_err(), "it is so already");
        let known = w.door_of(&omar.token, client.id).await.unwrap().decision;
        assert_eq!(known.of(Gate::FeatureOn), Stand::NotAsked, "the client's own pages ask for no kind");
    }

    async fn staff_share_change_and_withdraw_by_page(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let mut console = w.console(&nadia.token);
        let list = format!("/console/clients/{}/records", client.id);
        shows(&console.get(&list).await, StatusCode::OK, &["Nothing is shared with Bellweather yet", "Share"]);
        let new = format!("{list}/new?kind=invoice");
        shows(&console.get(&new).await, StatusCode::OK, &["Due on", "Amount", "Everybody of the client"]);
        let wrong = console.post(&new, &invoice(&[("number", ""), ("until", "2026-11-01"), ("audience", "groups")])).await;
        shows(&wrong, StatusCode::UNPROCESSABLE_ENTITY, &["The number is missing", "before the other one", "Choose at least one group", "<title>Error: "]);
        let shared = console.post(&new, &invoice(&[("audience", "client")])).await;
        assert_eq!(shared.status, StatusCode::SEE_OTHER, "{}", shared.body);
        let path = shared.location().to_owned();
        shows(&console.get(&path).await, StatusCode::OK, &["Invoice 20418 is shared with Bellweather", "4862.00", "shared invoice 20418 with everybody"]);
        shows(&console.get(&list).await, StatusCode::OK, &["20418", "4,862.00 AUD", "Everybody", "1 record"]);
        let twice = console.post(&new, &invoice(&[("audience", "client")])).await;
        shows(&twice, StatusCode::UNPROCESSABLE_ENTITY, &["This client already has the invoice 20418"]);

        let paid = console.post(&path, &invoice(&[("version", "1"), ("audience", "client"), ("stage", "paid")])).await;
        assert_eq!(paid.location(), path, "{}", paid.body);
        shows(&console.get(&path).await, StatusCode::OK, &["changed the state from “open” to “paid”"]);
        // Somebody else was quicker: nothing is overwritten unseen.
        let late = console.post(&path, &invoice(&[("version", "1"), ("audience", "client"), ("amount", "5")])).await;
        shows(&late, StatusCode::CONFLICT, &["Somebody else changed this invoice", "State: it is “paid” now, you typed “open”"]);
        let same = console.post(&path, &invoice(&[("version", "2"), ("audience", "client"), ("stage", "paid")])).await;
        assert_eq!(same.status, StatusCode::SEE_OTHER);
        shows(&console.get(&path).await, StatusCode::OK, &["Nothing was changed"]);

        shows(&console.get(&format!("{path}/withdraw")).await, StatusCode::OK, &["Withdraw invoice 20418?", "Yes, withdraw it"]);
        console.post(&format!("{path}/withdraw"), &[]).await;
        shows(&console.get(&path).await, StatusCode::OK, &["This invoice is withdrawn", "withdrew invoice 20418"]);
        let gone = console.post(&path, &invoice(&[("version", "3"), ("audience", "client")])).await;
        assert_eq!(gone.status, StatusCode::CONFLICT);
        shows(&console.get(&format!("{list}?state=shared")).await, StatusCode::OK, &["Nothing fits"]);
    }

    async fn who_may_not_share_sees_what_is_shared_and_changes_nothing(w: World) {
        let client = w.client("Bellweather").await;
        let record = w.share(&client, RecordKind::Statement, "Q3", Sharing::Client).await;
        let kim = w.staff("kim").may(Rights::Only(vec![access::Permission::ClientsView])).await;
        let mut console = w.console(&kim.token);
        let page = console.get(&format!("/console/records/{}", record.id)).await;
        shows(&page, StatusCode::OK, &["What it says", "Everybody of the client"]);
        assert!(!page.body.contains("Withdraw"), "{}", page.body);
        let details = record.details.clone();
        let refused = record::acts::change(&w.app, &kim.actor, record.id, 1, details, Sharing::Client).await;
        assert_eq!(refused.unwrap_err().status(), 403);
    }

    async fn features_are_switched_by_page(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let mut console = w.console(&nadia.token);
        shows(&console.get("/console/features").await, StatusCode::OK, &["What clients see", "Bookings"]);
        let saved = console.post("/console/features", &[("booking", "on"), ("document", "on")]).await;
        assert_eq!(saved.location(), "/console/features");
        assert_eq!(w.business_now().await.features.code(), "booking document");
        let list = format!("/console/clients/{}/records", client.id);
        shows(&console.get(&list).await, StatusCode::OK, &["Nobody of any client sees invoices, dockets, statements"]);
        shows(&console.get(&format!("{list}/new?kind=docket")).await, StatusCode::OK, &["Dockets are switched off"]);
    }

    async fn a_list_is_filtered_sorted_searched_and_paged_and_misses_nothing(w: World) {
        let client = w.client("Bellweather").await;
        for n in 0..12 {
            let kind = if n % 3 == 0 { RecordKind::Docket } else { RecordKind::Invoice };
            w.share(&client, kind, &format!("N-{n:02}"), Sharing::Client).await;
        }
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        for sort in Sort::ALL {
            for direction in [vestibule::base::page::Direction::Ascending, vestibule::base::page::Direction::Descending] {
                let kinds: Sight = [RecordKind::Invoice, RecordKind::Docket].into_iter().collect();
                let ask = |position| Ask {
                    filter: Filter { kinds: kinds.clone(), ..Filter::default() },
                    sort: *sort,
                    direction,
                    position,
                    size: PageSize::asked(Some(10)),
                    ..Ask::default()
                };
                let first = list::list(&mut look, client.id, Reader::Staff, &ask(Position::Start)).await.unwrap();
                assert_eq!((first.page.rows.len(), first.total, first.first), (10, Total::Exactly(12), Some(1)));
                let next = Position::After(first.page.next.clone().unwrap());
                let second = list::list(&mut look, client.id, Reader::Staff, &ask(next)).await.unwrap();
                assert_eq!((second.page.rows.len(), second.page.next.is_none()), (2, true));
                let mut seen: Vec<String> =
                    first.page.rows.iter().chain(&second.page.rows).map(|row| row.number.to_string()).collect();
                seen.sort_unstable();
                seen.dedup();
                assert_eq!(seen.len(), 12, "{sort:?} {direction:?}");
                let back = Position::Before(second.page.previous.clone().unwrap());
                let again = list::list(&mut look, client.id, Reader::Staff, &ask(back)).await.unwrap();
                assert_eq!(again.page.rows, first.page.rows);
            }
        }
        let searched = |text: &str| Ask {
            filter: Filter { kinds: Sight::everything(), ..Filter::default() },
            search: Needle::typed(text),
            ..Ask::default()
        };
        let found = list::list(&mut look, client.id, Reader::Staff, &searched("n-07")).await.unwrap();
        assert_eq!(found.page.rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["N-07"]);
        let none = Ask { filter: Filter::default(), ..searched("n-07") };
        assert_eq!(list::list(&mut look, client.id, Reader::Staff, &none).await.unwrap().total, Total::Exactly(0));
        let withdrawn = Filter { kinds: Sight::everything(), state: Some(State::Withdrawn), ..Filter::default() };
        let ask = Ask { filter: withdrawn, ..Ask::default() };
        assert_eq!(list::list(&mut look, client.id, Reader::Staff, &ask).await.unwrap().total, Total::Exactly(0));
    }

    async fn u3_a_person_finds_what_is_shared_and_nothing_else_by_any_address(w: World) {
        let (client, other) = (w.client("Bellweather").await, w.client("Coldstream").await);
        let crew = w.seeing_group(&client, "Site crew", [RecordKind::Docket].into_iter().collect()).await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        w.puts_into(&lucy, crew).await;
        let all = w.share(&client, RecordKind::Invoice, "20418", Sharing::Client).await;
        let crews = w.share(&client, RecordKind::Docket, "D-1", Sharing::Groups(vec![crew])).await;
        let omars = w.share(&client, RecordKind::Invoice, "20500", Sharing::Contacts(vec![omar.contact])).await;
        let theirs = w.share(&other, RecordKind::Invoice, "30001", Sharing::Client).await;
        let base = format!("/portal/{}/clients/{}", w.business.slug, client.id);
        let (mut as_omar, mut as_lucy) = (w.portal(&omar.token), w.portal(&lucy.token));

        let list = as_omar.get(&format!("{base}/invoices")).await;
        shows(&list, StatusCode::OK, &["20418", "20500", "$4,862.00", "Due", "2 entries"]);
        assert!(!list.body.contains("30001"), "nothing of one client is ever seen under another");
        shows(&as_omar.get(&format!("{base}/invoices?q=20500")).await, StatusCode::OK, &["20500", "1 entry"]);
        shows(&as_omar.get(&format!("{base}/invoices?stage=paid")).await, StatusCode::OK, &["Nothing fits"]);
        shows(&as_omar.get(&format!("{base}/bookings")).await, StatusCode::OK, &["Nothing shared yet"]);
        let page = as_omar.get(&format!("{base}/invoices/{}", all.id)).await;
        shows(&page, StatusCode::OK, &["Invoice 20418", "About 20418", "3 Nov 2026", "24 Nov 2026"]);
        shows(&as_omar.get(&base).await, StatusCode::OK, &["things need you", "Invoice 20418 is due", "Recent invoices"]);

        // What a group may not see does not exist for it, also by a guessed address.
        let home = as_lucy.get(&base).await;
        shows(&home, StatusCode::OK, &["Dockets", "D-1"]);
        assert!(!home.body.contains("Invoices") && !home.body.contains("20418"), "{}", home.body);
        for path in [
            format!("{base}/invoices"),
            format!("{base}/invoices/{}", all.id),
            format!("{base}/invoices/{}", omars.id),
            format!("{base}/dockets/{}", omars.id),
            format!("{base}/rockets"),
        ] {
            assert_eq!(as_lucy.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [
            format!("{base}/dockets/{}", crews.id),
            format!("{base}/invoices/{}", theirs.id),
            format!("{base}/invoices/{}", crews.id),
            format!("{base}/invoices/not-an-id"),
            format!("/portal/{}/clients/{}/invoices", w.business.slug, other.id),
        ] {
            assert_eq!(as_omar.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        record::acts::withdraw(&w.app, &w.operator(), all.id).await.unwrap();
        assert_eq!(as_omar.get(&format!("{base}/invoices/{}", all.id)).await.status, StatusCode::NOT_FOUND);
    }

    async fn s57_files_are_told_by_their_content_and_handed_out_to_keep(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let (omar, lucy) = (w.person("omar@client.test", &client).await, w.person("lucy@client.test", &client).await);
        let with = Sharing::Contacts(vec![omar.contact]);
        let record = w.share(&client, RecordKind::Document, "Lease 2026", with).await;
        let path = format!("/console/records/{}", record.id);
        let mut console = w.console(&nadia.token);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        for (name, content, why) in [
            ("logo.svg", svg.as_slice(), "is not a kind of file that can be shared"),
            ("logo.png", svg, "is not a kind of file that can be shared"),
            ("lease.png", b"%PDF-1.7\n", "ends in .pdf"),
            ("empty.pdf", b"", "The file is empty"),
        ] {
            let refused = console.upload(&format!("{path}/files"), "file", name, content).await;
            shows(&refused, StatusCode::UNPROCESSABLE_ENTITY, &[why]);
        }
        let added = console.upload(&format!("{path}/files"), "file", "../Lease <2026>.pdf", b"%PDF-1.7\n1 0 obj").await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        let twice = console.upload(&format!("{path}/files"), "file", "Lease <2026>.pdf", b"%PDF-1.7\n2").await;
        shows(&twice, StatusCode::UNPROCESSABLE_ENTITY, &["already a file called"]);
        shows(&console.get(&path).await, StatusCode::OK, &["Lease &#60;2026&#62;.pdf", "PDF, 16 bytes"]);

        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let file = record::files::of(&mut look, record.id).await.unwrap().remove(0);
        drop(look);
        let there = format!("/portal/{}/clients/{}/documents/{}/files/{}", w.business.slug, client.id, record.id, file.id);
        let handed = w.portal(&omar.token).get(&there).await;
        assert_eq!((handed.status, handed.body.as_str()), (StatusCode::OK, "%PDF-1.7\n1 0 obj"));
        let header = |name: &str| handed.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment; filename=\"Lease _2026_.pdf\""), "{:?}", handed.headers);
        assert_eq!((header("content-type"), header("x-content-type-options")), ("application/pdf".into(), "nosniff".into()));

        // Whoever it is not shared with does not find it, whatever address is guessed.
        assert_eq!(w.portal(&lucy.token).get(&there).await.status, StatusCode::NOT_FOUND);
        let elsewhere = there.replace("/documents/", "/invoices/");
        assert_eq!(w.portal(&omar.token).get(&elsewhere).await.status, StatusCode::NOT_FOUND);
        let other = w.share(&client, RecordKind::Document, "Other", Sharing::Client).await;
        let crossed = there.replace(&record.id.to_string(), &other.id.to_string());
        assert_eq!(w.portal(&omar.token).get(&crossed).await.status, StatusCode::NOT_FOUND);

        console.post(&format!("{path}/files/{}/remove", file.id), &[]).await;
        assert_eq!(w.portal(&omar.token).get(&there).await.status, StatusCode::NOT_FOUND);
        shows(&console.get(&path).await, StatusCode::OK, &["No files yet", "removed the file Lease"]);
        w.pass(86_401);
        w.sweep().await;
        assert!(w.app.files.read(w.business.id, &file.digest).await.is_err(), "a day later its content is gone, too");
    }
}
