//! Long lists against a plain model of them: whatever is asked, every page is the same rows in the same order, forwards and
//! backwards, whichever way the engine takes to find them.

use crate::world::{World, both};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use tokio::runtime::Handle;
use uuid::Uuid;
use vestibule::access::Actor;
use vestibule::account;
use vestibule::base::hashing::Verdict;
use vestibule::base::id::ClientId;
use vestibule::base::page::{Cursor, Direction, Key, PageSize, Position};
use vestibule::base::text::fold;
use vestibule::contact;
use vestibule::listing::{Effort, Needle, Total, search_text};
use vestibule::portal_user::list::{self, Ask, Filter, Sort, TermsStanding};
use vestibule::portal_user::{Seen, Status};
use vestibule::seed::{self, Onto, Seeding};

/// A portal user, as the model knows it.
struct Known {
    id: Uuid,
    keys: [Key; 6],
    search: String,
    status: Status,
    terms: TermsStanding,
    seen: Seen,
    clients: BTreeSet<ClientId>,
}

type Stored = (Uuid, String, String, String, String, i64, i64);

async fn seeded(world: &World, portal_users: usize) -> (Actor, Vec<Known>) {
    let seeding = Seeding { portal_users, number: 7, password: None, onto: Onto::Anything };
    let seeded = seed::run(&world.app, &seeding, |_| {}).await.unwrap();
    assert_eq!(seeded.portal_users, portal_users);
    let actor = Actor::operator(seeded.business);
    let mut look = world.app.look(&actor).await.unwrap();
    let stored: Vec<Stored> = look
        .query("SELECT id, name, email, company, status, terms_version, last_sign_in_at FROM portal_user WHERE business_id = $1")
        .all(&mut look.tx)
        .await
        .unwrap();
    let links: Vec<(Uuid, ClientId)> = look
        .query("SELECT portal_user_id, client_id FROM link WHERE business_id = $1 AND state = 'active'")
        .all(&mut look.tx)
        .await
        .unwrap();
    let known = stored.into_iter().map(|(id, name, email, company, status, terms, seen)| {
        let status = Status::of_code(&status).unwrap();
        let texts = [fold(&name), email.to_lowercase(), fold(&company)].map(Key::Text);
        let [name_key, email_key, company_key] = texts;
        let numbers = [status.rank(), terms, seen].map(Key::Number);
        let [status_key, terms_key, seen_key] = numbers;
        Known {
            id,
            keys: [name_key, email_key, company_key, status_key, terms_key, seen_key],
            search: search_text(&[&name, &email, &company]),
            status,
            terms: TermsStanding::of(terms, 4),
            seen: (seen > 0).into(),
            clients: links.iter().filter(|(user, _)| *user == id).map(|(_, client)| *client).collect(),
        }
    });
    (actor, known.collect())
}

/// What the list should be.
fn expected<'a>(known: &'a [Known], ask: &Ask) -> Vec<&'a Known> {
    let filter = &ask.filter;
    let column = Sort::ALL.iter().position(|sort| *sort == ask.sort).unwrap();
    let mut kept: Vec<&Known> = known
        .iter()
        .filter(|k| filter.statuses.is_empty() || filter.statuses.contains(&k.status))
        .filter(|k| filter.terms.is_empty() || filter.terms.contains(&k.terms))
        .filter(|k| filter.seen.is_none_or(|seen| seen == k.seen))
        .filter(|k| filter.client.is_none_or(|client| k.clients.contains(&client)))
        .filter(|k| ask.search.as_ref().is_none_or(|needle| k.search.contains(needle.as_str())))
        .collect();
    kept.sort_by(|a, b| (&a.keys[column], a.id).cmp(&(&b.keys[column], b.id)));
    if ask.direction == Direction::Descending {
        kept.reverse();
    }
    kept
}

fn asks(clients: Vec<ClientId>) -> impl Strategy<Value = Ask> {
    let any_of = |all: &'static [Status]| prop::sample::subsequence(all, 0..=2);
    let terms = prop::sample::subsequence(TermsStanding::ALL, 0..=2);
    let seen = prop_oneof![3 => Just(None), 1 => Just(Some(Seen::Yes)), 1 => Just(Some(Seen::Never))];
    let client = prop_oneof![5 => Just(None), 1 => prop::sample::select(clients).prop_map(Some)];
    let filter = (any_of(Status::ALL), terms, seen, client).prop_map(|(statuses, terms, seen, client)| Filter {
        statuses,
        terms,
        client,
        seen,
    });
    let search = prop_oneof![
        2 => Just(String::new()),
        3 => prop::sample::select(vec!["ann", "e.c", ".test", "son", "example", "müller", "o'b", "ltd", "qxz", "明"]).prop_map(String::from),
        1 => "[a-zé@.]{1,4}",
        1 => prop::sample::select(vec!["'; DROP TABLE portal_user; --", "\" OR \"\"", "a%", "%%%", "___", "a*", "NEAR(a b)", "\\"]).prop_map(String::from),
    ];
    let effort = prop_oneof![
        Just(Effort::default()),
        (0i64..100, 0i64..100, 1i64..100, 1i64..400, 1i64..100)
            .prop_map(|(told, gathered, near, far, counted)| Effort { told, gathered, near, far, counted }),
    ];
    let direction = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
    let size = prop::sample::select(&PageSize::OFFERED[..3]).prop_map(|n| PageSize::asked(Some(n)));
    (filter, prop::sample::select(Sort::ALL), direction, size, search, effort).prop_map(
        |(filter, sort, direction, size, search, effort)| Ask {
            filter,
            sort,
            direction,
            position: Position::Start,
            size,
            search: Needle::typed(&search),
            effort,
        },
    )
}

async fn page(world: &World, actor: &Actor, ask: &Ask, position: Position) -> vestibule::listing::Listed<list::Row> {
    let ask = Ask { position, ..ask.clone() };
    list::list(&mut world.app.look(actor).await.unwrap(), &ask).await.unwrap()
}

/// Reads the whole list forwards and back again.
async fn check(world: &World, actor: &Actor, known: &[Known], ask: &Ask) {
    let expected: Vec<Uuid> = expected(known, ask).iter().map(|k| k.id).collect();
    let mut read: Vec<Uuid> = Vec::new();
    let mut position = Position::Start;
    loop {
        let listed = page(world, actor, ask, position.clone()).await;
        match listed.total {
            Total::Exactly(n) => assert_eq!(n as usize, expected.len(), "{ask:?}"),
            Total::AtLeast(n) => assert!(n as usize <= expected.len(), "{n} of {}: {ask:?}", expected.len()),
        }
        assert_eq!(listed.page.previous.is_some(), position != Position::Start);
        read.extend(listed.page.rows.iter().map(|row| row.id.0));
        match listed.page.next {
            Some(next) => position = Position::After(next),
            None => break,
        }
        assert!(read.len() <= expected.len(), "{ask:?}");
    }
    assert_eq!(read, expected, "{ask:?}");

    // Backwards: the page before the row that the last page came after, and so on to the first.
    let Position::After(cursor) = position else { return };
    let before = expected.iter().position(|id| *id == cursor.id).unwrap();
    let mut back: Vec<Uuid> = Vec::new();
    let mut end = Some(cursor);
    while let Some(cursor) = end {
        let listed = page(world, actor, ask, Position::Before(cursor)).await;
        back.splice(0..0, listed.page.rows.iter().map(|row| row.id.0));
        end = listed.page.previous;
    }
    assert_eq!(back, expected[..before], "{ask:?}");
}

both! {
    async fn every_page_of_every_question_is_as_the_model_says(world: World) {
        let (actor, known) = seeded(&world, 400).await;
        let clients: Vec<ClientId> = known.iter().flat_map(|k| k.clients.iter().copied()).take(40).collect();
        tokio::task::block_in_place(|| {
            let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
            runner
                .run(&asks(clients), |ask| {
                    Handle::current().block_on(check(&world, &actor, &known, &ask));
                    Ok(())
                })
                .unwrap();
        });
    }

    async fn s54_a_forged_cursor_reads_at_most_ones_own_list(world: World) {
        let (actor, known) = seeded(&world, 60).await;
        let forged = [
            Key::Number(i64::MIN),
            Key::Number(i64::MAX),
            Key::Text("'; DELETE FROM tally; --".into()),
            Key::Text("\u{10ffff}".repeat(300)),
        ];
        for key in forged {
            for sort in Sort::ALL {
                for id in [Uuid::nil(), Uuid::max()] {
                    let cursor = Cursor { key: key.clone(), id };
                    for position in [Position::After(cursor.clone()), Position::Before(cursor)] {
                        let ask = Ask { sort: *sort, ..Ask::default() };
                        let rows = page(&world, &actor, &ask, position).await.page.rows;
                        assert!(rows.iter().all(|row| known.iter().any(|k| k.id == row.id.0)));
                    }
                }
            }
        }
        let other = Actor::operator(world.business.id);
        assert!(page(&world, &other, &Ask::default(), Position::Start).await.page.rows.is_empty());
        let search = Ask { search: Needle::typed("example"), ..Ask::default() };
        assert!(page(&world, &other, &search, Position::Start).await.page.rows.is_empty());
    }

    async fn tabs_and_filters_show_how_many_there_are(world: World) {
        let (actor, known) = seeded(&world, 200).await;
        let mut look = world.app.look(&actor).await.unwrap();
        let counts = list::counts(&mut look).await.unwrap();
        let of = |keep: &dyn Fn(&Known) -> bool| known.iter().filter(|k| keep(k)).count() as i64;
        assert_eq!(counts.all, 200);
        for (status, n) in counts.statuses {
            assert_eq!(n, of(&|k| k.status == status));
        }
        for (standing, n) in counts.terms {
            assert_eq!(n, of(&|k| k.terms == standing));
        }
        assert_eq!(counts.never_signed_in, of(&|k| k.seen == Seen::Never));

        let contacts = contact::list::counts(&mut look).await.unwrap();
        for (standing, n) in contacts.standings {
            let filter = contact::list::Filter { standings: vec![standing], client: None };
            let ask = contact::list::Ask { filter, ..contact::list::Ask::default() };
            let listed = contact::list::list(&mut look, &ask).await.unwrap();
            assert_eq!(listed.total, Total::Exactly(n));
            assert!(n > 0 && listed.page.rows.iter().all(|row| row.standing == standing));
        }
        let clients = vestibule::client::list::counts(&mut look).await.unwrap();
        assert_eq!(clients.all, clients.statuses.iter().map(|(_, n)| n).sum::<i64>());
    }

    async fn seeding_beside_a_business_must_be_asked_for(world: World) {
        let seeding = Seeding { portal_users: 5, number: 7, password: None, onto: Onto::Nothing };
        let refused = seed::run(&world.app, &seeding, |_| {}).await;
        assert!(refused.is_err_and(|e| e.to_string().contains("--force")));
    }

    async fn whoever_is_made_up_gets_in_with_the_password_they_share(world: World) {
        let seeding = Seeding { portal_users: 12, number: 7, password: None, onto: Onto::Anything };
        let seeded = seed::run(&world.app, &seeding, |_| {}).await.unwrap();
        let mut tx = world.app.db.read().await.unwrap();
        let email = vestibule::base::text::Email::parse(&seeded.somebody).unwrap();
        let account = account::store::look_for(&mut tx, account::Realm::Portal, &email).await.unwrap().unwrap();
        let verdict = world.app.hasher.verify(seeded.password, account.password_hash).await.unwrap();
        assert_eq!(verdict, Verdict::Right);
    }
}
