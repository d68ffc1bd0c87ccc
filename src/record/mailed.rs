//! Who was mailed about a record, and how far each letter has come.

use crate::act::Scope;
use crate::base::id::{ContactId, LetterId, RecordId};
use crate::base::text::PersonName;
use crate::base::{Instant, Result};
use crate::mail::outbox::State;

crate::words! {
    /// Why a letter told nothing of a record, though it was written for it.
    pub enum LeftOut {
        /// The record was withdrawn first.
        Withdrawn = "withdrawn",
        /// The business had switched its kind off.
        SwitchedOff = "switched_off",
        /// It was not shared with the contact any more, or their group may not see it.
        NotShared = "not_shared",
        /// The contact did not want the mail.
        Declined = "declined",
    }
}

impl LeftOut {
    /// What pages say.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Withdrawn => "The record was withdrawn first.",
            Self::SwitchedOff => "Its kind was switched off first.",
            Self::NotShared => "It was not shared with them any more, or their group may not see it.",
            Self::Declined => "They chose not to be mailed about it.",
        }
    }
}

/// Somebody who was told of a record by mail, or will be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mailed {
    /// The contact.
    pub contact_id: ContactId,
    /// Their first name.
    pub first_name: PersonName,
    /// Their last name.
    pub last_name: PersonName,
    /// To which address.
    pub to_email: String,
    /// Where the letter is; cancelled as far as this record goes, where the letter leaves it out.
    pub state: State,
    /// Why it is left out, if it is.
    pub left_out: Option<LeftOut>,
    /// What the mail server last said against the letter.
    pub last_error: Option<String>,
    /// When the letter was written.
    pub created_at: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Row {
    contact_id: ContactId,
    first_name: PersonName,
    last_name: PersonName,
    to_email: String,
    #[sqlx(try_from = "String")]
    state: State,
    left_out: Option<String>,
    last_error: Option<String>,
    created_at: Instant,
    sent_at: Option<Instant>,
}

impl From<Row> for Mailed {
    fn from(row: Row) -> Self {
        Self {
            contact_id: row.contact_id,
            first_name: row.first_name,
            last_name: row.last_name,
            to_email: row.to_email,
            state: row.state,
            left_out: row.left_out.as_deref().and_then(LeftOut::of_code),
            last_error: row.last_error,
            created_at: row.created_at,
            sent_at: row.sent_at,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Many {
    #[sqlx(try_from = "String")]
    state: State,
    many: i64,
}

/// The letters about a record, with why each leaves it out and where it is. What was withdrawn while its letter waits is left out
/// when that is composed; it is told before.
macro_rules! notices {
    ($begin:literal, $end:literal) => {
        concat!(
            $begin,
            " FROM (
                SELECT n.contact_id, o.id, o.to_email, o.state AS letter_state, o.last_error, o.created_at, o.sent_at,
                    CASE WHEN r.withdrawn_at IS NOT NULL AND o.state IN ('queued', 'held') THEN 'withdrawn' ELSE n.left_out END AS left_out
                FROM record_notice n
                JOIN record r ON r.business_id = n.business_id AND r.id = n.record_id
                JOIN outbox o ON o.business_id = n.business_id AND o.id = n.letter_id
                WHERE n.business_id = $1 AND n.record_id = $2
             ) AS m ",
            $end
        )
    };
}

/// Who was mailed about a record: whose letter did not arrive first, then whose waits, then the newest.
///
/// # Errors
/// When the database cannot be read.
pub async fn about(scope: &mut Scope, record: RecordId, most: i64) -> Result<Vec<Mailed>> {
    let rows: Vec<Row> = scope
        .query(notices!(
            "SELECT m.contact_id, c.first_name, c.last_name, m.to_email, m.left_out, m.last_error, m.created_at, m.sent_at,
                CASE WHEN m.left_out IS NULL THEN m.letter_state ELSE 'cancelled' END AS state",
            "JOIN contact c ON c.business_id = $1 AND c.id = m.contact_id
             ORDER BY CASE WHEN m.left_out IS NOT NULL THEN 2 WHEN m.letter_state IN ('bounced', 'failed') THEN 0
                WHEN m.letter_state IN ('queued', 'sending', 'held') THEN 1 ELSE 2 END, m.id DESC LIMIT $3"
        ))
        .bind(record)
        .bind(most)
        .all(&mut scope.tx)
        .await?;
    Ok(rows.into_iter().map(Mailed::from).collect())
}

/// How many letters about a record are where.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(scope: &mut Scope, record: RecordId) -> Result<Vec<(State, i64)>> {
    let rows: Vec<Many> = scope
        .query(notices!(
            "SELECT CASE WHEN m.left_out IS NULL THEN m.letter_state ELSE 'cancelled' END AS state, COUNT(*) AS many",
            "GROUP BY 1"
        ))
        .bind(record)
        .all(&mut scope.tx)
        .await?;
    let mut counted: Vec<(State, i64)> = rows.into_iter().map(|row| (row.state, row.many)).collect();
    counted.sort_unstable();
    Ok(counted)
}

/// Writes down why a letter leaves records out; none for those that it tells of, also where it was composed before without them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn leave_out(
    scope: &mut Scope,
    letter: LetterId,
    records: &[RecordId],
    why: Option<LeftOut>,
) -> Result<()> {
    for records in records.chunks(500) {
        scope
            .query("UPDATE record_notice SET left_out = $3 WHERE business_id = $1 AND letter_id = $2 AND record_id IN")
            .bind(letter)
            .bind(why.map(LeftOut::code))
            .and_list(records.iter().copied())
            .run(&mut scope.tx)
            .await?;
    }
    Ok(())
}
