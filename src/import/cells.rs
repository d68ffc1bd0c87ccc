//! Reading the cells of one row: every problem is noted, so that one look at the file mends them all.

use crate::base::cell;
use crate::base::text::TextError;
use crate::import::RowProblem;
use crate::import::columns::{Column, Columns};
use crate::import::sheet::Row;
use std::borrow::Cow;

/// What a cell says that may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said<T> {
    /// Nothing: the file has no such column, or the row ends before it.
    Nothing,
    /// That there is none, or this one.
    Value(Option<T>),
}

impl<T> Said<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Nothing => None,
            Self::Value(value) => value,
        }
    }
}

/// What spreadsheets show where a formula has failed.
const FORMULA_ERRORS: [&str; 9] =
    ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#GETTING_DATA"];

/// The cells of a row, and what is wrong with them.
pub struct Cells<'a, C> {
    row: &'a Row,
    columns: &'a Columns<C>,
    /// What is wrong.
    pub problems: Vec<RowProblem>,
}

/// A problem of a column.
pub fn problem<C: Column>(column: C, reason: impl Into<String>) -> RowProblem {
    RowProblem { column: column.label().to_owned(), reason: reason.into() }
}

impl<'a, C: Column> Cells<'a, C> {
    /// Begins to read a row.
    ///
    /// # Errors
    /// When the row has more cells than the file has columns: nobody knows then which is which.
    pub fn of(row: &'a Row, columns: &'a Columns<C>) -> Result<Self, Vec<RowProblem>> {
        let beyond = row.cells.iter().skip(columns.width).any(|cell| !cell.trim().is_empty());
        if !beyond {
            return Ok(Self { row, columns, problems: Vec::new() });
        }
        Err(vec![RowProblem {
            column: "Row".into(),
            reason: format!(
                "It has {} cells, but the first row names {} columns. A comma or semicolon inside of a text must stand between quotation marks.",
                row.cells.len(),
                columns.width
            ),
        }])
    }

    /// What a cell holds; none where there is none.
    pub fn text(&self, column: C) -> Option<Cow<'a, str>> {
        let text = self.columns.cell(&self.row.cells, column)?;
        Some(match cell::plain(text.trim()) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        })
    }

    /// Notes a problem.
    pub fn problem(&mut self, column: C, reason: impl Into<String>) {
        self.problems.push(problem(column, reason));
    }

    /// The cell parsed; none where there is none, or where it cannot be taken (which is noted).
    pub fn parsed<T>(&mut self, column: C, parse: impl Fn(&str) -> Result<Option<T>, TextError>) -> Said<T> {
        let Some(text) = self.text(column) else { return Said::Nothing };
        if FORMULA_ERRORS.contains(&text.as_ref()) {
            self.problem(
                column,
                format!("The cell holds the spreadsheet error {text}. Mend the formula, or type the value."),
            );
        } else if text.contains('\u{fffd}') {
            self.problem(
                column,
                "A character could not be read. Save the file as “CSV UTF-8” or XLSX, then upload it again.",
            );
        } else {
            match parse(&text) {
                Ok(value) => return Said::Value(value),
                Err(TextError(reason)) => self.problem(column, reason.to_string()),
            }
        }
        Said::Nothing
    }

    /// The same, where an empty cell says nothing.
    pub fn filled<T>(&mut self, column: C, parse: impl Fn(&str) -> Result<Option<T>, TextError>) -> Option<T> {
        self.parsed(column, parse).value()
    }
}
