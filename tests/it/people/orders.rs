//! Two staff and a portal user acting at once: whatever order their acts come in, nothing ends in a state that PRODUCT.md
//! forbids. The acts are the real ones, on a real database; what they refuse is refused, and what they do must fit together.

use crate::world::{Person, World, both};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use vestibule::access::{Actor, Origin, Role, Who};
use vestibule::act::Scope;
use vestibule::base::id::GroupId;
use vestibule::base::secret::Token;
use vestibule::base::{Error, Result};
use vestibule::client::Client;
use vestibule::contact::{self, Contact, Standing};
use vestibule::link::accepting::Accepting;
use vestibule::link::deletion;
use vestibule::link::places::{self, Place};
use vestibule::listing::{self, List};
use vestibule::{invitation, link, portal_user};

/// One thing that somebody tries, about one of two contacts.
#[derive(Clone, Copy, Debug)]
enum Try {
    Invite(usize),
    Withdraw(usize),
    Accept(usize),
    AcceptOlder(usize),
    Block(usize),
    Unblock(usize),
    Disable,
    Enable,
    Delete,
    Restore,
    Unlink(usize),
    Place(usize, usize, Role),
}

fn tries() -> impl Strategy<Value = Try> {
    let role = prop_oneof![Just(Role::Member), Just(Role::GroupManager), Just(Role::GlobalAdmin)];
    prop_oneof![
        4 => (0usize..2).prop_map(Try::Invite),
        1 => (0usize..2).prop_map(Try::Withdraw),
        4 => (0usize..2).prop_map(Try::Accept),
        1 => (0usize..2).prop_map(Try::AcceptOlder),
        1 => (0usize..2).prop_map(Try::Block),
        2 => (0usize..2).prop_map(Try::Unblock),
        1 => Just(Try::Disable),
        2 => Just(Try::Enable),
        1 => Just(Try::Delete),
        2 => Just(Try::Restore),
        1 => (0usize..2).prop_map(Try::Unlink),
        2 => (0usize..2, 0usize..2, role).prop_map(|(n, group, role)| Try::Place(n, group, role)),
    ]
}

/// A person, two contacts with their address at two clients, and the two groups of each client.
#[derive(Clone)]
struct Scene {
    world: World,
    person: Person,
    contacts: [Contact; 2],
    groups: [[GroupId; 2]; 2],
}

impl Scene {
    async fn set(world: &World, n: usize) -> Self {
        let names = [format!("First {n}"), format!("Second {n}")];
        let clients: [Client; 2] = [world.client(&names[0]).await, world.client(&names[1]).await];
        let address = format!("person{n}.many@client.test");
        let person = world.person(&address, &clients[0]).await;
        let first = world.contact_now(person.contact).await;
        let second = world.contact(&address, &clients[1]).await;
        let mut groups = Vec::new();
        for client in &clients {
            let custom = world.group(client, "Site crew").await;
            let mut look = world.app.look_at(world.business.id).await.unwrap();
            let default = vestibule::group::store::default_of(&mut look, client.id).await.unwrap().id;
            groups.push([default, custom]);
        }
        Self { world: world.clone(), person, contacts: [first, second], groups: [groups[0], groups[1]] }
    }

    /// The secret of a contact's newest invitation, or of the one before: minted as its mail would.
    async fn secret(&self, n: usize, place: usize) -> Option<Token> {
        let (app, business) = (&self.world.app, self.world.business.id);
        let mut scope = Scope { tx: app.db.write().await.unwrap(), business, now: app.clock.now() };
        let invitations = invitation::store::of_contact(&mut scope, self.contacts[n].id, 5).await.unwrap();
        let token = invitation::store::mint(&mut scope, invitations.get(place)?.id).await.unwrap();
        scope.tx.commit().await.unwrap();
        Some(token)
    }

    async fn link(&self, n: usize) -> Option<link::Link> {
        let mut look = self.world.app.look_at(self.world.business.id).await.unwrap();
        link::store::of_contact(&mut look, self.contacts[n].id).await.unwrap()
    }

    /// Somebody tries it; whatever does not fit is refused, in words for people, and changes nothing.
    async fn does(&self, one: Try) {
        let (app, staff, user) = (&self.world.app, self.world.operator(), self.person.user);
        let done: Result<()> = match one {
            Try::Invite(n) => invitation::acts::invite(app, &staff, self.contacts[n].id).await.map(drop),
            Try::Withdraw(n) => invitation::acts::revoke(app, &staff, self.contacts[n].id).await,
            Try::Accept(n) => self.accept(n, 0).await,
            Try::AcceptOlder(n) => self.accept(n, 1).await,
            Try::Block(n) => link::acts::block(app, &staff, self.contacts[n].id, None).await.map(drop),
            Try::Unblock(n) => link::acts::unblock(app, &staff, self.contacts[n].id).await.map(drop),
            Try::Disable => portal_user::acts::disable(app, &staff, user, None).await.map(drop),
            Try::Enable => portal_user::acts::enable(app, &staff, user).await.map(drop),
            Try::Delete => deletion::delete(app, &staff, user).await.map(drop),
            Try::Restore => deletion::restore(app, &staff, user).await.map(drop),
            Try::Unlink(n) => match self.link(n).await {
                Some(link) => places::unlink(app, &staff, user, link.id).await,
                None => Ok(()),
            },
            Try::Place(n, group, role) => match self.link(n).await {
                Some(link) => {
                    let to = Place { group: self.groups[n][group], role };
                    places::place(app, &staff, user, link.id, link.place(), to).await
                }
                None => Ok(()),
            },
        };
        match done {
            Ok(()) | Err(Error::Refused(_) | Error::Invalid(_) | Error::Conflict | Error::Crossed) => {}
            Err(other) => panic!("{one:?}: {other:?}"),
        }
    }

    /// The person, signed in, accepts.
    async fn accept(&self, n: usize, place: usize) -> Result<()> {
        let Some(secret) = self.secret(n, place).await else { return Ok(()) };
        let who = Who::Person { account: self.person.account, name: "Person Many".into() };
        let person = Actor { who, business: self.world.business.id, origin: Origin::default(), session: None };
        link::accepting::accept(&self.world.app, &person, &secret, Accepting::SignedIn).await.map(drop)
    }

    /// What is forbidden, wherever it is found.
    async fn wrong(&self) -> Vec<String> {
        let mut look = self.world.app.look_at(self.world.business.id).await.unwrap();
        let user = portal_user::store::find(&mut look, self.person.user).await.unwrap();
        let links = link::store::of_user(&mut look, user.id).await.unwrap();
        let active: Vec<_> = links.iter().filter(|link| link.state == link::State::Active).collect();
        let mut wrong = Vec::new();
        let mut must = |holds: bool, what: String| {
            if !holds {
                wrong.push(what);
            }
        };
        must(user.deleted.is_none() || active.is_empty(), "a deleted portal user is linked".into());
        must(
            active.len() == active.iter().map(|l| l.client_id).collect::<BTreeSet<_>>().len(),
            "two links at one client".into(),
        );
        let mut names: Vec<String> = active.iter().map(|link| link.client_name.clone()).collect();
        names.sort();
        must(
            user.company == link::store::company_of(&names),
            format!("the company is {:?} with {names:?}", user.company),
        );
        for contact in &self.contacts {
            let contact = contact::store::find(&mut look, contact.id).await.unwrap();
            let link = link::store::of_contact(&mut look, contact.id).await.unwrap();
            let invitations = invitation::store::of_contact(&mut look, contact.id, 100).await.unwrap();
            let open: Vec<_> = invitations.iter().filter(|i| i.state == invitation::State::Open).collect();
            let name = &contact.company;
            must(open.len() <= 1, format!("{name}: {} open invitations", open.len()));
            let standing = match (contact.blocked().is_some(), link.is_some(), open.is_empty()) {
                (true, false, true) => Standing::Blocked,
                (false, true, true) => Standing::Connected,
                (false, false, false) => Standing::Invited,
                (false, false, true) => Standing::None,
                other => {
                    must(false, format!("{name}: (blocked, linked, not invited) = {other:?}"));
                    continue;
                }
            };
            must(
                contact.portal.standing() == standing,
                format!("{name} stands as {:?}, and is {standing:?}", contact.portal),
            );
            if let Some(disabled) = &user.disabled {
                must(
                    open.iter().all(|i| i.created_at >= disabled.at),
                    format!("{name}: invited since before they were disabled"),
                );
            }
            if let Some(link) = &link {
                let group = vestibule::group::store::find(&mut look, link.group_id).await.unwrap();
                must(
                    group.kind.takes(link.role) && group.client_id == link.client_id,
                    format!("{name}: {:?} in {group:?}", link.role),
                );
                let before = invitations.iter().find(|i| i.accepted_by.is_some());
                must(before.is_some(), format!("{name}: linked without an accepted invitation"));
            }
        }
        wrong
    }
}

/// What lists count, counted.
async fn tallies_are_true(w: &World) {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    for (list, rows) in [
        (List::Contacts, "SELECT facet, COUNT(*) FROM contact WHERE business_id = $1 GROUP BY facet ORDER BY facet"),
        (
            List::PortalUsers,
            "SELECT facet, COUNT(*) FROM portal_user WHERE business_id = $1 GROUP BY facet ORDER BY facet",
        ),
    ] {
        let counted: Vec<(String, i64)> = look.query(rows).all(&mut look.tx).await.unwrap();
        assert_eq!(listing::tally(&mut look, list).await.unwrap(), counted);
    }
}

both! {
    async fn no_order_of_acts_ends_in_a_forbidden_state(w: World) {
        let scenes = AtomicUsize::new(0);
        let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let run = runner.run(&proptest::collection::vec(tries(), 1..24), |order| {
            let n = scenes.fetch_add(1, Ordering::Relaxed);
            let wrong = now(async {
                let scene = Scene::set(&w, n).await;
                for one in &order {
                    w.pass(1);
                    scene.does(*one).await;
                    let wrong = scene.wrong().await;
                    if !wrong.is_empty() {
                        return Some((*one, wrong));
                    }
                }
                None
            });
            prop_assert!(wrong.is_none(), "{wrong:?}");
            Ok(())
        });
        run.unwrap();
        tallies_are_true(&w).await;
        w.audit().await;
    }

    async fn two_staff_and_the_person_at_once_end_in_no_forbidden_state(w: World) {
        let scenes = AtomicUsize::new(0);
        let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
        let hers = || proptest::collection::vec(tries(), 1..10);
        let run = runner.run(&(hers(), hers(), hers()), |(one, two, three)| {
            let n = scenes.fetch_add(1, Ordering::Relaxed);
            let wrong = now(async {
                let scene = Scene::set(&w, n).await;
                w.pass(1);
                let hands = [one, two, three].map(|order| {
                    let scene = scene.clone();
                    tokio::spawn(async move {
                        for one in order {
                            scene.does(one).await;
                        }
                    })
                });
                for hand in hands {
                    hand.await.unwrap();
                }
                scene.wrong().await
            });
            prop_assert!(wrong.is_empty(), "{wrong:?}");
            Ok(())
        });
        run.unwrap();
        tallies_are_true(&w).await;
        w.audit().await;
    }
}

/// Runs it here and now, from inside of a test that is not async.
fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(work))
}
