//! Links in the database.

use crate::act::Scope;
use crate::base::Result;
use crate::base::id::{ClientId, ContactId, LinkId, PortalUserId};
use crate::base::text::{Email, fold};
use crate::contact::mismatch;
use crate::link::places::Place;
use crate::link::{EndReason, Leader, Link, LinkedClient, LinkedUser};
use crate::portal_user;

/// The tie, whether it still holds or not.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: LinkId) -> Result<Link> {
    scope
        .query(
            "SELECT id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at, ended_at FROM link
             WHERE business_id = $1 AND id = $2",
        )
        .bind(id)
        .one(&mut scope.tx, "The link")
        .await
}

/// Gives a tie another group and role, unless they are no longer what they were.
///
/// # Errors
/// `Conflict` when they are not, or the tie has ended.
pub async fn place(scope: &mut Scope, link: &Link, to: Place) -> Result<()> {
    scope
        .query(
            "UPDATE link SET group_id = $5, role = $6, version = version + 1
             WHERE business_id = $1 AND id = $2 AND group_id = $3 AND role = $4 AND state = 'active'",
        )
        .bind(link.id)
        .bind(link.group_id)
        .bind(link.role)
        .bind(to.group)
        .bind(to.role)
        .run_one(&mut scope.tx)
        .await
}

/// The clients, by name, whose last Global Admin a person is: nobody else there who gets in looks after its people.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_admin_of(scope: &mut Scope, user: PortalUserId) -> Result<Vec<(ClientId, String)>> {
    scope
        .query(
            "SELECT c.id, c.name FROM link l JOIN client c ON c.business_id = l.business_id AND c.id = l.client_id
             WHERE l.business_id = $1 AND l.portal_user_id = $2 AND l.state = 'active' AND l.role = 'global_admin'
             AND NOT EXISTS (
                SELECT 1 FROM link o JOIN portal_user u ON u.business_id = o.business_id AND u.id = o.portal_user_id
                WHERE o.business_id = l.business_id AND o.client_id = l.client_id AND o.state = 'active'
                AND o.role = 'global_admin' AND o.portal_user_id <> l.portal_user_id AND u.status IN ('active', 'password_due')
             ) ORDER BY c.name_key, c.id",
        )
        .bind(user)
        .all(&mut scope.tx)
        .await
}

/// Whether nobody else who gets in is Global Admin of a client.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_last_admin(scope: &mut Scope, user: PortalUserId, client: ClientId) -> Result<bool> {
    let other: Option<(LinkId,)> = scope
        .query(
            "SELECT l.id FROM link l JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
             WHERE l.business_id = $1 AND l.client_id = $2 AND l.state = 'active' AND l.role = 'global_admin'
             AND l.portal_user_id <> $3 AND u.status IN ('active', 'password_due') LIMIT 1",
        )
        .bind(client)
        .bind(user)
        .maybe(&mut scope.tx)
        .await?;
    Ok(other.is_none())
}

/// Whether a portal user is also another client's: linked there, or invited and not in yet. What one client's own people do to
/// the whole portal user would then reach beyond their client.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_also_elsewhere(scope: &mut Scope, user: PortalUserId, client: ClientId) -> Result<bool> {
    let elsewhere: Option<(ClientId,)> = scope
        .query(
            "SELECT l.client_id FROM link l
             WHERE l.business_id = $1 AND l.portal_user_id = $2 AND l.client_id <> $3 AND l.state = 'active'
             UNION ALL
             SELECT i.client_id FROM portal_user u
             JOIN contact c ON c.business_id = u.business_id AND c.email_key = u.email_key
             JOIN invitation i ON i.business_id = c.business_id AND i.contact_id = c.id AND i.state = 'open'
             WHERE u.business_id = $1 AND u.id = $2 AND i.client_id <> $3 AND i.expires_at > $4 LIMIT 1",
        )
        .bind(user)
        .bind(client)
        .bind(scope.now)
        .maybe(&mut scope.tx)
        .await?;
    Ok(elsewhere.is_some())
}

/// The tie of a contact that still holds, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_contact(scope: &mut Scope, contact: ContactId) -> Result<Option<Link>> {
    scope
        .query(
            "SELECT id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at, ended_at FROM link
             WHERE business_id = $1 AND contact_id = $2 AND state = 'active'",
        )
        .bind(contact)
        .maybe(&mut scope.tx)
        .await
}

/// The tie of a portal user to a client that still holds, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn at_client(scope: &mut Scope, user: PortalUserId, client: ClientId) -> Result<Option<Link>> {
    scope
        .query(
            "SELECT id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at, ended_at FROM link
             WHERE business_id = $1 AND portal_user_id = $2 AND client_id = $3 AND state = 'active'",
        )
        .bind(user)
        .bind(client)
        .maybe(&mut scope.tx)
        .await
}

/// The address of a blocked contact whom a portal user was linked to at a client, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn blocked_at(scope: &mut Scope, user: PortalUserId, client: ClientId) -> Result<Option<Email>> {
    let blocked: Option<(Email,)> = scope
        .query(
            "SELECT p.email FROM link l JOIN contact p ON p.business_id = l.business_id AND p.id = l.contact_id
             WHERE l.business_id = $1 AND l.portal_user_id = $2 AND l.client_id = $3 AND p.portal = 'blocked' LIMIT 1",
        )
        .bind(user)
        .bind(client)
        .maybe(&mut scope.tx)
        .await?;
    Ok(blocked.map(|(email,)| email))
}

macro_rules! select_linked {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.client_id, c.name AS client_name, c.status AS client_status, c.exited_at AS client_exited_at, c.language AS client_language,
                l.contact_id, p.first_name AS contact_first_name, p.last_name AS contact_last_name, p.portal AS contact_portal,
                l.role, l.group_id, g.name AS group_name, g.may_see AS group_may_see, c.delegation AS client_delegation, l.state, l.invited_email, l.made_at, l.ended_at, l.ended_by
             FROM link l
             JOIN client c ON c.business_id = l.business_id AND c.id = l.client_id
             JOIN contact p ON p.business_id = l.business_id AND p.id = l.contact_id
             JOIN user_group g ON g.business_id = l.business_id AND g.id = l.group_id
             WHERE l.business_id = $1 AND l.portal_user_id = $2 ",
            $rest
        )
    };
}

/// A portal user's linked client accounts, and those that were, by the client's name; those that still are come first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_user(scope: &mut Scope, user: PortalUserId) -> Result<Vec<LinkedClient>> {
    scope.query(select_linked!("ORDER BY l.state, c.name_key, l.made_at DESC")).bind(user).all(&mut scope.tx).await
}

/// The newest of a portal user's linked client accounts, by the client's name: what a switcher shows, however many there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest_of_user(scope: &mut Scope, user: PortalUserId, most: i64) -> Result<Vec<LinkedClient>> {
    let mut newest: Vec<LinkedClient> = scope
        .query(select_linked!("AND l.state = 'active' ORDER BY l.id DESC LIMIT $3"))
        .bind(user)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    newest.sort_by_cached_key(|link| (fold(&link.client_name), link.id.0));
    Ok(newest)
}

/// A portal user's linked client accounts whose client's name contains a text, by name, from behind one of them on.
///
/// # Errors
/// When the database cannot be read.
pub async fn search_of_user(
    scope: &mut Scope,
    user: PortalUserId,
    text: &str,
    after: (&str, LinkId),
    most: i64,
) -> Result<Vec<LinkedClient>> {
    let text = fold(text).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    scope
        .query(select_linked!(
            "AND l.state = 'active' AND c.name_key LIKE $3 ESCAPE '!' AND (c.name_key, l.id) > ($4, $5) ORDER BY c.name_key, l.id LIMIT $6"
        ))
        .bind(user)
        .bind(format!("%{text}%"))
        .bind(after.0)
        .bind(after.1)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// What ties a portal user to a client, or last did; none where nothing ever has.
///
/// # Errors
/// When the database cannot be read.
pub async fn tie(scope: &mut Scope, user: PortalUserId, client: ClientId) -> Result<Option<LinkedClient>> {
    scope
        .query(select_linked!("AND l.client_id = $3 ORDER BY l.state, l.made_at DESC, l.id DESC LIMIT 1"))
        .bind(user)
        .bind(client)
        .maybe(&mut scope.tx)
        .await
}

/// A client's portal users, group by group with the Default one first, in each by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn users_of(scope: &mut Scope, client: ClientId, most: i64) -> Result<Vec<LinkedUser>> {
    scope
        .query(
            "SELECT l.portal_user_id, u.name, u.email, u.status, u.last_sign_in_at, l.contact_id, l.role, l.group_id
             FROM link l
             JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
             JOIN user_group g ON g.business_id = l.business_id AND g.id = l.group_id
             WHERE l.business_id = $1 AND l.client_id = $2 AND l.state = 'active'
             ORDER BY CASE g.kind WHEN 'default' THEN 0 ELSE 1 END, g.name_key, u.name_key, u.id LIMIT $3",
        )
        .bind(client)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// The Global Admins and Group Managers of a client, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn leaders_of(scope: &mut Scope, client: ClientId, most: i64) -> Result<Vec<Leader>> {
    scope
        .query(
            "SELECT l.portal_user_id, u.name, l.role, l.group_id
             FROM link l JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
             WHERE l.business_id = $1 AND l.client_id = $2 AND l.state = 'active' AND l.role <> 'member'
             ORDER BY u.name_key, u.id LIMIT $3",
        )
        .bind(client)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// The last tie of a contact that has ended, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn ended_of_contact(scope: &mut Scope, contact: ContactId) -> Result<Option<Link>> {
    scope
        .query(
            "SELECT id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at, ended_at FROM link
             WHERE business_id = $1 AND contact_id = $2 AND state = 'ended' ORDER BY ended_at DESC LIMIT 1",
        )
        .bind(contact)
        .maybe(&mut scope.tx)
        .await
}

/// What ended a contact's last tie, if one has ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_end(scope: &mut Scope, contact: ContactId) -> Result<Option<EndReason>> {
    let row: Option<(Option<String>,)> = scope
        .query(
            "SELECT end_reason FROM link WHERE business_id = $1 AND contact_id = $2 AND state = 'ended'
             ORDER BY ended_at DESC LIMIT 1",
        )
        .bind(contact)
        .maybe(&mut scope.tx)
        .await?;
    Ok(row.and_then(|(reason,)| EndReason::of_code(&reason?)))
}

/// Stores a new link, and what its contact and the person's account say differently.
///
/// # Errors
/// `Conflict` when the contact, or the person at that client, is linked already.
pub async fn insert(scope: &mut Scope, link: &Link) -> Result<()> {
    scope
        .query(
            "INSERT INTO link (business_id, id, contact_id, client_id, portal_user_id, group_id, role, state, invited_email, made_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        )
        .bind(link.id)
        .bind(link.contact_id)
        .bind(link.client_id)
        .bind(link.portal_user_id)
        .bind(link.group_id)
        .bind(link.role)
        .bind(link.state)
        .bind(&link.invited_email)
        .bind(link.made_at)
        .run(&mut scope.tx)
        .await?;
    mismatch::store::refresh(scope, &[link.contact_id]).await
}

/// Ends a link: what its contact and the person's account say differently is nobody's question any more.
///
/// # Errors
/// `Conflict` when it had ended already.
pub async fn end(scope: &mut Scope, link: &Link, by: &str, reason: EndReason) -> Result<()> {
    scope
        .query(
            "UPDATE link SET state = 'ended', ended_at = $3, ended_by = $4, end_reason = $5, version = version + 1
             WHERE business_id = $1 AND id = $2 AND state = 'active'",
        )
        .bind(link.id)
        .bind(scope.now)
        .bind(by)
        .bind(reason)
        .run_one(&mut scope.tx)
        .await?;
    mismatch::store::refresh(scope, &[link.contact_id]).await
}

/// Makes a portal user's copy of the linked clients' names true again: the first by name, and how many more.
///
/// # Errors
/// When the database refuses.
pub async fn refresh_company(scope: &mut Scope, id: PortalUserId) -> Result<()> {
    let mut user = portal_user::store::find(scope, id).await?;
    let names: Vec<(String,)> = scope
        .query(
            "SELECT c.name FROM link l JOIN client c ON c.business_id = l.business_id AND c.id = l.client_id
             WHERE l.business_id = $1 AND l.portal_user_id = $2 AND l.state = 'active' ORDER BY c.name_key, c.id",
        )
        .bind(id)
        .all(&mut scope.tx)
        .await?;
    let names: Vec<String> = names.into_iter().map(|(name,)| name).collect();
    user.company = company_of(&names);
    portal_user::store::save(scope, &mut user).await
}

/// The linked clients' names as a list shows them: the first, and how many more.
#[must_use]
pub fn company_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// The portal users who are linked to one of these clients now.
///
/// # Errors
/// When the database cannot be read.
pub async fn users_at(scope: &mut Scope, clients: &[ClientId]) -> Result<Vec<PortalUserId>> {
    let mut users = Vec::new();
    for clients in clients.chunks(500) {
        let found: Vec<(PortalUserId,)> = scope
            .query(
                "SELECT DISTINCT portal_user_id FROM link WHERE business_id = $1 AND state = 'active' AND client_id IN",
            )
            .and_list(clients.iter().copied())
            .all(&mut scope.tx)
            .await?;
        users.extend(found.into_iter().map(|(id,)| id));
    }
    users.sort_unstable();
    users.dedup();
    Ok(users)
}
