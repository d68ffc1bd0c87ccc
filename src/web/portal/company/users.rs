//! The client's people: who gets in, in which group and role, and who is invited.

use crate::access::Charge;
use crate::act::App;
use crate::base::id::GroupId;
use crate::group::UserGroup;
use crate::language::{Html, Said};
use crate::link::people::{self, Ask, Filter, Row, Sort, Status};
use crate::listing::Listed;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, Face, PortalChrome};
use crate::web::form::Question;
use crate::web::parts::{Address, Heading, Pager, Place};
use crate::web::portal::company::keeping::Keeping;
use crate::web::portal::company::{Desk, Head, Here, Mark, role_mark, status_mark};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/company_users.html")]
struct UsersPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    lede: Said,
    /// The groups to choose from; none for somebody who looks after one alone.
    groups: Vec<GroupChoice>,
    /// How many people there are in all of them.
    everyone: String,
    action: String,
    keep: Vec<(&'static str, String)>,
    typed: String,
    heads: Heads,
    lines: Vec<Line>,
    empty: Empty,
    count: Said,
    pager: Pager,
}

struct Heads {
    name: Heading,
    group: Heading,
    role: Heading,
    status: Heading,
    last_sign_in: Heading,
}

/// A group whose people may be shown alone.
struct GroupChoice {
    id: GroupId,
    name: String,
    people: String,
    chosen: bool,
}

/// Why no rows are shown.
enum Empty {
    /// There are some.
    Filled,
    /// Nobody fits what was typed, or is in the group; all are at this address.
    NoMatch(String),
    /// The part of the list that was asked for is not there any more; it begins at this address.
    Moved(String),
}

/// One of them, as a line.
struct Line {
    /// The address of their pages.
    path: String,
    face: Face,
    name: String,
    email: String,
    group: String,
    role: Mark,
    status: Mark,
    last_sign_in: Option<Html>,
    you: bool,
    /// Whether they can be given another group or role.
    movable: bool,
    /// Whether they are in, and can be removed.
    removable: bool,
    /// Whether they are not in yet.
    invited: bool,
    /// Whether their invitation was withdrawn, so that all there is to do is to invite them again.
    withdrawn: bool,
    /// Whether a link can be mailed to them.
    mailable: bool,
    /// Whether they can be disabled, or enabled.
    keeping: Keeping,
}

/// Which of them are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Of {
    group: String,
}

/// Shows them.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    desk: Desk,
    Question(place): Question<Place>,
    Question(of): Question<Of>,
) -> Answer {
    let mut look = desk.look(&app).await?;
    let group = of.group.parse::<GroupId>().ok();
    let ask: Ask = place.ask(Filter { charge: desk.charge, group }, Sort::of_code);
    let listed = people::list(&mut look, desk.id(), &ask, &place.typed()).await?;
    let address = place.address(desk.path()).and("group", group.map(|id| id.to_string()).unwrap_or_default());
    let counts = people::per_group(&mut look, desk.id()).await?;
    let groups = match desk.charge {
        Charge::Everybody => desk.groups(&mut look).await?,
        Charge::Group(_) => Vec::new(),
    };
    let portal = desk.portal(&mut look, &chrome).await?;
    answer::page(&page(&desk, chrome, portal, (&groups, &counts), (&address, &place), &ask, &listed))
}

fn page(
    desk: &Desk,
    chrome: Chrome,
    portal: PortalChrome,
    (groups, counts): (&[UserGroup], &[(GroupId, i64)]),
    (address, place): (&Address, &Place),
    ask: &Ask,
    listed: &Listed<Row>,
) -> UsersPage {
    let heading = |code| Heading::of(address, code, ask.sort.code(), ask.direction);
    let client = desk.client.client_name.as_str();
    let lede = match desk.charge {
        Charge::Everybody => chrome.say("company-lede-admin").with("client", client),
        Charge::Group(_) => {
            chrome.say("company-lede-manager").with("group", &desk.client.group_name).with("client", client)
        }
    };
    let empty = if !listed.page.rows.is_empty() {
        Empty::Filled
    } else if listed.total.certain() > 0 {
        Empty::Moved(address.href())
    } else {
        Empty::NoMatch(desk.path())
    };
    let people = |id: GroupId| counts.iter().find(|(group, _)| *group == id).map_or(0, |(_, n)| *n);
    UsersPage {
        head: desk.head(Here::Users, &chrome),
        groups: groups
            .iter()
            .map(|group| GroupChoice {
                id: group.id,
                name: group.name.clone(),
                people: chrome.lang.number(people(group.id)),
                chosen: ask.filter.group == Some(group.id),
            })
            .collect(),
        everyone: chrome.lang.number(counts.iter().map(|(_, n)| n).sum()),
        lede,
        action: address.path().to_owned(),
        keep: address.keep(&["q", "group"]),
        typed: place.typed(),
        heads: Heads {
            name: heading("name"),
            group: heading("group"),
            role: heading("role"),
            status: heading("status"),
            last_sign_in: heading("last-sign-in"),
        },
        lines: listed.page.rows.iter().map(|row| line(desk, row, &chrome)).collect(),
        empty,
        count: chrome.say("company-count").with("count", listed.total.certain()),
        pager: Pager::of(address, place, listed),
        portal,
        chrome: titled(chrome, client),
    }
}

fn titled(chrome: Chrome, client: &str) -> Chrome {
    let title = chrome.say("company-users-of").with("client", client);
    chrome.titled(title)
}

fn line(desk: &Desk, row: &Row, page: &Chrome) -> Line {
    Line {
        path: desk.path_of(row.contact),
        face: Face::of(&row.name),
        name: row.name.clone(),
        email: row.email.clone(),
        group: row.group_name.clone(),
        role: role_mark(row.role, page),
        status: status_mark(row.status, page),
        last_sign_in: row.last_sign_in_at.map(|at| page.date(at)),
        you: desk.is_me(row),
        movable: desk.may_move(row),
        removable: desk.may_move(row) && !desk.is_me(row),
        invited: row.linked.is_none(),
        withdrawn: row.status == Status::Withdrawn,
        mailable: row.status != Status::Disabled,
        keeping: desk.keeping(row),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::page::Page;
    use crate::listing::Total;
    use crate::web::portal::company::{sample_desk, sample_groups, sample_rows};
    use crate::web::samples;
    let sample = |rows: Vec<Row>, managing: Option<GroupId>| {
        let (mut desk, portal) = sample_desk();
        let rows: Vec<Row> = rows.into_iter().filter(|row| managing.is_none_or(|group| row.group == group)).collect();
        desk.charge = managing.map_or(Charge::Everybody, Charge::Group);
        let place: Place = serde_html_form::from_str("").unwrap();
        let ask: Ask = place.ask(Filter { charge: desk.charge, group: None }, Sort::of_code);
        let total = Total::Exactly(i64::try_from(rows.len()).unwrap());
        let listed = Listed { page: Page { rows, previous: None, next: None }, total, first: Some(1) };
        let groups = if managing.is_some() { Vec::new() } else { sample_groups() };
        let counts: Vec<(GroupId, i64)> = groups.iter().map(|group| (group.id, 2)).collect();
        let address = place.address(desk.path());
        samples::rendered(&page(&desk, Chrome::bare(""), portal, (&groups, &counts), (&address, &place), &ask, &listed))
    };
    let finance = GroupId(uuid::Uuid::from_u128(8));
    vec![
        ("portal/company_users", sample(sample_rows(), None)),
        ("portal/company_users-manager", sample(sample_rows(), Some(finance))),
        ("portal/company_users-none", sample(Vec::new(), None)),
    ]
}
