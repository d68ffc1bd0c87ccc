//! A forgotten password: a link is mailed to whoever the address belongs to, and sets a new one, once.

use crate::access::{Actor, Origin, Who};
use crate::account::token::{self, Purpose, Spent};
use crate::account::{self, password, throttle};
use crate::act::App;
use crate::audit::Entry;
use crate::base::secret::Token;
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Result};
use crate::business::Business;
use crate::door::person::{own_words, replace_password};
use crate::mail::{Letter, outbox};
use crate::portal_user;
use crate::portal_user::store::Person;
use secrecy::SecretString;

/// How many links one address may be mailed in an hour, and in a day (S33).
const MOST_AN_HOUR: i64 = 3;
const MOST_A_DAY: i64 = 10;

/// Ask for a link to set a new password. The answer and the work are the same whether the address is known or not (S12); a
/// link goes out only to a person whom the business knows and has not disabled (PRODUCT.md rule 10).
///
/// # Errors
/// `TooMany` when too much was tried from the network address.
pub async fn ask(app: &App, business: &Business, email: &str, origin: Origin) -> Result<()> {
    // Asking is an attempt like any other (S15); it stays counted, so nobody mails a whole list of addresses (S33).
    let _counted = throttle::reserve_address(&app.db, origin.address, app.clock.now()).await?;
    let key = Email::parse(email).map_or_else(|_| EmailKey(String::new()), |email| email.key());
    let mut act = app.begin(&Actor::visitor(business.id, origin)).await?;
    let found = portal_user::store::person_with_email(&mut act, &key).await?;
    let (account, portal_user, why) = match &found {
        None => (None, None, "nobody has this address"),
        Some(Person { account, user: None }) => (Some(account), None, "the business does not know this person"),
        Some(Person { account, user: Some(user) }) if user.disabled.is_some() => {
            (Some(account), Some(user.id), "the portal user is disabled")
        }
        Some(Person { account, user: Some(user) }) => {
            let now = act.now;
            let mut mailed = [0, 0];
            for (mailed, since) in mailed.iter_mut().zip([now.plus_seconds(-3600), now.plus_days(-1)]) {
                *mailed =
                    outbox::written_since(&mut act.tx, business.id, &account.email, "password_reset", since).await?;
            }
            if mailed[0] < MOST_AN_HOUR && mailed[1] < MOST_A_DAY {
                act.send(Letter::PasswordReset { account: account.id }, &account.email, &account.name()).await?;
                return act.commit(Entry::PasswordResetAsked { account: account.id, portal_user: Some(user.id) }).await;
            }
            (Some(account), Some(user.id), "links were mailed too often lately")
        }
    };
    let why = format!("asked for a link to reset the password; {why}");
    act.commit(Entry::SignInRefused { account: account.map(|a| a.id), portal_user, why }).await
}

/// What a link to set a new password opens.
#[derive(Clone, Debug)]
pub struct ResetLook {
    /// Whose.
    pub name: String,
    /// The address they sign in with.
    pub email: Email,
    /// Why it does not work any more, if so.
    pub spent: Option<Spent>,
}

impl ResetLook {
    /// What is said about a link that does not work any more, with the next step.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        self.spent.map(spent_words)
    }
}

fn spent_words(spent: Spent) -> &'static str {
    match spent {
        Spent::Used => "This link has already been used. Sign in with the password you set, or ask for a new link.",
        Spent::Expired => "This link has expired. Ask for a new one.",
        Spent::Ended => {
            "This link no longer works: a newer one was sent, or the password was changed since. Ask for a new one."
        }
    }
}

/// Look at a link to set a new password; that uses nothing up (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, or was made at another business (S28).
pub async fn look(app: &App, business: &Business, token: &Token) -> Result<ResetLook> {
    Ok(find(app, business, token).await?.0)
}

async fn find(app: &App, business: &Business, token: &Token) -> Result<(ResetLook, Person)> {
    let missing = Error::NotFound("The link");
    let mut look = app.look_at(business.id).await?;
    let Some(link) = token::look_for(&mut look.tx, Purpose::ResetPassword, token).await? else { return Err(missing) };
    if link.business_id != business.id {
        return Err(missing);
    }
    let Some(person) = portal_user::store::person(&mut look, link.account_id).await? else { return Err(missing) };
    let look =
        ResetLook { name: person.account.name(), email: person.account.email.clone(), spent: link.spent(look.now) };
    Ok((look, person))
}

/// Set a new password by a mailed link: it works once; every session and every other link ends (S39), and the person is told
/// (S22). It does not sign in: that stays one step that asks for everything it has to ask (S19).
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `Refused` for a link that does not work any more.
pub async fn set(app: &App, business: &Business, token: &Token, new: SecretString, origin: Origin) -> Result<()> {
    let (look, person) = match find(app, business, token).await {
        Err(error @ Error::NotFound(_)) => {
            // A guess at a link is an attempt like one at a password (S15).
            let _counted = throttle::reserve_address(&app.db, origin.address, app.clock.now()).await?;
            return Err(error);
        }
        other => other?,
    };
    if let Some(why) = look.refusal() {
        return Err(Error::refused(why));
    }
    let own = own_words(&person.account, person.user.as_ref(), business);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    password::check(&new, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    let hash = app.hasher.hash(new).await?;

    let mut act = app.begin(&Actor::visitor(business.id, origin)).await?;
    let (now, id) = (act.now, person.account.id);
    let account = account::store::hold(&mut act.tx, id).await?;
    let user = portal_user::store::of_account(&mut act, id).await?;
    let open = user.as_ref().is_some_and(|user| user.disabled.is_none());
    if !open || !token::take(&mut act.tx, Purpose::ResetPassword, token, now).await? {
        return Err(Error::refused(spent_words(Spent::Ended)));
    }
    replace_password(&mut act, id, &hash).await?;
    act.actor.who = Who::Person { account: id, name: account.name() };
    act.commit(Entry::PasswordChanged { account: id, portal_user: user.map(|user| user.id) }).await
}
