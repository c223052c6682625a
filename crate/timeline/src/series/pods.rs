//! The pods' series of kube-state-metrics: timestamps as values, and Flyte's labels of a pod.
//!
//! Names and labels: `docs/metrics/workload/pod-metrics.md` of kubernetes/kube-state-metrics. A pod's
//! own label `execution-id` becomes `label_execution_id` there, once it is in the allow-list.

use super::name::folded;
use super::{Found, SampleView, Samples};
use crate::text::Text;

/// What must be allow-listed for pods to be told by execution and node, as an argument of
/// kube-state-metrics.
pub const ALLOW_LIST: &str =
    "--metric-labels-allowlist=pods=[execution-id,node-id,workflow-name,task-name,project,domain]";

/// A metric of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodMetric {
    /// 1, and the pod's own labels.
    Labels,
    /// When the pod was created.
    Created,
    /// When it was bound to a machine.
    Scheduled,
    /// When the kubelet acknowledged it.
    Acknowledged,
    /// When a container began to run.
    Started,
    /// When the last of its containers that ended so far did so.
    Completed,
    /// 1 for the phase that it is in, 0 for the others.
    Phase,
}

const METRICS: [(&str, PodMetric); 7] = [
    ("kube_pod_labels", PodMetric::Labels),
    ("kube_pod_created", PodMetric::Created),
    ("kube_pod_status_scheduled_time", PodMetric::Scheduled),
    ("kube_pod_start_time", PodMetric::Acknowledged),
    ("kube_pod_container_state_started", PodMetric::Started),
    ("kube_pod_completion_time", PodMetric::Completed),
    ("kube_pod_status_phase", PodMetric::Phase),
];

impl PodMetric {
    /// Knows a metric by the name that Prometheus returns.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        METRICS.iter().find(|(known, _)| *known == name).map(|(_, metric)| *metric)
    }

    /// Knows a metric by what a person calls a query or a legend: its name, with or without `kube_`.
    pub(super) fn by_alias(text: &str) -> Option<Self> {
        let folded = folded(text.trim());
        let known =
            |name: &str| folded == name || name.strip_prefix("kube_") == Some(folded.as_str());
        METRICS.iter().find(|(name, _)| known(name)).map(|(_, metric)| *metric)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        METRICS.iter().find(|(_, metric)| *metric == self).map_or("", |(name, _)| *name)
    }
}

/// What a label's key means of a pod. Where a scrape does not honour the labels of
/// kube-state-metrics, `pod` is its own pod and the one it speaks of is `exported_pod`.
const KEYS: [&str; 14] = [
    "uid",
    "namespace",
    "exported_namespace",
    "pod",
    "exported_pod",
    "container",
    "exported_container",
    "phase",
    "label_execution_id",
    "label_node_id",
    "label_workflow_name",
    "label_task_name",
    "label_project",
    "label_domain",
];

/// Position of a label's key in a pod's labels.
pub(super) fn key(text: &str) -> Option<u8> {
    KEYS.iter().position(|key| *key == text).and_then(|position| u8::try_from(position).ok())
}

/// The labels that say whose pod it is. A label that is not there is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodLabels([Text; KEYS.len()]);

impl PodLabels {
    pub(super) fn set(&mut self, key: u8, value: Text) {
        if let Some(own) = self.0.get_mut(usize::from(key)) {
            *own = value;
        }
    }

    fn get(&self, key: usize) -> Text {
        self.0.get(key).copied().unwrap_or_default()
    }

    /// What the exporter said, else what the scrape says.
    fn exported(&self, key: usize) -> Text {
        if self.get(key + 1).is_empty() { self.get(key) } else { self.get(key + 1) }
    }

    /// `uid`.
    #[must_use]
    pub fn uid(&self) -> Text {
        self.get(0)
    }

    /// The pod's namespace.
    #[must_use]
    pub fn namespace(&self) -> Text {
        self.exported(1)
    }

    /// The pod's name.
    #[must_use]
    pub fn pod(&self) -> Text {
        self.exported(3)
    }

    /// The container's name.
    #[must_use]
    pub fn container(&self) -> Text {
        self.exported(5)
    }

    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    #[must_use]
    pub fn phase(&self) -> Text {
        self.get(7)
    }

    /// `label_execution_id`.
    #[must_use]
    pub fn execution(&self) -> Text {
        self.get(8)
    }

    /// `label_node_id`: the node's own id, without its parents.
    #[must_use]
    pub fn node(&self) -> Text {
        self.get(9)
    }

    /// `label_workflow_name`: the workflow's name, made legal for Kubernetes.
    #[must_use]
    pub fn workflow(&self) -> Text {
        self.get(10)
    }

    /// `label_project`.
    #[must_use]
    pub fn project(&self) -> Text {
        self.get(12)
    }

    /// `label_domain`.
    #[must_use]
    pub fn domain(&self) -> Text {
        self.get(13)
    }

    /// Whether any of Flyte's labels is there.
    #[must_use]
    pub fn is_flytes(&self) -> bool {
        (8..12).any(|key| !self.get(key).is_empty())
    }

    /// Takes Flyte's labels of another series of the same pod where this one has none.
    pub fn fill(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            if own.is_empty() {
                *own = other;
            }
        }
    }
}

/// One series of a pod.
#[derive(Clone, Debug)]
pub struct PodSeries {
    /// What its values are.
    pub metric: PodMetric,
    /// Whose they are.
    pub labels: PodLabels,
    /// Whether its query was asked over a range, so that its last sample tells how long the pod was
    /// there. An instant query over a range tells nothing of the kind.
    pub over_range: bool,
    pub(super) samples: Samples,
}

impl Found {
    /// The samples of one of a pod's series.
    #[must_use]
    pub fn pod_samples(&self, series: &PodSeries) -> SampleView<'_> {
        let (times, values) = self.view(series.samples);
        SampleView { times, values, changes: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pods_metric_is_known_by_its_name_and_a_query_by_what_people_call_it() {
        assert_eq!(PodMetric::by_name("kube_pod_created"), Some(PodMetric::Created));
        assert_eq!(PodMetric::by_name("kube_pod_info"), None);
        for alias in ["kube_pod_created", "pod_created", "Pod created"] {
            assert_eq!(PodMetric::by_alias(alias), Some(PodMetric::Created), "{alias}");
        }
        assert_eq!(PodMetric::by_alias("created"), None);
    }

    #[test]
    fn a_pod_that_the_exporter_speaks_of_is_not_the_exporters_own_pod() {
        let mut labels = PodLabels::default();
        let mut set = |name: &str, value: u32| labels.set(key(name).unwrap(), Text(value));
        set("pod", 1);
        set("namespace", 2);
        assert_eq!((labels.pod(), labels.namespace()), (Text(1), Text(2)));
        let mut set = |name: &str, value: u32| labels.set(key(name).unwrap(), Text(value));
        set("exported_pod", 3);
        set("exported_namespace", 4);
        assert_eq!((labels.pod(), labels.namespace()), (Text(3), Text(4)));
    }
}
