//! One row, parsed: which record it is about and what it says of it, or why it cannot be taken.

use super::attachments::Named;
use super::columns::Column;
use crate::access::RecordKind;
use crate::base::text::{Email, Reference, TextError, fold};
use crate::client::reference_key;
use crate::import::RowProblem;
use crate::import::cells::Cells;
use crate::import::columns::{Columns, shown};
use crate::import::sheet::Row;
use crate::record::{Typed, files};

/// What a row says.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The row's number.
    pub row: u32,
    /// Which client it is about.
    pub reference: Reference,
    /// The same, as it is compared.
    pub reference_key: String,
    /// Its kind.
    pub kind: RecordKind,
    /// Its number.
    pub number: Reference,
    /// What its cells hold; an empty one says nothing.
    pub typed: Typed,
    /// Whom it is shared with; none where the row does not say.
    pub with: Option<With>,
    /// The files that it names.
    pub files: Vec<Named>,
}

impl Parsed {
    /// The number, as it is compared.
    pub fn number_key(&self) -> String {
        fold(self.number.as_str())
    }
}

/// Whom a row shares a record with, as it names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum With {
    /// Everybody of the client.
    Everybody,
    /// These groups, by name.
    Groups(Vec<String>),
    /// The contacts of these addresses.
    Contacts(Vec<Email>),
}

/// Parses a row.
///
/// # Errors
/// With everything that is wrong with it.
pub fn parse(row: &Row, columns: &Columns<Column>) -> Result<Parsed, Vec<RowProblem>> {
    let mut cells = Cells::of(row, columns)?;
    let reference = needed(&mut cells, Column::ClientReference, "Enter the reference of the client.", |text| {
        Reference::parse_optional(text)
    });
    let kind = needed(&mut cells, Column::Kind, "Write booking, invoice, docket, statement or document.", kind);
    let number = needed(&mut cells, Column::Number, "Enter the number that tells the record from others.", |text| {
        Reference::parse_optional(text)
            .map_err(|TextError(why)| TextError(why.replacen("The reference", "The number", 1).into()))
    });
    let mut text = |column| cells.filled(column, |text| Ok(Some(text.to_owned()))).unwrap_or_default();
    let typed = Typed {
        number: number.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: text(Column::Description),
        text: text(Column::Details),
        stage: text(Column::State),
        on: text(Column::Date),
        until: text(Column::Until),
        amount: text(Column::Amount).trim_start_matches(['$', '€', '£']).trim_start().to_owned(),
        currency: text(Column::Currency),
    };
    let with = cells.filled(Column::SharedWith, with);
    let files = cells.filled(Column::Attachments, named).unwrap_or_default();
    match (reference, kind, number) {
        (Some(reference), Some(kind), Some(number)) if cells.problems.is_empty() => Ok(Parsed {
            row: row.number,
            reference_key: reference_key(&reference),
            reference,
            kind,
            number,
            typed,
            with,
            files,
        }),
        _ => Err(cells.problems),
    }
}

/// A cell that must hold something.
fn needed<T>(
    cells: &mut Cells<'_, Column>,
    column: Column,
    remedy: &str,
    parse: impl Fn(&str) -> Result<Option<T>, TextError>,
) -> Option<T> {
    let problems = cells.problems.len();
    let value = cells.filled(column, parse);
    if value.is_none() && cells.problems.len() == problems {
        cells.problem(column, format!("It is empty. {remedy}"));
    }
    value
}

/// What a row seems to be about.
pub fn who(row: &Row, columns: &Columns<Column>) -> String {
    let text = |column| columns.cell(&row.cells, column).map(shown).unwrap_or_default();
    let what = format!("{} {}", text(Column::Kind).to_lowercase(), text(Column::Number));
    let parts = [what.trim().to_owned(), text(Column::ClientReference)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn kind(text: &str) -> Result<Option<RecordKind>, TextError> {
    if text.is_empty() {
        return Ok(None);
    }
    let word = text.to_lowercase();
    let known = RecordKind::of_code(&word).or_else(|| RecordKind::of_code(word.strip_suffix('s').unwrap_or(&word)));
    known.map(Some).ok_or_else(|| {
        TextError(
            format!("“{}” is no kind. Write booking, invoice, docket, statement or document.", shown(text)).into(),
        )
    })
}

/// What stands in one cell between semicolons, or on lines of its own.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty())
}

fn with(text: &str) -> Result<Option<With>, TextError> {
    let all: Vec<&str> = parts(text).collect();
    match all.as_slice() {
        [] => Ok(None),
        [one] if matches!(one.to_lowercase().as_str(), "everybody" | "everyone" | "all" | "client") => {
            Ok(Some(With::Everybody))
        }
        several if several.iter().any(|part| part.contains('@')) => {
            let emails = several.iter().flat_map(|part| part.split(',')).map(str::trim).filter(|part| !part.is_empty());
            let emails: Result<Vec<Email>, TextError> = emails
                .map(|text| {
                    Email::parse(text).map_err(|_| {
                        TextError(format!("“{}” is not an email address. Name either contacts, by their addresses, or groups, with semicolons between them.", shown(text)).into())
                    })
                })
                .collect();
            Ok(Some(With::Contacts(emails?)))
        }
        several => Ok(Some(With::Groups(several.iter().map(|part| (*part).to_owned()).collect()))),
    }
}

fn named(text: &str) -> Result<Option<Vec<Named>>, TextError> {
    let mut all: Vec<Named> = Vec::new();
    for part in parts(text) {
        let named = Named::parse(part)?;
        if all.iter().any(|other| other.file_key() == named.file_key()) {
            return Err(TextError(
                format!("Two of its files are called {}. Give one of them another name.", named.file_name()).into(),
            ));
        }
        all.push(named);
    }
    if all.len() > files::MOST {
        return Err(TextError(
            format!(
                "It names {} files; a record has at most {}. Put several into a ZIP archive.",
                all.len(),
                files::MOST
            )
            .into(),
        ));
    }
    Ok(Some(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;
    use proptest::prelude::*;

    const HEADERS: [&str; 6] = ["Client reference", "Kind", "Number", "Amount", "Shared with", "Attachments"];

    fn parsed(cells: &[&str]) -> Result<Parsed, Vec<RowProblem>> {
        let columns = Columns::of(&StringRecord::from(HEADERS.to_vec())).unwrap();
        parse(&Row { number: 7, cells: StringRecord::from(cells.to_vec()) }, &columns)
    }

    fn reasons(cells: &[&str]) -> Vec<(String, String)> {
        parsed(cells).unwrap_err().into_iter().map(|problem| (problem.column, problem.reason)).collect()
    }

    #[test]
    fn a_row_names_its_record_readers_and_files() {
        let said = parsed(&["C-1", "Invoices", "'=20418", "$1,234.50", "ana@a.test, omar@a.test", "a.pdf; oct/b.pdf"]);
        let said = said.unwrap();
        assert_eq!(
            (said.kind, said.number.as_str(), said.typed.amount.as_str()),
            (RecordKind::Invoice, "=20418", "1,234.50")
        );
        assert!(matches!(said.with, Some(With::Contacts(emails)) if emails.len() == 2));
        assert_eq!(said.files.iter().map(Named::file_name).collect::<Vec<_>>(), ["a.pdf", "b.pdf"]);
        let said = parsed(&["C-1", "document", "1", "", "Site crew; Default"]).unwrap();
        assert_eq!(said.with, Some(With::Groups(vec!["Site crew".into(), "Default".into()])));
        assert_eq!(parsed(&["C-1", "document", "1", "", "Everybody"]).unwrap().with, Some(With::Everybody));
        assert_eq!(parsed(&["C-1", "document", "1"]).unwrap().with, None);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let found = reasons(&["", "rocket", "", "", "ana@a.test; Site crew", "../etc/passwd"]);
        let columns: Vec<&str> = found.iter().map(|(column, _)| column.as_str()).collect();
        assert_eq!(columns, ["Client reference", "Kind", "Number", "Shared with", "Attachments"]);
        assert!(found[1].1.contains("“rocket” is no kind") && found[3].1.contains("“Site crew”"), "{found:?}");
        assert!(reasons(&["C-1", "docket", "1", "", "", "a.pdf; b/A.pdf"])[0].1.contains("Two of its files"));
        let many = (0..21).map(|n| format!("{n}.pdf")).collect::<Vec<_>>().join(";");
        assert!(reasons(&["C-1", "docket", "1", "", "", &many])[0].1.contains("at most 20"));
    }

    proptest! {
        #[test]
        fn parsing_a_row_never_panics(cells in proptest::collection::vec(any::<String>(), 0..8)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let _ = parsed(&cells);
        }
    }
}
