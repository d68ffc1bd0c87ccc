//! The languages of the portal and of mail: which one somebody reads, and the words in it. Messages stand in
//! `locales/<language>/*.ftl` and are part of the program; `docs/ARCHITECTURE.md` says how a page says something.

mod format;
mod messages;
mod sentence;

pub use messages::{Html, Rich, Said, say};
pub use sentence::Sentence;

use std::fmt;

/// A language that pages and letters are written in.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, sqlx::Type, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "TEXT", rename_all = "lowercase")]
pub enum Language {
    /// English: also what the console is written in, and what anything falls back to.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl Language {
    /// Every language, as people are offered them.
    pub const ALL: [Self; 4] = [Self::En, Self::De, Self::Fr, Self::Es];

    /// Its code: what stands in `<html lang>`, in the database and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Fr => "Français",
            Self::Es => "Español",
        }
    }

    /// What English calls it: for staff.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "German",
            Self::Fr => "French",
            Self::Es => "Spanish",
        }
    }

    /// The language of a code: `de`, and `de-AT` as well.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let first = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(first))
    }

    /// The one that a browser asks for most, of those that there are (`Accept-Language`, RFC 9110, 12.5.4).
    #[must_use]
    pub fn asked_for(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',').take(50) {
            let mut pieces = part.split(';');
            let Some(language) = Self::of_code(pieces.next().unwrap_or_default().trim()) else { continue };
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Who would like which language; none where nobody has said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wishes {
    /// The person: in their profile, or in this browser.
    pub person: Option<Language>,
    /// The client whose things are shown, or whose contact is written to.
    pub client: Option<Language>,
    /// The business.
    pub business: Option<Language>,
    /// The browser.
    pub browser: Option<Language>,
}

impl Wishes {
    /// The person's, else the client's, else the business's, else the browser's, else English.
    #[must_use]
    pub fn choose(self) -> Language {
        self.person.or(self.client).or(self.business).or(self.browser).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_persons_wish_comes_before_the_clients_the_businesss_and_the_browsers() {
        let (de, fr, es) = (Some(Language::De), Some(Language::Fr), Some(Language::Es));
        let all = Wishes { person: Some(Language::En), client: de, business: fr, browser: es };
        assert_eq!(all.choose(), Language::En);
        assert_eq!(Wishes { person: None, ..all }.choose(), Language::De);
        assert_eq!(Wishes { person: None, client: None, ..all }.choose(), Language::Fr);
        assert_eq!(Wishes { browser: es, ..Wishes::default() }.choose(), Language::Es);
        assert_eq!(Wishes::default().choose(), Language::En);
    }

    #[test]
    fn a_browser_asks_in_the_order_of_its_weights() {
        for (header, language) in [
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::De)),
            ("it, fr;q=0.7, en;q=0.9", Some(Language::En)),
            ("da;q=1, es-419;q=0.5", Some(Language::Es)),
            ("en;q=0, fr;q=0.1", Some(Language::Fr)),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(Language::asked_for(header), language, "{header}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_browser_sends_is_read(header: String) {
            let _ = Language::asked_for(&header);
        }
    }
}
