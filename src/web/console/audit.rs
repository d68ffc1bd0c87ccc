//! The audit log: who did what, to whom, when, from where. It can be read, and nothing else.

use crate::access::Permission;
use crate::act::{App, Look};
use crate::audit::{self, Entry, Party, Recorded, Sought, Start, Stretch, Theme};
use crate::base::Result;
use crate::base::page::PageSize;
use crate::listing::Needle;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome, Face};
use crate::web::console::{Staff, count};
use crate::web::form::Question;
use crate::web::parts::{Address, Chip, FilterBox, Pager, Place};
use crate::web::timeline::Event;
use crate::{client, contact, portal_user, staff};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

const PATH: &str = "/console/audit";
/// Of how many people of one kind a search reads the entries.
const MOST_OF_A_KIND: usize = 10;

/// What the log is filtered by, as its address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filters {
    theme: Vec<String>,
    about: String,
    older: String,
    newer: String,
}

#[derive(Template)]
#[template(path = "console/audit.html")]
struct Log {
    chrome: Chrome,
    console: ConsoleChrome,
    typed: String,
    themes: Vec<FilterBox>,
    keep: Vec<(&'static str, String)>,
    chips: Vec<Chip>,
    clear: String,
    count: String,
    lines: Vec<Line>,
    more: Option<&'static str>,
    pager: Pager,
}

/// One entry.
struct Line {
    event: Event,
    face: Face,
    kind: &'static str,
    about: Vec<About>,
    address: String,
}

/// Somebody or something that an entry is about.
#[derive(Clone)]
struct About {
    name: String,
    href: Option<String>,
}

/// Whose entries a search reads.
#[derive(Default)]
struct Parties {
    parties: Vec<Party>,
    more: Option<&'static str>,
}

/// Shows it.
pub async fn show(
    State(app): State<App>,
    chrome: Chrome,
    staff: Staff,
    Question(place): Question<Place>,
    Question(filters): Question<Filters>,
) -> Answer {
    let mut look = staff.look(&app).await?;
    let typed = place.typed();
    let themes: Vec<Theme> =
        Theme::ALL.iter().copied().filter(|theme| filters.theme.iter().any(|t| t == theme.code())).collect();
    let about = filters.about.parse::<Uuid>().ok();
    let found = match Needle::typed(&typed) {
        Some(needle) => named(&mut look, &typed, &needle).await?,
        None => Parties::default(),
    };
    let sought_in_vain = !typed.is_empty() && found.parties.is_empty();

    let sought = Sought {
        kinds: themes.iter().flat_map(|theme| theme.kinds()).copied().collect(),
        about,
        parties: found.parties,
    };
    let start = match (filters.older.parse(), filters.newer.parse()) {
        (Ok(seq), _) => Start::OlderThan(seq),
        (_, Ok(seq)) => Start::NewerThan(seq),
        _ => Start::Newest,
    };
    let stretch = if sought_in_vain {
        Stretch::default()
    } else {
        let business = look.business;
        audit::stretch(&mut look.tx, business, &sought, start, place.size().rows()).await?
    };
    let names = Names::of(&mut look, &staff, &stretch.entries, about).await?;
    let mut address = place.address(PATH).without("sort").without("dir");
    for theme in &themes {
        address = address.and("theme", theme.code());
    }
    if let Some(about) = about {
        address = address.and("about", about.to_string());
    }
    let lines: Vec<Line> = stretch.entries.iter().map(|entry| line(entry, &names)).collect();
    let to = |name: &'static str, seq: Option<i64>| seq.map(|seq| address.clone().and(name, seq.to_string()).href());
    let range = range(&stretch.entries);
    answer::page(&Log {
        chrome: chrome.titled("Audit log"),
        console: staff.chrome(&mut look, "audit").await?,
        themes: Theme::ALL
            .iter()
            .map(|theme| FilterBox {
                value: theme.code().into(),
                text: theme.label().into(),
                count: None,
                checked: themes.contains(theme),
            })
            .collect(),
        keep: address.keep(&["q", "theme"]),
        chips: chips(&themes, about, &names, &address),
        clear: place.address(PATH).without("sort").without("dir").href(),
        count: count(i64::try_from(lines.len()).unwrap_or_default(), "entry", "entries") + " on this page",
        pager: Pager::between(&address, &place, range, to("newer", stretch.newer), to("older", stretch.older)),
        more: found.more,
        typed,
        lines,
    })
}

/// The numbers of the entries on a page, as the chain counts them.
fn range(entries: &[Recorded]) -> String {
    match (entries.first(), entries.last()) {
        (Some(first), Some(last)) if first.seq != last.seq => format!("Entries {} to {}", first.seq, last.seq),
        (Some(only), _) => format!("Entry {}", only.seq),
        _ => String::new(),
    }
}

/// Everybody whose name, address or company holds what was typed: entries about them, and what staff of that name did.
async fn named(look: &mut Look, typed: &str, needle: &Needle) -> Result<Parties> {
    let size = PageSize::asked(u16::try_from(MOST_OF_A_KIND).ok());
    let search = Some(needle.clone());
    let users = portal_user::list::Ask { search: search.clone(), size, ..portal_user::list::Ask::default() };
    let users = portal_user::list::list(look, &users).await?.page;
    let contacts = contact::list::Ask { search: search.clone(), size, ..contact::list::Ask::default() };
    let contacts = contact::list::list(look, &contacts).await?.page;
    let clients = client::list::Ask { search, size, ..client::list::Ask::default() };
    let clients = client::list::list(look, &clients).await?.page;
    let staff = staff::store::named(look, typed).await?;
    let more =
        users.next.is_some() || contacts.next.is_some() || clients.next.is_some() || staff.len() > MOST_OF_A_KIND;
    let mut parties: Vec<Party> = Vec::new();
    parties.extend(users.rows.iter().map(|row| Party::About(row.id.0)));
    parties.extend(contacts.rows.iter().map(|row| Party::About(row.id.0)));
    parties.extend(clients.rows.iter().map(|row| Party::About(row.id.0)));
    for member in staff.iter().take(MOST_OF_A_KIND) {
        parties.extend([Party::About(member.id.0), Party::By(member.id.0)]);
    }
    let more = more
        .then_some("More people fit than are looked at here. Type more of the name to be sure of seeing everything.");
    Ok(Parties { parties, more })
}

/// What the entries of a page are about, by id.
struct Names {
    users: HashMap<Uuid, About>,
    contacts: HashMap<Uuid, About>,
    clients: HashMap<Uuid, About>,
}

impl Names {
    async fn of(look: &mut Look, staff: &Staff, entries: &[Recorded], about: Option<Uuid>) -> Result<Self> {
        let subjects = entries.iter().filter_map(|recorded| recorded.entry.as_ref()).flat_map(Entry::subjects);
        let mut ids: Vec<Uuid> = subjects.chain(about).collect();
        ids.sort_unstable();
        ids.dedup();
        let links = |found: Vec<(Uuid, String)>, may: bool, folder: &str| {
            let about =
                |(id, name): (Uuid, String)| (id, About { name, href: may.then(|| format!("/console/{folder}/{id}")) });
            found.into_iter().map(about).collect()
        };
        let (sees_users, sees_clients) =
            (staff.actor.may(Permission::PortalUsersView), staff.actor.may(Permission::ClientsView));
        Ok(Self {
            users: links(portal_user::store::names(look, &ids).await?, sees_users, "portal-users"),
            contacts: links(contact::store::names(look, &ids).await?, sees_clients, "contacts"),
            clients: links(client::store::names(look, &ids).await?, sees_clients, "clients"),
        })
    }

    /// The person first, then their client.
    fn about(&self, subjects: &[Uuid]) -> Vec<About> {
        let first = |names: &HashMap<Uuid, About>| subjects.iter().find_map(|id| names.get(id)).cloned();
        first(&self.contacts).or_else(|| first(&self.users)).into_iter().chain(first(&self.clients)).collect()
    }
}

fn chips(themes: &[Theme], about: Option<Uuid>, names: &Names, address: &Address) -> Vec<Chip> {
    let mut chips: Vec<Chip> = themes
        .iter()
        .map(|theme| Chip {
            text: format!("Action: {}", theme.label()),
            without: address.clone().without_value("theme", theme.code()).href(),
        })
        .collect();
    if let Some(id) = about {
        let name = names.about(&[id]).first().map_or_else(|| "one person".to_owned(), |about| about.name.clone());
        chips.push(Chip { text: format!("About: {name}"), without: address.clone().without("about").href() });
    }
    chips
}

fn line(recorded: &Recorded, names: &Names) -> Line {
    let event = Event::from(recorded);
    let kind = match recorded.actor_kind.as_str() {
        "staff" => "Staff",
        "person" => "Portal user",
        "visitor" => "Not signed in",
        "operator" => "On the server",
        _ => "By itself",
    };
    let subjects = recorded.entry.as_ref().map(Entry::subjects).unwrap_or_default();
    Line { face: Face::of(&event.who), kind, about: names.about(&subjects), address: recorded.address.clone(), event }
}

/// How the log looks, with entries and without.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::base::id::{ClientId, ContactId};
    use crate::web::samples;
    let (contact, client) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let recorded = |seq: i64, entry: Option<Entry>| Recorded {
        seq,
        at: samples::NOW,
        actor_kind: "staff".into(),
        actor_name: "Tom Achterberg".into(),
        address: "203.0.113.24".into(),
        entry,
    };
    let blocked = Entry::ContactBlocked {
        contact: ContactId(contact),
        client: ClientId(client),
        portal_user: None,
        because: "Moved off the Bramble job".into(),
    };
    let about = |name: &str| About { name: name.into(), href: Some("/console/contacts/1".into()) };
    let names = Names {
        users: HashMap::new(),
        contacts: HashMap::from([(contact, about("Devika Rao"))]),
        clients: HashMap::from([(client, about("Bramble Civil"))]),
    };
    let entries = [recorded(9, Some(blocked)), recorded(8, Some(Entry::PortalSwitchedOn {})), recorded(7, None)];
    let page = |entries: &[Recorded]| {
        let (place, address) = (Place::default(), Address::of(PATH));
        samples::rendered(&Log {
            chrome: Chrome::bare("Audit log"),
            console: samples::console_chrome("audit"),
            typed: "devika".into(),
            themes: Vec::new(),
            keep: Vec::new(),
            chips: chips(&[Theme::Access], Some(contact), &names, &address),
            clear: PATH.into(),
            count: count(3, "entry", "entries"),
            lines: entries.iter().map(|entry| line(entry, &names)).collect(),
            more: Some("More people fit than are looked at here."),
            pager: Pager::between(&address, &place, range(entries), None, Some(PATH.into())),
        })
    };
    vec![("console/audit", page(&entries)), ("console/audit-none", page(&[]))]
}
