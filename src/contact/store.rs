//! Contacts in the database, and the list of addresses that are kept out of a client's portal.

use crate::act::Scope;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::{Email, EmailKey, fold};
use crate::base::{Error, Instant, Result};
use crate::contact::{Block, Contact, Details, Portal, Standing, bulk, mismatch};
use crate::listing::{self, List};

#[derive(sqlx::FromRow)]
struct Row {
    id: ContactId,
    client_id: ClientId,
    company: String,
    #[sqlx(flatten)]
    details: Details,
    #[sqlx(try_from = "String")]
    portal: Standing,
    block_because: Option<String>,
    blocked_at: Option<Instant>,
    blocked_by: Option<String>,
    created_at: Instant,
    version: i64,
}

impl From<Row> for Contact {
    fn from(row: Row) -> Self {
        let portal = match row.portal {
            Standing::None => Portal::None,
            Standing::Invited => Portal::Invited,
            Standing::Connected => Portal::Connected,
            Standing::Blocked => Portal::Blocked(Block {
                because: row.block_because.unwrap_or_default(),
                at: row.blocked_at.unwrap_or_default(),
                by: row.blocked_by.unwrap_or_default(),
            }),
        };
        Self {
            id: row.id,
            client_id: row.client_id,
            company: row.company,
            details: row.details,
            portal,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, client_id, company, first_name, last_name, title, email, cell_phone, office_phone, extension, portal,
                block_because, blocked_at, blocked_by, created_at, version FROM contact WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The contact.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: ContactId) -> Result<Contact> {
    let row: Row = scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The contact").await?;
    Ok(row.into())
}

/// Those of these contacts that there are, in no order.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_ids(scope: &mut Scope, ids: &[ContactId]) -> Result<Vec<Contact>> {
    let query = scope.query(select!("AND id IN")).and_list(ids.iter().copied());
    let rows: Vec<Row> = query.all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// A client's contact of an address, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, client: ClientId, email: &EmailKey) -> Result<Option<Contact>> {
    let row: Option<Row> = scope
        .query(select!("AND client_id = $2 AND email_key = $3"))
        .bind(client)
        .bind(email)
        .maybe(&mut scope.tx)
        .await?;
    Ok(row.map(Contact::from))
}

/// How many of a client's contacts stand how to the portal.
///
/// # Errors
/// When the database cannot be read.
pub async fn standings(scope: &mut Scope, client: ClientId) -> Result<Vec<(Standing, i64)>> {
    let rows: Vec<(String, i64)> = scope
        .query("SELECT portal, COUNT(*) FROM contact WHERE business_id = $1 AND client_id = $2 GROUP BY portal")
        .bind(client)
        .all(&mut scope.tx)
        .await?;
    let of = |standing: Standing| rows.iter().filter(|(code, _)| code == standing.code()).map(|(_, n)| n).sum();
    Ok(Standing::ALL.iter().map(|standing| (*standing, of(*standing))).collect())
}

/// A client's contacts, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_client(scope: &mut Scope, client: ClientId, most: i64) -> Result<Vec<Contact>> {
    let rows: Vec<Row> = scope
        .query(select!("AND client_id = $2 ORDER BY name_key, id LIMIT $3"))
        .bind(client)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// The contacts of a business that carry an address, at whichever clients.
///
/// # Errors
/// When the database cannot be read.
pub async fn with_email(scope: &mut Scope, email: &EmailKey) -> Result<Vec<Contact>> {
    let rows: Vec<Row> =
        scope.query(select!("AND email_key = $2 ORDER BY id LIMIT 200")).bind(email).all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// Adds a contact. An address that is kept out of the client's portal stays out (PRODUCT.md rule 5): the contact comes
/// back as it was stored.
///
/// # Errors
/// `Conflict` when the client already has a contact of this address.
pub async fn insert(scope: &mut Scope, mut contact: Contact) -> Result<Contact> {
    if let Some(block) = kept_out(scope, contact.client_id, &contact.details.email).await? {
        contact.portal = Portal::Blocked(block);
    }
    bulk::insert(scope, &[&contact]).await?;
    Ok(contact)
}

/// Stores the contact's details, what lists sort and search by, and what differs from the person's own account now.
///
/// # Errors
/// `Conflict` when somebody changed the contact meanwhile.
pub async fn save_details(scope: &mut Scope, contact: &mut Contact) -> Result<()> {
    let details = &contact.details;
    scope
        .query(
            "UPDATE contact SET first_name = $4, last_name = $5, title = $6, email = $7, email_key = $8, cell_phone = $9,
                office_phone = $10, extension = $11, name_key = $12, search = $13, updated_at = $14, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(contact.id)
        .bind(contact.version)
        .bind(&details.first_name)
        .bind(&details.last_name)
        .bind(details.title.as_ref())
        .bind(&details.email)
        .bind(&details.email.key())
        .bind(details.cell_phone.as_ref())
        .bind(details.office_phone.as_ref())
        .bind(details.extension.as_ref())
        .bind(fold(&details.name()))
        .bind(details.search_text(&contact.company))
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await?;
    contact.version += 1;
    if contact.portal == Portal::Connected {
        mismatch::store::refresh(scope, &[contact.id]).await?;
    }
    Ok(())
}

/// Stores how the contact stands to the portal now.
///
/// # Errors
/// `Conflict` when somebody changed the contact meanwhile.
pub async fn save_portal(scope: &mut Scope, contact: &mut Contact) -> Result<()> {
    let before: (String,) = scope
        .query("SELECT facet FROM contact WHERE business_id = $1 AND id = $2")
        .bind(contact.id)
        .one(&mut scope.tx, "The contact")
        .await?;
    let standing = contact.portal.standing();
    scope
        .query(
            "UPDATE contact SET portal = $4, facet = $4, block_because = $5, blocked_at = $6, blocked_by = $7, updated_at = $8,
                version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(contact.id)
        .bind(contact.version)
        .bind(standing)
        .bind(contact.blocked().map(|b| b.because.clone()))
        .bind(contact.blocked().map(|b| b.at))
        .bind(contact.blocked().map(|b| b.by.clone()))
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await?;
    contact.version += 1;
    listing::moved(scope, List::Contacts, &before.0, standing.code()).await
}

#[derive(sqlx::FromRow)]
struct KeptOut {
    because: String,
    at: Instant,
    by_name: String,
}

/// Why an address is kept out of a client's portal, if it is.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept_out(scope: &mut Scope, client: ClientId, email: &Email) -> Result<Option<Block>> {
    let row: Option<KeptOut> = scope
        .query("SELECT because, at, by_name FROM portal_block WHERE business_id = $1 AND client_id = $2 AND email_key = $3")
        .bind(client)
        .bind(&email.key())
        .maybe(&mut scope.tx)
        .await?;
    Ok(row.map(|row| Block { because: row.because, at: row.at, by: row.by_name }))
}

/// Keeps a blocked contact's address out of its client's portal, whatever becomes of the contact.
///
/// # Errors
/// `Internal` when the contact is not blocked; that would be a defect.
pub async fn keep_out(scope: &mut Scope, contact: &Contact) -> Result<()> {
    let block = contact.blocked().ok_or_else(|| Error::internal("only a blocked contact's address is kept out"))?;
    scope
        .query(
            "INSERT INTO portal_block (business_id, client_id, email_key, contact_id, because, at, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (business_id, client_id, email_key) DO UPDATE SET contact_id = excluded.contact_id,
                because = excluded.because, at = excluded.at, by_name = excluded.by_name",
        )
        .bind(contact.client_id)
        .bind(&contact.details.email.key())
        .bind(contact.id)
        .bind(block.because.as_str())
        .bind(block.at)
        .bind(block.by.as_str())
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Lets a contact's addresses in again: the one it has, and any that it was blocked under.
///
/// # Errors
/// When the database refuses.
pub async fn let_in(scope: &mut Scope, contact: &Contact) -> Result<()> {
    scope
        .query("DELETE FROM portal_block WHERE business_id = $1 AND client_id = $2 AND (email_key = $3 OR contact_id = $4)")
        .bind(contact.client_id)
        .bind(&contact.details.email.key())
        .bind(contact.id)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// The names of some contacts, by id: for lists that mention them.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(scope: &mut Scope, ids: &[uuid::Uuid]) -> Result<Vec<(uuid::Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query("SELECT id, first_name || ' ' || last_name FROM contact WHERE business_id = $1 AND id IN");
    query.and_list(ids.iter().copied()).all(&mut scope.tx).await
}
