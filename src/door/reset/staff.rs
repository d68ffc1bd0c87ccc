//! A forgotten password of staff. The mailed link sets a new password and signs nobody in: whoever used it goes on to the
//! sign-in page, which asks for everything it has to ask (S19, S21).

use super::{ResetLook, counted, key_of, mail, not_mailed, spent_words};
use crate::access::{Actor, Origin, Who};
use crate::account::throttle::count_visit;
use crate::account::token::{self, Purpose, Spent};
use crate::account::{self, Realm, password};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::BusinessId;
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::business;
use crate::door::staff::{replace_password, works_for};
use crate::mail::Letter;
use crate::staff::{self, Status};
use secrecy::SecretString;

/// Ask for a link to set a new password for the console. The answer and the work are the same whether the address is a staff
/// member's or not (S12); a link goes out only to a staff member who may sign in, and no more often than to a portal user.
///
/// # Errors
/// `TooMany` when too much was tried from the network address.
pub async fn ask(app: &App, email: &str, origin: Origin) -> Result<()> {
    let mut tx = app.db.read().await?;
    let account = account::store::with_key(&mut tx, Realm::Staff, &key_of(email)).await?;
    let business = works_for(&mut tx, account.as_ref().map(|a| a.id)).await?;
    drop(tx);
    let visitor = Actor::visitor(business.unwrap_or(BusinessId::INSTALLATION), origin);
    count_visit(app, &visitor).await?;
    let mut act = app.begin(&visitor).await?;
    let member = match &account {
        Some(account) => staff::store::of_account(&mut act, account.id).await?,
        None => None,
    };
    let why = match (&account, member) {
        (None, _) => "nobody has this address",
        (Some(account), Some(member)) if member.status == Status::Active => match mail(&mut act, account).await? {
            None => {
                let entry = Entry::StaffResetAsked { staff: member.id, name: member.name };
                return act.commit(entry).await;
            }
            Some(why) => why,
        },
        (Some(_), _) => "the staff member is disabled",
    };
    let account = account.map(|a| a.id);
    act.commit(Entry::SignInRefused { account, portal_user: None, why: not_mailed(why) }).await
}

/// Look at a link to set a new password for the console; that uses nothing up (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, was made at a portal's door (S28), or whose staff member may not sign in.
pub async fn look(app: &App, token: &Token) -> Result<ResetLook> {
    Ok(find(app, token).await?.0)
}

async fn find(app: &App, token: &Token) -> Result<(ResetLook, BusinessId)> {
    let missing = Error::NotFound("The link");
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let Some(link) = token::look_for(&mut tx, Purpose::ResetPassword, token).await? else { return Err(missing) };
    let account = account::store::find(&mut tx, link.account_id).await?;
    let mut scope = Scope { tx, business: link.business_id, now };
    let member = match account.realm {
        Realm::Staff => staff::store::of_account(&mut scope, account.id).await?,
        Realm::Portal => None,
    };
    match member.filter(|member| member.status == Status::Active) {
        None => Err(missing),
        Some(member) => {
            let look = ResetLook { name: member.name, email: account.email, spent: link.spent(now) };
            Ok((look, link.business_id))
        }
    }
}

/// Set a new password by a mailed link: it works once; every session and every other link ends (S39), and the staff member is
/// told (S22). It does not sign in.
///
/// # Errors
/// `Invalid` for a password that cannot be taken; `Refused` for a link that does not work any more.
pub async fn set(app: &App, token: &Token, new: SecretString, origin: Origin) -> Result<()> {
    let visitor = Actor::visitor(BusinessId::INSTALLATION, origin);
    let (look, business) = counted(app, &visitor, find(app, token).await).await?;
    if let Some(why) = look.refusal() {
        return Err(Error::refused(why));
    }
    let name = business::store::find(&mut app.db.read().await?, business).await?.name;
    let own = [look.name.as_str(), look.email.as_str(), name.as_str()];
    password::check(&new, password::Factors::PasswordOnly, &own).map_err(|e| Error::invalid("password", e.0))?;
    let hash = app.hasher.hash(new).await?;

    let mut act = app.begin(&Actor { business, ..visitor }).await?;
    let now = act.now;
    let ended = || Error::refused(spent_words(Spent::Ended));
    let link = token::look_for(&mut act.tx, Purpose::ResetPassword, token).await?.ok_or_else(ended)?;
    let account = account::store::hold(&mut act.tx, link.account_id).await?;
    let member = staff::store::of_account(&mut act, account.id).await?;
    let member = member.filter(|member| member.status == Status::Active).ok_or_else(ended)?;
    if !token::take(&mut act.tx, Purpose::ResetPassword, token, now).await? {
        return Err(ended());
    }
    replace_password(&mut act, account.id, &hash).await?;
    act.send(Letter::PasswordChanged { account: account.id }, &account.email, &account.name()).await?;
    let may = staff::store::permissions(&mut act, member.id).await?;
    act.actor.who = Who::Staff { id: member.id, account: account.id, name: member.name, may };
    act.commit(Entry::StaffPasswordSet { staff: member.id }).await
}
