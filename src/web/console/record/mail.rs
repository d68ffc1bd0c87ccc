//! Who was mailed about a record, as a panel of its page.

use crate::act::Look;
use crate::base::Result;
use crate::base::id::RecordId;
use crate::mail::outbox::State;
#[cfg(test)]
use crate::record::mailed::LeftOut;
use crate::record::mailed::{self, Mailed};
use crate::web::console::count;
use crate::web::parts::Badge;

/// How many letters the panel shows.
const MOST: i64 = 50;

/// The panel.
pub(super) struct Mail {
    pub lines: Vec<Line>,
    /// Where the letters are, in numbers; empty while there are none.
    pub summary: String,
    /// Why it may be that nobody is mailed.
    pub empty: String,
}

/// A letter, as a line.
pub(super) struct Line {
    pub name: String,
    pub path: String,
    pub to: String,
    pub badge: Badge,
    /// What the mail server said against it; may be empty.
    pub reason: String,
    /// When it was sent, or else written, for machines and in words.
    pub at: (String, String),
}

impl Line {
    fn of(mailed: &Mailed) -> Self {
        let at = mailed.sent_at.filter(|_| mailed.left_out.is_none()).unwrap_or(mailed.created_at);
        Self {
            name: format!("{} {}", mailed.first_name, mailed.last_name),
            path: format!("/console/contacts/{}", mailed.contact_id),
            to: mailed.to_email.clone(),
            badge: mailed.state.into(),
            reason: match (mailed.left_out, mailed.state) {
                (Some(why), _) => why.label().to_owned(),
                (None, State::Sent) => String::new(),
                (None, _) => mailed.last_error.clone().unwrap_or_default(),
            },
            at: (at.rfc3339(), at.words()),
        }
    }
}

impl Mail {
    pub(super) async fn about(look: &mut Look, record: RecordId) -> Result<Self> {
        let counted = mailed::counted(look, record).await?;
        let lines = mailed::about(look, record, MOST).await?;
        Ok(Self { lines: lines.iter().map(Line::of).collect(), summary: summary(&counted), empty: nobody() })
    }
}

fn nobody() -> String {
    "Nobody was mailed about it. What a contact is mailed about is chosen on the contact’s page.".into()
}

fn summary(counted: &[(State, i64)]) -> String {
    let all: i64 = counted.iter().map(|(_, many)| many).sum();
    if all == 0 {
        return String::new();
    }
    let states: Vec<String> =
        counted.iter().map(|(state, many)| format!("{many} {}", state.label().to_lowercase())).collect();
    let shown = if all > MOST { format!(". The first {MOST} stand here") } else { String::new() };
    format!("{}: {}{shown}.", count(all, "letter", "letters"), states.join(", "))
}

#[cfg(test)]
impl Mail {
    /// With letters, and without.
    pub(super) fn samples() -> [Self; 2] {
        let at = crate::web::samples::NOW;
        let line = |name: &str, state: State, reason: &str| Line {
            name: name.into(),
            path: "/console/contacts/120".into(),
            to: "devika.rao@bramble.example.com".into(),
            badge: state.into(),
            reason: reason.into(),
            at: (at.rfc3339(), at.words()),
        };
        let lines = vec![
            line("Devika Rao", State::Bounced, "550 5.1.1 No such mailbox"),
            line("Marcus Feld", State::Queued, ""),
            line("Priya Raman", State::Sent, ""),
            line("Omar Haddad", State::Cancelled, LeftOut::Withdrawn.label()),
        ];
        let counted = [(State::Queued, 1), (State::Sent, 1), (State::Bounced, 1), (State::Cancelled, 1)];
        [
            Self { lines, summary: summary(&counted), empty: nobody() },
            Self { lines: Vec::new(), summary: summary(&[]), empty: nobody() },
        ]
    }
}
