//! Many rows at a time.

use crate::act::Scope;
use crate::base::Result;
use crate::db::{Query, Value};

/// How many rows go into one statement: enough that the way there does not count, few enough that a statement stays small.
const AT_ONCE: usize = 200;

const MARKS: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

/// Rows that wait to be written into one table.
pub(super) struct Rows<const N: usize> {
    into: &'static str,
    rows: Vec<[Value; N]>,
}

impl<const N: usize> Rows<N> {
    /// `into` is `INSERT INTO table (…) VALUES`.
    pub(super) fn new(into: &'static str) -> Self {
        Self { into, rows: Vec::new() }
    }

    pub(super) fn add(&mut self, row: [Value; N]) {
        self.rows.push(row);
    }

    pub(super) async fn write(&mut self, scope: &mut Scope) -> Result<()> {
        // `(?, ?` is three letters for each value but the first, which has two.
        let marks = MARKS.get(..3 * N - 1).unwrap_or(MARKS);
        let mut rows = std::mem::take(&mut self.rows).into_iter().peekable();
        while rows.peek().is_some() {
            let mut query = Query::new(self.into);
            for row in rows.by_ref().take(AT_ONCE) {
                query = query.and_row(marks, row).and(")");
            }
            query.run(&mut scope.tx).await?;
        }
        Ok(())
    }
}
