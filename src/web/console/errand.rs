//! What a form or a question about one thing brings: who asks, whom or what it is about, and where they go on to.

use crate::access::Actor;
use crate::act::{App, Look};
use crate::base::{Error, Result};
use crate::web::answer::{self, Answer, Failed};
use crate::web::console::Staff;
use crate::web::form::Question;
use crate::web::parts::Back;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

/// Whom or what a page of the console is about.
pub trait Subject: Copy + Send {
    /// The id in an address; what is none is like one that never was.
    ///
    /// # Errors
    /// `NotFound`.
    fn named(text: &str) -> Result<Self, Error>;

    /// Where its page is.
    fn path(self) -> String;
}

/// Something that a staff member does about somebody.
pub struct Errand<I> {
    /// The program.
    pub app: App,
    /// Who does it.
    pub staff: Staff,
    /// About whom.
    pub id: I,
    back: Back,
}

impl<I: Subject> FromRequestParts<App> for Errand<I> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failed> {
        let staff = Staff::from_request_parts(parts, app).await?;
        let id = Path::<String>::from_request_parts(parts, app).await.map_err(Error::internal)?;
        let Question(back) = Question::from_request_parts(parts, app).await?;
        Ok(Self { app: app.clone(), staff, id: I::named(&id)?, back })
    }
}

impl<I: Subject> Errand<I> {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.staff.actor
    }

    /// A look at the staff member's business.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn look(&self) -> Result<Look> {
        self.staff.look(&self.app).await
    }

    /// Where a question about it posts its answer, which knows the way back as well.
    pub fn action(&self, deed: &str) -> String {
        self.back.on(&format!("{}/{deed}", self.id.path()))
    }

    /// Where they came from, else its page.
    pub fn onward(&self) -> String {
        self.back.or(&self.id.path())
    }

    /// On to there, which says once what has just happened.
    pub fn done(&self, title: &str, text: &str) -> Answer {
        answer::see_with(&self.onward(), "ok", title, text)
    }

    /// The same; what was refused is said there, with the reason.
    pub fn done_or_refused(&self, done: Result<(String, String)>, failed: &str) -> Answer {
        match done {
            Ok((title, text)) => self.done(&title, &text),
            Err(Error::Refused(why)) => answer::see_with(&self.onward(), "bad", failed, &why),
            Err(other) => Err(other.into()),
        }
    }
}
