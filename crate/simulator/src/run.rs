//! Runs one execution from request to end, at once: every stage, every pod, and every observation
//! that flytepropeller would make on the way, each with its instant.
//!
//! Where Flyte takes a start from the custom resource, the start is rounded down to a whole
//! second; ends are the process's own clock. So every value reads 0 to 999 ms high. The latencies
//! of plugin phases keep nanoseconds in Flyte and are exact here.

mod record;
mod task;

use std::sync::Arc;

use self::record::Mark;
use crate::execution::{Execution, NodeKind, NodeRun, PodRun, State};
use crate::metric::Metric;
use crate::plan::{Observation, Plan};
use crate::random::Stream;
use crate::time::UnixMillis;
use crate::world::{Node, Task, Work, Workflow, World};

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
pub(crate) fn run(request: Request<'_>, stream: Stream) -> Plan {
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
            self.cut(Mark::BEGIN, at);
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
}

fn join(parent: &str, id: &str) -> String {
    if parent.is_empty() { id.to_owned() } else { format!("{parent}/{id}") }
}
