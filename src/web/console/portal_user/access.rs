//! "Why can't they get in?" (P8) as people read it: the verdict, then every gate in the order in which sign-in asks it, with
//! what is known about it and the button that opens it. What it shows is what the door decides.

use crate::access::gates::{Decision, Gate, Stand};
use crate::access::{Actor, Permission};
use crate::act::App;
use crate::base::id::ClientId;
use crate::base::text::Email;
use crate::base::{Instant, Result};
use crate::door::explain::{self, Explanation, Line};
use crate::web::console::{Staff, count, portal_user};
use crate::web::parts::Address;

/// The answer for one person and one of their clients.
pub struct Panel {
    /// `ok`, `warn` where only the person has something to do, `bad`.
    pub tone: &'static str,
    /// Names the person and the client.
    pub title: String,
    /// How many gates are closed.
    pub text: String,
    /// When it was asked, for machines and in words.
    pub at: (String, String),
    /// Where the form for the client leads, and what else it keeps.
    pub action: String,
    /// See `action`.
    pub keep: Vec<(&'static str, String)>,
    /// The clients that can be asked about.
    pub clients: Vec<Choice>,
    /// The address that asks again.
    pub again: String,
    /// Whether too many wrong passwords have locked the sign-in.
    pub locked: bool,
    /// The gates.
    pub gates: Vec<GateLine>,
}

/// A client that can be asked about.
pub struct Choice {
    /// Its id.
    pub value: String,
    /// Its name.
    pub text: String,
    /// Whether it is the one that is explained.
    pub chosen: bool,
}

/// One gate in the answer to "Why can't they get in?".
#[derive(Clone, Debug)]
pub struct GateLine {
    /// `ok`, `bad`, `warn`, or nothing where it was not asked.
    pub tone: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// What must hold, as a fact: `Contact is allowed`.
    pub name: String,
    /// `Open`, `Closed`, `Waiting on Devika`.
    pub state: String,
    /// Who, when, why.
    pub evidence: String,
    /// The button that opens it.
    pub fix: Option<Fix>,
}

/// A button that opens a gate.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Its words; an ellipsis means that a question comes first.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// How.
    pub how: How,
}

impl Fix {
    /// Whether a question comes first.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.how == How::Asks
    }

    /// Whether it acts at once.
    #[must_use]
    pub fn acts(&self) -> bool {
        self.how == How::AtOnce
    }
}

/// How a button acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// At once.
    AtOnce,
    /// After a question.
    Asks,
    /// It leads to the page where it is done.
    Leads,
}

/// Asks about a person, and puts the answer into words.
///
/// # Errors
/// `Forbidden`.
pub async fn of(app: &App, staff: &Staff, email: &Email, client: Option<ClientId>, path: &str) -> Result<Panel> {
    let explanation = explain::explain(app, &staff.actor, email).await?;
    Ok(panel(&explanation, &staff.actor, client, &Address::of(path)))
}

/// The answer in words. `address` is the page that shows it, without the choice of a client.
#[must_use]
pub fn panel(explanation: &Explanation, actor: &Actor, client: Option<ClientId>, address: &Address) -> Panel {
    let chosen = explanation
        .clients
        .iter()
        .find(|at| Some(at.client) == client)
        .or_else(|| explanation.clients.iter().find(|at| !at.decision.lets_in()))
        .or(explanation.clients.first());
    let first_name = explanation.name.split_whitespace().next().unwrap_or(&explanation.name);
    let again = match chosen {
        Some(at) => address.clone().with("client", at.client.to_string()).href(),
        None => address.href(),
    };
    let lines = chosen.map_or(&explanation.door, |at| &at.gates);
    let (tone, title) = match chosen {
        Some(at) => verdict(at.decision.first_closed(), at.decision, &explanation.name, &at.client_name, &at.verdict),
        None => of_the_door(explanation),
    };
    Panel {
        tone,
        title,
        text: summary(lines),
        at: (explanation.at.rfc3339(), clock(explanation.at)),
        action: address.path().to_owned(),
        keep: address.keep(&["client"]),
        clients: explanation
            .clients
            .iter()
            .map(|at| Choice {
                value: at.client.to_string(),
                text: format!("{}: {}", at.client_name, in_short(at.decision)),
                chosen: chosen.is_some_and(|chosen| chosen.client == at.client),
            })
            .collect(),
        locked: lines.iter().any(|line| line.gate == Gate::NotLocked && line.stand == Stand::Closed),
        gates: lines.iter().map(|line| gate_line(line, actor, first_name, &format!("{again}#access"))).collect(),
        again,
    }
}

/// How somebody stands at a client, beside its name.
fn in_short(decision: Decision) -> String {
    let stands = |stand: Stand| decision.gates().filter(|(_, s)| *s == stand).count();
    match (decision.lets_in(), stands(Stand::Closed)) {
        (true, _) => "gets in".into(),
        (false, 0) => "waiting on them".into(),
        (false, n) => count(i64::try_from(n).unwrap_or(i64::MAX), "gate closed", "gates closed"),
    }
}

fn clock(at: Instant) -> String {
    at.timestamp().strftime("%-I:%M %P UTC").to_string()
}

/// Where only the person has something to do, they are not kept out: the next sign-in asks them.
fn verdict(
    closed: Option<Gate>,
    decision: Decision,
    name: &str,
    place: &str,
    sentence: &str,
) -> (&'static str, String) {
    let waits = |gate: Gate| decision.of(gate) == Stand::WaitingOnPerson && gate != Gate::Credential;
    match closed {
        None => ("ok", format!("{name} gets in to {place}")),
        Some(gate) if waits(gate) && !decision.gates().any(|(_, stand)| stand == Stand::Closed) => {
            ("warn", sentence.trim_end_matches('.').to_owned())
        }
        Some(_) => ("bad", format!("{name} can’t get in to {place}")),
    }
}

fn of_the_door(explanation: &Explanation) -> (&'static str, String) {
    let sentence = explanation.verdict.trim_end_matches('.').to_owned();
    let stands = |stand: Stand| explanation.door.iter().any(|line| line.stand == stand);
    match (explanation.user, stands(Stand::Closed), stands(Stand::WaitingOnPerson)) {
        (Some(_), false, _) => ("warn", sentence),
        _ => ("bad", sentence),
    }
}

fn summary(lines: &[Line]) -> String {
    let asked = lines.iter().filter(|line| line.stand != Stand::NotAsked).count();
    let rest = lines.len() - asked;
    let of = |stand: Stand| lines.iter().filter(|line| line.stand == stand).count();
    let (closed, waiting) = (of(Stand::Closed), of(Stand::WaitingOnPerson));
    let asked = count(i64::try_from(asked).unwrap_or_default(), "gate", "gates");
    let verb = |n: usize| if n == 1 { "is" } else { "are" };
    match (closed, waiting) {
        (0, 0) => format!("{asked} open, {rest} not needed here."),
        (0, n) => format!("{n} of {asked} {} waiting on the person.", verb(n)),
        (n, 0) => format!("{n} of {asked} {} closed.", verb(n)),
        (n, m) => format!("{n} of {asked} {} closed, {m} {} waiting on the person.", verb(n), verb(m)),
    }
}

fn gate_line(line: &Line, actor: &Actor, first_name: &str, back: &str) -> GateLine {
    let (tone, icon, state) = match line.stand {
        Stand::Open => ("ok", "check", "Open".to_owned()),
        Stand::Closed => ("bad", "x", "Closed".to_owned()),
        Stand::WaitingOnPerson => ("warn", "clock", format!("Waiting on {first_name}")),
        Stand::Unknown => ("", "minus", "Can’t be asked yet".to_owned()),
        Stand::NotAsked => ("", "minus", "Not needed".to_owned()),
    };
    GateLine {
        tone,
        icon,
        name: line.name.to_owned(),
        state,
        evidence: line.evidence.clone(),
        fix: line.fix.and_then(|fix| button(fix, actor, back)),
    }
}

/// The button that opens a gate, for those who may.
fn button(fix: explain::Fix, actor: &Actor, back: &str) -> Option<Fix> {
    use explain::Fix as Opens;
    let user = |id, act: &str| format!("{}/{act}", portal_user::path_of(id));
    let (needs, how, path) = match fix {
        Opens::Invite(contact) | Opens::Resend(contact) => {
            (Permission::ContactsInvite, How::AtOnce, format!("/console/contacts/{contact}/invite"))
        }
        Opens::CorrectAddress(contact) => {
            (Permission::ClientsEdit, How::Leads, format!("/console/contacts/{contact}#email"))
        }
        Opens::Unblock(contact) => {
            (Permission::ContactsBlock, How::Asks, format!("/console/contacts/{contact}/unblock"))
        }
        Opens::Enable(id) => (Permission::PortalUsersManage, How::AtOnce, user(id, "enable")),
        Opens::Restore(id) => (Permission::PortalUsersDelete, How::AtOnce, user(id, "restore")),
        Opens::UnlockNow(id) => (Permission::PortalUsersManage, How::AtOnce, user(id, "unlock")),
        Opens::SwitchPortalOn => (Permission::SettingsManage, How::Asks, "/console/portal/on".to_owned()),
        Opens::OpenClient(client) => (Permission::ClientsView, How::Leads, format!("/console/clients/{client}")),
        Opens::OpenPortalUser(id) => (Permission::PortalUsersView, How::Leads, portal_user::path_of(id)),
    };
    let text = match how {
        How::Asks => format!("{}…", fix.label()),
        How::AtOnce | How::Leads => fix.label().to_owned(),
    };
    let href = match how {
        How::Leads => path,
        How::AtOnce | How::Asks => Address::of(path).and("back", back).href(),
    };
    actor.may(needs).then_some(Fix { text, href, how })
}

/// A panel for samples of pages.
#[cfg(test)]
pub fn sample(tone: &'static str) -> Panel {
    let gate = |tone, icon, name: &str, state: &str, fix| GateLine {
        tone,
        icon,
        name: name.into(),
        state: state.into(),
        evidence: "Tom Achterberg blocked this contact on 18 November: “Moved off the Bramble job”.".into(),
        fix,
    };
    let fix = |text: &str, how| Some(Fix { text: text.into(), href: "/console/contacts/1/unblock".into(), how });
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), chosen: value == "1" };
    Panel {
        tone,
        title: format!("Devika Rao {} to Bramble Civil", if tone == "ok" { "gets in" } else { "can’t get in" }),
        text: "2 of 8 gates are closed, 1 is waiting on the person.".into(),
        at: ("2026-11-22T09:41:00Z".into(), "9:41 am UTC".into()),
        action: "/console/portal-users/1".into(),
        keep: vec![("q", "devika.rao@bramble.example.com".into())],
        clients: vec![choice("1", "Bramble Civil: 2 gates closed"), choice("2", "Northbank Events: gets in")],
        again: "/console/portal-users/1?client=1".into(),
        locked: false,
        gates: vec![
            gate("ok", "check", "Has an account", "Open", None),
            gate("bad", "x", "Not locked", "Closed", fix("Unlock now", How::AtOnce)),
            gate("bad", "x", "Linked, and not blocked", "Closed", fix("Unblock…", How::Asks)),
            gate("warn", "clock", "Current terms accepted", "Waiting on Devika", fix("Open the client", How::Leads)),
            gate("", "minus", "Second factor", "Not needed", None),
        ],
    }
}
