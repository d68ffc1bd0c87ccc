//! A forgotten password: a link is mailed to whoever the address belongs to, and sets a new one, once. The same at a business's
//! door ([`ask`], [`look`], [`set`]) and at the console's ([`staff`]).
//!
//! # How often somebody is mailed a link
//!
//! Anybody may ask for a link to anybody's address, so whatever limits the letters (S33) can be spent by a stranger, and each
//! newer link ends the older (S27). A link cannot be mailed a second time either: it is made when its letter is written, and
//! only its hash is kept (S25). Were there so many letters a day and no more, a stranger who asked for them all would keep the
//! person out until tomorrow; were each request answered with a letter, a stranger who kept asking would end every link
//! before it is used. So:
//!
//! - **A link is left alone.** While one that works was mailed within the last ten minutes, a request mails nothing: the
//!   letter that is there will do. After the second link of a day it is 25 minutes, after the third and later ones 50. That
//!   makes at most three letters an hour, and one in 50 minutes for a stranger who never tires, from however many networks.
//! - **The pause is always shorter than a link's life** (an hour). Whoever asks and gets no letter has one in their mailbox
//!   whose link still works: nobody's asking can keep the person out.
//! - **One network address gets ten letters a day to one person**, counted for each network apart: a stranger's requests spend
//!   nothing of what the person may ask for, and one stranger is done after ten.
//! - The pause asks only for links that still work. Whoever has used theirs, or whose link was ended because they were blocked
//!   at one client, is mailed another at once. No stranger can make either happen.
//! - Links of one business leave those of another alone: asking at one door ends nothing that another mailed.

pub mod staff;

use crate::access::{Actor, Origin, Who};
use crate::account::throttle::count_visit;
use crate::account::token::{self, Purpose, Spent};
use crate::account::{self, Account, Realm, password, throttle};
use crate::act::{Act, App};
use crate::audit::Entry;
use crate::base::secret::Token;
use crate::base::text::{Email, EmailKey};
use crate::base::{Error, Result};
use crate::business::Business;
use crate::door::STRANGER;
use crate::door::person::{own_words, replace_password};
use crate::language::{Sentence, say};
use crate::mail::{Letter, outbox};
use crate::portal_user;
use crate::portal_user::store::Person;
use secrecy::SecretString;

/// For how many seconds a link that works is left alone, after the first one of a day, the second, and so on; the last is
/// repeated. Each is shorter than a link's life.
const LEFT_ALONE: [i64; 3] = [600, 1500, 3000];

/// Ask for a link to set a new password. The answer and the work are the same whether the address is known or not (S12); a
/// link goes out only to a person whom the business knows and has not disabled (PRODUCT.md rule 10), and no more often than
/// the top of this page says.
///
/// # Errors
/// `TooMany` when too much was tried from the network address.
pub async fn ask(app: &App, business: &Business, email: &str, origin: Origin) -> Result<()> {
    let visitor = Actor::visitor(business.id, origin);
    // Asking is an attempt like any other (S15); it stays counted, so nobody mails a whole list of addresses (S33).
    count_visit(app, &visitor).await?;
    let mut act = app.begin(&visitor).await?;
    let found = portal_user::store::person_with_email(&mut act, &key_of(email)).await?;
    let (account, portal_user, why) = match &found {
        None | Some(Person { user: None, deleted: None, .. }) => (None, None, STRANGER),
        Some(Person { account, user: None, deleted: Some(user) }) => {
            (Some(account), Some(user.id), "the portal user is deleted")
        }
        Some(Person { account, user: Some(user), .. }) if user.disabled.is_some() => {
            (Some(account), Some(user.id), "the portal user is disabled")
        }
        Some(Person { account, user: Some(user), .. }) => match mail(&mut act, account).await? {
            None => {
                let entry = Entry::PasswordResetAsked { account: account.id, portal_user: Some(user.id) };
                return act.commit(entry).await;
            }
            Some(why) => (Some(account), Some(user.id), why),
        },
    };
    act.commit(Entry::SignInRefused { account: account.map(|a| a.id), portal_user, why: not_mailed(why) }).await
}

/// What an address is found by; one that is none finds nobody, with the same work.
fn key_of(email: &str) -> EmailKey {
    Email::parse(email).map_or_else(|_| EmailKey(String::new()), |email| email.key())
}

fn not_mailed(why: &str) -> String {
    format!("asked for a link to reset the password; {why}")
}

/// Mails a link, unless there is one that will do, or too many were asked for from here: then the reason, for staff.
async fn mail(act: &mut Act, account: &Account) -> Result<Option<&'static str>> {
    if is_left_alone(act, account).await? {
        return Ok(Some("a link that works was mailed a moment ago"));
    }
    let (now, from) = (act.now, act.actor.origin.address);
    if !throttle::may_ask_for_letter(&mut act.tx, account.id, from, now).await? {
        return Ok(Some("too many were mailed today for this network address"));
    }
    act.send(Letter::PasswordReset { account: account.id }, &account.email, &account.name()).await?;
    Ok(None)
}

/// Whether a link that works, or a letter on its way, is young enough to be left alone.
async fn is_left_alone(act: &mut Act, account: &Account) -> Result<bool> {
    let (business, now) = (act.business, act.now);
    let today =
        outbox::written_since(&mut act.tx, business, &account.email, "password_reset", now.plus_days(-1)).await?;
    let nth = usize::try_from(today).unwrap_or(usize::MAX);
    let Some(seconds) = nth.checked_sub(1).map(|n| LEFT_ALONE.get(n).or(LEFT_ALONE.last()).copied().unwrap_or(0))
    else {
        return Ok(false);
    };
    let since = now.plus_seconds(-seconds);
    let works = token::newest_working(&mut act.tx, Purpose::ResetPassword, account.id, business, now).await?;
    Ok(works.is_some_and(|made_at| made_at > since)
        || outbox::on_the_way_since(&mut act.tx, business, account.id.0, "password_reset", since).await?)
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
    pub fn refusal(&self) -> Option<Sentence> {
        self.spent.map(spent_words)
    }
}

fn spent_words(spent: Spent) -> Sentence {
    match spent {
        Spent::Used => say("link-used"),
        Spent::Expired => say("link-expired"),
        Spent::Ended => say("link-ended"),
    }
    .into()
}

/// Look at a link to set a new password; that uses nothing up (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, or was made at another business's door or at the console's (S28).
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
    let person = portal_user::store::person(&mut look, link.account_id).await?;
    let Some(person) = person.filter(|person| person.account.realm == Realm::Portal) else { return Err(missing) };
    let look =
        ResetLook { name: person.account.name(), email: person.account.email.clone(), spent: link.spent(look.now) };
    Ok((look, person))
}

/// What was found behind a link that somebody wants to use; a guess at a link is an attempt like one at a password (S15).
async fn counted<T>(app: &App, visitor: &Actor, found: Result<T>) -> Result<T> {
    if matches!(found, Err(Error::NotFound(_))) {
        count_visit(app, visitor).await?;
    }
    found
}

/// Set a new password by a mailed link: it works once; every session and every other link ends (S39), and the person is told
/// (S22). It does not sign in: that stays one step that asks for everything it has to ask (S19).
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `Refused` for a link that does not work any more.
pub async fn set(app: &App, business: &Business, token: &Token, new: SecretString, origin: Origin) -> Result<()> {
    let visitor = Actor::visitor(business.id, origin);
    let (look, person) = counted(app, &visitor, find(app, business, token).await).await?;
    if let Some(why) = look.refusal() {
        return Err(Error::refused(why));
    }
    let own = own_words(&person.account, person.user.as_ref(), business);
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    password::check(&new, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    let hash = app.hasher.hash(new).await?;

    let mut act = app.begin(&visitor).await?;
    let (now, id) = (act.now, person.account.id);
    let account = account::store::hold(&mut act.tx, id).await?;
    let user = portal_user::store::of_account(&mut act, id).await?;
    let open = user.as_ref().is_some_and(|user| !user.is_kept_out());
    if !open || !token::take(&mut act.tx, Purpose::ResetPassword, token, now).await? {
        return Err(Error::refused(spent_words(Spent::Ended)));
    }
    replace_password(&mut act, id, &hash).await?;
    act.actor.who = Who::Person { account: id, name: account.name() };
    act.commit(Entry::PasswordChanged { account: id, portal_user: user.map(|user| user.id) }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s33_a_link_is_never_left_alone_for_longer_than_it_works() {
        assert!(LEFT_ALONE.iter().all(|seconds| *seconds < Purpose::ResetPassword.life_seconds()));
        assert!(LEFT_ALONE.is_sorted());
    }
}
