//! The four shapes of frames, and what is said of those that cannot be used.

use super::build::{Asked, FieldSpec, FramesBuilder, Values};
use super::*;
use crate::notice::Notices;

const RANGE: TimeRange =
    TimeRange { from: crate::unit::UnixMillis(0.0), to: crate::unit::UnixMillis(60_000.0) };
const TIMES: [f64; 3] = [0.0, 15_000.0, 30_000.0];
const SUM: &str = "flyte:propeller:all:node:queueing_latency_ms_sum";
const LABELS: [(&str, &str); 4] =
    [("__name__", SUM), ("domain", "dev"), ("task", ""), ("wf", "p:dev:w")];

fn found(frames: &mut FramesBuilder, metrics: &[(&str, &str)]) -> Found {
    let metrics =
        metrics.iter().map(|(query, metric)| ((*query).to_owned(), (*metric).to_owned())).collect();
    read(&Profile::flyte1(), frames.build(), RANGE, &metrics).expect("well described")
}

/// Metric, part, workflow and samples of every series.
fn told(found: &Found) -> Vec<String> {
    let profile = Profile::flyte1();
    found
        .series
        .iter()
        .map(|series| {
            let samples: Vec<_> =
                found.samples(series).iter().map(|(t, v)| format!("{v}@{}", t / 1000.0)).collect();
            format!(
                "{} {:?} {} {}",
                profile.metric(series.metric).unwrap().suffix,
                series.part,
                found.texts.get(series.labels.workflow),
                samples.join(" ")
            )
        })
        .collect()
}

const QUEUEING: &str = "node:queueing_latency_ms Sum p:dev:w 1@0 2@15 3@30";

#[test]
fn one_frame_a_series() {
    let frames = &mut FramesBuilder::new();
    frames.series("A", Asked::Range(15_000), &LABELS, &TIMES, &[1.0, 2.0, 3.0]);
    let found = found(frames, &[]);
    assert_eq!(told(&found), [QUEUEING]);
    assert_eq!(found.step, Some(Millis(15_000.0)));
    assert_eq!(found.census.prefixes, ["flyte:propeller:all:"]);
}

#[test]
fn one_wide_frame_with_a_field_a_series() {
    let count = SUM.replace("_sum", "_count");
    let counts = [("__name__", count.as_str()), ("wf", "p:dev:w")];
    let frames = &mut FramesBuilder::new();
    frames.frame(
        ("A", ""),
        Asked::Unsaid,
        &[
            FieldSpec { name: "Time", labels: &[], values: Values::Times(&TIMES) },
            FieldSpec { name: SUM, labels: &LABELS, values: Values::Numbers(&[1.0, 2.0, 3.0]) },
            FieldSpec {
                name: &count,
                labels: &counts,
                values: Values::Numbers(&[1.0, 1.0, f64::NAN]),
            },
        ],
    );
    let found = found(frames, &[]);
    assert_eq!(told(&found), [QUEUEING, "node:queueing_latency_ms Count p:dev:w 1@0 1@15"]);
    assert_eq!(found.step, Some(Millis(15_000.0)), "a range whose fields do not tell the step");
}

#[test]
fn one_long_table_whose_rows_are_in_any_order() {
    let other = SUM.replace("queueing", "transition");
    let names = [SUM, &other, SUM, SUM];
    let frames = &mut FramesBuilder::new();
    frames.frame(
        ("A", ""),
        Asked::Range(15_000),
        &[
            FieldSpec {
                name: "Time",
                labels: &[],
                values: Values::Times(&[30_000.0, 0.0, 0.0, 15_000.0]),
            },
            FieldSpec { name: "__name__", labels: &[], values: Values::Texts(&names) },
            FieldSpec { name: "wf", labels: &[], values: Values::Texts(&["p:dev:w"; 4]) },
            FieldSpec {
                name: "Value",
                labels: &[],
                values: Values::Numbers(&[3.0, 9.0, 1.0, 2.0]),
            },
        ],
    );
    let found = found(frames, &[]);
    assert_eq!(told(&found), [QUEUEING, "node:transition_latency_ms Sum p:dev:w 9@0"]);
    assert_eq!(found.step, Some(Millis(15_000.0)), "a table's fields do not tell the step");
}

#[test]
fn instant_values_with_and_without_a_time() {
    let frames = &mut FramesBuilder::new();
    frames.series("A", Asked::Instant, &LABELS, &[60_000.0], &[7.0]);
    let unsaid = [("__name__", SUM), ("wf", "p:dev:v")];
    let field = FieldSpec { name: SUM, labels: &unsaid, values: Values::Numbers(&[8.0]) };
    frames.frame(("B", ""), Asked::Unsaid, &[field]);
    let found = found(frames, &[]);
    let expected =
        ["node:queueing_latency_ms Sum p:dev:w 7@60", "node:queueing_latency_ms Sum p:dev:v 8@60"];
    assert_eq!(told(&found), expected);
    assert_eq!(found.step, None);
}

#[test]
fn columns_of_several_queries_in_one_table_are_known_by_their_query() {
    let frames = &mut FramesBuilder::new();
    let texts = FieldSpec { name: "wf", labels: &[], values: Values::Texts(&["p:dev:w"]) };
    let value = |name| FieldSpec { name, labels: &[], values: Values::Numbers(&[5.0]) };
    frames.frame(
        ("queueing_sum", ""),
        Asked::Unsaid,
        &[texts, value("Value #queueing_sum"), value("Value #B")],
    );
    frames.series("B", Asked::Instant, &[], &[], &[]);
    let told = told(&found(frames, &[("B", "queueing_count")]));
    assert_eq!(
        told,
        [
            "node:queueing_latency_ms Sum p:dev:w 5@60",
            "node:queueing_latency_ms Count p:dev:w 5@60"
        ]
    );
}

#[test]
fn a_lost_name_is_found_in_the_options_then_the_ref_id_then_the_legend() {
    for (ref_id, metrics) in [("A", vec![("A", "queueing_sum")]), ("queueing_sum", vec![])] {
        let frames = &mut FramesBuilder::new();
        frames.series(ref_id, Asked::Range(15_000), &LABELS[1..], &TIMES, &[1.0, 2.0, 3.0]);
        assert_eq!(told(&found(frames, &metrics)), [QUEUEING], "{ref_id}");
    }
}

#[test]
fn a_lost_name_that_nothing_tells_is_reported_with_its_query() {
    let frames = &mut FramesBuilder::new();
    frames.series("A", Asked::Range(15_000), &LABELS[1..], &TIMES, &[1.0, 2.0, 3.0]);
    let found = found(frames, &[("B", "latency")]);
    assert_eq!(found.series.len(), 0);
    let mut notices = Notices::default();
    found.census.report(&Profile::flyte1(), &mut notices);
    let texts: Vec<_> = notices.into_sorted().into_iter().map(|notice| notice.text).collect();
    assert!(texts[0].contains("“B = latency” names no known metric"), "{texts:?}");
    assert!(texts[1].starts_with("Query A returned series without a metric name"), "{texts:?}");
}

#[test]
fn samples_out_of_order_are_put_in_order_and_of_two_at_once_the_first_counts() {
    let frames = &mut FramesBuilder::new();
    let times = [30_000.0, 0.0, 15_000.0, 15_000.0];
    frames.series("A", Asked::Range(15_000), &LABELS, &times, &[3.0, 1.0, 2.0, 9.0]);
    assert_eq!(told(&found(frames, &[])), [QUEUEING]);
}

#[test]
fn the_same_series_of_two_queries_is_counted_once() {
    let frames = &mut FramesBuilder::new();
    frames.series("A-Instant", Asked::Instant, &LABELS, &[60_000.0], &[3.0]);
    frames.series("A", Asked::Range(15_000), &LABELS, &TIMES, &[1.0, 2.0, 3.0]);
    frames.series("B", Asked::Range(15_000), &LABELS, &TIMES, &[1.0, 2.0, 3.0]);
    let found = found(frames, &[]);
    assert_eq!(told(&found), [QUEUEING]);
    assert_eq!(found.census.repeated, 2);
}

#[test]
fn quantiles_unlabelled_twins_and_strangers_are_counted_apart() {
    let frames = &mut FramesBuilder::new();
    let quantile =
        [("__name__", "flyte:propeller:all:node:queueing_latency_ms"), ("quantile", "0.5")];
    let twin = [("__name__", "flyte:propeller:all:node:queueing_latency_unlabeled_ms_sum")];
    frames.series("A", Asked::Range(15_000), &quantile, &TIMES, &[f64::NAN; 3]);
    frames.series("A", Asked::Range(15_000), &twin, &TIMES, &[0.0; 3]);
    frames.series("A", Asked::Range(15_000), &[("__name__", "up")], &TIMES, &[1.0; 3]);
    frames.series("A", Asked::Range(15_000), &[], &[], &[]);
    let census = found(frames, &[]).census;
    assert_eq!((census.series, census.quantiles, census.unlabelled), (3, 1, 1));
    assert_eq!(census.unknown, ["up"]);
    assert_eq!(census.samples, 9);
}

#[test]
fn what_a_query_subtracts_or_increases_is_an_increase_and_a_rate_is_refused() {
    let growth = |expression: &str, name: &str| {
        let frames = &mut FramesBuilder::new();
        let labels = [("__name__", name), ("wf", "p:dev:w")];
        let labels = if name.is_empty() { &labels[1..] } else { &labels[..] };
        frames.frame(
            ("queueing_sum", expression),
            Asked::Range(15_000),
            &[
                FieldSpec { name: "Time", labels: &[], values: Values::Times(&TIMES) },
                FieldSpec { name: "Value", labels, values: Values::Numbers(&[1.0, 2.0, 3.0]) },
            ],
        );
        let found = found(frames, &[]);
        (found.series.first().map(|series| series.growth), found.census.rates.len())
    };
    assert_eq!(growth("Expr: sum by (wf) (increase(x_sum[1m]))", ""), (Some(Growth::Increase), 0));
    assert_eq!(growth("Expr: x_sum - x_sum offset 15s", ""), (Some(Growth::Increase), 0));
    assert_eq!(growth("Expr: sum by (wf) (x_sum)", ""), (Some(Growth::Counter), 0));
    assert_eq!(growth("Expr: sum by (wf) (rate(x_sum[1m]))", ""), (None, 1));
    assert_eq!(
        growth("Expr: last_over_time(x_sum[1d]) unless x_sum offset 1d", SUM),
        (Some(Growth::Counter), 0)
    );
}
