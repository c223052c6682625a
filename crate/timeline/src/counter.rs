//! How much a counter grew over the range.
//!
//! A summary's `_sum` and `_count` are two counters of one process: they are scraped together and
//! begin anew together. They are therefore read together where they have the same samples, so that
//! a restart which only one of them shows (a long duration right after it) is seen for both.

use crate::series::{Growth, SampleView, is_plausible};

/// What a counter's first sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The series appeared while others were there already, so all that is in it was added since.
    Increment,
    /// It is only where the query begins: what is in it was there before.
    Baseline,
}

/// Growth of a `_sum` and its `_count`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Increase {
    /// Of the sum, in the metric's unit.
    pub sum: f64,
    /// Of the count.
    pub count: f64,
    /// How often the process began anew.
    pub restarts: u32,
}

/// Growth of a `_sum` and its `_count` over all samples. Either may be absent.
#[must_use]
pub fn increase(
    sum: Option<SampleView<'_>>,
    count: Option<SampleView<'_>>,
    growth: Growth,
    first: First,
) -> Increase {
    match (sum, count) {
        (Some(sum), Some(count)) if growth == Growth::Counter && sum.times == count.times => {
            together(sum, count, first)
        }
        (sum, count) => {
            let alone = |view: Option<SampleView<'_>>| {
                view.map_or((0.0, 0), |view| alone(view, growth, first))
            };
            let ((sum, restarts), (count, count_restarts)) = (alone(sum), alone(count));
            Increase { sum, count, restarts: restarts.max(count_restarts) }
        }
    }
}

fn together(sum: SampleView<'_>, count: SampleView<'_>, first: First) -> Increase {
    let samples =
        sum.values.iter().zip(count.values).filter(|(s, c)| is_plausible(**s) && is_plausible(**c));
    let mut result = Increase::default();
    let mut last: Option<(f64, f64)> = None;
    for (&s, &c) in samples {
        let (ds, dc) = match last {
            None if first == First::Baseline => (0.0, 0.0),
            None => (s, c),
            Some((ls, lc)) if s < ls || c < lc => {
                result.restarts += 1;
                (s, c)
            }
            Some((ls, lc)) => (s - ls, c - lc),
        };
        result.sum += ds;
        result.count += dc;
        last = Some((s, c));
    }
    result
}

fn alone(view: SampleView<'_>, growth: Growth, first: First) -> (f64, u32) {
    if growth == Growth::Increase {
        return (view.iter().map(|(_, value)| value).sum(), 0);
    }
    let (mut total, mut restarts) = (0.0, 0);
    let mut last: Option<f64> = None;
    for (_, value) in view.iter() {
        total += match last {
            None if first == First::Baseline => 0.0,
            None => value,
            Some(before) if value < before => {
                restarts += 1;
                value
            }
            Some(before) => value - before,
        };
        last = Some(value);
    }
    (total, restarts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: [f64; 5] = [0.0, 15.0, 30.0, 45.0, 60.0];

    fn grown(sum: &[f64], count: &[f64], first: First) -> (f64, f64, u32) {
        let view = |values| SampleView { times: TIMES.get(..sum.len()).unwrap(), values };
        let i = increase(Some(view(sum)), Some(view(count)), Growth::Counter, first);
        (i.sum, i.count, i.restarts)
    }

    #[test]
    fn a_counter_grows_by_the_difference_of_its_ends() {
        assert_eq!(
            grown(&[5.0, 5.0, 9.0, 20.0], &[1.0, 1.0, 2.0, 4.0], First::Baseline),
            (15.0, 3.0, 0)
        );
    }

    #[test]
    fn the_first_sample_of_a_series_that_appears_is_an_increment() {
        assert_eq!(grown(&[5.0, 9.0], &[1.0, 2.0], First::Increment), (9.0, 2.0, 0));
    }

    #[test]
    fn a_restart_begins_a_new_counter() {
        assert_eq!(
            grown(&[50.0, 60.0, 7.0, 8.0], &[5.0, 6.0, 1.0, 2.0], First::Baseline),
            (18.0, 3.0, 1)
        );
    }

    #[test]
    fn a_restart_that_only_the_count_shows_is_seen_for_the_sum_too() {
        assert_eq!(grown(&[50.0, 60.0, 900.0], &[5.0, 6.0, 1.0], First::Baseline), (910.0, 2.0, 1));
    }

    #[test]
    fn a_sample_without_a_value_is_no_sample() {
        assert_eq!(
            grown(&[5.0, f64::NAN, 9.0], &[1.0, f64::NAN, 3.0], First::Baseline),
            (4.0, 2.0, 0)
        );
    }

    #[test]
    fn a_sum_whose_count_was_scraped_at_other_times_is_read_alone() {
        let sum = SampleView { times: &TIMES[..3], values: &[1.0, 2.0, 5.0] };
        let count = SampleView { times: &TIMES[1..3], values: &[1.0, 2.0] };
        let both = increase(Some(sum), Some(count), Growth::Counter, First::Baseline);
        assert_eq!((both.sum, both.count), (4.0, 1.0));
    }

    #[test]
    fn increases_add_up_as_they_are() {
        let view = SampleView { times: &TIMES[..3], values: &[1.0, 2.0, 1.0] };
        let both = increase(Some(view), None, Growth::Increase, First::Baseline);
        assert_eq!((both.sum, both.count, both.restarts), (4.0, 0.0, 0));
    }
}
