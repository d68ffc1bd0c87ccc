//! What happened to the client's people, for its Global Admins: what staff did, and what colleagues did. Nothing of what happens
//! to them elsewhere, and nothing that staff wrote down for themselves.

use crate::act::{App, Scope};
use crate::audit::{Entry, Recorded};
use crate::base::Result;
use crate::base::id::{ContactId, PortalUserId};
use crate::language::{Html, Said};
use crate::link::history::{self, Start};
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, PortalChrome};
use crate::web::form::Question;
use crate::web::parts::Address;
use crate::web::portal::company::{Desk, Head, Here};
use crate::{contact, portal_user};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use std::collections::HashMap;

/// How many entries a page shows.
const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "portal/company_activity.html")]
struct ActivityPage {
    chrome: Chrome,
    portal: PortalChrome,
    head: Head,
    lines: Vec<Line>,
    newer: Option<String>,
    older: Option<String>,
}

/// Something that happened.
struct Line {
    tone: &'static str,
    icon: &'static str,
    who: String,
    what: Said,
    at: Html,
}

/// Where in the log somebody is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    older: String,
    newer: String,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, desk: Desk, Question(place): Question<Where>) -> Answer {
    let mut look = desk.look(&app).await?;
    let start = match (place.older.parse(), place.newer.parse()) {
        (Ok(seq), _) => Start::OlderThan(seq),
        (_, Ok(seq)) => Start::NewerThan(seq),
        _ => Start::Newest,
    };
    let stretch = history::of_client(&mut look, desk.id(), start, PER_PAGE).await?;
    let names = Names::of(&mut look, &stretch.entries).await?;
    let lines = stretch.entries.iter().filter_map(|recorded| line(recorded, &names, &chrome)).collect();
    let path = format!("{}/activity", desk.path());
    let at = |name, seq: i64| Address::of(path.as_str()).and(name, seq.to_string()).href();
    let portal = desk.portal(&mut look, &chrome).await?;
    let title = chrome.say("company-activity-of").with("client", &desk.client.client_name);
    answer::page(&ActivityPage {
        portal,
        head: desk.head(Here::Activity, &chrome),
        lines,
        newer: stretch.newer.map(|seq| at("newer", seq)),
        older: stretch.older.map(|seq| at("older", seq)),
        chrome: chrome.titled(title),
    })
}

/// The names of those whom entries are about, as they are now.
#[derive(Default)]
struct Names {
    contacts: HashMap<ContactId, String>,
    users: HashMap<PortalUserId, String>,
}

impl Names {
    async fn of(scope: &mut Scope, entries: &[Recorded]) -> Result<Self> {
        let entries = || entries.iter().filter_map(|recorded| recorded.entry.as_ref());
        let mut contacts: Vec<ContactId> = entries().filter_map(Entry::contact).collect();
        contacts.sort_unstable();
        contacts.dedup();
        let contacts = contact::store::of_ids(scope, &contacts).await?;
        let mut users: Vec<PortalUserId> = entries().filter_map(Entry::portal_user).collect();
        users.sort_unstable();
        users.dedup();
        let users = portal_user::bulk::find(scope, &users).await?;
        Ok(Self {
            contacts: contacts.into_iter().map(|contact| (contact.id, contact.name())).collect(),
            users: users.into_iter().map(|(id, user)| (id, user.name)).collect(),
        })
    }

    /// Whom an entry is about.
    fn about(&self, entry: &Entry) -> String {
        let user = entry.portal_user().and_then(|id| self.users.get(&id));
        let contact = entry.contact().and_then(|id| self.contacts.get(&id));
        user.or(contact).cloned().unwrap_or_default()
    }
}

/// An entry in words for the client; none for one that is not for them.
fn line(recorded: &Recorded, names: &Names, page: &Chrome) -> Option<Line> {
    let entry = recorded.entry.as_ref()?;
    let name = names.about(entry);
    let (tone, icon, what) = match entry {
        Entry::ContactInvited { .. } | Entry::AccessApproved { .. } => {
            ("info", "send", page.say("activity-invited").with("name", &name))
        }
        Entry::InvitationRevoked { .. } => ("warn", "minus", page.say("activity-withdrew").with("name", &name)),
        Entry::InvitationAccepted { .. } => ("ok", "check", page.say("activity-accepted")),
        Entry::LinkPlaced { .. } => ("", "edit", page.say("activity-placed").with("name", &name)),
        Entry::Unlinked { .. } => ("warn", "minus", page.say("activity-removed").with("name", &name)),
        Entry::ContactBlocked { .. } => ("bad", "ban", page.say("activity-blocked").with("name", &name)),
        Entry::ContactUnblocked { .. } => ("ok", "unlock", page.say("activity-unblocked").with("name", &name)),
        Entry::ContactAdded { .. } => ("", "plus", page.say("activity-recorded").with("name", &name)),
        Entry::ContactChanged { .. } => ("", "edit", page.say("activity-changed").with("name", &name)),
        Entry::PortalUserDisabled { .. } => ("bad", "ban", page.say("activity-disabled").with("name", &name)),
        Entry::DisablingPutBack { .. } => ("bad", "ban", page.say("activity-disabled-again").with("name", &name)),
        Entry::PortalUserEnabled { .. } => ("ok", "unlock", page.say("activity-enabled").with("name", &name)),
        Entry::PortalUserDeleted { .. } => ("bad", "trash", page.say("activity-deleted").with("name", &name)),
        Entry::PortalUserRestored { .. } => ("ok", "unlock", page.say("activity-restored").with("name", &name)),
        Entry::PasswordResetSent { .. } => ("info", "mail", page.say("activity-reset").with("name", &name)),
        Entry::PasswordChangeRequired { .. } => ("warn", "key", page.say("activity-required").with("name", &name)),
        Entry::SessionsEnded { .. } => ("warn", "minus", page.say("activity-sessions").with("name", &name)),
        Entry::GroupAdded { name, .. } => {
            return grouped(recorded, page, "users", page.say("activity-group-made").with("group", name));
        }
        Entry::GroupRenamed { to, .. } => {
            return grouped(recorded, page, "edit", page.say("activity-group-renamed").with("group", to));
        }
        Entry::GroupSightChanged { name, .. } => {
            return grouped(recorded, page, "edit", page.say("activity-group-sight").with("group", name));
        }
        Entry::GroupDeleted { name, .. } => {
            return grouped(recorded, page, "trash", page.say("activity-group-deleted").with("group", name));
        }
        Entry::ClientDelegationSwitchedOn { .. } => ("ok", "unlock", page.say("activity-delegation-on")),
        Entry::ClientDelegationSwitchedOff { .. } => ("warn", "lock", page.say("activity-delegation-off")),
        _ => return None,
    };
    Some(told(recorded, page, (tone, icon), what))
}

fn grouped(recorded: &Recorded, page: &Chrome, icon: &'static str, what: Said) -> Option<Line> {
    Some(told(recorded, page, ("", icon), what))
}

fn told(recorded: &Recorded, page: &Chrome, (tone, icon): (&'static str, &'static str), what: Said) -> Line {
    let who = match recorded.actor_kind.as_str() {
        "staff" | "person" => recorded.actor_name.clone(),
        _ => page.say("activity-business").to_string(),
    };
    Line { tone, icon, who, what, at: page.stamp(recorded.at) }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::ClientId;
    use crate::web::portal::company::sample_desk;
    use crate::web::samples;
    use uuid::Uuid;
    let (contact, client, portal_user) =
        (ContactId(Uuid::from_u128(6)), ClientId(Uuid::from_u128(110)), PortalUserId(Uuid::from_u128(3)));
    let names = Names {
        contacts: HashMap::from([(contact, "Lucy Nakamura".to_owned())]),
        users: HashMap::from([(portal_user, "Anton Varga".to_owned())]),
    };
    let recorded = |kind: &str, name: &str, entry: Entry| Recorded {
        seq: 1,
        at: samples::NOW,
        actor_kind: kind.into(),
        actor_name: name.into(),
        address: "203.0.113.5".into(),
        entry: Some(entry),
    };
    let entries = [
        recorded(
            "staff",
            "Hana Whitlock",
            Entry::PortalUserDisabled { portal_user, because: "gone fishing".into(), client: None },
        ),
        recorded("person", "Priya Raman", Entry::ContactUnblocked { contact, client }),
        recorded("operator", "The operator", Entry::PasswordResetSent { portal_user, client: None }),
    ];
    let page = |entries: &[Recorded]| {
        let (desk, portal) = sample_desk();
        let chrome = Chrome::bare("Activity");
        samples::rendered(&ActivityPage {
            portal,
            head: desk.head(Here::Activity, &chrome),
            lines: entries.iter().filter_map(|recorded| line(recorded, &names, &chrome)).collect(),
            newer: None,
            older: Some("?older=1".into()),
            chrome,
        })
    };
    let shown = page(&entries);
    assert!(shown.contains("Anton Varga") && !shown.contains("203.0.113.5") && !shown.contains("fishing"));
    vec![("portal/company_activity", shown), ("portal/company_activity-none", page(&[]))]
}
