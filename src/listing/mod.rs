//! Long lists: how many rows are in each facet, so that totals, tabs and filters are read and never counted.

mod ask;
pub mod scan;
pub mod select;

pub use ask::{Ask, Effort, Hits, Listed, Needle, Step, Total, search_text};

use crate::act::Scope;
use crate::base::Result;
use std::collections::BTreeMap;

/// A list whose rows are tallied by facet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    /// Clients, by status.
    Clients,
    /// Contacts, by how they stand to the portal.
    Contacts,
    /// Portal users, by status, terms and whether they ever signed in.
    PortalUsers,
    /// Fields in which a contact and the person's own account differ, by field.
    Mismatches,
    /// Access requests, by what became of them.
    Requests,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 5] = [Self::Clients, Self::Contacts, Self::PortalUsers, Self::Mismatches, Self::Requests];

    /// The word it is tallied under.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Clients => "client",
            Self::Contacts => "contact",
            Self::PortalUsers => "portal_user",
            Self::Mismatches => "mismatch",
            Self::Requests => "request",
        }
    }
}

/// Counts rows into a facet (out of it, when negative), in the transaction that moves them.
///
/// # Errors
/// When the database refuses.
pub async fn count_into(scope: &mut Scope, list: List, facet: &str, rows: i64) -> Result<()> {
    scope
        .query(
            "INSERT INTO tally (business_id, list, facet, n) VALUES ($1, $2, $3, $4)
             ON CONFLICT (business_id, list, facet) DO UPDATE SET n = tally.n + excluded.n",
        )
        .bind(list.code())
        .bind(facet)
        .bind(rows)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// Counts one row out of a facet and into another.
///
/// # Errors
/// When the database refuses.
pub async fn moved(scope: &mut Scope, list: List, from: &str, to: &str) -> Result<()> {
    // Always in one order: another business's act may move an account's copy here at the same moment.
    let mut rows = [(from, -1), (to, 1)];
    rows.sort_unstable();
    if from != to {
        for (facet, rows) in rows {
            count_into(scope, list, facet, rows).await?;
        }
    }
    Ok(())
}

/// Rows that move from facet to facet together: each facet is counted once.
#[derive(Debug, Default)]
pub struct Moves(BTreeMap<String, i64>);

impl Moves {
    /// Notes that one row moves.
    pub fn count(&mut self, from: &str, to: &str) {
        *self.0.entry(from.to_owned()).or_default() -= 1;
        *self.0.entry(to.to_owned()).or_default() += 1;
    }

    /// Counts them, in the transaction that moves them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn store(self, scope: &mut Scope, list: List) -> Result<()> {
        for (facet, rows) in self.0.iter().filter(|(_, rows)| **rows != 0) {
            count_into(scope, list, facet, *rows).await?;
        }
        Ok(())
    }
}

/// Every facet that has rows, with how many.
///
/// # Errors
/// When the database cannot be read.
pub async fn tally(scope: &mut Scope, list: List) -> Result<Vec<(String, i64)>> {
    scope
        .query("SELECT facet, n FROM tally WHERE business_id = $1 AND list = $2 AND n > 0 ORDER BY facet")
        .bind(list.code())
        .all(&mut scope.tx)
        .await
}
