//! Typed ids: a contact's id can never be handed in where a client's is meant.

use crate::base::time::Instant;
use uuid::{Builder, Uuid};

/// Makes a UUIDv7 for the instant of an act: ids sort by age, and tests that hold the clock still get ids of that time.
///
/// An id is a name, never a secret: whatever must be unguessable is a [`crate::base::secret::Token`].
#[must_use]
pub fn uuid_at(now: Instant) -> Uuid {
    let mut random = [0u8; 10];
    crate::base::secret::fill(&mut random);
    let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Declares one id type per noun of the product.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id, of this instant.
            #[must_use]
            pub fn new(now: Instant) -> Self { Self(uuid_at(now)) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> std::result::Result<Self, Self::Err> { s.parse().map(Self) }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid { id.0 }
        }
    )+};
}

ids! {
    /// A business: the tenant.
    BusinessId,
    /// A person's own sign-in, in one realm.
    AccountId,
    /// A staff member of a business.
    StaffId,
    /// A staff group of a business.
    StaffGroupId,
    /// A client of a business.
    ClientId,
    /// A contact at a client.
    ContactId,
    /// An account as one business sees it.
    PortalUserId,
    /// The tie between one contact and one portal user.
    LinkId,
    /// A client's own grouping of its portal users.
    GroupId,
    /// A mailed invitation.
    InvitationId,
    /// A field in which a contact and the person's own account differ.
    MismatchId,
    /// Somebody's wish to be let in.
    RequestId,
    /// A change that is proposed to a person.
    ProposalId,
    /// Something shared with a client.
    RecordId,
    /// A file of a record.
    RecordFileId,
    /// A letter in the outbox.
    LetterId,
    /// A session, as lists show it (its secret is never stored).
    SessionId,
    /// A prepared import, waiting to be confirmed.
    ImportId,
    /// Something done to many at once.
    BulkId,
}

impl BusinessId {
    /// The chain of audit entries that belong to no business: refused sign-ins of unknown people, installation-wide acts.
    pub const INSTALLATION: BusinessId = BusinessId(Uuid::nil());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_a_later_instant_sort_later() {
        let early = ContactId::new(Instant::from_micros(1_700_000_000_000_000));
        let late = ContactId::new(Instant::from_micros(1_700_000_000_002_000));
        assert!(early < late);
        assert_eq!(early.to_string().parse::<ContactId>().ok(), Some(early));
    }
}
