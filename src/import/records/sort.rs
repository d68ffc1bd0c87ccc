//! Sorting rows into new, changed, unchanged and refused: what each one would share or change. Pure: what is there is handed in.

use super::attachments::{Attachment, Attachments, Named};
use super::columns::Column;
use super::row::{Parsed, With};
use crate::access::RecordKind;
use crate::base::id::{ClientId, ContactId, GroupId, RecordId};
use crate::base::text::{EmailKey, fold};
use crate::base::{Error, Instant};
use crate::client::Client;
use crate::group::UserGroup;
use crate::import::cells::problem;
use crate::import::columns::{Column as _, shown};
use crate::import::{Change, RowProblem};
use crate::record::files::{MOST, RecordFile};
use crate::record::{Record, Sharing, Typed};
use std::collections::HashMap;
use uuid::Uuid;

/// What tells a record from others.
type Place = (ClientId, RecordKind, String);

/// What is there now, as far as some rows are about it.
#[derive(Debug, Default)]
pub struct Known {
    /// Clients, by the key of their reference.
    pub clients: HashMap<String, Client>,
    /// Records, by client, kind and number.
    pub records: HashMap<Place, Record>,
    /// Their files.
    pub files: HashMap<RecordId, Vec<RecordFile>>,
    /// The groups of clients.
    pub groups: HashMap<ClientId, Vec<UserGroup>>,
    /// Contacts, by client and address.
    pub contacts: HashMap<(ClientId, EmailKey), ContactId>,
    /// The names of groups and contacts.
    pub names: HashMap<Uuid, String>,
}

impl Known {
    /// The client that a row is about, if there is one.
    pub fn client_of(&self, said: &Parsed) -> Option<ClientId> {
        self.clients.get(&said.reference_key).map(|client| client.id)
    }
}

/// What a row does.
#[derive(Debug)]
pub struct Step {
    /// The client.
    pub client: Client,
    /// The record as it will be.
    pub record: Record,
    /// Whom it is shared with, in words.
    pub readers: String,
    /// What becomes of it.
    pub to_record: ToRecord,
    /// The files that it is given.
    pub files: Vec<Attachment>,
}

/// What becomes of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ToRecord {
    /// It is shared.
    Share,
    /// It is changed so, or only given files.
    Change(Vec<Change>),
    /// Nothing.
    Nothing,
}

/// Sorts the rows of one file, in their order.
#[derive(Debug, Default)]
pub struct Sorter {
    /// The row of each record.
    rows: HashMap<Place, u32>,
}

impl Step {
    /// Everything that a row changes of a record that is there, its files last.
    pub fn changes(&self) -> Vec<Change> {
        let ToRecord::Change(changes) = &self.to_record else { return Vec::new() };
        let added = self.files.iter().map(|file| Change {
            what: Column::Attachments.label().into(),
            from: String::new(),
            to: file.name.to_string(),
        });
        changes.iter().cloned().chain(added).collect()
    }
}

impl Sorter {
    /// What a row does.
    ///
    /// # Errors
    /// With everything for which it cannot be taken.
    pub fn sort(
        &mut self,
        said: Parsed,
        known: &Known,
        attachments: &Attachments,
        now: Instant,
    ) -> Result<Step, Vec<RowProblem>> {
        let Some(client) = known.clients.get(&said.reference_key) else {
            let reference = &said.reference;
            let why = format!("No client has the reference “{reference}”. Correct it, or add the client first.");
            return Err(vec![problem(Column::ClientReference, why)]);
        };
        let place = (client.id, said.kind, said.number_key());
        if let Some(row) = self.rows.get(&place) {
            let why = format!(
                "Row {row} is about the same {} of the same client. Keep one of the two rows.",
                said.kind.code()
            );
            return Err(vec![problem(Column::Number, why)]);
        }
        let stored = known.records.get(&place);
        if stored.is_some_and(|record| record.withdrawn.is_some()) {
            let why = "It was withdrawn, so it can’t be changed. Share it anew under another number.";
            return Err(vec![problem(Column::Number, why)]);
        }
        let mut problems = Vec::new();
        let details = match merged(&said.typed, stored).parse(said.kind) {
            Ok(details) => Some(details),
            Err(error) => {
                problems.extend(wrong(&error));
                None
            }
        };
        let sharing = sharing(&said, client, stored, known, &mut problems);
        let here = stored.and_then(|record| known.files.get(&record.id)).map(Vec::as_slice).unwrap_or_default();
        let files = files(&said.files, here, attachments, &mut problems);
        let (Some(details), true) = (details, problems.is_empty()) else { return Err(problems) };

        let record = Record {
            id: stored.map_or_else(|| RecordId::new(now), |record| record.id),
            client_id: client.id,
            kind: said.kind,
            details,
            sharing,
            withdrawn: None,
            shared_by: stored.map(|record| record.shared_by.clone()).unwrap_or_default(),
            created_at: stored.map_or(now, |record| record.created_at),
            updated_at: now,
            version: stored.map_or(1, |record| record.version),
        };
        let readers = in_words(&record.sharing, known);
        let to_record = match stored.map(|stored| changes(stored, &record, known)) {
            None => ToRecord::Share,
            Some(changes) if changes.is_empty() && files.is_empty() => ToRecord::Nothing,
            Some(changes) => ToRecord::Change(changes),
        };
        self.rows.insert(place, said.row);
        Ok(Step { client: client.clone(), record, readers, to_record, files })
    }
}

/// What a record will say: where a cell is empty, what it says already.
fn merged(said: &Typed, stored: Option<&Record>) -> Typed {
    let before = stored.map(|record| Typed::from(&record.details)).unwrap_or_default();
    let or = |said: &String, before: String| if said.is_empty() { before } else { said.clone() };
    Typed {
        // How a number is written stays as it was first: it is the same one.
        number: if before.number.is_empty() { said.number.clone() } else { before.number },
        title: or(&said.title, before.title),
        text: or(&said.text, before.text),
        stage: or(&said.stage, before.stage),
        on: or(&said.on, before.on),
        until: or(&said.until, before.until),
        amount: or(&said.amount, before.amount),
        currency: or(&said.currency, before.currency),
    }
}

/// What is wrong with the fields of a record, said of the columns.
fn wrong(error: &Error) -> Vec<RowProblem> {
    let Error::Invalid(problems) = error else { return vec![problem(Column::Number, error.to_string())] };
    let column = |field: &str| match field {
        "title" => Column::Description,
        "text" => Column::Details,
        "stage" => Column::State,
        "on" => Column::Date,
        "until" => Column::Until,
        "amount" => Column::Amount,
        "currency" => Column::Currency,
        _ => Column::Number,
    };
    problems.all().iter().map(|wrong| problem(column(wrong.field), wrong.message.to_string())).collect()
}

/// Whom the record is shared with, as far as those whom the row names are there.
fn sharing(
    said: &Parsed,
    client: &Client,
    stored: Option<&Record>,
    known: &Known,
    problems: &mut Vec<RowProblem>,
) -> Sharing {
    match &said.with {
        None => stored.map_or(Sharing::Client, |record| record.sharing.clone()),
        Some(With::Everybody) => Sharing::Client,
        Some(With::Groups(names)) => {
            let groups = known.groups.get(&client.id).map(Vec::as_slice).unwrap_or_default();
            let mut chosen: Vec<GroupId> = Vec::new();
            for name in names {
                match groups.iter().find(|group| fold(&group.name) == fold(name)) {
                    Some(group) => chosen.push(group.id),
                    None => {
                        let there: Vec<&str> = groups.iter().map(|group| group.name.as_str()).take(10).collect();
                        problems.push(problem(
                            Column::SharedWith,
                            format!(
                                "{} has no group called “{}”. It has: {}. Write one of these, contacts’ addresses, or everybody.",
                                client.name,
                                shown(name),
                                there.join(", ")
                            ),
                        ));
                    }
                }
            }
            chosen.sort_unstable();
            chosen.dedup();
            Sharing::Groups(chosen)
        }
        Some(With::Contacts(emails)) => {
            let mut chosen: Vec<ContactId> = Vec::new();
            for email in emails {
                match known.contacts.get(&(client.id, email.key())) {
                    Some(contact) => chosen.push(*contact),
                    None => problems.push(problem(
                        Column::SharedWith,
                        format!(
                            "{} has no contact with the address {email}. Correct it, or add the contact first.",
                            client.name
                        ),
                    )),
                }
            }
            chosen.sort_unstable();
            chosen.dedup();
            Sharing::Contacts(chosen)
        }
    }
}

/// The files that a row adds to those that are there.
fn files(
    named: &[Named],
    here: &[RecordFile],
    attachments: &Attachments,
    problems: &mut Vec<RowProblem>,
) -> Vec<Attachment> {
    let mut added: Vec<Attachment> = Vec::new();
    for named in named {
        let there = here.iter().find(|file| fold(file.name.as_str()) == named.file_key());
        match (attachments.find(named), there) {
            (Ok(attachment), Some(there)) if attachment.kept.digest == there.digest => {}
            (Ok(attachment), Some(_)) => problems.push(problem(
                Column::Attachments,
                format!(
                    "The record has a file called {} already, which holds something else. Remove it first, or give this one another name.",
                    attachment.name
                ),
            )),
            (Ok(attachment), None) => added.push(attachment.clone()),
            // A file that is there already need not be handed in again.
            (Err(_), Some(_)) => {}
            (Err(why), None) => problems.push(problem(Column::Attachments, why)),
        }
    }
    if here.len() + added.len() > MOST {
        problems.push(problem(
            Column::Attachments,
            format!(
                "The record would have {} files, and may have {MOST}. Put several into a ZIP archive.",
                here.len() + added.len()
            ),
        ));
    }
    added
}

/// What differs between a record before and after its row.
fn changes(before: &Record, after: &Record, known: &Known) -> Vec<Change> {
    let differences = crate::record::acts::changes(&before.details, &after.details);
    let mut changes: Vec<Change> =
        differences.into_iter().map(|(what, from, to)| Change { what: capital(&what), from, to }).collect();
    if before.sharing != after.sharing {
        let words = |sharing| in_words(sharing, known);
        changes.push(Change { what: "Readers".into(), from: words(&before.sharing), to: words(&after.sharing) });
    }
    changes
}

fn in_words(sharing: &Sharing, known: &Known) -> String {
    let names = |ids: Vec<Uuid>| {
        let names: Vec<&str> = ids.iter().filter_map(|id| known.names.get(id)).map(String::as_str).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    match sharing {
        Sharing::Client => "everybody".into(),
        Sharing::Groups(groups) => names(groups.iter().map(|group| group.0).collect()),
        Sharing::Contacts(contacts) => names(contacts.iter().map(|contact| contact.0).collect()),
    }
}

/// A word at the beginning of a line.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
