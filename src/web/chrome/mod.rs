//! What every page carries besides its own content.

mod console;
mod entry;
mod portal;

pub use console::ConsoleChrome;
pub use entry::{EntryBusiness, EntryChrome, Support};
pub use portal::{OtherBusiness, PortalAccount, PortalChrome, PortalTab};

use crate::base::{Instant, Problems};
use crate::language::{Html, Language, Rich, Said, Sentence, Wishes};
use crate::web::{assets, cookies};
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use std::convert::Infallible;

/// Initials in one of seven hues.
#[derive(Clone, Debug)]
pub struct Face {
    /// One or two letters.
    pub initials: String,
    /// 0 to 6.
    pub hue: u8,
}

impl Face {
    /// The first letters of the first two words; the hue follows the name, so that a person keeps theirs.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let initials = letters.take(2).flat_map(char::to_uppercase).collect();
        let sum = name.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        Self { initials, hue: u8::try_from(sum % 7).unwrap_or_default() }
    }
}

/// What has just happened, shown once.
#[derive(Clone, Debug)]
pub struct Flash {
    /// `ok`, `warn`, `bad` or `info`.
    pub tone: &'static str,
    /// What happened.
    pub title: String,
    /// The rest of it; may be empty.
    pub text: String,
}

impl Flash {
    /// The cookie that carries a message to the next page.
    #[must_use]
    pub fn cookie(tone: &'static str, title: &str, text: &str) -> String {
        let value = BASE64URL_NOPAD.encode(format!("{tone}\n{title}\n{text}").as_bytes());
        cookies::made(cookies::FLASH, &value, Some(60))
    }

    /// The message in a cookie. It is shown as text and as nothing else, so that a forged one could only speak to the one
    /// who forged it.
    fn read(value: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64URL_NOPAD.decode(value.as_bytes()).ok()?).ok()?;
        let mut parts = text.splitn(3, '\n');
        let tone = match parts.next()? {
            "ok" => "ok",
            "warn" => "warn",
            "bad" => "bad",
            _ => "info",
        };
        Some(Self { tone, title: parts.next()?.to_owned(), text: parts.next()?.to_owned() })
    }
}

/// A moment, as templates hand it over.
pub trait When {
    #[doc(hidden)]
    fn when(&self) -> Instant;
}

impl When for Instant {
    fn when(&self) -> Instant {
        *self
    }
}

impl<T: When> When for &T {
    fn when(&self) -> Instant {
        (**self).when()
    }
}

/// The frame around every page.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The page's own title.
    pub title: String,
    /// The folder of the assets.
    pub assets: &'static str,
    /// The language of the page.
    pub lang: Language,
    /// Who would like which.
    pub wishes: Wishes,
    /// The page's own address, where it can be asked for again.
    pub here: Option<String>,
    /// `light` or `dark`, where the reader has chosen.
    pub theme: Option<&'static str>,
    /// What has just happened.
    pub flash: Option<Flash>,
}

impl Chrome {
    /// The same frame with a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same frame for a page that names mistakes.
    #[must_use]
    pub fn with_error(mut self) -> Self {
        self.title = format!("{} {}", self.say("ui-error"), self.title);
        self
    }

    /// The same frame for a page about this client, whose people may have a language of their own.
    #[must_use]
    pub fn about_client(self, client: Option<Language>) -> Self {
        let wishes = Wishes { client, ..self.wishes };
        Self { lang: wishes.choose(), wishes, ..self }
    }

    /// A message, in the language of the page.
    #[must_use]
    pub fn say(&self, id: &'static str) -> Said {
        self.lang.say(id)
    }

    /// A message with markup of its own; its name ends in `-html`.
    #[must_use]
    pub fn rich(&self, id: &'static str) -> Rich {
        self.lang.rich(id)
    }

    /// What is wrong with a field, in the language of the page; empty where nothing is.
    #[must_use]
    pub fn wrong(&self, problems: &Problems, field: &str) -> String {
        problems.said_of(field, self.lang)
    }

    /// A sentence, in the language of the page.
    #[must_use]
    pub fn read(&self, sentence: &Sentence) -> String {
        sentence.to(self.lang)
    }

    /// What the button beside a password field is called: `Show current password`.
    #[must_use]
    pub fn show(&self, label: &str) -> Said {
        let label = if self.lang == Language::En { label.to_lowercase() } else { label.to_owned() };
        self.say("ui-show-what").with("what", label)
    }

    /// A day: `22 Nov 2026`; the browser moves it into the reader's zone.
    #[must_use]
    pub fn date(&self, at: impl When) -> Html {
        self.time(at.when(), "date", &self.lang.short_date(at.when().timestamp()))
    }

    /// A moment: `22 November 2026, 9:41 am UTC`; the browser moves it into the reader's zone.
    #[must_use]
    pub fn stamp(&self, at: impl When) -> Html {
        self.time(at.when(), "stamp", &self.lang.moment(at.when().timestamp()))
    }

    fn time(&self, at: Instant, shape: &str, words: &str) -> Html {
        Html::made(format!("<time datetime=\"{}\" data-as=\"{shape}\">{words}</time>", at.rfc3339()))
    }

    /// The languages that the page can be read in.
    #[must_use]
    pub fn languages(&self) -> [Language; 4] {
        Language::ALL
    }

    /// A frame for what is not an answer to a request: samples of pages.
    #[must_use]
    pub fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            assets: assets::folder(),
            lang: Language::En,
            wishes: Wishes::default(),
            here: None,
            theme: None,
            flash: None,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Chrome {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let theme = match cookies::read(&parts.headers, cookies::THEME) {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        };
        let flash = cookies::read(&parts.headers, cookies::FLASH).and_then(Flash::read);
        let wishes = parts.extensions.get::<Wishes>().copied().unwrap_or_default();
        let here = parts.uri.path_and_query().filter(|_| parts.method == Method::GET).map(ToString::to_string);
        let (title, lang) = (String::new(), wishes.choose());
        Ok(Self { title, assets: assets::folder(), lang, wishes, here, theme, flash })
    }
}
