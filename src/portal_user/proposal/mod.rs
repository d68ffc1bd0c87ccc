//! Changes to what belongs to a person: their name, and the address they sign in with. Staff change a name at once while
//! theirs is the only business that the account is linked with; otherwise the change is proposed to the person, who confirms
//! it from their mail (PRODUCT.md rule 1). A new address is always confirmed from that address first (S34).

pub mod acts;
pub mod store;

use crate::account::Account;
use crate::base::Instant;
use crate::base::id::{AccountId, PortalUserId, ProposalId};
use crate::base::text::{Email, PersonName, full_name};
use crate::language::{Sentence, say};

/// For how many hours a proposal can be confirmed.
pub const LIFE_HOURS: i64 = 72;

crate::words! {
    /// What a proposal is about; one of each can be open for a person.
    pub enum What {
        /// The name.
        Name = "name",
        /// The address.
        Email = "email",
    }
}

crate::words! {
    /// Whose confirmation a proposal waits for.
    pub enum Step {
        /// The person's, from the address they have.
        Person = "person",
        /// Whoever reads the new address's mail.
        NewAddress = "new_address",
    }
}

crate::words! {
    /// What became of a proposal. Expiry is not stored: it is judged at use.
    pub enum State {
        /// It waits.
        Open = "open",
        /// It was confirmed, and is done.
        Done = "done",
        /// The person said no.
        Declined = "declined",
        /// Staff took it back, or the person did; or the person is kept out since.
        Withdrawn = "withdrawn",
        /// A newer one took its place.
        Replaced = "replaced",
    }
}

crate::words! {
    /// Who asks for a change.
    pub enum AskedBy {
        /// Staff of a business.
        Staff = "staff",
        /// The person, who has shown the password.
        Person = "person",
    }
}

/// What is to change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// The name.
    Name {
        /// First name.
        first: PersonName,
        /// Last name.
        last: PersonName,
    },
    /// The address.
    Email(Email),
}

impl Change {
    /// What it is about.
    #[must_use]
    pub fn what(&self) -> What {
        match self {
            Self::Name { .. } => What::Name,
            Self::Email(_) => What::Email,
        }
    }

    /// The new value, in words.
    #[must_use]
    pub fn to(&self) -> String {
        match self {
            Self::Name { first, last } => full_name(first, last),
            Self::Email(email) => email.to_string(),
        }
    }
}

/// A change that waits to be confirmed, or did.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Whose.
    pub portal_user_id: PortalUserId,
    /// Whose sign-in it is about.
    pub account_id: AccountId,
    /// What is to change.
    pub change: Change,
    /// The address that the account had when it was proposed.
    pub from_email: Email,
    /// Whose confirmation it waits for.
    pub step: Step,
    /// What became of it.
    pub state: State,
    /// Whether staff asked for it, or the person.
    pub asked_by: AskedBy,
    /// Who proposed it.
    pub by_name: String,
    /// When.
    pub created_at: Instant,
    /// Until when it can be confirmed.
    pub expires_at: Instant,
    /// When the person agreed, from the address they have; none where only the new address was asked so far.
    pub agreed_at: Option<Instant>,
    /// When it was done, declined, withdrawn or replaced.
    pub ended_at: Option<Instant>,
}

/// How a proposal stands at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It can be confirmed.
    Open,
    /// Nobody confirmed it in time.
    Expired,
    /// It is done.
    Done,
    /// The person said no.
    Declined,
    /// It was taken back.
    Withdrawn,
    /// A newer one exists.
    Replaced,
    /// The account has another address by now.
    Overtaken,
}

/// What comes after a confirmation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// The new address is asked, too.
    AskNewAddress,
    /// The change is made.
    Make,
}

impl Proposal {
    /// How it stands at this very moment (S27), for the account as it is now.
    #[must_use]
    pub fn standing(&self, account: &Account, now: Instant) -> Standing {
        match self.state {
            State::Open if account.email != self.from_email => Standing::Overtaken,
            State::Open if self.rests_on_an_earlier_password(account) => Standing::Withdrawn,
            State::Open if self.expires_at <= now => Standing::Expired,
            State::Open => Standing::Open,
            State::Done => Standing::Done,
            State::Declined => Standing::Declined,
            State::Withdrawn => Standing::Withdrawn,
            State::Replaced => Standing::Replaced,
        }
    }

    /// Whether it was asked for with a password that the account no longer has. Whoever asks for a change themselves shows the
    /// password; a new one takes back whatever was asked with the one before, at every business: it is what somebody is told to
    /// set who did not ask (S34, S39).
    fn rests_on_an_earlier_password(&self, account: &Account) -> bool {
        self.asked_by == AskedBy::Person && account.password_set_at.is_some_and(|set_at| set_at > self.created_at)
    }

    /// What comes after the confirmation that it waits for.
    #[must_use]
    pub fn next(&self) -> Next {
        match (&self.change, self.step) {
            (Change::Email(_), Step::Person) => Next::AskNewAddress,
            (Change::Email(_), Step::NewAddress) | (Change::Name { .. }, _) => Next::Make,
        }
    }
}

impl Standing {
    /// What a person is told about a link that cannot be confirmed any more; none where it can.
    #[must_use]
    pub fn refusal(self) -> Option<Sentence> {
        let said = match self {
            Self::Open => return None,
            Self::Expired => say("change-expired"),
            Self::Done => say("change-done"),
            Self::Declined => say("change-declined"),
            Self::Withdrawn => say("change-withdrawn"),
            Self::Replaced => say("change-replaced"),
            Self::Overtaken => say("change-overtaken"),
        };
        Some(said.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Realm;
    use proptest::prelude::*;

    fn account(address: &str, password_set_at: Option<Instant>) -> Account {
        let now = Instant::default();
        Account {
            id: AccountId::new(now),
            realm: Realm::Portal,
            email: Email::parse(address).unwrap(),
            first_name: PersonName::parse("Omar").unwrap(),
            last_name: PersonName::parse("Haddad").unwrap(),
            title: None,
            cell_phone: None,
            office_phone: None,
            extension: None,
            language: None,
            password_hash: None,
            password_set_at,
            password_due_since: None,
            created_at: now,
            version: 1,
        }
    }

    fn proposal(change: Change, step: Step, state: State) -> Proposal {
        let now = Instant::default();
        Proposal {
            id: ProposalId::new(now),
            portal_user_id: PortalUserId::new(now),
            account_id: AccountId::new(now),
            change,
            from_email: Email::parse("omar@client.test").unwrap(),
            step,
            state,
            asked_by: AskedBy::Staff,
            by_name: "Nadia Noor".into(),
            created_at: now,
            expires_at: now.plus_seconds(LIFE_HOURS * 3600),
            agreed_at: None,
            ended_at: None,
        }
    }

    #[test]
    fn s34_an_address_is_never_changed_before_the_new_one_has_confirmed() {
        let email = Change::Email(Email::parse("new@client.test").unwrap());
        assert_eq!(proposal(email.clone(), Step::Person, State::Open).next(), Next::AskNewAddress);
        assert_eq!(proposal(email, Step::NewAddress, State::Open).next(), Next::Make);
    }

    #[test]
    fn s39_a_new_password_takes_back_what_the_person_asked_for_with_the_one_before_and_nothing_of_staffs() {
        let email = Change::Email(Email::parse("new@client.test").unwrap());
        let asked_at = Instant::default().plus_seconds(60);
        let stands = |asked_by: AskedBy, set_at: Option<i64>| {
            let proposal = Proposal {
                asked_by,
                created_at: asked_at,
                expires_at: asked_at.plus_days(3),
                ..proposal(email.clone(), Step::NewAddress, State::Open)
            };
            let set_at = set_at.map(|seconds| asked_at.plus_seconds(seconds));
            proposal.standing(&account("omar@client.test", set_at), asked_at.plus_seconds(120))
        };
        assert_eq!(stands(AskedBy::Person, None), Standing::Open);
        assert_eq!(stands(AskedBy::Person, Some(-1)), Standing::Open);
        assert_eq!(stands(AskedBy::Person, Some(1)), Standing::Withdrawn);
        assert_eq!(stands(AskedBy::Staff, Some(1)), Standing::Open);
    }

    proptest! {
        #[test]
        fn s27_only_an_open_proposal_in_time_and_for_the_same_address_can_be_confirmed(
            state in proptest::sample::select(State::ALL), hours in 0i64..200, same: bool,
        ) {
            let change = Change::Email(Email::parse("new@client.test").unwrap());
            let proposal = proposal(change, Step::NewAddress, state);
            let account = account(if same { "Omar@client.test" } else { "other@client.test" }, None);
            let standing = proposal.standing(&account, Instant::default().plus_seconds(hours * 3600));
            let open = state == State::Open && same && hours < LIFE_HOURS;
            prop_assert_eq!(standing == Standing::Open, open);
            prop_assert_eq!(standing.refusal().is_none(), open);
        }
    }
}
