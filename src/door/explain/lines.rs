//! What is known about each gate, in a sentence: who, when, why.

use super::{Fix, Line, Place};
use crate::access::gates::{Decision, Gate, Stand};
use crate::account::throttle;
use crate::base::Instant;
use crate::base::text::Email;
use crate::business::Business;
use crate::business::terms::Terms;
use crate::contact::{Contact, Portal};
use crate::door::facts::Known;
use crate::invitation::{Invitation, Progress};
use crate::link::State;
use crate::mail::outbox::{self, Posted};
use crate::portal_user::PortalUser;

/// What a gate's line says, and what opens it.
pub(super) type Said = (String, Option<Fix>);

/// Everything that lines are made of.
pub(super) struct Evidence<'a> {
    pub(super) business: &'a Business,
    pub(super) known: &'a Known,
    pub(super) email: &'a Email,
    pub(super) terms: Option<&'a Terms>,
}

/// What pages call a gate.
fn name_of(gate: Gate) -> &'static str {
    match gate {
        Gate::AccountExists => "Has an account",
        Gate::NotLocked => "Not locked",
        Gate::Credential => "Has a password",
        Gate::SecondFactor => "Second factor",
        Gate::PasswordFresh => "No password change due",
        Gate::PortalEnabled => "Portal is on",
        Gate::NotDisabled => "Portal user is enabled",
        Gate::Linked => "Linked, and not blocked",
        Gate::ClientCurrent => "Client is active",
        Gate::TermsAccepted => "Current terms accepted",
        Gate::FeatureOn => "Feature is on",
        Gate::GroupMaySee => "Group may see it",
    }
}

/// `: “because”`, or nothing.
fn quoted(because: &str) -> String {
    if because.is_empty() { String::new() } else { format!(": “{because}”") }
}

fn wait(seconds: i64) -> String {
    match seconds.max(1) {
        1 => "a second".into(),
        s @ 2..=90 => format!("{s} seconds"),
        s => format!("{} minutes", (s + 59) / 60),
    }
}

fn attempts(n: i64) -> String {
    if n == 1 { "One wrong attempt".into() } else { format!("{n} wrong attempts") }
}

/// What the person's group may see at a client.
fn group(place: Place<'_>) -> Said {
    match place {
        Place::Tied(tie, _) => {
            (format!("{}, {}: may see {}.", tie.group_name, tie.role.label(), tie.sight().label()), None)
        }
        Place::Untied(_) => ("Asked for each kind of records.".into(), None),
    }
}

impl Evidence<'_> {
    /// The gates of the business's own door.
    pub(super) fn of_the_door(&self, decision: Decision) -> Vec<Line> {
        self.lines(decision, |_, _| ("Asked for each client.".into(), None), &("Asked for each client.".into(), None))
    }

    /// The gates for one client.
    pub(super) fn of_a_client(&self, decision: Decision, place: Place<'_>, link: Said) -> Vec<Line> {
        let of_place = |gate, stand| match gate {
            Gate::GroupMaySee => group(place),
            _ => self.client(stand, place),
        };
        self.lines(decision, of_place, &link)
    }

    fn lines(&self, decision: Decision, client: impl Fn(Gate, Stand) -> Said, link: &Said) -> Vec<Line> {
        let line = |(gate, stand)| {
            let (evidence, fix) = match gate {
                Gate::AccountExists => self.account(),
                Gate::NotLocked => self.lock(stand),
                Gate::Credential => self.credential(stand),
                Gate::SecondFactor => ("None is required here.".into(), None),
                // Asked for each kind of records; what is said here is which are open.
                Gate::FeatureOn => (format!("Switched on: {}.", self.business.features.label()), None),
                Gate::PasswordFresh => self.password_due(stand),
                Gate::PortalEnabled => self.portal(stand),
                Gate::NotDisabled => self.disabled(stand),
                Gate::Linked => link.clone(),
                Gate::ClientCurrent | Gate::GroupMaySee => client(gate, stand),
                Gate::TermsAccepted => self.terms(stand),
            };
            Line { gate, name: name_of(gate), stand, evidence, fix }
        };
        decision.gates().map(line).collect()
    }

    fn user(&self) -> Option<&PortalUser> {
        self.known.person.as_ref().and_then(|person| person.user.as_ref().or(person.deleted.as_ref()))
    }

    fn account(&self) -> Said {
        let said = match &self.known.person {
            Some(person) => format!("{} since {}.", person.account.email, person.account.created_at.day()),
            None => format!("No account of {} has come to {}.", self.email, self.business.name),
        };
        (said, None)
    }

    fn lock(&self, stand: Stand) -> Said {
        let (failures, known) = (self.known.standing.failures, self.known.standing.known_failures);
        match (stand, self.known.standing.locked_until) {
            (Stand::Unknown, _) => ("There is no account to lock.".into(), None),
            (_, Some(until)) => {
                // How long, not until when: whoever reads it is in a time zone of their own.
                let until = if until == throttle::FOR_GOOD {
                    "closed until a new password is set".to_owned()
                } else {
                    format!("opens by itself in {}", wait(until.seconds_since(self.known.now)))
                };
                let whence = if failures >= known {
                    "from browsers that never signed in to it"
                } else {
                    "from their own browser"
                };
                let said = format!("{} in a row {whence}; {until}.", attempts(failures.max(known)));
                (said, self.user().map(|user| Fix::UnlockNow(user.id)))
            }
            (_, None) if failures + known > 0 => {
                (format!("{} since the last sign-in.", attempts(failures + known)), None)
            }
            _ => ("No wrong attempts since the last sign-in.".into(), None),
        }
    }

    fn credential(&self, stand: Stand) -> Said {
        let said = match (stand, self.known.person.as_ref().and_then(|person| person.account.password_set_at)) {
            (Stand::Unknown, _) => "There is no account yet.".into(),
            (Stand::Open, Some(at)) => format!("Set on {}.", at.day()),
            (Stand::Open, None) => "Set.".into(),
            _ => "None is set yet. The person sets one with “Forgotten your password?”.".into(),
        };
        (said, None)
    }

    fn password_due(&self, stand: Stand) -> Said {
        let said = match (stand, self.known.person.as_ref().and_then(|person| person.account.password_due_since)) {
            (Stand::Unknown, _) => "There is no account yet.".into(),
            (_, Some(since)) => {
                format!("Required since {}. The person chooses a new one at the next sign-in.", since.day())
            }
            (_, None) => "None is due.".into(),
        };
        (said, None)
    }

    fn portal(&self, stand: Stand) -> Said {
        let since = self.business.portal_since.day();
        match stand {
            Stand::Closed => (format!("Switched off since {since}, for everybody."), Some(Fix::SwitchPortalOn)),
            _ => (format!("On since {since}."), None),
        }
    }

    fn disabled(&self, stand: Stand) -> Said {
        match (stand, self.user()) {
            (Stand::Unknown, _) | (_, None) => ("There is no portal user yet.".into(), None),
            (_, Some(PortalUser { id, deleted: Some(d), .. })) => {
                let said = format!("Deleted by {} on {}; can be restored until {}.", d.by, d.at.day(), d.until().day());
                (said, Some(Fix::Restore(*id)))
            }
            (_, Some(user)) => match &user.disabled {
                Some(d) => {
                    let said = format!("Disabled by {} on {}{}.", d.who(), d.at.day(), quoted(&d.because));
                    (said, Some(Fix::Enable(user.id)))
                }
                None => (format!("A portal user since {}, not disabled.", user.created_at.day()), None),
            },
        }
    }

    fn terms(&self, stand: Stand) -> Said {
        let Some(terms) = self.terms else { return ("The business has published no terms.".into(), None) };
        let (current, published) = (terms.version, terms.published_at.day());
        let said = match (stand, self.user()) {
            (Stand::Unknown, _) | (_, None) => format!("Version {current} of {published}; nobody there to accept it."),
            (_, Some(user)) if user.terms_version == 0 => {
                format!("Version {current} of {published} is not accepted yet; the person is asked at the next visit.")
            }
            (Stand::Open, Some(user)) => format!("Version {} accepted on {}.", user.terms_version, user.terms_at.day()),
            (_, Some(user)) => format!(
                "Version {} was accepted on {}; version {current} of {published} is not. The person is asked at the next visit.",
                user.terms_version,
                user.terms_at.day()
            ),
        };
        (said, None)
    }

    fn client(&self, stand: Stand, place: Place<'_>) -> Said {
        let Place::Tied(tie, _) = place else { return ("Asked once they are linked.".into(), None) };
        let left = tie.client_exited_at.map(|at| (at.day(), grace_ends(at, self.business)));
        match (stand, left) {
            (Stand::Closed, Some((at, until))) => {
                let said = format!("{} left on {at}; its people got in until {until}.", tie.client_name);
                (said, Some(Fix::OpenClient(tie.client_id)))
            }
            (Stand::Open, Some((at, until))) => {
                (format!("{} left on {at}; its people get in until {until}.", tie.client_name), None)
            }
            (Stand::Unknown, _) => ("Asked once they are linked.".into(), None),
            _ => (format!("{} is a client.", tie.client_name), None),
        }
    }

    /// What ties the person to a client, or why nothing does.
    pub(super) fn link(
        &self,
        place: Place<'_>,
        contact: &Contact,
        invitation: Option<Invited<'_>>,
        other: Option<&PortalUser>,
    ) -> Said {
        if let Some(block) = contact.blocked() {
            let said = format!(
                "{} is blocked from the portal, by {} since {}{}. Unblock the contact, then invite again.",
                contact.name(),
                block.by,
                block.at.day(),
                quoted(&block.because)
            );
            return (said, Some(Fix::Unblock(contact.id)));
        }
        if let Some(user) = other {
            let said = format!("{} is connected as {}.", contact.name(), user.email);
            return (said, Some(Fix::OpenPortalUser(user.id)));
        }
        if self.user().is_some_and(|user| user.deleted.is_some()) {
            return ("Ended when the portal user was deleted; restoring makes it again.".into(), None);
        }
        match place {
            Place::Tied(tie, _) if tie.state == State::Active => {
                let said = format!(
                    "{} in {} since {}, through the contact {}.",
                    tie.role.label(),
                    tie.group_name,
                    tie.made_at.day(),
                    contact.name()
                );
                (said, None)
            }
            Place::Tied(tie, _) => {
                let ended = match (tie.ended_at, &tie.ended_by) {
                    (Some(at), Some(by)) => format!("The link ended on {}, by {by}.", at.day()),
                    _ => "The link has ended.".into(),
                };
                let (said, fix) = self.invited(invitation, contact);
                (format!("{ended} {said}"), fix)
            }
            Place::Untied(_) => self.invited(invitation, contact),
        }
    }

    /// How far the newest invitation has come, and what helps it on.
    fn invited(&self, invited: Option<Invited<'_>>, contact: &Contact) -> Said {
        let Some((invitation, letter)) = invited else { return ("Never invited.".into(), invite(contact)) };
        let by = format!("Invited by {} on {}", invitation.invited_by_name, invitation.created_at.day());
        let ended = invitation.ended_at.map(Instant::day).unwrap_or_default();
        let until = invitation.expires_at.day();
        let opened = if invitation.opened_at.is_some() { "; its page was looked at" } else { "" };
        let refused = quoted(letter.and_then(|letter| letter.last_error.as_deref()).unwrap_or_default());
        let resend = invite(contact).map(|_| Fix::Resend(contact.id));
        match invitation.progress(letter.map_or(outbox::State::Cancelled, |letter| letter.state), self.known.now) {
            Progress::Queued => (format!("{by}; the mail waits for its turn."), resend),
            Progress::Held => (format!("{by}; the mail waits until the portal is switched on."), None),
            Progress::Bounced => {
                (format!("{by}; the mail server refused the address{refused}."), Some(Fix::CorrectAddress(contact.id)))
            }
            Progress::NotSent => (format!("{by}; the mail could not be sent{refused}."), resend),
            Progress::Sent | Progress::Opened => {
                (format!("{by}{opened}; the invitation can be accepted until {until}."), resend)
            }
            Progress::Expired => (format!("{by}{opened}; the invitation expired on {until}."), resend),
            Progress::Accepted => (format!("{by}; accepted on {ended}."), invite(contact)),
            Progress::Revoked => (format!("{by}; withdrawn on {ended}."), invite(contact)),
            Progress::Replaced => (format!("{by}; replaced on {ended}."), invite(contact)),
        }
    }
}

/// An invitation, with its letter.
pub(super) type Invited<'a> = (&'a Invitation, Option<&'a Posted>);

/// Inviting opens it, also once more after it has ended.
fn invite(contact: &Contact) -> Option<Fix> {
    (contact.portal != Portal::Connected).then_some(Fix::Invite(contact.id))
}

fn grace_ends(exited: Instant, business: &Business) -> String {
    exited.plus_days(business.exit_grace_days).day()
}
