//! The metrics of flytepropeller that the simulator knows, as a table. Names, help texts and
//! label scopes follow flytepropeller 1.16: `pkg/controller/{handler.go, workflow/executor.go,
//! nodes/executor.go, nodes/task/handler.go}`.

use serde::{Serialize, Serializer};

/// A metric of flytepropeller, without the deployment's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The name says it all; what each one measures stands in its help text.
pub enum Metric {
    NodeFailureDuration,
    NodeInputLatency,
    NodeParallelismWait,
    NodePermaUserError,
    NodeQueueing,
    NodeSuccessDuration,
    NodeTransition,
    NodeUserError,
    PluginFailure,
    PluginSuccess,
    PluginInitialize,
    PluginQueue,
    RoundTime,
    WorkflowAcceptance,
    WorkflowAccepted,
    WorkflowCompletion,
    WorkflowFailureDuration,
    WorkflowSuccessDuration,
    WorkflowAborted,
}

/// What promutils makes of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `labeled.StopWatch`: a summary whose name ends in `_` and this unit.
    StopWatch(&'static str),
    /// `labeled.Counter`.
    Counter,
}

/// Which of the label keys have a value in a metric's context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Only the execution: the timer starts before workflow, project and domain are known.
    Round,
    /// The workflow, its project and domain, and the execution.
    Workflow,
    /// Also the node.
    Node,
    /// Also the task type.
    Plugin,
}

#[derive(Debug)]
pub(crate) struct Definition {
    pub metric: Metric,
    pub base: &'static str,
    pub kind: Kind,
    pub scope: Scope,
    /// Whether there is an `_unlabeled` twin, which is exposed from the first moment.
    pub twin: bool,
    pub help: &'static str,
}

const fn row(
    metric: Metric,
    base: &'static str,
    kind: Kind,
    scope: Scope,
    twin: bool,
    help: &'static str,
) -> Definition {
    Definition { metric, base, kind, scope, twin, help }
}

const MS: Kind = Kind::StopWatch("ms");
const US: Kind = Kind::StopWatch("us");

// The texts of node success and failure speak of a workflow: that is how Flyte has them.
#[rustfmt::skip]
pub(crate) const METRICS: &[Definition] = &[
    row(Metric::NodeFailureDuration, "node:failure_duration", MS, Scope::Node, true, "Indicates the total execution time of a failed workflow."),
    row(Metric::NodeInputLatency, "node:node_input_latency", MS, Scope::Node, true, "Measures the latency to aggregate inputs and check readiness of a node"),
    row(Metric::NodeParallelismWait, "node:parallelism_wait_latency", MS, Scope::Node, true, "Measures the time a node spends waiting for a parallelism slot to become available."),
    row(Metric::NodePermaUserError, "node:perma_user_error_duration", MS, Scope::Node, true, "Indicates the total execution time before non recoverable user error"),
    row(Metric::NodeQueueing, "node:queueing_latency", MS, Scope::Node, true, "Measures the latency between the time a node's been queued to the time the handler reported the executable moved to running state"),
    row(Metric::NodeSuccessDuration, "node:success_duration", MS, Scope::Node, true, "Indicates the total execution time of a successful workflow."),
    row(Metric::NodeTransition, "node:transition_latency", MS, Scope::Node, true, "Measures the latency between the last parent node stoppedAt time and current node's queued time."),
    row(Metric::NodeUserError, "node:user_error_duration", MS, Scope::Node, true, "Indicates the total execution time before user error"),
    row(Metric::PluginFailure, "plugin:pythontask_container_failure", Kind::Counter, Scope::Plugin, true, "Task pythontask_container failed"),
    row(Metric::PluginSuccess, "plugin:pythontask_container_success", Kind::Counter, Scope::Plugin, true, "Task pythontask_container finished successfully"),
    row(Metric::PluginInitialize, "plugin_initialize_latency", US, Scope::Plugin, false, "Time spent by plugin in initializing phase"),
    row(Metric::PluginQueue, "plugin_queue_latency", US, Scope::Plugin, false, "Time spent by plugin in queued phase"),
    row(Metric::RoundTime, "round:round_time", MS, Scope::Round, true, "Total time taken by one round traversing, copying and storing a workflow"),
    row(Metric::WorkflowAcceptance, "workflow:acceptance_latency", MS, Scope::Workflow, true, "Delay between workflow creation and moving it to running state."),
    row(Metric::WorkflowAccepted, "workflow:accepted", Kind::Counter, Scope::Workflow, false, "Number of workflows accepted by propeller"),
    row(Metric::WorkflowCompletion, "workflow:completion_latency", MS, Scope::Workflow, true, "Measures the time between when the WF moved to succeeding/failing state and when it finally moved to a terminal state."),
    row(Metric::WorkflowFailureDuration, "workflow:failure_duration", MS, Scope::Workflow, true, "Indicates the total execution time of a failed workflow."),
    row(Metric::WorkflowSuccessDuration, "workflow:success_duration", MS, Scope::Workflow, true, "Indicates the total execution time of a successful workflow."),
    row(Metric::WorkflowAborted, "workflow:workflow_aborted", Kind::Counter, Scope::Workflow, true, "Indicates an inprogress execution was aborted"),
];

impl Definition {
    /// The labelled metric's name without prefix.
    pub(crate) fn name(&self) -> String {
        match self.kind {
            Kind::StopWatch(unit) => format!("{}_{unit}", self.base),
            Kind::Counter => self.base.to_owned(),
        }
    }

    /// The twin's name without prefix: the unit comes last.
    pub(crate) fn twin_name(&self) -> String {
        match self.kind {
            Kind::StopWatch(unit) => format!("{}_unlabeled_{unit}", self.base),
            Kind::Counter => format!("{}_unlabeled", self.base),
        }
    }

    /// Whether a timeline needs it: the stages, and what counts the executions.
    pub(crate) fn on_timeline(&self) -> bool {
        !matches!(
            self.metric,
            Metric::NodeInputLatency
                | Metric::NodeParallelismWait
                | Metric::NodePermaUserError
                | Metric::NodeUserError
                | Metric::PluginFailure
                | Metric::PluginSuccess
                | Metric::RoundTime
        )
    }
}

impl Metric {
    /// The metric's row; the table holds one for every variant.
    pub(crate) fn definition(self) -> Option<&'static Definition> {
        METRICS.iter().find(|row| row.metric == self)
    }

    /// The labelled metric's name without prefix, as in `node:queueing_latency_ms`.
    #[must_use]
    pub fn name(self) -> String {
        self.definition().map(Definition::name).unwrap_or_default()
    }

    /// Summary or counter.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.definition().map_or(Kind::Counter, |row| row.kind)
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_metrics() {
        assert!(METRICS.windows(2).all(|pair| pair[0].metric < pair[1].metric));
        assert_eq!(METRICS.len(), Metric::WorkflowAborted as usize + 1);
    }
}
