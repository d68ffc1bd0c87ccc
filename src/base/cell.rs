//! Cells of spreadsheets: what we hand out never runs as a formula (S55), and comes back as it went.

use std::borrow::Cow;

/// What a spreadsheet would take for the beginning of a formula, also in its wide form.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// Whether the text, behind any apostrophes, begins like a formula. Apostrophes count too, so that a text which already
/// begins with one of ours is told apart when it comes back.
fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(begins_formula)
}

/// The text as it goes into a cell of a CSV file: with an apostrophe in front where a spreadsheet would run it (S55).
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that a cell holds, without the apostrophe that [`neutral`] put in front.
#[must_use]
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if looks_like_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s55_what_would_run_is_neutralised() {
        for bad in ["=1+1", "+61 8 5555", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"] {
            assert_eq!(neutral(bad), format!("'{bad}"), "{bad:?}");
        }
        for fine in ["", "Devika", "O'Brien", "'t Hooft", "a=b", "0423 456 789"] {
            assert_eq!(neutral(fine), fine);
        }
    }

    proptest! {
        #[test]
        fn s55_every_cell_comes_back_as_it_went_and_none_runs(text in "['=+@\\-\t\rab ]{0,6}", any in any::<String>()) {
            for text in [text, any] {
                let cell = neutral(&text);
                prop_assert!(!cell.starts_with(begins_formula));
                prop_assert_eq!(plain(&cell), text.as_str());
            }
        }
    }
}
