//! The Client Portal panel of a contact: how it stands, since when and by whom, and what can be done about it.

use crate::access::Permission;
use crate::act::Scope;
use crate::base::{Instant, Result};
use crate::business::Switch;
use crate::client::{Client, Status};
use crate::contact::{Contact, Portal, Standing};
use crate::invitation::list::Row;
use crate::invitation::{Progress, Side, State as Stored};
use crate::link::{self, State};
use crate::portal_user;
use crate::web::console::Staff;
use crate::web::parts::Badge;

/// A moment, for a page: for machines, and in words.
pub type Moment = (String, String);

/// The panel.
pub struct Panel {
    pub badge: Badge,
    pub state: PanelState,
    /// Why no invitation can go out now, or what holds it up.
    pub notice: Option<String>,
    pub may_invite: bool,
    pub may_block: bool,
}

/// How the contact stands.
pub enum PanelState {
    /// Not connected, and no invitation is open.
    None,
    /// An invitation is open, or was until it expired.
    Invited(InvitationLine),
    /// Linked to a portal user.
    Connected(Connected),
    /// Kept out.
    Blocked(Blocked),
}

/// Who a contact is linked to.
pub struct Connected {
    pub user_path: String,
    pub may_open: bool,
    pub name: String,
    pub email: String,
    /// The invited address, where it is another than the account's.
    pub invited_as: String,
    pub role: String,
    pub since: Moment,
    pub last_sign_in: Option<Moment>,
    pub also: Vec<String>,
    pub disabled: bool,
}

/// Why a contact is kept out.
pub struct Blocked {
    pub since: Moment,
    pub by: String,
    pub because: String,
    pub was: Option<Was>,
}

/// Who a blocked contact was linked to.
pub struct Was {
    pub user_path: String,
    pub may_open: bool,
    pub name: String,
    /// Where that account still works.
    pub still: Vec<String>,
}

/// One invitation, as a line.
pub struct InvitationLine {
    pub badge: Badge,
    pub email: String,
    pub by: String,
    pub sent: Moment,
    pub expires: Moment,
    /// What else is known: when it was opened, why it bounced.
    pub notes: Vec<(String, Option<Moment>)>,
    pub bounced: Option<String>,
}

/// A moment for a page.
pub fn moment(at: Instant) -> Moment {
    (at.rfc3339(), at.words())
}

/// Reads the panel.
pub async fn panel(
    scope: &mut Scope,
    staff: &Staff,
    contact: &Contact,
    client: &Client,
    invitations: &[Row],
) -> Result<Panel> {
    let may_open = staff.actor.may(Permission::PortalUsersView);
    let mut badge = Badge::from(contact.portal.standing());
    let state = match &contact.portal {
        Portal::None => PanelState::None,
        Portal::Invited => match invitations.iter().find(|row| row.progress.stored() == Stored::Open) {
            Some(row) => {
                if row.progress == Progress::Expired {
                    badge = Badge { text: "Invitation expired", tone: "warn", icon: "clock" };
                }
                PanelState::Invited(InvitationLine::from(row))
            }
            None => PanelState::None,
        },
        Portal::Connected => connected(scope, contact, may_open).await?,
        Portal::Blocked(block) => PanelState::Blocked(Blocked {
            since: moment(block.at),
            by: block.by.clone(),
            because: block.because.clone(),
            was: was_linked(scope, contact, may_open).await?,
        }),
    };
    let exited = client.status == Status::Exited;
    let waits = matches!(contact.portal.standing(), Standing::None | Standing::Invited);
    let notice = match (waits, exited, staff.business.portal) {
        (true, true, _) => Some(format!("{} is no longer a client, so its people can’t be invited.", client.name)),
        (true, false, Switch::Off) => {
            Some("The client portal is off. An invitation is held, and leaves when the portal is switched on.".into())
        }
        _ => None,
    };
    Ok(Panel {
        badge,
        state,
        notice,
        may_invite: waits && !exited && staff.actor.may(Permission::ContactsInvite),
        may_block: staff.actor.may(Permission::ContactsBlock),
    })
}

async fn connected(scope: &mut Scope, contact: &Contact, may_open: bool) -> Result<PanelState> {
    let Some(tie) = link::store::of_contact(scope, contact.id).await? else { return Ok(PanelState::None) };
    let user = portal_user::store::find(scope, tie.portal_user_id).await?;
    let links = link::store::of_user(scope, user.id).await?;
    let group = links.iter().find(|l| l.id == tie.id).map(|l| l.group_name.clone()).unwrap_or_default();
    let also = links.iter().filter(|l| l.state == State::Active && l.id != tie.id);
    Ok(PanelState::Connected(Connected {
        user_path: format!("/console/portal-users/{}", user.id),
        may_open,
        invited_as: if tie.invited_email == user.email { String::new() } else { tie.invited_email.to_string() },
        role: format!("{}, {group} group", tie.role.label()),
        since: moment(tie.made_at),
        last_sign_in: user.signed_in_ever().then(|| moment(user.last_sign_in_at)),
        also: also.map(|l| l.client_name.clone()).collect(),
        disabled: user.disabled.is_some(),
        name: user.name,
        email: user.email.to_string(),
    }))
}

async fn was_linked(scope: &mut Scope, contact: &Contact, may_open: bool) -> Result<Option<Was>> {
    let Some(tie) = link::store::ended_of_contact(scope, contact.id).await? else { return Ok(None) };
    let user = portal_user::store::find(scope, tie.portal_user_id).await?;
    let links = link::store::of_user(scope, user.id).await?;
    Ok(Some(Was {
        user_path: format!("/console/portal-users/{}", user.id),
        may_open,
        name: user.name,
        still: links.iter().filter(|l| l.state == State::Active).map(|l| l.client_name.clone()).collect(),
    }))
}

impl From<&Row> for InvitationLine {
    fn from(row: &Row) -> Self {
        let mut notes = Vec::new();
        if let Some(at) = row.opened_at {
            notes.push(("Opened".to_owned(), Some(moment(at))));
        }
        let ended = match row.progress {
            Progress::Accepted => Some("Accepted"),
            Progress::Revoked => Some("Withdrawn"),
            Progress::Replaced => Some("Replaced by a newer one"),
            _ => None,
        };
        if let Some((word, at)) = ended.zip(row.ended_at) {
            notes.push((word.to_owned(), Some(moment(at))));
        }
        let failed = matches!(row.progress, Progress::Bounced | Progress::NotSent);
        Self {
            badge: row.progress.into(),
            email: row.email.clone(),
            by: match row.side {
                Side::Business => row.by.clone(),
                Side::Client => format!("{}, one of the client’s own people, as {}", row.by, row.role.label()),
            },
            sent: moment(row.created_at),
            expires: moment(row.expires_at),
            notes,
            bounced: failed.then(|| row.mail_error.clone().unwrap_or_else(|| "The mail server gave no reason.".into())),
        }
    }
}

/// The panel in every state.
#[cfg(test)]
pub fn sample_panels() -> Vec<(&'static str, Panel)> {
    use crate::web::samples::NOW;
    let panel = |standing: Standing, state: PanelState, notice: Option<&str>| Panel {
        badge: standing.into(),
        state,
        notice: notice.map(ToOwned::to_owned),
        may_invite: true,
        may_block: true,
    };
    let connected = Connected {
        user_path: "/console/portal-users/3".into(),
        may_open: true,
        name: "Joel Okafor".into(),
        email: "joel.okafor@marlow.example.com".into(),
        invited_as: "joel@marlow.example.com".into(),
        role: "Member, Default group".into(),
        since: moment(NOW.plus_days(-90)),
        last_sign_in: Some(moment(NOW.plus_days(-7))),
        also: vec!["Dockside Strata Committee".into()],
        disabled: true,
    };
    let blocked = Blocked {
        since: moment(NOW),
        by: "Hana Whitlock".into(),
        because: "Changed employer".into(),
        was: Some(Was {
            user_path: "/console/portal-users/3".into(),
            may_open: true,
            name: "Joel Okafor".into(),
            still: vec!["Dockside Strata Committee".into()],
        }),
    };
    let invited = || PanelState::Invited(sample_invitations().remove(0));
    vec![
        ("console/contact", panel(Standing::None, PanelState::None, None)),
        ("console/contact-invited", panel(Standing::Invited, invited(), Some("The client portal is off."))),
        ("console/contact-connected", panel(Standing::Connected, PanelState::Connected(connected), None)),
        ("console/contact-blocked", panel(Standing::Blocked, PanelState::Blocked(blocked), None)),
    ]
}

/// An invitation that bounced, and one that was replaced.
#[cfg(test)]
pub fn sample_invitations() -> Vec<InvitationLine> {
    use crate::web::samples::NOW;
    let line = |progress: Progress, notes: Vec<(String, Option<Moment>)>, bounced: Option<String>| InvitationLine {
        badge: progress.into(),
        email: "joel@marlow.example.com".into(),
        by: "Hana Whitlock".into(),
        sent: moment(NOW),
        expires: moment(NOW.plus_days(14)),
        notes,
        bounced,
    };
    vec![
        line(Progress::Bounced, Vec::new(), Some("550 5.1.1 The mailbox does not exist".into())),
        line(Progress::Replaced, vec![("Opened".into(), Some(moment(NOW))), ("Replaced".into(), None)], None),
    ]
}
