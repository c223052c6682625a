//! How the observations of one run hang together: a stage that one counter was told began when
//! another was told something. What was observed, by how much and in which scrape window says when
//! it began to a window's length, so runs that lived at the same time can be told apart where their
//! links do not fit when crossed.

use flyte_simulator::{Execution, Metric};

use crate::scrapes::{Scrapes, Sight};
use crate::stage::in_millis;
use crate::truth::{Observation, TrueRun};

/// Flyte rounds starts down to a second, so a value is up to so much too long, ms.
const ROUNDING_MS: f64 = 1_000.0;

/// So long may pass unobserved between what ended and what began, ms: propeller notices, gathers
/// inputs, answers from the cache.
const UNOBSERVED_MS: f64 = 3_000.0;

/// One observation began with another. Positions in the run's observations.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// What was told when the other began.
    pub cause: usize,
    /// What began then and was told when it was over.
    pub effect: usize,
    /// How long after the cause it may have begun, ms.
    slack: f64,
}

/// The links of one execution, as Flyte observes: see the simulator's `run.rs`.
pub fn links(execution: &Execution, observations: &[Observation]) -> Vec<Link> {
    let find = |metric: Metric, node: &str| {
        observations.iter().position(|seen| seen.key.0 == metric && seen.key.1 == node)
    };
    let mut links = Vec::new();
    let mut link = |cause: Option<usize>, effect: Option<usize>, slack: f64| {
        if let (Some(cause), Some(effect)) = (cause, effect) {
            links.push(Link { cause, effect, slack });
        }
    };
    let acceptance = find(Metric::WorkflowAcceptance, "");
    let ends = [
        Metric::WorkflowSuccessDuration,
        Metric::WorkflowFailureDuration,
        Metric::WorkflowCompletion,
    ];
    for end in ends {
        link(acceptance, find(end, ""), 0.0);
    }
    for node in &execution.nodes {
        let own = |metric| find(metric, &node.id);
        let (transition, queueing) = (own(Metric::NodeTransition), own(Metric::NodeQueueing));
        let before = last_source(observations, &node.id, node.ready_at);
        link(before, transition.or(queueing), UNOBSERVED_MS);
        // The stamp is just before the transition is over.
        link(transition, queueing, -UNOBSERVED_MS);
        link(queueing, own(Metric::NodeSuccessDuration), 0.0);
        link(queueing, own(Metric::NodeFailureDuration), 0.0);
        link(queueing, own(Metric::PluginQueue), 0.0);
        link(own(Metric::PluginQueue), own(Metric::PluginInitialize), 0.0);
    }
    links
}

/// The last observation, not of the node itself, that can be what a node waited for.
fn last_source(observations: &[Observation], node: &str, ready_at: i64) -> Option<usize> {
    let is_source = |seen: &Observation| {
        matches!(
            seen.key.0,
            Metric::WorkflowAcceptance | Metric::NodeSuccessDuration | Metric::NodeQueueing
        ) && seen.key.1 != node
            && seen.at <= ready_at
    };
    observations.iter().rposition(is_source)
}

/// Whether two runs could have exchanged a part of their observations, as far as windows and values
/// tell: nothing that does not fit when crossed holds all observations of the first together.
pub fn interchangeable(a: &TrueRun, b: &TrueRun, scrapes: &Scrapes) -> bool {
    let mut parts = Parts::of(a.observations.len());
    // Several values of one counter, of a retried task, stay together.
    for (index, seen) in a.observations.iter().enumerate() {
        if let Some(first) = a.observations.iter().position(|other| other.key == seen.key) {
            parts.unite(first, index);
        }
    }
    for link in &a.links {
        let own = (a.observations.get(link.cause), a.observations.get(link.effect));
        let (Some(cause), Some(effect)) = own else { continue };
        if !fits(a, cause, a, effect, link.slack, scrapes) {
            continue;
        }
        let in_other = |of: &Observation| b.observations.iter().find(|seen| seen.key == of.key);
        let crossed = in_other(cause)
            .is_none_or(|theirs| fits(b, theirs, a, effect, link.slack, scrapes))
            && in_other(effect).is_none_or(|theirs| fits(a, cause, b, theirs, link.slack, scrapes));
        if !crossed {
            parts.unite(link.cause, link.effect);
        }
    }
    parts.count() > 1
}

/// Whether an effect could have begun with a cause, going by their windows and the effect's value.
fn fits(
    cause_run: &TrueRun,
    cause: &Observation,
    effect_run: &TrueRun,
    effect: &Observation,
    slack: f64,
    scrapes: &Scrapes,
) -> bool {
    let window = |run: &TrueRun, seen: &Observation| match seen.sight {
        Sight::At(window) | Sight::Lost(window) => Some(scrapes.span(run.instance, window)),
        Sight::Before | Sight::Gone | Sight::After => None,
    };
    let (Some(cause), Some(over)) = (window(cause_run, cause), window(effect_run, effect)) else {
        return true;
    };
    let value = effect.value * in_millis(effect.key.0);
    let began = (over.0 - value, over.1 - value + ROUNDING_MS);
    let (earliest, latest) = (cause.0 + slack.min(0.0), cause.1 + slack.max(0.0));
    began.0 <= latest && began.1 >= earliest
}

/// A partition of positions.
struct Parts(Vec<usize>);

impl Parts {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (Some(a), Some(b)) = (self.0.get(a).copied(), self.0.get(b).copied()) else { return };
        for part in self.0.iter_mut().filter(|part| **part == b) {
            *part = a;
        }
    }

    fn count(&self) -> usize {
        let mut parts = self.0.clone();
        parts.sort_unstable();
        parts.dedup();
        parts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;
    use crate::truth::runs;
    use flyte_simulator::{Simulation, World};

    /// Whether the first of two runs of a chain of two, launched so far apart, could be mixed up with
    /// the second.
    fn mixes_up(apart_ms: i64) -> bool {
        let scrapes = Scrapes::of(&"binary:chains:1:15:calm".parse::<Cell>().unwrap());
        let begin = scrapes.from - Scrapes::start() + 60_000;
        let world = World::chain_at(2, &[begin, begin + apart_ms]);
        let mut flyte = Simulation::new(world, 7, Scrapes::start()).unwrap();
        flyte.advance_to(scrapes.step_at(scrapes.steps));
        let runs = runs(flyte.executions(), &scrapes);
        let (first, second) = (&runs[0], &runs[1]);
        assert!(second.windows.0 < first.windows.1, "the runs do not overlap");
        for link in &first.links {
            let (cause, effect) =
                (&first.observations[link.cause], &first.observations[link.effect]);
            assert!(
                fits(first, cause, first, effect, link.slack, &scrapes),
                "{cause:?} {effect:?}"
            );
        }
        interchangeable(first, second, &scrapes)
    }

    #[test]
    fn runs_that_follow_each_other_by_two_windows_are_told_apart_by_their_links() {
        assert!(!mixes_up(40_000));
    }

    #[test]
    fn runs_in_the_same_windows_are_not() {
        assert!(mixes_up(1));
    }
}
