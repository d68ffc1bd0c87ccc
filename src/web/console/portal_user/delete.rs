//! Deleting a portal user, after a question that names what is lost, and restoring one (P6).

use crate::base::id::PortalUserId;
use crate::base::{Error, Result};
use crate::contact;
use crate::invitation;
use crate::link::{self, State as LinkState, deletion};
use crate::portal_user::{self, RESTORE_DAYS};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::count;
use crate::web::console::errand::Errand;
use crate::web::form::{Form, Nothing};
use askama::Template;

#[derive(Template)]
#[template(path = "console/portal_user_delete.html")]
struct DeletePage {
    chrome: Chrome,
    console: ConsoleChrome,
    name: String,
    email: String,
    business: String,
    clients: Vec<(String, String)>,
    last_admin: Vec<String>,
    /// What else is lost, one thing in each line.
    lost: Vec<String>,
    elsewhere: bool,
    until: String,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// Asks before deleting, and names what will be lost.
pub async fn ask(chrome: Chrome, errand: Errand<PortalUserId>) -> Answer {
    answer::page(&page(&errand, chrome).await?)
}

async fn page(errand: &Errand<PortalUserId>, chrome: Chrome) -> Result<DeletePage> {
    let (staff, id) = (&errand.staff, errand.id);
    let mut look = errand.look().await?;
    let user = portal_user::store::find(&mut look, id).await?;
    if user.deleted.is_some() {
        return Err(Error::refused(format!("{} is already deleted. Nothing was changed.", user.name)));
    }
    let links = link::store::of_user(&mut look, id).await?;
    let active = links.iter().filter(|link| link.state == LinkState::Active);
    let last_admin = link::store::last_admin_of(&mut look, id).await?.into_iter().map(|(_, client)| client).collect();
    let now = look.now;
    let businesses = crate::account::store::businesses(&mut look.tx, user.account_id).await?;
    let elsewhere = businesses != [look.business];
    let mut lost = Vec::new();
    if !elsewhere {
        let idle = errand.app.config.session_idle;
        let open = crate::account::session::of_account(&mut look.tx, user.account_id, now, idle).await?.len();
        if open > 0 {
            lost.push(count(i64::try_from(open).unwrap_or(i64::MAX), "open session", "open sessions"));
        }
    }
    let invited = invitation::store::open_to(&mut look, &[user.email.key()]).await?;
    for (_, contact) in invited {
        let contact = contact::store::find(&mut look, contact).await?;
        lost.push(format!("The invitation to {} that waits", contact.company));
    }
    for proposal in portal_user::proposal::store::open_of(&mut look, id).await? {
        lost.push(format!("The change to {} that waits to be confirmed", proposal.change.to()));
    }
    Ok(DeletePage {
        chrome: chrome.titled(format!("Delete {}", user.name)),
        console: staff.chrome(&mut look, "portal-users").await?,
        business: staff.business.name.to_string(),
        clients: active
            .map(|link| (link.client_name.clone(), format!("{}, {}", link.role.label(), link.group_name)))
            .collect(),
        last_admin,
        lost,
        elsewhere,
        until: now.plus_days(RESTORE_DAYS).day(),
        action: errand.action("delete"),
        cancel: errand.onward(),
        keep: [],
        email: user.email.to_string(),
        name: user.name,
    })
}

/// Deletes.
pub async fn delete(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    let user = deletion::delete(&errand.app, errand.actor(), errand.id).await?;
    let until = user.deleted.map(|deleted| deleted.until().day()).unwrap_or_default();
    let text = format!("They no longer get in. Until {until} you can restore them, under Deleted.");
    errand.done(&format!("{} is deleted", user.name), &text)
}

/// Restores, and says what could not be linked again.
pub async fn restore(errand: Errand<PortalUserId>, _: Form<Nothing>) -> Answer {
    let user = deletion::restore(&errand.app, errand.actor(), errand.id).await?;
    let mut text = match user.company.as_str() {
        "" => "They are linked to no client: invite a contact of theirs.".to_owned(),
        company => format!("They are linked to {company} again."),
    };
    if user.disabled.is_some() {
        text.push_str(" They are disabled, as they were before.");
    }
    errand.done(&format!("{} is restored", user.name), &text)
}

/// How the question looks.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |elsewhere: bool| DeletePage {
        chrome: Chrome::bare("Delete Devika Rao"),
        console: samples::console_chrome("portal-users"),
        name: "Devika Rao".into(),
        email: "devika.rao@bramble.example.com".into(),
        business: "Tidewater Haulage".into(),
        clients: vec![("Bramble Civil".into(), "Global Admin, Default".into())],
        last_admin: vec!["Bramble Civil".into()],
        lost: vec!["2 open sessions".into(), "The invitation to Northbank Events that waits".into()],
        elsewhere,
        until: "22 December 2026".into(),
        action: "/console/portal-users/1/delete".into(),
        cancel: "/console/portal-users/1".into(),
        keep: [],
    };
    vec![
        ("console/portal_user_delete", samples::rendered(&page(false))),
        ("console/portal_user_delete-elsewhere", samples::rendered(&page(true))),
    ]
}
