//! Executions by the pods of their tasks, whose times kube-state-metrics tells: real positions, exact
//! to the second.
//!
//! Where counters know the execution too, they make the row, and its pods add what the counters lack:
//! when a node's task began, and how much of it was pod start. Elsewhere the pods are a row of their
//! own. What Flyte does before the first pod, after the last and between them they do not tell.

mod enrich;
mod join;
mod place;
mod rows;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::ops::Range;

use join::Pod;
use place::Place;

use crate::known::{Known, hash};
use crate::notice::{Notices, Severity, count, list};
use crate::order::{order, picked};
use crate::series::{ALLOW_LIST, Found, Labels, PodMetric};
use crate::text::{Text, Texts, natural_order};
use crate::unit::{Millis, TimeRange, UnixMillis};

pub(super) use rows::read;

/// One execution.
struct Execution {
    id: Text,
    place: Place,
    /// `label_workflow_name`.
    workflow: Text,
    /// Where its pods are, node after node.
    pods: Range<usize>,
    /// Whether the execution's counters are the row, or told that there is none.
    is_claimed: bool,
}

/// All pods, by execution.
pub(super) struct Pods {
    /// Execution after execution.
    all: Vec<Pod>,
    /// By id.
    executions: Vec<Execution>,
    /// Pods of Flyte's that no execution can be told of, or of anybody where none can.
    without_execution: usize,
    /// Pods with nothing but labels.
    without_times: usize,
    until: UnixMillis,
    step: Millis,
    /// Whether any pod tells when its containers began. A pod that ended without is one that never ran.
    tells_start: bool,
    /// Metrics of which no series came.
    missing: Vec<PodMetric>,
}

impl Pods {
    /// Finds the pods of all executions. Those that were created after the range are none of it.
    pub fn find_all(found: &mut Found, range: TimeRange) -> Self {
        let mut all = join::pods(found);
        let is_told = |metric| found.pods.iter().any(|series| series.metric == metric);
        let wanted = [PodMetric::Created, PodMetric::Started, PodMetric::Completed];
        let mut pods = Self {
            all: Vec::new(),
            executions: Vec::new(),
            without_execution: 0,
            without_times: 0,
            until: range.to,
            step: join::step(found),
            tells_start: is_told(PodMetric::Started),
            missing: wanted.into_iter().filter(|metric| !is_told(*metric)).collect(),
        };
        let none_is_told = all.iter().all(|pod| pod.labels.execution().is_empty());
        all.retain(|pod| {
            let is_told = !pod.labels.execution().is_empty();
            let is_missed = !is_told && (none_is_told || pod.labels.is_flytes());
            pods.without_execution += usize::from(is_missed);
            pods.without_times += usize::from(is_told && pod.begin().is_none());
            is_told && pod.begin().is_some_and(|begin| begin.0 <= range.to.0)
        });
        for pod in &mut all {
            place::trace(&mut found.texts, pod);
        }
        pods.sort(&found.texts, &all);
        pods
    }

    /// Executions by id, and the pods of each node after node: by when a node's first pod began, then
    /// by when each did.
    fn sort(&mut self, texts: &Texts, all: &[Pod]) {
        let by_begin = order(all.len(), &mut |a, b| match (all.get(a), all.get(b)) {
            (Some(a), Some(b)) => compare(texts, a, b),
            _ => Ordering::Equal,
        });
        let by_begin = picked(all, &by_begin);
        let same = |a: &Pod, b: &Pod| {
            a.labels.execution() == b.labels.execution() && Place::of(a) == Place::of(b)
        };
        for own in by_begin.chunk_by(same) {
            let Some(first) = own.first() else { continue };
            let (mut known, mut nodes) = (Known::default(), Vec::new());
            let mut ranks = Vec::with_capacity(own.len());
            for pod in own {
                let is = &mut |n: usize| nodes.get(n) == Some(&pod.node);
                let rank = known.number(hash(&[u64::from(pod.node.0)]), is);
                if rank == nodes.len() {
                    nodes.push(pod.node);
                }
                ranks.push(rank);
            }
            let by_node = order(own.len(), &mut |a, b| ranks.get(a).cmp(&ranks.get(b)));
            let begin = self.all.len();
            self.all.extend(picked(own, &by_node));
            self.executions.push(Execution {
                id: first.labels.execution(),
                place: Place::of(first),
                workflow: first.labels.workflow(),
                pods: begin..self.all.len(),
                is_claimed: false,
            });
        }
    }

    /// The pods of an execution.
    fn of(&self, execution: &Execution) -> &[Pod] {
        self.all.get(execution.pods.clone()).unwrap_or_default()
    }

    /// The execution that counters know by these labels.
    pub fn find(&self, found: &Found, labels: &Labels) -> Option<usize> {
        let texts = &found.texts;
        let id = texts.get(labels.execution);
        let (project, domain) = (texts.get(labels.project), texts.get(labels.domain));
        let begin = self.executions.partition_point(|execution| texts.get(execution.id) < id);
        let alike = self.executions.iter().enumerate().skip(begin);
        alike
            .take_while(|(_, execution)| execution.id == labels.execution)
            .find(|(_, execution)| execution.place.agrees(texts, project, domain))
            .map(|(position, _)| position)
    }

    /// Says that counters tell of an execution, so that its pods make no row.
    pub fn claim(&mut self, position: Option<usize>) {
        if let Some(execution) = position.and_then(|position| self.executions.get_mut(position)) {
            execution.is_claimed = true;
        }
    }

    /// Says what the pods lack, and the setting or the query that brings it.
    pub fn report(&self, notices: &mut Notices) {
        if self.without_execution > 0 {
            let text = count(self.without_execution, "pod carries", "pods carry");
            notices.add(
                Severity::Warning,
                format!(
                    "{text} no label_execution_id, so no execution can be told of them. Query \
                     kube_pod_labels, and start kube-state-metrics with {ALLOW_LIST}."
                ),
            );
        }
        if self.without_times > 0 {
            let text = count(self.without_times, "pod has", "pods have");
            notices.add(
                Severity::Warning,
                format!(
                    "{text} labels but no times. Query kube_pod_created, \
                     kube_pod_container_state_started and kube_pod_completion_time with the same \
                     namespace, pod and uid labels."
                ),
            );
        }
        if !self.executions.is_empty() && !self.missing.is_empty() {
            let names: Vec<&str> = self.missing.iter().map(|metric| metric.name()).collect();
            let lacks: Vec<&str> = self.missing.iter().map(|metric| lack(*metric)).collect();
            let text =
                format!("Of the pods, {} did not come: {}.", list(&names, 3), lacks.join("; "));
            notices.add(Severity::Warning, text);
        }
    }

    /// Pods that no execution can be told of.
    pub fn without_execution(&self) -> usize {
        self.without_execution
    }
}

/// Pods by execution, then by when they began, then by name.
fn compare(texts: &Texts, a: &Pod, b: &Pod) -> Ordering {
    let whose = |pod: &Pod| {
        let labels = &pod.labels;
        [labels.execution(), labels.namespace(), labels.project(), labels.domain()]
            .map(|text| texts.get(text))
    };
    let begin = |pod: &Pod| pod.begin().unwrap_or_default().0;
    let name = |pod: &Pod| texts.get(pod.labels.pod());
    whose(a)
        .cmp(&whose(b))
        .then_with(|| begin(a).total_cmp(&begin(b)))
        .then_with(|| natural_order(name(a), name(b)))
        .then_with(|| texts.get(a.labels.uid()).cmp(texts.get(b.labels.uid())))
}

/// What a row lacks without a metric.
fn lack(metric: PodMetric) -> &'static str {
    match metric {
        PodMetric::Created => "pod start lacks the wait for a machine",
        PodMetric::Started => "pod start is inside task execution",
        _ => "no pod is known to have ended",
    }
}
