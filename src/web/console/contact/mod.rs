//! One contact: its details, how it stands to the portal, every invitation, what happened (C2 to C4, rule 5).

mod acts;
mod add;
mod block;
mod edit;
mod portal;

pub use acts::{invite, withdraw};
pub use add::{add, page as add_page};
pub use block::{block, block_page, unblock, unblock_page};
pub use edit::edit;

use crate::access::Permission;
use crate::act::{App, Look};
use crate::audit;
use crate::base::id::{ClientId, ContactId};
use crate::base::{Error, Problems};
use crate::client;
use crate::contact::{self, Contact, Typed};
use crate::invitation;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::parts::Badge;
use crate::web::timeline::Event;
use askama::Template;
use axum::extract::{Path, State};
use edit::Clash;
use portal::{InvitationLine, Panel, PanelState};

/// What becomes of an invitation while the portal is off.
pub const HELD: &str = "The client portal is off: the invitation is held, and leaves when the portal is switched on.";
/// How many entries of the log the page shows.
const MOST_EVENTS: i64 = 30;
/// How many invitations the page shows.
const MOST_INVITATIONS: i64 = 50;

#[derive(Template)]
#[template(path = "console/contact.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    path: String,
    client_path: String,
    contacts_path: String,
    company: String,
    name: String,
    first_name: String,
    face: Face,
    sub: String,
    badge: Option<Badge>,
    typed: Typed,
    version: i64,
    unsaved: &'static str,
    clash: Option<Clash>,
    may_edit: bool,
    panel: Panel,
    invitations: Vec<InvitationLine>,
    events: Vec<Event>,
}

/// Where a contact's page is.
#[must_use]
pub fn path_of(id: ContactId) -> String {
    format!("/console/contacts/{id}")
}

/// The id in an address; what is none is like a contact that never was.
fn id_of(text: &str) -> Result<ContactId, Error> {
    text.parse().map_err(|_| Error::NotFound("The contact"))
}

/// The id of a client in an address.
fn client_of(text: &str) -> Result<ClientId, Error> {
    text.parse().map_err(|_| Error::NotFound("The client"))
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let contact = contact::store::find(&mut look, id_of(&id)?).await?;
    answer::page(&load(&mut look, chrome, &staff, contact).await?)
}

async fn load(look: &mut Look, chrome: Chrome, staff: &Staff, contact: Contact) -> Result<Page, Error> {
    let client = client::store::find(look, contact.client_id).await?;
    let invitations = invitation::list::of_contact(look, contact.id, MOST_INVITATIONS).await?;
    let panel = portal::panel(look, staff, &contact, &client, &invitations).await?;
    let business = look.business;
    let events = audit::about(&mut look.tx, business, contact.id.0, MOST_EVENTS).await?;
    let title = contact.details.title.as_ref();
    Ok(Page {
        chrome: chrome.titled(format!("{}, contact at {}", contact.name(), client.name)),
        console: staff.chrome(look, "contacts").await?,
        problems: Problems::default(),
        path: path_of(contact.id),
        client_path: format!("/console/clients/{}", client.id),
        contacts_path: format!("/console/clients/{}/contacts", client.id),
        company: client.name.to_string(),
        name: contact.name(),
        first_name: contact.details.first_name.to_string(),
        face: Face::of(&contact.name()),
        sub: title.map_or_else(|| client.name.to_string(), |title| format!("{title}, {}", client.name)),
        badge: Some(panel.badge.clone()),
        typed: Typed::from(&contact.details),
        version: contact.version,
        unsaved: "",
        clash: None,
        may_edit: staff.actor.may(Permission::ClientsEdit),
        panel,
        invitations: invitations.iter().map(InvitationLine::from).collect(),
        events: events.iter().map(Event::from).collect(),
    })
}
