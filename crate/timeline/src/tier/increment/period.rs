//! Busy periods: stretches between two moments at which no run was under way.

use std::ops::Range;

use super::separate;
use crate::order;
use crate::profile::{Profile, Role};
use crate::tier::workflow::{Event, EventKind, Lane, kind_of};
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

/// All that one scrape showed.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// The scrape, ms since the epoch.
    pub to: f64,
    /// Positions in the period's events; in the lane's, as long as they are in no period.
    pub events: Range<usize>,
    accepted: f64,
    ended: f64,
    /// Runs under way after it, those left out that never end.
    pub in_flight: f64,
}

impl Window {
    /// Runs that ended in it.
    pub fn ends(&self) -> f64 {
        self.ended
    }
}

/// The busy periods of a lane, in order of time.
pub(super) fn periods(
    profile: &Profile,
    lane: &Lane,
    completion_is_abort: bool,
    step: Millis,
) -> Vec<Period> {
    let counted = |event: &Event| match profile.metric(event.metric).map(|metric| metric.role) {
        Some(Role::Completion(_)) if !completion_is_abort => EventKind::Between,
        _ => kind_of(profile, event.metric),
    };
    let windows = windows(lane.events.iter(), counted);
    let mut segments = segments(windows, lane);
    reach_back(lane, &mut segments, counted);
    let mut periods = Vec::new();
    let mut carried = lane.in_flight.max(0.0);
    for segment in segments {
        let (mut pinned, mut stray) = (false, false);
        let first = periods.len();
        for mut part in parts(lane, segment, counted) {
            pinned |= part.pinned;
            let before =
                if pinned { 0.0 } else { in_flight_before(lane, &part.windows, carried, counted) };
            let unending = count(&mut part.windows, before);
            carried = part.windows.last().map_or(before, |window| window.in_flight + unending);
            let mut found = busy(lane, part.windows, before - unending, counted, step);
            if pinned && unending == 0.0 {
                found = found
                    .into_iter()
                    .flat_map(|period| separate::separate(profile, lane, period, &counted, step))
                    .collect();
            } else {
                doubt(&mut found);
            }
            stray |= found.iter().any(|period| period.standing == Standing::Slice);
            periods.extend(found);
        }
        if stray {
            // A run that nobody knows of was told something: it may have been told more.
            doubt(periods.get_mut(first..).unwrap_or_default());
        }
    }
    periods
}

/// Whatever is counted may be another's.
fn doubt(periods: &mut [Period]) {
    for period in periods.iter_mut().filter(|period| period.standing == Standing::Alone) {
        period.standing = Standing::Unsure;
    }
}

/// What was counted between two restarts.
struct Segment {
    /// Its first scrape, ms since the epoch.
    begin: f64,
    windows: Vec<Window>,
    /// The earliest begin of all that is told in later ones, ms since the epoch: a run that outlives its
    /// process may have been silent in this.
    reached: f64,
}

/// A part of a segment. How many runs are under way when it begins is known if it is pinned: none
/// that is ever heard of again.
struct Part {
    pinned: bool,
    windows: Vec<Window>,
}

/// Cuts a segment where nobody is under way, provably.
///
/// Counts alone tell how many more or fewer runs are under way, not how many: a process may have
/// begun with some. But through a silence of a whole scrape window a run is within one of its
/// stages, which is told with all its length when it is over. So where nothing that is told later
/// reaches back over the silence, no run went through it, or none that is told of again. A run that
/// waits in a node without any metric (an approval, a launch plan) is silent too: where one ends
/// later, the silence proves nothing.
fn parts(lane: &Lane, segment: Segment, counted: impl Fn(&Event) -> EventKind) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The earliest scrape, and the earliest begin of a stage, of all that comes after.
    let (mut heard, mut reached) = (f64::INFINITY, segment.reached);
    let mut windows = segment.windows;
    let mut later: Vec<Window> = Vec::new();
    // How far the number of runs under way falls from here on: that many end which began before.
    let mut lowest = 0.0_f64;
    while let Some(window) = windows.pop() {
        lowest = (window.accepted - window.ended + lowest).min(0.0);
        for event in lane.events.get(window.events.clone()).unwrap_or_default() {
            heard = heard.min(event.from);
            reached = reached.min(begin(event, &counted));
        }
        later.push(window);
        let before = windows.last().map_or(segment.begin, |window| window.to);
        let pinned = heard > before && reached >= before && lowest == 0.0;
        if pinned || windows.is_empty() {
            later.reverse();
            parts.push(Part { pinned, windows: std::mem::take(&mut later) });
        }
    }
    parts.reverse();
    parts
}

/// When what an increment tells began, at the earliest, ms since the epoch. Acceptance is over when a run
/// begins.
fn begin(event: &Event, counted: impl Fn(&Event) -> EventKind) -> f64 {
    if counted(event) == EventKind::Accepted { f64::INFINITY } else { event.from - event.sum.0 }
}

/// Tells each segment how far what comes after it reaches back.
fn reach_back(lane: &Lane, segments: &mut [Segment], counted: impl Fn(&Event) -> EventKind) {
    let mut reached = f64::INFINITY;
    for segment in segments.iter_mut().rev() {
        segment.reached = reached;
        for window in &segment.windows {
            for event in lane.events.get(window.events.clone()).unwrap_or_default() {
                reached = reached.min(begin(event, &counted));
            }
        }
    }
}

/// Increments scrape by scrape.
fn windows<'a>(
    events: impl Iterator<Item = &'a Event>,
    counted: impl Fn(&Event) -> EventKind,
) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    for (position, event) in events.enumerate() {
        if windows.last().is_none_or(|window| window.to < event.to) {
            windows.push(Window {
                to: event.to,
                events: position..position,
                accepted: 0.0,
                ended: 0.0,
                in_flight: 0.0,
            });
        }
        let Some(window) = windows.last_mut() else { continue };
        window.events.end = position + 1;
        match counted(event) {
            EventKind::Accepted => window.accepted += event.count,
            EventKind::Ended => window.ended += event.count,
            EventKind::Between => {}
        }
    }
    windows
}

/// What a restart lost nobody knows, so what comes after it is counted anew.
fn segments(windows: Vec<Window>, lane: &Lane) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut era = None;
    for window in windows {
        let restarts = lane.restarts.partition_point(|restart| *restart <= window.to);
        if era != Some(restarts) {
            era = Some(restarts);
            let restart = restarts.checked_sub(1).and_then(|last| lane.restarts.get(last));
            segments.push(Segment {
                begin: restart.copied().unwrap_or(lane.begin),
                windows: Vec::new(),
                reached: f64::INFINITY,
            });
        }
        if let Some(segment) = segments.last_mut() {
            segment.windows.push(window);
        }
    }
    segments
}

/// Runs under way when a segment begins: at least as many as are known from before, as end in it
/// with a duration that reaches further back, and as keep the count from falling below zero.
fn in_flight_before(
    lane: &Lane,
    segment: &[Window],
    carried: f64,
    counted: impl Fn(&Event) -> EventKind,
) -> f64 {
    let events =
        || segment.iter().filter_map(|window| lane.events.get(window.events.clone())).flatten();
    let begin = events().map(|event| event.from).fold(f64::INFINITY, f64::min);
    let older = events()
        .filter(|event| counted(event) == EventKind::Ended && event.count == 1.0)
        .filter(|event| event.to - event.sum.0 + ROUNDING_MS < begin)
        .count() as f64;
    let (mut now, mut lowest) = (0.0_f64, 0.0_f64);
    for window in segment {
        now += window.accepted - window.ended;
        lowest = lowest.min(now);
    }
    carried.max(older).max(-lowest)
}

/// A duration reads up to this much high, since its start is a whole second.
pub(super) const ROUNDING_MS: f64 = 1_000.0;

/// Counts the runs under way after each window. Runs that were under way before the segment and do
/// not end in it are not among them: they may be lost, or hang, and would hide that all others come
/// and go. Answers how many they are.
fn count(segment: &mut [Window], before: f64) -> f64 {
    let (mut now, mut lowest) = (before, before);
    for window in segment.iter_mut() {
        now += window.accepted - window.ended;
        window.in_flight = now;
        lowest = lowest.min(now);
    }
    for window in segment {
        window.in_flight -= lowest;
    }
    lowest
}

/// The periods of a segment.
fn busy(
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
