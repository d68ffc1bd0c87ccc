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

mod raw;

use raw::Raw;

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
        raw.checked()
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
}
