//! The list of contacts: where staff find somebody to invite, and see how each stands to the portal.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::{Email, PersonName, Phone, Title, full_name};
use crate::contact::Standing;
use crate::db::Listing;
use crate::listing::scan::{self, Kind, OfClient, Sorted};
use crate::listing::select::{self, Piece};
use crate::listing::{self, List, Listed, Needle};
use uuid::Uuid;

crate::words! {
    /// The columns that sort the list.
    #[derive(Default)]
    pub enum Sort {
        /// First and last name.
        #[default]
        Name = "name",
        /// E-mail address.
        Email = "email",
        /// The client.
        Company = "company",
    }
}

/// Which contacts are kept; empty keeps all.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Filter {
    /// Those who stand to the portal in one of these ways.
    pub standings: Vec<Standing>,
    /// Those of this client.
    pub client: Option<ClientId>,
}

impl Filter {
    fn keeps(&self, facet: &str) -> bool {
        self.standings.is_empty() || self.standings.iter().any(|standing| standing.code() == facet)
    }
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// A contact, as a line of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: ContactId,
    /// At which client.
    pub client_id: ClientId,
    /// First and last name.
    pub name: String,
    /// The address.
    pub email: Email,
    /// The client's name.
    pub company: String,
    /// Title at work.
    pub title: Option<Title>,
    /// How it stands to the portal.
    pub standing: Standing,
    /// Cell phone.
    pub cell_phone: Option<Phone>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: ContactId,
    client_id: ClientId,
    first_name: PersonName,
    last_name: PersonName,
    email: Email,
    company: String,
    title: Option<Title>,
    #[sqlx(try_from = "String")]
    portal: Standing,
    cell_phone: Option<Phone>,
}

impl From<Stored> for Row {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id,
            client_id: stored.client_id,
            name: full_name(&stored.first_name, &stored.last_name),
            email: stored.email,
            company: stored.company,
            title: stored.title,
            standing: stored.portal,
            cell_phone: stored.cell_phone,
        }
    }
}

fn sorted(sort: Sort) -> Sorted {
    let (column, whole, by_facet) = match sort {
        Sort::Name => ("name_key", "contact_by_name", "contact_facet_by_name"),
        Sort::Email => ("email_key", "contact_by_email", "contact_facet_by_email"),
        Sort::Company => ("company_key", "contact_by_company", "contact_facet_by_company"),
    };
    let listing = Listing {
        table: "contact",
        column,
        whole,
        by_facet,
        spread: ("ORDER BY company_key, id", "ORDER BY company_key DESC, id DESC"),
        trigrams: "contact_search",
    };
    Sorted { list: List::Contacts, listing, kind: Kind::Text }
}

const OF_CLIENT: &str = "contact AS t WHERE t.business_id = $1 AND t.client_id = ?";

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, ask: &Ask) -> Result<Listed<Row>> {
    let keeps = |code: &str| ask.filter.keeps(code);
    let client = ask.filter.client.map(|client| OfClient { from: OF_CLIENT, client: client.into() });
    let places = scan::places(scope, sorted(ask.sort), ask, keeps, client).await?;
    let query = scan::by_ids(
        scope,
        "SELECT id, client_id, first_name, last_name, email, company, title, portal, cell_phone
         FROM contact WHERE business_id = $1 AND id IN",
        &places.page.rows,
    );
    let stored: Vec<Stored> = match query {
        Some(query) => query.all(&mut scope.tx).await?,
        None => Vec::new(),
    };
    Ok(scan::in_order(places, stored.into_iter().map(Row::from).collect(), |row| row.id.0))
}

/// All contacts that a filter and a search keep, piece by piece: those behind an id.
///
/// # Errors
/// When the database cannot be read.
pub async fn piece(scope: &mut Scope, filter: &Filter, search: Option<&Needle>, behind: Uuid) -> Result<Piece> {
    let client = filter.client.map(|client| OfClient { from: OF_CLIENT, client: client.into() });
    let listed = (List::Contacts, sorted(Sort::default()).listing);
    select::piece(scope, listed, |code| filter.keeps(code), client, search, behind).await
}

/// How many contacts there are, by what the list is filtered by.
#[derive(Clone, Debug)]
pub struct Counts {
    /// All.
    pub all: i64,
    /// By how they stand to the portal.
    pub standings: Vec<(Standing, i64)>,
}

/// How many contacts the business has, for tabs and filters.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(scope: &mut Scope) -> Result<Counts> {
    let tally = listing::tally(scope, List::Contacts).await?;
    let of = |standing: Standing| tally.iter().filter(|(code, _)| code == standing.code()).map(|(_, n)| n).sum();
    Ok(Counts {
        all: tally.iter().map(|(_, n)| n).sum(),
        standings: Standing::ALL.iter().map(|standing| (*standing, of(*standing))).collect(),
    })
}
