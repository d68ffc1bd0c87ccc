//! One pass over a file: read and parsed on a thread of its own, sorted here against what is in the database, a thousand rows
//! at a time. The preview and the import itself are the same pass, so they cannot disagree.

use crate::act::Scope;
use crate::base::{Error, Instant, Result};
use crate::import::columns::{Columns, HEADER_WITHIN, no_header};
use crate::import::matter::{Matter, refused};
use crate::import::sheet::{self, Row, Unreadable};
use crate::import::{Findings, REFUSED_SHOWN, RefusedRow};
use csv::StringRecord;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::ops::ControlFlow;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Rows that are sorted at a time.
const AT_A_TIME: usize = 1_000;

/// A row as the file has it, and what it says, or why it cannot be taken.
type Parsed<M> = (Row, Result<<M as Matter>::Said, RefusedRow>);

enum Read<M: Matter> {
    Columns(Columns<M::Column>),
    Rows(Vec<Parsed<M>>),
}

/// A row with what it does.
pub struct Sorted<S> {
    /// The row as the file has it.
    pub row: Row,
    /// What it does, or why it is refused.
    pub result: Result<S, RefusedRow>,
}

/// A pass that is under way.
pub struct Pass<M: Matter> {
    reads: mpsc::Receiver<Read<M>>,
    reading: JoinHandle<Result<String, Unreadable>>,
    digest: Sha256,
    /// The columns of the file; empty until its first rows have come.
    pub columns: Columns<M::Column>,
    /// What it is about, so far.
    pub matter: M,
    /// What was found so far.
    pub findings: Findings,
}

impl<M: Matter + 'static> Pass<M> {
    /// Begins to read.
    #[must_use]
    pub fn begin(file: File, matter: M) -> Self {
        let (to, reads) = mpsc::channel(4);
        let reading = tokio::task::spawn_blocking(move || read::<M>(file, to));
        Self {
            reads,
            reading,
            digest: Sha256::new(),
            columns: Columns::default(),
            matter,
            findings: Findings::default(),
        }
    }

    /// The next rows, as they are; none when the file has ended.
    pub async fn parsed(&mut self) -> Option<Vec<Parsed<M>>> {
        loop {
            match self.reads.recv().await? {
                Read::Columns(columns) => {
                    self.findings.matched.clone_from(&columns.matched);
                    self.findings.ignored.clone_from(&columns.ignored);
                    self.columns = columns;
                }
                Read::Rows(rows) => return Some(rows),
            }
        }
    }

    /// The next rows, with what they do; none when the file has ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next(&mut self, scope: &mut Scope) -> Result<Option<Vec<Sorted<M::Step>>>> {
        let Some(rows) = self.parsed().await else { return Ok(None) };
        let said: Vec<&M::Said> = rows.iter().filter_map(|(_, parsed)| parsed.as_ref().ok()).collect();
        let known = self.matter.known(scope, &said).await?;
        let now = scope.now;
        Ok(Some(rows.into_iter().map(|row| self.sort(row, &known, now)).collect()))
    }

    /// Ends the pass: what was found in the whole file.
    ///
    /// # Errors
    /// `Invalid` when the file could not be read to its end.
    pub async fn end(mut self) -> Result<(Findings, M)> {
        drop(self.reads);
        match self.reading.await.map_err(Error::internal)? {
            Ok(format) => self.findings.format = format,
            Err(Unreadable(message)) => return Err(Error::invalid("file", message)),
        }
        self.matter.sum_up(&mut self.findings);
        self.findings.digest = HEXLOWER.encode(&self.digest.finalize());
        Ok((self.findings, self.matter))
    }

    fn sort(&mut self, (row, parsed): Parsed<M>, known: &M::Known, now: Instant) -> Sorted<M::Step> {
        let result = parsed.and_then(|said| {
            let step = self.matter.sort(said, known, now);
            step.map_err(|problems| refused::<M>(&row, &self.columns, problems))
        });
        match &result {
            Ok(step) => self.digest.update(self.matter.note(row.number, step, &mut self.findings)),
            Err(refused) => {
                self.findings.counts.refused += 1;
                self.digest.update(format!("{} refused\n", refused.row));
                if self.findings.refused.len() < REFUSED_SHOWN {
                    self.findings.refused.push(refused.clone());
                }
            }
        }
        Sorted { row, result }
    }
}

/// Reads and parses the file, and sends what it finds; stops when nobody receives it any more.
fn read<M: Matter>(file: File, to: mpsc::Sender<Read<M>>) -> Result<String, Unreadable> {
    let mut header: Option<Columns<M::Column>> = None;
    let mut before_header: Vec<StringRecord> = Vec::new();
    let mut rows: Vec<Parsed<M>> = Vec::with_capacity(AT_A_TIME);
    let mut any = false;
    let mut wrong: Option<Unreadable> = None;
    let format = sheet::read(file, M::SOUGHT, &mut |row| {
        let Some(columns) = &header else {
            if !Columns::<M::Column>::is_header(&row.cells) {
                before_header.push(row.cells);
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
        let parsed = M::parse(&row, columns).map_err(|problems| refused::<M>(&row, columns, problems));
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
        return Err(no_header::<M::Column>(&before_header));
    }
    if !any {
        return Err(Unreadable(format!(
            "The file names its columns, but no rows follow. Add the {} below, then upload it again.",
            M::SOUGHT.rows
        )));
    }
    // Nobody receives any more: then nobody asks for the rest either.
    let _ = to.blocking_send(Read::Rows(rows));
    Ok(format)
}
