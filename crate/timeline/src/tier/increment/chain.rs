//! What is certain of when Flyte 1 observes its metrics, node by node. Only what holds for every run
//! is here: nodes may be cached, skipped, mapped, dynamic, aborted, and nobody knows the graph.
//!
//! Sources, in `flyteorg/flyte` at v1.16.8 under `flytepropeller/pkg/controller/`.

use crate::profile::{MetricId, Profile};

/// What a node's metric tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// Once a node: told when the node's queued event is out, which is before it stops queueing
    /// (`nodes/executor.go:515-529`, `:1039-1056`).
    Transition,
    /// Once a node. Begins when the node is stamped as queued, which is before its transition is told,
    /// and is told when the node begins to run (`nodes/executor.go:973`, `:1328-1333`).
    Queueing,
    /// At most once an attempt: the wait of its pod, from the begin of the attempt on, when the node
    /// runs already. A pod that propeller next sees when it is done tells none
    /// (`nodes/task/handler.go:550-553`).
    Waiting,
    /// At most once an attempt: the start of its pod, from the end of its wait. A pod that propeller
    /// next sees running tells a longer wait and no start (`nodes/task/handler.go:558-561`).
    Starting,
    /// Once a node, as a success or as a failure. Begins when the node begins to run
    /// (`nodes/executor.go:1382-1433`).
    Task,
}

impl Link {
    /// Of a metric; none of one that nothing is certain about.
    pub fn of(profile: &Profile, metric: MetricId) -> Option<Self> {
        Some(match profile.metric(metric)?.key {
            "node:transition_latency_ms" => Self::Transition,
            "node:queueing_latency_ms" => Self::Queueing,
            "plugin_queue_latency_us" => Self::Waiting,
            "plugin_initialize_latency_us" => Self::Starting,
            "node:success_duration_ms" | "node:failure_duration_ms" => Self::Task,
            _ => return None,
        })
    }
}
