//! The list of a client's records, as staff see it and as the client's people do: page by page along one index, and nothing in
//! it that the reader may not see.

use crate::access::{RecordKind, Sight};
use crate::act::Scope;
use crate::base::id::{ClientId, ContactId, GroupId, RecordId};
use crate::base::page::{Cursor, Direction, Key, Page, Position};
use crate::base::text::{Headline, Reference};
use crate::base::{Day, Error, Instant, Money, Result};
use crate::db::{Query, Value};
use crate::listing::{self, Listed, Total};
use crate::record::store::{self, day, money};
use crate::record::{Audience, Record, Stage, State};

crate::words! {
    /// The columns that sort the list.
    #[derive(Default)]
    pub enum Sort {
        /// The day.
        #[default]
        Date = "date",
        /// The number.
        Number = "number",
        /// The second day.
        Until = "until",
        /// The amount.
        Amount = "amount",
    }
}

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// Staff: everything, also what was withdrawn.
    Staff,
    /// A person of the client, through their contact, in their group.
    Person {
        /// Their group.
        group: GroupId,
        /// Their contact.
        contact: ContactId,
    },
}

/// Which records are kept. The kinds are those that are open to the reader: none keeps nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Those of one of these kinds.
    pub kinds: Sight,
    /// Those of one of these stages; empty keeps all.
    pub stages: Vec<Stage>,
    /// Those that are withdrawn, or are not; none keeps both.
    pub state: Option<State>,
    /// Those of this day and later.
    pub from: Option<Day>,
    /// Those whose second day is this one or earlier.
    pub until: Option<Day>,
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// How many rows are counted at most.
const COUNTED: i64 = 1_000;

/// A record, as a line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its id.
    pub id: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// Its number.
    pub number: Reference,
    /// What it is about.
    pub title: Headline,
    /// How far it has come.
    pub stage: Stage,
    /// Its day.
    pub on: Day,
    /// Its second day.
    pub until: Option<Day>,
    /// Its amount.
    pub amount: Option<Money>,
    /// Whom it is shared with.
    pub audience: Audience,
    /// Whether it is to be seen.
    pub state: State,
    /// When it last changed.
    pub updated_at: Instant,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: RecordId,
    #[sqlx(try_from = "String")]
    kind: RecordKind,
    number: Reference,
    number_key: String,
    title: Headline,
    #[sqlx(try_from = "String")]
    stage: Stage,
    dated_on: String,
    until_on: String,
    amount_cents: i64,
    currency: String,
    #[sqlx(try_from = "String")]
    audience: Audience,
    #[sqlx(try_from = "String")]
    state: State,
    updated_at: Instant,
}

impl Stored {
    fn cursor(&self, sort: Sort) -> Cursor {
        let key = match sort {
            Sort::Date => Key::Text(self.dated_on.clone()),
            Sort::Number => Key::Text(self.number_key.clone()),
            Sort::Until => Key::Text(self.until_on.clone()),
            Sort::Amount => Key::Number(self.amount_cents),
        };
        Cursor { key, id: self.id.0 }
    }

    fn row(self) -> Result<Row> {
        Ok(Row {
            id: self.id,
            kind: self.kind,
            number: self.number,
            title: self.title,
            stage: self.stage,
            on: day(&self.dated_on)?.ok_or_else(|| Error::internal("a record without a day"))?,
            until: day(&self.until_on)?,
            amount: money(self.amount_cents, &self.currency)?,
            audience: self.audience,
            state: self.state,
            updated_at: self.updated_at,
        })
    }
}

fn column(sort: Sort) -> &'static str {
    match sort {
        Sort::Date => "t.dated_on",
        Sort::Number => "t.number_key",
        Sort::Until => "t.until_on",
        Sort::Amount => "t.amount_cents",
    }
}

/// What a reader may see of a record called `t`: the one place that says it.
fn visible(query: Query, reader: Reader) -> Query {
    match reader {
        Reader::Staff => query,
        Reader::Person { group, contact } => query.and_with(
            "AND t.state = 'shared' AND (t.audience = 'client'
                OR (t.audience = 'groups' AND EXISTS (SELECT 1 FROM record_group g
                    WHERE g.business_id = t.business_id AND g.record_id = t.id AND g.group_id = ?))
                OR (t.audience = 'contacts' AND EXISTS (SELECT 1 FROM record_contact c
                    WHERE c.business_id = t.business_id AND c.record_id = t.id AND c.contact_id = ?)))",
            [group.into(), contact.into()],
        ),
    }
}

fn kept(query: Query, reader: Reader, ask: &Ask) -> Query {
    let filter = &ask.filter;
    let kinds: Vec<RecordKind> = filter.kinds.kinds().collect();
    let mut query = match kinds.as_slice() {
        [one] => query.and_with("AND t.kind = ?", [(*one).into()]),
        several if several.len() == RecordKind::ALL.len() => query,
        several => query.and("AND t.kind IN").and_list(several.iter().copied()),
    };
    if !filter.stages.is_empty() {
        query = query.and("AND t.stage IN").and_list(filter.stages.iter().copied());
    }
    if let Some(state) = filter.state {
        query = query.and_with("AND t.state = ?", [state.into()]);
    }
    if let Some(from) = filter.from {
        query = query.and_with("AND t.dated_on >= ?", [from.to_string().into()]);
    }
    if let Some(until) = filter.until {
        query = query.and_with("AND t.until_on <> '' AND t.until_on <= ?", [until.to_string().into()]);
    }
    if let Some(needle) = &ask.search {
        // What is looked for is letters and digits alone; both engines take a text away the same way, minding capitals.
        query = query.and_with("AND replace(t.search, ?, '') <> t.search", [needle.as_str().into()]);
    }
    visible(query, reader)
}

/// The first so many of a client's records: what a home page shows.
///
/// # Errors
/// When the database cannot be read.
pub async fn first(scope: &mut Scope, client: ClientId, reader: Reader, ask: &Ask, most: i64) -> Result<Vec<Row>> {
    let stored = read(scope, client, reader, ask, (ask.direction, None), most).await?;
    stored.into_iter().map(Stored::row).collect()
}

/// The rows behind a place, in one direction.
async fn read(
    scope: &mut Scope,
    client: ClientId,
    reader: Reader,
    ask: &Ask,
    (direction, place): (Direction, Option<&Cursor>),
    most: i64,
) -> Result<Vec<Stored>> {
    let query = scope
        .query(
            "SELECT t.id, t.kind, t.number, t.number_key, t.title, t.stage, t.dated_on, t.until_on, t.amount_cents, t.currency,
                t.audience, t.state, t.updated_at FROM record AS t WHERE t.business_id = $1 AND t.client_id = $2",
        )
        .bind(client);
    let mut query = kept(query, reader, ask);
    if let Some(cursor) = place {
        query = query.and("AND (").and(column(ask.sort));
        let values: [Value; 2] = [(&cursor.key).into(), cursor.id.into()];
        query = query.and_with(
            match direction {
                Direction::Ascending => ", t.id) > (?, ?)",
                Direction::Descending => ", t.id) < (?, ?)",
            },
            values,
        );
    }
    query = query.and("ORDER BY").and(column(ask.sort)).and(match direction {
        Direction::Ascending => ", t.id",
        Direction::Descending => "DESC, t.id DESC",
    });
    query.and_with("LIMIT ?", [most.into()]).all(&mut scope.tx).await
}

/// A page of a client's records.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, client: ClientId, reader: Reader, ask: &Ask) -> Result<Listed<Row>> {
    // A cursor of another order is a forged one, or an old address: the list is then read from its beginning.
    let fits = |cursor: &Cursor| matches!(cursor.key, Key::Number(_)) == (ask.sort == Sort::Amount);
    let position = match &ask.position {
        Position::After(cursor) | Position::Before(cursor) if !fits(cursor) => &Position::Start,
        position => position,
    };
    let (direction, place) = match position {
        Position::Start => (ask.direction, None),
        Position::After(cursor) => (ask.direction, Some(cursor)),
        Position::Before(cursor) => (ask.direction.turned(), Some(cursor)),
    };
    let most = i64::try_from(ask.size.rows() + 1).unwrap_or(i64::MAX);
    let read = read(scope, client, reader, ask, (direction, place), most).await?;

    let count = scope
        .query("SELECT COUNT(*) FROM (SELECT 1 AS one FROM record AS t WHERE t.business_id = $1 AND t.client_id = $2")
        .bind(client);
    let count = kept(count, reader, ask).and_with("LIMIT ?) AS kept", [(COUNTED + 1).into()]);
    let (total,): (i64,) = count.one(&mut scope.tx, "The list").await?;
    let total = if total > COUNTED { Total::AtLeast(COUNTED) } else { Total::Exactly(total) };

    let page = Page::of(read, ask.size, position, |stored| stored.cursor(ask.sort));
    let first = (*position == Position::Start && !page.rows.is_empty()).then_some(1);
    let rows = page.rows.into_iter().map(Stored::row).collect::<Result<Vec<Row>>>()?;
    Ok(Listed { page: Page { rows, previous: page.previous, next: page.next }, total, first })
}

/// One record of a client and kind, if the reader may see it; whatever they may not is like one that never was.
///
/// # Errors
/// `NotFound`.
pub async fn find(
    scope: &mut Scope,
    client: ClientId,
    kind: RecordKind,
    reader: Reader,
    id: RecordId,
) -> Result<Record> {
    let query = scope
        .query(
            "SELECT t.id FROM record AS t WHERE t.business_id = $1 AND t.client_id = $2 AND t.kind = $3 AND t.id = $4",
        )
        .bind(client)
        .bind(kind)
        .bind(id);
    let (id,): (RecordId,) = visible(query, reader).one(&mut scope.tx, "The page").await?;
    store::find(scope, id).await
}
