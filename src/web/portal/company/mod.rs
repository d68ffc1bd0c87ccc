//! My company (U5, U6): a client's own Global Admins and Group Managers look after its people, as far as the business lets them.
//! Every act asks again, in its transaction, what the guard asked before the page ([`crate::access::charge`]).

pub mod activity;
pub mod add;
pub mod edit;
pub mod groups;
pub mod keeping;
pub mod place;
pub mod questions;
pub mod users;

use crate::access::{Charge, Role};
use crate::act::{App, Look, Scope};
use crate::base::id::{ClientId, ContactId, LinkId, PortalUserId};
use crate::base::{Error, Result};
use crate::group::{self, UserGroup};
use crate::language::{Said, say};
use crate::link::LinkedClient;
use crate::link::people::{self, Row, Status};
use crate::web::answer::{self, Answer, Failed};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::parts::Tab;
use crate::web::portal::Person;
use crate::web::portal::company::questions::{Ask, ConfirmPage};
use crate::web::portal::tabs::Here as Top;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;

/// Somebody who looks after others at a client; the guard has made sure that they do.
pub struct Desk {
    person: Person,
    client: LinkedClient,
    charge: Charge,
}

impl<S: Sync> FromRequestParts<S> for Desk {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let person = Person::from_request_parts(parts, state).await?;
        let charge = person.charge()?;
        let client = person.door.client.clone().ok_or(Error::NotFound("The client account"))?;
        Ok(Self { person, client, charge })
    }
}

/// Whom the address of a page names.
#[derive(Deserialize)]
pub struct Whom {
    contact: String,
}

/// The portal user and the link of whoever is in. Somebody who is only invited has neither yet; `what` is missing then.
fn linked(row: &Row, what: &'static str) -> Result<(PortalUserId, LinkId)> {
    row.linked.ok_or(Error::NotFound(what))
}

/// A page of My company.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Users,
    Groups,
    Activity,
}

/// What stands above every page of My company.
struct Head {
    client: String,
    /// `/portal/tidewater/clients/…/company`.
    path: String,
    tabs: Vec<Tab>,
}

impl Desk {
    fn id(&self) -> ClientId {
        self.client.client_id
    }

    fn actor(&self) -> &crate::access::Actor {
        &self.person.door.actor
    }

    /// Where the pages are.
    fn path(&self) -> String {
        format!("{}/clients/{}/company", self.person.base(), self.client.client_id)
    }

    /// The address of one of its people's pages.
    fn path_of(&self, contact: ContactId) -> String {
        format!("{}/users/{contact}", self.path())
    }

    async fn look(&self, app: &App) -> Result<Look> {
        app.look(self.actor()).await
    }

    async fn portal(&self, scope: &mut Scope, page: &Chrome) -> Result<PortalChrome> {
        let accounts = self.person.accounts(scope).await?;
        Ok(self.person.chrome(&accounts, self.person.tabs(Top::Company, page), page))
    }

    /// Asks before something is done.
    async fn ask(&self, scope: &mut Scope, chrome: Chrome, ask: Ask) -> Answer {
        let portal = self.portal(scope, &chrome).await?;
        answer::page(&ConfirmPage::of(chrome, portal, ask))
    }

    fn head(&self, here: Here, page: &Chrome) -> Head {
        let path = self.path();
        let tab = |at: Here, text: Said, href: String| Tab { text: text.into(), href, count: None, here: at == here };
        let users = tab(Here::Users, page.say("company-users"), path.clone());
        let tabs = match self.charge {
            Charge::Everybody => vec![
                users,
                tab(Here::Groups, page.say("company-groups"), format!("{path}/groups")),
                tab(Here::Activity, page.say("company-activity"), format!("{path}/activity")),
            ],
            Charge::Group(_) => vec![users],
        };
        Head { client: self.client.client_name.clone(), path, tabs }
    }

    /// One of the people whom they look after: who is in, or invited.
    async fn find(&self, scope: &mut Scope, whom: &Whom) -> Result<Row> {
        let row = self.find_also_withdrawn(scope, whom).await?;
        if row.status == Status::Withdrawn { Err(Error::NotFound("The portal user")) } else { Ok(row) }
    }

    /// The same, also of those whose invitation was withdrawn.
    async fn find_also_withdrawn(&self, scope: &mut Scope, whom: &Whom) -> Result<Row> {
        let contact = whom.contact.parse::<ContactId>().map_err(|_| Error::NotFound("The portal user"))?;
        people::find(scope, self.id(), self.charge, contact).await
    }

    /// The groups that they may put somebody into.
    async fn groups(&self, scope: &mut Scope) -> Result<Vec<UserGroup>> {
        let mut groups = group::store::choices(scope, self.id()).await?;
        if let Charge::Group(own) = self.charge {
            groups.retain(|group| group.id == own);
        }
        Ok(groups)
    }

    /// Whether they may give somebody another place, or remove them: whoever is disabled is left to those who could enable them.
    fn may_move(&self, row: &Row) -> bool {
        row.linked.is_some() && (row.status != Status::Disabled || self.charge.stands_above(row.place()))
    }

    /// Goes on only about whom they may move.
    fn must_move(&self, row: &Row) -> Result<()> {
        if self.may_move(row) { Ok(()) } else { Err(Error::Shut(say("company-beyond").into())) }
    }

    /// Whether somebody is the one who is looking.
    fn is_me(&self, row: &Row) -> bool {
        row.linked.is_some_and(|(user, _)| Some(user) == self.person.door.user_id())
    }
}

/// A word with its tone and shape, or its icon.
struct Mark {
    text: Said,
    tone: &'static str,
    icon: &'static str,
}

fn role_mark(role: Role, page: &Chrome) -> Mark {
    let (text, tone, icon) = match role {
        Role::Member => (page.say("role-member"), "", ""),
        Role::GroupManager => (page.say("role-group-manager"), "role", "users"),
        Role::GlobalAdmin => (page.say("role-global-admin"), "role", "star"),
    };
    Mark { text, tone, icon }
}

fn status_mark(status: Status, page: &Chrome) -> Mark {
    let (text, tone, icon) = match status {
        Status::Active => (page.say("company-active"), "ok dot", ""),
        Status::PasswordDue => (page.say("company-password-due"), "warn", "key"),
        Status::Disabled => (page.say("company-disabled"), "", "ban"),
        Status::Invited => (page.say("company-invited"), "info ring", ""),
        Status::Expired => (page.say("company-expired"), "warn", "clock"),
        Status::Withdrawn => (page.say("company-taken-back"), "", "minus"),
    };
    Mark { text, tone, icon }
}

/// How the pages look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    [
        users::samples(),
        add::samples(),
        edit::samples(),
        place::samples(),
        questions::samples(),
        keeping::samples(),
        groups::samples(),
        activity::samples(),
    ]
    .concat()
}

/// Somebody who looks after everybody, and the frame around their pages.
#[cfg(test)]
fn sample_desk() -> (Desk, PortalChrome) {
    use crate::web::samples;
    let mut person = samples::person();
    let accounts = samples::linked_clients();
    person.door.client = accounts.first().cloned();
    let chrome = Chrome::bare("");
    let portal = person.chrome(&accounts, person.tabs(Top::Company, &chrome), &chrome);
    (Desk { client: accounts[0].clone(), charge: Charge::Everybody, person }, portal)
}

/// Some of a client's people.
#[cfg(test)]
fn sample_rows() -> Vec<Row> {
    use crate::base::id::GroupId;
    use crate::web::samples;
    use uuid::Uuid;
    let row = |n: u128, name: &str, group: &str, role: Role, status: Status| Row {
        contact: ContactId(Uuid::from_u128(n)),
        linked: (!matches!(status, Status::Invited | Status::Withdrawn))
            .then_some((PortalUserId(Uuid::from_u128(n)), LinkId(Uuid::from_u128(n)))),
        name: name.into(),
        email: format!("{}@marlow.example.com", name.to_lowercase().replace(' ', ".")),
        group: GroupId(Uuid::from_u128(if group == "Default" { 7 } else { 8 })),
        group_name: group.into(),
        role,
        status,
        last_sign_in_at: (status == Status::Active).then_some(samples::NOW),
        disabled_client: (name == "Anton Varga").then_some(ClientId(Uuid::from_u128(110))),
    };
    vec![
        row(3, "Priya Raman", "Default", Role::GlobalAdmin, Status::Active),
        row(31, "Joel Okafor", "Default", Role::Member, Status::PasswordDue),
        row(32, "Beatrix Holm", "Finance", Role::GroupManager, Status::Active),
        row(33, "Anton Varga", "Finance", Role::Member, Status::Disabled),
        row(36, "Rosalind Achebe", "Default", Role::Member, Status::Disabled),
        row(34, "Lucy Nakamura", "Residents", Role::Member, Status::Invited),
        row(35, "Noor Karim", "Finance", Role::Member, Status::Withdrawn),
    ]
}

/// The client's groups.
#[cfg(test)]
fn sample_groups() -> Vec<UserGroup> {
    use crate::access::{RecordKind, Sight};
    use crate::base::id::GroupId;
    use crate::group::Kind;
    let group = |n: u128, name: &str, kind: Kind, may_see: Sight| UserGroup {
        id: GroupId(uuid::Uuid::from_u128(n)),
        client_id: ClientId(uuid::Uuid::from_u128(110)),
        name: name.into(),
        kind,
        may_see,
        version: 1,
    };
    vec![
        group(7, "Default", Kind::Default, Sight::everything()),
        group(8, "Finance", Kind::Custom, [RecordKind::Invoice, RecordKind::Statement].into_iter().collect()),
    ]
}
