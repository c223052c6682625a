//! A user's own stages: measured by any metric, drawn at their place, taken off what they are a part
//! of, and nothing gets lost on the way.

#![expect(clippy::expect_used, reason = "a test that cannot build its data has failed")]

use std::collections::BTreeMap;

use flyte_timeline::notice::Severity;
use flyte_timeline::profile::{Measure, Profile, Scope, Value};
use flyte_timeline::run::Tier;
use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use flyte_timeline::{Loaded, Request, Timeline};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const TIMES: [f64; 3] = [1_000_000.0, 1_015_000.0, 1_030_000.0];

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn object(fields: &[(&str, &str)]) -> Value {
    Value::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
}

fn stages(stages: &[&[(&str, &str)]]) -> Value {
    let stages = stages.iter().map(|fields| object(fields)).collect();
    Value::Object(vec![("stages".to_owned(), Value::List(stages))])
}

fn load(frames: &mut FramesBuilder, stages: Value, choice: Choice) -> (Timeline, Loaded) {
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(TIMES[0]), to: UnixMillis(TIMES[2]) };
    let request = Request { range, choice, stages, ..Request::default() };
    let loaded = timeline.load(frames.build(), &request).expect("well described");
    (timeline, loaded)
}

/// A counter that grows once in the range; that of one execution is first seen then.
fn grow(frames: &mut FramesBuilder, metric: &str, labels: &[(&str, &str)], sum: f64, count: f64) {
    for (part, value) in [("sum", sum), ("count", count)] {
        let name = format!("{metric}_{part}");
        let mut all = vec![("__name__", name.as_str()), ("wf", "p:d:w")];
        all.extend_from_slice(labels);
        if labels.iter().any(|(key, _)| *key == "exec_id") {
            frames.series("A", Asked::Range(15_000), &all, &[TIMES[2]], &[value]);
        } else {
            frames.series("A", Asked::Range(15_000), &all, &TIMES, &[0.0, 0.0, value]);
        }
    }
}

/// One execution of one task, with 4 s of something inside.
fn execution(frames: &mut FramesBuilder) {
    let run = [("exec_id", "f1")];
    let node = [("exec_id", "f1"), ("node", "n0")];
    grow(frames, "x:workflow:acceptance_latency_ms", &run, 1_000.0, 1.0);
    grow(frames, "x:node:success_duration_ms", &node, 30_000.0, 1.0);
    grow(frames, "x:workflow:success_duration_ms", &run, 32_000.0, 1.0);
    grow(frames, "train:upload_seconds", &node, 4.0, 2.0);
}

fn shown(timeline: &Timeline) -> Vec<(String, f64)> {
    let row = timeline.rows(0, 1).remove(0);
    row.stages.iter().map(|stage| (stage.id.to_string(), stage.value.0)).collect()
}

const UPLOAD: [(&str, &str); 2] = [("name", "Upload"), ("metric", "train:upload_seconds")];

#[test]
fn a_part_of_a_stage_is_drawn_apart_and_taken_off_there() {
    let frames = &mut FramesBuilder::new();
    execution(frames);
    let part = [UPLOAD[0], UPLOAD[1], ("partOf", "task")];
    let (timeline, loaded) = load(frames, stages(&[&part]), Choice::Best);
    let expected = [("acceptance", 1e3), ("upload", 4e3), ("task", 26e3), ("unattributed", 2e3)];
    assert_eq!(shown(&timeline), expected.map(|(id, ms)| (id.to_owned(), ms)));
    assert_eq!(loaded.notices, []);
    let row = timeline.rows(0, 1).remove(0);
    assert_eq!(row.stages[2].name, "Task execution, incl. pod start", "that is still inside");
}

#[test]
fn time_beside_the_stages_is_no_longer_unattributed() {
    let frames = &mut FramesBuilder::new();
    execution(frames);
    let (timeline, _) = load(frames, stages(&[&UPLOAD]), Choice::Best);
    let expected = [("acceptance", 1e3), ("task", 30e3), ("upload", 4e3)];
    assert_eq!(shown(&timeline), expected.map(|(id, ms)| (id.to_owned(), ms)));
}

#[test]
fn time_before_acceptance_makes_the_wall_clock_longer() {
    let frames = &mut FramesBuilder::new();
    execution(frames);
    let run = [UPLOAD[0], UPLOAD[1], ("scope", "run"), ("before", "acceptance")];
    let (timeline, _) = load(frames, stages(&[&run]), Choice::Best);
    assert_eq!(timeline.rows(0, 1)[0].wall.unwrap().0, 37e3);
    assert_eq!(shown(&timeline)[0], ("upload".to_owned(), 4e3));
}

#[test]
fn a_stage_of_a_mean_run_is_its_time_shared_out_over_the_runs() {
    let frames = &mut FramesBuilder::new();
    grow(frames, "x:workflow:acceptance_latency_ms", &[], 5_000.0, 5.0);
    grow(frames, "x:workflow:success_duration_ms", &[], 40_000.0, 4.0);
    grow(frames, "train:upload_seconds", &[], 6.0, 3.0);
    let run = [UPLOAD[0], UPLOAD[1], ("scope", "run")];
    let (timeline, _) = load(frames, stages(&[&run]), Choice::Means);
    let expected = [("acceptance", 1e3), ("upload", 1.5e3), ("unattributed", 8.5e3)];
    assert_eq!(shown(&timeline), expected.map(|(id, ms)| (id.to_owned(), ms)));
    assert_eq!(timeline.rows(0, 1)[0].stages[1].mean.unwrap().0, 2e3);
}

#[test]
fn a_plain_counter_of_time_is_a_stage_if_its_name_says_total() {
    let frames = &mut FramesBuilder::new();
    grow(frames, "x:workflow:success_duration_ms", &[], 40_000.0, 4.0);
    for name in ["spent_seconds_total", "spent_seconds"] {
        let labels = [("__name__", name), ("wf", "p:d:w")];
        frames.series("A", Asked::Range(15_000), &labels, &TIMES, &[0.0, 3.0, 8.0]);
    }
    let user = stages(&[
        &[("name", "Total"), ("metric", "spent_seconds_total")],
        &[("name", "Gauge"), ("metric", "spent_seconds")],
    ]);
    let (timeline, loaded) = load(frames, user, Choice::Means);
    assert_eq!(shown(&timeline)[0], ("total".to_owned(), 2e3));
    let texts: Vec<_> = loaded.notices.iter().map(|notice| notice.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Option “Stages”: no _sum or _count of spent_seconds came, so “Gauge” is not shown. Add them to a query."
        ]
    );
}

#[test]
fn a_query_can_be_called_after_a_stage() {
    let frames = &mut FramesBuilder::new();
    for (query, value) in [("data_load_sum", 12.0), ("Data load count", 4.0)] {
        frames.series(query, Asked::Instant, &[("wf", "p:d:w")], &TIMES[2..], &[value]);
    }
    let user = stages(&[&[("name", "Data load"), ("metric", "load_seconds")]]);
    let (timeline, _) = load(frames, user, Choice::Best);
    assert_eq!(shown(&timeline), [("data-load".to_owned(), 3e3)]);
}

#[test]
fn what_is_wrong_is_told_and_the_built_in_stages_are_shown() {
    let frames = &mut FramesBuilder::new();
    execution(frames);
    let wrong = [UPLOAD[0], UPLOAD[1], ("unit", "msec")];
    let (timeline, loaded) = load(frames, stages(&[&wrong]), Choice::Best);
    assert_eq!(loaded.stages.len(), Profile::flyte1().stages.len());
    assert_eq!(shown(&timeline).len(), 3);
    assert_eq!(loaded.notices[0].severity, Severity::Error);
    assert_eq!(
        loaded.notices[0].text,
        "Option “Stages”: stages[0].unit: \"msec\" is no unit; use s, ms, us or ns. The built-in stages are shown."
    );
}

#[test]
fn a_hidden_stage_is_neither_drawn_nor_counted_and_a_notice_says_so() {
    let frames = &mut FramesBuilder::new();
    execution(frames);
    let mut hide = stages(&[&[("id", "task")]]);
    if let Value::Object(top) = &mut hide
        && let Value::List(list) = &mut top[0].1
        && let Value::Object(stage) = &mut list[0]
    {
        stage.push(("hidden".to_owned(), Value::Flag(true)));
    }
    let (timeline, loaded) = load(frames, hide, Choice::Best);
    assert!(shown(&timeline).iter().all(|(id, _)| id != "task"));
    assert!(loaded.stages.iter().all(|stage| stage.id != "task"));
    assert_eq!(loaded.notices[0].text, "Hidden by the option “Stages”: Task execution.");
}

/// Stages that can be parts of a built-in one, or none.
fn own_stages() -> impl Strategy<Value = Vec<(Option<&'static str>, f64, f64)>> {
    let whole = select(vec![None, Some("task"), Some("queueing"), Some("acceptance")]);
    vec((whole, 0.0_f64..90_000.0, 0.0_f64..6.0), 0..6)
}

proptest! {
    /// Whatever is a part of what: a stage and its parts are together what the stage's counter grew by,
    /// and no part is more than its own.
    #[test]
    fn parts_move_time_and_lose_none(
        own in own_stages(),
        built_in in vec(1.0_f64..60_000.0, 4),
        by_id in any::<bool>(),
        by_node in any::<bool>(),
    ) {
        let frames = &mut FramesBuilder::new();
        let mut run = vec![];
        if by_id { run.push(("exec_id", "f1")); }
        let mut node = run.clone();
        if by_node { node.push(("node", "n0")); }
        let metrics = ["workflow:acceptance_latency_ms", "node:queueing_latency_ms", "node:success_duration_ms"];
        let ids = ["acceptance", "queueing", "task"];
        for (metric, sum) in metrics.iter().zip(&built_in) {
            let labels = if metric.starts_with("workflow") { &run } else { &node };
            grow(frames, metric, labels, *sum, 1.0);
        }
        grow(frames, "workflow:success_duration_ms", &run, built_in[3], 1.0);
        let mut added = Vec::new();
        for (n, (whole, sum, count)) in own.iter().enumerate() {
            let labels = if *whole == Some("acceptance") { &run } else { &node };
            grow(frames, &format!("own{n}_ms"), labels, *sum, count.ceil());
            let mut fields = vec![
                ("name".to_owned(), text(&format!("s{n}"))),
                ("metric".to_owned(), text(&format!("own{n}_ms"))),
            ];
            fields.extend(whole.map(|whole| ("partOf".to_owned(), text(whole))));
            added.push(Value::Object(fields));
        }
        let user = Value::Object(vec![("stages".to_owned(), Value::List(added))]);
        let (timeline, _) = load(frames, user, Choice::Best);
        let (runs, profile) = (timeline.runs(), timeline.profile());
        let mut shown: BTreeMap<String, f64> = BTreeMap::new();
        for piece in &runs.pieces {
            let stage = profile.stage(piece.stage).expect("a stage");
            *shown.entry(stage.id.to_string()).or_default() += piece.sum.0;
            if matches!(stage.measure, Measure::PartOf(_)) {
                let whole = profile.stage(profile.whole_of(piece.stage)).expect("a stage");
                *shown.entry(format!("all of {}", whole.id)).or_default() += piece.sum.0;
            }
        }
        for (id, sum) in ids.iter().zip(&built_in) {
            let parts = shown.get(&format!("all of {id}")).copied().unwrap_or_default();
            let all = shown.get(*id).copied().unwrap_or_default() + parts;
            prop_assert!((all - sum).abs() < 1e-6, "{id}: {all} of {sum}");
        }
        for (n, (whole, sum, _)) in own.iter().enumerate() {
            let own = shown.get(&format!("s{n}")).copied().unwrap_or_default();
            prop_assert!(own <= sum + 1e-6);
            prop_assert!(whole.is_some() || (own - sum).abs() < 1e-6, "s{n}: {own} of {sum}");
        }
        let tier = if by_id { Tier::Execution } else { Tier::Increment };
        prop_assert!(runs.runs.iter().all(|run| run.tier == tier || run.tier == Tier::Average));
        prop_assert!(profile.stages.iter().all(|stage| stage.scope == Scope::Node || !stage.is_added || stage.id.starts_with('s')));
    }
}
