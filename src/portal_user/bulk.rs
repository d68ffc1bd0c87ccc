//! Many portal users at once, in a few statements: what deeds on a selection read and write.

use crate::act::Scope;
use crate::base::id::PortalUserId;
use crate::base::text::fold;
use crate::base::{Error, Instant, Result};
use crate::db::{Query, Value};
use crate::listing::{self, List, Moves};
use crate::portal_user::{PortalUser, store};
use std::collections::HashMap;

/// Rows of one statement.
const PER_STATEMENT: usize = 500;

/// Those of these portal users that there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(scope: &mut Scope, ids: &[PortalUserId]) -> Result<HashMap<PortalUserId, PortalUser>> {
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(PER_STATEMENT) {
        found.extend(store::of_ids(scope, ids).await?.into_iter().map(|user| (user.id, user)));
    }
    Ok(found)
}

/// Stores how portal users stand now: whether they are disabled, and whether a password change is due; and counts each where
/// it belongs.
///
/// # Errors
/// `Crossed` when one was changed after this act has read it: by the act of another business that knows the same account.
pub async fn save_standing(scope: &mut Scope, users: &[PortalUser]) -> Result<()> {
    let update = "UPDATE portal_user SET status = v.column3, status_rank = v.column4, facet = v.column5, disabled_at = v.column6,
            disabled_by = v.column7, disabled_because = v.column8, disabled_client = v.column9,
            version = portal_user.version + 1";
    rewrite(scope, users, update, "(?, ?, ?, ?, ?, ?, ?, ?, ?)", |[id, version, status, rank, facet], user| {
        let [at, by, because, client] = disabled(user);
        [id, version, status, rank, facet, at, by, because, client]
    })
    .await
}

/// Since when, by whom, why and for which client somebody is disabled.
fn disabled(user: &PortalUser) -> [Value; 4] {
    let disabled = user.disabled.as_ref();
    [
        disabled.map(|d| d.at).into(),
        disabled.map(|d| d.by.clone()).into(),
        disabled.map(|d| d.because.clone()).into(),
        disabled.and_then(|d| d.behalf.client()).into(),
    ]
}

/// Stores since when portal users are deleted, if they are, with what they are linked to now, and whether they are disabled; and
/// counts each where it belongs.
///
/// # Errors
/// `Crossed` when somebody changed one meanwhile.
pub async fn save_deletion(scope: &mut Scope, users: &[PortalUser]) -> Result<()> {
    let update = "UPDATE portal_user SET status = v.column3, status_rank = v.column4, facet = v.column5, deleted_at = v.column6,
            deleted_by = v.column7, company = v.column8, company_key = v.column9, search = v.column10, disabled_at = v.column11,
            disabled_by = v.column12, disabled_because = v.column13, disabled_client = v.column14, version = portal_user.version + 1";
    let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    rewrite(scope, users, update, row, |[id, version, status, rank, facet], user| {
        let deleted = user.deleted.as_ref();
        let [disabled_at, disabled_by, because, client] = disabled(user);
        [
            id,
            version,
            status,
            rank,
            facet,
            deleted.map(|d| d.at).into(),
            deleted.map(|d| d.by.clone()).into(),
            user.company.as_str().into(),
            fold(&user.company).into(),
            user.search_text().into(),
            disabled_at,
            disabled_by,
            because,
            client,
        ]
    })
    .await
}

/// Stores portal users by an update whose row of values begins with what moves with every change of standing (the id and the
/// version that it is found by, the status, its rank, the facet), and counts each where it belongs.
async fn rewrite<const N: usize>(
    scope: &mut Scope,
    users: &[PortalUser],
    update: &'static str,
    row: &'static str,
    values: impl Fn([Value; 5], &PortalUser) -> [Value; N],
) -> Result<()> {
    for users in users.chunks(PER_STATEMENT) {
        let before: Vec<(PortalUserId, String)> = scope
            .query("SELECT id, facet FROM portal_user WHERE business_id = $1 AND id IN")
            .and_list(users.iter().map(|user| user.id))
            .all(&mut scope.tx)
            .await?;
        let before: HashMap<PortalUserId, String> = before.into_iter().collect();
        let mut moves = Moves::default();
        let rows = users.iter().map(|user| {
            let facet = user.facet().code();
            if let Some(before) = before.get(&user.id) {
                moves.count(before, &facet);
            }
            let (status, rank) = (user.status(), user.status().rank());
            let standing = [user.id.into(), user.version.into(), status.into(), rank.into(), facet.into()];
            values(standing, user)
        });
        let query = Query::new(update).and_each(("portal_user", "id"), scope.business, row, rows);
        let query = query.and("AND portal_user.version = v.column2");
        if usize::try_from(query.run(&mut scope.tx).await?) != Ok(users.len()) {
            return Err(Error::Crossed);
        }
        moves.store(scope, List::PortalUsers).await?;
    }
    Ok(())
}

/// Some of the portal users who were deleted by then, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn deleted_before(scope: &mut Scope, then: Instant, most: i64) -> Result<Vec<PortalUserId>> {
    let rows: Vec<(PortalUserId,)> = scope
        .query(
            "SELECT id FROM portal_user WHERE business_id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2
             ORDER BY deleted_at, id LIMIT $3",
        )
        .bind(then)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Removes portal users for good, with their acceptances; nothing may tie them any more.
///
/// # Errors
/// When the database refuses.
pub async fn remove(scope: &mut Scope, users: &[PortalUser]) -> Result<()> {
    for users in users.chunks(PER_STATEMENT) {
        let ids = || users.iter().map(|user| user.id);
        scope
            .query("DELETE FROM acceptance WHERE business_id = $1 AND portal_user_id IN")
            .and_list(ids())
            .run(&mut scope.tx)
            .await?;
        scope
            .query("DELETE FROM portal_user WHERE business_id = $1 AND id IN")
            .and_list(ids())
            .run(&mut scope.tx)
            .await?;
        for user in users {
            listing::count_into(scope, List::PortalUsers, &user.facet().code(), -1).await?;
        }
    }
    Ok(())
}
