//! The list of clients.

use crate::act::Scope;
use crate::base::id::ClientId;
use crate::base::text::{CompanyName, Email, Phone, Reference};
use crate::base::{Instant, Result};
use crate::client::Status;
use crate::db::Listing;
use crate::listing::scan::{self, Kind, Sorted};
use crate::listing::{self, List, Listed};

crate::words! {
    /// The columns that sort the list.
    #[derive(Default)]
    pub enum Sort {
        /// Name.
        #[default]
        Name = "name",
        /// What the business calls it in its own books.
        Reference = "reference",
        /// When it last changed.
        Updated = "updated",
    }
}

/// Which clients are kept; empty keeps all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Those of one of these statuses.
    pub statuses: Vec<Status>,
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// A client, as a line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: CompanyName,
    /// What the business calls it in its own books.
    pub reference: Reference,
    /// Its address for mail.
    pub email: Option<Email>,
    /// Its phone.
    pub phone: Option<Phone>,
    /// Whether it still is a client.
    #[sqlx(try_from = "String")]
    pub status: Status,
    /// What it owes, in cents.
    pub balance_cents: i64,
    /// When it last changed.
    pub updated_at: Instant,
}

fn sorted(sort: Sort) -> Sorted {
    let (column, whole, by_facet, kind) = match sort {
        Sort::Name => ("name_key", "client_by_name", "client_facet_by_name", Kind::Text),
        Sort::Reference => ("reference_key", "client_by_reference", "client_facet_by_reference", Kind::Text),
        Sort::Updated => ("updated_at", "client_by_updated", "client_facet_by_updated", Kind::Number),
    };
    let listing = Listing {
        table: "client",
        column,
        whole,
        by_facet,
        spread: ("ORDER BY updated_at, id", "ORDER BY updated_at DESC, id DESC"),
        trigrams: "client_search",
    };
    Sorted { list: List::Clients, listing, kind }
}

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, ask: &Ask) -> Result<Listed<Row>> {
    let chosen = &ask.filter.statuses;
    let keeps = |code: &str| chosen.is_empty() || chosen.iter().any(|status| status.code() == code);
    let places = scan::places(scope, sorted(ask.sort), ask, keeps, None).await?;
    let query = scan::by_ids(
        scope,
        "SELECT id, name, reference, email, phone, status, balance_cents, updated_at FROM client
         WHERE business_id = $1 AND id IN",
        &places.page.rows,
    );
    let rows: Vec<Row> = match query {
        Some(query) => query.all(&mut scope.tx).await?,
        None => Vec::new(),
    };
    Ok(scan::in_order(places, rows, |row| row.id.0))
}

/// How many clients there are, by what the list is filtered by.
#[derive(Clone, Debug)]
pub struct Counts {
    /// All.
    pub all: i64,
    /// By status.
    pub statuses: Vec<(Status, i64)>,
}

/// How many clients the business has, for tabs and filters.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(scope: &mut Scope) -> Result<Counts> {
    let tally = listing::tally(scope, List::Clients).await?;
    let of = |status: Status| tally.iter().filter(|(code, _)| code == status.code()).map(|(_, n)| n).sum();
    Ok(Counts {
        all: tally.iter().map(|(_, n)| n).sum(),
        statuses: Status::ALL.iter().map(|status| (*status, of(*status))).collect(),
    })
}
