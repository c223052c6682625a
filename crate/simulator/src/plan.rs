//! An execution with its whole future: what will happen and what will be observed, and how much
//! of it is known at an instant.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::execution::{Attempt, Execution, Measured, NodeRun, State};
use crate::metric::Metric;
use crate::time::UnixMillis;

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
        let mut by_key = BTreeMap::<(Metric, &str), Measured>::new();
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
