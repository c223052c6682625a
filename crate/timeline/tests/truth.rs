//! What is rebuilt from counters, against what a synthetic Flyte knows to have happened.

#![expect(clippy::expect_used, reason = "a test that cannot build its data has failed")]

use std::collections::BTreeMap;

use flyte_simulator::{Deployment, Execution, Fleet, Keep, Simulation, State as TrueState, World};
use flyte_timeline::run::{Kind, Run, State, Tier};
use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};

const START: i64 = 1_763_800_000_000;

struct Case {
    world: World,
    deployment: Deployment,
    interval: i64,
    hours: i64,
    restart_every: Option<i64>,
    /// Every how many scrapes one is missed.
    misses: Option<usize>,
}

type Labels = Vec<(String, String)>;

struct Outcome {
    /// The best rows that the counters support.
    timeline: Timeline,
    /// The same without pods, and as means.
    rows: Timeline,
    means: Timeline,
    truth: Vec<Execution>,
    scrapes: Vec<i64>,
    ended: usize,
}

fn play(case: &Case) -> Outcome {
    let end = START + case.hours * 3_600_000;
    let mut fleet = Fleet::of(case.deployment);
    if let Some(every) = case.restart_every {
        fleet.restart_every(every, START, end);
    }
    let mut flyte = Simulation::with_fleet(case.world.clone(), 7, START, fleet).expect("a world");
    let mut series: BTreeMap<Labels, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    let mut scrapes = Vec::new();
    for (position, at) in
        (START..=end).step_by(usize::try_from(case.interval).expect("positive")).enumerate()
    {
        flyte.advance_to(at);
        if case.misses.is_some_and(|every| position % every == every - 1) {
            continue;
        }
        scrapes.push(at);
        for sample in flyte.scrape(0, case.deployment, Keep::Timeline).expect("a scrape") {
            let mut labels: Vec<_> =
                sample.series.labels().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            labels.push(("__name__".to_owned(), sample.series.name()));
            let (times, values) = series.entry(labels).or_default();
            times.push(at as f64);
            values.push(sample.value);
        }
    }
    let step = Asked::Range(u32::try_from(case.interval).expect("short"));
    let range = TimeRange { from: UnixMillis(START as f64), to: UnixMillis(end as f64) };
    let load = |choice, with_pods: bool| {
        let mut frames = FramesBuilder::new();
        for (labels, (times, values)) in &series {
            let labels: Vec<_> = labels.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            if with_pods || !labels.iter().any(|(_, value)| value.contains(":plugin_")) {
                frames.series("A", step, &labels, times, values);
            }
        }
        let mut timeline = Timeline::default();
        let request = Request { range, choice, ..Request::default() };
        timeline.load(frames.build(), &request).expect("well described");
        timeline
    };
    let timeline = load(Choice::Best, true);
    // Pods start in one row and their tasks end in another: what is taken off there would not be the
    // same in both ways.
    let (rows, means) = (load(Choice::Best, false), load(Choice::Means, false));
    let truth = flyte.truth();
    let ended = truth.iter().filter(|run| run.ended_at.is_some()).count();
    Outcome { timeline, rows, means, truth, scrapes, ended }
}

/// ms in every stage that the truth says the counters were told of a run. Where nodes are known,
/// nested nodes of timed parents are left out.
fn told(run: &Execution, by_node: bool) -> BTreeMap<&'static str, f64> {
    let of = |node: &str, names: &[&str]| -> f64 {
        let wanted = |name: &str| names.contains(&name);
        run.metrics
            .iter()
            .filter(|m| m.node == node && wanted(&m.metric.name()))
            .map(|m| m.sum as f64)
            .sum()
    };
    let mut nodes: Vec<&str> = run.metrics.iter().map(|m| m.node.as_str()).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let task = |node: &str| of(node, &["node:success_duration_ms", "node:failure_duration_ms"]);
    let pod = |node: &str| {
        of(node, &["plugin_queue_latency_us", "plugin_initialize_latency_us"]) / 1000.0
    };
    let contained = |node: &str| {
        let inside =
            |parent: &str| node.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
        by_node && nodes.iter().any(|parent| task(parent) > 0.0 && inside(parent))
    };
    let mut told = BTreeMap::from([("acceptance", of("", &["workflow:acceptance_latency_ms"]))]);
    let (mut tasks, mut pods) = (0.0, 0.0);
    for node in nodes.iter().filter(|node| !contained(node)) {
        *told.entry("transition").or_insert(0.0) += of(node, &["node:transition_latency_ms"]);
        *told.entry("queueing").or_insert(0.0) += of(node, &["node:queueing_latency_ms"]);
        if by_node {
            *told.entry("task and pod start").or_insert(0.0) +=
                if task(node) > 0.0 { task(node) } else { pod(node) };
        }
        tasks += task(node);
        pods += pod(node);
    }
    if !by_node {
        told.insert("task and pod start", if tasks > 0.0 { tasks } else { pods });
    }
    told.retain(|_, ms| *ms > 0.0);
    told
}

fn shown<'a>(outcome: &'a Outcome, run: &Run) -> BTreeMap<&'a str, f64> {
    let profile = outcome.timeline.profile();
    let mut shown = BTreeMap::new();
    for piece in outcome.timeline.runs().pieces(run) {
        let stage = match profile.stage(piece.stage).expect("a stage").id.as_ref() {
            "pod-start" | "task" => "task and pod start",
            "unattributed" => continue,
            id => id,
        };
        *shown.entry(stage).or_insert(0.0) += piece.value.0;
    }
    shown.retain(|_, ms| *ms > 0.0);
    shown
}

/// Claims of single runs, and those that no run of the truth bears out.
fn judge(outcome: &Outcome, by_node: bool) -> (usize, Vec<String>) {
    let runs = outcome.timeline.runs();
    let (mut claims, mut wrong) = (0, Vec::new());
    for run in &runs.runs {
        if run.tier != Tier::Increment || run.kind != Kind::Run || run.state == State::Running {
            continue;
        }
        claims += 1;
        let end = run.end.expect("an end").0 as i64;
        let before = outcome.scrapes.iter().rev().find(|at| **at < end).copied().unwrap_or(START);
        let workflow = runs.texts.get(run.workflow);
        let shown = shown(outcome, run);
        let candidates: Vec<_> = outcome
            .truth
            .iter()
            .filter(|truth| truth.workflow == workflow)
            .filter(|truth| truth.ended_at.is_some_and(|at| before < at && at <= end))
            .collect();
        let borne_out = candidates.iter().any(|truth| {
            let told = told(truth, by_node);
            let state = match truth.state {
                TrueState::Succeeded => State::Succeeded,
                TrueState::Failed => State::Failed,
                TrueState::Aborted => State::Aborted,
                TrueState::Running => State::Running,
            };
            state == run.state
                && told.len() == shown.len()
                && told.iter().zip(&shown).all(|((a, x), (b, y))| a == b && (x - y).abs() < 0.5)
        });
        if !borne_out {
            let told: Vec<_> =
                candidates.iter().map(|truth| (&truth.exec_id, told(truth, by_node))).collect();
            wrong.push(format!(
                "{workflow} ended by {end}: shown {shown:?} {:?}, told {told:?}",
                run.state
            ));
        }
    }
    (claims, wrong)
}

/// All measured time of the rows, ms, by workflow and stage; `set aside` is a stage of its own.
fn totals(timeline: &Timeline) -> BTreeMap<(String, &str), f64> {
    let (runs, profile) = (timeline.runs(), timeline.profile());
    let mut totals = BTreeMap::new();
    for run in &runs.runs {
        let workflow = runs.texts.get(run.workflow).to_owned();
        for piece in runs.pieces(run) {
            let stage = match profile.stage(piece.stage).expect("a stage").id.as_ref() {
                "unattributed" => continue,
                id => id,
            };
            *totals.entry((workflow.clone(), stage)).or_insert(0.0) += piece.sum.0;
        }
        *totals.entry((workflow, "all")).or_insert(0.0) += run.set_aside.0 * run.runs.max(1.0)
            + runs
                .pieces(run)
                .iter()
                .filter(|piece| {
                    profile.stage(piece.stage).is_some_and(|stage| stage.id != "unattributed")
                })
                .map(|piece| piece.sum.0)
                .sum::<f64>();
    }
    totals
}

/// Plays a case, and holds its rows against the truth and against the growth of the counters.
fn check(name: &str, case: &Case) -> (usize, usize) {
    let outcome = play(case);
    let by_node = case.deployment == Deployment::Binary;
    let (claims, wrong) = judge(&outcome, by_node);
    let first = wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{name}: {} of {claims} claims are false\n{first}", wrong.len());
    let (rows, means) = (totals(&outcome.rows), totals(&outcome.means));
    for ((workflow, stage), grown) in &means {
        let shown = rows.get(&(workflow.clone(), *stage)).copied().unwrap_or(0.0);
        let off = (shown - grown).abs() / grown.abs().max(1.0);
        // A nested node's time is set aside only in the row that has its parent's.
        let nested = by_node && *stage != "all";
        assert!(
            nested || off < 1e-9,
            "{name}: {workflow} {stage}: {shown} ms in rows, {grown} ms counted"
        );
    }
    (claims, outcome.ended)
}

#[test]
fn no_row_claims_to_be_a_run_that_it_is_not() {
    for deployment in [Deployment::Core, Deployment::Binary] {
        for per_hour in [3.0, 15.0, 240.0] {
            for (restart_every, misses) in [(None, None), (Some(7_300_000), Some(9))] {
                let world = World::chain(2, per_hour);
                let case =
                    Case { world, deployment, interval: 60_000, hours: 12, restart_every, misses };
                check(&format!("{deployment:?} {per_hour} {restart_every:?} {misses:?}"), &case);
            }
        }
    }
}

#[test]
fn most_runs_of_the_demo_world_are_rebuilt_and_none_falsely() {
    for deployment in [Deployment::Core, Deployment::Binary] {
        for (restart_every, misses) in [(None, None), (Some(14_400_000), Some(11))] {
            let case = Case {
                world: World::demo(),
                deployment,
                interval: 60_000,
                hours: 24,
                restart_every,
                misses,
            };
            let (claims, ended) = check(&format!("demo {deployment:?} {restart_every:?}"), &case);
            assert!(claims * 3 > ended * 2, "{claims} of {ended}");
        }
    }
}
