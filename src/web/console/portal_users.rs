//! The list of portal users (P1, P2): who is in, found while typing, filtered by chips that live in the address.

mod filters;

pub use filters::Filters;

use crate::access::Permission;
use crate::act::App;
use crate::base::page::Position;
use crate::client;
use crate::portal_user::Status;
use crate::portal_user::list::{self, Row, Sort, TermsStanding};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::bulk::{self, All, Running};
use crate::web::console::portal_users::filters::{Clients, Named, chips, named, statuses, tabs, terms};
use crate::web::console::why::{self, Waiting};
use crate::web::console::{Staff, counted, number};
use crate::web::form::Question;
use crate::web::parts::{Address, Badge, Chip, FilterBox, Heading, Pager, Place, Tab, here};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;

pub(super) const PATH: &str = "/console/portal-users";

#[derive(Template)]
#[template(path = "console/portal_users.html")]
struct PortalUsers {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    tabs: Vec<Tab>,
    statuses: Vec<FilterBox>,
    terms: Option<Vec<FilterBox>>,
    seen: Vec<FilterBox>,
    clients: Clients,
    keep: Vec<(&'static str, String)>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    heads: Heads,
    lines: Vec<Line>,
    empty: Empty,
    pager: Pager,
    may_manage: bool,
    may_invite: bool,
    may_add: bool,
    may_delete: bool,
    may_see_contacts: bool,
    export: Option<Exports>,
    whole: All,
    back: String,
    running: Vec<Running>,
}

/// Where what the list shows is handed out as a file.
struct Exports {
    csv: String,
    xlsx: String,
}

impl Exports {
    fn of(question: &Address) -> Self {
        let of = |kind: &str| question.clone().to("/console/portal-users/export").and("as", kind).href();
        Self { csv: of("csv"), xlsx: of("xlsx") }
    }
}

impl PortalUsers {
    /// Whether anything can be done to whoever is ticked.
    fn may_pick(&self) -> bool {
        self.may_manage || self.may_invite || self.may_delete
    }

    /// Whether all that the list shows are deleted, so that restoring them is what can be done.
    fn shows_deleted(&self) -> bool {
        self.statuses.iter().all(|status| status.checked == (status.value == Status::Deleted.code()))
    }

    /// How many columns the table has.
    fn columns(&self) -> usize {
        7 + usize::from(self.may_pick())
    }

    /// Where a bulk action begins, which knows the way back to this list.
    fn bulk(&self, deed: &str) -> String {
        format!("{PATH}/bulk/{deed}{}", self.back)
    }
}

/// The heads of the columns.
struct Heads {
    name: Heading,
    email: Heading,
    company: Heading,
    status: Heading,
    terms: Heading,
    last_sign_in: Heading,
}

impl Heads {
    fn of(address: &Address, ask: &list::Ask) -> Self {
        let head = |sort: Sort| Heading::of(address, sort.code(), ask.sort.code(), ask.direction);
        Self {
            name: head(Sort::Name),
            email: head(Sort::Email),
            company: head(Sort::Company),
            status: head(Sort::Status),
            terms: head(Sort::Terms),
            last_sign_in: head(Sort::LastSignIn),
        }
    }
}

/// One portal user, as a line.
struct Line {
    id: String,
    name: String,
    face: Face,
    email: String,
    company: String,
    status: Status,
    badge: Badge,
    terms: String,
    terms_tone: &'static str,
    last_sign_in: Option<(String, String)>,
    back: String,
}

/// Why there are no lines.
enum Empty {
    /// There are some.
    Filled,
    /// The business has no portal users yet.
    NobodyYet,
    /// What was here has gone meanwhile; the list goes on elsewhere.
    Moved(String),
    /// Nothing fits the filter and the search.
    NoMatch { all: String, why: Option<String> },
}

/// Shows it. `why devika` in the search leads on to the answer; while it is being typed, the list shows whom it fits.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    waiting: Waiting,
    uri: Uri,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let searched = place.typed();
    let asks_why = why::asked_in(&searched);
    let place = match (asks_why, waiting) {
        (None, _) => place,
        (Some(whom), Waiting::Reader) => return answer::see(&why::path(whom)),
        (Some(whom), Waiting::Script) => place.searching(whom),
    };
    let mut look = staff.look(&app).await?;
    let filter = filters.filter();
    let address = filters.address(place.address(PATH));
    let may_name = staff.actor.may(Permission::ClientsView);
    let clients = match named(&mut look, &filters.client_name, may_name, &address).await? {
        Named::Page(clients) => clients,
        Named::One(href) => return answer::see(&href),
    };
    let client_name = match filter.client {
        Some(client) => Some(client::store::find(&mut look, client).await?.name.to_string()),
        None => None,
    };
    let ask = place.ask(filter, Sort::of_code);
    let listed = list::list(&mut look, &ask).await?;
    let counts = list::counts(&mut look).await?;
    let has_terms = staff.business.terms_version > 0;
    let back = Address::of("").and("back", here(&uri, PATH)).href();
    let question = filters.address(place.question());
    let chips = chips(&ask.filter, &address, client_name.as_deref());
    let typed = place.typed();
    let empty = match (listed.page.rows.is_empty(), counts.all, &ask.position) {
        (false, ..) => Empty::Filled,
        (true, 0, _) => Empty::NobodyYet,
        (true, _, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
        (true, ..) => Empty::NoMatch { all: PATH.into(), why: (!typed.is_empty()).then(|| why::path(&typed)) },
    };
    answer::page(&PortalUsers {
        chrome: chrome.titled("Portal users"),
        console: staff.chrome(&mut look, "portal-users").await?,
        tabs: tabs(&ask.filter, &counts, &place, has_terms),
        statuses: statuses(&ask.filter, &counts),
        terms: has_terms.then(|| terms(&ask.filter, &counts)),
        seen: vec![FilterBox {
            value: "yes".into(),
            text: "Never signed in".into(),
            count: Some(number(counts.never_signed_in)),
            checked: ask.filter.seen.is_some(),
        }],
        clients,
        keep: address.keep(&["q", "status", "terms", "never", "client_name"]),
        clear: place.address(PATH).href(),
        count: match asks_why {
            None => counted(listed.total, "person", "people"),
            Some(_) => {
                format!("{}. Press Enter to see why they can’t get in.", counted(listed.total, "person", "people"))
            }
        },
        heads: Heads::of(&address, &ask),
        lines: listed.page.rows.iter().map(|row| line(row, has_terms, &back)).collect(),
        empty,
        pager: Pager::of(&address, &place, &listed),
        may_manage: staff.actor.may(Permission::PortalUsersManage),
        may_invite: staff.actor.may(Permission::ContactsInvite),
        may_add: staff.actor.may(Permission::PortalUsersAdd),
        may_delete: staff.actor.may(Permission::PortalUsersDelete),
        may_see_contacts: may_name,
        export: staff.actor.may(Permission::PortalUsersExport).then(|| Exports::of(&question)),
        whole: All::of(&question, listed.total, listed.page.rows.len()),
        running: bulk::running(&mut look, &staff).await?,
        back,
        chips,
        typed,
    })
}

fn line(row: &Row, has_terms: bool, back: &str) -> Line {
    let (terms, terms_tone) = match row.terms {
        _ if !has_terms => ("None published".to_owned(), ""),
        TermsStanding::Accepted => (format!("Version {}", row.terms_version), ""),
        TermsStanding::Outdated => (format!("Outdated, version {}", row.terms_version), "warn"),
        TermsStanding::Never => ("Never accepted".to_owned(), "warn"),
    };
    Line {
        id: row.id.to_string(),
        name: row.name.clone(),
        face: Face::of(&row.name),
        email: row.email.to_string(),
        company: row.company.clone(),
        status: row.status,
        badge: row.status.into(),
        terms,
        terms_tone,
        last_sign_in: row.last_sign_in_at.map(|at| (at.rfc3339(), at.day())),
        back: back.to_owned(),
    }
}

/// How the list looks, filled, searched in vain, and before anybody is in.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::page::Page;
    use crate::base::text::Email;
    use crate::listing::{Listed, Total};
    use crate::portal_user::list::Counts;
    use crate::web::samples;
    let row = |n: u128, name: &str, email: &str, company: &str, status: Status, terms: TermsStanding| Row {
        id: crate::base::id::PortalUserId(uuid::Uuid::from_u128(n)),
        account_id: crate::base::id::AccountId(uuid::Uuid::from_u128(n)),
        name: name.into(),
        email: Email::parse(email).unwrap(),
        company: company.into(),
        status,
        terms_version: if terms == TermsStanding::Never { 0 } else { 3 },
        terms,
        terms_at: None,
        last_sign_in_at: (terms != TermsStanding::Never).then_some(samples::NOW),
    };
    let (marlow, bramble) = ("Marlow Property Group and 2 more", "Bramble Civil");
    let rows = vec![
        row(1, "Devika Rao", "devika.rao@bramble.example.com", bramble, Status::Active, TermsStanding::Accepted),
        row(2, "Ingrid Solheim", "ingrid@coldstream.test", "", Status::PasswordDue, TermsStanding::Outdated),
        row(3, "Mei-Lin Castellanos-Whitford", "meilin@lantern.test", marlow, Status::Disabled, TermsStanding::Never),
    ];
    let page = |rows: Vec<Row>, query: &str, all: i64| {
        let place: Place = serde_html_form::from_str(query).unwrap();
        let filters: Filters = serde_html_form::from_str(query).unwrap();
        let address = filters.address(place.address(PATH));
        let ask = place.ask(filters.filter(), Sort::of_code);
        let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
        let lines = rows.iter().map(|row| line(row, true, "?back=%2Fconsole%2Fportal-users")).collect();
        let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
        let counts = Counts {
            all,
            statuses: Status::ALL.iter().map(|status| (*status, all / 3)).collect(),
            terms: TermsStanding::ALL.iter().map(|terms| (*terms, all / 3)).collect(),
            never_signed_in: all / 3,
        };
        let typed = place.typed();
        samples::rendered(&PortalUsers {
            chrome: Chrome::bare("Portal users"),
            console: samples::console_chrome("portal-users"),
            tabs: tabs(&ask.filter, &counts, &place, true),
            statuses: statuses(&ask.filter, &counts),
            terms: Some(terms(&ask.filter, &counts)),
            seen: Vec::new(),
            clients: if query.contains("client_name") {
                let choice = |name: &str| (format!("{name} (1042)"), PATH.to_owned());
                Clients::Several("mar".into(), vec![choice("Marlow Property"), choice("Marina Cranes")])
            } else {
                Clients::NotAsked
            },
            keep: address.keep(&["q", "status", "terms", "never", "client_name"]),
            chips: chips(&ask.filter, &address, None),
            clear: place.address(PATH).href(),
            count: counted(listed.total, "person", "people"),
            heads: Heads::of(&address, &ask),
            lines,
            empty: match (listed.page.rows.is_empty(), all) {
                (false, _) => Empty::Filled,
                (true, 0) => Empty::NobodyYet,
                (true, _) => Empty::NoMatch { all: PATH.into(), why: Some(why::path(&typed)) },
            },
            pager: Pager::of(&address, &place, &listed),
            may_manage: true,
            may_invite: true,
            may_add: true,
            may_delete: true,
            may_see_contacts: true,
            export: Some(Exports::of(&filters.address(place.question()))),
            whole: All::of(&filters.address(place.question()), Total::Exactly(all), 1),
            back: "?back=%2Fconsole%2Fportal-users".into(),
            running: if query.contains("sort=company") { vec![bulk::sample_running()] } else { Vec::new() },
            typed,
        })
    };
    vec![
        ("console/portal_users", page(rows.clone(), "sort=company&dir=desc&status=active", 412)),
        ("console/portal_users-named", page(rows, "client_name=mar", 412)),
        ("console/portal_users-none", page(Vec::new(), "q=zzz&never=yes", 412)),
        ("console/portal_users-empty", page(Vec::new(), "", 0)),
    ]
}
