//! Kinds of records, as several forms tick them.

use crate::access::{RecordKind, Sight};
use serde::Deserialize;

/// Kinds of records that are ticked: what is not, is not posted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindsForm {
    booking: Option<String>,
    invoice: Option<String>,
    docket: Option<String>,
    statement: Option<String>,
    document: Option<String>,
}

impl KindsForm {
    /// The kinds.
    #[must_use]
    pub fn sight(&self) -> Sight {
        let ticked = |kind: &RecordKind| match kind {
            RecordKind::Booking => self.booking.is_some(),
            RecordKind::Invoice => self.invoice.is_some(),
            RecordKind::Docket => self.docket.is_some(),
            RecordKind::Statement => self.statement.is_some(),
            RecordKind::Document => self.document.is_some(),
        };
        RecordKind::ALL.iter().copied().filter(ticked).collect()
    }
}
