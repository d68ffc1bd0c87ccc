use super::{Company, acting, new};
use crate::world::both;
use vestibule::access::{Charge, Role};
use vestibule::base::Error;
use vestibule::base::page::{Direction, PageSize, Position};
use vestibule::link::adding::add;
use vestibule::link::people::{self, Ask, Filter, Row, Sort, Status};
use vestibule::listing::{Effort, Total};

fn ask(charge: Charge, sort: Sort, direction: Direction) -> Ask {
    Ask {
        filter: Filter { charge, group: None },
        sort,
        direction,
        position: Position::Start,
        size: PageSize::asked(Some(10)),
        search: None,
        effort: Effort::default(),
    }
}

/// Where a row stands by a column, as a person would say it.
fn key(row: &Row, sort: Sort) -> String {
    match sort {
        Sort::Name => row.name.to_lowercase(),
        Sort::Group if row.group_name == "Default" => String::new(),
        Sort::Group => row.group_name.to_lowercase(),
        Sort::Role => Role::ALL.iter().rev().position(|role| *role == row.role).unwrap().to_string(),
        Sort::Status => {
            let order = [Status::Active, Status::PasswordDue, Status::Disabled, Status::Invited, Status::Expired];
            order.iter().position(|status| *status == row.status).unwrap().to_string()
        }
        Sort::LastSignIn => format!("{:020}", row.last_sign_in_at.map_or(0, |at| at.micros())),
    }
}

both! {
    async fn u5_the_list_is_sorted_searched_and_paged_by_every_column(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        for n in 0..9 {
            let (group, role) = if n % 3 == 0 { (c.crew, Role::GroupManager) } else { (c.default, Role::Member) };
            add(&w.app, &priya, new(c.client.id, &format!("lucy{n}@bramble.test"), group, role)).await.unwrap();
        }
        let dockside = Company::of(&w, "Dockside").await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        for sort in Sort::ALL.iter().copied() {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut asked = ask(Charge::Everybody, sort, direction);
                let mut seen: Vec<Row> = Vec::new();
                let mut pages = 0;
                loop {
                    let listed = people::list(&mut look, c.client.id, &asked, "").await.unwrap();
                    assert_eq!(listed.total, Total::Exactly(13));
                    pages += 1;
                    if pages == 2 {
                        // Back again is the first page.
                        let before = Ask { position: Position::Before(listed.page.previous.clone().unwrap()), ..asked.clone() };
                        let first = people::list(&mut look, c.client.id, &before, "").await.unwrap();
                        let ids = |rows: &[Row]| rows.iter().map(|row| row.contact).collect::<Vec<_>>();
                        assert_eq!(ids(&first.page.rows), ids(&seen));
                    }
                    seen.extend(listed.page.rows);
                    match listed.page.next {
                        Some(cursor) => asked.position = Position::After(cursor),
                        None => break,
                    }
                }
                assert_eq!((seen.len(), pages), (13, 2), "{sort:?}");
                let keys: Vec<String> = seen.iter().map(|row| key(row, sort)).collect();
                let mut sorted = keys.clone();
                sorted.sort();
                if direction == Direction::Descending {
                    sorted.reverse();
                }
                assert_eq!(keys, sorted, "{sort:?} {direction:?}");
                let mut contacts: Vec<_> = seen.iter().map(|row| row.contact).collect();
                contacts.sort();
                contacts.dedup();
                assert_eq!(contacts.len(), 13);
            }
        }
        let found = async |look: &mut vestibule::act::Look, charge, typed: &str| {
            let listed = people::list(look, c.client.id, &ask(charge, Sort::Name, Direction::Ascending), typed).await.unwrap();
            listed.page.rows.into_iter().map(|row| row.email).collect::<Vec<_>>()
        };
        assert_eq!(found(&mut look, Charge::Everybody, "BEATRIX").await.concat(), c.manager.email);
        assert_eq!(found(&mut look, Charge::Everybody, "lucy3@").await, ["lucy3@bramble.test"]);
        for nothing in ["%", "_", "!", "dockside"] {
            assert!(found(&mut look, Charge::Everybody, nothing).await.is_empty(), "{nothing}");
        }
        let crew = found(&mut look, Charge::Group(c.crew), "").await;
        assert_eq!(crew.len(), 5, "Beatrix, Anton and the three who are invited: {crew:?}");
        let hidden = people::find(&mut look, c.client.id, Charge::Group(c.crew), c.clerk.contact).await;
        assert!(matches!(hidden, Err(Error::NotFound(_))));
        let foreign = people::find(&mut look, c.client.id, Charge::Everybody, dockside.clerk.contact).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))));
    }

    async fn u5_who_does_not_accept_in_time_is_shown_so_and_can_be_invited_again(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        add(&w.app, &priya, new(c.client.id, "lucy@bramble.test", c.crew, Role::Member)).await.unwrap();
        let status = async || {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            let asked = ask(Charge::Everybody, Sort::Name, Direction::Ascending);
            let listed = people::list(&mut look, c.client.id, &asked, "lucy").await.unwrap();
            (listed.page.rows[0].contact, listed.page.rows[0].status)
        };
        let (contact, invited) = status().await;
        assert_eq!(invited, Status::Invited);
        w.pass(15 * 86_400);
        assert_eq!(status().await.1, Status::Expired);
        // Her own session has run out, too; she comes back.
        let token = w.sign_in(crate::world::knock(&c.admin.email, crate::world::PASSWORD)).await.unwrap();
        let priya = w.door_of(&token, c.client.id).await.unwrap().actor;
        vestibule::invitation::acts::invite(&w.app, &priya, contact).await.unwrap();
        assert_eq!(status().await.1, Status::Invited);
    }
}
