//! Clients and contacts from a spreadsheet (C1), and into one.

pub mod columns;
pub mod export;
mod in_file;
pub(super) mod row;
mod sort;
mod write;

use crate::act::{Act, Scope};
use crate::base::id::ClientId;
use crate::base::text::EmailKey;
use crate::base::{Instant, Result};
use crate::client::reference_key;
use crate::import::columns::{Columns, recognised};
use crate::import::matter::Matter;
use crate::import::pass::Sorted;
use crate::import::sheet::{Row, Sought};
use crate::import::{ChangedRow, Findings, NewRow, Note, OTHERS_SHOWN, RowProblem};
use crate::{client, contact};
use columns::Column;
use row::Parsed;
use sort::{Known, Outcome, Sorter, Step, ToClient, ToContact};
use std::collections::HashSet;
use std::fmt::Write as _;
use uuid::Uuid;

/// Clients and their contacts.
#[derive(Debug, Default)]
pub(super) struct Clients(Sorter);

impl Matter for Clients {
    type Column = Column;
    type Said = Parsed;
    type Known = Known;
    type Step = Step;

    const SOUGHT: Sought = Sought { rows: "contacts", recognised: recognised::<Column> };
    const GROWING: &'static str = "client, contact";

    fn parse(row: &Row, columns: &Columns<Column>) -> Result<Parsed, Vec<RowProblem>> {
        row::parse(row, columns)
    }

    fn who(row: &Row, columns: &Columns<Column>) -> String {
        row::who(row, columns)
    }

    async fn known(&self, scope: &mut Scope, rows: &[&Parsed]) -> Result<Known> {
        let mut known = Known::default();
        let keys: HashSet<&str> =
            rows.iter().map(|said| said.reference_key.as_str()).filter(|key| self.0.client(key).is_none()).collect();
        for client in client::bulk::by_reference(scope, &keys.into_iter().collect::<Vec<_>>()).await? {
            known.clients.insert(reference_key(&client.reference), client);
        }
        let at: HashSet<(ClientId, EmailKey)> = rows
            .iter()
            .filter_map(|said| {
                let stored = known.clients.get(&said.reference_key).map(|client| client.id);
                let in_file =
                    || self.0.client(&said.reference_key).filter(|line| !line.is_new()).map(|line| line.now.id);
                Some((stored.or_else(in_file)?, said.contact.as_ref()?.email.key()))
            })
            .collect();
        let at: Vec<(ClientId, EmailKey)> = at.into_iter().collect();
        for (id, client, details) in contact::bulk::by_address(scope, &at).await? {
            known.contacts.insert((client, details.email.key()), (id, details));
        }
        known.kept_out.extend(contact::bulk::kept_out(scope, &at).await?);
        Ok(known)
    }

    fn sort(&mut self, said: Parsed, known: &Known, now: Instant) -> Result<Step, Vec<RowProblem>> {
        self.0.sort(said, known, now)
    }

    fn note(&self, row: u32, step: &Step, findings: &mut Findings) -> String {
        let client = self.0.clients.get(step.client).map(|line| line.now.name.to_string()).unwrap_or_default();
        let mut all = String::new();
        let mut blocked = false;
        match &step.to_contact {
            ToContact::Absent => {}
            ToContact::Nothing(_) => findings.contacts.unchanged += 1,
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
                let _ = writeln!(all, "{row} new {blocked} {}", matches!(step.to_client, ToClient::Add(_)));
                if findings.new.len() < OTHERS_SHOWN {
                    let note = match step.to_client {
                        _ if blocked => Note::Blocked,
                        ToClient::Add(_) => Note::WithClient,
                        _ => Note::Contact,
                    };
                    let who = step.who();
                    findings.new.push(NewRow { row, who, client: client.clone(), note, more: String::new() });
                }
            }
            Outcome::Changed => {
                findings.counts.changed += 1;
                if findings.changed.len() < OTHERS_SHOWN {
                    let changes = step.changes().cloned().collect();
                    findings.changed.push(ChangedRow { row, who: step.who(), client, changes });
                }
            }
        }
        for change in step.changes() {
            let _ = writeln!(all, "{row} {:?} {:?} {:?}", change.what, change.from, change.to);
        }
        all
    }

    fn sum_up(&self, findings: &mut Findings) {
        findings.clients = self.0.client_sorts();
    }

    async fn write(&mut self, act: &mut Act, rows: &[Sorted<Step>], about: &mut Vec<Uuid>) -> Result<()> {
        write::rows(act, rows, &self.0, about).await
    }

    async fn finish(&mut self, act: &mut Act) -> Result<()> {
        write::finish(act, &self.0).await
    }
}
