//! Records from a spreadsheet, with the files that its rows name: shared with clients as if each had been shared by page.

pub mod attachments;
mod archive;
pub mod columns;
mod row;
mod sort;

use crate::act::{Act, Scope};
use crate::audit::{Counts, Entry};
use crate::base::id::{ClientId, RecordId};
use crate::base::{Error, Instant, Result};
use crate::client::{self, Client, reference_key};
use crate::import::columns::{Columns, recognised};
use crate::import::matter::Matter;
use crate::import::pass::{Pass, Sorted};
use crate::import::sheet::{Row, Sought};
use crate::import::{ChangedRow, Findings, NewRow, Note, OTHERS_SHOWN, RowProblem, Sorts, recorded};
use crate::record::files::{self, RecordFile};
use crate::record::tell::{self, News};
use crate::record::{self, Record, Sharing};
use crate::{business, contact, group};
use archive::{MOST_FILES, too_many};
use attachments::{Attachments, Named};
use columns::Column;
use row::{Parsed, With};
use sort::{Known, Sorter, Step, ToRecord};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::File;
use uuid::Uuid;

/// Records, and the files that their rows name.
#[derive(Debug, Default)]
pub(super) struct Records {
    sorter: Sorter,
    attachments: Attachments,
    /// What was shared with each client: told of when all of it is written, in one letter to each reader.
    news: BTreeMap<ClientId, Vec<News>>,
}

impl Records {
    /// Records whose files are these.
    pub fn with(attachments: Attachments) -> Self {
        Self { attachments, ..Self::default() }
    }
}

/// The files that the rows of a table name, each by its key.
///
/// # Errors
/// `Invalid` on the field `file` when the table cannot be read, or names more files than can be looked for.
pub(super) async fn named_files(file: File) -> Result<BTreeMap<String, Named>> {
    let mut pass = Pass::begin(file, Records::default());
    let mut named = BTreeMap::new();
    while let Some(rows) = pass.parsed().await {
        let said = rows.into_iter().filter_map(|(_, parsed)| parsed.ok());
        named.extend(said.flat_map(|said| said.files).map(|file| (file.key(), file)));
        if named.len() > MOST_FILES {
            return Err(Error::invalid("file", too_many()));
        }
    }
    pass.end().await?;
    Ok(named)
}

impl Matter for Records {
    type Column = Column;
    type Said = Parsed;
    type Known = Known;
    type Step = Step;

    const SOUGHT: Sought = Sought { rows: "records", recognised: recognised::<Column> };
    const GROWING: &'static str = "record, record_group, record_contact, record_file";

    fn parse(row: &Row, columns: &Columns<Column>) -> std::result::Result<Parsed, Vec<RowProblem>> {
        row::parse(row, columns)
    }

    fn who(row: &Row, columns: &Columns<Column>) -> String {
        row::who(row, columns)
    }

    async fn known(&self, scope: &mut Scope, rows: &[&Parsed]) -> Result<Known> {
        let mut known = Known::default();
        let keys: HashSet<&str> = rows.iter().map(|said| said.reference_key.as_str()).collect();
        for client in client::bulk::by_reference(scope, &keys.into_iter().collect::<Vec<_>>()).await? {
            known.clients.insert(reference_key(&client.reference), client);
        }
        let at = rows.iter().filter_map(|said| Some((known.client_of(said)?, said.kind, said.number_key())));
        let at: Vec<_> = at.collect::<HashSet<_>>().into_iter().collect();
        let stored = record::store::by_number(scope, &at).await?;
        let ids: Vec<RecordId> = stored.iter().map(|record| record.id).collect();
        known.files = record::bulk::files_of(scope, &ids).await?;
        let placed = |record: Record| ((record.client_id, record.kind, record.details.number_key()), record);
        known.records = stored.into_iter().map(placed).collect();
        read_readers(scope, rows, &mut known).await?;
        Ok(known)
    }

    fn sort(&mut self, said: Parsed, known: &Known, now: Instant) -> std::result::Result<Step, Vec<RowProblem>> {
        self.sorter.sort(said, known, &self.attachments, now)
    }

    fn note(&self, row: u32, step: &Step, findings: &mut Findings) -> String {
        let mut all = String::new();
        let (who, client) = (step.record.what(), step.client.name.to_string());
        findings.files += i64::try_from(step.files.len()).unwrap_or_default();
        match &step.to_record {
            ToRecord::Nothing => findings.counts.unchanged += 1,
            ToRecord::Share => {
                findings.counts.new += 1;
                let details = record::Typed::from(&step.record.details);
                let _ = writeln!(all, "{row} new {} {details:?} {:?}", step.client.id, step.record.sharing);
                if findings.new.len() < OTHERS_SHOWN {
                    let more = format!("{}. For {}.", step.record.details.title, step.readers);
                    let more = match step.files.as_slice() {
                        [] => more,
                        files => {
                            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                            format!("{more} With {}.", names.join(", "))
                        }
                    };
                    findings.new.push(NewRow { row, who, client, note: Note::Record, more });
                }
            }
            ToRecord::Change(changes) => {
                findings.counts.changed += 1;
                for change in changes {
                    let _ = writeln!(all, "{row} {:?} {:?} {:?}", change.what, change.from, change.to);
                }
                let _ = writeln!(all, "{row} {:?}", step.record.sharing);
                if findings.changed.len() < OTHERS_SHOWN {
                    findings.changed.push(ChangedRow { row, who, client, changes: step.changes() });
                }
            }
        }
        for file in &step.files {
            let _ = writeln!(all, "{row} file {:?} {}", file.name.as_str(), file.kept.digest);
        }
        all
    }

    fn sum_up(&self, findings: &mut Findings) {
        let Counts { new, changed, unchanged, .. } = findings.counts;
        findings.records = Sorts { new, changed, unchanged };
    }

    async fn write(&mut self, act: &mut Act, rows: &[Sorted<Step>], about: &mut Vec<Uuid>) -> Result<()> {
        let by = act.actor.name().to_owned();
        let steps = || rows.iter().filter_map(|sorted| sorted.result.as_ref().ok());
        let new: Vec<Record> = steps()
            .filter(|step| matches!(step.to_record, ToRecord::Share))
            .map(|step| Record { shared_by: by.clone(), ..step.record.clone() })
            .collect();
        record::bulk::insert(act, &new.iter().collect::<Vec<_>>()).await?;
        for record in &new {
            about.push(record.id.0);
            let news = self.news.entry(record.client_id).or_default();
            if news.is_empty() {
                about.push(record.client_id.0);
            }
            news.push(News::from(record));
        }
        let mut entries = Vec::new();
        for step in steps() {
            let ToRecord::Change(changes) = &step.to_record else { continue };
            let mut record = step.record.clone();
            let (id, client) = (record.id, record.client_id);
            if !changes.is_empty() {
                record::store::save(act, &mut record).await?;
                let (what, changes) = (record.what(), recorded(changes));
                entries.push(Entry::RecordChanged { record: id, client, what, changes });
            }
            entries.extend(step.files.iter().map(|file| {
                let (what, file) = (step.record.what(), file.name.to_string());
                Entry::RecordFileAdded { record: id, client, what, file }
            }));
        }
        let mut added: Vec<(RecordId, RecordFile)> = Vec::new();
        for step in steps() {
            for file in &step.files {
                added.push((step.record.id, files::file_of(act, file.name.clone(), file.kept.clone(), &by)));
            }
        }
        let added: Vec<(RecordId, &RecordFile)> = added.iter().map(|(record, file)| (*record, file)).collect();
        record::bulk::insert_files(act, &added).await?;
        if entries.is_empty() { Ok(()) } else { act.record(&entries).await }
    }

    async fn finish(&mut self, act: &mut Act) -> Result<()> {
        let business = act.business;
        let features = business::store::find(&mut act.tx, business).await?.features;
        let ids: Vec<ClientId> = self.news.keys().copied().collect();
        let mut clients: HashMap<ClientId, Client> = HashMap::new();
        for ids in ids.chunks(500) {
            clients.extend(client::bulk::by_ids(act, ids).await?.into_iter().map(|client| (client.id, client)));
        }
        for (id, news) in &self.news {
            if let Some(client) = clients.get(id) {
                tell::tell(act, client, news, &features).await?;
            }
        }
        Ok(())
    }
}

/// Reads whom rows name as readers, and by what names those are called whom the records have now.
async fn read_readers(scope: &mut Scope, rows: &[&Parsed], known: &mut Known) -> Result<()> {
    let mut of_groups: HashSet<ClientId> = HashSet::new();
    let mut at = HashSet::new();
    for said in rows {
        let Some(client) = known.client_of(said) else { continue };
        match &said.with {
            Some(With::Groups(_)) => drop(of_groups.insert(client)),
            Some(With::Contacts(emails)) => at.extend(emails.iter().map(|email| (client, email.key()))),
            Some(With::Everybody) | None => {}
        }
    }
    let at: Vec<_> = at.into_iter().collect();
    for at in at.chunks(500) {
        for (id, client, details) in contact::bulk::by_address(scope, at).await? {
            known.names.insert(id.0, details.name());
            known.contacts.insert((client, details.email.key()), id);
        }
    }
    let mut others = Vec::new();
    for record in known.records.values() {
        match &record.sharing {
            Sharing::Client => {}
            Sharing::Groups(_) => drop(of_groups.insert(record.client_id)),
            Sharing::Contacts(contacts) => others.extend(contacts.iter().map(|id| id.0)),
        }
    }
    for others in others.chunks(500) {
        known.names.extend(contact::store::names(scope, others).await?);
    }
    let of_groups: Vec<ClientId> = of_groups.into_iter().collect();
    for group in group::store::of_clients(scope, &of_groups).await? {
        known.names.insert(group.id.0, group.name.clone());
        known.groups.entry(group.client_id).or_default().push(group);
    }
    Ok(())
}
