//! Why there is no row, and what to do about it.

use crate::notice::{count, list};
use crate::order;
use crate::profile::Profile;
use crate::series::{ALLOW_LIST, Found, Part, PodMetric};
use crate::tier::LeftOut;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Reason {
    /// The queries returned no series at all.
    NoData,
    /// Series came, but of no metric of the profile.
    NoFlyteMetrics,
    /// Only the twins without labels came.
    OnlyUnlabelled,
    /// Only quantiles came.
    OnlyQuantiles,
    /// No series carries a name, and no query is called anything known.
    NoNames,
    /// Pods came, but without the label that tells their execution.
    NoPodLabels,
    /// The right series came, but nothing happened in them.
    NoSamples,
    /// All executions ended before the range.
    OutOfRange,
}

/// An empty panel, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Empty {
    /// What is missing.
    pub reason: Reason,
    /// The same in a few words.
    pub title: String,
    /// What was found, what was not, and the setting that brings it.
    pub details: Vec<String>,
}

/// Explains why the series made no row.
#[must_use]
pub fn empty(profile: &Profile, found: &Found, left_out: LeftOut) -> Empty {
    let census = &found.census;
    let series = count(census.series, "series", "series");
    let wanted = format!(
        "The panel reads the _sum and _count of Flyte's latency metrics, such as {}.",
        profile.example
    );
    let (reason, title, details) = if census.series == 0 {
        (
            Reason::NoData,
            "The queries returned no series",
            vec![
                wanted,
                "Check that the time range holds executions, that the filters match a workflow, and \
                 that Prometheus scrapes flytepropeller (port 10254, path /metrics)."
                    .to_owned(),
            ],
        )
    } else if !found.series.is_empty() {
        return without_rows(profile, found, left_out);
    } else if !found.pods.is_empty() {
        return without_executions(found, left_out);
    } else if census.unlabelled > 0 {
        (
            Reason::OnlyUnlabelled,
            "Only metrics without labels were found",
            vec![
                format!("All {series} are “…_unlabeled_…” twins, which hold every workflow in one number."),
                "Query the labelled metrics, without “_unlabeled” in the name. Flyte exposes them from \
                 the first execution on after flytepropeller started."
                    .to_owned(),
            ],
        )
    } else if census.quantiles > 0 {
        (
            Reason::OnlyQuantiles,
            "Only quantiles were found",
            vec![
                "Quantiles of a Prometheus summary can be neither added nor averaged, and read NaN ten \
                 minutes after the last observation."
                    .to_owned(),
                wanted,
            ],
        )
    } else if !census.nameless.is_empty() && census.unknown.is_empty() {
        let queries: Vec<&str> = census.nameless.iter().map(String::as_str).collect();
        (
            Reason::NoNames,
            "The series carry no metric name",
            vec![
                format!("{series} came from {}, without a name: functions and aggregations drop it.", list(&queries, 5)),
                "Rename each query to what it returns (“acceptance_sum”, “queueing_count”), or say it in \
                 the option “Metric of a query”."
                    .to_owned(),
            ],
        )
    } else {
        let names = list(&census.unknown_names(), 5);
        let found =
            if census.unknown.is_empty() { series } else { format!("{series} came: {names}.") };
        (Reason::NoFlyteMetrics, "No Flyte metric was found", vec![found, wanted])
    };
    Empty { reason, title: title.to_owned(), details }
}

/// Series of pods came and no others, but no row could be made.
fn without_executions(found: &Found, left_out: LeftOut) -> Empty {
    let mut names: Vec<&str> = found.pods.iter().map(|series| series.metric.name()).collect();
    order::distinct(&mut names);
    let came = format!("Found: {}.", list(&names, 7));
    if left_out.ended_before > 0 {
        return out_of_range(left_out.ended_before, came);
    }
    if left_out.pods_without_execution > 0 {
        let asked = found.pods.iter().any(|series| series.metric == PodMetric::Labels);
        let query = if asked { "" } else { "Query kube_pod_labels, too. " };
        return Empty {
            reason: Reason::NoPodLabels,
            title: "No pod tells its execution".to_owned(),
            details: vec![
                format!("{query}Start kube-state-metrics with {ALLOW_LIST}."),
                "Pods that were there before are labelled from its next scrape on.".to_owned(),
                came,
            ],
        };
    }
    Empty {
        reason: Reason::NoSamples,
        title: "No execution in the time range".to_owned(),
        details: vec![
            "No pod with a time was there. Query kube_pod_labels, kube_pod_created, \
             kube_pod_container_state_started and kube_pod_completion_time."
                .to_owned(),
            came,
        ],
    }
}

fn out_of_range(ended_before: usize, came: String) -> Empty {
    let executions = count(ended_before, "execution", "executions");
    Empty {
        reason: Reason::OutOfRange,
        title: "Nothing ended in the time range".to_owned(),
        details: vec![format!("{executions} ended before it. Choose a longer range."), came],
    }
}

/// The right metrics came, but no row could be made.
fn without_rows(profile: &Profile, found: &Found, left_out: LeftOut) -> Empty {
    let mut names: Vec<&str> = found
        .series
        .iter()
        .filter_map(|series| profile.metric(series.metric))
        .map(|metric| metric.suffix.as_ref())
        .collect();
    order::distinct(&mut names);
    let came = format!("Found: {}.", list(&names, 12));
    if left_out.ended_before > 0 {
        return out_of_range(left_out.ended_before, came);
    }
    let mut details = vec![came];
    if !found.series.iter().any(|series| series.part == Part::Sum) {
        details.push("No _sum is among them, and only sums hold time.".to_owned());
    } else if found.step.is_some() {
        details.push(
            "None of these counters grew within the time range. A counter needs two samples in it: \
             choose a longer range, or wait for an execution."
                .to_owned(),
        );
    } else {
        details.push("None of them holds a value at this instant.".to_owned());
    }
    Empty { reason: Reason::NoSamples, title: "No execution in the time range".to_owned(), details }
}
