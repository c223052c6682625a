//! What each tier makes of series: who is a row, in which state, with which times.

use crate::profile::Profile;
use crate::row;
use crate::run::{Notes, Run, Runs, State, Tier};
use crate::series::build::{Asked, FramesBuilder};
use crate::tier::Choice;
use crate::{Loaded, Request, Timeline};
use crate::{text::Text, unit::TimeRange, unit::UnixMillis};

const FROM: f64 = 1_000_000.0;
const TO: f64 = 1_060_000.0;
const GRID: [f64; 5] = [1_000_000.0, 1_015_000.0, 1_030_000.0, 1_045_000.0, 1_060_000.0];
const STEP: Asked = Asked::Range(15_000);
const NONE: f64 = f64::NAN;

fn load(frames: &mut FramesBuilder) -> (Timeline, Loaded) {
    load_as(frames, Choice::Best)
}

fn load_as(frames: &mut FramesBuilder, choice: Choice) -> (Timeline, Loaded) {
    let mut timeline = Timeline::new(Profile::flyte1());
    let range = TimeRange { from: UnixMillis(FROM), to: UnixMillis(TO) };
    let loaded = timeline
        .load(frames.build(), &Request { range, choice, ..Request::default() })
        .expect("well described");
    (timeline, loaded)
}

/// Adds the `_sum` and the `_count` of a metric.
fn summary(
    frames: &mut FramesBuilder,
    asked: Asked,
    metric: &str,
    labels: &[(&str, &str)],
    times: &[f64],
    sum: &[f64],
    count: &[f64],
) {
    for (part, values) in [("sum", sum), ("count", count)] {
        let name = format!("flyte:propeller:all:{metric}_{part}");
        let mut all = vec![("__name__", name.as_str())];
        all.extend_from_slice(labels);
        // A sample without a value is one that Prometheus does not return.
        let kept: Vec<_> = times.iter().zip(values).filter(|(_, value)| !value.is_nan()).collect();
        let (times, values): (Vec<f64>, Vec<f64>) = kept.into_iter().map(|(t, v)| (*t, *v)).unzip();
        frames.series("A", asked, &all, &times, &values);
    }
}

/// One execution of a two-task chain, each observation at once, as an instant query returns it.
fn execution(frames: &mut FramesBuilder, id: &str, ending: Option<(&str, f64)>) {
    let at = |frames: &mut FramesBuilder, metric: &str, node: &str, value: f64| {
        let labels =
            [("project", "p"), ("domain", "d"), ("wf", "p:d:w"), ("exec_id", id), ("node", node)];
        summary(frames, Asked::Instant, metric, &labels, &[TO], &[value], &[1.0]);
    };
    at(frames, "workflow:acceptance_latency_ms", "", 1_120.0);
    for (node, transition, task) in [("n0", 310.0, 35_420.0), ("n1", 610.0, 32_300.0)] {
        at(frames, "node:transition_latency_ms", node, transition);
        at(frames, "node:queueing_latency_ms", node, 420.0);
        at(frames, "node:success_duration_ms", node, task);
        at(frames, "plugin_queue_latency_us", node, 3_105_000.0);
        at(frames, "plugin_initialize_latency_us", node, 1_610_000.0);
    }
    at(frames, "node:transition_latency_ms", "end-node", 450.0);
    if let Some((metric, value)) = ending {
        at(frames, metric, "", value);
    }
}

fn ended(frames: &mut FramesBuilder, id: &str, at: f64) {
    let labels = [("project", "p"), ("domain", "d"), ("wf", "p:d:w"), ("exec_id", id)];
    frames.series("ended", Asked::Instant, &labels, &[TO], &[at / 1000.0]);
}

fn only(timeline: &Timeline) -> (&Runs, &Run) {
    let runs = timeline.runs();
    assert_eq!(runs.runs.len(), 1, "{:?}", runs.runs);
    (runs, &runs.runs[0])
}

/// Stage by stage: id and ms.
fn stages(timeline: &Timeline, row: usize) -> Vec<(String, f64)> {
    timeline.rows(row, row + 1)[0]
        .stages
        .iter()
        .map(|stage| (stage.id.to_string(), stage.value.0.round()))
        .collect()
}

#[test]
fn an_execution_is_all_that_its_series_hold() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", Some(("workflow:success_duration_ms", 72_100.0)));
    ended(frames, "f1", 1_040_000.0);
    let (timeline, loaded) = load(frames);
    let (_, run) = only(&timeline);
    assert_eq!((run.tier, run.state), (Tier::Execution, State::Succeeded));
    assert_eq!(run.end, Some(UnixMillis(1_040_000.0)));
    assert_eq!(run.wall.unwrap().0, 73_220.0);
    let measured = 1_120.0 + 1_370.0 + 840.0 + 67_720.0;
    assert_eq!(
        stages(&timeline, 0),
        [
            ("acceptance".into(), 1_120.0),
            ("transition".into(), 1_370.0),
            ("queueing".into(), 840.0),
            ("pod-start".into(), 9_430.0),
            ("task".into(), 58_290.0),
            ("unattributed".into(), 73_220.0 - measured)
        ]
    );
    assert_eq!(loaded.notices, []);
}

#[test]
fn how_an_execution_ended_is_told_by_the_duration_that_it_has() {
    for (ending, state, wall) in [
        (Some(("workflow:success_duration_ms", 80_000.0)), State::Succeeded, Some(81_120.0)),
        (Some(("workflow:failure_duration_ms", 80_000.0)), State::Failed, Some(81_120.0)),
        (Some(("workflow:completion_latency_ms", 80_000.0)), State::Aborted, Some(81_120.0)),
        (None, State::Running, None),
    ] {
        let frames = &mut FramesBuilder::new();
        execution(frames, "f1", ending);
        let (timeline, _) = load(frames);
        let (_, run) = only(&timeline);
        assert_eq!((run.state, run.wall.map(|wall| wall.0)), (state, wall));
    }
}

#[test]
fn the_completion_latency_of_an_aborted_run_is_never_a_stage() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", Some(("workflow:completion_latency_ms", 80_000.0)));
    let (timeline, _) = load(frames);
    assert!(stages(&timeline, 0).iter().all(|(id, _)| id != "completion"));
}

#[test]
fn executions_that_ended_before_the_range_are_left_out_and_counted() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "old", Some(("workflow:success_duration_ms", 72_100.0)));
    execution(frames, "new", Some(("workflow:success_duration_ms", 72_100.0)));
    execution(frames, "running", None);
    ended(frames, "new", 1_040_000.0);
    let (timeline, loaded) = load(frames);
    let names: Vec<_> = timeline.rows(0, 9).into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["running", "new"]);
    assert_eq!(loaded.notices[0].text, "1 execution that ended before the time range left out.");
}

#[test]
fn without_a_query_for_the_ends_all_executions_stay_and_a_notice_says_so() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", Some(("workflow:success_duration_ms", 72_100.0)));
    let (timeline, loaded) = load(frames);
    assert_eq!(only(&timeline).1.end, None);
    assert!(
        loaded.notices[0].text.starts_with("1 execution is shown without an end time"),
        "{:?}",
        loaded.notices
    );
}

#[test]
fn samples_over_the_range_tell_when_an_execution_ended() {
    for (first, end, rows) in [(0, None, 0), (1, None, 0), (2, Some(GRID[2]), 1)] {
        let frames = &mut FramesBuilder::new();
        let labels = [("wf", "p:d:w"), ("exec_id", "f1")];
        let metric = "workflow:success_duration_ms";
        summary(
            frames,
            STEP,
            metric,
            &labels,
            &GRID[first..],
            &[9e3; 5][first..],
            &[1.0; 5][first..],
        );
        let (timeline, _) = load(frames);
        assert_eq!(timeline.runs().runs.len(), rows, "first sample {first}");
        assert_eq!(timeline.runs().runs.first().and_then(|run| run.end).map(|end| end.0), end);
    }
}

#[test]
fn an_execution_whose_process_began_anew_says_so_and_is_not_just_running() {
    let frames = &mut FramesBuilder::new();
    let mut add = |id: &str, metric: &str, samples: std::ops::Range<usize>| {
        let labels = [("wf", "p:d:w"), ("exec_id", id), ("instance", "a")];
        let (times, values) = (&GRID[samples.clone()], &[9e3; 5][samples.clone()]);
        summary(frames, STEP, metric, &labels, times, values, &[1.0; 5][samples]);
    };
    add("gone", "workflow:acceptance_latency_ms", 1..3);
    add("whole", "workflow:acceptance_latency_ms", 3..5);
    let (timeline, _) = load(frames);
    let told = |run: &crate::run::Run| {
        let remarks = crate::remark::remarks(run, None).join(" ");
        let id = timeline.runs().texts.get(run.execution);
        format!("{id} {} {}", run.notes.has(Notes::RESTARTED), remarks.contains("its end was lost"))
    };
    let rows: Vec<String> = timeline.runs().runs.iter().map(told).collect();
    assert_eq!(rows, ["gone true true", "whole false false"]);
}

#[test]
fn a_workflow_is_the_growth_of_its_counters_shared_out_over_its_runs() {
    let frames = &mut FramesBuilder::new();
    let labels = [("project", "p"), ("domain", "d"), ("wf", "p:d:w"), ("instance", "a")];
    let add = |frames: &mut FramesBuilder, metric: &str, sum: [f64; 5], count: [f64; 5]| {
        summary(frames, STEP, metric, &labels, &GRID, &sum, &count);
    };
    // Two runs of two tasks in the range; 10 of something were there before.
    add(
        frames,
        "workflow:acceptance_latency_ms",
        [100.0, 100.0, 1_100.0, 1_100.0, 3_100.0],
        [1.0, 1.0, 2.0, 2.0, 3.0],
    );
    add(
        frames,
        "node:queueing_latency_ms",
        [50.0, 450.0, 850.0, 1_250.0, 1_650.0],
        [2.0, 3.0, 4.0, 5.0, 6.0],
    );
    add(
        frames,
        "node:success_duration_ms",
        [NONE, NONE, 10e3, 20e3, 40e3],
        [NONE, NONE, 1.0, 2.0, 4.0],
    );
    add(
        frames,
        "plugin_queue_latency_us",
        [NONE, NONE, 1e6, 2e6, 4e6],
        [NONE, NONE, 1.0, 2.0, 4.0],
    );
    add(
        frames,
        "workflow:success_duration_ms",
        [NONE, NONE, NONE, 23e3, 46e3],
        [NONE, NONE, NONE, 1.0, 2.0],
    );
    let (timeline, _) = load_as(frames, Choice::Means);
    let (runs, run) = only(&timeline);
    assert_eq!((run.tier, run.state, run.runs), (Tier::Average, State::Mixed, 2.0));
    assert_eq!(row::name(runs, run), "w");
    assert_eq!(run.wall.unwrap().0, 1_500.0 + 23_000.0);
    assert_eq!(
        stages(&timeline, 0),
        [
            ("acceptance".into(), 1_500.0),
            ("queueing".into(), 800.0),
            ("pod-start".into(), 2_000.0),
            ("task".into(), 18_000.0),
            ("unattributed".into(), 24_500.0 - 22_300.0)
        ]
    );
    let means: Vec<_> = timeline.rows(0, 1)[0]
        .stages
        .iter()
        .filter_map(|s| Some((s.id.to_string(), s.mean?.0, s.count)))
        .collect();
    assert_eq!(
        means,
        [
            ("acceptance".into(), 1_500.0, 2.0),
            ("queueing".into(), 400.0, 4.0),
            ("pod-start".into(), 1_000.0, 4.0),
            ("task".into(), 9_000.0, 4.0)
        ]
    );
}

#[test]
fn several_propellers_count_together_and_a_restart_of_one_is_told() {
    let frames = &mut FramesBuilder::new();
    for (instance, sum, count) in [
        ("a", [10e3, 20e3, 5e3, 5e3, 5e3], [1.0, 2.0, 1.0, 1.0, 1.0]),
        ("b", [0.0, 0.0, 0.0, 0.0, 7e3], [0.0, 0.0, 0.0, 0.0, 1.0]),
    ] {
        let labels = [("wf", "p:d:w"), ("instance", instance)];
        summary(frames, STEP, "workflow:success_duration_ms", &labels, &GRID, &sum, &count);
    }
    let (timeline, _) = load(frames);
    let (_, run) = only(&timeline);
    assert_eq!((run.runs, run.wall.unwrap().0), (3.0, 22e3 / 3.0));
    assert!(run.notes.has(Notes::RESTARTED));
}

#[test]
fn increases_at_one_instant_are_taken_as_they_are() {
    let frames = &mut FramesBuilder::new();
    for (query, value) in [("queueing_sum", 900.0), ("queueing_count", 3.0)] {
        frames.series(query, Asked::Instant, &[("wf", "p:d:w")], &[TO], &[value]);
    }
    let (timeline, _) = load(frames);
    let (_, run) = only(&timeline);
    assert!(run.notes.has(Notes::NO_RUNS));
    assert_eq!(stages(&timeline, 0), [("queueing".into(), 300.0)]);
}

#[test]
fn counters_at_one_instant_are_not_said_to_be_of_the_range() {
    let frames = &mut FramesBuilder::new();
    let labels = [("wf", "p:d:w")];
    summary(frames, Asked::Instant, "workflow:success_duration_ms", &labels, &[TO], &[9e3], &[3.0]);
    let (timeline, _) = load(frames);
    let (_, run) = only(&timeline);
    assert!(run.notes.has(Notes::SINCE_START));
    let row = &timeline.rows(0, 1)[0];
    assert!(!row.tier_text.contains("over the time range"), "{}", row.tier_text);
    assert!(row.notes.iter().any(|note| note.contains("since propeller started")), "{row:?}");
}

#[test]
fn a_workflow_whose_counters_stand_still_is_left_out() {
    let frames = &mut FramesBuilder::new();
    let labels = [("wf", "p:d:w")];
    summary(frames, STEP, "workflow:success_duration_ms", &labels, &GRID, &[9e3; 5], &[1.0; 5]);
    let (timeline, loaded) = load(frames);
    assert_eq!(timeline.runs().runs.len(), 0);
    assert_eq!(loaded.empty.unwrap().title, "No execution in the time range");
}

#[test]
fn an_execution_is_never_counted_in_its_workflow_too() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", Some(("workflow:success_duration_ms", 72_100.0)));
    let labels = [("project", "p"), ("domain", "d"), ("wf", "p:d:v")];
    summary(frames, Asked::Instant, "workflow:success_duration_ms", &labels, &[TO], &[9e3], &[1.0]);
    let (timeline, _) = load(frames);
    let tiers: Vec<_> =
        timeline.runs().runs.iter().map(|run| (run.tier, run.execution == Text::EMPTY)).collect();
    assert_eq!(tiers, [(Tier::Execution, false), (Tier::Average, true)]);
}

#[test]
fn a_value_that_no_counter_can_hold_is_left_out_and_told() {
    let frames = &mut FramesBuilder::new();
    let labels = [("wf", "p:d:w")];
    let sum = [0.0, -5.0, 9e3, f64::INFINITY, 9e3];
    summary(
        frames,
        STEP,
        "workflow:success_duration_ms",
        &labels,
        &GRID,
        &sum,
        &[0.0, 0.0, 1.0, 1.0, 1.0],
    );
    let (timeline, loaded) = load(frames);
    assert_eq!(only(&timeline).1.wall.unwrap().0, 9e3);
    assert_eq!(loaded.notices[0].text, "2 samples are negative or impossibly large and left out.");
}

#[test]
fn an_overhead_that_rounding_could_have_made_is_called_rough() {
    for (ms, text, rough) in [(60_000.0, "6 %", false), (900.0, "~82 %", true)] {
        let frames = &mut FramesBuilder::new();
        let labels = [("wf", "p:d:w"), ("exec_id", "f1"), ("node", "n0")];
        summary(
            frames,
            Asked::Instant,
            "node:queueing_latency_ms",
            &labels,
            &[TO],
            &[4_000.0],
            &[1.0],
        );
        summary(frames, Asked::Instant, "node:success_duration_ms", &labels, &[TO], &[ms], &[1.0]);
        summary(
            frames,
            Asked::Instant,
            "workflow:success_duration_ms",
            &labels[..2],
            &[TO],
            &[70_000.0],
            &[1.0],
        );
        let (timeline, _) = load(frames);
        let row = timeline.rows(0, 1).remove(0);
        assert_eq!(row.overhead_text.as_deref(), Some(text));
        let told =
            row.notes.iter().any(|note| note.starts_with("The overhead is between 77 % and 100 %"));
        assert_eq!(told, rough, "{:?}", row.notes);
    }
}

#[test]
fn a_process_whose_first_scrape_is_missing_has_not_counted_all_it_holds_in_the_range() {
    let frames = &mut FramesBuilder::new();
    for (instance, first) in [("a", 0), ("b", 1)] {
        let labels = [("wf", "p:d:w"), ("instance", instance)];
        let (sum, count) = ([90e3, 90e3, 90e3, 97e3, 97e3], [9.0, 9.0, 9.0, 10.0, 10.0]);
        let metric = "workflow:success_duration_ms";
        summary(frames, STEP, metric, &labels, &GRID[first..], &sum[first..], &count[first..]);
    }
    let (timeline, _) = load_as(frames, Choice::Means);
    let (_, run) = only(&timeline);
    assert_eq!((run.runs, run.wall.unwrap().0), (2.0, 7e3));
}
