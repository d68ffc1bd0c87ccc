//! Secrets: made here from the system's generator, shown once, stored only as a hash.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// Fills bytes from the operating system's generator: the only source of randomness in the program.
///
/// # Panics
/// When the operating system has no randomness to give; a program that cannot make secrets must not go on.
pub fn fill(bytes: &mut [u8]) {
    #[allow(clippy::expect_used)]
    getrandom::fill(bytes).expect("the operating system must provide random bytes");
}

/// A secret of 256 random bits that opens something once: a link in a mail, a session cookie. Its `Debug` shows nothing
/// and it has no `Display`, so it cannot slip into a log; [`Token::reveal`] is for the mail or the cookie it was made for.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    #[must_use]
    pub fn mint() -> Self {
        let mut bytes = [0u8; 32];
        fill(&mut bytes);
        Self(BASE64URL_NOPAD.encode(&bytes))
    }

    /// What somebody presents: kept only if it has the form of a token, else nothing matches it.
    #[must_use]
    pub fn presented(text: &str) -> Option<Self> {
        (text.len() == 43 && BASE64URL_NOPAD.decode(text.as_bytes()).is_ok_and(|b| b.len() == 32))
            .then(|| Self(text.to_owned()))
    }

    /// The text that goes into the link or cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored in its place.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).to_vec())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The SHA-256 of a [`Token`]: enough to find it, useless to whoever reads the database. A token holds 256 random bits,
/// so a slow hash would add nothing.
#[derive(Clone, PartialEq, Eq, Debug, sqlx::Type)]
#[sqlx(transparent)]
pub struct TokenHash(pub Vec<u8>);

/// What is stored of a password: argon2's own text, with its cost and salt. Whoever reads it may guess at leisure, so its
/// `Debug` shows nothing and it has no `Display`: an account that is logged or shown in a panic takes no hash along.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// What hashing gave.
    #[must_use]
    pub fn made(text: String) -> Self {
        Self(text)
    }

    /// The text, for comparing and storing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s25_neither_a_token_nor_a_password_hash_shows_in_a_log() {
        let (token, hash) = (Token::mint(), PasswordHash::made("$argon2id$v=19$m=19456,t=2,p=1$salt$hash".into()));
        assert_eq!(format!("{token:?} {hash:?} {:?}", Some(&hash)), "Token(…) PasswordHash(…) Some(PasswordHash(…))");
    }

    #[test]
    fn s24_a_token_holds_256_bits_and_no_two_are_alike() {
        let (a, b) = (Token::mint(), Token::mint());
        assert_eq!(BASE64URL_NOPAD.decode(a.reveal().as_bytes()).map(|b| b.len()), Ok(32));
        assert_ne!(a.reveal(), b.reveal());
        assert_ne!(a.hash(), b.hash());
    }

    #[test]
    fn what_is_not_a_token_matches_nothing() {
        let real = Token::mint();
        assert_eq!(Token::presented(real.reveal()).map(|t| t.hash()), Some(real.hash()));
        for bad in ["", "x", "../../etc/passwd", &real.reveal()[..42], &format!("{}A", real.reveal()), &"ä".repeat(22)]
        {
            assert!(Token::presented(bad).is_none(), "{bad:?}");
        }
    }
}
