//! Many contacts at once: what an import looks for and writes, and an export reads.

use crate::act::Scope;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::{CompanyName, EmailKey, fold};
use crate::base::{Error, Instant, Result};
use crate::contact::{Block, Contact, Details, Standing, mismatch};
use crate::db::Query;
use crate::listing::{self, List, Moves};
use std::collections::HashMap;

/// Rows of one statement: enough to make the way to the database short, few enough that its text is prepared quickly.
const PER_STATEMENT: usize = 200;

#[derive(sqlx::FromRow)]
struct Row {
    id: ContactId,
    client_id: ClientId,
    #[sqlx(flatten)]
    details: Details,
}

impl From<Row> for (ContactId, ClientId, Details) {
    fn from(row: Row) -> Self {
        (row.id, row.client_id, row.details)
    }
}

/// Adds pairs of a client and an address, as rows of values.
fn pairs(mut query: Query, pairs: &[(ClientId, EmailKey)]) -> Query {
    for (client, email) in pairs {
        query = query.and_row("(?, ?)", [(*client).into(), email.into()]);
    }
    query.and(")")
}

/// The contacts that carry one of these addresses at one of these clients.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_address(scope: &mut Scope, at: &[(ClientId, EmailKey)]) -> Result<Vec<(ContactId, ClientId, Details)>> {
    if at.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query(
        "SELECT id, client_id, first_name, last_name, title, email, cell_phone, office_phone, extension FROM contact
         WHERE business_id = $1 AND (client_id, email_key) IN (VALUES",
    );
    let rows: Vec<Row> = pairs(query, at).all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

#[derive(sqlx::FromRow)]
struct KeptOut {
    client_id: ClientId,
    email_key: EmailKey,
    because: String,
    at: Instant,
    by_name: String,
}

/// Which of these addresses are kept out of which of these clients' portals, and why.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept_out(scope: &mut Scope, at: &[(ClientId, EmailKey)]) -> Result<Vec<((ClientId, EmailKey), Block)>> {
    if at.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query(
        "SELECT client_id, email_key, because, at, by_name FROM portal_block
         WHERE business_id = $1 AND (client_id, email_key) IN (VALUES",
    );
    let rows: Vec<KeptOut> = pairs(query, at).all(&mut scope.tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.client_id, row.email_key), Block { because: row.because, at: row.at, by: row.by_name }))
        .collect())
}

/// All contacts of these clients, by client and name.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_clients(scope: &mut Scope, clients: &[ClientId]) -> Result<Vec<(ContactId, ClientId, Details)>> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let query = scope.query(
        "SELECT id, client_id, first_name, last_name, title, email, cell_phone, office_phone, extension FROM contact
         WHERE business_id = $1 AND client_id IN",
    );
    let query = query.and_list(clients.iter().copied()).and("ORDER BY client_id, name_key, id");
    let rows: Vec<Row> = query.all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Adds contacts, each as it stands to the portal: whoever knows that an address is kept out hands in a blocked contact
/// ([`kept_out`]).
///
/// # Errors
/// `Conflict` when a client already has a contact of an address.
pub async fn insert(scope: &mut Scope, contacts: &[&Contact]) -> Result<()> {
    let (business, now) = (scope.business, scope.now);
    for contacts in contacts.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO contact (business_id, id, client_id, first_name, last_name, title, email, email_key, cell_phone, office_phone,
                extension, company, name_key, company_key, portal, facet, search, block_because, blocked_at, blocked_by,
                created_at, updated_at, version) VALUES",
        );
        for contact in contacts {
            let details = &contact.details;
            let standing = contact.portal.standing();
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                [
                    business.into(),
                    contact.id.into(),
                    contact.client_id.into(),
                    (&details.first_name).into(),
                    (&details.last_name).into(),
                    details.title.as_ref().into(),
                    (&details.email).into(),
                    (&details.email.key()).into(),
                    details.cell_phone.as_ref().into(),
                    details.office_phone.as_ref().into(),
                    details.extension.as_ref().into(),
                    contact.company.as_str().into(),
                    fold(&details.name()).into(),
                    fold(&contact.company).into(),
                    standing.into(),
                    standing.into(),
                    details.search_text(&contact.company).into(),
                    contact.blocked().map(|b| b.because.clone()).into(),
                    contact.blocked().map(|b| b.at).into(),
                    contact.blocked().map(|b| b.by.clone()).into(),
                    now.into(),
                    now.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    for standing in Standing::ALL {
        let here = contacts.iter().filter(|contact| contact.portal.standing() == *standing).count();
        if here > 0 {
            let here = i64::try_from(here).map_err(Error::internal)?;
            listing::count_into(scope, List::Contacts, standing.code(), here).await?;
        }
    }
    Ok(())
}

/// Stores the details of contacts, each with the name of its client, and what differs from the people's own accounts now;
/// their addresses stay.
///
/// # Errors
/// When the database refuses.
pub async fn save_details(scope: &mut Scope, contacts: &[(ContactId, &Details, &CompanyName)]) -> Result<()> {
    for contacts in contacts.chunks(PER_STATEMENT) {
        let rows = contacts.iter().map(|(id, details, company)| {
            [
                (*id).into(),
                (&details.first_name).into(),
                (&details.last_name).into(),
                details.title.as_ref().into(),
                details.cell_phone.as_ref().into(),
                details.office_phone.as_ref().into(),
                details.extension.as_ref().into(),
                fold(&details.name()).into(),
                details.search_text(company.as_str()).into(),
            ]
        });
        Query::new(
            "UPDATE contact SET first_name = v.column2, last_name = v.column3, title = v.column4, cell_phone = v.column5,
                office_phone = v.column6, extension = v.column7, name_key = v.column8, search = v.column9, updated_at = $1,
                version = contact.version + 1",
        )
        .bind(scope.now)
        .and_each(("contact", "id"), scope.business, "(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        .run(&mut scope.tx)
        .await?;
        let ids: Vec<ContactId> = contacts.iter().map(|(id, ..)| *id).collect();
        mismatch::store::refresh(scope, &ids).await?;
    }
    Ok(())
}

/// Stores how contacts stand to the portal now, and counts each where it belongs.
///
/// # Errors
/// `Conflict` when somebody changed one meanwhile.
pub async fn save_portal(scope: &mut Scope, contacts: &[Contact]) -> Result<()> {
    for contacts in contacts.chunks(PER_STATEMENT) {
        let before: Vec<(ContactId, String)> = scope
            .query("SELECT id, facet FROM contact WHERE business_id = $1 AND id IN")
            .and_list(contacts.iter().map(|contact| contact.id))
            .all(&mut scope.tx)
            .await?;
        let before: HashMap<ContactId, String> = before.into_iter().collect();
        let mut moves = Moves::default();
        let rows = contacts.iter().map(|contact| {
            let (standing, block) = (contact.portal.standing(), contact.blocked());
            if let Some(before) = before.get(&contact.id) {
                moves.count(before, standing.code());
            }
            [
                contact.id.into(),
                contact.version.into(),
                standing.into(),
                block.map(|b| b.because.clone()).into(),
                block.map(|b| b.at).into(),
                block.map(|b| b.by.clone()).into(),
            ]
        });
        let query = Query::new(
            "UPDATE contact SET portal = v.column3, facet = v.column3, block_because = v.column4, blocked_at = v.column5,
                blocked_by = v.column6, updated_at = $1, version = contact.version + 1",
        )
        .bind(scope.now)
        .and_each(("contact", "id"), scope.business, "(?, ?, ?, ?, ?, ?)", rows)
        .and("AND contact.version = v.column2");
        if usize::try_from(query.run(&mut scope.tx).await?) != Ok(contacts.len()) {
            return Err(Error::Conflict);
        }
        moves.store(scope, List::Contacts).await?;
    }
    Ok(())
}

/// Makes the contacts of clients carry the clients' names again, after these have changed.
///
/// # Errors
/// When the database refuses.
pub async fn rename_clients(scope: &mut Scope, clients: &[(ClientId, &CompanyName)]) -> Result<()> {
    for clients in clients.chunks(PER_STATEMENT) {
        let names: HashMap<ClientId, &CompanyName> = clients.iter().copied().collect();
        let ids: Vec<ClientId> = names.keys().copied().collect();
        let contacts = of_clients(scope, &ids).await?;
        for contacts in contacts.chunks(PER_STATEMENT) {
            let rows = contacts.iter().map(|(id, client, details)| {
                let company = names.get(client).map(|name| name.as_str()).unwrap_or_default();
                [(*id).into(), company.into(), fold(company).into(), details.search_text(company).into()]
            });
            Query::new(
                "UPDATE contact SET company = v.column2, company_key = v.column3, search = v.column4, updated_at = $1,
                    version = contact.version + 1",
            )
            .bind(scope.now)
            .and_each(("contact", "id"), scope.business, "(?, ?, ?, ?)", rows)
            .run(&mut scope.tx)
            .await?;
            let ids: Vec<ContactId> = contacts.iter().map(|(id, ..)| *id).collect();
            mismatch::store::refresh(scope, &ids).await?;
        }
    }
    Ok(())
}
