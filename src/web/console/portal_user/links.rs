//! A person's linked client accounts: group and role at each, and being unlinked from one.

use crate::act::{App, Look};
use crate::base::id::{LinkId, PortalUserId};
use crate::base::{Error, Problems, Result};
use crate::group;
use crate::link::places;
use crate::link::{self, Link, State as LinkState};
use crate::portal_user::{self, PortalUser};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::Staff;
use crate::web::console::portal_user::{id, path_of};
use crate::web::form::{Form, Nothing};
use crate::web::place::{PlaceFields, PlaceForm, PlaceTyped};
use crate::{client, contact};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "console/portal_user_place.html")]
struct PlacePage {
    chrome: Chrome,
    console: ConsoleChrome,
    problems: Problems,
    name: String,
    client: String,
    path: String,
    action: String,
    choice: PlaceFields,
    was_group: String,
    was_role: &'static str,
    last_admin: bool,
    /// What it is by now, where somebody else was quicker.
    rival: Option<String>,
}

fn link_id(text: &str) -> Result<LinkId> {
    text.parse().map_err(|_| Error::NotFound("The link"))
}

/// The link, the person and the client's name, as far as they belong together.
async fn find(look: &mut Look, user: PortalUserId, link: LinkId) -> Result<(PortalUser, Link, String)> {
    let user = portal_user::store::find(look, user).await?;
    user.must_be_here()?;
    let link = link::store::find(look, link).await?;
    if link.portal_user_id != user.id {
        return Err(Error::NotFound("The link"));
    }
    if link.state == LinkState::Ended {
        return Err(Error::refused(format!("{} is no longer linked there.", user.name)));
    }
    let client = client::store::find(look, link.client_id).await?.name.to_string();
    Ok((user, link, client))
}

async fn page_of(
    look: &mut Look,
    chrome: Chrome,
    staff: &Staff,
    user: PortalUserId,
    link: LinkId,
) -> Result<PlacePage> {
    let (user, link, client) = find(look, user, link).await?;
    let groups = group::store::choices(look, link.client_id).await?;
    let last = link::store::last_admin_of(look, user.id).await?;
    Ok(PlacePage {
        chrome: chrome.titled(format!("{} at {client}", user.name)),
        console: staff.chrome(look, "portal-users").await?,
        problems: Problems::default(),
        path: path_of(user.id),
        action: format!("{}/links/{}", path_of(user.id), link.id),
        choice: PlaceFields::of(&groups, &PlaceTyped::of(link.place(), &groups), &client),
        was_group: link.group_id.to_string(),
        was_role: link.role.code(),
        last_admin: last.iter().any(|(id, _)| *id == link.client_id),
        rival: None,
        name: user.name,
        client,
    })
}

/// The form.
pub async fn place_page(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((user, link)): Path<(String, String)>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    answer::page(&page_of(&mut look, chrome, &staff, id(&user)?, link_id(&link)?).await?)
}

/// Gives them that place.
pub async fn place(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((user, link)): Path<(String, String)>,
    Form(form): Form<PlaceForm>,
) -> Answer {
    let (user_id, link_id) = (id(&user)?, link_id(&link)?);
    let mut look = staff.look(&app).await?;
    let (user, link, client) = find(&mut look, user_id, link_id).await?;
    let groups = group::store::choices(&mut look, link.client_id).await?;
    drop(look);
    let typed = form.typed();
    let placed = match typed.place(&groups) {
        Ok(to) => places::place(&app, &staff.actor, user_id, link_id, form.was(link.place()), to).await,
        Err(error) => Err(error),
    };
    let (status, problems) = match placed {
        Ok(()) => {
            let text = format!("It holds from their very next request at {client}.");
            return answer::see_with(&path_of(user_id), "ok", &format!("{} has a new place", user.name), &text);
        }
        Err(Error::Conflict) => (StatusCode::CONFLICT, None),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, Some(problems)),
        Err(other) => return Err(other.into()),
    };
    let mut look = staff.look(&app).await?;
    let mut page = page_of(&mut look, chrome, &staff, user_id, link_id).await?;
    if problems.is_none() {
        let (_, link, _) = find(&mut look, user_id, link_id).await?;
        let group = groups.iter().find(|group| group.id == link.group_id).map(|group| group.name.as_str());
        page.rival = Some(format!("{} in {}", link.role.label(), group.unwrap_or_default()));
    }
    page.chrome = page.chrome.with_error();
    page.problems = problems.unwrap_or_default();
    page.choice = PlaceFields::of(&groups, &typed, &client);
    answer::page_with(status, &page)
}

#[derive(Template)]
#[template(path = "console/portal_user_unlink.html")]
struct UnlinkPage {
    chrome: Chrome,
    console: ConsoleChrome,
    name: String,
    client: String,
    contact: String,
    last_admin: bool,
    action: String,
    cancel: String,
    keep: [(&'static str, &'static str); 0],
}

/// Asks before unlinking, and says what that ends.
pub async fn ask_unlink(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Path((user, link)): Path<(String, String)>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let (user, link, client) = find(&mut look, id(&user)?, link_id(&link)?).await?;
    let contact = contact::store::find(&mut look, link.contact_id).await?.name();
    let last = link::store::last_admin_of(&mut look, user.id).await?;
    answer::page(&UnlinkPage {
        chrome: chrome.titled(format!("Unlink {} from {client}", user.name)),
        console: staff.chrome(&mut look, "portal-users").await?,
        last_admin: last.iter().any(|(id, _)| *id == link.client_id),
        action: format!("{}/links/{}/remove", path_of(user.id), link.id),
        cancel: path_of(user.id),
        keep: [],
        name: user.name,
        client,
        contact,
    })
}

/// Unlinks.
pub async fn unlink(
    State(app): State<App>,
    staff: Staff,
    Path((user, link)): Path<(String, String)>,
    _: Form<Nothing>,
) -> Answer {
    let (user_id, link_id) = (id(&user)?, link_id(&link)?);
    let mut look = staff.look(&app).await?;
    let (user, _, client) = find(&mut look, user_id, link_id).await?;
    drop(look);
    places::unlink(&app, &staff.actor, user_id, link_id).await?;
    let text = "Their contact there can be invited again. What they are linked to elsewhere stays.";
    answer::see_with(&path_of(user_id), "ok", &format!("{} is unlinked from {client}", user.name), text)
}

/// How the pages look.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{ClientId, GroupId};
    use crate::group::Kind;
    use crate::web::samples;
    let groups = [("Default", Kind::Default), ("Site crew", Kind::Custom)].map(|(name, kind)| group::UserGroup {
        id: GroupId(uuid::Uuid::from_u128(9)),
        client_id: ClientId(uuid::Uuid::from_u128(5)),
        name: name.into(),
        kind,
        may_see: crate::access::Sight::everything(),
        version: 1,
    });
    let page = |group: &str, problems: Problems, rival: Option<&str>| {
        let typed = PlaceTyped { group: group.into(), global_admin: true, group_manager: true };
        samples::rendered(&PlacePage {
            chrome: Chrome::bare("Devika Rao at Bramble Civil"),
            console: samples::console_chrome("portal-users"),
            problems,
            name: "Devika Rao".into(),
            client: "Bramble Civil".into(),
            path: "/console/portal-users/1".into(),
            action: "/console/portal-users/1/links/2".into(),
            choice: PlaceFields::of(&groups, &typed, "Bramble Civil"),
            was_group: "9".into(),
            was_role: "global_admin",
            last_admin: true,
            rival: rival.map(str::to_owned),
        })
    };
    let unlink = UnlinkPage {
        chrome: Chrome::bare("Unlink Devika Rao from Bramble Civil"),
        console: samples::console_chrome("portal-users"),
        name: "Devika Rao".into(),
        client: "Bramble Civil".into(),
        contact: "Dev Rao".into(),
        last_admin: true,
        action: "/console/portal-users/1/links/2/remove".into(),
        cancel: "/console/portal-users/1".into(),
        keep: [],
    };
    let wrong = Problems::one("group", "This group is no longer there. Choose another one.");
    vec![
        ("console/portal_user_place", page("default", Problems::default(), None)),
        ("console/portal_user_place-wrong", page("", wrong, None)),
        ("console/portal_user_place-conflict", page("default", Problems::default(), Some("Member in Site crew"))),
        ("console/portal_user_unlink", samples::rendered(&unlink)),
    ]
}
