//! What a new password must be: long, and not the first thing somebody would try. Nothing about capitals, digits or signs,
//! and no date on which it runs out (S3).

use crate::base::text::{TextError, fold};
use crate::language::say;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::Score;

/// The most characters that are taken: far beyond what anybody types, and no work for the machine (S2).
pub const MOST: usize = 1024;

/// How much of a password is weighed: what comes after can only make it harder to guess, and weighing grows with the square.
const WEIGHED: usize = 100;

/// Words that say nothing about a person but are on everybody's screen here.
const HOUSE_WORDS: [&str; 5] = ["vestibule", "client portal", "portal", "invitation", "welcome"];

/// What else a sign-in asks for beside the password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Factors {
    /// Nothing.
    PasswordOnly,
    /// A second factor.
    AndSecond,
}

impl Factors {
    /// The fewest characters (NIST SP 800-63B-4, 3.1.1.2; S1).
    #[must_use]
    pub fn least(self) -> usize {
        match self {
            Self::PasswordOnly => 15,
            Self::AndSecond => 8,
        }
    }

    /// The least that guessing must cost. Eight characters without any pattern only just reach the lower one.
    fn least_score(self) -> Score {
        match self {
            Self::PasswordOnly => Score::Three,
            Self::AndSecond => Score::Two,
        }
    }
}

/// Tells what to do about a password that cannot be taken. `own_words` are what somebody who knows the person would try:
/// names, the address, the client's and the business's name.
///
/// # Errors
/// When it is too short, too long, or easy to guess; the words are for the person.
pub fn check(password: &SecretString, factors: Factors, own_words: &[&str]) -> Result<(), TextError> {
    // As it is hashed: one password, however the keyboard composed it (S4).
    let password: String = password.expose_secret().nfkc().collect();
    let length = password.chars().count();
    if length < factors.least() {
        return Err(say("password-too-short").with("least", factors.least()).into());
    }
    if length > MOST {
        return Err(say("password-too-long").with("most", MOST).into());
    }
    let words = parts_of(own_words);
    if mostly_made_of(&password, &words) {
        return Err(say("password-own-words").into());
    }
    let weighed: String = password.chars().take(WEIGHED).collect();
    let known: Vec<&str> = words.iter().map(String::as_str).chain(HOUSE_WORDS).collect();
    if zxcvbn::zxcvbn(&weighed, &known).score() < factors.least_score() {
        return Err(say("password-easy").into());
    }
    Ok(())
}

/// Each text whole and in its words, in the form in which they are looked for: `Tidewater Haulage` gives `tidewaterhaulage`,
/// `tidewater` and `haulage`. The longest come first, so that they are found before their parts.
fn parts_of(texts: &[&str]) -> Vec<String> {
    let mut parts: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            let folded = fold(text);
            let words = folded.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
            words.into_iter().chain([squeezed(&folded)])
        })
        .filter(|part| part.chars().count() >= 3)
        .collect();
    parts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    parts.dedup();
    parts
}

/// Letters and digits alone.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether more than half of a password is words that somebody who knows the person would try.
fn mostly_made_of(password: &str, words: &[String]) -> bool {
    let mut rest = squeezed(&fold(password));
    let whole = rest.chars().count();
    for word in words {
        // A space, so that what stood left and right of it does not become a word.
        rest = rest.replace(word.as_str(), " ");
    }
    let left = rest.chars().filter(|c| *c != ' ').count();
    whole > 0 && left * 2 < whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: [&str; 4] =
        ["Devika Rao", "devika.rao@bellweather.example", "Bellweather Holdings", "Tidewater Haulage"];

    fn taken(password: &str, factors: Factors) -> Result<(), String> {
        check(&SecretString::from(password), factors, &OWN).map_err(|e| e.to_string())
    }

    #[test]
    fn s1_fifteen_characters_alone_and_eight_with_a_second_factor() {
        assert!(taken("quilt-anvil-83", Factors::PasswordOnly).unwrap_err().contains("at least 15 characters"));
        assert_eq!(taken("quilt-anvil-83x", Factors::PasswordOnly), Ok(()));
        assert!(taken("qvxz!71", Factors::AndSecond).unwrap_err().contains("at least 8 characters"));
        assert_eq!(taken("qvxz!71w", Factors::AndSecond), Ok(()));
    }

    #[test]
    fn s1_characters_are_counted_as_people_count_them() {
        // Fifteen letters of two bytes each, and a letter with its accent typed apart, which is one.
        assert_eq!(taken("жбкщыэюяфцчшпгд", Factors::PasswordOnly), Ok(()));
        assert!(taken(&format!("quiltanvilmap{}", "e\u{301}"), Factors::PasswordOnly).is_err());
    }

    #[test]
    fn s2_more_than_1024_characters_are_refused_with_the_remedy() {
        assert_eq!(
            taken(&"quilt anvil ".repeat(200), Factors::PasswordOnly),
            Err("Use at most 1,024 characters.".into())
        );
    }

    #[test]
    fn s3_no_kind_of_character_is_asked_for() {
        for password in
            ["anvil quilt marmot dune", "ANVIL QUILT MARMOT DUNE", "8304 7719 2265 0318 4", "кофе жираф окно гроза"]
        {
            assert_eq!(taken(password, Factors::PasswordOnly), Ok(()), "{password}");
        }
    }

    #[test]
    fn s5_common_passwords_are_refused_however_long() {
        for password in [
            "passwordpassword",
            "111111111111111",
            "qwertyuiopasdfghjkl",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "iloveyouiloveyou",
            "abcdefghijklmnop",
        ] {
            assert!(taken(password, Factors::PasswordOnly).unwrap_err().contains("easy to guess"), "{password}");
        }
    }

    #[test]
    fn s5_the_persons_and_the_business_own_words_are_refused() {
        for password in [
            "Tidewater-Haulage-2026",
            "tidewaterhaulage",
            "Devika.Rao@Bellweather",
            "devikarao bellweather!",
            "DÉVIKA rao tidewater 1",
        ] {
            assert!(taken(password, Factors::PasswordOnly).unwrap_err().contains("Leave out names"), "{password}");
        }
        assert_eq!(taken("devika eats marmot quilts at dune", Factors::PasswordOnly), Ok(()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn s1_nothing_shorter_is_ever_taken(password in "\\PC{0,14}") {
            prop_assume!(password.nfkc().count() < 15);
            prop_assert!(taken(&password, Factors::PasswordOnly).is_err());
        }

        #[test]
        fn s2_s3_long_random_letters_are_always_taken(password in "[a-z]{24,400}") {
            prop_assert_eq!(taken(&password, Factors::PasswordOnly), Ok(()));
        }

        #[test]
        fn s4_two_spellings_are_judged_alike(password in "[\\u{e0}-\\u{f6}\\u{fb01}a-z ]{8,40}") {
            let apart: String = password.nfd().collect();
            prop_assert_eq!(taken(&password, Factors::PasswordOnly), taken(&apart, Factors::PasswordOnly));
        }

        #[test]
        fn s5_own_words_with_a_little_around_them_are_never_taken(before in "[a-z0-9!]{0,3}", after in "[a-z0-9!]{0,4}") {
            let password = format!("{before}TidewaterHaulage{after}");
            prop_assert!(taken(&password, Factors::PasswordOnly).is_err());
        }

        #[test]
        fn whatever_is_typed_gets_an_answer(password in any::<String>()) {
            let _ = taken(&password, Factors::AndSecond);
        }
    }
}
