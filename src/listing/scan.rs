//! Reads one page of a long list. What is asked decides how: without a search the page is one index scan, or a merge of one
//! for each facet that is kept; a search that few rows answer is read from the trigram index and sorted; one that many
//! answer is found by walking the sorted index a bounded way, for then its rows are near. Whatever the way, the rows are
//! the same.

use crate::act::Scope;
use crate::base::Result;
use crate::base::page::{Cursor, Direction, Key, Page, PageSize, Position};
use crate::db::{Listing, Query, Row, Stretch, Value};
use crate::listing::{Ask, Effort, Hits, List, Listed, Needle, Step, Total, tally};
use std::cmp::Ordering;
use uuid::Uuid;

/// The fewest rows a walk looks at in a facet.
const WALKED_AT_LEAST: i64 = 60;
/// A walk looks at the rows of all facets, one after the other, if at least one of so many is kept; else facet by facet.
const ONE_OF: i64 = 4;
/// Up to how many hits of a walk are counted.
const COUNTED: i64 = 1_000;

/// What a sort key is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A folded text.
    Text,
    /// A number or a time.
    Number,
}

/// A list in one order.
#[derive(Clone, Copy, Debug)]
pub struct Sorted {
    /// Its facets' tally.
    pub list: List,
    /// Its table, column and indexes.
    pub listing: Listing,
    /// What its column holds.
    pub kind: Kind,
}

/// The rows of one client.
#[derive(Clone, Debug)]
pub struct OfClient {
    /// The tables to read from, the listed one as `t`, up to where the client's id follows.
    pub from: &'static str,
    /// The client.
    pub client: Value,
}

/// The place in the list of each row of a page; the rows themselves are then read by id.
pub type Places = Listed<Cursor>;

/// Reads one page: which facets are kept, and whose client's rows, is the caller's to say.
///
/// # Errors
/// When the database cannot be read.
pub async fn places<F, S>(
    scope: &mut Scope,
    sorted: Sorted,
    ask: &Ask<F, S>,
    keeps: impl Fn(&str) -> bool,
    client: Option<OfClient>,
) -> Result<Places> {
    let tallied = tally(scope, sorted.list).await?;
    let all: i64 = tallied.iter().map(|(_, rows)| rows).sum();
    let kept: Vec<(String, i64)> = tallied.into_iter().filter(|(facet, _)| keeps(facet)).collect();
    let first = ask.position == Position::Start;
    // A cursor of another order is a forged one, or an old address: the list is then read from its beginning.
    let position = match &ask.position {
        Position::After(cursor) | Position::Before(cursor) if !fits(cursor, sorted.kind) => &Position::Start,
        position => position,
    };
    let (read, total) = if kept.is_empty() {
        (Vec::new(), Total::Exactly(0))
    } else {
        let reading = Reading {
            sorted,
            kept: &kept,
            all,
            position,
            ask_direction: ask.direction,
            size: ask.size,
            effort: ask.effort,
        };
        match (&client, &ask.search) {
            (Some(client), needle) => reading.of_client(scope, client, needle.as_ref()).await?,
            (None, Some(needle)) => reading.search(scope, needle).await?,
            (None, None) => reading.all(scope).await?,
        }
    };
    let page = Page::of(read, ask.size, position, Clone::clone);
    let first = (first && !page.rows.is_empty()).then_some(1);
    Ok(Listed { page, total, first })
}

fn fits(cursor: &Cursor, kind: Kind) -> bool {
    matches!((&cursor.key, kind), (Key::Text(_), Kind::Text) | (Key::Number(_), Kind::Number))
}

/// One page being read.
struct Reading<'a> {
    sorted: Sorted,
    kept: &'a [(String, i64)],
    /// How many rows there are in all facets together.
    all: i64,
    position: &'a Position,
    ask_direction: Direction,
    size: PageSize,
    effort: Effort,
}

type Answer = (Vec<Cursor>, Total);

/// What a walk found.
enum Walked {
    /// The first rows there are: as many as were wanted, or all.
    Sure(Vec<Cursor>),
    /// So many, but not enough: more may follow.
    Unsure(usize),
}

impl Reading<'_> {
    fn stretch<'s>(&'s self, scope: &Scope, facets: &'s [(&'s str, i64)]) -> Stretch<'s> {
        Stretch {
            listing: self.sorted.listing,
            business: scope.business,
            facets,
            after: match self.position {
                Position::Start => None,
                Position::After(cursor) | Position::Before(cursor) => Some(cursor),
            },
            direction: self.direction(),
            rows: self.wanted(),
        }
    }

    /// The way in which the index is read: a page before a row is read backwards.
    fn direction(&self) -> Direction {
        match self.position {
            Position::Before(_) => self.ask_direction.turned(),
            Position::Start | Position::After(_) => self.ask_direction,
        }
    }

    /// One row more than the page shows: it tells whether there is a next page.
    fn wanted(&self) -> usize {
        self.size.rows() + 1
    }

    fn rows(&self) -> i64 {
        self.kept.iter().map(|(_, rows)| rows).sum()
    }

    /// Whether so few of the rows are kept that they are looked for facet by facet.
    fn is_narrow(&self) -> bool {
        self.rows() < self.all / ONE_OF
    }

    /// The facets, each with how many of so many rows fall to it.
    fn shares(&self, of: i64, at_least: i64) -> Vec<(&str, i64)> {
        let all = self.rows().max(1);
        let share = |rows: i64| (of.saturating_mul(rows) / all).max(at_least);
        self.kept.iter().map(|(facet, rows)| (facet.as_str(), share(*rows))).collect()
    }

    /// The facets that rows are told apart by; none where all are kept.
    fn facets(&self) -> Vec<(&str, i64)> {
        if self.rows() == self.all { Vec::new() } else { self.shares(0, 0) }
    }

    async fn all(&self, scope: &mut Scope) -> Result<Answer> {
        let facets = self.facets();
        let stretch = self.stretch(scope, &facets);
        let query = if facets.is_empty() { scope.tx.first_of_all(&stretch) } else { scope.tx.first_rows(&stretch) };
        let read = self.read(scope, query).await?;
        Ok((read.into_iter().map(|(place, _)| place).collect(), Total::Exactly(self.rows())))
    }

    async fn of_client(&self, scope: &mut Scope, client: &OfClient, needle: Option<&Needle>) -> Result<Answer> {
        let facets = self.facets();
        let query = |scope: &Scope, stretch: &Stretch<'_>| {
            scope.tx.of_client(stretch, client.from, client.client.clone(), needle.map(Needle::as_str))
        };
        self.counted(scope, &facets, query).await
    }

    async fn search(&self, scope: &mut Scope, needle: &Needle) -> Result<Answer> {
        let text = needle.as_str();
        let (hits, told) = self.probe(scope, text).await?;
        let mut step = self.effort.first(hits, self.rows(), self.wanted());
        while let Step::Walk(rows) = step {
            match self.walk(scope, text, rows).await? {
                Walked::Sure(places) => return self.answer(scope, text, hits, places).await,
                Walked::Unsure(found) => step = self.effort.then(hits, rows, found, self.wanted()),
            }
        }
        let facets = self.facets();
        self.counted(scope, &facets, |scope, stretch| scope.tx.hits(stretch, text, told.as_deref())).await
    }

    /// What is worth knowing of the rows that contain the text: nothing, where all rows are soon walked over. And which they
    /// are, if the engine tells and they are not many.
    async fn probe(&self, scope: &mut Scope, text: &str) -> Result<(Hits, Option<String>)> {
        let dear = scope.tx.rows_walked_per_hit();
        if self.all <= self.effort.near {
            return Ok((Hits { number: i64::MAX, among: self.all, dear }, None));
        }
        let query = scope.tx.probe(self.sorted.listing, scope.business, text, self.effort.told);
        let (hits, looked, rows, told) =
            query.one::<(i64, Option<i64>, i64, Option<String>)>(&mut scope.tx, "The list").await?;
        let among = rows.max(self.all);
        let number = match looked {
            Some(looked) => hits.saturating_mul(among).checked_div(looked).unwrap_or(0),
            None => hits,
        };
        Ok((Hits { number, among, dear }, told))
    }

    /// Walks the sorted index for a bounded way.
    async fn walk(&self, scope: &mut Scope, text: &str, rows: i64) -> Result<Walked> {
        if self.is_narrow() {
            return self.walk_by_facet(scope, text, rows).await;
        }
        let facets = self.facets();
        let query = scope.tx.walk_all(&self.stretch(scope, &facets), text, rows);
        let found: Vec<Cursor> = self.read(scope, query).await?.into_iter().map(|(place, _)| place).collect();
        let sure = found.len() >= self.wanted() || {
            let query = scope.tx.bound_of_all(&self.stretch(scope, &facets), rows);
            self.read(scope, query).await?.is_empty()
        };
        Ok(if sure { Walked::Sure(found) } else { Walked::Unsure(found.len()) })
    }

    /// The same, for few of the rows: in each of their facets, as far as its share of the way.
    async fn walk_by_facet(&self, scope: &mut Scope, text: &str, rows: i64) -> Result<Walked> {
        let facets = self.shares(rows, WALKED_AT_LEAST.min(rows));
        let query = scope.tx.walk(&self.stretch(scope, &facets), text);
        let mut found = self.read(scope, query).await?;
        found.sort_by(|(a, _), (b, _)| self.compare(a, b));

        // Up to where a facet is known: to its last hit if it has given as many as were wanted, else to the walk's bound.
        let mut last: Vec<(usize, Option<&Cursor>)> = vec![(0, None); facets.len()];
        for (place, facet) in &found {
            if let Some(facet) = usize::try_from(*facet).ok().and_then(|n| last.get_mut(n)) {
                *facet = (facet.0 + 1, Some(place));
            }
        }
        let mut known: Option<Cursor> = None;
        let mut open = Vec::new();
        for ((facet, (hits, place)), (_, rows)) in facets.iter().zip(&last).zip(self.kept) {
            match place {
                Some(place) if *hits >= self.wanted() => known = self.nearer(known, (*place).clone()),
                _ if *rows > facet.1 => open.push(*facet),
                _ => {}
            }
        }
        let enough = |known: &Option<Cursor>| {
            let sure =
                |place: &Cursor| known.as_ref().is_none_or(|known| self.compare(place, known) != Ordering::Greater);
            found.iter().filter(|(place, _)| sure(place)).count()
        };
        if !open.is_empty() {
            let query = scope.tx.bounds(&self.stretch(scope, &open));
            for (bound, _) in self.read(scope, query).await? {
                known = self.nearer(known, bound);
            }
        }
        let sure = enough(&known);
        if known.is_some() && sure < self.wanted() {
            return Ok(Walked::Unsure(sure));
        }
        found.truncate(sure.min(self.wanted()));
        Ok(Walked::Sure(found.into_iter().map(|(place, _)| place).collect()))
    }

    /// The rows of a walk, with how many there are as far as is known.
    async fn answer(&self, scope: &mut Scope, text: &str, hits: Hits, places: Vec<Cursor>) -> Result<Answer> {
        let found = i64::try_from(places.len()).unwrap_or(i64::MAX);
        let total = if *self.position == Position::Start && places.len() < self.wanted() {
            Total::Exactly(found)
        } else if self.effort.counts(hits, self.wanted()) {
            Total::AtLeast(found.max(self.at_least(scope, text).await?))
        } else {
            Total::AtLeast(found)
        };
        Ok((places, total))
    }

    /// How many rows contain the text, as far as the first rows tell: the same on every page.
    async fn at_least(&self, scope: &mut Scope, text: &str) -> Result<i64> {
        let rows = self.effort.counted;
        let query = if self.is_narrow() {
            let facets = self.shares(rows, 1);
            scope.tx.count(&Stretch { after: None, ..self.stretch(scope, &facets) }, text, COUNTED)
        } else {
            let facets = self.facets();
            let stretch = Stretch { after: None, ..self.stretch(scope, &facets) };
            scope.tx.count_of_all(&stretch, text, rows, COUNTED)
        };
        Ok(query.one::<(i64,)>(&mut scope.tx, "The list").await?.0)
    }

    /// The page of a query that gathers its hits first, and their number.
    async fn counted(
        &self,
        scope: &mut Scope,
        facets: &[(&str, i64)],
        query: impl Fn(&Scope, &Stretch<'_>) -> Query,
    ) -> Result<Answer> {
        let read = {
            let query = query(scope, &self.stretch(scope, facets));
            self.read(scope, query).await?
        };
        let total = match read.first() {
            Some((_, total)) => *total,
            None if *self.position == Position::Start => 0,
            // Nothing behind the place that was asked for: how many there are, the beginning tells.
            None => {
                let stretch = Stretch { after: None, ..self.stretch(scope, facets) };
                let query = query(scope, &stretch);
                self.read(scope, query).await?.first().map_or(0, |(_, total)| *total)
            }
        };
        Ok((read.into_iter().map(|(place, _)| place).collect(), Total::Exactly(total)))
    }

    async fn read(&self, scope: &mut Scope, query: Query) -> Result<Vec<(Cursor, i64)>> {
        fn place<K>(make: impl Fn(K) -> Key) -> impl Fn((K, Uuid, i64)) -> (Cursor, i64) {
            move |(key, id, number)| (Cursor { key: make(key), id }, number)
        }
        async fn rows<T: Row>(scope: &mut Scope, query: Query) -> Result<Vec<T>> {
            query.all(&mut scope.tx).await
        }
        Ok(match self.sorted.kind {
            Kind::Text => rows::<(String, Uuid, i64)>(scope, query).await?.into_iter().map(place(Key::Text)).collect(),
            Kind::Number => rows::<(i64, Uuid, i64)>(scope, query).await?.into_iter().map(place(Key::Number)).collect(),
        })
    }

    /// How two places stand to each other in the direction of reading.
    fn compare(&self, a: &Cursor, b: &Cursor) -> Ordering {
        let ascending = (&a.key, a.id).cmp(&(&b.key, b.id));
        match self.direction() {
            Direction::Ascending => ascending,
            Direction::Descending => ascending.reverse(),
        }
    }

    fn nearer(&self, a: Option<Cursor>, b: Cursor) -> Option<Cursor> {
        match a {
            Some(a) if self.compare(&a, &b) != Ordering::Greater => Some(a),
            _ => Some(b),
        }
    }
}

/// A query for rows by their ids: `text` ends where the ids follow in brackets. Few texts exist, whatever the number of
/// rows, so that the engines need not prepare each anew.
#[must_use]
pub fn by_ids(scope: &Scope, text: &'static str, places: &[Cursor]) -> Option<Query> {
    let last = places.last()?;
    let most =
        PageSize::OFFERED.iter().map(|n| usize::from(*n)).find(|most| *most >= places.len()).unwrap_or(places.len());
    Some(scope.query(text).and_list((0..most).map(|n| places.get(n).unwrap_or(last).id)))
}

/// Puts rows that were read by id into the order of their places. A row that went meanwhile is missing.
#[must_use]
pub fn in_order<R>(places: Places, rows: Vec<R>, id: impl Fn(&R) -> Uuid) -> Listed<R> {
    let mut by_id: std::collections::HashMap<Uuid, R> = rows.into_iter().map(|row| (id(&row), row)).collect();
    let Listed { page, total, first } = places;
    let rows = page.rows.iter().filter_map(|place| by_id.remove(&place.id)).collect();
    Listed { page: Page { rows, previous: page.previous, next: page.next }, total, first }
}
