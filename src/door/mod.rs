//! The door: who gets in. Signing in, what every request asks, forgotten passwords, invitations from the visitor's side,
//! and the explanation why somebody does not get in, all on the same facts and the same decision ([`facts`]).

pub mod confirm;
pub mod explain;
pub mod facts;
pub mod invitation;
pub mod own_data;
pub mod person;
pub mod reset;
pub mod staff;

use crate::access::{Actor, Origin};
use crate::account::throttle::{self, Attempt, Whose, admitted};
use crate::account::{self, Account, Realm, session};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::hashing::Verdict;
use crate::base::id::{AccountId, BusinessId, PortalUserId};
use crate::base::secret::{PasswordHash, Token};
use crate::base::{Error, Result};
use crate::language::{Said, say};
use secrecy::{ExposeSecret as _, SecretString};

/// What everybody is told whose sign-in is refused, whatever the reason: an outsider learns nothing (S11).
#[must_use]
pub fn refusal() -> Said {
    say("sign-in-refused")
}

/// For how many seconds a browser keeps its session's cookie: longer than any session, because a dead one still makes the
/// browser known ([`throttle`]). Only signing out takes it away.
pub const COOKIE_SECONDS: i64 = throttle::BROWSER_KNOWN_DAYS * 86_400;

/// More bytes than any password that can be set; what is longer is wrong without hashing it.
const MOST_BYTES: usize = 4 * account::password::MOST;

/// Somebody at a door with an address and a password.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: SecretString,
    /// What the browser sent as its session, live or long over: it tells a known browser, and its session ends (S36).
    pub cookie: Option<Token>,
    /// From where.
    pub origin: Origin,
}

/// Somebody who has signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// The new session's secret, for the cookie; stored nowhere.
    pub token: Token,
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// At which business.
    pub business: BusinessId,
}

/// What a business's log says of whoever is not its own: the same whether nobody has the address, or somebody whom only another
/// business knows (PRODUCT.md rule 3).
const STRANGER: &str = "nobody here has this address";

/// Whom an address belongs to, before the password is known to be right.
struct Candidate {
    /// Somebody not signed in, at the door whose audit log tells it.
    visitor: Actor,
    /// The account, if there is one.
    account: Option<Account>,
    /// The portal user, if the account is one here, or was until it was deleted.
    portal_user: Option<PortalUserId>,
}

impl Candidate {
    /// The account, as far as the log at this door may name it: a staff member's, or one that the business knows.
    fn named(&self) -> Option<AccountId> {
        let named = self.account.as_ref().filter(|a| a.realm == Realm::Staff || self.portal_user.is_some());
        named.map(|account| account.id)
    }

    /// The fact that they were refused, as the log at this door tells it.
    fn refused(&self, why: &str, wait: i64) -> Entry {
        let account = self.named();
        let why = if account.is_some() { why } else { STRANGER };
        let why = match wait {
            0 => why.to_owned(),
            seconds => format!("{why}; the next attempt is looked at after {seconds} seconds"),
        };
        Entry::SignInRefused { account, portal_user: self.portal_user, why }
    }
}

/// An act in which the password is right and cannot change any more.
struct Proved {
    act: Act,
    account: Account,
    attempt: Attempt,
    upgrade: Option<PasswordHash>,
}

/// Asks whether the password is right: counted before it is compared (S14), hashed outside of any transaction, and still
/// right in the transaction that goes on with it, so that a sign-in in progress does not survive a new password (S39). The
/// same steps for an address that nobody has (S11).
///
/// # Errors
/// The refusal that tells nothing; `TooMany`; `Busy`.
async fn prove(app: &App, realm: Realm, knock: &Knock, candidate: &Candidate) -> Result<Proved> {
    let account = candidate.account.as_ref();
    let whose = account.map_or_else(|| Whose::nobody(realm, &knock.email), |a| Whose::account(a.id));
    let mut look = app.look(&candidate.visitor).await?;
    let browser = throttle::browser(&mut look.tx, &whose, knock.cookie.as_ref()).await?;
    let now = look.now;
    drop(look);

    let reserved = throttle::reserve(&app.db, &whose, browser, knock.origin.address, now).await?;
    let id = account.map(|a| a.id);
    let mut attempt = admitted(app, &candidate.visitor, candidate.named(), candidate.portal_user, reserved).await?;
    let mut stored = account.and_then(|a| a.password_hash.clone());
    // Somebody who changes the password, or signs in elsewhere with an older hash, can come between; not again and again.
    for _ in 0..3 {
        let verdict;
        (attempt, verdict) = compare(app, attempt, &knock.password, stored.clone()).await?;
        let (Some(id), false) = (id, verdict == Verdict::Wrong) else {
            let why = if stored.is_none() { "no password is set yet" } else { "the password is wrong" };
            return Err(refused(app, candidate, why, attempt.wait()).await?);
        };
        let mut act = app.begin(&candidate.visitor).await?;
        let account = account::store::hold(&mut act.tx, id).await?;
        if account.password_hash == stored {
            let upgrade = match verdict {
                Verdict::RightUpgrade(hash) => Some(hash),
                _ => None,
            };
            return Ok(Proved { act, account, attempt, upgrade });
        }
        stored = account.password_hash;
    }
    Err(Error::Conflict)
}

/// Compares; where the machine has too much to do, the attempt does not count.
async fn compare(
    app: &App,
    attempt: Attempt,
    password: &SecretString,
    stored: Option<PasswordHash>,
) -> Result<(Attempt, Verdict)> {
    let fits = password.expose_secret().len() <= MOST_BYTES;
    let verified = if fits {
        app.hasher.verify(password.clone(), stored).await
    } else {
        app.hasher.verify(SecretString::from("longer than any password"), None).await
    };
    match verified {
        Ok(verdict) => Ok((attempt, verdict)),
        Err(error) => {
            attempt.give_back(&app.db).await?;
            Err(error)
        }
    }
}

/// Records why somebody was refused, for staff; answers what the person is told.
async fn refused(app: &App, candidate: &Candidate, why: &str, wait: i64) -> Result<Error> {
    let act = app.begin(&candidate.visitor).await?;
    act.commit(candidate.refused(why, wait)).await?;
    Ok(Error::invalid("email", refusal()))
}

impl Proved {
    /// Begins the session: a new id, the old cookie's session ends (S36), the failures are forgotten, and the hash is brought
    /// to today's cost (S6).
    async fn begin_session(mut self, business: Option<BusinessId>, knock: &Knock) -> Result<(Act, Token)> {
        let (now, id, life) = (self.act.now, self.account.id, self.act.app.config.session_life);
        if let (Some(new), Some(old)) = (&self.upgrade, &self.account.password_hash) {
            account::store::upgrade_hash(&mut self.act.tx, id, old, new).await?;
        }
        self.attempt.right(&mut self.act.tx, id).await?;
        let beginning = session::Beginning {
            realm: self.account.realm,
            account: id,
            business,
            origin: &knock.origin,
            old: knock.cookie.as_ref(),
        };
        let token = session::begin(&mut self.act.tx, &beginning, now, life).await?;
        Ok((self.act, token))
    }
}

/// Writes down that a session is in use, at most every five minutes. A page neither waits for a long import nor fails
/// because of it: the next request tries again.
async fn touch(app: &App, session: &session::Session) {
    let now = app.clock.now();
    if !session::seen_is_stale(session, now) {
        return;
    }
    let written = async {
        let mut tx = app.db.write().await?;
        session::seen(&mut tx, session.id, now).await?;
        tx.commit().await
    };
    match tokio::time::timeout(std::time::Duration::from_millis(250), written).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "a session's last use was not written"),
        Err(_) => tracing::debug!("a session's last use was not written: the database is busy"),
    }
}
