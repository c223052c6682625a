//! The truth about one execution: what really happened, and what the counters were told.

use serde::Serialize;

use crate::metric::Metric;
use crate::time::{Millis, UnixMillis};

/// Where an execution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All nodes done.
    Succeeded,
    /// A node failed for good.
    Failed,
    /// Somebody stopped it.
    Aborted,
    /// Not over yet.
    Running,
}

/// What kind of node it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// One task.
    Task,
    /// A dynamic task.
    Dynamic,
    /// A map task.
    Array,
    /// A sub-workflow.
    SubWorkflow,
    /// The end of a graph.
    End,
}

/// One attempt of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// When the plugin reported Queued.
    pub started_at: UnixMillis,
    /// Time in the plugin phase Queued, in microseconds.
    pub pending_us: i64,
    /// Time in the plugin phase Initializing, in microseconds; 0 without a pod.
    pub init_us: i64,
    /// Time in the user's code.
    pub run_ms: Millis,
    /// Whether it succeeded; none while it runs or when it was cut short.
    pub succeeded: Option<bool>,
}

/// What happened to one node. Times are real, to the millisecond; a stage that has not been
/// reached is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeRun {
    /// The `node` label: ids joined with `/` from the outermost.
    pub id: String,
    /// Kind of node.
    pub kind: NodeKind,
    /// The `node` label of the node that contains it.
    pub parent: Option<String>,
    /// The task's name; none for sub-workflows and ends.
    pub task: Option<String>,
    /// Whether the task cache answered.
    pub cached: bool,
    /// When the last parent stopped.
    pub ready_at: UnixMillis,
    /// When it was stamped as queued.
    pub queued_at: UnixMillis,
    /// When `preExecute` and its QUEUED event were over: the end of transition.
    pub queued_event_at: UnixMillis,
    /// When the handler first answered: the end of queueing, the begin of the task.
    pub started_at: Option<UnixMillis>,
    /// When it was finalised.
    pub ended_at: Option<UnixMillis>,
    /// Whether it failed for good.
    pub failed: bool,
    /// Its attempts.
    pub attempts: Vec<Attempt>,
}

/// The phase of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum PodPhase {
    /// Not all containers started.
    Pending,
    /// Running.
    Running,
    /// Ended with success.
    Succeeded,
    /// Ended with an error.
    Failed,
}

/// A task pod. Times are real, to the millisecond; kube-state-metrics shows whole seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PodRun {
    /// Name of the pod.
    pub pod: String,
    /// Its uid.
    pub uid: String,
    /// Its namespace, `project-domain`.
    pub namespace: String,
    /// The `node` label of the node that it runs for.
    pub node: String,
    /// The last part of `node`; sanitised, the pod's `node-id` label.
    pub node_id: String,
    /// The task's name; sanitised, the pod's `task-name` label.
    pub task_name: String,
    /// Attempt, from 0.
    pub attempt: u32,
    /// Created.
    pub created_at: UnixMillis,
    /// Bound to a machine.
    pub scheduled_at: Option<UnixMillis>,
    /// Acknowledged by the kubelet.
    pub started_at: Option<UnixMillis>,
    /// The container began to run.
    pub container_started_at: Option<UnixMillis>,
    /// The container ended.
    pub completed_at: Option<UnixMillis>,
    /// Removed from the cluster.
    pub gone_at: Option<UnixMillis>,
    /// Whether the container ended well; tells nothing before `completed_at`.
    pub succeeded: bool,
}

impl Attempt {
    /// When the user's code is over.
    pub(crate) fn ends_at(&self) -> UnixMillis {
        self.started_at + (self.pending_us + self.init_us) / 1_000 + self.run_ms
    }
}

impl PodRun {
    /// The pod as it was known at an instant: later times are none.
    pub(crate) fn until(&self, now: UnixMillis) -> Self {
        let past = |at: Option<UnixMillis>| at.filter(|&at| at <= now);
        let completed_at = past(self.completed_at);
        Self {
            scheduled_at: past(self.scheduled_at),
            started_at: past(self.started_at),
            container_started_at: past(self.container_started_at),
            completed_at,
            gone_at: past(self.gone_at),
            succeeded: completed_at.is_some() && self.succeeded,
            ..self.clone()
        }
    }

    /// Its phase, of a pod that is known until now.
    #[must_use]
    pub fn phase(&self) -> PodPhase {
        match (self.completed_at, self.container_started_at) {
            (Some(_), _) if self.succeeded => PodPhase::Succeeded,
            (Some(_), _) => PodPhase::Failed,
            (None, Some(_)) => PodPhase::Running,
            (None, None) => PodPhase::Pending,
        }
    }
}

/// What one counter was told by one execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// The metric without prefix, as in `node:queueing_latency_ms`.
    pub metric: Metric,
    /// The `node` label; empty for the metrics of a workflow.
    pub node: String,
    /// Sum of the values, with Flyte's rounding.
    pub sum: i64,
    /// Number of observations.
    pub count: u64,
    /// The instant of each.
    pub observed_at: Vec<UnixMillis>,
    /// The value of each, in the metric's unit; 1 for a counter.
    pub values: Vec<i64>,
}

/// One execution of a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Execution {
    /// Name of the execution.
    pub exec_id: String,
    /// Project of the execution.
    pub project: String,
    /// Domain of the execution.
    pub domain: String,
    /// The `wf` label.
    pub workflow: String,
    /// Where it stands.
    pub state: State,
    /// Request in flyteadmin.
    pub accepted_at: UnixMillis,
    /// Workflow Running; none while it is being accepted.
    pub running_at: Option<UnixMillis>,
    /// Workflow in a terminal phase.
    pub ended_at: Option<UnixMillis>,
    /// Index of the propeller that runs it.
    pub instance: usize,
    /// The `instance` scrape label of that propeller.
    pub instance_label: String,
    /// What the counters were told, by metric and node.
    pub metrics: Vec<Measured>,
    /// Its nodes, by when they were queued, then by id.
    pub nodes: Vec<NodeRun>,
    /// Its pods, by when they were created, then by name.
    pub pods: Vec<PodRun>,
}
