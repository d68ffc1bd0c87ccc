//! Accounts in the database: global, keyed by account.

use crate::account::{Account, Realm, throttle};
use crate::base::id::{AccountId, BusinessId};
use crate::base::secret::PasswordHash;
use crate::base::text::{Email, EmailKey, Extension, PersonName, Phone, Title};
use crate::base::{Instant, Result};
use crate::db::{Query, Tx};
use crate::language::Language;

const COLUMNS: &str =
    "SELECT id, realm, email, first_name, last_name, title, cell_phone, office_phone, extension, language,
    password_hash, password_set_at, password_due_since, created_at, version FROM account";

/// The account with this address in a realm, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(tx: &mut Tx, realm: Realm, email: &Email) -> Result<Option<Account>> {
    with_key(tx, realm, &email.key()).await
}

/// The account whose address has this key in a realm, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn with_key(tx: &mut Tx, realm: Realm, key: &EmailKey) -> Result<Option<Account>> {
    Query::new(COLUMNS).and_with("WHERE realm = ? AND email_key = ?", [realm.into(), key.into()]).maybe(tx).await
}

/// The account.
///
/// # Errors
/// `NotFound`.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Account> {
    Query::new(COLUMNS).and_with("WHERE id = ?", [id.into()]).one(tx, "The account").await
}

/// The account, held still until the transaction ends: for changes that two businesses might make at once.
///
/// # Errors
/// `NotFound`.
pub async fn hold(tx: &mut Tx, id: AccountId) -> Result<Account> {
    let lock = tx.for_update();
    Query::new(COLUMNS).and_with("WHERE id = ?", [id.into()]).and(lock).one(tx, "The account").await
}

/// These accounts, held still until the transaction ends, one after the other in one order, so that nobody waits in a circle.
///
/// # Errors
/// When the database cannot be read.
pub async fn hold_all(tx: &mut Tx, ids: &[AccountId]) -> Result<Vec<Account>> {
    let lock = tx.for_update();
    Query::new(COLUMNS).and("WHERE id IN").and_list(ids.iter().copied()).and("ORDER BY id").and(lock).all(tx).await
}

/// Who a new account is for.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its realm.
    pub realm: Realm,
    /// The address it signs in with.
    pub email: Email,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// The language of pages and mail, if they have chosen one.
    pub language: Option<Language>,
    /// The hash of its password, if it has one yet.
    pub password_hash: Option<PasswordHash>,
}

/// Makes an account.
///
/// # Errors
/// `Conflict` when the address got an account meanwhile.
pub async fn insert(tx: &mut Tx, new: &NewAccount, now: Instant) -> Result<AccountId> {
    let id = AccountId::new(now);
    Query::new(
        "INSERT INTO account (id, realm, email, email_key, first_name, last_name, language, password_hash, password_set_at, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
    )
    .bind(id)
    .bind(new.realm)
    .bind(&new.email)
    .bind(&new.email.key())
    .bind(&new.first_name)
    .bind(&new.last_name)
    .bind(new.language)
    .bind(new.password_hash.as_ref())
    .bind(new.password_hash.as_ref().map(|_| now))
    .bind(now)
    .run(tx)
    .await?;
    Ok(id)
}

/// Stores a new password's hash; a change that was due is done with that.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(tx: &mut Tx, id: AccountId, hash: &PasswordHash, now: Instant) -> Result<()> {
    Query::new(
        "UPDATE account SET password_hash = $2, password_set_at = $3, password_due_since = NULL, version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(hash)
    .bind(now)
    .run_one(tx)
    .await
}

/// Stores the same password's hash at today's cost.
///
/// # Errors
/// When the database refuses.
pub async fn upgrade_hash(tx: &mut Tx, id: AccountId, from: &PasswordHash, to: &PasswordHash) -> Result<()> {
    Query::new("UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
        .bind(id)
        .bind(from)
        .bind(to)
        .run(tx)
        .await?;
    Ok(())
}

/// Changes the person's name.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &mut Tx, id: AccountId, first: &PersonName, last: &PersonName) -> Result<()> {
    Query::new("UPDATE account SET first_name = $2, last_name = $3, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(first)
        .bind(last)
        .run_one(tx)
        .await
}

/// What a person writes about themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Particulars {
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
}

/// Stores what a person writes about themselves.
///
/// # Errors
/// When the database refuses.
pub async fn set_particulars(tx: &mut Tx, id: AccountId, new: &Particulars) -> Result<()> {
    Query::new(
        "UPDATE account SET first_name = $2, last_name = $3, title = $4, cell_phone = $5, office_phone = $6, extension = $7,
            version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(&new.first_name)
    .bind(&new.last_name)
    .bind(new.title.as_ref())
    .bind(new.cell_phone.as_ref())
    .bind(new.office_phone.as_ref())
    .bind(new.extension.as_ref())
    .run_one(tx)
    .await
}

/// Notes which language the person has chosen.
///
/// # Errors
/// When the database refuses.
pub async fn set_language(tx: &mut Tx, id: AccountId, language: Option<Language>) -> Result<()> {
    Query::new("UPDATE account SET language = $2 WHERE id = $1").bind(id).bind(language).run_one(tx).await
}

/// Changes the address that the person signs in with.
///
/// # Errors
/// `Conflict` when the address got another account meanwhile.
pub async fn set_email(tx: &mut Tx, id: AccountId, email: &Email) -> Result<()> {
    Query::new("UPDATE account SET email = $2, email_key = $3, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(email)
        .bind(&email.key())
        .run_one(tx)
        .await
}

/// Notes that an account knows a business's door.
///
/// # Errors
/// When the database refuses.
pub async fn add_business(tx: &mut Tx, id: AccountId, business: BusinessId) -> Result<()> {
    Query::new("INSERT INTO account_business (account_id, business_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(business)
        .run(tx)
        .await?;
    Ok(())
}

/// The businesses whose doors an account knows.
///
/// # Errors
/// When the database cannot be read.
pub async fn businesses(tx: &mut Tx, id: AccountId) -> Result<Vec<BusinessId>> {
    let rows: Vec<(BusinessId,)> =
        Query::new("SELECT business_id FROM account_business WHERE account_id = $1 ORDER BY business_id")
            .bind(id)
            .all(tx)
            .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Notes that an account no longer knows a business's door. One that knows no other goes with it, and with everything that
/// hangs on it: nothing is kept of a person whom nobody knows.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &mut Tx, id: AccountId, business: BusinessId) -> Result<()> {
    hold(tx, id).await?;
    Query::new("DELETE FROM account_business WHERE account_id = $1 AND business_id = $2")
        .bind(id)
        .bind(business)
        .run(tx)
        .await?;
    if !businesses(tx, id).await?.is_empty() {
        return Ok(());
    }
    throttle::clear(tx, id).await?;
    throttle::forget_browsers(tx, id).await?;
    for statement in [
        "DELETE FROM session WHERE account_id = $1",
        "DELETE FROM account_token WHERE account_id = $1",
        "DELETE FROM account WHERE id = $1",
    ] {
        Query::new(statement).bind(id).run(tx).await?;
    }
    Ok(())
}
