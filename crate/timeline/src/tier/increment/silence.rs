//! Cuts what a process counted where a silence proves that no run was under way.

use super::window::{ROUNDING_MS, Window};
use crate::tier::workflow::{Event, EventKind, Lane};

/// What was counted between two restarts.
pub(super) struct Segment {
    /// Its first scrape, ms since the epoch.
    begin: f64,
    pub windows: Vec<Window>,
    /// The earliest begin of all that later ones tell, ms since the epoch: a run that outlives its
    /// process may have been silent in this.
    reached: f64,
}

/// A part of a segment. How many runs are under way when it begins is known if it is pinned: none
/// that is ever heard of again.
pub(super) struct Part {
    pub pinned: bool,
    pub windows: Vec<Window>,
}

/// Cuts a segment where nobody is under way, provably.
///
/// Counts alone tell how many more or fewer runs are under way, not how many: a process may have
/// begun with some. But through a silence of a whole scrape window a run is within one of its
/// stages, which is told with all its length when it is over. So where nothing that is told later
/// reaches back over the silence, no run went through it, or none that is told of again. A run that
/// waits in a node without any metric (an approval, a launch plan) is silent too: where one ends
/// later, the silence proves nothing.
pub(super) fn parts(
    lane: &Lane,
    segment: Segment,
    counted: impl Fn(&Event) -> EventKind,
) -> Vec<Part> {
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

/// When what an increment tells began, at the earliest, ms since the epoch. Acceptance is over when a
/// run begins.
fn begin(event: &Event, counted: impl Fn(&Event) -> EventKind) -> f64 {
    if counted(event) == EventKind::Accepted { f64::INFINITY } else { event.from - event.sum.0 }
}

/// What a restart lost nobody knows, so what comes after it is counted anew.
pub(super) fn segments(
    windows: Vec<Window>,
    lane: &Lane,
    counted: impl Fn(&Event) -> EventKind,
) -> Vec<Segment> {
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
    let mut reached = f64::INFINITY;
    for segment in segments.iter_mut().rev() {
        segment.reached = reached;
        let told =
            segment.windows.iter().filter_map(|window| lane.events.get(window.events.clone()));
        reached = told.flatten().map(|event| begin(event, &counted)).fold(reached, f64::min);
    }
    segments
}

/// Runs under way when a segment begins: at least as many as are known from before, as end in it
/// with a duration that reaches further back, and as keep the count from falling below zero.
pub(super) fn in_flight_before(
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
