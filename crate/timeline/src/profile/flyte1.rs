//! Flyte 1, as flytepropeller 1.16 measures it.
//!
//! Sources, in `flyteorg/flyte` at v1.16.8 under `flytepropeller/pkg/controller/`: names and units
//! `workflow/executor.go:566-572`, `nodes/executor.go:1466-1483` and
//! `nodes/task/handler.go:1083-1084`; observation points `workflow/executor.go:330-429`,
//! `nodes/executor.go:515-529`, `:1039-1056`, `:1328-1333`, `:1382-1433` and
//! `nodes/task/handler.go:550-561`.

use super::{Measure, Metric, Metrics, Owner, Profile, Role, Scope, Stage, StageId, Unit};
use crate::colour::{self, Token};
use crate::unit::Millis;

impl Profile {
    /// Flyte 1.
    #[must_use]
    pub fn flyte1() -> Self {
        Self {
            stages: STAGES.iter().map(stage).collect(),
            metrics: METRICS.iter().map(metric).collect(),
            example: "flyte:propeller:all:workflow:acceptance_latency_ms_sum",
        }
    }
}

const ACCEPTANCE: StageId = StageId(0);
const TRANSITION: StageId = StageId(1);
const QUEUEING: StageId = StageId(2);
const POD_START: StageId = StageId(3);
const TASK: StageId = StageId(4);
const COMPLETION: StageId = StageId(5);

/// Flyte keeps starts as `metav1.Time`, which the API server stores in whole seconds, rounded down;
/// only the plugin's own clock is finer (`pkg/apis/flyteworkflow/v1alpha1/node_status.go:1008`).
const WHOLE_SECOND: Millis = Millis(1_000.0);

fn stage(row: &Row) -> Stage {
    Stage {
        id: row.id.into(),
        name: row.name.into(),
        undivided: row.undivided.into(),
        owner: row.owner,
        colour: row.colour,
        scope: row.scope,
        measure: row.measure,
        metrics: row.metrics,
        reads_high: row.reads_high,
        help: row.help.into(),
        contains_nodes: row.contains_nodes,
        is_added: false,
        is_hidden: false,
    }
}

fn metric((suffix, aliases, unit, role): &MetricRow) -> Metric {
    Metric { key: suffix, suffix: (*suffix).into(), aliases, unit: *unit, role: *role }
}

/// A stage of the table: [`Stage`] without what is the same of all.
#[derive(Clone, Copy)]
struct Row {
    id: &'static str,
    name: &'static str,
    undivided: &'static str,
    owner: Owner,
    colour: Token,
    scope: Scope,
    measure: Measure,
    metrics: Metrics,
    reads_high: Millis,
    contains_nodes: bool,
    help: &'static str,
}

const FLYTE: Row = Row {
    id: "acceptance",
    name: "Acceptance",
    undivided: "Acceptance",
    owner: Owner::Flyte,
    colour: colour::ACCEPTANCE,
    scope: Scope::Run,
    measure: Measure::Whole,
    metrics: Metrics::Outcomes,
    reads_high: WHOLE_SECOND,
    contains_nodes: false,
    help: "From the request in flyteadmin until propeller moved the execution to running: database, \
           creation of the resource, the wait in propeller's queue and its first round.",
};

const STAGES: [Row; 7] = [
    FLYTE,
    Row {
        id: "transition",
        name: "Transition",
        undivided: "Transition",
        colour: colour::TRANSITION,
        scope: Scope::Node,
        help: "From the end of a node's last parent until the node was queued: propeller's next \
               round, gathering inputs, the cache look-up and the queued event. Read up to a \
               second high, and overlaps queueing a little.",
        ..FLYTE
    },
    Row {
        id: "queueing",
        name: "Queueing",
        undivided: "Queueing",
        colour: colour::QUEUEING,
        scope: Scope::Node,
        help: "From queued until propeller called the node running. This is Flyte's own overhead: \
               the pod's wait and its image pull are not in it. Read up to a second high.",
        ..FLYTE
    },
    Row {
        id: "pod-start",
        name: "Pod start",
        undivided: "Pod start",
        owner: Owner::Kubernetes,
        colour: colour::POD_START,
        scope: Scope::Node,
        measure: Measure::PartOf(TASK),
        metrics: Metrics::Legs,
        reads_high: Millis::ZERO,
        help: "The part of task execution in which the pod was pending or its containers were \
               starting, image pull included. At least this much: a pod that starts between two \
               rounds of propeller is not seen starting.",
        ..FLYTE
    },
    Row {
        id: "task",
        name: "Task execution",
        undivided: "Task execution, incl. pod start",
        owner: Owner::User,
        colour: colour::TASK,
        scope: Scope::Node,
        measure: Measure::Whole,
        metrics: Metrics::Outcomes,
        reads_high: WHOLE_SECOND,
        contains_nodes: true,
        help: "From running until the node was finalised, all attempts and the time to notice the \
               end included.",
    },
    Row {
        id: "completion",
        name: "Completion",
        undivided: "Completion",
        colour: colour::NEUTRAL,
        help: "From the last node's end until the execution was terminal. Current Flyte never \
               observes it for a run that succeeds.",
        ..FLYTE
    },
    Row {
        id: "unattributed",
        name: "Completion & unattributed",
        undivided: "Completion & unattributed",
        owner: Owner::Derived,
        colour: colour::NEUTRAL,
        scope: Scope::Run,
        measure: Measure::Remainder,
        metrics: Metrics::Outcomes,
        reads_high: Millis::ZERO,
        help: "Derived, not measured: the wall clock less all other stages. Completion, and what \
               falls between the measurements.",
        ..FLYTE
    },
];

/// Suffix, aliases, unit and role.
type MetricRow = (&'static str, &'static [&'static str], Unit, Role);

const METRICS: [MetricRow; 11] = [
    (
        "workflow:acceptance_latency_ms",
        &["acceptance", "acceptance_latency", "acceptance_latency_ms"],
        Unit::Millis,
        Role::Acceptance(ACCEPTANCE),
    ),
    (
        "node:transition_latency_ms",
        &["transition", "transition_latency", "transition_latency_ms"],
        Unit::Millis,
        Role::Stage(TRANSITION),
    ),
    (
        "node:queueing_latency_ms",
        &["queueing", "queueing_latency", "queueing_latency_ms"],
        Unit::Millis,
        Role::Stage(QUEUEING),
    ),
    (
        "plugin_queue_latency_us",
        &["pod_queue", "plugin_queue", "plugin_queue_latency"],
        Unit::Micros,
        Role::Stage(POD_START),
    ),
    (
        "plugin_initialize_latency_us",
        &["pod_initialize", "plugin_initialize", "plugin_initialize_latency"],
        Unit::Micros,
        Role::Stage(POD_START),
    ),
    (
        "node:success_duration_ms",
        &["task_success", "node_success", "node_success_duration"],
        Unit::Millis,
        Role::Stage(TASK),
    ),
    (
        "node:failure_duration_ms",
        &["task_failure", "node_failure", "node_failure_duration"],
        Unit::Millis,
        Role::Stage(TASK),
    ),
    (
        "workflow:success_duration_ms",
        &["workflow_success", "workflow_success_duration"],
        Unit::Millis,
        Role::Succeeded,
    ),
    (
        "workflow:failure_duration_ms",
        &["workflow_failure", "workflow_failure_duration"],
        Unit::Millis,
        Role::Failed,
    ),
    (
        "workflow:completion_latency_ms",
        &["completion", "completion_latency", "completion_latency_ms"],
        Unit::Millis,
        Role::Completion(COMPLETION),
    ),
    ("ended", &["ended"], Unit::Seconds, Role::Ended),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_and_every_part_points_at_a_stage_of_the_profile() {
        let profile = Profile::flyte1();
        for metric in &profile.metrics {
            if let Role::Stage(stage) | Role::Acceptance(stage) | Role::Completion(stage) =
                metric.role
            {
                assert!(profile.stage(stage).is_some(), "{}", metric.suffix);
            }
        }
        for (id, stage) in profile.stages() {
            if let Measure::PartOf(whole) = stage.measure {
                let whole = profile.stage(whole).expect("a stage");
                assert_eq!(whole.measure, Measure::Whole, "{} is a part of a part", stage.id);
                assert_ne!(whole.id, stage.id, "{id:?}");
            }
        }
        assert_eq!(profile.remainder(), Some(StageId(6)));
    }

    #[test]
    fn no_two_stages_share_an_id_and_no_two_metrics_a_name() {
        let profile = Profile::flyte1();
        let mut ids: Vec<_> = profile.stages.iter().map(|stage| &stage.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), profile.stages.len());
        let mut names: Vec<_> = profile
            .metrics
            .iter()
            .flat_map(|m| m.aliases.iter().copied().chain([m.suffix.as_ref()]))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        // `ended` is its own alias.
        assert_eq!(names.len(), all - 1);
    }
}
