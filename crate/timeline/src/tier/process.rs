//! What is known of the processes behind the counters: when each was scraped, and when it restarted.

use std::collections::HashMap;

use super::pair::Pair;
use crate::counter::{First, Setting};
use crate::order;
use crate::series::{Found, Growth};
use crate::text::Text;

/// Restarts that are told within this time of each other are one: a series that is gone may still be
/// returned for Prometheus' look-back of five minutes where nothing marks its end, so that the
/// counters of one process seem to begin anew one after the other.
const ONE_RESTART_MS: f64 = 300_000.0;

/// The processes that exposed a set of counters.
#[derive(Debug, Default)]
pub(super) struct Processes {
    /// By process and query: queries may have steps of their own.
    scrapes: HashMap<(u64, Text), Vec<f64>>,
    /// By process: first scrapes after each restart.
    restarts: HashMap<u64, Vec<f64>>,
    /// Whether every value is of an instant.
    is_instant: bool,
}

impl Processes {
    pub fn of(found: &Found, pairs: &[Pair<'_>]) -> Self {
        let mut processes = Self { is_instant: found.step.is_none(), ..Self::default() };
        for pair in pairs {
            let scrapes = processes.scrapes.entry((pair.process(), pair.query())).or_default();
            for view in pair.sum(found).into_iter().chain(pair.count(found)) {
                merge(scrapes, view.times);
            }
        }
        let mut restarts: HashMap<u64, Vec<f64>> = HashMap::new();
        for pair in pairs {
            let shown = pair.walk(found, &processes.setting(found, pair), |_| {});
            restarts.entry(pair.process()).or_default().extend(shown);
        }
        for times in restarts.values_mut() {
            order::sort(times, f64::total_cmp);
            times.dedup_by(|later, kept| *later - *kept < ONE_RESTART_MS);
        }
        processes.restarts = restarts;
        processes
    }

    /// Whether every value is of an instant.
    pub fn is_instant(&self) -> bool {
        self.is_instant
    }

    /// First scrapes of a process after its restarts, ms since the epoch.
    pub fn restarts(&self, process: u64) -> &[f64] {
        self.restarts.get(&process).map_or(&[], Vec::as_slice)
    }

    /// The first scrape of a pair's process, ms since the epoch.
    pub fn begin(&self, pair: &Pair<'_>) -> Option<f64> {
        self.scrapes.get(&(pair.process(), pair.query()))?.first().copied()
    }

    /// How a pair is to be read.
    pub fn setting(&self, found: &Found, pair: &Pair<'_>) -> Setting<'_> {
        Setting {
            growth: pair.growth(),
            first: self.first(found, pair),
            scrapes: self.scrapes.get(&(pair.process(), pair.query())).map_or(&[], Vec::as_slice),
            restarts: if pair.growth() == Growth::Counter {
                self.restarts(pair.process())
            } else {
                &[]
            },
        }
    }

    /// A series that appears while others of its process were there already holds nothing but what was
    /// added since. One that is there from the process's first scrape on was there before: it may be
    /// as old as the process, which a failed scrape at the begin of the range hides as well. A value
    /// of an instant stands for all that its process has counted.
    pub fn first(&self, found: &Found, pair: &Pair<'_>) -> First {
        if self.is_instant {
            return First::Increment;
        }
        let scrapes = self.scrapes.get(&(pair.process(), pair.query()));
        match (scrapes.and_then(|scrapes| scrapes.first()), pair.begin(found)) {
            (Some(first), Some(begin)) if begin > *first => First::Increment,
            _ => First::Baseline,
        }
    }
}

/// Adds times to scrapes, both ascending. Series of one process nearly always have the same times, or
/// some of them: only where one is new is anything written.
fn merge(scrapes: &mut Vec<f64>, times: &[f64]) {
    let mut known = scrapes.iter();
    if times.iter().all(|time| known.any(|scrape| scrape.total_cmp(time).is_eq())) {
        return;
    }
    let mut merged = Vec::with_capacity(scrapes.len() + times.len());
    let (mut old, mut new) = (scrapes.as_slice(), times);
    while let (Some((a, after_a)), Some((b, after_b))) = (old.split_first(), new.split_first()) {
        let order = a.total_cmp(b);
        merged.push(if order.is_le() { *a } else { *b });
        if order.is_le() {
            old = after_a;
        }
        if order.is_ge() {
            new = after_b;
        }
    }
    merged.extend_from_slice(old);
    merged.extend_from_slice(new);
    *scrapes = merged;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scrapes_of_a_process_are_those_of_all_its_series() {
        let mut scrapes = Vec::new();
        for times in [&[2.0, 3.0, 4.0][..], &[], &[2.0, 4.0], &[4.0], &[1.0, 3.0, 5.0], &[6.0]] {
            merge(&mut scrapes, times);
        }
        assert_eq!(scrapes, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }
}
