//! Clients: the customers of a business.

pub mod acts;
pub mod bulk;
pub mod list;
pub mod store;
mod typed;

pub use typed::Typed;

use crate::base::Instant;
use crate::base::id::ClientId;
use crate::base::text::{CompanyName, Email, Phone, Reference, fold};
use crate::language::Language;
use crate::listing;

crate::words! {
    /// Whether a client still is one.
    pub enum Status {
        /// Is.
        Active = "active",
        /// Has left.
        Exited = "exited",
    }
}

impl Status {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Exited => "Exited",
        }
    }
}

/// A client.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// What the business calls it in its own books.
    pub reference: Reference,
    /// Its name.
    pub name: CompanyName,
    /// Its address for mail.
    pub email: Option<Email>,
    /// Its phone.
    pub phone: Option<Phone>,
    /// Whether it still is a client.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// Since when it is not.
    pub exited_at: Option<Instant>,
    /// The language of its people's pages and mail, where they have not chosen one themselves.
    pub language: Option<Language>,
    /// What it owes, in cents.
    pub balance_cents: i64,
    /// Since when it is known.
    pub created_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

impl Client {
    /// What staff wrote down about it.
    #[must_use]
    pub fn details(&self) -> Details {
        Details {
            name: self.name.clone(),
            reference: self.reference.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            language: self.language,
        }
    }

    /// Takes on other details, and leaves or comes back: since when it has left is kept while it stays away.
    pub fn change(&mut self, details: Details, status: Status, at: Instant) {
        let Details { name, reference, email, phone, language } = details;
        (self.name, self.reference, self.email, self.phone) = (name, reference, email, phone);
        self.language = language;
        self.exited_at = match (self.status, status) {
            (_, Status::Active) => None,
            (Status::Exited, Status::Exited) => self.exited_at,
            (Status::Active, Status::Exited) => Some(at),
        };
        self.status = status;
    }
}

/// What staff write down about a client.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: CompanyName,
    /// What the business calls it in its own books.
    pub reference: Reference,
    /// Its address for mail.
    pub email: Option<Email>,
    /// Its phone.
    pub phone: Option<Phone>,
    /// The language of its people's pages and mail.
    pub language: Option<Language>,
}

/// The form in which references are compared.
#[must_use]
pub fn reference_key(reference: &Reference) -> String {
    fold(reference.as_str())
}

/// What a search over clients looks through.
#[must_use]
pub fn search_text(name: &CompanyName, reference: &Reference, email: Option<&Email>) -> String {
    listing::search_text(&[name.as_str(), reference.as_str(), email.map(Email::as_str).unwrap_or_default()])
}
