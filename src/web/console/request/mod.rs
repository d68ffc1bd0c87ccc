//! One access request (C6): what was asked, whom it may mean, and the decision.

mod new;
mod refuse;

pub use new::{new, new_page};
pub use refuse::{refuse, refuse_page};

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::id::{ContactId, RequestId};
use crate::base::{Error, Problems, Result};
use crate::contact::{self, Contact, Standing};
use crate::invitation::{self, Invitation, Side, State as Stage};
use crate::request::acts;
use crate::request::{self, Nearest, Request};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::contact::path_of as contact_path;
use crate::web::console::{Staff, count};
use crate::web::form::{Form, Question};
use crate::web::parts::{Badge, Place};
use askama::Template;
use axum::extract::{Path, State};
use serde::Deserialize;

const QUEUE: &str = "/console/requests";

#[derive(Template)]
#[template(path = "console/request.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    path: String,
    email: String,
    facts: Facts,
    badge: Option<Badge>,
    /// Who decided, and whom that invited.
    decided: Option<Decided>,
    typed: String,
    people: Vec<Near>,
    clients: Vec<AtClient>,
    may_approve: bool,
    may_see: bool,
    may_add: bool,
}

/// What was asked.
struct Facts {
    name: String,
    reference: String,
    asked: (String, String),
    times: String,
    address: String,
}

/// What became of it.
struct Decided {
    by: String,
    at: (String, String),
    contact: Option<Invited>,
}

/// The contact that was invited, at the address on record.
struct Invited {
    path: String,
    name: String,
    email: String,
}

impl From<&Contact> for Invited {
    fn from(contact: &Contact) -> Self {
        Self { path: contact_path(contact.id), name: contact.name(), email: contact.details.email.to_string() }
    }
}

/// A contact that may be meant.
struct Near {
    id: String,
    path: String,
    name: String,
    face: Face,
    email: String,
    company: String,
    badge: Badge,
    /// Whether the address on record is another than the one that was typed.
    other_address: bool,
    /// Which of the client's own people invited them last, and as what; whoever approves decides about that, too.
    brought: Option<String>,
    /// Whether it can be invited.
    may_be_invited: bool,
}

/// A client at which a contact may be added.
struct AtClient {
    href: String,
    name: String,
    reference: String,
}

fn id_of(text: &str) -> Result<RequestId> {
    text.parse().map_err(|_| Error::NotFound("The access request"))
}

fn path_of(id: RequestId) -> String {
    format!("{QUEUE}/{id}")
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Question(place): Question<Place>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let request = request::store::find(&mut look, id_of(&id)?).await?;
    answer::page(&load(&mut look, chrome, &staff, &request, &place).await?)
}

async fn load(look: &mut Look, chrome: Chrome, staff: &Staff, request: &Request, place: &Place) -> Result<Page> {
    let may = |permission: Permission| staff.actor.may(permission);
    let may_see = may(Permission::ClientsView);
    let nearest = if may_see && request.state.is_open() {
        let ask: contact::list::Ask = place.ask(contact::list::Filter::default(), |_| None);
        request::nearest(look, request, ask.search).await?
    } else {
        Nearest::default()
    };
    let decided = match request.decided_at {
        Some(at) => Some(Decided {
            by: request.decided_by.clone().unwrap_or_default(),
            at: (at.rfc3339(), at.words()),
            contact: match request.contact_id {
                Some(id) => Some(Invited::from(&contact::store::find(look, id).await?)),
                None => None,
            },
        }),
        None => None,
    };
    let mut people = Vec::with_capacity(nearest.contacts.len());
    for contact in &nearest.contacts {
        let newest = invitation::store::newest_of(look, contact.id).await?;
        let brought = newest.filter(|newest| newest.inviter == Side::Client && newest.state != Stage::Accepted);
        people.push(Near { brought: brought.as_ref().map(brought_by), ..Near::of(contact, request) });
    }
    let path = path_of(request.id);
    let email = request.email.to_string();
    Ok(Page {
        chrome: chrome.titled(format!("Access request of {email}")),
        console: staff.chrome(look, "requests").await?,
        problems: Problems::default(),
        facts: Facts {
            name: request.name.clone(),
            reference: request.reference.to_string(),
            asked: (request.asked_at.rfc3339(), request.asked_at.words()),
            times: if request.times > 1 { count(request.times, "time", "times") } else { String::new() },
            address: request.address.clone(),
        },
        badge: Some(request.state.into()),
        decided,
        typed: place.typed(),
        people,
        clients: nearest
            .clients
            .iter()
            .map(|client| AtClient {
                href: format!("{path}/new?client={}", client.id),
                name: client.name.clone(),
                reference: client.reference.clone(),
            })
            .collect(),
        may_approve: request.state.is_open() && may(Permission::ContactsInvite),
        may_see,
        may_add: may(Permission::ClientsEdit) && may(Permission::ContactsInvite),
        path,
        email,
    })
}

/// Who of a client's own people invited somebody, and as what.
fn brought_by(invitation: &Invitation) -> String {
    let by = &invitation.invited_by_name;
    format!("Last invited by {by}, one of the client’s own people, as {}", invitation.role.label())
}

impl Near {
    fn of(contact: &Contact, request: &Request) -> Self {
        let standing = contact.portal.standing();
        Self {
            id: contact.id.to_string(),
            path: contact_path(contact.id),
            name: contact.name(),
            face: Face::of(&contact.name()),
            email: contact.details.email.to_string(),
            company: contact.company.clone(),
            badge: standing.into(),
            other_address: contact.details.email != request.email,
            brought: None,
            may_be_invited: matches!(standing, Standing::None | Standing::Invited),
        }
    }
}

/// Which contact is meant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproveForm {
    #[serde(default)]
    contact: String,
}

/// Approves it: the contact that was chosen is invited.
pub async fn approve(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<ApproveForm>,
) -> Answer {
    let id = id_of(&id)?;
    let mut look = staff.look(&app).await?;
    let request = request::store::find(&mut look, id).await?;
    let approved = match form.contact.parse::<ContactId>() {
        Ok(contact) => acts::approve(&app, &staff.actor, id, contact).await,
        Err(_) => Err(Error::invalid("contact", "Choose the contact that is meant.")),
    };
    match approved {
        Ok(invitation) => after(&invitation),
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            drop(look);
            let mut look = staff.look(&app).await?;
            let page = load(&mut look, chrome, &staff, &request, &Place::default()).await?;
            answer::again_with(error, |problems| Page { chrome: page.chrome.with_error(), problems, ..page })
        }
        Err(other) => Err(other.into()),
    }
}

fn after(invitation: &Invitation) -> Answer {
    let title = format!("Invitation to {} is on its way", invitation.email);
    let text = format!("The request is approved. The link works until {}.", invitation.expires_at.day());
    answer::see_with(QUEUE, "ok", &title, &text)
}

/// How the pages look: with people who may be meant, with nobody, decided, and the forms.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::request::State as Became;
    use crate::web::console::requests::sample;
    use crate::web::samples::{self, NOW};
    let near = |name: &str, standing: Standing, other_address: bool| Near {
        id: uuid::Uuid::from_u128(6).to_string(),
        path: "/console/contacts/6".into(),
        name: name.into(),
        face: Face::of(name),
        email: "ana.costa@bramble.example.com".into(),
        company: "Bramble Civil".into(),
        badge: standing.into(),
        other_address,
        brought: other_address
            .then(|| "Last invited by Beatrix Holm, one of the client’s own people, as Member".into()),
        may_be_invited: standing == Standing::None,
    };
    let page = |became: Became, people: Vec<Near>| {
        let request = sample(became);
        Page {
            chrome: Chrome::bare("Access request of ana.costa@bramble.example.com"),
            console: samples::console_chrome("requests"),
            problems: Problems::default(),
            path: "/console/requests/14".into(),
            email: request.email.to_string(),
            facts: Facts {
                name: request.name.clone(),
                reference: request.reference.to_string(),
                asked: (NOW.rfc3339(), NOW.words()),
                times: "3 times".into(),
                address: request.address.clone(),
            },
            badge: Some(became.into()),
            decided: request.decided_at.map(|at| Decided {
                by: "Hana Whitlock".into(),
                at: (at.rfc3339(), at.words()),
                contact: Some(Invited {
                    path: "/console/contacts/6".into(),
                    name: "Ana Costa".into(),
                    email: "ana.costa@marlow.example.com".into(),
                }),
            }),
            typed: String::new(),
            clients: if people.is_empty() {
                Vec::new()
            } else {
                vec![AtClient {
                    href: "/console/requests/14/new?client=110".into(),
                    name: "Bramble Civil".into(),
                    reference: "BRC-01".into(),
                }]
            },
            people,
            may_approve: became.is_open(),
            may_see: true,
            may_add: true,
        }
    };
    let people = || vec![near("Ana Costa", Standing::None, true), near("Joel Okafor", Standing::Blocked, false)];
    let wrong = Problems::one("contact", "Choose the contact that is meant.");
    let mut all = vec![
        ("console/request", samples::rendered(&page(Became::Waiting, people()))),
        ("console/request-nobody", samples::rendered(&page(Became::Waiting, Vec::new()))),
        ("console/request-wrong", samples::rendered(&Page { problems: wrong, ..page(Became::Waiting, people()) })),
        ("console/request-decided", samples::rendered(&page(Became::Approved, Vec::new()))),
    ];
    all.extend(new::samples());
    all.extend(refuse::samples());
    all
}
