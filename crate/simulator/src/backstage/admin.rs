//! Flyteadmin: its endpoints, its database and the executions that it keeps. Names, types, labels
//! and help texts follow flyteadmin 1.16.

use super::{Active, Marks};
use crate::board::{Labels, Mark, Spec};
use crate::execution::{Execution, State};
use crate::metric::Metric;
use crate::plan::Observation;
use crate::random::Stream;
use crate::registry::Deployment;
use crate::series::FamilyKind::{self, Counter, Gauge, Summary};
use crate::time::{MINUTE, UnixMillis};

use Labels::{Keys, Plain};

/// The label keys of flyteadmin (`flyteadmin/pkg/runtime/application_config_provider.go`); in
/// flyte-binary those of the one process.
pub(super) const fn keys(deployment: Deployment) -> &'static [&'static str] {
    match deployment {
        Deployment::Binary => deployment.keys(),
        Deployment::Core | Deployment::CoreExec => &[
            "app_name",
            "domain",
            "phase",
            "project",
            "runtime_type",
            "runtime_version",
            "task",
            "tasktype",
            "wf",
        ],
    }
}

/// Of `flyteadmin/pkg/rpc/adminservice/metrics.go` those that something in this world calls, and
/// some that nothing does: they are exposed at zero.
const ENDPOINTS: [&str; 28] = [
    "create_execution",
    "create_execution_event",
    "create_launch_plan",
    "create_node_execution_event",
    "create_task",
    "create_task_execution_event",
    "create_workflow",
    "get_active_launch_plan",
    "get_execution",
    "get_execution_data",
    "get_execution_metrics",
    "get_launch_plan",
    "get_node_execution",
    "get_task",
    "get_task_execution",
    "get_workflow",
    "list_active_launch_plans",
    "list_execution",
    "list_launch_plan",
    "list_node_execution",
    "list_projects",
    "list_task",
    "list_task_execution",
    "list_workflow",
    "recover_execution",
    "relaunch_execution",
    "terminate_execution",
    "update_launch_plan",
];

/// The codes of gRPC, which are all registered at once (`rpc/adminservice/util/metrics.go`).
const CODES: [&str; 17] = [
    "OK",
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated",
];

const ENTITIES: [&str; 6] =
    ["executions", "launch_plans", "node_executions", "project", "task_executions", "workflows"];

/// `flyteadmin/pkg/repositories/gormimpl/metrics.go`.
const OPERATIONS: [(&str, &str); 8] = [
    ("create", "time taken to create a new entry"),
    ("get", "time taken to get an entry"),
    ("update", "time taken to update an entry"),
    ("list", "time taken to list entries"),
    ("list_identifiers", "time taken to list identifier entries"),
    ("delete", "time taken to delete an individual entry"),
    ("exists", "time taken to determine whether an individual entry exists"),
    ("count", "time taken to count entries"),
];

// flyteadmin/pkg/manager/impl/{execution_manager.go, node_execution_manager.go,
// task_execution_manager.go}, workflowengine/impl/workflow_builder.go.
#[rustfmt::skip]
const TABLE: &[Spec] = &[
    Spec::new(Counter, "handler_panic", None, Plain, "panics encountered while handling requests to the admin service"),
    Spec::new(Gauge, "execution_manager:active_executions", None, Plain, "overall count of active workflow executions"),
    Spec::new(Counter, "execution_manager:executions_created", None, Plain, "overall count of successfully completed CreateExecutionRequests"),
    Spec::new(Counter, "execution_manager:executions_terminated", None, Keys, "overall count of terminated workflow executions"),
    Spec::new(Counter, "execution_manager:execution_events_created", None, Plain, "overall count of successfully completed WorkflowExecutionEventRequest"),
    Spec::new(Counter, "execution_manager:propeller_failures", None, Plain, "propeller failures in creating workflow executions"),
    Spec::new(Counter, "execution_manager:transformer_error", None, Plain, "overall count of errors when transforming models and messages"),
    Spec::new(Counter, "execution_manager:publish_error", None, Plain, "overall count of publish notification errors when invoking publish()"),
    Spec::new(Summary, "execution_manager:acceptance_delay", None, Plain, "delay in seconds from when an execution was requested to be created and when it actually was"),
    Spec::new(Gauge, "node_execution_manager:active_node_executions", None, Plain, "overall count of active node executions"),
    Spec::new(Counter, "node_execution_manager:node_executions_created", None, Plain, "overall count of node executions created"),
    Spec::new(Counter, "node_execution_manager:node_execution_events_created", None, Plain, "overall count of successfully completed NodeExecutionEventRequest"),
    Spec::new(Counter, "builder:flytepropeller:build_successes", None, Plain, "count of workflows built by propeller without error"),
    Spec::new(Counter, "builder:flytepropeller:build_failures", None, Plain, "count of workflows built by propeller with errors"),
];

/// Every metric of flyteadmin.
pub(super) fn specs() -> Vec<Spec> {
    let endpoints = ENDPOINTS.iter().flat_map(|endpoint| of_endpoint(endpoint));
    let database = ENTITIES.iter().flat_map(|entity| {
        OPERATIONS.iter().map(move |(operation, help)| Spec {
            name: format!("database:{entity}:{operation}").into(),
            unit: Some("ms"),
            kind: Summary,
            labels: Plain,
            help: (*help).into(),
        })
    });
    TABLE.iter().cloned().chain(endpoints).chain(database).collect()
}

fn of_endpoint(endpoint: &str) -> Vec<Spec> {
    let spec = |kind: FamilyKind, name: String, unit, help: String| Spec {
        name: format!("{endpoint}:{name}").into(),
        unit,
        kind,
        labels: Plain,
        help: help.into(),
    };
    let named = |kind, name: &str, unit, help: &str| spec(kind, name.into(), unit, help.into());
    let duration = "recorded response time duration for endpoint";
    let success = "count of successful responses returned by endpoint";
    let mut specs = vec![
        named(Summary, "duration", Some("ms"), duration),
        named(Counter, "success", None, success),
        named(Counter, "errors", None, "count of errors returned by endpoint"),
    ];
    specs.extend(CODES.iter().map(|code| {
        let help = format!("count of responses returning: {code}");
        spec(Counter, format!("codes:{code}"), None, help)
    }));
    specs
}

/// What comes with an observation of propeller's.
pub(super) fn marks(of: &Execution, seen: &Observation, dice: Stream) -> Vec<Mark> {
    let mut marks = Marks::of(of, seen, dice);
    match seen.metric {
        Metric::WorkflowAccepted => marks.accepted(),
        Metric::WorkflowSuccessDuration
        | Metric::WorkflowFailureDuration
        | Metric::WorkflowAborted => marks.terminated(of),
        Metric::NodeInputLatency => marks.node_created(),
        Metric::NodeQueueing | Metric::NodeSuccessDuration | Metric::NodeFailureDuration => {
            marks.event("create_node_execution_event", "node_executions");
        }
        Metric::PluginQueue => marks.task_created(),
        Metric::PluginInitialize | Metric::PluginSuccess | Metric::PluginFailure => {
            marks.event("create_task_execution_event", "task_executions");
        }
        _ => {}
    }
    marks.all
}

/// Rows of the database that a request touches: entity and operation.
type Rows = &'static [(&'static str, &'static str)];

/// How often in a tick people and their browsers ask.
const READS: [(&str, Rows, f64); 17] = [
    ("list_projects", &[("project", "list")], 0.3),
    ("list_execution", &[("executions", "list"), ("executions", "count")], 0.9),
    ("get_execution", &[("executions", "get")], 0.9),
    ("get_execution_data", &[("executions", "get")], 0.4),
    ("get_execution_metrics", &[("node_executions", "list")], 0.1),
    ("list_node_execution", &[("node_executions", "list")], 0.7),
    ("get_node_execution", &[("node_executions", "get")], 0.5),
    ("list_task_execution", &[("task_executions", "list")], 0.4),
    ("get_task_execution", &[("task_executions", "get")], 0.3),
    ("list_workflow", &[("workflows", "list"), ("workflows", "list_identifiers")], 0.3),
    ("get_workflow", &[("workflows", "get")], 0.4),
    ("list_launch_plan", &[("launch_plans", "list"), ("launch_plans", "list_identifiers")], 0.2),
    ("get_launch_plan", &[("launch_plans", "get")], 0.3),
    ("get_active_launch_plan", &[("launch_plans", "get")], 0.3),
    ("list_active_launch_plans", &[("launch_plans", "list")], 0.1),
    ("get_task", &[], 0.4),
    ("list_task", &[], 0.2),
];

/// How often a new version is registered.
const REGISTER: i64 = 20 * MINUTE;

/// Gauges, and what people and their browsers ask for.
pub(super) fn tick(at: UnixMillis, of: &Active, dice: Stream) -> Vec<Mark> {
    let mut marks = Marks::without_execution(dice);
    marks.plain("execution_manager:active_executions", of.total() as f64);
    marks.plain("node_execution_manager:active_node_executions", of.nodes as f64);
    for (endpoint, rows, share) in READS {
        if marks.dice.happens(share) {
            let code = match marks.dice.share() {
                share if share < 0.03 => "NotFound",
                share if share < 0.04 => "Unauthenticated",
                share if share < 0.045 => "Unavailable",
                _ => "OK",
            };
            marks.answer(endpoint, code, rows);
        }
    }
    if at.rem_euclid(REGISTER) < super::TICK {
        let exists = marks.dice.happens(0.3);
        let code = if exists { "AlreadyExists" } else { "OK" };
        marks.answer("create_task", code, &[]);
        marks.answer("create_workflow", code, &[("workflows", "create"), ("workflows", "get")]);
        marks.answer("create_launch_plan", code, &[("launch_plans", "create")]);
        marks.answer("update_launch_plan", "OK", &[("launch_plans", "update")]);
        marks.plain("builder:flytepropeller:build_successes", 1.0);
        let (created, listed) = (marks.ms(6.0), marks.ms(3.0));
        marks.plain("database:project:get_ms", listed.floor());
        if marks.dice.happens(0.1) {
            marks.plain("database:project:create_ms", created.floor());
        }
    }
    marks.all
}

impl Marks<'_> {
    /// One request, and what it does to the database.
    fn answer(&mut self, endpoint: &str, code: &str, rows: &[(&str, &str)]) {
        let mut took = self.ms(4.0);
        for (entity, operation) in rows {
            let spent = self.ms(3.0);
            took += spent;
            self.plain(format!("database:{entity}:{operation}_ms"), spent.floor());
        }
        self.plain(format!("{endpoint}:duration_ms"), took.floor());
        let outcome = if code == "OK" { "success" } else { "errors" };
        self.plain(format!("{endpoint}:{outcome}"), 1.0);
        self.plain(format!("{endpoint}:codes:{code}"), 1.0);
    }

    fn accepted(&mut self) {
        let delay = self.ms(180.0) / 1_000.0;
        self.answer(
            "create_execution",
            "OK",
            &[("launch_plans", "get"), ("workflows", "get"), ("executions", "create")],
        );
        self.plain("execution_manager:executions_created", 1.0);
        self.plain("execution_manager:acceptance_delay", delay);
        self.event("create_execution_event", "executions");
        if self.dice.happens(0.04) {
            self.answer("create_execution", "InvalidArgument", &[]);
        }
    }

    fn terminated(&mut self, of: &Execution) {
        if of.state == State::Aborted {
            self.answer("terminate_execution", "OK", &[("executions", "get")]);
        }
        self.event("create_execution_event", "executions");
        let phase = match of.state {
            State::Succeeded => "SUCCEEDED",
            State::Failed => "FAILED",
            State::Aborted => "ABORTED",
            State::Running => "RUNNING",
        };
        let mut context = self.workflow_context();
        context.retain(|(key, _)| matches!(*key, "project" | "domain"));
        context.push(("phase", phase.into()));
        self.push("execution_manager:executions_terminated", context, 1.0);
    }

    fn node_created(&mut self) {
        let rows = [("node_executions", "exists"), ("node_executions", "create")];
        self.answer("create_node_execution_event", "OK", &rows);
        self.plain("node_execution_manager:node_executions_created", 1.0);
        self.plain("node_execution_manager:node_execution_events_created", 1.0);
    }

    fn task_created(&mut self) {
        self.answer("create_task_execution_event", "OK", &[("task_executions", "create")]);
    }

    /// An event of something that is known: it is looked up and changed, unless it came before.
    fn event(&mut self, endpoint: &str, entity: &str) {
        if self.dice.happens(0.02) {
            return self.answer(endpoint, "AlreadyExists", &[(entity, "get")]);
        }
        self.answer(endpoint, "OK", &[(entity, "get"), (entity, "update")]);
        if endpoint.starts_with("create_node") {
            self.plain("node_execution_manager:node_execution_events_created", 1.0);
        }
    }
}
