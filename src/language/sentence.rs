//! A sentence on its way to somebody whose language is not known yet: an error, a refusal.

use crate::language::{Language, Said};
use std::fmt;
use std::ops::Deref;

/// A sentence that is said in the language of whoever reads it, if it is a message; else as it is.
#[derive(Clone, Debug)]
pub struct Sentence(Words);

#[derive(Clone, Debug)]
enum Words {
    /// For staff: English, like the whole console.
    Plain(String),
    /// For anybody.
    Message(Said),
}

impl Sentence {
    /// In a language.
    #[must_use]
    pub fn to(&self, language: Language) -> String {
        match &self.0 {
            Words::Plain(text) => text.clone(),
            Words::Message(said) => said.to(language),
        }
    }
}

impl From<Said> for Sentence {
    fn from(said: Said) -> Self {
        Self(Words::Message(said))
    }
}
impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self(Words::Plain(text))
    }
}
impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Self(Words::Plain(text.to_owned()))
    }
}

impl Deref for Sentence {
    type Target = str;
    fn deref(&self) -> &str {
        match &self.0 {
            Words::Plain(text) => text,
            Words::Message(said) => said,
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl Eq for Sentence {}
