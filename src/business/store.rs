//! Businesses in the database.

use crate::access::Sight;
use crate::base::Result;
use crate::base::id::{AccountId, BusinessId};
use crate::base::text::{CompanyName, Slug};
use crate::business::{Business, Switch};
use crate::db::{Query, Tx};

const COLUMNS: &str = "SELECT id, slug, name, portal, portal_since, language, brand_colour, sign_in_text, support_contact,
    postal_address, mail_from_name, auto_invitations, temporary_passwords, delegation, invitation_days, exit_grace_days, terms_version, features, version
    FROM business";

/// The business.
///
/// # Errors
/// `NotFound`.
pub async fn find(tx: &mut Tx, id: BusinessId) -> Result<Business> {
    Query::new(COLUMNS).and_with("WHERE id = ?", [id.into()]).one(tx, "The business").await
}

/// The business, held still until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn hold(tx: &mut Tx, id: BusinessId) -> Result<Business> {
    let lock = tx.for_update();
    Query::new(COLUMNS).and_with("WHERE id = ?", [id.into()]).and(lock).one(tx, "The business").await
}

/// The business at this place in addresses, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(tx: &mut Tx, slug: &Slug) -> Result<Option<Business>> {
    Query::new(COLUMNS).and_with("WHERE slug = ?", [slug.into()]).maybe(tx).await
}

/// A business whose portal a person knows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Elsewhere {
    /// Its place in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: CompanyName,
}

/// The other businesses that know a person, by name: they get from one to the next without signing in again.
///
/// # Errors
/// When the database cannot be read.
pub async fn others_of(tx: &mut Tx, account: AccountId, but: BusinessId, most: i64) -> Result<Vec<Elsewhere>> {
    Query::new(
        "SELECT b.slug, b.name FROM account_business k JOIN business b ON b.id = k.business_id
         JOIN portal_user u ON u.business_id = k.business_id AND u.account_id = k.account_id AND u.deleted_at IS NULL
         WHERE k.account_id = $1 AND k.business_id <> $2 ORDER BY b.name, b.id LIMIT $3",
    )
    .bind(account)
    .bind(but)
    .bind(most)
    .all(tx)
    .await
}

/// All businesses of the installation, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx) -> Result<Vec<Business>> {
    Query::new(COLUMNS).and("ORDER BY id").all(tx).await
}

pub(super) async fn insert(tx: &mut Tx, business: &Business) -> Result<()> {
    Query::new(
        "INSERT INTO business (id, slug, name, portal, portal_since, language, brand_colour, sign_in_text, support_contact,
            postal_address, mail_from_name, auto_invitations, invitation_days, exit_grace_days, terms_version, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $5, 1)",
    )
    .bind(business.id)
    .bind(&business.slug)
    .bind(&business.name)
    .bind(business.portal)
    .bind(business.portal_since)
    .bind(business.language)
    .bind(business.brand_colour.as_str())
    .bind(business.sign_in_text.as_str())
    .bind(business.support_contact.as_str())
    .bind(business.postal_address.as_str())
    .bind(business.mail_from_name.as_str())
    .bind(business.auto_invitations)
    .bind(business.invitation_days)
    .bind(business.exit_grace_days)
    .bind(business.terms_version)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn set_terms_version(tx: &mut Tx, id: BusinessId, version: i64) -> Result<()> {
    Query::new("UPDATE business SET terms_version = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(version)
        .run_one(tx)
        .await
}

pub(super) async fn set_portal(
    tx: &mut Tx,
    business: &Business,
    portal: Switch,
    now: crate::base::Instant,
) -> Result<()> {
    Query::new(
        "UPDATE business SET portal = $3, portal_since = $4, version = version + 1 WHERE id = $1 AND version = $2",
    )
    .bind(business.id)
    .bind(business.version)
    .bind(portal)
    .bind(now)
    .run_one(tx)
    .await
}

pub(super) async fn set_temporary_passwords(tx: &mut Tx, business: &Business, to: Switch) -> Result<()> {
    Query::new("UPDATE business SET temporary_passwords = $3, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(business.id)
        .bind(business.version)
        .bind(to)
        .run_one(tx)
        .await
}

pub(super) async fn set_delegation(tx: &mut Tx, business: &Business, to: Switch) -> Result<()> {
    Query::new("UPDATE business SET delegation = $3, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(business.id)
        .bind(business.version)
        .bind(to)
        .run_one(tx)
        .await
}

pub(super) async fn set_features(tx: &mut Tx, business: &Business, to: &Sight) -> Result<()> {
    Query::new("UPDATE business SET features = $3, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(business.id)
        .bind(business.version)
        .bind(to)
        .run_one(tx)
        .await
}
