//! A day of the calendar, without a time: when something takes place, was issued or is due.

use crate::base::Instant;
use crate::base::text::TextError;
use jiff::civil::Date;
use std::fmt;

/// A day; stored, sorted and posted as `2026-11-22`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(Date);

impl Day {
    /// Parses what was typed: as a browser's date field sends it, `2026-11-22`, or as spreadsheets write it, `22/11/2026`
    /// and `22.11.2026` (the day first).
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Self::parse_optional(text)?.ok_or_else(|| TextError("The date is missing. Enter it.".into()))
    }

    /// The same; empty is none.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || TextError("Enter a date like 2026-11-22.".into());
        // A spreadsheet may add midnight.
        let text = text.strip_suffix(" 00:00:00").or(text.strip_suffix("T00:00:00")).unwrap_or(text);
        let (parts, year_first): (Vec<&str>, bool) = match text.split_once('-') {
            Some((year, _)) if year.len() == 4 => (text.split('-').collect(), true),
            _ => (text.split(['/', '.', '-']).collect(), false),
        };
        let [a, b, c] = parts.as_slice() else { return Err(wrong()) };
        let (year, month, day) = if year_first { (a, b, c) } else { (c, b, a) };
        if year.len() != 4 || [month, day].iter().any(|part| part.is_empty() || part.len() > 2) {
            return Err(wrong());
        }
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
        let small = |text: &str| number(text).and_then(|n| i8::try_from(n).ok());
        let (Some(year), Some(month), Some(day)) = (number(year), small(month), small(day)) else {
            return Err(wrong());
        };
        // Years that nobody means: a slip of the finger, not a date.
        if !(1900..=2200).contains(&year) {
            return Err(wrong());
        }
        Date::new(year, month, day).map(|date| Some(Self(date))).map_err(|_| wrong())
    }

    /// The day of a moment, in UTC.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Self(at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// So many days later; stops at the end of time.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Its beginning, in UTC: what formats days by language take.
    #[must_use]
    pub fn instant(self) -> Instant {
        let midnight = self.0.to_zoned(jiff::tz::TimeZone::UTC).map(|at| at.timestamp().as_microsecond());
        Instant::from_micros(midnight.unwrap_or_default())
    }

    /// As staff read it: `22 Nov 2026`.
    #[must_use]
    pub fn words(self) -> String {
        self.0.strftime("%-d %b %Y").to_string()
    }
}

impl fmt::Display for Day {
    /// As stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Day {
    type Error = TextError;
    fn try_from(stored: String) -> Result<Self, TextError> {
        Self::parse(&stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_read_as_people_and_spreadsheets_write_it() {
        for text in ["2026-11-22", " 22/11/2026 ", "22.11.2026", "22-11-2026", "2026-11-22 00:00:00"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), "2026-11-22", "{text}");
        }
        assert_eq!(Day::parse("1/2/2026").unwrap().to_string(), "2026-02-01");
        for wrong in
            ["", "2026-02-30", "22/11/26", "11/22/2026", "0026-11-22", "2026-11", "soon", "2026-1-+1", "+026-01-01"]
        {
            assert!(Day::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Day::parse_optional(" ").unwrap(), None);
    }

    #[test]
    fn a_day_reads_and_counts_as_on_a_calendar() {
        let day = Day::parse("2026-12-31").unwrap();
        assert_eq!(day.plus_days(1).to_string(), "2027-01-01");
        assert_eq!(day.words(), "31 Dec 2026");
        assert_eq!(Day::of(day.instant()), day);
    }

    proptest! {
        #[test]
        fn what_was_taken_is_stored_as_it_sorts(a in "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", b in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            if let (Ok(a), Ok(b)) = (Day::parse(&a), Day::parse(&b)) {
                prop_assert_eq!(Day::parse(&a.to_string()).unwrap(), a);
                prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            }
        }

        #[test]
        fn reading_a_day_never_panics(text: String) {
            let _ = Day::parse(&text);
        }
    }
}
