//! Configuration: defaults, then a file, then the environment; checked once at start, each mistake named with its key.

use crate::base::hashing::Cost;
use crate::base::text::Email;
use crate::db::Place;
use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use ipnet::IpNet;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that an operator can set, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address that people type: every link in a page or mail begins with it (S32). No slash at the end.
    pub address: String,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The database.
    pub database: Place,
    /// Where shared files lie.
    pub files: Files,
    /// How mail leaves.
    pub mail: Mail,
    /// What hashing a password costs.
    pub hashing: Cost,
    /// How many passwords are hashed at the same time.
    pub hashes_at_once: usize,
    /// Seconds after which a session that nobody uses ends (S40).
    pub session_idle: i64,
    /// Seconds after which a session ends, used or not (S40).
    pub session_life: i64,
    /// How the log is written.
    pub log: Log,
}

/// Where shared files lie.
#[derive(Clone, Debug)]
pub struct Files {
    /// The place.
    pub place: FilePlace,
    /// The largest that is taken, in bytes.
    pub most_bytes: u64,
}

/// A place for files.
#[derive(Clone, Debug)]
pub enum FilePlace {
    /// A folder of this machine, or one that several nodes share.
    Folder(PathBuf),
    /// A store that speaks S3.
    S3(S3),
    /// Nowhere: gone with the program. For samples and tests.
    Memory,
}

/// A store that speaks S3.
#[derive(Clone, Debug)]
pub struct S3 {
    /// The bucket.
    pub bucket: String,
    /// The region.
    pub region: String,
    /// Its address, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// The access key with its secret; without, the machine's own role is asked.
    pub login: Option<(String, SecretString)>,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The sender's address.
    pub from: Email,
    /// The way out.
    pub transport: Transport,
    /// How much of it one business may bring upon others.
    pub pace: Pace,
}

/// At what pace a business sends letters that nobody asked for (S33): invitations, and what its staff change about people. What
/// somebody waits for, and what warns somebody, is not among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// The most in an hour; the others wait for their turn.
    pub business_an_hour: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { business_an_hour: 1000 }
    }
}

/// The way out for mail.
#[derive(Clone, Debug)]
pub enum Transport {
    /// A mail server.
    Smtp(Smtp),
    /// One `.eml` file per letter in this folder.
    Folder(PathBuf),
    /// Kept in the database and shown on a page: the demo. Never for real people.
    Capture,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name, also the one its certificate must carry.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The login, if it wants one.
    pub login: Option<(String, SecretString)>,
    /// Seconds until a server that does not answer is given up for this time.
    pub timeout_seconds: u64,
    /// A certificate authority of one's own, as a PEM file.
    pub ca_file: Option<PathBuf>,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Not at all: for a server on the same machine.
    None,
    /// By STARTTLS, which must succeed.
    Starttls,
    /// From the first byte.
    Tls,
}

/// How the log is written.
#[derive(Clone, Debug)]
pub struct Log {
    /// Lines for people, or JSON for machines.
    pub format: LogFormat,
    /// A `tracing` filter: `info`, `vestibule=debug` …
    pub level: String,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Mistakes in the configuration: each line names its key and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("The configuration cannot be used:\n{}", .0.iter().map(|m| format!("  {m}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// The file's shape, before anything is checked.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: RawServer,
    database: RawDatabase,
    files: RawFiles,
    mail: RawMail,
    password: RawPassword,
    session: RawSession,
    log: RawLog,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    listen: String,
    address: String,
    trusted_proxies: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawDatabase {
    url: String,
    connections: u32,
    pooler: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawFiles {
    store: String,
    folder: String,
    most_mb: u64,
    s3: RawS3,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawS3 {
    bucket: String,
    region: String,
    endpoint: String,
    key: String,
    secret: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawMail {
    transport: String,
    from: String,
    folder: String,
    smtp: RawSmtp,
    pace: RawPace,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawPace {
    business_an_hour: i64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawSmtp {
    host: String,
    port: u16,
    tls: Tls,
    user: String,
    password: String,
    timeout_seconds: u64,
    ca_file: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawPassword {
    memory_kib: u32,
    passes: u32,
    at_once: usize,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawSession {
    idle_minutes: i64,
    days: i64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    format: LogFormat,
    level: String,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            server: RawServer { listen: "127.0.0.1:8080".into(), address: String::new(), trusted_proxies: Vec::new() },
            database: RawDatabase { url: "sqlite:vestibule.db".into(), connections: 8, pooler: false },
            files: RawFiles {
                store: "folder".into(),
                folder: "vestibule-files".into(),
                most_mb: 25,
                s3: RawS3 {
                    bucket: String::new(),
                    region: "us-east-1".into(),
                    endpoint: String::new(),
                    key: String::new(),
                    secret: String::new(),
                },
            },
            mail: RawMail {
                transport: "smtp".into(),
                from: String::new(),
                folder: "mail".into(),
                smtp: RawSmtp {
                    host: "localhost".into(),
                    port: 587,
                    tls: Tls::Starttls,
                    user: String::new(),
                    password: String::new(),
                    timeout_seconds: 30,
                    ca_file: String::new(),
                },
                pace: RawPace { business_an_hour: Pace::default().business_an_hour },
            },
            password: RawPassword {
                memory_kib: 19 * 1024,
                passes: 2,
                at_once: std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get),
            },
            session: RawSession { idle_minutes: 60, days: 14 },
            log: RawLog { format: LogFormat::Text, level: "info".into() },
        }
    }
}

impl RawFiles {
    fn check(self, wrong: &mut Vec<String>) -> Files {
        if !(1..=1024).contains(&self.most_mb) {
            wrong.push("files.most_mb: must be between 1 and 1024.".into());
        }
        let place = match self.store.as_str() {
            "folder" => FilePlace::Folder(self.folder.into()),
            "s3" => {
                let s3 = self.s3;
                if s3.bucket.is_empty() {
                    wrong.push("files.s3.bucket: set the bucket’s name.".into());
                }
                if s3.key.is_empty() != s3.secret.is_empty() {
                    wrong.push("files.s3.key and files.s3.secret: set both, or neither.".into());
                }
                FilePlace::S3(S3 {
                    bucket: s3.bucket,
                    region: s3.region,
                    endpoint: (!s3.endpoint.is_empty()).then_some(s3.endpoint),
                    login: (!s3.key.is_empty()).then(|| (s3.key, s3.secret.into())),
                })
            }
            other => {
                wrong.push(format!("files.store: “{other}” is none of folder, s3."));
                FilePlace::Memory
            }
        };
        Files { place, most_bytes: self.most_mb.saturating_mul(1024 * 1024) }
    }
}

impl Config {
    /// Reads the configuration: `file` if it is named (it must then exist), else `vestibule.toml` if there is one, and
    /// `VESTIBULE_SECTION__KEY` from the environment above it.
    ///
    /// # Errors
    /// Every mistake at once, each with its key.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(file) = file.filter(|f| !f.is_file()) {
            return Err(ConfigError(vec![format!("--config: the file {} does not exist.", file.display())]));
        }
        let raw: Raw = Figment::from(Serialized::defaults(Raw::default()))
            .merge(Toml::file(file.unwrap_or_else(|| Path::new("vestibule.toml"))))
            .merge(Env::prefixed("VESTIBULE_").filter(|key| key.as_str().contains("__")).split("__"))
            .extract()
            .map_err(|errors| ConfigError(errors.into_iter().map(|e| e.to_string()).collect()))?;
        Self::check(raw)
    }

    /// The name in the address, without its port: how the program introduces itself to mail servers.
    #[must_use]
    pub fn host(&self) -> &str {
        let place = self.address.split_once("://").map_or(self.address.as_str(), |(_, place)| place);
        match place.find(']') {
            Some(end) => &place[..=end],
            None => place.split(':').next().unwrap_or(place),
        }
    }

    fn check(raw: Raw) -> Result<Self, ConfigError> {
        let mut wrong = Vec::new();
        let listen = raw.server.listen.parse().unwrap_or_else(|_| {
            wrong.push(format!(
                "server.listen: “{}” is not an address with a port, like 127.0.0.1:8080.",
                raw.server.listen
            ));
            SocketAddr::from(([127, 0, 0, 1], 0))
        });
        let address = if raw.server.address.is_empty() {
            format!("http://{listen}")
        } else {
            raw.server.address.trim_end_matches('/').to_owned()
        };
        match axum::http::Uri::try_from(address.as_str()) {
            Ok(uri)
                if matches!(uri.scheme_str(), Some("http" | "https")) && uri.path() == "/" && uri.query().is_none() =>
            {
                let local = uri.host().is_some_and(|h| h == "localhost" || h == "[::1]" || h.starts_with("127."));
                if uri.scheme_str() == Some("http") && !local {
                    wrong.push("server.address: must begin with https://. Sign-in cookies only travel over HTTPS; put a proxy with a certificate in front.".into());
                }
            }
            _ => wrong.push(format!("server.address: “{address}” is not an address like https://portal.example.com.")),
        }
        let trusted_proxies = raw
            .server
            .trusted_proxies
            .iter()
            .filter_map(|net| {
                match net.parse::<IpNet>().or_else(|_| net.parse::<std::net::IpAddr>().map(IpNet::from)) {
                    Ok(net) => Some(net),
                    Err(_) => {
                        wrong.push(format!("server.trusted_proxies: “{net}” is not a network like 10.0.0.0/8."));
                        None
                    }
                }
            })
            .collect();
        let url = raw.database.url;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|s| url.starts_with(s)) {
            wrong.push("database.url: must begin with sqlite: or postgres://.".into());
        }
        if !(2..=500).contains(&raw.database.connections) {
            wrong.push("database.connections: must be between 2 and 500.".into());
        }
        let files = raw.files.check(&mut wrong);
        let from =
            Email::parse(if raw.mail.from.is_empty() { "portal@localhost.localdomain" } else { &raw.mail.from }).ok();
        if from.is_none() || (raw.mail.from.is_empty() && raw.mail.transport == "smtp") {
            wrong.push("mail.from: set the sender's address, like portal@example.com.".into());
        }
        let pace = Pace { business_an_hour: raw.mail.pace.business_an_hour };
        if !(1..=100_000).contains(&pace.business_an_hour) {
            wrong.push("mail.pace.business_an_hour: must be between 1 and 100000.".into());
        }
        let smtp = raw.mail.smtp;
        let transport = match raw.mail.transport.as_str() {
            "smtp" => {
                if smtp.host.is_empty() {
                    wrong.push("mail.smtp.host: set the mail server's name.".into());
                }
                if !(1..=600).contains(&smtp.timeout_seconds) {
                    wrong.push("mail.smtp.timeout_seconds: must be between 1 and 600.".into());
                }
                if smtp.user.is_empty() != smtp.password.is_empty() {
                    wrong.push("mail.smtp.user and mail.smtp.password: set both, or neither.".into());
                }
                let ca_file = (!smtp.ca_file.is_empty()).then(|| PathBuf::from(smtp.ca_file));
                if let Some(file) = ca_file.as_ref().filter(|f| !f.is_file()) {
                    wrong.push(format!("mail.smtp.ca_file: the file {} does not exist.", file.display()));
                }
                Some(Transport::Smtp(Smtp {
                    host: smtp.host,
                    port: smtp.port,
                    tls: smtp.tls,
                    login: (!smtp.user.is_empty()).then(|| (smtp.user, smtp.password.into())),
                    timeout_seconds: smtp.timeout_seconds,
                    ca_file,
                }))
            }
            "folder" => Some(Transport::Folder(raw.mail.folder.into())),
            "capture" if listen.ip().is_loopback() => Some(Transport::Capture),
            "capture" => {
                wrong.push("mail.transport: capture shows every letter, with its links, to whoever asks, so server.listen must be 127.0.0.1. Use smtp or folder.".into());
                None
            }
            other => {
                wrong.push(format!("mail.transport: “{other}” is none of smtp, folder, capture."));
                None
            }
        };
        if raw.password.memory_kib < 19 * 1024 {
            wrong.push("password.memory_kib: must be at least 19456 (19 MiB).".into());
        }
        if !(2..=20).contains(&raw.password.passes) {
            wrong.push("password.passes: must be between 2 and 20.".into());
        }
        if !(1..=256).contains(&raw.password.at_once) {
            wrong.push("password.at_once: must be between 1 and 256.".into());
        }
        if !(5..=1440).contains(&raw.session.idle_minutes) {
            wrong.push("session.idle_minutes: must be between 5 and 1440.".into());
        }
        if !(1..=90).contains(&raw.session.days) {
            wrong.push("session.days: must be between 1 and 90.".into());
        }
        match (from, transport) {
            (Some(from), Some(transport)) if wrong.is_empty() => Ok(Self {
                listen,
                address,
                trusted_proxies,
                database: Place { url: url.into(), connections: raw.database.connections, pooler: raw.database.pooler },
                files,
                mail: Mail { from, transport, pace },
                hashing: Cost { memory_kib: raw.password.memory_kib, passes: raw.password.passes },
                hashes_at_once: raw.password.at_once,
                session_idle: raw.session.idle_minutes * 60,
                session_life: raw.session.days * 86_400,
                log: Log { format: raw.log.format, level: raw.log.level },
            }),
            _ => Err(ConfigError(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_named_with_its_key() {
        let mut raw = Raw::default();
        raw.server.listen = "here".into();
        raw.server.address = "http://portal.example.com".into();
        raw.server.trusted_proxies = vec!["everyone".into()];
        raw.database.url = "mysql://x".into();
        raw.password.memory_kib = 1024;
        raw.session.days = 0;
        raw.mail.transport = "pigeon".into();
        raw.mail.pace.business_an_hour = 0;
        let ConfigError(wrong) = Config::check(raw).unwrap_err();
        for key in [
            "server.listen",
            "server.address",
            "server.trusted_proxies",
            "database.url",
            "password.memory_kib",
            "session.days",
            "mail.transport",
            "mail.pace.business_an_hour",
        ] {
            assert!(wrong.iter().any(|w| w.starts_with(key)), "{key} is not named in {wrong:?}");
        }
    }

    #[test]
    fn s25_captured_mail_is_shown_on_the_machine_itself_and_nowhere_else() {
        for (listen, taken) in [
            ("127.0.0.1:8080", true),
            ("[::1]:0", true),
            ("0.0.0.0:8080", false),
            ("192.0.2.7:80", false),
            ("[::]:80", false),
        ] {
            let mut raw = Raw::default();
            raw.server.listen = listen.into();
            raw.server.address = "http://localhost:8080".into();
            raw.mail.transport = "capture".into();
            match Config::check(raw) {
                Ok(config) => assert!(taken && matches!(config.mail.transport, Transport::Capture), "{listen}"),
                Err(ConfigError(wrong)) => {
                    assert!(
                        !taken && wrong.iter().all(|w| w.starts_with("mail.transport: capture")),
                        "{listen}: {wrong:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn s6_the_defaults_are_strong_enough() {
        let mut raw = Raw::default();
        raw.mail.from = "portal@example.com".into();
        let config = Config::check(raw).unwrap();
        assert!(config.hashing.memory_kib >= 19 * 1024 && config.hashing.passes >= 2);
    }
}
