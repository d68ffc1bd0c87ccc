//! A client's portal users and groups: who gets in, in which role, and into which group.

use crate::access::Role;
use crate::act::App;
use crate::group;
use crate::link::{self, LinkedUser};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::client::{Head, Here, find};
use crate::web::console::{Staff, count};
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::{Path, State};

/// How many users the page shows; the list of portal users pages through all of them.
const MOST_USERS: i64 = 100;

#[derive(Template)]
#[template(path = "console/client_users.html")]
struct Users {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    lines: Vec<Line>,
    groups: Vec<(String, String)>,
    /// Where all of them are, when there are more than fit here.
    rest: Option<String>,
}

/// One portal user, as a line.
struct Line {
    path: String,
    contact_path: String,
    name: String,
    face: Face,
    email: String,
    group: String,
    role: Badge,
    status: Badge,
    last_sign_in: Option<(String, String)>,
}

/// Shows them.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff, Path(id): Path<String>) -> Answer {
    let mut look = staff.look(&app).await?;
    let found = find(&mut look, &staff, &id, Here::Users).await?;
    let client = found.client.id;
    let mut users = link::store::users_of(&mut look, client, MOST_USERS + 1).await?;
    let more = users.len() > usize::try_from(MOST_USERS).unwrap_or_default();
    users.truncate(usize::try_from(MOST_USERS).unwrap_or_default());
    let groups = group::store::of_client(&mut look, client).await?;
    answer::page(&Users {
        chrome: chrome.titled(format!("Users and groups of {}", found.client.name)),
        console: staff.chrome(&mut look, "clients").await?,
        lines: users.iter().map(Line::from).collect(),
        groups: groups.into_iter().map(|(name, n)| (name, count(n, "user", "users"))).collect(),
        rest: more.then(|| format!("/console/portal-users?client={client}")),
        head: found.head,
    })
}

impl From<&LinkedUser> for Line {
    fn from(user: &LinkedUser) -> Self {
        let (tone, icon) = match user.role {
            Role::Member => ("", ""),
            Role::GroupManager => ("role", "users"),
            Role::GlobalAdmin => ("role", "star"),
        };
        let seen = user.last_sign_in_at.micros() > 0;
        Self {
            path: format!("/console/portal-users/{}", user.portal_user_id),
            contact_path: format!("/console/contacts/{}", user.contact_id),
            name: user.name.clone(),
            face: Face::of(&user.name),
            email: user.email.clone(),
            group: user.group_name.clone(),
            role: Badge { text: user.role.label(), tone, icon },
            status: user.status.into(),
            last_sign_in: seen.then(|| (user.last_sign_in_at.rfc3339(), user.last_sign_in_at.day())),
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{ContactId, PortalUserId};
    use crate::portal_user::Status;
    use crate::web::samples;
    let user = |name: &str, role: Role, group: &str, status: Status, seen: i64| LinkedUser {
        portal_user_id: PortalUserId(uuid::Uuid::from_u128(3)),
        name: name.into(),
        email: format!("{}@marlow.example.com", name.to_lowercase().replace(' ', ".")),
        status,
        last_sign_in_at: crate::base::Instant::from_micros(samples::NOW.micros() * seen),
        contact_id: ContactId(uuid::Uuid::from_u128(6)),
        role,
        group_name: group.into(),
    };
    let users = [
        user("Priya Raman", Role::GlobalAdmin, "Default", Status::Active, 1),
        user("Beatrix Holm", Role::GroupManager, "Finance", Status::PasswordDue, 1),
        user("Anton Varga", Role::Member, "Finance", Status::Disabled, 0),
    ];
    let page = |users: &[LinkedUser]| Users {
        chrome: Chrome::bare("Users and groups of Marlow Property Group"),
        console: samples::console_chrome("clients"),
        head: super::sample_head(Here::Users),
        lines: users.iter().map(Line::from).collect(),
        groups: vec![("Default".into(), "1 user".into()), ("Finance".into(), "2 users".into())],
        rest: (!users.is_empty()).then(|| "/console/portal-users?client=110".into()),
    };
    vec![
        ("console/client_users", samples::rendered(&page(&users))),
        ("console/client_users-none", samples::rendered(&page(&[]))),
    ]
}
