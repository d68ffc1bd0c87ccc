//! The configuration as it is written, before anything is checked; and the check.

use super::{Config, ConfigError, FilePlace, Files, Log, LogFormat, Mail, Pace, S3, Smtp, Tls, Transport};
use crate::base::hashing::Cost;
use crate::base::text::Email;
use crate::db::Place;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The file's shape, before anything is checked.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Raw {
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

impl RawServer {
    /// Where the server listens, the address that people type, and the proxies that are believed.
    fn check(self, wrong: &mut Vec<String>) -> (SocketAddr, String, Vec<IpNet>) {
        let listen = self.listen.parse().unwrap_or_else(|_| {
            wrong.push(format!("server.listen: “{}” is not an address with a port, like 127.0.0.1:8080.", self.listen));
            SocketAddr::from(([127, 0, 0, 1], 0))
        });
        let address = if self.address.is_empty() {
            format!("http://{listen}")
        } else {
            self.address.trim_end_matches('/').to_owned()
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
        let trusted_proxies = self
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
        (listen, address, trusted_proxies)
    }
}

impl RawMail {
    /// How mail leaves, if nothing is wrong with that. `listen` is where the server listens.
    fn check(self, listen: SocketAddr, wrong: &mut Vec<String>) -> Option<Mail> {
        let from = Email::parse(if self.from.is_empty() { "portal@localhost.localdomain" } else { &self.from }).ok();
        if from.is_none() || (self.from.is_empty() && self.transport == "smtp") {
            wrong.push("mail.from: set the sender's address, like portal@example.com.".into());
        }
        let pace = Pace { business_an_hour: self.pace.business_an_hour };
        if !(1..=100_000).contains(&pace.business_an_hour) {
            wrong.push("mail.pace.business_an_hour: must be between 1 and 100000.".into());
        }
        let smtp = self.smtp;
        let transport = match self.transport.as_str() {
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
            "folder" => Some(Transport::Folder(self.folder.into())),
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
        Some(Mail { from: from?, transport: transport?, pace })
    }
}

impl Raw {
    /// Checks all of it.
    ///
    /// # Errors
    /// Every mistake at once, each with its key.
    pub fn checked(self) -> Result<Config, ConfigError> {
        let mut wrong = Vec::new();
        let (listen, address, trusted_proxies) = self.server.check(&mut wrong);
        let url = self.database.url;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|s| url.starts_with(s)) {
            wrong.push("database.url: must begin with sqlite: or postgres://.".into());
        }
        if !(2..=500).contains(&self.database.connections) {
            wrong.push("database.connections: must be between 2 and 500.".into());
        }
        let files = self.files.check(&mut wrong);
        let mail = self.mail.check(listen, &mut wrong);
        if self.password.memory_kib < 19 * 1024 {
            wrong.push("password.memory_kib: must be at least 19456 (19 MiB).".into());
        }
        if !(2..=20).contains(&self.password.passes) {
            wrong.push("password.passes: must be between 2 and 20.".into());
        }
        if !(1..=256).contains(&self.password.at_once) {
            wrong.push("password.at_once: must be between 1 and 256.".into());
        }
        if !(5..=1440).contains(&self.session.idle_minutes) {
            wrong.push("session.idle_minutes: must be between 5 and 1440.".into());
        }
        if !(1..=90).contains(&self.session.days) {
            wrong.push("session.days: must be between 1 and 90.".into());
        }
        match mail {
            Some(mail) if wrong.is_empty() => Ok(Config {
                listen,
                address,
                trusted_proxies,
                database: Place {
                    url: url.into(),
                    connections: self.database.connections,
                    pooler: self.database.pooler,
                },
                files,
                mail,
                hashing: Cost { memory_kib: self.password.memory_kib, passes: self.password.passes },
                hashes_at_once: self.password.at_once,
                session_idle: self.session.idle_minutes * 60,
                session_life: self.session.days * 86_400,
                log: Log { format: self.log.format, level: self.log.level },
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
        let ConfigError(wrong) = raw.checked().unwrap_err();
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
            match raw.checked() {
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
        let config = raw.checked().unwrap();
        assert!(config.hashing.memory_kib >= 19 * 1024 && config.hashing.passes >= 2);
    }
}
