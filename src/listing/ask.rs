//! What a long list is asked, and what it answers.

use crate::base::page::{Direction, Page, PageSize, Position};
use crate::base::text::fold;
use std::fmt::{self, Write as _};

/// A question to a long list: what to keep, in which order, from where, how many rows, and what was typed into the search.
#[derive(Clone, Debug, Default)]
pub struct Ask<F, S> {
    /// What to keep.
    pub filter: F,
    /// By which column it is sorted.
    pub sort: S,
    /// Which way.
    pub direction: Direction,
    /// From where the page is read.
    pub position: Position,
    /// How many rows a page has.
    pub size: PageSize,
    /// What was typed into the search.
    pub search: Option<Needle>,
    /// How far a search goes one way before it takes the other.
    pub effort: Effort,
}

/// How far a search goes one way before it takes the other. What is found is the same; only how long it takes differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// How many hits are told one by one; how many more there are is judged by how far those reach.
    pub told: i64,
    /// How many hits are gathered and sorted before a long walk is tried.
    pub gathered: i64,
    /// How many rows a first walk looks at, at least, in all facets together.
    pub near: i64,
    /// How many rows a long walk looks at.
    pub far: i64,
    /// How many rows are looked at to tell how many there are at least.
    pub counted: i64,
}

impl Effort {
    /// What to begin with, where so many rows are kept by the filter: where hits lie evenly, a page is full after a way
    /// that can be told.
    #[must_use]
    pub fn first(&self, hits: Hits, kept: i64, wanted: usize) -> Step {
        let way = rows(wanted).saturating_mul(hits.among).checked_div(hits.number).unwrap_or(i64::MAX).min(kept);
        if hits.walked_meanwhile() <= way {
            return Step::Sort;
        }
        // Half as much again, because they never lie quite evenly.
        Step::Walk(way.saturating_add(way / 2).min(self.far).max(self.near))
    }

    /// Whether counting is worth it: whether the rows that are counted hold more hits than the page shows, where they lie
    /// evenly.
    #[must_use]
    pub fn counts(&self, hits: Hits, wanted: usize) -> bool {
        hits.number.saturating_mul(self.counted) > rows(wanted).saturating_mul(hits.among)
    }

    /// What comes after a first walk over so many rows that found so few.
    #[must_use]
    pub fn then(&self, hits: Hits, walked: i64, found: usize, wanted: usize) -> Step {
        if walked >= self.far {
            return Step::Sort;
        }
        if hits.number > self.gathered {
            return Step::Walk(self.far);
        }
        // As far as the hits lie as they did so far.
        let way = walked.saturating_mul(rows(wanted) - rows(found)).checked_div(rows(found));
        match way {
            Some(way) if way <= self.far && way < hits.walked_meanwhile() => Step::Walk(self.far),
            _ => Step::Sort,
        }
    }
}

/// What is known of the rows that contain a text before they are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hits {
    /// About how many there are.
    pub number: i64,
    /// Among how many rows of the table, whosever they are.
    pub among: i64,
    /// How many rows are walked in the time in which one hit is gathered.
    pub dear: i64,
}

impl Hits {
    /// Over how many rows a walk leads in the time in which all hits are gathered.
    fn walked_meanwhile(self) -> i64 {
        self.number.saturating_mul(self.dear)
    }
}

fn rows(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// One way to find what was searched for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A walk over so many rows.
    Walk(i64),
    /// All hits are gathered and sorted.
    Sort,
}

impl Default for Effort {
    /// As measured at a million rows: so much is done in the time that a search may take.
    fn default() -> Self {
        Self { told: 3_000, gathered: 20_000, near: 2_000, far: 40_000, counted: 3_000 }
    }
}

/// A page of a long list, and how long the list is.
#[derive(Clone, Debug)]
pub struct Listed<R> {
    /// The rows.
    pub page: Page<R>,
    /// How many there are altogether.
    pub total: Total,
    /// The place of the page's first row in the list, from 1, where it is known: on the first page.
    pub first: Option<i64>,
}

/// How many rows a list has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Total {
    /// This many.
    Exactly(i64),
    /// At least this many; counting them all would keep the page waiting.
    AtLeast(i64),
}

impl Total {
    /// How many there are for certain.
    #[must_use]
    pub fn certain(self) -> i64 {
        match self {
            Self::Exactly(n) | Self::AtLeast(n) => n,
        }
    }
}

impl fmt::Display for Total {
    /// As people write it: `1,234`, `1,000+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.certain().to_string();
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                f.write_char(',')?;
            }
            f.write_char(digit)?;
        }
        if matches!(self, Self::AtLeast(_)) { f.write_char('+') } else { Ok(()) }
    }
}

/// What was typed into a search. Three letters and more are found anywhere in a name, an address or a company; one or two
/// only where one of them begins. A letter outside of a to z counts for more, so that a name of one or two Chinese
/// characters is found anywhere, too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Needle(String);

/// The shortest that a trigram index can look for.
const TRIGRAM: usize = 3;
/// The longest that is looked for, in letters: no name is longer.
const LONGEST: usize = 200;
/// The longest that is kept of one field, in letters of its code: what an index can hold of three of them.
const LONGEST_CODED: usize = 400;

impl Needle {
    /// What was typed, if it is anything.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let folded: String = fold(text).trim().chars().take(LONGEST).collect();
        let mut coded = String::new();
        encode(&folded, &mut coded);
        match coded.len() {
            0 => None,
            short @ 1..TRIGRAM => Some(Self(format!("{}{coded}", &BORDER[short - 1..]))),
            _ => Some(Self(coded)),
        }
    }

    /// What is looked for in a search text: letters and digits only, so that no engine reads anything else into it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What stands before each field of a search text. A needle of one letter is led by two of its letters, one of two letters
/// by one: then it is three letters long, and stands only where a field begins.
const BORDER: &str = "QQ";

/// What a search looks through: several fields, folded, and written in letters and digits alone. Trigram indexes treat
/// points, signs and letters of other scripts each in their own way (PostgreSQL's splits words at them), and then an
/// `x@e` would be looked for as a word that begins with e. Folded text has no capitals, so capitals can stand for the rest. Of
/// capitals, the rare letters stand for what is common: PostgreSQL's trigrams do not tell `aXr` from `axr`, and whatever
/// they take for the same costs time until it is told apart.
#[must_use]
pub fn search_text(fields: &[&str]) -> String {
    let mut text = String::new();
    for field in fields {
        text.push_str(BORDER);
        let most = text.len() + LONGEST_CODED;
        encode(&fold(field), &mut text);
        text.truncate(most);
    }
    text
}

/// Capitals that stand for nothing else; those first that words have least, for most codes begin with zeros.
const SIXTEEN: [char; 16] = ['K', 'H', 'G', 'F', 'P', 'B', 'M', 'C', 'D', 'L', 'N', 'R', 'I', 'O', 'E', 'A'];

fn encode(folded: &str, out: &mut String) {
    for c in folded.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            ' ' => out.push('X'),
            '@' => out.push('Y'),
            '.' => out.push('J'),
            '-' => out.push('W'),
            '_' => out.push('V'),
            '\'' | '’' => out.push('U'),
            '&' => out.push('T'),
            '+' => out.push('S'),
            // Each begins with a capital that nothing else has, and all are of one length: a needle matches whole letters only.
            other => {
                out.push('Z');
                let number = u32::from(other);
                out.extend([20, 16, 12, 8, 4, 0].map(|shift| SIXTEEN[(number >> shift) as usize & 15]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(needle: &str, fields: &[&str]) -> bool {
        search_text(fields).contains(Needle::typed(needle).unwrap().as_str())
    }

    #[test]
    fn people_are_found_by_what_is_typed() {
        let devika = ["Dévika Rao", "Devika.Rao@Example.com", "Bramble & Söhne"];
        for typed in [
            "devika",
            "DÉVIKA",
            "ika r",
            "o@e",
            "rao@example",
            "söh",
            "sohne",
            "e & s",
            "d",
            "de",
            "b",
            ".com",
            "  rao ",
        ] {
            assert!(finds(typed, &devika), "{typed:?} did not find {devika:?}");
        }
        for typed in ["r", "ra", "k", "comb", "rao d", "e@x", "%", "a_o", "\"", "…"] {
            assert!(!finds(typed, &devika), "{typed:?} found {devika:?}");
        }
        assert!(finds("明", &["王小明", "x@example.com", ""]));
        assert!(finds("小明", &["王小明", "x@example.com", ""]));
        assert_eq!(Needle::typed(" \t\u{0}"), None);
    }

    #[test]
    fn few_hits_are_sorted_and_many_are_walked_to() {
        let effort = Effort::default();
        let hits = |number| Hits { number, among: 1_000_000, dear: 3 };
        let all = 1_000_000;
        assert_eq!(effort.first(hits(0), all, 26), Step::Sort);
        assert_eq!(effort.first(hits(2_600), all, 26), Step::Sort, "a last name");
        assert_eq!(effort.first(hits(5_000), all, 26), Step::Walk(7_800), "a first name: they lie 200 rows apart");
        assert_eq!(effort.first(Hits { dear: 6, ..hits(2_600) }, all, 26), Step::Walk(15_000), "where hits are dear");
        assert_eq!(effort.first(hits(20_001), all, 26), Step::Walk(2_000), "so many or more");
        assert_eq!(effort.first(hits(2_600), 900, 26), Step::Walk(2_000), "a filter that keeps fewer than are walked");
        assert_eq!(effort.first(hits(2_600), 20_000, 26), Step::Sort, "a small business among others");
        // The first walk found nothing: they lie elsewhere.
        assert_eq!(effort.then(hits(5_000), 7_800, 0, 26), Step::Sort);
        assert_eq!(effort.then(hits(5_000), 7_800, 20, 26), Step::Walk(40_000), "the page is nearly full");
        assert_eq!(effort.then(hits(20_001), 2_000, 0, 26), Step::Walk(40_000), "to gather them may take for long");
        assert_eq!(effort.then(hits(20_001), 40_000, 25, 26), Step::Sort, "a walk of that length comes once");
        assert!(effort.counts(hits(9_000), 26), "27 among 3,000 rows");
        assert!(!effort.counts(hits(8_000), 26), "24 among 3,000 rows: the page shows as many");
    }

    #[test]
    fn totals_read_as_people_write_them() {
        assert_eq!(Total::Exactly(0).to_string(), "0");
        assert_eq!(Total::Exactly(1_234_567).to_string(), "1,234,567");
        assert_eq!(Total::AtLeast(1000).to_string(), "1,000+");
    }

    proptest! {
        #[test]
        fn a_needle_is_never_anything_but_letters_and_digits(text in any::<String>()) {
            if let Some(needle) = Needle::typed(&text) {
                prop_assert!(needle.as_str().len() >= TRIGRAM);
                prop_assert!(needle.as_str().bytes().all(|b| b.is_ascii_alphanumeric()));
            }
        }

        #[test]
        fn searching_the_coded_text_is_searching_the_folded_text(needle in "[a-c@. Éß明\"%]{3,6}", field in "[a-c@. Éß明\"%]{0,30}") {
            let folded = fold(&needle);
            let letters: usize = folded.chars().map(|c| if c.is_ascii_lowercase() || "@. ".contains(c) { 1 } else { 7 }).sum();
            if letters >= TRIGRAM {
                prop_assert_eq!(finds(&needle, &[&field]), fold(&field).contains(&folded));
            }
        }
    }
}
