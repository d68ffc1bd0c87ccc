//! What was mailed to a person: invitations with how far they have come, and every other letter with where it is.

use crate::account::Account;
use crate::act::Look;
use crate::base::Instant;
use crate::base::Result;
use crate::base::id::ContactId;
use crate::contact;
use crate::invitation;
use crate::link::LinkedClient;
use crate::mail::Letter;
use crate::mail::outbox::{self, Posted};
use crate::web::parts::Badge;
use std::collections::HashMap;

/// How many invitations of one contact are shown.
const MOST_INVITATIONS: i64 = 10;
/// How many other letters are shown.
const MOST_LETTERS: i64 = 20;
/// Of how many contacts invitations are shown.
const MOST_CONTACTS: usize = 20;

/// A letter, as a line.
pub struct LetterLine {
    /// What it is.
    pub what: String,
    /// To which address.
    pub to: String,
    /// How far it has come.
    pub badge: Badge,
    /// What the mail server said against it; may be empty.
    pub reason: String,
    /// When it was written, for machines and in words.
    pub at: (String, String),
    /// By whom it was asked for; may be empty.
    pub by: String,
    /// Whether the mail server has answered, one way or the other.
    was_tried: bool,
    /// Whether it answered no.
    failed: bool,
    sorted: Instant,
}

fn was_tried(state: outbox::State) -> bool {
    matches!(state, outbox::State::Sent | outbox::State::Bounced | outbox::State::Failed)
}

fn failed(state: outbox::State) -> bool {
    matches!(state, outbox::State::Bounced | outbox::State::Failed)
}

/// Every letter about a person: invitations to the contacts they are or were linked through, or that have their address,
/// and what was mailed about the account. The newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn letters(look: &mut Look, account: &Account, links: &[LinkedClient]) -> Result<Vec<LetterLine>> {
    let mut contacts: Vec<(ContactId, String)> = Vec::new();
    for link in links {
        contacts.push((link.contact_id, link.client_name.clone()));
    }
    for contact in contact::store::with_email(look, &account.email.key()).await? {
        contacts.push((contact.id, contact.company));
    }
    contacts.sort_by_key(|(id, _)| *id);
    contacts.dedup_by_key(|(id, _)| *id);
    contacts.truncate(MOST_CONTACTS);

    let mut lines = Vec::new();
    for (contact, company) in &contacts {
        invitations(look, *contact, company, &mut lines).await?;
    }
    let business = look.business;
    let others = outbox::about(&mut look.tx, business, account.id.0, MOST_LETTERS).await?;
    lines.extend(others.iter().map(LetterLine::from));
    lines.sort_by_key(|line| std::cmp::Reverse(line.sorted));
    Ok(lines)
}

/// What became of the newest letter to an address, where it did not arrive: what it was, and the mail server's reason.
#[must_use]
pub fn bounced(letters: &[LetterLine], email: &str) -> Option<(String, String)> {
    let arrived = |line: &&LetterLine| line.to.eq_ignore_ascii_case(email) && line.was_tried;
    let newest = letters.iter().find(arrived)?;
    newest.failed.then(|| (newest.what.clone(), newest.reason.clone()))
}

async fn invitations(look: &mut Look, contact: ContactId, company: &str, lines: &mut Vec<LetterLine>) -> Result<()> {
    let invitations = invitation::store::of_contact(look, contact, MOST_INVITATIONS).await?;
    let ids: Vec<_> = invitations.iter().map(|invitation| invitation.letter_id).collect();
    let business = look.business;
    let posted: HashMap<_, _> =
        outbox::posted(&mut look.tx, business, &ids).await?.into_iter().map(|letter| (letter.id, letter)).collect();
    for invitation in invitations {
        let letter = posted.get(&invitation.letter_id);
        let state = letter.map_or(outbox::State::Cancelled, |letter| letter.state);
        lines.push(LetterLine {
            what: format!("Invitation to {company}"),
            to: invitation.email.to_string(),
            badge: invitation.progress(state, look.now).into(),
            reason: letter.and_then(|letter| letter.last_error.clone()).unwrap_or_default(),
            at: (invitation.created_at.rfc3339(), invitation.created_at.words()),
            by: invitation.invited_by_name.clone(),
            was_tried: was_tried(state),
            failed: failed(state),
            sorted: invitation.created_at,
        });
    }
    Ok(())
}

impl From<&Posted> for LetterLine {
    fn from(letter: &Posted) -> Self {
        Self {
            what: Letter::label_of(&letter.kind).to_owned(),
            to: letter.to_email.clone(),
            badge: letter.state.into(),
            reason: letter.last_error.clone().unwrap_or_default(),
            at: (letter.created_at.rfc3339(), letter.created_at.words()),
            by: String::new(),
            was_tried: was_tried(letter.state),
            failed: failed(letter.state),
            sorted: letter.created_at,
        }
    }
}

#[cfg(test)]
impl LetterLine {
    /// For samples of pages.
    pub fn samples() -> Vec<Self> {
        let at = crate::web::samples::NOW;
        let line = |what: &str, badge: Badge, reason: &str| Self {
            what: what.into(),
            to: "devika.rao@bramble.example.com".into(),
            badge,
            reason: reason.into(),
            at: (at.rfc3339(), at.words()),
            by: "Hana Whitlock".into(),
            was_tried: true,
            failed: !reason.is_empty(),
            sorted: at,
        };
        vec![
            line("Invitation to Bramble Civil", invitation::Progress::Bounced.into(), "550 5.1.1 No such mailbox"),
            line("Password changed", outbox::State::Sent.into(), ""),
        ]
    }
}
