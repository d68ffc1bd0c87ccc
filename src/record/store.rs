//! Records in the database.

use crate::access::RecordKind;
use crate::act::Scope;
use crate::base::id::{ClientId, ContactId, GroupId, RecordId};
use crate::base::money::Currency;
use crate::base::text::{Headline, Reference};
use crate::base::{Day, Error, Instant, Money, Result};
use crate::record::{Audience, Details, Record, Sharing, Stage, Withdrawn, bulk};
use std::collections::HashMap;

#[derive(sqlx::FromRow)]
struct Row {
    id: RecordId,
    client_id: ClientId,
    #[sqlx(try_from = "String")]
    kind: RecordKind,
    number: Reference,
    title: Headline,
    details: String,
    #[sqlx(try_from = "String")]
    stage: Stage,
    dated_on: String,
    until_on: String,
    amount_cents: i64,
    currency: String,
    #[sqlx(try_from = "String")]
    audience: Audience,
    withdrawn_at: Option<Instant>,
    withdrawn_by: Option<String>,
    shared_by: String,
    created_at: Instant,
    updated_at: Instant,
    version: i64,
}

/// A stored day; an empty one is none.
pub(super) fn day(stored: &str) -> Result<Option<Day>> {
    Day::parse_optional(stored).map_err(Error::internal)
}

/// A stored amount; without a currency there is none.
pub(super) fn money(cents: i64, currency: &str) -> Result<Option<Money>> {
    match currency {
        "" => Ok(None),
        code => Ok(Some(Money { cents, currency: Currency::parse(code).map_err(Error::internal)? })),
    }
}

impl Row {
    fn record(self, sharing: Sharing) -> Result<Record> {
        let on = day(&self.dated_on)?.ok_or_else(|| Error::internal("a record without a day"))?;
        Ok(Record {
            id: self.id,
            client_id: self.client_id,
            kind: self.kind,
            details: Details {
                number: self.number,
                title: self.title,
                text: self.details,
                stage: self.stage,
                on,
                until: day(&self.until_on)?,
                amount: money(self.amount_cents, &self.currency)?,
            },
            sharing,
            withdrawn: self.withdrawn_at.map(|at| Withdrawn { at, by: self.withdrawn_by.unwrap_or_default() }),
            shared_by: self.shared_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, client_id, kind, number, title, details, stage, dated_on, until_on, amount_cents, currency, audience,
                withdrawn_at, withdrawn_by, shared_by, created_at, updated_at, version FROM record WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The record, whether it is withdrawn or not.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: RecordId) -> Result<Record> {
    let row: Row = scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The record").await?;
    whole(scope, row).await
}

/// A client's record of a kind and a number, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(
    scope: &mut Scope,
    client: ClientId,
    kind: RecordKind,
    number_key: &str,
) -> Result<Option<Record>> {
    let row: Option<Row> = scope
        .query(select!("AND client_id = $2 AND kind = $3 AND number_key = $4"))
        .bind(client)
        .bind(kind)
        .bind(number_key)
        .maybe(&mut scope.tx)
        .await?;
    match row {
        Some(row) => Ok(Some(whole(scope, row).await?)),
        None => Ok(None),
    }
}

/// The records of these clients, kinds and numbers, in no order.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_number(scope: &mut Scope, at: &[(ClientId, RecordKind, String)]) -> Result<Vec<Record>> {
    if at.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = scope.query(select!("AND (client_id, kind, number_key) IN (VALUES"));
    for (client, kind, number) in at {
        let values = [(*client).into(), (*kind).into(), number.as_str().into()];
        query = query.and_row("(?, ?, ?)", values);
    }
    let rows = query.and(")").all(&mut scope.tx).await?;
    all_whole(scope, rows).await
}

async fn whole(scope: &mut Scope, row: Row) -> Result<Record> {
    all_whole(scope, vec![row]).await?.pop().ok_or_else(|| Error::internal("one row is one record"))
}

/// Records, each with whom it is shared.
async fn all_whole(scope: &mut Scope, rows: Vec<Row>) -> Result<Vec<Record>> {
    let of = |audience: Audience| rows.iter().filter(move |row| row.audience == audience).map(|row| row.id);
    let (by_group, by_contact): (Vec<RecordId>, Vec<RecordId>) =
        (of(Audience::Groups).collect(), of(Audience::Contacts).collect());
    let mut groups: HashMap<RecordId, Vec<GroupId>> = HashMap::new();
    if !by_group.is_empty() {
        let found: Vec<(RecordId, GroupId)> = scope
            .query("SELECT record_id, group_id FROM record_group WHERE business_id = $1 AND record_id IN")
            .and_list(by_group)
            .and("ORDER BY group_id")
            .all(&mut scope.tx)
            .await?;
        found.into_iter().for_each(|(record, group)| groups.entry(record).or_default().push(group));
    }
    let mut contacts: HashMap<RecordId, Vec<ContactId>> = HashMap::new();
    if !by_contact.is_empty() {
        let found: Vec<(RecordId, ContactId)> = scope
            .query("SELECT record_id, contact_id FROM record_contact WHERE business_id = $1 AND record_id IN")
            .and_list(by_contact)
            .and("ORDER BY contact_id")
            .all(&mut scope.tx)
            .await?;
        found.into_iter().for_each(|(record, contact)| contacts.entry(record).or_default().push(contact));
    }
    rows.into_iter()
        .map(|row| {
            let sharing = match row.audience {
                Audience::Client => Sharing::Client,
                Audience::Groups => Sharing::Groups(groups.remove(&row.id).unwrap_or_default()),
                Audience::Contacts => Sharing::Contacts(contacts.remove(&row.id).unwrap_or_default()),
            };
            row.record(sharing)
        })
        .collect()
}

/// Stores a new record, with whom it is shared.
///
/// # Errors
/// `Conflict` when the client has one of this kind and number.
pub async fn insert(scope: &mut Scope, record: &Record) -> Result<()> {
    bulk::insert(scope, &[record]).await
}

/// Stores a record as it is now, with whom it is shared.
///
/// # Errors
/// `Conflict` when somebody changed it meanwhile, or the client has another of this kind and number.
pub async fn save(scope: &mut Scope, record: &mut Record) -> Result<()> {
    let details = &record.details;
    scope
        .query(
            "UPDATE record SET number = $4, number_key = $5, title = $6, details = $7, stage = $8, dated_on = $9, until_on = $10,
                amount_cents = $11, currency = $12, audience = $13, state = $14, withdrawn_at = $15, withdrawn_by = $16,
                search = $17, updated_at = $18, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(record.id)
        .bind(record.version)
        .bind(&details.number)
        .bind(details.number_key())
        .bind(&details.title)
        .bind(details.text.as_str())
        .bind(details.stage)
        .bind(details.on.to_string())
        .bind(details.until.map(|day| day.to_string()).unwrap_or_default())
        .bind(details.amount.map_or(0, |amount| amount.cents))
        .bind(details.amount.map(|amount| amount.currency.to_string()).unwrap_or_default())
        .bind(record.sharing.audience())
        .bind(if record.withdrawn.is_some() { "withdrawn" } else { "shared" })
        .bind(record.withdrawn.as_ref().map(|withdrawn| withdrawn.at))
        .bind(record.withdrawn.as_ref().map(|withdrawn| withdrawn.by.clone()))
        .bind(details.search_text())
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await?;
    record.version += 1;
    record.updated_at = scope.now;
    for statement in [
        "DELETE FROM record_group WHERE business_id = $1 AND record_id = $2",
        "DELETE FROM record_contact WHERE business_id = $1 AND record_id = $2",
    ] {
        scope.query(statement).bind(record.id).run(&mut scope.tx).await?;
    }
    bulk::insert_readers(scope, &[record]).await
}

/// The currency that the business wrote last: what a form begins with.
///
/// # Errors
/// When the database cannot be read.
pub async fn usual_currency(scope: &mut Scope) -> Result<String> {
    let row: Option<(String,)> = scope
        .query("SELECT currency FROM record WHERE business_id = $1 AND currency <> '' ORDER BY id DESC LIMIT 1")
        .maybe(&mut scope.tx)
        .await?;
    Ok(row.map(|(currency,)| currency).unwrap_or_default())
}
