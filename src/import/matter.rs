//! What a file is about: the one thing that reading, previewing and writing differ in.

use crate::act::{Act, Scope};
use crate::base::{Instant, Result};
use crate::import::columns::{Column, Columns};
use crate::import::pass::Sorted;
use crate::import::sheet::{Row, Sought};
use crate::import::{Findings, RefusedRow, RowProblem};
use std::future::Future;
use uuid::Uuid;

/// What the rows of a file are about. One is made for each pass over a file, and hears of its rows in their order.
pub(super) trait Matter: Send + Sized {
    /// What a file can say.
    type Column: Column;
    /// A row, parsed.
    type Said: Send + 'static;
    /// What is there now, as far as some rows are about it.
    type Known: Send;
    /// What a row does.
    type Step: Send + Sync;

    /// What is looked for in the file.
    const SOUGHT: Sought;
    /// The tables that grow most by it.
    const GROWING: &'static str;

    /// What a row says.
    ///
    /// # Errors
    /// With everything that is wrong with it.
    fn parse(row: &Row, columns: &Columns<Self::Column>) -> std::result::Result<Self::Said, Vec<RowProblem>>;

    /// Whom or what a row seems to be about.
    fn who(row: &Row, columns: &Columns<Self::Column>) -> String;

    /// Reads what is there now, as far as these rows are about it.
    fn known(&self, scope: &mut Scope, rows: &[&Self::Said]) -> impl Future<Output = Result<Self::Known>> + Send;

    /// What a row does to what is there, and to what the rows before it did. A refused row does nothing, and is as if it were
    /// not there for those that follow.
    ///
    /// # Errors
    /// With why it cannot be taken.
    fn sort(
        &mut self,
        said: Self::Said,
        known: &Self::Known,
        now: Instant,
    ) -> std::result::Result<Self::Step, Vec<RowProblem>>;

    /// Notes what a row does, for the preview; and says all of it, as far as it decides whether the file still does the same.
    fn note(&self, row: u32, step: &Self::Step, findings: &mut Findings) -> String;

    /// Notes what only the whole file tells.
    fn sum_up(&self, findings: &mut Findings);

    /// Writes what some rows do. Gathers what the import's entry in the log is about.
    fn write(
        &mut self,
        act: &mut Act,
        rows: &[Sorted<Self::Step>],
        about: &mut Vec<Uuid>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Writes what waits for the end of the file.
    fn finish(&mut self, act: &mut Act) -> impl Future<Output = Result<()>> + Send;
}

/// The refused row as the preview shows it.
pub(super) fn refused<M: Matter>(row: &Row, columns: &Columns<M::Column>, problems: Vec<RowProblem>) -> RefusedRow {
    RefusedRow { row: row.number, who: M::who(row, columns), problems }
}
