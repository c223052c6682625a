//! Whether one run of Flyte can have told what it is said to have told.
//!
//! These are the rules that hold in every world (`flyteorg/flyte` at v1.16.8, `flytepropeller/pkg/controller`;
//! the simulator's `run.rs` observes by the same), as differences between moments: of each observation
//! when it was told, which lies in its window, and when what it measures began, which its value tells.
//! They are written down here a second time, independently of the core.

use std::collections::HashMap;

use flyte_simulator::{Metric, State};

use crate::story::{Item, Kind, Nodes, Place};

/// What happens at one moment may seem so far apart, ms: a scrape takes a while, and so does propeller
/// between an observation and the next.
const SLACK_MS: f64 = 3_000.0;

/// A moment of an observation, by the position of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Begun(usize),
    Told(usize),
}

impl Moment {
    const fn place(self) -> usize {
        match self {
            Self::Begun(place) | Self::Told(place) => place,
        }
    }
}

/// What must hold of the places of a run.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// The first is not later than the second, by more than so many ms.
    Order(Moment, Moment, f64),
    /// What is at one place takes something at the other.
    Needs(usize, usize),
    /// Two phases of a pod of one node: one is over when the other begins.
    Apart(usize, usize),
    /// What tells that the whole graph was gone through: of a run that succeeded, and of no failed one.
    Through(usize),
    /// A node of the outermost graph: if it failed the run does not succeed.
    Outermost(usize),
}

/// The rules for runs that have nothing outside of some places.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
}

/// The places that a broken rule is about.
pub type Broken = [usize; 2];

impl Rules {
    /// Over places. Of waits and starts several may be at one.
    pub fn of(places: &[Place], nodes: &Nodes) -> Self {
        let mut rules = Vec::new();
        let known: HashMap<Place, usize> =
            places.iter().enumerate().map(|(position, place)| (*place, position)).collect();
        let at = |node, kind| known.get(&Place { node, kind }).copied();
        let (acceptance, end) = (at(0, Kind::Acceptance), at(0, Kind::End));
        if let (Some(acceptance), Some(end)) = (acceptance, end) {
            rules.push(Rule::Order(Moment::Begun(end), Moment::Told(acceptance), SLACK_MS));
            rules.push(Rule::Order(Moment::Told(acceptance), Moment::Begun(end), SLACK_MS));
        }
        let through = (0..nodes.is_end.len())
            .find(|node| nodes.is_end.get(*node) == Some(&true))
            .and_then(|node| at(node, Kind::Transition));
        rules.extend(through.map(Rule::Through));
        for (position, place) in places.iter().enumerate().filter(|(_, place)| place.node != 0) {
            let (begun, told) = (Moment::Begun(position), Moment::Told(position));
            if let Some(acceptance) = acceptance {
                rules.push(Rule::Order(Moment::Told(acceptance), told, 0.0));
                rules.push(Rule::Order(Moment::Told(acceptance), begun, SLACK_MS));
            }
            if let Some(end) = end {
                rules.push(Rule::Order(told, Moment::Told(end), 0.0));
            }
            let (queueing, task) = (at(place.node, Kind::Queueing), at(place.node, Kind::Task));
            match place.kind {
                Kind::Acceptance | Kind::End | Kind::Queueing => {}
                Kind::Transition => {
                    if let Some(queueing) = queueing {
                        rules.push(Rule::Order(told, Moment::Told(queueing), 0.0));
                        rules.push(Rule::Order(Moment::Begun(queueing), told, SLACK_MS));
                        rules.push(Rule::Order(begun, Moment::Begun(queueing), SLACK_MS));
                    }
                }
                Kind::Wait | Kind::Start | Kind::Task => {
                    let Some(queueing) = queueing else { continue };
                    rules.push(Rule::Needs(position, queueing));
                    rules.push(Rule::Order(Moment::Told(queueing), told, 0.0));
                    rules.push(Rule::Order(Moment::Told(queueing), begun, SLACK_MS));
                    if place.kind == Kind::Task {
                        rules.push(Rule::Order(begun, Moment::Told(queueing), SLACK_MS));
                    } else if let Some(task) = task {
                        rules.push(Rule::Order(told, Moment::Told(task), 0.0));
                    }
                }
            }
            if place.kind == Kind::Task && nodes.is_outermost(place.node) {
                rules.push(Rule::Outermost(position));
                if let Some(through) = through {
                    rules.push(Rule::Order(told, Moment::Begun(through), SLACK_MS));
                }
            }
            if let Some(parent) = nodes.parents.get(place.node).copied().flatten() {
                if let Some(started) = at(parent, Kind::Queueing) {
                    rules.push(Rule::Needs(position, started));
                    rules.push(Rule::Order(Moment::Told(started), begun, SLACK_MS));
                }
                if let Some(over) = at(parent, Kind::Task) {
                    rules.push(Rule::Order(told, Moment::Told(over), 0.0));
                }
            }
            if !place.kind.is_once() {
                let same_node = |other: &Place| other.node == place.node && !other.kind.is_once();
                let later = places.iter().enumerate().skip(position + 1);
                rules.extend(
                    later
                        .filter(|(_, other)| same_node(other))
                        .map(|(other, _)| Rule::Apart(position, other)),
                );
            }
        }
        Self { rules }
    }

    /// The first rule that two of a run's observations, or one, cannot keep, whenever in their windows
    /// they were made.
    pub fn broken(&self, state: State, items: &[Option<Item>]) -> Option<Broken> {
        self.rules.iter().find_map(|rule| match *rule {
            Rule::Needs(what, needed) => {
                let lacks = item(items, what).is_some() && item(items, needed).is_none();
                lacks.then_some([what, needed])
            }
            Rule::Through(place) => {
                let wrong = match state {
                    State::Succeeded => item(items, place).is_none(),
                    State::Failed => item(items, place).is_some(),
                    State::Aborted | State::Running => false,
                };
                wrong.then_some([place, place])
            }
            Rule::Outermost(place) => {
                let failed = |item: Item| item.metric == Metric::NodeFailureDuration;
                let wrong = state == State::Succeeded && item(items, place).is_some_and(failed);
                wrong.then_some([place, place])
            }
            Rule::Order(..) | Rule::Apart(..) => {
                let (first, second, slack) = rule.order(items)?;
                let (early, late) = (bounds(items, first)?, bounds(items, second)?);
                (early.0 > late.1 + slack).then_some([first.place(), second.place()])
            }
        })
    }

    /// Whether moments can be found for all of a run's observations at once. The latest possible are
    /// looked for (Bellman and Ford); they do not exist where one would come before its window.
    pub fn have_moments(&self, items: &[Option<Item>]) -> bool {
        let mut latest: Vec<[f64; 2]> = items
            .iter()
            .map(|item| item.map_or([f64::INFINITY; 2], |item| [begun(&item).1, item.to]))
            .collect();
        let get = |latest: &[[f64; 2]], moment: Moment| {
            latest.get(moment.place()).map_or(f64::INFINITY, |of| match moment {
                Moment::Begun(_) => of[0],
                Moment::Told(_) => of[1],
            })
        };
        let mut orders: Vec<(Moment, Moment, f64)> =
            self.rules.iter().filter_map(|rule| rule.order(items)).collect();
        for (place, item) in items.iter().enumerate() {
            let Some(Item { value, .. }) = item else { continue };
            let rounding = item.as_ref().map_or((0.0, 0.0), rounding);
            orders.push((Moment::Begun(place), Moment::Told(place), rounding.1 - value));
            orders.push((Moment::Told(place), Moment::Begun(place), value + rounding.0));
        }
        for _ in 0..=2 * items.len() {
            let mut moved = false;
            for (first, second, slack) in &orders {
                let most = get(&latest, *second) + slack;
                if get(&latest, *first) > most + TINY_MS {
                    moved = true;
                    if bounds(items, *first).is_some_and(|(earliest, _)| most < earliest - TINY_MS)
                    {
                        return false;
                    }
                    if let Some(of) = latest.get_mut(first.place()) {
                        match first {
                            Moment::Begun(_) => of[0] = most,
                            Moment::Told(_) => of[1] = most,
                        }
                    }
                }
            }
            if !moved {
                return true;
            }
        }
        false
    }
}

/// Whether a run that goes on keeps silent for a reason: what it tells after a window in which nobody
/// told anything was under way before it. An end with its duration always was.
pub fn keeps_silence(items: &[Option<Item>], silences: &[(f64, f64)]) -> bool {
    if items.iter().flatten().any(|item| Kind::of(item.metric) == Some(Kind::End)) {
        return true;
    }
    let mut told: Vec<Item> = items.iter().flatten().copied().collect();
    told.sort_by(|a, b| b.to.total_cmp(&a.to));
    let mut reached = f64::INFINITY;
    told.iter().zip(told.iter().skip(1)).all(|(later, earlier)| {
        reached = reached.min(begun(later).0);
        let silence = silences.get(silences.partition_point(|(from, _)| *from < earlier.to - 1.0));
        silence.is_none_or(|(from, to)| *to > later.from || reached <= *from)
    })
}

/// Less than this is the rounding of floats, ms.
const TINY_MS: f64 = 1e-3;

impl Rule {
    /// Which moment is not later than which, by more than so many ms, if both were observed.
    fn order(&self, items: &[Option<Item>]) -> Option<(Moment, Moment, f64)> {
        match *self {
            Self::Order(first, second, slack) => {
                item(items, first.place())?;
                item(items, second.place())?;
                Some((first, second, slack))
            }
            Self::Apart(a, b) => {
                let (one, other) = (item(items, a)?, item(items, b)?);
                let middle = |item: Item| item.from + item.to - item.value;
                let (first, second) = if middle(one) <= middle(other) { (a, b) } else { (b, a) };
                Some((Moment::Told(first), Moment::Begun(second), SLACK_MS))
            }
            Self::Needs(..) | Self::Through(_) | Self::Outermost(_) => None,
        }
    }
}

fn item(items: &[Option<Item>], place: usize) -> Option<Item> {
    items.get(place).copied().flatten()
}

/// Between when and when a moment lies.
fn bounds(items: &[Option<Item>], moment: Moment) -> Option<(f64, f64)> {
    let item = item(items, moment.place())?;
    Some(match moment {
        Moment::Begun(_) => begun(&item),
        Moment::Told(_) => (item.from, item.to),
    })
}

/// How far a begin may be from what the value tells, ms: phases of plugins are exact, all other starts
/// whole seconds.
const fn rounding(item: &Item) -> (f64, f64) {
    match item.metric {
        // The simulator makes observations at whole milliseconds.
        Metric::PluginQueue | Metric::PluginInitialize => (1.0, 1.0),
        _ => (0.0, 1_000.0),
    }
}

fn begun(item: &Item) -> (f64, f64) {
    let (early, late) = rounding(item);
    (item.from - item.value - early, item.to - item.value + late)
}
