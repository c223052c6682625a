//! Busy periods: stretches between two moments at which no run was under way.

use super::window::{ROUNDING_MS, Window, count, windows};
use crate::order;
use crate::tier::workflow::{Event, EventKind, Lane};
use crate::unit::Millis;

/// How well a period is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// One run, and all that was counted is its own.
    Alone,
    /// Several runs.
    Together,
    /// A run, or some, of which a part may be missing or may be another's.
    Unsure,
    /// A stretch of time, cut out of a longer period.
    Slice,
}

/// What a process counted of a workflow between two moments.
#[derive(Clone, Debug)]
pub(super) struct Period {
    /// Positions in the lane's events, in order of time.
    pub events: Vec<usize>,
    /// Its scrapes, in order.
    pub windows: Vec<Window>,
    pub standing: Standing,
    /// Whether any run ended in it.
    pub ended: bool,
    /// Whether runs are still under way at its end.
    pub open: bool,
    /// Last scrape, ms since the epoch.
    pub to: f64,
}

/// The periods of a segment.
pub(super) fn busy(
    lane: &Lane,
    segment: Vec<Window>,
    before: f64,
    counted: impl Fn(&Event) -> EventKind,
    step: Millis,
) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    let mut open: Vec<Window> = Vec::new();
    let mut begun_before = before > 0.0;
    // Something was counted while nobody was under way: a run that neither began nor ended here.
    let mut stray: Vec<Window> = Vec::new();
    for window in segment {
        let idle = open.is_empty() && !begun_before;
        if idle && window.accepted == 0.0 && window.ended == 0.0 {
            stray.push(window);
            continue;
        }
        let quiet = window.in_flight == 0.0;
        open.push(window);
        if quiet {
            periods.push(period(
                lane,
                std::mem::take(&mut open),
                begun_before,
                false,
                &counted,
                step,
            ));
            begun_before = false;
        }
    }
    if !open.is_empty() {
        periods.push(period(lane, open, begun_before, true, &counted, step));
    }
    if !stray.is_empty() {
        periods.extend(stray.into_iter().map(|window| Period {
            standing: Standing::Slice,
            ended: false,
            open: false,
            to: window.to,
            ..gathered(vec![window])
        }));
        order::sort(&mut periods, |a, b| a.to.total_cmp(&b.to));
    }
    periods
}

fn period(
    lane: &Lane,
    windows: Vec<Window>,
    begun_before: bool,
    open: bool,
    counted: impl Fn(&Event) -> EventKind,
    step: Millis,
) -> Period {
    let period = Period { open, ..gathered(windows) };
    period.classified(lane, !begun_before && !open, counted, step)
}

/// A period of windows that follow each other.
fn gathered(mut windows: Vec<Window>) -> Period {
    let start = windows.first().map_or(0, |window| window.events.start);
    let end = windows.last().map_or(start, |window| window.events.end);
    for window in &mut windows {
        window.events = window.events.start - start..window.events.end - start;
    }
    Period {
        events: (start..end).collect(),
        standing: Standing::Unsure,
        ended: windows.iter().any(|window| window.ended > 0.0),
        open: false,
        to: windows.last().map_or(0.0, |window| window.to),
        windows,
    }
}

impl Period {
    /// Some of what was counted in a longer period: the events of some of its runs.
    pub fn of(
        lane: &Lane,
        events: Vec<usize>,
        open: bool,
        counted: impl Fn(&Event) -> EventKind,
        step: Millis,
    ) -> Self {
        let told = events.iter().filter_map(|position| lane.events.get(*position));
        let mut windows = windows(told, &counted);
        count(&mut windows, 0.0);
        let period = Self { events, open, ..gathered(windows) };
        period.classified(lane, !open, counted, step)
    }

    /// With its standing. It is whole if no run in it began before or goes on after it.
    fn classified(
        mut self,
        lane: &Lane,
        whole: bool,
        counted: impl Fn(&Event) -> EventKind,
        step: Millis,
    ) -> Self {
        let runs = self.accepted().max(self.ends());
        self.standing = if whole && runs == 1.0 && is_consistent(lane, &self, counted, step) {
            Standing::Alone
        } else if runs <= 1.0 {
            Standing::Unsure
        } else {
            Standing::Together
        };
        self
    }

    /// What was counted in it.
    pub fn told<'a>(&'a self, lane: &'a Lane) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter_map(|position| lane.events.get(*position))
    }

    /// Runs that began in it.
    pub fn accepted(&self) -> f64 {
        self.windows.iter().map(|window| window.accepted).sum()
    }

    /// Runs that ended in it.
    pub fn ends(&self) -> f64 {
        self.windows.iter().map(|window| window.ended).sum()
    }
}

/// Whether the one run that ended can be the one that was accepted: its duration reaches back to
/// its acceptance, and nothing of it was counted over a scrape at which it had not begun.
fn is_consistent(
    lane: &Lane,
    period: &Period,
    counted: impl Fn(&Event) -> EventKind,
    step: Millis,
) -> bool {
    let of = |kind: EventKind| period.told(lane).find(|event| counted(event) == kind);
    let (Some(accepted), Some(ended)) = (of(EventKind::Accepted), of(EventKind::Ended)) else {
        return false;
    };
    let started =
        (ended.from - ended.sum.0 - step.0, ended.to - ended.sum.0 + ROUNDING_MS + step.0);
    let fits = started.0 <= accepted.to && accepted.from <= started.1;
    fits && period.told(lane).all(|event| event.from >= accepted.from)
}
