//! What a task does: its attempts, the phases that the plugin reports, and its pods.

use super::{Context, End, Run};
use crate::execution::{Attempt, NodeRun, PodRun};
use crate::metric::Metric;
use crate::time::UnixMillis;
use crate::world::Task;

impl Run<'_> {
    /// All attempts of a task, from the handler's first answer to the end of the last one.
    pub(super) fn task(
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
        let running = at + (pending_us + init_us) / 1_000;
        match self.seen(task) {
            Seen::Starting => {
                self.observe(plugin, initializing, Metric::PluginQueue, pending_us);
                if task.pod {
                    self.observe(plugin, running, Metric::PluginInitialize, init_us);
                    self.round(plugin, running);
                }
                self.round(plugin, initializing);
            }
            Seen::Running => {
                self.observe(plugin, running, Metric::PluginQueue, pending_us + init_us);
                self.round(plugin, running);
            }
            Seen::Done => {}
        }
        Attempt { started_at: at, pending_us, init_us, run_ms, succeeded: Some(succeeds) }
    }

    /// When propeller first sees that an attempt does not wait any more.
    fn seen(&mut self, task: &Task) -> Seen {
        // No draw where nothing is missed: what else is drawn stays as it is.
        if task.missed_share == 0.0 || !self.stream.happens(task.missed_share) {
            Seen::Starting
        } else if self.stream.happens(0.5) {
            Seen::Running
        } else {
            Seen::Done
        }
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
}

/// The phase in which propeller first sees an attempt that does not wait any more.
enum Seen {
    Starting,
    Running,
    Done,
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
