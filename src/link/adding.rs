//! Adding a portal user (P4): the contact, where the client has none of that address yet, and the invitation, in one act. The
//! link itself is made when the person accepts: nothing is linked by e-mail alone (S29).

use crate::access::charge::authority;
use crate::access::{Actor, Authority, Charge, Permission};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{ClientId, ContactId, PortalUserId};
use crate::base::{Error, Result};
use crate::business::{self, Switch};
use crate::client::{self, Client};
use crate::contact::{self, Contact, Details, Portal};
use crate::invitation::deeds::Inviter;
use crate::invitation::{self, Invitation, Offered, Way};
use crate::language::say;
use crate::link::places::{self, Place, fitting};
use crate::link::store;
use crate::portal_user::{self, PortalUser};

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct New {
    /// At which client.
    pub client: ClientId,
    /// Who.
    pub details: Details,
    /// Into which group, in which role.
    pub place: Place,
    /// What the mail carries.
    pub way: Way,
    /// Whom staff have seen and meant, where the address is known already.
    pub meant: Meant,
}

/// Whom staff mean by an address that is known already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meant {
    /// Nobody was shown yet.
    Nobody,
    /// This contact of the client, as it is recorded.
    Contact(ContactId),
    /// This portal user of another client.
    Person(PortalUserId),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Added {
    /// An invitation was written.
    Invited(Box<Contact>, Box<Invitation>),
    /// The address is known already; nothing was changed.
    Known(Known),
}

/// Who has the address already.
#[derive(Clone, Debug)]
pub enum Known {
    /// A contact of the client, who can be invited; or, where one of the client's own people adds them, is invited already.
    Contact(Box<Contact>),
    /// Somebody who is linked to the client already.
    Linked(Box<PortalUser>),
    /// A portal user of another client, who keeps one sign-in for both when they accept.
    Person(Box<PortalUser>),
}

/// Add a portal user: the invitation goes to the address, or is held until the portal is switched on. One client may have many;
/// an address is used once. Staff do it, or one of the client's own people, for those whom they look after.
///
/// # Errors
/// `Forbidden`, `Shut`; `NotFound`; `Invalid` for an address that is blocked, or whose portal user staff would add while it is
/// disabled, or that one of the client's own people does not reach, a role that does not fit its group, or a temporary password
/// where the business has not switched them on; `Refused` when the client has left, or the address was mailed too often; or when
/// one of the client's own people has invited too many.
pub async fn add(app: &App, actor: &Actor, new: New) -> Result<Added> {
    let mut act = app.begin(actor).await?;
    let client = client::store::find(&mut act, new.client).await?;
    let actor = act.actor.clone();
    let authority = authority(&mut act.tx, &actor, Permission::PortalUsersAdd, client.id).await?;
    authority.must_reach(new.place)?;
    fitting(&mut act, client.id, new.place).await?;
    may_be_the_way(&mut act, new.way).await?;
    let found = match authority {
        Authority::Business => whom_staff_mean(&mut act, &client, &new).await?,
        Authority::Client(user, _) => {
            must_not_invite_too_many(&mut act, user).await?;
            whom_a_colleague_means(&mut act, client.id, &new, authority).await?
        }
    };
    let mut entries = Vec::new();
    let contact = match found {
        Whom::Known(known) => return Ok(Added::Known(known)),
        Whom::Contact(contact) => *contact,
        Whom::Nobody => {
            let contact = insert(&mut act, &client, new.details, authority).await?;
            entries.push(Entry::ContactAdded {
                contact: contact.id,
                client: client.id,
                name: contact.name(),
                email: contact.details.email.to_string(),
            });
            contact
        }
    };
    let offered = Offered { group: new.place.group, role: new.place.role, way: new.way };
    let by = Inviter::with(&actor, authority);
    let invitation = invitation::deeds::invite_one(&mut act, contact.id, &by, offered).await?;
    entries.push(invitation::deeds::entry(&invitation));
    act.commit_all(entries).await?;
    Ok(Added::Invited(Box::new(contact), Box::new(invitation)))
}

/// Who is invited.
enum Whom {
    /// A contact that there is.
    Contact(Box<Contact>),
    /// Nobody has the address yet: a contact is made.
    Nobody,
    /// Somebody else has the address, whom it takes more than this to invite.
    Known(Known),
}

/// Staff are shown who has the address, and say whom they mean.
async fn whom_staff_mean(act: &mut Act, client: &Client, new: &New) -> Result<Whom> {
    let known = portal_user::store::with_email(act, &new.details.email.key()).await?;
    if let Some(user) = known.as_ref().filter(|user| user.disabled.is_some()) {
        return Err(Error::invalid(
            "email",
            format!("{} signs in with this address and is disabled. Enable the portal user first.", user.name),
        ));
    }
    if let Some(user) = known.clone()
        && store::at_client(act, user.id, client.id).await?.is_some()
    {
        return Ok(Whom::Known(Known::Linked(Box::new(user))));
    }
    match contact::store::look_for(act, client.id, &new.details.email.key()).await? {
        Some(contact) => Ok(match known_contact(act, contact, new.meant).await? {
            Ok(contact) => Whom::Contact(Box::new(contact)),
            Err(known) => Whom::Known(known),
        }),
        None => Ok(match known.filter(|user| new.meant != Meant::Person(user.id)) {
            Some(user) => Whom::Known(Known::Person(Box::new(user))),
            None => Whom::Nobody,
        }),
    }
}

/// One of the client's own people learns who has the address among those whom they look after, and nothing of what it is
/// elsewhere (PRODUCT.md rule 3): not even that it is disabled there, which keeps whoever is invited out all the same. A contact
/// of the client whom they have never looked after stays out of their reach: its address alone opens no record.
async fn whom_a_colleague_means(act: &mut Act, client: ClientId, new: &New, authority: Authority) -> Result<Whom> {
    let email = new.details.email.key();
    if let Some(user) = portal_user::store::with_email(act, &email).await?
        && let Some(link) = store::at_client(act, user.id, client).await?
    {
        authority.must_reach(link.place()).map_err(|_| cannot())?;
        return Ok(Whom::Known(Known::Linked(Box::new(user))));
    }
    let Some(contact) = contact::store::look_for(act, client, &email).await? else { return Ok(Whom::Nobody) };
    // Whoever waits for another place is not moved by being added once more.
    match (authority, places::last_of_contact(act, contact.id).await?) {
        (_, Some(place)) => authority.must_reach(place).map_err(|_| cannot())?,
        (Authority::Client(_, Charge::Group(_)), None) => return Err(cannot()),
        (Authority::Business | Authority::Client(_, Charge::Everybody), None) => {}
    }
    match &contact.portal {
        Portal::Blocked(_) => Err(cannot()),
        Portal::Connected => {
            let link = store::of_contact(act, contact.id).await?.ok_or(Error::Conflict)?;
            let user = portal_user::store::find(act, link.portal_user_id).await?;
            Ok(Whom::Known(Known::Linked(Box::new(user))))
        }
        Portal::Invited => Ok(Whom::Known(Known::Contact(Box::new(contact)))),
        Portal::None => Ok(Whom::Contact(Box::new(contact))),
    }
}

/// The one answer about an address that cannot be added by one of the client's own people, whatever stands against it.
fn cannot() -> Error {
    Error::invalid("email", say("company-cannot-add"))
}

/// How many invitations one of a client's own people may send in a day (S33).
pub const MOST_INVITATIONS_A_DAY: i64 = 100;

async fn must_not_invite_too_many(act: &mut Act, user: PortalUserId) -> Result<()> {
    let since = act.now.plus_days(-1);
    if invitation::store::written_by_since(act, user.0, since).await? >= MOST_INVITATIONS_A_DAY {
        return Err(Error::refused(say("company-too-many").with("count", MOST_INVITATIONS_A_DAY)));
    }
    Ok(())
}

async fn may_be_the_way(act: &mut Act, way: Way) -> Result<()> {
    let business = act.business;
    let switched = business::store::find(&mut act.tx, business).await?.temporary_passwords;
    if way == Way::TemporaryPassword && switched == Switch::Off {
        return Err(Error::invalid(
            "way",
            "Temporary passwords are switched off. Mail a link, or switch them on first.",
        ));
    }
    Ok(())
}

/// The contact that has the address: whom staff meant, or whom they are shown first.
async fn known_contact(act: &mut Act, contact: Contact, meant: Meant) -> Result<std::result::Result<Contact, Known>> {
    match &contact.portal {
        Portal::Blocked(block) => Err(Error::invalid(
            "email",
            format!(
                "This email address is {}’s, who is blocked from {}’s portal, by {} since {}. Unblock the contact first.",
                contact.name(),
                contact.company,
                block.by,
                block.at.day()
            ),
        )),
        Portal::Connected => {
            let link = store::of_contact(act, contact.id).await?.ok_or(Error::Conflict)?;
            let user = portal_user::store::find(act, link.portal_user_id).await?;
            Ok(Err(Known::Linked(Box::new(user))))
        }
        Portal::None | Portal::Invited if meant == Meant::Contact(contact.id) => Ok(Ok(contact)),
        Portal::None | Portal::Invited => Ok(Err(Known::Contact(Box::new(contact)))),
    }
}

async fn insert(act: &mut Act, client: &Client, details: Details, authority: Authority) -> Result<Contact> {
    if let Some(block) = contact::store::kept_out(act, client.id, &details.email).await? {
        if authority != Authority::Business {
            return Err(cannot());
        }
        return Err(Error::invalid(
            "email",
            format!(
                "This email address is blocked from {}’s portal, by {} since {}. Unblock the contact that had it first, or use another address.",
                client.name,
                block.by,
                block.at.day()
            ),
        ));
    }
    let contact = Contact {
        id: ContactId::new(act.now),
        client_id: client.id,
        company: client.name.to_string(),
        details,
        portal: Portal::None,
        created_at: act.now,
        version: 1,
    };
    contact::store::insert(act, contact).await
}
