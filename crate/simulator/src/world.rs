//! A world is data: which workflows exist, what their nodes cost, when they are launched and what
//! goes wrong. Nothing here runs.

use anyhow::{Result, bail};
use serde::Serialize;

use crate::time::{Millis, SECOND};

/// A log-normal length of time: half of all draws are below the median.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The median, in milliseconds.
    pub median_ms: f64,
    /// Standard deviation of the logarithm: 0 is constant, 0.3 mild, 1 wild.
    pub sigma: f64,
}

impl Spread {
    /// A spread around a median in milliseconds.
    #[must_use]
    pub const fn new(median_ms: f64, sigma: f64) -> Self {
        Self { median_ms, sigma }
    }

    /// Always the same length, in milliseconds.
    #[must_use]
    pub const fn fixed(ms: f64) -> Self {
        Self::new(ms, 0.0)
    }

    pub(crate) fn times(self, factor: f64) -> Self {
        Self::new(self.median_ms * factor, self.sigma)
    }
}

/// What a node runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// Name of the task, as in `etl.extract`; becomes the pod's `task-name` label.
    pub name: String,
    /// Flyte's task type; fills the `tasktype` label of the plugin metrics.
    pub task_type: String,
    /// Time in the user's code, per attempt.
    pub run: Spread,
    /// Pod pending: plugin phase Queued until Initializing.
    pub pending: Spread,
    /// Image pull and container start: plugin phase Initializing until Running.
    pub init: Spread,
    /// Attempts at most, 1 for no retry.
    pub attempts: u32,
    /// Probability that the first attempt fails and a later one succeeds (needs two attempts).
    pub retry_share: f64,
    /// Probability that every attempt fails, and with it the execution.
    pub fail_share: f64,
    /// Probability that the node is answered from the task cache.
    pub cached_share: f64,
    /// Probability that propeller comes too late to see an attempt's phases: half of these are next
    /// seen running, so that the whole start is one wait, and half when they are done, so that nothing
    /// of it is observed (`flytepropeller/pkg/controller/nodes/task/handler.go:550-561`).
    pub missed_share: f64,
    /// Whether attempts run as pods of the container plugin. A task without a pod is served by a
    /// web API plugin: it has no initialising phase and no pod.
    pub pod: bool,
}

impl Task {
    /// A container task of the type `python-task` that never fails.
    #[must_use]
    pub fn new(name: &str, run: Spread) -> Self {
        Self {
            name: name.to_owned(),
            task_type: "python-task".to_owned(),
            run,
            pending: Spread::new(1_800.0, 0.5),
            init: Spread::new(1_100.0, 0.4),
            attempts: 1,
            retry_share: 0.0,
            fail_share: 0.0,
            cached_share: 0.0,
            missed_share: 0.0,
            pod: true,
        }
    }

    /// With pods that wait this long for a node and for their image.
    #[must_use]
    pub fn pod_start(mut self, pending: Spread, init: Spread) -> Self {
        (self.pending, self.init) = (pending, init);
        self
    }

    /// With at most `attempts` attempts, of which the first fails with the given probability.
    #[must_use]
    pub fn retries(mut self, attempts: u32, share: f64) -> Self {
        (self.attempts, self.retry_share) = (attempts, share);
        self
    }

    /// Failing for good with the given probability.
    #[must_use]
    pub fn fails(mut self, share: f64) -> Self {
        self.fail_share = share;
        self
    }

    /// With phases that propeller comes too late to see, with the given probability.
    #[must_use]
    pub fn missed(mut self, share: f64) -> Self {
        self.missed_share = share;
        self
    }

    /// Answered from the cache with the given probability.
    #[must_use]
    pub fn cached(mut self, share: f64) -> Self {
        self.cached_share = share;
        self
    }

    /// Served by a web API plugin of this task type instead of a pod.
    #[must_use]
    pub fn without_pod(mut self, task_type: &str, queued: Spread) -> Self {
        task_type.clone_into(&mut self.task_type);
        (self.pod, self.pending) = (false, queued);
        self
    }
}

/// What kind of node it is and what it contains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Work {
    /// One task.
    Task(Task),
    /// A map task: `size` children of the same task, `at_once` of them at a time. The parent's
    /// span contains the children's.
    Array {
        /// The task that every child runs.
        task: Task,
        /// Number of children.
        size: u32,
        /// Children in flight at most.
        at_once: u32,
    },
    /// A dynamic task: runs a pod of its own, then the graph that it returned. The parent's span
    /// contains both.
    Dynamic {
        /// The task that builds the graph.
        task: Task,
        /// The graph.
        children: Vec<Node>,
    },
    /// A sub-workflow: a graph without a pod of its own.
    SubWorkflow {
        /// The graph.
        children: Vec<Node>,
    },
}

/// A node of a workflow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// The node's id within its graph, as in `n0`.
    pub id: String,
    /// Ids of the nodes it waits for; all of them stand before it in the list.
    pub needs: Vec<String>,
    /// What it does.
    pub work: Work,
}

impl Node {
    /// A node that waits for the given nodes.
    #[must_use]
    pub fn new(id: &str, needs: &[&str], work: Work) -> Self {
        Self { id: id.to_owned(), needs: needs.iter().map(|&n| n.to_owned()).collect(), work }
    }

    /// A node that runs one task.
    #[must_use]
    pub fn task(id: &str, needs: &[&str], task: Task) -> Self {
        Self::new(id, needs, Work::Task(task))
    }
}

/// When a workflow is launched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Launch {
    /// On a schedule: at every multiple of `every_ms` since the epoch, plus `offset_ms`.
    Schedule {
        /// Distance of two launches.
        every_ms: Millis,
        /// Offset from the multiple.
        offset_ms: Millis,
    },
    /// By people and events: a Poisson process.
    Poisson {
        /// Launches an hour, on average.
        per_hour: f64,
    },
    /// Once each, so long after the start of the simulation.
    At(Vec<Millis>),
}

impl Launch {
    /// A schedule in minutes.
    #[must_use]
    pub const fn every_minutes(every: i64, offset: i64) -> Self {
        Self::Schedule { every_ms: every * 60 * SECOND, offset_ms: offset * 60 * SECOND }
    }
}

/// A workflow: its identity, its graph, and when it is launched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Workflow {
    /// Project of definition and executions.
    pub project: String,
    /// Domain of definition and executions.
    pub domain: String,
    /// Name of the definition, as in `etl.daily.pipeline`.
    pub name: String,
    /// The graph, parents before children.
    pub nodes: Vec<Node>,
    /// All the ways in which it is launched.
    pub launches: Vec<Launch>,
    /// Probability that somebody aborts an execution half way.
    pub abort_share: f64,
    /// Probability that an execution is slow.
    pub slow_share: f64,
    /// How much longer the user's code of a slow execution runs.
    pub slow_factor: f64,
}

impl Workflow {
    /// A workflow of these nodes that is never launched, aborted or slow.
    #[must_use]
    pub fn new(project: &str, domain: &str, name: &str, nodes: Vec<Node>) -> Self {
        Self {
            project: project.to_owned(),
            domain: domain.to_owned(),
            name: name.to_owned(),
            nodes,
            launches: Vec::new(),
            abort_share: 0.0,
            slow_share: 0.0,
            slow_factor: 1.0,
        }
    }

    /// Launched also in this way.
    #[must_use]
    pub fn launched(mut self, launch: Launch) -> Self {
        self.launches.push(launch);
        self
    }

    /// Aborted with this probability.
    #[must_use]
    pub fn aborted(mut self, share: f64) -> Self {
        self.abort_share = share;
        self
    }

    /// With this probability, `factor` times as slow.
    #[must_use]
    pub fn slow(mut self, share: f64, factor: f64) -> Self {
        (self.slow_share, self.slow_factor) = (share, factor);
        self
    }

    /// The value of the `wf` label: `project:domain:name` of the definition, without a version.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}:{}:{}", self.project, self.domain, self.name)
    }
}

/// A time in which everything waits longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// Begin, after the start of the simulation.
    pub from_ms: Millis,
    /// End, after the start of the simulation.
    pub to_ms: Millis,
    /// How many times as long propeller takes to notice and to queue.
    pub engine_factor: f64,
    /// How many times as long pods are pending.
    pub pending_factor: f64,
}

/// How fast propeller itself works.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Engine {
    /// Request in flyteadmin until the workflow is Running.
    pub acceptance: Spread,
    /// A parent stopped until its child is stamped as queued.
    pub notice: Spread,
    /// Gathering inputs: the first part of `preExecute`.
    pub inputs: Spread,
    /// Cache look-up and the QUEUED event: the rest of `preExecute`.
    pub queued_event: Spread,
    /// From there until the handler's first non-terminal answer.
    pub dispatch: Spread,
    /// The work is over until the node is finalised.
    pub finalise: Spread,
    /// The last node is done until the workflow is in a terminal phase.
    pub teardown: Spread,
    /// One reconcile round.
    pub round: Spread,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            acceptance: Spread::new(1_100.0, 0.35),
            notice: Spread::new(140.0, 0.6),
            inputs: Spread::new(18.0, 0.4),
            queued_event: Spread::new(45.0, 0.4),
            dispatch: Spread::new(260.0, 0.5),
            finalise: Spread::new(380.0, 0.5),
            teardown: Spread::new(220.0, 0.4),
            round: Spread::new(45.0, 0.4),
        }
    }
}

/// Everything that a simulation needs to know apart from seed and start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct World {
    /// The workflows.
    pub workflows: Vec<Workflow>,
    /// The bad hours.
    pub incidents: Vec<Incident>,
    /// Propeller's own speed.
    pub engine: Engine,
    /// How long a completed pod stays visible to kube-state-metrics.
    pub pod_linger_ms: Millis,
}

impl World {
    /// A world of these workflows, with no incident.
    #[must_use]
    pub fn new(workflows: Vec<Workflow>) -> Self {
        Self {
            workflows,
            incidents: Vec::new(),
            engine: Engine::default(),
            pod_linger_ms: 300 * SECOND,
        }
    }

    /// A tiny world: one workflow, a chain of `tasks` container tasks of about half a minute
    /// each, launched `per_hour` times an hour as a Poisson process.
    #[must_use]
    pub fn chain(tasks: u32, per_hour: f64) -> Self {
        Self::new(vec![Self::chain_workflow(tasks).launched(Launch::Poisson { per_hour })])
    }

    /// The same chain, launched once for each of these offsets from the start.
    #[must_use]
    pub fn chain_at(tasks: u32, offsets_ms: &[Millis]) -> Self {
        Self::new(vec![Self::chain_workflow(tasks).launched(Launch::At(offsets_ms.to_vec()))])
    }

    fn chain_workflow(tasks: u32) -> Workflow {
        let nodes = (0..tasks)
            .map(|i| {
                let task = Task::new(&format!("example.t{i}"), Spread::new(30_000.0, 0.2));
                let needs = i.checked_sub(1).map(|parent| format!("n{parent}"));
                Node {
                    id: format!("n{i}"),
                    needs: needs.into_iter().collect(),
                    work: Work::Task(task),
                }
            })
            .collect();
        Workflow::new("flytesnacks", "development", "example.chain_wf", nodes)
    }

    /// Checks what the simulation relies on.
    ///
    /// # Errors
    /// Names the workflow, node or number that makes no sense, and why.
    pub fn validate(&self) -> Result<()> {
        for workflow in &self.workflows {
            let label = workflow.label();
            check_graph(&label, &workflow.nodes)?;
            for launch in &workflow.launches {
                match launch {
                    Launch::Schedule { every_ms, .. } if *every_ms <= 0 => {
                        bail!("{label}: a schedule needs every_ms above 0, got {every_ms}")
                    }
                    Launch::Poisson { per_hour } if !(*per_hour > 0.0 && per_hour.is_finite()) => {
                        bail!("{label}: a Poisson launch needs per_hour above 0, got {per_hour}")
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn check_graph(label: &str, nodes: &[Node]) -> Result<()> {
    let mut known: Vec<&str> = Vec::new();
    for node in nodes {
        if known.contains(&node.id.as_str()) {
            bail!("{label}: two nodes are called {}", node.id);
        }
        if let Some(missing) = node.needs.iter().find(|need| !known.contains(&need.as_str())) {
            bail!("{label}: node {} waits for {missing}, which does not stand before it", node.id);
        }
        known.push(&node.id);
        match &node.work {
            Work::Task(task) if task.attempts == 0 => {
                bail!("{label}: node {} needs at least one attempt", node.id)
            }
            Work::Array { size, at_once, .. } if *size == 0 || *at_once == 0 => {
                bail!("{label}: array node {} needs size and at_once above 0", node.id)
            }
            Work::Dynamic { children, .. } | Work::SubWorkflow { children } => {
                check_graph(label, children)?;
            }
            _ => {}
        }
    }
    Ok(())
}
