//! Access requests in the database.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{BusinessId, ContactId, RequestId};
use crate::base::page::{Cursor, Key, Page, PageSize, Position};
use crate::base::text::{EmailKey, fold};
use crate::db::{Query, Tx};
use crate::listing::{self, List};
use crate::request::{Request, State, Wish};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, email, name, reference, state, times, asked_at, address, contact_id, decided_at, decided_by, created_at,
                version FROM access_request WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The request.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: RequestId) -> Result<Request> {
    scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The access request").await
}

/// The request with which the same was asked already and that is not decided yet, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(scope: &mut Scope, wish: &Wish) -> Result<Option<Request>> {
    scope
        .query(select!("AND email_key = $2 AND reference_key = $3 AND state IN ('asked', 'waiting')"))
        .bind(&wish.email.key())
        .bind(fold(wish.reference.as_str()))
        .maybe(&mut scope.tx)
        .await
}

/// How many requests are not decided yet, counted up to `most`.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_up_to(scope: &mut Scope, most: i64) -> Result<i64> {
    let (n,): (i64,) = scope
        .query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM access_request
                WHERE business_id = $1 AND state IN ('asked', 'waiting') LIMIT $2) AS open",
        )
        .bind(most)
        .one(&mut scope.tx, "The requests")
        .await?;
    Ok(n)
}

/// How many requests an address has made in the last day, counted up to `most`.
///
/// # Errors
/// When the database cannot be read.
pub async fn made_today(scope: &mut Scope, email: &EmailKey, most: i64) -> Result<i64> {
    let (n,): (i64,) = scope
        .query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM access_request
                WHERE business_id = $1 AND email_key = $2 AND created_at > $3 LIMIT $4) AS made",
        )
        .bind(email)
        .bind(scope.now.plus_days(-1))
        .bind(most)
        .one(&mut scope.tx, "The requests")
        .await?;
    Ok(n)
}

/// Stores a new request.
///
/// # Errors
/// `Conflict` when the same was asked at this very moment.
pub async fn insert(scope: &mut Scope, wish: &Wish, address: &str) -> Result<RequestId> {
    let id = RequestId::new(scope.now);
    scope
        .query(
            "INSERT INTO access_request (business_id, id, email, email_key, name, reference, reference_key, state, times, asked_at,
                address, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $9, 1)",
        )
        .bind(id)
        .bind(&wish.email)
        .bind(&wish.email.key())
        .bind(wish.name.as_ref().map(ToString::to_string).unwrap_or_default())
        .bind(&wish.reference)
        .bind(fold(wish.reference.as_str()))
        .bind(State::Asked)
        .bind(scope.now)
        .bind(address)
        .run(&mut scope.tx)
        .await?;
    listing::count_into(scope, List::Requests, State::Asked.code(), 1).await?;
    Ok(id)
}

/// Notes that the same was asked once more: it is looked at once more.
///
/// # Errors
/// `Conflict` when somebody decided it meanwhile.
pub async fn again(scope: &mut Scope, request: &Request) -> Result<RequestId> {
    scope
        .query(
            "UPDATE access_request SET state = $4, times = times + 1, asked_at = $5, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(request.id)
        .bind(request.version)
        .bind(State::Asked)
        .bind(scope.now)
        .run_one(&mut scope.tx)
        .await?;
    listing::moved(scope, List::Requests, request.state.code(), State::Asked.code()).await?;
    Ok(request.id)
}

/// Stores what became of a request, who decided, and who was invited.
///
/// # Errors
/// `Conflict` when somebody decided it meanwhile.
pub async fn settle(
    scope: &mut Scope,
    request: &Request,
    state: State,
    contact: Option<ContactId>,
    by: &str,
) -> Result<()> {
    let decided = !state.is_open();
    scope
        .query(
            "UPDATE access_request SET state = $4, contact_id = $5, decided_at = $6, decided_by = $7, version = version + 1
             WHERE business_id = $1 AND id = $2 AND version = $3",
        )
        .bind(request.id)
        .bind(request.version)
        .bind(state)
        .bind(contact)
        .bind(decided.then_some(scope.now))
        .bind(decided.then(|| by.to_owned()))
        .run_one(&mut scope.tx)
        .await?;
    listing::moved(scope, List::Requests, request.state.code(), state.code()).await
}

/// The businesses with a request that nobody has looked at yet: the one question that goes to all.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked_at(tx: &mut Tx) -> Result<Vec<BusinessId>> {
    let rows: Vec<(BusinessId,)> =
        Query::new("SELECT DISTINCT business_id FROM access_request WHERE state = 'asked' LIMIT 100").all(tx).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Requests that nobody has looked at yet, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked(scope: &mut Scope, most: i64) -> Result<Vec<RequestId>> {
    let rows: Vec<(RequestId,)> = scope
        .query("SELECT id FROM access_request WHERE business_id = $1 AND state = 'asked' ORDER BY id LIMIT $2")
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A page of the requests in some states, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, states: &[State], position: &Position, size: PageSize) -> Result<Page<Request>> {
    let (backwards, from) = match position {
        Position::Start => (false, None),
        Position::After(cursor) => (false, Some(cursor.id)),
        Position::Before(cursor) => (true, Some(cursor.id)),
    };
    let most = i64::try_from(size.rows()).unwrap_or(100) + 1;
    let mut read: Vec<Request> = Vec::new();
    // One walk along the index of each state, then the nearest of them all.
    for state in states {
        let mut query = scope.query(select!("AND state = $2")).bind(*state);
        if let Some(id) = from {
            query = query.and_with(if backwards { "AND id > ?" } else { "AND id < ?" }, [id.into()]);
        }
        let order = if backwards { "ORDER BY id LIMIT ?" } else { "ORDER BY id DESC LIMIT ?" };
        read.extend(query.and_with(order, [most.into()]).all::<Request>(&mut scope.tx).await?);
    }
    read.sort_by_key(|request| request.id);
    if !backwards {
        read.reverse();
    }
    read.truncate(size.rows() + 1);
    Ok(Page::of(read, size, position, |request| Cursor { key: Key::Number(0), id: request.id.0 }))
}
