use super::{Company, acting, link_of, new};
use crate::world::{Everything, World, both};
use vestibule::access::{RecordKind, Role, Sight};
use vestibule::base::text::GroupName;
use vestibule::base::{Error, Result};
use vestibule::group::acts::{self, Edited};
use vestibule::group::{self, UserGroup};
use vestibule::link::adding::{Added, add};
use vestibule::link::history::{self, Start};
use vestibule::{invitation, link, portal_user};

fn name(text: &str) -> GroupName {
    GroupName::parse(text).unwrap()
}

async fn groups(w: &World, c: &Company) -> Vec<UserGroup> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    group::store::choices(&mut look, c.client.id).await.unwrap()
}

both! {
    async fn u6_groups_are_made_renamed_and_deleted_and_their_people_move_to_default(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let make = async |text: &str| acts::create(&w.app, &priya, c.client.id, name(text), Sight::everything()).await;
        let finance = make("Finance").await.unwrap();
        for taken in ["finance", "FINANCE", " Default "] {
            assert!(matches!(make(taken).await, Err(Error::Invalid(_))), "{taken}");
        }
        let id = (c.client.id, c.crew);
        let edited = acts::edit(&w.app, &priya, id, 1, Some(name("Yard")), Sight::everything()).await.unwrap();
        assert!(matches!(&edited, Edited::Changed(group) if group.name == "Yard"), "{edited:?}");
        let late = acts::edit(&w.app, &priya, id, 1, Some(name("Depot")), Sight::everything()).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
        let taken = acts::edit(&w.app, &priya, id, 2, Some(name("finance")), Sight::everything()).await;
        assert!(matches!(taken, Err(Error::Invalid(_))), "{taken:?}");

        let lucy = new(c.client.id, "lucy@bramble.test", c.crew, Role::GroupManager);
        let Added::Invited(contact, _) = add(&w.app, &priya, lucy).await.unwrap() else { panic!("not invited") };
        assert_eq!(acts::delete(&w.app, &priya, id).await.unwrap(), 2);
        for person in [&c.manager, &c.hand] {
            let link = link_of(&w, person.contact).await;
            assert_eq!((link.group_id, link.role), (c.default, Role::Member));
        }
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let waits = invitation::acts::offered_place(&mut look, contact.id).await.unwrap().unwrap();
        drop(look);
        assert_eq!((waits.group, waits.role), (c.default, Role::Member), "nobody joins a group that is gone");
        assert!(matches!(acts::delete(&w.app, &priya, id).await, Err(Error::NotFound(_))));
        assert!(matches!(acts::delete(&w.app, &priya, (c.client.id, c.default)).await, Err(Error::Refused(_))));
        make("Yard").await.unwrap();
        let names: Vec<String> = groups(&w, &c).await.into_iter().map(|group| group.name).collect();
        assert_eq!(names, ["Default", "Finance", "Yard"]);
        acts::delete(&w.app, &priya, (c.client.id, finance.id)).await.unwrap();
        w.mail_to("lucy@bramble.test").await;
    }

    async fn u6_only_whoever_looks_after_everybody_decides_about_groups(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let other = Company::of(&w, "Dockside").await;
        for (person, foreign) in [(&c.manager, false), (&c.clerk, false), (&other.admin, true)] {
            let who = acting(&w, person).await;
            let outcomes: [Result<()>; 3] = [
                acts::create(&w.app, &who, c.client.id, name("Mine"), Sight::everything()).await.map(|_| ()),
                acts::edit(&w.app, &who, (c.client.id, c.crew), 1, None, Sight::default()).await.map(|_| ()),
                acts::delete(&w.app, &who, (c.client.id, c.crew)).await.map(|_| ()),
            ];
            for outcome in outcomes {
                match outcome {
                    Err(Error::Shut(_)) if !foreign => {}
                    Err(Error::NotFound(_)) if foreign => {}
                    other => panic!("{}: {other:?}", person.email),
                }
            }
        }
        let who = acting(&w, &other.admin).await;
        let mixed = acts::delete(&w.app, &who, (other.client.id, c.crew)).await;
        assert!(matches!(mixed, Err(Error::NotFound(_))), "another client's group by its own address: {mixed:?}");
    }

    async fn u6_what_a_group_may_see_holds_at_once_and_an_admin_sees_everything(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let invoices: Sight = [RecordKind::Invoice].into_iter().collect();
        for (group, version) in [(c.crew, 1), (c.default, 1)] {
            acts::edit(&w.app, &priya, (c.client.id, group), version, None, invoices.clone()).await.unwrap();
        }
        let sight = async |person: &crate::world::Person| {
            w.door_of(&person.token, c.client.id).await.unwrap().client.unwrap().sight()
        };
        assert_eq!(sight(&c.hand).await, invoices);
        assert_eq!(sight(&c.manager).await, invoices);
        assert_eq!(sight(&c.clerk).await, invoices);
        assert_eq!(sight(&c.admin).await, Sight::everything());
        assert!(matches!(
            acts::edit(&w.app, &priya, (c.client.id, c.crew), 2, None, invoices).await,
            Ok(Edited::Same(_))
        ));
    }

    async fn u6_whoever_is_restored_into_a_group_that_is_gone_comes_back_as_a_member_of_default(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        link::deletion::delete(&w.app, &nadia, c.manager.user).await.unwrap();
        acts::delete(&w.app, &nadia, (c.client.id, c.crew)).await.unwrap();
        link::deletion::restore(&w.app, &nadia, c.manager.user).await.unwrap();
        let link = link_of(&w, c.manager.contact).await;
        assert_eq!((link.group_id, link.role), (c.default, Role::Member));
    }

    async fn u5_admins_see_what_staff_did_to_their_people_and_nothing_of_elsewhere(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let other = Company::of(&w, "Dockside").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        // Anton works for both.
        let second = w.contact(&c.hand.email, &other.client).await;
        let secret = w.invite(&nadia, &second).await;
        vestibule::door::invitation::accept(&w.app, &secret, &w.door(&c.hand.token).await.unwrap()).await.unwrap();
        w.pass(1);
        portal_user::acts::disable(&w.app, &nadia, c.hand.user, None).await.unwrap();
        portal_user::acts::enable(&w.app, &nadia, c.hand.user).await.unwrap();
        let theirs = acting(&w, &other.admin).await;
        let link = link_of(&w, second.id).await;
        link::places::send_reset(&w.app, &theirs, c.hand.user, link.id).await.unwrap();
        portal_user::acts::require_password_change(&w.app, &nadia, other.clerk.user).await.unwrap();
        let told = async |c: &Company, start| {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            history::of_client(&mut look, c.client.id, start, 3).await.unwrap()
        };
        let kinds = |stretch: &history::Stretch| -> Vec<String> {
            stretch.entries.iter().map(|recorded| recorded.entry.as_ref().unwrap().kind()).collect()
        };
        let ours = told(&c, Start::Newest).await;
        assert_eq!(kinds(&ours)[..2], ["portal_user_enabled", "portal_user_disabled"], "{:?}", kinds(&ours));
        let next = told(&c, Start::OlderThan(ours.older.unwrap())).await;
        assert!(next.entries.iter().all(|entry| entry.seq < ours.entries.last().unwrap().seq) && !next.entries.is_empty());
        let back = told(&c, Start::NewerThan(next.newer.unwrap())).await;
        assert_eq!(back.entries.iter().map(|e| e.seq).collect::<Vec<_>>(), ours.entries.iter().map(|e| e.seq).collect::<Vec<_>>());
        assert_eq!(kinds(&told(&other, Start::Newest).await)[..2], ["password_change_required", "password_reset_sent"]);
        w.mail_to(&c.hand.email).await;
    }
}
