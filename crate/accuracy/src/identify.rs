//! Which runs can be told from the others at all, whatever the method.
//!
//! Only a run that the scrapes saw whole is asked about (`Reach::Whole`). It is compared with every
//! run of its workflow under its propeller, cut and torn ones too: they blur it as much as any.
//! A failed scrape makes one window of two, so it needs no rule of its own.

use std::collections::HashMap;

use crate::link;
use crate::scrapes::{Scrapes, Sight};
use crate::truth::{Key, Reach, TrueRun};

/// By which rule, at the least, a run can be told from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Its life shares no scrape window with another's.
    Alone,
    /// It shares windows only where one run ends and another begins, and no counter was told
    /// something by both in such a window.
    Apart,
    /// Nobody else told any of its counters anything in a window in which it did, so each of its
    /// values stands alone; and with no run that lived at the same time could it have exchanged some
    /// of its values so that every stage still began when its cause was over, as far as values and
    /// windows tell. Asked where nodes are told apart.
    Chained,
    /// It has a label of its own.
    Named,
    /// None of these: it lies in one window with others where nothing tells whose is what.
    Blurred,
}

/// How each run can be told; none for a run that was not seen whole.
pub fn told(
    runs: &[TrueRun],
    scrapes: &Scrapes,
    has_nodes: bool,
    has_ids: bool,
) -> Vec<Option<Told>> {
    let mut result = vec![None; runs.len()];
    let mut groups: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (index, run) in runs.iter().enumerate() {
        if !run.observations.is_empty() {
            groups.entry((run.instance, &run.workflow)).or_default().push(index);
        }
    }
    for group in groups.values() {
        let mut lives: Vec<(usize, &TrueRun)> =
            group.iter().filter_map(|index| Some((*index, runs.get(*index)?))).collect();
        lives.sort_by_key(|(index, run)| (run.windows, *index));
        let group = Group::of(lives, scrapes, has_nodes);
        for (position, (index, run)) in group.lives.iter().enumerate() {
            if run.reach == Reach::Whole
                && let Some(slot) = result.get_mut(*index)
            {
                *slot = Some(if has_ids { Told::Named } else { group.told(position, run) });
            }
        }
    }
    result
}

/// The runs of one workflow under one propeller.
struct Group<'a> {
    scrapes: &'a Scrapes,
    has_nodes: bool,
    /// By their windows.
    lives: Vec<(usize, &'a TrueRun)>,
    /// The last window of any run up to a position.
    reaches: Vec<u32>,
    /// How many values each counter was told in each window.
    told: HashMap<(Key, u32), u32>,
}

impl<'a> Group<'a> {
    fn of(lives: Vec<(usize, &'a TrueRun)>, scrapes: &'a Scrapes, has_nodes: bool) -> Self {
        let mut told: HashMap<(Key, u32), u32> = HashMap::new();
        for seen in lives.iter().flat_map(|(_, run)| values(run, has_nodes)) {
            *told.entry(seen).or_default() += 1;
        }
        let mut reach = 0;
        let reaches = lives
            .iter()
            .map(|(_, run)| {
                reach = reach.max(run.windows.1);
                reach
            })
            .collect();
        Self { scrapes, has_nodes, lives, reaches, told }
    }

    fn told(&self, position: usize, run: &TrueRun) -> Told {
        let others: Vec<&TrueRun> = self.overlapping(position, run).collect();
        if others.is_empty() {
            return Told::Alone;
        }
        let collides = self.collisions(run);
        let ends_only = others
            .iter()
            .all(|other| shared_end(run, other).is_some_and(|window| !collides.contains(&window)));
        if ends_only {
            return Told::Apart;
        }
        if self.has_nodes
            && collides.is_empty()
            && others.iter().all(|other| !link::interchangeable(run, other, self.scrapes))
        {
            return Told::Chained;
        }
        Told::Blurred
    }

    /// The runs whose windows meet those of the run at a position.
    fn overlapping(&self, position: usize, run: &TrueRun) -> impl Iterator<Item = &'a TrueRun> {
        let (first, last) = run.windows;
        let from = self.reaches.partition_point(|reach| *reach < first);
        self.lives
            .iter()
            .enumerate()
            .skip(from)
            .filter(move |(index, _)| *index != position)
            .map(|(_, (_, other))| *other)
            .take_while(move |other| other.windows.0 <= last)
            .filter(move |other| other.windows.1 >= first)
    }

    /// Windows in which another run told something to a counter that the run told something, too.
    fn collisions(&self, run: &TrueRun) -> Vec<u32> {
        let mut own: HashMap<(Key, u32), u32> = HashMap::new();
        for seen in values(run, self.has_nodes) {
            *own.entry(seen).or_default() += 1;
        }
        let mut windows: Vec<u32> = own
            .iter()
            .filter(|(seen, count)| self.told.get(*seen) != Some(*count))
            .map(|((_, window), _)| *window)
            .collect();
        windows.sort_unstable();
        windows.dedup();
        windows
    }
}

/// Which counters a run told something, in which windows.
fn values(run: &TrueRun, has_nodes: bool) -> impl Iterator<Item = (Key, u32)> {
    run.observations.iter().filter_map(move |seen| match seen.sight {
        Sight::At(window) => {
            let (metric, node) = &seen.key;
            Some(((*metric, if has_nodes { node.clone() } else { String::new() }), window))
        }
        Sight::Before | Sight::Gone | Sight::Lost(_) | Sight::After => None,
    })
}

/// The one window that two runs share, where it is the last of one and the first of the other.
fn shared_end(a: &TrueRun, b: &TrueRun) -> Option<u32> {
    if a.windows.1 == b.windows.0 {
        Some(a.windows.1)
    } else if b.windows.1 == a.windows.0 {
        Some(b.windows.1)
    } else {
        None
    }
}
