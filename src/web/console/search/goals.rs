//! The pages of the console, and what can be done from anywhere, as the search knows them.

use crate::business::Switch;
use crate::web::console::Staff;
use crate::web::routes::{Access, table};
use axum::http::Method;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A page, or something to do.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// What it is called.
    pub text: &'static str,
    /// Where it is.
    pub href: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Other words that people look for it by.
    also: &'static str,
    kind: Kind,
}

/// What kind of goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// A page to go to: offered before anything was typed.
    Page,
    /// Something to do.
    Deed,
    /// Something to do only while the portal stands so.
    While(Switch),
}

const fn page(text: &'static str, href: &'static str, icon: &'static str, also: &'static str) -> Goal {
    Goal { text, href, icon, also, kind: Kind::Page }
}

const fn deed(text: &'static str, href: &'static str, icon: &'static str, also: &'static str) -> Goal {
    Goal { text, href, icon, also, kind: Kind::Deed }
}

#[rustfmt::skip] // one goal, one line: it is a table
const GOALS: &[Goal] = &[
    page("Overview",                       "/console",                       "grid",     "home start dashboard"),
    page("Portal users",                   "/console/portal-users",          "users",    "people accounts sign-ins"),
    page("Clients",                        "/console/clients",               "building", "companies customers accounts"),
    page("Contacts",                       "/console/contacts",              "card",     "people invite"),
    page("Why can’t they get in?",         "/console/why",                   "help",     "explain access gates locked blocked disabled"),
    page("Invitations",                    "/console/invitations",           "send",     "invited waiting bounced expired mail"),
    page("Access requests",                "/console/requests",              "userplus", "asked ask let in approve refuse"),
    page("Mismatches",                     "/console/mismatches",            "swap",     "differences differ phone email names"),
    page("Import clients and contacts",    "/console/import",                "upload",   "upload csv xlsx excel spreadsheet file"),
    page("Import records",                 "/console/import/records",        "upload",   "upload csv xlsx excel spreadsheet file zip attachments invoices dockets bookings statements documents"),
    page("What clients see",               "/console/features",              "sliders",  "features settings switch off on kinds bookings invoices dockets statements documents"),
    page("Audit log",                      "/console/audit",                 "clock",    "history activity who changed"),
    deed("Add client",                     "/console/clients/new",           "plus",     "new create company customer"),
    deed("Add contact",                    "/console/contacts/new",          "plus",     "new create person"),
    deed("Add New User",                   "/console/portal-users/new",      "plus",     "new create add portal user person"),
    deed("Invite a contact",               "/console/contacts",              "send",     "add new portal user invitation"),
    deed("Export clients as CSV",          "/console/export/clients",        "download", "download file spreadsheet"),
    deed("Export clients as XLSX",         "/console/export/clients?as=xlsx", "download", "download file spreadsheet excel"),
    deed("Export clients and contacts as CSV",  "/console/export/contacts",         "download", "download file spreadsheet people"),
    deed("Export clients and contacts as XLSX", "/console/export/contacts?as=xlsx", "download", "download file spreadsheet excel people"),
    Goal { text: "Switch the portal off",  href: "/console/portal/off",      icon: "ban",    also: "turn disable close settings", kind: Kind::While(Switch::On) },
    Goal { text: "Switch the portal on",   href: "/console/portal/on",       icon: "unlock", also: "turn enable open settings",   kind: Kind::While(Switch::Off) },
];

/// What the router asks of whoever opens a page: said once, there.
static ACCESS: LazyLock<HashMap<&'static str, Access>> = LazyLock::new(|| {
    table().into_iter().filter(|route| route.method == Method::GET).map(|route| (route.path, route.access)).collect()
});

fn access(goal: &Goal) -> Option<Access> {
    let path = goal.href.split('?').next().unwrap_or(goal.href);
    ACCESS.get(path).copied()
}

/// What the staff member may open, and what was typed leads to; before anything was typed, the pages.
pub fn matching<'a>(staff: &'a Staff, folded: &'a str) -> impl Iterator<Item = &'static Goal> + 'a {
    GOALS
        .iter()
        .filter(|goal| may(staff, goal))
        .filter(move |goal| if folded.is_empty() { goal.kind == Kind::Page } else { goal.fits(folded) })
}

fn may(staff: &Staff, goal: &Goal) -> bool {
    let now = match goal.kind {
        Kind::While(portal) => staff.business.portal == portal,
        Kind::Page | Kind::Deed => true,
    };
    now && match access(goal) {
        Some(Access::AnyStaff) => true,
        Some(Access::Staff(permission)) => staff.actor.may(permission),
        Some(Access::Open | Access::Person(_)) | None => false,
    }
}

impl Goal {
    /// Whether each word that was typed begins one of its own.
    fn fits(&self, folded: &str) -> bool {
        let words = || self.text.split(' ').chain(self.also.split(' '));
        folded.split(' ').all(|typed| words().any(|word| word.to_lowercase().replace('’', "'").starts_with(typed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples;

    fn found(staff: &Staff, typed: &str) -> Vec<&'static str> {
        matching(staff, typed).map(|goal| goal.text).collect()
    }

    #[test]
    fn every_goal_is_a_route_of_staff() {
        for goal in GOALS {
            assert!(matches!(access(goal), Some(Access::AnyStaff | Access::Staff(_))), "{} leads nowhere", goal.href);
        }
    }

    #[test]
    fn goals_are_found_by_the_beginnings_of_their_words() {
        let staff = samples::staff();
        assert_eq!(found(&staff, "imp"), ["Import clients and contacts", "Import records"]);
        assert_eq!(found(&staff, "portal off"), ["Switch the portal off"]);
        assert_eq!(
            found(&staff, "switch"),
            ["What clients see", "Switch the portal off"],
            "on is offered while it is off"
        );
        assert_eq!(found(&staff, "excel clients"), found(&staff, "clients excel"));
        assert_eq!(found(&staff, "why can't"), ["Why can’t they get in?"]);
        assert!(found(&staff, "mport").is_empty());
        assert!(found(&staff, "").contains(&"Audit log") && !found(&staff, "").contains(&"Add client"));
    }
}
