//! Portal users in the database. Their address, name and company are copies, kept true in the transaction that changes
//! the account or the links.

use crate::account::Account;
use crate::act::Scope;
use crate::base::id::{AccountId, ClientId, PortalUserId};
use crate::base::text::{Email, EmailKey, fold};
use crate::base::{Error, Instant, Result};
use crate::language::Language;
use crate::listing::{self, List};
use crate::portal_user::{Deleted, Disabled, PortalUser};

/// What is stored of how somebody is kept out, if they are.
#[derive(sqlx::FromRow)]
struct Shut {
    disabled_at: Option<Instant>,
    disabled_by: Option<String>,
    disabled_because: Option<String>,
    disabled_client: Option<ClientId>,
    deleted_at: Option<Instant>,
    deleted_by: Option<String>,
}

impl Shut {
    fn disabled(&self) -> Option<Disabled> {
        self.disabled_at.map(|at| Disabled {
            at,
            by: self.disabled_by.clone().unwrap_or_default(),
            behalf: self.disabled_client.into(),
            because: self.disabled_because.clone().unwrap_or_default(),
        })
    }

    fn deleted(&self) -> Option<Deleted> {
        self.deleted_at.map(|at| Deleted { at, by: self.deleted_by.clone().unwrap_or_default() })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PortalUserId,
    account_id: AccountId,
    email: Email,
    name: String,
    company: String,
    password_due_since: Option<Instant>,
    #[sqlx(flatten)]
    shut: Shut,
    terms_version: i64,
    terms_at: Instant,
    last_sign_in_at: Instant,
    created_at: Instant,
    version: i64,
}

impl From<Row> for PortalUser {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            email: row.email,
            name: row.name,
            company: row.company,
            password_due: row.password_due_since,
            disabled: row.shut.disabled(),
            deleted: row.shut.deleted(),
            terms_version: row.terms_version,
            terms_at: row.terms_at,
            last_sign_in_at: row.last_sign_in_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.account_id, u.email, u.name, u.company, a.password_due_since, u.disabled_at, u.disabled_by, u.disabled_because,
                u.disabled_client, u.deleted_at, u.deleted_by, u.terms_version, u.terms_at, u.last_sign_in_at, u.created_at, u.version
             FROM portal_user u JOIN account a ON a.id = u.account_id WHERE u.business_id = $1 ",
            $rest
        )
    };
}

/// The portal user.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: PortalUserId) -> Result<PortalUser> {
    let row: Row = scope.query(select!("AND u.id = $2")).bind(id).one(&mut scope.tx, "The portal user").await?;
    Ok(row.into())
}

/// Those of these portal users that there are, in no order.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn of_ids(scope: &mut Scope, ids: &[PortalUserId]) -> Result<Vec<PortalUser>> {
    let rows: Vec<Row> = scope.query(select!("AND u.id IN")).and_list(ids.iter().copied()).all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(PortalUser::from).collect())
}

/// The portal user who signs in with an address, if the business knows one; also a deleted one.
///
/// # Errors
/// When the database cannot be read.
pub async fn with_email(scope: &mut Scope, email: &EmailKey) -> Result<Option<PortalUser>> {
    let row: Option<Row> =
        scope.query(select!("AND a.realm = 'portal' AND a.email_key = $2")).bind(email).maybe(&mut scope.tx).await?;
    Ok(row.map(PortalUser::from))
}

/// The portal user that an account is at this business, if it is one; also a deleted one.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_account(scope: &mut Scope, account: AccountId) -> Result<Option<PortalUser>> {
    let row: Option<Row> = scope.query(select!("AND u.account_id = $2")).bind(account).maybe(&mut scope.tx).await?;
    Ok(row.map(PortalUser::from))
}

/// A person at a business's door: the account, and what the business knows of it, in one query.
#[derive(Clone, Debug)]
pub struct Person {
    /// The sign-in.
    pub account: Account,
    /// The portal user, if the business knows the person.
    pub user: Option<PortalUser>,
    /// The portal user, if the business has deleted the person: at its door they are a stranger.
    pub deleted: Option<PortalUser>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    #[sqlx(flatten)]
    account: Account,
    user_id: Option<PortalUserId>,
    company: Option<String>,
    #[sqlx(flatten)]
    shut: Shut,
    terms_version: Option<i64>,
    terms_at: Option<Instant>,
    last_sign_in_at: Option<Instant>,
    user_created_at: Option<Instant>,
    user_version: Option<i64>,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        let PersonRow { account, .. } = row;
        let user = row.user_id.map(|id| PortalUser {
            id,
            account_id: account.id,
            email: account.email.clone(),
            name: account.name(),
            company: row.company.unwrap_or_default(),
            password_due: account.password_due_since,
            disabled: row.shut.disabled(),
            deleted: row.shut.deleted(),
            terms_version: row.terms_version.unwrap_or_default(),
            terms_at: row.terms_at.unwrap_or_default(),
            last_sign_in_at: row.last_sign_in_at.unwrap_or_default(),
            created_at: row.user_created_at.unwrap_or_default(),
            version: row.user_version.unwrap_or_default(),
        });
        match user {
            Some(gone) if gone.deleted.is_some() => Self { account, user: None, deleted: Some(gone) },
            user => Self { account, user, deleted: None },
        }
    }
}

macro_rules! select_person {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.realm, a.email, a.first_name, a.last_name, a.title, a.cell_phone, a.office_phone, a.extension, a.language,
                a.password_hash, a.password_set_at, a.password_due_since, a.created_at, a.version,
                u.id AS user_id, u.company, u.disabled_at, u.disabled_by, u.disabled_because, u.disabled_client,
                u.deleted_at, u.deleted_by, u.terms_version, u.terms_at, u.last_sign_in_at, u.created_at AS user_created_at, u.version AS user_version
             FROM account a LEFT JOIN portal_user u ON u.business_id = $1 AND u.account_id = a.id
             WHERE a.realm = 'portal' AND ",
            $rest
        )
    };
}

/// The person with this account, as the business knows them.
///
/// # Errors
/// When the database cannot be read.
pub async fn person(scope: &mut Scope, account: AccountId) -> Result<Option<Person>> {
    let row: Option<PersonRow> = scope.query(select_person!("a.id = $2")).bind(account).maybe(&mut scope.tx).await?;
    Ok(row.map(Person::from))
}

/// The person with this address, as the business knows them.
///
/// # Errors
/// When the database cannot be read.
pub async fn person_with_email(scope: &mut Scope, email: &EmailKey) -> Result<Option<Person>> {
    let row: Option<PersonRow> =
        scope.query(select_person!("a.email_key = $2")).bind(email).maybe(&mut scope.tx).await?;
    Ok(row.map(Person::from))
}

/// Adds a portal user.
///
/// # Errors
/// `Conflict` when the account is one already.
pub async fn insert(scope: &mut Scope, user: &PortalUser) -> Result<()> {
    let facet = user.facet().code();
    scope
        .query(
            "INSERT INTO portal_user (business_id, id, account_id, email, email_key, name, name_key, company, company_key, status,
                status_rank, terms_version, terms_at, last_sign_in_at, facet, search, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)",
        )
        .bind(user.id)
        .bind(user.account_id)
        .bind(&user.email)
        .bind(&user.email.key())
        .bind(user.name.as_str())
        .bind(fold(&user.name))
        .bind(user.company.as_str())
        .bind(fold(&user.company))
        .bind(user.status())
        .bind(user.status().rank())
        .bind(user.terms_version)
        .bind(user.terms_at)
        .bind(user.last_sign_in_at)
        .bind(facet.as_str())
        .bind(user.search_text())
        .bind(user.created_at)
        .run(&mut scope.tx)
        .await?;
    listing::count_into(scope, List::PortalUsers, &facet, 1).await
}

/// Stores a portal user as it is now, and counts it where it belongs.
///
/// # Errors
/// `Crossed` when it was changed after this act has read it: by the act of another business that knows the same account.
pub async fn save(scope: &mut Scope, user: &mut PortalUser) -> Result<()> {
    let before: (String,) = scope
        .query("SELECT facet FROM portal_user WHERE business_id = $1 AND id = $2")
        .bind(user.id)
        .one(&mut scope.tx, "The portal user")
        .await?;
    let facet = user.facet().code();
    let disabled = user.disabled.as_ref();
    let stored = scope
        .query(
            "UPDATE portal_user SET email = $4, email_key = $5, name = $6, name_key = $7, company = $8, company_key = $9, status = $10,
                status_rank = $11, disabled_at = $12, disabled_by = $13, disabled_because = $14, terms_version = $15, terms_at = $16,
                last_sign_in_at = $17, facet = $18, search = $19, deleted_at = $20, deleted_by = $21, disabled_client = $22,
                version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(user.id)
        .bind(user.version)
        .bind(&user.email)
        .bind(&user.email.key())
        .bind(user.name.as_str())
        .bind(fold(&user.name))
        .bind(user.company.as_str())
        .bind(fold(&user.company))
        .bind(user.status())
        .bind(user.status().rank())
        .bind(disabled.map(|d| d.at))
        .bind(disabled.map(|d| d.by.clone()))
        .bind(disabled.map(|d| d.because.clone()))
        .bind(user.terms_version)
        .bind(user.terms_at)
        .bind(user.last_sign_in_at)
        .bind(facet.as_str())
        .bind(user.search_text())
        .bind(user.deleted.as_ref().map(|d| d.at))
        .bind(user.deleted.as_ref().map(|d| d.by.clone()))
        .bind(disabled.and_then(|d| d.behalf.client()))
        .run(&mut scope.tx)
        .await?;
    if stored != 1 {
        return Err(Error::Crossed);
    }
    user.version += 1;
    listing::moved(scope, List::PortalUsers, &before.0, &facet).await
}

/// Makes every business's copy of an account true again, and what differs from its contacts: after the account's name,
/// address, phones, title or password requirement has changed. Each
/// business is visited in its own scope, so that each statement names its business.
///
/// # Errors
/// When the database refuses.
pub async fn refresh_copies(scope: &mut Scope, account: &crate::account::Account) -> Result<()> {
    let own = scope.business;
    for business in crate::account::store::businesses(&mut scope.tx, account.id).await? {
        scope.business = business;
        let refreshed = refresh_copy(scope, account).await;
        scope.business = own;
        refreshed?;
    }
    Ok(())
}

async fn refresh_copy(scope: &mut Scope, account: &crate::account::Account) -> Result<()> {
    if let Some(mut user) = of_account(scope, account.id).await? {
        user.email = account.email.clone();
        user.name = account.name();
        user.password_due = account.password_due_since;
        save(scope, &mut user).await?;
        crate::contact::mismatch::store::refresh_of_account(scope, account.id).await?;
    }
    Ok(())
}

/// One time that somebody accepted a version of the terms.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Acceptance {
    /// Which version.
    pub version: i64,
    /// The digest of its text.
    pub digest: String,
    /// When.
    pub at: Instant,
    /// From which network address.
    pub address: String,
    /// In which language.
    pub language: Language,
}

/// A portal user's acceptances, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn acceptances(scope: &mut Scope, user: PortalUserId) -> Result<Vec<Acceptance>> {
    scope
        .query(
            "SELECT version, digest, at, address, language FROM acceptance
             WHERE business_id = $1 AND portal_user_id = $2 ORDER BY version DESC",
        )
        .bind(user)
        .all(&mut scope.tx)
        .await
}

/// Records an acceptance.
///
/// # Errors
/// `Conflict` when that version was accepted already.
pub async fn insert_acceptance(scope: &mut Scope, user: PortalUserId, acceptance: &Acceptance) -> Result<()> {
    scope
        .query(
            "INSERT INTO acceptance (business_id, portal_user_id, version, digest, at, address, language)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(user)
        .bind(acceptance.version)
        .bind(acceptance.digest.as_str())
        .bind(acceptance.at)
        .bind(acceptance.address.as_str())
        .bind(acceptance.language)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// The names of some portal users, by id: for lists that mention them.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(scope: &mut Scope, ids: &[uuid::Uuid]) -> Result<Vec<(uuid::Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query("SELECT id, name FROM portal_user WHERE business_id = $1 AND id IN");
    query.and_list(ids.iter().copied()).all(&mut scope.tx).await
}
