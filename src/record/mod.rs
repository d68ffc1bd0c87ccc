//! Records: what a business shares with a client. A booking, an invoice, a docket, a statement or a document, each shared with
//! everybody of the client, with some of its groups, or with some of its contacts.

pub mod acts;
pub mod bulk;
pub mod files;
pub mod list;
pub mod mailed;
pub mod store;
pub mod tell;
mod typed;

pub use typed::{Typed, TypedSharing};

use crate::access::RecordKind;
use crate::base::id::{ClientId, ContactId, GroupId, RecordId};
use crate::base::text::{Headline, Reference, fold};
use crate::base::{Day, Error, Instant, Money, Result};
use crate::listing;

crate::words! {
    /// How far something has come; which of these there are depends on the kind ([`stages`]).
    pub enum Stage {
        /// A booking that is not certain yet.
        Planned = "planned",
        /// A booking that takes place.
        Confirmed = "confirmed",
        /// A booking that has taken place.
        Completed = "completed",
        /// An invoice that is to be paid, a docket that is to be signed.
        Open = "open",
        /// An invoice that was paid.
        Paid = "paid",
        /// A docket that was signed.
        Signed = "signed",
        /// A statement or a document: it is there.
        Issued = "issued",
        /// It does not hold any more.
        Cancelled = "cancelled",
    }
}

impl Stage {
    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Confirmed => "Confirmed",
            Self::Completed => "Completed",
            Self::Open => "Open",
            Self::Paid => "Paid",
            Self::Signed => "Signed",
            Self::Issued => "Issued",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// The stages that a kind of record may be in; what it is shared as first comes first.
#[must_use]
pub fn stages(kind: RecordKind) -> &'static [Stage] {
    match kind {
        RecordKind::Booking => &[Stage::Planned, Stage::Confirmed, Stage::Completed, Stage::Cancelled],
        RecordKind::Invoice => &[Stage::Open, Stage::Paid, Stage::Cancelled],
        RecordKind::Docket => &[Stage::Open, Stage::Signed, Stage::Cancelled],
        RecordKind::Statement | RecordKind::Document => &[Stage::Issued],
    }
}

/// Whether a kind of record has something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Has {
    /// It must.
    Always,
    /// It may.
    Perhaps,
    /// It never does.
    Never,
}

/// Whether a kind has a second day: until when a booking lasts, when an invoice is due, up to when a statement counts.
#[must_use]
pub fn has_until(kind: RecordKind) -> Has {
    match kind {
        RecordKind::Booking | RecordKind::Statement => Has::Perhaps,
        RecordKind::Invoice => Has::Always,
        RecordKind::Docket | RecordKind::Document => Has::Never,
    }
}

/// Whether a kind has an amount.
#[must_use]
pub fn has_amount(kind: RecordKind) -> Has {
    match kind {
        RecordKind::Invoice => Has::Always,
        RecordKind::Booking | RecordKind::Docket | RecordKind::Statement => Has::Perhaps,
        RecordKind::Document => Has::Never,
    }
}

/// What staff call the first and the second day of a kind.
#[must_use]
pub fn day_labels(kind: RecordKind) -> (&'static str, &'static str) {
    match kind {
        RecordKind::Booking => ("Date", "Until"),
        RecordKind::Invoice => ("Issued on", "Due on"),
        RecordKind::Docket | RecordKind::Document => ("Date", ""),
        RecordKind::Statement => ("From", "To"),
    }
}

/// What a record says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// What the business calls it in its own books: no two of a kind at one client share it.
    pub number: Reference,
    /// What it is about.
    pub title: Headline,
    /// Whatever else there is to say; may be empty, may have several lines.
    pub text: String,
    /// How far it has come.
    pub stage: Stage,
    /// When it takes place, or was issued.
    pub on: Day,
    /// Until when, or when it is due.
    pub until: Option<Day>,
    /// How much it is.
    pub amount: Option<Money>,
}

impl Details {
    /// What a search looks through.
    #[must_use]
    pub fn search_text(&self) -> String {
        listing::search_text(&[self.number.as_str(), self.title.as_str(), &self.text])
    }

    /// The form in which numbers are compared.
    #[must_use]
    pub fn number_key(&self) -> String {
        fold(self.number.as_str())
    }
}

/// Whom a record is shared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sharing {
    /// Everybody of the client who may see its kind.
    Client,
    /// The members of these groups who may see its kind.
    Groups(Vec<GroupId>),
    /// The people of these contacts.
    Contacts(Vec<ContactId>),
}

crate::words! {
    /// [`Sharing`] as it is stored and posted.
    pub enum Audience {
        /// Everybody.
        Client = "client",
        /// Some groups.
        Groups = "groups",
        /// Some contacts.
        Contacts = "contacts",
    }
}

impl Sharing {
    /// Its word.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::Client => Audience::Client,
            Self::Groups(_) => Audience::Groups,
            Self::Contacts(_) => Audience::Contacts,
        }
    }
}

crate::words! {
    /// Whether a record is to be seen.
    pub enum State {
        /// By those it is shared with.
        Shared = "shared",
        /// By staff alone.
        Withdrawn = "withdrawn",
    }
}

/// Who withdrew a record, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
}

/// A record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Whose.
    pub client_id: ClientId,
    /// Its kind.
    pub kind: RecordKind,
    /// What it says.
    pub details: Details,
    /// Whom it is shared with.
    pub sharing: Sharing,
    /// Since when it is to be seen by staff alone, if it is.
    pub withdrawn: Option<Withdrawn>,
    /// Who shared it.
    pub shared_by: String,
    /// When it was shared.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// Changes with every change.
    pub version: i64,
}

impl Record {
    /// As sentences name it: `invoice 20418`.
    #[must_use]
    pub fn what(&self) -> String {
        what(self.kind, &self.details.number)
    }

    /// Takes it back: from the very next request nobody but staff sees it.
    ///
    /// # Errors
    /// `Refused` when it was withdrawn already.
    pub fn withdraw(&mut self, at: Instant, by: &str) -> Result<()> {
        if let Some(withdrawn) = &self.withdrawn {
            return Err(Error::refused(format!(
                "{} was already withdrawn, by {} on {}. Nothing was changed.",
                self.details.number,
                withdrawn.by,
                withdrawn.at.day()
            )));
        }
        self.withdrawn = Some(Withdrawn { at, by: by.to_owned() });
        Ok(())
    }
}

/// As sentences name a record: `invoice 20418`.
#[must_use]
pub fn what(kind: RecordKind, number: &Reference) -> String {
    format!("{} {number}", kind.code())
}

/// How a record stands on a day: what its badge says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// As its stage says.
    At(Stage),
    /// An invoice that should have been paid.
    Overdue,
}

/// How something of a stage stands on a day.
#[must_use]
pub fn standing(kind: RecordKind, stage: Stage, until: Option<Day>, today: Day) -> Standing {
    match (kind, stage, until) {
        (RecordKind::Invoice, Stage::Open, Some(due)) if due < today => Standing::Overdue,
        _ => Standing::At(stage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_stage_to_begin_with_and_each_stage_belongs_to_a_kind() {
        for stage in Stage::ALL {
            assert!(RecordKind::ALL.iter().any(|kind| stages(*kind).contains(stage)), "{stage:?}");
        }
        assert!(RecordKind::ALL.iter().all(|kind| !stages(*kind).is_empty()));
    }

    #[test]
    fn an_open_invoice_is_overdue_from_the_day_after_it_was_due() {
        let day = |text| Day::parse(text).unwrap();
        let on = |today| standing(RecordKind::Invoice, Stage::Open, Some(day("2026-11-24")), day(today));
        assert_eq!(on("2026-11-24"), Standing::At(Stage::Open));
        assert_eq!(on("2026-11-25"), Standing::Overdue);
        let paid = standing(RecordKind::Invoice, Stage::Paid, Some(day("2026-11-24")), day("2027-01-01"));
        assert_eq!(paid, Standing::At(Stage::Paid));
    }
}
