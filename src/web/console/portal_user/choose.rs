//! The client that a portal user is added at, or linked to, found while typing (P4).

use crate::access::Permission;
use crate::act::Look;
use crate::base::Result;
use crate::base::page::PageSize;
use crate::client::list::{self, Ask};
use crate::portal_user::PortalUser;
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::parts::{Address, Place};
use askama::Template;
use serde::Deserialize;

/// Where somebody is added.
pub(super) const PATH: &str = "/console/portal-users/new";
/// How many clients are offered at once.
const MOST_CLIENTS: u16 = 10;

#[derive(Template)]
#[template(path = "console/portal_user_client.html")]
pub(super) struct ClientPage {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    person: Option<String>,
    keep: Vec<(&'static str, String)>,
    clients: Vec<ClientChoice>,
    count: String,
    may_add_client: bool,
}

/// A client that somebody may be added at.
pub(super) struct ClientChoice {
    href: String,
    name: String,
    reference: String,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) client: String,
    pub(super) user: String,
}

impl Asked {
    pub(super) fn address(&self) -> Address {
        Address::of(PATH).and("user", self.user.as_str())
    }
}

/// The clients to choose from.
pub(super) async fn clients(
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    place: &Place,
    asked: &Asked,
    user: Option<&PortalUser>,
) -> Result<ClientPage> {
    let ask =
        Ask { size: PageSize::asked(Some(MOST_CLIENTS)), ..place.ask(list::Filter::default(), list::Sort::of_code) };
    let listed = list::list(look, &ask).await?;
    let clients = listed.page.rows.iter().map(|row| ClientChoice {
        href: asked.address().and("client", row.id.to_string()).href(),
        name: row.name.to_string(),
        reference: row.reference.to_string(),
    });
    Ok(ClientPage {
        chrome: chrome
            .titled(user.map_or("Add New User".to_owned(), |user| format!("Link {} to another client", user.name))),
        console: staff.chrome(look, "portal-users").await?,
        typed: place.typed(),
        person: user.map(|user| user.name.clone()),
        keep: asked.address().keep(&[]),
        clients: clients.collect(),
        count: match (listed.page.rows.len(), listed.page.next) {
            (0, _) => "No client fits".into(),
            (n, Some(_)) => format!("The first {n} of {}", listed.total),
            (_, None) => format!("{} found", listed.total),
        },
        may_add_client: staff.actor.may(Permission::ClientsEdit),
    })
}

/// How the page looks.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let chooser = |person: Option<&str>, names: &[&str]| {
        samples::rendered(&ClientPage {
            chrome: Chrome::bare("Add New User"),
            console: samples::console_chrome("portal-users"),
            typed: String::new(),
            person: person.map(str::to_owned),
            keep: vec![("user", "1".into())],
            clients: names
                .iter()
                .map(|name| ClientChoice { href: PATH.into(), name: (*name).into(), reference: "C-1041".into() })
                .collect(),
            count: format!("{} found", names.len()),
            may_add_client: true,
        })
    };
    vec![
        ("console/portal_user_client", chooser(None, &["Bramble Civil", "Marlow Property Group"])),
        ("console/portal_user_client-none", chooser(Some("Devika Rao"), &[])),
    ]
}
