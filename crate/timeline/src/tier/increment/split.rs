//! Cuts a long busy period into rows that a person can act on.
//!
//! A busy workflow overlaps without end. What cannot be told apart is shown by stretches of time,
//! cut where the fewest runs are under way: the sums and counts in each are exact, only whose they
//! are is not known.

use super::period::{Period, Standing};
use super::window::Window;
use crate::unit::Millis;

/// More runs than this in one row say nothing about any of them.
const MOST_RUNS_TOGETHER: f64 = 8.0;
/// Stretches are at least a range's share of this, so that a workflow never makes more rows.
const MOST_SLICES: f64 = 48.0;
/// Lengths of stretches, ms: what people divide a day into.
const LENGTHS: [f64; 9] =
    [300e3, 900e3, 1_800e3, 3_600e3, 7_200e3, 10_800e3, 21_600e3, 43_200e3, 86_400e3];
/// How far from its due time a stretch may be cut, as a part of its length.
const LEEWAY: f64 = 0.25;

/// The period itself where it is short, else its slices.
pub(super) fn parts(period: Period, range: Millis) -> Vec<Period> {
    let few = period.ends() <= MOST_RUNS_TOGETHER;
    if period.standing != Standing::Together || few {
        return vec![period];
    }
    let wanted = range.0 / MOST_SLICES;
    let length = LENGTHS.into_iter().find(|length| *length >= wanted).unwrap_or(wanted);
    slices(&period, length)
}

fn slices(period: &Period, length: f64) -> Vec<Period> {
    let mut slices = Vec::new();
    let mut rest = period.windows.as_slice();
    while let Some(first) = rest.first() {
        let due = first.to + length;
        let cut =
            quietest(rest, due - length * LEEWAY, due + length * LEEWAY).unwrap_or(rest.len());
        let (slice, after) = rest.split_at(cut.clamp(1, rest.len()));
        slices.push(slice_of(period, slice, after.is_empty()));
        rest = after;
    }
    slices
}

/// How many windows come before the quietest moment between two times; none where the windows end
/// before the later.
fn quietest(windows: &[Window], from: f64, to: f64) -> Option<usize> {
    if windows.last().is_none_or(|last| last.to <= to) {
        return None;
    }
    let inside =
        windows.iter().enumerate().filter(|(_, window)| from <= window.to && window.to <= to);
    let quietest = inside.min_by(|(_, a), (_, b)| a.in_flight.total_cmp(&b.in_flight));
    // Where nothing was scraped around the due time, the first window after it begins the next.
    let position = quietest.map(|(position, _)| position + 1);
    position.or_else(|| windows.iter().position(|window| window.to > to))
}

fn slice_of(period: &Period, windows: &[Window], last: bool) -> Period {
    let start = windows.first().map_or(0, |window| window.events.start);
    let end = windows.last().map_or(start, |window| window.events.end);
    Period {
        events: period.events.get(start..end).unwrap_or_default().to_vec(),
        standing: Standing::Slice,
        ended: windows.iter().any(|window| window.ended > 0.0),
        open: period.open && last,
        to: windows.last().map_or(period.to, |window| window.to),
        // The windows' places are not asked for any more.
        windows: Vec::new(),
    }
}
