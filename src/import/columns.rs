//! What each column of a file holds, told by its name: in any case, with any spaces and punctuation, and by the names that
//! other programs give it.

use crate::base::text::fold;
use crate::import::sheet::Unreadable;
use csv::StringRecord;

/// Among how many rows at the beginning of a file the column names are looked for: above them there may be a title.
pub const HEADER_WITHIN: usize = 10;

/// Something that a file can say about a client or a contact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Column {
    /// What the business calls the client in its own books: which client a row is about.
    ClientReference,
    /// The client's name.
    ClientName,
    /// The client's address.
    ClientEmail,
    /// The client's phone.
    ClientPhone,
    /// Whether it still is a client.
    ClientStatus,
    /// What the client owes.
    Balance,
    /// The contact's first name.
    FirstName,
    /// The contact's last name.
    LastName,
    /// The contact's title.
    Title,
    /// The contact's address: which contact of the client a row is about.
    Email,
    /// The contact's cell phone.
    CellPhone,
    /// The contact's office phone.
    OfficePhone,
    /// The extension of the office phone.
    Extension,
}

/// What a bare word means depends on whether the file holds contacts: `Email` of what?
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Contacts,
    ClientsOnly,
}

impl Column {
    /// All of them, in the order in which an export writes them.
    pub const ALL: [Column; 13] = [
        Self::ClientReference,
        Self::ClientName,
        Self::ClientEmail,
        Self::ClientPhone,
        Self::ClientStatus,
        Self::Balance,
        Self::FirstName,
        Self::LastName,
        Self::Title,
        Self::Email,
        Self::CellPhone,
        Self::OfficePhone,
        Self::Extension,
    ];

    /// What pages, samples and exports call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ClientReference => "Client reference",
            Self::ClientName => "Client name",
            Self::ClientEmail => "Client email",
            Self::ClientPhone => "Client phone",
            Self::ClientStatus => "Client status",
            Self::Balance => "Balance",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Title => "Title",
            Self::Email => "Email",
            Self::CellPhone => "Cell phone",
            Self::OfficePhone => "Office phone",
            Self::Extension => "Extension",
        }
    }

    /// Whether it says something about the contact, not the client.
    #[must_use]
    pub fn is_of_contact(self) -> bool {
        self >= Self::FirstName
    }

    /// The names it goes by, folded and without anything but letters and digits.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::ClientReference => &[
                "clientreference",
                "clientref",
                "clientid",
                "clientno",
                "clientnumber",
                "clientcode",
                "client",
                "reference",
                "ref",
                "customerreference",
                "customerref",
                "customerid",
                "customerno",
                "customernumber",
                "customercode",
                "accountreference",
                "accountref",
                "accountid",
                "accountno",
                "accountnumber",
                "accountcode",
                "debtorcode",
                "debtornumber",
                "companycode",
                "companyid",
                "companyreference",
                "clientaccount",
                "code",
            ],
            Self::ClientName => &[
                "clientname",
                "company",
                "companyname",
                "customer",
                "customername",
                "accountname",
                "organisation",
                "organization",
                "organisationname",
                "organizationname",
                "business",
                "businessname",
                "debtorname",
            ],
            Self::ClientEmail => &[
                "clientemail",
                "clientemailaddress",
                "companyemail",
                "customeremail",
                "accountemail",
                "billingemail",
                "accountsemail",
                "organisationemail",
                "organizationemail",
                "businessemail",
            ],
            Self::ClientPhone => &[
                "clientphone",
                "clientphonenumber",
                "clienttelephone",
                "companyphone",
                "customerphone",
                "accountphone",
                "mainphone",
                "switchboard",
                "businessphone",
                "organisationphone",
                "organizationphone",
            ],
            Self::ClientStatus => &["clientstatus", "customerstatus", "accountstatus", "companystatus"],
            Self::Balance => &[
                "balance",
                "clientbalance",
                "accountbalance",
                "customerbalance",
                "balancedue",
                "amountdue",
                "amountowing",
                "outstanding",
                "outstandingbalance",
                "owing",
            ],
            Self::FirstName => &["firstname", "givenname", "forename", "first", "contactfirstname", "christianname"],
            Self::LastName => &["lastname", "surname", "familyname", "last", "contactlastname"],
            Self::Title => &["title", "jobtitle", "position", "role", "contacttitle", "contactposition"],
            Self::Email => &["contactemail", "contactemailaddress", "workemail", "personalemail", "useremail"],
            Self::CellPhone => &[
                "cellphone",
                "cell",
                "cellphonenumber",
                "cellnumber",
                "mobile",
                "mobilephone",
                "mobilenumber",
                "mobilephonenumber",
                "contactmobile",
                "contactcell",
                "contactcellphone",
                "handphone",
            ],
            Self::OfficePhone => &[
                "officephone",
                "officephonenumber",
                "office",
                "workphone",
                "workphonenumber",
                "directphone",
                "landline",
                "contactphone",
                "contactphonenumber",
                "contactofficephone",
                "deskphone",
                "directline",
            ],
            Self::Extension => {
                &["extension", "ext", "extn", "phoneextension", "officeextension", "officephoneextension"]
            }
        }
    }

    /// The column that bare words stand for.
    fn of_bare_word(word: &str, about: About) -> Option<Self> {
        Some(match (word, about) {
            ("email" | "emailaddress" | "mail" | "emailid", About::Contacts) => Self::Email,
            ("phone" | "phonenumber" | "telephone" | "tel" | "telephonenumber", About::Contacts) => Self::OfficePhone,
            ("email" | "emailaddress" | "mail", About::ClientsOnly) => Self::ClientEmail,
            ("phone" | "phonenumber" | "telephone" | "tel" | "telephonenumber", About::ClientsOnly) => {
                Self::ClientPhone
            }
            ("name", About::ClientsOnly) => Self::ClientName,
            ("status" | "state", About::ClientsOnly) => Self::ClientStatus,
            _ => return None,
        })
    }

    fn of_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.names().contains(&word))
    }
}

/// A header as it is compared: `E-Mail  Address:` is `emailaddress`.
fn word(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn meanings<'a>(headers: impl Iterator<Item = &'a str>) -> Vec<Option<Column>> {
    let words: Vec<String> = headers.map(word).collect();
    let named: Vec<Option<Column>> = words.iter().map(|word| Column::of_name(word)).collect();
    // A title alone makes no contact; a name or a phone of a person does.
    let contacts = named.iter().flatten().any(|column| column.is_of_contact() && *column != Column::Title);
    let about = if contacts { About::Contacts } else { About::ClientsOnly };
    let bare = |word: &String| Column::of_bare_word(word, about);
    named.iter().zip(&words).map(|(named, word)| named.or_else(|| bare(word))).collect()
}

/// How many of these cells are names of columns: what tells a header row, and what stands between its cells.
pub fn recognised<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    meanings(cells).iter().flatten().count()
}

/// What a header was taken for.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Matched {
    /// As the file writes it.
    pub header: String,
    /// What it was taken for.
    pub column: String,
}

/// The columns of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns {
    at: Vec<(Column, usize)>,
    /// How many columns the header names.
    pub width: usize,
    /// The headers as the file writes them.
    pub headers: Vec<String>,
    /// What each header was taken for.
    pub matched: Vec<Matched>,
    /// Headers that nothing was made of.
    pub ignored: Vec<String>,
}

impl Columns {
    /// Whether this row names columns, so that what follows is what they hold.
    #[must_use]
    pub fn is_header(cells: &StringRecord) -> bool {
        meanings(cells.iter()).contains(&Some(Column::ClientReference))
    }

    /// Reads the header row.
    ///
    /// # Errors
    /// When a column is missing or there twice; the message names what was found.
    pub fn of(cells: &StringRecord) -> Result<Self, Unreadable> {
        let mut columns = Self { width: cells.len(), ..Self::default() };
        while columns.width > 0 && cells.get(columns.width - 1).is_some_and(|cell| cell.trim().is_empty()) {
            columns.width -= 1;
        }
        columns.headers = cells.iter().take(columns.width).map(shown).collect();
        for (n, (header, meaning)) in cells.iter().zip(meanings(cells.iter())).enumerate() {
            let Some(column) = meaning else {
                if !header.trim().is_empty() {
                    columns.ignored.push(shown(header));
                }
                continue;
            };
            if let Some((_, before)) = columns.at.iter().find(|(c, _)| *c == column) {
                let before = columns.headers.get(*before).map(String::as_str).unwrap_or_default();
                return Err(Unreadable(format!(
                    "Two columns both look like “{}”: “{before}” and “{}”. Rename or remove one of them.",
                    column.label(),
                    shown(header)
                )));
            }
            columns.at.push((column, n));
            columns.matched.push(Matched { header: shown(header), column: column.label().to_owned() });
        }
        columns.complete()?;
        Ok(columns)
    }

    fn complete(&self) -> Result<(), Unreadable> {
        let has = |column| self.position(column).is_some();
        let mut missing = Vec::new();
        if !has(Column::ClientReference) {
            missing.push(Column::ClientReference.label());
        }
        if self.hold_contacts() && !has(Column::Email) {
            missing.push(Column::Email.label());
        }
        if self.at.len() == 1 && missing.is_empty() {
            missing.push(Column::ClientName.label());
        }
        if missing.is_empty() { Ok(()) } else { Err(missing_columns(&missing, &self.headers)) }
    }

    /// Whether the file says anything about contacts.
    #[must_use]
    pub fn hold_contacts(&self) -> bool {
        self.at.iter().any(|(column, _)| column.is_of_contact())
    }

    fn position(&self, column: Column) -> Option<usize> {
        self.at.iter().find(|(c, _)| *c == column).map(|(_, at)| *at)
    }

    /// What a row says in this column: none where the file has no such column, or the row ends before it.
    #[must_use]
    pub fn cell<'a>(&self, cells: &'a StringRecord, column: Column) -> Option<&'a str> {
        cells.get(self.position(column)?)
    }
}

/// What is said when a file has no header row, or not all of its columns.
pub fn missing_columns(missing: &[&str], found: &[String]) -> Unreadable {
    let quoted = |names: &[&str]| names.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", ");
    let found: Vec<&str> = found.iter().map(String::as_str).filter(|h| !h.is_empty()).take(20).collect();
    let (noun, it) = if missing.len() == 1 { ("The column", "it") } else { ("The columns", "them") };
    let found = if found.is_empty() { "nothing".to_owned() } else { quoted(&found) };
    Unreadable(format!(
        "{noun} {} could not be found. The first row of the file must name its columns; found there: {found}. Add {it}, or rename the one that holds {it}.",
        quoted(missing)
    ))
}

/// A header as messages show it: not too long, and on one line.
pub fn shown(header: &str) -> String {
    let one_line: String = header.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    one_line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(headers: &[&str]) -> Result<Columns, Unreadable> {
        Columns::of(&StringRecord::from(headers.to_vec()))
    }

    #[test]
    fn names_are_known_in_any_case_with_any_marks_and_by_what_others_call_them() {
        let found = columns(&[
            "CLIENT REF.",
            "company",
            "E-Mail  Address:",
            "first_name",
            "Surname",
            "Mobile",
            "Phone",
            "Ext",
            "Fax",
        ]);
        let found = found.unwrap();
        let labels: Vec<&str> = found.matched.iter().map(|m| m.column.as_str()).collect();
        assert_eq!(
            labels,
            [
                "Client reference",
                "Client name",
                "Email",
                "First name",
                "Last name",
                "Cell phone",
                "Office phone",
                "Extension"
            ]
        );
        assert_eq!(found.ignored, ["Fax"]);
    }

    #[test]
    fn every_label_and_every_name_is_known_once() {
        let mut all: Vec<&str> = Vec::new();
        for column in Column::ALL {
            let own = word(column.label());
            assert!(column == Column::Email || column.names().contains(&own.as_str()), "{own}");
            all.extend(column.names());
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a name stands for two columns");
    }

    #[test]
    fn in_a_list_of_clients_bare_words_mean_the_client() {
        let found = columns(&["Reference", "Name", "Email", "Phone", "Status", "Balance"]).unwrap();
        assert!(!found.hold_contacts());
        assert_eq!(found.position(Column::ClientEmail), Some(2));
        let found = columns(&["Reference", "Email", "First name"]).unwrap();
        assert_eq!(found.position(Column::Email), Some(1));
    }

    #[test]
    fn missing_columns_are_named_in_one_message_with_what_was_found() {
        let Unreadable(message) = columns(&["Name of firm", "First name", "Last name"]).unwrap_err();
        assert!(message.contains("“Client reference”, “Email”") && message.contains("“Name of firm”"), "{message}");
        let Unreadable(message) = columns(&["Client reference"]).unwrap_err();
        assert!(message.contains("“Client name”"), "{message}");
        let Unreadable(message) = columns(&["Client ref", "Mobile", "Cell", "Email"]).unwrap_err();
        assert!(message.contains("“Mobile” and “Cell”"), "{message}");
    }
}
