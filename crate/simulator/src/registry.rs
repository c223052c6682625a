//! The metrics of one propeller process: what promutils and the Prometheus client keep in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::cell::Cell;
use crate::execution::Execution;
use crate::metric::{Definition, Kind, METRICS, Scope};
use crate::plan::Observation;
use crate::series::{Family, FamilyKind, Label, Series};
use crate::time::UnixMillis;

/// Which label keys a deployment puts on its metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deployment {
    /// flyte-core as installed: `project, domain, wf, task`.
    Core,
    /// flyte-core with `propeller.metrics-keys` extended by `node` and `exec_id`.
    CoreExec,
    /// flyte-binary: ten keys, fixed in its code.
    Binary,
}

impl Deployment {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Core, Self::CoreExec, Self::Binary];

    /// Its label keys, sorted as they are exposed.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Core => &["domain", "project", "task", "wf"],
            Self::CoreExec => &["domain", "exec_id", "node", "project", "task", "wf"],
            Self::Binary => &[
                "app_name",
                "domain",
                "failure_type",
                "node",
                "project",
                "runtime_type",
                "runtime_version",
                "task",
                "tasktype",
                "wf",
            ],
        }
    }

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::CoreExec => "core-exec",
            Self::Binary => "binary",
        }
    }
}

impl fmt::Display for Deployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Deployment {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|deployment| deployment.word() == word)
            .ok_or_else(|| format!("no deployment {word:?}; there are core, core-exec and binary"))
    }
}

impl Serialize for Deployment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Which series a scrape keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// Only what a timeline needs, as a sensible `metricRelabelings` leaves it: `_sum` and
    /// `_count` of the labelled stage metrics, and the counters of executions.
    Timeline,
    /// Everything of the stages' metrics: quantiles, unlabelled twins, rounds, plugins.
    All,
    /// Also what the dashboards show beside the stages: propeller's engine, flyteadmin and the
    /// cluster.
    Dashboards,
}

/// The label values of a cell, in the order of the deployment's keys; a twin has none.
type Values = Vec<Arc<str>>;

/// A family and its place in an exposition.
#[derive(Debug)]
struct Slot {
    rank: usize,
    family: Arc<Family>,
}

/// One process's metrics under one deployment's keys.
#[derive(Debug)]
pub(crate) struct Registry {
    deployment: Deployment,
    target: Arc<[Label]>,
    /// Of every metric: the labelled family, and the twin where there is one.
    slots: Vec<(&'static Definition, Slot, Option<Slot>)>,
    /// By the family's place, then by label values: the order of an exposition.
    cells: BTreeMap<(usize, Values), Cell>,
}

impl Registry {
    /// A process that has just started: only the twins are there.
    pub(crate) fn new(deployment: Deployment, prefix: &str, target: Arc<[Label]>) -> Self {
        let mut names: Vec<String> =
            METRICS.iter().flat_map(|row| [row.name(), row.twin_name()]).collect();
        names.sort_unstable();
        let slot = |row: &Definition, name: String, labelled: bool| {
            let kind = match row.kind {
                Kind::StopWatch(_) => FamilyKind::Summary,
                Kind::Counter => FamilyKind::Counter,
            };
            Slot {
                rank: names.partition_point(|other| *other < name),
                family: Arc::new(Family {
                    name: format!("{prefix}{name}"),
                    help: row.help.into(),
                    kind,
                    on_timeline: labelled && row.on_timeline(),
                }),
            }
        };
        let slots: Vec<_> = METRICS
            .iter()
            .map(|row| {
                (
                    row,
                    slot(row, row.name(), true),
                    row.twin.then(|| slot(row, row.twin_name(), false)),
                )
            })
            .collect();
        let mut cells = BTreeMap::new();
        for twin in slots.iter().filter_map(|(_, _, twin)| twin.as_ref()) {
            let cell = Cell::new(&twin.family, &Arc::from([]), &target);
            cells.insert((twin.rank, Vec::new()), cell);
        }
        Self { deployment, target, slots, cells }
    }

    /// Takes in one observation that was made for an execution.
    pub(crate) fn observe(&mut self, execution: &Execution, seen: &Observation) {
        let slot = self.slots.iter().find(|(row, ..)| row.metric == seen.metric);
        let Some((row, labelled, twin)) = slot else { return };
        let keys = self.deployment.keys();
        let values: Values =
            keys.iter().map(|key| value(key, row.scope, execution, seen).into()).collect();
        let cell = self.cells.entry((labelled.rank, values)).or_insert_with_key(|(_, values)| {
            let labels = keys.iter().copied().zip(values.iter().cloned()).collect();
            Cell::new(&labelled.family, &labels, &self.target)
        });
        cell.add(seen.at, seen.value as f64);
        if let Some(twin) = twin.as_ref().and_then(|twin| self.cells.get_mut(&(twin.rank, vec![])))
        {
            twin.add(seen.at, seen.value as f64);
        }
    }

    /// Gives every series that is kept and its value at `now` to `each`, in the order of an
    /// exposition.
    pub(crate) fn visit(
        &mut self,
        now: UnixMillis,
        keep: Keep,
        mut each: impl FnMut(&Arc<Series>, f64),
    ) {
        let all = keep != Keep::Timeline;
        for cell in self.cells.values_mut().filter(|cell| all || cell.family().on_timeline) {
            cell.visit(now, all, &mut each);
        }
    }
}

/// The value of a label key in a metric's context; empty where the context does not know it.
fn value<'a>(key: &str, scope: Scope, of: &'a Execution, seen: &'a Observation) -> &'a str {
    match (key, scope) {
        ("exec_id", _) => &of.exec_id,
        (_, Scope::Round) => "",
        ("project", _) => &of.project,
        ("domain", _) => &of.domain,
        ("wf", _) => &of.workflow,
        ("node", Scope::Node | Scope::Plugin) => &seen.node,
        ("tasktype", Scope::Plugin) => &seen.task_type,
        _ => "",
    }
}
