//! What happened to a client's people, as its own Global Admins may see it: what was done at this client, and what staff did to
//! its people while they were linked with it. What colleagues elsewhere did to somebody who is linked there, too, stays there.

use crate::act::Scope;
use crate::audit;
use crate::base::Result;
use crate::base::id::ClientId;

pub use crate::audit::{Start, Stretch};

/// What is told of what was done at the client.
const AT_CLIENT: &[&str] = &[
    "contact_invited",
    "access_approved",
    "invitation_revoked",
    "invitation_accepted",
    "link_placed",
    "unlinked",
    "contact_blocked",
    "contact_unblocked",
    "contact_added",
    "contact_changed",
    "password_reset_sent",
    "portal_user_disabled",
    "portal_user_enabled",
    "disabling_put_back",
    "group_added",
    "group_renamed",
    "group_sight_changed",
    "group_deleted",
    "client_delegation_switched_on",
    "client_delegation_switched_off",
];

/// What is told of what staff did to its people.
const TO_PEOPLE: &[&str] = &[
    "portal_user_disabled",
    "portal_user_enabled",
    "disabling_put_back",
    "portal_user_deleted",
    "portal_user_restored",
    "password_reset_sent",
    "password_change_required",
    "sessions_ended",
];

/// A stretch of it, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_client(scope: &mut Scope, client: ClientId, start: Start, most: usize) -> Result<Stretch> {
    let business = scope.business;
    audit::of_client(&mut scope.tx, business, client, (AT_CLIENT, TO_PEOPLE), start, most).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Theme;

    #[test]
    fn every_kind_that_is_told_is_one_that_is_recorded() {
        let recorded: Vec<&str> = Theme::ALL.iter().flat_map(|theme| theme.kinds()).copied().collect();
        for kind in AT_CLIENT.iter().chain(TO_PEOPLE) {
            assert!(recorded.contains(kind), "{kind}");
        }
    }
}
