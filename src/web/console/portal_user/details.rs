//! What is known about a portal user, gathered in one look, and put into lines.

use crate::access::Permission;
use crate::account::{self, Account, session};
use crate::act::{App, Look};
use crate::base::id::PortalUserId;
use crate::base::{Instant, Result};
use crate::business::terms;
use crate::contact::Standing;
use crate::link::{self, LinkedClient, State};
use crate::portal_user::store::{self, Acceptance};
use crate::portal_user::{Disabled, PortalUser};
use crate::web::console::Staff;
use crate::web::device;
use crate::web::parts::{Address, Badge};

/// What is known.
pub(super) struct Details {
    pub user: PortalUser,
    pub account: Account,
    pub reach: Reach,
    pub links: Vec<LinkedClient>,
    pub sessions: Vec<session::Session>,
    pub terms: TermsFacts,
}

/// Whose doors the account opens: what belongs to the person, staff change only where theirs is the only one (PRODUCT.md
/// rule 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// This business's alone.
    OnlyHere,
    /// Also another's.
    Elsewhere,
}

impl Reach {
    /// Whether staff here decide.
    pub fn is_only_here(self) -> bool {
        self == Self::OnlyHere
    }
}

/// The terms: what is current, and what was accepted.
pub(super) struct TermsFacts {
    /// The current version and its day; none where none are published.
    pub current: Option<(i64, String)>,
    /// Whether the current one is accepted.
    pub badge: Option<Badge>,
    /// Every acceptance, the newest first.
    pub accepted: Vec<AcceptanceLine>,
}

/// One acceptance.
pub(super) struct AcceptanceLine {
    pub version: i64,
    pub at: (String, String),
    pub address: String,
}

/// One linked client account, now or before.
pub(super) struct LinkLine {
    pub client: String,
    pub client_href: Option<String>,
    pub contact: String,
    pub contact_href: Option<String>,
    pub role: String,
    pub badge: Badge,
    pub when: String,
    pub block: Option<String>,
    pub unblock: Option<String>,
    pub why: String,
}

/// One session.
pub(super) struct SessionLine {
    pub id: String,
    pub device: String,
    pub agent: String,
    pub address: String,
    pub began: (String, String),
    pub seen: (String, String),
}

/// A moment, for machines and in words.
pub(super) fn moment(at: Instant) -> (String, String) {
    (at.rfc3339(), at.words())
}

/// Who keeps somebody out, and since when.
pub(super) fn disabled_words(disabled: &Disabled) -> String {
    format!("By {} since {}.", disabled.by, disabled.at.words())
}

/// Gathers it.
pub(super) async fn of(look: &mut Look, staff: &Staff, app: &App, id: PortalUserId) -> Result<Details> {
    let user = store::find(look, id).await?;
    let account = account::store::find(&mut look.tx, user.account_id).await?;
    let businesses = account::store::businesses(&mut look.tx, account.id).await?;
    let reach = if businesses == [look.business] { Reach::OnlyHere } else { Reach::Elsewhere };
    let links = link::store::of_user(look, id).await?;
    let now = look.now;
    // Where and when somebody uses another business's portal is nothing that this one learns (PRODUCT.md rule 3).
    let sessions = match reach {
        Reach::OnlyHere => session::of_account(&mut look.tx, account.id, now, app.config.session_idle).await?,
        Reach::Elsewhere => Vec::new(),
    };
    let accepted = store::acceptances(look, id).await?;
    let current = match staff.business.terms_version {
        0 => None,
        _ => terms::current(look).await?.map(|terms| (terms.version, terms.published_at.day())),
    };
    let badge = current.as_ref().map(|(version, _)| standing(user.terms_version, *version));
    let terms = TermsFacts { current, badge, accepted: accepted.iter().map(AcceptanceLine::from).collect() };
    Ok(Details { user, account, reach, links, sessions, terms })
}

fn standing(accepted: i64, current: i64) -> Badge {
    if accepted >= current {
        Badge { text: "Accepted", tone: "ok", icon: "check" }
    } else {
        Badge { text: "Not accepted yet", tone: "warn", icon: "clock" }
    }
}

impl From<&Acceptance> for AcceptanceLine {
    fn from(acceptance: &Acceptance) -> Self {
        Self { version: acceptance.version, at: moment(acceptance.at), address: acceptance.address.clone() }
    }
}

impl From<&session::Session> for SessionLine {
    fn from(session: &session::Session) -> Self {
        Self {
            id: session.id.to_string(),
            device: device::words(&session.device),
            agent: session.device.clone(),
            address: session.address.clone(),
            began: moment(session.created_at),
            seen: moment(session.seen_at),
        }
    }
}

/// A link as a line, with what this staff member may do about it.
pub(super) fn link_line(link: &LinkedClient, staff: &Staff, path: &str) -> LinkLine {
    let blocked = link.contact_portal == Standing::Blocked.code();
    let badge = match (link.state, blocked, link.client_exited_at) {
        (_, true, _) => Badge { text: "Blocked", tone: "bad", icon: "ban" },
        (State::Ended, false, _) => Badge { text: "Ended", tone: "", icon: "minus" },
        (State::Active, false, Some(_)) => Badge { text: "Client has left", tone: "warn", icon: "clock" },
        (State::Active, false, None) => Badge { text: "Connected", tone: "ok dot", icon: "" },
    };
    let when = match (link.ended_at, &link.ended_by) {
        (Some(at), Some(by)) => format!("{} to {}, ended by {by}", link.made_at.day(), at.day()),
        (Some(at), None) => format!("{} to {}", link.made_at.day(), at.day()),
        (None, _) => format!("Since {}", link.made_at.day()),
    };
    let contact = format!("/console/contacts/{}", link.contact_id);
    let may_block = staff.actor.may(Permission::ContactsBlock);
    let may_open = staff.actor.may(Permission::ClientsView);
    let ask = |act: &str| Address::of(format!("{contact}/{act}")).and("back", path).href();
    LinkLine {
        client: link.client_name.clone(),
        client_href: may_open.then(|| format!("/console/clients/{}", link.client_id)),
        contact: format!("{} {}", link.contact_first_name, link.contact_last_name),
        contact_href: may_open.then(|| contact.clone()),
        role: format!("{}, {}", link.role.label(), link.group_name),
        badge,
        when,
        block: (may_block && !blocked && link.state == State::Active).then(|| ask("block")),
        unblock: (may_block && blocked).then(|| ask("unblock")),
        why: format!("{}#access", Address::of(path).and("client", link.client_id.to_string()).href()),
    }
}

#[cfg(test)]
impl TermsFacts {
    /// For samples of pages.
    pub fn sample() -> Self {
        let at = crate::web::samples::NOW;
        let accepted = AcceptanceLine { version: 3, at: moment(at), address: "203.0.113.24".into() };
        Self { current: Some((4, at.day())), badge: Some(standing(3, 4)), accepted: vec![accepted] }
    }
}
