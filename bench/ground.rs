//! What the benches of whole acts stand on: an empty database of each engine, and what the program took.

use std::future::Future;
use vestibule::act::App;
use vestibule::base::Clock;
use vestibule::base::hashing::Cost;
use vestibule::base::text::Email;
use vestibule::config::{Config, FilePlace, Files, Log, LogFormat, Mail, Pace, Transport};
use vestibule::db::Place;

/// Measures on SQLite, and on the PostgreSQL that `VESTIBULE_TEST_POSTGRES` names, in a database that is dropped afterwards.
pub fn on_each_engine<F: Future<Output = ()>>(measure: impl Fn(App) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        measure(app(&format!("sqlite:{}", folder.path().join("bench.db").display())).await).await;
        if let Ok(server) = std::env::var("VESTIBULE_TEST_POSTGRES") {
            let name = format!("bench_{}", std::process::id());
            tell(&server, &format!("CREATE DATABASE {name}")).await;
            let (before, _) = server.rsplit_once('/').unwrap();
            measure(app(&format!("{before}/{name}")).await).await;
            tell(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    });
}

/// The program on a database, with its tables.
pub async fn app(url: &str) -> App {
    let app = App::new(config(url), Clock::System).unwrap();
    app.migrate().await.unwrap();
    app
}

/// The most memory that this program had at once.
pub fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}

fn config(url: &str) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        address: "http://127.0.0.1:8080".into(),
        trusted_proxies: Vec::new(),
        database: Place { url: url.into(), connections: 8, pooler: false },
        files: Files { place: FilePlace::Memory, most_bytes: 25 * 1024 * 1024 },
        mail: Mail {
            from: Email::parse("portal@vestibule.test").unwrap(),
            transport: Transport::Capture,
            pace: Pace::default(),
        },
        hashing: Cost { memory_kib: 64, passes: 1 },
        hashes_at_once: 1,
        session_idle: 86_400,
        session_life: 86_400,
        log: Log { format: LogFormat::Text, level: "warn".into() },
    }
}

async fn tell(server: &str, statement: &str) {
    use sqlx::{Connection as _, Executor as _};
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))).await.unwrap();
    connection.close().await.unwrap();
}
