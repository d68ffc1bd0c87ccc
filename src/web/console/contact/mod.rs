//! One contact: its details, how it stands to the portal, every invitation, what happened (C2 to C4, rule 5).

mod acts;
mod add;
mod block;
mod edit;
mod mails;
mod mismatch;
mod portal;

pub use acts::{invite, withdraw};
pub use add::{add, page as add_page};
pub use block::{block, block_page, unblock, unblock_page};
pub use edit::edit;
pub use mails::choose as choose_mails;
pub use mismatch::{Notices, settle};

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::id::{ClientId, ContactId};
use crate::base::{Error, Problems};
use crate::client;
use crate::contact::{self, Contact, Typed};
use crate::invitation;
use crate::record::tell;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::console::activity::Activity;
use crate::web::console::clash::Clash;
use crate::web::console::errand::Subject;
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::{Path, State};
use mails::Mails;
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
    notices: Notices,
    version: i64,
    unsaved: &'static str,
    clash: Option<Clash>,
    may_edit: bool,
    panel: Panel,
    mails: Mails,
    invitations: Vec<InvitationLine>,
    activity: Activity,
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

impl Subject for ContactId {
    fn named(text: &str) -> Result<Self, Error> {
        id_of(text)
    }

    fn path(self) -> String {
        path_of(self)
    }
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
    let empty = "What happens to this contact shows up here.".to_owned();
    let activity = Activity::about(look, staff, contact.id.0, MOST_EVENTS, empty).await?;
    let title = contact.details.title.as_ref();
    let notices = Notices::read(look, &contact).await?;
    let mails = Mails::of(staff, &tell::choice(look, contact.id).await?);
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
        notices,
        version: contact.version,
        unsaved: "",
        clash: None,
        may_edit: staff.actor.may(Permission::ClientsEdit),
        panel,
        mails,
        invitations: invitations.iter().map(InvitationLine::from).collect(),
        activity,
    })
}

/// How the page looks: in every state of the contact, with mistakes, and after somebody else was quicker.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let typed = || Typed {
        first_name: "Joel".into(),
        last_name: "Okafor".into(),
        title: "Building manager".into(),
        email: "joel@marlow.example.com".into(),
        cell_phone: "0491 570 156".into(),
        office_phone: "08 5550 0142".into(),
        extension: "204".into(),
    };
    let page = |panel: Panel| Page {
        chrome: Chrome::bare("Joel Okafor, contact at Marlow Property Group"),
        console: samples::console_chrome("contacts"),
        problems: Problems::default(),
        path: "/console/contacts/6".into(),
        client_path: "/console/clients/110".into(),
        contacts_path: "/console/clients/110/contacts".into(),
        company: "Marlow Property Group".into(),
        name: "Joel Okafor".into(),
        first_name: "Joel".into(),
        face: Face::of("Joel Okafor"),
        sub: "Building manager, Marlow Property Group".into(),
        badge: Some(panel.badge.clone()),
        typed: typed(),
        notices: mismatch::sample(),
        version: 3,
        unsaved: "",
        clash: None,
        may_edit: true,
        panel,
        mails: mails::sample(),
        invitations: portal::sample_invitations(),
        activity: {
            let [some, ..] = crate::web::console::activity::samples();
            some
        },
    };
    let clash = crate::web::console::clash::sample("contact");
    let wrong = Problems::one("email", "Enter an email address like name@example.com.");
    let mut all: Vec<(&'static str, String)> =
        portal::sample_panels().into_iter().map(|(name, panel)| (name, samples::rendered(&page(panel)))).collect();
    let panel = || portal::sample_panels().remove(0).1;
    all.extend([
        ("console/contact-clash", samples::rendered(&Page { clash: Some(clash), ..page(panel()) })),
        ("console/contact-wrong", samples::rendered(&Page { problems: wrong, ..page(panel()) })),
        ("console/contact-looked-at", samples::rendered(&Page { may_edit: false, ..page(panel()) })),
    ]);
    all.extend(add::samples());
    all.extend(block::samples());
    all
}
