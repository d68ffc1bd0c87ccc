//! How long it takes to disable, to enable again and to require a password change of 100,000 portal users, through the real
//! worker, and what a page of the console takes meanwhile, against what it takes when nothing else is done:
//! `cargo run --release --example bulk` (and `VESTIBULE_TEST_POSTGRES=postgres://…` for PostgreSQL, too).
//!
//! `cargo run --release --example bulk -- sqlite:large.db son` does it to the people of a database that is there, of its first
//! business, who are found by a text. At the end they are as they were, save that some of them must choose a new password.

mod ground;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use ground::{most_memory, on_each_engine};
use std::net::SocketAddr;
use std::time::Instant as Stopwatch;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use vestibule::access::{Actor, Origin};
use vestibule::account::token::Purpose;
use vestibule::act::App;
use vestibule::base::id::{BulkId, BusinessId};
use vestibule::base::text::{Email, PersonName};
use vestibule::bulk::{Kind, Selection, State, acts};
use vestibule::business;
use vestibule::door;
use vestibule::portal_user::list::Filter;
use vestibule::seed::{self, Onto, Seeding};
use vestibule::staff::{self, acts::Rights};
use vestibule::web;
use vestibule::worker::Worker;

const PEOPLE: usize = 100_000;
/// Pages that are asked for, in turn.
const PAGES: [&str; 4] = [
    "/console/portal-users",
    "/console/portal-users?sort=last-sign-in&dir=desc",
    "/console/portal-users?status=disabled",
    "/console/contacts?q=rao",
];
/// How often a page is asked for while nothing else is done.
const TIMES: usize = 400;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    match asked.as_slice() {
        [url, search] => tokio::runtime::Runtime::new().unwrap().block_on(async {
            let app = ground::app(url).await;
            let there = business::store::all(&mut app.db.read().await.unwrap()).await.unwrap();
            measure(app, there[0].id, search).await;
        }),
        _ => on_each_engine(|app| async move {
            let seeding = Seeding { portal_users: PEOPLE, number: 1, password: None, onto: Onto::Nothing };
            let seeded = seed::run(&app, &seeding, |_| {}).await.unwrap();
            measure(app, seeded.business, "").await;
        }),
    }
}

async fn measure(app: App, business: BusinessId, search: &str) {
    let name = |text: &str| PersonName::parse(text).unwrap();
    let operator = Actor::operator(business);
    let email = Email::parse(&format!("nadia-{}@seed.test", std::process::id())).unwrap();
    let rights = Rights::Administrator;
    let (_, link) =
        staff::acts::add(&app, &operator, email, name("Nadia"), name("Rao"), rights, Purpose::FirstPassword)
            .await
            .unwrap();
    let password = "marmot anvil quilt dune".to_owned().into();
    let signed_in = door::staff::set_first_password(&app, &link, password, None, Origin::default()).await.unwrap();
    let actor = door::staff::actor(&app, &signed_in.token, Origin::default()).await.unwrap().unwrap().actor;
    let cookie = format!("__Host-vestibule_staff={}", signed_in.token.reveal());
    println!("{} (milliseconds of a page: p50, p99)", app.db.kind());

    let router = web::router(&app);
    // What is prepared and read for the first time is not what people wait for.
    for n in 0..TIMES / 10 {
        page(&router, &cookie, PAGES[n % PAGES.len()]).await;
    }
    let mut idle = Vec::new();
    for n in 0..TIMES {
        idle.push(page(&router, &cookie, PAGES[n % PAGES.len()]).await);
    }
    let idle = Figures::of(idle);
    println!("  nothing else           {:7.2} {:7.2}", idle.p50, idle.p99);
    for (what, kind) in [
        ("disable", Kind::Disable),
        ("enable again", Kind::Enable),
        ("require a new password", Kind::RequirePasswordChange),
    ] {
        let stop = CancellationToken::new();
        let worker = Worker::new(&app).unwrap();
        let working = tokio::spawn({
            let stop = stop.clone();
            async move { worker.run(stop).await }
        });
        let everybody = Selection::PortalUsers { filter: Filter::default(), search: search.to_owned() };
        let start = Stopwatch::now();
        let job = acts::prepare(&app, &actor, kind, everybody).await.unwrap();
        let at_once = start.elapsed();
        let looked = until(&app, &actor, job.id, &router, &cookie, |state| state != State::Preparing).await;
        let prepared = start.elapsed();
        let start = Stopwatch::now();
        acts::confirm(&app, &actor, job.id, None).await.unwrap();
        let during = until(&app, &actor, job.id, &router, &cookie, State::has_ended).await;
        let took = start.elapsed();
        let job = acts::job(&app, &actor, job.id).await.unwrap();
        println!(
            "  {what:22} {:7.2} {:7.2}   p99 × {:.2}   {:.1} s for {} people, {} skipped   (looked at in {:.1} s, of which {:.0} ms on the page; pages meanwhile p99 {:.2})",
            during.p50,
            during.p99,
            during.p99 / idle.p99,
            took.as_secs_f64(),
            job.counts.done,
            job.counts.skipped_in_all(),
            prepared.as_secs_f64(),
            at_once.as_secs_f64() * 1000.0,
            looked.p99,
        );
        stop.cancel();
        working.await.unwrap();
    }
    println!("  most memory so far     {}", most_memory());
    app.db.close().await;
}

/// Asks for pages until a job has come so far.
async fn until(
    app: &App,
    actor: &Actor,
    job: BulkId,
    router: &axum::Router,
    cookie: &str,
    reached: impl Fn(State) -> bool,
) -> Figures {
    let mut asked = Vec::new();
    loop {
        for path in PAGES {
            asked.push(page(router, cookie, path).await);
        }
        if reached(acts::job(app, actor, job).await.unwrap().state) {
            return Figures::of(asked);
        }
    }
}

/// Asks for a page; answers how many milliseconds it took.
async fn page(router: &axum::Router, cookie: &str, path: &str) -> f64 {
    let mut request = Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let start = Stopwatch::now();
    let reply = router.clone().oneshot(request).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK, "{path}");
    let took = start.elapsed().as_secs_f64() * 1000.0;
    drop(axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap());
    took
}

struct Figures {
    p50: f64,
    p99: f64,
}

impl Figures {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |part: usize| values[(values.len() * part / 100).min(values.len() - 1)];
        Self { p50: at(50), p99: at(99) }
    }
}
