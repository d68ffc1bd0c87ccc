//! The matrix of roles and routes (S43): made from the router's own table, so that a route which is not thought about here
//! fails. Every role asks every route, with its own things and with those of another business.

use crate::http::{Browser, Reply};
use crate::world::{Everything, Person, World, both, email, origin};
use axum::http::{Method, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use vestibule::access::{Permission, RecordKind};
use vestibule::base::id::{GroupId, LinkId, RecordId, RequestId};
use vestibule::base::secret::Token;
use vestibule::base::text::Reference;
use vestibule::client::Client;
use vestibule::db::Query;
use vestibule::record::Sharing;
use vestibule::request::{self, Wish};
use vestibule::staff::acts::Rights;
use vestibule::web::routes::{Access, Door, Route, table};
use vestibule::{access, client, link, portal_user};

/// Somebody who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// Nobody is signed in.
    Nobody,
    /// Staff with every permission.
    AllStaff,
    /// Staff with just the permission that the route asks for.
    JustEnough,
    /// Staff with every permission but that one.
    AllButOne,
    /// Staff of another business, with every permission.
    ForeignStaff,
    /// A portal user, linked with the client as a member.
    Linked,
    /// The client's Group Manager.
    Manager,
    /// The client's Global Admin.
    Admin,
    /// A Global Admin of another client of the business.
    OtherClient,
    /// A portal user who was linked with the client once.
    Unlinked,
    /// The Global Admin of a client that has left, long ago, who asks about it.
    Exited,
    /// A portal user of another business.
    ForeignPerson,
    /// A portal user who is disabled.
    Disabled,
    /// A portal user whose contact is blocked.
    Blocked,
}

const ROLES: [Role; 14] = [
    Role::Nobody,
    Role::AllStaff,
    Role::JustEnough,
    Role::AllButOne,
    Role::ForeignStaff,
    Role::Linked,
    Role::Manager,
    Role::Admin,
    Role::OtherClient,
    Role::Unlinked,
    Role::Exited,
    Role::ForeignPerson,
    Role::Disabled,
    Role::Blocked,
];

/// A number that no other persona of this run has.
fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What a role may expect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// The route answers.
    In,
    /// Sent to a sign-in page.
    SignIn,
    /// Refused: not permitted, or a gate is closed.
    Refused,
    /// As if it was not there.
    NotThere,
}

/// One business with everything that a path can name.
struct Things {
    world: World,
    client: Client,
    other_client: Client,
    linked: Person,
    manager: Person,
    admin: Person,
    /// Somebody of the manager's group: what `{contact}` names in the portal.
    hand: Person,
    others: Person,
    unlinked: Person,
    leaver: Person,
    request: RequestId,
    link: LinkId,
    record: RecordId,
    group: GroupId,
}

impl Things {
    async fn of(world: World) -> Self {
        let client = world.client("Bellweather").await;
        let other_client = world.client("Coldstream").await;
        let linked = world.person(&format!("omar@{}.test", world.business.slug), &client).await;
        let others = world.person(&format!("lucy@{}.test", world.business.slug), &other_client).await;
        let wish =
            Wish { email: email("ana@nobody.test"), reference: Reference::parse("Nowhere").unwrap(), name: None };
        request::acts::ask(&world.app, &world.business, &wish, origin("192.0.2.77")).await.unwrap();
        let mut look = world.app.look_at(world.business.id).await.unwrap();
        let request = request::store::open(&mut look, &wish).await.unwrap().unwrap().id;
        let link = link::store::of_contact(&mut look, linked.contact).await.unwrap().unwrap().id;
        drop(look);
        let record = world.share(&client, RecordKind::Invoice, "20418", Sharing::Client).await.id;
        let group = world.group(&client, "Site crew").await;
        let of = async |name: &str, client: &Client| {
            world.person(&format!("{name}@{}.test", world.business.slug), client).await
        };
        let (manager, admin, hand) = (of("max", &client).await, of("ada", &client).await, of("hal", &client).await);
        world.place(&manager, Some(group), access::Role::GroupManager).await;
        world.place(&admin, None, access::Role::GlobalAdmin).await;
        world.place(&hand, Some(group), access::Role::Member).await;
        world.place(&others, None, access::Role::GlobalAdmin).await;
        let unlinked = of("una", &client).await;
        let mut look = world.app.look_at(world.business.id).await.unwrap();
        let was = link::store::of_contact(&mut look, unlinked.contact).await.unwrap().unwrap().id;
        drop(look);
        link::places::unlink(&world.app, &world.operator(), unlinked.user, was).await.unwrap();
        let gone = world.client("Gone Ltd").await;
        let leaver = of("lea", &gone).await;
        world.place(&leaver, None, access::Role::GlobalAdmin).await;
        let (details, exited) = (gone.details(), client::Status::Exited);
        link::client::edit(&world.app, &world.operator(), gone.id, gone.version, details, exited).await.unwrap();
        // Longer ago than any business's days of grace.
        let mut tx = world.app.db.write().await.unwrap();
        Query::new("UPDATE client SET exited_at = 1 WHERE business_id = $1 AND id = $2")
            .bind(world.business.id)
            .bind(gone.id)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            client,
            other_client,
            linked,
            manager,
            admin,
            hand,
            others,
            unlinked,
            leaver,
            request,
            link,
            group,
            record,
            world,
        }
    }

    /// The path, with these things in the places of its names.
    fn path_for(&self, route: &Route, role: Role) -> String {
        let path = self.path(route);
        match role {
            Role::Exited => path.replace(&self.client.id.to_string(), &self.leaver.client.to_string()),
            _ => path,
        }
    }

    fn path(&self, route: &Route) -> String {
        let mut path = route.path.to_owned();
        let id = match path.as_str() {
            p if p.starts_with("/console/portal-users/") => self.linked.user.to_string(),
            p if p.starts_with("/console/contacts/") => self.linked.contact.to_string(),
            p if p.starts_with("/console/clients/") => self.client.id.to_string(),
            p if p.starts_with("/console/requests/") => self.request.to_string(),
            p if p.starts_with("/console/records/") => self.record.to_string(),
            p if p.starts_with("/console/import/")
                || p.starts_with("/console/bulk/")
                || p.starts_with("/demo/mail/") =>
            {
                uuid::Uuid::nil().to_string()
            }
            _ => String::new(),
        };
        for (name, thing) in [
            ("{slug}", self.world.business.slug.to_string()),
            ("{client}", self.client.id.to_string()),
            ("{id}", id),
            ("{session}", uuid::Uuid::nil().to_string()),
            ("{change}", uuid::Uuid::nil().to_string()),
            ("{contact}", self.hand.contact.to_string()),
            ("{link}", self.link.to_string()),
            ("{kind}", "invoices".to_owned()),
            ("{record}", self.record.to_string()),
            ("{group}", self.group.to_string()),
            ("{token}", Token::mint().reveal().to_owned()),
            ("{hash}", "00000000".to_owned()),
            ("{name}", "vestibule.css".to_owned()),
            ("{file}", uuid::Uuid::nil().to_string()),
        ] {
            assert!(!path.contains(name) || !thing.is_empty(), "say in this test what stands for {name} in {path}");
            path = path.replace(name, &thing);
        }
        assert!(!path.contains('{'), "say in this test what the names in {path} stand for");
        path
    }

    async fn browser(&self, role: Role, foreign: &Self, needs: Option<Permission>) -> Browser {
        let world = &self.world;
        let staff = async |in_world: &World, rights: Rights| {
            let name = format!("staff{}", next());
            in_world.console(&in_world.staff(&name).may(rights).await.token)
        };
        let others =
            |needs: Option<Permission>| Permission::ALL.iter().copied().filter(|p| Some(*p) != needs).collect();
        match role {
            Role::Nobody => world.browser(),
            Role::AllStaff => staff(world, Everything).await,
            Role::JustEnough => staff(world, Rights::Only(needs.into_iter().collect())).await,
            Role::AllButOne => staff(world, Rights::Only(others(needs))).await,
            Role::ForeignStaff => staff(&foreign.world, Everything).await,
            Role::Linked => world.portal(&self.linked.token),
            Role::Manager => world.portal(&self.manager.token),
            Role::Admin => world.portal(&self.admin.token),
            Role::OtherClient => world.portal(&self.others.token),
            Role::Unlinked => world.portal(&self.unlinked.token),
            Role::Exited => world.portal(&self.leaver.token),
            Role::ForeignPerson => world.portal(&foreign.linked.token),
            Role::Disabled | Role::Blocked => {
                let name = format!("person{}@client.test", next());
                let person = world.person(&name, &self.client).await;
                let operator = world.operator();
                if role == Role::Disabled {
                    portal_user::acts::disable(&world.app, &operator, person.user, None).await.unwrap();
                    // Disabling ends the sessions; even a session that were left would open nothing.
                } else {
                    link::acts::block(&world.app, &operator, person.contact, None).await.unwrap();
                }
                world.portal(&person.token)
            }
        }
    }
}

/// What each role may expect of a route: said here a second time, on purpose, and not read from the program.
fn expected(access: Access, role: Role, names_something: bool) -> Vec<Outcome> {
    use Outcome::{In, NotThere, Refused, SignIn};
    let is_staff = matches!(role, Role::AllStaff | Role::JustEnough | Role::AllButOne | Role::ForeignStaff);
    match access {
        Access::Open => vec![In],
        Access::AnyStaff => vec![if is_staff { In } else { SignIn }],
        Access::Staff(_) => vec![match role {
            Role::AllButOne => Refused,
            Role::ForeignStaff if names_something => NotThere,
            _ if is_staff => In,
            _ => SignIn,
        }],
        Access::Person(door) => match (door, role) {
            (_, Role::Nobody) => vec![SignIn],
            (_, role) if role != Role::Nobody && is_staff => vec![SignIn],
            (_, Role::Disabled) => vec![SignIn],
            (Door::SignedIn, _) => vec![In],
            (_, Role::ForeignPerson) => vec![Refused, NotThere],
            (Door::Known | Door::Terms | Door::Business, _) => vec![In],
            (_, Role::OtherClient) => vec![NotThere],
            (_, Role::Blocked | Role::Unlinked | Role::Exited) => vec![Refused],
            (Door::Company | Door::WholeCompany, Role::Linked) | (Door::WholeCompany, Role::Manager) => vec![Refused],
            (Door::Client | Door::Records | Door::Company | Door::WholeCompany, _) => vec![In],
        },
    }
}

fn outcome(reply: &Reply) -> Outcome {
    match reply.status {
        StatusCode::FORBIDDEN => Outcome::Refused,
        StatusCode::NOT_FOUND => Outcome::NotThere,
        StatusCode::SEE_OTHER
            if reply.location().contains("/sign-in?") || reply.location().ends_with("/console/sign-in") =>
        {
            Outcome::SignIn
        }
        StatusCode::SEE_OTHER if reply.location().ends_with("/sign-in") => Outcome::SignIn,
        _ => Outcome::In,
    }
}

/// Whether a route, asked by somebody who may, has nothing to show in these worlds: a link that was never made, an import
/// that was never prepared, terms that were never published.
fn is_about_nothing(path: &str) -> bool {
    path.contains("{token}")
        || path.ends_with("/terms")
        || path.starts_with("/console/import/{id}")
        || path.starts_with("/console/import/records/{id}")
        || path.starts_with("/console/bulk/{id}")
        || path.starts_with("/demo/mail/{id}")
        || path.contains("{file}")
}

both! {
    async fn s43_every_role_on_every_route_with_own_and_foreign_things(w: World) {
        let own = Things::of(w.clone()).await;
        let foreign = Things::of(w.another("Overseas Freight").await).await;
        assert_ne!(own.other_client.id, foreign.other_client.id);
        let mut wrong = Vec::new();
        let mut asked = 0;
        for route in table() {
            let needs = match route.access {
                Access::Staff(permission) => Some(permission),
                _ => None,
            };
            let names_something = route.path.starts_with("/console/") && route.path.contains("{id}");
            for role in ROLES {
                let path = own.path_for(&route, role);
                let mut browser = own.browser(role, &foreign, needs).await;
                // A field that no form knows: whoever is let in is told so, and nothing changes (S46).
                let reply = match route.method {
                    Method::POST => browser.post(&path, &[("a_field_that_no_form_has", "1")]).await,
                    _ => browser.get(&path).await,
                };
                asked += 1;
                let mut expected = expected(route.access, role, names_something);
                if expected.contains(&Outcome::In) && is_about_nothing(route.path) {
                    expected.push(Outcome::NotThere);
                }
                if expected == [Outcome::NotThere] && route.method == Method::POST {
                    // The form is read before the thing is looked for.
                    expected.push(Outcome::In);
                }
                let got = outcome(&reply);
                if !expected.contains(&got) {
                    wrong.push(format!("{} {path} as {role:?}: expected {expected:?}, got {got:?} ({})", route.method, reply.status));
                }
                if reply.status.is_server_error() {
                    wrong.push(format!("{} {path} as {role:?}: {}", route.method, reply.status));
                }
                if got == Outcome::In && route.method == Method::POST && reply.status != StatusCode::BAD_REQUEST {
                    wrong.push(format!("{} {path} as {role:?}: took a field that it does not know ({})", route.method, reply.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(asked > 300, "{asked} asked");
    }

    async fn s44_an_act_on_another_business_s_thing_finds_nothing_and_changes_nothing(w: World) {
        let own = Things::of(w.clone()).await;
        let foreign = Things::of(w.another("Overseas Freight").await).await;
        let nadia = w.staff("nadia").may(Everything).await;
        let before = foreign.world.audit().await.len();
        for route in table().iter().filter(|r| r.method == Method::POST && r.path.starts_with("/console/") && r.path.contains("{id}")) {
            let path = foreign.path(route);
            let reply = w.console(&nadia.token).post(&path, &form(route.path)).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.body.len());
        }
        assert_eq!(foreign.world.audit().await.len(), before);
        assert_eq!(own.world.contact_now(own.linked.contact).await.version, 3);
    }
}

/// What a page would post here: a form that is missing here is not taken, and the test above says so.
fn form(path: &str) -> Vec<(&'static str, &'static str)> {
    let person = [
        ("first_name", "A"),
        ("last_name", "B"),
        ("title", ""),
        ("email", "a@b.test"),
        ("cell_phone", ""),
        ("office_phone", ""),
        ("extension", ""),
    ];
    let invoice = [
        ("number", "1"),
        ("title", "A"),
        ("on", "2026-11-22"),
        ("until", "2026-11-23"),
        ("amount", "1"),
        ("currency", "EUR"),
    ];
    match path {
        "/console/portal-users/{id}" => {
            let was =
                [("was_first", "C"), ("was_last", "D"), ("was_email", "c@b.test"), ("asked", ""), ("version", "1")];
            [&[("first_name", "A"), ("last_name", "B"), ("email", "a@b.test")], &was[..]].concat()
        }
        "/console/portal-users/{id}/links/{link}" => {
            vec![("group", "default"), ("was_group", ""), ("was_role", "member")]
        }
        "/console/portal-users/{id}/disable" | "/console/contacts/{id}/block" => vec![("because", "")],
        "/console/clients/{id}/contacts/new" => person.to_vec(),
        "/console/clients/{id}/edit" => vec![
            ("version", "1"),
            ("name", "A"),
            ("reference", "A"),
            ("email", ""),
            ("phone", ""),
            ("status", "active"),
        ],
        "/console/records/{id}" => [&[("version", "1"), ("audience", "client")], &invoice[..]].concat(),
        "/console/clients/{id}/records/new" => [&[("audience", "client")], &invoice[..]].concat(),
        "/console/clients/{id}/groups/new" | "/console/clients/{id}/groups/{group}" => {
            vec![("name", "A"), ("version", "1")]
        }
        "/console/requests/{id}/approve" => vec![("contact", "00000000-0000-7000-8000-000000000000")],
        "/console/requests/{id}/new" => [&[("client", "00000000-0000-7000-8000-000000000000")], &person[..]].concat(),
        "/console/contacts/{id}" => [&[("version", "1")], &person[..]].concat(),
        _ => Vec::new(),
    }
}
