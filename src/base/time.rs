//! Time: one instant type, one clock. `Clock::now` is the only place that asks what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment, in whole microseconds since 1970 in UTC: how every time is stored, and compared.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Instant(i64);

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

impl Instant {
    /// The moment this many microseconds after 1970 began.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970 began.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This many seconds later (earlier, when negative); stops at the ends of time instead of wrapping.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// This many days later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is in fact later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0) / SECOND
    }

    /// The same moment as jiff knows it, for calendars and zones. Out of range (the year 9999) becomes 1970.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// As in `2026-11-22T09:41:00Z`: for `<time datetime>`, logs and exports (RFC 3339).
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// As in `22 Nov 2026`, in UTC: what tables show where no script rewrites it in the viewer's zone.
    #[must_use]
    pub fn day(self) -> String {
        self.timestamp().strftime("%-d %b %Y").to_string()
    }

    /// As in `22 November 2026, 9:41 am UTC`.
    #[must_use]
    pub fn words(self) -> String {
        self.timestamp().strftime("%-d %B %Y, %-I:%M %P UTC").to_string()
    }
}

/// What tells the time. Everyone but tests uses [`Clock::System`].
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved: for tests.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this moment.
    #[must_use]
    pub fn held_at(at: Instant) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at.micros())))
    }

    /// Now.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // the one place that may ask
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant::from_micros(jiff::Timestamp::now().as_microsecond()),
            Self::Held(at) => Instant::from_micros(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held clock forward; the machine's clock cannot be moved, and stays.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Self::Held(at) = self {
            at.fetch_add(seconds * SECOND, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_reads_as_people_write_it() {
        let at = Instant::from_micros(1_795_340_460_000_000);
        assert_eq!(at.rfc3339(), "2026-11-22T09:41:00Z");
        assert_eq!(at.day(), "22 Nov 2026");
        assert_eq!(at.words(), "22 November 2026, 9:41 am UTC");
    }

    #[test]
    fn arithmetic_stops_at_the_ends_of_time() {
        assert_eq!(Instant::from_micros(i64::MAX).plus_days(1).micros(), i64::MAX);
        assert_eq!(Instant::from_micros(0).plus_seconds(90).seconds_since(Instant::from_micros(0)), 90);
    }
}
