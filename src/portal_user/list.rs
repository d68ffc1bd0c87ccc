//! The list of portal users: what staff look at when they ask who is in.

use crate::act::Scope;
use crate::base::id::{AccountId, ClientId, PortalUserId};
use crate::base::text::Email;
use crate::base::{Instant, Result};
use crate::business;
use crate::db::Listing;
use crate::listing::scan::{self, Kind, OfClient, Sorted};
use crate::listing::select::{self, Piece};
use crate::listing::{self, List, Listed, Needle};
use crate::portal_user::{Facet, Seen, Status};
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
        /// The linked client accounts.
        Company = "company",
        /// Status.
        Status = "status",
        /// The version of the terms accepted last.
        Terms = "terms",
        /// The last sign-in.
        LastSignIn = "last-sign-in",
    }
}

crate::words! {
    /// How somebody stands to the current terms.
    pub enum TermsStanding {
        /// Has accepted them.
        Accepted = "accepted",
        /// Has accepted an older version.
        Outdated = "outdated",
        /// Has never accepted any.
        Never = "never",
    }
}

impl TermsStanding {
    /// How somebody who accepted `version` last (0 for none) stands when `current` is the current one.
    #[must_use]
    pub fn of(version: i64, current: i64) -> Self {
        match version {
            ..=0 => Self::Never,
            v if v >= current => Self::Accepted,
            _ => Self::Outdated,
        }
    }

    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Outdated => "Outdated",
            Self::Never => "Never accepted",
        }
    }
}

/// Which portal users are kept; empty keeps all.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Filter {
    /// Those of one of these statuses.
    pub statuses: Vec<Status>,
    /// Those who stand to the terms in one of these ways.
    pub terms: Vec<TermsStanding>,
    /// Those linked to this client.
    pub client: Option<ClientId>,
    /// Those who ever signed in, or never did.
    pub seen: Option<Seen>,
}

impl Filter {
    /// Deleted people are shown only where they are asked for.
    fn keeps(&self, facet: Facet, current: i64) -> bool {
        fn among<T: PartialEq>(chosen: &[T], value: &T) -> bool {
            chosen.is_empty() || chosen.contains(value)
        }
        let status = match self.statuses.as_slice() {
            [] => facet.status != Status::Deleted,
            chosen => chosen.contains(&facet.status),
        };
        status
            && among(&self.terms, &TermsStanding::of(facet.terms_version, current))
            && self.seen.is_none_or(|seen| seen == facet.seen)
    }
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// A portal user, as a line of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: PortalUserId,
    /// Whose sign-in it is.
    pub account_id: AccountId,
    /// First and last name.
    pub name: String,
    /// The address.
    pub email: Email,
    /// The linked client accounts; empty without any.
    pub company: String,
    /// Status.
    pub status: Status,
    /// The version of the terms accepted last; 0 for none.
    pub terms_version: i64,
    /// How that stands to the current one.
    pub terms: TermsStanding,
    /// When it was accepted.
    pub terms_at: Option<Instant>,
    /// When the person last signed in here.
    pub last_sign_in_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: PortalUserId,
    account_id: AccountId,
    name: String,
    email: Email,
    company: String,
    #[sqlx(try_from = "String")]
    status: Status,
    terms_version: i64,
    terms_at: Instant,
    last_sign_in_at: Instant,
}

impl Stored {
    fn row(self, current: i64) -> Row {
        let known = |at: Instant| (at > Instant::default()).then_some(at);
        Row {
            id: self.id,
            account_id: self.account_id,
            name: self.name,
            email: self.email,
            company: self.company,
            status: self.status,
            terms_version: self.terms_version,
            terms: TermsStanding::of(self.terms_version, current),
            terms_at: known(self.terms_at),
            last_sign_in_at: known(self.last_sign_in_at),
        }
    }
}

fn sorted(sort: Sort) -> Sorted {
    let (column, whole, by_facet, kind) = match sort {
        Sort::Name => ("name_key", "portal_user_by_name", "portal_user_facet_by_name", Kind::Text),
        Sort::Email => ("email_key", "portal_user_by_email", "portal_user_facet_by_email", Kind::Text),
        Sort::Company => ("company_key", "portal_user_by_company", "portal_user_facet_by_company", Kind::Text),
        Sort::Status => ("status_rank", "portal_user_by_status", "portal_user_facet_by_status", Kind::Number),
        Sort::Terms => ("terms_version", "portal_user_by_terms", "portal_user_facet_by_terms", Kind::Number),
        Sort::LastSignIn => {
            ("last_sign_in_at", "portal_user_by_last_sign_in", "portal_user_facet_by_last_sign_in", Kind::Number)
        }
    };
    let listing = Listing {
        table: "portal_user",
        column,
        whole,
        by_facet,
        spread: ("ORDER BY status_rank, id", "ORDER BY status_rank DESC, id DESC"),
        trigrams: "portal_user_search",
    };
    Sorted { list: List::PortalUsers, listing, kind }
}

const OF_CLIENT: &str = "link AS l JOIN portal_user AS t ON t.business_id = l.business_id AND t.id = l.portal_user_id
    WHERE l.business_id = $1 AND l.state = 'active' AND l.client_id = ?";

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, ask: &Ask) -> Result<Listed<Row>> {
    let current = business::store::find(&mut scope.tx, scope.business).await?.terms_version;
    let keeps = |code: &str| Facet::of_code(code).is_some_and(|facet| ask.filter.keeps(facet, current));
    let client = ask.filter.client.map(|client| OfClient { from: OF_CLIENT, client: client.into() });
    let places = scan::places(scope, sorted(ask.sort), ask, keeps, client).await?;
    let query = scan::by_ids(
        scope,
        "SELECT id, account_id, name, email, company, status, terms_version, terms_at, last_sign_in_at
         FROM portal_user WHERE business_id = $1 AND id IN",
        &places.page.rows,
    );
    let stored: Vec<Stored> = match query {
        Some(query) => query.all(&mut scope.tx).await?,
        None => Vec::new(),
    };
    let rows = stored.into_iter().map(|stored| stored.row(current)).collect();
    Ok(scan::in_order(places, rows, |row: &Row| row.id.0))
}

/// All portal users that a filter and a search keep, piece by piece: those behind an id.
///
/// # Errors
/// When the database cannot be read.
pub async fn piece(scope: &mut Scope, filter: &Filter, search: Option<&Needle>, behind: Uuid) -> Result<Piece> {
    let current = business::store::find(&mut scope.tx, scope.business).await?.terms_version;
    let keeps = |code: &str| Facet::of_code(code).is_some_and(|facet| filter.keeps(facet, current));
    let client = filter.client.map(|client| OfClient { from: OF_CLIENT, client: client.into() });
    let listed = (List::PortalUsers, sorted(Sort::default()).listing);
    select::piece(scope, listed, keeps, client, search, behind).await
}

/// Those of these portal users that there are, in the order of their ids.
///
/// # Errors
/// When the database cannot be read.
pub async fn rows(scope: &mut Scope, ids: &[Uuid]) -> Result<Vec<Row>> {
    let current = business::store::find(&mut scope.tx, scope.business).await?.terms_version;
    let stored: Vec<Stored> = scope
        .query(
            "SELECT id, account_id, name, email, company, status, terms_version, terms_at, last_sign_in_at
             FROM portal_user WHERE business_id = $1 AND id IN",
        )
        .and_list(ids.iter().copied())
        .and("ORDER BY id")
        .all(&mut scope.tx)
        .await?;
    Ok(stored.into_iter().map(|stored| stored.row(current)).collect())
}

/// How many portal users there are, by what the list is filtered by.
#[derive(Clone, Debug)]
pub struct Counts {
    /// All who are not deleted.
    pub all: i64,
    /// By status.
    pub statuses: Vec<(Status, i64)>,
    /// By how they stand to the terms.
    pub terms: Vec<(TermsStanding, i64)>,
    /// Those who never signed in.
    pub never_signed_in: i64,
}

/// How many portal users the business has, for tabs and filters.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(scope: &mut Scope) -> Result<Counts> {
    let current = business::store::find(&mut scope.tx, scope.business).await?.terms_version;
    let tally = listing::tally(scope, List::PortalUsers).await?;
    let facets: Vec<(Facet, i64)> = tally.iter().filter_map(|(code, n)| Some((Facet::of_code(code)?, *n))).collect();
    let count = |keep: &dyn Fn(&Facet) -> bool| facets.iter().filter(|(f, _)| keep(f)).map(|(_, n)| n).sum();
    let sum = |keep: &dyn Fn(&Facet) -> bool| count(&|f| f.status != Status::Deleted && keep(f));
    let terms = |standing| sum(&|f| TermsStanding::of(f.terms_version, current) == standing);
    Ok(Counts {
        all: sum(&|_| true),
        statuses: Status::ALL.iter().map(|status| (*status, count(&|f| f.status == *status))).collect(),
        terms: TermsStanding::ALL.iter().map(|standing| (*standing, terms(*standing))).collect(),
        never_signed_in: sum(&|f| f.seen == Seen::Never),
    })
}
