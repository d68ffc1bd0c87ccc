//! Cells of spreadsheets: what we hand out never runs as a formula (S55), and comes back as it went.
//!
//! OWASP's advice on CSV injection: it is not enough to look at how a cell begins. Whoever opens the file with another
//! separator than it was written with, or with a program that does not heed its quotation marks, sees cells where we wrote
//! none: `x;=1+1` is two of them. So every cell is quoted (see [`crate::import`]), and an apostrophe stands before whatever
//! would run at the beginning of the text *and* behind every character that some program takes for the end of a cell.

use std::borrow::Cow;

/// What a spreadsheet would take for the beginning of a formula, also in its wide form.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// What some program takes for the end of a cell.
fn ends_cell(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '\t' | '\r' | '\n')
}

/// What may stand before a formula without keeping it from running: quotation marks that a program takes away, spaces.
/// Apostrophes are among them, so that a text which already has one of ours is told apart when it comes back.
fn leads_in(c: char) -> bool {
    matches!(c, '\'' | '"' | ' ' | '\u{a0}')
}

/// Whether what stands here would run, if a cell began here.
fn would_run(text: &str) -> bool {
    text.trim_start_matches(leads_in).starts_with(begins_formula)
}

/// Where a cell begins, or might: at the beginning, and behind whatever might end one.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let behind = text.char_indices().filter(|(_, c)| ends_cell(*c)).map(|(at, c)| at + c.len_utf8());
    std::iter::once(0).chain(behind)
}

/// The text as it goes into a cell of a CSV file: with an apostrophe wherever a spreadsheet would run it (S55).
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for at in beginnings(text) {
        let (Some(before), Some(here)) = (text.get(copied..at), text.get(at..)) else { continue };
        if would_run(here) {
            out.push_str(before);
            out.push('\'');
            copied = at;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// The text that a cell holds, without the apostrophes that [`neutral`] put in.
#[must_use]
pub fn plain(cell: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for at in beginnings(cell) {
        let Some(here) = cell.get(at..) else { continue };
        if here.strip_prefix('\'').is_some_and(would_run) {
            out.push_str(cell.get(copied..at).unwrap_or_default());
            copied = at + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(cell);
    }
    out.push_str(cell.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// The text as it goes into a cell of a workbook, where nobody runs a text: changed only as far as [`plain`] would change it
/// when it comes back.
#[must_use]
pub fn kept(text: &str) -> Cow<'_, str> {
    if matches!(plain(text), Cow::Borrowed(_)) { Cow::Borrowed(text) } else { neutral(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s55_what_would_run_is_neutralised() {
        for bad in ["=1+1", "+61 8 5555", "-1", "@SUM(A1)", "\t=1", "\r=1", "\nx", "＝1", "'=1", "\"=1", " =1"] {
            assert!(neutral(bad).starts_with(&format!("'{}", bad.get(..1).unwrap_or("＝"))), "{bad:?}");
        }
        for fine in ["", "Devika", "O'Brien", "'t Hooft", "a=b", "0423 456 789", "Quill; Ledger, \"and\" more", "a - b"]
        {
            assert_eq!(neutral(fine), fine);
        }
    }

    #[test]
    fn s55_what_would_run_when_the_file_is_cut_elsewhere_is_neutralised() {
        for (text, cell) in [
            ("x;=1+1", "x;'=1+1"),
            ("x,@SUM(A1)", "x,'@SUM(A1)"),
            ("x\t=1", "x\t'=1"),
            ("x|-1|+1", "x|'-1|'+1"),
            ("x\r\n=1", "x\r'\n'=1"),
            ("x;\"=1\"", "x;'\"=1\""),
            ("x; =1", "x;' =1"),
            ("=1;=2", "'=1;'=2"),
        ] {
            assert_eq!(neutral(text), cell);
            assert_eq!(plain(cell), text);
        }
    }

    proptest! {
        #[test]
        fn s55_every_cell_comes_back_as_it_went_and_none_runs(text in "['\"=+@;,|\\-\t\r\n ab ]{0,9}", any in any::<String>()) {
            for text in [text, any] {
                let cell = neutral(&text);
                for piece in cell.split(ends_cell) {
                    let piece = piece.trim_matches('"');
                    prop_assert!(!piece.starts_with(begins_formula), "{piece:?} of {cell:?}");
                }
                prop_assert_eq!(plain(&cell).into_owned(), text.clone());
                prop_assert_eq!(plain(&kept(&text)).into_owned(), text);
            }
        }
    }
}
