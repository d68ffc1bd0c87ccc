//! What somebody may see of what a business shares with their client: kinds of records, chosen for each user group.

use crate::access::Role;
use crate::db::Value;
use std::collections::BTreeSet;

crate::words! {
    /// A kind of record that a business shares with a client (PRODUCT.md section 1).
    pub enum RecordKind {
        /// Something that will be done for the client.
        Booking = "booking",
        /// What it costs.
        Invoice = "invoice",
        /// What was delivered.
        Docket = "docket",
        /// What is owed, over a time.
        Statement = "statement",
        /// Anything else.
        Document = "document",
    }
}

impl RecordKind {
    /// What staff's pages call several of them.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Booking => "Bookings",
            Self::Invoice => "Invoices",
            Self::Docket => "Dockets",
            Self::Statement => "Statements",
            Self::Document => "Documents",
        }
    }

    /// What staff's pages call one of them.
    #[must_use]
    pub fn one(self) -> &'static str {
        match self {
            Self::Booking => "Booking",
            Self::Invoice => "Invoice",
            Self::Docket => "Docket",
            Self::Statement => "Statement",
            Self::Document => "Document",
        }
    }

    /// Its place in the portal's addresses: `invoices`.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Booking => "bookings",
            Self::Invoice => "invoices",
            Self::Docket => "dockets",
            Self::Statement => "statements",
            Self::Document => "documents",
        }
    }

    /// The kind at a place in the portal's addresses.
    #[must_use]
    pub fn at_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.path() == path)
    }

    /// The icon beside it.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Booking => "calendar",
            Self::Invoice => "receipt",
            Self::Docket => "docket",
            Self::Statement => "layers",
            Self::Document => "doc",
        }
    }
}

/// Kinds of records that may be seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sight(BTreeSet<RecordKind>);

impl Sight {
    /// All kinds.
    #[must_use]
    pub fn everything() -> Self {
        RecordKind::ALL.iter().copied().collect()
    }

    /// Whether a kind may be seen.
    #[must_use]
    pub fn sees(&self, kind: RecordKind) -> bool {
        self.0.contains(&kind)
    }

    /// Whether no kind may be seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds that may be seen by this and not by the other.
    #[must_use]
    pub fn but(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).copied().collect())
    }

    /// The kinds, in the order in which pages list them.
    pub fn kinds(&self) -> impl Iterator<Item = RecordKind> + '_ {
        self.0.iter().copied()
    }

    /// As it is stored: the kinds' words, with spaces between them.
    #[must_use]
    pub fn code(&self) -> String {
        self.kinds().map(RecordKind::code).collect::<Vec<_>>().join(" ")
    }

    /// As staff's pages say it.
    #[must_use]
    pub fn label(&self) -> String {
        let labels: Vec<String> = self.kinds().map(|kind| kind.label().to_lowercase()).collect();
        match labels.as_slice() {
            [] => "nothing".to_owned(),
            all if all.len() == RecordKind::ALL.len() => "everything".to_owned(),
            [only] => format!("{only} only"),
            [before @ .., last] => format!("{} and {last}", before.join(", ")),
        }
    }
}

impl FromIterator<RecordKind> for Sight {
    fn from_iter<I: IntoIterator<Item = RecordKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().collect())
    }
}

impl From<String> for Sight {
    /// From how it is stored; a word that this version does not know shows nothing.
    fn from(words: String) -> Self {
        words.split(' ').filter_map(RecordKind::of_code).collect()
    }
}

impl From<&Sight> for Value {
    fn from(sight: &Sight) -> Self {
        sight.code().into()
    }
}

impl Role {
    /// What somebody in this role may see, whose group may see `group`: a Global Admin looks after all of the client, and sees
    /// all that is shared with it; so what they let a group see is never more than they hold (S45).
    #[must_use]
    pub fn sight(self, group: &Sight) -> Sight {
        match self {
            Self::GlobalAdmin => Sight::everything(),
            Self::GroupManager | Self::Member => group.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_group_may_see_is_said_in_words() {
        let of = |kinds: &[RecordKind]| kinds.iter().copied().collect::<Sight>().label();
        assert_eq!(Sight::everything().label(), "everything");
        assert_eq!(of(&[]), "nothing");
        assert_eq!(of(&[RecordKind::Invoice]), "invoices only");
        assert_eq!(of(&[RecordKind::Docket, RecordKind::Booking]), "bookings and dockets");
    }

    proptest! {
        #[test]
        fn it_comes_back_as_it_was_stored(kinds in proptest::sample::subsequence(RecordKind::ALL.to_vec(), 0..=5)) {
            let sight: Sight = kinds.iter().copied().collect();
            prop_assert_eq!(Sight::from(sight.code()), sight.clone());
            prop_assert_eq!(Sight::from(format!("{} rocket", sight.code())), sight);
        }

        #[test]
        fn a_kind_is_found_where_its_address_says(path in "[a-z]{0,12}") {
            if let Some(kind) = RecordKind::at_path(&path) {
                prop_assert_eq!(kind.path(), path);
            }
            prop_assert!(RecordKind::ALL.iter().all(|kind| RecordKind::at_path(kind.path()) == Some(*kind)));
        }

        #[test]
        fn s45_a_global_admin_sees_whatever_anybody_may(kinds in proptest::sample::subsequence(RecordKind::ALL.to_vec(), 0..=5)) {
            let group: Sight = kinds.into_iter().collect();
            for role in Role::ALL {
                let seen = role.sight(&group);
                prop_assert!(seen.kinds().all(|kind| Role::GlobalAdmin.sight(&group).sees(kind)));
                prop_assert_eq!(seen == group, *role != Role::GlobalAdmin || group == Sight::everything());
            }
        }
    }
}
