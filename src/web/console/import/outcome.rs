//! What a file does, or did, in words and numbers.

use crate::import::{About, Findings, Sorts, State as Stage};
use crate::web::console::{count, number};

/// The four numbers, and what they are made of.
pub(super) struct Numbers {
    pub new: Stat,
    pub changed: Stat,
    pub unchanged: Stat,
    pub refused: Stat,
}

/// One number.
pub(super) struct Stat {
    pub value: String,
    pub text: String,
}

/// What stands below the title.
pub(super) fn lede(stage: Stage, findings: &Findings) -> String {
    let counts = &findings.counts;
    let rows = count(counts.new + counts.changed + counts.unchanged + counts.refused, "row", "rows");
    match stage {
        Stage::Ready => format!("{rows} in the file. Nothing has been written yet."),
        Stage::Running => "You can leave this page. The import carries on, and the result is kept here.".into(),
        Stage::Done => format!("{rows} in the file. This is what became of them."),
    }
}

/// What the button does; none where there is nothing to do.
pub(super) fn verb(about: About, findings: &Findings) -> Option<String> {
    if about == About::Records {
        let records = findings.records.new + findings.records.changed;
        return (records > 0).then(|| format!("Import {}", count(records, "record", "records")));
    }
    let people = findings.contacts.new + findings.contacts.changed;
    let clients = findings.clients.new + findings.clients.changed;
    match (people, clients) {
        (0, 0) => None,
        (0, clients) => Some(format!("Import {}", count(clients, "client", "clients"))),
        (people, _) => Some(format!("Import {}", count(people, "person", "people"))),
    }
}

/// What was done, in one sentence.
pub(super) fn outcome(about: About, findings: &Findings) -> String {
    let did = |sorts: &Sorts, one: &str, several: &str| {
        format!("{} added, {} changed", count(sorts.new, one, several), number(sorts.changed))
    };
    let mut text = match about {
        About::People => {
            let contacts = did(&findings.contacts, "contact", "contacts");
            format!("{contacts}; {}.", did(&findings.clients, "client", "clients"))
        }
        About::Records => {
            let files = count(findings.files, "file", "files");
            format!("{}; {files} attached.", did(&findings.records, "record", "records"))
        }
    };
    if findings.counts.refused > 0 {
        text.push_str(&format!(" {} left out.", count(findings.counts.refused, "row was", "rows were")));
    }
    text
}

impl Numbers {
    pub(super) fn of(about: About, findings: &Findings, stage: Stage) -> Self {
        let Findings { counts, clients, contacts, .. } = findings;
        let made_of = |contacts: i64, clients: i64| {
            format!("{}, {}", count(contacts, "contact", "contacts"), count(clients, "client", "clients"))
        };
        let refused = match (counts.refused, stage) {
            (0, _) => "Every row can be read",
            (_, Stage::Done) => "Left out",
            _ => "Left out unless you fix them",
        };
        let stat = |n: i64, text: String| Stat { value: number(n), text };
        let (new, changed) = match about {
            About::People => (made_of(contacts.new, clients.new), made_of(contacts.changed, clients.changed)),
            About::Records => {
                (format!("With {} in all", count(findings.files, "file", "files")), "Only what differs".to_owned())
            }
        };
        Self {
            new: stat(counts.new, new),
            changed: stat(counts.changed, changed),
            unchanged: stat(counts.unchanged, "The same already".into()),
            refused: stat(counts.refused, refused.into()),
        }
    }
}

/// A size, as people read it.
pub(super) fn bytes(size: i64) -> String {
    match size {
        0..1024 => count(size, "byte", "bytes"),
        1024..1_048_576 => format!("{} KB", number(size / 1024)),
        _ => format!("{}.{} MB", number(size / 1_048_576), (size % 1_048_576) * 10 / 1_048_576),
    }
}
