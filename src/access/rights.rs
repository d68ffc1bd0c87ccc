//! What somebody may do at this very moment, read in the transaction in which they do it. The guard before a page asks, too;
//! but between its answer and the act, rights may be taken away, and a session ended (S37, S47).

use crate::access::{Actor, Permissions, Who};
use crate::base::id::{BusinessId, SessionId, StaffId};
use crate::base::{Error, Result};
use crate::db::{Query, Tx};

/// What a staff member who may sign in is permitted: their own permissions and those of their groups.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_staff(tx: &mut Tx, business: BusinessId, id: StaffId) -> Result<Permissions> {
    let codes: Vec<(String,)> = Query::new(
        "SELECT permission FROM staff_permission WHERE business_id = $1 AND staff_id = $2
         UNION SELECT p.permission FROM staff_group_member m JOIN staff_group_permission p
            ON p.business_id = m.business_id AND p.group_id = m.group_id
         WHERE m.business_id = $1 AND m.staff_id = $2",
    )
    .bind(business)
    .bind(id)
    .all(tx)
    .await?;
    Ok(Permissions::from_codes(codes.iter().map(|(code,)| code.as_str())))
}

/// The actor as they are now: with the rights of this moment, and still signed in. What they were let in with stays good only
/// as far as it still holds; whoever has lost a right meanwhile is told which, and may try again what does not need it.
///
/// # Errors
/// `SignInNeeded` when they were disabled, or their session ended; `Forbidden`, naming a permission that was taken away.
pub async fn confirmed(tx: &mut Tx, actor: &Actor) -> Result<Actor> {
    let mut actor = actor.clone();
    match &mut actor.who {
        Who::Staff { id, may, .. } => {
            if !is_in(tx, actor.business, *id, actor.session).await? {
                return Err(Error::SignInNeeded);
            }
            let now = of_staff(tx, actor.business, *id).await?;
            if let Some(lost) = may.lost_in(&now) {
                return Err(Error::Forbidden(lost.label()));
            }
            *may = now;
        }
        Who::Person { .. } => {
            if let Some(session) = actor.session
                && !lives(tx, session).await?
            {
                return Err(Error::SignInNeeded);
            }
        }
        Who::Visitor | Who::Operator | Who::Worker => {}
    }
    Ok(actor)
}

/// Whether a staff member may still sign in, and has not been signed out.
async fn is_in(tx: &mut Tx, business: BusinessId, id: StaffId, session: Option<SessionId>) -> Result<bool> {
    let mut query = Query::new("SELECT id FROM staff_member WHERE business_id = $1 AND id = $2 AND status = 'active'")
        .bind(business)
        .bind(id);
    if let Some(session) = session {
        query = query.and_with("AND EXISTS (SELECT 1 FROM session WHERE id = ?)", [session.into()]);
    }
    Ok(query.maybe::<(StaffId,)>(tx).await?.is_some())
}

/// Whether a session has not been ended.
async fn lives(tx: &mut Tx, session: SessionId) -> Result<bool> {
    let found: Option<(SessionId,)> =
        Query::new("SELECT id FROM session WHERE id = $1").bind(session).maybe(tx).await?;
    Ok(found.is_some())
}
