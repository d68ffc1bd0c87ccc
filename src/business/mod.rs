//! A business: the tenant. Its portal, its look, its terms.

pub mod acts;
pub mod branding;
pub mod store;
pub mod terms;

use crate::access::Sight;
use crate::base::Instant;
use crate::base::id::BusinessId;
use crate::base::text::{CompanyName, Slug};
use crate::language::Language;

crate::words! {
    /// On or off.
    pub enum Switch {
        /// On.
        On = "on",
        /// Off.
        Off = "off",
    }
}

/// A business, with its settings.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// Its place in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: CompanyName,
    /// Whether its clients' people may come in at all.
    #[sqlx(try_from = "String")]
    pub portal: Switch,
    /// Since when that is so.
    pub portal_since: Instant,
    /// The language of its portal and mail, where neither the person nor the client has one; none leaves it to the browser.
    pub language: Option<Language>,
    /// Its colour, as `#0d736e`.
    pub brand_colour: String,
    /// What stands on its sign-in page.
    pub sign_in_text: String,
    /// Whom people turn to: an address or a number, as its people say it.
    pub support_contact: String,
    /// Its postal address, at the foot of pages and mail.
    pub postal_address: String,
    /// The sender's name in mail.
    pub mail_from_name: String,
    /// Whether automated mail invites contacts who are not connected.
    #[sqlx(try_from = "String")]
    pub auto_invitations: Switch,
    /// Whether staff may have an invitation mail a password that works once.
    #[sqlx(try_from = "String")]
    pub temporary_passwords: Switch,
    /// Whether its clients' own Global Admins and Group Managers look after their people, where no client is excepted.
    #[sqlx(try_from = "String")]
    pub delegation: Switch,
    /// For how many days an invitation works.
    pub invitation_days: i64,
    /// For how many days the people of a client that has left still get in.
    pub exit_grace_days: i64,
    /// The current version of its terms; 0 for none.
    pub terms_version: i64,
    /// The record kinds that its clients have; the others are switched off.
    #[sqlx(try_from = "String")]
    pub features: Sight,
    /// Changes with every change.
    pub version: i64,
}
