//! What the gates are asked about, gathered in one place: sign-in, every request of the portal, `vestibule explain` and the
//! panel "Why can't they get in?" all decide on the same facts.

use crate::access::gates::{
    AccountFacts, Allowed, Blocked, Credential, Decision, Facts, LinkFacts, LinkQuestion, PortalUserFacts, decide,
};
use crate::access::{RecordKind, Sight};
use crate::account::throttle::{self, Standing};
use crate::act::Scope;
use crate::base::id::{AccountId, ClientId};
use crate::base::text::EmailKey;
use crate::base::{Error, Instant, Result};
use crate::business::{Business, Switch};
use crate::link::{self, LinkedClient, State};
use crate::portal_user::PortalUser;
use crate::portal_user::store::{self, Person};

/// Whom the gates are asked about.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// The person with this account.
    Account(AccountId),
    /// The person with this address.
    Email(&'a EmailKey),
}

/// How the person has shown who they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// By a live session, or by the right password a moment ago. The lock is not asked again: a session that is open stays
    /// open, whoever guesses.
    Given,
    /// Not at all: somebody asks why the person does not get in.
    Asking,
}

/// What is known about a person at a business's door.
#[derive(Clone, Debug)]
pub struct Known {
    /// The moment of asking.
    pub now: Instant,
    /// The account and the portal user.
    pub person: Option<Person>,
    /// Failed attempts on the account; only where the lock is asked.
    pub standing: Standing,
    proof: Proof,
    portal: Switch,
    features: Sight,
    terms_current: i64,
    exit_grace_days: i64,
}

/// Gathers what is known about a person: one query, and one for the lock where it is asked.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(scope: &mut Scope, business: &Business, whom: Whom<'_>, proof: Proof) -> Result<Known> {
    let person = match whom {
        Whom::Account(id) => store::person(scope, id).await?,
        Whom::Email(key) => store::person_with_email(scope, key).await?,
    };
    let now = scope.now;
    let standing = match (&person, proof) {
        (Some(person), Proof::Asking) => throttle::standing(&mut scope.tx, person.account.id, now).await?,
        _ => Standing::default(),
    };
    Ok(Known {
        now,
        person,
        standing,
        proof,
        portal: business.portal,
        features: business.features.clone(),
        terms_current: business.terms_version,
        exit_grace_days: business.exit_grace_days,
    })
}

impl Known {
    /// The portal user whom the business has deleted, if the person is one.
    #[must_use]
    pub fn deleted(&self) -> Option<&PortalUser> {
        self.person.as_ref().and_then(|person| person.deleted.as_ref())
    }

    /// As if there were nobody: for those who may not know that there is somebody.
    pub fn forget_person(&mut self) {
        self.person = None;
        self.standing = Standing::default();
    }

    /// Decides about the door of the business itself.
    #[must_use]
    pub fn at_the_door(&self) -> Decision {
        decide(&self.facts(LinkQuestion::NotAsked))
    }

    /// Decides about one client's things.
    #[must_use]
    pub fn at_client(&self, tie: &LinkedClient) -> Decision {
        decide(&self.facts(question(tie)))
    }

    /// Decides about one kind of a client's records: the same gates, and the last two.
    #[must_use]
    pub fn at_records(&self, tie: &LinkedClient, kind: RecordKind) -> Decision {
        let allowed = |sight: &Sight| if sight.sees(kind) { Allowed::Yes } else { Allowed::No };
        let facts = self.facts(question(tie));
        decide(&Facts { feature: allowed(&self.features), group: allowed(&tie.sight()), ..facts })
    }

    /// The record kinds of a client that are open to the person.
    #[must_use]
    pub fn open_records(&self, tie: &LinkedClient) -> Sight {
        RecordKind::ALL.iter().copied().filter(|kind| self.at_records(tie, *kind).lets_in()).collect()
    }

    /// Decides about a client that nothing ties the person to.
    #[must_use]
    pub fn without_tie(&self, blocked: Blocked) -> Decision {
        decide(&self.facts(LinkQuestion::None(blocked)))
    }

    fn facts(&self, link: LinkQuestion) -> Facts {
        let account = self.person.as_ref().map(|person| AccountFacts {
            locked_until: self.standing.locked_until,
            credential: match (self.proof, &person.account.password_hash) {
                (Proof::Given, _) => Credential::Right,
                (Proof::Asking, Some(_)) => Credential::Set,
                (Proof::Asking, None) => Credential::Missing,
            },
            password_due_since: person.account.password_due_since,
        });
        let user = self.person.as_ref().and_then(|person| person.user.as_ref().or(person.deleted.as_ref()));
        Facts {
            now: self.now,
            account,
            second_factor: Allowed::NotAsked,
            portal: match self.portal {
                Switch::On => Allowed::Yes,
                Switch::Off => Allowed::No,
            },
            terms_current: self.terms_current,
            exit_grace_days: self.exit_grace_days,
            portal_user: user.map(|user| PortalUserFacts {
                disabled_at: user.disabled.as_ref().map(|d| d.at),
                deleted_at: user.deleted.as_ref().map(|d| d.at),
                terms_accepted: user.terms_version,
            }),
            link,
            feature: Allowed::NotAsked,
            group: Allowed::NotAsked,
        }
    }
}

fn question(tie: &LinkedClient) -> LinkQuestion {
    let blocked =
        if tie.contact_portal == crate::contact::Standing::Blocked.code() { Blocked::Yes } else { Blocked::No };
    match tie.state {
        State::Active => LinkQuestion::Linked(LinkFacts { blocked, client_exited_at: tie.client_exited_at }),
        State::Ended => LinkQuestion::None(blocked),
    }
}

/// What ties a person to a client: one query.
///
/// # Errors
/// `NotFound` where nothing ever did: a client that was never theirs is like one that never was.
pub async fn tie(scope: &mut Scope, known: &Known, client: ClientId) -> Result<LinkedClient> {
    let user = known.person.as_ref().and_then(|person| person.user.as_ref());
    let tie = match user {
        Some(user) => link::store::tie(scope, user.id, client).await?,
        None => None,
    };
    tie.ok_or(Error::NotFound("The client account"))
}
