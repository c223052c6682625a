//! Where the ticks of an axis are.

use super::plot::Ruler;
use crate::unit::{Millis, UnixMillis};

/// Ticks of durations are at least this far apart, CSS pixels.
const DISTANCE: f64 = 72.0;
/// Those of the clock, whose texts may have a date.
const CLOCK_DISTANCE: f64 = 96.0;

/// A tick of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Position from the left.
    pub x: f64,
    /// What it stands for: ms, or a share.
    pub at: f64,
    /// How far its neighbours are.
    pub step: f64,
}

/// Ticks from zero on.
pub(super) fn elapsed(ruler: &Ruler) -> Vec<Tick> {
    let Some(step) = step_of(ruler, DISTANCE) else { return Vec::new() };
    let count = (ruler.to / step).floor() as usize;
    let tick = |place: usize| step * place as f64;
    (0..=count).map(|place| Tick { x: ruler.x(tick(place)), at: tick(place), step }).collect()
}

/// Quarters of the row, or halves where there is no room for them.
pub(super) fn shares(whole: &Ruler) -> Vec<Tick> {
    let parts = if whole.right - whole.left < 4.0 * DISTANCE { 2_u8 } else { 4 };
    let share = |part: u8| f64::from(part) / f64::from(parts);
    let x = |share: f64| whole.x(whole.to * share);
    let tick = |part| Tick { x: x(share(part)), at: share(part), step: share(1) };
    (0..=parts).map(tick).collect()
}

/// Ticks at full hours and the like of the dashboard's time zone, which is `offset` ahead of UTC.
pub(super) fn clock(ruler: &Ruler, offset: &dyn Fn(UnixMillis) -> Millis) -> Vec<Tick> {
    let Some(step) = step_of(ruler, CLOCK_DISTANCE) else { return Vec::new() };
    let ahead = |at: f64| offset(UnixMillis(at)).0;
    let first = ((ruler.from + ahead(ruler.from)) / step).ceil();
    let most = ((ruler.to - ruler.from) / step) as usize + 1;
    let tick = |place: usize| {
        let local = (first + place as f64) * step;
        // The clock may have been put forward since, or may not have shown this hour at all.
        let at = local - ahead(local - ahead(ruler.from));
        let is_shown = (at + ahead(at) - local).abs() < 1.0;
        let is_inside = ruler.from <= at && at <= ruler.to;
        (is_shown && is_inside).then(|| Tick { x: ruler.x(at), at, step })
    };
    (0..=most).filter_map(tick).collect()
}

fn step_of(ruler: &Ruler, distance: f64) -> Option<f64> {
    let width = ruler.right - ruler.left;
    (width >= distance).then(|| step(distance / ruler.scale()))
}

/// The shortest sensible step that is at least `atleast` ms: 1, 2 or 5 tenths of a second, then
/// what a clock is read in, then days.
fn step(atleast: f64) -> f64 {
    const STEPS: [f64; 23] = [
        100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3,
        1_800e3, 3_600e3, 7_200e3, 10_800e3, 21_600e3, 43_200e3, 86_400e3, 172_800e3, 432_000e3,
    ];
    if let Some(step) = STEPS.into_iter().find(|step| *step >= atleast) {
        return step;
    }
    let mut days = 10.0_f64;
    while days.is_finite() {
        if let Some(step) = [1.0, 2.0, 5.0]
            .into_iter()
            .map(|digit| digit * days * 86_400e3)
            .find(|step| *step >= atleast)
        {
            return step;
        }
        days *= 10.0;
    }
    atleast
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Arranged, Extent, Mode};
    use crate::layout::{Column, Plot};
    use crate::unit::TimeRange;

    fn ruler(arranged: &Arranged) -> Ruler {
        let bar = Column { x: 100.0, width: 700.0 };
        match Plot::new(bar, arranged, None, 2.0) {
            Plot::Elapsed(ruler) | Plot::Clock(ruler) => ruler,
            Plot::Shares | Plot::Stages(_) => unreachable!("not asked for"),
        }
    }

    fn apart(ticks: &[Tick], distance: f64) {
        assert!(ticks.iter().all(|tick| (100.0..=800.0).contains(&tick.x)), "{ticks:?}");
        for pair in ticks.windows(2) {
            assert!(pair[1].x - pair[0].x >= distance - 0.5, "{pair:?}");
        }
    }

    #[test]
    fn ticks_never_meet_and_stay_inside_the_bars_for_any_range() {
        for exponent in 0..13 {
            for digit in [1.0, 3.7, 9.9] {
                let longest = Millis(digit * 10_f64.powi(exponent));
                let extent = Extent { longest, ..Extent::default() };
                let ruler = ruler(&Arranged { extent, ..Arranged::default() });
                apart(&elapsed(&ruler), DISTANCE);
                let range = TimeRange { from: UnixMillis(1e12), to: UnixMillis(1e12 + longest.0) };
                let arranged = Arranged { range, mode: Mode::Clock, ..Arranged::default() };
                apart(&clock(&super::tests::ruler(&arranged), &|_| Millis::ZERO), CLOCK_DISTANCE);
            }
        }
    }

    #[test]
    fn the_clock_ticks_at_full_hours_of_the_time_zone_before_and_after_it_is_put_forward() {
        let hour = 3.6e6;
        let from = 1_700_000_000_000.0;
        let range = TimeRange { from: UnixMillis(from), to: UnixMillis(from + 12.0 * hour) };
        let ruler = ruler(&Arranged { range, mode: Mode::Clock, ..Arranged::default() });
        let change = from + 6.0 * hour;
        let offset = |at: UnixMillis| Millis(if at.0 < change { 1.5 } else { 2.5 } * hour);
        let ticks = clock(&ruler, &offset);
        assert!(ticks.len() > 4, "{ticks:?}");
        for tick in ticks {
            let local = tick.at + offset(UnixMillis(tick.at)).0;
            assert!((local % tick.step).abs() < 1e-6, "{tick:?}");
        }
    }
}
