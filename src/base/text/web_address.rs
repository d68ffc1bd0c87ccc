//! What mail programs make links of, though nobody wrote a link: `evil.example.com`. A name that stands in our letters was given by
//! somebody else than their reader, who would take the link for the business's (S56).

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What the name of a host ends in: the top-level domains of the internet, as IANA listed them in 2023. Mail programs go by that
/// list, too; few have come since.
static ENDINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("endings.txt").lines().collect());

/// Degrees that end like a host. Nobody can have these hosts to themselves.
const DEGREES: [&str; 10] =
    ["b.sc", "m.sc", "d.sc", "b.com", "m.com", "b.tech", "m.tech", "dr.med", "dr.med.vet", "dipl.ing"];

/// Takes no room, cannot be seen, and is in no name of a host: whoever looks for one stops here.
const JOINER: char = '\u{2060}';

/// Whether a mail program would make a link of something in a text: an address with its scheme, or the bare name of a host.
#[must_use]
pub fn is_in(text: &str) -> bool {
    // Letters that look alike are the same to whoever makes links of them.
    let plain: String = text.nfkc().flat_map(char::to_lowercase).map(|c| if c == '。' { '.' } else { c }).collect();
    plain.contains("://") || plain.split(|c| c != '.' && !in_label(c)).any(is_host)
}

/// Whether it can stand between the dots of a host's name.
fn in_label(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '-'
}

fn is_host(word: &str) -> bool {
    let word = word.trim_matches(['.', '-']);
    let after_www = word.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    if after_www.is_some_and(|rest| rest.starts_with('.')) {
        return true;
    }
    match word.rsplit_once('.') {
        Some((before, ending)) => {
            let known = ENDINGS.contains(ending) || ending.starts_with("xn--");
            known && !before.ends_with(['.', '-']) && !DEGREES.contains(&word)
        }
        None => false,
    }
}

/// The same text to whoever reads it, of which no mail program makes a link: behind each dot in a word, and behind the colon of a
/// scheme, stands a mark that cannot be seen. Numbers stay as they are.
#[must_use]
pub fn unlinked(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(unlinked_word).collect()
}

fn unlinked_word(word: &str) -> String {
    let first = |c: char| std::iter::once(c).nfkc().next();
    let last = |c: char| std::iter::once(c).nfkc().last();
    let has_letters = word.nfkc().any(char::is_alphabetic);
    let mut out = String::with_capacity(word.len());
    let mut ahead = word.chars().peekable();
    while let Some(c) = ahead.next() {
        out.push(c);
        let next = ahead.peek().copied().and_then(first);
        let breaks = match last(c) {
            Some('.' | '。') => has_letters && next.is_some_and(in_label),
            Some(':') => next == Some('/'),
            _ => false,
        };
        if breaks {
            out.push(JOINER);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn s56_what_mail_programs_would_link_is_a_web_address() {
        for address in [
            "evil.com",
            "www.evil.com",
            "evil.com/x",
            "EVIL.COM",
            "Claim at evil.co.uk now",
            "(evil.com)",
            "“evil.com”",
            "evil.com.",
            "evil.com:8080",
            "t.co",
            "x@evil.com",
            "see:evil.io?q",
            "evil–evil.com",
            "\u{ff45}vil.com",
            "evil\u{ff0e}com",
            "evil\u{3002}com",
            "evil\u{2024}com",
            "bücher.de",
            "пример.рф",
            "evil.xn--p1ai",
            "https://evil.example",
            "Claim http://evil.example now",
            "HTTPS://EVIL.EXAMPLE",
            "ftp://x",
            "www.evil.example",
            "see (www.evil.example)",
            "WWW2.evil.example",
            "\u{ff57}\u{ff57}\u{ff57}.evil.example",
            "https\u{ff1a}//evil.example",
        ] {
            assert!(is_in(address), "{address}");
        }
    }

    #[test]
    fn s56_names_with_dots_are_names() {
        for name in [
            "J.R. Smith",
            "J. R. R.",
            "J.R.R.",
            "St.John",
            "St. John-Smith",
            "A.B.C. Ltd",
            "Dr.Müller",
            "Dr.Rao",
            "Prof.Dr.Weiß",
            "Ph.D.",
            "Huber, M.Sc.",
            "Dr.med. Vogel",
            "B.Tech",
            "Ma.Theresa",
            "Jr.",
            "Co.",
            "Wwwa",
            "Ewww.",
            "Ana/Maria",
            "Meier: Anna",
            "O’Neill",
            "3.11.2026",
            "...",
            "evil .com",
            "evil. com",
        ] {
            assert!(!is_in(name), "{name}");
        }
    }

    #[test]
    fn s56_a_real_name_that_is_a_host_reads_the_same_and_is_no_link() {
        assert_eq!(unlinked("Booking.com"), "Booking.\u{2060}com");
        assert_eq!(unlinked("see https://www.evil.com/x"), "see https:\u{2060}//www.\u{2060}evil.\u{2060}com/x");
        for same in
            ["Marlow Property Group", "$4,862.00", "3.11.2026", "12 345,00 €", "J. R. Smith", "Tidewater Pty. Ltd."]
        {
            assert_eq!(unlinked(same), same);
        }
    }

    proptest! {
        #[test]
        fn s56_any_host_is_found_wherever_it_stands(
            labels in prop::collection::vec("[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", 1..4),
            ending in select(ENDINGS.iter().copied().collect::<Vec<_>>()),
            before in "([A-Za-z ]{0,8}[ (“:,/])?",
            after in "([ )”:,/?!][A-Za-z ]{0,8}|[.])?",
            capitals: bool,
        ) {
            let host = format!("{}.{ending}", labels.join("."));
            prop_assume!(!DEGREES.contains(&host.as_str()));
            let host = if capitals { host.to_uppercase() } else { host };
            let text = format!("{before}{host}{after}");
            prop_assert!(is_in(&text), "{}", text);
            prop_assert!(!is_in(&unlinked(&text)), "{}", text);
        }

        #[test]
        fn s56_words_without_a_dot_inside_are_no_web_address(words in prop::collection::vec("[\\p{L}’-]{1,10}[.,]?", 0..5)) {
            let text = words.join(" ");
            prop_assert!(!is_in(&text), "{}", text);
        }

        #[test]
        fn s56_whatever_the_text_nothing_in_it_is_a_link_and_it_reads_the_same(text: String) {
            let unlinked = unlinked(&text);
            prop_assert!(!is_in(&unlinked), "{:?}", unlinked);
            prop_assert_eq!(unlinked.replace(JOINER, ""), text.replace(JOINER, ""));
        }
    }
}
