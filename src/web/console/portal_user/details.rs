//! What is known about a portal user, gathered in one look, and put into lines.

use crate::access::Permission;
use crate::account::{self, Account, session};
use crate::act::{App, Look};
use crate::base::id::{ContactId, PortalUserId};
use crate::base::{Instant, Result};
use crate::business::terms;
use crate::contact::{self, Contact, Portal, Standing};
use crate::language::Language;
use crate::link::{self, LinkedClient, State};
use crate::portal_user::PortalUser;
use crate::portal_user::proposal::{self, Proposal};
use crate::portal_user::store::{self, Acceptance};
use crate::web::console::Staff;
use crate::web::device;
use crate::web::parts::{Address, Badge};

/// What is known.
pub(super) struct Details {
    pub user: PortalUser,
    pub account: Account,
    pub reach: Reach,
    pub links: Vec<LinkedClient>,
    /// The contacts with the person's address that nothing ties to anybody.
    pub unlinked: Vec<Contact>,
    pub proposals: Vec<Proposal>,
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
    /// The digest of the text that was accepted.
    pub digest: String,
}

impl AcceptanceLine {
    /// The beginning of the digest: enough to tell two texts apart.
    pub fn short(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
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
    pub place: Option<String>,
    pub unlink: Option<String>,
    /// Inviting, in the first words, and where it is posted.
    pub invite: Option<(&'static str, String)>,
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

/// Gathers it.
pub(super) async fn of(look: &mut Look, staff: &Staff, app: &App, id: PortalUserId) -> Result<Details> {
    let user = store::find(look, id).await?;
    let account = account::store::find(&mut look.tx, user.account_id).await?;
    let businesses = account::store::businesses(&mut look.tx, account.id).await?;
    let reach = if businesses == [look.business] { Reach::OnlyHere } else { Reach::Elsewhere };
    let links = link::store::of_user(look, id).await?;
    let with_address = contact::store::with_email(look, &user.email.key()).await?;
    let unlinked = with_address
        .into_iter()
        .filter(|contact| contact.portal != Portal::Connected && links.iter().all(|link| link.contact_id != contact.id))
        .collect();
    let now = look.now;
    let mut proposals = proposal::store::open_of(look, id).await?;
    // A new password has taken back what the person asked for before.
    proposals.retain(|proposal| proposal.standing(&account, now) != proposal::Standing::Withdrawn);
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
    Ok(Details { user, account, reach, links, unlinked, proposals, sessions, terms })
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
        Self {
            version: acceptance.version,
            at: moment(acceptance.at),
            address: acceptance.address.clone(),
            digest: acceptance.digest.clone(),
        }
    }
}

impl From<&session::Session> for SessionLine {
    fn from(session: &session::Session) -> Self {
        Self {
            id: session.id.to_string(),
            device: device::words(&session.device, Language::En),
            agent: session.device.clone(),
            address: session.address.clone(),
            began: moment(session.created_at),
            seen: moment(session.seen_at),
        }
    }
}

/// Every client that the person is, was or could be linked with, with what this staff member may do about it.
pub(super) fn link_lines(
    links: &[LinkedClient],
    unlinked: &[Contact],
    staff: &Staff,
    user: &PortalUser,
    path: &str,
) -> Vec<LinkLine> {
    let mut invited: Vec<ContactId> = links.iter().filter(|l| l.state == State::Active).map(|l| l.contact_id).collect();
    let mut lines = Vec::new();
    for link in links {
        let mut line = link_line(link, staff, path);
        if user.deleted.is_some() {
            (line.place, line.unlink) = (None, None);
        }
        // Once for each contact: through one, several links may have come and gone.
        if link.state == State::Active || user.disabled.is_some() || invited.contains(&link.contact_id) {
            line.invite = None;
        }
        invited.push(link.contact_id);
        lines.push(line);
    }
    lines.extend(unlinked.iter().map(|contact| {
        let line = contact_line(contact, staff, path);
        LinkLine { invite: line.invite.filter(|_| user.disabled.is_none()), ..line }
    }));
    lines
}

/// A contact with the person's address, who is not linked.
fn contact_line(contact: &Contact, staff: &Staff, path: &str) -> LinkLine {
    let href = format!("/console/contacts/{}", contact.id);
    let standing = contact.portal.standing();
    let may_open = staff.actor.may(Permission::ClientsView);
    let may_block = staff.actor.may(Permission::ContactsBlock);
    let blocked = contact.blocked().is_some();
    let ask = |act: &str| Address::of(format!("{href}/{act}")).and("back", path).href();
    LinkLine {
        client: contact.company.clone(),
        client_href: may_open.then(|| format!("/console/clients/{}", contact.client_id)),
        contact: contact.name(),
        contact_href: may_open.then(|| href.clone()),
        role: String::new(),
        badge: match standing {
            Standing::Invited => Badge { text: "Invited", tone: "info ring", icon: "" },
            Standing::Blocked => Badge { text: "Blocked", tone: "bad", icon: "ban" },
            Standing::None | Standing::Connected => Badge { text: "Not connected", tone: "", icon: "minus" },
        },
        when: "Has the same email".to_owned(),
        place: None,
        unlink: None,
        invite: invite(standing, staff, ask("invite")),
        block: (may_block && !blocked).then(|| ask("block")),
        unblock: (may_block && blocked).then(|| ask("unblock")),
        why: format!("{}#access", Address::of(path).and("client", contact.client_id.to_string()).href()),
    }
}

fn invite(standing: Standing, staff: &Staff, action: String) -> Option<(&'static str, String)> {
    match standing {
        _ if !staff.actor.may(Permission::ContactsInvite) => None,
        Standing::None => Some(("Invite to portal", action)),
        Standing::Invited => Some(("Resend Invite", action)),
        Standing::Connected | Standing::Blocked => None,
    }
}

/// A link as a line, with what this staff member may do about it.
fn link_line(link: &LinkedClient, staff: &Staff, path: &str) -> LinkLine {
    let standing = Standing::of_code(&link.contact_portal).unwrap_or(Standing::Connected);
    let blocked = standing == Standing::Blocked;
    let may_manage = link.state == State::Active && staff.actor.may(Permission::PortalUsersManage);
    let own = |act: &str| format!("{path}/links/{}{act}", link.id);
    let badge = match (link.state, blocked, link.client_exited_at) {
        (_, true, _) => Badge { text: "Blocked", tone: "bad", icon: "ban" },
        (State::Ended, false, _) if standing == Standing::Invited => {
            Badge { text: "Invited again", tone: "info ring", icon: "" }
        }
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
        place: may_manage.then(|| own("")),
        unlink: may_manage.then(|| own("/remove")),
        invite: invite(standing, staff, ask("invite")),
        block: (may_block && !blocked && link.state == State::Active).then(|| ask("block")),
        unblock: (may_block && blocked).then(|| ask("unblock")),
        why: format!("{}#access", Address::of(path).and("client", link.client_id.to_string()).href()),
    }
}

/// Lines for samples of pages.
#[cfg(test)]
pub(super) fn sample_lines() -> Vec<LinkLine> {
    use crate::web::samples;
    let (staff, path) = (samples::staff(), "/console/portal-users/1");
    let mut lines: Vec<LinkLine> = samples::linked_clients().iter().map(|link| link_line(link, &staff, path)).collect();
    let contact = LinkLine {
        badge: Badge { text: "Invited", tone: "info ring", icon: "" },
        invite: Some(("Resend Invite", "/console/contacts/1/invite".into())),
        place: None,
        unlink: None,
        ..link_line(&samples::linked_clients().remove(0), &staff, path)
    };
    lines.push(contact);
    lines
}

#[cfg(test)]
impl TermsFacts {
    /// For samples of pages.
    pub fn sample() -> Self {
        let at = crate::web::samples::NOW;
        let accepted = AcceptanceLine {
            version: 3,
            at: moment(at),
            address: "203.0.113.24".into(),
            digest: "9f86d081884c7d65".into(),
        };
        Self { current: Some((4, at.day())), badge: Some(standing(3, 4)), accepted: vec![accepted] }
    }
}
