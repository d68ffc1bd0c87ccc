//! The one error. Three renderers show it: a page, `application/problem+json`, a command's exit code. Every message says
//! the next step, and none says what is inside the machine.

use crate::language::{Language, Said, Sentence, say};
use std::fmt;

/// What every act and look answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or belongs to another business: the two are never told apart (PRODUCT.md rule 8).
    #[error("{0} was not found. It may have been removed, or the address may be mistyped.")]
    NotFound(&'static str),
    /// Nobody is signed in, or the session has ended.
    #[error("{}", say("error-sign-in-needed"))]
    SignInNeeded,
    /// Signed in, but not permitted; names the permission that would be needed.
    #[error("You don't have the permission “{0}”. Ask somebody who manages staff to give it to you.")]
    Forbidden(&'static str),
    /// Known and signed in, but a gate is closed; the text says which, and whom to turn to.
    #[error("{0}")]
    Shut(Sentence),
    /// What was typed cannot be used; each problem names its field.
    #[error("{0}")]
    Invalid(Problems),
    /// The thing's state does not allow it; the text says why and what to do.
    #[error("{0}")]
    Refused(Sentence),
    /// Somebody changed it meanwhile.
    #[error("{}", say("error-conflict"))]
    Conflict,
    /// The database took it back because it and another transaction waited for each other, or could not both hold. Nothing of
    /// it happened; done once more, it goes through (`db::again`).
    #[error("{}", say("error-crossed"))]
    Crossed,
    /// Too many attempts; try again after this many seconds.
    #[error("{}", too_many(*.0))]
    TooMany(i64),
    /// More work than can be taken now; try again after this many seconds.
    #[error("{}", busy(*.0))]
    Busy(i64),
    /// The database cannot be reached.
    #[error("{}", say("error-away"))]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The disk is full.
    #[error("{}", say("error-full"))]
    Full,
    /// A request that no page or program of ours makes.
    #[error("{0}")]
    BadRequest(&'static str),
    /// Larger than what is taken.
    #[error("{0}")]
    TooLarge(String),
    /// A defect, or a machine that misbehaves. The cause goes to the log, never to a page.
    #[error("{}", say("error-internal"))]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A defect with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// One field that cannot be used.
    pub fn invalid(field: &'static str, message: impl Into<Sentence>) -> Self {
        Self::Invalid(Problems::one(field, message))
    }

    /// The state of things does not allow it.
    pub fn refused(message: impl Into<Sentence>) -> Self {
        Self::Refused(message.into())
    }

    /// What a person reads, in their language.
    #[must_use]
    pub fn to(&self, language: Language) -> String {
        let said = match self {
            _ if language == Language::En => return self.to_string(),
            Self::Shut(sentence) | Self::Refused(sentence) => return sentence.to(language),
            Self::Invalid(problems) => return problems.to(language),
            Self::TooMany(seconds) => too_many(*seconds),
            Self::Busy(seconds) => busy(*seconds),
            Self::NotFound(what) => say("error-not-found").with("kind", kind_of(what)),
            Self::SignInNeeded => say("error-sign-in-needed"),
            Self::Conflict => say("error-conflict"),
            Self::Crossed => say("error-crossed"),
            Self::Away(_) => say("error-away"),
            Self::Full => say("error-full"),
            Self::Forbidden(_) => say("error-forbidden"),
            Self::BadRequest(_) => say("error-bad-request"),
            Self::TooLarge(_) => say("error-too-large"),
            Self::Internal(_) => say("error-internal"),
        };
        said.to(language)
    }

    /// The HTTP status that this is answered with.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::SignInNeeded => 401,
            Self::Forbidden(_) | Self::Shut(_) => 403,
            Self::Invalid(_) => 422,
            Self::Refused(_) | Self::Conflict => 409,
            Self::TooMany(_) => 429,
            Self::Crossed | Self::Busy(_) | Self::Away(_) => 503,
            Self::Full => 507,
            Self::BadRequest(_) => 400,
            Self::TooLarge(_) => 413,
            Self::Internal(_) => 500,
        }
    }

    /// Seconds after which trying again makes sense: the `Retry-After` of the answer.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooMany(seconds) | Self::Busy(seconds) => Some((*seconds).max(1)),
            Self::Away(_) => Some(5),
            Self::Crossed => Some(1),
            _ => None,
        }
    }
}

fn too_many(seconds: i64) -> Said {
    match wait(seconds) {
        Wait::Seconds(count) => say("error-too-many-seconds").with("count", count),
        Wait::Minutes(count) => say("error-too-many-minutes").with("count", count),
    }
}

fn busy(seconds: i64) -> Said {
    match wait(seconds) {
        Wait::Seconds(count) => say("error-busy-seconds").with("count", count),
        Wait::Minutes(count) => say("error-busy-minutes").with("count", count),
    }
}

/// How long somebody waits, as people say it.
enum Wait {
    Seconds(i64),
    Minutes(i64),
}

fn wait(seconds: i64) -> Wait {
    match seconds.max(1) {
        seconds @ 1..=90 => Wait::Seconds(seconds),
        seconds => Wait::Minutes(seconds.saturating_add(59) / 60),
    }
}

/// The word by which a message tells apart what was not found.
fn kind_of(what: &str) -> &'static str {
    match what {
        "The invitation" => "invitation",
        "The link" => "link",
        "The portal" => "portal",
        "The client account" => "account",
        "This page" => "page",
        _ => "other",
    }
}

/// What is wrong with a form or a row, field by field, in the order of the fields.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

/// One thing wrong with one field, with its remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name, as the form and the API call it.
    pub field: &'static str,
    /// What to do about it.
    pub message: Sentence,
}

impl Problems {
    /// A single problem.
    pub fn one(field: &'static str, message: impl Into<Sentence>) -> Self {
        Self(vec![Problem { field, message: message.into() }])
    }

    /// Notes another one.
    pub fn add(&mut self, field: &'static str, message: impl Into<Sentence>) {
        self.0.push(Problem { field, message: message.into() });
    }

    /// Takes the value if it parsed, else notes why it did not: so that one answer names every mistake.
    pub fn check<T, E: Into<Sentence>>(&mut self, field: &'static str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|e| self.add(field, e)).ok()
    }

    /// The problem of this field, if it has one.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|p| p.field == field).map(|p| &*p.message)
    }

    /// The problem of this field in a language; empty where it has none.
    #[must_use]
    pub fn said_of(&self, field: &str, language: Language) -> String {
        self.0.iter().find(|p| p.field == field).map(|p| p.message.to(language)).unwrap_or_default()
    }

    /// All of them, in a language.
    #[must_use]
    pub fn to(&self, language: Language) -> String {
        self.0.iter().map(|p| p.message.to(language)).collect::<Vec<_>>().join(" ")
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Problem] {
        &self.0
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fails with all of them, if there are any.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to(Language::En))
    }
}
