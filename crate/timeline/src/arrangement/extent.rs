//! What the lengths of bars are measured by.

use super::Scale;
use crate::unit::Millis;

/// One row in this many may reach beyond the scale.
const ROWS_FOR_ONE_BEYOND: usize = 50;
/// Fewer rows than these always fit: what is normal among them, nobody can say.
const FEWEST_ROWS: usize = 5;
/// Rows reach beyond the scale only if all others become this much longer.
const WORTH: f64 = 3.0;

/// What lengths are measured by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extent {
    /// The longest bar or wall clock that fits.
    pub longest: Millis,
    /// How many are longer.
    pub beyond: usize,
    /// The longest time in each stage that fits, by stage.
    pub stages: Vec<Millis>,
}

/// The longest length that fits, and how many are longer. One hour-long row is not to make hairlines
/// of all others: one row in fifty, and one in any case, may reach beyond the scale where this
/// makes the others three times as long.
pub(super) fn fitting(lengths: &[f64], scale: Scale) -> (Millis, usize) {
    let longest =
        |limit: f64| lengths.iter().copied().filter(|length| *length <= limit).fold(0.0, f64::max);
    let mut fits = longest(f64::INFINITY);
    let mut beyond = 0;
    if scale == Scale::All || lengths.len() < FEWEST_ROWS {
        return (Millis(fits), 0);
    }
    let allowed = (lengths.len() / ROWS_FOR_ONE_BEYOND).max(1);
    while fits > 0.0 {
        let limit = fits / WORTH;
        let over = lengths.iter().filter(|length| **length > limit).count();
        let next = longest(limit);
        if over > allowed || next <= 0.0 {
            break;
        }
        (fits, beyond) = (next, over);
    }
    (Millis(fits), beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_of_an_hour_does_not_make_hairlines_of_the_others() {
        let mut lengths = vec![60.0, 50.0, 40.0, 30.0, 55.0];
        lengths.push(3_600.0);
        assert_eq!(fitting(&lengths, Scale::Robust), (Millis(60.0), 1));
        assert_eq!(fitting(&lengths, Scale::All), (Millis(3_600.0), 0));
    }

    #[test]
    fn what_is_only_somewhat_longer_or_not_rare_fits() {
        assert_eq!(fitting(&[60.0, 50.0, 40.0, 30.0, 55.0, 120.0], Scale::Robust).1, 0);
        assert_eq!(fitting(&[60.0, 50.0, 40.0, 3_000.0, 3_600.0], Scale::Robust).1, 0);
        assert_eq!(fitting(&[60.0, 3_600.0], Scale::Robust).1, 0);
    }

    #[test]
    fn nothing_reaches_beyond_a_scale_of_nothing() {
        assert_eq!(fitting(&[0.0, 0.0, 0.0, 0.0, 0.0, 9.0], Scale::Robust), (Millis(9.0), 0));
        assert_eq!(fitting(&[], Scale::Robust), (Millis(0.0), 0));
    }
}
