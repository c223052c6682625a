//! The cluster as cAdvisor and kube-state-metrics tell of it, beside the pods' own times: what task
//! pods use, what they may use, and the quotas of their namespaces.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::execution::{Execution, PodRun};
use crate::random::{Stream, mix};
use crate::series::{Family, FamilyKind, Label, Series};
use crate::time::UnixMillis;

/// What a task's container may use.
const CORES: f64 = 2.0;
const BYTES: f64 = 4.0 * 1_073_741_824.0;

/// What all pods of a namespace may use.
const QUOTA_CORES: f64 = 64.0;
const QUOTA_BYTES: f64 = 128.0 * 1_073_741_824.0;

#[rustfmt::skip]
static FAMILIES: LazyLock<[Arc<Family>; 4]> = LazyLock::new(|| {
    [
        ("container_cpu_usage_seconds_total", FamilyKind::Counter, "Cumulative cpu time consumed in seconds."),
        ("container_memory_working_set_bytes", FamilyKind::Gauge, "Current working set in bytes."),
        ("kube_pod_container_resource_limits", FamilyKind::Gauge, "The number of requested limit resource by a container."),
        ("kube_resourcequota", FamilyKind::Gauge, "[STABLE] Information about resource quota."),
    ]
    .map(|(name, kind, help)| {
        Arc::new(Family { name: name.to_owned(), help: help.into(), kind, on_timeline: false })
    })
});

/// What a task pod uses.
#[derive(Debug)]
struct PodUse {
    started_at: UnixMillis,
    completed_at: UnixMillis,
    gone_at: UnixMillis,
    created_at: UnixMillis,
    namespace: Arc<str>,
    cpu: Arc<Series>,
    memory: Arc<Series>,
    limits: [Arc<Series>; 2],
    /// Shares of the limits.
    cores: f64,
    bytes: f64,
}

/// A namespace's quota: hard and used, of cores and bytes.
#[derive(Debug)]
struct Quota {
    hard: [Arc<Series>; 2],
    used: [Arc<Series>; 2],
}

/// Everything that the cluster tells.
#[derive(Debug)]
pub(crate) struct Cluster {
    target: Arc<[Label]>,
    pods: Vec<PodUse>,
    quotas: BTreeMap<Arc<str>, Quota>,
}

impl Cluster {
    pub(crate) fn new(target: Arc<[Label]>) -> Self {
        Self { target, pods: Vec::new(), quotas: BTreeMap::new() }
    }

    /// Takes the pods of an execution that is launched.
    pub(crate) fn launch(&mut self, of: &Execution) {
        for pod in &of.pods {
            if let Some(used) = self.pod(pod) {
                self.quota(&used.namespace.clone());
                self.pods.push(used);
            }
        }
    }

    /// Forgets what is gone.
    pub(crate) fn forget(&mut self, now: UnixMillis) {
        self.pods.retain(|pod| pod.gone_at > now);
    }

    fn pod(&self, pod: &PodRun) -> Option<PodUse> {
        let [cpu, memory, limits, _] = &*FAMILIES;
        let namespace: Arc<str> = pod.namespace.as_str().into();
        let own: [Label; 3] = [
            ("container", pod.pod.as_str().into()),
            ("namespace", Arc::clone(&namespace)),
            ("pod", pod.pod.as_str().into()),
        ];
        let advisor: Arc<[Label]> =
            own.iter().cloned().chain([("image", "ghcr.io/acme/tasks:1".into())]).collect();
        let limit = |resource: &str, unit: &str| {
            let labels: Arc<[Label]> = own
                .iter()
                .cloned()
                .chain([("resource", resource.into()), ("unit", unit.into())])
                .collect();
            Series::new(limits, "", &labels, None, &self.target)
        };
        let hash = pod.uid.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
        let mut dice = Stream::new(hash, &[21]);
        Some(PodUse {
            created_at: pod.created_at,
            started_at: pod.container_started_at?,
            completed_at: pod.completed_at.unwrap_or(UnixMillis::MAX),
            gone_at: pod.gone_at.unwrap_or(UnixMillis::MAX),
            cpu: Series::new(cpu, "", &advisor, None, &self.target),
            memory: Series::new(memory, "", &advisor, None, &self.target),
            limits: [limit("cpu", "core"), limit("memory", "byte")],
            cores: 0.2 + 0.75 * dice.share(),
            bytes: 0.1 + 0.8 * dice.share(),
            namespace,
        })
    }

    fn quota(&mut self, namespace: &Arc<str>) {
        let [.., family] = &*FAMILIES;
        let target = &self.target;
        self.quotas.entry(Arc::clone(namespace)).or_insert_with(|| {
            let series = |resource: &str, kind: &str| {
                let labels: Arc<[Label]> = Arc::from([
                    ("namespace", Arc::clone(namespace)),
                    ("resource", resource.into()),
                    ("resourcequota", "project-quota".into()),
                    ("type", kind.into()),
                ]);
                Series::new(family, "", &labels, None, target)
            };
            let both = |kind| [series("limits.cpu", kind), series("limits.memory", kind)];
            Quota { hard: both("hard"), used: both("used") }
        });
    }

    /// Gives each series and its value at `now`.
    pub(crate) fn visit(&self, now: UnixMillis, mut each: impl FnMut(&Arc<Series>, f64)) {
        let mut there: BTreeMap<&str, f64> = BTreeMap::new();
        for pod in self.pods.iter().filter(|pod| pod.created_at <= now && now < pod.gone_at) {
            let [cores, bytes] = &pod.limits;
            each(cores, CORES);
            each(bytes, BYTES);
            if now < pod.completed_at {
                *there.entry(&pod.namespace).or_default() += 1.0;
            }
            if (pod.started_at..pod.completed_at).contains(&now) {
                let seconds = (now - pod.started_at) as f64 / 1_000.0;
                each(&pod.cpu, seconds * pod.cores * CORES);
                each(&pod.memory, (pod.bytes * BYTES).floor());
            }
        }
        for (namespace, Quota { hard, used }) in &self.quotas {
            let pods = there.get(&**namespace).copied().unwrap_or_default();
            let limits = [(QUOTA_CORES, CORES), (QUOTA_BYTES, BYTES)];
            for ((hard, used), (quota, limit)) in hard.iter().zip(used).zip(limits) {
                each(hard, quota);
                each(used, pods * limit);
            }
        }
    }
}
