//! One query: its text, its typed values, and conditions added to it.

use crate::base::id::BusinessId;
use crate::base::secret::{PasswordHash, TokenHash};
use crate::base::text::{
    CompanyName, Email, EmailKey, Extension, Headline, PersonName, Phone, Reason, Reference, Slug, Title,
};
use crate::base::{Error, Instant, Result, id};
use crate::db::Tx;
use crate::language::Language;
use std::fmt::Write as _;
use uuid::Uuid;

/// A value handed to a query: never part of its text. Each knows its type also when it is null, as PostgreSQL wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An id.
    Uuid(Option<Uuid>),
    /// A number, a time.
    Int(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// A hash.
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Value {
    fn from(v: i64) -> Self {
        Self::Int(Some(v))
    }
}
impl From<Instant> for Value {
    fn from(v: Instant) -> Self {
        Self::Int(Some(v.micros()))
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Self::Text(Some(v.to_owned()))
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Self::Text(Some(v))
    }
}
impl From<Vec<u8>> for Value {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(Some(v))
    }
}
impl From<&TokenHash> for Value {
    fn from(v: &TokenHash) -> Self {
        Self::Bytes(Some(v.0.clone()))
    }
}
impl From<&PasswordHash> for Value {
    fn from(v: &PasswordHash) -> Self {
        Self::Text(Some(v.reveal().to_owned()))
    }
}
impl From<Option<&PasswordHash>> for Value {
    fn from(v: Option<&PasswordHash>) -> Self {
        Self::Text(v.map(|v| v.reveal().to_owned()))
    }
}
impl From<&EmailKey> for Value {
    fn from(v: &EmailKey) -> Self {
        Self::Text(Some(v.0.clone()))
    }
}
impl From<Language> for Value {
    fn from(v: Language) -> Self {
        v.code().into()
    }
}
impl From<Option<Language>> for Value {
    fn from(v: Option<Language>) -> Self {
        v.map(Language::code).into()
    }
}
impl From<Uuid> for Value {
    fn from(v: Uuid) -> Self {
        Self::Uuid(Some(v))
    }
}

macro_rules! text_values {
    ($($t:ty),+) => {$(
        impl From<&$t> for Value { fn from(v: &$t) -> Self { Self::Text(Some(v.as_str().to_owned())) } }
        impl From<Option<&$t>> for Value { fn from(v: Option<&$t>) -> Self { Self::Text(v.map(|v| v.as_str().to_owned())) } }
    )+};
}
text_values!(CompanyName, Reference, PersonName, Title, Extension, Reason, Headline, Email, Phone, Slug);

macro_rules! id_values {
    ($($t:ident),+) => {$(
        impl From<id::$t> for Value { fn from(v: id::$t) -> Self { Self::Uuid(Some(v.0)) } }
        impl From<Option<id::$t>> for Value { fn from(v: Option<id::$t>) -> Self { Self::Uuid(v.map(|v| v.0)) } }
    )+};
}
id_values!(
    BusinessId,
    AccountId,
    StaffId,
    StaffGroupId,
    ClientId,
    ContactId,
    PortalUserId,
    LinkId,
    GroupId,
    InvitationId,
    MismatchId,
    RequestId,
    ProposalId,
    RecordId,
    RecordFileId,
    LetterId,
    SessionId,
    ImportId,
    BulkId
);

macro_rules! optional_values {
    ($($t:ty => $variant:ident),+) => {$(
        impl From<Option<$t>> for Value {
            fn from(v: Option<$t>) -> Self {
                match v { Some(v) => v.into(), None => Self::$variant(None) }
            }
        }
    )+};
}
optional_values!(i64 => Int, Instant => Int, &str => Text, String => Text, Vec<u8> => Bytes, Uuid => Uuid);

/// What a row can be read into, on either engine: anything that derives `sqlx::FromRow`.
pub trait Row:
    for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin
{
}
impl<T> Row for T where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
        + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
        + Send
        + Unpin
{
}

/// A query being put together. Its text is only ever made of our own literals and of `$n` for values.
#[derive(Clone, Debug)]
#[must_use = "a query does nothing until it is run"]
pub struct Query {
    text: String,
    values: Vec<Value>,
}

impl Query {
    /// A query with this text; its values are `$1`, `$2` … in the order in which they are bound.
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Binds the next value that the text names.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds a piece of text that names no value.
    pub fn and(mut self, text: &'static str) -> Self {
        self.text.push(' ');
        self.text.push_str(text);
        self
    }

    /// Adds a piece of text in which each `?` stands for one of these values: for conditions that are only sometimes
    /// there.
    pub fn and_with<const N: usize>(mut self, text: &'static str, values: [Value; N]) -> Self {
        let mut values = values.into_iter();
        self.text.push(' ');
        for piece in text.split_inclusive('?') {
            match (piece.strip_suffix('?'), piece.ends_with('?').then(|| values.next()).flatten()) {
                (Some(before), Some(value)) => {
                    self.values.push(value);
                    let _ = write!(self.text, "{before}${}", self.values.len());
                }
                _ => self.text.push_str(piece),
            }
        }
        self
    }

    /// Adds a row of values, in the brackets of its text, behind `VALUES` and the rows before it.
    pub fn and_row<const N: usize>(mut self, row: &'static str, values: [Value; N]) -> Self {
        if !self.text.ends_with("VALUES") {
            self.text.push(',');
        }
        self.and_with(row, values)
    }

    /// Adds values in brackets: what follows `IN`.
    pub fn and_list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.text.push_str(" (");
        for (n, value) in values.into_iter().enumerate() {
            self.values.push(value.into());
            let _ = write!(self.text, "{}${}", if n == 0 { "" } else { ", " }, self.values.len());
        }
        if self.text.ends_with('(') {
            self.text.push_str("NULL");
        }
        self.text.push(')');
        self
    }

    /// Ends an `UPDATE` that sets many rows of a business's table at once, each to its row of values, which it calls `v.column2`
    /// and so on; `v.column1` is what each is found by, in this column of this table.
    pub fn and_each<const N: usize>(
        mut self,
        (table, column): (&'static str, &'static str),
        business: BusinessId,
        row: &'static str,
        rows: impl IntoIterator<Item = [Value; N]>,
    ) -> Self {
        let mut ids = Vec::new();
        self.text.push_str(" FROM (VALUES");
        for values in rows {
            ids.extend(values.first().cloned());
            self = self.and_row(row, values);
        }
        self.values.push(business.into());
        let business = self.values.len();
        // The ids are said twice: by the join alone, SQLite walks over all rows of the business to find these few.
        let _ = write!(
            self.text,
            ") AS v WHERE {table}.business_id = ${business} AND {table}.{column} = v.column1 AND {table}.{column} IN"
        );
        self.and_list(ids)
    }

    /// How many values are bound: what decides how many rows fit into one insert.
    #[must_use]
    pub fn bound(&self) -> usize {
        self.values.len()
    }

    /// The text, as the database gets it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }

    /// All rows.
    ///
    /// # Errors
    /// When the database cannot be reached or refuses.
    pub async fn all<T: Row>(self, tx: &mut Tx) -> Result<Vec<T>> {
        tx.fetch_all(self).await
    }

    /// The row, if there is one.
    ///
    /// # Errors
    /// When the database cannot be reached or refuses.
    pub async fn maybe<T: Row>(self, tx: &mut Tx) -> Result<Option<T>> {
        tx.fetch_optional(self).await
    }

    /// The row, which must be there; `what` names it for the person who asked.
    ///
    /// # Errors
    /// `NotFound`, and when the database cannot be reached or refuses.
    pub async fn one<T: Row>(self, tx: &mut Tx, what: &'static str) -> Result<T> {
        tx.fetch_optional(self).await?.ok_or(Error::NotFound(what))
    }

    /// Runs it, and tells how many rows it changed.
    ///
    /// # Errors
    /// When the database cannot be reached or refuses.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self).await
    }

    /// Runs it; exactly one row must have changed, else somebody else was quicker.
    ///
    /// # Errors
    /// `Conflict` when no row matched.
    pub async fn run_one(self, tx: &mut Tx) -> Result<()> {
        if tx.execute(self).await? == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_in_the_order_they_come() {
        let query = Query::new("SELECT id FROM contact WHERE business_id = $1")
            .bind(7)
            .and_with("AND (name > ? OR (name = ? AND id > ?))", ["a".into(), "a".into(), 3.into()])
            .and("ORDER BY name");
        assert_eq!(
            query.text(),
            "SELECT id FROM contact WHERE business_id = $1 AND (name > $2 OR (name = $3 AND id > $4)) ORDER BY name"
        );
        assert_eq!(query.bound(), 4);
    }

    #[test]
    fn rows_of_values_stand_one_after_the_other() {
        let insert = || Query::new("INSERT INTO x (a, b, c) VALUES");
        let one = insert().and_row("(?, ?, 1)", [1_i64.into(), 2_i64.into()]);
        assert_eq!(one.text(), "INSERT INTO x (a, b, c) VALUES ($1, $2, 1)");
        let two = one.and_row("(?, ?, 1)", [3_i64.into(), 4_i64.into()]).and("ON CONFLICT DO NOTHING");
        assert_eq!(two.text(), "INSERT INTO x (a, b, c) VALUES ($1, $2, 1), ($3, $4, 1) ON CONFLICT DO NOTHING");
        assert_eq!(two.bound(), 4);
    }

    #[test]
    fn a_list_of_values_may_be_empty() {
        let query = |values: &[i64]| Query::new("DELETE FROM x WHERE id IN").and_list(values.iter().copied());
        assert_eq!(query(&[7, 8, 9]).text(), "DELETE FROM x WHERE id IN ($1, $2, $3)");
        assert_eq!(query(&[]).text(), "DELETE FROM x WHERE id IN (NULL)");
    }

    #[tokio::test]
    async fn many_rows_that_change_at_once_are_found_by_their_ids_not_by_walking_over_the_business() {
        use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let table = "CREATE TABLE x (business_id BLOB, id BLOB, a TEXT, PRIMARY KEY (business_id, id));
                     CREATE INDEX x_by_a ON x (business_id, a)";
        sqlx::raw_sql(table).execute(&mut db).await.unwrap();
        let rows = (0..200).map(|n| [n.into(), "a".into()]);
        let query =
            Query::new("UPDATE x SET a = v.column2").and_each(("x", "id"), BusinessId(Uuid::nil()), "(?, ?)", rows);
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", query.text())));
        let plan = plan.fetch_all(&mut db).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        let found = plan.iter().find(|step| step.contains(" x ")).unwrap();
        assert!(found.contains("(business_id=? AND id=?)"), "{plan:#?}");
    }
}
