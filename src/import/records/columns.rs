//! What a file can say about records.

use crate::import::columns::{self, client_reference};

/// Something that a file can say about a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Column {
    /// What the business calls the client in its own books: with whom the record is shared.
    ClientReference,
    /// What kind of record it is.
    Kind,
    /// Its number.
    Number,
    /// What it is about.
    Description,
    /// Its day.
    Date,
    /// Its second day.
    Until,
    /// Its amount.
    Amount,
    /// In which currency.
    Currency,
    /// How far it has come.
    State,
    /// Whom it is shared with.
    SharedWith,
    /// The names of its files.
    Attachments,
    /// Whatever else there is to say.
    Details,
}

impl Column {
    /// Whether a file cannot do without it.
    #[must_use]
    pub fn is_needed(self) -> bool {
        matches!(self, Self::ClientReference | Self::Kind | Self::Number)
    }
}

impl columns::Column for Column {
    const ALL: &'static [Self] = &[
        Self::ClientReference,
        Self::Kind,
        Self::Number,
        Self::Description,
        Self::Date,
        Self::Until,
        Self::Amount,
        Self::Currency,
        Self::State,
        Self::SharedWith,
        Self::Attachments,
        Self::Details,
    ];
    const KEY: Self = Self::Number;

    fn label(self) -> &'static str {
        match self {
            Self::ClientReference => "Client reference",
            Self::Kind => "Kind",
            Self::Number => "Number",
            Self::Description => "Description",
            Self::Date => "Date",
            Self::Until => "Due or until",
            Self::Amount => "Amount",
            Self::Currency => "Currency",
            Self::State => "State",
            Self::SharedWith => "Shared with",
            Self::Attachments => "Attachments",
            Self::Details => "Details",
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::ClientReference => client_reference![],
            Self::Kind => &["kind", "recordkind", "type", "recordtype", "documenttype", "doctype"],
            Self::Number => &[
                "number",
                "no",
                "recordnumber",
                "documentnumber",
                "documentno",
                "invoicenumber",
                "invoiceno",
                "docketnumber",
                "docketno",
                "bookingnumber",
                "bookingno",
                "statementnumber",
            ],
            Self::Description => &["description", "title", "subject", "about", "summary", "name"],
            Self::Date => {
                &["date", "day", "issued", "issuedon", "issuedate", "invoicedate", "from", "start", "startdate"]
            }
            Self::Until => {
                &["dueoruntil", "due", "duedate", "dueon", "until", "to", "end", "enddate", "paymentdue", "seconddate"]
            }
            Self::Amount => &["amount", "total", "sum", "value", "amountdue", "invoiceamount", "totalamount"],
            Self::Currency => &["currency", "currencycode"],
            Self::State => &["state", "status", "stage"],
            Self::SharedWith => &["sharedwith", "share", "sharewith", "readers", "audience", "visibleto"],
            Self::Attachments => {
                &["attachments", "attachment", "files", "file", "filename", "filenames", "attachedfiles", "pdf"]
            }
            Self::Details => &["details", "text", "notes", "note", "comment", "comments", "remarks"],
        }
    }

    fn missing(has: impl Fn(Self) -> bool, _: usize) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|column| column.is_needed() && !has(*column)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::Columns;
    use crate::import::columns::tests::each_name_is_known_once;
    use crate::import::sheet::Unreadable;
    use csv::StringRecord;

    #[test]
    fn every_label_and_every_name_is_known_once() {
        each_name_is_known_once::<Column>(&[]);
    }

    #[test]
    fn what_others_call_them_is_known_and_what_is_missing_is_named() {
        let of = |headers: &[&str]| Columns::<Column>::of(&StringRecord::from(headers.to_vec()));
        let found = of(&["Customer No.", "TYPE", "Invoice no", "Due date", "PDF", "Colour"]).unwrap();
        assert_eq!(found.position(Column::Until), Some(3));
        assert_eq!((found.position(Column::Attachments), found.ignored), (Some(4), vec!["Colour".to_owned()]));
        let Unreadable(message) = of(&["Number", "Amount"]).unwrap_err();
        assert!(message.contains("“Client reference”, “Kind”") && message.contains("“Amount”"), "{message}");
    }
}
