//! The list of differences over all contacts: what staff work through.

use super::Field;
use crate::act::Scope;
use crate::base::id::{ClientId, ContactId, MismatchId};
use crate::base::text::PersonName;
use crate::base::{Instant, Result};
use crate::db::Listing;
use crate::listing::scan::{self, Kind, Sorted};
use crate::listing::{self, List, Listed};

crate::words! {
    /// The columns that sort the list.
    #[derive(Default)]
    pub enum Sort {
        /// Since when the person's account says so.
        #[default]
        Since = "since",
        /// The contact's name.
        Name = "name",
        /// The client.
        Company = "company",
    }
}

/// Which differences are kept; empty keeps all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Those in one of these fields.
    pub fields: Vec<Field>,
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// A difference, as a line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Stands for just these two values.
    pub id: MismatchId,
    /// The contact.
    pub contact_id: ContactId,
    /// At which client.
    pub client_id: ClientId,
    /// The contact's first name.
    pub first_name: PersonName,
    /// The contact's last name.
    pub last_name: PersonName,
    /// The client's name.
    pub company: String,
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

fn sorted(sort: Sort) -> Sorted {
    let (column, whole, by_facet, kind) = match sort {
        Sort::Since => ("since", "mismatch_by_since", "mismatch_facet_by_since", Kind::Number),
        Sort::Name => ("name_key", "mismatch_by_name", "mismatch_facet_by_name", Kind::Text),
        Sort::Company => ("company_key", "mismatch_by_company", "mismatch_facet_by_company", Kind::Text),
    };
    let listing = Listing {
        table: "mismatch",
        column,
        whole,
        by_facet,
        spread: ("ORDER BY since, id", "ORDER BY since DESC, id DESC"),
        trigrams: "mismatch_search",
    };
    Sorted { list: List::Mismatches, listing, kind }
}

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, ask: &Ask) -> Result<Listed<Row>> {
    let chosen = &ask.filter.fields;
    let keeps = |code: &str| chosen.is_empty() || chosen.iter().any(|field| field.code() == code);
    let places = scan::places(scope, sorted(ask.sort), ask, keeps, None).await?;
    let query = scan::by_ids(
        scope,
        "SELECT m.id, m.contact_id, c.client_id, c.first_name, c.last_name, c.company, m.field, m.ours, m.theirs, m.since
         FROM mismatch m JOIN contact c ON c.business_id = m.business_id AND c.id = m.contact_id
         WHERE m.business_id = $1 AND m.id IN",
        &places.page.rows,
    );
    let rows: Vec<Row> = match query {
        Some(query) => query.all(&mut scope.tx).await?,
        None => Vec::new(),
    };
    Ok(scan::in_order(places, rows, |row| row.id.0))
}

/// How many differences there are, by field.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(scope: &mut Scope) -> Result<Vec<(Field, i64)>> {
    let tally = listing::tally(scope, List::Mismatches).await?;
    let of = |field: Field| tally.iter().filter(|(code, _)| code == field.code()).map(|(_, n)| n).sum();
    Ok(Field::ALL.iter().map(|field| (*field, of(*field))).collect())
}
