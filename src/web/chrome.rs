//! What every page carries besides its own content.

use crate::base::text::{Email, Phone};
use crate::base::{Instant, Problems};
use crate::language::{Html, Language, Rich, Said, Sentence, Wishes};
use crate::web::{assets, cookies};
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
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

/// The frame around staff's pages.
#[derive(Clone, Debug)]
pub struct ConsoleChrome {
    /// The business.
    pub business_name: String,
    /// Its initials.
    pub business_face: Face,
    /// Whether its portal is on.
    pub portal_on: bool,
    /// Who is signed in.
    pub person_name: String,
    /// With which address.
    pub person_email: String,
    /// Their initials.
    pub person_face: Face,
    /// The page of the side bar that we are in.
    pub here: &'static str,
    /// The pages of the side bar that this person may open.
    pub pages: Vec<&'static str>,
    /// How many portal users there are.
    pub portal_users: Option<String>,
    /// How many invitations wait to be accepted.
    pub invitations_waiting: Option<String>,
    /// How many access requests wait for staff.
    pub requests_waiting: Option<String>,
    /// In how many fields contacts and accounts differ.
    pub mismatches: Option<String>,
}

impl ConsoleChrome {
    /// Whether the side bar leads to a page.
    #[must_use]
    pub fn may_see(&self, page: &str) -> bool {
        self.pages.contains(&page)
    }
}

/// Whom a business's people turn to.
#[derive(Clone, Debug)]
pub struct Support {
    /// An address, a number, or whatever else the business says.
    pub text: String,
    /// What opens it, where something can: `mailto:` or `tel:`.
    pub href: Option<String>,
}

impl Support {
    /// What an e-mail address keeps in a `mailto:` link; the rest would start its options.
    const IN_MAILTO: &'static AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_');

    /// Of a business; none where it names nobody.
    #[must_use]
    pub fn of(contact: &str) -> Option<Self> {
        let text = contact.trim();
        let href = match (Email::parse(text), Phone::parse_optional(text)) {
            (Ok(email), _) => Some(format!("mailto:{}", utf8_percent_encode(email.as_str(), Self::IN_MAILTO))),
            (_, Ok(Some(phone))) => Some(format!("tel:{}", phone.key())),
            _ => None,
        };
        (!text.is_empty()).then(|| Self { text: text.to_owned(), href })
    }
}

/// A place in the portal.
#[derive(Clone, Debug)]
pub struct PortalTab {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether we are in it.
    pub here: bool,
}

/// A linked client account, as the switcher shows it.
#[derive(Clone, Debug)]
pub struct PortalAccount {
    /// The client's name.
    pub name: String,
    /// The person's role there.
    pub role: String,
    /// Its address.
    pub href: String,
    /// Its initials.
    pub face: Face,
    /// Whether we are in it.
    pub here: bool,
}

/// Another business whose portal somebody knows.
#[derive(Clone, Debug)]
pub struct OtherBusiness {
    /// Its name.
    pub name: String,
    /// Its initials.
    pub face: Face,
    /// Its portal.
    pub href: String,
}

/// The frame around a portal user's pages.
#[derive(Clone, Debug)]
pub struct PortalChrome {
    /// The business.
    pub business_name: String,
    /// Its initials.
    pub initials: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// The address of its colours.
    pub brand_css: String,
    /// Whom people turn to.
    pub support: Option<Support>,
    /// `/portal/tidewater`.
    pub base: String,
    /// Who is signed in.
    pub person_name: String,
    /// With which address.
    pub person_email: String,
    /// Their initials.
    pub person_face: Face,
    /// Where one can go.
    pub tabs: Vec<PortalTab>,
    /// The linked client accounts.
    pub accounts: Vec<PortalAccount>,
    /// Whether there are more of them than are shown.
    pub more_accounts: bool,
    /// The other businesses whose portals they know.
    pub elsewhere: Vec<OtherBusiness>,
    /// Whether there are terms to look at again.
    pub has_terms: bool,
}

impl PortalChrome {
    /// The client account whose things are shown.
    #[must_use]
    pub fn current(&self) -> Option<&PortalAccount> {
        self.accounts.iter().find(|account| account.here)
    }

    /// Whether there is somewhere else to go: another client account, or another business; on a page of no client account,
    /// any.
    #[must_use]
    pub fn may_choose(&self) -> bool {
        match self.current() {
            Some(_) => self.accounts.len() > 1 || self.more_accounts || !self.elsewhere.is_empty(),
            None => !self.accounts.is_empty(),
        }
    }
}

/// A business at whose door somebody stands.
#[derive(Clone, Debug)]
pub struct EntryBusiness {
    /// Its name.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// The address of its colours.
    pub brand_css: String,
    /// Whom people turn to.
    pub support: Option<Support>,
    /// The address of its portal.
    pub home: String,
}

impl EntryBusiness {
    /// As a page at the business's door shows it.
    #[must_use]
    pub fn of(business: &crate::business::Business) -> Self {
        let home = format!("/portal/{}", business.slug);
        Self {
            name: business.name.to_string(),
            initials: Face::of(business.name.as_str()).initials,
            logo: None,
            brand_css: format!("{home}/brand.css"),
            support: Support::of(&business.support_contact),
            home,
        }
    }
}

/// The frame around pages before somebody is in.
#[derive(Clone, Debug)]
pub struct EntryChrome {
    /// The business; none for the console's own door.
    pub business: Option<EntryBusiness>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_turn_to_opens_in_the_right_program() {
        let href = |text| Support::of(text).map(|support| support.href);
        assert_eq!(href("office@tidewater.test"), Some(Some("mailto:office@tidewater.test".into())));
        assert_eq!(href("a?b@tidewater.test"), Some(Some("mailto:a%3Fb@tidewater.test".into())));
        assert_eq!(href("+61 8 5550 0100"), Some(Some("tel:+61855500100".into())));
        assert_eq!(href("the front desk"), Some(None));
        assert_eq!(href("javascript:alert(1)"), Some(None));
        assert_eq!(href("  "), None);
    }
}
