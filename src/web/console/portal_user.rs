//! One portal user (P7): everything that is known about the person at this business, and everything that staff can do.

pub mod access;
pub mod acts;
pub mod add;
pub mod choose;
pub mod delete;
mod details;
pub mod edit;
pub mod history;
pub mod links;

use crate::access::Permission;
use crate::act::App;
use crate::audit;
use crate::base::id::{ClientId, PortalUserId};
use crate::base::{Error, Problems};
use crate::portal_user::{Behalf, Status};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::console::errand::Subject;
use crate::web::form::Question;
use crate::web::parts::Badge;
use crate::web::timeline::Event;
use access::Panel;
use askama::Template;
use axum::extract::{Path, State};
use details::{Details, LinkLine, Reach, SessionLine, TermsFacts};
use edit::{Field, Fields, Waiting};
use history::{LetterLine, letters};
use serde::Deserialize;

/// How many entries of the log the page shows.
const MOST_EVENTS: i64 = 25;

#[derive(Template)]
#[template(path = "console/portal_user.html")]
struct Page {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    path: String,
    name: String,
    first_name: String,
    face: Face,
    email: String,
    status: Status,
    badge: Badge,
    disabled: Option<Kept>,
    /// Whether one of the client's own people disabled them, which the business may make its own.
    may_make_ours: bool,
    deleted: Option<(Kept, (String, String))>,
    bounced: Option<(String, String)>,
    fields: Fields,
    waiting: Vec<Waiting>,
    reach: Reach,
    may_manage: bool,
    may_add: bool,
    may_delete: bool,
    access: Panel,
    links: Vec<LinkLine>,
    /// Where another client is linked.
    link_another: String,
    sessions: Vec<SessionLine>,
    letters: Vec<LetterLine>,
    terms: TermsFacts,
    last_sign_in: Option<(String, String)>,
    since: (String, String),
    password_set: Option<(String, String)>,
    password_due: Option<(String, String)>,
    events: Vec<Event>,
    audit: Option<String>,
}

impl Page {
    /// What changing the address does.
    fn email_hint(&self) -> &'static str {
        if self.reach.is_only_here() {
            "This is what they sign in with. Changing it sends a confirmation link to the new address first; the old one is told."
        } else {
            "This is what they sign in with. They are asked at this address first, and the new one confirms it."
        }
    }
}

/// Who keeps somebody out, since when, and why if they said so.
struct Kept {
    by: String,
    since: (String, String),
    because: String,
}

impl Subject for PortalUserId {
    fn named(text: &str) -> Result<Self, Error> {
        id(text)
    }

    fn path(self) -> String {
        path_of(self)
    }
}

/// Which linked client account the page explains.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    client: String,
}

/// Where a portal user's page is.
#[must_use]
pub fn path_of(id: PortalUserId) -> String {
    format!("/console/portal-users/{id}")
}

/// The id in an address; what is none is like a portal user who never was.
fn id(text: &str) -> Result<PortalUserId, Error> {
    text.parse().map_err(|_| Error::NotFound("The portal user"))
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(user): Path<String>,
    Question(asked): Question<Asked>,
) -> Answer {
    let page = load(&app, chrome, &staff, id(&user)?, asked.client.parse().ok()).await?;
    answer::page(&page)
}

async fn load(
    app: &App,
    chrome: Chrome,
    staff: &Staff,
    id: PortalUserId,
    client: Option<ClientId>,
) -> Result<Page, Error> {
    let mut look = staff.look(app).await?;
    let Details { user, account, reach, links, unlinked, sessions, terms, proposals } =
        details::of(&mut look, staff, app, id).await?;
    let now = look.now;
    let letters = letters(&mut look, &account, &links).await?;
    let mut events = Vec::new();
    let sees_audit = staff.actor.may(Permission::AuditView);
    if sees_audit {
        let business = look.business;
        events = audit::about(&mut look.tx, business, id.0, MOST_EVENTS).await?.iter().map(Event::from).collect();
    }
    let console = staff.chrome(&mut look, "portal-users").await?;
    drop(look);
    let path = path_of(id);
    let access = access::of(app, staff, &user.email, client, &path).await?;
    let known = |at: crate::base::Instant| (at > crate::base::Instant::default()).then(|| details::moment(at));
    Ok(Page {
        chrome: chrome.titled(user.name.as_str()),
        console,
        problems: Problems::default(),
        first_name: account.first_name.to_string(),
        face: Face::of(&user.name),
        email: user.email.to_string(),
        status: user.status(),
        badge: match (access.locked, user.status()) {
            (true, Status::Active) => Badge { text: "Locked", tone: "bad", icon: "lock" },
            (_, status) => status.into(),
        },
        may_make_ours: user.disabled.as_ref().is_some_and(|d| d.behalf != Behalf::Business),
        disabled: user.disabled.as_ref().map(|d| Kept {
            by: d.who(),
            since: details::moment(d.at),
            because: d.because.clone(),
        }),
        deleted: user.deleted.as_ref().map(|d| {
            let kept = Kept { by: d.by.clone(), since: details::moment(d.at), because: String::new() };
            (kept, details::moment(d.until()))
        }),
        bounced: history::bounced(&letters, user.email.as_str()),
        fields: Fields {
            first: Field::shown(account.first_name.as_str()),
            last: Field::shown(account.last_name.as_str()),
            email: Field::shown(account.email.as_str()),
            version: user.version,
            asked: edit::asked(&proposals),
            guard: "",
            rival: None,
        },
        waiting: proposals.iter().map(|proposal| Waiting::of(proposal, now)).collect(),
        reach,
        may_manage: user.deleted.is_none() && staff.actor.may(Permission::PortalUsersManage),
        may_add: user.deleted.is_none() && staff.actor.may(Permission::PortalUsersAdd),
        may_delete: staff.actor.may(Permission::PortalUsersDelete),
        access,
        link_another: format!("/console/portal-users/new?user={id}"),
        links: details::link_lines(&links, &unlinked, staff, &user, &path),
        sessions: sessions.iter().map(SessionLine::from).collect(),
        letters,
        terms,
        last_sign_in: known(user.last_sign_in_at),
        since: details::moment(user.created_at),
        password_set: account.password_set_at.map(details::moment),
        password_due: account.password_due_since.map(details::moment),
        events,
        audit: sees_audit.then(|| format!("/console/audit?about={id}")),
        name: user.name,
        path,
    })
}

/// How a person's page looks: open, with everything closed, and while two edit the name at once.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let now = || details::moment(samples::NOW);
    let kept = |because: &str| Kept { by: "Tom Achterberg".into(), since: now(), because: because.into() };
    let fields = |theirs: Option<&str>| Fields {
        first: Field { theirs: theirs.map(str::to_owned), ..Field::shown("Devika") },
        last: Field::shown("Rao"),
        email: Field::shown("devika.rao@bramble.example.com"),
        version: 4,
        asked: String::new(),
        guard: "unsaved",
        rival: theirs.map(|_| "Tom Achterberg".to_owned()),
    };
    let page = |access: Panel, reach: Reach, fields: Fields| {
        Page {
        chrome: Chrome::bare("Devika Rao"),
        console: samples::console_chrome("portal-users"),
        problems: Problems::default(),
        path: "/console/portal-users/1".into(),
        name: "Devika Rao".into(),
        first_name: "Devika".into(),
        face: Face::of("Devika Rao"),
        email: "devika.rao@bramble.example.com".into(),
        status: Status::Active,
        badge: Status::Active.into(),
        disabled: None,
        may_make_ours: false,
        deleted: None,
        bounced: Some(("Invitation to Bramble Civil".into(), "550 5.1.1 No such mailbox".into())),
        fields,
        waiting: vec![Waiting {
            id: "7".into(),
            text: "New email address devika@rao.example.com, asked for by Hana Whitlock: waiting for devika@rao.example.com to confirm.".into(),
            until: now(),
            expired: false,
        }],
        reach,
        may_manage: true,
        may_add: true,
        may_delete: true,
        access,
        link_another: "/console/portal-users/new?user=1".into(),
        links: details::sample_lines(),
        sessions: vec![SessionLine::from(&samples::person().door.session)],
        letters: LetterLine::samples(),
        terms: TermsFacts::sample(),
        last_sign_in: Some(now()),
        since: now(),
        password_set: Some(now()),
        password_due: Some(now()),
        events: Vec::new(),
        audit: Some("/console/audit?about=1".into()),
    }
    };
    let disabled = Page {
        status: Status::Disabled,
        badge: Status::Disabled.into(),
        disabled: Some(kept("Left the company")),
        links: Vec::new(),
        sessions: Vec::new(),
        letters: Vec::new(),
        ..page(access::sample("bad"), Reach::Elsewhere, fields(None))
    };
    let wrong = Page {
        problems: Problems::one("first_name", "The name is missing. Enter it."),
        ..page(access::sample("warn"), Reach::OnlyHere, fields(None))
    };
    let deleted = Page {
        status: Status::Deleted,
        badge: Status::Deleted.into(),
        deleted: Some((kept(""), now())),
        bounced: None,
        waiting: Vec::new(),
        may_manage: false,
        may_add: false,
        ..page(access::sample("bad"), Reach::OnlyHere, fields(None))
    };
    vec![
        ("console/portal_user", samples::rendered(&page(access::sample("ok"), Reach::OnlyHere, fields(None)))),
        ("console/portal_user-disabled", samples::rendered(&disabled)),
        ("console/portal_user-deleted", samples::rendered(&deleted)),
        ("console/portal_user-wrong", samples::rendered(&wrong)),
        (
            "console/portal_user-conflict",
            samples::rendered(&page(access::sample("ok"), Reach::OnlyHere, fields(Some("Davika")))),
        ),
    ]
}
