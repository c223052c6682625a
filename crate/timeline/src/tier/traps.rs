//! What a naive reading of Flyte's metrics falls into. Each is a trap of the data, not of the code.

use super::tests::{FROM, GRID, STEP, TO, ended, execution, load_as, stages, summary};
use crate::Timeline;
use crate::run::{Notes, State};
use crate::series::build::{Asked, FramesBuilder};
use crate::tier::Choice;

const ACCEPTED: &str = "workflow:acceptance_latency_ms";
const SUCCEEDED: &str = "workflow:success_duration_ms";
const COMPLETED: &str = "workflow:completion_latency_ms";

/// One execution of one node, from (metric, node, value) as an instant query returns them.
fn run(readings: &[(&str, &str, f64)]) -> Timeline {
    let frames = &mut FramesBuilder::new();
    for (metric, node, value) in readings {
        let labels = [("wf", "p:d:w"), ("exec_id", "f1"), ("node", node)];
        summary(frames, Asked::Instant, metric, &labels, &[TO], &[*value], &[1.0]);
    }
    load_as(frames, Choice::Best).0
}

fn ids(timeline: &Timeline) -> Vec<String> {
    stages(timeline, 0).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn completion_is_a_stage_only_of_a_flyte_that_observes_it_for_runs_that_succeed() {
    let timeline = run(&[(SUCCEEDED, "", 60_000.0), (COMPLETED, "", 400.0)]);
    assert_eq!(
        stages(&timeline, 0),
        [("completion".to_owned(), 400.0), ("unattributed".to_owned(), 59_600.0)]
    );
    let timeline = run(&[(COMPLETED, "", 60_000.0)]);
    assert_eq!(timeline.runs().runs[0].state, State::Aborted);
    assert_eq!(stages(&timeline, 0), [("unattributed".to_owned(), 60_000.0)]);
}

#[test]
fn among_means_the_completion_latency_of_an_aborted_run_is_its_whole_time_and_no_stage() {
    let frames = &mut FramesBuilder::new();
    let labels = [("wf", "p:d:w"), ("instance", "a")];
    let one = |at: usize, value: f64| -> Vec<f64> {
        (0..GRID.len()).map(|scrape| if scrape < at { 0.0 } else { value }).collect()
    };
    for (metric, at, value) in [(SUCCEEDED, 2, 20e3), (COMPLETED, 3, 50e3)] {
        summary(frames, STEP, metric, &labels, &GRID, &one(at, value), &one(at, 1.0));
    }
    let (timeline, _) = load_as(frames, Choice::Means);
    let run = &timeline.runs().runs[0];
    assert_eq!((run.runs, run.aborted, run.wall.unwrap().0), (2.0, 1.0, 35e3));
    assert_eq!(ids(&timeline), ["unattributed"]);
}

#[test]
fn what_transition_and_queueing_both_count_is_never_taken_for_nodes_in_parallel() {
    // Both contain the 300 ms of one pre-execution, and each start is up to a second early.
    let timeline = run(&[
        (ACCEPTED, "", 1_000.0),
        ("node:transition_latency_ms", "n0", 900.0),
        ("node:queueing_latency_ms", "n0", 1_200.0),
        ("node:success_duration_ms", "n0", 30_000.0),
        (SUCCEEDED, "", 31_000.0),
    ]);
    let run = &timeline.runs().runs[0];
    let row = timeline.rows(0, 1).remove(0);
    assert_eq!((row.wall.unwrap().0, row.total.0), (32_000.0, 33_100.0));
    assert!(!run.notes.has(Notes::PARALLEL));
    assert!(!ids(&timeline).contains(&"unattributed".to_owned()), "nothing is left, nor less");
}

#[test]
fn nodes_in_parallel_are_more_work_than_wall_clock_and_the_row_says_so() {
    let timeline = run(&[
        ("node:success_duration_ms", "n0", 30_000.0),
        ("node:success_duration_ms", "n1", 30_000.0),
        (ACCEPTED, "", 1_000.0),
        (SUCCEEDED, "", 31_000.0),
    ]);
    let row = timeline.rows(0, 1).remove(0);
    assert_eq!((row.wall.unwrap().0, row.total.0), (32_000.0, 61_000.0));
    assert!(row.notes.iter().any(|note| note.contains("the bar is work")), "{:?}", row.notes);
}

#[test]
fn the_wait_of_parallelism_is_told_anew_in_every_round_and_never_added_up() {
    let timeline = run(&[
        ("node:parallelism_wait_latency_ms", "n0", 90_000.0),
        ("node:success_duration_ms", "n0", 30_000.0),
        (SUCCEEDED, "", 31_000.0),
    ]);
    assert_eq!(ids(&timeline), ["task", "unattributed"]);
}

#[test]
fn microseconds_are_no_milliseconds() {
    let timeline = run(&[
        ("plugin_queue_latency_us", "n0", 4_000_000.0),
        ("node:success_duration_ms", "n0", 30_000.0),
    ]);
    let expected = [("pod-start", 4_000.0), ("task", 26_000.0)];
    assert_eq!(stages(&timeline, 0), expected.map(|(id, ms)| (id.to_owned(), ms)));
}

#[test]
fn the_task_label_is_always_empty_and_an_empty_label_is_none() {
    let frames = &mut FramesBuilder::new();
    execution(frames, "f1", Some((SUCCEEDED, 72_100.0)));
    ended(frames, "f1", FROM + 40_000.0);
    let labels = [
        ("project", "p"),
        ("domain", "d"),
        ("wf", "p:d:w"),
        ("exec_id", "f1"),
        ("node", "n0"),
        ("task", ""),
    ];
    // The same series as that without the label, of another query.
    let name = [("__name__", "flyte:propeller:all:node:queueing_latency_ms_sum")];
    frames.series("B", Asked::Instant, &[&labels[..], &name[..]].concat(), &[TO], &[420.0]);
    let (timeline, loaded) = load_as(frames, Choice::Best);
    let queueing = stages(&timeline, 0).into_iter().find(|(id, _)| id == "queueing");
    assert_eq!(queueing, Some(("queueing".to_owned(), 840.0)));
    assert!(loaded.notices[0].text.starts_with("1 series was returned more than once"));
}
