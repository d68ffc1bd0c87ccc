//! Adding a portal user (P4): who they are, once their client is chosen. An address that is known already is shown,
//! with what can be done about it.

use crate::access::Permission;
use crate::act::{App, Look};
use crate::base::id::{ClientId, ContactId, PortalUserId};
use crate::base::{Error, Problems, Result};
use crate::business::Switch;
use crate::client::{self, Client};
use crate::contact::{self, Typed};
use crate::group::{self, UserGroup};
use crate::invitation::{Invitation, Way};
use crate::link::adding::{self, Added, Known, Meant, New};
use crate::portal_user::PortalUser;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::contact::HELD;
use crate::web::console::portal_user::choose::{self, Asked, PATH};
use crate::web::console::portal_user::path_of;
use crate::web::form::{Form, Question};
use crate::web::parts::{Address, Place};
use crate::web::place::{PlaceFields, PlaceTyped};
use crate::{account, link, portal_user};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/portal_user_add.html")]
struct AddPage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    client: String,
    client_id: String,
    user_id: String,
    other_client: String,
    typed: Typed,
    email_hint: String,
    choice: PlaceFields,
    way: WayFields,
    known: Option<Notice>,
    held: bool,
    unsaved: &'static str,
}

/// How the person gets in the first time.
struct WayFields {
    /// Whether temporary passwords may be chosen.
    offered: bool,
    /// Whether one is.
    temporary: bool,
    /// Whether this staff member may switch them on.
    may_switch: bool,
}

/// Somebody who has the address already, and what can be done.
struct Notice {
    text: String,
    /// The button: its words, and what it means.
    button: Option<(String, String)>,
    /// The link: its words, and where it leads.
    link: Option<(&'static str, String)>,
}

/// The form, or the clients to choose from first.
pub async fn page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(place): Question<Place>,
    Question(asked): Question<Asked>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let user = match asked.user.as_str() {
        "" => None,
        id => Some(person(&mut look, id).await?),
    };
    if asked.client.is_empty() {
        return answer::page(&choose::clients(&mut look, chrome, &staff, &place, &asked, user.as_ref()).await?);
    }
    let client = asked.client.parse::<ClientId>().map_err(|_| Error::NotFound("The client"))?;
    let client = client::store::find(&mut look, client).await?;
    let typed = match &user {
        Some(user) => as_recorded(&mut look, user).await?,
        None => Typed { email: client.email.as_ref().map(ToString::to_string).unwrap_or_default(), ..Typed::default() },
    };
    let form =
        AddForm { client: client.id.to_string(), user: asked.user, group: "default".into(), ..AddForm::default() };
    let groups = group::store::choices(&mut look, client.id).await?;
    answer::page(&blank(&mut look, chrome, &staff, &client, &groups, &form, typed).await?)
}

async fn person(look: &mut Look, id: &str) -> Result<PortalUser> {
    let id = id.parse::<PortalUserId>().map_err(|_| Error::NotFound("The portal user"))?;
    let user = portal_user::store::find(look, id).await?;
    user.must_be_here()?;
    Ok(user)
}

/// A portal user as a contact of another client will be recorded: the account's name and address, and the rest as the business
/// records them where they are linked already.
async fn as_recorded(look: &mut Look, user: &PortalUser) -> Result<Typed> {
    let account = account::store::find(&mut look.tx, user.account_id).await?;
    let typed = match link::store::of_user(look, user.id).await?.first() {
        Some(link) => Typed::from(&contact::store::find(look, link.contact_id).await?.details),
        None => Typed::default(),
    };
    Ok(Typed {
        first_name: account.first_name.to_string(),
        last_name: account.last_name.to_string(),
        email: user.email.to_string(),
        ..typed
    })
}

/// The form, filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddForm {
    client: String,
    #[serde(default)]
    user: String,
    first_name: String,
    last_name: String,
    title: String,
    email: String,
    cell_phone: String,
    office_phone: String,
    extension: String,
    group: String,
    #[serde(default)]
    global_admin: String,
    #[serde(default)]
    group_manager: String,
    #[serde(default)]
    way: String,
    /// Whom the button names that was pressed: `contact:ID` or `person:ID`.
    #[serde(default)]
    meant: String,
}

impl AddForm {
    fn typed(&self) -> Typed {
        Typed {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            title: self.title.clone(),
            email: self.email.clone(),
            cell_phone: self.cell_phone.clone(),
            office_phone: self.office_phone.clone(),
            extension: self.extension.clone(),
        }
    }

    fn place(&self) -> PlaceTyped {
        PlaceTyped::posted(&self.group, &self.global_admin, &self.group_manager)
    }

    fn way(&self) -> Way {
        Way::of_code(&self.way).unwrap_or(Way::Link)
    }

    /// Whom staff mean: the button they pressed, else the person whose page they came from.
    fn meant(&self) -> Meant {
        let person = |id: &str| id.parse::<PortalUserId>().map_or(Meant::Nobody, Meant::Person);
        match self.meant.split_once(':') {
            Some(("contact", id)) => id.parse::<ContactId>().map_or(Meant::Nobody, Meant::Contact),
            Some(("person", id)) => person(id),
            _ => person(&self.user),
        }
    }
}

async fn blank(
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    client: &Client,
    groups: &[UserGroup],
    form: &AddForm,
    typed: Typed,
) -> Result<AddPage> {
    let business = &staff.business;
    let email_hint = match &client.email {
        Some(email) if typed.email == email.as_str() => {
            "This is the company’s email; replace it with the person’s own, if they have one. It is what they sign in with."
        }
        _ => "Used to sign in. One person, one email.",
    };
    Ok(AddPage {
        chrome: chrome.titled(format!("Add New User, {}", client.name)),
        console: staff.chrome(look, "portal-users").await?,
        problems: Problems::default(),
        client: client.name.to_string(),
        client_id: client.id.to_string(),
        other_client: Address::of(PATH).and("user", form.user.as_str()).href(),
        user_id: form.user.clone(),
        email_hint: email_hint.to_owned(),
        choice: PlaceFields::of(groups, &form.place(), client.name.as_str()),
        way: WayFields {
            offered: business.temporary_passwords == Switch::On,
            temporary: form.way() == Way::TemporaryPassword,
            may_switch: staff.actor.may(Permission::SettingsManage),
        },
        known: None,
        held: business.portal == Switch::Off,
        unsaved: "",
        typed,
    })
}

/// Adds them, or shows who has the address already.
pub async fn add(State(app): State<App>, chrome: Chrome, staff: Staff, Form(form): Form<AddForm>) -> Answer {
    let client = form.client.parse::<ClientId>().map_err(|_| Error::NotFound("The client"))?;
    let mut look = staff.look(&app).await?;
    let client = client::store::find(&mut look, client).await?;
    let groups = group::store::choices(&mut look, client.id).await?;
    drop(look);
    let added = match (form.typed().parse(), form.place().place(&groups)) {
        (Ok(details), Ok(place)) => {
            let new = New { client: client.id, details, place, way: form.way(), meant: form.meant() };
            adding::add(&app, &staff.actor, new).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let (problems, known) = match added {
        Ok(Added::Invited(contact, invitation)) => return done(&staff, &contact, &invitation),
        Ok(Added::Known(known)) => {
            let (problem, notice) = notice(&known, &client);
            (Problems::one("email", problem), Some(notice))
        }
        Err(error @ (Error::Invalid(_) | Error::Refused(_))) => {
            let mut look = staff.look(&app).await?;
            let page = blank(&mut look, chrome, &staff, &client, &groups, &form, form.typed()).await?;
            return answer::again_with(error, |problems| AddPage {
                chrome: page.chrome.clone().with_error(),
                problems,
                unsaved: "unsaved",
                ..page
            });
        }
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let page = blank(&mut look, chrome, &staff, &client, &groups, &form, form.typed()).await?;
    answer::again(&AddPage { chrome: page.chrome.clone().with_error(), problems, known, unsaved: "unsaved", ..page })
}

fn done(staff: &Staff, contact: &contact::Contact, invitation: &Invitation) -> Answer {
    let path = if staff.actor.may(Permission::ClientsView) {
        format!("/console/contacts/{}", contact.id)
    } else {
        "/console/portal-users".to_owned()
    };
    let name = contact.name();
    match staff.business.portal {
        Switch::Off => answer::see_with(&path, "warn", &format!("{name} is added, and the invitation is held"), HELD),
        Switch::On => {
            let text = match invitation.way {
                Way::Link => {
                    format!("The invitation to {} works until {}.", invitation.email, invitation.expires_at.day())
                }
                Way::TemporaryPassword => {
                    format!("The mail to {} carries a temporary password, which nobody else sees.", invitation.email)
                }
            };
            answer::see_with(&path, "ok", &format!("{name} is invited to {}", contact.company), &text)
        }
    }
}

/// Who has the address already: what stands at the field, and what can be done.
fn notice(known: &Known, client: &Client) -> (String, Notice) {
    match known {
        Known::Contact(contact) => (
            format!("{} already has a contact with this email", client.name),
            Notice {
                text: format!(
                    "{} has this email at {}, and can be invited as recorded there.",
                    contact.name(),
                    client.name
                ),
                button: Some((format!("Invite {}", contact.name()), format!("contact:{}", contact.id))),
                link: None,
            },
        ),
        Known::Linked(user) => (
            "This email already belongs to a portal user".to_owned(),
            Notice {
                text: format!("{} is already linked to {}.", user.name, client.name),
                button: None,
                link: Some(("View user details", path_of(user.id))),
            },
        ),
        Known::Person(user) => {
            let text = match (&user.deleted, user.company.as_str()) {
                (Some(deleted), _) => format!(
                    "{} uses this email and was deleted by {} on {}. Restore the portal user, or invite them to {} anew.",
                    user.name,
                    deleted.by,
                    deleted.at.day(),
                    client.name
                ),
                (None, "") => format!("{} uses this email. Link their account to {}.", user.name, client.name),
                (None, company) => format!(
                    "{} uses this email at {company}. Link their account to {} and they keep one sign-in for both, once they accept.",
                    user.name, client.name
                ),
            };
            let verb = if user.deleted.is_some() { "Invite" } else { "Link" };
            (
                "This email already belongs to a portal user".to_owned(),
                Notice {
                    text,
                    button: Some((format!("{verb} {}", user.name), format!("person:{}", user.id))),
                    link: Some(("View user details", path_of(user.id))),
                },
            )
        }
    }
}

/// How the pages look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |problems: Problems, known: Option<Notice>, offered: bool| AddPage {
        chrome: Chrome::bare("Add New User, Marlow Property Group"),
        console: samples::console_chrome("portal-users"),
        problems,
        client: "Marlow Property Group".into(),
        client_id: "110".into(),
        user_id: String::new(),
        other_client: PATH.into(),
        typed: Typed { email: "office@marlow.example.com".into(), ..Typed::default() },
        email_hint: "Used to sign in. One person, one email.".into(),
        choice: PlaceFields::of(&[], &PlaceTyped::default(), "Marlow Property Group"),
        way: WayFields { offered, temporary: offered, may_switch: true },
        known,
        held: offered,
        unsaved: "",
    };
    let known = Notice {
        text: "Annelise Brandt uses this email at Quill & Ledger. Link their account to Marlow Property Group and they keep one sign-in for both, once they accept.".into(),
        button: Some(("Link Annelise Brandt".into(), "person:1".into())),
        link: Some(("View user details", "/console/portal-users/1".into())),
    };
    let problem = Problems::one("email", "This email already belongs to a portal user");
    vec![
        ("console/portal_user_add", samples::rendered(&page(Problems::default(), None, false))),
        ("console/portal_user_add-temporary", samples::rendered(&page(Problems::default(), None, true))),
        ("console/portal_user_add-known", samples::rendered(&page(problem, Some(known), false))),
    ]
}
