//! Whatever is scraped, however often processes restart and scrapes fail: the time in the rows is the
//! time that the counters were told and a scrape saw, workflow by workflow and stage by stage.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // The helpers of tests are tests too.

use std::collections::BTreeMap;

use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const STEP: f64 = 60_000.0;
const SCRAPES: usize = 40;

/// Stage, metric, and whether it has nodes; ends have no stage.
const METRICS: [(&str, &str, bool); 7] = [
    ("acceptance", "workflow:acceptance_latency_ms", false),
    ("transition", "node:transition_latency_ms", true),
    ("queueing", "node:queueing_latency_ms", true),
    ("task", "node:success_duration_ms", true),
    ("task", "node:failure_duration_ms", true),
    ("", "workflow:success_duration_ms", false),
    ("", "workflow:failure_duration_ms", false),
];
const NODES: [&str; 4] = ["n0", "n1", "n1/n1-0-dn0", "end-node"];

/// What a process counted: at which scrape, of which workflow, metric and node, ms.
type Told = (usize, usize, usize, usize, u32);

#[derive(Clone, Debug)]
struct Process {
    told: Vec<Told>,
    /// Scrapes before which it restarts.
    restarts: Vec<usize>,
    /// Scrapes that fail.
    failed: Vec<usize>,
}

fn process(restarts: bool) -> impl Strategy<Value = Process> {
    // Often right after a restart: a counter that has passed its old value by then does not fall.
    let when = prop_oneof![2 => 0..SCRAPES, 1 => select(vec![9_usize, 18, 27])];
    let told = (when, 0..2_usize, 0..METRICS.len(), 0..NODES.len(), 1..3_600_000_u32);
    // Apart by more than what Prometheus looks back: those nearer to each other are taken as one.
    let at = vec(select(vec![9_usize, 18, 27]), 0..if restarts { 3 } else { 1 });
    (vec(told, 0..60), at, vec(1..SCRAPES, 0..4)).prop_map(|(told, mut restarts, failed)| {
        restarts.sort_unstable();
        restarts.dedup();
        Process { told, restarts, failed }
    })
}

/// The labels of a counter.
type Key = (usize, usize, &'static str);

/// Milliseconds by workflow and stage.
type Sums = BTreeMap<(String, &'static str), f64>;

fn key(&(_, workflow, metric, node, _): &Told) -> Key {
    (workflow, metric, if METRICS[metric].2 { NODES[node] } else { "" })
}

impl Process {
    /// Adds its series, and to `sums` what scrapes saw of what they were told.
    fn expose(&self, name: &str, id: Option<&str>, frames: &mut FramesBuilder, sums: &mut Sums) {
        let seen: Vec<usize> = (0..SCRAPES).filter(|at| !self.failed.contains(at)).collect();
        let life = |at: usize| self.restarts.iter().filter(|restart| **restart <= at).count();
        let mut series: BTreeMap<Key, Vec<(f64, f64, f64)>> = BTreeMap::new();
        for at in &seen {
            let mut totals: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
            for told in self.told.iter().filter(|told| told.0 <= *at && life(told.0) == life(*at)) {
                let total = totals.entry(key(told)).or_default();
                *total = (total.0 + f64::from(told.4), total.1 + 1.0);
            }
            for (key, (sum, count)) in totals {
                series.entry(key).or_default().push((*at as f64 * STEP, sum, count));
            }
        }
        for told in &self.told {
            let shown =
                seen.iter().find(|at| **at >= told.0).filter(|at| life(**at) == life(told.0));
            // What is there at the first scrape was there before, unless it is one execution's.
            let grew = shown.is_some_and(|at| id.is_some() || Some(at) != seen.first());
            let stage = METRICS[told.2].0;
            if grew && !stage.is_empty() {
                *sums.entry((workflow(told.1), stage)).or_default() += f64::from(told.4);
            }
        }
        for ((of, metric, node), points) in series {
            let times: Vec<f64> = points.iter().map(|point| point.0).collect();
            for part in ["sum", "count"] {
                let values: Vec<f64> = points
                    .iter()
                    .map(|point| if part == "sum" { point.1 } else { point.2 })
                    .collect();
                let metric = format!("flyte:propeller:all:{}_{part}", METRICS[metric].1);
                let of = workflow(of);
                let mut labels = vec![
                    ("__name__", metric.as_str()),
                    ("wf", &of),
                    ("instance", name),
                    ("node", node),
                ];
                labels.extend(id.map(|id| ("exec_id", id)));
                frames.series("A", Asked::Range(STEP as u32), &labels, &times, &values);
            }
        }
        always(name, &seen, life, frames);
    }
}

/// A counter that every scrape has, and that falls at every restart.
fn always(name: &str, seen: &[usize], life: impl Fn(usize) -> usize, frames: &mut FramesBuilder) {
    let times: Vec<f64> = seen.iter().map(|at| *at as f64 * STEP).collect();
    for part in ["sum", "count"] {
        let value = |at: &usize| if part == "sum" { 1_000.0 - life(*at) as f64 } else { 1.0 };
        let values: Vec<f64> = seen.iter().map(value).collect();
        let metric = format!("flyte:propeller:all:workflow:acceptance_latency_ms_{part}");
        let labels = [("__name__", metric.as_str()), ("wf", "p:d:always"), ("instance", name)];
        frames.series("A", Asked::Range(STEP as u32), &labels, &times, &values);
    }
}

fn workflow(number: usize) -> String {
    format!("w{number}")
}

/// What the rows hold of the workflows that are asked about.
fn shown(mut frames: FramesBuilder, choice: Choice) -> Sums {
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(SCRAPES as f64 * STEP) };
    let request = Request { range, choice, ..Request::default() };
    timeline.load(frames.build(), &request).expect("well described");
    let (runs, profile) = (timeline.runs(), timeline.profile());
    let mut sums = Sums::new();
    for run in &runs.runs {
        let name = runs.texts.get(run.workflow);
        let name = name.rsplit(':').next().unwrap_or(name).to_owned();
        for piece in runs.pieces(run).iter().chain(runs.contained(run)) {
            let stage = profile.stage(piece.stage).map_or("", |stage| stage.id.as_ref());
            let known = METRICS.iter().find(|metric| metric.0 == stage);
            if let (Some((stage, ..)), true) = (known, name != "always") {
                *sums.entry((name.clone(), stage)).or_default() += piece.sum.0;
            }
        }
    }
    sums
}

fn same(shown: &Sums, told: &Sums) -> Result<(), TestCaseError> {
    for key in shown.keys().chain(told.keys()) {
        let of = |sums: &Sums| sums.get(key).copied().unwrap_or_default();
        prop_assert!(
            (of(shown) - of(told)).abs() < 1.0,
            "{key:?}: {} shown, {} told",
            of(shown),
            of(told)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_time_of_counters_is_in_the_rows_once(all in vec(process(true), 1..4)) {
        for choice in [Choice::Best, Choice::Means] {
            let (mut frames, mut told) = (FramesBuilder::new(), Sums::new());
            for (number, process) in all.iter().enumerate() {
                process.expose(&format!("propeller-{number}"), None, &mut frames, &mut told);
            }
            same(&shown(frames, choice), &told)?;
        }
    }

    #[test]
    fn the_time_of_executions_is_in_their_rows_once(all in vec(process(false), 1..4)) {
        let (mut frames, mut told) = (FramesBuilder::new(), Sums::new());
        for (number, mut process) in all.into_iter().enumerate() {
            // One that had ended when the range began is left out.
            process.told.retain(|told| told.0 > 1 || !METRICS[told.2].0.is_empty());
            // An execution is of one workflow.
            process.told.iter_mut().for_each(|told| told.1 = 0);
            let id = format!("f{number}");
            process.expose(&id, Some(&id), &mut frames, &mut told);
        }
        same(&shown(frames, Choice::Best), &told)?;
    }
}
