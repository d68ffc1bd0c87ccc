//! The places of the portal, as the bar above every page of a client account shows them.

use crate::access::RecordKind;
use crate::web::chrome::{Chrome, PortalTab};
use crate::web::portal::{Person, records};

/// A place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Here {
    /// What is shared, at a glance.
    Home,
    /// What is shared, of a kind.
    Records(RecordKind),
    /// The people, for those who look after them.
    Company,
    /// Anywhere else.
    Elsewhere,
}

impl Person {
    /// The places that this person may go to at the client that they are at.
    #[must_use]
    pub fn tabs(&self, here: Here, page: &Chrome) -> Vec<PortalTab> {
        let Some(client) = &self.door.client else { return Vec::new() };
        let home = format!("{}/clients/{}", self.base(), client.client_id);
        let company = format!("{home}/company");
        let record = |kind: RecordKind| PortalTab {
            text: records::several(kind, page),
            href: format!("{home}/{}", kind.path()),
            icon: kind.icon(),
            here: here == Here::Records(kind),
        };
        let records: Vec<PortalTab> = self.door.records.kinds().map(record).collect();
        let mut tabs =
            vec![PortalTab { text: page.say("home").into(), href: home, icon: "home", here: here == Here::Home }];
        tabs.extend(records);
        if self.charge().is_ok() {
            let text = page.say("company-title").into();
            tabs.push(PortalTab { text, href: company, icon: "users", here: here == Here::Company });
        }
        tabs
    }
}
