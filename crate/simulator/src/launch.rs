//! When which workflow is launched: schedules and Poisson arrivals merged in time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::random::Stream;
use crate::time::UnixMillis;
use crate::world::{Launch, World};

/// One launch: when, of which workflow, and the how-manieth of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrival {
    pub at: UnixMillis,
    pub workflow: usize,
    /// Index of the launch among the workflow's.
    pub source: usize,
    /// Launches of this source before this one.
    pub number: u64,
}

#[derive(Debug)]
struct Source {
    workflow: usize,
    index: usize,
    launch: Launch,
    stream: Stream,
    number: u64,
    last: UnixMillis,
}

/// All arrivals of a world from a start on, without end, in time order.
#[derive(Debug)]
pub(crate) struct Arrivals {
    origin: UnixMillis,
    sources: Vec<Source>,
    next: BinaryHeap<Reverse<(Arrival, usize)>>,
}

impl Arrivals {
    pub(crate) fn new(world: &World, seed: u64, origin: UnixMillis) -> Self {
        let sources = world.workflows.iter().enumerate().flat_map(|(workflow, definition)| {
            definition.launches.iter().enumerate().map(move |(index, launch)| Source {
                workflow,
                index,
                launch: launch.clone(),
                stream: Stream::new(seed, &[1, workflow as u64, index as u64]),
                number: 0,
                last: origin,
            })
        });
        let mut arrivals = Self { origin, sources: sources.collect(), next: BinaryHeap::new() };
        for index in 0..arrivals.sources.len() {
            arrivals.refill(index);
        }
        arrivals
    }

    /// When the next launch is, if there is one.
    pub(crate) fn peek(&self) -> Option<UnixMillis> {
        self.next.peek().map(|Reverse((arrival, _))| arrival.at)
    }

    /// The next launch.
    pub(crate) fn pop(&mut self) -> Option<Arrival> {
        let Reverse((arrival, source)) = self.next.pop()?;
        self.refill(source);
        Some(arrival)
    }

    fn refill(&mut self, index: usize) {
        let origin = self.origin;
        let Some(source) = self.sources.get_mut(index) else { return };
        if let Some(at) = source.next(origin) {
            let arrival = Arrival {
                at,
                workflow: source.workflow,
                source: source.index,
                number: source.number,
            };
            (source.last, source.number) = (at, source.number + 1);
            self.next.push(Reverse((arrival, index)));
        }
    }
}

impl Source {
    fn next(&mut self, origin: UnixMillis) -> Option<UnixMillis> {
        match &self.launch {
            Launch::Schedule { every_ms, offset_ms } => {
                let steps = (self.last - offset_ms).div_euclid(*every_ms) + 1;
                Some(steps * every_ms + offset_ms)
            }
            Launch::Poisson { per_hour } => Some(self.last + self.stream.until_next(*per_hour)),
            Launch::At(offsets) => {
                let mut offsets = offsets.clone();
                offsets.sort_unstable();
                offsets.get(usize::try_from(self.number).ok()?).map(|offset| origin + offset)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_follow_the_wall_clock_and_arrivals_come_in_order() {
        let mut world = World::chain(1, 30.0);
        let hourly = Launch::every_minutes(60, 5);
        world.workflows.push(world.workflows[0].clone().launched(hourly));
        let mut arrivals = Arrivals::new(&world, 7, 1_000_000);
        let first: Vec<Arrival> = (0..500).filter_map(|_| arrivals.pop()).collect();
        assert_eq!(first.len(), 500);
        assert!(first.is_sorted_by_key(|arrival| arrival.at));
        let scheduled: Vec<i64> =
            first.iter().filter(|a| (a.workflow, a.source) == (1, 1)).map(|a| a.at).collect();
        assert!(scheduled.len() > 5);
        assert!(scheduled.iter().all(|at| at.rem_euclid(3_600_000) == 300_000));
        // 60 Poisson arrivals an hour over the hours that the schedule spans, give or take.
        let rate = first.len() as f64 / (first[499].at - first[0].at) as f64 * 3_600_000.0;
        assert!((50.0..75.0).contains(&rate), "{rate} arrivals an hour");
    }
}
