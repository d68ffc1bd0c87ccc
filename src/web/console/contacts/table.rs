//! The table of contacts, as the list of all and as a client's own show it.

use crate::access::Permission;
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, ContactId};
use crate::base::page::Position;
use crate::contact::Standing;
use crate::contact::list::{self, Ask, Filter, Row, Sort};
use crate::invitation::{self, Progress};
use crate::listing::Listed;
use crate::web::chrome::Face;
use crate::web::console::bulk::All;
use crate::web::console::{Staff, counted, number};
use crate::web::parts::{Address, Badge, Chip, FilterBox, Heading, Pager, Place, chosen, here};
use axum::http::Uri;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// What contacts are filtered by, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    pub(super) standing: Vec<String>,
}

/// The table, with what stands around it.
pub struct Table {
    pub action: String,
    pub typed: String,
    pub keep: Vec<(&'static str, String)>,
    pub standings: Vec<FilterBox>,
    pub chips: Vec<Chip>,
    pub clear: String,
    pub count: String,
    pub heads: Heads,
    pub lines: Vec<Line>,
    pub empty: Empty,
    pub pager: Pager,
    pub back: String,
    /// The box that stands for all of the list.
    pub all: All,
    /// Whether the client stands in a column of its own.
    pub shows_client: bool,
    pub may_invite: bool,
    pub may_block: bool,
}

/// The heads of the columns that sort.
pub struct Heads {
    pub name: Heading,
    pub email: Heading,
    pub company: Heading,
}

/// One contact, as a line.
pub struct Line {
    pub id: String,
    pub client: String,
    pub name: String,
    pub face: Face,
    pub email: String,
    pub company: String,
    pub cell_phone: String,
    pub standing: Standing,
    pub badge: Badge,
    /// How far the open invitation has come, or why it did not arrive; may be empty.
    pub note: String,
}

/// Why there are no lines.
pub enum Empty {
    /// There are some.
    Filled,
    /// There are no contacts yet.
    NobodyYet,
    /// What was here has gone meanwhile; the list goes on elsewhere.
    Moved(String),
    /// Nothing fits the filter and the search.
    NoMatch(String),
}

impl From<Standing> for Badge {
    fn from(standing: Standing) -> Self {
        let (tone, icon) = match standing {
            Standing::None => ("ring", ""),
            Standing::Invited => ("info ring", ""),
            Standing::Connected => ("ok", "link"),
            Standing::Blocked => ("bad", "ban"),
        };
        Self { text: standing.label(), tone, icon }
    }
}

/// Whose contacts.
#[derive(Clone, Copy)]
pub enum Of {
    /// All of the business.
    Business,
    /// One client's.
    Client(ClientId),
}

impl Filters {
    /// How the contacts that are kept stand to the portal.
    pub fn standings(&self) -> Vec<Standing> {
        chosen(&self.standing, Standing::ALL, Standing::code)
    }

    /// The list's address with the filters in use, and no others.
    pub fn address(&self, address: Address) -> Address {
        self.standings().iter().fold(address, |address, standing| address.and("standing", standing.code()))
    }
}

impl Table {
    /// Reads it. `counts` tells how many contacts there are of each standing, `path` where the list is.
    pub async fn read(
        scope: &mut Scope,
        staff: &Staff,
        of: Of,
        counts: &[(Standing, i64)],
        (path, uri): (&str, &Uri),
        (place, filters): (&Place, &Filters),
    ) -> Result<Self> {
        let ask = ask(of, place, filters);
        let listed = list::list(scope, &ask).await?;
        let invited = |row: &&Row| row.standing == Standing::Invited;
        let invited: Vec<ContactId> = listed.page.rows.iter().filter(invited).map(|row| row.id).collect();
        let open = invitation::list::open_of(scope, &invited).await?;
        let here = here(uri, path);
        let mut table = Self::of(staff, &ask, counts, (path, here), (place, filters), &listed);
        for line in &mut table.lines {
            if let Some(invitation) = open.iter().find(|invitation| invitation.contact_id.to_string() == line.id) {
                line.say(invitation);
            }
        }
        Ok(table)
    }

    /// The same of what was read.
    fn of(
        staff: &Staff,
        ask: &Ask,
        counts: &[(Standing, i64)],
        (path, here): (&str, &str),
        (place, filters): (&Place, &Filters),
        listed: &Listed<Row>,
    ) -> Self {
        let standings = &ask.filter.standings;
        let address = filters.address(place.address(path));
        let all: i64 = counts.iter().map(|(_, n)| n).sum();
        let empty = match (listed.page.rows.is_empty(), all, &ask.position) {
            (false, ..) => Empty::Filled,
            (true, 0, _) => Empty::NobodyYet,
            (true, _, Position::After(_) | Position::Before(_)) => Empty::Moved(address.href()),
            (true, ..) => Empty::NoMatch(path.to_owned()),
        };
        let head = |sort: Sort| Heading::of(&address, sort.code(), ask.sort.code(), ask.direction);
        Self {
            action: path.to_owned(),
            typed: place.typed(),
            keep: address.keep(&["q", "standing"]),
            standings: boxes(standings, counts),
            chips: chips(standings, &address),
            clear: place.address(path).href(),
            count: counted(listed.total, "contact", "contacts"),
            heads: Heads { name: head(Sort::Name), email: head(Sort::Email), company: head(Sort::Company) },
            lines: listed.page.rows.iter().map(Line::from).collect(),
            empty,
            pager: Pager::of(&address, place, listed),
            back: utf8_percent_encode(here, NON_ALPHANUMERIC).to_string(),
            all: All::of(&all_of(ask, place, filters), listed.total, listed.page.rows.len()),
            shows_client: ask.filter.client.is_none(),
            may_invite: staff.actor.may(Permission::ContactsInvite),
            may_block: staff.actor.may(Permission::ContactsBlock),
        }
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        5 + usize::from(self.may_invite) + usize::from(self.shows_client)
    }
}

fn ask(of: Of, place: &Place, filters: &Filters) -> Ask {
    let client = match of {
        Of::Business => None,
        Of::Client(client) => Some(client),
    };
    place.ask(Filter { standings: filters.standings(), client }, Sort::of_code)
}

/// The list's own question, with the client that it is about.
fn all_of(ask: &Ask, place: &Place, filters: &Filters) -> Address {
    let client = ask.filter.client.map(|client| client.to_string()).unwrap_or_default();
    filters.address(place.question()).and("client", client)
}

fn boxes(chosen: &[Standing], counts: &[(Standing, i64)]) -> Vec<FilterBox> {
    let boxes = counts.iter().map(|(standing, n)| FilterBox {
        value: standing.code().into(),
        text: standing.label().into(),
        count: Some(number(*n)),
        checked: chosen.contains(standing),
    });
    boxes.collect()
}

fn chips(chosen: &[Standing], address: &Address) -> Vec<Chip> {
    let chips = chosen.iter().map(|standing| Chip {
        text: format!("Portal: {}", standing.label()),
        without: address.clone().without_value("standing", standing.code()).href(),
    });
    chips.collect()
}

impl Line {
    /// Says how far the open invitation has come: what needs somebody stands in the badge.
    fn say(&mut self, invitation: &invitation::list::Row) {
        match invitation.progress {
            Progress::Bounced | Progress::NotSent => {
                self.badge = invitation.progress.into();
                self.note = invitation.mail_error.clone().unwrap_or_default();
            }
            Progress::Expired => self.badge = Badge { text: "Invitation expired", tone: "warn", icon: "clock" },
            other => self.note = other.label().to_owned(),
        }
    }
}

impl From<&Row> for Line {
    fn from(row: &Row) -> Self {
        Self {
            id: row.id.to_string(),
            client: row.client_id.to_string(),
            name: row.name.clone(),
            face: Face::of(&row.name),
            email: row.email.to_string(),
            company: row.company.clone(),
            cell_phone: row.cell_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            standing: row.standing,
            badge: row.standing.into(),
            note: String::new(),
        }
    }
}

/// How the table looks, as an address asks for it.
#[cfg(test)]
pub fn sample(of: Of, path: &str, query: &str, rows: Vec<Row>) -> Table {
    use crate::base::page::Page;
    use crate::listing::Total;
    use crate::web::samples;
    let place: Place = serde_html_form::from_str(query).unwrap();
    let filters: Filters = serde_html_form::from_str(query).unwrap();
    let counts: Vec<_> = Standing::ALL.iter().map(|s| (*s, if path.contains("none-yet") { 0 } else { 7 })).collect();
    let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
    let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
    Table::of(&samples::staff(), &ask(of, &place, &filters), &counts, (path, path), (&place, &filters), &listed)
}

/// Three contacts that stand in three ways.
#[cfg(test)]
pub fn sample_rows() -> Vec<Row> {
    use crate::base::text::{Email, Phone};
    let row = |n: u128, name: &str, email: &str, company: &str, standing: Standing| Row {
        id: ContactId(uuid::Uuid::from_u128(n)),
        client_id: ClientId(uuid::Uuid::from_u128(110)),
        name: name.into(),
        email: Email::parse(email).unwrap(),
        company: company.into(),
        title: None,
        standing,
        cell_phone: Phone::parse_optional(if n == 3 { "" } else { "0491 570 006" }).unwrap(),
    };
    vec![
        row(1, "Devika Rao", "devika.rao@bramble.example.com", "Bramble Civil", Standing::Connected),
        row(2, "Lucy Nakamura", "lucy.nakamura@marlow.example.com", "Marlow Property Group", Standing::Invited),
        row(3, "Mei-Lin Castellanos-Whitford", "meilin.castellanos-whitford@lantern.test", "Lantern", Standing::None),
        row(4, "Joel Okafor", "joel@marlow.example.com", "Marlow Property Group", Standing::Blocked),
    ]
}
