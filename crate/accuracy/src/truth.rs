//! What really happened to each run, what the scrapes could see of it, and what a row that claims
//! to be it must say.

use std::collections::BTreeMap;

use flyte_simulator::{Deployment, Execution, Metric, State};

use crate::scrapes::{Scrapes, Sight};
use crate::stage::{Stage, Tells, in_millis, tells};

/// A counter of a workflow: the metric, and the node where it is a label.
pub type Key = (Metric, String);

/// One value that a run gave to a counter.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Which counter.
    pub key: Key,
    /// Unix milliseconds.
    pub at: i64,
    /// In the metric's unit.
    pub value: f64,
    /// Whether a scrape saw it.
    pub sight: Sight,
    /// How often its propeller had restarted before.
    pub process: usize,
}

/// How much of a run lies within what the scrapes saw of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Whole,
    /// It began before the range.
    Begun,
    /// A restart took an observation of it before a scrape saw it.
    Torn,
    /// Its end was not scraped within the range, or before it.
    Outside,
}

/// One run.
#[derive(Debug)]
pub struct TrueRun {
    /// Its execution id.
    pub id: String,
    /// The `wf` label.
    pub workflow: String,
    /// Its propeller.
    pub instance: usize,
    /// How it ended.
    pub state: State,
    /// How much of it can be seen.
    pub reach: Reach,
    /// The scrape windows of its propeller in which it lived: the first with an observation, and the
    /// one of its end, or one behind the range.
    pub windows: (u32, u32),
    /// The step that first sees its end, where one does.
    pub end: Option<u32>,
    /// All its observations that a timeline uses, in the order of time.
    pub observations: Vec<Observation>,
}

impl TrueRun {
    fn of(execution: &Execution, scrapes: &Scrapes) -> Self {
        let mut observations = Vec::new();
        for measured in execution.metrics.iter().filter(|m| tells(m.metric).is_some()) {
            for (at, value) in measured.observed_at.iter().zip(&measured.values) {
                observations.push(Observation {
                    key: (measured.metric, measured.node.clone()),
                    at: *at,
                    value: *value as f64,
                    sight: scrapes.sight(execution.instance, *at),
                    process: scrapes.process(execution.instance, *at),
                });
            }
        }
        observations.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
        let window = |at| scrapes.window(execution.instance, at);
        let first = observations.first().and_then(|first| window(first.at)).unwrap_or(u32::MAX);
        let last = execution.ended_at.and_then(window).unwrap_or(u32::MAX);
        let end =
            observations.iter().rev().find_map(|seen| match (tells(seen.key.0), seen.sight) {
                (Some(Tells::End), Sight::At(step)) => Some(step),
                _ => None,
            });
        Self {
            id: execution.exec_id.clone(),
            workflow: execution.workflow.clone(),
            instance: execution.instance,
            state: execution.state,
            reach: reach(&observations, end),
            windows: (first, last),
            end,
            observations,
        }
    }

    /// What a row that is this run must say, if every one of its observations is in it.
    pub fn happened(&self, has_nodes: bool) -> Portrait {
        Portrait::of(self.observations.iter(), self.state, has_nodes)
    }

    /// The same of those observations alone that the answered queries hold: over a range, what was
    /// scraped within it.
    pub fn ranged(&self, has_nodes: bool) -> Portrait {
        let seen = self.observations.iter().filter(|seen| matches!(seen.sight, Sight::At(_)));
        Portrait::of(seen, self.state, has_nodes)
    }

    /// The same where an instant query asks for the last value of each counter: of two attempts with
    /// a restart between them, that is the second alone.
    pub fn last(&self, has_nodes: bool) -> Portrait {
        let scraped = |seen: &&Observation| matches!(seen.sight, Sight::At(_) | Sight::Before);
        let mut newest: BTreeMap<&Key, usize> = BTreeMap::new();
        for seen in self.observations.iter().filter(scraped) {
            newest.insert(&seen.key, seen.process);
        }
        let seen = self
            .observations
            .iter()
            .filter(scraped)
            .filter(|seen| newest.get(&seen.key) == Some(&seen.process));
        Portrait::of(seen, self.state, has_nodes)
    }
}

fn reach(observations: &[Observation], end: Option<u32>) -> Reach {
    let any = |sight: fn(&Sight) -> bool| observations.iter().any(|seen| sight(&seen.sight));
    if end.is_none() {
        Reach::Outside
    } else if any(|sight| matches!(sight, Sight::Lost(_))) {
        Reach::Torn
    } else if any(|sight| matches!(sight, Sight::Before | Sight::Gone)) {
        Reach::Begun
    } else {
        Reach::Whole
    }
}

/// All runs, in the order of launch.
pub fn runs(executions: impl Iterator<Item = Execution>, scrapes: &Scrapes) -> Vec<TrueRun> {
    executions.map(|execution| TrueRun::of(&execution, scrapes)).collect()
}

/// Whether a deployment's series tell nodes apart.
pub fn has_nodes(deployment: Deployment) -> bool {
    deployment.keys().contains(&"node")
}

/// The numbers of a row that stands for one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// How it ended.
    pub state: State,
    /// Milliseconds by node and stage; the node is empty for the run's own stages and where nodes are
    /// not told apart.
    pub pieces: BTreeMap<(String, Stage), f64>,
    /// Milliseconds of nested nodes that a parent's time contains.
    pub set_aside: f64,
    /// Acceptance and running time, ms.
    pub wall: f64,
}

impl Portrait {
    fn of<'a>(
        observations: impl Iterator<Item = &'a Observation>,
        state: State,
        has_nodes: bool,
    ) -> Self {
        let mut sums: BTreeMap<(String, Stage), f64> = BTreeMap::new();
        let mut wall = 0.0;
        for Observation { key: (metric, node), value, .. } in observations {
            let ms = value * in_millis(*metric);
            match tells(*metric) {
                Some(Tells::Stage(of)) => {
                    let node = if has_nodes { node.clone() } else { String::new() };
                    *sums.entry((node, of)).or_default() += ms;
                    if of == Stage::Acceptance {
                        wall += ms;
                    }
                }
                Some(Tells::End) => wall += ms,
                None => {}
            }
        }
        let set_aside = set_aside(&mut sums);
        take_pod_start_off(&mut sums);
        Self { state, pieces: sums, set_aside, wall }
    }

    /// Milliseconds by stage.
    pub fn stages(&self) -> BTreeMap<Stage, f64> {
        let mut stages = BTreeMap::new();
        for ((_, stage), ms) in &self.pieces {
            *stages.entry(*stage).or_default() += ms;
        }
        stages
    }
}

/// Removes the nodes inside a node that has a task time, and returns their time.
fn set_aside(sums: &mut BTreeMap<(String, Stage), f64>) -> f64 {
    let parents: Vec<String> = sums
        .keys()
        .filter(|(node, stage)| *stage == Stage::Task && !node.is_empty())
        .map(|(node, _)| format!("{node}/"))
        .collect();
    let mut aside = 0.0;
    sums.retain(|(node, stage), ms| {
        let contained = parents.iter().any(|parent| node.starts_with(parent));
        if contained && *stage != Stage::PodStart {
            aside += *ms;
        }
        !contained
    });
    aside
}

/// Pod start is a part of a task's time, where there is a task's time.
fn take_pod_start_off(sums: &mut BTreeMap<(String, Stage), f64>) {
    let nodes: Vec<String> = sums
        .keys()
        .filter(|(_, stage)| *stage == Stage::PodStart)
        .map(|(node, _)| node.clone())
        .collect();
    for node in nodes {
        let pod = sums.get(&(node.clone(), Stage::PodStart)).copied().unwrap_or_default();
        if let Some(task) = sums.get_mut(&(node.clone(), Stage::Task)) {
            let taken = pod.min(*task);
            *task -= taken;
            sums.insert((node, Stage::PodStart), taken);
        }
    }
}
