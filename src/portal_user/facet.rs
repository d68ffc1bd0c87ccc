//! What lists of portal users are filtered by.

use super::Status;

/// Whether a person ever signed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Has signed in.
    Yes,
    /// Never has.
    Never,
}

impl From<bool> for Seen {
    fn from(ever: bool) -> Self {
        if ever { Self::Yes } else { Self::Never }
    }
}

/// What a list of portal users is filtered by. Few values exist at a time, and each is tallied: a filter is a choice of
/// facets, its total is a sum, and the list is read from one index per sort that begins with the facet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Facet {
    /// Status.
    pub status: Status,
    /// The version of the terms accepted last; 0 for none.
    pub terms_version: i64,
    /// Whether the person ever signed in.
    pub seen: Seen,
}

impl Facet {
    /// As it is stored: `active.4.seen`.
    #[must_use]
    pub fn code(self) -> String {
        let seen = match self.seen {
            Seen::Yes => "seen",
            Seen::Never => "never",
        };
        format!("{}.{}.{seen}", self.status.code(), self.terms_version)
    }

    /// Whether whoever is stored under this is not deleted.
    #[must_use]
    pub fn is_here(code: &str) -> bool {
        Self::of_code(code).is_some_and(|facet| facet.status != Status::Deleted)
    }

    /// From how it is stored.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let mut parts = code.split('.');
        let facet = Self {
            status: Status::of_code(parts.next()?)?,
            terms_version: parts.next()?.parse().ok()?,
            seen: match parts.next()? {
                "seen" => Seen::Yes,
                "never" => Seen::Never,
                _ => return None,
            },
        };
        parts.next().is_none().then_some(facet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_comes_back_as_it_was_stored() {
        for status in Status::ALL {
            for seen in [Seen::Yes, Seen::Never] {
                let facet = Facet { status: *status, terms_version: 12, seen };
                assert_eq!(Facet::of_code(&facet.code()), Some(facet));
            }
        }
        assert_eq!(Facet::of_code("active.4"), None);
        assert_eq!(Facet::of_code("active.4.seen.x"), None);
    }
}
