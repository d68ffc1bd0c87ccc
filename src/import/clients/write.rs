//! Writing what the rows do, inside of one act.

use crate::act::Act;
use crate::audit::Entry;
use crate::base::Result;
use crate::base::id::{ClientId, ContactId};
use crate::base::text::CompanyName;
use crate::client::Client;
use crate::contact::{Contact, Details};
use crate::import::clients::in_file::Before;
use crate::import::clients::row::amount;
use crate::import::clients::sort::{Sorter, Step, ToClient, ToContact};
use crate::import::pass::Sorted;
use crate::import::{Change, recorded};
use crate::{client, contact, group, link};
use uuid::Uuid;

/// Writes what some rows do: new clients with their Default groups, then contacts. Changes of clients wait for the end,
/// since a later row may say more ([`finish`]). Gathers whom the rows added.
pub async fn rows(act: &mut Act, sorted: &[Sorted<Step>], sorter: &Sorter, added: &mut Vec<Uuid>) -> Result<()> {
    let steps = || sorted.iter().filter_map(|sorted| sorted.result.as_ref().ok());
    let client_of = |step: &Step| sorter.clients.get(step.client).map(|line| &line.now);

    let new: Vec<&Client> = steps()
        .filter_map(|step| if let ToClient::Add(client) = &step.to_client { Some(client.as_ref()) } else { None })
        .collect();
    let ids: Vec<ClientId> = new.iter().map(|client| client.id).collect();
    client::bulk::insert(act, &new).await?;
    group::store::insert_defaults(act, &ids).await?;
    added.extend(ids.iter().map(|id| id.0));

    let new: Vec<&Contact> = steps()
        .filter_map(|step| if let ToContact::Add(contact) = &step.to_contact { Some(contact.as_ref()) } else { None })
        .collect();
    contact::bulk::insert(act, &new).await?;
    added.extend(new.iter().map(|contact| contact.id.0));

    let mut changed: Vec<(ContactId, &Details, &CompanyName)> = Vec::new();
    let mut entries = Vec::new();
    for step in steps() {
        if let (ToContact::Change(id, details, changes), Some(client)) = (&step.to_contact, client_of(step)) {
            changed.push((*id, details, &client.name));
            entries.push(Entry::ContactChanged { contact: *id, client: client.id, changes: recorded(changes) });
        }
    }
    contact::bulk::save_details(act, &changed).await?;
    if entries.is_empty() { Ok(()) } else { act.record(&entries).await }
}

/// Writes the changes of clients, and makes every copy of their names true.
pub async fn finish(act: &mut Act, sorter: &Sorter) -> Result<()> {
    let mut changed: Vec<(&Client, &Client)> = Vec::new();
    let mut renamed: Vec<(ClientId, &CompanyName)> = Vec::new();
    let mut entries = Vec::new();
    for line in &sorter.clients {
        match &line.before {
            Before::Absent | Before::Same => {}
            Before::AbsentThenMore(added) => changed.push((added.as_ref(), &line.now)),
            Before::Other(before) => {
                changed.push((before.as_ref(), &line.now));
                entries.push(Entry::ClientChanged {
                    client: line.now.id,
                    changes: recorded(&differences(before, &line.now)),
                });
                if before.name != line.now.name {
                    renamed.push((line.now.id, &line.now.name));
                }
            }
        }
    }
    client::bulk::save(act, &changed).await?;
    contact::bulk::rename_clients(act, &renamed).await?;
    let ids: Vec<ClientId> = renamed.iter().map(|(id, _)| *id).collect();
    for user in link::store::users_at(act, &ids).await? {
        link::store::refresh_company(act, user).await?;
    }
    if entries.is_empty() { Ok(()) } else { act.record(&entries).await }
}

/// What differs between a client before and after the whole file.
fn differences(before: &Client, now: &Client) -> Vec<Change> {
    let email = |client: &Client| client.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let phone = |client: &Client| client.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    [
        ("Client name", before.name.to_string(), now.name.to_string()),
        ("Client email", email(before), email(now)),
        ("Client phone", phone(before), phone(now)),
        ("Client status", before.status.code().to_owned(), now.status.code().to_owned()),
        ("Balance", amount(before.balance_cents), amount(now.balance_cents)),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(what, from, to)| Change { what: what.to_owned(), from, to })
    .collect()
}
