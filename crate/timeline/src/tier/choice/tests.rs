//! What the user asks for, what the data can follow of it, and what each row says would make it better.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::profile::Profile;
use crate::run::{Kind, Notes, Tier};
use crate::series::build::{Asked, FramesBuilder};
use crate::tier::Choice;
use crate::tier::tests::{FROM, GRID, STEP, TO, ended, execution, load_as, stages, summary};
use crate::unit::{Millis, TimeRange, UnixMillis};
use crate::{Loaded, Request, Timeline};

const SUCCEEDED: &str = "workflow:success_duration_ms";
const ACCEPTED: &str = "workflow:acceptance_latency_ms";
const ALL: [Choice; 6] = [
    Choice::Best,
    Choice::Execution,
    Choice::Pods,
    Choice::Increments,
    Choice::Means,
    Choice::Trend,
];

fn notices(loaded: &Loaded) -> Vec<&str> {
    loaded.notices.iter().map(|notice| notice.text.as_str()).collect()
}

/// One run of a workflow, alone in its life, as counters over the range tell it.
fn counters(frames: &mut FramesBuilder) {
    let labels = [("project", "p"), ("domain", "d"), ("wf", "p:d:w"), ("instance", "a")];
    let (before, after) = ([0.0, 0.0, 0.0, 900.0, 900.0], [0.0, 0.0, 0.0, 1.0, 1.0]);
    summary(frames, STEP, ACCEPTED, &labels, &GRID, &before, &after);
    summary(frames, STEP, SUCCEEDED, &labels, &GRID, &before, &after);
}

/// One pod, which ran for 20 s in the range.
fn pod(frames: &mut FramesBuilder, execution: &str) {
    let labels = |name| {
        [
            ("__name__", name),
            ("namespace", "p-d"),
            ("pod", "x-n0-0"),
            ("uid", "u1"),
            ("label_execution_id", execution),
            ("label_workflow_name", "w"),
            ("label_node_id", "n0"),
        ]
    };
    for (name, value) in [
        ("kube_pod_labels", 1.0),
        ("kube_pod_created", FROM / 1_000.0 + 10.0),
        ("kube_pod_completion_time", FROM / 1_000.0 + 30.0),
    ] {
        frames.series("P", Asked::Instant, &labels(name), &[TO], &[value]);
    }
}

fn rows(timeline: &Timeline) -> Vec<(Tier, Kind, f64)> {
    let runs = &timeline.runs().runs;
    runs.iter().map(|run| (run.tier, run.kind, run.runs)).collect()
}

#[test]
fn the_mean_of_executions_is_what_all_of_them_took_over_how_many_they_are() {
    let frames = &mut FramesBuilder::new();
    for (id, took) in [("f1", 72_100.0), ("f2", 92_100.0)] {
        execution(frames, id, Some((SUCCEEDED, took)));
        ended(frames, id, 1_040_000.0);
    }
    execution(frames, "f3", None);
    let (timeline, loaded) = load_as(frames, Choice::Means);
    assert_eq!(rows(&timeline), [(Tier::Average, Kind::Mean, 2.0)]);
    let measured = 1_120.0 + 1_370.0 + 840.0 + 67_720.0;
    assert_eq!(
        stages(&timeline, 0),
        [
            ("acceptance".into(), 1_120.0),
            ("transition".into(), 1_370.0),
            ("queueing".into(), 840.0),
            ("pod-start".into(), 9_430.0),
            ("task".into(), 58_290.0),
            ("unattributed".into(), 83_220.0 - measured)
        ]
    );
    let nodes: Vec<&str> = {
        let runs = timeline.runs();
        runs.pieces(&runs.runs[0]).iter().map(|piece| runs.texts.get(piece.node)).collect()
    };
    assert_eq!(nodes, ["", "n0", "n0", "n0", "n0", "n1", "n1", "n1", "n1", "end-node", ""]);
    let row = timeline.rows(0, 1).remove(0);
    assert!(row.tier_text.ends_with("each known by its id."), "{}", row.tier_text);
    assert!(row.better[0].starts_with("The option “One row for” asks"), "{:?}", row.better);
    assert_eq!(notices(&loaded), ["1 execution that still runs left out of the means."]);
}

#[test]
fn a_trend_of_executions_has_each_in_the_stretch_in_which_it_ended() {
    let frames = &mut FramesBuilder::new();
    // The range begins 40 s after a full minute and ends 40 s after the next.
    for (id, at) in [("f1", 1_010_000.0), ("f2", 1_020_000.0), ("f3", 1_021_000.0)] {
        execution(frames, id, Some((SUCCEEDED, 72_100.0)));
        ended(frames, id, at);
    }
    let (timeline, _) = load_as(frames, Choice::Trend);
    let spans: Vec<_> = timeline
        .runs()
        .runs
        .iter()
        .map(|run| (run.begin.unwrap().0, run.end.unwrap().0, run.runs))
        .collect();
    assert_eq!(spans, [(1_000_000.0, 1_020_000.0, 2.0), (1_020_000.0, 1_060_000.0, 1.0)]);
}

#[test]
fn what_the_data_cannot_follow_is_said_and_shown_as_well_as_it_can_be() {
    for (choice, shown, told) in [
        (Choice::Execution, Tier::Increment, "cannot be shown by execution id: that takes exec_id"),
        (Choice::Pods, Tier::Increment, "cannot be shown by pods: that takes kube_pod_labels"),
    ] {
        let frames = &mut FramesBuilder::new();
        counters(frames);
        let (timeline, loaded) = load_as(frames, choice);
        assert_eq!(rows(&timeline), [(shown, Kind::Run, 1.0)]);
        let [notice] = notices(&loaded)[..] else { panic!("{:?}", loaded.notices) };
        assert!(notice.contains("“p:d:w”") && notice.contains(told), "{notice}");
    }
    let frames = &mut FramesBuilder::new();
    summary(frames, Asked::Instant, SUCCEEDED, &[("wf", "p:d:w")], &[TO], &[9e3], &[3.0]);
    let data = frames.build();
    for choice in [Choice::Increments, Choice::Trend] {
        let mut timeline = Timeline::default();
        let request = Request { choice, ..Request::default() };
        let loaded = timeline.load(data.clone(), &request).expect("well described");
        assert_eq!(rows(&timeline), [(Tier::Average, Kind::Mean, 3.0)]);
        assert!(notices(&loaded)[0].contains("cannot be shown as"), "{:?}", loaded.notices);
    }
}

#[test]
fn executions_of_which_none_ended_stay_as_they_are_where_means_are_asked_for() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", None);
    let (timeline, loaded) = load_as(frames, Choice::Means);
    assert_eq!(rows(&timeline), [(Tier::Execution, Kind::Run, 1.0)]);
    assert!(notices(&loaded)[0].contains("cannot be shown as means: no run of theirs ended"));
}

#[test]
fn a_choice_that_the_data_follows_is_not_worth_a_word() {
    for (choice, tier) in [
        (Choice::Best, Tier::Increment),
        (Choice::Increments, Tier::Increment),
        (Choice::Means, Tier::Average),
        (Choice::Trend, Tier::Average),
    ] {
        let frames = &mut FramesBuilder::new();
        counters(frames);
        let (timeline, loaded) = load_as(frames, choice);
        assert_eq!(timeline.runs().runs[0].tier, tier);
        assert_eq!(notices(&loaded), [""; 0]);
    }
}

#[test]
fn an_execution_that_pods_and_counters_know_is_shown_by_whichever_is_asked_for() {
    let tiers = |choice| {
        let frames = &mut FramesBuilder::new();
        execution(frames, "f1", Some((SUCCEEDED, 72_100.0)));
        ended(frames, "f1", 1_040_000.0);
        pod(frames, "f1");
        rows(&load_as(frames, choice).0)
    };
    assert_eq!(tiers(Choice::Execution), [(Tier::Execution, Kind::Run, 1.0)]);
    assert_eq!(tiers(Choice::Pods), [(Tier::Pod, Kind::Run, 1.0)]);
}

#[test]
fn a_workflow_that_pods_and_counters_tell_is_shown_by_one_of_them_if_that_is_asked_for() {
    for (choice, expected) in [
        (Choice::Best, vec![Tier::Increment, Tier::Pod]),
        (Choice::Pods, vec![Tier::Pod]),
        (Choice::Increments, vec![Tier::Increment]),
        (Choice::Means, vec![Tier::Average]),
    ] {
        let frames = &mut FramesBuilder::new();
        counters(frames);
        pod(frames, "f1");
        let (timeline, loaded) = load_as(frames, choice);
        let runs = &timeline.runs().runs;
        assert_eq!(runs.iter().map(|run| run.tier).collect::<Vec<_>>(), expected);
        let twice = runs.iter().any(|run| run.notes.has(Notes::COUNTED_TOO));
        assert_eq!(twice, choice == Choice::Best);
        let task = loaded.stages.iter().find(|stage| stage.id == "task").unwrap();
        let by_pods = if choice == Choice::Pods { 20e3 } else { 0.0 };
        assert_eq!(task.total, Millis(by_pods), "{choice:?}");
    }
}

#[test]
fn a_row_says_what_would_make_it_better() {
    let labels = [("wf", "p:d:w"), ("instance", "a")];
    let steady = [1.0; 5];
    let (sum, count) = ([0.0, 0.0, 9e3, 9e3, 9e3], [0.0, 0.0, 1.0, 1.0, 1.0]);
    let better = |add: &dyn Fn(&mut FramesBuilder)| -> Vec<String> {
        let frames = &mut FramesBuilder::new();
        add(frames);
        load_as(frames, Choice::Best).0.rows(0, 1).remove(0).better
    };
    let starts = |said: &[String], with: &str| said.iter().any(|text| text.starts_with(with));

    let said = better(&|frames| summary(frames, STEP, SUCCEEDED, &labels, &GRID, &sum, &count));
    assert!(starts(&said, "Nothing tells when runs begin"), "{said:?}");
    assert!(starts(&said, "No exec_id among the labels"), "{said:?}");
    assert!(starts(&said, "No pods: query kube_pod_labels"), "{said:?}");

    let said = better(&|frames| {
        summary(frames, STEP, SUCCEEDED, &labels, &GRID, &sum, &count);
        summary(frames, STEP, ACCEPTED, &labels, &GRID, &steady, &steady);
    });
    assert!(starts(&said, "No run both began and ended"), "{said:?}");

    let said = better(&|frames| summary(frames, STEP, ACCEPTED, &labels, &GRID, &sum, &count));
    assert!(starts(&said, "Nothing tells when runs end"), "{said:?}");

    let said = better(&|frames| {
        summary(frames, STEP, SUCCEEDED, &labels, &GRID, &sum, &[0.0, 0.0, 1.3, 1.3, 1.3]);
    });
    assert!(starts(&said, "Counts are not whole"), "{said:?}");

    let said = better(&|frames| {
        summary(frames, Asked::Instant, SUCCEEDED, &labels, &[TO], &[9e3], &[3.0]);
    });
    assert!(starts(&said, "Asked for at one instant"), "{said:?}");

    let said = better(&|frames| {
        let two = [0.0, 0.0, 2.0, 2.0, 2.0];
        summary(frames, STEP, ACCEPTED, &labels, &GRID, &sum, &two);
        summary(
            frames,
            STEP,
            SUCCEEDED,
            &labels,
            &GRID,
            &[0.0, 0.0, 0.0, 9e3, 9e3],
            &[0.0, 0.0, 0.0, 2.0, 2.0],
        );
    });
    assert!(starts(&said, "Runs were under way at once"), "{said:?}");

    let said = better(&|frames| {
        execution(frames, "f1", Some((SUCCEEDED, 72_100.0)));
        pod(frames, "f1");
    });
    assert_eq!(said, [""; 0], "nothing is better than that");
}

#[test]
fn quantiles_stand_beside_the_mean_as_what_each_process_says_and_are_never_added_up() {
    let frames = &mut FramesBuilder::new();
    counters(frames);
    let metric = "flyte:propeller:all:node:queueing_latency_ms";
    for (instance, quantile, node, values) in [
        ("a", "0.5", "n0", [100.0, 420.0, f64::NAN, f64::NAN, f64::NAN]),
        ("a", "0.99", "n0", [200.0; 5]),
        ("b", "0.5", "n0", [1_300.0; 5]),
        ("b", "0.99", "n0", [f64::NAN; 5]),
    ] {
        let whose = [("wf", "p:d:w"), ("project", "p"), ("domain", "d"), ("node", node)];
        let own = [("__name__", metric), ("instance", instance), ("quantile", quantile)];
        frames.series("A", STEP, &[&whose[..], &own[..]].concat(), &GRID, &values);
    }
    let data = frames.build();
    let of = |choice| {
        let mut timeline = Timeline::default();
        let range = TimeRange { from: UnixMillis(FROM), to: UnixMillis(TO) };
        timeline.load(data.clone(), &Request { range, choice, ..Request::default() }).unwrap();
        timeline.rows(0, 1).remove(0)
    };
    let row = of(Choice::Means);
    assert_eq!(
        row.quantiles,
        [
            "node:queueing_latency_ms of n0 at a: p50 0.4 s, p99 0.2 s",
            "node:queueing_latency_ms of n0 at b: p50 1.3 s"
        ]
    );
    assert!(row.stages.iter().all(|stage| stage.id != "queueing"), "they are no time");
    assert_eq!(of(Choice::Best).quantiles, [""; 0], "a single run has none");
}

const QUARTER: f64 = 900_000.0;
const SCRAPES: usize = 97;

/// Increments of one workflow: scrape, which metric, observations, ms.
fn increments() -> impl Strategy<Value = Vec<(usize, &'static str, u8, u32)>> {
    let metric = select(vec![
        ACCEPTED,
        SUCCEEDED,
        "workflow:failure_duration_ms",
        "node:queueing_latency_ms",
        "node:success_duration_ms",
    ]);
    vec((1..SCRAPES, metric, 1_u8..4, 1_u32..5_000_000), 1..60)
}

fn load(increments: &[(usize, &'static str, u8, u32)], choice: Choice) -> Timeline {
    let times: Vec<f64> = (0..SCRAPES).map(|scrape| scrape as f64 * QUARTER).collect();
    let mut frames = FramesBuilder::new();
    let mut metrics: Vec<&str> = increments.iter().map(|increment| increment.1).collect();
    metrics.sort_unstable();
    metrics.dedup();
    for metric in metrics {
        let total = |of: &dyn Fn(u8, u32) -> f64| -> Vec<f64> {
            let at = |scrape| {
                let until = increments.iter().filter(move |i| i.1 == metric && i.0 <= scrape);
                until.map(|increment| of(increment.2, increment.3)).sum()
            };
            (0..SCRAPES).map(at).collect()
        };
        let labels = [("wf", "p:d:w"), ("instance", "a")];
        let sum = total(&|_, ms| f64::from(ms));
        let count = total(&|count, _| f64::from(count));
        summary(&mut frames, Asked::Range(900_000), metric, &labels, &times, &sum, &count);
    }
    let mut timeline = Timeline::new(Profile::flyte1());
    let to = UnixMillis((SCRAPES - 1) as f64 * QUARTER);
    let range = TimeRange { from: UnixMillis(0.0), to };
    let request = Request { range, choice, ..Request::default() };
    timeline.load(frames.build(), &request).expect("well described");
    timeline
}

/// Time and observations of every stage but the derived one, and how many runs, over all rows.
fn totals(timeline: &Timeline) -> (Vec<(f64, f64)>, f64) {
    let runs = timeline.runs();
    let mut totals = vec![(0.0, 0.0); timeline.profile().stages.len()];
    for piece in &runs.pieces {
        let total = &mut totals[usize::from(piece.stage.0)];
        *total = (total.0 + piece.sum.0, total.1 + piece.count);
    }
    totals.pop();
    let ended = runs.runs.iter().filter(|run| !run.notes.has(Notes::NONE_ENDED));
    (totals, ended.map(|run| run.runs).sum())
}

proptest! {
    #[test]
    fn a_trend_holds_what_the_means_hold_stretch_by_stretch(increments in increments()) {
        let (means, trend) = (load(&increments, Choice::Means), load(&increments, Choice::Trend));
        let ((stages, runs), (in_stretches, their_runs)) = (totals(&means), totals(&trend));
        prop_assert_eq!(stages, in_stretches);
        prop_assert_eq!(runs, their_runs);
        let rows = &trend.runs().runs;
        for pair in rows.windows(2) {
            prop_assert!(pair[0].end.unwrap().0 <= pair[1].begin.unwrap().0);
            prop_assert!(!pair[0].notes.has(Notes::NONE_ENDED), "only the last may have no end");
        }
        for row in rows {
            let (begin, end) = (row.begin.unwrap().0, row.end.unwrap().0);
            let own = |metric: &str| -> f64 {
                let own = increments.iter().filter(|i| i.1 == metric);
                let inside = own.filter(|i| begin < i.0 as f64 * QUARTER && i.0 as f64 * QUARTER <= end);
                inside.map(|increment| f64::from(increment.3)).sum()
            };
            for (id, metric) in [("queueing", "node:queueing_latency_ms"), ("acceptance", ACCEPTED)] {
                let pieces = trend.runs().pieces(row).iter().filter(|piece| {
                    trend.profile().stage(piece.stage).is_some_and(|stage| stage.id == id)
                });
                prop_assert_eq!(pieces.map(|piece| piece.sum.0).sum::<f64>(), own(metric));
            }
        }
    }

    #[test]
    fn no_choice_changes_what_counters_hold(increments in increments()) {
        let best = totals(&load(&increments, Choice::Best)).0;
        for choice in ALL {
            prop_assert_eq!(&totals(&load(&increments, choice)).0, &best);
        }
    }
}
