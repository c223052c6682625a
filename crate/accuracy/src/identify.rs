//! Which runs any method could tell from the others: a bound from above.
//!
//! A method sees what the scrapes show: by window, counter and node how much was counted, and how
//! often. A run cannot be told if there is another world in which the scrapes show the very same,
//! every run has told what Flyte can tell (`possible`), and this run is something else. So for each run
//! such a world is looked for, by small changes of the true one:
//!
//! - of two observations of one counter that one scrape added up, one was a little longer and the other
//!   a little shorter;
//! - two runs that lived at the same time, or three in a ring, exchange observations of a counter, or
//!   one gives away what another lacks, together with all that has to move along so that no rule is
//!   broken. Where nodes are not told apart, those of one node may be another's.
//!
//! A world that is found is a proof. Where none is, one may still exist, so what is left is at least
//! what can be told. Only a run that the scrapes saw whole is asked about (`Reach::Whole`); it is
//! compared with cut and torn ones, too, for they blur it as much as any, and with one that nobody knows
//! of: accepted before the range, or just before a restart and not scraped, and never over. As long as
//! there was no scrape window in which nobody told anything, it may have told what another has.

use std::collections::{HashMap, HashSet};

use crate::exchange::{self, Ring};
use crate::possible::Rules;
use crate::scrapes::Scrapes;
use crate::story::{Kind, Nodes, Place, Story};
use crate::truth::{Reach, TrueRun};

/// With more runs than this at the same time no rings of three are tried: there are too many.
const MOST_IN_RINGS: usize = 8;

/// Whether a run can be told from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Its life shares no scrape window with another's, and no other world was found.
    Alone,
    /// No other world was found.
    Apart,
    /// It has a label of its own.
    Named,
    /// In another world it is something else.
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
        let group = (!has_ids).then(|| Group::of(&lives, scrapes, has_nodes));
        for (position, (index, run)) in lives.iter().enumerate() {
            if run.reach == Reach::Whole
                && let Some(slot) = result.get_mut(*index)
            {
                *slot = Some(group.as_ref().map_or(Told::Named, |group| group.told(position)));
            }
        }
    }
    result
}

/// Whether every run is possible by the rules by which other worlds are judged. Else these are wrong.
#[cfg(test)]
pub fn impossible(runs: &[TrueRun], scrapes: &Scrapes) -> Vec<String> {
    let mut wrong = Vec::new();
    for run in runs {
        let mut nodes = Nodes::new();
        let member = Member::of(run, scrapes, &mut nodes);
        let rules = member.rules(&nodes);
        let items: Vec<_> = member.story.items.iter().map(|(_, item)| Some(*item)).collect();
        if let Some(broken) = rules.broken(member.story.state, &items) {
            let which = broken.map(|position| member.story.items.get(position));
            wrong.push(format!("{} {:?} breaks a rule of {which:?}", run.id, run.state));
        } else if !rules.have_moments(&items) {
            wrong.push(format!("{} has no moments", run.id));
        }
    }
    wrong
}

/// A run among others.
struct Member {
    story: Story,
    /// The scrape windows in which it lived.
    windows: (u32, u32),
}

impl Member {
    fn of(run: &TrueRun, scrapes: &Scrapes, nodes: &mut Nodes) -> Self {
        Self { story: Story::of(run, scrapes, nodes), windows: run.windows }
    }

    fn rules(&self, nodes: &Nodes) -> Rules {
        let places: Vec<Place> = self.story.items.iter().map(|(place, _)| *place).collect();
        Rules::of(&places, nodes)
    }
}

/// What one scrape adds up: a counter, its node if that is a label, and the window.
type Added = (flyte_simulator::Metric, usize, u32);

/// The runs of one workflow under one propeller.
struct Group {
    has_nodes: bool,
    nodes: Nodes,
    /// By their windows.
    members: Vec<Member>,
    /// The last window of any run up to a position.
    reaches: Vec<u32>,
    /// What was added up, as positions of members and of their observations.
    added: HashMap<Added, Vec<(usize, usize)>>,
    /// Windows in which nobody told anything, from when to when.
    silences: Vec<(f64, f64)>,
    /// Runs that nobody knows of: one from before the range, and one from before each restart.
    unknown: Vec<Story>,
}

impl Group {
    fn of(lives: &[(usize, &TrueRun)], scrapes: &Scrapes, has_nodes: bool) -> Self {
        let mut nodes = Nodes::new();
        let members: Vec<Member> =
            lives.iter().map(|(_, run)| Member::of(run, scrapes, &mut nodes)).collect();
        let mut reach = 0;
        let reaches = members
            .iter()
            .map(|member| {
                reach = reach.max(member.windows.1);
                reach
            })
            .collect();
        let mut added: HashMap<Added, Vec<(usize, usize)>> = HashMap::new();
        for (position, member) in members.iter().enumerate() {
            for (item, (place, seen)) in member.story.items.iter().enumerate() {
                let Some(window) = seen.window else { continue };
                let node = if has_nodes { place.node } else { 0 };
                added.entry((seen.metric, node, window)).or_default().push((position, item));
            }
        }
        let instance = lives.first().map_or(0, |(_, run)| run.instance);
        let unknown = scrapes.beginnings(instance).into_iter().map(Story::unknown).collect();
        let told: HashSet<u32> = added.keys().map(|(.., window)| *window).collect();
        let silences = (1..=scrapes.steps)
            .filter(|step| !scrapes.failed(instance, *step) && !told.contains(step))
            .map(|step| scrapes.span(instance, step))
            .collect();
        Self { has_nodes, nodes, members, reaches, added, silences, unknown }
    }

    fn told(&self, position: usize) -> Told {
        let others: Vec<usize> = self.overlapping(position).collect();
        if self.shares_a_sum(position)
            || self.may_be_unknown(position)
            || self.is_exchangeable(position, &others)
        {
            Told::Blurred
        } else if others.is_empty() {
            Told::Alone
        } else {
            Told::Apart
        }
    }

    /// The runs whose windows meet those of the run at a position.
    fn overlapping(&self, position: usize) -> impl Iterator<Item = usize> {
        let (first, last) = self.members.get(position).map_or((1, 0), |member| member.windows);
        let from = self.reaches.partition_point(|reach| *reach < first);
        self.members
            .iter()
            .enumerate()
            .skip(from)
            .filter(move |(index, _)| *index != position)
            .take_while(move |(_, other)| other.windows.0 <= last)
            .filter(move |(_, other)| other.windows.1 >= first)
            .map(|(index, _)| index)
    }

    /// Whether a scrape added up what it told with what another told.
    fn shares_a_sum(&self, position: usize) -> bool {
        let Some(member) = self.members.get(position) else { return false };
        let mut rules = None;
        member.story.items.iter().enumerate().any(|(item, (place, seen))| {
            let Some(window) = seen.window else { return false };
            let node = if self.has_nodes { place.node } else { 0 };
            let all = self.added.get(&(seen.metric, node, window)).map_or(&[][..], Vec::as_slice);
            all.iter().filter(|(other, _)| *other != position).any(|(other, theirs)| {
                let Some(other) = self.members.get(*other) else { return false };
                let rules = rules.get_or_insert_with(|| member.rules(&self.nodes));
                exchange::can_share(
                    (&member.story, item),
                    (&other.story, *theirs),
                    (rules, &other.rules(&self.nodes)),
                )
            })
        })
    }

    /// Whether a run that nobody knows of may have told some of what it told.
    fn may_be_unknown(&self, position: usize) -> bool {
        let Some(member) = self.members.get(position) else { return false };
        let items = || member.story.items.iter().map(|(_, item)| item);
        let (from, to) = items().fold((f64::INFINITY, 0.0_f64), |(from, to), item| {
            (from.min(item.from), to.max(item.to))
        });
        let is_silent_before = |at: f64| {
            let next = self.silences.partition_point(|silence| silence.0 < at - 1.0);
            self.silences.get(next).is_some_and(|silence| silence.1 <= from)
        };
        self.unknown
            .iter()
            .filter(|unknown| {
                unknown.begin().is_some_and(|begin| begin < to && !is_silent_before(begin))
            })
            .any(|unknown| {
                let ring = [&member.story, unknown];
                Ring::of(&ring, &self.nodes, self.has_nodes, Vec::new())
                    .finds_another_world(&self.silences)
            })
    }

    fn is_exchangeable(&self, position: usize, others: &[usize]) -> bool {
        let stories = |ring: &[usize]| -> Vec<&Story> {
            ring.iter().filter_map(|member| Some(&self.members.get(*member)?.story)).collect()
        };
        let is_blurred = |ring: &[usize], pairs| {
            Ring::of(&stories(ring), &self.nodes, self.has_nodes, pairs)
                .finds_another_world(&self.silences)
        };
        if others.iter().any(|other| is_blurred(&[position, *other], Vec::new())) {
            return true;
        }
        if !self.has_nodes
            && others.iter().any(|other| {
                self.pairs(position, *other)
                    .into_iter()
                    .any(|pairs| is_blurred(&[position, *other], pairs))
            })
        {
            return true;
        }
        others.len() <= MOST_IN_RINGS
            && others.iter().any(|next| {
                others
                    .iter()
                    .any(|last| next != last && is_blurred(&[position, *next, *last], Vec::new()))
            })
    }

    /// Where nodes are not told apart: which node of one run another's may be. None of the other's, too.
    fn pairs(&self, one: usize, other: usize) -> Vec<Vec<Vec<usize>>> {
        let (own, theirs) = (self.nodes_of(one), self.nodes_of(other));
        let nobody = self.nodes.parents.len();
        let mut pairs = Vec::new();
        for node in &own {
            pairs.extend(
                theirs
                    .iter()
                    .filter(|their| *their != node)
                    .map(|their| vec![vec![*node, *their], vec![*their, *node]]),
            );
            pairs.push(vec![vec![*node, nobody]]);
        }
        pairs.extend(theirs.iter().map(|their| vec![vec![nobody, *their]]));
        pairs
    }

    fn nodes_of(&self, position: usize) -> Vec<usize> {
        let items = self.members.get(position).map_or(&[][..], |member| &member.story.items);
        let mut nodes: Vec<usize> = items
            .iter()
            .filter(|(place, _)| !matches!(place.kind, Kind::Acceptance | Kind::End))
            .map(|(place, _)| place.node)
            .collect();
        nodes.dedup();
        nodes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;
    use crate::measure::history;
    use crate::truth;
    use flyte_simulator::{Simulation, World};

    /// How the first of two runs of a chain of two tasks can be told, launched so far apart.
    fn first_of_two(apart_ms: i64) -> Option<Told> {
        let scrapes = Scrapes::of(&"binary:chains:1:15:calm".parse::<Cell>().unwrap());
        let begin = scrapes.from - Scrapes::start() + 60_000;
        let world = World::chain_at(2, &[begin, begin + apart_ms]);
        let mut flyte = Simulation::new(world, 7, Scrapes::start()).unwrap();
        flyte.advance_to(scrapes.step_at(scrapes.steps));
        let runs = truth::runs(flyte.executions(), &scrapes);
        assert!(runs[1].windows.0 <= runs[0].windows.1 || apart_ms > 300_000);
        told(&runs, &scrapes, true, false)[0]
    }

    #[test]
    fn runs_that_follow_each_other_by_some_windows_are_told_apart_and_those_of_one_window_are_not()
    {
        assert_eq!(first_of_two(600_000), Some(Told::Alone));
        assert_eq!(first_of_two(55_000), Some(Told::Apart));
        assert_eq!(first_of_two(1), Some(Told::Blurred));
    }

    #[test]
    fn every_run_that_happened_is_possible() {
        for name in ["binary:demo:0.25:30:both", "binary:chains:1:15:restarts"] {
            let cell = name.parse().unwrap();
            let scrapes = Scrapes::of(&cell);
            let (_, runs, _) = history(&cell, &scrapes, false).unwrap();
            let wrong = impossible(&runs, &scrapes);
            assert!(runs.len() > 500 && wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        }
    }
}
