//! Asking for access, what comes of it by itself, and what staff decide.

use crate::access::{Actor, Origin, Permission};
use crate::account::throttle;
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId, RequestId};
use crate::base::{Error, Result};
use crate::business::{Business, Switch};
use crate::client;
use crate::contact::{self, Details};
use crate::db;
use crate::invitation::deeds::Inviter;
use crate::invitation::{self, Carries, Invitation, Standing, may_carry};
use crate::link;
use crate::mail::{Letter, outbox};
use crate::request::{Request, State, Wish, store};

/// How many requests of a business may be open at once: more are not taken until some are decided.
pub const MOST_OPEN: i64 = 1_000;
/// How many different requests one address may make in a day.
const MOST_A_DAY: i64 = 5;
/// How many invitations an address may have been mailed in the last hour, and day, for asking to mail it another (S33). It
/// leaves staff some of what an address may be mailed at all.
const INVITED_AN_HOUR: i64 = 2;
const INVITED_A_DAY: i64 = 5;
/// How many times a day an address is told that a request was refused.
const TOLD_A_DAY: i64 = 3;
/// How many requests of one business are answered before another's turn comes.
const AT_A_TIME: i64 = 50;

/// Ask for access. The answer and the work are the same whoever asks (S12): the wish is written down, and looked at
/// afterwards. The same asked again is one request; an address, and a business, have only so many.
///
/// # Errors
/// `TooMany` when too much was tried from the network address (S13).
pub async fn ask(app: &App, business: &Business, wish: &Wish, origin: Origin) -> Result<()> {
    let address = origin.address_text();
    let visitor = Actor::visitor(business.id, origin);
    throttle::count_visit(app, &visitor).await?;
    let mut act = app.begin(&visitor).await?;
    let open = store::open(&mut act, wish).await?;
    let room = store::open_up_to(&mut act, MOST_OPEN).await? < MOST_OPEN
        && store::made_today(&mut act, &wish.email.key(), MOST_A_DAY).await? < MOST_A_DAY;
    let request = match open {
        Some(request) => store::again(&mut act, &request).await?,
        None if room => store::insert(&mut act, wish, &address).await?,
        None => {
            let why = format!("asked for access as {}; too many requests are waiting already", wish.email);
            return act.commit(Entry::SignInRefused { account: None, portal_user: None, why }).await;
        }
    };
    let (email, reference) = (wish.email.to_string(), wish.reference.to_string());
    act.commit(Entry::AccessAsked { request, email, reference }).await?;
    app.wake.notify_one();
    Ok(())
}

/// Looks at the requests that nobody has looked at yet: an invitation goes out, or they wait for staff. One that a defect keeps
/// from being answered waits for staff, too, and keeps nobody behind it waiting.
///
/// # Errors
/// When the database cannot be reached.
pub async fn answer_all(app: &App) -> Result<()> {
    let businesses = store::asked_at(&mut app.db.read().await?).await?;
    for business in businesses {
        let asked = store::asked(&mut *app.look_at(business).await?, AT_A_TIME).await?;
        for id in asked {
            let actor = Actor::worker(business);
            match db::again(|| answer(app, &actor, id)).await {
                Err(Error::Internal(cause)) => {
                    tracing::error!(request = %id, error = %cause, "a request for access could not be answered; staff decide about it");
                    leave_to_staff(app, &actor, id).await?;
                }
                answered => answered?,
            }
        }
    }
    Ok(())
}

async fn leave_to_staff(app: &App, actor: &Actor, id: RequestId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let request = store::find(&mut act, id).await?;
    if request.state == State::Asked {
        store::settle(&mut act, &request, State::Waiting, None, actor.name()).await?;
    }
    act.commit_all(Vec::new()).await
}

async fn answer(app: &App, actor: &Actor, id: RequestId) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let request = store::find(&mut act, id).await?;
    if request.state != State::Asked {
        return Ok(());
    }
    let invited = match meant(&mut act, &request).await? {
        None => None,
        Some(contact) => match invitation::acts::write(&mut act, contact, &Inviter::of(actor)).await {
            Ok(invitation) => Some(invitation),
            Err(Error::Refused(_)) => None,
            Err(other) => return Err(other),
        },
    };
    match invited {
        None => {
            store::settle(&mut act, &request, State::Waiting, None, actor.name()).await?;
            act.commit_all(Vec::new()).await
        }
        Some(invitation) => {
            let contact = invitation.contact_id;
            store::settle(&mut act, &request, State::Invited, Some(contact), actor.name()).await?;
            act.commit(Entry::AccessInvited {
                request: id,
                contact,
                client: invitation.client_id,
                invitation: invitation.id,
                email: invitation.email.to_string(),
            })
            .await
        }
    }
}

/// The contact that a request names, if it may be invited without asking anybody: of that client and that address, neither
/// connected nor blocked, the client still one, and not mailed too often already. Who was let in once and no longer is, or holds an
/// offer that has run out or whose inviter may no longer invite, does not decide about coming back: staff do. So they do about
/// whoever was last invited by one of the client's own people ([`invitation::deeds::Chosen`]): asking is no way around what that
/// colleague may give (S45).
async fn meant(act: &mut Act, request: &Request) -> Result<Option<ContactId>> {
    let Some(client) = client::store::look_for(act, &request.reference).await? else { return Ok(None) };
    let Some(contact) = contact::store::look_for(act, client.id, &request.email.key()).await? else { return Ok(None) };
    let person = link::person_behind(act, &contact).await?;
    if may_carry(contact.portal.standing(), person, client.status, Switch::On) != Carries::Invitation {
        return Ok(None);
    }
    for offer in invitation::store::open_of(act, &[contact.id]).await? {
        let good = offer.standing(act.now) == Standing::Open;
        if !good || !invitation::acts::inviter_may_still(act, &offer).await? {
            return Ok(None);
        }
    }
    let (business, now) = (act.business, act.now);
    for (since, most) in [(now.plus_seconds(-3600), INVITED_AN_HOUR), (now.plus_days(-1), INVITED_A_DAY)] {
        if outbox::written_since(&mut act.tx, business, &request.email, "invitation", since).await? >= most {
            return Ok(None);
        }
    }
    Ok(Some(contact.id))
}

/// Approve a request: the contact that staff chose is invited, at the address on record and at no other.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is decided already, or the contact cannot be invited.
pub async fn approve(app: &App, actor: &Actor, id: RequestId, contact: ContactId) -> Result<Invitation> {
    actor.must(Permission::RequestsDecide)?;
    actor.must(Permission::ContactsInvite)?;
    let mut act = app.begin(actor).await?;
    let request = store::find(&mut act, id).await?;
    let (invitation, entry) = approve_within(&mut act, &request, contact).await?;
    act.commit(entry).await?;
    Ok(invitation)
}

/// Approve a request of somebody who is not on record yet: a contact is added to a client, and invited.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is decided already, or the contact would be blocked; `Invalid` when the client
/// has a contact of this address.
pub async fn approve_new(
    app: &App,
    actor: &Actor,
    id: RequestId,
    client: ClientId,
    details: Details,
) -> Result<Invitation> {
    actor.must(Permission::RequestsDecide)?;
    actor.must(Permission::ContactsInvite)?;
    actor.must(Permission::ClientsEdit)?;
    let mut act = app.begin(actor).await?;
    let request = store::find(&mut act, id).await?;
    request.must_be_open()?;
    let (contact, added) = contact::acts::add_within(&mut act, client, details).await?;
    let (invitation, approved) = approve_within(&mut act, &request, contact.id).await?;
    act.commit_all(vec![added, approved]).await?;
    Ok(invitation)
}

async fn approve_within(act: &mut Act, request: &Request, contact: ContactId) -> Result<(Invitation, Entry)> {
    request.must_be_open()?;
    let by = Inviter::of(&act.actor);
    let invitation = invitation::acts::write(act, contact, &by).await?;
    store::settle(act, request, State::Approved, Some(contact), &by.name).await?;
    let entry = Entry::AccessApproved {
        request: request.id,
        contact,
        client: invitation.client_id,
        invitation: invitation.id,
        asked_by: request.email.to_string(),
        email: invitation.email.to_string(),
    };
    Ok((invitation, entry))
}

/// Whether the person who asked is told by mail that the request was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tell {
    /// They are.
    Them,
    /// They hear nothing.
    Nobody,
}

/// Refuse a request; answers whether the person is told: an address is told so only a few times a day.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is decided already.
pub async fn refuse(app: &App, actor: &Actor, id: RequestId, tell: Tell) -> Result<Tell> {
    actor.must(Permission::RequestsDecide)?;
    let mut act = app.begin(actor).await?;
    let request = store::find(&mut act, id).await?;
    request.must_be_open()?;
    store::settle(&mut act, &request, State::Refused, None, actor.name()).await?;
    let (business, since) = (act.business, act.now.plus_days(-1));
    let told_lately =
        outbox::written_since(&mut act.tx, business, &request.email, "access_refused", since).await? >= TOLD_A_DAY;
    let tell = if told_lately { Tell::Nobody } else { tell };
    if tell == Tell::Them {
        let name = request.email.to_string();
        act.send(Letter::AccessRefused { request: id }, &request.email, &name).await?;
    }
    let email = request.email.to_string();
    act.commit(Entry::AccessRefused { request: id, email, told: tell == Tell::Them }).await?;
    Ok(tell)
}
