//! What one scrape showed of a workflow, and how many of its runs were under way after it.

use std::ops::Range;

use crate::tier::workflow::{Event, EventKind};

/// A duration reads up to this much high, since its start is a whole second.
pub(super) const ROUNDING_MS: f64 = 1_000.0;

/// All that one scrape showed.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// The scrape, ms since the epoch.
    pub to: f64,
    /// Positions in the period's events; in the lane's, as long as they are in no period.
    pub events: Range<usize>,
    /// Runs that began in it.
    pub accepted: f64,
    /// Runs that ended in it.
    pub ended: f64,
    /// Runs under way after it, those left out that never end.
    pub in_flight: f64,
}

/// Increments scrape by scrape.
pub(super) fn windows<'a>(
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

/// Counts the runs under way after each window. Runs that were under way before the segment and do
/// not end in it are not among them: they may be lost, or hang, and would hide that all others come
/// and go. Answers how many they are.
pub(super) fn count(segment: &mut [Window], before: f64) -> f64 {
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
