//! The pod series of kube-state-metrics, with the pods' Flyte labels allow-listed
//! (`metricLabelsAllowlist: pods=[execution-id,node-id,workflow-name,task-name]`).

use std::sync::{Arc, LazyLock};

use crate::execution::{Execution, PodPhase, PodRun};
use crate::series::{Family, FamilyKind, Label, Series};
use crate::time::UnixMillis;

const PHASES: [(PodPhase, &str); 4] = [
    (PodPhase::Failed, "Failed"),
    (PodPhase::Pending, "Pending"),
    (PodPhase::Running, "Running"),
    (PodPhase::Succeeded, "Succeeded"),
];

/// The families, in the order of an exposition.
#[rustfmt::skip]
static FAMILIES: LazyLock<[Arc<Family>; 7]> = LazyLock::new(|| {
    [
        ("kube_pod_completion_time", "[STABLE] Completion time in unix timestamp for a pod."),
        ("kube_pod_container_state_started", "[STABLE] Start time in unix timestamp for a pod container."),
        ("kube_pod_created", "[STABLE] Unix creation timestamp"),
        ("kube_pod_labels", "[STABLE] Kubernetes labels converted to Prometheus labels."),
        ("kube_pod_start_time", "[STABLE] Start time in unix timestamp for a pod."),
        ("kube_pod_status_phase", "[STABLE] The pods current phase."),
        ("kube_pod_status_scheduled_time", "[STABLE] Unix timestamp when pod moved into scheduled status"),
    ]
    .map(|(name, help)| {
        let kind = FamilyKind::Gauge;
        Arc::new(Family { name: name.to_owned(), help: help.into(), kind, on_timeline: true })
    })
});

/// A pod's series, made once and read at every scrape.
#[derive(Debug)]
pub(crate) struct PodSeries {
    pub(crate) pod: PodRun,
    completion: Arc<Series>,
    container_started: Arc<Series>,
    created: Arc<Series>,
    labels: Arc<Series>,
    started: Arc<Series>,
    phases: Vec<(Option<PodPhase>, Arc<Series>)>,
    scheduled: Arc<Series>,
}

impl PodSeries {
    pub(crate) fn new(pod: &PodRun, execution: &Execution, target: &Arc<[Label]>) -> Self {
        let [completion, container_started, created, labels, started, phase, scheduled] =
            &*FAMILIES;
        let own: Arc<[Label]> = Arc::from([
            ("namespace", pod.namespace.as_str().into()),
            ("pod", pod.pod.as_str().into()),
            ("uid", pod.uid.as_str().into()),
        ]);
        let series =
            |family: &Arc<Family>, last: Option<Label>| Series::new(family, "", &own, last, target);
        let workflow = execution.workflow.rsplit(':').next().unwrap_or_default();
        let flyte: [Label; 4] = [
            ("label_execution_id", execution.exec_id.as_str().into()),
            ("label_node_id", sanitized(&pod.node_id).into()),
            ("label_task_name", sanitized(&pod.task_name).into()),
            ("label_workflow_name", sanitized(workflow).into()),
        ];
        let unknown = (None, series(phase, Some(("phase", "Unknown".into()))));
        let phases = PHASES
            .iter()
            .map(|(of, word)| (Some(*of), series(phase, Some(("phase", (*word).into())))))
            .chain([unknown])
            .collect();
        Self {
            completion: series(completion, None),
            container_started: series(
                container_started,
                Some(("container", pod.pod.as_str().into())),
            ),
            created: series(created, None),
            labels: Series::new(
                labels,
                "",
                &own.iter().cloned().chain(flyte).collect(),
                None,
                target,
            ),
            started: series(started, None),
            phases,
            scheduled: series(scheduled, None),
            pod: pod.clone(),
        }
    }

    /// Whether the pod is there at an instant.
    pub(crate) fn exists(&self, now: UnixMillis) -> bool {
        self.pod.created_at <= now && !self.gone(now)
    }

    /// Whether the pod has been there and will not come back.
    pub(crate) fn gone(&self, now: UnixMillis) -> bool {
        self.pod.gone_at.is_some_and(|at| at <= now)
    }

    /// Gives each series and its value at `now`; Kubernetes keeps whole seconds.
    pub(crate) fn visit(&self, now: UnixMillis, mut each: impl FnMut(&Arc<Series>, f64)) {
        let pod = self.pod.until(now);
        let seconds = |at: UnixMillis| at.div_euclid(1_000) as f64;
        for (series, at) in [
            (&self.completion, pod.completed_at),
            (&self.container_started, pod.container_started_at),
            (&self.created, Some(pod.created_at)),
            (&self.started, pod.started_at),
            (&self.scheduled, pod.scheduled_at),
        ] {
            if let Some(at) = at {
                each(series, seconds(at));
            }
        }
        each(&self.labels, 1.0);
        let phase = pod.phase();
        for (of, series) in &self.phases {
            each(series, f64::from(u8::from(*of == Some(phase))));
        }
    }
}

/// A label value as Flyte makes it legal for Kubernetes: small letters, every run of anything but
/// letters, digits and hyphens one hyphen, at most 63 bytes, no hyphen at the ends
/// (`SanitizeLabelValue` in flytepropeller's `pkg/utils/k8s.go`).
fn sanitized(value: &str) -> String {
    let mut clean = String::with_capacity(value.len());
    let mut replaced = false;
    for character in value.to_lowercase().chars() {
        let legal = matches!(character, 'a'..='z' | '0'..='9' | '-');
        if legal {
            clean.push(character);
        } else if !replaced {
            clean.push('-');
        }
        replaced = !legal;
    }
    clean.truncate(63);
    clean.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_values_are_made_legal_as_flyte_does() {
        let long = "x".repeat(80);
        for (value, legal) in [
            ("example.two_task_wf", "example-two-task-wf"),
            ("n0", "n0"),
            ("Etl.._Orders-", "etl-orders"),
            ("a-.b", "a--b"),
            (&long, &long[..63]),
        ] {
            assert_eq!(sanitized(value), legal);
        }
    }
}
