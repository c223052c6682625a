//! What one run told, as far as scrapes could see it: the form in which another world is looked for.

use std::collections::HashMap;

use flyte_simulator::{Metric, State};

use crate::scrapes::{Scrapes, Sight};
use crate::stage::in_millis;
use crate::truth::TrueRun;

/// What an observation is to its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The run's begin.
    Acceptance,
    /// Of a node: its last parent's end until it is queued.
    Transition,
    /// Of a node: stamped as queued until it runs.
    Queueing,
    /// Of an attempt: its pod waits.
    Wait,
    /// Of an attempt: its pod starts.
    Start,
    /// Of a node: it runs.
    Task,
    /// The run's end.
    End,
}

impl Kind {
    /// Of a metric; none of one that the timeline does not use.
    pub fn of(metric: Metric) -> Option<Self> {
        Some(match metric {
            Metric::WorkflowAcceptance => Self::Acceptance,
            Metric::NodeTransition => Self::Transition,
            Metric::NodeQueueing => Self::Queueing,
            Metric::PluginQueue => Self::Wait,
            Metric::PluginInitialize => Self::Start,
            Metric::NodeSuccessDuration | Metric::NodeFailureDuration => Self::Task,
            Metric::WorkflowSuccessDuration
            | Metric::WorkflowFailureDuration
            | Metric::WorkflowCompletion => Self::End,
            _ => return None,
        })
    }

    /// Whether a run has it at most once a node.
    pub const fn is_once(self) -> bool {
        !matches!(self, Self::Wait | Self::Start)
    }
}

/// One observation, as far as a scrape tells: when it was made to a window's length, and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Which counter was told; a success and a failure are two.
    pub metric: Metric,
    /// Not told before, unix milliseconds.
    pub from: f64,
    /// Not told after.
    pub to: f64,
    /// Milliseconds.
    pub value: f64,
    /// Which window shows it; none for what no scrape of the range shows. That stays where it is.
    pub window: Option<u32>,
}

/// Where an observation stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Number of the node among the workflow's; that of the run itself comes first.
    pub node: usize,
    /// What it tells.
    pub kind: Kind,
}

/// One run.
#[derive(Debug)]
pub struct Story {
    /// How it ended, if a scrape of the range or one before shows it.
    pub state: State,
    /// In the order of places, and of time in one place.
    pub items: Vec<(Place, Item)>,
}

/// The nodes of one workflow.
#[derive(Debug, Default)]
pub struct Nodes {
    known: HashMap<String, usize>,
    /// By number: the number of the node that contains it.
    pub parents: Vec<Option<usize>>,
    /// By number: whether it is the end of the workflow's graph.
    pub is_end: Vec<bool>,
}

impl Nodes {
    /// The run itself.
    pub fn new() -> Self {
        Self { known: [(String::new(), 0)].into(), parents: vec![None], is_end: vec![false] }
    }

    /// The number of a node.
    pub fn number(&mut self, label: &str) -> usize {
        if let Some(known) = self.known.get(label) {
            return *known;
        }
        let parent = label.rsplit_once('/').map(|(parent, _)| self.number(parent));
        let number = self.parents.len();
        self.known.insert(label.to_owned(), number);
        self.parents.push(parent);
        self.is_end.push(label == "end-node");
        number
    }

    /// Whether a node stands in no other.
    pub fn is_outermost(&self, node: usize) -> bool {
        self.parents.get(node).is_some_and(Option::is_none)
    }
}

impl Story {
    /// Of a run that is accepted at an instant, which no scrape of the range shows, and goes on.
    pub fn unknown(at: f64) -> Self {
        let place = Place { node: 0, kind: Kind::Acceptance };
        let metric = Metric::WorkflowAcceptance;
        let item = Item { metric, from: at, to: at, value: 0.0, window: None };
        Self { state: State::Running, items: vec![(place, item)] }
    }

    /// When it was accepted, at the earliest.
    pub fn begin(&self) -> Option<f64> {
        self.items.first().map(|(_, item)| item.from)
    }

    /// Of a run. What comes after the range is not told: it may turn out otherwise.
    pub fn of(run: &TrueRun, scrapes: &Scrapes, nodes: &mut Nodes) -> Self {
        let mut items = Vec::new();
        let mut is_over = false;
        for seen in &run.observations {
            let Some(kind) = Kind::of(seen.key.0) else { continue };
            let at = seen.at as f64;
            let (from, to, window) = match seen.sight {
                Sight::After => continue,
                Sight::At(window) => {
                    let (from, to) = scrapes.since_restart(run.instance, window);
                    (from, to, Some(window))
                }
                Sight::Before | Sight::Gone | Sight::Lost(_) => (at, at, None),
            };
            is_over |= kind == Kind::End;
            let place = Place { node: nodes.number(&seen.key.1), kind };
            let value = seen.value * in_millis(seen.key.0);
            items.push((place, Item { metric: seen.key.0, from, to, value, window }));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.to.total_cmp(&b.1.to)));
        Self { state: if is_over { run.state } else { State::Running }, items }
    }
}
