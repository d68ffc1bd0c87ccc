//! How each engine reads long lists: one scan per facet, merged; a bounded walk that looks for a text; the trigram index.
//! Texts are put together from the lists' own names of tables and columns; whatever a person typed is a value.

use crate::base::id::BusinessId;
use crate::base::page::{Cursor, Direction, Key};
use crate::db::{Query, Tx, Value};
use uuid::Uuid;

/// A table that is listed by one of its columns.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// The table.
    pub table: &'static str,
    /// The column that sorts it.
    pub column: &'static str,
    /// The index over business, that column and id.
    pub whole: &'static str,
    /// The index over business, facet, that column and id.
    pub by_facet: &'static str,
    /// An order that says little about who stands where, and the same backwards: what is at its ends is as elsewhere.
    pub spread: (&'static str, &'static str),
    /// Its trigram index.
    pub trigrams: &'static str,
}

/// One stretch of a listed table: from a place onwards, in one direction, within some facets.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    /// Which table, in which order.
    pub listing: Listing,
    /// Whose rows.
    pub business: BusinessId,
    /// In which facets, and how many rows a walk may look at in each.
    pub facets: &'a [(&'a str, i64)],
    /// From behind which row.
    pub after: Option<&'a Cursor>,
    /// Which way.
    pub direction: Direction,
    /// How many rows are wanted.
    pub rows: usize,
}

impl From<&Key> for Value {
    fn from(key: &Key) -> Self {
        match key {
            Key::Text(text) => text.as_str().into(),
            Key::Number(number) => (*number).into(),
        }
    }
}

/// A limit as text: a planner that sees it knows that an index is worth it. The offered page sizes, and one row more.
fn limit(rows: usize) -> &'static str {
    match rows {
        ..=11 => "LIMIT 11",
        12..=26 => "LIMIT 26",
        27..=51 => "LIMIT 51",
        _ => "LIMIT 101",
    }
}

fn order(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ORDER BY 1, 2",
        Direction::Descending => "ORDER BY 1 DESC, 2 DESC",
    }
}

/// Where rows are not numbered: SQLite knows no other integer than the widest, PostgreSQL does.
const NO_NUMBER: &str = ", CAST(0 AS BIGINT) AS n";

impl Stretch<'_> {
    /// `AND (column, id) > (…)`.
    fn behind(&self, query: Query) -> Query {
        self.behind_named(query, self.listing.column)
    }

    fn behind_named(&self, query: Query, column: &'static str) -> Query {
        let Some(after) = self.after else { return query };
        let place = [(&after.key).into(), after.id.into()];
        let query = query.and("AND (").and(column);
        match self.direction {
            Direction::Ascending => query.and_with(", id) > (?, ?)", place),
            Direction::Descending => query.and_with(", id) < (?, ?)", place),
        }
    }

    /// `SELECT column AS key, id FROM table WHERE business_id = $1`.
    fn select(&self, query: Query, more: &'static str) -> Query {
        query.and("SELECT").and(self.listing.column).and("AS key, id").and(more).and("FROM").and(self.listing.table)
    }

    /// `AND facet IN (…)`.
    fn within(&self, query: Query) -> Query {
        if self.facets.is_empty() {
            return query;
        }
        query.and("AND t.facet IN").and_list(self.facets.iter().map(|(facet, _)| *facet))
    }
}

impl Tx {
    /// The first rows of a stretch, whatever their facet.
    pub fn first_of_all(&self, stretch: &Stretch<'_>) -> Query {
        let query = self.straight(stretch, Query::new("").bind(stretch.business), NO_NUMBER);
        query.and(limit(stretch.rows))
    }

    /// The first rows of a stretch, whatever their facet, up to where a limit follows: one scan of one index.
    fn straight(&self, stretch: &Stretch<'_>, query: Query, more: &'static str) -> Query {
        let query = stretch.select(query, more);
        let query = match self {
            Self::Sqlite(_) => query.and("INDEXED BY").and(stretch.listing.whole),
            Self::Postgres(_) => query,
        };
        stretch.behind(query.and("WHERE business_id = $1")).and(order(stretch.direction))
    }

    /// `WHERE search contains the text`, of rows called `t`.
    fn containing(&self, query: Query, text: &str) -> Query {
        match self {
            Self::Sqlite(_) => query.and_with("WHERE instr(t.search, ?) > 0", [text.into()]),
            Self::Postgres(_) => query.and_with("WHERE strpos(t.search, ?) > 0", [text.into()]),
        }
    }

    /// Of the first so many rows of all facets, the first that contain a text, of the stretch's facets.
    pub fn walk_all(&self, stretch: &Stretch<'_>, text: &str, rows: i64) -> Query {
        let query = Query::new("SELECT key, id, CAST(0 AS BIGINT) AS n FROM (").bind(stretch.business);
        let query = self.straight(stretch, query, ", facet, search").and_with("LIMIT ?) AS t", [rows.into()]);
        stretch.within(self.containing(query, text)).and(limit(stretch.rows))
    }

    /// The last of the first so many rows of all facets; none where there are fewer.
    pub fn bound_of_all(&self, stretch: &Stretch<'_>, rows: i64) -> Query {
        let query = self.straight(stretch, Query::new("").bind(stretch.business), NO_NUMBER);
        query.and_with("LIMIT 1 OFFSET ?", [(rows - 1).into()])
    }

    /// How many of the first so many rows of all facets contain a text, of the stretch's facets; up to `most`.
    pub fn count_of_all(&self, stretch: &Stretch<'_>, text: &str, rows: i64, most: i64) -> Query {
        let query = Query::new("SELECT count(*) FROM (SELECT 1 AS hit FROM (").bind(stretch.business);
        let query = self.straight(stretch, query, ", facet, search").and_with("LIMIT ?) AS t", [rows.into()]);
        stretch.within(self.containing(query, text)).and_with("LIMIT ?) AS hits", [most.into()])
    }

    /// The first rows of a stretch: a merge of one scan of the index per facet.
    pub fn first_rows(&self, stretch: &Stretch<'_>) -> Query {
        let order = order(stretch.direction);
        let mut query = Query::new("").bind(stretch.business);
        match self {
            // Each part is a coroutine over its index; the merge takes from them only as many rows as it hands on.
            Self::Sqlite(_) => {
                for (n, (facet, _)) in stretch.facets.iter().enumerate() {
                    query = stretch.select(if n == 0 { query } else { query.and("UNION ALL") }, ", 0 AS n");
                    query = query.and("INDEXED BY").and(stretch.listing.by_facet);
                    query = query.and_with("WHERE business_id = $1 AND facet = ?", [(*facet).into()]);
                    query = stretch.behind(query);
                }
                query.and(order).and(limit(stretch.rows))
            }
            // One plan for any number of facets: PostgreSQL plans a union part by part, which takes longer than reading.
            Self::Postgres(_) => {
                query = query.and("SELECT k.key, k.id, 0::BIGINT AS n FROM (VALUES");
                for (facet, _) in stretch.facets {
                    query = query.and_row("(?)", [(*facet).into()]);
                }
                query = stretch.select(query.and(") AS f (facet) CROSS JOIN LATERAL ("), "");
                query = stretch.behind(query.and("WHERE business_id = $1 AND facet = f.facet"));
                query.and(order).and(limit(stretch.rows)).and(") AS k").and(order).and(limit(stretch.rows))
            }
        }
    }

    /// The first rows of each facet that contain a text, none from behind the facet's bound; with the facet's number.
    pub fn walk(&self, stretch: &Stretch<'_>, text: &str) -> Query {
        let (order, limit) = (order(stretch.direction), limit(stretch.rows));
        let mut query = Query::new("").bind(stretch.business);
        match self {
            Self::Sqlite(_) => {
                for (n, (facet, most)) in stretch.facets.iter().enumerate() {
                    query = query.and_with(
                        if n == 0 {
                            "SELECT * FROM (SELECT key, id, ? AS facet FROM ("
                        } else {
                            "UNION ALL SELECT * FROM (SELECT key, id, ? AS facet FROM ("
                        },
                        [number(n).into()],
                    );
                    query = stretch.select(query, ", search").and("INDEXED BY").and(stretch.listing.by_facet);
                    query = query.and_with("WHERE business_id = $1 AND facet = ?", [(*facet).into()]);
                    query = stretch.behind(query).and(order).and_with("LIMIT ?", [(*most).into()]);
                    query = query.and_with(") WHERE instr(search, ?) > 0", [text.into()]).and(limit).and(")");
                }
                query
            }
            Self::Postgres(_) => {
                query = stretch.bounded(query.and("SELECT k.key, k.id, f.n AS facet FROM (VALUES"));
                query = query.and("CROSS JOIN LATERAL (SELECT b.key, b.id FROM (");
                query =
                    stretch.behind(stretch.select(query, ", search").and("WHERE business_id = $1 AND facet = f.facet"));
                query = query.and(order).and("LIMIT f.most) AS b");
                query.and_with("WHERE strpos(b.search, ?) > 0", [text.into()]).and(limit).and(") AS k")
            }
        }
    }

    /// The last row that a walk looks at in each facet: none where it looks at all that are left.
    pub fn bounds(&self, stretch: &Stretch<'_>) -> Query {
        let order = order(stretch.direction);
        let mut query = Query::new("").bind(stretch.business);
        match self {
            Self::Sqlite(_) => {
                for (n, (facet, most)) in stretch.facets.iter().enumerate() {
                    query = query.and_with(
                        if n == 0 {
                            "SELECT * FROM (SELECT key, id, ? AS facet FROM ("
                        } else {
                            "UNION ALL SELECT * FROM (SELECT key, id, ? AS facet FROM ("
                        },
                        [number(n).into()],
                    );
                    query = stretch.select(query, "").and("INDEXED BY").and(stretch.listing.by_facet);
                    query = query.and_with("WHERE business_id = $1 AND facet = ?", [(*facet).into()]);
                    query = stretch.behind(query).and(order);
                    query = query.and_with("LIMIT 1 OFFSET ?))", [(most - 1).into()]);
                }
                query
            }
            Self::Postgres(_) => {
                query = stretch.bounded(query.and("SELECT k.key, k.id, f.n AS facet FROM (VALUES"));
                query = stretch.select(query.and("CROSS JOIN LATERAL ("), "");
                query = stretch.behind(query.and("WHERE business_id = $1 AND facet = f.facet"));
                query.and(order).and("LIMIT 1 OFFSET f.most - 1) AS k")
            }
        }
    }

    /// How many of the first rows of each facet contain a text, up to `most` altogether.
    pub fn count(&self, stretch: &Stretch<'_>, text: &str, most: i64) -> Query {
        let order = order(stretch.direction);
        let mut query = Query::new("SELECT count(*) FROM (SELECT 1 AS hit FROM (").bind(stretch.business);
        match self {
            Self::Sqlite(_) => {
                for (n, (facet, rows)) in stretch.facets.iter().enumerate() {
                    query = if n == 0 { query } else { query.and("UNION ALL") }.and("SELECT * FROM (SELECT");
                    query = query.and(stretch.listing.column).and(", id, search FROM").and(stretch.listing.table);
                    query = query.and("INDEXED BY").and(stretch.listing.by_facet);
                    query = query.and_with("WHERE business_id = $1 AND facet = ?", [(*facet).into()]);
                    query = query.and(order).and_with("LIMIT ?)", [(*rows).into()]);
                }
                query.and_with(") WHERE instr(search, ?) > 0 LIMIT ?)", [text.into(), most.into()])
            }
            Self::Postgres(_) => {
                query = stretch.bounded(query.and("SELECT k.search FROM (VALUES"));
                query = stretch.select(query.and("CROSS JOIN LATERAL ("), ", search");
                query =
                    query.and("WHERE business_id = $1 AND facet = f.facet").and(order).and("LIMIT f.most) AS k) AS t");
                query.and_with("WHERE strpos(search, ?) > 0 LIMIT ?) AS t", [text.into(), most.into()])
            }
        }
    }

    /// How many rows are walked in the time in which one hit is gathered, as measured at a million rows: PostgreSQL walks
    /// faster.
    pub fn rows_walked_per_hit(&self) -> i64 {
        match self {
            Self::Sqlite(_) => 3,
            Self::Postgres(_) => 6,
        }
    }

    /// How many rows contain a text, whosever they are, as far as is soon told; among how many rows that is, where they are not
    /// all; how many rows the table has, as far as is known without counting; and which contain the text, as a list in JSON,
    /// where that is known of all of them. SQLite's trigram index tells the rows one by one, in the order in which they came:
    /// up to `most` are listened to. PostgreSQL's gathers all before it gives one, so there some of the rows are looked at.
    pub fn probe(&self, listing: Listing, business: BusinessId, text: &str, most: i64) -> Query {
        match self {
            Self::Sqlite(_) => Query::new("SELECT count(*),")
                .and_with("CASE WHEN count(*) > ? THEN max(rowid) END, (SELECT max(rowid) FROM", [most.into()])
                .and(listing.table)
                .and_with("), CASE WHEN count(*) <= ? THEN json_group_array(rowid) END FROM", [most.into()])
                .and("(SELECT rowid FROM")
                .and(listing.trigrams)
                .and_with("WHERE search MATCH ? LIMIT ?)", [phrase(text).into(), (most + 1).into()]),
            Self::Postgres(_) => {
                let query = Query::new("SELECT count(*) FILTER (WHERE strpos(k.search, $2) > 0), count(*),")
                    .and("(SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = CAST($3 AS TEXT)::REGCLASS),")
                    .and("CAST(NULL AS TEXT) FROM (");
                let part = |query: Query, order: &'static str| {
                    let query = query.and("(SELECT search FROM").and(listing.table).and("WHERE business_id = $1");
                    query.and(order).and("LIMIT 1000)")
                };
                let query = query.bind(business).bind(text).bind(listing.table);
                part(part(query, listing.spread.0).and("UNION ALL"), listing.spread.1).and(") AS k")
            }
        }
    }

    /// The first rows of a stretch that contain a text, found through the trigram index; with how many there are. Where the
    /// probe has told which they are, the index is not asked again: of a long text that takes longer than reading them.
    pub fn hits(&self, stretch: &Stretch<'_>, text: &str, told: Option<&str>) -> Query {
        let query = Query::new("WITH hits AS MATERIALIZED (SELECT").bind(stretch.business);
        let query = query.and("t.").and(stretch.listing.column).and("AS key, t.id AS id FROM");
        let (table, trigrams) = (stretch.listing.table, stretch.listing.trigrams);
        let query = match (self, told) {
            (Self::Sqlite(_), Some(rows)) => query
                .and_with("json_each(?) AS s CROSS JOIN", [rows.into()])
                .and(table)
                .and("AS t ON t.row_number = s.value WHERE t.business_id = $1"),
            (Self::Sqlite(_), None) => query
                .and(trigrams)
                .and("AS s CROSS JOIN")
                .and(table)
                .and("AS t ON t.row_number = s.rowid WHERE t.business_id = $1")
                .and_with("AND s.search MATCH ?", [phrase(text).into()]),
            (Self::Postgres(_), _) => query.and(table).and_with(
                "AS t WHERE t.business_id = $1 AND t.search LIKE ? AND strpos(t.search, ?) > 0",
                [pieces(text).into(), text.into()],
            ),
        };
        self.of_hits(stretch, stretch.within(query))
    }

    /// The first rows of a stretch that belong to a client and, perhaps, contain a text; with how many there are. `from`
    /// names the tables and ends where the client's id follows.
    pub fn of_client(&self, stretch: &Stretch<'_>, from: &'static str, client: Value, text: Option<&str>) -> Query {
        let query = Query::new("WITH hits AS MATERIALIZED (SELECT").bind(stretch.business);
        let query = query.and("t.").and(stretch.listing.column).and("AS key, t.id AS id FROM").and_with(from, [client]);
        let query = match (self, text) {
            (_, None) => query,
            (Self::Sqlite(_), Some(text)) => query.and_with("AND instr(t.search, ?) > 0", [text.into()]),
            (Self::Postgres(_), Some(text)) => query.and_with("AND strpos(t.search, ?) > 0", [text.into()]),
        };
        self.of_hits(stretch, stretch.within(query))
    }

    fn of_hits(&self, stretch: &Stretch<'_>, hits: Query) -> Query {
        let query = hits.and(") SELECT key, id, (SELECT count(*) FROM hits) AS total FROM hits WHERE 1 = 1");
        stretch.behind_named(query, "key").and(order(stretch.direction)).and(limit(stretch.rows))
    }
}

/// Rows of a listed table in the order of their ids, behind one of them.
#[derive(Clone, Copy, Debug)]
pub struct Among<'a> {
    /// Which table.
    pub listing: Listing,
    /// Whose rows.
    pub business: BusinessId,
    /// In which facets; in all where none is named.
    pub facets: &'a [&'a str],
    /// What they contain.
    pub text: Option<&'a str>,
    /// Behind which row.
    pub behind: Uuid,
    /// Up to which row, with it.
    pub up_to: Option<Uuid>,
    /// How many rows there are between.
    pub rows: i64,
}

impl Tx {
    /// The id up to which so many rows lie; none where fewer are left.
    pub fn end_of_stretch(&self, among: &Among<'_>) -> Query {
        Query::new("SELECT id FROM")
            .bind(among.business)
            .and(among.listing.table)
            .and_with("WHERE business_id = $1 AND id > ?", [among.behind.into()])
            .and_with("ORDER BY id LIMIT 1 OFFSET ?", [(among.rows - 1).into()])
    }

    /// The ids of those rows; of a client's where one is named, and then no more than so many.
    pub fn among(&self, among: &Among<'_>, client: Option<(&'static str, Value)>) -> Query {
        let bounded = client.is_some();
        let mut query = Query::new("SELECT t.id FROM").bind(among.business);
        query = match client {
            Some((from, client)) => query.and_with(from, [client]),
            None => query.and(among.listing.table).and("AS t WHERE t.business_id = $1"),
        };
        query = query.and_with("AND t.id > ?", [among.behind.into()]);
        if let Some(up_to) = among.up_to {
            query = query.and_with("AND t.id <= ?", [up_to.into()]);
        }
        if !among.facets.is_empty() {
            // Not the bare column: the rows are read by id, and no index of another order is wanted.
            query = query.and("AND t.facet || '' IN").and_list(among.facets.iter().copied());
        }
        query = match (self, among.text) {
            (_, None) => query,
            (Self::Sqlite(_), Some(text)) => query.and_with("AND instr(t.search, ?) > 0", [text.into()]),
            (Self::Postgres(_), Some(text)) => query.and_with("AND strpos(t.search, ?) > 0", [text.into()]),
        };
        let query = query.and("ORDER BY t.id");
        if bounded { query.and_with("LIMIT ?", [among.rows.into()]) } else { query }
    }
}

impl Stretch<'_> {
    /// The facets as rows of number, facet and bound: `…) AS f (n, facet, most)`.
    fn bounded(&self, mut query: Query) -> Query {
        for (n, (facet, most)) in self.facets.iter().enumerate() {
            query = query.and_row("(?, ?, ?)", [number(n).into(), (*facet).into(), (*most).into()]);
        }
        query.and(") AS f (n, facet, most)")
    }
}

/// A text as FTS5 reads it as one phrase.
fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What a text that contains another is like, for PostgreSQL's trigram index: the other in pieces of three letters, one after
/// the other. All its trigrams would be found in hardly fewer texts, and each is a list that takes time to read. Letters and
/// digits only: nothing in it means anything to LIKE.
fn pieces(text: &str) -> String {
    let mut like = String::from("%");
    let last = text.len().saturating_sub(3);
    for (n, letter) in text.char_indices() {
        if n > 0 && n % 3 == 0 && n <= last {
            like.push('%');
        }
        like.push(letter);
    }
    like.push('%');
    like
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_looked_for_by_some_of_its_trigrams() {
        for (text, like) in
            [("ann", "%ann%"), ("rossi", "%rossi%"), ("brambl", "%bra%mbl%"), ("whitlock", "%whi%tlock%")]
        {
            assert_eq!(pieces(text), like);
        }
    }
}
