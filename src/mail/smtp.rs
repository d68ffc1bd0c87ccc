//! A mail server, spoken to step by step: the step at which it refuses decides whether the letter is at fault (it bounces),
//! the moment (it is tried again), or the server itself (everything waits).

use crate::config::{ConfigError, Smtp, Tls};
use crate::mail::post::Undelivered;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use secrecy::ExposeSecret as _;
use std::fmt::Display;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// The most connections that are kept for the next letter.
const KEPT: usize = 4;

/// A mail server, with the connections to it that are open and idle.
pub(super) struct Server {
    settings: Smtp,
    hello: ClientId,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

/// How far a letter has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Before the letter: connecting, encryption, login, the sender. What goes wrong here concerns every letter.
    Server,
    /// From the recipient on: what goes wrong here concerns this letter.
    Letter,
}

/// Why a step failed.
enum Failure {
    /// The server said no.
    Said(Error),
    /// It said nothing in time.
    Silent,
    /// It cannot do what this letter needs.
    Cannot(&'static str),
}

impl Server {
    /// Reads what the settings name; connects to nothing yet. `host` is how this side introduces itself.
    pub fn new(settings: &Smtp, host: &str) -> Result<Self, ConfigError> {
        let tls = match settings.tls {
            Tls::None => None,
            Tls::Starttls | Tls::Tls => Some(encryption(settings)?),
        };
        let hello = match host.trim_matches(['[', ']']).parse() {
            Ok(IpAddr::V4(ip)) => ClientId::Ipv4(ip),
            Ok(IpAddr::V6(ip)) => ClientId::Ipv6(ip),
            Err(_) => ClientId::Domain(host.to_owned()),
        };
        Ok(Self { settings: settings.clone(), hello, tls, idle: Mutex::default() })
    }

    /// The longest that one letter may take, whatever the server does.
    pub fn longest(&self) -> Duration {
        self.patience() * 6
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.settings.timeout_seconds)
    }

    /// Hands a letter over. When this answers well, the server has taken responsibility for it.
    pub async fn send(&self, from: &Address, to: &Address, message: &[u8]) -> Result<(), Undelivered> {
        let mut step = Step::Server;
        let sent = timeout(self.longest(), self.hand_over(from, to, message, &mut step)).await;
        sent.unwrap_or(Err(Failure::Silent)).map_err(|failure| self.meaning(step, failure))
    }

    async fn hand_over(&self, from: &Address, to: &Address, message: &[u8], step: &mut Step) -> Result<(), Failure> {
        let mut connection = self.connection().await?;
        let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let mut wishes = Vec::new();
        if !(ascii(from) && ascii(to)) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                *step = Step::Letter;
                return Err(Failure::Cannot("the mail server cannot send to an address with letters outside of ASCII"));
            }
            wishes.push(MailParameter::SmtpUtfEight);
        }
        self.answer(connection.command(Mail::new(Some(from.clone()), wishes))).await?;
        *step = Step::Letter;
        let taken = async {
            self.answer(connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
            self.answer(connection.command(Data)).await?;
            self.answer(connection.message(message)).await
        }
        .await;
        // After a refusal the connection is as good as before; after silence or a break it is dropped.
        let usable = match &taken {
            Ok(_) => true,
            Err(Failure::Said(error)) if error.status().is_some_and(|code| code.to_string() != "421") => {
                self.answer(connection.command(Rset)).await.is_ok()
            }
            Err(_) => false,
        };
        if usable {
            self.keep(connection);
        }
        taken.map(drop)
    }

    /// An open connection: one that is idle and still answers, else a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, Failure> {
        while let Some(mut idle) = self.take() {
            if timeout(self.patience(), idle.test_connected()).await.unwrap_or(false) {
                return Ok(idle);
            }
        }
        let (at_once, later) = match self.settings.tls {
            Tls::Tls => (self.tls.clone(), None),
            _ => (None, self.tls.clone()),
        };
        let place = (self.settings.host.as_str(), self.settings.port);
        let patience = Some(self.patience());
        let connecting = AsyncSmtpConnection::connect_tokio1(place, patience, &self.hello, at_once, None);
        let mut connection = self.answer(connecting).await?;
        if let Some(tls) = later {
            self.answer(connection.starttls(tls, &self.hello)).await?;
        }
        if let Some((user, password)) = &self.settings.login {
            let login = Credentials::new(user.clone(), password.expose_secret().to_owned());
            self.answer(connection.auth(&[Mechanism::Plain, Mechanism::Login], &login)).await?;
        }
        Ok(connection)
    }

    async fn answer<T>(&self, step: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
        timeout(self.patience(), step).await.map_err(|_| Failure::Silent)?.map_err(Failure::Said)
    }

    fn take(&self) -> Option<AsyncSmtpConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
    }

    fn meaning(&self, step: Step, failure: Failure) -> Undelivered {
        let Smtp { host, port, timeout_seconds, .. } = &self.settings;
        let error = match failure {
            Failure::Cannot(why) => return Undelivered::never(why),
            Failure::Silent if step == Step::Letter => {
                return Undelivered::later(&format!("{host}:{port} gave no answer for {timeout_seconds} seconds"));
            }
            Failure::Silent => {
                return Undelivered::away(&format!("{host}:{port} gave no answer for {timeout_seconds} seconds"));
            }
            Failure::Said(error) => error,
        };
        let Some(code) = error.status().map(|code| code.to_string()) else {
            let why = format!("{host}:{port}: {}", roots(&error));
            return if step == Step::Letter { Undelivered::later(&why) } else { Undelivered::away(&why) };
        };
        let said = format!("{code} {}", roots(&error));
        match (step, code.as_str()) {
            // Closing the service, or wanting a login, is about the server, whenever it is said.
            (_, "421" | "530" | "534" | "535" | "538") | (Step::Server, _) => Undelivered::away(&said),
            (Step::Letter, code) if code.starts_with('5') => Undelivered::never(&said),
            (Step::Letter, _) => Undelivered::later(&said),
        }
    }
}

/// How the server proves who it is. Whoever names an authority of their own trusts no other.
fn encryption(settings: &Smtp) -> Result<TlsParameters, ConfigError> {
    let tls = TlsParametersBuilder::new(settings.host.clone());
    let Some(file) = &settings.ca_file else {
        let wrong = |error| ConfigError(vec![format!("mail.smtp: encryption cannot be set up: {error}.")]);
        return tls.build().map_err(wrong);
    };
    let wrong = |why: &dyn Display| {
        ConfigError(vec![format!("mail.smtp.ca_file: {} is no certificate that can be used: {why}.", file.display())])
    };
    let pem = std::fs::read(file).map_err(|error| wrong(&error))?;
    let authority = Certificate::from_pem(&pem).map_err(|error| wrong(&error))?;
    let tls = tls.certificate_store(CertificateStore::None).add_root_certificate(authority);
    tls.build().map_err(|error| wrong(&error))
}

/// What lies at the bottom of an error: what the server said, or what the system did.
fn roots(error: &Error) -> String {
    let mut cause = std::error::Error::source(error);
    let mut text = cause.map_or_else(|| error.to_string(), ToString::to_string);
    while let Some(inner) = cause.and_then(std::error::Error::source) {
        text = inner.to_string();
        cause = Some(inner);
    }
    text
}
