//! What differs, kept true: whatever changes a contact, an account or a link calls [`refresh`] in the same transaction, so
//! that lists and pages read what is stored and never compare.

use super::{Difference, Field, Kept, details_of, key, shown, still_kept};
use crate::account;
use crate::act::Scope;
use crate::base::id::{AccountId, ClientId, ContactId, MismatchId, PortalUserId};
use crate::base::text::{CompanyName, fold};
use crate::base::{Instant, Result};
use crate::contact::Details;
use crate::db::Query;
use crate::listing::{self, List};
use std::collections::BTreeMap;

/// Contacts of one statement.
const PER_STATEMENT: usize = 200;

/// A linked contact and the person's own account, side by side.
#[derive(Clone, Debug)]
pub struct Side {
    /// The contact.
    pub contact: ContactId,
    /// At which client.
    pub client: ClientId,
    /// The client's name.
    pub company: CompanyName,
    /// The portal user.
    pub portal_user: PortalUserId,
    /// What the business has on record.
    pub ours: Details,
    /// What the person's account says.
    pub theirs: Details,
}

#[derive(sqlx::FromRow)]
struct Tied {
    id: ContactId,
    client_id: ClientId,
    company: CompanyName,
    #[sqlx(flatten)]
    details: Details,
    portal_user_id: PortalUserId,
    account_id: AccountId,
}

/// Those of these contacts that are linked, each beside the account; the accounts are held until the transaction ends, so
/// that one that changes at this moment for another business is compared as it will be.
///
/// # Errors
/// When the database cannot be read.
pub async fn sides(scope: &mut Scope, contacts: &[ContactId]) -> Result<Vec<Side>> {
    let mut sides = Vec::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let query = scope.query(
            "SELECT c.id, c.client_id, c.company, c.first_name, c.last_name, c.title, c.email, c.cell_phone, c.office_phone,
                c.extension, l.portal_user_id, u.account_id
             FROM link l
             JOIN contact c ON c.business_id = l.business_id AND c.id = l.contact_id
             JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
             WHERE l.business_id = $1 AND l.state = 'active' AND l.contact_id IN",
        );
        let tied: Vec<Tied> = query.and_list(contacts.iter().copied()).all(&mut scope.tx).await?;
        if tied.is_empty() {
            continue;
        }
        let mut accounts: Vec<AccountId> = tied.iter().map(|tied| tied.account_id).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let accounts = account::store::hold_all(&mut scope.tx, &accounts).await?;
        let accounts: BTreeMap<AccountId, Details> = accounts.iter().map(|a| (a.id, details_of(a))).collect();
        sides.extend(tied.into_iter().filter_map(|tied| {
            Some(Side {
                contact: tied.id,
                client: tied.client_id,
                company: tied.company,
                portal_user: tied.portal_user_id,
                ours: tied.details,
                theirs: accounts.get(&tied.account_id)?.clone(),
            })
        }));
    }
    Ok(sides)
}

/// What is stored about one field of a contact.
#[derive(sqlx::FromRow)]
struct Stored {
    id: MismatchId,
    contact_id: ContactId,
    #[sqlx(try_from = "String")]
    field: Field,
    ours: String,
    theirs: String,
    since: Instant,
    name_key: String,
    company_key: String,
}

#[derive(sqlx::FromRow)]
struct StoredKept {
    contact_id: ContactId,
    #[sqlx(try_from = "String")]
    field: Field,
    theirs_key: String,
}

/// Makes what is stored about these contacts true again: after one of them, an account that they are linked to, or such a
/// link has changed.
///
/// # Errors
/// When the database refuses.
pub async fn refresh(scope: &mut Scope, contacts: &[ContactId]) -> Result<()> {
    for contacts in contacts.chunks(PER_STATEMENT) {
        refresh_some(scope, contacts).await?;
    }
    Ok(())
}

/// The same for the contacts of a business that an account is linked to, after the account has changed.
///
/// # Errors
/// When the database refuses.
pub async fn refresh_of_account(scope: &mut Scope, account: AccountId) -> Result<()> {
    let contacts: Vec<(ContactId,)> = scope
        .query(
            "SELECT l.contact_id FROM portal_user u
             JOIN link l ON l.business_id = u.business_id AND l.portal_user_id = u.id AND l.state = 'active'
             WHERE u.business_id = $1 AND u.account_id = $2",
        )
        .bind(account)
        .all(&mut scope.tx)
        .await?;
    let contacts: Vec<ContactId> = contacts.into_iter().map(|(id,)| id).collect();
    refresh(scope, &contacts).await
}

async fn refresh_some(scope: &mut Scope, contacts: &[ContactId]) -> Result<()> {
    let ids = || contacts.iter().copied();
    let sides = sides(scope, contacts).await?;
    let query = scope.query(
        "SELECT id, contact_id, field, ours, theirs, since, name_key, company_key FROM mismatch
         WHERE business_id = $1 AND contact_id IN",
    );
    let stored: Vec<Stored> = query.and_list(ids()).all(&mut scope.tx).await?;
    let query =
        scope.query("SELECT contact_id, field, theirs_key FROM kept_ours WHERE business_id = $1 AND contact_id IN");
    let kept: Vec<StoredKept> = query.and_list(ids()).all(&mut scope.tx).await?;

    let mut over: Vec<(ContactId, Field)> = Vec::new();
    let mut kept_of: BTreeMap<ContactId, Vec<Kept>> = BTreeMap::new();
    for StoredKept { contact_id, field, theirs_key } in kept {
        let kept = (field, theirs_key);
        let side = sides.iter().find(|side| side.contact == contact_id);
        if side.is_some_and(|side| still_kept(&side.theirs, &kept)) {
            kept_of.entry(contact_id).or_default().push(kept);
        } else {
            over.push((contact_id, field));
        }
    }
    let mut before: BTreeMap<(ContactId, Field), Stored> =
        stored.into_iter().map(|stored| ((stored.contact_id, stored.field), stored)).collect();
    let mut new: Vec<New> = Vec::new();
    for side in &sides {
        let kept = kept_of.get(&side.contact).map(Vec::as_slice).unwrap_or_default();
        for difference in shown(&side.ours, &side.theirs, kept) {
            let wanted = New::of(side, difference);
            match before.remove(&(side.contact, wanted.difference.field)) {
                Some(stored) if wanted.is(&stored) => {}
                Some(stored) => {
                    let since = (stored.theirs == wanted.difference.theirs).then_some(stored.since);
                    new.push(New { since: since.unwrap_or(scope.now), ..wanted });
                    before.insert((stored.contact_id, stored.field), stored);
                }
                None => new.push(New { since: scope.now, ..wanted }),
            }
        }
    }
    // What is left is gone, or is made anew.
    remove(scope, before.values().map(|stored| (stored.id, stored.field)).collect()).await?;
    insert(scope, &new).await?;
    forget(scope, &over).await
}

/// A difference on its way into the database.
struct New {
    contact: ContactId,
    difference: Difference,
    since: Instant,
    name: String,
    company: String,
    search: String,
}

impl New {
    fn of(side: &Side, difference: Difference) -> Self {
        let (name, company) = (side.ours.name(), side.company.as_str());
        Self {
            contact: side.contact,
            since: Instant::default(),
            search: side.ours.search_text(company),
            name: fold(&name),
            company: fold(company),
            difference,
        }
    }

    fn is(&self, stored: &Stored) -> bool {
        self.difference.ours == stored.ours
            && self.difference.theirs == stored.theirs
            && self.name == stored.name_key
            && self.company == stored.company_key
    }
}

async fn count(scope: &mut Scope, fields: impl Iterator<Item = Field>, each: i64) -> Result<()> {
    let mut counted: BTreeMap<Field, i64> = BTreeMap::new();
    for field in fields {
        *counted.entry(field).or_default() += each;
    }
    for (field, rows) in counted {
        listing::count_into(scope, List::Mismatches, field.code(), rows).await?;
    }
    Ok(())
}

async fn remove(scope: &mut Scope, gone: Vec<(MismatchId, Field)>) -> Result<()> {
    for gone in gone.chunks(PER_STATEMENT) {
        let query = scope.query("DELETE FROM mismatch WHERE business_id = $1 AND id IN");
        query.and_list(gone.iter().map(|(id, _)| *id)).run(&mut scope.tx).await?;
    }
    count(scope, gone.iter().map(|(_, field)| *field), -1).await
}

async fn insert(scope: &mut Scope, new: &[New]) -> Result<()> {
    for new in new.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO mismatch (business_id, id, contact_id, field, ours, theirs, since, name_key, company_key, facet, search)
             VALUES",
        );
        for new in new {
            let Difference { field, ours, theirs } = &new.difference;
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    scope.business.into(),
                    MismatchId::new(scope.now).into(),
                    new.contact.into(),
                    (*field).into(),
                    ours.as_str().into(),
                    theirs.as_str().into(),
                    new.since.into(),
                    new.name.as_str().into(),
                    new.company.as_str().into(),
                    (*field).into(),
                    new.search.as_str().into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    count(scope, new.iter().map(|new| new.difference.field), 1).await
}

async fn forget(scope: &mut Scope, over: &[(ContactId, Field)]) -> Result<()> {
    for over in over.chunks(PER_STATEMENT) {
        let mut query = scope.query("DELETE FROM kept_ours WHERE business_id = $1 AND (contact_id, field) IN (VALUES");
        for (contact, field) in over {
            query = query.and_row("(?, ?)", [(*contact).into(), (*field).into()]);
        }
        query.and(")").run(&mut scope.tx).await?;
    }
    Ok(())
}

/// Writes down that ours is kept in these fields against what each account says now; call [`refresh`] afterwards.
///
/// # Errors
/// When the database refuses.
pub async fn keep(scope: &mut Scope, kept: &[(&Side, Field)], by: &str) -> Result<()> {
    for kept in kept.chunks(PER_STATEMENT) {
        let mut rows =
            Query::new("INSERT INTO kept_ours (business_id, contact_id, field, theirs_key, at, by_name) VALUES");
        for (side, field) in kept {
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?)",
                [
                    scope.business.into(),
                    side.contact.into(),
                    (*field).into(),
                    key(&side.theirs, *field).into(),
                    scope.now.into(),
                    by.into(),
                ],
            );
        }
        rows.and(
            "ON CONFLICT (business_id, contact_id, field) DO UPDATE SET theirs_key = excluded.theirs_key, at = excluded.at,
                by_name = excluded.by_name",
        )
        .run(&mut scope.tx)
        .await?;
    }
    Ok(())
}

/// One difference that staff are asked about.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Asked {
    /// Stands for just these two values.
    pub id: MismatchId,
    /// Whose.
    pub contact_id: ContactId,
    /// In which field.
    #[sqlx(try_from = "String")]
    pub field: Field,
    /// What the business has on record; may be empty.
    pub ours: String,
    /// What the person's account says.
    pub theirs: String,
    /// Since when it says so.
    pub since: Instant,
}

/// What staff are asked about a contact.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_contact(scope: &mut Scope, contact: ContactId) -> Result<Vec<Asked>> {
    scope
        .query(
            "SELECT id, contact_id, field, ours, theirs, since FROM mismatch WHERE business_id = $1 AND contact_id = $2
             ORDER BY field",
        )
        .bind(contact)
        .all(&mut scope.tx)
        .await
}

/// Those of these differences that are still asked about.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_ids(scope: &mut Scope, ids: &[MismatchId]) -> Result<Vec<Asked>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query =
        scope.query("SELECT id, contact_id, field, ours, theirs, since FROM mismatch WHERE business_id = $1 AND id IN");
    query.and_list(ids.iter().copied()).and("ORDER BY contact_id, field").all(&mut scope.tx).await
}
