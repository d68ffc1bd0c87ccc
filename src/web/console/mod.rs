//! Staff's pages.

mod activity;
pub mod audit;
mod clash;
pub mod bulk;
pub mod client;
pub mod clients;
pub mod contact;
pub mod contacts;
pub mod door;
mod errand;
pub mod export;
pub mod features;
pub mod forgotten;
pub mod import;
pub mod invitations;
pub mod mismatches;
pub mod overview;
pub mod portal_switch;
pub mod portal_user;
pub mod portal_users;
pub mod record;
pub mod request;
pub mod requests;
pub mod search;
pub mod why;

use crate::access::{Actor, Permission};
use crate::act::{App, Scope};
use crate::base::{Error, Result};
use crate::business::{Business, Switch};
use crate::contact::Standing;
use crate::listing::{self, List, Total};
use crate::mail::outbox;
use crate::portal_user::Facet;
use crate::request::waiting;
use crate::web::answer::Failed;
use crate::web::chrome::{ConsoleChrome, Face};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The staff member who asked; the guard has let them in and put them here.
#[derive(Clone)]
pub struct Staff {
    /// Who acts, in which business, with which rights.
    pub actor: Actor,
    /// The business.
    pub business: Business,
    /// The address they sign in with.
    pub email: String,
}

impl<S: Sync> FromRequestParts<S> for Staff {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        parts.extensions.get::<Self>().cloned().ok_or(Failed(Error::SignInNeeded))
    }
}

/// The pages of the side bar, and what it takes to open each.
const PAGES: [(&str, Option<Permission>); 10] = [
    ("overview", None),
    ("clients", Some(Permission::ClientsView)),
    ("contacts", Some(Permission::ClientsView)),
    ("portal-users", Some(Permission::PortalUsersView)),
    ("invitations", Some(Permission::ClientsView)),
    ("requests", Some(Permission::RequestsDecide)),
    ("mismatches", Some(Permission::ClientsView)),
    ("import", Some(Permission::ClientsImport)),
    ("features", Some(Permission::SettingsManage)),
    ("audit", Some(Permission::AuditView)),
];

impl Staff {
    /// The frame around a page, with the numbers in the side bar.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chrome(&self, scope: &mut Scope, here: &'static str) -> Result<ConsoleChrome> {
        let users = listing::tally(scope, List::PortalUsers).await?;
        let users = users.iter().filter(|(facet, _)| Facet::is_here(facet)).map(|(_, n)| n).sum();
        let contacts = listing::tally(scope, List::Contacts).await?;
        let invited = contacts.iter().find(|(facet, _)| facet == Standing::Invited.code()).map_or(0, |(_, n)| *n);
        let mismatches: i64 = listing::tally(scope, List::Mismatches).await?.iter().map(|(_, n)| n).sum();
        let requests = waiting(scope).await?;
        let pages =
            PAGES.iter().filter(|(_, needs)| needs.is_none_or(|p| self.actor.may(p))).map(|(page, _)| *page).collect();
        Ok(ConsoleChrome {
            business_name: self.business.name.to_string(),
            business_face: Face::of(self.business.name.as_str()),
            portal_on: self.business.portal == Switch::On,
            person_name: self.actor.name().to_owned(),
            person_email: self.email.clone(),
            person_face: Face::of(self.actor.name()),
            here,
            pages,
            portal_users: Some(number(users)),
            invitations_waiting: (invited > 0).then(|| number(invited)),
            requests_waiting: (requests > 0).then(|| number(requests)),
            mismatches: (mismatches > 0).then(|| number(mismatches)),
        })
    }

    /// A look at the staff member's business.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn look(&self, app: &App) -> Result<crate::act::Look> {
        app.look(&self.actor).await
    }
}

/// What is said while letters wait because the business is at its pace (S33); none while none do.
///
/// # Errors
/// When the database cannot be read.
pub async fn pace_words(scope: &mut Scope, app: &App) -> Result<Option<String>> {
    let (business, now, pace) = (scope.business, scope.now, app.config.mail.pace);
    let waiting = outbox::waiting_for_their_turn(&mut scope.tx, business, now, pace).await?;
    Ok((waiting > 0).then(|| {
        let waiting = if waiting < outbox::MOST_COUNTED { Total::Exactly(waiting) } else { Total::AtLeast(waiting) };
        format!(
            "At most {} letters leave in an hour, so {waiting} {} for a turn. Nothing is lost, and nothing needs to be done.",
            number(pace.business_an_hour),
            if waiting == Total::Exactly(1) { "waits" } else { "wait" },
        )
    }))
}

/// A number as people read it: `12,480`.
#[must_use]
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("−{out}") } else { out }
}

/// An amount as people read it: `1,234.50`.
#[must_use]
pub fn money(cents: i64) -> String {
    let whole = number(i64::try_from(cents.unsigned_abs() / 100).unwrap_or(i64::MAX));
    let sign = if cents < 0 { "−" } else { "" };
    format!("{sign}{whole}.{:02}", cents.unsigned_abs() % 100)
}

/// A word for one or several: `1 person`, `12,480 people`.
#[must_use]
pub fn count(n: i64, one: &str, several: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { several })
}

/// The same for what a list holds, which is counted only so far: `1,000+ people`.
#[must_use]
pub fn counted(total: Total, one: &str, several: &str) -> String {
    format!("{total} {}", if total == Total::Exactly(1) { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(-1000), "−1,000");
        assert_eq!(money(123_450), "1,234.50");
        assert_eq!(money(-5), "−0.05");
        assert_eq!(count(1, "person", "people"), "1 person");
        assert_eq!(count(2000, "person", "people"), "2,000 people");
        assert_eq!(counted(Total::Exactly(1), "person", "people"), "1 person");
        assert_eq!(counted(Total::AtLeast(1000), "person", "people"), "1,000+ people");
    }
}
