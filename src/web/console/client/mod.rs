//! One client (C1): an overview, its contacts, its users and groups, its records, what happened, and its details to change.

mod activity;
mod add;
mod contacts;
mod edit;
mod groups;
mod overview;
mod records;
mod users;

pub use activity::show as activity;
pub use add::{add, page as add_page};
pub use contacts::show as contacts;
pub use edit::{edit, page as edit_page};
pub use groups::{
    ask_delegate, ask_delete as ask_delete_group, ask_take_back, delegate, delete as delete_group, edit as edit_group,
    edit_page as group_page, new as new_group, new_page as new_group_page, take_back,
};
pub use overview::show;
pub use records::show as records;
pub use users::show as users;

use crate::access::{Permission, RecordKind};
use crate::act::Scope;
use crate::base::id::ClientId;
use crate::base::{Error, Result};
use crate::client::{self, Client};
use crate::contact::{self, Standing};
use crate::web::chrome::Face;
use crate::web::console::{Staff, number};
use crate::web::parts::{Badge, Tab};

/// What stands above every tab of a client.
struct Head {
    path: String,
    name: String,
    face: Face,
    sub: String,
    badge: Option<Badge>,
    tabs: Vec<Tab>,
    may_edit: bool,
    /// Where a portal user of the client is added, on the page that lists them.
    add_user: Option<String>,
    /// What can be shared with the client, on the page that lists it: the words, the address, the icon.
    share: Vec<(&'static str, String, &'static str)>,
}

/// A tab of a client's page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Overview,
    Contacts,
    Users,
    Records,
    Activity,
}

/// The client, how many of its contacts stand how to the portal, and the head of its pages.
struct Found {
    client: Client,
    standings: Vec<(Standing, i64)>,
    head: Head,
}

/// What stands where entries of the log come, before there are any.
fn nothing_yet(client: &Client) -> String {
    format!("What happens to {} and its people shows up here.", client.name)
}

/// The ways to share something with the client at this address.
fn shares(path: &str) -> Vec<(&'static str, String, &'static str)> {
    RecordKind::ALL
        .iter()
        .map(|kind| (kind.one(), format!("{path}/records/new?kind={}", kind.code()), kind.icon()))
        .collect()
}

/// How many stand so.
fn of(standings: &[(Standing, i64)], standing: Standing) -> i64 {
    standings.iter().find(|(s, _)| *s == standing).map_or(0, |(_, n)| *n)
}

async fn find(scope: &mut Scope, staff: &Staff, id: &str, here: Here) -> Result<Found> {
    let id: ClientId = id.parse().map_err(|_| Error::NotFound("The client"))?;
    let client = client::store::find(scope, id).await?;
    let standings = contact::store::standings(scope, id).await?;
    let path = format!("/console/clients/{id}");
    let all: i64 = standings.iter().map(|(_, n)| n).sum();
    let tab = |tab: Here, text: &str, under: &str, n: Option<i64>| Tab {
        text: text.to_owned(),
        href: format!("{path}{under}"),
        count: n.map(number),
        here: tab == here,
    };
    let mut tabs = vec![
        tab(Here::Overview, "Overview", "", None),
        tab(Here::Contacts, "Contacts", "/contacts", Some(all)),
        tab(Here::Users, "Users & groups", "/users", Some(of(&standings, Standing::Connected))),
        tab(Here::Records, "Records", "/records", None),
        tab(Here::Activity, "Activity", "/activity", None),
    ];
    if !staff.actor.may(Permission::PortalUsersView) {
        tabs.retain(|tab| !tab.href.ends_with("/users"));
    }
    let head = Head {
        name: client.name.to_string(),
        face: Face::of(client.name.as_str()),
        sub: format!("{}, client since {}", client.reference, client.created_at.day()),
        badge: Some(client.status.into()),
        tabs,
        may_edit: staff.actor.may(Permission::ClientsEdit),
        add_user: (here == Here::Users && staff.actor.may(Permission::PortalUsersAdd))
            .then(|| format!("/console/portal-users/new?client={id}")),
        share: if here == Here::Records && staff.actor.may(Permission::RecordsShare) { shares(&path) } else { vec![] },
        path,
    };
    Ok(Found { client, standings, head })
}

/// The pages as samples.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    [
        overview::samples(),
        contacts::samples(),
        users::samples(),
        records::samples(),
        activity::samples(),
        add::samples(),
        edit::samples(),
        groups::samples(),
    ]
    .concat()
}

#[cfg(test)]
fn sample_head(here: Here) -> Head {
    let tab = |tab: Here, text: &str, count: Option<&str>| Tab {
        text: text.into(),
        href: "/console/clients/110".into(),
        count: count.map(ToOwned::to_owned),
        here: tab == here,
    };
    Head {
        path: "/console/clients/110".into(),
        name: "Marlow Property Group".into(),
        face: Face::of("Marlow Property Group"),
        sub: "C-1120, client since 22 Nov 2026".into(),
        badge: Some(client::Status::Active.into()),
        tabs: vec![
            tab(Here::Overview, "Overview", None),
            tab(Here::Contacts, "Contacts", Some("9")),
            tab(Here::Users, "Users & groups", Some("6")),
            tab(Here::Records, "Records", None),
            tab(Here::Activity, "Activity", None),
        ],
        may_edit: true,
        add_user: (here == Here::Users).then(|| "/console/portal-users/new?client=110".into()),
        share: if here == Here::Records { shares("/console/clients/110") } else { vec![] },
    }
}
