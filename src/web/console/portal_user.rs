//! One portal user (P7): everything that is known about the person at this business, and everything that staff can do.

pub mod access;
pub mod acts;
mod details;
pub mod history;

use crate::access::Permission;
use crate::act::App;
use crate::audit;
use crate::base::id::{ClientId, PortalUserId};
use crate::base::text::PersonName;
use crate::base::{Error, Problems};
use crate::portal_user::{self, Status};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::Staff;
use crate::web::form::{Form, Question};
use crate::web::parts::Badge;
use crate::web::timeline::Event;
use access::Panel;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use details::{Details, LinkLine, Reach, SessionLine, TermsFacts};
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
    disabled: Option<(String, String)>,
    fields: NameFields,
    reach: Reach,
    may_manage: bool,
    access: Panel,
    links: Vec<LinkLine>,
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

/// The form for the name, as it was, and as it was typed.
struct NameFields {
    first: String,
    last: String,
    was_first: String,
    was_last: String,
    version: i64,
    guard: &'static str,
    conflict: Option<Conflict>,
}

/// Somebody else was quicker: what is there now, beside what was typed.
struct Conflict {
    by: String,
    first: Option<String>,
    last: Option<String>,
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
    let Details { user, account, reach, links, sessions, terms, .. } = details::of(&mut look, staff, app, id).await?;
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
        disabled: user.disabled.as_ref().map(|d| (details::disabled_words(d), d.because.clone())),
        fields: NameFields {
            first: account.first_name.to_string(),
            last: account.last_name.to_string(),
            was_first: account.first_name.to_string(),
            was_last: account.last_name.to_string(),
            version: user.version,
            guard: "",
            conflict: None,
        },
        reach,
        may_manage: staff.actor.may(Permission::PortalUsersManage),
        access,
        links: links.iter().map(|link| details::link_line(link, staff, &path)).collect(),
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

/// The form for the name, filled in: what was typed, and what was there when typing began.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameForm {
    first_name: String,
    last_name: String,
    was_first: String,
    was_last: String,
    version: i64,
}

/// Changes the name. Where somebody else changed it meanwhile, both are shown, and nothing is overwritten.
pub async fn rename(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path(user): Path<String>,
    Form(form): Form<NameForm>,
) -> Answer {
    let id = id(&user)?;
    let mut problems = Problems::default();
    let first = problems.check("first_name", PersonName::parse(&form.first_name));
    let last = problems.check("last_name", PersonName::parse(&form.last_name));
    let (Some(first), Some(last)) = (first, last) else {
        let mut page = load(&app, chrome, &staff, id, None).await?;
        page.chrome = page.chrome.with_error();
        page.problems = problems;
        page.fields = NameFields { version: form.version, conflict: None, ..NameFields::typed(&form) };
        return answer::again(&page);
    };
    let path = path_of(id);
    if first.as_str() == form.was_first && last.as_str() == form.was_last {
        return answer::see_with(&path, "info", "Nothing to save", "The name is as it was.");
    }
    let mut version = form.version;
    // Somebody may have changed something else about the person meanwhile, a sign-in for one: that is no reason to ask.
    loop {
        match portal_user::acts::rename(&app, &staff.actor, id, version, first.clone(), last.clone()).await {
            Ok(()) => {
                return answer::see_with(&path, "ok", "Name saved", "They are told by mail.");
            }
            Err(Error::Conflict) => {}
            Err(other) => return Err(other.into()),
        }
        let mut page = load(&app, chrome.clone(), &staff, id, None).await?;
        let untouched = page.fields.was_first == form.was_first && page.fields.was_last == form.was_last;
        if !untouched || page.fields.version == version {
            let by = quicker(&app, &staff, id).await?;
            page.fields = page.fields.against(&form, by);
            page.chrome = page.chrome.with_error();
            return answer::page_with(StatusCode::CONFLICT, &page);
        }
        version = page.fields.version;
    }
}

/// Who changed the name last.
async fn quicker(app: &App, staff: &Staff, id: PortalUserId) -> Result<String, Error> {
    let mut look = staff.look(app).await?;
    let business = look.business;
    let latest = audit::about(&mut look.tx, business, id.0, MOST_EVENTS).await?;
    let renamed = latest.iter().find(|e| matches!(e.entry, Some(audit::Entry::PortalUserRenamed { .. })));
    Ok(renamed.map_or_else(|| "Somebody else".to_owned(), |entry| entry.actor_name.clone()))
}

impl NameFields {
    fn typed(form: &NameForm) -> Self {
        Self {
            first: form.first_name.clone(),
            last: form.last_name.clone(),
            was_first: form.was_first.clone(),
            was_last: form.was_last.clone(),
            version: form.version,
            guard: "unsaved",
            conflict: None,
        }
    }

    /// What was typed, beside what is there now; saving again is then a choice that was made seeing both.
    fn against(self, form: &NameForm, by: String) -> Self {
        let differs = |now: &String, typed: &String| (now != typed).then(|| now.clone());
        let conflict = Conflict {
            by,
            first: differs(&self.was_first, &form.first_name),
            last: differs(&self.was_last, &form.last_name),
        };
        Self {
            was_first: self.was_first,
            was_last: self.was_last,
            version: self.version,
            conflict: Some(conflict),
            ..Self::typed(form)
        }
    }
}

/// How a person's page looks: open, with everything closed, and while two edit the name at once.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let now = || details::moment(samples::NOW);
    let fields = |conflict| NameFields {
        first: "Devika".into(),
        last: "Rao".into(),
        was_first: "Dev".into(),
        was_last: "Rao".into(),
        version: 4,
        guard: "unsaved",
        conflict,
    };
    let page = |access: Panel, reach: Reach, fields: NameFields| Page {
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
        fields,
        reach,
        may_manage: true,
        access,
        links: samples::linked_clients()
            .iter()
            .map(|link| details::link_line(link, &samples::staff(), "/console/portal-users/1"))
            .collect(),
        sessions: vec![SessionLine::from(&samples::person().door.session)],
        letters: LetterLine::samples(),
        terms: TermsFacts::sample(),
        last_sign_in: Some(now()),
        since: now(),
        password_set: Some(now()),
        password_due: Some(now()),
        events: Vec::new(),
        audit: Some("/console/audit?about=1".into()),
    };
    let disabled = Page {
        status: Status::Disabled,
        badge: Status::Disabled.into(),
        disabled: Some(("By Tom Achterberg since 18 November 2026, 4:05 pm UTC.".into(), "Left the company".into())),
        links: Vec::new(),
        sessions: Vec::new(),
        letters: Vec::new(),
        ..page(access::sample("bad"), Reach::Elsewhere, fields(None))
    };
    let wrong = Page {
        problems: Problems::one("first_name", "The name is missing. Enter it."),
        ..page(access::sample("warn"), Reach::OnlyHere, fields(None))
    };
    let conflict = Conflict { by: "Tom Achterberg".into(), first: Some("Davika".into()), last: None };
    vec![
        ("console/portal_user", samples::rendered(&page(access::sample("ok"), Reach::OnlyHere, fields(None)))),
        ("console/portal_user-disabled", samples::rendered(&disabled)),
        ("console/portal_user-wrong", samples::rendered(&wrong)),
        (
            "console/portal_user-conflict",
            samples::rendered(&page(access::sample("ok"), Reach::OnlyHere, fields(Some(conflict)))),
        ),
    ]
}
