//! What happened to somebody or something, as a panel of its page: from the audit log, for those who may see that.

use crate::access::Permission;
use crate::act::{Look, Scope};
use crate::audit::{self, Recorded};
use crate::base::Result;
use crate::base::id::ContactId;
use crate::web::console::Staff;
use crate::web::timeline::Event;
use crate::{contact, staff};
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use uuid::Uuid;

/// How many are named who may see the log.
const MOST_HOLDERS: i64 = 3;

/// The panel.
pub struct Activity {
    /// The entries, newest first.
    pub lines: Vec<Event>,
    /// How many are shown, where there may be more.
    pub most: Option<i64>,
    /// Who can see them, where this reader may not.
    pub shut: Option<String>,
    /// What stands here before anything has happened.
    pub empty: String,
}

impl Activity {
    /// The newest entries about a subject, each with the name of the contact that it is about where that is another.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn about(look: &mut Look, staff: &Staff, subject: Uuid, most: i64, empty: String) -> Result<Self> {
        if !staff.actor.may(Permission::AuditView) {
            return Ok(Self { lines: Vec::new(), most: None, shut: Some(who_can(look).await?), empty });
        }
        let business = look.business;
        let events = audit::about(&mut look.tx, business, subject, most).await?;
        let full = i64::try_from(events.len()).unwrap_or_default() == most;
        let lines = lines(look, &events, subject).await?;
        Ok(Self { lines, most: full.then_some(most), shut: None, empty })
    }
}

/// Whom to ask instead.
async fn who_can(scope: &mut Scope) -> Result<String> {
    let permission = Permission::AuditView;
    let mut names = staff::store::holders(scope, permission, MOST_HOLDERS + 1).await?;
    let more = names.len() > usize::try_from(MOST_HOLDERS).unwrap_or_default();
    names.truncate(usize::try_from(MOST_HOLDERS).unwrap_or_default());
    let who = match (names.as_slice(), more) {
        ([], _) => "nobody has yet; whoever manages staff can give it".to_owned(),
        ([only], _) => format!("{only} has"),
        (some, true) => format!("{} and others have", some.join(", ")),
        ([before @ .., last], false) => format!("{} and {last} have", before.join(", ")),
    };
    Ok(format!("What happened is for those with the permission “{}”, which {who}.", permission.label()))
}

async fn lines(scope: &mut Scope, events: &[Recorded], subject: Uuid) -> Result<Vec<Event>> {
    let mut lines = Vec::with_capacity(events.len());
    let mut names: HashMap<ContactId, String> = HashMap::new();
    for recorded in events {
        let mut line = Event::from(recorded);
        let about = recorded.entry.as_ref().and_then(audit::Entry::contact);
        if let Some(id) = about.filter(|id| id.0 != subject) {
            line.note = match names.entry(id) {
                Occupied(known) => known.get().clone(),
                Vacant(unknown) => unknown.insert(contact::store::find(scope, id).await?.name()).clone(),
            };
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The panel, with entries, with none, and for somebody who may not see them.
#[cfg(test)]
pub fn samples() -> [Activity; 3] {
    use crate::web::samples;
    let of = |lines: Vec<Event>, shut: Option<&str>| Activity {
        most: (!lines.is_empty()).then_some(100),
        lines,
        shut: shut.map(ToOwned::to_owned),
        empty: "What happens to Marlow Property Group and its people shows up here.".into(),
    };
    let shut = "What happened is for those with the permission “See the audit log”, which Nadia Hart has.";
    [of(samples::events(), None), of(Vec::new(), None), of(Vec::new(), Some(shut))]
}
