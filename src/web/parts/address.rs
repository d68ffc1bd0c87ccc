//! Addresses of pages: what stands behind the question mark, and the way back.

use crate::web::answer;
use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::fmt::Write as _;

/// What is written in an address as something else: everything but what RFC 3986 leaves as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of a list: its path, and what stands behind the question mark.
#[derive(Clone, Debug)]
pub struct Address {
    pub(super) path: String,
    pairs: Vec<(&'static str, String)>,
}

impl Address {
    /// The bare list.
    #[must_use]
    pub fn of(path: impl Into<String>) -> Self {
        Self { path: path.into(), pairs: Vec::new() }
    }

    /// With one more value of a name; an empty one says nothing.
    #[must_use]
    pub fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.pairs.push((name, value));
        }
        self
    }

    /// With this value and no other of the name.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.without(name).and(name, value)
    }

    /// Without anything of this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(found, _)| *found != name);
        self
    }

    /// Without one value of a name: a filter taken off.
    #[must_use]
    pub fn without_value(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(found, v)| *found != name || v != value);
        self
    }

    /// The same question, asked elsewhere.
    #[must_use]
    pub fn to(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// Its path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// As a link.
    #[must_use]
    pub fn href(&self) -> String {
        let mut href = self.path.clone();
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            let mark = if i == 0 { '?' } else { '&' };
            let _ = write!(href, "{mark}{name}={}", utf8_percent_encode(value, ENCODED));
        }
        href
    }

    /// What stands behind its question mark; empty where nothing does.
    #[must_use]
    pub fn question(&self) -> String {
        self.href().split_once('?').map(|(_, question)| question.to_owned()).unwrap_or_default()
    }

    /// As the hidden fields of a form that asks for `asked` itself.
    #[must_use]
    pub fn keep(&self, asked: &[&str]) -> Vec<(&'static str, String)> {
        self.pairs.iter().filter(|(name, _)| !asked.contains(name)).cloned().collect()
    }
}

/// The page that is asked for, with its question; `otherwise` where the request says neither.
#[must_use]
pub fn here<'a>(uri: &'a Uri, otherwise: &'a str) -> &'a str {
    uri.path_and_query().map_or(otherwise, |whole| whole.as_str())
}

/// Where somebody came from, and goes back to after an act or when they think better of it: `?back=/console/…`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

impl Back {
    /// That page, if it is one of the console's own (S52); else this one.
    #[must_use]
    pub fn or(&self, otherwise: &str) -> String {
        answer::own_path(&self.back).filter(|path| path.starts_with("/console/")).unwrap_or(otherwise).to_owned()
    }

    /// An address that carries it on.
    #[must_use]
    pub fn on(&self, path: &str) -> String {
        Address::of(path).and("back", self.back.as_str()).href()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_is_not_taken_off() {
        let address = Address::of("/console/x")
            .and("q", "a&b=c")
            .and("status", "active")
            .and("status", "disabled")
            .and("per", "");
        assert_eq!(address.href(), "/console/x?q=a%26b%3Dc&status=active&status=disabled");
        assert_eq!(address.clone().without_value("status", "active").href(), "/console/x?q=a%26b%3Dc&status=disabled");
        assert_eq!(address.clone().with("status", "x").href(), "/console/x?q=a%26b%3Dc&status=x");
        assert_eq!(address.keep(&["status"]), [("q", "a&b=c".to_owned())]);
    }
}
