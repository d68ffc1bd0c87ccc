//! Invitations in the database.

use crate::act::Scope;
use crate::base::id::{AccountId, ContactId, InvitationId};
use crate::base::secret::Token;
use crate::base::text::EmailKey;
use crate::base::{Error, Result};
use crate::invitation::{Invitation, State};
use crate::mail::outbox;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, contact_id, client_id, email, group_id, role, state, invited_by, invited_by_name, created_at, expires_at,
                opened_at, ended_at, accepted_by, letter_id, version FROM invitation WHERE business_id = $1 ",
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

/// Stores a new invitation.
///
/// # Errors
/// `Conflict` when another is open for the contact.
pub async fn insert(scope: &mut Scope, invitation: &Invitation) -> Result<()> {
    scope
        .query(
            "INSERT INTO invitation (business_id, id, contact_id, client_id, email, group_id, role, state, invited_by, invited_by_name,
                created_at, expires_at, letter_id, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
        )
        .bind(invitation.id)
        .bind(invitation.contact_id)
        .bind(invitation.client_id)
        .bind(&invitation.email)
        .bind(invitation.group_id)
        .bind(invitation.role)
        .bind(invitation.state)
        .bind(invitation.invited_by)
        .bind(invitation.invited_by_name.as_str())
        .bind(invitation.created_at)
        .bind(invitation.expires_at)
        .bind(invitation.letter_id)
        .run(&mut scope.tx)
        .await?;
    Ok(())
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

/// The contacts with an open invitation to an address.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_to(scope: &mut Scope, email: &EmailKey) -> Result<Vec<ContactId>> {
    let rows: Vec<(ContactId,)> = scope
        .query(
            "SELECT i.contact_id FROM invitation i JOIN contact c ON c.business_id = i.business_id AND c.id = i.contact_id
             WHERE i.business_id = $1 AND c.email_key = $2 AND i.state = 'open'",
        )
        .bind(email)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
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
