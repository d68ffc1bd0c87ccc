//! Text, parsed once at the door: after that a type says what it is, and nobody checks it again.

mod web_address;

pub use web_address::unlinked;

use crate::language::{Said, Sentence, say};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a text cannot be used; its words are the message a person sees, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TextError(pub Sentence);

impl From<TextError> for Sentence {
    fn from(error: TextError) -> Self {
        error.0
    }
}

impl From<Said> for TextError {
    fn from(said: Said) -> Self {
        Self(said.into())
    }
}

/// The longest folded text, in bytes: what an index can hold, and more than any name that was not made to break one.
const LONGEST_FOLDED: usize = 600;

/// The form in which texts are searched and sorted: lower case, without accents, single spaces. `Müller` is found by `muller`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if out.len() >= LONGEST_FOLDED {
            break;
        }
        if c.is_whitespace() || c.is_control() {
            space = !out.is_empty();
        } else {
            if std::mem::take(&mut space) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}

/// The form in which names of files are compared: each letter put together in one way, as systems write them differently, and
/// capitals like small letters. Nothing else counts as the same: `Muller.pdf` and `Müller.pdf` are two files.
#[must_use]
pub fn same_file_name(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Whether it turns the direction of writing, so that a name looks like another.
#[must_use]
pub fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it is a letter that nobody sees, and that no writing needs: with it, one name looks like another. The joiners of
/// Persian and Indic writing are needed.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Trims, and refuses what no name or address contains: control characters, and marks that turn the direction of writing
/// (they make one name look like another).
fn clean(text: &str, what: &str, most: usize) -> Result<String, TextError> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() || is_mark_of_direction(c) || is_unseen(c)) {
        return Err(say("text-unreadable").with("what", what).into());
    }
    // Counted as it is kept: a few letters become two where they are put together anew.
    let text: String = text.nfc().collect();
    if text.chars().count() > most {
        return Err(say("text-too-long").with("what", what).with("most", most).into());
    }
    Ok(text)
}

/// Refuses a web address in a person's name. Names stand in greetings of mail to people who never gave them: a mail program would
/// make a link of it, in the name of the business.
fn without_address(text: &str) -> Result<(), TextError> {
    if web_address::is_in(text) {
        return Err(say("text-no-address-in-name").into());
    }
    Ok(())
}

/// Declares a text type that is required or may be empty, no longer than a limit, and perhaps refuses something more.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($what:literal, $most:literal $(, $refuses:ident)?)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// The longest that is taken, in characters.
            pub const MOST: usize = $most;

            /// Parses what was typed; it must not be empty.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                Self::parse_optional(text)?.ok_or_else(|| say("text-missing").with("what", $what).into())
            }

            /// Parses what was typed; empty is none.
            pub fn parse_optional(text: &str) -> Result<Option<Self>, TextError> {
                let text = clean(text, $what, Self::MOST)?;
                $($refuses(&text)?;)?
                Ok((!text.is_empty()).then_some(Self(text)))
            }

            /// As typed, trimmed.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

texts! {
    /// A business's or a client's name.
    CompanyName("name", 120),
    /// A client's reference: what the business calls it in its own books.
    Reference("reference", 60),
    /// A person's first or last name.
    PersonName("name", 80, without_address),
    /// A person's title at work.
    Title("title", 80),
    /// The name of a user group.
    GroupName("group", 60),
    /// An extension of an office phone.
    Extension("extension", 10),
    /// Why staff did something: shown beside it ever after.
    Reason("reason", 500),
    /// What a record is about, in a line.
    Headline("description", 160),
}

/// An e-mail address: kept as typed, compared without regard to case (PRODUCT.md rule 9).
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Email(String);

impl Email {
    /// Parses what was typed: one `@`, a local part of at most 64 and a domain of at most 255 octets (RFC 5321, 4.5.3.1),
    /// nothing that could start a second header or recipient.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let wrong = || TextError::from(say("text-not-an-email"));
        let text = clean(text, "email", 254)?;
        let (local, domain) = text.rsplit_once('@').ok_or_else(wrong)?;
        let local_fine = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let label_fine = |l: &str| {
            (1..=63).contains(&l.len())
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let domain_fine = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_fine);
        if local_fine && domain_fine { Ok(Self(text)) } else { Err(wrong()) }
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared.
    #[must_use]
    pub fn key(&self) -> EmailKey {
        EmailKey(self.0.to_lowercase())
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Email {}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address in the form in which addresses are compared and kept unique.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct EmailKey(pub String);

/// A phone number as a person writes it: `0423 456 789`, `+61 (8) 5555-0142`.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Phone(String);

impl Phone {
    /// Parses what was typed; empty is none. Between 3 and 20 digits, with the marks people put between them.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, TextError> {
        let text = clean(text, "phone", 40)?;
        if text.is_empty() {
            return Ok(None);
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if (3..=20).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c)) {
            Ok(Some(Self(text)))
        } else {
            Err(say("text-not-a-phone").into())
        }
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Digits alone (and a leading +): two spellings of one number are the same.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a business's portal stands in addresses: `tidewater` in `/portal/tidewater`.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Slug(String);

impl Slug {
    /// Parses what was typed: 2 to 40 lower-case letters, digits and single hyphens.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        let fine = (2..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(TextError("Use 2 to 40 lower-case letters, digits and hyphens, like tidewater-haulage.".into()))
        }
    }

    /// The slug that a name suggests: `Tidewater Haulage` gives `tidewater-haulage`.
    #[must_use]
    pub fn suggested_by(name: &CompanyName) -> Self {
        let mut out = String::new();
        for c in fold(name.as_str()).chars() {
            match c {
                c if c.is_ascii_alphanumeric() && out.len() < 40 => out.push(c),
                _ if !out.is_empty() && !out.ends_with('-') && out.len() < 40 => out.push('-'),
                _ => {}
            }
        }
        Self::parse(out.trim_end_matches('-')).unwrap_or_else(|_| Self("business".into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// First and last name as one: `Devika Rao`.
#[must_use]
pub fn full_name(first: &PersonName, last: &PersonName) -> String {
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_compare_without_case_and_keep_what_was_typed() {
        let a = Email::parse("  Devika.Rao@Example.COM ").unwrap();
        assert_eq!(a.as_str(), "Devika.Rao@Example.COM");
        assert_eq!(a, Email::parse("devika.rao@example.com").unwrap());
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_remedy() {
        for bad in [
            "",
            "x",
            "a@b",
            "a@@b.com",
            "a b@c.com",
            ".a@c.com",
            "a..b@c.com",
            "a@-c.com",
            "a@c..com",
            "a@c.com,b@d.com",
            "a@c.com\r\nBcc: x@y.com",
            "\"a\"@c.com",
            "<a@c.com>",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?} was taken");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(65))).is_err());
    }

    #[test]
    fn names_refuse_control_and_direction_marks() {
        assert!(PersonName::parse("De\u{0}vika").is_err());
        assert!(PersonName::parse("Dev\u{202e}ika").is_err());
        assert!(PersonName::parse("   ").is_err());
        assert_eq!(PersonName::parse_optional("").unwrap(), None);
        assert_eq!(PersonName::parse(" Zoë ").unwrap().as_str(), "Zoë");
        assert!(PersonName::parse(&"a".repeat(81)).unwrap_err().0.contains("80 characters"));
    }

    #[test]
    fn s56_a_name_is_no_web_address() {
        for bad in ["Claim http://evil.example now", "www.evil.example", "evil.com", "evil.com/x"] {
            let refused = PersonName::parse(bad).unwrap_err();
            assert!(refused.0.contains("web addresses"), "{bad}: {refused}");
        }
        for good in ["J. R. R.", "St.John-Smith", "Dr.Rao", "Dr.Müller"] {
            assert_eq!(PersonName::parse(good).unwrap().as_str(), good);
        }
        assert!(CompanyName::parse("Booking.com").is_ok(), "companies have such names: letters make no link of them");
    }

    #[test]
    fn folding_lets_people_type_plain_letters() {
        assert_eq!(fold("  Jürgen   MÜLLER\t"), "jurgen muller");
        assert_eq!(fold("Ångström Straße"), "angstrom straße");
    }

    #[test]
    fn a_slug_comes_from_the_name() {
        assert_eq!(
            Slug::suggested_by(&CompanyName::parse("Tidewater Haulage Pty. Ltd.").unwrap()).as_str(),
            "tidewater-haulage-pty-ltd"
        );
        assert_eq!(Slug::suggested_by(&CompanyName::parse("東京").unwrap()).as_str(), "business");
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_what_is_taken_is_stable(text in any::<String>()) {
            if let Ok(email) = Email::parse(&text) {
                let again = Email::parse(email.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), email.as_str());
                prop_assert!(!email.as_str().contains(['\r', '\n', ',', '<', '>', ' ']));
            }
            let _ = (PersonName::parse(&text), Phone::parse_optional(&text), Slug::parse(&text));
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
