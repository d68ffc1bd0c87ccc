//! The demo's captured mail: what would have been sent, on pages that everybody may look at. They are there only where
//! `mail.transport` is `capture`, which is never for real people's mail.

use crate::act::App;
use crate::base::id::LetterId;
use crate::base::{Error, Instant, Result};
use crate::business;
use crate::config::Transport;
use crate::mail::captured::{self, Captured, Line};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, EntryChrome, Face};
use crate::web::protection::CONTENT_SECURITY_POLICY;
use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse as _;

/// How many letters the list shows.
const MOST: i64 = 200;

/// What a letter's own page may do: nothing but show its words in their colours, and follow a link that is clicked. It is
/// shown by a page of ours alone.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
    sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/// Lets through only where mail is captured.
pub struct Capturing;

impl FromRequestParts<App> for Capturing {
    type Rejection = Failed;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Failed> {
        match app.config.mail.transport {
            Transport::Capture => Ok(Self),
            Transport::Smtp(_) | Transport::Folder(_) => Err(Failed(Error::NotFound("This page"))),
        }
    }
}

#[derive(Template)]
#[template(path = "demo/inbox.html")]
struct Inbox {
    chrome: Chrome,
    entry: EntryChrome,
    letters: Vec<Row>,
}

/// A letter in the list.
struct Row {
    href: String,
    to: String,
    face: Face,
    subject: String,
    at: Instant,
}

impl From<&Line> for Row {
    fn from(line: &Line) -> Self {
        Self {
            href: format!("/demo/mail/{}", line.id),
            to: format!("{} <{}>", line.to_name, line.to_email),
            face: Face::of(&line.to_name),
            subject: line.subject.clone(),
            at: line.at,
        }
    }
}

#[derive(Template)]
#[template(path = "demo/letter.html")]
struct Letter {
    chrome: Chrome,
    entry: EntryChrome,
    letter: Captured,
    words: Vec<Word>,
}

/// A piece of a letter's text.
#[derive(PartialEq, Eq, Debug)]
enum Word {
    /// An address that can be followed.
    Link(String),
    /// Anything else.
    Plain(String),
}

/// A letter's text, with its addresses told apart.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.starts_with("https://") || word.starts_with("http://") {
            words.push(Word::Link(word.to_owned()));
            words.push(Word::Plain(piece[word.len()..].to_owned()));
        } else if let Some(Word::Plain(before)) = words.last_mut() {
            before.push_str(piece);
        } else {
            words.push(Word::Plain(piece.to_owned()));
        }
    }
    words
}

/// The letters of every business, newest first.
pub async fn inbox(_: Capturing, State(app): State<App>, chrome: Chrome) -> Answer {
    let mut tx = app.db.read().await?;
    let mut lines = Vec::new();
    for business in business::store::all(&mut tx).await? {
        lines.extend(captured::list(&mut tx, business.id, MOST).await?);
    }
    lines.sort_by_key(|line| std::cmp::Reverse((line.at, line.id.0)));
    answer::page(&Inbox {
        chrome: chrome.titled("Captured mail"),
        entry: EntryChrome { business: None },
        letters: lines.iter().map(Row::from).collect(),
    })
}

async fn find(app: &App, id: &str) -> Result<Captured> {
    let missing = || Error::NotFound("The letter");
    let id: LetterId = id.parse().map_err(|_| missing())?;
    let mut tx = app.db.read().await?;
    for business in business::store::all(&mut tx).await? {
        match captured::find(&mut tx, business.id, id).await {
            Err(Error::NotFound(_)) => {}
            found => return found,
        }
    }
    Err(missing())
}

/// One letter: as the person's mail program would show it, in a frame that can do nothing, and as text. The frame is the
/// only one that a page of ours holds.
pub async fn letter(_: Capturing, State(app): State<App>, chrome: Chrome, Path(id): Path<String>) -> Answer {
    let letter = find(&app, &id).await?;
    let page = Letter {
        chrome: chrome.titled(letter.subject.clone()),
        entry: EntryChrome { business: None },
        words: words(&letter.plain),
        letter,
    };
    let mut response = answer::page(&page)?;
    let policy = HeaderValue::try_from(format!("{CONTENT_SECURITY_POLICY}; frame-src 'self'"));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.map_err(Error::internal)?);
    Ok(response)
}

/// A letter's HTML alone, for that frame. Its links take the place of the whole page.
pub async fn html(_: Capturing, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let letter = find(&app, &id).await?;
    let html = letter.html.replacen("<head>", "<head>\n<base target=\"_top\">", 1);
    let mut response = html.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(LETTER_POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    // With any other value browsers refuse to open a sandboxed page in a window of its own.
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("unsafe-none"));
    Ok(response)
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let line = |to: &str, subject: &str, minutes: i64| {
        Row::from(&Line {
            id: LetterId(uuid::Uuid::nil()),
            at: samples::NOW.plus_seconds(-60 * minutes),
            to_email: format!("{}@client.test", to.to_lowercase().replace(' ', ".")),
            to_name: to.into(),
            from_name: "Tidewater Haulage".into(),
            subject: subject.into(),
        })
    };
    let inbox =
        |letters| Inbox { chrome: Chrome::bare("Captured mail"), entry: EntryChrome { business: None }, letters };
    let plain = "Lucy, you are invited\n\nHello Lucy,\n\nAccept the invitation:\nhttps://portal.example.com/portal/tidewater/invitation/abc\n";
    let letter = Letter {
        chrome: Chrome::bare("Lucy, you are invited"),
        entry: EntryChrome { business: None },
        words: words(plain),
        letter: Captured {
            id: LetterId(uuid::Uuid::nil()),
            at: samples::NOW,
            to_email: "lucy.nakamura@client.test".into(),
            to_name: "Lucy Nakamura".into(),
            from_name: "Tidewater Haulage".into(),
            subject: "Lucy, you are invited".into(),
            html: String::new(),
            plain: plain.into(),
        },
    };
    let letters = vec![
        line("Lucy Nakamura", "You’re invited to the client portal of Tidewater Haulage", 0),
        line("Omar Haddad", "Choose a new password", 90),
    ];
    vec![
        ("demo/inbox", samples::rendered(&inbox(letters))),
        ("demo/inbox-empty", samples::rendered(&inbox(Vec::new()))),
        ("demo/letter", samples::rendered(&letter)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_web_addresses_become_links() {
        let link = |text: &str| Word::Link(text.into());
        let plain = |text: &str| Word::Plain(text.into());
        assert_eq!(
            words("Go:\nhttps://a.test/x\nor not"),
            [plain("Go:\n"), link("https://a.test/x"), plain("\nor not")]
        );
        assert_eq!(words("javascript:alert(1) data:x"), [plain("javascript:alert(1) data:x")]);
    }

    proptest! {
        #[test]
        fn no_word_of_a_letter_is_lost(text: String) {
            let shown: String = words(&text).into_iter().map(|word| match word { Word::Link(t) | Word::Plain(t) => t }).collect();
            prop_assert_eq!(shown, text);
        }
    }
}
