//! Runs one execution from request to end, at once: every stage, every pod, and every observation
//! that flytepropeller would make on the way, each with its instant.
//!
//! Where Flyte takes a start from the custom resource, the start is rounded down to a whole
//! second ([`whole_second`]); ends are the process's own clock. So every value reads 0 to 999 ms
//! high. The latencies of plugin phases keep nanoseconds in Flyte and are exact here.

use std::sync::Arc;

use crate::execution::{Attempt, Execution, Measured, NodeKind, NodeRun, PodRun, State};
use crate::metric::Metric;
use crate::random::Stream;
use crate::time::{SECOND, UnixMillis, whole_second};
use crate::world::{Node, Spread, Task, Work, Workflow, World};

/// One value given to one metric.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    pub at: UnixMillis,
    pub metric: Metric,
    pub node: Arc<str>,
    pub task_type: Arc<str>,
    pub value: i64,
}

/// An execution with its whole future.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// As it will be when it is over; `metrics` stay empty until asked for.
    pub execution: Execution,
    /// In the order in which they happen.
    pub observations: Vec<Observation>,
}

impl Plan {
    /// The execution as it was known at `now`.
    pub(crate) fn until(&self, now: UnixMillis) -> Execution {
        let whole = &self.execution;
        let past = |at: Option<UnixMillis>| at.filter(|&at| at <= now);
        let ended_at = past(whole.ended_at);
        Execution {
            state: if ended_at.is_some() { whole.state } else { State::Running },
            running_at: past(whole.running_at),
            ended_at,
            metrics: self.measured(now),
            nodes: whole.nodes.iter().filter_map(|node| node_until(node, now)).collect(),
            pods: (whole.pods.iter())
                .filter(|pod| pod.created_at <= now)
                .map(|pod| pod.until(now))
                .collect(),
            ..whole.clone()
        }
    }

    fn measured(&self, now: UnixMillis) -> Vec<Measured> {
        let mut by_key = std::collections::BTreeMap::<(Metric, &str), Measured>::new();
        for seen in self.observations.iter().take_while(|seen| seen.at <= now) {
            let entry = by_key.entry((seen.metric, &seen.node)).or_insert_with(|| Measured {
                metric: seen.metric,
                node: seen.node.to_string(),
                sum: 0,
                count: 0,
                observed_at: Vec::new(),
                values: Vec::new(),
            });
            entry.sum += seen.value;
            entry.count += 1;
            entry.observed_at.push(seen.at);
            entry.values.push(seen.value);
        }
        by_key.into_values().collect()
    }
}

fn node_until(node: &NodeRun, now: UnixMillis) -> Option<NodeRun> {
    (node.queued_at <= now).then(|| {
        let ended_at = node.ended_at.filter(|&at| at <= now);
        NodeRun {
            started_at: node.started_at.filter(|&at| at <= now),
            ended_at,
            failed: node.failed && ended_at.is_some(),
            cached: node.cached && ended_at.is_some(),
            attempts: (node.attempts.iter())
                .filter(|attempt| attempt.started_at <= now)
                .map(|attempt| Attempt {
                    succeeded: attempt.succeeded.filter(|_| attempt.ends_at() <= now),
                    ..attempt.clone()
                })
                .collect(),
            ..node.clone()
        }
    })
}

impl Attempt {
    /// When the user's code is over.
    pub(crate) fn ends_at(&self) -> UnixMillis {
        self.started_at + (self.pending_us + self.init_us) / 1_000 + self.run_ms
    }
}

/// What identifies an execution before it runs.
pub(crate) struct Request<'a> {
    pub world: &'a World,
    pub workflow: &'a Workflow,
    /// Start of the simulation: incidents are relative to it.
    pub origin: UnixMillis,
    pub accepted_at: UnixMillis,
    pub exec_id: String,
    pub instance: usize,
    pub instance_label: String,
}

/// Runs the execution. Everything random comes from `stream`.
pub(crate) fn plan(request: Request<'_>, stream: Stream) -> Plan {
    let Request { world, workflow, origin, accepted_at, exec_id, instance, instance_label } =
        request;
    let mut run = Run {
        world,
        origin,
        stream,
        exec_id: &exec_id,
        namespace: format!("{}-{}", workflow.project, workflow.domain),
        pace: 1.0,
        observations: Vec::new(),
        nodes: Vec::new(),
        pods: Vec::new(),
    };
    let (running_at, ended_at, state) = run.workflow(workflow, accepted_at);
    let Run { mut observations, mut nodes, mut pods, .. } = run;
    observations.sort_by(|a, b| (a.at, a.metric, &a.node).cmp(&(b.at, b.metric, &b.node)));
    nodes.sort_by(|a, b| (a.queued_at, &a.id).cmp(&(b.queued_at, &b.id)));
    pods.sort_by(|a, b| (a.created_at, &a.pod).cmp(&(b.created_at, &b.pod)));
    Plan {
        observations,
        execution: Execution {
            project: workflow.project.clone(),
            domain: workflow.domain.clone(),
            workflow: workflow.label(),
            state,
            accepted_at,
            running_at: Some(running_at),
            ended_at: Some(ended_at),
            instance,
            instance_label,
            metrics: Vec::new(),
            nodes,
            pods,
            exec_id,
        },
    }
}

struct Run<'a> {
    world: &'a World,
    origin: UnixMillis,
    stream: Stream,
    exec_id: &'a str,
    namespace: String,
    /// How many times as long the user's code takes in this execution.
    pace: f64,
    observations: Vec<Observation>,
    nodes: Vec<NodeRun>,
    pods: Vec<PodRun>,
}

/// Where a node, or a graph of nodes, came to its end.
struct End {
    at: UnixMillis,
    failed: bool,
}

/// How far the lists had grown when a graph began.
#[derive(Clone, Copy)]
struct Mark {
    observations: usize,
    nodes: usize,
    pods: usize,
}

/// What the context of a metric knows.
#[derive(Clone)]
struct Context {
    node: Arc<str>,
    task_type: Arc<str>,
}

impl Context {
    fn node(id: &str) -> Self {
        Self { node: id.into(), task_type: "".into() }
    }

    fn plugin(&self, task: &Task) -> Self {
        Self { node: Arc::clone(&self.node), task_type: task.task_type.as_str().into() }
    }
}

impl Run<'_> {
    fn workflow(
        &mut self,
        workflow: &Workflow,
        accepted_at: UnixMillis,
    ) -> (UnixMillis, UnixMillis, State) {
        let context = Context::node("");
        let aborted = self.stream.happens(workflow.abort_share);
        let abort_share = self.stream.share();
        if self.stream.happens(workflow.slow_share) {
            self.pace = workflow.slow_factor;
        }
        let running_at = accepted_at + self.engine(self.world.engine.acceptance, accepted_at);
        self.observe(&context, running_at, Metric::WorkflowAccepted, 1);
        self.since(&context, running_at, Metric::WorkflowAcceptance, accepted_at);
        self.round(&context, running_at);

        let end = self.graph(&workflow.nodes, "", "", running_at);
        let ended_at = end.at + self.draw(self.world.engine.teardown);
        if aborted {
            let span = (ended_at - running_at) as f64;
            let at = running_at + ((0.1 + 0.8 * abort_share) * span) as i64;
            self.cut(Mark { observations: 0, nodes: 0, pods: 0 }, at);
            // LastUpdatedAt moves only with the workflow's phase, so the latency of "completion"
            // holds the whole time since Running.
            self.observe(&context, at, Metric::WorkflowAborted, 1);
            self.since(&context, at, Metric::WorkflowCompletion, running_at);
            return (running_at, at, State::Aborted);
        }
        self.round(&context, ended_at);
        let (metric, state) = if end.failed {
            (Metric::WorkflowFailureDuration, State::Failed)
        } else {
            (Metric::WorkflowSuccessDuration, State::Succeeded)
        };
        self.since(&context, ended_at, metric, running_at);
        (running_at, ended_at, state)
    }

    /// Runs a graph that begins at `ready`, and its end node. The first node that fails for good
    /// ends all others.
    fn graph(&mut self, nodes: &[Node], parent: &str, id_prefix: &str, ready: UnixMillis) -> End {
        let mark = self.mark();
        let mut ends: Vec<(&str, UnixMillis)> = Vec::new();
        let mut failure: Option<UnixMillis> = None;
        for node in nodes {
            let parents: Option<Vec<UnixMillis>> = (node.needs.iter())
                .map(|need| ends.iter().find(|(id, _)| id == need).map(|&(_, at)| at))
                .collect();
            // A parent that did not end well leaves this node unstarted.
            let Some(parents) = parents else { continue };
            let ready = parents.into_iter().max().unwrap_or(ready);
            let id = join(parent, &format!("{id_prefix}{}", node.id));
            let end = self.node(node, &id, parent, ready);
            if end.failed {
                failure = Some(failure.map_or(end.at, |at| at.min(end.at)));
            } else {
                ends.push((&node.id, end.at));
            }
        }
        if let Some(at) = failure {
            self.cut(mark, at);
            return End { at, failed: true };
        }
        let last = ends.iter().map(|&(_, at)| at).max().unwrap_or(ready);
        End { at: self.end_node(&join(parent, "end-node"), parent, last), failed: false }
    }

    fn end_node(&mut self, id: &str, parent: &str, ready: UnixMillis) -> UnixMillis {
        let context = Context::node(id);
        let mut run = self.queue(&context, id, NodeKind::End, parent, ready);
        self.since(&context, run.queued_event_at, Metric::NodeTransition, ready);
        self.round(&context, run.queued_event_at);
        run.ended_at = Some(run.queued_event_at);
        let ended_at = run.queued_event_at;
        self.nodes.push(run);
        ended_at
    }

    fn node(&mut self, node: &Node, id: &str, parent: &str, ready: UnixMillis) -> End {
        let (kind, task) = match &node.work {
            Work::Task(task) => (NodeKind::Task, Some(task)),
            Work::Array { task, .. } => (NodeKind::Array, Some(task)),
            Work::Dynamic { task, .. } => (NodeKind::Dynamic, Some(task)),
            Work::SubWorkflow { .. } => (NodeKind::SubWorkflow, None),
        };
        let context = Context::node(id);
        let mut run = self.queue(&context, id, kind, parent, ready);
        run.task = task.map(|task| task.name.clone());
        if matches!(&node.work, Work::Task(task) if self.stream.happens(task.cached_share)) {
            return self.answered_from_cache(&context, run);
        }
        self.since(&context, run.queued_event_at, Metric::NodeTransition, ready);
        let started_at = self.start(&context, &mut run);
        let work = match &node.work {
            Work::Task(task) => self.task(task, &context, &mut run, started_at),
            Work::Array { task, size, at_once } => {
                self.array(task, *size, *at_once, &node.id, id, started_at)
            }
            Work::Dynamic { task, children } => {
                let built = self.task(task, &context, &mut run, started_at);
                if built.failed {
                    built
                } else {
                    // Children are named by parent, attempt and their own id.
                    let attempt = run.attempts.len().saturating_sub(1);
                    self.graph(children, id, &format!("{}-{attempt}-d", node.id), built.at)
                }
            }
            Work::SubWorkflow { children } => self.graph(children, id, "", started_at),
        };
        self.finish(&context, run, &work)
    }

    /// From a ready node to the end of its QUEUED event.
    fn queue(
        &mut self,
        context: &Context,
        id: &str,
        kind: NodeKind,
        parent: &str,
        ready_at: UnixMillis,
    ) -> NodeRun {
        let queued_at = ready_at + self.engine(self.world.engine.notice, ready_at);
        let inputs = self.draw(self.world.engine.inputs);
        self.observe(context, queued_at + inputs, Metric::NodeInputLatency, inputs);
        let queued_event_at = queued_at + inputs + self.draw(self.world.engine.queued_event);
        NodeRun {
            id: id.to_owned(),
            kind,
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
            task: None,
            cached: false,
            ready_at,
            queued_at,
            queued_event_at,
            started_at: None,
            ended_at: None,
            failed: false,
            attempts: Vec::new(),
        }
    }

    /// A cache hit goes straight to Succeeded: no transition, queueing or duration is observed.
    fn answered_from_cache(&mut self, context: &Context, mut run: NodeRun) -> End {
        let at = run.queued_event_at;
        self.round(context, at);
        (run.cached, run.ended_at) = (true, Some(at));
        self.nodes.push(run);
        End { at, failed: false }
    }

    /// From the QUEUED event to the handler's first answer. Queueing counts from the stamp, which
    /// is before `preExecute`, so it overlaps with transition.
    fn start(&mut self, context: &Context, run: &mut NodeRun) -> UnixMillis {
        let dispatch = self.engine(self.world.engine.dispatch, run.queued_event_at);
        let at = run.queued_event_at + dispatch;
        self.since(context, at, Metric::NodeQueueing, run.queued_at);
        self.round(context, at);
        run.started_at = Some(at);
        at
    }

    /// From the end of the work to the node's terminal phase. A sub-workflow needs no finalising
    /// and has no duration.
    fn finish(&mut self, context: &Context, mut run: NodeRun, work: &End) -> End {
        let at = work.at + self.draw(self.world.engine.finalise);
        let started_at = run.started_at.unwrap_or(run.queued_event_at);
        if run.kind != NodeKind::SubWorkflow && !work.failed {
            self.since(context, at, Metric::NodeSuccessDuration, started_at);
        }
        if work.failed {
            self.since(context, at, Metric::NodeFailureDuration, started_at);
        }
        self.round(context, at);
        (run.ended_at, run.failed) = (Some(at), work.failed);
        self.nodes.push(run);
        End { at, failed: work.failed }
    }

    fn array(
        &mut self,
        task: &Task,
        size: u32,
        at_once: u32,
        node_id: &str,
        id: &str,
        ready: UnixMillis,
    ) -> End {
        let mark = self.mark();
        let mut slots = vec![ready; at_once.min(size).max(1) as usize];
        let mut failure: Option<UnixMillis> = None;
        for index in 0..size {
            let child = join(id, &format!("{node_id}-n{index}"));
            let context = Context::node(&child);
            let Some(slot) = slots.iter_mut().min() else { break };
            let mut run = self.queue(&context, &child, NodeKind::Task, id, *slot);
            run.task = Some(task.name.clone());
            // No transition: an array's children have no parents in their graph, so there is no
            // parent's end to measure from.
            let started_at = self.start(&context, &mut run);
            let work = self.task(task, &context, &mut run, started_at);
            let end = self.finish(&context, run, &work);
            *slot = end.at;
            if end.failed {
                failure = Some(failure.map_or(end.at, |at| at.min(end.at)));
            }
        }
        if let Some(at) = failure {
            self.cut(mark, at);
            return End { at, failed: true };
        }
        End { at: slots.into_iter().max().unwrap_or(ready), failed: false }
    }

    /// All attempts of a task, from the handler's first answer to the end of the last one.
    fn task(
        &mut self,
        task: &Task,
        context: &Context,
        run: &mut NodeRun,
        started_at: UnixMillis,
    ) -> End {
        let plugin = context.plugin(task);
        let doomed = self.stream.happens(task.fail_share);
        let stumbles = task.attempts > 1 && self.stream.happens(task.retry_share);
        let mut at = started_at;
        for number in 0..task.attempts {
            let succeeds = !doomed && (number > 0 || !stumbles);
            let attempt = self.attempt(task, &plugin, at, succeeds);
            let ends_at = attempt.ends_at();
            if task.pod {
                self.pod(task, &context.node, number, &attempt);
            }
            run.attempts.push(attempt);
            if succeeds {
                if task.pod {
                    self.observe(&plugin, ends_at, Metric::PluginSuccess, 1);
                }
                return End { at: ends_at, failed: false };
            }
            let noticed = ends_at + self.draw(self.world.engine.notice);
            if task.pod {
                self.observe(&plugin, noticed, Metric::PluginFailure, 1);
            }
            self.since(context, noticed, Metric::NodeUserError, at);
            if number + 1 == task.attempts {
                self.since(context, noticed, Metric::NodePermaUserError, started_at);
                return End { at: noticed, failed: true };
            }
            self.round(context, noticed);
            at = noticed + self.engine(self.world.engine.dispatch, noticed);
        }
        End { at, failed: false }
    }

    fn attempt(
        &mut self,
        task: &Task,
        plugin: &Context,
        at: UnixMillis,
        succeeds: bool,
    ) -> Attempt {
        let factor = self.factor(at, |incident| incident.pending_factor);
        let pending_us = self.stream.micros(task.pending.times(factor));
        let init_us = if task.pod { self.stream.micros(task.init) } else { 0 };
        let mut run_ms = self.stream.millis(task.run.times(self.pace));
        if !succeeds {
            run_ms = (run_ms as f64 * (0.1 + 0.8 * self.stream.share())) as i64;
        }
        let initializing = at + pending_us / 1_000;
        self.observe(plugin, initializing, Metric::PluginQueue, pending_us);
        if task.pod {
            let running = at + (pending_us + init_us) / 1_000;
            self.observe(plugin, running, Metric::PluginInitialize, init_us);
            self.round(plugin, running);
        }
        self.round(plugin, initializing);
        Attempt { started_at: at, pending_us, init_us, run_ms, succeeded: Some(succeeds) }
    }

    fn pod(&mut self, task: &Task, node: &str, number: u32, attempt: &Attempt) {
        let node_id = node.rsplit('/').next().unwrap_or(node).to_owned();
        let scheduled_at = attempt.started_at + attempt.pending_us / 1_000;
        let container_started_at = scheduled_at + attempt.init_us / 1_000;
        let completed_at = attempt.ends_at();
        let uid = format!(
            "{}-{}-4{}-a{}-{}",
            self.stream.hex(8),
            self.stream.hex(4),
            self.stream.hex(3),
            self.stream.hex(3),
            self.stream.hex(12)
        );
        self.pods.push(PodRun {
            pod: format!("{}-{}-{number}", self.exec_id, unique_id(node)),
            uid,
            namespace: self.namespace.clone(),
            node: node.to_owned(),
            node_id,
            task_name: task.name.clone(),
            attempt: number,
            // The handler creates the pod just before it answers.
            created_at: attempt.started_at - 20,
            scheduled_at: Some(scheduled_at),
            started_at: Some(scheduled_at + (container_started_at - scheduled_at).min(150)),
            container_started_at: Some(container_started_at),
            completed_at: Some(completed_at),
            gone_at: Some(completed_at + self.world.pod_linger_ms),
            succeeded: attempt.succeeded == Some(true),
        });
    }

    /// Forgets what would have come after `at`: the rest of the graph is stopped.
    fn cut(&mut self, from: Mark, at: UnixMillis) {
        retain_from(&mut self.observations, from.observations, |seen| seen.at <= at);
        retain_from(&mut self.nodes, from.nodes, |node| node.queued_at <= at);
        retain_from(&mut self.pods, from.pods, |pod| pod.created_at <= at);
        for node in self.nodes.iter_mut().skip(from.nodes) {
            let over = |time: Option<UnixMillis>| time.filter(|&time| time <= at);
            (node.started_at, node.ended_at) = (over(node.started_at), over(node.ended_at));
            node.failed &= node.ended_at.is_some();
            node.cached &= node.ended_at.is_some();
            node.attempts.retain(|attempt| attempt.started_at <= at);
            for attempt in &mut node.attempts {
                attempt.succeeded = attempt.succeeded.filter(|_| attempt.ends_at() <= at);
            }
        }
        for pod in self.pods.iter_mut().skip(from.pods) {
            if pod.completed_at.is_some_and(|completed| completed > at) {
                // A pod that still runs is deleted.
                *pod = PodRun { gone_at: Some(at + SECOND), ..pod.until(at) };
            }
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            observations: self.observations.len(),
            nodes: self.nodes.len(),
            pods: self.pods.len(),
        }
    }

    fn observe(&mut self, context: &Context, at: UnixMillis, metric: Metric, value: i64) {
        let Context { node, task_type } = context.clone();
        self.observations.push(Observation { at, metric, node, task_type, value });
    }

    /// Observes the time since `start` as Flyte reads it from the custom resource.
    fn since(&mut self, context: &Context, at: UnixMillis, metric: Metric, start: UnixMillis) {
        self.observe(context, at, metric, at - whole_second(start));
    }

    fn round(&mut self, context: &Context, at: UnixMillis) {
        let took = self.draw(self.world.engine.round);
        self.observe(&Context { node: "".into(), ..context.clone() }, at, Metric::RoundTime, took);
    }

    fn draw(&mut self, spread: Spread) -> i64 {
        self.stream.millis(spread)
    }

    fn engine(&mut self, spread: Spread, at: UnixMillis) -> i64 {
        let factor = self.factor(at, |incident| incident.engine_factor);
        self.draw(spread.times(factor))
    }

    fn factor(&self, at: UnixMillis, of: impl Fn(&crate::world::Incident) -> f64) -> f64 {
        let since = at - self.origin;
        (self.world.incidents.iter())
            .filter(|incident| (incident.from_ms..incident.to_ms).contains(&since))
            .map(of)
            .product()
    }
}

fn join(parent: &str, id: &str) -> String {
    if parent.is_empty() { id.to_owned() } else { format!("{parent}/{id}") }
}

/// A node's id within its execution, of which the pod's name is made: that of the parent, the
/// parent's attempt, and what the own id does not share with these: `n1-0-n3` for the third
/// child `n1/n1-n3` of a map task, `n1-0-dn0` for the child `n1/n1-0-dn0` of a dynamic task.
fn unique_id(node: &str) -> String {
    let mut unique = String::new();
    for id in node.split('/') {
        if unique.is_empty() {
            id.clone_into(&mut unique);
            continue;
        }
        match id.strip_prefix(&format!("{unique}-")) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                id.clone_into(&mut unique);
            }
            rest => unique = format!("{unique}-0-{}", rest.unwrap_or(id)),
        }
    }
    unique
}

/// `Vec::retain` that leaves the first `from` items alone.
fn retain_from<T>(items: &mut Vec<T>, from: usize, keep: impl Fn(&T) -> bool) {
    let mut index = 0;
    items.retain(|item| {
        index += 1;
        index <= from || keep(item)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pods_are_named_by_the_lineage_of_their_nodes() {
        for (node, id) in [
            ("n0", "n0"),
            ("n1/n1-n3", "n1-0-n3"),
            ("n1/n1-2-dn0", "n1-2-dn0"),
            ("n2/n0", "n2-0-n0"),
            ("n2/n0/n0-n1", "n2-0-n0-0-n0-n1"),
        ] {
            assert_eq!(unique_id(node), id);
        }
    }
}
