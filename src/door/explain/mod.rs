//! "Why can't they get in?": every gate for a person and each client of theirs, with what is known about it and what opens
//! it. The page and the command only put it into words and colours; the decision is the one that the door makes.
//!
//! Staff see what their own business knows. An account that has never come to this business is like none, so that nobody
//! learns from it who is a portal user elsewhere (PRODUCT.md rule 3). What only a contact tells (a person who was never linked,
//! an address much like the one that was asked about) is for those who may see contacts.

mod lines;
mod near;

pub use crate::portal_user::acts::unlock;
pub use near::{Likeness, Near, Nearest, distance};

use crate::access::gates::{Blocked, Decision, Gate, Stand};
use crate::access::{Actor, Permission};
use crate::act::{App, Look};
use crate::base::id::{ClientId, ContactId, PortalUserId};
use crate::base::text::Email;
use crate::base::{Instant, Result};
use crate::business::{self, Business, terms};
use crate::contact::{self, Contact};
use crate::door::facts::{self, Known, Proof, Whom};
use crate::link::LinkedClient;
use crate::mail::outbox::{self, Posted};
use crate::{invitation, link, portal_user};
use lines::Evidence;

/// How many contacts of one address are explained; nobody has more.
const MOST: usize = 50;

/// Why somebody does, or does not, get in.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The address that was asked about.
    pub email: Email,
    /// The moment it is true of.
    pub at: Instant,
    /// The portal user with this address, if the business knows one.
    pub user: Option<PortalUserId>,
    /// The person's name: the account's, else the contact's, else the address.
    pub name: String,
    /// The gates of the business's own door.
    pub door: Vec<Line>,
    /// Each client that the person is, was or could be linked with; those that are come first.
    pub clients: Vec<AtClient>,
    /// Where nobody has this address: who has one much like it.
    pub nearest: Vec<Nearest>,
    /// What was mailed to the address, newest first.
    pub mailed: Vec<Posted>,
    /// In one sentence.
    pub verdict: String,
}

/// The gates for one client.
#[derive(Clone, Debug)]
pub struct AtClient {
    /// The client.
    pub client: ClientId,
    /// Its name.
    pub client_name: String,
    /// The person, as the business records them there.
    pub contact: ContactId,
    /// Every gate, in order.
    pub gates: Vec<Line>,
    /// The decision.
    pub decision: Decision,
    /// In one sentence, naming the person and the client.
    pub verdict: String,
}

/// One gate, as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which.
    pub gate: Gate,
    /// What pages call it.
    pub name: &'static str,
    /// How it stands.
    pub stand: Stand,
    /// What is known about it: who, when, why.
    pub evidence: String,
    /// What opens it, where staff can.
    pub fix: Option<Fix>,
}

/// What staff can do about a closed gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fix {
    /// Invite the contact.
    Invite(ContactId),
    /// Invite the contact once more: the invitation has expired, or its mail may not have arrived.
    Resend(ContactId),
    /// Correct the contact's address, which the mail server refused.
    CorrectAddress(ContactId),
    /// Unblock the contact.
    Unblock(ContactId),
    /// Enable the portal user.
    Enable(PortalUserId),
    /// Restore the portal user.
    Restore(PortalUserId),
    /// Let the person try again at once.
    UnlockNow(PortalUserId),
    /// Switch the portal on.
    SwitchPortalOn,
    /// Look at the client, which has left.
    OpenClient(ClientId),
    /// Look at the portal user whose account the contact is connected with.
    OpenPortalUser(PortalUserId),
}

impl Fix {
    /// What its button says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Invite(_) => "Invite to the portal",
            Self::Resend(_) => "Resend Invite",
            Self::CorrectAddress(_) => "Correct the address",
            Self::Unblock(_) => "Unblock",
            Self::Enable(_) => "Enable",
            Self::Restore(_) => "Restore",
            Self::UnlockNow(_) => "Unlock now",
            Self::SwitchPortalOn => "Switch the portal on",
            Self::OpenClient(_) => "Open the client",
            Self::OpenPortalUser(_) => "Open the portal user",
        }
    }
}

/// Explain why the person with an address does, or does not, get in.
///
/// # Errors
/// `Forbidden`.
pub async fn explain(app: &App, actor: &Actor, email: &Email) -> Result<Explanation> {
    actor.must(Permission::PortalUsersView)?;
    let mut look = app.look(actor).await?;
    let business_id = look.business;
    let business = business::store::find(&mut look.tx, business_id).await?;
    let mut known = facts::known(&mut look, &business, Whom::Email(&email.key()), Proof::Asking).await?;
    if known.person.as_ref().is_some_and(|person| person.user.is_none() && person.deleted.is_none()) {
        known.forget_person();
    }
    let sees_contacts = actor.may(Permission::ClientsView);
    let contacts = if sees_contacts { contact::store::with_email(&mut look, &email.key()).await? } else { Vec::new() };
    let user = known.person.as_ref().and_then(|person| person.user.clone().or_else(|| person.deleted.clone()));
    let name = match (&known.person, contacts.first()) {
        (Some(person), _) => person.account.name(),
        (None, Some(contact)) => contact.name(),
        (None, None) => email.to_string(),
    };
    let terms = terms::current(&mut look).await?;
    let evidence = Evidence { business: &business, known: &known, email, terms: terms.as_ref() };

    let mut clients = Vec::new();
    for tie in ties(&mut look, user.as_ref()).await? {
        let contact = contact::store::find(&mut look, tie.contact_id).await?;
        clients.push(at_client(&mut look, &evidence, &name, Place::Tied(&tie, &contact)).await?);
    }
    for contact in contacts.iter().take(MOST) {
        if clients.iter().all(|at: &AtClient| at.contact != contact.id && at.client != contact.client_id) {
            clients.push(at_client(&mut look, &evidence, &name, Place::Untied(contact)).await?);
        }
    }
    let nearest =
        if user.is_none() && contacts.is_empty() { near::nearest(&mut look, actor, email).await? } else { Vec::new() };
    let mailed = outbox::to(&mut look.tx, business_id, email, 50).await?;
    let verdict = if user.is_none() && !sees_contacts {
        format!(
            "No portal user has the address {email}. Somebody who may see contacts can tell whether a contact has it."
        )
    } else {
        verdict(&known, &business, email, &name, &clients)
    };
    Ok(Explanation {
        email: email.clone(),
        at: known.now,
        user: user.map(|user| user.id),
        door: evidence.of_the_door(known.at_the_door()),
        name,
        clients,
        nearest,
        mailed,
        verdict,
    })
}

/// What ties the person to each client, or last did: one per client, those that hold first.
async fn ties(look: &mut Look, user: Option<&portal_user::PortalUser>) -> Result<Vec<LinkedClient>> {
    let Some(user) = user else { return Ok(Vec::new()) };
    let mut ties: Vec<LinkedClient> = Vec::new();
    for tie in link::store::of_user(look, user.id).await? {
        if ties.len() < MOST && ties.iter().all(|before| before.client_id != tie.client_id) {
            ties.push(tie);
        }
    }
    Ok(ties)
}

/// Where a person stands at a client.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Linked, now or before.
    Tied(&'a LinkedClient, &'a Contact),
    /// Known as a contact; never linked with this person.
    Untied(&'a Contact),
}

async fn at_client(look: &mut Look, evidence: &Evidence<'_>, name: &str, place: Place<'_>) -> Result<AtClient> {
    let (decision, contact) = match place {
        Place::Tied(tie, contact) => (evidence.known.at_client(tie), contact),
        Place::Untied(contact) => {
            let blocked = if contact.blocked().is_some() { Blocked::Yes } else { Blocked::No };
            (evidence.known.without_tie(blocked), contact)
        }
    };
    let invitation = invitation::store::of_contact(look, contact.id, 1).await?.into_iter().next();
    let business = look.business;
    let letter = match &invitation {
        Some(invitation) => outbox::posted(&mut look.tx, business, &[invitation.letter_id]).await?.pop(),
        None => None,
    };
    let invited = invitation.as_ref().map(|invitation| (invitation, letter.as_ref()));
    let other = match link::store::of_contact(look, contact.id).await? {
        Some(link) if !matches!(place, Place::Tied(tie, _) if tie.id == link.id) => {
            Some(portal_user::store::find(look, link.portal_user_id).await?)
        }
        _ => None,
    };
    let link_line = evidence.link(place, contact, invited, other.as_ref());
    let gates = evidence.of_a_client(decision, place, link_line);
    let verdict = sentence(evidence.known, &decision, name, &contact.company);
    Ok(AtClient {
        client: contact.client_id,
        client_name: contact.company.clone(),
        contact: contact.id,
        gates,
        decision,
        verdict,
    })
}

/// The answer in one sentence.
fn verdict(known: &Known, business: &Business, email: &Email, name: &str, clients: &[AtClient]) -> String {
    match clients {
        [] if known.person.is_none() => format!("{} knows nobody with the address {email}.", business.name),
        [] => {
            let door = known.at_the_door();
            if door.lets_in() {
                format!("{name} can sign in, but is not linked to any client.")
            } else {
                sentence(known, &door, name, business.name.as_str())
            }
        }
        [only] => only.verdict.clone(),
        several => {
            let open = several.iter().filter(|at| at.decision.lets_in()).count();
            match several.iter().find(|at| !at.decision.lets_in()) {
                None => format!("{name} gets in to all {open} clients."),
                Some(closed) => format!("{name} gets in to {open} of {} clients. {}", several.len(), closed.verdict),
            }
        }
    }
}

fn sentence(known: &Known, decision: &Decision, name: &str, place: &str) -> String {
    let Some(gate) = decision.first_closed() else { return format!("{name} gets in to {place}.") };
    let why = match gate {
        Gate::AccountExists => "there is no account yet",
        Gate::NotLocked => "too many wrong passwords were tried",
        Gate::Credential => "no password is set yet",
        Gate::SecondFactor => "the second factor is missing",
        Gate::PasswordFresh => return format!("{name} gets in to {place} after choosing a new password."),
        Gate::PortalEnabled => "the portal is switched off",
        Gate::NotDisabled if known.deleted().is_some() => "the portal user is deleted",
        Gate::NotDisabled => "the portal user is disabled",
        Gate::Linked => "nothing links them to it",
        Gate::ClientCurrent => "it is no longer a client",
        Gate::TermsAccepted => return format!("{name} gets in to {place} after accepting the current terms."),
        Gate::FeatureOn => "the feature is switched off",
        Gate::GroupMaySee => "their group may not see it",
    };
    format!("{name} does not get in to {place}: {why}.")
}
