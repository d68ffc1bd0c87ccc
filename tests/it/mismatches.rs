//! Where contacts and people's own accounts say two things (C5), through the console's pages.

use crate::http::{Browser, Reply};
use crate::world::{Everything, Person, World, both};
use axum::http::StatusCode;
use vestibule::access::Permission;
use vestibule::account;
use vestibule::audit::Entry;
use vestibule::base::id::ContactId;
use vestibule::contact::mismatch::acts::settle;
use vestibule::contact::mismatch::store::{keep, of_contact, sides};
use vestibule::contact::mismatch::{Choice, Field, Kept, key, shown, still_kept, store};
use vestibule::contact::{self, Typed};
use vestibule::db::Query;
use vestibule::staff::acts::Rights;
use vestibule::{link, portal_user};

/// The person changes their own account.
async fn says(w: &World, person: &Person, field: Field, value: &str) {
    let mut act = w.app.begin(&w.operator()).await.unwrap();
    let statement = match field {
        Field::Title => "UPDATE account SET title = $2, version = version + 1 WHERE id = $1",
        Field::CellPhone => "UPDATE account SET cell_phone = $2, version = version + 1 WHERE id = $1",
        Field::LastName => "UPDATE account SET last_name = $2, version = version + 1 WHERE id = $1",
        Field::Email => "UPDATE account SET email = $2, email_key = $2, version = version + 1 WHERE id = $1",
        other => panic!("say how {other:?} is changed"),
    };
    let value = (!value.is_empty()).then(|| value.to_owned());
    Query::new(statement).bind(person.account).bind(value).run(&mut act.tx).await.unwrap();
    let account = account::store::find(&mut act.tx, person.account).await.unwrap();
    portal_user::store::refresh_copies(&mut act, &account).await.unwrap();
    act.commit(Entry::PersonSignedOut { account: person.account, portal_user: None }).await.unwrap();
}

/// Staff change what is on record.
async fn record(w: &World, id: ContactId, change: impl FnOnce(&mut Typed)) {
    let contact = w.contact_now(id).await;
    let mut typed = Typed::from(&contact.details);
    change(&mut typed);
    let details = typed.parse().unwrap();
    link::acts::edit_contact(&w.app, &w.operator(), id, contact.version, details).await.unwrap();
}

async fn page(browser: &mut Browser, path: &str) -> String {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply.body
}

async fn done(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> String {
    let reply: Reply = browser.post(path, form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}: {}", reply.body);
    page(browser, reply.location()).await
}

/// The fields that staff are asked about, each with the id that stands for the two values.
async fn asked(w: &World, contact: ContactId) -> Vec<(Field, String)> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    of_contact(&mut look, contact).await.unwrap().iter().map(|asked| (asked.field, asked.id.to_string())).collect()
}

async fn fields(w: &World, contact: ContactId) -> Vec<Field> {
    asked(w, contact).await.into_iter().map(|(field, _)| field).collect()
}

async fn id_of(w: &World, contact: ContactId, field: Field) -> String {
    asked(w, contact).await.into_iter().find(|(known, _)| *known == field).unwrap().1
}

const SENTENCE: &str =
    "This phone number does not match the phone number in the contact’s Client Portal account: <b>0423456789</b>";

both! {
    async fn c5_the_notice_says_both_values_and_what_was_kept_is_quiet_until_theirs_changes_again(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let joel = w.person("joel.okafor@marlow.test", &w.client("Marlow Property").await).await;
        let path = format!("/console/contacts/{}", joel.contact);
        record(&w, joel.contact, |typed| typed.cell_phone = "0491 570 156".into()).await;
        assert_eq!(fields(&w, joel.contact).await, [], "an account that says nothing contradicts nobody");
        says(&w, &joel, Field::CellPhone, "0423456789").await;
        let told = page(&mut browser, &path).await;
        for text in [SENTENCE, "Use the portal phone number", "Keep ours", "1 differs from the portal", "value=\"0491 570 156\""] {
            assert!(told.contains(text), "{text}: {told}");
        }
        let kept = done(&mut browser, &format!("{path}/mismatch"), &[("ours", &id_of(&w, joel.contact, Field::CellPhone).await)]).await;
        assert!(kept.contains("Your value is kept") && !kept.contains(SENTENCE), "{kept}");
        says(&w, &joel, Field::Title, "Foreman").await;
        assert_eq!(fields(&w, joel.contact).await, [Field::Title], "another field of theirs changed; this one stays quiet");
        record(&w, joel.contact, |typed| typed.cell_phone = "0491 570 999".into()).await;
        assert_eq!(fields(&w, joel.contact).await, [Field::Title], "ours changed; theirs did not");
        says(&w, &joel, Field::CellPhone, "0400 000 000").await;
        assert_eq!(fields(&w, joel.contact).await, [Field::CellPhone, Field::Title], "theirs changed again");
        says(&w, &joel, Field::CellPhone, "0423456789").await;
        assert!(page(&mut browser, &path).await.contains(SENTENCE), "back to what was kept once: it changed again");
        assert_eq!(w.contact_now(joel.contact).await.details.cell_phone.unwrap().as_str(), "0491 570 999", "nothing is overwritten unasked");
    }

    async fn c5_use_theirs_takes_one_value_and_the_log_says_before_and_after(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let joel = w.person("joel.okafor@marlow.test", &w.client("Marlow Property").await).await;
        record(&w, joel.contact, |typed| typed.cell_phone = "0491 570 156".into()).await;
        says(&w, &joel, Field::CellPhone, "0423456789").await;
        says(&w, &joel, Field::LastName, "Okafor-Bell").await;
        let path = format!("/console/contacts/{}/mismatch", joel.contact);
        let old = id_of(&w, joel.contact, Field::LastName).await;
        let told = done(&mut browser, &path, &[("theirs", &id_of(&w, joel.contact, Field::CellPhone).await)]).await;
        assert!(told.contains("The portal account’s value is on record now") && !told.contains(SENTENCE), "{told}");
        let audit = w.audit().await;
        let Some(Entry::TheirsTaken { changes, portal_user, .. }) = &audit[0].entry else { panic!("{:?}", audit[0]) };
        assert_eq!(changes, &[("cell phone".to_owned(), "0491 570 156".to_owned(), "0423456789".to_owned())]);
        assert_eq!(*portal_user, joel.user);
        assert!(told.contains("took what the portal account says: changed the cell phone from “0491 570 156” to “0423456789”"), "{told}");
        // Theirs changes while the page is open: nobody takes a value that they have not seen.
        says(&w, &joel, Field::LastName, "Bell").await;
        let late = done(&mut browser, &path, &[("theirs", &old)]).await;
        assert!(late.contains("It was settled or changed meanwhile"), "{late}");
        assert_eq!(w.contact_now(joel.contact).await.details.last_name.as_str(), "Okafor");
        assert_eq!(w.audit().await.len(), audit.len() + 1, "only the person's own change");
    }

    async fn c5_an_address_is_taken_only_where_it_names_nobody_else_and_is_not_blocked(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let marlow = w.client("Marlow Property").await;
        let joel = w.person("joel.okafor@marlow.test", &marlow).await;
        let path = format!("/console/contacts/{}/mismatch", joel.contact);
        w.contact("joel@marlow.test", &marlow).await;
        let gone = w.contact("gone@marlow.test", &marlow).await;
        link::acts::block(&w.app, &w.operator(), gone.id, None).await.unwrap();
        record(&w, gone.id, |typed| typed.email = "elsewhere@marlow.test".into()).await;
        for (theirs, why) in [("joel@marlow.test", "already has a contact with this email address"), ("gone@marlow.test", "is blocked from Marlow Property’s portal")] {
            says(&w, &joel, Field::Email, theirs).await;
            let told = done(&mut browser, &path, &[("theirs", &id_of(&w, joel.contact, Field::Email).await)]).await;
            assert!(told.contains("Nothing was changed") && told.contains(why), "{told}");
        }
        says(&w, &joel, Field::Email, "j.okafor@marlow.test").await;
        done(&mut browser, &path, &[("theirs", &id_of(&w, joel.contact, Field::Email).await)]).await;
        assert_eq!(w.contact_now(joel.contact).await.details.email.as_str(), "j.okafor@marlow.test");
        assert_eq!(fields(&w, joel.contact).await, []);
    }

    async fn c5_the_inbox_is_filtered_searched_and_settled_in_bulk_with_one_entry_per_contact(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let mut browser = w.console(&nadia.token);
        let marlow = w.client("Marlow Property").await;
        let mut people = Vec::new();
        for n in 0..13 {
            let person = w.person(&format!("person{n:02}.abel@marlow.test"), &marlow).await;
            says(&w, &person, Field::Title, "Clerk").await;
            says(&w, &person, Field::CellPhone, "0423456789").await;
            people.push(person);
        }
        let list = page(&mut browser, "/console/mismatches?field=title&per=10").await;
        for text in ["13 differences", "Field: Title", "1 to 10 of 13", "Select all 13 in this view"] {
            assert!(list.contains(text), "{text}: {list}");
        }
        assert!(page(&mut browser, "/console/mismatches?q=person07").await.contains("2 differences"));
        assert!(page(&mut browser, "/console/mismatches?q=nobody").await.contains("Nothing fits"));
        let (one, two) = (people[0].contact, people[1].contact);
        let ids = [id_of(&w, one, Field::Title).await, id_of(&w, one, Field::CellPhone).await, id_of(&w, two, Field::Title).await];
        let before = w.audit().await.len();
        let ticked: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        let kept = done(&mut browser, "/console/mismatches/ours", &ticked).await;
        assert!(kept.contains("3 fields kept as they are on record"), "{kept}");
        let audit = w.audit().await;
        assert_eq!(audit.len(), before + 2, "one entry for each contact");
        assert!(audit.iter().take(2).all(|recorded| matches!(recorded.entry, Some(Entry::OursKept { .. }))));
        let filter = list.split("name=\"all\" value=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        // What comes after the list was seen is not settled unseen.
        w.pass(1);
        let late = w.person("late.comer@marlow.test", &marlow).await;
        says(&w, &late, Field::Title, "Clerk").await;
        let question = browser.post("/console/mismatches/theirs", &[("all", &filter)]).await;
        assert_eq!(question.status, StatusCode::OK);
        assert!(question.body.contains("Use what the portal accounts say in 11 fields?"), "{}", question.body);
        assert_eq!(w.contact_now(people[5].contact).await.details.title, None, "asking changes nothing");
        let taken = done(&mut browser, "/console/mismatches/theirs", &[("all", &filter), ("sure", "yes")]).await;
        assert!(taken.contains("11 fields taken from the portal accounts"), "{taken}");
        assert_eq!(w.contact_now(people[5].contact).await.details.title.unwrap().as_str(), "Clerk");
        assert_eq!(w.contact_now(one).await.details.title, None, "what was kept is kept");
        assert_eq!(fields(&w, late.contact).await, [Field::Title]);
        assert_eq!(fields(&w, people[5].contact).await, [Field::CellPhone]);
        let none = done(&mut browser, "/console/mismatches/ours", &[]).await;
        assert!(none.contains("Select at least one difference"), "{none}");
        let left = page(&mut browser, "/console/mismatches").await;
        assert!(left.contains("13 differences"), "twelve phones and the late title: {left}");
    }

    async fn c5_what_differs_ends_with_the_link_and_is_asked_anew_with_the_next(w: World) {
        let marlow = w.client("Marlow Property").await;
        let joel = w.person("joel.okafor@marlow.test", &marlow).await;
        says(&w, &joel, Field::Title, "Clerk").await;
        says(&w, &joel, Field::CellPhone, "0423456789").await;
        let title = id_of(&w, joel.contact, Field::Title).await.parse().unwrap();
        settle(&w.app, &w.operator(), &[title], Choice::Ours).await.unwrap();
        link::acts::block(&w.app, &w.operator(), joel.contact, None).await.unwrap();
        assert_eq!(fields(&w, joel.contact).await, []);
        link::acts::unblock(&w.app, &w.operator(), joel.contact).await.unwrap();
        let invitation = w.invite(&w.operator(), &w.contact_now(joel.contact).await).await;
        let business = w.business_now().await;
        vestibule::door::invitation::accept(&w.app, &invitation, &w.door(&joel.token).await.unwrap()).await.unwrap();
        assert_eq!(business.id, w.business.id);
        assert_eq!(fields(&w, joel.contact).await, [Field::CellPhone, Field::Title], "a new link, a new question");
    }

    async fn c5_s44_each_business_is_asked_about_its_own_contacts(w: World) {
        let other = w.another("Overseas Freight").await;
        let joel = w.person("joel.okafor@marlow.test", &w.client("Marlow Property").await).await;
        let theirs = other.contact("joel.okafor@marlow.test", &other.client("Marlow Overseas").await).await;
        let invitation = other.invite(&other.operator(), &theirs).await;
        vestibule::door::invitation::accept(&other.app, &invitation, &other.door(&joel.token).await.unwrap()).await.unwrap();
        says(&w, &joel, Field::Title, "Clerk").await;
        assert_eq!(fields(&w, joel.contact).await, [Field::Title]);
        assert_eq!(fields(&other, theirs.id).await, [Field::Title], "the other business's copy is kept true, too");
        let foreign = id_of(&other, theirs.id, Field::Title).await.parse().unwrap();
        let settled = settle(&w.app, &w.operator(), &[foreign], Choice::Theirs).await.unwrap();
        assert_eq!((settled.done, settled.skipped.len()), (0, 1));
        assert_eq!(other.contact_now(theirs.id).await.details.title, None);
        let looker = w.staff("lena").may(Rights::Only([Permission::ClientsView].into())).await;
        let mut browser = w.console(&looker.token);
        assert!(!page(&mut browser, "/console/mismatches").await.contains("Use theirs"));
        assert_eq!(browser.post("/console/mismatches/ours", &[]).await.status, StatusCode::FORBIDDEN);
    }

    /// Whatever happens in whatever order: what is stored is what the pure rule says, and the tallies are the rows.
    async fn c5_what_is_stored_is_what_differs_whatever_happens(w: World) {
        let joel = w.person("joel.okafor@marlow.test", &w.client("Marlow Property").await).await;
        let (values, mut number) = (["", "Clerk", "Foreman", "0423456789"], 7u64);
        let mut kept: Vec<Kept> = Vec::new();
        for _ in 0..40 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (field, value) = match (number >> 33) % 4 {
                0 => (Field::CellPhone, values[if (number >> 40).is_multiple_of(2) { 0 } else { 3 }]),
                _ => (Field::Title, values[usize::try_from((number >> 40) % 3).unwrap()]),
            };
            match (number >> 50) % 4 {
                0 | 1 => says(&w, &joel, field, value).await,
                2 => {
                    record(&w, joel.contact, |typed| match field {
                        Field::Title => typed.title = value.into(),
                        _ => typed.cell_phone = value.into(),
                    })
                    .await;
                }
                _ => {
                    let mut act = w.app.begin(&w.operator()).await.unwrap();
                    let side = sides(&mut act, &[joel.contact]).await.unwrap().remove(0);
                    keep(&mut act, &[(&side, field)], "Nadia").await.unwrap();
                    store::refresh(&mut act, &[joel.contact]).await.unwrap();
                    act.commit(Entry::PersonSignedOut { account: joel.account, portal_user: None }).await.unwrap();
                    kept.retain(|(known, _)| *known != field);
                    kept.push((field, key(&side.theirs, field)));
                }
            }
            let mut act = w.app.begin(&w.operator()).await.unwrap();
            let side = sides(&mut act, &[joel.contact]).await.unwrap().remove(0);
            kept.retain(|kept| still_kept(&side.theirs, kept));
            let mut expected: Vec<Field> = shown(&side.ours, &side.theirs, &kept).iter().map(|d| d.field).collect();
            expected.sort_by_key(|field| field.code());
            assert_eq!(fields(&w, joel.contact).await, expected);
            let counts = contact::mismatch::list::counts(&mut act).await.unwrap();
            let counted: i64 = counts.iter().map(|(_, n)| n).sum();
            assert_eq!(usize::try_from(counted).unwrap(), expected.len());
        }
    }
}
