//! What is done about user groups (U6): by a client's own Global Admins, as far as that is delegated to them, and by staff.

use crate::access::charge::authority;
use crate::access::{Actor, Permission, Sight};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{ClientId, GroupId};
use crate::base::text::GroupName;
use crate::base::{Error, Result};
use crate::group::{Kind, UserGroup, store};
use crate::language::say;

/// The most groups that a client may have: more than anybody can choose among.
pub const MOST_GROUPS: i64 = 200;

/// Make a group. Nobody belongs to it yet.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Invalid` when the client has a group of this name; `Refused` when it has too many.
pub async fn create(app: &App, actor: &Actor, client: ClientId, name: GroupName, may_see: Sight) -> Result<UserGroup> {
    let mut act = begin(app, actor, client).await?;
    // Also finds out whether there is such a client.
    store::default_of(&mut act, client).await?;
    must_be_free(&mut act, client, &name, None).await?;
    if store::count(&mut act, client).await? >= MOST_GROUPS {
        return Err(Error::refused(say("company-group-most").with("count", MOST_GROUPS)));
    }
    let now = act.now;
    let group = UserGroup {
        id: GroupId::new(now),
        client_id: client,
        name: name.to_string(),
        kind: Kind::Custom,
        may_see,
        version: 1,
    };
    store::insert(&mut act, &group).await?;
    let entry = Entry::GroupAdded { client, group: group.id, name: group.name.clone(), may_see: group.may_see.code() };
    act.commit(entry).await?;
    Ok(group)
}

/// What came of changing a group.
#[derive(Clone, Debug)]
pub enum Edited {
    /// It was changed.
    Changed(UserGroup),
    /// All is as it was.
    Same(UserGroup),
}

/// Change a group's name and what its members may see, which holds from their very next request. The Default group keeps its
/// name.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Conflict` when somebody changed it since `version`; `Invalid` when the client has another
/// group of this name.
pub async fn edit(
    app: &App,
    actor: &Actor,
    (client, id): (ClientId, GroupId),
    version: i64,
    name: Option<GroupName>,
    may_see: Sight,
) -> Result<Edited> {
    let mut act = begin(app, actor, client).await?;
    let mut group = find(&mut act, client, id).await?;
    if group.version != version {
        return Err(Error::Conflict);
    }
    let mut entries = Vec::new();
    if let Some(name) = name.filter(|name| group.kind == Kind::Custom && name.as_str() != group.name) {
        must_be_free(&mut act, client, &name, Some(id)).await?;
        let from = std::mem::replace(&mut group.name, name.to_string());
        entries.push(Entry::GroupRenamed { client, group: id, from, to: name.to_string() });
    }
    if group.may_see != may_see {
        let from = group.may_see.code();
        entries.push(Entry::GroupSightChanged {
            client,
            group: id,
            name: group.name.clone(),
            from,
            to: may_see.code(),
        });
        group.may_see = may_see;
    }
    if entries.is_empty() {
        return Ok(Edited::Same(group));
    }
    store::save(&mut act, &mut group).await?;
    act.commit_all(entries).await?;
    Ok(Edited::Changed(group))
}

/// Delete a group that the client made. Its people move to the Default group as members, and so do those who are invited to it;
/// answers how many were in.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Refused` for the Default group.
pub async fn delete(app: &App, actor: &Actor, (client, id): (ClientId, GroupId)) -> Result<i64> {
    let mut act = begin(app, actor, client).await?;
    let group = find(&mut act, client, id).await?;
    if group.kind == Kind::Default {
        return Err(Error::refused(say("company-group-keep")));
    }
    let default = store::default_of(&mut act, client).await?;
    let moved = store::move_people(&mut act, id, default.id).await?;
    store::end(&mut act, &group).await?;
    act.commit(Entry::GroupDeleted { client, group: id, name: group.name, moved }).await?;
    Ok(moved)
}

/// Begins an act on the groups of a client.
async fn begin(app: &App, actor: &Actor, client: ClientId) -> Result<Act> {
    let mut act = app.begin(actor).await?;
    let actor = act.actor.clone();
    authority(&mut act.tx, &actor, Permission::PortalUsersManage, client).await?.must_look_after_everybody()?;
    Ok(act)
}

async fn find(act: &mut Act, client: ClientId, id: GroupId) -> Result<UserGroup> {
    let group = store::find(act, id).await?;
    if group.client_id == client { Ok(group) } else { Err(Error::NotFound("The group")) }
}

async fn must_be_free(act: &mut Act, client: ClientId, name: &GroupName, except: Option<GroupId>) -> Result<()> {
    match store::named(act, client, name).await?.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(holder) => Err(Error::invalid("name", say("company-group-taken").with("group", &holder.name))),
    }
}
