//! Brings the series of one pod together.

use crate::known::{Known, hash};
use crate::series::{Found, PodLabels, PodMetric, SampleView};
use crate::text::{Text, Texts};
use crate::unit::{Millis, UnixMillis};

/// How long a series that ended may still be read: Prometheus looks back five minutes where nothing
/// marked its end.
const LOOK_BACK: Millis = Millis(300_000.0);

/// The latest second that can be an instant, some three thousand years from now. Zero and less is how
/// Go's clock says never.
const LATEST: f64 = 1e11;

/// What a pod is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Pending, running, or on a machine that does not answer.
    Live,
    Failed,
    Succeeded,
}

/// One pod. Its times are whole seconds, as Kubernetes keeps them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pod {
    pub labels: PodLabels,
    /// Its node: how its name tells it, else the label alone.
    pub node: Text,
    /// Whether its name tells its node with all parents.
    pub is_traced: bool,
    created: Option<UnixMillis>,
    scheduled: Option<UnixMillis>,
    acknowledged: Option<UnixMillis>,
    started: Option<Started>,
    pub completed: Option<UnixMillis>,
    /// The phase that was seen last, and when.
    phase: Option<(UnixMillis, Phase)>,
    last_seen: Option<UnixMillis>,
}

/// When a container began, of the task itself before any that stands beside it.
#[derive(Clone, Copy, Debug)]
struct Started {
    /// The task's own container is called as its pod.
    is_task: bool,
    at: UnixMillis,
}

impl Pod {
    /// Two exporters say the same of a pod. Of a container that began anew the first time counts; of
    /// several containers the task's own, else the last, since only then they all run.
    fn take(&mut self, texts: &Texts, metric: PodMetric, labels: &PodLabels, view: SampleView<'_>) {
        let is_instant = |value: &f64| *value > 0.0 && *value <= LATEST;
        let seconds = || view.iter().map(|(_, value)| value).filter(is_instant);
        let earliest = || seconds().reduce(f64::min).map(|value| UnixMillis(value * 1_000.0));
        match metric {
            PodMetric::Labels => {}
            PodMetric::Created => self.created = first(self.created, earliest()),
            PodMetric::Scheduled => self.scheduled = first(self.scheduled, earliest()),
            PodMetric::Acknowledged => self.acknowledged = first(self.acknowledged, earliest()),
            PodMetric::Started => {
                let Some(at) = earliest() else { return };
                let is_task = labels.container() == labels.pod();
                let better = self.started.is_none_or(|known| {
                    (is_task && !known.is_task) || (is_task == known.is_task && at.0 > known.at.0)
                });
                if better {
                    self.started = Some(Started { is_task, at });
                }
            }
            PodMetric::Completed => {
                let latest = seconds().reduce(f64::max).map(|value| UnixMillis(value * 1_000.0));
                self.completed = last(self.completed, latest);
            }
            PodMetric::Phase => {
                let seen = view.iter().filter(|(_, value)| *value == 1.0).last();
                let Some((at, _)) = seen else { return };
                let phase = match texts.get(labels.phase()) {
                    "Succeeded" => Phase::Succeeded,
                    "Failed" => Phase::Failed,
                    _ => Phase::Live,
                };
                let later = self.phase.is_none_or(|(known_at, known)| {
                    at > known_at.0 || (at == known_at.0 && phase > known)
                });
                if later {
                    self.phase = Some((UnixMillis(at), phase));
                }
            }
        }
    }

    /// The first instant that is known of it.
    pub fn begin(&self) -> Option<UnixMillis> {
        self.created.or(self.scheduled).or(self.acknowledged).or(self.started())
    }

    /// When the task's container began to run.
    pub fn started(&self) -> Option<UnixMillis> {
        self.started.map(|started| started.at)
    }

    /// From its creation until its container ran.
    pub fn start(&self) -> Option<Millis> {
        Some(between(self.begin()?, self.started()?))
    }

    /// How much of its start it waited for a machine. Where nothing says when it was scheduled, the
    /// kubelet's acknowledgement does, which follows at once.
    pub fn waited(&self) -> Option<Millis> {
        let waited = between(self.created?, self.scheduled.or(self.acknowledged)?);
        Some(self.start().map_or(waited, |start| waited.min(start)))
    }

    /// How it ended, if it did.
    pub fn ended(&self) -> Option<Phase> {
        self.phase.map(|(_, phase)| phase).filter(|phase| *phase != Phase::Live)
    }

    /// Whether it has ended. A pod whose sidecar ended has a completion time while it still runs, so
    /// a phase that was seen after it counts more.
    pub fn is_over(&self) -> bool {
        match self.phase {
            Some((at, Phase::Live)) => self.completed.is_some_and(|completed| completed.0 >= at.0),
            Some(_) => true,
            None => self.completed.is_some(),
        }
    }

    /// Whether it went away before anything said that it ended: aborted, evicted, or deleted.
    pub fn is_gone(&self, until: UnixMillis, step: Millis) -> bool {
        let silence = self.last_seen.map(|seen| until.0 - seen.0);
        !self.is_over() && silence.is_some_and(|ms| ms > LOOK_BACK.0 + step.0)
    }
}

/// From one instant to another; clocks of two machines may have the second earlier.
pub(super) fn between(from: UnixMillis, to: UnixMillis) -> Millis {
    Millis(to.0 - from.0).max(Millis::ZERO)
}

fn first(a: Option<UnixMillis>, b: Option<UnixMillis>) -> Option<UnixMillis> {
    a.into_iter().chain(b).reduce(|a, b| UnixMillis(a.0.min(b.0)))
}

fn last(a: Option<UnixMillis>, b: Option<UnixMillis>) -> Option<UnixMillis> {
    a.into_iter().chain(b).reduce(|a, b| UnixMillis(a.0.max(b.0)))
}

/// Which pod has a name: by uid, and by namespace and name.
#[derive(Default)]
struct Names {
    known: Known,
    all: Vec<((Text, Text), usize)>,
    none: usize,
}

impl Names {
    /// The pod of a name, which is `new` where it was not seen.
    fn pod_of(&mut self, name: (Text, Text), new: usize) -> &mut usize {
        let all = &mut self.all;
        let words = [u64::from(name.0.0), u64::from(name.1.0)];
        let number = self
            .known
            .number(hash(&words), &mut |n| all.get(n).is_some_and(|(own, _)| *own == name));
        if number == all.len() {
            all.push((name, new));
        }
        all.get_mut(number).map_or(&mut self.none, |(_, pod)| pod)
    }
}

/// The pods of all series, in the order in which they first appear. A pod is known by its uid; a
/// series that lost it belongs to the pod of that name.
pub(super) fn pods(found: &Found) -> Vec<Pod> {
    let mut pods: Vec<Pod> = Vec::new();
    let mut names = Names::default();
    let with_uid = found.pods.iter().filter(|series| !series.labels.uid().is_empty());
    let without = found.pods.iter().filter(|series| series.labels.uid().is_empty());
    for series in with_uid.chain(without) {
        let labels = &series.labels;
        let name = (labels.namespace(), labels.pod());
        if labels.uid().is_empty() && labels.pod().is_empty() {
            continue;
        }
        let uid = (labels.uid(), Text::EMPTY);
        let key = if labels.uid().is_empty() { name } else { uid };
        let known = *names.pod_of(key, pods.len());
        if !labels.pod().is_empty() {
            *names.pod_of(name, known) = known;
        }
        if known == pods.len() {
            pods.push(Pod::default());
        }
        if let Some(pod) = pods.get_mut(known) {
            let view = found.pod_samples(series);
            pod.labels.fill(labels);
            pod.take(&found.texts, series.metric, labels, view);
            if series.over_range || view.times.len() > 1 {
                let seen = view.iter().last().map(|(time, _)| UnixMillis(time));
                pod.last_seen = last(pod.last_seen, seen);
            }
        }
    }
    pods
}

/// The longest distance between samples that a pod's series have, for a pod that is there all the
/// time: the step of the query.
pub(super) fn step(found: &Found) -> Millis {
    let distances = found.pods.iter().flat_map(|series| {
        found.pod_samples(series).times.windows(2).filter_map(|pair| match pair {
            [earlier, later] => Some(later - earlier),
            _ => None,
        })
    });
    Millis(distances.filter(|ms| *ms > 0.0).fold(f64::INFINITY, f64::min)).min(LOOK_BACK)
}
