//! What staff do about portal users, and what the person does about the terms.

use crate::access::{Actor, Permission};
use crate::account::{self, session, throttle};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{AccountId, PortalUserId, SessionId};
use crate::base::text::{Email, Reason};
use crate::base::{Error, Result};
use crate::business::terms;
use crate::language::{Language, say};
use crate::mail::{Letter, outbox};
use crate::portal_user::deeds::{self, Deed};
use crate::portal_user::store::{self, Acceptance};
use crate::portal_user::{Behalf, PortalUser};

/// Disable a portal user: nothing of this business opens any more, from the very next request on every node. Open
/// invitations and password resets are void (PRODUCT.md rule 10); the person's account elsewhere stays as it is.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the business has disabled it already.
pub async fn disable(app: &App, actor: &Actor, id: PortalUserId, because: Option<Reason>) -> Result<PortalUser> {
    alone(app, actor, id, Deed::Disable(because.as_ref(), Behalf::Business)).await
}

/// Enable a portal user again: what was linked before opens again.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is not disabled.
pub async fn enable(app: &App, actor: &Actor, id: PortalUserId) -> Result<PortalUser> {
    alone(app, actor, id, Deed::Enable(Behalf::Business)).await
}

/// Does to one portal user what is done to many in the same way.
async fn alone(app: &App, actor: &Actor, id: PortalUserId, deed: Deed<'_>) -> Result<PortalUser> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    for (_, outcome) in deeds::perform(&mut act, &[id], deed).await? {
        outcome?;
    }
    let user = store::find(&mut act, id).await?;
    act.commit_all(Vec::new()).await?;
    Ok(user)
}

/// Whether this business is the only one whose door the account opens: then its staff may change what belongs to the
/// person directly (PRODUCT.md rule 1).
pub(super) async fn only_here(act: &mut Act, account: AccountId) -> Result<bool> {
    let business = act.business;
    Ok(account::store::businesses(&mut act.tx, account).await? == [business])
}

/// Require a password change: the person is asked for a new one before anything else. Sessions go on until then only as
/// far as that page.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it is due already, or the account also opens another business's door.
pub async fn require_password_change(app: &App, actor: &Actor, id: PortalUserId) -> Result<()> {
    alone(app, actor, id, Deed::RequirePasswordChange).await.map(|_| ())
}

/// How many links to reset the password one address may be mailed in an hour, and in a day (S33).
const MOST_LINKS: [(i64, i64); 2] = [(3600, 3), (86_400, 10)];

/// Whether an address may be mailed another link to reset the password (S33).
///
/// # Errors
/// When the database cannot be read.
pub async fn may_mail_reset(scope: &mut Scope, email: &Email) -> Result<bool> {
    let business = scope.business;
    for (seconds, most) in MOST_LINKS {
        let since = scope.now.plus_seconds(-seconds);
        if outbox::written_since(&mut scope.tx, business, email, "password_reset", since).await? >= most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Mail a person a link to set a new password, as if they had asked for it: nobody else sees it, and their password stays
/// until they use it.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the portal user is kept out, or was mailed too often lately.
pub async fn send_reset(app: &App, actor: &Actor, id: PortalUserId) -> Result<()> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let user = store::find(&mut act, id).await?;
    mail_reset(&mut act, &user).await?;
    act.commit(Entry::PasswordResetSent { portal_user: id, client: None }).await
}

/// Mails a person a link to set a new password, inside of a running act, which records it.
///
/// # Errors
/// `Refused` when the portal user is kept out, or was mailed too often lately.
pub async fn mail_reset(act: &mut Act, user: &PortalUser) -> Result<()> {
    user.must_be_here()?;
    if user.disabled.is_some() {
        return Err(Error::refused(format!("{} is disabled. Enable the portal user first.", user.name)));
    }
    if !may_mail_reset(act, &user.email).await? {
        return Err(Error::refused(format!("{} was mailed enough links lately. Try again in an hour.", user.email)));
    }
    act.send(Letter::PasswordReset { account: user.account_id }, &user.email, &user.name).await?;
    Ok(())
}

/// End a person's sessions: one of them, or all.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when the account also opens another business's door.
pub async fn end_sessions(app: &App, actor: &Actor, id: PortalUserId, one: Option<SessionId>) -> Result<i64> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let user = store::find(&mut act, id).await?;
    user.must_be_here()?;
    if !only_here(&mut act, user.account_id).await? {
        return Err(Error::refused(format!(
            "{}’s sessions also serve another business’s portal. To keep them out of yours, disable the portal user.",
            user.name
        )));
    }
    let ended = match one {
        Some(session) => session::end_one(&mut act.tx, user.account_id, session).await?,
        None => session::end_all(&mut act.tx, user.account_id).await?,
    };
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    if count == 0 {
        return Err(Error::refused(format!("{} has no such session any more. Nothing was changed.", user.name)));
    }
    act.commit(Entry::SessionsEnded { portal_user: id, count }).await?;
    Ok(count)
}

/// Let a person try to sign in again at once, after too many wrong attempts. It gives nobody a password, but it gives more
/// guesses: so only while theirs is the only business that the account is linked with (PRODUCT.md rule 1).
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when nothing is locked, or the account also opens another business's door.
pub async fn unlock(app: &App, actor: &Actor, id: PortalUserId) -> Result<()> {
    actor.must(Permission::PortalUsersManage)?;
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let user = store::find(&mut act, id).await?;
    user.must_be_here()?;
    if throttle::standing(&mut act.tx, user.account_id, now).await?.locked_until.is_none() {
        return Err(Error::refused(format!("{} is not locked out. Nothing was changed.", user.name)));
    }
    if !only_here(&mut act, user.account_id).await? {
        return Err(Error::refused(format!(
            "{}’s account also opens another business’s portal. Ask them to set a new password with “Forgotten your password?”: that opens it, too.",
            user.name
        )));
    }
    throttle::clear(&mut act.tx, user.account_id).await?;
    act.commit(Entry::SignInUnlocked { portal_user: id }).await
}

/// Accept the current terms, as the person who is asked to, on a page in this language.
///
/// # Errors
/// `Refused` when a newer version than the one shown has been published meanwhile, or this one is accepted already.
pub async fn accept_terms(app: &App, actor: &Actor, account: AccountId, shown: i64, language: Language) -> Result<()> {
    let mut act = app.begin(actor).await?;
    let now = act.now;
    let mut user = store::of_account(&mut act, account).await?.ok_or(Error::NotFound("The portal user"))?;
    let current = terms::current(&mut act).await?.ok_or(Error::NotFound("The terms"))?;
    if current.version != shown {
        return Err(Error::refused(say("terms-newer")));
    }
    if user.terms_version >= current.version {
        return Err(Error::refused(say("terms-already")));
    }
    let acceptance = Acceptance {
        version: current.version,
        digest: current.digest,
        at: now,
        address: actor.origin.address_text(),
        language,
    };
    store::insert_acceptance(&mut act, user.id, &acceptance).await?;
    user.terms_version = acceptance.version;
    user.terms_at = now;
    store::save(&mut act, &mut user).await?;
    act.commit(Entry::TermsAccepted { portal_user: user.id, version: acceptance.version }).await
}
