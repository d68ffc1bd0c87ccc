//! Temporary passwords (P4): what an invitation mails in place of a link, where the business has switched that on. Made when
//! the mail is rendered and seen by nobody but its reader (S9); good for one sign-in within 72 hours, which accepts the
//! invitation; what is stored is a hash.

use crate::act::Scope;
use crate::base::id::InvitationId;
use crate::base::secret::{TokenHash, fill};
use crate::base::text::Email;
use crate::base::{Error, Result};
use crate::invitation::{Invitation, store};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// For how many hours one works.
pub const LIFE_HOURS: i64 = 72;
/// What they are written in: Crockford's 32 signs, of which no two look alike.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many signs one has: 140 random bits (S24).
const LENGTH: usize = 28;

/// A temporary password. Its `Debug` shows nothing; [`TemporaryPassword::reveal`] is for the mail it was made for.
#[derive(Clone, PartialEq, Eq)]
pub struct TemporaryPassword(String);

impl TemporaryPassword {
    fn new() -> Self {
        let mut bytes = [0u8; LENGTH];
        fill(&mut bytes);
        let sign = |byte: &u8| SIGNS.get(usize::from(byte % 32)).copied().map_or('0', char::from);
        Self(bytes.iter().map(sign).collect())
    }

    /// What somebody typed: kept only if it could be one. Capitals, spaces and hyphens do not matter.
    #[must_use]
    pub fn presented(text: &SecretString) -> Option<Self> {
        let text = text.expose_secret();
        if text.len() > 4 * LENGTH {
            return None;
        }
        let signs: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                sign => sign,
            })
            .collect();
        let known = |c: char| u8::try_from(c).is_ok_and(|byte| SIGNS.contains(&byte));
        (signs.chars().count() == LENGTH && signs.chars().all(known)).then_some(Self(signs))
    }

    /// As it stands in the mail, in groups of four.
    #[must_use]
    pub fn reveal(&self) -> String {
        let signs: Vec<char> = self.0.chars().collect();
        signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// What is stored in its place.
    fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).to_vec())
    }
}

impl std::fmt::Debug for TemporaryPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TemporaryPassword(…)")
    }
}

/// Makes one for an invitation's mail that is being rendered; the one before, of an earlier try, is dead.
///
/// # Errors
/// When the database refuses.
pub async fn mint(scope: &mut Scope, invitation: InvitationId) -> Result<TemporaryPassword> {
    let password = TemporaryPassword::new();
    scope
        .query(
            "INSERT INTO temporary_password (business_id, invitation_id, hash, expires_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (business_id, invitation_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
        )
        .bind(invitation)
        .bind(&password.hash())
        .bind(scope.now.plus_seconds(LIFE_HOURS * 3600))
        .run(&mut scope.tx)
        .await?;
    Ok(password)
}

/// The invitation whose mail carried this password to this address, while the password still works. Looking uses nothing up.
///
/// # Errors
/// When the database cannot be read.
pub async fn look_for(scope: &mut Scope, email: &Email, password: &TemporaryPassword) -> Result<Option<Invitation>> {
    let found: Option<(InvitationId,)> = scope
        .query(
            "SELECT invitation_id FROM temporary_password
             WHERE business_id = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $3",
        )
        .bind(&password.hash())
        .bind(scope.now)
        .maybe(&mut scope.tx)
        .await?;
    let Some((id,)) = found else { return Ok(None) };
    let invitation = store::find(scope, id).await?;
    Ok((invitation.email == *email).then_some(invitation))
}

/// Uses the password up. Of two who try at once, exactly one succeeds (S26).
///
/// # Errors
/// `Conflict` when it was used meanwhile.
pub async fn take(scope: &mut Scope, password: &TemporaryPassword) -> Result<()> {
    let taken = scope
        .query(
            "UPDATE temporary_password SET used_at = $3
             WHERE business_id = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $3",
        )
        .bind(&password.hash())
        .bind(scope.now)
        .run(&mut scope.tx)
        .await?;
    if taken == 1 { Ok(()) } else { Err(Error::Conflict) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s24_a_temporary_password_holds_140_bits_and_no_two_are_alike() {
        let (a, b) = (TemporaryPassword::new(), TemporaryPassword::new());
        assert_eq!(a.0.len(), LENGTH);
        assert_ne!(a, b);
        assert_eq!(format!("{a:?}"), "TemporaryPassword(…)");
    }

    #[test]
    fn s10_it_may_be_pasted_or_typed_as_people_type() {
        let password = TemporaryPassword("0123456789abcdefghjkmnpqrstv".into());
        assert_eq!(password.reveal(), "0123-4567-89ab-cdef-ghjk-mnpq-rstv");
        for typed in [
            "0123-4567-89ab-cdef-ghjk-mnpq-rstv",
            " 0123 4567 89AB CDEF GHJK MNPQ RSTV ",
            "oI23456789abcdefghjkmnpqrstv",
        ] {
            assert_eq!(TemporaryPassword::presented(&SecretString::from(typed)), Some(password.clone()), "{typed}");
        }
        for other in [
            "",
            "marmot anvil quilt dune",
            "0123-4567-89ab-cdef-ghjk-mnpq-rst",
            &"0".repeat(5000),
            "ü123456789abcdefghjkmnpqrstv",
        ] {
            assert_eq!(TemporaryPassword::presented(&SecretString::from(other)), None, "{other}");
        }
    }
}
