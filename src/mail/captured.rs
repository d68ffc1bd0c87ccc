//! Captured mail: what the demo shows on a page instead of sending it. Never used for real people's mail, for it keeps the
//! secrets that mail carries.

use crate::base::id::{BusinessId, LetterId};
use crate::base::{Instant, Result};
use crate::db::{Db, Query, Tx};
use crate::mail::post::Mail;

/// A captured letter, as the list shows it.
#[derive(Clone, sqlx::FromRow)]
pub struct Line {
    /// The letter's id in the outbox.
    pub id: LetterId,
    /// When it was sent.
    pub at: Instant,
    /// To which address.
    pub to_email: String,
    /// To whom.
    pub to_name: String,
    /// The sender's name.
    pub from_name: String,
    /// Its subject.
    pub subject: String,
}

/// A captured letter, whole.
#[derive(Clone, sqlx::FromRow)]
pub struct Captured {
    /// The letter's id in the outbox.
    pub id: LetterId,
    /// When it was sent.
    pub at: Instant,
    /// To which address.
    pub to_email: String,
    /// To whom.
    pub to_name: String,
    /// The sender's name.
    pub from_name: String,
    /// Its subject.
    pub subject: String,
    /// Its words as HTML.
    pub html: String,
    /// Its words as text.
    pub plain: String,
}

/// Keeps a letter; the same letter again takes the place of the first.
pub(super) async fn keep(db: &Db, mail: &Mail) -> Result<()> {
    let mut tx = db.write().await?;
    Query::new(
        "INSERT INTO captured_mail (business_id, id, at, to_email, to_name, from_name, subject, html, plain)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (business_id, id) DO UPDATE SET at = excluded.at, html = excluded.html, plain = excluded.plain",
    )
    .bind(mail.business)
    .bind(mail.id)
    .bind(mail.at)
    .bind(&mail.to)
    .bind(mail.to_name.as_str())
    .bind(mail.from_name.as_str())
    .bind(mail.words.subject.as_str())
    .bind(mail.words.html.as_str())
    .bind(mail.words.plain.as_str())
    .run(&mut tx)
    .await?;
    tx.commit().await
}

/// A business's captured letters, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx, business: BusinessId, most: i64) -> Result<Vec<Line>> {
    Query::new(
        "SELECT id, at, to_email, to_name, from_name, subject FROM captured_mail
         WHERE business_id = $1 ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(business)
    .bind(most)
    .all(tx)
    .await
}

/// One captured letter.
///
/// # Errors
/// `NotFound`, also for another business's.
pub async fn find(tx: &mut Tx, business: BusinessId, id: LetterId) -> Result<Captured> {
    Query::new(
        "SELECT id, at, to_email, to_name, from_name, subject, html, plain FROM captured_mail
         WHERE business_id = $1 AND id = $2",
    )
    .bind(business)
    .bind(id)
    .one(tx, "The letter")
    .await
}

/// Forgets captured letters that are older than a moment.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut Tx, business: BusinessId, before: Instant) -> Result<u64> {
    Query::new("DELETE FROM captured_mail WHERE business_id = $1 AND at < $2").bind(business).bind(before).run(tx).await
}
