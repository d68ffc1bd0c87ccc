//! A person's place at a client: group and role, and being unlinked. Staff may do it for the client; whoever takes a client's
//! last Global Admin away is warned, and may go on.

use crate::access::{Actor, Permission, Role};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, LinkId, PortalUserId};
use crate::base::{Error, Result};
use crate::group::{self, UserGroup};
use crate::link::{EndReason, Link, State, store};
use crate::portal_user::PortalUser;
use crate::{client, contact, portal_user};

pub use crate::access::Place;

impl Link {
    /// The group and the role.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { group: self.group_id, role: self.role }
    }
}

/// The group of a client that somebody is put into, if the role may be held there: a Global Admin belongs to the Default
/// group, a Group Manager to one that the client made.
///
/// # Errors
/// `Invalid`, naming `group` or `role`.
pub async fn fitting(scope: &mut Scope, client: ClientId, place: Place) -> Result<UserGroup> {
    let group = match group::store::find(scope, place.group).await {
        Err(Error::NotFound(_)) => None,
        found => Some(found?),
    };
    let group = group
        .filter(|group| group.client_id == client)
        .ok_or_else(|| Error::invalid("group", "This group is no longer there. Choose another one."))?;
    if group.kind.takes(place.role) {
        return Ok(group);
    }
    let why = match place.role {
        Role::GlobalAdmin => "A Global Admin belongs to the Default group. Choose that group, or no Global Admin.",
        Role::GroupManager | Role::Member => {
            "A Group Manager looks after a group that the client made. Choose such a group, or no Group Manager."
        }
    };
    Err(Error::invalid("role", why))
}

/// Give a person another group or role at a client: from the very next request they may do what it says and no more (S47).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` when somebody changed it since `was` was shown; `Invalid` when the role does not fit
/// the group; `Refused` when nothing differs, or the link has ended.
pub async fn place(app: &App, actor: &Actor, user: PortalUserId, link: LinkId, was: Place, to: Place) -> Result<()> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let (user, link) = linked(&mut act, user, link).await?;
    let group = fitting(&mut act, link.client_id, to).await?;
    if link.place() != was {
        return Err(Error::Conflict);
    }
    if was == to {
        return Err(Error::refused(format!(
            "{}’s group and role are the same as before. Nothing was changed.",
            user.name
        )));
    }
    let before = group::store::find(&mut act, link.group_id).await?;
    store::place(&mut act, &link, to).await?;
    let words = |role: Role, group: &UserGroup| format!("{} in {}", role.label(), group.name);
    act.commit(Entry::LinkPlaced {
        portal_user: user.id,
        contact: link.contact_id,
        client: link.client_id,
        from: words(link.role, &before),
        to: words(to.role, &group),
    })
    .await
}

/// Unlink a person from a client: the very next request for its things is refused. The contact can be invited again; the
/// person, and their links to other clients, stay (PRODUCT.md rule 11).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the link has ended already.
pub async fn unlink(app: &App, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<()> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let (user, link) = linked(&mut act, user, link).await?;
    store::end(&mut act, &link, actor.name(), EndReason::Removed).await?;
    let mut contact = contact::store::find(&mut act, link.contact_id).await?;
    contact.disconnect();
    contact::store::save_portal(&mut act, &mut contact).await?;
    store::refresh_company(&mut act, user.id).await?;
    let client = client::store::find(&mut act, link.client_id).await?;
    act.commit(Entry::Unlinked {
        portal_user: user.id,
        contact: link.contact_id,
        client: link.client_id,
        client_name: client.name.to_string(),
    })
    .await
}

async fn linked(act: &mut Act, user: PortalUserId, link: LinkId) -> Result<(PortalUser, Link)> {
    let user = portal_user::store::find(act, user).await?;
    user.must_be_here()?;
    let link = store::find(act, link).await?;
    if link.portal_user_id != user.id {
        return Err(Error::NotFound("The link"));
    }
    match link.state {
        State::Active => Ok((user, link)),
        State::Ended => Err(Error::refused(format!("{} is no longer linked there. Nothing was changed.", user.name))),
    }
}
