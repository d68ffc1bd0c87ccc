//! A person's own sign-in: address, name, credentials, sessions. It belongs to the person, not to a business; two realms,
//! `staff` and `portal`, between which nothing crosses.

pub mod bulk;
pub mod password;
pub mod session;
pub mod store;
pub mod throttle;
pub mod token;

use crate::base::Instant;
use crate::base::id::AccountId;
use crate::base::secret::PasswordHash;
use crate::base::text::{Email, Extension, PersonName, Phone, Title, full_name};
use crate::language::Language;

crate::words! {
    /// Which of the two worlds of people an account belongs to.
    pub enum Realm {
        /// Works for a business.
        Staff = "staff",
        /// Belongs to a client.
        Portal = "portal",
    }
}

/// A person's sign-in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its realm.
    #[sqlx(try_from = "String")]
    pub realm: Realm,
    /// The address it signs in with.
    pub email: Email,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Title at work.
    pub title: Option<Title>,
    /// Cell phone.
    pub cell_phone: Option<Phone>,
    /// Office phone.
    pub office_phone: Option<Phone>,
    /// Extension of the office phone.
    pub extension: Option<Extension>,
    /// The language that the person has chosen for pages and mail.
    pub language: Option<Language>,
    /// The stored password hash; none until one is set.
    pub password_hash: Option<PasswordHash>,
    /// When the password was set.
    pub password_set_at: Option<Instant>,
    /// Since when a password change is due.
    pub password_due_since: Option<Instant>,
    /// When the account was made.
    pub created_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

impl Account {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}
