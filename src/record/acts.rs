//! What staff do with records: share, change, withdraw.

use crate::access::{Actor, Permission, RecordKind};
use crate::act::{App, Scope};
use crate::audit::Entry;
use crate::base::id::{ClientId, RecordId};
use crate::base::{Error, Result};
use crate::record::tell::News;
use crate::record::{Details, Record, Sharing, Typed, store, tell};
use crate::{business, client, contact, group};

/// Share something with a client: its people see it from the very next request, and those whom staff have chosen are told by mail.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` when the client has one of this kind and number, or it is shared with nobody of the client.
pub async fn share(
    app: &App,
    actor: &Actor,
    client: ClientId,
    kind: RecordKind,
    details: Details,
    sharing: Sharing,
) -> Result<Record> {
    actor.must(Permission::RecordsShare)?;
    let mut act = app.begin(actor).await?;
    let client = client::store::find(&mut act, client).await?;
    must_be_free(&mut act, client.id, kind, &details, None).await?;
    let with = readers(&mut act, client.id, &sharing).await?;
    let record = Record {
        id: RecordId::new(act.now),
        client_id: client.id,
        kind,
        details,
        sharing,
        withdrawn: None,
        shared_by: actor.name().to_owned(),
        created_at: act.now,
        updated_at: act.now,
        version: 1,
    };
    store::insert(&mut act, &record).await?;
    let business = act.business;
    let features = business::store::find(&mut act.tx, business).await?.features;
    tell::tell(&mut act, &client, &[News::from(&record)], &features).await?;
    let entry = Entry::RecordShared {
        record: record.id,
        client: client.id,
        what: record.what(),
        with: with.unwrap_or_else(|| format!("everybody of {}", client.name)),
    };
    act.commit(entry).await?;
    Ok(record)
}

/// What became of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It is so now.
    Changed,
    /// It was so already.
    Unchanged,
}

/// Change what a record says, or whom it is shared with: whoever it is no longer shared with does not see it from the very
/// next request.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` when somebody changed it since `version`; `Refused` when it is withdrawn; `Invalid`
/// as for [`share`].
pub async fn change(
    app: &App,
    actor: &Actor,
    id: RecordId,
    version: i64,
    details: Details,
    sharing: Sharing,
) -> Result<Saved> {
    actor.must(Permission::RecordsShare)?;
    let mut act = app.begin(actor).await?;
    let mut record = store::find(&mut act, id).await?;
    if record.version != version {
        return Err(Error::Conflict);
    }
    if record.withdrawn.is_some() {
        return Err(Error::refused(format!(
            "{} was withdrawn, so it can’t be changed. Share it anew under another number.",
            record.details.number
        )));
    }
    must_be_free(&mut act, record.client_id, record.kind, &details, Some(id)).await?;
    let mut changes = changes(&record.details, &details);
    let to = readers(&mut act, record.client_id, &sharing).await?;
    if record.sharing != sharing {
        let everybody = || "everybody".to_owned();
        let from = names(&mut act, record.client_id, &record.sharing).await?;
        let from = from.map_or_else(everybody, |names| in_words(&names));
        changes.push(("readers".into(), from, to.unwrap_or_else(everybody)));
    }
    if changes.is_empty() {
        return Ok(Saved::Unchanged);
    }
    (record.details, record.sharing) = (details, sharing);
    store::save(&mut act, &mut record).await?;
    act.commit(Entry::RecordChanged { record: id, client: record.client_id, what: record.what(), changes }).await?;
    Ok(Saved::Changed)
}

/// Withdraw a record: nobody but staff sees it, or its files, from the very next request. It is kept, with its history.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Refused` when it was withdrawn already.
pub async fn withdraw(app: &App, actor: &Actor, id: RecordId) -> Result<Record> {
    actor.must(Permission::RecordsShare)?;
    let mut act = app.begin(actor).await?;
    let mut record = store::find(&mut act, id).await?;
    record.withdraw(act.now, actor.name())?;
    store::save(&mut act, &mut record).await?;
    act.commit(Entry::RecordWithdrawn { record: id, client: record.client_id, what: record.what() }).await?;
    Ok(record)
}

/// What differs, as the log tells it.
#[must_use]
pub fn changes(before: &Details, after: &Details) -> Vec<(String, String, String)> {
    let differences = Typed::from(before).differences(&Typed::from(after));
    differences.into_iter().map(|(what, from, to)| (what.to_owned(), from, to)).collect()
}

async fn must_be_free(
    scope: &mut Scope,
    client: ClientId,
    kind: RecordKind,
    details: &Details,
    except: Option<RecordId>,
) -> Result<()> {
    let holder = store::look_for(scope, client, kind, &details.number_key()).await?;
    match holder.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(holder) => Err(Error::invalid(
            "number",
            format!(
                "This client already has the {} {}{}. Use another number, or change that one.",
                kind.code(),
                holder.details.number,
                if holder.withdrawn.is_some() { ", withdrawn" } else { "" }
            ),
        )),
    }
}

/// Whom something is shared with, by name; none for everybody. Each belongs to the client (S44).
async fn readers(scope: &mut Scope, client: ClientId, sharing: &Sharing) -> Result<Option<String>> {
    let Some(names) = names(scope, client, sharing).await? else { return Ok(None) };
    let missing = match sharing {
        Sharing::Client => None,
        Sharing::Groups(chosen) => (names.len() != chosen.len())
            .then_some(("groups", "A group that was chosen is no longer there. Choose again.")),
        Sharing::Contacts(chosen) => (names.len() != chosen.len())
            .then_some(("contacts", "A contact that was chosen is no longer there. Choose again.")),
    };
    match missing {
        Some((field, why)) => Err(Error::invalid(field, why)),
        None => Ok(Some(in_words(&names))),
    }
}

/// The names of those it is shared with who are still there.
async fn names(scope: &mut Scope, client: ClientId, sharing: &Sharing) -> Result<Option<Vec<String>>> {
    Ok(match sharing {
        Sharing::Client => None,
        Sharing::Groups(chosen) => {
            let groups = group::store::choices(scope, client).await?;
            Some(groups.iter().filter(|group| chosen.contains(&group.id)).map(|group| group.name.clone()).collect())
        }
        Sharing::Contacts(chosen) => {
            let contacts = contact::store::of_ids(scope, chosen).await?;
            Some(contacts.iter().filter(|c| c.client_id == client).map(contact::Contact::name).collect())
        }
    })
}

fn in_words(names: &[String]) -> String {
    if names.is_empty() { "nobody".into() } else { names.join(", ") }
}
