//! Search everything (Ctrl K): people, clients, pages and what can be done, from any page of the console. Without script it
//! is a page; with script the same page's findings show in a dialog while somebody types.

pub mod best;
mod goals;

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::Result;
use crate::base::text::{Email, fold};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::portal_user::path_of;
use crate::web::console::{Staff, count, why};
use crate::web::form::Question;
use crate::web::parts::{Address, Badge, Place};
use crate::{client, contact, portal_user};
use askama::Template;
use axum::extract::State;
use best::Typed;

/// How many of each kind are shown.
const MOST: usize = 5;

#[derive(Template)]
#[template(path = "console/search.html")]
struct Search {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    said: String,
    groups: Vec<Group>,
}

/// What was found of one kind.
struct Group {
    id: &'static str,
    title: &'static str,
    hits: Vec<Hit>,
}

/// One thing that was found: a line that leads to it.
struct Hit {
    href: String,
    mark: Mark,
    title: String,
    sub: String,
    badge: Option<Badge>,
}

/// What stands before a line.
enum Mark {
    /// Somebody's initials.
    Person(Face),
    /// A client's.
    Client(Face),
    /// A page's icon.
    Icon(&'static str),
}

impl Hit {
    fn goal(href: impl Into<String>, icon: &'static str, title: impl Into<String>) -> Self {
        Self { href: href.into(), mark: Mark::Icon(icon), title: title.into(), sub: String::new(), badge: None }
    }
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Question(place): Question<Place>) -> Answer {
    let typed = place.typed();
    let mut look = staff.look(&app).await?;
    let groups = find(&mut look, &staff, &typed).await?;
    answer::page(&Search {
        chrome: chrome.titled("Search"),
        console: staff.chrome(&mut look, "search").await?,
        said: said(&typed, &groups),
        typed,
        groups,
    })
}

async fn find(look: &mut Look, staff: &Staff, typed: &str) -> Result<Vec<Group>> {
    let asks_why = why::asked_in(typed);
    let mut groups = Vec::new();
    if let Some(whom) = asks_why.filter(|_| staff.actor.may(Permission::PortalUsersView)) {
        let hit = Hit::goal(why::path(whom), "help", format!("Why can’t {whom} get in?"));
        groups.push(Group { id: "why", title: "Access", hits: vec![hit] });
    }
    if let Some(text) = Typed::of(asks_why.unwrap_or(typed)) {
        groups.extend(records(look, staff, &text, asks_why.unwrap_or(typed)).await?);
    }
    let folded = fold(typed).replace('’', "'");
    let mut goals: Vec<Hit> =
        goals::matching(staff, &folded).map(|goal| Hit::goal(goal.href, goal.icon, goal.text)).collect();
    if Email::parse(typed).is_ok() && staff.actor.may(Permission::PortalUsersView) {
        goals.push(Hit::goal(why::path(typed), "help", format!("Why can’t {typed} get in?")));
    }
    groups.push(Group { id: "goals", title: "Pages and actions", hits: goals });
    groups.retain(|group| !group.hits.is_empty());
    Ok(groups)
}

/// People and clients, as far as the staff member may see them.
async fn records(look: &mut Look, staff: &Staff, text: &Typed, typed: &str) -> Result<Vec<Group>> {
    let mut groups = Vec::new();
    if staff.actor.may(Permission::PortalUsersView) {
        let hits = best::portal_users(look, text, MOST).await?.into_iter().map(Hit::from).collect();
        groups.push(group("users", "Portal users", hits, "/console/portal-users", typed));
    }
    if staff.actor.may(Permission::ClientsView) {
        let hits = best::contacts(look, text, MOST).await?.into_iter().map(Hit::from).collect();
        groups.push(group("contacts", "Contacts", hits, "/console/contacts", typed));
        let hits = best::clients(look, text, MOST).await?.into_iter().map(Hit::from).collect();
        groups.push(group("clients", "Clients", hits, "/console/clients", typed));
    }
    Ok(groups)
}

/// What was found in a list; where there may be more, with the way to all of it.
fn group(id: &'static str, title: &'static str, mut hits: Vec<Hit>, list: &'static str, typed: &str) -> Group {
    if hits.len() >= MOST {
        let all = format!("All {} with “{typed}”", title.to_lowercase());
        hits.push(Hit::goal(Address::of(list).and("q", typed).href(), "search", all));
    }
    Group { id, title, hits }
}

/// How much was found, in words that are also spoken.
fn said(typed: &str, groups: &[Group]) -> String {
    let found: usize = groups.iter().map(|group| group.hits.len()).sum();
    match (found, typed.is_empty()) {
        (0, _) => format!("Nothing fits “{typed}”. Try part of a name, an email address or a client’s reference."),
        (_, true) => "Type a name, an email address, a client’s reference, or what you want to do.".into(),
        (n, false) => count(i64::try_from(n).unwrap_or(i64::MAX), "result", "results"),
    }
}

/// Two parts of a line, as far as they are there.
fn joined(one: &str, other: &str) -> String {
    if other.is_empty() { one.to_owned() } else { format!("{one} · {other}") }
}

impl From<portal_user::list::Row> for Hit {
    fn from(row: portal_user::list::Row) -> Self {
        Self {
            href: path_of(row.id),
            mark: Mark::Person(Face::of(&row.name)),
            sub: joined(row.email.as_str(), &row.company),
            title: row.name,
            badge: Some(row.status.into()),
        }
    }
}

impl From<contact::list::Row> for Hit {
    fn from(row: contact::list::Row) -> Self {
        Self {
            href: format!("/console/contacts/{}", row.id),
            mark: Mark::Person(Face::of(&row.name)),
            sub: joined(row.email.as_str(), &row.company),
            title: row.name,
            badge: Some(row.standing.into()),
        }
    }
}

impl From<client::list::Row> for Hit {
    fn from(row: client::list::Row) -> Self {
        let email = row.email.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            href: format!("/console/clients/{}", row.id),
            mark: Mark::Client(Face::of(row.name.as_str())),
            sub: joined(row.reference.as_str(), &email),
            title: row.name.to_string(),
            badge: (row.status == client::Status::Exited).then(|| row.status.into()),
        }
    }
}

/// How the page looks: before anything is typed, with something of each kind, and in vain.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |typed: &str, mut groups: Vec<Group>| {
        let goals = goals::matching(&samples::staff(), &fold(typed))
            .map(|goal| Hit::goal(goal.href, goal.icon, goal.text))
            .collect::<Vec<_>>();
        if !goals.is_empty() {
            groups.push(Group { id: "goals", title: "Pages and actions", hits: goals });
        }
        samples::rendered(&Search {
            chrome: Chrome::bare("Search"),
            console: samples::console_chrome("search"),
            said: said(typed, &groups),
            typed: typed.into(),
            groups,
        })
    };
    let hit = |name: &str, sub: &str, badge: Option<Badge>| Hit {
        href: "/console/contacts/1".into(),
        mark: Mark::Person(Face::of(name)),
        title: name.into(),
        sub: sub.into(),
        badge,
    };
    let long = "meilin.castellanos-whitford@lanternstreettheatre.example.com · Lantern Street Theatre";
    let some = vec![
        group(
            "users",
            "Portal users",
            vec![
                hit("Devika Rao", "devika.rao@bramble.example.com", Some(portal_user::Status::Active.into())),
                hit("Mei-Lin Castellanos-Whitford", long, Some(portal_user::Status::Disabled.into())),
            ],
            "/console/portal-users",
            "i",
        ),
        Group { id: "clients", title: "Clients", hits: vec![hit("Bramble Civil", "BRC-01", None)] },
    ];
    vec![
        ("console/search", page("", Vec::new())),
        ("console/search-found", page("i", some)),
        ("console/search-none", page("<b>zzz", Vec::new())),
    ]
}
