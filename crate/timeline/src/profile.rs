//! The stages as data: what there is to draw, which metrics say it, in which unit, and who owns it.
//!
//! Another generation of Flyte, or a user's own stages, is another table like [`Profile::flyte1`].

use crate::colour::{self, Token};
use crate::unit::Millis;

/// Position of a stage in its profile, which is also its place in a row: stages are in causal order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageId(pub u8);

/// Position of a metric in its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId(pub u8);

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Owner {
    /// Flyte's own work: admin, propeller, event recording, etcd.
    Flyte,
    /// Scheduling a pod, pulling its image, starting its containers.
    Kubernetes,
    /// The user's task.
    User,
    /// Nobody measured it: calculated from the other stages and the wall clock.
    Derived,
}

/// How often a stage is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Once an execution.
    Run,
    /// Once a node, or once an attempt of it.
    Node,
}

/// How the observations of a stage's metrics belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// Each is another outcome, so their counts add up: success or failure.
    Outcomes,
    /// Each is a leg of the same way, so they share one count: pending, then starting.
    Legs,
}

/// What a stage's time is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The sum of its metrics.
    Whole,
    /// The sum of its metrics, which is time inside another stage: drawn apart and taken off there.
    PartOf(StageId),
    /// What is left of the wall clock when all other stages are taken off.
    Remainder,
}

/// One stage of a run.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Stable name for options and tests.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Name where a part of it could not be drawn apart.
    pub undivided: &'static str,
    /// Whose time it is.
    pub owner: Owner,
    /// Its colour on both themes.
    pub colour: Token,
    /// How often it is observed.
    pub scope: Scope,
    /// What its time is made of.
    pub measure: Measure,
    /// How the observations of its metrics belong together.
    pub metrics: Metrics,
    /// How much too high one observation of it may read.
    pub reads_high: Millis,
    /// One sentence on what it really measures.
    pub help: &'static str,
}

/// Unit of a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
}

impl Unit {
    /// How many milliseconds one of it is.
    #[must_use]
    pub fn in_millis(self) -> f64 {
        match self {
            Self::Seconds => 1_000.0,
            Self::Millis => 1.0,
            Self::Micros => 0.001,
        }
    }
}

/// What a metric tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Time in a stage.
    Stage(StageId),
    /// Running time of runs that succeeded.
    Succeeded,
    /// Running time of runs that failed.
    Failed,
    /// The time of a stage where it follows the run count; the whole running time of an aborted run
    /// where there is no other.
    Completion(StageId),
    /// When the execution was first seen as ended: a timestamp, not a duration.
    Ended,
}

/// One metric that the profile knows.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The end of its name, without prefix and `_sum` or `_count`.
    pub suffix: &'static str,
    /// Short names by which a query may be called whose series lost their name.
    pub aliases: &'static [&'static str],
    /// Unit of its values.
    pub unit: Unit,
    /// What it tells.
    pub role: Role,
}

/// A generation of Flyte, or a user's own idea of one.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Stages in causal order.
    pub stages: Vec<Stage>,
    /// Metrics that say them.
    pub metrics: Vec<Metric>,
    /// A full metric name as an example for messages.
    pub example: &'static str,
}

impl Profile {
    /// A stage by its position.
    #[must_use]
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.get(usize::from(id.0))
    }

    /// A metric by its position.
    #[must_use]
    pub fn metric(&self, id: MetricId) -> Option<&Metric> {
        self.metrics.get(usize::from(id.0))
    }

    /// All stages with their positions.
    pub fn stages(&self) -> impl Iterator<Item = (StageId, &Stage)> {
        (0_u8..).map(StageId).zip(&self.stages)
    }

    /// The stage that takes what is left of the wall clock, if there is one.
    #[must_use]
    pub fn remainder(&self) -> Option<StageId> {
        self.stages().find(|(_, stage)| stage.measure == Measure::Remainder).map(|(id, _)| id)
    }

    /// Flyte 1, as flytepropeller 1.16 measures it.
    ///
    /// Sources, in `flyteorg/flyte` at v1.16.8 under `flytepropeller/pkg/controller/`: names and
    /// units `workflow/executor.go:566-572`, `nodes/executor.go:1466-1483` and
    /// `nodes/task/handler.go:1083-1084`; observation points `workflow/executor.go:330-429`,
    /// `nodes/executor.go:515-529`, `:1039-1056`, `:1328-1333`, `:1382-1433` and
    /// `nodes/task/handler.go:550-561`.
    #[must_use]
    pub fn flyte1() -> Self {
        Self {
            stages: flyte1_stages(),
            metrics: flyte1_metrics(),
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

fn flyte1_stages() -> Vec<Stage> {
    let flyte = Stage {
        id: "acceptance",
        name: "Acceptance",
        undivided: "Acceptance",
        owner: Owner::Flyte,
        colour: colour::ACCEPTANCE,
        scope: Scope::Run,
        measure: Measure::Whole,
        metrics: Metrics::Outcomes,
        reads_high: WHOLE_SECOND,
        help: "From the request in flyteadmin until propeller moved the execution to running: database, \
               creation of the resource, the wait in propeller's queue and its first round.",
    };
    vec![
        flyte.clone(),
        Stage {
            id: "transition",
            name: "Transition",
            undivided: "Transition",
            colour: colour::TRANSITION,
            scope: Scope::Node,
            help: "From the end of a node's last parent until the node was queued: propeller's next \
                   round, gathering inputs, the cache look-up and the queued event. Read up to a \
                   second high, and overlaps queueing a little.",
            ..flyte.clone()
        },
        Stage {
            id: "queueing",
            name: "Queueing",
            undivided: "Queueing",
            colour: colour::QUEUEING,
            scope: Scope::Node,
            help: "From queued until propeller called the node running. This is Flyte's own overhead: \
                   the pod's wait and its image pull are not in it. Read up to a second high.",
            ..flyte.clone()
        },
        Stage {
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
        },
        Stage {
            id: "task",
            name: "Task execution",
            undivided: "Task execution, incl. pod start",
            owner: Owner::User,
            colour: colour::TASK,
            scope: Scope::Node,
            measure: Measure::Whole,
            metrics: Metrics::Outcomes,
            reads_high: WHOLE_SECOND,
            help: "From running until the node was finalised, all attempts and the time to notice the \
                   end included.",
        },
        Stage {
            id: "completion",
            name: "Completion",
            undivided: "Completion",
            colour: colour::NEUTRAL,
            help: "From the last node's end until the execution was terminal. Current Flyte never \
                   observes it for a run that succeeds.",
            ..flyte
        },
        Stage {
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
        },
    ]
}

fn flyte1_metrics() -> Vec<Metric> {
    let metric = |suffix, aliases, unit, role| Metric { suffix, aliases, unit, role };
    vec![
        metric(
            "workflow:acceptance_latency_ms",
            &["acceptance", "acceptance_latency", "acceptance_latency_ms"],
            Unit::Millis,
            Role::Stage(ACCEPTANCE),
        ),
        metric(
            "node:transition_latency_ms",
            &["transition", "transition_latency", "transition_latency_ms"],
            Unit::Millis,
            Role::Stage(TRANSITION),
        ),
        metric(
            "node:queueing_latency_ms",
            &["queueing", "queueing_latency", "queueing_latency_ms"],
            Unit::Millis,
            Role::Stage(QUEUEING),
        ),
        metric(
            "plugin_queue_latency_us",
            &["pod_queue", "plugin_queue", "plugin_queue_latency"],
            Unit::Micros,
            Role::Stage(POD_START),
        ),
        metric(
            "plugin_initialize_latency_us",
            &["pod_initialize", "plugin_initialize", "plugin_initialize_latency"],
            Unit::Micros,
            Role::Stage(POD_START),
        ),
        metric(
            "node:success_duration_ms",
            &["task_success", "node_success", "node_success_duration"],
            Unit::Millis,
            Role::Stage(TASK),
        ),
        metric(
            "node:failure_duration_ms",
            &["task_failure", "node_failure", "node_failure_duration"],
            Unit::Millis,
            Role::Stage(TASK),
        ),
        metric(
            "workflow:success_duration_ms",
            &["workflow_success", "workflow_success_duration"],
            Unit::Millis,
            Role::Succeeded,
        ),
        metric(
            "workflow:failure_duration_ms",
            &["workflow_failure", "workflow_failure_duration"],
            Unit::Millis,
            Role::Failed,
        ),
        metric(
            "workflow:completion_latency_ms",
            &["completion", "completion_latency", "completion_latency_ms"],
            Unit::Millis,
            Role::Completion(COMPLETION),
        ),
        metric("ended", &["ended"], Unit::Seconds, Role::Ended),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_and_every_part_points_at_a_stage_of_the_profile() {
        let profile = Profile::flyte1();
        for metric in &profile.metrics {
            if let Role::Stage(stage) | Role::Completion(stage) = metric.role {
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
        let mut ids: Vec<_> = profile.stages.iter().map(|stage| stage.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), profile.stages.len());
        let mut names: Vec<_> = profile
            .metrics
            .iter()
            .flat_map(|m| m.aliases.iter().copied().chain([m.suffix]))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        // `ended` is its own alias.
        assert_eq!(names.len(), all - 1);
    }
}
