//! Use theirs, keep ours: for one field, for those that were ticked, for all that match.

use super::list::{self, Ask};
use super::store::{self, Asked, Side};
use super::{Choice, Field, take, text};
use crate::access::{Actor, Permission};
use crate::act::{Act, App, Scope};
use crate::audit::Entry;
use crate::base::id::{ContactId, MismatchId};
use crate::base::page::{PageSize, Position};
use crate::base::text::CompanyName;
use crate::base::{Error, Instant, Result};
use crate::contact::{self, Details};
use std::collections::BTreeMap;

/// How many differences are settled in one transaction.
const AT_A_TIME: usize = 200;
/// How many are settled at the most when all that match are asked for; whoever has more asks again.
pub const MOST: usize = 10_000;

/// What came of settling differences.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settled {
    /// How many fields were settled.
    pub done: usize,
    /// Those that were not, each with the reason.
    pub skipped: Vec<String>,
}

/// Settle differences: take what the person's account says into the contact, or keep what is on record, which is then quiet
/// until theirs changes again. One that somebody has settled or changed meanwhile is skipped: nobody takes a value that they
/// have not seen. Each contact gets one audit entry with what was before and what is after.
///
/// # Errors
/// `Forbidden`; when the database refuses. What was settled before stays settled.
pub async fn settle(app: &App, actor: &Actor, ids: &[MismatchId], choice: Choice) -> Result<Settled> {
    actor.must(Permission::ClientsEdit)?;
    let mut settled = Settled::default();
    for ids in ids.chunks(AT_A_TIME) {
        let mut act = app.begin(actor).await?;
        let asked = store::of_ids(&mut act, ids).await?;
        let gone = ids.len() - asked.len();
        settled.skipped.extend((0..gone).map(|_| "It was settled or changed meanwhile.".to_owned()));
        let mut contacts: Vec<ContactId> = asked.iter().map(|asked| asked.contact_id).collect();
        contacts.dedup();
        let sides = store::sides(&mut act, &contacts).await?;
        let entries = match choice {
            Choice::Theirs => take_theirs(&mut act, &asked, &sides, &mut settled).await?,
            Choice::Ours => keep_ours(&mut act, &asked, &sides, &mut settled).await?,
        };
        if !entries.is_empty() {
            act.commit_all(entries).await?;
        }
    }
    Ok(settled)
}

fn of<'a>(asked: &'a [Asked], side: &Side) -> impl Iterator<Item = &'a Asked> {
    let contact = side.contact;
    asked.iter().filter(move |asked| asked.contact_id == contact)
}

async fn keep_ours(act: &mut Act, asked: &[Asked], sides: &[Side], settled: &mut Settled) -> Result<Vec<Entry>> {
    let mut kept: Vec<(&Side, Field)> = Vec::new();
    let mut entries = Vec::new();
    for side in sides {
        let before = kept.len();
        kept.extend(of(asked, side).map(|asked| (side, asked.field)));
        let words = |(side, field): &(&Side, Field)| {
            (field.named().to_owned(), text(&side.ours, *field), text(&side.theirs, *field))
        };
        entries.push(Entry::OursKept {
            contact: side.contact,
            client: side.client,
            portal_user: side.portal_user,
            kept: kept.iter().skip(before).map(words).collect(),
        });
    }
    let by = act.actor.name().to_owned();
    store::keep(act, &kept, &by).await?;
    let contacts: Vec<ContactId> = sides.iter().map(|side| side.contact).collect();
    store::refresh(act, &contacts).await?;
    settled.done += kept.len();
    Ok(entries)
}

async fn take_theirs(act: &mut Act, asked: &[Asked], sides: &[Side], settled: &mut Settled) -> Result<Vec<Entry>> {
    let mut taken: BTreeMap<ContactId, (Details, &Side)> = BTreeMap::new();
    let mut entries = Vec::new();
    for side in sides {
        let mut now = side.ours.clone();
        let mut changes = Vec::new();
        for Asked { field, .. } in of(asked, side) {
            if *field == Field::Email
                && let Some(why) = address_obstacle(act, side).await?
            {
                settled.skipped.push(why);
                continue;
            }
            take(&mut now, *field, &side.theirs);
            changes.push((field.named().to_owned(), text(&side.ours, *field), text(&now, *field)));
        }
        if changes.is_empty() {
            continue;
        }
        settled.done += changes.len();
        if now.email == side.ours.email {
            taken.insert(side.contact, (now, side));
        } else {
            let mut contact = contact::store::find(act, side.contact).await?;
            contact.details = now;
            contact::store::save_details(act, &mut contact).await?;
        }
        let (contact, client, portal_user) = (side.contact, side.client, side.portal_user);
        entries.push(Entry::TheirsTaken { contact, client, portal_user, changes });
    }
    let rows: Vec<(ContactId, &Details, &CompanyName)> =
        taken.iter().map(|(id, (details, side))| (*id, details, &side.company)).collect();
    contact::bulk::save_details(act, &rows).await?;
    Ok(entries)
}

/// Why the contact can't take on the account's address, if it can't: it names another contact of the client, or is kept out
/// there.
async fn address_obstacle(act: &mut Act, side: &Side) -> Result<Option<String>> {
    let free = contact::acts::must_be_free(act, side.client, &side.theirs, Some(side.contact)).await;
    let allowed = match free {
        Ok(()) => {
            let company = side.company.as_str();
            contact::acts::must_not_be_kept_out(act, side.client, company, &side.theirs.email).await
        }
        taken => taken,
    };
    match allowed {
        Ok(()) => Ok(None),
        Err(Error::Invalid(problems)) => Ok(Some(format!("{}: {problems}", side.ours.name()))),
        Err(other) => Err(other),
    }
}

/// The differences that match a question, up to [`MOST`], as somebody saw them at a moment: what came later is not settled
/// unseen.
///
/// # Errors
/// When the database cannot be read.
pub async fn matching(scope: &mut Scope, ask: &Ask, seen: Instant) -> Result<Vec<MismatchId>> {
    let mut ids = Vec::new();
    let mut ask = Ask { size: PageSize::asked(Some(100)), position: Position::Start, ..ask.clone() };
    loop {
        let page = list::list(scope, &ask).await?.page;
        ids.extend(page.rows.iter().filter(|row| row.since <= seen).map(|row| row.id));
        match page.next {
            Some(next) if ids.len() < MOST => ask.position = Position::After(next),
            _ => break,
        }
    }
    ids.truncate(MOST);
    Ok(ids)
}
