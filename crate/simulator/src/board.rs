//! Metrics of one process by name: what promutils registers and what is observed under it, for
//! metrics that are told nothing of the stages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cell::Cell;
use crate::series::{Family, FamilyKind, Label, Series};
use crate::time::UnixMillis;

/// Which labels a metric has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    /// None: it is exposed from the first moment.
    Plain,
    /// The process's metric keys.
    Keys,
    /// The process's metric keys, and an `_unlabeled` twin that is exposed from the first moment.
    KeysAndTwin,
    /// The process's metric keys, a twin, and the label `failure_type`, which the twin has, too.
    KeysAndFailureType,
    /// Its own.
    Own(&'static [&'static str]),
}

/// A metric as it is registered, without the process's prefix.
#[derive(Debug, Clone)]
pub(crate) struct Spec {
    pub name: Cow<'static, str>,
    /// What promutils adds to the name of a stop watch.
    pub unit: Option<&'static str>,
    pub kind: FamilyKind,
    pub labels: Labels,
    pub help: Cow<'static, str>,
}

impl Spec {
    pub(crate) const fn new(
        kind: FamilyKind,
        name: &'static str,
        unit: Option<&'static str>,
        labels: Labels,
        help: &'static str,
    ) -> Self {
        Self { name: Cow::Borrowed(name), unit, kind, labels, help: Cow::Borrowed(help) }
    }

    fn full(&self, twin: &str) -> String {
        let unit = self.unit.map(|unit| format!("_{unit}")).unwrap_or_default();
        format!("{}{twin}{unit}", self.name)
    }
}

/// One value for one metric: by its full name, and what the context of its labels knows.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub name: Cow<'static, str>,
    pub context: Vec<(&'static str, Arc<str>)>,
    pub value: f64,
}

/// Values of labels, in the order of the labels' names.
type Values = Vec<Arc<str>>;

#[derive(Debug)]
struct Entry {
    family: Arc<Family>,
    keys: Vec<&'static str>,
    twin: Option<(Arc<Family>, Vec<&'static str>)>,
}

/// The metrics of a process.
#[derive(Debug)]
pub(crate) struct Board {
    target: Arc<[Label]>,
    entries: BTreeMap<String, Entry>,
    /// In the order of an exposition: by the family's name, then by the labels' values.
    cells: BTreeMap<(String, Values), Cell>,
}

impl Board {
    /// A process that has just started.
    pub(crate) fn new(
        keys: &'static [&'static str],
        prefix: &str,
        specs: &[Spec],
        target: &Arc<[Label]>,
    ) -> Self {
        let mut board =
            Self { target: Arc::clone(target), entries: BTreeMap::new(), cells: BTreeMap::new() };
        for spec in specs {
            board.register(keys, prefix, spec);
        }
        board
    }

    fn register(&mut self, process_keys: &'static [&'static str], prefix: &str, spec: &Spec) {
        let family = |twin: &str| {
            Arc::new(Family {
                name: format!("{prefix}{}", spec.full(twin)),
                help: spec.help.clone(),
                kind: spec.kind,
                on_timeline: false,
            })
        };
        let mut keys: Vec<&'static str> = match spec.labels {
            Labels::Plain => Vec::new(),
            Labels::Own(keys) => keys.to_vec(),
            Labels::Keys | Labels::KeysAndTwin => process_keys.to_vec(),
            Labels::KeysAndFailureType => [process_keys, &["failure_type"]].concat(),
        };
        keys.sort_unstable();
        keys.dedup();
        let twin = match spec.labels {
            Labels::KeysAndTwin => Some((family("_unlabeled"), Vec::new())),
            Labels::KeysAndFailureType => Some((family("_unlabeled"), vec!["failure_type"])),
            _ => None,
        };
        let entry = Entry { family: family(""), keys, twin };
        // A vector shows nothing before its first value.
        let plain = entry.keys.is_empty().then_some(&entry.family);
        let twin = entry.twin.as_ref().filter(|(_, keys)| keys.is_empty()).map(|(twin, _)| twin);
        for family in plain.into_iter().chain(twin) {
            let cell = Cell::new(family, &Arc::from([]), &self.target);
            self.cells.insert((family.name.clone(), Vec::new()), cell);
        }
        self.entries.insert(spec.full(""), entry);
    }

    /// Takes a value in; one for a metric that was never registered is ignored.
    pub(crate) fn add(&mut self, at: UnixMillis, mark: &Mark) {
        let Some(Entry { family, keys, twin }) = self.entries.get(&*mark.name) else { return };
        let labelled = [(family, keys)].into_iter();
        for (family, keys) in labelled.chain(twin.as_ref().map(|(family, keys)| (family, keys))) {
            let values: Values = keys
                .iter()
                .map(|key| {
                    let known = mark.context.iter().find(|(name, _)| name == key);
                    known.map_or_else(|| Arc::from(""), |(_, value)| Arc::clone(value))
                })
                .collect();
            let target = &self.target;
            self.cells
                .entry((family.name.clone(), values))
                .or_insert_with_key(|(_, values)| {
                    let labels = keys.iter().copied().zip(values.iter().cloned()).collect();
                    Cell::new(family, &labels, target)
                })
                .add(at, mark.value);
        }
    }

    /// Gives every series and its value at `now` to `each`, in the order of an exposition.
    pub(crate) fn visit(&mut self, now: UnixMillis, mut each: impl FnMut(&Arc<Series>, f64)) {
        for cell in self.cells.values_mut() {
            cell.visit(now, true, &mut each);
        }
    }

    #[cfg(test)]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["project", "wf"];

    fn shown(board: &mut Board) -> Vec<String> {
        let mut lines = Vec::new();
        board.visit(0, |series, value| {
            let labels: Vec<String> =
                series.exposed().map(|(name, value)| format!("{name}={value}")).collect();
            lines.push(format!("{}{{{}}} {value}", series.name(), labels.join(",")));
        });
        lines
    }

    #[test]
    fn a_vector_appears_with_its_first_value_and_a_twin_is_there_from_the_start() {
        let specs = [
            Spec::new(FamilyKind::Counter, "stale", None, Labels::KeysAndTwin, "."),
            Spec::new(FamilyKind::Gauge, "free", None, Labels::Plain, "."),
            Spec::new(FamilyKind::Counter, "read_failure", None, Labels::KeysAndFailureType, "."),
        ];
        let mut board = Board::new(KEYS, "p:", &specs, &Arc::from([]));
        assert_eq!(shown(&mut board), ["p:free{} 0", "p:stale_unlabeled{} 0"]);
        let mark = |name: &'static str, value| Mark {
            name: name.into(),
            context: vec![("wf", "a".into()), ("failure_type", "x".into())],
            value,
        };
        for mark in [mark("stale", 1.0), mark("stale", 1.0), mark("free", 7.0), mark("no", 1.0)] {
            board.add(0, &mark);
        }
        board.add(0, &mark("read_failure", 1.0));
        assert_eq!(
            shown(&mut board),
            [
                "p:free{} 7",
                "p:read_failure{failure_type=x,project=,wf=a} 1",
                "p:read_failure_unlabeled{failure_type=x} 1",
                "p:stale{project=,wf=a} 2",
                "p:stale_unlabeled{} 2",
            ]
        );
    }

    #[test]
    fn a_histogram_counts_in_every_bucket_that_holds_the_value() {
        let specs = [Spec::new(FamilyKind::Histogram, "wait", None, Labels::Plain, ".")];
        let mut board = Board::new(KEYS, "", &specs, &Arc::from([]));
        board.add(0, &Mark { name: "wait".into(), context: Vec::new(), value: 0.3 });
        let lines = shown(&mut board);
        assert_eq!(lines.len(), 14);
        let has = |line: &str| lines.iter().any(|shown| shown == line);
        assert!(has("wait_bucket{le=0.25} 0") && has("wait_bucket{le=0.5} 1"));
        assert!(has("wait_bucket{le=+Inf} 1") && has("wait_sum{} 0.3") && has("wait_count{} 1"));
    }
}
