//! Tells the runs of a busy period apart, as far as that is certain.
//!
//! Every increment is a thing that runs own. Who may own it is narrowed by what holds in every world:
//! it was told within its owner's life and began within it, follows at its node what its owner was told
//! before, and is told once a run and node. Then runs that may share a thing are put together: what
//! is left apart is apart in every world, and so is each row's total.
//!
//! ```text
//! ended, with its duration       ├──────── a ────────┤
//!                                      ├─────── b ───────┤
//! accepted                       a?    a? b?                 a's must be early enough
//! n0 queueing, task              ·    ·   ·   ·              one each; a task begins when its queueing
//!                                                            is told, and nothing before its run
//! ```
//!
//! An end with its duration is the whole life of a run; what has not ended is one owner more. Times
//! are those of steps: the scrape that a step shows may be up to a step older, and takes a while. Only
//! the order of scrapes is exact, for all counters of a process are scraped together.

use super::chain::Link;
use super::period::{Period, Standing};
use super::puzzle;
use super::thing::{Life, Thing};
use super::window::ROUNDING_MS;
use crate::order;
use crate::profile::Profile;
use crate::tier::workflow::{Event, EventKind, Lane};
use crate::unit::Millis;

/// More runs in one busy period are not told apart: the work grows faster than they do.
const MOST_RUNS: f64 = 256.0;
/// More at a time are never told apart.
const MOST_AT_ONCE: f64 = 16.0;
/// The period's parts, each with some of its runs. One part, the period itself, where nothing is
/// certain.
pub(super) fn separate(
    profile: &Profile,
    lane: &Lane,
    period: Period,
    counted: &impl Fn(&Event) -> EventKind,
    step: Millis,
) -> Vec<Period> {
    let runs = period.accepted().max(period.ends());
    let at_once = period.windows.iter().map(|window| window.in_flight).fold(0.0, f64::max);
    let feasible = (2.0..=MOST_RUNS).contains(&runs) && at_once <= MOST_AT_ONCE;
    if period.standing != Standing::Together || !feasible {
        return vec![period];
    }
    let lives = lives(lane, &period, counted);
    let mut things = things(profile, lane, &period, lives.len(), counted);
    if !puzzle::solve(&mut things, &lives, step) {
        return vec![period];
    }
    parts(&things, &lives)
        .into_iter()
        .map(|(events, is_open)| Period::of(lane, events, is_open, counted, step))
        .collect()
}

fn lives(lane: &Lane, period: &Period, counted: &impl Fn(&Event) -> EventKind) -> Vec<Life> {
    let mut lives = Vec::new();
    for position in &period.events {
        let Some(event) = lane.events.get(*position) else { continue };
        if counted(event) != EventKind::Ended || event.count < 1.0 {
            continue;
        }
        let runs = event.count.round() as usize;
        // Of several, one may have run all the time and the others hardly at all.
        let latest =
            if runs == 1 { event.to - event.sum.0 + ROUNDING_MS } else { event.to + ROUNDING_MS };
        lives.push(Life {
            runs,
            end: Some(*position),
            begin: (event.from - event.sum.0, latest),
            to: event.to,
        });
    }
    let on = (period.accepted() - period.ends()).round();
    if on > 0.0 {
        lives.push(Life {
            runs: on as usize,
            end: None,
            begin: (f64::NEG_INFINITY, f64::INFINITY),
            to: f64::INFINITY,
        });
    }
    lives
}

fn things(
    profile: &Profile,
    lane: &Lane,
    period: &Period,
    lives: usize,
    counted: &impl Fn(&Event) -> EventKind,
) -> Vec<Thing> {
    let mut things = Vec::new();
    for position in &period.events {
        let Some(event) = lane.events.get(*position) else { continue };
        let is_acceptance = match counted(event) {
            EventKind::Ended => continue,
            EventKind::Accepted => true,
            EventKind::Between => false,
        };
        let link = Link::of(profile, event.metric);
        let count = event.count.round() as usize;
        let sum = event.sum.0.max(0.0);
        let latest = if count == 1 { event.to - sum + ROUNDING_MS } else { event.to + ROUNDING_MS };
        things.push(Thing {
            event: *position,
            link: if is_acceptance { None } else { link },
            is_acceptance,
            node: event.node,
            from: event.from,
            to: event.to,
            begin: (event.from - sum, latest),
            count,
            owners: (0..lives).collect(),
        });
    }
    order::sort(&mut things, |a, b| a.counter().cmp(&b.counter()).then(a.to.total_cmp(&b.to)));
    things
}

/// Runs that may share a thing are together: the events of each such lot, in order of time, and
/// whether some in it go on. Lots are in the order in which they end, what goes on last.
fn parts(things: &[Thing], lives: &[Life]) -> Vec<(Vec<usize>, bool)> {
    let mut lot: Vec<usize> = (0..lives.len()).collect();
    for thing in things {
        let lots = || thing.owners.iter().filter_map(|life| lot.get(*life)).copied();
        let Some(first) = lots().min() else { continue };
        let joined: Vec<usize> = lots().collect();
        for own in lot.iter_mut().filter(|own| joined.contains(own)) {
            *own = first;
        }
    }
    let mut parts: Vec<(Vec<usize>, bool)> = vec![(Vec::new(), false); lives.len()];
    for (life, lot) in lives.iter().zip(&lot) {
        let Some((events, is_open)) = parts.get_mut(*lot) else { continue };
        events.extend(life.end);
        *is_open |= life.end.is_none();
    }
    for thing in things {
        let lot = thing.owners.first().and_then(|life| lot.get(*life));
        if let Some((events, _)) = lot.and_then(|lot| parts.get_mut(*lot)) {
            events.push(thing.event);
        }
    }
    parts.retain(|(events, _)| !events.is_empty());
    for (events, _) in &mut parts {
        order::sort(events, usize::cmp);
    }
    order::sort(&mut parts, |a, b| (a.1, a.0.last()).cmp(&(b.1, b.0.last())));
    parts
}
