//! What is known of the processes behind the counters: when each was scraped, and when it restarted.

use super::pair::Pair;
use crate::counter::{First, Setting};
use crate::known::{Known, hash};
use crate::order;
use crate::series::{Found, Growth};
use crate::text::Text;

/// Restarts that are told within this time of each other are one: a series that is gone may still be
/// returned for Prometheus' look-back of five minutes where nothing marks its end, so that the
/// counters of one process seem to begin anew one after the other.
const ONE_RESTART_MS: f64 = 300_000.0;

/// The processes that exposed a set of counters.
#[derive(Debug, Default)]
pub(super) struct Processes<'a> {
    /// By process and query: queries may have steps of their own.
    grids: Vec<Grid<'a>>,
    known_grids: Known,
    /// By process.
    restarts: Vec<Restarts>,
    known_restarts: Known,
    /// Whether every value is of an instant.
    is_instant: bool,
}

/// When a process was scraped.
#[derive(Debug, Default)]
struct Grid<'a> {
    process: u64,
    query: Text,
    /// ms since the epoch, ascending.
    scrapes: Vec<f64>,
    /// The times of its series that were met last. Nearly all series of a process share a few.
    met: Vec<&'a [f64]>,
    /// Those of them that lack no scrape between their first and their last.
    gapless: Vec<&'a [f64]>,
}

/// When a process restarted.
#[derive(Debug)]
struct Restarts {
    process: u64,
    /// First scrapes after each, ms since the epoch, ascending.
    times: Vec<f64>,
}

/// So many distinct times of a process are remembered: more are rare, and only take longer.
const REMEMBERED: usize = 8;

fn has(list: &[&[f64]], times: &[f64]) -> bool {
    list.iter().any(|known| std::ptr::eq(*known, times))
}

impl<'a> Grid<'a> {
    fn take(&mut self, times: &'a [f64]) {
        if has(&self.met, times) {
            return;
        }
        merge(&mut self.scrapes, times);
        if self.met.len() == REMEMBERED {
            self.met.remove(0);
        }
        self.met.push(times);
    }

    fn is_of(&self, pair: &Pair<'_>) -> bool {
        self.process == pair.process() && self.query == pair.query()
    }

    fn finish(&mut self) {
        let met = std::mem::take(&mut self.met);
        self.gapless = met.into_iter().filter(|times| self.is_gapless(times)).collect();
    }

    fn is_gapless(&self, times: &[f64]) -> bool {
        let Some(first) = times.first() else { return true };
        let start = self.scrapes.partition_point(|scrape| scrape < first);
        self.scrapes.get(start..start + times.len()).is_some_and(|scrapes| scrapes == times)
    }
}

impl<'a> Processes<'a> {
    pub fn of(found: &'a Found, pairs: &[Pair<'a>]) -> Self {
        let mut processes = Self { is_instant: found.step.is_none(), ..Self::default() };
        for pair in pairs {
            let Some(grid) = processes.grid_of(pair) else { continue };
            for view in pair.sum(found).into_iter().chain(pair.count(found)) {
                grid.take(view.times);
            }
        }
        processes.grids.iter_mut().for_each(Grid::finish);
        // None is known yet: each pair shows its own.
        let shown: Vec<Vec<f64>> = pairs
            .iter()
            .map(|pair| pair.walk(found, &processes.setting(found, pair), &mut |_| {}))
            .collect();
        for (pair, times) in pairs.iter().zip(shown).filter(|(_, times)| !times.is_empty()) {
            processes.add_restarts(pair.process(), &times);
        }
        for restarts in &mut processes.restarts {
            order::sort(&mut restarts.times, f64::total_cmp);
            restarts.times.dedup_by(|later, kept| *later - *kept < ONE_RESTART_MS);
        }
        processes
    }

    /// The scrapes of a pair's process, which are none yet where it is new.
    fn grid_of(&mut self, pair: &Pair<'_>) -> Option<&mut Grid<'a>> {
        let (process, query) = (pair.process(), pair.query());
        let grids = &mut self.grids;
        let is = &mut |n: usize| grids.get(n).is_some_and(|grid: &Grid<'_>| grid.is_of(pair));
        let number = self.known_grids.number(hash(&[process, u64::from(query.0)]), is);
        if number == grids.len() {
            grids.push(Grid { process, query, ..Grid::default() });
        }
        grids.get_mut(number)
    }

    fn add_restarts(&mut self, process: u64, times: &[f64]) {
        let all = &mut self.restarts;
        let is =
            &mut |n: usize| all.get(n).is_some_and(|known: &Restarts| known.process == process);
        let number = self.known_restarts.number(hash(&[process]), is);
        match all.get_mut(number) {
            Some(known) => known.times.extend(times),
            None => all.push(Restarts { process, times: times.to_vec() }),
        }
    }

    /// Whether every value is of an instant.
    pub fn is_instant(&self) -> bool {
        self.is_instant
    }

    /// First scrapes of a process after its restarts, ms since the epoch.
    pub fn restarts(&self, process: u64) -> &[f64] {
        let is = &mut |n: usize| self.restarts.get(n).is_some_and(|known| known.process == process);
        let known = self.known_restarts.find(hash(&[process]), is);
        known.and_then(|number| self.restarts.get(number)).map_or(&[], |known| &known.times)
    }

    fn grid(&self, pair: &Pair<'_>) -> Option<&Grid<'a>> {
        let is = &mut |n: usize| self.grids.get(n).is_some_and(|grid| grid.is_of(pair));
        let words = [pair.process(), u64::from(pair.query().0)];
        self.grids.get(self.known_grids.find(hash(&words), is)?)
    }

    /// The first scrape of a pair's process, ms since the epoch.
    pub fn begin(&self, pair: &Pair<'_>) -> Option<f64> {
        self.grid(pair)?.scrapes.first().copied()
    }

    /// How a pair is to be read.
    pub fn setting(&self, found: &Found, pair: &Pair<'_>) -> Setting<'_> {
        let grid = self.grid(pair);
        let mut views = pair.sum(found).into_iter().chain(pair.count(found));
        Setting {
            growth: pair.growth(),
            first: self.first(found, pair),
            scrapes: grid.map_or(&[], |grid| grid.scrapes.as_slice()),
            restarts: if pair.growth() == Growth::Counter {
                self.restarts(pair.process())
            } else {
                &[]
            },
            gapless: grid.is_some_and(|grid| views.all(|view| has(&grid.gapless, view.times))),
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
        match (self.begin(pair), pair.begin(found)) {
            (Some(first), Some(begin)) if begin > first => First::Increment,
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
