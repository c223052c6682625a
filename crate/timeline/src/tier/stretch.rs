//! Stretches of time of a length that people divide their days into.

use crate::unit::{Millis, TimeRange, UnixMillis};

/// What people divide a day into, and days, ms.
const LENGTHS: [f64; 13] = [
    60e3,
    300e3,
    900e3,
    1_800e3,
    3_600e3,
    7_200e3,
    10_800e3,
    21_600e3,
    43_200e3,
    86_400e3,
    172_800e3,
    604_800e3,
    2_419_200e3,
];

/// The shortest of these lengths that is at least as long as each of some, ms.
pub(super) fn length(least: &[f64]) -> f64 {
    let least = least.iter().copied().fold(0.0, f64::max);
    LENGTHS.into_iter().find(|length| *length >= least).unwrap_or(least)
}

/// A range cut into stretches that begin at full hours, days, and so on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretches {
    range: TimeRange,
    length: f64,
    /// How far the reader's clocks are ahead of UTC.
    ahead: Millis,
}

impl Stretches {
    pub fn new(range: TimeRange, length: f64, ahead: Millis) -> Self {
        Self { range, length: length.max(1.0), ahead }
    }

    /// Which stretch an instant is in; what is at its end is in it, and what is outside of the range
    /// in the first or the last.
    pub fn position(&self, at: UnixMillis) -> f64 {
        // The library's clamp would panic with the numbers in its message: 20 KB of formatting.
        let at = at.0.min(self.range.to.0).max(self.range.from.0);
        let first = ((self.range.from.0 + self.ahead.0) / self.length).floor() + 1.0;
        ((at + self.ahead.0) / self.length).ceil().max(first)
    }

    /// Begin of one stretch and end of another, within the range.
    pub fn bounds(&self, first: f64, last: f64) -> (UnixMillis, UnixMillis) {
        let begin = (first - 1.0) * self.length - self.ahead.0;
        let end = last * self.length - self.ahead.0;
        (UnixMillis(begin.max(self.range.from.0)), UnixMillis(end.min(self.range.to.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600e3;

    #[test]
    fn a_length_is_one_that_people_use_and_long_enough_for_all() {
        assert_eq!(length(&[1.0]), 60e3);
        assert_eq!(length(&[61e3, HOUR]), HOUR);
        assert_eq!(length(&[25.0 * HOUR]), 48.0 * HOUR);
        assert_eq!(length(&[9_999.0 * HOUR]), 9_999.0 * HOUR);
    }

    #[test]
    fn stretches_begin_at_full_hours_of_the_readers_clock_and_end_with_the_range() {
        let range = TimeRange { from: UnixMillis(1.5 * HOUR), to: UnixMillis(5.2 * HOUR) };
        let half_ahead = Stretches::new(range, HOUR, Millis(0.5 * HOUR));
        let of = |stretches: &Stretches, at: f64| {
            let position = stretches.position(UnixMillis(at * HOUR));
            let (begin, end) = stretches.bounds(position, position);
            (begin.0 / HOUR, end.0 / HOUR)
        };
        assert_eq!(of(&half_ahead, 1.6), (1.5, 2.5));
        assert_eq!(of(&half_ahead, 2.5), (1.5, 2.5), "an end belongs to what it ends");
        assert_eq!(of(&half_ahead, 5.0), (4.5, 5.2));
        let utc = Stretches::new(range, HOUR, Millis::ZERO);
        assert_eq!(of(&utc, 1.5), (1.5, 2.0), "and the begin of the range to the first");
        assert_eq!(of(&utc, 0.2), (1.5, 2.0));
        assert_eq!(of(&utc, 9.9), (5.0, 5.2));
    }
}
