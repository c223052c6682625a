//! Propeller's engine: rounds, work queues, workers, the blob store, writes to etcd, events to
//! flyteadmin, informers. Names, types, labels and help texts follow flytepropeller 1.16.

use super::{Active, Marks};
use crate::board::{Labels, Mark, Spec};
use crate::execution::{Execution, NodeKind};
use crate::metric::Metric;
use crate::plan::Observation;
use crate::random::Stream;
use crate::series::FamilyKind::{Counter, Gauge, Histogram, Summary};
use crate::time::{MINUTE, UnixMillis};

/// `propeller.workers` as flyte-core's chart sets it.
const WORKERS: f64 = 40.0;

/// How often workflows are collected (`propeller.gc-interval`).
const GC_INTERVAL: i64 = 30 * MINUTE;

const MS: Option<&str> = Some("ms");
const US: Option<&str> = Some("us");

use Labels::{Keys, KeysAndFailureType, KeysAndTwin, Own, Plain};

// flytepropeller/pkg/controller/{workers.go, handler.go, controller.go, garbage_collector.go},
// workflowstore/*.go, nodes/{executor.go, dynamic/handler.go, task/k8s/plugin_manager.go},
// flytepropeller/events/event_recorder.go, flytestdlib/storage/*.go.
#[rustfmt::skip]
const TABLE: &[Spec] = &[
    Spec::new(Gauge, "free_workers_count", None, Plain, "Number of workers free"),
    Spec::new(Counter, "workers_restarted", None, Plain, "Propeller worker-pool was restarted"),
    Spec::new(Summary, "round:round_total", MS, Plain, "Latency per round"),
    Spec::new(Counter, "round:success_count", None, Plain, "Round succeeded"),
    Spec::new(Counter, "round:error_count", None, Plain, "Round failed"),
    Spec::new(Summary, "round:deepcopy", MS, Plain, "Total time to deep copy wf object"),
    Spec::new(Summary, "round:raw", MS, KeysAndTwin, "Total time to traverse the workflow"),
    Spec::new(Counter, "round:system_error", None, KeysAndTwin, "Failure to reconcile a workflow, system error"),
    Spec::new(Counter, "round:abort_error", None, KeysAndTwin, "Failure to abort a workflow, system error"),
    Spec::new(Counter, "round:panic", None, KeysAndTwin, "Panic during handling or aborting workflow"),
    Spec::new(Counter, "round:skipped", None, Plain, "Round Skipped because of stale workflow"),
    Spec::new(Counter, "round:not_found", None, Plain, "workflow not found in the cache"),
    Spec::new(Counter, "round:streak_length", None, KeysAndTwin, "Number of consecutive rounds used in fast follow mode"),
    Spec::new(Counter, "wf_enqueue", None, Own(&["type"]), "workflow enqueue count."),
    Spec::new(Gauge, "collector:flyteworkflow", None, Keys, "Current FlyteWorkflow levels per instance of propeller"),
    Spec::new(Gauge, "execstats:active_workflow_executions", None, Plain, "active workflow executions for propeller"),
    Spec::new(Gauge, "execstats:active_node_executions", None, Plain, "active node executions for propeller"),
    Spec::new(Gauge, "execstats:active_task_executions", None, Plain, "active task executions for propeller"),
    Spec::new(Summary, "wf_update_latency", MS, Plain, "Time taken to complete update/updatestatus"),
    Spec::new(Counter, "wf_updated", None, Plain, "Total number of status updates"),
    Spec::new(Counter, "wf_update_failed", None, Plain, "Failure to update ETCd"),
    Spec::new(Counter, "wf_update_conflict", None, Plain, "Failure to update ETCd because of conflict"),
    Spec::new(Counter, "wf_update_success", None, Plain, "Success in updating ETCd"),
    Spec::new(Counter, "wf_too_large", None, Plain, "Failure to update ETCd because of size of the workflow is too large."),
    Spec::new(Counter, "wf_stale", None, KeysAndTwin, "Found stale workflow in cache"),
    Spec::new(Counter, "wf_evict", None, KeysAndTwin, "Removed workflow from resource version cache"),
    Spec::new(Counter, "wf_redundant", None, KeysAndTwin, "Workflow Update called but ectd. detected no actual update to the workflow."),
    Spec::new(Summary, "gc_latency", MS, Keys, "time taken to issue a delete for TTL'ed workflows"),
    Spec::new(Counter, "gc_success", None, Keys, "successful executions of delete request"),
    Spec::new(Counter, "gc_failure", None, Keys, "failure to delete workflows"),
    Spec::new(Summary, "node:node_exec_latency", US, KeysAndTwin, "Measures the time taken to execute one node, a node can be complex so it may encompass sub-node latency."),
    Spec::new(Summary, "node:system_error_duration", MS, KeysAndTwin, "Indicates the total execution time before system error"),
    Spec::new(Summary, "node:unknown_error_duration", MS, KeysAndTwin, "Indicates the total execution time before unknown error"),
    Spec::new(Summary, "node:perma_system_error_duration", MS, KeysAndTwin, "Indicates the total execution time before non recoverable system error"),
    Spec::new(Summary, "node:perma_unknown_error_duration", MS, KeysAndTwin, "Indicates the total execution time before non recoverable unknown error"),
    Spec::new(Counter, "discovery_hit_count", None, Keys, "Task cached in Discovery"),
    Spec::new(Counter, "discovery_miss_count", None, Keys, "Task not cached in Discovery"),
    Spec::new(Counter, "discovery_put_success_count", None, Keys, "Discovery Put success count"),
    Spec::new(Counter, "discovery_put_failure_count", None, Keys, "Discovery Put failure count"),
    Spec::new(Counter, "discovery_get_failure_count", None, Keys, "Discovery Get failure count"),
    Spec::new(Summary, "build_dynamic_workflow", US, Keys, "Overhead for building a dynamic workflow in memory."),
    Spec::new(Summary, "retrieve_dynamic_spec", US, Keys, "Overhead of downloading and un-marshaling dynamic job spec"),
    Spec::new(Summary, "node:container:container:get_cache_miss", MS, Keys, "Cache miss on get resource calls."),
    Spec::new(Summary, "node:container:container:get_cache_hit", MS, Keys, "Cache miss on get resource calls."),
    Spec::new(Summary, "node:container:container:get_api", MS, Keys, "Latency for APIServer Get calls."),
    Spec::new(Counter, "node:container:container:informer_update", None, Keys, "Update events from informer"),
    Spec::new(Counter, "node:container:container:informer_update_dropped", None, Keys, "Update events from informer that have the same resource version"),
    Spec::new(Counter, "admin_launcher:cache_hit", None, Plain, "Counter for cache hits."),
    Spec::new(Counter, "admin_launcher:cache_miss", None, Plain, "Counter for cache misses."),
    Spec::new(Summary, "metastore:remote_fetch", MS, Plain, "Total Time to read from remote metastore"),
    Spec::new(Counter, "metastore:cache_hit", None, Plain, "Number of times metadata was found in cache"),
    Spec::new(Counter, "metastore:cache_miss", None, Plain, "Number of times metadata was not found in cache and remote fetch was required"),
    Spec::new(Summary, "metastore:proto_fetch", MS, Plain, "Time to read data before unmarshalling"),
    Spec::new(Summary, "metastore:head", MS, KeysAndTwin, "Indicates time to fetch metadata using the Head API"),
    Spec::new(Summary, "metastore:read_open", MS, KeysAndTwin, "Indicates time to first byte when reading"),
    Spec::new(Summary, "metastore:write", MS, KeysAndTwin, "Time to write an object irrespective of size"),
    Spec::new(Summary, "metastore:copy:overall", MS, KeysAndTwin, "Overall copy latency"),
    Spec::new(Counter, "metastore:bad_key", None, KeysAndTwin, "Indicates the provided storage reference/key is incorrectly formatted"),
    Spec::new(Counter, "metastore:bad_container", None, KeysAndTwin, "Indicates request for a container that has not been initialized"),
    Spec::new(Counter, "metastore:head_failure", None, KeysAndTwin, "Indicates failure in HEAD for a given reference"),
    Spec::new(Counter, "metastore:read_failure", None, KeysAndFailureType, "Indicates failure in GET for a given reference"),
    Spec::new(Counter, "metastore:write_failure", None, KeysAndFailureType, "Indicates failure in storing/PUT for a given reference"),
];

const QUEUES: [&str; 3] = ["main", "sub", "admin_launcher:"];
const RECORDERS: [&str; 3] = ["workflow", "node", "task"];

/// Every metric of the engine, under a propeller's prefix, which the help of queues repeats.
pub(super) fn specs(prefix: &str) -> Vec<Spec> {
    let queues = QUEUES.iter().flat_map(|queue| of_queue(prefix, queue));
    let recorders = RECORDERS.iter().flat_map(|scope| of_recorder(scope));
    TABLE.iter().cloned().chain(queues).chain(recorders).collect()
}

/// `flytestdlib/promutils/workqueue.go`. The two histograms say `us` and hold seconds, since
/// client-go observes seconds.
fn of_queue(prefix: &str, queue: &str) -> Vec<Spec> {
    let spec = |kind, suffix: &str, help: String| Spec {
        name: format!("{queue}_{suffix}").into(),
        unit: None,
        kind,
        labels: Plain,
        help: help.into(),
    };
    let name = format!("{prefix}{queue}");
    vec![
        spec(Gauge, "depth", format!("Current depth of workqueue: {name}")),
        spec(Counter, "adds", format!("Total number of adds handled by workqueue: {name}")),
        spec(Counter, "retries", format!("Total number of retries handled by workqueue: {name}")),
        spec(
            Histogram,
            "queue_latency_us",
            format!("How long an item stays in workqueue{name} before being requested."),
        ),
        spec(
            Histogram,
            "work_duration_us",
            format!("How long processing an item from workqueue{name} takes."),
        ),
        spec(
            Gauge,
            "unfinished_work_s",
            format!("How many seconds of work in progress in workqueue: {name}"),
        ),
        spec(
            Gauge,
            "longest_running_processor_s",
            format!("How many microseconds longest running processor from workqueue{name} takes."),
        ),
    ]
}

fn of_recorder(scope: &str) -> Vec<Spec> {
    let spec = |kind, suffix: &str, unit, help: &'static str| Spec {
        name: format!("{scope}:event_recording:{suffix}").into(),
        unit,
        kind,
        labels: Keys,
        help: help.into(),
    };
    vec![
        spec(
            Summary,
            "success_duration",
            MS,
            "The time it took for a successful event recording to occur",
        ),
        spec(
            Summary,
            "failure_duration",
            MS,
            "The time it took the failed event recording to occur",
        ),
        spec(Counter, "already_exists", None, "The count that a recorded event already exists"),
        spec(Counter, "resource_exhausted", None, "The count that recording events was throttled"),
        spec(Counter, "invalid_argument", None, "The count for invalid argument errors"),
        spec(
            Counter,
            "unexpected_err",
            None,
            "The count of event recording failures for unexpected reasons",
        ),
    ]
}

/// What comes with an observation.
pub(super) fn marks(of: &Execution, seen: &Observation, dice: Stream) -> Vec<Mark> {
    let mut marks = Marks::of(of, seen, dice);
    match seen.metric {
        Metric::RoundTime => marks.one_round(seen.value as f64),
        Metric::WorkflowAccepted
        | Metric::WorkflowSuccessDuration
        | Metric::WorkflowFailureDuration
        | Metric::WorkflowAborted => marks.workflow_event(seen.metric),
        Metric::NodeInputLatency => marks.node_begins(of, &seen.node),
        Metric::NodeQueueing => marks.node_event(),
        Metric::NodeSuccessDuration | Metric::NodeFailureDuration => marks.node_ends(of, seen),
        Metric::PluginQueue | Metric::PluginInitialize => marks.task_event(),
        Metric::PluginSuccess | Metric::PluginFailure => marks.task_ends(),
        _ => {}
    }
    marks.all
}

/// Gauges, and what happens without an execution.
pub(super) fn tick(at: UnixMillis, of: &Active, dice: Stream) -> Vec<Mark> {
    let mut marks = Marks::without_execution(dice);
    let busy = (of.total() as f64 * marks.dice.share()).min(WORKERS).floor();
    marks.plain("free_workers_count", WORKERS - busy);
    marks.plain("execstats:active_workflow_executions", of.total() as f64);
    marks.plain("execstats:active_node_executions", of.nodes as f64);
    marks.plain("execstats:active_task_executions", of.tasks as f64);
    for ((project, domain), count) in &of.executions {
        let context = vec![("project", project.clone()), ("domain", domain.clone())];
        marks.push("collector:flyteworkflow", context, *count as f64);
    }
    for queue in QUEUES {
        let waiting = (of.total() as f64 * marks.dice.share() / 3.0).floor();
        let working = busy * marks.ms(40.0) / 1_000.0;
        marks.plain(format!("{queue}_depth"), waiting);
        marks.plain(format!("{queue}_unfinished_work_s"), working);
        marks.plain(format!("{queue}_longest_running_processor_s"), working);
    }
    // Launched workflows are looked after by a cache of their own, which asks flyteadmin.
    marks.plain("admin_launcher:_adds", 1.0);
    let took = marks.ms(30.0) / 1_000.0;
    marks.plain("admin_launcher:_queue_latency_us", took / 10.0);
    marks.plain("admin_launcher:_work_duration_us", took);
    marks.plain("admin_launcher:cache_hit", of.total() as f64);
    if marks.dice.happens(0.1) {
        marks.plain("admin_launcher:_retries", 1.0);
        marks.plain("admin_launcher:cache_miss", 1.0);
    }
    if at.rem_euclid(GC_INTERVAL) < super::TICK {
        let took = marks.ms(120.0);
        marks.plain("gc_latency_ms", took.floor());
        marks.plain("gc_success", 1.0);
        if marks.dice.happens(0.05) {
            marks.plain("gc_failure", 1.0);
        }
    }
    marks.all
}

impl Marks<'_> {
    fn one_round(&mut self, took: f64) {
        let failed = self.dice.happens(0.004);
        self.plain(if failed { "round:error_count" } else { "round:success_count" }, 1.0);
        self.plain("round:round_total_ms", took + 1.0);
        let copied = self.ms(1.0);
        self.plain("round:deepcopy_ms", copied.floor());
        self.workflow("round:raw_ms", (took * 0.6).floor());
        if failed {
            self.workflow("round:system_error", 1.0);
        }
        if self.dice.happens(0.3) {
            self.workflow("round:streak_length", 1.0);
        }
        if self.dice.happens(0.01) {
            self.plain("round:skipped", 1.0);
            self.workflow("wf_stale", 1.0);
        }
        if self.dice.happens(0.002) {
            self.plain("round:not_found", 1.0);
        }
        self.queues(took);
        self.write_to_etcd();
        self.reads();
        let node = self.ms(4.0);
        self.node("node:node_exec_latency_us", (node * 1_000.0).floor());
    }

    fn queues(&mut self, took: f64) {
        let waited = self.ms(8.0) / 1_000.0;
        self.plain("main_adds", 1.0);
        self.plain("main_queue_latency_us", waited);
        self.plain("main_work_duration_us", took / 1_000.0);
        self.push("wf_enqueue", vec![("type", "task".into())], 1.0);
        if self.dice.happens(0.5) {
            let waited = self.ms(4.0) / 1_000.0;
            self.plain("sub_adds", 1.0);
            self.plain("sub_queue_latency_us", waited);
            self.plain("sub_work_duration_us", waited / 20.0);
        }
        if self.dice.happens(0.05) {
            self.plain("main_retries", 1.0);
            self.plain("sub_retries", 1.0);
        }
    }

    fn write_to_etcd(&mut self) {
        let took = self.ms(12.0);
        self.plain("wf_updated", 1.0);
        self.plain("wf_update_latency_ms", took.floor());
        let conflict = self.dice.happens(0.01);
        self.plain(if conflict { "wf_update_conflict" } else { "wf_update_success" }, 1.0);
        if self.dice.happens(0.001) {
            self.plain("wf_update_failed", 1.0);
        }
        if self.dice.happens(0.04) {
            self.workflow("wf_redundant", 1.0);
        }
    }

    fn reads(&mut self) {
        if self.dice.happens(0.8) {
            return self.plain("metastore:cache_hit", 1.0);
        }
        let (fetched, opened) = (self.ms(18.0), self.ms(14.0));
        self.plain("metastore:cache_miss", 1.0);
        self.plain("metastore:remote_fetch_ms", fetched);
        self.plain("metastore:proto_fetch_ms", fetched + 1.0);
        self.workflow("metastore:read_open_ms", opened);
        if self.dice.happens(0.01) {
            let mut context = self.workflow_context();
            context.push(("failure_type", "NotFound".into()));
            self.push("metastore:read_failure", context, 1.0);
        }
    }

    fn record_event(&mut self, scope: &'static str) {
        let took = self.ms(9.0);
        let failed = self.dice.happens(0.02);
        let name = if failed { "failure" } else { "success" };
        let mut context = self.workflow_context();
        context.push(("node", self.node.clone()));
        let name = format!("{scope}:event_recording:{name}_duration_ms");
        self.push(name, context.clone(), took.floor());
        if failed {
            self.push(format!("{scope}:event_recording:already_exists"), context, 1.0);
        }
    }

    fn workflow_event(&mut self, metric: Metric) {
        self.record_event("workflow");
        if metric != Metric::WorkflowAccepted {
            self.workflow("wf_evict", 1.0);
        }
    }

    fn node_event(&mut self) {
        self.record_event("node");
    }

    fn node_begins(&mut self, of: &Execution, id: &str) {
        self.node_event();
        let (head, write) = (self.ms(6.0), self.ms(22.0));
        self.node("metastore:head_ms", head);
        self.node("metastore:write_ms", write);
        let Some(node) = of.nodes.iter().find(|node| node.id == id) else { return };
        if node.cached {
            self.node("discovery_hit_count", 1.0);
        } else if node.kind == NodeKind::Task {
            self.node("discovery_miss_count", 1.0);
        }
    }

    fn node_ends(&mut self, of: &Execution, seen: &Observation) {
        self.node_event();
        let copied = self.ms(30.0);
        self.node("metastore:copy:overall_ms", copied);
        let kind = of.nodes.iter().find(|node| node.id == *seen.node).map(|node| node.kind);
        if kind == Some(NodeKind::Task) {
            self.node("discovery_put_success_count", 1.0);
        }
        if kind == Some(NodeKind::Dynamic) {
            let (built, read) = (self.ms(35.0), self.ms(20.0));
            self.node("build_dynamic_workflow_us", (built * 1_000.0).floor());
            self.node("retrieve_dynamic_spec_us", (read * 1_000.0).floor());
        }
        // A machine that went away under a task: the attempt is repeated within the duration.
        if self.dice.happens(0.02) {
            let lost = self.ms(20_000.0);
            self.node("node:system_error_duration_ms", lost.floor());
        }
    }

    fn task_event(&mut self) {
        self.record_event("task");
        let (hit, update) = (self.ms(0.2), self.dice.happens(0.3));
        self.node("node:container:container:get_cache_hit_ms", hit);
        // The informer's context is empty, and so are the labels.
        self.plain("node:container:container:informer_update", 1.0);
        if update {
            self.plain("node:container:container:informer_update_dropped", 1.0);
        }
    }

    fn task_ends(&mut self) {
        self.task_event();
        if self.dice.happens(0.05) {
            let (missed, asked) = (self.ms(0.3), self.ms(7.0));
            self.node("node:container:container:get_cache_miss_ms", missed);
            self.node("node:container:container:get_api_ms", asked);
        }
    }
}
