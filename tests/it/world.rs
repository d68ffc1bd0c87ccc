//! A small world for a test: one business in a database of its own, people with names, a clock that stands still until it is
//! moved, mail that is captured. What happens in it happens through the acts and the doors that the program itself uses.

use futures_util::FutureExt as _;
use secrecy::SecretString;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use vestibule::access::{Actor, Origin, Role, Sight};
use vestibule::account::token::Purpose;
use vestibule::act::App;
use vestibule::audit::{self, Entry, Recorded, Verified};
use vestibule::base::hashing::Cost;
use vestibule::base::id::{AccountId, ClientId, ContactId, GroupId, PortalUserId};
use vestibule::base::secret::Token;
use vestibule::base::text::{CompanyName, Email, GroupName, PersonName, Reference, Slug};
use vestibule::base::{Clock, Instant, Result};
use vestibule::business::{self, Business};
use vestibule::client::{self, Client};
use vestibule::config::{Config, FilePlace, Files, Log, LogFormat, Mail, Pace, Transport};
use vestibule::contact::{self, Contact, Details, Portal};
use vestibule::db::{Place, Query};
use vestibule::door::invitation::NewPerson;
use vestibule::door::person::PersonDoor;
use vestibule::door::{self, Knock};
use vestibule::mail::captured::{self, Captured};
use vestibule::staff::acts::Rights;
use vestibule::worker::Worker;
use vestibule::{group, invitation, link};

pub use Rights::Administrator as Everything;

/// When every world begins: 22 November 2026, 9:41 in UTC.
const BEGINNING: Instant = Instant::from_micros(1_795_340_460_000_000);
/// A password that everybody in a world starts with.
pub const PASSWORD: &str = "marmot anvil quilt dune";

/// Makes of each test two: one on SQLite, one on PostgreSQL (where `VESTIBULE_TEST_POSTGRES` names a cluster).
macro_rules! both {
    ($($(#[$doc:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)] // a test may need nothing from around it
            use super::*;
            async fn body($world: $crate::world::World) $body
            #[test]
            fn sqlite() { $crate::world::run($crate::world::Engine::Sqlite, body); }
            #[test]
            fn postgres() { $crate::world::run($crate::world::Engine::Postgres, body); }
        }
    )+};
}
pub(crate) use both;

/// Which database a world lives in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Runs a test in a world of its own, and takes the world down afterwards, also when the test failed.
pub fn run<F: Future<Output = ()>>(engine: Engine, body: impl FnOnce(World) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let Some((place, url)) = Ground::lay(engine).await else { return };
        let world = World::new(url).await;
        let app = world.app.clone();
        let outcome = AssertUnwindSafe(body(world)).catch_unwind().await;
        app.db.close().await;
        place.clear().await;
        if let Err(failed) = outcome {
            std::panic::resume_unwind(failed);
        }
    });
}

/// Where a world's database stands.
enum Ground {
    File(#[allow(dead_code)] TempDir),
    Server { server: String, name: String },
}

impl Ground {
    /// None where the test is for PostgreSQL and there is none.
    async fn lay(engine: Engine) -> Option<(Self, String)> {
        if engine == Engine::Sqlite {
            let folder = TempDir::new().unwrap();
            let url = format!("sqlite:{}", folder.path().join("world.db").display());
            return Some((Self::File(folder), url));
        }
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("VESTIBULE_TEST_POSTGRES").ok()?;
        let name = format!("world_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        tell(&server, format!("CREATE DATABASE {name}")).await;
        let (before, after) = server.rsplit_once('/').unwrap();
        let options = after.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
        Some((Self::Server { server: server.clone(), name: name.clone() }, format!("{before}/{name}{options}")))
    }

    async fn clear(self) {
        if let Self::Server { server, name } = self {
            tell(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn tell(server: &str, statement: String) {
    use sqlx::{Connection as _, Executor as _};
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(statement))).await.unwrap();
    connection.close().await.unwrap();
}

/// One business and the program that serves it. A clone is the same world.
#[derive(Clone)]
pub struct World {
    pub app: App,
    pub business: Business,
    worker: Arc<Worker>,
}

/// A staff member who is signed in.
#[derive(Clone)]
pub struct Staff {
    pub actor: Actor,
    pub email: String,
    pub token: Token,
}

/// A person of a client who is in.
#[derive(Clone)]
pub struct Person {
    pub email: String,
    pub token: Token,
    pub account: AccountId,
    pub user: PortalUserId,
    pub contact: ContactId,
    pub client: ClientId,
}

/// A staff member who is about to be added.
pub struct Newcomer<'a> {
    world: &'a World,
    name: &'a str,
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// A network address and a browser.
pub fn origin(address: &str) -> Origin {
    Origin { address: Some(address.parse().unwrap()), device: "Firefox on Linux".into() }
}

/// Somebody at a door, from an address that nothing else in a world uses.
pub fn knock(email: &str, password: &str) -> Knock {
    Knock { email: email.into(), password: password.into(), cookie: None, origin: origin("192.0.2.10") }
}

impl World {
    /// A world in an empty database.
    pub async fn new(url: String) -> Self {
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            address: "http://127.0.0.1:8080".into(),
            trusted_proxies: Vec::new(),
            database: Place { url: url.into(), connections: 8, pooler: false },
            files: Files { place: FilePlace::Memory, most_bytes: 25 * 1024 * 1024 },
            mail: Mail { from: email("portal@vestibule.test"), transport: Transport::Capture, pace: Pace::default() },
            // As cheap as hashing can be: what it costs for real has tests of its own.
            hashing: Cost { memory_kib: 64, passes: 1 },
            hashes_at_once: 2,
            session_idle: 3600,
            session_life: 14 * 86_400,
            log: Log { format: LogFormat::Text, level: "warn".into() },
        };
        let app = App::new(config, Clock::held_at(BEGINNING)).unwrap();
        app.migrate().await.unwrap();
        let business = create(&app, "Tidewater Haulage").await;
        let worker = Arc::new(Worker::new(&app).unwrap());
        Self { app, business, worker }
    }

    /// Another business of the same installation.
    pub async fn another(&self, name: &str) -> Self {
        Self { business: create(&self.app, name).await, ..self.clone() }
    }

    /// The same installation, seen from another node: a program of its own, nothing in common but the database.
    pub async fn another_node(&self) -> Self {
        self.another_node_at(self.app.clock.clone()).await
    }

    /// The same, with a clock of its own.
    pub async fn another_node_at(&self, clock: Clock) -> Self {
        self.node(self.app.config.clone(), clock).await
    }

    /// The same installation, on a node that keeps shared files in a folder.
    pub async fn keeping_files_in(&self, folder: &Path) -> Self {
        let mut config = self.app.config.clone();
        config.files.place = FilePlace::Folder(folder.to_owned());
        self.node(config, self.app.clock.clone()).await
    }

    async fn node(&self, config: Config, clock: Clock) -> Self {
        let app = App::new(config, clock).unwrap();
        app.migrate().await.unwrap();
        let worker = Arc::new(Worker::new(&app).unwrap());
        Self { app, business: self.business.clone(), worker }
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.app.clock.advance_seconds(seconds);
    }

    /// The operator, on the command line.
    pub fn operator(&self) -> Actor {
        Actor::operator(self.business.id)
    }

    /// The business as it is now.
    pub async fn business_now(&self) -> Business {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        business::store::find(&mut look.tx, self.business.id).await.unwrap()
    }

    /// A staff member: `w.staff("nadia").may(Everything).await`.
    pub fn staff<'a>(&'a self, name: &'a str) -> Newcomer<'a> {
        Newcomer { world: self, name }
    }

    /// A client.
    pub async fn client(&self, name: &str) -> Client {
        let mut act = self.app.begin(&self.operator()).await.unwrap();
        let client = Client {
            id: ClientId::new(act.now),
            reference: Reference::parse(name).unwrap(),
            name: CompanyName::parse(name).unwrap(),
            email: None,
            phone: None,
            status: client::Status::Active,
            exited_at: None,
            language: None,
            balance_cents: 0,
            created_at: act.now,
            version: 1,
        };
        client::store::insert(&mut act, &client).await.unwrap();
        group::store::insert_default(&mut act, client.id).await.unwrap();
        act.commit(Entry::Exported { what: format!("client {name}"), rows: 1 }).await.unwrap();
        client
    }

    /// A group that a client has made; its members see everything.
    pub async fn group(&self, client: &Client, name: &str) -> GroupId {
        let name = GroupName::parse(name).unwrap();
        group::acts::create(&self.app, &self.operator(), client.id, name, Sight::everything()).await.unwrap().id
    }

    /// Gives somebody another place at the client that they are linked with.
    pub async fn place(&self, person: &Person, group: Option<GroupId>, role: Role) {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let link = link::store::of_contact(&mut look, person.contact).await.unwrap().unwrap();
        let default = group::store::default_of(&mut look, person.client).await.unwrap().id;
        drop(look);
        let to = link::places::Place { group: group.unwrap_or(default), role };
        link::places::place(&self.app, &self.operator(), person.user, link.id, link.place(), to).await.unwrap();
    }

    /// A contact at a client; `omar.haddad@client.test` is Omar Haddad.
    pub async fn contact(&self, address: &str, client: &Client) -> Contact {
        let mut act = self.app.begin(&self.operator()).await.unwrap();
        let (first, last) = names_of(address);
        let contact = Contact {
            id: ContactId::new(act.now),
            client_id: client.id,
            company: client.name.to_string(),
            details: Details {
                first_name: first,
                last_name: last,
                title: None,
                email: email(address),
                cell_phone: None,
                office_phone: None,
                extension: None,
            },
            portal: Portal::None,
            created_at: act.now,
            version: 1,
        };
        let contact = contact::store::insert(&mut act, contact).await.unwrap();
        act.commit(Entry::Exported { what: format!("contact {address}"), rows: 1 }).await.unwrap();
        contact
    }

    /// The contact as it is now.
    pub async fn contact_now(&self, id: ContactId) -> Contact {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        contact::store::find(&mut look, id).await.unwrap()
    }

    /// Invites a contact, and answers the secret of the link that was mailed.
    pub async fn invite(&self, by: &Actor, contact: &Contact) -> Token {
        self.pass(1);
        invitation::acts::invite(&self.app, by, contact.id).await.unwrap();
        self.secret_mailed_to(contact.details.email.as_str()).await
    }

    /// A person who was invited to a client as a contact of this address, has accepted, and is signed in.
    pub async fn person(&self, address: &str, client: &Client) -> Person {
        let contact = self.contact(address, client).await;
        let invitation = self.invite(&self.operator(), &contact).await;
        self.accepts(&contact, &invitation).await
    }

    /// From now on the database refuses to touch some rows, as if there were a defect.
    pub async fn defect(&self, event: &str, table: &str, when: &str) {
        let statements = if self.app.db.kind() == "sqlite" {
            vec![format!(
                "CREATE TRIGGER defect BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE (ABORT, 'defect'); END"
            )]
        } else {
            vec![
                "CREATE FUNCTION defect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'defect'; END $$".to_owned(),
                format!("CREATE TRIGGER defect BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION defect()"),
            ]
        };
        let mut tx = self.app.db.write().await.unwrap();
        for statement in statements {
            Query::new(statement.leak()).run(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Somebody new accepts an invitation.
    pub async fn accepts(&self, contact: &Contact, invitation: &Token) -> Person {
        let details = contact.details.clone();
        let (first, last) = (details.first_name, details.last_name);
        let person = NewPerson { first, last, language: None, password: PASSWORD.into() };
        let business = self.business_now().await;
        let from = origin("198.51.100.20");
        let signed_in =
            door::invitation::accept_new(&self.app, &business, invitation, person, None, from).await.unwrap();
        let door = self.door(&signed_in.token).await.unwrap();
        Person {
            email: details.email.to_string(),
            token: signed_in.token,
            account: signed_in.account,
            user: door.user_id().unwrap(),
            contact: contact.id,
            client: contact.client_id,
        }
    }

    /// What a request of the portal finds, at the business's door.
    pub async fn door(&self, token: &Token) -> Result<PersonDoor> {
        door::person::enter(&self.app, &self.business_now().await, token, None, origin("198.51.100.20")).await
    }

    /// What a request for one client's things finds.
    pub async fn door_of(&self, token: &Token, client: ClientId) -> Result<PersonDoor> {
        door::person::enter(&self.app, &self.business_now().await, token, Some(client), origin("198.51.100.20")).await
    }

    /// Signs in at the business's door.
    pub async fn sign_in(&self, knock: Knock) -> Result<Token> {
        let business = self.business_now().await;
        door::person::sign_in(&self.app, &business, knock, door::person::At::Door)
            .await
            .map(|signed_in| signed_in.token)
    }

    /// Disables a staff member, as the page for staff will.
    pub async fn disable_staff(&self, staff: &Staff) {
        self.change_staff("UPDATE staff_member SET status = 'disabled' WHERE business_id = $1 AND id = $2", staff)
            .await;
    }

    /// Takes all permissions of their own from a staff member, as the page for staff will.
    pub async fn take_permissions(&self, staff: &Staff) {
        self.change_staff("DELETE FROM staff_permission WHERE business_id = $1 AND staff_id = $2", staff).await;
    }

    async fn change_staff(&self, statement: &'static str, staff: &Staff) {
        let mut tx = self.app.db.write().await.unwrap();
        let Some(id) = staff.actor.id() else { panic!("staff have an id") };
        Query::new(statement).bind(self.business.id).bind(id).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Sweeps out what is over.
    pub async fn sweep(&self) {
        vestibule::db::again(|| self.worker.sweep()).await.unwrap();
    }

    /// Works off what is due of what is done to many at once, to the end.
    pub async fn work(&self) {
        self.worker.work_due().await.unwrap();
    }

    /// Delivers what is due; the mail to an address, newest first.
    pub async fn mail_to(&self, address: &str) -> Vec<Captured> {
        let delivered = self.worker.deliver_due().await.unwrap();
        assert_eq!((delivered.failed, delivered.bounced), (0, 0), "every letter of this world can be delivered");
        self.mail_at(address).await
    }

    /// The mail that has reached an address, newest first.
    pub async fn mail_at(&self, address: &str) -> Vec<Captured> {
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        let mut mail = Vec::new();
        for line in captured::list(&mut look.tx, self.business.id, 500).await.unwrap() {
            if line.to_email == address {
                mail.push(captured::find(&mut look.tx, self.business.id, line.id).await.unwrap());
            }
        }
        mail.sort_by_key(|letter| std::cmp::Reverse((letter.at, letter.id)));
        mail
    }

    /// The secret of the link in the newest mail to an address.
    pub async fn secret_mailed_to(&self, address: &str) -> Token {
        let mail = self.mail_to(address).await;
        let newest = mail.first().unwrap_or_else(|| panic!("nothing was mailed to {address}"));
        let words = newest.plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        words.filter_map(Token::presented).next().unwrap_or_else(|| panic!("no link in {}", newest.plain))
    }

    /// What the audit log says, newest first, and that nobody has touched it.
    pub async fn audit(&self) -> Vec<Recorded> {
        let whole = audit::verify(&self.app.db, self.business.id).await.unwrap();
        assert!(matches!(whole, Verified::Whole { .. }), "{whole:?}");
        let mut look = self.app.look_at(self.business.id).await.unwrap();
        audit::latest(&mut look.tx, self.business.id, None, 500).await.unwrap()
    }
}

impl Newcomer<'_> {
    /// Adds them with these rights; they set their password by the one-time link, and are signed in.
    pub async fn may(self, rights: Rights) -> Staff {
        let Self { world, name } = self;
        let address = format!("{name}@{}.test", world.business.slug);
        let (first, last) = names_of(&address);
        let (app, by) = (&world.app, world.operator());
        let (_, link) =
            vestibule::staff::acts::add(app, &by, email(&address), first, last, rights, Purpose::FirstPassword)
                .await
                .unwrap();
        let from = origin("203.0.113.5");
        let signed_in = door::staff::set_first_password(app, &link, PASSWORD.into(), None, from.clone()).await.unwrap();
        let door = door::staff::actor(app, &signed_in.token, from).await.unwrap().unwrap();
        Staff { actor: door.actor, email: address, token: signed_in.token }
    }
}

async fn create(app: &App, name: &str) -> Business {
    let name = CompanyName::parse(name).unwrap();
    let slug = Slug::suggested_by(&name);
    business::acts::create(app, name, slug, None).await.unwrap()
}

/// `omar.haddad@client.test` is Omar Haddad, `omar@client.test` is Omar Client.
fn names_of(address: &str) -> (PersonName, PersonName) {
    let (local, domain) = address.split_once('@').unwrap();
    let (first, last) = local.split_once('.').unwrap_or((local, domain.split('.').next().unwrap()));
    let name = |text: &str| {
        let (head, tail) = text.split_at(1);
        PersonName::parse(&format!("{}{tail}", head.to_uppercase())).unwrap()
    };
    (name(first), name(last))
}

/// A password as a form hands it over.
pub fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}
