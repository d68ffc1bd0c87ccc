//! Invitations in the database.

use crate::access::Role;
use crate::act::Scope;
use crate::base::id::{AccountId, ContactId, GroupId, InvitationId};
use crate::base::secret::Token;
use crate::base::text::EmailKey;
use crate::base::{Error, Instant, Result};
use crate::db::Query;
use crate::invitation::{Invitation, Offered, State, Way};
use crate::mail::outbox;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Invitations of one statement.
const PER_STATEMENT: usize = 500;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, contact_id, client_id, email, group_id, role, way, state, inviter, invited_by, invited_by_name, created_at,
                expires_at, opened_at, ended_at, accepted_by, letter_id, version FROM invitation WHERE business_id = $1 ",
            $rest
        )
    };
}

/// The invitation.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(scope: &mut Scope, id: InvitationId) -> Result<Invitation> {
    scope.query(select!("AND id = $2")).bind(id).one(&mut scope.tx, "The invitation").await
}

/// The invitation that a link's secret opens, whatever became of it. Looking uses nothing up (S31).
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, token: &Token) -> Result<Option<Invitation>> {
    scope
        .query(select!("AND id = (SELECT invitation_id FROM invitation_token WHERE business_id = $1 AND hash = $2)"))
        .bind(&token.hash())
        .maybe(&mut scope.tx)
        .await
}

/// A contact's invitations, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_contact(scope: &mut Scope, contact: ContactId, most: i64) -> Result<Vec<Invitation>> {
    scope
        .query(select!("AND contact_id = $2 ORDER BY id DESC LIMIT $3"))
        .bind(contact)
        .bind(most)
        .all(&mut scope.tx)
        .await
}

/// A contact's invitation that was neither accepted nor ended, be it too old, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of_contact(scope: &mut Scope, contact: ContactId) -> Result<Option<Invitation>> {
    scope.query(select!("AND contact_id = $2 AND state = 'open'")).bind(contact).maybe(&mut scope.tx).await
}

/// A contact's newest invitation, whatever became of it, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn newest_of(scope: &mut Scope, contact: ContactId) -> Result<Option<Invitation>> {
    Ok(of_contact(scope, contact, 1).await?.pop())
}

/// Those of these contacts whose newest invitation one of the client's own people has written, and nobody has accepted.
///
/// # Errors
/// When the database cannot be read.
pub async fn brought_by_colleagues(scope: &mut Scope, contacts: &[ContactId]) -> Result<HashSet<ContactId>> {
    let mut brought = HashSet::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let rows: Vec<(ContactId,)> = scope
            .query(
                "SELECT i.contact_id FROM invitation i WHERE i.business_id = $1 AND i.inviter = 'client' AND i.state <> 'accepted'
                 AND NOT EXISTS (SELECT 1 FROM invitation n
                    WHERE n.business_id = i.business_id AND n.contact_id = i.contact_id AND n.id > i.id)
                 AND i.contact_id IN",
            )
            .and_list(contacts.iter().copied())
            .all(&mut scope.tx)
            .await?;
        brought.extend(rows.into_iter().map(|(id,)| id));
    }
    Ok(brought)
}

/// The groups, of those that there still are, in which these contacts were linked last, by contact.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_groups(scope: &mut Scope, contacts: &[ContactId]) -> Result<HashMap<ContactId, GroupId>> {
    let mut groups = HashMap::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let rows: Vec<(ContactId, GroupId)> = scope
            .query(
                "SELECT l.contact_id, l.group_id FROM link l
                 JOIN user_group g ON g.business_id = l.business_id AND g.id = l.group_id AND g.ended_at IS NULL
                 WHERE l.business_id = $1 AND NOT EXISTS (SELECT 1 FROM link n
                    WHERE n.business_id = l.business_id AND n.contact_id = l.contact_id
                    AND (n.made_at > l.made_at OR (n.made_at = l.made_at AND n.id > l.id)))
                 AND l.contact_id IN",
            )
            .and_list(contacts.iter().copied())
            .all(&mut scope.tx)
            .await?;
        groups.extend(rows);
    }
    Ok(groups)
}

/// Stores new invitations.
///
/// # Errors
/// `Conflict` when another is open for a contact.
pub async fn insert_all(scope: &mut Scope, invitations: &[Invitation]) -> Result<()> {
    for invitations in invitations.chunks(PER_STATEMENT) {
        let mut rows = Query::new(
            "INSERT INTO invitation (business_id, id, contact_id, client_id, email, group_id, role, way, state, inviter, invited_by, invited_by_name,
                created_at, expires_at, letter_id, version) VALUES",
        );
        for invitation in invitations {
            rows = rows.and_row(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                [
                    scope.business.into(),
                    invitation.id.into(),
                    invitation.contact_id.into(),
                    invitation.client_id.into(),
                    (&invitation.email).into(),
                    invitation.group_id.into(),
                    invitation.role.into(),
                    invitation.way.into(),
                    invitation.state.into(),
                    invitation.inviter.into(),
                    invitation.invited_by.into(),
                    invitation.invited_by_name.as_str().into(),
                    invitation.created_at.into(),
                    invitation.expires_at.into(),
                    invitation.letter_id.into(),
                ],
            );
        }
        rows.run(&mut scope.tx).await?;
    }
    Ok(())
}

/// Ends the open invitations of these contacts, and takes their letters back where they have not left; answers which they
/// were.
///
/// # Errors
/// When the database refuses.
pub async fn end_all_open(scope: &mut Scope, contacts: &[ContactId], state: State) -> Result<Vec<InvitationId>> {
    let mut ended = Vec::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let open: Vec<(InvitationId,)> = scope
            .query("SELECT id FROM invitation WHERE business_id = $1 AND state = 'open' AND contact_id IN")
            .and_list(contacts.iter().copied())
            .all(&mut scope.tx)
            .await?;
        if open.is_empty() {
            continue;
        }
        Query::new("UPDATE invitation SET state = $1, ended_at = $2, version = version + 1 WHERE business_id = $3 AND state = 'open' AND id IN")
            .bind(state)
            .bind(scope.now)
            .bind(scope.business)
            .and_list(open.iter().map(|(id,)| *id))
            .run(&mut scope.tx)
            .await?;
        let subjects: Vec<Uuid> = open.iter().map(|(id,)| id.0).collect();
        outbox::cancel_all(&mut scope.tx, scope.business, &subjects, "invitation").await?;
        ended.extend(open.into_iter().map(|(id,)| id));
    }
    Ok(ended)
}

#[derive(sqlx::FromRow)]
struct OfferedRow {
    contact_id: ContactId,
    group_id: GroupId,
    #[sqlx(try_from = "String")]
    role: Role,
    #[sqlx(try_from = "String")]
    way: Way,
}

/// What the invitations offer that were not accepted or withdrawn yet, be they too old, by contact.
///
/// # Errors
/// When the database cannot be read.
pub async fn offered(scope: &mut Scope, contacts: &[ContactId]) -> Result<HashMap<ContactId, Offered>> {
    let mut offered = HashMap::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let rows: Vec<OfferedRow> = scope
            .query("SELECT contact_id, group_id, role, way FROM invitation WHERE business_id = $1 AND state = 'open' AND contact_id IN")
            .and_list(contacts.iter().copied())
            .all(&mut scope.tx)
            .await?;
        offered.extend(
            rows.into_iter().map(|row| (row.contact_id, Offered { group: row.group_id, role: row.role, way: row.way })),
        );
    }
    Ok(offered)
}

/// How many invitations somebody has written since a moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn written_by_since(scope: &mut Scope, by: Uuid, since: Instant) -> Result<i64> {
    let written: (i64,) = scope
        .query("SELECT COUNT(*) FROM invitation WHERE business_id = $1 AND invited_by = $2 AND created_at > $3")
        .bind(by)
        .bind(since)
        .one(&mut scope.tx, "The business")
        .await?;
    Ok(written.0)
}

/// The invitations of these contacts that were not accepted or withdrawn yet, be they too old.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of(scope: &mut Scope, contacts: &[ContactId]) -> Result<Vec<Invitation>> {
    let mut open = Vec::new();
    for contacts in contacts.chunks(PER_STATEMENT) {
        let query = scope.query(select!("AND state = 'open' AND contact_id IN")).and_list(contacts.iter().copied());
        open.extend(query.all::<Invitation>(&mut scope.tx).await?);
    }
    Ok(open)
}

/// Whether a contact has ever accepted an invitation.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_accepted(scope: &mut Scope, contact: ContactId) -> Result<bool> {
    let accepted: Option<(InvitationId,)> = scope
        .query("SELECT id FROM invitation WHERE business_id = $1 AND contact_id = $2 AND state = 'accepted' LIMIT 1")
        .bind(contact)
        .maybe(&mut scope.tx)
        .await?;
    Ok(accepted.is_some())
}

/// Ends an open invitation. Of two who try at once, exactly one succeeds (S26).
///
/// # Errors
/// `Conflict` when it was not open any more.
pub async fn end(scope: &mut Scope, id: InvitationId, state: State, accepted_by: Option<AccountId>) -> Result<()> {
    scope
        .query(
            "UPDATE invitation SET state = $3, ended_at = $4, accepted_by = $5, version = version + 1
             WHERE business_id = $1 AND id = $2 AND state = 'open'",
        )
        .bind(id)
        .bind(state)
        .bind(scope.now)
        .bind(accepted_by)
        .run_one(&mut scope.tx)
        .await
}

/// Ends a contact's open invitation, if there is one, and takes its letter back if it has not left; answers which it was.
///
/// # Errors
/// When the database refuses.
pub async fn end_open(scope: &mut Scope, contact: ContactId, state: State) -> Result<Option<InvitationId>> {
    let open: Option<(InvitationId,)> = scope
        .query("SELECT id FROM invitation WHERE business_id = $1 AND contact_id = $2 AND state = 'open'")
        .bind(contact)
        .maybe(&mut scope.tx)
        .await?;
    if let Some((id,)) = open {
        end(scope, id, state, None).await?;
        outbox::cancel_about(&mut scope.tx, scope.business, id.0).await?;
    }
    Ok(open.map(|(id,)| id))
}

/// The contacts with an open invitation to one of these addresses, each with the address.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_to(scope: &mut Scope, emails: &[EmailKey]) -> Result<Vec<(EmailKey, ContactId)>> {
    let mut open = Vec::new();
    for emails in emails.chunks(PER_STATEMENT) {
        let rows: Vec<(EmailKey, ContactId)> = scope
            .query(
                "SELECT c.email_key, i.contact_id
                 FROM contact c JOIN invitation i ON i.business_id = c.business_id AND i.contact_id = c.id AND i.state = 'open'
                 WHERE c.business_id = $1 AND c.email_key IN",
            )
            .and_list(emails)
            .and("ORDER BY c.email_key, i.contact_id")
            .all(&mut scope.tx)
            .await?;
        open.extend(rows);
    }
    Ok(open)
}

/// Makes a secret for an invitation's letter that is being rendered; only its hash is stored (S25). A letter that is tried
/// again gets another; each opens the same invitation, once.
///
/// # Errors
/// When the database refuses.
pub async fn mint(scope: &mut Scope, id: InvitationId) -> Result<Token> {
    let token = Token::mint();
    scope
        .query("INSERT INTO invitation_token (business_id, hash, invitation_id, minted_at) VALUES ($1, $2, $3, $4)")
        .bind(&token.hash())
        .bind(id)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    Ok(token)
}

/// Counts an invitation's days anew, if no mail of it has ever left: it was held while the portal was off (P4). Answers whether
/// it was.
///
/// # Errors
/// When the database refuses.
pub async fn renew_held(scope: &mut Scope, id: InvitationId, expires_at: Instant) -> Result<bool> {
    let renewed = scope
        .query(
            "UPDATE invitation SET expires_at = $3, version = version + 1 WHERE business_id = $1 AND id = $2 AND state = 'open'
             AND NOT EXISTS (SELECT 1 FROM invitation_token t WHERE t.business_id = $1 AND t.invitation_id = $2)
             AND NOT EXISTS (SELECT 1 FROM temporary_password t WHERE t.business_id = $1 AND t.invitation_id = $2)",
        )
        .bind(id)
        .bind(expires_at)
        .run(&mut scope.tx)
        .await?;
    Ok(renewed == 1)
}

/// Notes that the page of an invitation was looked at.
///
/// # Errors
/// When the database refuses.
pub async fn opened(scope: &mut Scope, id: InvitationId) -> Result<()> {
    let changed = scope
        .query("UPDATE invitation SET opened_at = $3 WHERE business_id = $1 AND id = $2 AND opened_at IS NULL")
        .bind(id)
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    if changed > 1 { Err(Error::internal("an id named several invitations")) } else { Ok(()) }
}
