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
    /// They were let in once and no longer are, and nobody has invited them since: deleted, removed from the client, unblocked.
    Removed,
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

/// What a mail to a contact may carry. A blocked contact, a disabled person and one who was removed get no link of any kind; nobody is invited to
/// a client that has left, nor by a business that has switched automatic invitations off. Whoever asked for access is not
/// mailed unasked: for them, `automatic` is on.
#[must_use]
pub fn may_carry(standing: Standing, person: Person, client: client::Status, automatic: Switch) -> Carries {
    match (standing, person, client, automatic) {
        (Standing::Blocked, ..) | (_, Person::Disabled | Person::Removed, ..) => Carries::Nothing,
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
    fn c3_nothing_leads_a_blocked_contact_or_a_disabled_or_removed_person_in() {
        for client in [Active, Exited] {
            for automatic in [Switch::On, Switch::Off] {
                for person in [Person::Welcome, Person::Disabled, Person::Removed] {
                    assert_eq!(may_carry(Standing::Blocked, person, client, automatic), Carries::Nothing);
                }
                for standing in Standing::ALL {
                    for person in [Person::Disabled, Person::Removed] {
                        assert_eq!(may_carry(*standing, person, client, automatic), Carries::Nothing);
                    }
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
