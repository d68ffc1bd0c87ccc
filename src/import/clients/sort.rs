//! Sorting rows into new, changed, unchanged and refused: what each one would do to what is there now, and to what the rows
//! before it did. Pure: what is there is handed in.

use crate::base::Instant;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::{Email, EmailKey, PersonName};
use crate::client::{Client, Status};
use crate::contact::{Block, Contact, Details, Portal};
use crate::import::cells::{Said, problem};
use crate::import::clients::columns::Column;
use crate::import::clients::in_file::{Before, InFile};
use crate::import::clients::row::{Parsed, SaidOfContact};
use crate::import::columns::Column as _;
use crate::import::{Change, RowProblem, Sorts};
use std::collections::HashMap;

/// What is there now, as far as some rows are about it.
#[derive(Debug, Default)]
pub struct Known {
    /// Clients, by the key of their reference.
    pub clients: HashMap<String, Client>,
    /// Contacts, by client and address.
    pub contacts: HashMap<(ClientId, EmailKey), (ContactId, Details)>,
    /// Addresses that are kept out of a client's portal.
    pub kept_out: HashMap<(ClientId, EmailKey), Block>,
}

/// What a row does.
#[derive(Debug)]
pub struct Step {
    /// Which client it is about: its place in [`Sorter::clients`].
    pub client: usize,
    /// What it does to the client.
    pub to_client: ToClient,
    /// What it does to a contact.
    pub to_contact: ToContact,
}

/// What a row does to its client.
#[derive(Debug)]
pub enum ToClient {
    /// Nothing.
    Nothing,
    /// Adds it, as this row says.
    Add(Box<Client>),
    /// Changes it.
    Change(Vec<Change>),
}

/// What a row does to its contact.
#[derive(Debug)]
pub enum ToContact {
    /// It is about the client alone.
    Absent,
    /// Nothing; it is the one of this address.
    Nothing(Email),
    /// Adds it.
    Add(Box<Contact>),
    /// Changes it.
    Change(ContactId, Box<Details>, Vec<Change>),
}

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It adds something.
    New,
    /// It changes something.
    Changed,
    /// Everything is so already.
    Unchanged,
}

impl Step {
    /// What becomes of the row: what it does to its contact decides, then what it does to its client.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (&self.to_contact, &self.to_client) {
            (ToContact::Add(_), _) | (ToContact::Absent, ToClient::Add(_)) => Outcome::New,
            (ToContact::Change(..), _) | (_, ToClient::Change(_)) => Outcome::Changed,
            _ => Outcome::Unchanged,
        }
    }

    /// The contact that it is about, by name where it adds or changes one; empty where it is about the client alone.
    #[must_use]
    pub fn who(&self) -> String {
        match &self.to_contact {
            ToContact::Add(contact) => contact.name(),
            ToContact::Change(_, details, _) => details.name(),
            ToContact::Nothing(email) => email.to_string(),
            ToContact::Absent => String::new(),
        }
    }

    /// Everything that it changes, of the client first.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        let of_client: &[Change] = if let ToClient::Change(changes) = &self.to_client { changes } else { &[] };
        let of_contact: &[Change] = if let ToContact::Change(_, _, changes) = &self.to_contact { changes } else { &[] };
        of_client.iter().chain(of_contact)
    }
}

/// Sorts the rows of one file, in their order.
#[derive(Debug, Default)]
pub struct Sorter {
    /// The clients of the file, in the order in which they came.
    pub clients: Vec<InFile>,
    by_reference: HashMap<String, usize>,
    /// The row of each contact.
    contacts: HashMap<(usize, EmailKey), u32>,
}

impl Sorter {
    /// The client of this reference, if a row before was about it.
    #[must_use]
    pub fn client(&self, reference_key: &str) -> Option<&InFile> {
        self.by_reference.get(reference_key).and_then(|at| self.clients.get(*at))
    }

    /// Clients by what becomes of them.
    #[must_use]
    pub fn client_sorts(&self) -> Sorts {
        let mut sorts = Sorts::default();
        for line in &self.clients {
            match line.before {
                Before::Absent | Before::AbsentThenMore(_) => sorts.new += 1,
                Before::Same => sorts.unchanged += 1,
                Before::Other(_) => sorts.changed += 1,
            }
        }
        sorts
    }

    /// What a row does. A refused row does nothing, and is as if it were not there for those that follow.
    ///
    /// # Errors
    /// With why the row cannot be taken.
    pub fn sort(&mut self, said: Parsed, known: &Known, now: Instant) -> Result<Step, Vec<RowProblem>> {
        let mut problems = Vec::new();
        let place = self.by_reference.get(&said.reference_key).copied();
        let mut line = match (place.and_then(|at| self.clients.get(at)), known.clients.get(&said.reference_key)) {
            (Some(line), _) => line.clone(),
            (None, Some(stored)) => InFile::of(stored.clone(), Before::Same),
            (None, None) => InFile::of(new_client(&said, now)?, Before::Absent),
        };
        let before = line.now.clone();
        let changes = line.hear(said.row, said.client, now, &mut problems);
        let to_client = match (place, &line.before) {
            (None, Before::Absent) => ToClient::Add(Box::new(line.now.clone())),
            _ if changes.is_empty() => ToClient::Nothing,
            (_, Before::Absent) => {
                line.before = Before::AbsentThenMore(Box::new(before));
                ToClient::Change(changes)
            }
            (_, Before::Same) => {
                line.before = Before::Other(Box::new(before));
                ToClient::Change(changes)
            }
            _ => ToClient::Change(changes),
        };
        let mut contact_key = None;
        let to_contact = match said.contact {
            None => ToContact::Absent,
            Some(of_contact) => {
                let key = of_contact.email.key();
                if let Some(row) = place.and_then(|at| self.contacts.get(&(at, key.clone()))) {
                    problems.push(problem(
                        Column::Email,
                        format!("Row {row} has the same address under the same client. Keep one of the two rows."),
                    ));
                }
                let at = (line.now.id, key.clone());
                contact_key = Some(key);
                to_contact(of_contact, &line.now, known.contacts.get(&at), known.kept_out.get(&at), now, &mut problems)
            }
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let client = self.put(place, said.reference_key, line);
        if let Some(key) = contact_key {
            self.contacts.insert((client, key), said.row);
        }
        Ok(Step { client, to_client, to_contact })
    }

    fn put(&mut self, place: Option<usize>, reference_key: String, line: InFile) -> usize {
        match place.and_then(|at| self.clients.get_mut(at).map(|slot| (at, slot))) {
            Some((at, slot)) => {
                *slot = line;
                at
            }
            None => {
                self.clients.push(line);
                self.by_reference.insert(reference_key, self.clients.len() - 1);
                self.clients.len() - 1
            }
        }
    }
}

fn new_client(said: &Parsed, now: Instant) -> Result<Client, Vec<RowProblem>> {
    let Some(name) = said.client.name.clone() else {
        let reference = &said.reference;
        return Err(vec![problem(
            Column::ClientName,
            format!(
                "No client has the reference “{reference}” yet. Enter the client’s name here to add it, or correct the reference."
            ),
        )]);
    };
    Ok(Client {
        id: ClientId::new(now),
        reference: said.reference.clone(),
        name,
        email: None,
        phone: None,
        status: Status::Active,
        exited_at: None,
        language: None,
        balance_cents: 0,
        created_at: now,
        version: 1,
    })
}

fn to_contact(
    said: SaidOfContact,
    client: &Client,
    found: Option<&(ContactId, Details)>,
    kept_out: Option<&Block>,
    now: Instant,
    problems: &mut Vec<RowProblem>,
) -> ToContact {
    let Some((id, stored)) = found else {
        let mut needed = |column: Column, name: Option<PersonName>| {
            if name.is_none() {
                problems.push(problem(column, "It is empty, and the contact is not known yet. Enter it."));
            }
            name
        };
        let first_name = needed(Column::FirstName, said.first_name);
        let last_name = needed(Column::LastName, said.last_name);
        let (Some(first_name), Some(last_name)) = (first_name, last_name) else { return ToContact::Absent };
        let details = Details {
            first_name,
            last_name,
            title: said.title.value(),
            email: said.email,
            cell_phone: said.cell_phone.value(),
            office_phone: said.office_phone.value(),
            extension: said.extension.value(),
        };
        return ToContact::Add(Box::new(Contact {
            id: ContactId::new(now),
            client_id: client.id,
            company: client.name.to_string(),
            details,
            portal: kept_out.map_or(Portal::None, |block| Portal::Blocked(block.clone())),
            created_at: now,
            version: 1,
        }));
    };
    let mut changes = Changes(Vec::new());
    let details = Details {
        first_name: changes.name(Column::FirstName, &stored.first_name, said.first_name),
        last_name: changes.name(Column::LastName, &stored.last_name, said.last_name),
        title: changes.field(Column::Title, &stored.title, said.title),
        email: stored.email.clone(),
        cell_phone: changes.field(Column::CellPhone, &stored.cell_phone, said.cell_phone),
        office_phone: changes.field(Column::OfficePhone, &stored.office_phone, said.office_phone),
        extension: changes.field(Column::Extension, &stored.extension, said.extension),
    };
    if changes.0.is_empty() {
        ToContact::Nothing(said.email)
    } else {
        ToContact::Change(*id, Box::new(details), changes.0)
    }
}

/// What a row changes of a contact.
struct Changes(Vec<Change>);

impl Changes {
    fn name(&mut self, column: Column, stored: &PersonName, said: Option<PersonName>) -> PersonName {
        match said {
            Some(said) if said != *stored => {
                self.0.push(Change { what: column.label().to_owned(), from: stored.to_string(), to: said.to_string() });
                said
            }
            _ => stored.clone(),
        }
    }

    fn field<T: Clone + PartialEq + ToString>(
        &mut self,
        column: Column,
        stored: &Option<T>,
        said: Said<T>,
    ) -> Option<T> {
        match said {
            Said::Value(said) if said != *stored => {
                self.0.push(Change { what: column.label().to_owned(), from: shown(stored), to: shown(&said) });
                said
            }
            _ => stored.clone(),
        }
    }
}

/// A value as changes show it; empty where there is none.
pub(super) fn shown<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests;
