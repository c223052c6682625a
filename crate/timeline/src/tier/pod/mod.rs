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

use crate::order;
use std::collections::HashMap;

use join::Pod;
use place::Place;

use crate::notice::{Notices, Severity, count, list};
use crate::profile::{Measure, Profile, StageId};
use crate::series::{ALLOW_LIST, Found, Labels, PodMetric};
use crate::text::{Text, natural_order};
use crate::unit::{Millis, TimeRange, UnixMillis};

pub(super) use rows::read;

/// All pods of one execution, node after node.
struct Execution {
    id: Text,
    place: Place,
    /// `label_workflow_name`.
    workflow: Text,
    pods: Vec<Pod>,
    /// Whether the execution's counters are the row, or told that there is none.
    is_claimed: bool,
}

/// All pods, by execution.
pub(super) struct Pods {
    executions: Vec<Execution>,
    by_id: HashMap<Text, Vec<usize>>,
    /// Pods of Flyte's that no execution can be told of, or of anybody where none can.
    without_execution: usize,
    /// Pods with nothing but labels.
    without_times: usize,
    until: UnixMillis,
    step: Millis,
    /// Whether any pod tells when its containers began. A pod that ended without is one that never ran.
    tells_start: bool,
    /// Metrics of which no series came, and what the rows lack without them.
    missing: Vec<PodMetric>,
}

impl Pods {
    /// Finds the pods of all executions. Those that were created after the range are none of it.
    pub fn of(found: &mut Found, range: TimeRange) -> Self {
        let mut all = join::pods(found);
        let is_told = |metric| found.pods.iter().any(|series| series.metric == metric);
        let wanted = [PodMetric::Created, PodMetric::Started, PodMetric::Completed];
        let mut pods = Self {
            executions: Vec::new(),
            by_id: HashMap::new(),
            without_execution: 0,
            without_times: 0,
            until: range.to,
            step: join::step(found),
            tells_start: is_told(PodMetric::Started),
            missing: wanted.into_iter().filter(|metric| !is_told(*metric)).collect(),
        };
        let none_is_told = all.iter().all(|pod| pod.labels.execution().is_empty());
        let mut known: HashMap<(Text, Place), usize> = HashMap::new();
        for mut pod in all.drain(..) {
            if pod.labels.execution().is_empty() {
                pods.without_execution += usize::from(none_is_told || pod.labels.is_flytes());
                continue;
            }
            let Some(begin) = pod.begin() else {
                pods.without_times += 1;
                continue;
            };
            if begin.0 > range.to.0 {
                continue;
            }
            place::trace(&mut found.texts, &mut pod);
            let labels = &pod.labels;
            let (project, domain) = (labels.project(), labels.domain());
            let place = Place { namespace: labels.namespace(), project, domain };
            let key = (labels.execution(), place);
            let position = *known.entry(key).or_insert(pods.executions.len());
            if position == pods.executions.len() {
                pods.executions.push(Execution {
                    id: labels.execution(),
                    place,
                    workflow: labels.workflow(),
                    pods: Vec::new(),
                    is_claimed: false,
                });
            }
            if let Some(execution) = pods.executions.get_mut(position) {
                execution.pods.push(pod);
            }
        }
        pods.sort(found);
        pods
    }

    /// Executions by id, and their pods node after node: by when a node's first pod began, then by
    /// when each did.
    fn sort(&mut self, found: &Found) {
        let texts = &found.texts;
        order::sort(&mut self.executions, |a, b| {
            let name = |e: &Execution| (texts.get(e.id), texts.get(e.place.namespace));
            name(a).cmp(&name(b)).then_with(|| {
                let place = |e: &Execution| (texts.get(e.place.project), texts.get(e.place.domain));
                place(a).cmp(&place(b))
            })
        });
        let begin = |pod: &Pod| pod.begin().unwrap_or_default().0;
        for (position, execution) in self.executions.iter_mut().enumerate() {
            let mut nodes: HashMap<Text, f64> = HashMap::new();
            for pod in &execution.pods {
                let first = nodes.entry(pod.node).or_insert(f64::INFINITY);
                *first = first.min(begin(pod));
            }
            let node = |pod: &Pod| nodes.get(&pod.node).copied().unwrap_or_default();
            order::sort(&mut execution.pods, |a, b| {
                node(a)
                    .total_cmp(&node(b))
                    .then_with(|| natural_order(texts.get(a.node), texts.get(b.node)))
                    .then_with(|| begin(a).total_cmp(&begin(b)))
                    .then_with(|| {
                        natural_order(texts.get(a.labels.pod()), texts.get(b.labels.pod()))
                    })
                    .then_with(|| texts.get(a.labels.uid()).cmp(texts.get(b.labels.uid())))
            });
            self.by_id.entry(execution.id).or_default().push(position);
        }
    }

    /// The execution that counters know by these labels.
    pub fn find(&self, found: &Found, labels: &Labels) -> Option<usize> {
        let texts = &found.texts;
        let (project, domain) = (texts.get(labels.project), texts.get(labels.domain));
        let alike = self.by_id.get(&labels.execution)?.iter().copied();
        alike
            .filter(|position| {
                self.executions
                    .get(*position)
                    .is_some_and(|execution| execution.place.agrees(texts, project, domain))
            })
            .min()
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

/// What a row lacks without a metric.
fn lack(metric: PodMetric) -> &'static str {
    match metric {
        PodMetric::Created => "pod start lacks the wait for a machine",
        PodMetric::Started => "pod start is inside task execution",
        _ => "no pod is known to have ended",
    }
}

/// The stage that pods' start is, and the one of which it is a part.
fn stages(profile: &Profile) -> Option<(StageId, StageId)> {
    profile.stages().find_map(|(part, stage)| match stage.measure {
        Measure::PartOf(whole) => Some((part, whole)),
        Measure::Whole | Measure::Remainder => None,
    })
}
