//! What becomes of an attempt before it is looked at: it goes on, or is turned away at a closed lock.

use super::{Attempt, Closed, reserve_address};
use crate::access::Actor;
use crate::act::App;
use crate::audit::Entry;
use crate::base::Result;
use crate::base::id::{AccountId, PortalUserId};

/// The attempt, where it is looked at. The first whom a lock turns away is recorded, and nobody after that until it has been
/// open again: the log tells of every lock (S61), and nobody fills it by trying.
///
/// # Errors
/// `TooMany` while nothing is looked at; `Refused` when only a new password helps.
pub async fn admitted(
    app: &App,
    actor: &Actor,
    account: Option<AccountId>,
    portal_user: Option<PortalUserId>,
    reserved: Result<Attempt, Closed>,
) -> Result<Attempt> {
    let closed = match reserved {
        Ok(attempt) => return Ok(attempt),
        Err(closed) => closed,
    };
    if closed.is_news() {
        let mut act = app.begin(actor).await?;
        if closed.tell(&mut act.tx).await? {
            act.commit(Entry::SignInRefused { account, portal_user, why: closed.words() }).await?;
        }
    }
    Err(closed.error())
}

/// Counts what somebody who has not signed in tries without naming an account: a guess at a link, a request for a letter
/// (S15). It stays counted.
///
/// # Errors
/// `TooMany` while nothing is looked at.
pub async fn count_visit(app: &App, visitor: &Actor) -> Result<()> {
    let reserved = reserve_address(&app.db, visitor.origin.address, app.clock.now()).await?;
    let _counted = admitted(app, visitor, None, None, reserved).await?;
    Ok(())
}
