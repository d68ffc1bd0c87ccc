//! Everybody whom a filter and a search keep, piece by piece in the order of their ids: for what is done to all of them. Ids
//! never change, so that nobody is met twice or missed because the list's order changed in between.

use crate::act::Scope;
use crate::base::Result;
use crate::db::{Among, Listing, Value};
use crate::listing::scan::OfClient;
use crate::listing::{List, Needle, tally};
use uuid::Uuid;

/// How many rows are looked at for one piece.
const LOOKED_AT: i64 = 2_000;

/// A piece of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Piece {
    /// Who is in it.
    pub ids: Vec<Uuid>,
    /// Behind whom the next piece begins; none when this was the last.
    pub goes_on: Option<Uuid>,
}

/// Reads the piece behind an id: which facets are kept, and whose client's rows, is the caller's to say. However few are
/// found, only so many rows are looked at.
///
/// # Errors
/// When the database cannot be read.
pub async fn piece(
    scope: &mut Scope,
    (list, listing): (List, Listing),
    keeps: impl Fn(&str) -> bool,
    client: Option<OfClient>,
    search: Option<&Needle>,
    behind: Uuid,
) -> Result<Piece> {
    let tallied = tally(scope, list).await?;
    let kept: Vec<&str> = tallied.iter().map(|(facet, _)| facet.as_str()).filter(|facet| keeps(facet)).collect();
    if kept.is_empty() {
        return Ok(Piece::default());
    }
    let facets: &[&str] = if kept.len() == tallied.len() { &[] } else { &kept };
    let mut among = Among {
        listing,
        business: scope.business,
        facets,
        text: search.map(Needle::as_str),
        behind,
        up_to: None,
        rows: LOOKED_AT,
    };
    // A client has few people; of all the business's, only a stretch is looked at.
    let client: Option<(&'static str, Value)> = client.map(|client| (client.from, client.client));
    if client.is_none() {
        let end: Option<(Uuid,)> = scope.tx.end_of_stretch(&among).maybe(&mut scope.tx).await?;
        among.up_to = end.map(|(id,)| id);
    }
    let bounded = client.is_some();
    let ids: Vec<(Uuid,)> = scope.tx.among(&among, client).all(&mut scope.tx).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|(id,)| id).collect();
    let full = i64::try_from(ids.len()).unwrap_or(i64::MAX) >= LOOKED_AT;
    let goes_on = if bounded { ids.last().copied().filter(|_| full) } else { among.up_to };
    Ok(Piece { ids, goes_on })
}
