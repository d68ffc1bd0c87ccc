//! How long the list of portal users takes, whatever is asked: server time of one page, first byte of the question to last
//! row of the answer, without the page around it.
//!
//! `cargo run --release --example lists -- 100000=sqlite:small.db 1000000=sqlite:large.db 1000000=postgres://…`: each
//! database is seeded first if it is empty. Prints one table per database, and how each differs from the first.

use std::collections::BTreeMap;
use std::time::Instant as Stopwatch;
use vestibule::access::Actor;
use vestibule::act::App;
use vestibule::base::page::{Cursor, Direction, Key, PageSize, Position};
use vestibule::base::{Clock, Result};
use vestibule::business;
use vestibule::config::Config;
use vestibule::listing::Needle;
use vestibule::portal_user::list::{self, Ask, Filter, Sort, TermsStanding};
use vestibule::portal_user::{Seen, Status};
use vestibule::seed::{self, Onto, Seeding};

/// How often each question is asked at most, and for how long they are asked again.
const TIMES: usize = 60;
const SECONDS: f64 = 90.0;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut first: Option<BTreeMap<String, Figures>> = None;
    for place in std::env::args().skip(1) {
        let (rows, url) = place.split_once('=').ok_or("each database is ROWS=URL")?;
        let app = open(url)?;
        app.db.migrate().await?;
        // A reading transaction that stayed open would keep SQLite from folding its log into the file.
        let there = business::store::all(&mut app.db.read().await?).await?;
        let business = match there.first() {
            Some(business) => business.id,
            None => {
                let begun = Stopwatch::now();
                let seeding = Seeding { portal_users: rows.parse()?, number: 1, password: None, onto: Onto::Nothing };
                let seeded = seed::run(&app, &seeding, |n| eprint!("\r{n} portal users")).await?;
                eprintln!("\rseeded {} portal users in {:.0} s", seeded.portal_users, begun.elapsed().as_secs_f64());
                seeded.business
            }
        };
        let figures = measure(&app, &Actor::operator(business)).await?;
        println!("\n{} with {rows} portal users (milliseconds)\n", app.db.kind());
        println!("| what | p50 | p99 | most | p50 against the first |\n|---|---:|---:|---:|---:|");
        for (what, figure) in &figures {
            let before = first.as_ref().and_then(|first| first.get(what)).map(|f| figure.p50 / f.p50);
            let ratio = before.map_or(String::new(), |ratio| format!("{ratio:.2}"));
            println!("| {} | {:.2} | {:.2} | {:.2} | {ratio} |", &what[3..], figure.p50, figure.p99, figure.most);
        }
        first.get_or_insert(figures);
        app.db.close().await;
    }
    Ok(())
}

fn open(url: &str) -> std::result::Result<App, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("vestibule.toml");
    std::fs::write(&file, format!("[database]\nurl = \"{url}\"\n[mail]\ntransport = \"capture\"\n"))?;
    Ok(App::new(Config::load(Some(&file))?, Clock::System)?)
}

struct Figures {
    p50: f64,
    p99: f64,
    most: f64,
}

impl Figures {
    fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        Self { p50: at(0.5), p99: at(0.99), most: at(1.0) }
    }
}

/// Asks each question of each kind again and again, in turns, so that none has the caches for itself.
async fn measure(app: &App, actor: &Actor) -> Result<BTreeMap<String, Figures>> {
    let questions = questions(app, actor).await?;
    let verbose = std::env::var_os("SLOW").is_some();
    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let begun = Stopwatch::now();
    for turn in 0..=TIMES {
        if turn > 2 && begun.elapsed().as_secs_f64() > SECONDS {
            break;
        }
        for (what, ask) in &questions {
            let begun = Stopwatch::now();
            let mut look = app.look(actor).await?;
            let listed = list::list(&mut look, ask).await?;
            drop(look);
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            // The first turn prepares what connections keep prepared.
            if turn > 0 {
                times.entry(what.clone()).or_default().push(took);
                if verbose && turn == 1 && took > 15.0 {
                    eprintln!("{took:.1} ms: {what}: {ask:?} → {} rows of {}", listed.page.rows.len(), listed.total);
                }
            }
        }
    }
    Ok(times.into_iter().map(|(what, times)| (what, Figures::of(times))).collect())
}

type Questions = Vec<(String, Ask)>;

async fn questions(app: &App, actor: &Actor) -> Result<Questions> {
    let mut asked = Questions::new();
    let ways = [Direction::Ascending, Direction::Descending];
    for sort in Sort::ALL {
        for direction in ways {
            let places = [Position::Start, Position::After(middle(app, *sort)), Position::Before(middle(app, *sort))];
            for position in places {
                let ask = Ask { sort: *sort, direction, position, ..Ask::default() };
                asked.push((format!("01 any page, by {}", sort.code()), ask));
            }
            let deep = Ask { sort: *sort, direction: direction.turned(), ..Ask::default() };
            let rows = list::list(&mut *app.look(actor).await?, &deep).await?.page.next;
            if let Some(last) = rows {
                let ask = Ask { sort: *sort, direction, position: Position::After(last), ..Ask::default() };
                asked.push((format!("02 last page, by {}", sort.code()), ask));
            }
            for (name, filter) in filters() {
                let ask = Ask { sort: *sort, direction, filter, ..Ask::default() };
                asked.push((format!("03 only {name}"), ask));
            }
        }
    }
    let hundred = PageSize::asked(Some(100));
    asked.push(("04 a page of 100".into(), Ask { size: hundred, ..Ask::default() }));
    for filter in client_filters(app, actor).await? {
        for sort in Sort::ALL {
            let ask = Ask { sort: *sort, filter: filter.clone(), ..Ask::default() };
            asked.push(("05 people of one client".into(), ask));
        }
    }
    for (kind, typed) in SEARCHES {
        for text in *typed {
            every_way(&mut asked, &format!("06 search: {kind}"), text);
        }
    }
    for text in sampled(app, actor).await? {
        every_way(&mut asked, "07 search: any three to eight letters of what is there", &text);
    }
    Ok(asked)
}

const SEARCHES: &[(&str, &[&str])] = &[
    ("nobody", &["qxzqxj", "@@@", "zzzzzz"]),
    ("one company", &["tidewater logistics", "zephyr wines"]),
    ("a first name at one end (zoe, aaron)", &["zoe", "aaron", "zofia"]),
    ("a company’s word at one end (zephyr, abbey)", &["zephyr", "abbey"]),
    ("a last name", &["whitlock", "müller", "o'brien", "nguyễn"]),
    ("a common part", &["ann", "son", "ing"]),
    ("half of all and more", &["example", ".co", "e.c"]),
    ("signs", &["o@e", "x@q", "y ltd", "..."]),
    ("one letter", &["s", "z", "q", "明"]),
    ("two letters", &["zo", "de", "佐藤", "xq"]),
];

fn every_way(asked: &mut Questions, what: &str, text: &str) {
    for sort in Sort::ALL {
        for direction in [Direction::Ascending, Direction::Descending] {
            for filter in [Filter::default(), Filter { statuses: vec![Status::Disabled], ..Filter::default() }] {
                let ask = Ask { sort: *sort, direction, filter, search: Needle::typed(text), ..Ask::default() };
                asked.push((what.to_owned(), ask));
            }
        }
    }
}

fn filters() -> Vec<(&'static str, Filter)> {
    vec![
        ("disabled", Filter { statuses: vec![Status::Disabled], ..Filter::default() }),
        ("active", Filter { statuses: vec![Status::Active], ..Filter::default() }),
        ("terms outdated", Filter { terms: vec![TermsStanding::Outdated], ..Filter::default() }),
        ("never signed in", Filter { seen: Some(Seen::Never), ..Filter::default() }),
        (
            "disabled or due, never accepted, never signed in",
            Filter {
                statuses: vec![Status::Disabled, Status::PasswordDue],
                terms: vec![TermsStanding::Never],
                seen: Some(Seen::Never),
                client: None,
            },
        ),
    ]
}

fn middle(app: &App, sort: Sort) -> Cursor {
    let key = match sort {
        Sort::Name | Sort::Email | Sort::Company => Key::Text("m".into()),
        Sort::Status => Key::Number(2),
        Sort::Terms => Key::Number(3),
        Sort::LastSignIn => Key::Number(app.clock.now().plus_days(-200).micros()),
    };
    Cursor { key, id: uuid::Uuid::nil() }
}

/// The largest client, and a small one.
async fn client_filters(app: &App, actor: &Actor) -> Result<Vec<Filter>> {
    let mut look = app.look(actor).await?;
    let found: Vec<(vestibule::base::id::ClientId,)> = look
        .query("SELECT client_id FROM link WHERE business_id = $1 GROUP BY client_id ORDER BY count(*) DESC LIMIT 1")
        .all(&mut look.tx)
        .await?;
    let small = vestibule::client::list::list(&mut look, &vestibule::client::list::Ask::default()).await?;
    let ids = found.into_iter().map(|(id,)| id).chain(small.page.rows.first().map(|row| row.id));
    Ok(ids.map(|id| Filter { client: Some(id), ..Filter::default() }).collect())
}

/// Pieces of names, addresses and companies of people here and there in the list.
async fn sampled(app: &App, actor: &Actor) -> Result<Vec<String>> {
    let mut pieces = Vec::new();
    for (n, letter) in "abcdefghijklmnopqrstuvwxyz".chars().enumerate() {
        let cursor = Cursor { key: Key::Text(letter.to_string()), id: uuid::Uuid::nil() };
        let ask = Ask { sort: Sort::Email, position: Position::After(cursor), ..Ask::default() };
        let rows = list::list(&mut *app.look(actor).await?, &ask).await?.page.rows;
        for (m, row) in rows.iter().take(3).enumerate() {
            let text: Vec<char> = [row.name.clone(), row.email.to_string(), row.company.clone()][m].chars().collect();
            let length = 3 + n % 6;
            let from = (n * 7) % text.len().saturating_sub(length).max(1);
            pieces.push(text.iter().skip(from).take(length).collect());
        }
    }
    Ok(pieces)
}
