//! A lock that turns somebody away: what they are told, and what the log says.

use super::Count;
use crate::base::{Error, Result};
use crate::db::{Query, Tx};

/// A lock at which nothing is looked at now.
#[derive(Debug)]
pub struct Closed {
    pub(super) count: Count,
    pub(super) subject: String,
    /// For how many seconds still; none when only a new password (or staff) opens it.
    pub(super) wait: Option<i64>,
    pub(super) news: News,
}

/// Whether the audit log says already that this lock turned somebody away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum News {
    Untold,
    Told,
}

impl Closed {
    /// Whether the audit log may not say yet that this lock turned somebody away.
    #[must_use]
    pub fn is_news(&self) -> bool {
        self.news == News::Untold
    }

    /// Notes that the log is being told; of several at once, one is answered that it is theirs to tell.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tell(&self, tx: &mut Tx) -> Result<bool> {
        let told = Query::new("UPDATE attempt SET told = 1 WHERE subject = $1 AND told = 0")
            .bind(self.subject.as_str())
            .run(tx)
            .await?;
        Ok(told == 1)
    }

    /// What the log says.
    #[must_use]
    pub fn words(&self) -> String {
        let what = match self.count {
            Count::Unknown => "too many wrong attempts from browsers that are not known",
            Count::Known => "too many wrong attempts from known browsers",
            Count::Address => "too many attempts from this network address",
        };
        match self.wait {
            Some(seconds) => format!("{what}; nothing is looked at for {seconds} seconds"),
            None => format!("{what}; nothing is looked at until a new password is set"),
        }
    }

    /// What the person is told.
    #[must_use]
    pub fn error(&self) -> Error {
        match self.wait {
            Some(seconds) => Error::TooMany(seconds),
            None => Error::refused("Too many wrong attempts. Set a new password with “Forgotten your password?”."),
        }
    }
}
