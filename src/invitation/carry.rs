//! What an automated mail to a contact carries (PRODUCT.md section 6): one rule, whatever the mail is about.

use crate::business::Switch;
use crate::client;
use crate::contact::Standing;

/// Whether the person with the contact's address may get in to anything of the business.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Person {
    /// Nothing speaks against it; most have no account yet.
    Welcome,
    /// Their portal user is disabled.
    Disabled,
}

/// What a mail carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carries {
    /// A link to what it is about: the person gets in already.
    Link,
    /// An invitation.
    Invitation,
    /// No way into the portal at all.
    Nothing,
}

/// What a mail to a contact may carry. A blocked contact and a disabled person get no link of any kind; nobody is invited to
/// a client that has left, nor by a business that has switched automatic invitations off. Whoever asked for access is not
/// mailed unasked: for them, `automatic` is on.
#[must_use]
pub fn may_carry(standing: Standing, person: Person, client: client::Status, automatic: Switch) -> Carries {
    match (standing, person, client, automatic) {
        (Standing::Blocked, ..) | (_, Person::Disabled, ..) => Carries::Nothing,
        (Standing::Connected, ..) => Carries::Link,
        (Standing::None | Standing::Invited, _, client::Status::Active, Switch::On) => Carries::Invitation,
        (Standing::None | Standing::Invited, ..) => Carries::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use client::Status::{Active, Exited};

    #[test]
    fn c3_nothing_leads_a_blocked_contact_or_a_disabled_person_in() {
        for client in [Active, Exited] {
            for automatic in [Switch::On, Switch::Off] {
                for person in [Person::Welcome, Person::Disabled] {
                    assert_eq!(may_carry(Standing::Blocked, person, client, automatic), Carries::Nothing);
                }
                for standing in Standing::ALL {
                    assert_eq!(may_carry(*standing, Person::Disabled, client, automatic), Carries::Nothing);
                }
            }
        }
    }

    #[test]
    fn c4_who_is_neither_connected_nor_blocked_is_invited_while_that_is_switched_on() {
        for standing in [Standing::None, Standing::Invited] {
            assert_eq!(may_carry(standing, Person::Welcome, Active, Switch::On), Carries::Invitation);
            assert_eq!(may_carry(standing, Person::Welcome, Active, Switch::Off), Carries::Nothing);
            assert_eq!(may_carry(standing, Person::Welcome, Exited, Switch::On), Carries::Nothing);
        }
        assert_eq!(may_carry(Standing::Connected, Person::Welcome, Active, Switch::Off), Carries::Link);
    }
}
