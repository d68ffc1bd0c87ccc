//! A client's portal users, group by group: who gets in, in which role, and who looks after whom.

use crate::access::{Permission, Role};
use crate::act::App;
use crate::business::Switch;
use crate::client::{self, Client};
use crate::group::{self, Kind, Peopled};
use crate::link::{self, Leader, LinkedUser};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::client::{Head, Here, find};
use crate::web::console::{Staff, count};
use crate::web::parts::Badge;
use askama::Template;
use axum::extract::{Path, State};

/// How many users the page shows; the list of portal users pages through all of them.
const MOST_USERS: i64 = 100;
/// How many of those who look after others are named.
const MOST_LEADERS: i64 = 50;

#[derive(Template)]
#[template(path = "console/client_users.html")]
struct Users {
    chrome: Chrome,
    console: ConsoleChrome,
    head: Head,
    groups: Vec<Group>,
    admins: Vec<Person>,
    /// What the Global Admins look after, or what their absence means.
    admins_do: String,
    nobody: bool,
    /// Where all of them are, when there are more than fit here.
    rest: Option<String>,
    /// Whether groups may be made and changed.
    may_group: bool,
    delegation: Delegation,
}

/// Who looks after the client's users, besides staff.
struct Delegation {
    /// In words.
    said: String,
    /// What can be done about it: the button, and where it leads.
    button: Option<(&'static str, String)>,
    /// Whether it may be taken back from all clients.
    may_take_all_back: bool,
}

impl Delegation {
    fn of(staff: &Staff, client: &Client, here: Switch) -> Self {
        let name = &client.name;
        let may = staff.actor.may(Permission::ClientsEdit);
        let settings = staff.actor.may(Permission::SettingsManage);
        let to = |to: &str| format!("/console/clients/{}/delegation/{to}", client.id);
        let (said, button) = match (staff.business.delegation, here) {
            (Switch::Off, _) => (
                "Clients don’t look after their own users: your staff do it for all of them.".to_owned(),
                settings.then(|| ("Let clients do it…", "/console/delegation/on".to_owned())),
            ),
            (Switch::On, Switch::On) => (
                format!("{name}’s own Global Admins and Group Managers look after its users, and so do your staff."),
                may.then(|| ("Take it back…", to("off"))),
            ),
            (Switch::On, Switch::Off) => {
                (format!("Only your staff look after {name}’s users."), may.then(|| ("Let them do it…", to("on"))))
            }
        };
        let may_take_all_back = settings && staff.business.delegation == Switch::On;
        Self { said, button, may_take_all_back }
    }
}

/// One group with those of its people who fit onto the page.
struct Group {
    name: String,
    path: String,
    size: String,
    sees: String,
    default: bool,
    managers: Vec<Person>,
    /// What the Group Managers look after, or who does instead.
    managers_do: String,
    lines: Vec<Line>,
}

/// Somebody, with their page.
struct Person {
    name: String,
    path: String,
}

/// One portal user, as a line.
struct Line {
    path: String,
    contact_path: String,
    name: String,
    face: Face,
    email: String,
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
    let leaders = link::store::leaders_of(&mut look, client, MOST_LEADERS).await?;
    let groups = group::store::of_client(&mut look, client).await?;
    let delegation = Delegation::of(&staff, &found.client, client::store::delegation(&mut look, client).await?);
    let chrome = chrome.titled(format!("Users and groups of {}", found.client.name));
    let console = staff.chrome(&mut look, "clients").await?;
    let rest = more.then(|| format!("/console/portal-users?client={client}"));
    let page = page((chrome, console), found.head, (&groups, &users, &leaders), rest, delegation);
    answer::page(&Users { may_group: staff.actor.may(Permission::PortalUsersManage), ..page })
}

fn page(
    (chrome, console): (Chrome, ConsoleChrome),
    head: Head,
    (groups, users, leaders): (&[Peopled], &[LinkedUser], &[Leader]),
    rest: Option<String>,
    delegation: Delegation,
) -> Users {
    let admins: Vec<Person> = leaders.iter().filter(|l| l.role == Role::GlobalAdmin).map(Person::from).collect();
    let all: i64 = groups.iter().map(|group| group.people).sum();
    let admins_do = match (admins.is_empty(), all) {
        (true, _) => "Nobody: only your staff can add and remove people here.".to_owned(),
        (false, all) => format!("Looks after all {}", count(all, "user", "users")),
    };
    let has_admin = !admins.is_empty();
    Users {
        chrome,
        console,
        // A client that has made groups is shown them, be nobody in yet.
        nobody: users.is_empty() && groups.len() < 2,
        groups: groups.iter().map(|group| Group::of(group, &head.path, users, leaders, has_admin)).collect(),
        admins,
        admins_do,
        head,
        rest,
        may_group: false,
        delegation,
    }
}

impl Group {
    fn of(peopled: &Peopled, client_path: &str, users: &[LinkedUser], leaders: &[Leader], has_admin: bool) -> Self {
        let group = &peopled.group;
        let here = |leader: &&Leader| leader.group_id == group.id && leader.role == Role::GroupManager;
        let managers: Vec<Person> = leaders.iter().filter(here).map(Person::from).collect();
        let others = peopled.people - i64::try_from(managers.len()).unwrap_or_default();
        let managers_do = match (managers.is_empty(), has_admin) {
            (false, _) if others == 0 => "Group Manager; nobody else is in it yet".to_owned(),
            (false, _) => format!("Group Manager of {}", count(others, "other", "others")),
            (true, true) => "No Group Manager: the Global Admins look after it.".to_owned(),
            (true, false) => "Nobody looks after it.".to_owned(),
        };
        Self {
            name: group.name.clone(),
            path: format!("{client_path}/groups/{}", group.id),
            size: count(peopled.people, "user", "users"),
            sees: format!("Sees {}", group.may_see.label()),
            default: group.kind == Kind::Default,
            managers,
            managers_do,
            lines: users.iter().filter(|user| user.group_id == group.id).map(Line::from).collect(),
        }
    }
}

impl From<&Leader> for Person {
    fn from(leader: &Leader) -> Self {
        Self { name: leader.name.clone(), path: format!("/console/portal-users/{}", leader.portal_user_id) }
    }
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
            role: Badge { text: user.role.label(), tone, icon },
            status: user.status.into(),
            last_sign_in: seen.then(|| (user.last_sign_in_at.rfc3339(), user.last_sign_in_at.day())),
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::access::Sight;
    use crate::base::id::{ClientId, ContactId, GroupId, PortalUserId};
    use crate::group::UserGroup;
    use crate::portal_user::Status;
    use crate::web::samples;
    let id = |n: u128| uuid::Uuid::from_u128(n);
    let user = |name: &str, role: Role, group: u128, status: Status, seen: i64| LinkedUser {
        portal_user_id: PortalUserId(id(3)),
        name: name.into(),
        email: format!("{}@marlow.example.com", name.to_lowercase().replace(' ', ".")),
        status,
        last_sign_in_at: crate::base::Instant::from_micros(samples::NOW.micros() * seen),
        contact_id: ContactId(id(6)),
        role,
        group_id: GroupId(id(group)),
    };
    let users = [
        user("Priya Raman", Role::GlobalAdmin, 1, Status::Active, 1),
        user("Beatrix Holm", Role::GroupManager, 2, Status::PasswordDue, 1),
        user("Anton Varga", Role::Member, 2, Status::Disabled, 0),
    ];
    let leader = |user: &LinkedUser| Leader {
        portal_user_id: user.portal_user_id,
        name: user.name.clone(),
        role: user.role,
        group_id: user.group_id,
    };
    let group = |n: u128, name: &str, kind: Kind, people: i64| Peopled {
        group: UserGroup {
            id: GroupId(id(n)),
            client_id: ClientId(id(110)),
            name: name.into(),
            kind,
            may_see: Sight::everything(),
            version: 1,
        },
        people,
    };
    let sample = |users: &[LinkedUser], groups: &[Peopled]| {
        let chrome = Chrome::bare("Users and groups of Marlow Property Group");
        let leaders: Vec<Leader> = users.iter().filter(|user| user.role != Role::Member).map(leader).collect();
        let rest = (!users.is_empty()).then(|| "/console/portal-users?client=110".into());
        let console = samples::console_chrome("clients");
        let delegation = Delegation {
            said: "Marlow Property Group’s own Global Admins and Group Managers look after its users, and so do your staff.".into(),
            button: Some(("Take it back…", "/console/clients/110/delegation/off".into())),
            may_take_all_back: true,
        };
        let page =
            page((chrome, console), super::sample_head(Here::Users), (groups, users, &leaders), rest, delegation);
        samples::rendered(&Users { may_group: true, ..page })
    };
    let groups = [
        group(1, "Default", Kind::Default, 1),
        group(2, "Finance", Kind::Custom, 2),
        group(3, "Residents", Kind::Custom, 0),
    ];
    vec![
        ("console/client_users", sample(&users, &groups)),
        ("console/client_users-none", sample(&[], &[group(1, "Default", Kind::Default, 0)])),
    ]
}
