//! The whole program under load, on loopback, bounded in count and time: how soon it answers, what memory it takes, how many
//! people a second can sign in beside what the hashing alone allows, and what that does to a console page meanwhile.
//!
//! `cargo bench --bench server` takes about two minutes and prints one table. Compare figures of one run only.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use vestibule::access::Actor;
use vestibule::account::token::Purpose;
use vestibule::act::App;
use vestibule::base::Clock;
use vestibule::base::page::PageSize;
use vestibule::base::text::{Email, PersonName};
use vestibule::config::Config;
use vestibule::portal_user::list::{self, Ask, Filter};
use vestibule::portal_user::{Seen, Status};
use vestibule::staff::acts::{Rights, add};

const PASSWORD: &str = "marmot anvil quilt dune";
const ROUNDS: usize = 3;
const SIGN_INS_AT_ONCE: usize = 8;
const WINDOW: Duration = Duration::from_secs(6);
const PAGES: usize = 400;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let listen = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = folder.path().join("vestibule.toml");
    let database = folder.path().join("bench.db");
    let text = format!(
        "[server]\nlisten = \"{listen}\"\ntrusted_proxies = [\"127.0.0.1\"]\n[database]\nurl = \"sqlite:{}\"\n[mail]\ntransport = \"capture\"\n[log]\nlevel = \"error\"\n",
        database.display()
    );
    std::fs::write(&config, text).unwrap();
    let seeded = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(["--config", config.to_str().unwrap(), "seed", "--portal-users", "5000", "--password", PASSWORD])
        .output()
        .unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(measure(&config));
}

async fn measure(config: &Path) {
    let (people, link) = prepare(config).await;
    let starts: Vec<f64> = futures(9, || start_and_answer(config)).await;
    println!("start to first answer      {:>8.1} ms (median of {})", median(&starts) * 1e3, starts.len());

    let server = Server::start(config);
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    assert!(http.get(server.at("/readyz")).send().await.unwrap().status().is_success());
    println!("idle memory                {:>8.1} MB (resident, after the first answer)", server.resident_mb());
    let cookie = sign_in_staff(&http, &server, &link).await;

    let (mut shares, mut slows) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let idle = pages(&http, &server, &cookie, PAGES, None).await;
        let alone = hashes_per_second();
        let rate = signing_in(&http, &server, &people, None).await.0;
        let (_, busy) = signing_in(&http, &server, &people, Some(&cookie)).await;
        let (share, slow) = (rate / alone, p99(&busy) / p99(&idle));
        println!(
            "round {round}: hashing alone {alone:>6.1}/s, sign-ins {rate:>6.1}/s, ratio {share:.2}; console page p99 idle {:.2} ms, meanwhile {:.2} ms ({} pages), ratio {slow:.2}",
            p99(&idle) * 1e3,
            p99(&busy) * 1e3,
            busy.len()
        );
        shares.push(share);
        slows.push(slow);
    }
    println!("sign-ins / hashing alone   {:>8.2} (median of {ROUNDS})", median(&shares));
    println!("console page p99 meanwhile {:>8.2} times its idle p99 (median of {ROUNDS})", median(&slows));
    println!("memory after the load      {:>8.1} MB", server.resident_mb());
    server.stop();
}

/// People who can sign in, and a one-time link for a staff member.
async fn prepare(config: &Path) -> (Vec<String>, String) {
    let app = App::new(Config::load(Some(config)).unwrap(), Clock::System).unwrap();
    app.migrate().await.unwrap();
    let business = vestibule::business::store::all(&mut app.db.read().await.unwrap()).await.unwrap().remove(0);
    let (email, name) = (Email::parse("bench@staff.test").unwrap(), PersonName::parse("Bench").unwrap());
    let actor = Actor::operator(business.id);
    let (_, link) =
        add(&app, &actor, email, name.clone(), name, Rights::Administrator, Purpose::DemoSignIn).await.unwrap();
    let mut look = app.look(&actor).await.unwrap();
    let mut ask = Ask {
        filter: Filter { statuses: vec![Status::Active], seen: Some(Seen::Yes), ..Filter::default() },
        size: PageSize::asked(Some(100)),
        ..Ask::default()
    };
    let mut people = Vec::new();
    while people.len() < 1000 {
        let page = list::list(&mut look, &ask).await.unwrap().page;
        people.extend(page.rows.into_iter().map(|row| row.email.to_string()));
        let Some(next) = page.next else { break };
        ask.position = vestibule::base::page::Position::After(next);
    }
    drop(look);
    app.db.close().await;
    (people, link.reveal().to_owned())
}

/// The server, as a process of its own.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(config: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vestibule"))
            .args(["--config", config.to_str().unwrap(), "serve"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { child, address }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    fn stop(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn start_and_answer(config: &Path) -> f64 {
    let began = Instant::now();
    let server = Server::start(config);
    let answered = reqwest::get(server.at("/console/sign-in")).await.unwrap().status().is_success();
    let took = began.elapsed().as_secs_f64();
    assert!(answered);
    server.stop();
    took
}

async fn futures<T, F: Future<Output = T>>(times: usize, make: impl Fn() -> F) -> Vec<T> {
    let mut all = Vec::new();
    for _ in 0..times {
        all.push(make().await);
    }
    all
}

async fn sign_in_staff(http: &reqwest::Client, server: &Server, link: &str) -> String {
    let welcome = http.post(server.at(&format!("/console/welcome/{link}"))).header("origin", &server.address);
    let reply = welcome.form(&[("email", "")]).send().await.unwrap();
    assert_eq!(reply.status(), 303);
    reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// Console pages, one after the other: the seconds each took.
async fn pages(http: &reqwest::Client, server: &Server, cookie: &str, most: usize, until: Option<Instant>) -> Vec<f64> {
    let mut took = Vec::new();
    while took.len() < most && until.is_none_or(|until| Instant::now() < until) {
        let began = Instant::now();
        let reply = http.get(server.at("/console/portal-users")).header("cookie", cookie).send().await.unwrap();
        assert!(reply.status().is_success());
        reply.bytes().await.unwrap();
        took.push(began.elapsed().as_secs_f64());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    took
}

/// Signs people in for a while, several at once, with the cookie of a staff member who looks at pages meanwhile: how many a
/// second, and the seconds each page took.
async fn signing_in(
    http: &reqwest::Client,
    server: &Server,
    people: &[String],
    cookie: Option<&str>,
) -> (f64, Vec<f64>) {
    let done = AtomicU64::new(0);
    let began = Instant::now();
    let until = began + WINDOW;
    let load =
        futures_util::future::join_all((0..SIGN_INS_AT_ONCE).map(|n| sign_ins(http, server, people, n, until, &done)));
    let looked = async {
        match cookie {
            Some(cookie) => pages(http, server, cookie, usize::MAX, Some(until)).await,
            None => Vec::new(),
        }
    };
    let (_, took) = tokio::join!(load, looked);
    (done.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64(), took)
}

/// Signs people in, one after the other, until the time is up.
async fn sign_ins(
    http: &reqwest::Client,
    server: &Server,
    people: &[String],
    n: usize,
    until: Instant,
    done: &AtomicU64,
) {
    for (person, turn) in people.iter().skip(n).step_by(SIGN_INS_AT_ONCE).cycle().zip(0_u32..) {
        if Instant::now() >= until {
            return;
        }
        let form = [("email", person.as_str()), ("password", PASSWORD), ("next", "")];
        let ask = http.post(server.at("/portal/seed-1/sign-in")).header("origin", &server.address).form(&form);
        // From an address of their own each: from one, so many are held up (S13).
        let from = std::net::Ipv4Addr::from(0x0a00_0000 + (u32::try_from(n).unwrap() << 20) + turn);
        let reply = ask.header("x-forwarded-for", from.to_string()).send().await.unwrap();
        assert_eq!(reply.status(), 303, "{person}: {}", reply.text().await.unwrap());
        done.fetch_add(1, Ordering::Relaxed);
    }
}

/// What all cores do with nothing else: the same parameters, the same function.
fn hashes_per_second() -> f64 {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let stored = argon2.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let threads = std::thread::available_parallelism().unwrap().get();
    let began = Instant::now();
    let counted: u64 = std::thread::scope(|scope| {
        let work = |_| {
            scope.spawn(|| {
                let mut n = 0;
                while began.elapsed() < WINDOW {
                    Argon2::default()
                        .verify_password(PASSWORD.as_bytes(), &PasswordHash::new(&stored).unwrap())
                        .unwrap();
                    n += 1;
                }
                n
            })
        };
        (0..threads).map(work).collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    counted as f64 / began.elapsed().as_secs_f64()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

fn median(values: &[f64]) -> f64 {
    sorted(values)[values.len() / 2]
}

fn p99(values: &[f64]) -> f64 {
    sorted(values)[(values.len() * 99 / 100).min(values.len() - 1)]
}
