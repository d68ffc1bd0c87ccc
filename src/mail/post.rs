//! The ways out for mail: a mail server, a folder, or the database of the demo.

use crate::base::id::{BusinessId, LetterId};
use crate::base::text::Email;
use crate::base::{Error, Instant};
use crate::config::{Config, ConfigError, Transport};
use crate::db::Db;
use crate::mail::captured;
use crate::mail::render::Rendered;
use crate::mail::smtp::Server;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A letter with its words, ready to leave. It may hold a secret: it has no `Debug`, and is never stored.
pub struct Mail {
    /// The letter's id in the outbox: its Message-ID is made of it, so that a letter that arrives twice is known as one.
    pub id: LetterId,
    /// Whose letter it is.
    pub business: BusinessId,
    /// When it leaves.
    pub at: Instant,
    /// The sender's name.
    pub from_name: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Email>,
    /// To which address.
    pub to: Email,
    /// To whom.
    pub to_name: String,
    /// The words.
    pub words: Rendered,
    /// Where the reader says which mail they want, where they may.
    pub choice: Option<String>,
}

/// Why a letter did not leave; the text is what staff are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Undelivered {
    /// The way out does not work at the moment, for any letter.
    Away(String),
    /// This letter was not taken now, and may be later.
    Later(String),
    /// This letter will never be taken.
    Never(String),
}

impl Undelivered {
    pub(super) fn away(why: &str) -> Self {
        Self::Away(clean(why))
    }

    pub(super) fn later(why: &str) -> Self {
        Self::Later(clean(why))
    }

    pub(super) fn never(why: &str) -> Self {
        Self::Never(clean(why))
    }

    /// What staff are shown.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Away(why) | Self::Later(why) | Self::Never(why) => why,
        }
    }
}

/// Makes one short line of what a mail server said. A server that quotes the letter may quote its link: whatever is as long
/// as a secret is left out (S25).
fn clean(why: &str) -> String {
    let secret = |word: &str| {
        let mut run = 0;
        word.bytes().any(|b| {
            run = if b.is_ascii_alphanumeric() || b == b'-' || b == b'_' { run + 1 } else { 0 };
            run >= 40
        })
    };
    let words: Vec<_> = why
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(|word| if secret(word) { "…" } else { word })
        .collect();
    words.join(" ").chars().take(300).collect()
}

/// The way out that the configuration names.
pub struct Post {
    from: Email,
    host: String,
    way: Way,
}

enum Way {
    Smtp(Server),
    Folder(PathBuf),
    Capture(Db),
}

impl Post {
    /// Gets the way out ready; connects to nothing yet.
    ///
    /// # Errors
    /// When something that the configuration names cannot be used.
    pub fn open(config: &Config, db: &Db) -> Result<Self, ConfigError> {
        let host = config.host().to_owned();
        let way = match &config.mail.transport {
            Transport::Smtp(settings) => Way::Smtp(Server::new(settings, &host)?),
            Transport::Folder(folder) => Way::Folder(folder.clone()),
            Transport::Capture => Way::Capture(db.clone()),
        };
        Ok(Self { from: config.mail.from.clone(), host, way })
    }

    /// The longest that sending one letter can take.
    #[must_use]
    pub fn longest(&self) -> Duration {
        match &self.way {
            Way::Smtp(server) => server.longest(),
            Way::Folder(_) | Way::Capture(_) => Duration::from_secs(60),
        }
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// Why it did not leave, and whether to try again.
    pub async fn send(&self, mail: &Mail) -> Result<(), Undelivered> {
        match &self.way {
            Way::Smtp(server) => {
                let (from, to) = (address(&self.from)?, address(&mail.to)?);
                server.send(&from, &to, &self.message(mail)?.formatted()).await
            }
            Way::Folder(folder) => {
                let (folder, id) = (folder.clone(), mail.id);
                let bytes = self.message(mail)?.formatted();
                let written = tokio::task::spawn_blocking(move || write(&folder, id, &bytes)).await;
                written
                    .map_err(std::io::Error::other)
                    .flatten()
                    .map_err(|error| Undelivered::away(&format!("the mail folder cannot be written: {error}")))
            }
            Way::Capture(db) => captured::keep(db, mail).await.map_err(|error| match error {
                Error::Internal(cause) => Undelivered::later(&format!("the letter could not be kept: {cause}")),
                error => Undelivered::away(&error.to_string()),
            }),
        }
    }

    /// The letter as it travels. Every header is made by lettre out of a single line, so that no name or subject can start
    /// another header (S56).
    fn message(&self, mail: &Mail) -> Result<Message, Undelivered> {
        let mailbox = |name: &str, email: &Email| Ok(Mailbox::new(Some(name.to_owned()), address(email)?));
        let header =
            |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        let after = u64::try_from(mail.at.micros()).unwrap_or_default();
        let mut message = Message::builder()
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(after))
            .from(mailbox(&mail.from_name, &self.from)?)
            .to(mailbox(&mail.to_name, &mail.to)?)
            .subject(mail.words.subject.as_str())
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        if let Some(href) = &mail.choice {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{href}>")));
        }
        if let Some(email) = &mail.reply_to {
            message = message.reply_to(mailbox(&mail.from_name, email)?);
        }
        message
            .multipart(MultiPart::alternative_plain_html(mail.words.plain.clone(), mail.words.html.clone()))
            .map_err(|error| Undelivered::never(&format!("the letter could not be put together: {error}")))
    }
}

/// The address as it travels: a domain with letters of its own language in the form that every mail server knows.
fn address(email: &Email) -> Result<Address, Undelivered> {
    let refused = || Undelivered::never(&format!("{email} is not an address that mail can be sent to"));
    let (local, domain) = email.as_str().rsplit_once('@').ok_or_else(refused)?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| refused())?;
    Address::new(local, domain).map_err(|_| refused())
}

/// Writes a file that is there as a whole or not at all, for nobody else's eyes: it may hold a secret.
fn write(folder: &Path, id: LetterId, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{id}.part"));
    let written =
        write_whole(&unfinished, bytes).and_then(|()| std::fs::rename(&unfinished, folder.join(format!("{id}.eml"))));
    if written.is_err() {
        // Half a letter may hold a whole secret, and takes up what a full disk lacks.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
