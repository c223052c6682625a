//! When which propeller was scraped, which scrapes failed, and what a scrape could still see.

use flyte_simulator::{Fleet, Restart};

use crate::cell::Cell;
use crate::random::share;

/// Unix milliseconds: a Thursday's midnight, at which every history begins.
const START: i64 = 1_767_225_600_000;

/// How far the dashboards' queries look back from the begin of the range.
const LOOK_BACK_MS: i64 = 300_000;

/// Of a hundred scrapes three fail, where scrapes fail.
const FAILED_SHARE: f64 = 0.03;

/// The scrapes of one cell. A query's step is the scrape interval, so every step of the range sees
/// one scrape of each propeller: the last one before it. A failed scrape ends all series of its
/// target until the next (Prometheus writes stale markers), so a step sees it as a gap.
#[derive(Debug)]
pub struct Scrapes {
    interval: i64,
    /// Begin of the range, which is its first step, unix milliseconds.
    pub from: i64,
    /// Steps after the first.
    pub steps: u32,
    /// The propellers and their restarts.
    pub fleet: Fleet,
    /// So long before each step a propeller is scraped.
    phases: Vec<i64>,
    /// By propeller and step: the step at or after it whose scrape did not fail.
    next: Vec<Vec<Option<u32>>>,
}

/// Whether and when a scrape saw an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// In what was there when the range began.
    Before,
    /// Before the range, and gone with its process when it began.
    Gone,
    /// First at this step.
    At(u32),
    /// Never: its propeller restarted before the next scrape. It would have been at this step.
    Lost(u32),
    /// Not within the range.
    After,
}

impl Scrapes {
    /// The scrapes of a cell.
    pub fn of(cell: &Cell) -> Self {
        let (interval, steps, seed) = (cell.interval_ms(), cell.steps(), cell.seed());
        // A multiple of the step, to which Prometheus' data source aligns its queries.
        let warm_up = (cell.least_range_ms() + interval - 1) / interval * interval;
        let from = START + warm_up;
        let to = from + i64::from(steps) * interval;
        let instances = cell.shapes.instances();
        let mut fleet = Fleet { instances, ..Fleet::of(cell.deployment) };
        if cell.trouble.has_restarts() {
            // Before the range, too: a counter need not hold what began before its process did.
            fleet.restart_every(((to - from) / 6).max(600_000), START, to);
        }
        let phases = (0..instances as u64)
            .map(|instance| (share(seed, &[1, instance]) * interval as f64) as i64)
            .collect();
        let fails = |instance: u64, step: u32| {
            cell.trouble.misses_scrapes()
                && share(seed, &[2, instance, u64::from(step)]) < FAILED_SHARE
        };
        let next = (0..instances as u64)
            .map(|instance| {
                let mut next = vec![None; steps as usize + 1];
                let mut following = None;
                for step in (0..=steps).rev() {
                    if !fails(instance, step) {
                        following = Some(step);
                    }
                    if let Some(slot) = next.get_mut(step as usize) {
                        *slot = following;
                    }
                }
                next
            })
            .collect();
        Self { interval, from, steps, fleet, phases, next }
    }

    /// When the history begins, unix milliseconds.
    pub const fn start() -> i64 {
        START
    }

    /// When a step is, unix milliseconds.
    pub fn step_at(&self, step: u32) -> i64 {
        self.from + i64::from(step) * self.interval
    }

    /// When the scrape was that a step sees, unix milliseconds.
    pub fn scrape_at(&self, instance: usize, step: u32) -> i64 {
        self.step_at(step) - self.phases.get(instance).copied().unwrap_or_default()
    }

    /// Whether the scrape that a step would see failed.
    pub fn failed(&self, instance: usize, step: u32) -> bool {
        self.next_good(instance, step) != Some(step)
    }

    /// All scrapes in the order of time, as (unix milliseconds, propeller, step).
    pub fn in_order(&self) -> Vec<(i64, usize, u32)> {
        let mut all: Vec<(i64, usize, u32)> = (0..=self.steps)
            .flat_map(|step| {
                (0..self.phases.len())
                    .map(move |instance| (self.scrape_at(instance, step), instance, step))
            })
            .collect();
        all.sort_unstable();
        all
    }

    /// The scrapes of the five minutes before the range's first, in the order of time, as (unix
    /// milliseconds, propeller).
    pub fn before(&self) -> Vec<(i64, usize)> {
        let count = LOOK_BACK_MS / self.interval;
        let mut all: Vec<(i64, usize)> = (1..=count)
            .flat_map(|back| {
                (0..self.phases.len()).map(move |instance| {
                    (self.scrape_at(instance, 0) - back * self.interval, instance)
                })
            })
            .filter(|(at, _)| *at > self.from - LOOK_BACK_MS)
            .collect();
        all.sort_unstable();
        all
    }

    /// The first step that sees something of a propeller: what is there then is its beginning.
    pub fn first_good(&self, instance: usize) -> u32 {
        self.next_good(instance, 0).unwrap_or(self.steps)
    }

    fn next_good(&self, instance: usize, step: u32) -> Option<u32> {
        self.next.get(instance)?.get(step as usize).copied().flatten()
    }

    /// The step that would see what a propeller observed at an instant; the range's first good one
    /// for all that was before. None after the range.
    pub fn window(&self, instance: usize, at: i64) -> Option<u32> {
        let phase = self.phases.get(instance).copied().unwrap_or_default();
        let since = (at + phase - self.from).max(0);
        let step = u32::try_from((since + self.interval - 1) / self.interval).ok()?;
        self.next_good(instance, step)
    }

    /// When a window begins and ends: the good scrapes of a propeller at a step and before it, unix
    /// milliseconds.
    pub fn span(&self, instance: usize, window: u32) -> (f64, f64) {
        let before = (0..window).rev().find(|step| !self.failed(instance, *step)).unwrap_or(0);
        let at = |step| self.scrape_at(instance, step) as f64;
        (at(before), at(window))
    }

    /// Between when and when an observation was made that a window shows, unix milliseconds: after
    /// the good scrape before it, or the last restart, since what was told before that is lost.
    pub fn since_restart(&self, instance: usize, window: u32) -> (f64, f64) {
        let (from, to) = self.span(instance, window);
        let own = |restart: &&Restart| restart.instance == instance && (restart.at as f64) <= to;
        let restarted = self.fleet.restarts.iter().filter(own).map(|restart| restart.at as f64);
        // Observations are made at whole milliseconds.
        (restarted.fold(from, f64::max) + 0.5, to)
    }

    /// When a propeller began to count anew within the range, and the range's begin, unix milliseconds:
    /// what was going on then was not scraped whole.
    pub fn beginnings(&self, instance: usize) -> Vec<f64> {
        let from = self.scrape_at(instance, self.first_good(instance)) as f64;
        let own = self.fleet.restarts.iter().filter(|restart| restart.instance == instance);
        let restarts = own.map(|restart| restart.at as f64).filter(|at| *at > from);
        std::iter::once(from).chain(restarts).collect()
    }

    /// How often a propeller had restarted before an instant.
    pub fn process(&self, instance: usize, at: i64) -> usize {
        let before = |restart: &&Restart| restart.instance == instance && restart.at < at;
        self.fleet.restarts.iter().filter(before).count()
    }

    /// Whether and when what a propeller observed at an instant was scraped.
    pub fn sight(&self, instance: usize, at: i64) -> Sight {
        let Some(window) = self.window(instance, at) else { return Sight::After };
        let first = self.first_good(instance);
        if window <= first {
            let began = self.scrape_at(instance, first);
            let is_there = self.process(instance, at) == self.process(instance, began + 1);
            return if is_there { Sight::Before } else { Sight::Gone };
        }
        let scraped = self.scrape_at(instance, window);
        // At one instant observations come before restarts, and restarts before scrapes.
        let lost = |restart: &Restart| {
            restart.instance == instance && (at..=scraped).contains(&restart.at)
        };
        if self.fleet.restarts.iter().any(lost) { Sight::Lost(window) } else { Sight::At(window) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrapes(name: &str) -> Scrapes {
        Scrapes::of(&name.parse::<Cell>().unwrap())
    }

    #[test]
    fn an_observation_is_seen_at_the_next_scrape_and_from_the_next_step_on() {
        let scrapes = scrapes("core:chains:1:15:calm");
        let at = scrapes.scrape_at(0, 5);
        assert!(at <= scrapes.step_at(5) && at > scrapes.step_at(4));
        assert_eq!(scrapes.sight(0, at), Sight::At(5));
        assert_eq!(scrapes.sight(0, at + 1), Sight::At(6));
        assert_eq!(scrapes.sight(0, scrapes.scrape_at(0, 0)), Sight::Before);
        assert_eq!(scrapes.sight(0, scrapes.scrape_at(0, scrapes.steps) + 1), Sight::After);
    }

    #[test]
    fn what_was_observed_between_the_last_scrape_and_a_restart_is_lost() {
        let scrapes = scrapes("core:chains:1:15:restarts");
        let restarts = &scrapes.fleet.restarts;
        let restart = restarts.iter().find(|restart| restart.at > scrapes.from).unwrap().at;
        assert!(matches!(scrapes.sight(0, restart), Sight::Lost(_)));
        assert!(matches!(scrapes.sight(0, restart + 1), Sight::At(_)));
        assert!(matches!(scrapes.sight(0, restart - 15_000), Sight::At(_)));
    }

    #[test]
    fn a_failed_scrape_leaves_its_observations_to_the_next() {
        let scrapes = scrapes("core:chains:0.1:15:missed");
        let failed = (1..scrapes.steps).find(|step| scrapes.failed(0, *step)).unwrap();
        let Sight::At(seen) = scrapes.sight(0, scrapes.scrape_at(0, failed)) else { panic!() };
        assert!(seen > failed);
    }
}
