//! The portal's door: people sign in and out, and every request of theirs.

use crate::access::gates::{Decision, Gate, Stand};
use crate::access::{Actor, Origin, RecordKind, Sight, Who};
use crate::account::token::{self, Purpose};
use crate::account::{self, Account, Realm, password, session, throttle};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::hashing::{self, Verdict};
use crate::base::id::{AccountId, ClientId, PortalUserId, SessionId};
use crate::base::secret::{PasswordHash, Token};
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Result};
use crate::business::Business;
use crate::door::facts::{self, Proof, Whom};
use crate::door::{Candidate, Knock, STRANGER, SignedIn, compare, prove, refused, touch};
use crate::invitation::temporary::{self, TemporaryPassword};
use crate::invitation::{self, Standing};
use crate::language::say;
use crate::link::{self, LinkedClient};
use crate::mail::Letter;
use crate::portal_user::{self, PortalUser, profile};
use secrecy::SecretString;

/// Where a person signs in.
#[derive(Clone)]
pub enum At {
    /// At the business's door: for those whom it knows.
    Door,
    /// On the page of an invitation, to accept it: also for somebody whom the business does not know yet (S29).
    Invitation(Token),
}

/// A person who is signed in, at a business's door.
#[derive(Clone, Debug)]
pub struct PersonDoor {
    /// They, acting at the business.
    pub actor: Actor,
    /// Their account.
    pub account: Account,
    /// The portal user, if the business knows them.
    pub user: Option<PortalUser>,
    /// What ties them to the client that is asked about, or last did.
    pub client: Option<LinkedClient>,
    /// The record kinds of that client that are open to them: for every other, it is as if it did not exist.
    pub records: Sight,
    /// How every gate stands.
    pub decision: Decision,
    /// Their session.
    pub session: session::Session,
}

impl PersonDoor {
    /// The first gate that stops them: what they are told, and where they are sent. None lets them in.
    #[must_use]
    pub fn closed(&self) -> Option<Gate> {
        self.decision.first_closed()
    }

    /// What the audit log files their acts under.
    #[must_use]
    pub fn user_id(&self) -> Option<PortalUserId> {
        self.user.as_ref().map(|user| user.id)
    }
}

/// Sign in at a business's door. Whatever does not fit gets the same answer after the same work (S11); a person without
/// any link, or blocked at one client, gets in and is told there (PRODUCT.md rule 11).
///
/// # Errors
/// The refusal that tells nothing; `TooMany`; `Busy`.
pub async fn sign_in(app: &App, business: &Business, knock: Knock, at: At) -> Result<SignedIn> {
    if let Some(signed_in) = with_temporary_password(app, business, &knock).await? {
        return Ok(signed_in);
    }
    let mut look = app.look_at(business.id).await?;
    let key = Email::parse(&knock.email).map_or_else(|_| EmailKey(String::new()), |email| email.key());
    let found = portal_user::store::person_with_email(&mut look, &key).await?;
    drop(look);
    let candidate = Candidate {
        visitor: Actor::visitor(business.id, knock.origin.clone()),
        portal_user: found.as_ref().and_then(|p| p.user.as_ref().or(p.deleted.as_ref())).map(|u| u.id),
        account: found.map(|p| p.account),
    };
    let mut proved = prove(app, Realm::Portal, &knock, &candidate).await?;

    let account = proved.account.id;
    let known = facts::known(&mut proved.act, business, Whom::Account(account), Proof::Given).await?;
    let why = match known.at_the_door().of(Gate::NotDisabled) {
        // Whoever was deleted comes back as they came in: with an invitation.
        Stand::Closed if known.deleted().is_some_and(|user| user.disabled.is_none()) => {
            (!invited(&mut proved.act, &at).await?).then_some("the portal user is deleted")
        }
        Stand::Closed => Some("the portal user is disabled"),
        Stand::Unknown if !invited(&mut proved.act, &at).await? => Some(STRANGER),
        _ => None,
    };
    if let Some(why) = why {
        let wait = proved.attempt.wait();
        drop(proved);
        return Err(refused(app, &candidate, why, wait).await?);
    }
    let name = proved.account.name();
    let (mut act, token) = proved.begin_session(None, &knock).await?;
    let Candidate { portal_user, .. } = candidate;
    if let Some(mut user) = known.person.and_then(|person| person.user) {
        user.last_sign_in_at = act.now;
        portal_user::store::save(&mut act, &mut user).await?;
    }
    act.actor.who = Who::Person { account, name: name.clone() };
    // Whom the business does not know yet, it learns of when they accept (PRODUCT.md rule 3).
    let signed_in = portal_user.map(|_| Entry::PersonSignedIn { account, portal_user });
    act.commit_all(signed_in.into_iter().collect()).await?;
    Ok(SignedIn { token, account, name, business: business.id })
}

/// Signs in somebody who types the temporary password that an invitation mailed: once, and as far as the page that asks for
/// a password of their own. Whatever does not fit goes on as any other password, and is refused like one (S11).
async fn with_temporary_password(app: &App, business: &Business, knock: &Knock) -> Result<Option<SignedIn>> {
    let presented = TemporaryPassword::presented(&knock.password).zip(Email::parse(&knock.email).ok());
    let Some((password, email)) = presented else { return Ok(None) };
    let mut look = app.look_at(business.id).await?;
    if temporary::look_for(&mut look, &email, &password).await?.is_none() {
        return Ok(None);
    }
    drop(look);
    let visitor = Actor::visitor(business.id, knock.origin.clone());
    let accepted = link::accepting::accept_with_password(app, &visitor, &email, &password, knock.cookie.clone()).await;
    match accepted {
        Ok(Some(accepted)) => Ok(accepted.session.map(|token| SignedIn {
            token,
            account: accepted.account.id,
            name: accepted.account.name(),
            business: business.id,
        })),
        Ok(None) | Err(Error::Refused(_) | Error::Conflict) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Whether somebody signs in to accept an invitation that can still be accepted.
async fn invited(act: &mut Act, at: &At) -> Result<bool> {
    let At::Invitation(token) = at else { return Ok(false) };
    let now = act.now;
    let invitation = invitation::store::look_for(act, token).await?;
    Ok(invitation.is_some_and(|i| i.standing(now) == Standing::Open))
}

/// Who is signed in in a browser, if somebody is, at whichever door: what pages that are open to everybody tell them about themselves.
///
/// # Errors
/// When the database cannot be read.
pub async fn signed_in(app: &App, scope: &mut Scope, cookie: Option<&Token>) -> Result<Option<Account>> {
    let Some(cookie) = cookie else { return Ok(None) };
    let now = scope.now;
    match session::open(&mut scope.tx, Realm::Portal, cookie, now, app.config.session_idle).await? {
        Some(session) => account::store::find(&mut scope.tx, session.account_id).await.map(Some),
        None => Ok(None),
    }
}

/// What somebody asks for, of a business's portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// The door of the business itself.
    Business,
    /// A client's things.
    Client(ClientId),
    /// A client's records of a kind.
    Records(ClientId, RecordKind),
}

/// Who asks, of the portal: asked by every request, so that disabling, blocking, new terms and ended sessions hold from
/// the very next one (PRODUCT.md rule 6).
///
/// # Errors
/// `SignInNeeded` without a live session; `NotFound` for a client that was never theirs.
pub async fn enter(
    app: &App,
    business: &Business,
    token: &Token,
    client: Option<ClientId>,
    origin: Origin,
) -> Result<PersonDoor> {
    enter_for(app, business, token, client.map_or(Wanted::Business, Wanted::Client), origin).await
}

/// The same for whatever is asked for.
///
/// # Errors
/// As [`enter`].
pub async fn enter_for(
    app: &App,
    business: &Business,
    token: &Token,
    wanted: Wanted,
    origin: Origin,
) -> Result<PersonDoor> {
    let mut look = app.look_at(business.id).await?;
    let now = look.now;
    let session = session::open(&mut look.tx, Realm::Portal, token, now, app.config.session_idle).await?;
    let session = session.ok_or(Error::SignInNeeded)?;
    let known = facts::known(&mut look, business, Whom::Account(session.account_id), Proof::Given).await?;
    let client = match wanted {
        Wanted::Client(client) | Wanted::Records(client, _) => Some(facts::tie(&mut look, &known, client).await?),
        Wanted::Business => None,
    };
    drop(look);
    touch(app, &session).await;
    let decision = match (&client, wanted) {
        (Some(tie), Wanted::Records(_, kind)) => known.at_records(tie, kind),
        (Some(tie), _) => known.at_client(tie),
        (None, _) => known.at_the_door(),
    };
    let records = client.as_ref().map_or(Sight::default(), |tie| known.open_records(tie));
    let person = known.person.ok_or(Error::SignInNeeded)?;
    let who = Who::Person { account: person.account.id, name: person.account.name() };
    let actor = Actor { who, business: business.id, origin, session: Some(session.id) };
    Ok(PersonDoor { actor, account: person.account, user: person.user, client, records, decision, session })
}

/// Sign out: the session ends on the server (S42). Whoever is signed out already stays so. A business that does not know the
/// person does not learn of them by it (PRODUCT.md rule 3).
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(app: &App, business: &Business, token: &Token, origin: Origin) -> Result<()> {
    let door = match enter(app, business, token, None, origin).await {
        Err(Error::SignInNeeded) => return Ok(()),
        other => other?,
    };
    let account = door.account.id;
    let mut act = match app.begin(&door.actor).await {
        Err(Error::SignInNeeded) => return Ok(()),
        other => other?,
    };
    session::end(&mut act.tx, token).await?;
    throttle::forget(&mut act.tx, account, token).await?;
    let portal_user = door.user_id();
    let signed_out = portal_user.map(|_| Entry::PersonSignedOut { account, portal_user });
    act.commit_all(signed_out.into_iter().collect()).await
}

/// Ask to sign in with another address, from one's own profile: the current password is asked for (S34), the new address
/// confirms it, and the present one is told.
///
/// # Errors
/// `Invalid` when the password is wrong or the address is the present one; `Refused` when too much was mailed to it lately;
/// `TooMany`; `Busy`.
pub async fn change_email(app: &App, door: &PersonDoor, current: SecretString, email: Email) -> Result<()> {
    must_be_current(app, door, current, door.account.password_hash.clone()).await?;
    profile::ask_new_email(app, &door.actor, &door.account, email).await
}

/// Change one's own password, also where a change is due: the current one is asked for (S8) of whoever has one, every session
/// ends, and this browser goes on with a new one (S39). The person is told by mail (S22). What can be said about the new password without
/// hashing anything is said first: so whoever knows the current one gets no work done, and no count changed, by offering new
/// ones that cannot be taken.
///
/// # Errors
/// `Invalid` when the current password is wrong or the new one cannot be taken; `SignInNeeded` when the session was ended
/// meanwhile; `TooMany`; `Busy`.
pub async fn change_password(
    app: &App,
    business: &Business,
    door: &PersonDoor,
    current: SecretString,
    new: SecretString,
) -> Result<Token> {
    let id = door.account.id;
    let stored = door.account.password_hash.clone();
    let own = own_words(&door.account, door.user.as_ref(), business);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    password::check(&new, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    if stored.is_some() {
        if hashing::same(&current, &new) {
            return Err(Error::invalid("password", say("password-same")));
        }
        must_be_current(app, door, current, stored.clone()).await?;
    }
    let hash = app.hasher.hash(new).await?;

    let mut act = app.begin(&door.actor).await?;
    let now = act.now;
    if account::store::hold(&mut act.tx, id).await?.password_hash != stored {
        return Err(Error::Conflict);
    }
    replace_password(&mut act, id, &hash).await?;
    let beginning =
        session::Beginning { realm: Realm::Portal, account: id, business: None, origin: &door.actor.origin, old: None };
    let token = session::begin(&mut act.tx, &beginning, now, app.config.session_life).await?;
    act.commit(Entry::PasswordChanged { account: id, portal_user: door.user_id() }).await?;
    Ok(token)
}

/// Asks whether that is the current password (S8), under the one limit for everything that opens the account.
async fn must_be_current(
    app: &App,
    door: &PersonDoor,
    current: SecretString,
    stored: Option<PasswordHash>,
) -> Result<()> {
    let id = door.account.id;
    let whose = throttle::Whose::account(id);
    // The session tells that the browser is known: one limit for this and for signing in (S15).
    let (known, address) = (throttle::Browser::Known, door.actor.origin.address);
    let reserved = throttle::reserve(&app.db, &whose, known, address, app.clock.now()).await?;
    let attempt = throttle::admitted(app, &door.actor, Some(id), door.user_id(), reserved).await?;
    let (attempt, verdict) = compare(app, attempt, &current, stored).await?;
    if verdict == Verdict::Wrong {
        let act = app.begin(&door.actor).await?;
        let why = "the current password was wrong when changing it".to_owned();
        act.commit(Entry::SignInRefused { account: Some(id), portal_user: door.user_id(), why }).await?;
        return Err(Error::invalid("current", say("password-not-current")));
    }
    attempt.give_back(&app.db).await
}

/// Stores a new password with all that follows from it: a change that was due is done, every session and every open link to
/// reset it ends, failures are forgotten (S39), and the person is told (S22). What was asked for with the one before is taken back
/// by that alone ([`crate::portal_user::proposal::Proposal::standing`]).
pub(super) async fn replace_password(act: &mut Act, id: AccountId, hash: &PasswordHash) -> Result<()> {
    let now = act.now;
    account::store::set_password(&mut act.tx, id, hash, now).await?;
    let account = account::store::find(&mut act.tx, id).await?;
    portal_user::store::refresh_copies(act, &account).await?;
    session::end_all(&mut act.tx, id).await?;
    token::end_all(&mut act.tx, Purpose::ResetPassword, id, now).await?;
    throttle::clear(&mut act.tx, id).await?;
    throttle::forget_browsers(&mut act.tx, id).await?;
    act.send(Letter::PasswordChanged { account: id }, &account.email, &account.name()).await?;
    Ok(())
}

/// What somebody who knows the person would try first (S5).
pub(super) fn own_words(account: &Account, user: Option<&PortalUser>, business: &Business) -> Vec<String> {
    vec![
        account.name(),
        account.email.to_string(),
        user.map(|user| user.company.clone()).unwrap_or_default(),
        business.name.to_string(),
    ]
}

/// A person's own live sessions, the latest used first (S41).
///
/// # Errors
/// When the database cannot be read.
pub async fn sessions(app: &App, door: &PersonDoor) -> Result<Vec<session::Session>> {
    let mut look = app.look(&door.actor).await?;
    let now = look.now;
    session::of_account(&mut look.tx, door.account.id, now, app.config.session_idle).await
}

/// End one of one's own sessions (S41).
///
/// # Errors
/// `Refused` when it has ended already.
pub async fn end_session(app: &App, door: &PersonDoor, id: SessionId) -> Result<()> {
    let mut act = app.begin(&door.actor).await?;
    let ended = session::end_one(&mut act.tx, door.account.id, id).await?;
    ended_some(act, door, ended).await.map(|_| ())
}

/// End all of one's own sessions but this one (S41).
///
/// # Errors
/// `Refused` when there is no other.
pub async fn end_other_sessions(app: &App, door: &PersonDoor) -> Result<i64> {
    let mut act = app.begin(&door.actor).await?;
    let ended = session::end_others(&mut act.tx, door.account.id, door.session.id).await?;
    ended_some(act, door, ended).await
}

async fn ended_some(act: Act, door: &PersonDoor, ended: u64) -> Result<i64> {
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    if count == 0 {
        return Err(Error::refused(say("session-gone")));
    }
    act.commit(Entry::OwnSessionsEnded { account: door.account.id, portal_user: door.user_id(), count }).await?;
    Ok(count)
}
