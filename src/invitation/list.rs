//! The list of invitations: what was sent to whom, and how far each has come (C2). The newest come first.

use crate::access::Role;
use crate::act::Scope;
use crate::base::id::{ClientId, ContactId, InvitationId};
use crate::base::page::{Cursor, Direction, Key, Page, PageSize, Position};
use crate::base::{Instant, Result};
use crate::contact;
use crate::invitation::{Invitation, Progress, Side, Standing, State};
use crate::listing::Total;
use crate::mail::outbox;

/// A question to the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// Those that have come this far; empty keeps all.
    pub progress: Vec<Progress>,
    /// Ascending is oldest first.
    pub direction: Direction,
    /// From where the page is read.
    pub position: Position,
    /// How many rows a page has.
    pub size: PageSize,
}

/// An invitation, as a line of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: InvitationId,
    /// Whom it invites.
    pub contact_id: ContactId,
    /// Their name.
    pub name: String,
    /// How they stand to the portal now.
    pub standing: contact::Standing,
    /// To which client's things.
    pub client_id: ClientId,
    /// Its name.
    pub company: String,
    /// At which address.
    pub email: String,
    /// How far it has come.
    pub progress: Progress,
    /// Whose it is.
    pub side: Side,
    /// In which role.
    pub role: Role,
    /// Who invited.
    pub by: String,
    /// When.
    pub created_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// When its page was first looked at.
    pub opened_at: Option<Instant>,
    /// When it was accepted, withdrawn or replaced.
    pub ended_at: Option<Instant>,
    /// When the mail server took its letter.
    pub sent_at: Option<Instant>,
    /// What the mail server last said against its letter.
    pub mail_error: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(flatten)]
    invitation: Invitation,
    first_name: String,
    last_name: String,
    #[sqlx(try_from = "String")]
    portal: contact::Standing,
    company: String,
    #[sqlx(try_from = "String")]
    letter_state: outbox::State,
    last_error: Option<String>,
    sent_at: Option<Instant>,
}

impl Stored {
    fn at(self, now: Instant) -> Row {
        Row {
            id: self.invitation.id,
            contact_id: self.invitation.contact_id,
            name: format!("{} {}", self.first_name, self.last_name),
            standing: self.portal,
            client_id: self.invitation.client_id,
            company: self.company,
            progress: self.invitation.progress(self.letter_state, now),
            email: self.invitation.email.to_string(),
            side: self.invitation.inviter,
            role: self.invitation.role,
            by: self.invitation.invited_by_name,
            created_at: self.invitation.created_at,
            expires_at: self.invitation.expires_at,
            opened_at: self.invitation.opened_at,
            ended_at: self.invitation.ended_at,
            sent_at: self.sent_at,
            mail_error: self.last_error,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.contact_id, i.client_id, i.email, i.group_id, i.role, i.way, i.state, i.inviter, i.invited_by, i.invited_by_name,
                i.created_at, i.expires_at, i.opened_at, i.ended_at, i.accepted_by, i.letter_id, i.version,
                c.first_name, c.last_name, c.portal, c.company,
                COALESCE(o.state, 'cancelled') AS letter_state, o.last_error, o.sent_at
             FROM invitation i
             JOIN contact c ON c.business_id = i.business_id AND c.id = i.contact_id
             LEFT JOIN outbox o ON o.business_id = i.business_id AND o.id = i.letter_id
             WHERE i.business_id = $1 ",
            $rest
        )
    };
}

/// A contact's invitations, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_contact(scope: &mut Scope, contact: ContactId, most: i64) -> Result<Vec<Row>> {
    let now = scope.now;
    let rows: Vec<Stored> = scope
        .query(select!("AND i.contact_id = $2 ORDER BY i.id DESC LIMIT $3"))
        .bind(contact)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(|stored| stored.at(now)).collect())
}

/// The open invitations of some contacts.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of(scope: &mut Scope, contacts: &[ContactId]) -> Result<Vec<Row>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let now = scope.now;
    let query = scope.query(select!("AND i.state = 'open' AND i.contact_id IN")).and_list(contacts.iter().copied());
    let rows: Vec<Stored> = query.all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(|stored| stored.at(now)).collect())
}

/// Up to how many invitations of one stored state are counted: no page has to look at every one.
const COUNTED: i64 = 1_000;

/// How many invitations have come how far, as far as they are counted.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    counted: Vec<(Progress, i64)>,
    /// The stored states of which there are more than were counted.
    more: Vec<State>,
}

impl Counts {
    /// How many have come this far; none stands for all.
    #[must_use]
    pub fn of(&self, wanted: &[Progress]) -> Total {
        let wanted = |progress: Progress| wanted.is_empty() || wanted.contains(&progress);
        let n = self.counted.iter().filter(|(progress, _)| wanted(*progress)).map(|(_, n)| n).sum();
        let more = Progress::ALL.iter().any(|progress| wanted(*progress) && self.more.contains(&progress.stored()));
        if more { Total::AtLeast(n) } else { Total::Exactly(n) }
    }
}

/// How many invitations have come how far: those that have ended are counted up to a bound; of the open ones the newest are
/// looked at, for how far they have come changes with every letter and every moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(scope: &mut Scope) -> Result<Counts> {
    let mut counts = Counts::default();
    for progress in [Progress::Accepted, Progress::Revoked, Progress::Replaced] {
        let (n,): (i64,) = scope
            .query(
                "SELECT COUNT(*) FROM (SELECT 1 FROM invitation WHERE business_id = $1 AND state = $2 LIMIT $3) AS ended",
            )
            .bind(progress.stored())
            .bind(COUNTED + 1)
            .one(&mut scope.tx, "The invitations")
            .await?;
        if n > COUNTED {
            counts.more.push(progress.stored());
        }
        counts.counted.push((progress, n.min(COUNTED)));
    }
    let now = scope.now;
    let mut open: Vec<(Instant, Option<Instant>, String)> = scope
        .query(
            "SELECT i.expires_at, i.opened_at, COALESCE(o.state, 'cancelled') FROM invitation i
             LEFT JOIN outbox o ON o.business_id = i.business_id AND o.id = i.letter_id
             WHERE i.business_id = $1 AND i.state = 'open' ORDER BY i.id DESC LIMIT $2",
        )
        .bind(COUNTED + 1)
        .all(&mut scope.tx)
        .await?;
    if open.len() > usize::try_from(COUNTED).unwrap_or_default() {
        counts.more.push(State::Open);
        open.pop();
    }
    for (expires_at, opened_at, letter) in open {
        let standing = if expires_at <= now { Standing::Expired } else { Standing::Open };
        let letter = outbox::State::of_code(&letter).unwrap_or(outbox::State::Cancelled);
        let progress = Progress::of(standing, opened_at, letter);
        match counts.counted.iter_mut().find(|(known, _)| *known == progress) {
            Some((_, n)) => *n += 1,
            None => counts.counted.push((progress, 1)),
        }
    }
    Ok(counts)
}

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, ask: &Ask) -> Result<Page<Row>> {
    let wanted: Vec<Progress> = if ask.progress.is_empty() { Progress::ALL.to_vec() } else { ask.progress.clone() };
    let (backwards, from) = match &ask.position {
        Position::Start => (false, None),
        Position::After(cursor) => (false, Some(cursor.id)),
        Position::Before(cursor) => (true, Some(cursor.id)),
    };
    let upwards = (ask.direction == Direction::Ascending) != backwards;
    let mut read = Vec::new();
    // One walk along the index of each stored state, then the nearest of them all: no page has to look at every invitation.
    for state in State::ALL.iter().filter(|state| wanted.iter().any(|progress| progress.stored() == **state)) {
        read.extend(walk(scope, *state, &wanted, from, upwards, ask.size).await?);
    }
    read.sort_by_key(|row| row.id);
    if !upwards {
        read.reverse();
    }
    read.truncate(ask.size.rows() + 1);
    Ok(Page::of(read, ask.size, &ask.position, |row| Cursor { key: Key::Number(0), id: row.id.0 }))
}

/// The invitations of one stored state, from a place on.
async fn walk(
    scope: &mut Scope,
    state: State,
    wanted: &[Progress],
    from: Option<uuid::Uuid>,
    upwards: bool,
    size: PageSize,
) -> Result<Vec<Row>> {
    let now = scope.now;
    let mut query = scope.query(select!("AND i.state = $2")).bind(state);
    if let Some(id) = from {
        query = query.and_with(if upwards { "AND i.id > ?" } else { "AND i.id < ?" }, [id.into()]);
    }
    if state == State::Open && Progress::ALL.iter().any(|p| p.stored() == State::Open && !wanted.contains(p)) {
        query = query.and("AND (1 = 0");
        for progress in wanted.iter().filter(|progress| progress.stored() == State::Open) {
            query = match progress {
                Progress::Expired => query.and_with("OR i.expires_at <= ?", [now.into()]),
                Progress::Opened => query.and_with("OR (i.expires_at > ? AND i.opened_at IS NOT NULL)", [now.into()]),
                other => query.and_with(letters(*other), [now.into()]),
            };
        }
        query = query.and(")");
    }
    let most = i64::try_from(size.rows()).unwrap_or(100) + 1;
    let order = if upwards { "ORDER BY i.id LIMIT ?" } else { "ORDER BY i.id DESC LIMIT ?" };
    let rows: Vec<Stored> = query.and_with(order, [most.into()]).all(&mut scope.tx).await?;
    Ok(rows.into_iter().map(|stored| stored.at(now)).collect())
}

/// Open, not looked at yet, and its letter at this place; the twin of [`Invitation::progress`].
fn letters(progress: Progress) -> &'static str {
    match progress {
        Progress::Queued => "OR (i.expires_at > ? AND i.opened_at IS NULL AND o.state IN ('queued', 'sending'))",
        Progress::Held => "OR (i.expires_at > ? AND i.opened_at IS NULL AND o.state = 'held')",
        Progress::Sent => "OR (i.expires_at > ? AND i.opened_at IS NULL AND o.state = 'sent')",
        Progress::Bounced => "OR (i.expires_at > ? AND i.opened_at IS NULL AND o.state = 'bounced')",
        _ => {
            "OR (i.expires_at > ? AND i.opened_at IS NULL AND COALESCE(o.state, 'cancelled') IN ('failed', 'cancelled'))"
        }
    }
}
