//! What is told apart, from counters that are written out by hand.

use crate::profile::Profile;
use crate::run::{Kind, Notes, Piece, Run, State, Tier};
use crate::series::build::{Asked, FramesBuilder};
use crate::unit::{TimeRange, UnixMillis};
use crate::{Request, Timeline};

const MINUTE: f64 = 60_000.0;

/// Counters of one process as increments: (scrape, metric, node, count, ms).
type Events<'a> = &'a [(usize, &'a str, &'a str, f64, f64)];

const ACCEPTED: &str = "workflow:acceptance_latency_ms";
const QUEUED: &str = "node:queueing_latency_ms";
const WORKED: &str = "node:success_duration_ms";
const WAITED: &str = "plugin_queue_latency_us";
const SUCCEEDED: &str = "workflow:success_duration_ms";
const FAILED: &str = "workflow:failure_duration_ms";
const COMPLETED: &str = "workflow:completion_latency_ms";

/// Rows as `kind state runs queueing-ms ..scrape`, over fourteen scrapes a minute apart. All counters
/// are there from the first scrape on, with `before` runs accepted, unless `gone` says from which
/// scrape on the process has begun anew.
fn rows(events: Events<'_>, before: f64, gone: Option<usize>) -> Vec<String> {
    let timeline = load(events, before, gone);
    let runs = timeline.runs();
    runs.runs.iter().map(|run| in_short(&timeline, run)).collect()
}

fn load(events: Events<'_>, before: f64, gone: Option<usize>) -> Timeline {
    let mut frames = FramesBuilder::new();
    let times: Vec<f64> = (0..14).map(|scrape| f64::from(scrape) * MINUTE).collect();
    let mut keys: Vec<(&str, &str)> = events.iter().map(|event| (event.1, event.2)).collect();
    keys.extend([(ACCEPTED, ""), (SUCCEEDED, "")]);
    keys.sort_unstable();
    keys.dedup();
    for (metric, node) in keys {
        for part in ["sum", "count"] {
            let mut total = if metric == ACCEPTED { before } else { 0.0 };
            let values: Vec<f64> = (0..14)
                .map(|scrape| {
                    if gone == Some(scrape) {
                        total = 0.0;
                    }
                    let now = events
                        .iter()
                        .filter(|event| (event.0, event.1, event.2) == (scrape, metric, node));
                    total +=
                        now.map(|event| if part == "sum" { event.4 } else { event.3 }).sum::<f64>();
                    total
                })
                .collect();
            let name = format!("flyte:propeller:all:{metric}_{part}");
            let labels =
                [("__name__", name.as_str()), ("wf", "p:d:w"), ("instance", "a"), ("node", node)];
            frames.series("A", Asked::Range(60_000), &labels, &times, &values);
        }
    }
    let mut timeline = Timeline::new(Profile::flyte1());
    let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(13.0 * MINUTE) };
    timeline
        .load(frames.build(), &Request { range, ..Request::default() })
        .expect("well described");
    timeline
}

fn in_short(timeline: &Timeline, run: &Run) -> String {
    assert_eq!(run.tier, Tier::Increment);
    let kind = match run.kind {
        Kind::Run => "run",
        Kind::Group if run.notes.has(Notes::RESTARTED) => "cut",
        Kind::Group if run.notes.has(Notes::UNSURE) => "unsure",
        Kind::Group => "group",
        Kind::Bucket => "stretch",
        Kind::Mean => "mean",
    };
    let known = |piece: &&Piece| timeline.profile().stage(piece.stage);
    let is_queueing = |piece: &&Piece| known(piece).is_some_and(|stage| stage.id == "queueing");
    let pieces = timeline.runs().pieces(run).iter();
    let queueing: f64 = pieces.filter(is_queueing).map(|piece| piece.sum.0).sum();
    let end = run.end.map_or("–".to_owned(), |end| (end.0 / MINUTE).to_string());
    let state = match run.state {
        State::Mixed => String::new(),
        state => format!(" {state:?}"),
    };
    // An empty sum of floats is -0.
    format!("{kind}{state} {} {} ..{end}", run.runs, queueing + 0.0)
}

#[test]
fn runs_that_come_and_go_one_after_the_other_are_each_their_own() {
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, QUEUED, "", 1.0, 300.0),
            (5, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
            (6, ACCEPTED, "", 1.0, 100.0),
            (6, QUEUED, "", 1.0, 400.0),
            (6, FAILED, "", 1.0, 9_000.0),
            (8, ACCEPTED, "", 1.0, 100.0),
            (9, COMPLETED, "", 1.0, MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["run Succeeded 1 300 ..5", "run Failed 1 400 ..6", "run Aborted 1 0 ..9"]);
}

#[test]
fn runs_whose_lives_share_a_scrape_are_one_row() {
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, QUEUED, "", 1.0, 300.0),
            (5, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
            (5, ACCEPTED, "", 1.0, 100.0),
            (5, QUEUED, "", 1.0, 500.0),
            (7, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["group 2 800 ..7"]);
}

#[test]
fn runs_in_one_row_are_told_with_the_duration_of_each_whose_end_came_alone() {
    let begun = [(3, ACCEPTED, "", 2.0, 200.0), (3, QUEUED, "", 2.0, 800.0)];
    let apart = [(5, SUCCEEDED, "", 1.0, 2.0 * MINUTE), (7, FAILED, "", 1.0, 4.0 * MINUTE)];
    let timeline = load(&[begun, apart].concat(), 0.0, None);
    let row = timeline.rows(0, 1).pop().expect("one row");
    assert_eq!(row.begin, Some(UnixMillis(2.0 * MINUTE)));
    assert!(row.notes.contains(&"Its runs took 4m 00s and 2m 00s.".to_owned()), "{:?}", row.notes);
    let together = [(5, SUCCEEDED, "", 2.0, 4.0 * MINUTE)];
    let timeline = load(&[begun.as_slice(), &together].concat(), 0.0, None);
    let row = timeline.rows(0, 1).pop().expect("one row");
    assert!(!row.notes.iter().any(|note| note.contains(" took ")), "{:?}", row.notes);
}

#[test]
fn a_run_that_does_not_end_is_running() {
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, QUEUED, "", 1.0, 300.0),
            (5, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
            (7, ACCEPTED, "", 1.0, 100.0),
            (11, QUEUED, "", 1.0, 270_000.0),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["run Succeeded 1 300 ..5", "unsure Running 1 270000 ..–"]);
}

#[test]
fn a_run_that_began_before_the_range_is_not_sure() {
    let told = rows(
        &[
            (4, QUEUED, "", 1.0, 300.0),
            (5, SUCCEEDED, "", 1.0, 60.0 * MINUTE),
            (7, ACCEPTED, "", 1.0, 100.0),
            (8, SUCCEEDED, "", 1.0, MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["unsure 1 300 ..5", "run Succeeded 1 0 ..8"]);
}

#[test]
fn a_run_that_hangs_since_before_the_range_and_is_never_told_of_spoils_nothing() {
    let told = rows(
        &[
            (4, ACCEPTED, "", 1.0, 100.0),
            (5, SUCCEEDED, "", 1.0, MINUTE),
            (7, ACCEPTED, "", 1.0, 100.0),
            (8, SUCCEEDED, "", 1.0, MINUTE),
        ],
        1.0,
        None,
    );
    assert_eq!(told, ["run Succeeded 1 0 ..5", "run Succeeded 1 0 ..8"]);
}

#[test]
fn what_is_counted_while_nobody_is_under_way_makes_the_others_unsure() {
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, SUCCEEDED, "", 1.0, MINUTE),
            (7, QUEUED, "", 1.0, 300.0),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["unsure 1 0 ..4", "stretch 0 300 ..–"]);
}

#[test]
fn a_restart_cuts_what_is_under_way_and_leaves_what_has_ended() {
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, SUCCEEDED, "", 1.0, MINUTE),
            (6, ACCEPTED, "", 1.0, 100.0),
            (7, QUEUED, "", 1.0, 300.0),
            (9, SUCCEEDED, "", 1.0, 3.0 * MINUTE),
            (11, ACCEPTED, "", 1.0, 100.0),
            (12, SUCCEEDED, "", 1.0, MINUTE),
        ],
        0.0,
        Some(8),
    );
    let expected = [
        "run Succeeded 1 0 ..4",
        "cut Running 1 300 ..–",
        "unsure 1 0 ..9",
        "run Succeeded 1 0 ..12",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_run_that_outlives_its_process_may_have_been_silent_before() {
    let short = [(4, ACCEPTED, "", 1.0, 100.0), (6, SUCCEEDED, "", 1.0, 2.0 * MINUTE)];
    assert_eq!(rows(&short, 0.0, Some(8)), ["run Succeeded 1 0 ..6"]);
    let told = rows(&[short[0], short[1], (11, WORKED, "n0", 1.0, 60.0 * MINUTE)], 0.0, Some(8));
    assert_eq!(told, ["unsure 1 0 ..6", "stretch 0 0 ..–"]);
}

#[test]
fn a_duration_that_does_not_reach_back_to_the_acceptance_is_another_runs() {
    let told = rows(&[(3, ACCEPTED, "", 1.0, 100.0), (11, SUCCEEDED, "", 1.0, MINUTE)], 0.0, None);
    assert_eq!(told, ["unsure 1 0 ..11"]);
}

#[test]
fn without_a_silence_that_proves_it_nobody_knows_that_a_run_is_alone() {
    let told = rows(
        &[
            (1, ACCEPTED, "", 1.0, 100.0),
            (2, SUCCEEDED, "", 1.0, MINUTE),
            (3, ACCEPTED, "", 1.0, 100.0),
            (4, SUCCEEDED, "", 1.0, MINUTE),
            (9, QUEUED, "", 1.0, 8.0 * MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["unsure 1 0 ..2", "unsure 1 0 ..4", "stretch 0 480000 ..–"]);
}

/// One run within the other: both go through n0, the longer one through n1 as well.
const WITHIN: [(usize, &str, &str, f64, f64); 13] = [
    (3, ACCEPTED, "", 1.0, 100.0),
    (3, QUEUED, "n0", 1.0, 300.0),
    (4, WAITED, "n0", 1.0, 9.0),
    (5, WORKED, "n0", 1.0, 2.0 * MINUTE),
    (5, QUEUED, "n1", 1.0, 400.0),
    (8, ACCEPTED, "", 1.0, 100.0),
    (8, QUEUED, "n0", 1.0, 5_000.0),
    (8, WAITED, "n0", 1.0, 9.0),
    (10, WORKED, "n0", 1.0, 2.0 * MINUTE),
    (10, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
    (13, WORKED, "n1", 1.0, 8.0 * MINUTE),
    (13, SUCCEEDED, "", 1.0, 10.0 * MINUTE),
    (13, WAITED, "n1", 1.0, 9.0),
];

#[test]
fn runs_that_their_nodes_tell_apart_are_each_their_own() {
    assert_eq!(rows(&WITHIN, 0.0, None), ["run Succeeded 1 5000 ..10", "run Succeeded 1 700 ..13"]);
}

#[test]
fn a_run_that_goes_on_is_apart_from_one_that_came_and_went_meanwhile() {
    let mut events = WITHIN[..10].to_vec();
    events.extend([(6, QUEUED, "n2", 1.0, 20.0), (7, QUEUED, "n3", 1.0, 1.0)]);
    let told = rows(&events, 0.0, None);
    assert_eq!(told, ["run Succeeded 1 5000 ..10", "unsure Running 1 721 ..–"]);
}

#[test]
fn one_observation_that_may_be_of_either_run_keeps_both_together() {
    // Both work at one node at the same time, and one of them, nobody knows which, tries again.
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (3, QUEUED, "n0", 1.0, 300.0),
            (4, WAITED, "n0", 1.0, 9.0),
            (8, ACCEPTED, "", 1.0, 100.0),
            (8, QUEUED, "n0", 1.0, 5_000.0),
            (8, WAITED, "n0", 1.0, 9.0),
            (9, WAITED, "n0", 1.0, 9.0),
            (10, WORKED, "n0", 1.0, 2.0 * MINUTE),
            (10, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
            (13, WORKED, "n0", 1.0, 10.0 * MINUTE),
            (13, SUCCEEDED, "", 1.0, 10.0 * MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["group 2 5300 ..13"]);
}

#[test]
fn as_many_waits_as_tasks_do_not_say_that_each_had_one() {
    // The short run's pod was done before propeller looked, or the long run's did not try again.
    let told = rows(
        &[
            (3, ACCEPTED, "", 1.0, 100.0),
            (3, QUEUED, "n0", 1.0, 300.0),
            (4, WAITED, "n0", 1.0, 9.0),
            (8, ACCEPTED, "", 1.0, 100.0),
            (8, QUEUED, "n0", 1.0, 5_000.0),
            (9, WAITED, "n0", 1.0, 9.0),
            (10, WORKED, "n0", 1.0, 2.0 * MINUTE),
            (10, SUCCEEDED, "", 1.0, 2.0 * MINUTE),
            (13, WORKED, "n0", 1.0, 10.0 * MINUTE),
            (13, SUCCEEDED, "", 1.0, 10.0 * MINUTE),
        ],
        0.0,
        None,
    );
    assert_eq!(told, ["group 2 5300 ..13"]);
}

#[test]
fn runs_that_ended_in_one_scrape_are_one_row_and_the_one_around_them_its_own() {
    let mut events = WITHIN.to_vec();
    // Two of the short one.
    for event in events.iter_mut().filter(|event| (6..=10).contains(&event.0)) {
        event.3 *= 2.0;
        event.4 *= 2.0;
    }
    assert_eq!(rows(&events, 0.0, None), ["group 2 10000 ..10", "run Succeeded 1 700 ..13"]);
}
