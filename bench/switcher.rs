//! One person with one linked client account, another with 2,000: the home of a client, which holds the switcher, and the
//! way in. The second may take at most 1.5 times the first (issue "The portal", U3).
//!
//! `cargo run --release --example switcher` (and `VESTIBULE_TEST_POSTGRES=postgres://…` for PostgreSQL, too).

mod ground;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use ground::{most_memory, on_each_engine};
use std::net::SocketAddr;
use std::time::{Duration, Instant as Stopwatch};
use tower::ServiceExt as _;
use vestibule::access::{Actor, Origin, Role};
use vestibule::account::session::{self, Beginning};
use vestibule::account::store::NewAccount;
use vestibule::account::{self, Realm};
use vestibule::act::App;
use vestibule::base::Instant;
use vestibule::base::id::{AccountId, BusinessId, ClientId, ContactId, LinkId, PortalUserId};
use vestibule::base::secret::Token;
use vestibule::base::text::{CompanyName, Email, PersonName, Reference, Slug};
use vestibule::business;
use vestibule::client::{self, Client};
use vestibule::contact::{self, Contact, Details, Portal};
use vestibule::portal_user::{self, PortalUser};
use vestibule::{group, link, web};

/// How often each page is asked for.
const ROUNDS: usize = 400;

/// A person with so many client accounts; their session, and one of their clients.
async fn person(app: &App, business: BusinessId, name: &str, links: usize) -> (Token, ClientId) {
    let mut act = app.begin(&Actor::operator(business)).await.unwrap();
    let now = act.now;
    let email = Email::parse(&format!("{name}@client.test")).unwrap();
    let (first, last) = (PersonName::parse(name).unwrap(), PersonName::parse("Person").unwrap());
    let new = NewAccount {
        realm: Realm::Portal,
        email: email.clone(),
        first_name: first.clone(),
        last_name: last.clone(),
        language: None,
        password_hash: None,
    };
    let account: AccountId = account::store::insert(&mut act.tx, &new, now).await.unwrap();
    account::store::add_business(&mut act.tx, account, business).await.unwrap();
    let user = PortalUser {
        id: PortalUserId::new(now),
        account_id: account,
        email: email.clone(),
        name: format!("{name} Person"),
        company: String::new(),
        password_due: None,
        disabled: None,
        deleted: None,
        terms_version: 0,
        terms_at: Instant::default(),
        last_sign_in_at: now,
        created_at: now,
        version: 1,
    };
    portal_user::store::insert(&mut act, &user).await.unwrap();
    let mut home = None;
    for n in 0..links {
        let client = Client {
            id: ClientId::new(now),
            reference: Reference::parse(&format!("{name}-{n}")).unwrap(),
            name: CompanyName::parse(&format!("{name} client {n:04}")).unwrap(),
            email: None,
            phone: None,
            status: client::Status::Active,
            exited_at: None,
            language: None,
            balance_cents: 0,
            created_at: now,
            version: 1,
        };
        client::store::insert(&mut act, &client).await.unwrap();
        group::store::insert_default(&mut act, client.id).await.unwrap();
        let group = group::store::default_of(&mut act, client.id).await.unwrap();
        let details = Details {
            first_name: first.clone(),
            last_name: last.clone(),
            title: None,
            email: email.clone(),
            cell_phone: None,
            office_phone: None,
            extension: None,
        };
        let contact = Contact {
            id: ContactId::new(now),
            client_id: client.id,
            company: client.name.to_string(),
            details,
            portal: Portal::None,
            created_at: now,
            version: 1,
        };
        let contact = contact::store::insert(&mut act, contact).await.unwrap();
        let tie = link::Link {
            id: LinkId::new(now),
            contact_id: contact.id,
            client_id: client.id,
            portal_user_id: user.id,
            group_id: group.id,
            role: Role::Member,
            state: link::State::Active,
            invited_email: email.clone(),
            made_at: now,
            ended_at: None,
        };
        link::store::insert(&mut act, &tie).await.unwrap();
        home = home.or(Some(client.id));
    }
    let origin = Origin::default();
    let beginning = Beginning { realm: Realm::Portal, account, business: None, origin: &origin, old: None };
    let token = session::begin(&mut act.tx, &beginning, now, 86_400).await.unwrap();
    act.commit_all(Vec::new()).await.unwrap();
    (token, home.unwrap())
}

async fn ask(router: &axum::Router, path: &str, token: &Token) -> (StatusCode, Duration) {
    let mut request = Request::builder()
        .uri(path)
        .header(header::COOKIE, format!("__Host-vestibule_portal={}", token.reveal()))
        .body(Body::empty())
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    let begun = Stopwatch::now();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, begun.elapsed())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    on_each_engine(measure);
}

async fn measure(app: App) {
    let name = CompanyName::parse("Tidewater Haulage").unwrap();
    let business = business::acts::create(&app, name, Slug::parse("tidewater").unwrap(), None).await.unwrap().id;
    let people = [person(&app, business, "one", 1).await, person(&app, business, "many", 2_000).await];
    let router = web::router(&app);
    println!("{}", app.db.kind());
    for what in ["home", "way in"] {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (times, (token, client)) in times.iter_mut().zip(&people) {
                let path = match what {
                    "home" => format!("/portal/tidewater/clients/{client}"),
                    _ => "/portal/tidewater".to_owned(),
                };
                let (status, took) = ask(&router, &path, token).await;
                assert!(status.is_success() || status.is_redirection(), "{status}");
                times.push(took);
            }
        }
        let [one, many] = times.map(middle);
        let ratio = many.as_secs_f64() / one.as_secs_f64();
        println!("  {what}: one link {one:?}, 2,000 links {many:?}: {ratio:.2} times");
    }
    println!("  most memory so far: {}", most_memory());
    app.db.close().await;
}
