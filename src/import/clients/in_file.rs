//! What the rows of one file say about a client, one after the other.

use crate::base::Instant;
use crate::client::{Client, Status};
use crate::import::cells::problem;
use crate::import::clients::columns::Column;
use crate::import::clients::row::{SaidOfClient, amount};
use crate::import::clients::sort::shown;
use crate::import::columns::Column as _;
use crate::import::{Change, RowProblem};

/// A client of the file.
#[derive(Clone, Debug)]
pub struct InFile {
    /// As it will be.
    pub now: Client,
    /// As it was before the file.
    pub before: Before,
    /// The rows that spoke first of its name, email, phone, status and balance; 0 for none.
    said_in: [u32; 5],
}

/// What a client was before the file.
#[derive(Clone, Debug)]
pub enum Before {
    /// Not there.
    Absent,
    /// Not there; a row added this, and a later one says more.
    AbsentThenMore(Box<Client>),
    /// The same.
    Same,
    /// This.
    Other(Box<Client>),
}

impl InFile {
    /// A client that a row speaks of for the first time.
    pub(super) fn of(now: Client, before: Before) -> Self {
        Self { now, before, said_in: [0; 5] }
    }

    /// Whether the file adds it: then nothing of it is in the database.
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self.before, Before::Absent | Before::AbsentThenMore(_))
    }

    /// Takes what a row says about the client. Rows that contradict each other are not guessed about.
    pub(super) fn hear(
        &mut self,
        row: u32,
        said: SaidOfClient,
        at: Instant,
        problems: &mut Vec<RowProblem>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        let Self { now, said_in: [name, email, phone, status, balance], .. } = self;
        let mut hear = Hearing { row, reference: now.reference.as_str(), problems, changes: &mut changes };
        hear.field(Column::ClientName, name, &mut now.name, said.name, ToString::to_string);
        hear.field(Column::ClientEmail, email, &mut now.email, said.email.map(Some), shown);
        hear.field(Column::ClientPhone, phone, &mut now.phone, said.phone.map(Some), shown);
        let before = now.status;
        hear.field(Column::ClientStatus, status, &mut now.status, said.status, |status| status.code().to_owned());
        hear.field(Column::Balance, balance, &mut now.balance_cents, said.balance, |cents| amount(*cents));
        if now.status != before {
            now.exited_at = (now.status == Status::Exited).then_some(at);
        }
        changes
    }
}

/// One row being heard about its client.
struct Hearing<'a> {
    row: u32,
    reference: &'a str,
    problems: &'a mut Vec<RowProblem>,
    changes: &'a mut Vec<Change>,
}

impl Hearing<'_> {
    fn field<T: PartialEq>(
        &mut self,
        column: Column,
        first: &mut u32,
        now: &mut T,
        said: Option<T>,
        words: impl Fn(&T) -> String,
    ) {
        let Some(said) = said else { return };
        let differs = *now != said;
        if *first == 0 {
            *first = self.row;
        } else if differs {
            let (first, now, said, reference) = (*first, words(now), words(&said), self.reference);
            self.problems.push(problem(
                column,
                format!("It says “{said}”, but row {first} says “{now}” for the same client {reference}. Make the two rows agree."),
            ));
            return;
        }
        if differs {
            self.changes.push(Change { what: column.label().to_owned(), from: words(now), to: words(&said) });
            *now = said;
        }
    }
}
