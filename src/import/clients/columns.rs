//! What a file can say about clients and contacts.

use crate::import::columns::{self, client_reference};

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
    /// Whether it says something about the contact, not the client.
    #[must_use]
    pub fn is_of_contact(self) -> bool {
        self >= Self::FirstName
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
}

impl columns::Column for Column {
    const ALL: &'static [Self] = &[
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
    const KEY: Self = Self::ClientReference;

    fn label(self) -> &'static str {
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

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::ClientReference => {
                client_reference!["reference", "ref", "accountid", "companyid", "clientaccount", "code"]
            }
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

    fn meanings(words: &[String]) -> Vec<Option<Self>> {
        let named: Vec<Option<Self>> = words.iter().map(|word| Self::of_name(word)).collect();
        // A title alone makes no contact; a name or a phone of a person does.
        let contacts = named.iter().flatten().any(|column| column.is_of_contact() && *column != Self::Title);
        let about = if contacts { About::Contacts } else { About::ClientsOnly };
        let bare = |word: &String| Self::of_bare_word(word, about);
        named.iter().zip(words).map(|(named, word)| named.or_else(|| bare(word))).collect()
    }

    fn missing(has: impl Fn(Self) -> bool, columns: usize) -> Vec<Self> {
        let mut missing = Vec::new();
        if !has(Self::ClientReference) {
            missing.push(Self::ClientReference);
        }
        if Self::ALL.iter().any(|column| column.is_of_contact() && has(*column)) && !has(Self::Email) {
            missing.push(Self::Email);
        }
        if columns == 1 && missing.is_empty() {
            missing.push(Self::ClientName);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::Columns;
    use crate::import::columns::tests::each_name_is_known_once;
    use crate::import::sheet::Unreadable;
    use csv::StringRecord;

    fn columns(headers: &[&str]) -> Result<Columns<Column>, Unreadable> {
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
        // What a bare `Email` means, the other columns tell.
        each_name_is_known_once(&[Column::Email]);
    }

    #[test]
    fn in_a_list_of_clients_bare_words_mean_the_client() {
        let found = columns(&["Reference", "Name", "Email", "Phone", "Status", "Balance"]).unwrap();
        assert!(!found.has(Column::Email));
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
