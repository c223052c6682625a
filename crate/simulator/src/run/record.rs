//! How a run is recorded: observations, draws of time, and what is forgotten when a run is cut
//! short.

use super::{Context, Run};
use crate::execution::PodRun;
use crate::metric::Metric;
use crate::plan::Observation;
use crate::time::{SECOND, UnixMillis, whole_second};
use crate::world::{Incident, Spread};

/// How far the lists had grown when a graph began.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    observations: usize,
    nodes: usize,
    pods: usize,
}

impl Mark {
    /// Before everything.
    pub(super) const BEGIN: Self = Self { observations: 0, nodes: 0, pods: 0 };
}

impl Run<'_> {
    /// Forgets what would have come after `at`: the rest of the graph is stopped.
    pub(super) fn cut(&mut self, from: Mark, at: UnixMillis) {
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

    pub(super) fn mark(&self) -> Mark {
        Mark {
            observations: self.observations.len(),
            nodes: self.nodes.len(),
            pods: self.pods.len(),
        }
    }

    pub(super) fn observe(
        &mut self,
        context: &Context,
        at: UnixMillis,
        metric: Metric,
        value: i64,
    ) {
        let Context { node, task_type } = context.clone();
        self.observations.push(Observation { at, metric, node, task_type, value });
    }

    /// Observes the time since `start` as Flyte reads it from the custom resource.
    pub(super) fn since(
        &mut self,
        context: &Context,
        at: UnixMillis,
        metric: Metric,
        start: UnixMillis,
    ) {
        self.observe(context, at, metric, at - whole_second(start));
    }

    pub(super) fn round(&mut self, context: &Context, at: UnixMillis) {
        let took = self.draw(self.world.engine.round);
        self.observe(&Context { node: "".into(), ..context.clone() }, at, Metric::RoundTime, took);
    }

    pub(super) fn draw(&mut self, spread: Spread) -> i64 {
        self.stream.millis(spread)
    }

    pub(super) fn engine(&mut self, spread: Spread, at: UnixMillis) -> i64 {
        let factor = self.factor(at, |incident| incident.engine_factor);
        self.draw(spread.times(factor))
    }

    pub(super) fn factor(&self, at: UnixMillis, of: impl Fn(&Incident) -> f64) -> f64 {
        let since = at - self.origin;
        (self.world.incidents.iter())
            .filter(|incident| (incident.from_ms..incident.to_ms).contains(&since))
            .map(of)
            .product()
    }
}

/// `Vec::retain` that leaves the first `from` items alone.
fn retain_from<T>(items: &mut Vec<T>, from: usize, keep: impl Fn(&T) -> bool) {
    let mut index = 0;
    items.retain(|item| {
        index += 1;
        index <= from || keep(item)
    });
}
