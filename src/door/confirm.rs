//! A change that staff asked for, from the person's side: what its page shows, confirming it, saying no to it.

use crate::access::{Actor, Origin};
use crate::account;
use crate::account::throttle::count_visit;
use crate::act::App;
use crate::base::secret::Token;
use crate::base::{Error, Result};
use crate::business::Business;
use crate::language::Sentence;
use crate::portal_user;
use crate::portal_user::proposal::acts::{self, Confirmed};
use crate::portal_user::proposal::{Proposal, Step, store};

/// What a link opens.
#[derive(Clone, Debug)]
pub struct ChangeLook {
    /// What is to change.
    pub proposal: Proposal,
    /// Whose confirmation the link is for.
    pub step: Step,
    /// The person's name, as it is.
    pub name: String,
    /// Why it cannot be confirmed, with the next step; none where it can.
    pub refusal: Option<Sentence>,
}

/// Look at a change; that uses nothing up and changes nothing, whoever looks (S31).
///
/// # Errors
/// `NotFound` for a link that was never made, or was made at another business (S28).
pub async fn look(app: &App, business: &Business, token: &Token) -> Result<ChangeLook> {
    let mut look = app.look_at(business.id).await?;
    let (proposal, step) = store::look_for(&mut look, token).await?.ok_or(Error::NotFound("The link"))?;
    let account = account::store::find(&mut look.tx, proposal.account_id).await?;
    let user = portal_user::store::find(&mut look, proposal.portal_user_id).await?;
    let refusal = acts::refusal(&proposal, step, &account, &user, look.now);
    Ok(ChangeLook { name: account.name(), proposal, step, refusal })
}

/// Confirm a change: it works once.
///
/// # Errors
/// `NotFound`; `Refused` when it cannot be confirmed (any more); `TooMany`.
pub async fn confirm(app: &App, business: &Business, token: &Token, origin: Origin) -> Result<Confirmed> {
    let visitor = Actor::visitor(business.id, origin);
    must_be_made(app, &visitor, token).await?;
    acts::confirm(app, &visitor, token).await
}

/// Say no to a change.
///
/// # Errors
/// `NotFound`; `Refused` when it is over already; `TooMany`.
pub async fn decline(app: &App, business: &Business, token: &Token, origin: Origin) -> Result<()> {
    let visitor = Actor::visitor(business.id, origin);
    must_be_made(app, &visitor, token).await?;
    acts::decline(app, &visitor, token).await
}

/// Goes on only with a link that was made. A guess at one is an attempt like one at a password (S15): it is counted, before
/// anything else is done.
async fn must_be_made(app: &App, visitor: &Actor, token: &Token) -> Result<()> {
    let mut look = app.look_at(visitor.business).await?;
    let found = store::look_for(&mut look, token).await?;
    drop(look);
    if found.is_some() {
        return Ok(());
    }
    count_visit(app, visitor).await?;
    Err(Error::NotFound("The link"))
}
