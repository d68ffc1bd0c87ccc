//! The gates (PRODUCT.md section 4): one pure decision about whether a portal user gets in to a client's things. Sign-in,
//! every portal request, `vestibule explain` and the panel "Why can't they get in?" all ask it, so what staff are shown is
//! what the door does.

use crate::base::Instant;

/// One condition that must hold, in the order in which they are asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Gate {
    /// There is an account with this address.
    AccountExists,
    /// Not locked after too many attempts.
    NotLocked,
    /// The password (or other credential) is right.
    Credential,
    /// The second factor was given, where it is asked for.
    SecondFactor,
    /// No password change is due.
    PasswordFresh,
    /// The business's portal is on.
    PortalEnabled,
    /// The portal user is not disabled, and not deleted.
    NotDisabled,
    /// The person is linked to the client through a contact that is not blocked.
    Linked,
    /// The client has not exited, or is within its grace.
    ClientCurrent,
    /// The current terms are accepted.
    TermsAccepted,
    /// The feature is switched on.
    FeatureOn,
    /// The person's group may see it.
    GroupMaySee,
}

impl Gate {
    /// All gates, in order.
    pub const ALL: [Gate; 12] = [
        Self::AccountExists,
        Self::NotLocked,
        Self::Credential,
        Self::SecondFactor,
        Self::PasswordFresh,
        Self::PortalEnabled,
        Self::NotDisabled,
        Self::Linked,
        Self::ClientCurrent,
        Self::TermsAccepted,
        Self::FeatureOn,
        Self::GroupMaySee,
    ];

    /// How tests, commands and addresses name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AccountExists => "account_exists",
            Self::NotLocked => "not_locked",
            Self::Credential => "credential",
            Self::SecondFactor => "second_factor",
            Self::PasswordFresh => "password_fresh",
            Self::PortalEnabled => "portal_enabled",
            Self::NotDisabled => "not_disabled",
            Self::Linked => "linked",
            Self::ClientCurrent => "client_current",
            Self::TermsAccepted => "terms_accepted",
            Self::FeatureOn => "feature_on",
            Self::GroupMaySee => "group_may_see",
        }
    }
}

/// How a gate stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    /// It holds.
    Open,
    /// It does not; somebody else must open it.
    Closed,
    /// The person opens it, at the next sign-in.
    WaitingOnPerson,
    /// It cannot be asked yet, because of one before it.
    Unknown,
    /// It is not asked here.
    NotAsked,
}

impl Stand {
    /// Whether the person gets past it.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Open | Self::NotAsked)
    }
}

/// What is known about a person's credential where the gates are asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Credential {
    /// Just given and right, or proved by a live session.
    Right,
    /// Just given and wrong.
    Wrong,
    /// The person has one; it was not given here (explaining).
    Set,
    /// The person has none yet.
    Missing,
}

/// What is known about the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountFacts {
    /// Locked until then, if it is. A live session is not asked: nobody locks somebody else out.
    pub locked_until: Option<Instant>,
    /// The credential.
    pub credential: Credential,
    /// Since when a password change is due.
    pub password_due_since: Option<Instant>,
}

/// What is known about the business's view of the person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PortalUserFacts {
    /// Since when the portal user is disabled.
    pub disabled_at: Option<Instant>,
    /// Since when it is deleted.
    pub deleted_at: Option<Instant>,
    /// The version of the terms that the person accepted last; 0 for none.
    pub terms_accepted: i64,
}

/// What is known about the tie to the client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkFacts {
    /// Whether the contact is blocked.
    pub blocked: Blocked,
    /// Since when the client is no longer one.
    pub client_exited_at: Option<Instant>,
}

/// Whether a contact is blocked from the portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blocked {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// Whether a thing that is asked for may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowed {
    /// It may.
    Yes,
    /// It may not.
    No,
    /// No particular thing is asked for: the home page.
    NotAsked,
}

/// Everything the decision depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The moment of asking.
    pub now: Instant,
    /// The account, if there is one.
    pub account: Option<AccountFacts>,
    /// The second factor, where one is asked for.
    pub second_factor: Allowed,
    /// Whether the business's portal is on.
    pub portal: Allowed,
    /// The business's current terms; 0 where it has none.
    pub terms_current: i64,
    /// Days for which the people of a client that has left still get in.
    pub exit_grace_days: i64,
    /// The person as the business sees them, if it knows them.
    pub portal_user: Option<PortalUserFacts>,
    /// The tie to the client that is asked about.
    pub link: LinkQuestion,
    /// Whether the feature is switched on for the client.
    pub feature: Allowed,
    /// Whether the person's group may see it.
    pub group: Allowed,
}

/// Which client is asked about, and what ties the person to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkQuestion {
    /// No client is asked about: the door of the business itself. A person without any link signs in and is told so kindly.
    NotAsked,
    /// There is no tie, and the contact (if any) is blocked or not.
    None(Blocked),
    /// There is a tie.
    Linked(LinkFacts),
}

/// The decision: how every gate stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    stands: [Stand; 12],
}

impl Decision {
    /// Every gate with its stand, in order.
    pub fn gates(&self) -> impl Iterator<Item = (Gate, Stand)> + '_ {
        Gate::ALL.into_iter().zip(self.stands)
    }

    /// How one gate stands.
    #[must_use]
    pub fn of(&self, gate: Gate) -> Stand {
        self.gates().find(|(g, _)| *g == gate).map_or(Stand::NotAsked, |(_, s)| s)
    }

    /// The first gate that stops the person: what they are told. None when they get in.
    #[must_use]
    pub fn first_closed(&self) -> Option<Gate> {
        self.gates().find(|(_, stand)| !stand.passes()).map(|(gate, _)| gate)
    }

    /// Whether the person gets in.
    #[must_use]
    pub fn lets_in(&self) -> bool {
        self.first_closed().is_none()
    }

    /// How many gates are closed, or wait for the person.
    #[must_use]
    pub fn closed(&self) -> usize {
        self.stands.iter().filter(|s| matches!(s, Stand::Closed | Stand::WaitingOnPerson)).count()
    }
}

/// Decides. The same facts always give the same answer.
#[must_use]
pub fn decide(facts: &Facts) -> Decision {
    let stands = Gate::ALL.map(|gate| stand(gate, facts));
    Decision { stands }
}

fn open_if(holds: bool) -> Stand {
    if holds { Stand::Open } else { Stand::Closed }
}

fn allowed(allowed: Allowed) -> Stand {
    match allowed {
        Allowed::Yes => Stand::Open,
        Allowed::No => Stand::Closed,
        Allowed::NotAsked => Stand::NotAsked,
    }
}

fn stand(gate: Gate, facts: &Facts) -> Stand {
    let of_account = |ask: fn(&AccountFacts, Instant) -> Stand| {
        facts.account.as_ref().map_or(Stand::Unknown, |account| ask(account, facts.now))
    };
    match gate {
        Gate::AccountExists => open_if(facts.account.is_some()),
        Gate::NotLocked => of_account(|a, now| open_if(a.locked_until.is_none_or(|until| until <= now))),
        Gate::Credential => of_account(|a, _| match a.credential {
            Credential::Right | Credential::Set => Stand::Open,
            Credential::Wrong => Stand::Closed,
            Credential::Missing => Stand::WaitingOnPerson,
        }),
        Gate::SecondFactor => match facts.second_factor {
            Allowed::No => Stand::WaitingOnPerson,
            other => allowed(other),
        },
        Gate::PasswordFresh => of_account(|a, _| match a.password_due_since {
            None => Stand::Open,
            Some(_) => Stand::WaitingOnPerson,
        }),
        Gate::PortalEnabled => allowed(facts.portal),
        Gate::NotDisabled => match facts.portal_user {
            None => Stand::Unknown,
            Some(user) => open_if(user.disabled_at.is_none() && user.deleted_at.is_none()),
        },
        Gate::Linked => match facts.link {
            LinkQuestion::NotAsked => Stand::NotAsked,
            LinkQuestion::None(_) => Stand::Closed,
            LinkQuestion::Linked(link) => open_if(link.blocked == Blocked::No),
        },
        Gate::ClientCurrent => match facts.link {
            LinkQuestion::NotAsked => Stand::NotAsked,
            LinkQuestion::None(_) => Stand::Unknown,
            LinkQuestion::Linked(link) => {
                open_if(link.client_exited_at.is_none_or(|exited| facts.now < exited.plus_days(facts.exit_grace_days)))
            }
        },
        Gate::TermsAccepted => match facts.portal_user {
            _ if facts.terms_current == 0 => Stand::NotAsked,
            None => Stand::Unknown,
            Some(user) if user.terms_accepted >= facts.terms_current => Stand::Open,
            Some(_) => Stand::WaitingOnPerson,
        },
        Gate::FeatureOn => allowed(facts.feature),
        Gate::GroupMaySee => allowed(facts.group),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Instant = Instant::from_micros(1_795_340_460_000_000);

    fn all_open() -> Facts {
        Facts {
            now: NOW,
            account: Some(AccountFacts { locked_until: None, credential: Credential::Right, password_due_since: None }),
            second_factor: Allowed::NotAsked,
            portal: Allowed::Yes,
            terms_current: 4,
            exit_grace_days: 30,
            portal_user: Some(PortalUserFacts { disabled_at: None, deleted_at: None, terms_accepted: 4 }),
            link: LinkQuestion::Linked(LinkFacts { blocked: Blocked::No, client_exited_at: None }),
            feature: Allowed::Yes,
            group: Allowed::Yes,
        }
    }

    /// Closes one gate and nothing else.
    fn close(gate: Gate, facts: &mut Facts) {
        match gate {
            Gate::AccountExists => facts.account = None,
            Gate::NotLocked => facts.account.as_mut().unwrap().locked_until = Some(NOW.plus_seconds(60)),
            Gate::Credential => facts.account.as_mut().unwrap().credential = Credential::Wrong,
            Gate::SecondFactor => facts.second_factor = Allowed::No,
            Gate::PasswordFresh => facts.account.as_mut().unwrap().password_due_since = Some(NOW),
            Gate::PortalEnabled => facts.portal = Allowed::No,
            Gate::NotDisabled => facts.portal_user.as_mut().unwrap().disabled_at = Some(NOW),
            Gate::Linked => facts.link = LinkQuestion::None(Blocked::Yes),
            Gate::ClientCurrent => {
                facts.link = LinkQuestion::Linked(LinkFacts {
                    blocked: Blocked::No,
                    client_exited_at: Some(NOW.plus_days(-31)),
                });
            }
            Gate::TermsAccepted => facts.portal_user.as_mut().unwrap().terms_accepted = 3,
            Gate::FeatureOn => facts.feature = Allowed::No,
            Gate::GroupMaySee => facts.group = Allowed::No,
        }
    }

    #[test]
    fn with_every_gate_open_the_person_gets_in() {
        assert_eq!(decide(&all_open()).first_closed(), None);
    }

    #[test]
    fn each_gate_alone_keeps_the_person_out_and_is_the_one_they_are_told() {
        for gate in Gate::ALL {
            let mut facts = all_open();
            close(gate, &mut facts);
            assert_eq!(decide(&facts).first_closed(), Some(gate));
        }
    }

    #[test]
    fn a_lock_opens_by_itself_and_a_client_that_left_has_its_grace() {
        let mut facts = all_open();
        close(Gate::NotLocked, &mut facts);
        facts.now = NOW.plus_seconds(60);
        assert!(decide(&facts).lets_in());

        let mut facts = all_open();
        facts.link = LinkQuestion::Linked(LinkFacts { blocked: Blocked::No, client_exited_at: Some(NOW) });
        facts.now = NOW.plus_days(30).plus_seconds(-1);
        assert!(decide(&facts).lets_in());
        facts.now = NOW.plus_days(30);
        assert_eq!(decide(&facts).first_closed(), Some(Gate::ClientCurrent));
    }

    #[test]
    fn a_person_without_any_link_gets_to_the_business_door() {
        let facts =
            Facts { link: LinkQuestion::NotAsked, feature: Allowed::NotAsked, group: Allowed::NotAsked, ..all_open() };
        assert!(decide(&facts).lets_in());
    }

    proptest! {
        #[test]
        fn of_several_closed_gates_the_first_decides(closed in proptest::sample::subsequence(Gate::ALL.to_vec(), 1..12)) {
            let mut facts = all_open();
            // From the last to the first, so that closing one does not take away what another needs.
            for gate in closed.iter().rev() {
                close(*gate, &mut facts);
            }
            prop_assert_eq!(decide(&facts).first_closed(), closed.first().copied());
        }

        #[test]
        fn opening_a_gate_never_closes_another(closed in proptest::sample::subsequence(Gate::ALL.to_vec(), 1..12), pick in any::<prop::sample::Index>()) {
            let opened = closed[pick.index(closed.len())];
            let (mut before, mut after) = (all_open(), all_open());
            for gate in closed.iter().rev() {
                close(*gate, &mut before);
                if *gate != opened {
                    close(*gate, &mut after);
                }
            }
            for ((gate, was), (_, is)) in decide(&before).gates().zip(decide(&after).gates()) {
                prop_assert!(!was.passes() || is.passes(), "{:?} closed when {:?} opened", gate, opened);
            }
        }
    }
}
