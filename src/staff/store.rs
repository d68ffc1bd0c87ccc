//! Staff members in the database.

use crate::access::{Permission, Permissions, rights};
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{AccountId, StaffGroupId, StaffId};
use crate::base::text::fold;
use crate::staff::StaffMember;

/// The staff member that an account is at this business, if it is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_account(scope: &mut Scope, account: AccountId) -> Result<Option<StaffMember>> {
    scope
        .query(
            "SELECT id, account_id, name, email, status FROM staff_member WHERE business_id = $1 AND account_id = $2",
        )
        .bind(account)
        .maybe(&mut scope.tx)
        .await
}

/// The staff member, if there is one of this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, id: StaffId) -> Result<Option<StaffMember>> {
    scope
        .query("SELECT id, account_id, name, email, status FROM staff_member WHERE business_id = $1 AND id = $2")
        .bind(id)
        .maybe(&mut scope.tx)
        .await
}

/// What a staff member may do: their own permissions and those of their groups.
///
/// # Errors
/// When the database cannot be read.
pub async fn permissions(scope: &mut Scope, id: StaffId) -> Result<Permissions> {
    let business = scope.business;
    rights::of_staff(&mut scope.tx, business, id).await
}

/// The names of staff members who hold a permission, themselves or through a group: whom to turn to.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders(scope: &mut Scope, permission: Permission, most: i64) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = scope
        .query(
            "SELECT s.name FROM staff_member s WHERE s.business_id = $1 AND s.status = 'active' AND (
                EXISTS (SELECT 1 FROM staff_permission p
                    WHERE p.business_id = s.business_id AND p.staff_id = s.id AND p.permission IN ($2, $3))
                OR EXISTS (SELECT 1 FROM staff_group_member m JOIN staff_group_permission p
                        ON p.business_id = m.business_id AND p.group_id = m.group_id
                    WHERE m.business_id = s.business_id AND m.staff_id = s.id AND p.permission IN ($2, $3)))
             ORDER BY s.name, s.id LIMIT $4",
        )
        .bind(permission.code())
        .bind(Permissions::EVERYTHING)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

pub(super) async fn insert(scope: &mut Scope, member: &StaffMember) -> Result<()> {
    scope
        .query(
            "INSERT INTO staff_member (business_id, id, account_id, name, email, status, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
        )
        .bind(member.id)
        .bind(member.account_id)
        .bind(member.name.as_str())
        .bind(&member.email)
        .bind(member.status)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// The group that may do everything; made when the first staff member needs it.
pub(super) async fn administrators(scope: &mut Scope) -> Result<StaffGroupId> {
    let held: Option<(StaffGroupId,)> = scope
        .query("SELECT group_id FROM staff_group_permission WHERE business_id = $1 AND permission = $2 ORDER BY group_id LIMIT 1")
        .bind(Permissions::EVERYTHING)
        .maybe(&mut scope.tx)
        .await?;
    if let Some((id,)) = held {
        return Ok(id);
    }
    let id = StaffGroupId::new(scope.now);
    scope
        .query("INSERT INTO staff_group (business_id, id, name) VALUES ($1, $2, $3)")
        .bind(id)
        .bind("Administrators")
        .run(&mut scope.tx)
        .await?;
    scope
        .query("INSERT INTO staff_group_permission (business_id, group_id, permission) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(Permissions::EVERYTHING)
        .run(&mut scope.tx)
        .await?;
    Ok(id)
}

pub(super) async fn join_group(scope: &mut Scope, group: StaffGroupId, member: StaffId) -> Result<()> {
    scope
        .query("INSERT INTO staff_group_member (business_id, group_id, staff_id) VALUES ($1, $2, $3)")
        .bind(group)
        .bind(member)
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

pub(super) async fn permit(scope: &mut Scope, member: StaffId, permission: Permission) -> Result<()> {
    scope
        .query("INSERT INTO staff_permission (business_id, staff_id, permission) VALUES ($1, $2, $3)")
        .bind(member)
        .bind(permission.code())
        .run(&mut scope.tx)
        .await?;
    Ok(())
}

/// The staff members whose name or address holds what was typed: businesses have few enough to look at all of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn named(scope: &mut Scope, typed: &str) -> Result<Vec<StaffMember>> {
    let sought = fold(typed);
    let all: Vec<StaffMember> = scope
        .query("SELECT id, account_id, name, email, status FROM staff_member WHERE business_id = $1 ORDER BY name, id LIMIT 5000")
        .all(&mut scope.tx)
        .await?;
    Ok(all
        .into_iter()
        .filter(|member| fold(&member.name).contains(&sought) || member.email.key().0.contains(&sought))
        .collect())
}
