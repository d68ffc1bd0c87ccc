//! Chance that repeats itself: the same number gives the same people.

use crate::base::Instant;
use uuid::{Builder, Uuid};

/// A generator (SplitMix64: Steele, Lea and Flood, 2014). Nothing secret comes from it.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn of(number: u64) -> Self {
        Self(number)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of so many, from 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        let most = most.max(1) as u64;
        usize::try_from(self.next() % most).unwrap_or(0)
    }

    /// Whether something happens that happens to so many in a thousand.
    pub(super) fn per_mille(&mut self, n: usize) -> bool {
        self.below(1000) < n
    }

    /// One of these; the first ones more often, as among people.
    pub(super) fn leaning<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let a = self.below(from.len());
        let b = self.below(from.len());
        from.get(if self.per_mille(400) { a.min(b) } else { a }).copied()
    }

    /// One of these.
    pub(super) fn one<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    /// A moment between two.
    pub(super) fn between(&mut self, from: Instant, to: Instant) -> Instant {
        let span = usize::try_from(to.micros().saturating_sub(from.micros())).unwrap_or(0);
        Instant::from_micros(from.micros() + i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// An id of that moment.
    pub(super) fn id(&mut self, at: Instant) -> Uuid {
        let mut random = [0u8; 10];
        for (to, from) in random.iter_mut().zip(self.next().to_be_bytes().into_iter().chain(self.next().to_be_bytes()))
        {
            *to = from;
        }
        Builder::from_unix_timestamp_millis(u64::try_from(at.micros() / 1000).unwrap_or(0), &random).into_uuid()
    }
}
