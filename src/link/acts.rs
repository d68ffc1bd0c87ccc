//! What makes and ends links: accepting an invitation, blocking, unblocking.

use crate::access::{Actor, Permission, Who};
use crate::account::store::NewAccount;
use crate::account::{self, Account, Realm};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::id::{ContactId, LinkId, PortalUserId};
use crate::base::secret::Token;
use crate::base::text::{PersonName, Reason};
use crate::base::{Error, Instant, Result};
use crate::business::{self, Switch};
use crate::contact::{self, Contact};
use crate::invitation::{self, Invitation, Standing};
use crate::link::{EndReason, Link, State, store};
use crate::mail::Letter;
use crate::portal_user::{self, PortalUser};

/// Who accepts an invitation.
#[derive(Clone, Debug)]
pub enum Accepting {
    /// Somebody new: an account is made for the invited address.
    NewPerson {
        /// First name.
        first: PersonName,
        /// Last name.
        last: PersonName,
        /// The hash of the password that was chosen.
        password_hash: String,
    },
    /// Somebody who has signed in to an account.
    SignedIn,
}

/// What came of accepting.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The account that is linked now.
    pub account: Account,
    /// The invitation.
    pub invitation: Invitation,
}

/// Accept an invitation: the contact it was mailed to becomes linked to the person's account. Of many who accept at once,
/// exactly one succeeds (S26); the inviter's right, the block and the business are checked again at this moment (S30). An
/// existing account must have signed in (S29).
///
/// # Errors
/// `NotFound` for a link that was never made; `Refused` when it cannot be accepted any more, or not by this account.
pub async fn accept(app: &App, actor: &Actor, token: &Token, accepting: Accepting) -> Result<Accepted> {
    let mut act = app.begin(actor).await?;
    let (business_id, now) = (act.business, act.now);
    let invitation = invitation::store::look_for(&mut act, token).await?.ok_or(Error::NotFound("The invitation"))?;
    if let Some(why) = refusal(invitation.standing(now)) {
        return Err(Error::refused(why));
    }
    let business = business::store::find(&mut act.tx, business_id).await?;
    if business.portal == Switch::Off {
        return Err(Error::refused(format!(
            "{}’s client portal is switched off at the moment. Your invitation stays good; try again later.",
            business.name
        )));
    }
    let mut contact = contact::store::find(&mut act, invitation.contact_id).await?;
    if contact.blocked().is_some() || contact.details.email != invitation.email {
        return Err(Error::refused("This invitation is no longer good. Ask the business for a new one."));
    }
    let account = account_of(&mut act, &invitation, accepting, now).await?;
    account::store::add_business(&mut act.tx, account.id, business_id).await?;
    let user = portal_user_of(&mut act, &account, now).await?;
    if user.disabled.is_some() {
        return Err(Error::refused(format!(
            "Your access to {}’s portal is switched off. Ask them to switch it on again.",
            business.name
        )));
    }
    if store::at_client(&mut act, user.id, invitation.client_id).await?.is_some() {
        return Err(Error::refused(format!(
            "This account is already connected to {}. Sign in to see it.",
            contact.company
        )));
    }
    invitation::store::end(&mut act, invitation.id, invitation::State::Accepted, Some(account.id)).await?;
    connect(&mut act, &mut contact, &user, &invitation).await?;
    if account.email != invitation.email {
        let letter = Letter::AcceptedAsAnother { invitation: invitation.id };
        act.send(letter, &invitation.email, &contact.name()).await?;
    }
    let entry = Entry::InvitationAccepted {
        contact: contact.id,
        client: contact.client_id,
        invitation: invitation.id,
        portal_user: user.id,
        invited: invitation.email.to_string(),
        accepted_as: account.email.to_string(),
    };
    act.commit(entry).await?;
    Ok(Accepted { account, invitation })
}

/// What a person is told about a link that cannot be accepted any more, and what to do next.
#[must_use]
pub fn refusal(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Open => None,
        Standing::Expired => Some("This invitation has expired. Ask for a new one."),
        Standing::Accepted => Some("This invitation has already been used. If it was you, sign in."),
        Standing::Revoked => Some("This invitation was withdrawn. Ask the business if you think that is a mistake."),
        Standing::Replaced => Some("A newer invitation was sent. Use the link in the latest mail."),
    }
}

async fn account_of(act: &mut Act, invitation: &Invitation, accepting: Accepting, now: Instant) -> Result<Account> {
    match (accepting, act.actor.who.clone()) {
        (Accepting::SignedIn, Who::Person { account, .. }) => account::store::hold(&mut act.tx, account).await,
        (Accepting::SignedIn, _) => Err(Error::SignInNeeded),
        (Accepting::NewPerson { first, last, password_hash }, _) => {
            if account::store::look_for(&mut act.tx, Realm::Portal, &invitation.email).await?.is_some() {
                return Err(Error::refused(
                    "There is already an account with this address. Sign in to accept the invitation.",
                ));
            }
            let new = NewAccount {
                realm: Realm::Portal,
                email: invitation.email.clone(),
                first_name: first,
                last_name: last,
                language: "en".into(),
                password_hash: Some(password_hash),
            };
            let id = account::store::insert(&mut act.tx, &new, now).await?;
            account::store::find(&mut act.tx, id).await
        }
    }
}

async fn portal_user_of(act: &mut Act, account: &Account, now: Instant) -> Result<PortalUser> {
    if let Some(user) = portal_user::store::of_account(act, account.id).await? {
        return Ok(user);
    }
    let user = PortalUser {
        id: PortalUserId::new(now),
        account_id: account.id,
        email: account.email.clone(),
        name: account.name(),
        company: String::new(),
        password_due: account.password_due_since,
        disabled: None,
        terms_version: 0,
        terms_at: Instant::default(),
        last_sign_in_at: Instant::default(),
        created_at: now,
        version: 1,
    };
    portal_user::store::insert(act, &user).await?;
    Ok(user)
}

async fn connect(act: &mut Act, contact: &mut Contact, user: &PortalUser, invitation: &Invitation) -> Result<()> {
    contact.connect()?;
    contact::store::save_portal(act, contact).await?;
    let link = Link {
        id: LinkId::new(act.now),
        contact_id: contact.id,
        client_id: contact.client_id,
        portal_user_id: user.id,
        group_id: invitation.group_id,
        role: invitation.role,
        state: State::Active,
        invited_email: invitation.email.clone(),
        made_at: act.now,
        ended_at: None,
    };
    store::insert(act, &link).await?;
    store::refresh_company(act, user.id).await
}

/// Block a contact from the portal: the link ends, every open invitation is void, and the very next request is refused. The
/// person's own account and its links elsewhere stay. No later mail invites the contact until it is unblocked.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is blocked already.
pub async fn block(app: &App, actor: &Actor, id: ContactId, because: Option<Reason>) -> Result<Contact> {
    actor.must(Permission::ContactsBlock)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut contact = contact::store::find(&mut act, id).await?;
    contact.block(because.as_ref(), now, actor.name())?;
    contact::store::save_portal(&mut act, &mut contact).await?;
    contact::store::keep_out(&mut act, &contact).await?;
    invitation::store::end_open(&mut act, id, invitation::State::Revoked).await?;
    let link = store::of_contact(&mut act, id).await?;
    if let Some(link) = &link {
        store::end(&mut act, link, actor.name(), EndReason::Blocked).await?;
        store::refresh_company(&mut act, link.portal_user_id).await?;
    }
    act.commit(Entry::ContactBlocked {
        contact: id,
        client: contact.client_id,
        portal_user: link.map(|link| link.portal_user_id),
        because: because.map(|b| b.to_string()).unwrap_or_default(),
    })
    .await?;
    Ok(contact)
}

/// Unblock a contact: it can be invited again. The link that blocking ended does not come back by itself.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is not blocked.
pub async fn unblock(app: &App, actor: &Actor, id: ContactId) -> Result<Contact> {
    actor.must(Permission::ContactsBlock)?;
    let mut act = app.begin(actor).await?;
    let mut contact = contact::store::find(&mut act, id).await?;
    contact.unblock()?;
    contact::store::let_in(&mut act, &contact).await?;
    contact::store::save_portal(&mut act, &mut contact).await?;
    act.commit(Entry::ContactUnblocked { contact: id, client: contact.client_id }).await?;
    Ok(contact)
}
