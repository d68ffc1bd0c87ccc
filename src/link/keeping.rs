//! Keeping one of a client's people out, and letting them in again: the same deed as staff's, on behalf of whoever it is done for
//! ([`crate::portal_user::Behalf`]). It holds for the whole portal user, so the client's own people do it only to whom no other
//! client has; and it ends with the link, for then the person is none of theirs any more.

use crate::access::charge::looks_after_itself;
use crate::access::{Actor, Authority, Role};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, LinkId, PortalUserId};
use crate::base::{Error, Result};
use crate::business::Business;
use crate::client;
use crate::language::{Sentence, say};
use crate::link::places::{keep_an_admin, reached};
use crate::link::{Link, bulk, store};
use crate::portal_user::deeds::{self, Deed};
use crate::portal_user::{self, Behalf, Disabled, PortalUser};
use std::collections::HashMap;

/// Whether somebody can be disabled by whoever asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disabling {
    /// They can.
    Possible(Behalf),
    /// They are another client's, too: to be removed from this one is all that its own people decide.
    AlsoElsewhere,
}

/// What disabling somebody would be, asked by this actor now; nothing is changed.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Refused` when the link has ended, somebody would disable themselves, or whom is disabled
/// already, or the client would be left without a Global Admin by one of its own.
pub async fn foresee(scope: &mut Scope, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<Disabling> {
    let (user, link, authority) = reached(scope, actor, user, link).await?;
    weigh(scope, &user, &link, authority).await
}

async fn weigh(scope: &mut Scope, user: &PortalUser, link: &Link, authority: Authority) -> Result<Disabling> {
    let behalf = behalf_of(authority, link);
    if behalf == Behalf::Business {
        return Ok(Disabling::Possible(behalf));
    }
    if authority.user() == Some(user.id) {
        return Err(Error::refused(say("company-disable-not-oneself")));
    }
    authority.must_stand_above(link.place())?;
    if user.disabled.is_some() {
        return Err(Error::refused(say("company-disable-already").with("name", &user.name)));
    }
    if link.role == Role::GlobalAdmin {
        keep_an_admin(scope, authority, user, link.client_id).await?;
    }
    let elsewhere = store::is_also_elsewhere(scope, user.id, link.client_id).await?;
    Ok(if elsewhere { Disabling::AlsoElsewhere } else { Disabling::Possible(behalf) })
}

fn behalf_of(authority: Authority, link: &Link) -> Behalf {
    match authority {
        Authority::Business => Behalf::Business,
        Authority::Client(..) => Behalf::Client(link.client_id),
    }
}

/// Disable somebody at a client: nothing of the business opens any more, from the very next request on every node. Open
/// invitations and password resets are void (PRODUCT.md rule 10); the account elsewhere stays as it is.
///
/// # Errors
/// As [`foresee`]; `Refused` when they are another client's, too.
pub async fn disable(app: &App, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let (user, link, authority) = reached(&mut act, actor, user, link).await?;
    match weigh(&mut act, &user, &link, authority).await? {
        Disabling::Possible(behalf) => perform(act, user.id, Deed::Disable(None, behalf)).await,
        Disabling::AlsoElsewhere => Err(Error::refused(say("company-disable-elsewhere").with("name", &user.name))),
    }
}

/// Goes on only with somebody whom this actor may enable now: staff whomever they want, the client's own people whom one of them
/// has disabled.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Refused` when the link has ended, or whom is not disabled, or by the business.
pub async fn must_be_ours(scope: &mut Scope, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<Behalf> {
    let (user, link, authority) = reached(scope, actor, user, link).await?;
    let behalf = behalf_of(authority, &link);
    authority.must_stand_above(link.place())?;
    match &user.disabled {
        None => Err(Error::refused(say("company-enable-not-disabled").with("name", &user.name))),
        Some(disabled) if !disabled.yields_to(behalf) => {
            Err(Error::refused(say("company-enable-not-ours").with("name", &user.name)))
        }
        Some(_) => Ok(behalf),
    }
}

/// Enable somebody at a client again: what was linked before opens again.
///
/// # Errors
/// As [`must_be_ours`].
pub async fn enable(app: &App, actor: &Actor, user: PortalUserId, link: LinkId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let behalf = must_be_ours(&mut act, actor, user, link).await?;
    perform(act, user, Deed::Enable(behalf)).await
}

async fn perform(mut act: Act, user: PortalUserId, deed: Deed<'_>) -> Result<()> {
    for (_, outcome) in deeds::perform(&mut act, &[user], deed).await? {
        outcome?;
    }
    act.commit_all(Vec::new()).await
}

/// What somebody who is disabled is told, and whom to ask: their own Global Admin where one of the client's people did it and
/// one of them can take it back, else the business. Nobody is named: who did it is their colleagues' affair. It is for the person
/// alone, once they have shown who they are: the refusal at the door tells nothing (S11).
///
/// # Errors
/// When the database cannot be read.
pub async fn whom_to_ask(scope: &mut Scope, business: &Business, user: &PortalUser) -> Result<Sentence> {
    let client = user.disabled.as_ref().and_then(|disabled| disabled.behalf.client());
    let ask_business = say("shut-disabled").with("business", business.name.as_str()).into();
    let Some(client) = client.filter(|_| user.deleted.is_none()) else { return Ok(ask_business) };
    let linked = store::at_client(scope, user.id, client).await?.is_some();
    if !linked || !looks_after_itself(&mut scope.tx, business.id, client).await? {
        return Ok(ask_business);
    }
    let client = client::store::find(scope, client).await?.name;
    let said = say("shut-disabled-by-client").with("business", business.name.as_str()).with("client", client.as_str());
    Ok(said.into())
}

/// Those of these people, by how they were disabled before, to whom that can be put back: what the business shut always, what
/// a client's own people shut as long as the person is that client's, and no other's.
///
/// # Errors
/// When the database cannot be read.
pub async fn still_to_keep(
    scope: &mut Scope,
    before: &HashMap<PortalUserId, Disabled>,
) -> Result<HashMap<PortalUserId, Disabled>> {
    let users: Vec<PortalUserId> = before.keys().copied().collect();
    let mut clients: HashMap<PortalUserId, Vec<ClientId>> = HashMap::new();
    for tie in bulk::active_of(scope, &users).await? {
        clients.entry(tie.link.portal_user_id).or_default().push(tie.link.client_id);
    }
    let holds = |user: &PortalUserId, disabled: &Disabled| match disabled.behalf {
        Behalf::Business => true,
        Behalf::Client(client) => clients.get(user).is_some_and(|clients| *clients == [client]),
    };
    Ok(before.iter().filter(|(user, disabled)| holds(user, disabled)).map(|(u, d)| (*u, d.clone())).collect())
}

/// Ends with a link what that client's own people had shut: nothing of theirs is left to keep the person from, and what other
/// clients share is not theirs to shut. What the business has shut stays.
pub(super) async fn ended_with(act: &mut Act, link: &Link) -> Result<Option<Entry>> {
    let mut user = portal_user::store::find(act, link.portal_user_id).await?;
    if user.disabled.as_ref().is_none_or(|disabled| disabled.behalf != Behalf::Client(link.client_id)) {
        return Ok(None);
    }
    user.disabled = None;
    portal_user::store::save(act, &mut user).await?;
    Ok(Some(Entry::DisablingEnded { portal_user: user.id, client: link.client_id }))
}
