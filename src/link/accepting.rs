//! Accepting an invitation: what makes a link.

use crate::access::{Actor, Who};
use crate::account::session::{self, Beginning};
use crate::account::store::NewAccount;
use crate::account::{self, Account, Realm};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, LinkId, PortalUserId};
use crate::base::secret::{PasswordHash, Token};
use crate::base::text::{Email, PersonName};
use crate::base::{Error, Instant, Result};
use crate::business::{self, Business, Switch};
use crate::client;
use crate::contact::{self, Contact};
use crate::invitation::temporary::{self, TemporaryPassword};
use crate::invitation::{self, Invitation, Standing};
use crate::language::{Language, Sentence, say};
use crate::link::{Link, State, keeping, store};
use crate::mail::Letter;
use crate::portal_user::{self, PortalUser, proposal};

/// Who accepts an invitation.
#[derive(Clone, Debug)]
pub enum Accepting {
    /// Somebody new: an account is made for the invited address.
    NewPerson {
        /// First name.
        first: PersonName,
        /// Last name.
        last: PersonName,
        /// The language of the page: the person's, until they choose another.
        language: Option<Language>,
        /// The hash of the password that was chosen.
        password_hash: PasswordHash,
        /// What the browser sent as its session: that one ends when the new one begins.
        cookie: Option<Token>,
    },
    /// Somebody new who was mailed a temporary password, which they have typed: an account is made for the invited address,
    /// in the contact's name. A password of their own is due before anything else.
    TemporaryPassword {
        /// What the browser sent as its session: that one ends when the new one begins.
        cookie: Option<Token>,
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
    /// The session of somebody new, who has just proved the address and chosen the password; for the cookie.
    pub session: Option<Token>,
}

/// Accept an invitation: the contact it was mailed to becomes linked to the person's account. Of many who accept at once,
/// exactly one succeeds (S26); the inviter's right, the block, the client and the business are checked again at this moment
/// (S30). An existing account must have signed in (S29), and must not be blocked at the client as somebody else.
///
/// # Errors
/// `NotFound` for a link that was never made; `Refused` when it cannot be accepted any more, or not by this account.
pub async fn accept(app: &App, actor: &Actor, token: &Token, accepting: Accepting) -> Result<Accepted> {
    let mut act = app.begin(actor).await?;
    let invitation = invitation::store::look_for(&mut act, token).await?.ok_or(Error::NotFound("The invitation"))?;
    accept_in(act, invitation, accepting).await
}

/// Accept an invitation with the temporary password that was mailed to the address: it works once. None where it opens
/// nothing (any more), or the business has switched temporary passwords off since.
///
/// # Errors
/// As [`accept`].
pub async fn accept_with_password(
    app: &App,
    actor: &Actor,
    email: &Email,
    password: &TemporaryPassword,
    cookie: Option<Token>,
) -> Result<Option<Accepted>> {
    let mut act = app.begin(actor).await?;
    let business = act.business;
    if business::store::find(&mut act.tx, business).await?.temporary_passwords == Switch::Off {
        return Ok(None);
    }
    let Some(invitation) = temporary::look_for(&mut act, email, password).await? else { return Ok(None) };
    temporary::take(&mut act, password).await?;
    accept_in(act, invitation, Accepting::TemporaryPassword { cookie }).await.map(Some)
}

async fn accept_in(mut act: Act, invitation: Invitation, accepting: Accepting) -> Result<Accepted> {
    let (business_id, now) = (act.business, act.now);
    if let Some(why) = refusal(invitation.standing(now)) {
        return Err(Error::refused(why));
    }
    let business = business::store::find(&mut act.tx, business_id).await?;
    let mut contact = contact::store::find(&mut act, invitation.contact_id).await?;
    if let Some(why) = obstacle(&mut act, &business, &invitation, &contact).await? {
        return Err(Error::refused(why));
    }
    if let Accepting::SignedIn = accepting
        && let Some((user, blocked)) = blocked_as(&mut act, invitation.client_id).await?
    {
        let entry = Entry::AcceptanceRefused {
            contact: contact.id,
            client: contact.client_id,
            invitation: invitation.id,
            portal_user: user,
            invited: invitation.email.to_string(),
            blocked: blocked.to_string(),
        };
        if user.is_none() {
            // Whom the business does not know, its log does not name before they have accepted (PRODUCT.md rule 3).
            act.actor.who = Who::Visitor;
        }
        act.commit(entry).await?;
        return Err(Error::refused(say("invitation-not-good")));
    }
    let (account, session) = account_of(&mut act, &invitation, &contact, accepting, now).await?;
    account::store::add_business(&mut act.tx, account.id, business_id).await?;
    proposal::store::end_unagreed(&mut act, account.id).await?;
    let mut user = portal_user_of(&mut act, &account, session.as_ref().map_or(Instant::default(), |_| now)).await?;
    let was_deleted = user.deleted.is_some();
    let disabled = keeping::whom_to_ask(&mut act, &business, &user).await?;
    user.come_back(invitation.created_at, business.name.as_str(), disabled)?;
    if was_deleted {
        portal_user::store::save(&mut act, &mut user).await?;
    }
    if store::at_client(&mut act, user.id, invitation.client_id).await?.is_some() {
        return Err(Error::refused(say("invitation-already-connected").with("client", &contact.company)));
    }
    invitation::store::end(&mut act, invitation.id, invitation::State::Accepted, Some(account.id)).await?;
    connect(&mut act, &mut contact, &user, &invitation).await?;
    if account.email != invitation.email {
        let letter = Letter::AcceptedAsAnother { invitation: invitation.id };
        act.send(letter, &invitation.email, &contact.name()).await?;
    }
    let mut entries = vec![Entry::InvitationAccepted {
        contact: contact.id,
        client: contact.client_id,
        invitation: invitation.id,
        portal_user: user.id,
        invited: invitation.email.to_string(),
        accepted_as: account.email.to_string(),
    }];
    if was_deleted {
        entries.push(Entry::PortalUserCameBack { portal_user: user.id });
    }
    if session.is_some() {
        entries.push(Entry::PersonSignedIn { account: account.id, portal_user: Some(user.id) });
    }
    act.actor.who = Who::Person { account: account.id, name: account.name() };
    act.commit_all(entries).await?;
    Ok(Accepted { account, invitation, session })
}

/// What stands in the way of accepting an invitation that is still open: judged when its page is looked at, and again at the
/// moment of accepting (S30). None where nothing does.
///
/// # Errors
/// When the database cannot be read.
pub async fn obstacle(
    scope: &mut Scope,
    business: &Business,
    invitation: &Invitation,
    contact: &Contact,
) -> Result<Option<Sentence>> {
    if business.portal == Switch::Off {
        return Ok(Some(say("invitation-portal-off").with("business", business.name.as_str()).into()));
    }
    let good = contact.blocked().is_none()
        && contact.details.email == invitation.email
        && client::store::find(scope, invitation.client_id).await?.status == client::Status::Active
        && invitation::acts::inviter_may_still(scope, invitation).await?;
    Ok((!good).then(|| say("invitation-not-good").into()))
}

/// Whether whoever has signed in is blocked at a client: by the address they sign in with, or as a contact there whom they
/// were linked to. Answers the portal user, if they are one already, and the address that is blocked. A colleague's invitation
/// is no way around a block (PRODUCT.md rules 5 and 12).
async fn blocked_as(act: &mut Act, client: ClientId) -> Result<Option<(Option<PortalUserId>, Email)>> {
    let Who::Person { account, .. } = act.actor.who else { return Ok(None) };
    let account = account::store::hold(&mut act.tx, account).await?;
    let user = portal_user::store::of_account(act, account.id).await?.map(|user| user.id);
    if contact::store::kept_out(act, client, &account.email).await?.is_some() {
        return Ok(Some((user, account.email)));
    }
    match user {
        Some(id) => Ok(store::blocked_at(act, id, client).await?.map(|email| (user, email))),
        None => Ok(None),
    }
}

/// What a person is told about a link that cannot be accepted any more, and what to do next.
#[must_use]
pub fn refusal(standing: Standing) -> Option<Sentence> {
    let said = match standing {
        Standing::Open => return None,
        Standing::Expired => say("invitation-expired"),
        Standing::Accepted => say("invitation-used"),
        Standing::Revoked => say("invitation-withdrawn"),
        Standing::Replaced => say("invitation-replaced"),
    };
    Some(said.into())
}

/// The account that accepts; of somebody new it is made, and its first session begins.
async fn account_of(
    act: &mut Act,
    invitation: &Invitation,
    contact: &Contact,
    accepting: Accepting,
    now: Instant,
) -> Result<(Account, Option<Token>)> {
    let (first, last, language, password_hash, cookie) = match (accepting, act.actor.who.clone()) {
        (Accepting::SignedIn, Who::Person { account, .. }) => {
            return Ok((account::store::hold(&mut act.tx, account).await?, None));
        }
        (Accepting::SignedIn, _) => return Err(Error::SignInNeeded),
        (Accepting::NewPerson { first, last, language, password_hash, cookie }, _) => {
            (first, last, language, Some(password_hash), cookie)
        }
        (Accepting::TemporaryPassword { cookie }, _) => {
            (contact.details.first_name.clone(), contact.details.last_name.clone(), None, None, cookie)
        }
    };
    if account::store::look_for(&mut act.tx, Realm::Portal, &invitation.email).await?.is_some() {
        return Err(Error::refused(say("invitation-has-account")));
    }
    let without_password = password_hash.is_none();
    let new = NewAccount {
        realm: Realm::Portal,
        email: invitation.email.clone(),
        first_name: first,
        last_name: last,
        language,
        password_hash,
    };
    let id = account::store::insert(&mut act.tx, &new, now).await?;
    if without_password {
        account::bulk::require_password_change(&mut act.tx, &[id], now).await?;
    }
    let origin = act.actor.origin.clone();
    let life = act.app.config.session_life;
    let beginning =
        Beginning { realm: Realm::Portal, account: id, business: None, origin: &origin, old: cookie.as_ref() };
    let session = session::begin(&mut act.tx, &beginning, now, life).await?;
    Ok((account::store::find(&mut act.tx, id).await?, Some(session)))
}

async fn portal_user_of(act: &mut Act, account: &Account, last_sign_in_at: Instant) -> Result<PortalUser> {
    let now = act.now;
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
        deleted: None,
        terms_version: 0,
        terms_at: Instant::default(),
        last_sign_in_at,
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
