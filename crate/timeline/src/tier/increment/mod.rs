//! Single runs rebuilt from plain counters: what a workflow's counters grew by while exactly one of
//! its runs was under way is that run's, and where several were, what can be no other's.
//!
//! ```text
//! scrapes        |     |     |     |     |     |     |     |
//! accepted          1              1  1                        how many runs began
//! ended                   1                 1     2            how many ended
//! in flight      0  1  1  0   0   1  2  2   3?…                never below zero
//!                   └─────┘      └──────────────…
//!                   one run       runs together
//! ```
//!
//! For counting, only the order of scrapes matters, not their times: all counters of a process are
//! scraped together, so a late or missed scrape makes a window longer and nothing wrong. That nobody
//! is under way is proved by a silence, and there times matter: see `silence`.

mod chain;
mod matching;
mod period;
mod puzzle;
mod separate;
mod silence;
mod split;
#[cfg(test)]
mod tests;
mod thing;
mod window;

use super::LeftOut;
use super::mean::{self, Mean};
use super::workflow::{self, Event, EventKind, Lane, Workflow};
use crate::order;
use crate::profile::{Profile, Role};
use crate::run::{Kind, Notes, Runs, State, Tier};
use crate::text::Texts;
use crate::unit::{Millis, UnixMillis};

use period::{Period, Standing};

/// Whether runs can be told from a workflow's counters: acceptances and ends are among them, and
/// counted in whole numbers, as extrapolated increases are not.
pub(super) fn applies(profile: &Profile, workflow: &Workflow) -> bool {
    let whole = workflow.events().all(|event| (event.count - event.count.round()).abs() < 1e-6);
    let any =
        |kind| workflow.events().any(|event| workflow::kind_of(profile, event.metric) == kind);
    whole && any(EventKind::Accepted) && any(EventKind::Ended)
}

/// Adds the rows of a workflow. `step` is the distance of samples, `range` what the query covers.
pub(super) fn add(
    profile: &Profile,
    texts: &Texts,
    workflow: &Workflow,
    (step, range): (Millis, Millis),
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let completion_is_abort = workflow.completion_is_abort(profile);
    let mut any = false;
    for lane in &workflow.lanes {
        for period in periods(profile, lane, completion_is_abort, step) {
            for part in split::parts(period, range) {
                any |= add_row(
                    profile,
                    texts,
                    (workflow, lane),
                    &part,
                    (completion_is_abort, step),
                    runs,
                );
            }
        }
    }
    if !any {
        left_out.idle += 1;
    }
}

/// The busy periods of a lane, in order of time.
fn periods(profile: &Profile, lane: &Lane, completion_is_abort: bool, step: Millis) -> Vec<Period> {
    let counted = |event: &Event| kind_of(profile, event, completion_is_abort);
    let windows = window::windows(lane.events.iter(), counted);
    let mut periods = Vec::new();
    let mut carried = lane.in_flight.max(0.0);
    for segment in silence::segments(windows, lane, counted) {
        let (mut pinned, mut stray) = (false, false);
        let first = periods.len();
        for mut part in silence::parts(lane, segment, counted) {
            pinned |= part.pinned;
            let before = if pinned {
                0.0
            } else {
                silence::in_flight_before(lane, &part.windows, carried, counted)
            };
            let unending = window::count(&mut part.windows, before);
            carried = part.windows.last().map_or(before, |window| window.in_flight + unending);
            let mut found = period::busy(lane, part.windows, before - unending, counted, step);
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

fn add_row(
    profile: &Profile,
    texts: &Texts,
    (workflow, lane): (&Workflow, &Lane),
    period: &Period,
    (completion_is_abort, step): (bool, Millis),
    runs: &mut Runs,
) -> bool {
    let told = || period.told(lane);
    let readings = workflow::readings(told());
    let kind = match period.standing {
        Standing::Alone => Kind::Run,
        Standing::Together | Standing::Unsure => Kind::Group,
        Standing::Slice => Kind::Bucket,
    };
    let mut notes = Notes::default();
    if period.standing == Standing::Unsure {
        notes.add(Notes::UNSURE);
    }
    if period.open && period.ended {
        notes.add(Notes::OPEN);
    }
    if period.open && lane.restarts.iter().any(|restart| *restart > period.to) {
        notes.add(Notes::RESTARTED);
    }
    let mean = Mean {
        tier: Tier::Increment,
        kind,
        labels: workflow.labels,
        readings: &readings,
        end: period.ended.then_some(UnixMillis(period.to)),
        notes,
        completion_is_abort,
    };
    let Some((mut run, pieces)) = mean::row(profile, texts, &mean) else { return false };
    run.late = run.end.and(Some(step));
    if kind != Kind::Run {
        let first = told().map(|event| event.from).fold(f64::INFINITY, f64::min);
        run.begin = first.is_finite().then_some(UnixMillis(first));
        run.lengths = lengths(profile, told(), completion_is_abort);
    }
    if !period.ended && period.open {
        run.state = State::Running;
    }
    runs.push(run, &pieces);
    true
}

/// How long runs ran whose end was the only one in its scrape and counter, longest first.
fn lengths<'a>(
    profile: &Profile,
    told: impl Iterator<Item = &'a Event>,
    completion_is_abort: bool,
) -> Vec<Millis> {
    let is_end = |event: &&Event| kind_of(profile, event, completion_is_abort) == EventKind::Ended;
    let mut lengths: Vec<Millis> =
        told.filter(is_end).filter(|event| event.count == 1.0).map(|event| event.sum).collect();
    order::sort(&mut lengths, |a, b| b.0.total_cmp(&a.0));
    lengths
}

/// What an event does to the number of runs under way.
fn kind_of(profile: &Profile, event: &Event, completion_is_abort: bool) -> EventKind {
    match profile.metric(event.metric).map(|metric| metric.role) {
        Some(Role::Completion(_)) if !completion_is_abort => EventKind::Between,
        _ => workflow::kind_of(profile, event.metric),
    }
}
