//! One pass over a file: read and parsed on a thread of its own, sorted here against what is in the database, a thousand rows
//! at a time. The preview and the import itself are the same pass, so they cannot disagree.

use crate::act::Scope;
use crate::base::id::ClientId;
use crate::base::text::EmailKey;
use crate::base::{Error, Result};
use crate::client::reference_key;
use crate::import::columns::{Columns, HEADER_WITHIN, missing_columns, recognised, shown};
use crate::import::record::{self, Record};
use crate::import::sheet::{self, Row, Unreadable};
use crate::import::sort::{Known, Outcome, Sorter, Step, ToClient, ToContact};
use crate::import::{ChangedRow, Findings, NewRow, Note, OTHERS_SHOWN, REFUSED_SHOWN, RefusedRow};
use crate::{client, contact};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::fs::File;
use std::ops::ControlFlow;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Rows that are sorted at a time.
const AT_A_TIME: usize = 1_000;

/// A row as the file has it, and what it says, or why it cannot be taken.
type Parsed = (Row, Result<Record, RefusedRow>);

enum Read {
    Columns(Columns),
    Rows(Vec<Parsed>),
}

/// A row with what it does.
pub struct Sorted {
    /// The row as the file has it.
    pub row: Row,
    /// What it does, or why it is refused.
    pub result: Result<Step, RefusedRow>,
}

/// A pass that is under way.
pub struct Pass {
    reads: mpsc::Receiver<Read>,
    reading: JoinHandle<Result<String, Unreadable>>,
    digest: Sha256,
    /// The columns of the file; empty until its first rows have come.
    pub columns: Columns,
    /// The clients of the file so far.
    pub sorter: Sorter,
    /// What was found so far.
    pub findings: Findings,
}

impl Pass {
    /// Begins to read.
    #[must_use]
    pub fn begin(file: File) -> Self {
        let (to, reads) = mpsc::channel(4);
        let reading = tokio::task::spawn_blocking(move || read(file, to));
        Self {
            reads,
            reading,
            digest: Sha256::new(),
            columns: Columns::default(),
            sorter: Sorter::default(),
            findings: Findings::default(),
        }
    }

    /// The next rows, with what they do; none when the file has ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next(&mut self, scope: &mut Scope) -> Result<Option<Vec<Sorted>>> {
        loop {
            match self.reads.recv().await {
                None => return Ok(None),
                Some(Read::Columns(columns)) => {
                    self.findings.matched.clone_from(&columns.matched);
                    self.findings.ignored.clone_from(&columns.ignored);
                    self.columns = columns;
                }
                Some(Read::Rows(rows)) => {
                    let known = self.known(scope, &rows).await?;
                    let now = scope.now;
                    return Ok(Some(rows.into_iter().map(|row| self.sort(row, &known, now)).collect()));
                }
            }
        }
    }

    /// Ends the pass: what was found in the whole file.
    ///
    /// # Errors
    /// `Invalid` when the file could not be read to its end.
    pub async fn end(mut self) -> Result<(Findings, Sorter)> {
        drop(self.reads);
        match self.reading.await.map_err(Error::internal)? {
            Ok(format) => self.findings.format = format,
            Err(Unreadable(message)) => return Err(Error::invalid("file", message)),
        }
        self.findings.clients = self.sorter.client_sorts();
        self.findings.digest = HEXLOWER.encode(&self.digest.finalize());
        Ok((self.findings, self.sorter))
    }

    /// What is there now, as far as these rows are about it.
    async fn known(&self, scope: &mut Scope, rows: &[Parsed]) -> Result<Known> {
        let records = || rows.iter().filter_map(|(_, parsed)| parsed.as_ref().ok());
        let mut known = Known::default();
        let keys: HashSet<&str> =
            records().map(|r| r.reference_key.as_str()).filter(|key| self.sorter.client(key).is_none()).collect();
        for client in client::bulk::by_reference(scope, &keys.into_iter().collect::<Vec<_>>()).await? {
            known.clients.insert(reference_key(&client.reference), client);
        }
        let at: HashSet<(ClientId, EmailKey)> = records()
            .filter_map(|record| {
                let stored = known.clients.get(&record.reference_key).map(|client| client.id);
                let in_file =
                    || self.sorter.client(&record.reference_key).filter(|line| !line.is_new()).map(|line| line.now.id);
                Some((stored.or_else(in_file)?, record.contact.as_ref()?.email.key()))
            })
            .collect();
        let at: Vec<(ClientId, EmailKey)> = at.into_iter().collect();
        for (id, client, details) in contact::bulk::by_address(scope, &at).await? {
            known.contacts.insert((client, details.email.key()), (id, details));
        }
        known.kept_out.extend(contact::bulk::kept_out(scope, &at).await?);
        Ok(known)
    }

    fn sort(&mut self, (row, parsed): Parsed, known: &Known, now: crate::base::Instant) -> Sorted {
        let result = match parsed {
            Ok(record) => {
                let who = record.contact.as_ref().map(|said| said.email.to_string()).unwrap_or_default();
                match self.sorter.sort(record, known, now) {
                    Ok(step) => {
                        self.note(row.number, who, &step);
                        Ok(step)
                    }
                    Err(problems) => Err(record::refused(&row, &self.columns, problems)),
                }
            }
            Err(refused) => Err(refused),
        };
        if let Err(refused) = &result {
            self.findings.counts.refused += 1;
            self.digest.update(format!("{} refused\n", refused.row));
            if self.findings.refused.len() < REFUSED_SHOWN {
                self.findings.refused.push(refused.clone());
            }
        }
        Sorted { row, result }
    }

    fn note(&mut self, row: u32, who: String, step: &Step) {
        let findings = &mut self.findings;
        let client = self.sorter.clients.get(step.client).map(|line| line.now.name.to_string()).unwrap_or_default();
        let mut blocked = false;
        match &step.to_contact {
            ToContact::Absent => {}
            ToContact::Nothing => findings.contacts.unchanged += 1,
            ToContact::Change(..) => findings.contacts.changed += 1,
            ToContact::Add(contact) => {
                findings.contacts.new += 1;
                blocked = contact.blocked().is_some();
                findings.stay_blocked += i64::from(blocked);
            }
        }
        match step.outcome() {
            Outcome::Unchanged => findings.counts.unchanged += 1,
            Outcome::New => {
                findings.counts.new += 1;
                self.digest.update(format!("{row} new {blocked} {}\n", matches!(step.to_client, ToClient::Add(_))));
                if findings.new.len() < OTHERS_SHOWN {
                    let note = match step.to_client {
                        _ if blocked => Note::Blocked,
                        ToClient::Add(_) => Note::WithClient,
                        _ => Note::Contact,
                    };
                    let who = named(step).unwrap_or(who);
                    findings.new.push(NewRow { row, who, client: client.clone(), note });
                }
            }
            Outcome::Changed => {
                findings.counts.changed += 1;
                if findings.changed.len() < OTHERS_SHOWN {
                    let who = named(step).unwrap_or(who);
                    findings.changed.push(ChangedRow { row, who, client, changes: step.changes().cloned().collect() });
                }
            }
        }
        for change in step.changes() {
            self.digest.update(format!("{row} {:?} {:?} {:?}\n", change.what, change.from, change.to));
        }
    }
}

/// The name of the contact that a step adds or changes.
fn named(step: &Step) -> Option<String> {
    match &step.to_contact {
        ToContact::Add(contact) => Some(contact.name()),
        ToContact::Change(_, details, _) => Some(details.name()),
        ToContact::Absent | ToContact::Nothing => None,
    }
}

/// Reads and parses the file, and sends what it finds; stops when nobody receives it any more.
fn read(file: File, to: mpsc::Sender<Read>) -> Result<String, Unreadable> {
    let mut header: Option<Columns> = None;
    let mut before_header: Vec<Row> = Vec::new();
    let mut rows: Vec<Parsed> = Vec::with_capacity(AT_A_TIME);
    let mut any = false;
    let mut wrong: Option<Unreadable> = None;
    let format = sheet::read(file, &mut |row| {
        let Some(columns) = &header else {
            if !Columns::is_header(&row.cells) {
                before_header.push(row);
                return if before_header.len() < HEADER_WITHIN {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                };
            }
            return match Columns::of(&row.cells) {
                Ok(columns) => {
                    let sent = to.blocking_send(Read::Columns(columns.clone()));
                    header = Some(columns);
                    if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                }
                Err(unreadable) => {
                    wrong = Some(unreadable);
                    ControlFlow::Break(())
                }
            };
        };
        any = true;
        let parsed = record::parse(&row, columns);
        rows.push((row, parsed));
        if rows.len() < AT_A_TIME {
            return ControlFlow::Continue(());
        }
        let full = std::mem::replace(&mut rows, Vec::with_capacity(AT_A_TIME));
        if to.blocking_send(Read::Rows(full)).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    if header.is_none() {
        return Err(no_header(&before_header));
    }
    if !any {
        return Err(Unreadable(
            "The file names its columns, but no rows follow. Add the contacts below, then upload it again.".into(),
        ));
    }
    // Nobody receives any more: then nobody asks for the rest either.
    let _ = to.blocking_send(Read::Rows(rows));
    Ok(format)
}

/// What is said of a file without a header row: about the row that looks most like one.
fn no_header(rows: &[Row]) -> Unreadable {
    let best = rows.iter().rev().max_by_key(|row| recognised(row.cells.iter()));
    let found: Vec<String> = best.map(|row| row.cells.iter().map(shown).collect()).unwrap_or_default();
    missing_columns(&["Client reference"], &found)
}
