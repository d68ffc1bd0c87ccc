//! The overview: how the portal stands, and what needs somebody.

use crate::access::Permission;
use crate::act::{App, Look};
use crate::audit;
use crate::base::Result;
use crate::base::text::Slug;
use crate::contact::Standing;
use crate::listing::{self, List};
use crate::portal_user::{Facet, Seen, Status};
use crate::request;
use crate::web::answer::{self, Answer};
use crate::web::chrome::{Chrome, ConsoleChrome};
use crate::web::console::bulk::{self, Running};
use crate::web::console::{Staff, count, number};
use crate::web::timeline::Event;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "console/overview.html")]
struct Overview {
    chrome: Chrome,
    console: ConsoleChrome,
    first_name: String,
    /// Where the clients' portal is: the whole address, and as people read it.
    portal: (String, String),
    users: Users,
    contacts: Contacts,
    attention: Vec<Attention>,
    events: Vec<Event>,
    running: Vec<Running>,
}

/// How many portal users stand how, as words.
struct Users {
    all: String,
    never_signed_in: String,
    disabled: String,
    disabled_or_blocked: String,
}

/// How many contacts stand how, as words.
struct Contacts {
    all: String,
    not_connected: String,
    invited: String,
    blocked: String,
}

/// Something that needs somebody.
struct Attention {
    href: &'static str,
    title: String,
    sub: &'static str,
    icon: &'static str,
    tone: &'static str,
}

/// The same as numbers.
#[derive(Default)]
struct Tallies {
    users: i64,
    disabled: i64,
    never_signed_in: i64,
    terms_open: i64,
    contacts: i64,
    invited: i64,
    blocked: i64,
    not_connected: i64,
    requests: i64,
    mismatches: i64,
}

/// Shows it.
pub async fn show(State(app): State<App>, chrome: Chrome, staff: Staff) -> Answer {
    let mut look = staff.look(&app).await?;
    let console = staff.chrome(&mut look, "overview").await?;
    let tallies = tallies(&mut look, staff.business.terms_version).await?;
    let mut events = Vec::new();
    if staff.actor.may(Permission::AuditView) {
        let business = look.business;
        events = audit::latest(&mut look.tx, business, None, 8).await?.iter().map(Event::from).collect();
    }
    answer::page(&Overview {
        chrome: chrome.titled("Overview"),
        first_name: staff.actor.name().split_whitespace().next().unwrap_or_default().to_owned(),
        portal: portal_at(&app.config.address, &staff.business.slug),
        users: Users {
            all: number(tallies.users),
            never_signed_in: number(tallies.never_signed_in),
            disabled: number(tallies.disabled),
            disabled_or_blocked: number(tallies.disabled + tallies.blocked),
        },
        contacts: Contacts {
            all: number(tallies.contacts),
            not_connected: number(tallies.not_connected),
            invited: number(tallies.invited),
            blocked: number(tallies.blocked),
        },
        attention: attention(&tallies, &console, &staff),
        running: bulk::running(&mut look, &staff).await?,
        console,
        events,
    })
}

/// The address to tell clients, and the same without what nobody reads out.
fn portal_at(address: &str, slug: &Slug) -> (String, String) {
    let whole = format!("{address}/portal/{slug}");
    let short = whole.split_once("://").map_or(whole.as_str(), |(_, place)| place).to_owned();
    (whole, short)
}

async fn tallies(look: &mut Look, terms_version: i64) -> Result<Tallies> {
    let mut t = Tallies::default();
    for (facet, n) in listing::tally(look, List::PortalUsers).await? {
        let Some(facet) = Facet::of_code(&facet).filter(|facet| facet.status != Status::Deleted) else { continue };
        t.users += n;
        if facet.status == Status::Disabled {
            t.disabled += n;
        } else if facet.terms_version < terms_version {
            t.terms_open += n;
        }
        if facet.seen == Seen::Never {
            t.never_signed_in += n;
        }
    }
    for (facet, n) in listing::tally(look, List::Contacts).await? {
        t.contacts += n;
        match Standing::of_code(&facet) {
            Some(Standing::Invited) => t.invited += n,
            Some(Standing::Connected) => {}
            Some(Standing::Blocked) => t.blocked += n,
            Some(Standing::None) | None => t.not_connected += n,
        }
    }
    t.requests = request::waiting(look).await?;
    t.mismatches = listing::tally(look, List::Mismatches).await?.iter().map(|(_, n)| n).sum();
    Ok(t)
}

fn attention(t: &Tallies, console: &ConsoleChrome, staff: &Staff) -> Vec<Attention> {
    let mut items = Vec::new();
    if t.contacts == 0 && console.may_see("import") {
        items.push(Attention {
            href: "/console/import",
            title: "Import your clients and contacts".into(),
            sub: "From a CSV or XLSX file. You see what would change before anything does",
            icon: "upload",
            tone: "info",
        });
    }
    if !console.portal_on {
        let may = staff.actor.may(Permission::SettingsManage);
        items.push(Attention {
            href: if may { "/console/portal/on" } else { "/console" },
            title: "The client portal is off".into(),
            sub: if may {
                "Nobody of any client gets in until you switch it on"
            } else {
                "Nobody of any client gets in until somebody who may change the portal’s settings switches it on"
            },
            icon: "ban",
            tone: "bad",
        });
    }
    if t.requests > 0 && console.may_see("requests") {
        items.push(Attention {
            href: "/console/requests",
            title: format!("{} for a decision", count(t.requests, "access request waits", "access requests wait")),
            sub: "Somebody asked to be let in and matched no contact that may be invited",
            icon: "userplus",
            tone: "warn",
        });
    }
    if t.terms_open > 0 && console.may_see("portal-users") {
        items.push(Attention {
            href: "/console/portal-users?terms=outdated&terms=never",
            title: format!(
                "{} accepted version {} of the terms",
                count(t.terms_open, "person hasn’t", "people haven’t"),
                staff.business.terms_version
            ),
            sub: "They are asked at the next sign-in",
            icon: "doc",
            tone: "warn",
        });
    }
    if t.invited > 0 && console.may_see("invitations") {
        items.push(Attention {
            href: "/console/invitations",
            title: format!("{} waiting", count(t.invited, "invitation", "invitations")),
            sub: "Sent, or on the way, and not accepted yet",
            icon: "send",
            tone: "info",
        });
    }
    if t.never_signed_in > 0 && console.may_see("portal-users") {
        items.push(Attention {
            href: "/console/portal-users?never=yes",
            title: format!("{} never signed in", count(t.never_signed_in, "portal user has", "portal users have")),
            sub: "They have an account but have not used it here",
            icon: "clock",
            tone: "warn",
        });
    }
    if t.mismatches > 0 && console.may_see("mismatches") {
        items.push(Attention {
            href: "/console/mismatches",
            title: format!("{} between contacts and portal accounts", count(t.mismatches, "difference", "differences")),
            sub: "People changed their own details. Use theirs or keep yours",
            icon: "swap",
            tone: "info",
        });
    }
    items
}

/// How it looks, before anything happened and after.
#[cfg(test)]
pub fn samples() -> Vec<(&'static str, String)> {
    use crate::web::samples;
    let page = |tallies: &Tallies, events: Vec<Event>| {
        let console = samples::console_chrome("overview");
        let n = number;
        samples::rendered(&Overview {
            chrome: Chrome::bare("Overview"),
            first_name: "Hana".into(),
            portal: portal_at("https://portal.tidewater.example.com", &samples::business().slug),
            users: Users {
                all: n(tallies.users),
                never_signed_in: n(tallies.never_signed_in),
                disabled: n(tallies.disabled),
                disabled_or_blocked: n(tallies.disabled + tallies.blocked),
            },
            contacts: Contacts {
                all: n(tallies.contacts),
                not_connected: n(tallies.not_connected),
                invited: n(tallies.invited),
                blocked: n(tallies.blocked),
            },
            attention: attention(tallies, &console, &samples::staff()),
            console,
            events,
            running: Vec::new(),
        })
    };
    let some = Tallies {
        users: 412,
        never_signed_in: 9,
        terms_open: 23,
        contacts: 1_204,
        invited: 38,
        requests: 2,
        mismatches: 23,
        ..Tallies::default()
    };
    vec![
        ("console/overview", page(&some, samples::events())),
        ("console/overview-new", page(&Tallies::default(), Vec::new())),
    ]
}
