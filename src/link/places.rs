//! A person's place at a client: group and role, being mailed a link for a new password, and being unlinked. Staff may do it for
//! the client, and the client's own people as far as they look after others. Staff who take a client's last Global Admin away
//! are warned, and may go on; the client's own people cannot (S48).

use crate::access::charge::authority;
use crate::access::{Actor, Authority, Permission, Role};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId, LinkId, PortalUserId};
use crate::base::{Error, Result};
use crate::group::{self, UserGroup};
use crate::language::{Said, say};
use crate::link::{EndReason, Link, State, keeping, store};
use crate::portal_user::PortalUser;
use crate::{client, contact, invitation, portal_user};

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
        .ok_or_else(|| Error::invalid("group", say("company-group-gone")))?;
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
/// `Forbidden`, `Shut`; `NotFound`; `Conflict` when somebody changed it since `was` was shown; `Invalid` when the role does not
/// fit the group; `Refused` when nothing differs, the link has ended, or the client would be left without a Global Admin by one
/// of its own.
pub async fn place(app: &App, actor: &Actor, user: PortalUserId, link: LinkId, was: Place, to: Place) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let (user, link, authority) = reached(&mut act, actor, user, link).await?;
    must_not_let_in(authority, &user, &link)?;
    authority.must_reach(to)?;
    let group = fitting(&mut act, link.client_id, to).await?;
    if link.place() != was {
        return Err(Error::Conflict);
    }
    if was == to {
        return Err(Error::refused(say("company-place-same").with("name", &user.name)));
    }
    if was.role == Role::GlobalAdmin && to.role != Role::GlobalAdmin {
        keep_an_admin(&mut act, authority, &user, link.client_id).await?;
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
/// `Forbidden`, `Shut`; `NotFound`; `Refused` when the link has ended already, when somebody would remove themselves, or the
/// client's last Global Admin would be removed by one of its own.
pub async fn unlink(app: &App, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let (user, link, authority) = reached(&mut act, actor, user, link).await?;
    if authority.user() == Some(user.id) {
        return Err(Error::refused(not_oneself()));
    }
    must_not_let_in(authority, &user, &link)?;
    if link.role == Role::GlobalAdmin {
        keep_an_admin(&mut act, authority, &user, link.client_id).await?;
    }
    store::end(&mut act, &link, actor.name(), EndReason::Removed).await?;
    let mut contact = contact::store::find(&mut act, link.contact_id).await?;
    contact.disconnect();
    contact::store::save_portal(&mut act, &mut contact).await?;
    store::refresh_company(&mut act, user.id).await?;
    let client = client::store::find(&mut act, link.client_id).await?;
    let mut entries = vec![Entry::Unlinked {
        portal_user: user.id,
        contact: link.contact_id,
        client: link.client_id,
        client_name: client.name.to_string(),
    }];
    entries.extend(keeping::ended_with(&mut act, &link).await?);
    act.commit_all(entries).await
}

/// What whoever wants to remove themselves is told.
#[must_use]
pub fn not_oneself() -> Said {
    say("company-not-oneself")
}

/// Mail one of a client's people a link to set a new password, for the client: nobody else sees it, and their password stays
/// until they use it.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Refused` when the link has ended, the portal user is kept out, or was mailed too often
/// lately.
pub async fn send_reset(app: &App, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let (user, link, authority) = reached(&mut act, actor, user, link).await?;
    portal_user::acts::mail_reset(&mut act, &user).await?;
    let client = authority.user().map(|_| link.client_id);
    act.commit(Entry::PasswordResetSent { portal_user: user.id, client }).await
}

/// Goes on only where the client keeps a Global Admin who gets in, if one of its own people acts (S48).
pub(super) async fn keep_an_admin(
    scope: &mut Scope,
    authority: Authority,
    user: &PortalUser,
    client: ClientId,
) -> Result<()> {
    if authority != Authority::Business && store::is_last_admin(scope, user.id, client).await? {
        return Err(Error::refused(say("company-last-refused").with("name", &user.name)));
    }
    Ok(())
}

/// Where one of a client's contacts stands, or will once they accept the invitation that waits for them.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_contact(scope: &mut Scope, contact: ContactId) -> Result<Option<Place>> {
    if let Some(link) = store::of_contact(scope, contact).await? {
        return Ok(Some(link.place()));
    }
    invitation::acts::offered_place(scope, contact).await
}

/// Where one of a client's contacts stands, or stood last: linked, or invited. None of one that nobody has ever invited.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_of_contact(scope: &mut Scope, contact: ContactId) -> Result<Option<Place>> {
    if let Some(place) = of_contact(scope, contact).await? {
        return Ok(Some(place));
    }
    let invited = invitation::store::newest_of(scope, contact).await?;
    let linked = store::ended_of_contact(scope, contact).await?;
    let since = linked.as_ref().map(|link| link.made_at);
    let invited = invited.filter(|invited| since.is_none_or(|since| invited.created_at > since));
    Ok(invited.map(|invited| invited.offered().place()).or(linked.map(|link| link.place())))
}

/// Whoever is disabled is moved and removed only by those who could enable them. Else a Group Manager would put a fellow manager
/// below first, or invite them anew, and so let in whom their Global Admin has shut out.
fn must_not_let_in(authority: Authority, user: &PortalUser, link: &Link) -> Result<()> {
    if user.disabled.is_some() { authority.must_stand_above(link.place()) } else { Ok(()) }
}

/// The person and the tie, and by what right the actor does something about them.
pub(super) async fn reached(
    scope: &mut Scope,
    actor: &Actor,
    user: PortalUserId,
    link: LinkId,
) -> Result<(PortalUser, Link, Authority)> {
    let (user, link) = linked(scope, user, link).await?;
    let authority = authority(&mut scope.tx, actor, Permission::PortalUsersManage, link.client_id).await?;
    authority.must_reach(link.place())?;
    if link.state == State::Ended {
        return Err(Error::refused(say("company-ended").with("name", &user.name)));
    }
    user.must_be_here()?;
    Ok((user, link, authority))
}

async fn linked(scope: &mut Scope, user: PortalUserId, link: LinkId) -> Result<(PortalUser, Link)> {
    let user = portal_user::store::find(scope, user).await?;
    let link = store::find(scope, link).await?;
    if link.portal_user_id == user.id { Ok((user, link)) } else { Err(Error::NotFound("The link")) }
}
