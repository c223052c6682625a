//! Why a row is not known better, and what would bring that: a short sentence each.

use crate::series::ALLOW_LIST;

/// What stands between a row and a better tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks(u16);

impl Lacks {
    /// The user asked for this row, whatever better ones there may be.
    pub const CHOSEN: Self = Self(1);
    /// Every value is of one instant, so nothing tells when a counter grew.
    pub const AT_INSTANT: Self = Self(1 << 1);
    /// Counts are not whole numbers, so they count no runs.
    pub const NOT_WHOLE: Self = Self(1 << 2);
    /// No series tells when runs begin.
    pub const NO_BEGINS: Self = Self(1 << 3);
    /// No series tells when runs end.
    pub const NO_ENDS: Self = Self(1 << 4);
    /// No run began in the range, or none ended.
    pub const NO_WHOLE_RUN: Self = Self(1 << 5);
    /// Several runs were under way at once.
    pub const OVERLAP: Self = Self(1 << 6);
    /// No series carries the execution's id.
    pub const NO_EXECUTION_ID: Self = Self(1 << 7);
    /// No series carries the node.
    pub const NO_NODES: Self = Self(1 << 8);
    /// No pod is among the series.
    pub const NO_PODS: Self = Self(1 << 9);
    /// Pods of others are among the series, but none of the row's.
    pub const NO_OWN_PODS: Self = Self(1 << 12);
    /// Pods are, but nothing tells their execution.
    pub const PODS_WITHOUT_EXECUTION: Self = Self(1 << 10);
    /// Two labels that lack are one sentence.
    const NO_LABELS: Self = Self(1 << 11);

    /// Adds a lack, or several.
    pub fn add(&mut self, lack: Self) {
        self.0 |= lack.0;
    }

    /// Whether a lack is there.
    #[must_use]
    pub fn has(self, lack: Self) -> bool {
        self.0 & lack.0 != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is said of them: nothing else where the user asked for the row.
    fn said(self) -> Self {
        let labels = Self::NO_EXECUTION_ID.0 | Self::NO_NODES.0;
        if self.has(Self::CHOSEN) {
            Self::CHOSEN
        } else if self.0 & labels == labels {
            Self(self.0 & !labels | Self::NO_LABELS.0)
        } else {
            self
        }
    }
}

/// How propeller is told to label executions and nodes
/// (`flytepropeller/pkg/controller/config/config.go:116`), which flyte-binary ignores
/// (`cmd/single/start.go:250-256`).
const METRICS_KEYS: &str = " among the labels: add to propeller.metrics-keys (flyte-core; those of flyte-binary are fixed).";

/// Each with the parts of its sentence.
const SENTENCES: [(Lacks, &[&str]); 13] = [
    (Lacks::CHOSEN, &["The option “One row for” asks for this row, whatever else the data tells."]),
    (
        Lacks::AT_INSTANT,
        &["Asked for at one instant: ask for the counters over the range, to tell runs apart."],
    ),
    (
        Lacks::NOT_WHOLE,
        &["Counts are not whole, as increase() extrapolates: ask for the counters themselves."],
    ),
    (
        Lacks::NO_BEGINS,
        &["Nothing tells when runs begin: query workflow:acceptance_latency_ms, _sum and _count."],
    ),
    (
        Lacks::NO_ENDS,
        &["Nothing tells when runs end: query workflow:success_duration_ms and \
           workflow:failure_duration_ms, _sum and _count."],
    ),
    (Lacks::NO_WHOLE_RUN, &["No run both began and ended in the time range: choose a longer one."]),
    (
        Lacks::OVERLAP,
        &[
            "Runs were under way at once, and only the order of scrapes tells them apart: scrape and \
           query in shorter steps.",
        ],
    ),
    (Lacks::NO_LABELS, &["No exec_id and no node", METRICS_KEYS]),
    (Lacks::NO_EXECUTION_ID, &["No exec_id", METRICS_KEYS]),
    (Lacks::NO_NODES, &["No node", METRICS_KEYS]),
    (
        Lacks::NO_PODS,
        &[
            "No pods: query kube_pod_labels and their times; start kube-state-metrics with ",
            ALLOW_LIST,
            ".",
        ],
    ),
    (Lacks::NO_OWN_PODS, &["None of the pods that came is its own: query those of its namespace."]),
    (
        Lacks::PODS_WITHOUT_EXECUTION,
        &["Pods tell no execution: start kube-state-metrics with ", ALLOW_LIST, "."],
    ),
];

/// What there is to say of a row, what the query can bring first.
#[must_use]
pub fn sentences(lacks: Lacks) -> Vec<String> {
    let said = SENTENCES.iter().filter(|(lack, _)| lacks.said().has(*lack));
    said.map(|(_, parts)| parts.concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_labels_that_lack_are_one_sentence_and_a_choice_needs_no_other() {
        let mut lacks = Lacks::default();
        lacks.add(Lacks::NO_EXECUTION_ID);
        lacks.add(Lacks::OVERLAP);
        assert_eq!(sentences(lacks).len(), 2);
        lacks.add(Lacks::NO_NODES);
        let said = sentences(lacks);
        assert_eq!(said.len(), 2);
        assert!(said[1].starts_with("No exec_id and no node among the labels: add"), "{said:?}");
        lacks.add(Lacks::CHOSEN);
        assert_eq!(sentences(lacks).len(), 1);
    }
}
