//! Means of every workflow: how much its counters grew over the whole range, or over each stretch of
//! it.

use super::LeftOut;
use super::mean::{self, Mean};
use super::pieces::Reading;
use super::stretch::{self, Stretches};
use super::workflow::{self, Event, Workflow};
use crate::lack::Lacks;
use crate::order;
use crate::profile::{Profile, Role};
use crate::run::{Kind, Notes, Runs, Tier};
use crate::text::Texts;
use crate::unit::{Millis, TimeRange, UnixMillis};

/// A range has at most so many stretches.
const MOST_STRETCHES: f64 = 48.0;
/// A stretch is at least as long as so many mean runs, so that what runs do across its ends is a small
/// part of it.
const LEAST_RUNS_LONG: f64 = 4.0;

/// The range of a trend, the distance of its samples, and how far the reader's clocks are ahead of UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trend {
    pub range: TimeRange,
    pub step: Millis,
    pub ahead: Millis,
}

impl Trend {
    /// The stretches, each at least as long as `least`.
    pub fn stretches(&self, least: Millis) -> Stretches {
        let share = (self.range.to.0 - self.range.from.0) / MOST_STRETCHES;
        let length = stretch::length(&[share, self.step.0, least.0]);
        Stretches::new(self.range, length, self.ahead)
    }
}

/// What is known of a workflow beside its increments.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub profile: &'a Profile,
    pub texts: &'a Texts,
    pub workflow: &'a Workflow,
    /// Why it is not known better.
    pub lacks: Lacks,
}

/// One mean run over the whole range.
pub(super) fn add(known: Known<'_>, runs: &mut Runs, left_out: &mut LeftOut) {
    let lanes = &known.workflow.lanes;
    let restarted = lanes.iter().any(|lane| !lane.restarts.is_empty() && !lane.events.is_empty());
    let readings = readings(known.workflow.events());
    let is_abort = known.workflow.completion_is_abort(known.profile);
    let mean = known.mean(&readings, is_abort, restarted);
    match mean::row(known.profile, known.texts, &mean) {
        Some((run, pieces)) => runs.push(run, &pieces),
        None => left_out.idle += 1,
    }
}

/// One mean run for each stretch of time. An increment is in the stretch of the scrape that shows it;
/// a stretch in which no run ended goes on until one does, since its stages would be no run's.
pub(super) fn add_trend(known: Known<'_>, trend: Trend, runs: &mut Runs, left_out: &mut LeftOut) {
    let Known { profile, workflow, .. } = known;
    let is_abort = workflow.completion_is_abort(profile);
    let ends = |event: &Event| event.count > 0.0 && is_end(profile, event, is_abort);
    let mut events: Vec<Event> = workflow.events().copied().collect();
    order::sort(&mut events, |a, b| a.to.total_cmp(&b.to));
    let running = running_time(profile, &events, is_abort);
    let stretches = trend.stretches(Millis(running.0 * LEAST_RUNS_LONG));
    let position = |event: &Event| stretches.position(UnixMillis(event.to));
    let (mut begin, mut end) = (0, 0);
    let mut any = false;
    for stretch in events.chunk_by(|a, b| position(a) == position(b)) {
        end += stretch.len();
        if end < events.len() && !stretch.iter().any(ends) {
            continue;
        }
        let own = events.get(begin..end).unwrap_or_default();
        begin = end;
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let (from, to) = stretches.bounds(position(first), position(last));
        let within = |at: &f64| from.0 < *at && *at <= to.0;
        let restarted = workflow.lanes.iter().any(|lane| lane.restarts.iter().any(within));
        let readings = readings(own.iter());
        let mean = known.mean(&readings, is_abort, restarted);
        let mean = Mean { kind: Kind::Bucket, end: Some(to), ..mean };
        if let Some((mut run, pieces)) = mean::row(profile, known.texts, &mean) {
            run.begin = Some(from);
            runs.push(run, &pieces);
            any = true;
        }
    }
    left_out.idle += usize::from(!any);
}

impl Known<'_> {
    fn mean<'a>(&self, readings: &'a [Reading], is_abort: bool, restarted: bool) -> Mean<'a> {
        let mut notes = Notes::default();
        if self.workflow.since_start {
            notes.add(Notes::SINCE_START);
        }
        if restarted {
            notes.add(Notes::RESTARTED);
        }
        Mean {
            tier: Tier::Average,
            kind: Kind::Mean,
            labels: self.workflow.labels,
            readings,
            end: None,
            notes,
            lacks: self.lacks,
            completion_is_abort: is_abort,
        }
    }
}

/// Means of many runs have no order of their own: nodes go by their names.
fn readings<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Reading> {
    let mut readings = workflow::readings(events);
    for reading in &mut readings {
        reading.seen = 0.0;
    }
    readings
}

fn is_end(profile: &Profile, event: &Event, completion_is_abort: bool) -> bool {
    match profile.metric(event.metric).map(|metric| metric.role) {
        Some(Role::Succeeded | Role::Failed) => true,
        Some(Role::Completion(_)) => completion_is_abort,
        _ => false,
    }
}

/// Of one mean run.
fn running_time(profile: &Profile, events: &[Event], completion_is_abort: bool) -> Millis {
    let (mut time, mut runs) = (Millis::ZERO, 0.0);
    for event in events.iter().filter(|event| is_end(profile, event, completion_is_abort)) {
        time += event.sum;
        runs += event.count;
    }
    Millis(if runs > 0.0 { time.0 / runs } else { 0.0 })
}
