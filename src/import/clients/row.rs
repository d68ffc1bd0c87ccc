//! One row, parsed: what it says about a client and a contact, or why it cannot be taken.

use crate::base::text::{CompanyName, Email, Extension, PersonName, Phone, Reference, TextError, Title};
use crate::client::{Status, reference_key};
use crate::import::RowProblem;
use crate::import::cells::{Cells, Said};
use crate::import::clients::columns::Column;
use crate::import::columns::{Column as _, Columns, shown};
use crate::import::sheet::Row;

/// What a row says, in types.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The row's number.
    pub row: u32,
    /// Which client it is about.
    pub reference: Reference,
    /// The same, as it is compared.
    pub reference_key: String,
    /// What it says about the client.
    pub client: SaidOfClient,
    /// What it says about a contact; none where it is about the client alone.
    pub contact: Option<SaidOfContact>,
}

/// What a row says about its client. A client stands on as many rows as it has contacts; an empty cell says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SaidOfClient {
    /// Name.
    pub name: Option<CompanyName>,
    /// Address.
    pub email: Option<Email>,
    /// Phone.
    pub phone: Option<Phone>,
    /// Whether it still is a client.
    pub status: Option<Status>,
    /// What it owes, in cents.
    pub balance: Option<i64>,
}

/// What a row says about its contact.
#[derive(Clone, Debug)]
pub struct SaidOfContact {
    /// Address: which contact it is.
    pub email: Email,
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// Title.
    pub title: Said<Title>,
    /// Cell phone.
    pub cell_phone: Said<Phone>,
    /// Office phone.
    pub office_phone: Said<Phone>,
    /// Extension.
    pub extension: Said<Extension>,
}

/// Parses a row.
///
/// # Errors
/// With everything that is wrong with it.
pub fn parse(row: &Row, columns: &Columns<Column>) -> Result<Parsed, Vec<RowProblem>> {
    let mut cells = Cells::of(row, columns)?;
    let reference = cells.filled(Column::ClientReference, Reference::parse_optional);
    if reference.is_none() && cells.problems.is_empty() {
        cells.problem(Column::ClientReference, "It is empty. Enter the reference of the client that the row is about.");
    }
    let client = SaidOfClient {
        name: cells.filled(Column::ClientName, CompanyName::parse_optional),
        email: cells.filled(Column::ClientEmail, optional_email),
        phone: cells.filled(Column::ClientPhone, phone),
        status: cells.filled(Column::ClientStatus, status),
        balance: cells.filled(Column::Balance, cents),
    };
    let contact = contact(&mut cells);
    match reference {
        Some(reference) if cells.problems.is_empty() => {
            Ok(Parsed { row: row.number, reference_key: reference_key(&reference), reference, client, contact })
        }
        _ => Err(cells.problems),
    }
}

fn contact(cells: &mut Cells<'_, Column>) -> Option<SaidOfContact> {
    let says_something = |cells: &Cells<'_, Column>| {
        let of_contact = Column::ALL.iter().filter(|column| column.is_of_contact());
        of_contact.copied().any(|column| cells.text(column).is_some_and(|text| !text.is_empty()))
    };
    if !says_something(cells) {
        return None;
    }
    let first_name = cells.filled(Column::FirstName, |text| name(text, "The first name"));
    let last_name = cells.filled(Column::LastName, |text| name(text, "The last name"));
    let problems = cells.problems.len();
    let email = cells.filled(Column::Email, optional_email);
    if email.is_none() && cells.problems.len() == problems {
        cells
            .problem(Column::Email, "It is empty. Enter the contact’s email address: it is what tells contacts apart.");
    }
    let title = cells.parsed(Column::Title, Title::parse_optional);
    let cell_phone = cells.parsed(Column::CellPhone, phone);
    let office_phone = cells.parsed(Column::OfficePhone, phone);
    let extension = cells.parsed(Column::Extension, Extension::parse_optional);
    Some(SaidOfContact { email: email?, first_name, last_name, title, cell_phone, office_phone, extension })
}

/// Whom a row seems to be about.
pub fn who(row: &Row, columns: &Columns<Column>) -> String {
    let text = |column| columns.cell(&row.cells, column).map(shown).unwrap_or_default();
    let name = format!("{} {}", text(Column::FirstName), text(Column::LastName));
    let parts = [name.trim().to_owned(), text(Column::Email), text(Column::ClientName), text(Column::ClientReference)];
    parts.into_iter().filter(|part| !part.is_empty()).take(2).collect::<Vec<_>>().join(", ")
}

fn name(text: &str, what: &str) -> Result<Option<PersonName>, TextError> {
    PersonName::parse_optional(text).map_err(|TextError(reason)| TextError(reason.replace("The name", what).into()))
}

fn optional_email(text: &str) -> Result<Option<Email>, TextError> {
    if text.is_empty() {
        return Ok(None);
    }
    match Email::parse(text) {
        Ok(email) => Ok(Some(email)),
        Err(TextError(_)) if text.matches('@').count() > 1 => Err(TextError(
            format!("“{}” holds more than one address. Put each contact on a row of its own.", shown(text)).into(),
        )),
        Err(TextError(_))
            if text.rsplit_once('@').is_some_and(|(_, domain)| !domain.is_empty() && !domain.contains('.')) =>
        {
            Err(TextError(format!("“{}” lacks the end of its domain, like .com or .example.org.", shown(text)).into()))
        }
        Err(TextError(reason)) if text.contains('@') || text.chars().count() > 254 => {
            Err(TextError(format!("“{}” is not an email address. {reason}", shown(text)).into()))
        }
        Err(TextError(_)) => Err(TextError(
            format!("“{}” is not an email address: it has no @. Enter one like name@example.com.", shown(text)).into(),
        )),
    }
}

fn phone(text: &str) -> Result<Option<Phone>, TextError> {
    let shortened = text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && power.trim_start_matches('+').parse::<u8>().is_ok()
    });
    if shortened {
        return Err(TextError(format!(
            "“{text}” is a phone number that the spreadsheet has shortened. Format the column as text, type the number again, then save."
        ).into()));
    }
    Phone::parse_optional(text)
        .map_err(|TextError(reason)| TextError(format!("“{}” is not a phone number. {reason}", shown(text)).into()))
}

fn status(text: &str) -> Result<Option<Status>, TextError> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "active" | "current" | "open" => Ok(Some(Status::Active)),
        "exited" | "inactive" | "former" | "closed" | "left" => Ok(Some(Status::Exited)),
        _ => Err(TextError(format!("“{}” is no status. Write active or exited.", shown(text)).into())),
    }
}

/// An amount as people and spreadsheets write it, in cents: `1,234.50`, `$1234.5`, `1.234,50`, `(12.00)` for −12.00.
pub fn cents(text: &str) -> Result<Option<i64>, TextError> {
    let wrong = || TextError(format!("“{}” is not an amount. Write it like 1234.50.", shown(text)).into());
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '$' | '€' | '£' | '\'' | '’')).collect();
    if bare.is_empty() {
        return Ok(None);
    }
    let inner = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let unsigned = inner.unwrap_or_else(|| bare.trim_start_matches(['-', '−', '+']));
    let negative = inner.is_some() || bare.starts_with(['-', '−']);
    if inner.is_none() && bare.chars().count() - unsigned.chars().count() > 1 {
        return Err(wrong());
    }
    let (whole, fraction) = match unsigned.rfind(['.', ',']) {
        None => (unsigned, ""),
        Some(at) => {
            let (whole, fraction) =
                (unsigned.get(..at).unwrap_or_default(), unsigned.get(at + 1..).unwrap_or_default());
            // Three digits behind the only mark: thousands, when it is a comma. A point could be either, and is asked about.
            if fraction.len() == 3 && (unsigned.get(at..=at) == Some(",") || whole.contains('.')) {
                (unsigned, "")
            } else {
                (whole, fraction)
            }
        }
    };
    let grouped = whole.contains(['.', ',']);
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    let one_mark = !(whole.contains('.') && whole.contains(','));
    let groups_fine = !grouped || ((1..=3).contains(&first.len()) && one_mark && groups.all(|g| g.len() == 3));
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    let length_fine = (1..=12).contains(&plain.len()) && fraction.len() <= 2;
    if !(groups_fine && length_fine && whole.split(['.', ',']).all(digits) && digits(fraction)) {
        return Err(wrong());
    }
    let whole: i64 = plain.parse().map_err(|_| wrong())?;
    let fraction: i64 = format!("{fraction:0<2}").parse().map_err(|_| wrong())?;
    let cents = whole * 100 + fraction;
    Ok(Some(if negative { -cents } else { cents }))
}

/// The same amount as a spreadsheet calculates with it: `-1234.50`.
pub fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;
    use proptest::prelude::*;

    const HEADERS: [&str; 11] = [
        "Client reference",
        "Client name",
        "Client status",
        "Balance",
        "First name",
        "Last name",
        "Email",
        "Title",
        "Cell phone",
        "Office phone",
        "Extension",
    ];

    fn parsed(cells: &[&str]) -> Result<Parsed, Vec<RowProblem>> {
        let columns = Columns::of(&StringRecord::from(HEADERS.to_vec())).unwrap();
        parse(&Row { number: 7, cells: StringRecord::from(cells.to_vec()) }, &columns)
    }

    fn problems(cells: &[&str]) -> Vec<(String, String)> {
        parsed(cells).unwrap_err().into_iter().map(|p| (p.column, p.reason)).collect()
    }

    #[test]
    fn every_problem_of_a_row_is_named_with_its_column_and_remedy() {
        let long = "x".repeat(200);
        let found = problems(&[
            "C-1",
            &long,
            "gone",
            "1.2.3",
            "De\u{7}vika",
            "Rao",
            "devika@northbank",
            "",
            "6.14E+10",
            "call me",
            "12345678901",
        ]);
        let words = [
            "120 characters",
            "active or exited",
            "1234.50",
            "cannot be shown",
            "lacks the end",
            "shortened",
            "not a phone",
            "10 characters",
        ];
        let columns = [
            "Client name",
            "Client status",
            "Balance",
            "First name",
            "Email",
            "Cell phone",
            "Office phone",
            "Extension",
        ];
        assert_eq!(found.iter().map(|(c, _)| c.as_str()).collect::<Vec<_>>(), columns);
        for ((_, reason), word) in found.iter().zip(words) {
            assert!(reason.contains(word), "{reason} lacks {word}");
        }
    }

    #[test]
    fn a_row_without_reference_or_address_is_refused() {
        assert!(problems(&["", "Bramble Civil"])[0].1.contains("reference"));
        assert!(problems(&["C-1", "Bramble Civil", "", "", "Devika", "Rao", ""])[0].1.contains("tells contacts apart"));
        assert!(problems(&["C-1", "", "", "", "Devika", "Rao", "a@b.com; c@d.com"])[0].1.contains("more than one"));
        assert!(problems(&["C-1", "", "", "", "Devika", "Rao", "devika"])[0].1.contains("no @"));
        assert!(problems(&["#REF!", "Bramble Civil"])[0].1.contains("spreadsheet error"));
        assert!(problems(&["C-1", "M\u{fffd}ller"])[0].1.contains("CSV UTF-8"));
    }

    #[test]
    fn a_row_with_more_cells_than_columns_is_refused_and_a_shorter_one_says_less() {
        let long: Vec<&str> = HEADERS.into_iter().chain(["one more"]).collect();
        let found = problems(&long);
        assert!(found[0].1.contains("12 cells") && found[0].1.contains("11 columns"), "{found:?}");
        let record = parsed(&["C-1", "Bramble Civil", "", "", "Devika", "Rao", "devika@example.com", ""]).unwrap();
        let contact = record.contact.unwrap();
        assert_eq!((contact.title, contact.cell_phone), (Said::Value(None), Said::Nothing));
        assert_eq!((record.client.status, record.client.balance), (None, None));
    }

    #[test]
    fn a_row_may_be_about_the_client_alone() {
        let record = parsed(&["C-1", "Bramble Civil", "former", "(12.50)"]).unwrap();
        assert!(record.contact.is_none());
        assert_eq!((record.client.status, record.client.balance), (Some(Status::Exited), Some(-1250)));
    }

    #[test]
    fn s55_the_apostrophe_of_our_own_exports_is_taken_off() {
        let record =
            parsed(&["C-1", "'=Bramble", "", "", "Devika", "Rao", "devika@example.com", "", "'+61 8 5555 0100"])
                .unwrap();
        assert_eq!(record.client.name.unwrap().as_str(), "=Bramble");
        let Said::Value(Some(phone)) = record.contact.unwrap().cell_phone else { panic!("no phone") };
        assert_eq!(phone.as_str(), "+61 8 5555 0100");
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("", None),
            ("0", Some(0)),
            ("1234.5", Some(123_450)),
            ("1,234.50", Some(123_450)),
            ("$ 1,234,567.00", Some(123_456_700)),
            ("1.234,50", Some(123_450)),
            ("12,50", Some(1_250)),
            ("1,234", Some(123_400)),
            ("1 234,50", Some(123_450)),
            ("-12.5", Some(-1_250)),
            ("(12.50)", Some(-1_250)),
            ("−3", Some(-300)),
        ] {
            assert_eq!(cents(text).unwrap(), expected, "{text}");
        }
        for bad in
            ["x", "1.234", "1,23,456", "12.345", "1.2.3", ".", "-", "()", "--5", "1e5", "12345678901234", "12.-5"]
        {
            assert!(cents(bad).is_err(), "{bad} was taken as {:?}", cents(bad));
        }
    }

    proptest! {
        #[test]
        fn an_amount_comes_back_as_it_went(n in -99_999_999_999_999_i64..=99_999_999_999_999) {
            prop_assert_eq!(cents(&amount(n)).unwrap(), Some(n));
        }

        #[test]
        fn parsing_a_row_never_panics(cells in proptest::collection::vec(any::<String>(), 0..14)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let _ = parsed(&cells);
        }

        #[test]
        fn amounts_never_panic(text in "[0-9.,()$ +\\-]{0,12}") {
            let _ = cents(&text);
        }
    }
}
