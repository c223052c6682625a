//! Whether every millisecond that the counters grew by is in a row, and none that they did not.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::prometheus::{Storage, Stored};
use crate::scrapes::{Scrapes, Sight};
use crate::shown::ShownRow;
use crate::stage::{Stage, Tells, in_millis, tells};
use crate::truth::TrueRun;
use flyte_simulator::Metric;

/// Milliseconds by workflow and stage. Pod start is within its task and not counted apart.
pub type Totals = BTreeMap<(String, Stage), f64>;

const METRICS: [Metric; 5] = [
    Metric::WorkflowAcceptance,
    Metric::NodeTransition,
    Metric::NodeQueueing,
    Metric::NodeSuccessDuration,
    Metric::NodeFailureDuration,
];

/// By how much the stored counters grew over the range, read as Prometheus reads counters: what
/// falls began anew, sum and count together; what appears after its propeller's first sample was
/// zero before.
pub fn growth(
    storage: &Storage,
    scrapes: &Scrapes,
    instance_of: &impl Fn(&str) -> usize,
) -> Totals {
    let mut counts: HashMap<Vec<&str>, &Stored> = HashMap::new();
    for stored in &storage.series {
        if let Some(base) = stored.name.strip_suffix("_count") {
            counts.insert(identity(stored, base), stored);
        }
    }
    let mut totals = Totals::new();
    for (stored, base, stage, unit) in sums(storage) {
        let Some(count) = counts.get(&identity(stored, base)) else { continue };
        let first_good = scrapes.first_good(instance_of(stored.label("instance")));
        let mut last: Option<(f64, f64)> = None;
        let mut grown = 0.0;
        for ((step, sum), (_, count)) in stored.points.iter().zip(&count.points) {
            grown += match last {
                None if *step <= first_good => 0.0,
                None => *sum,
                Some((last_sum, last_count)) if *sum < last_sum || *count < last_count => *sum,
                Some((last_sum, _)) => sum - last_sum,
            };
            last = Some((*sum, *count));
        }
        *totals.entry((stored.label("wf").to_owned(), stage)).or_default() += grown * unit;
    }
    totals
}

/// What the instant query of executions returns, over all executions that have a row.
pub fn returned(storage: &Storage, rows: &[ShownRow]) -> Totals {
    let ids: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut totals = Totals::new();
    for (stored, _, stage, unit) in sums(storage) {
        if let (true, Some((_, last))) =
            (ids.contains(stored.label("exec_id")), stored.points.last())
        {
            *totals.entry((stored.label("wf").to_owned(), stage)).or_default() += last * unit;
        }
    }
    totals
}

/// What the runs told the counters within the range and a scrape saw.
pub fn told(runs: &[TrueRun]) -> Totals {
    let mut totals = Totals::new();
    for run in runs {
        for seen in &run.observations {
            let metric = seen.key.0;
            if let (Some(Tells::Stage(stage)), Sight::At(_)) = (tells(metric), seen.sight)
                && stage != Stage::PodStart
            {
                let ms = seen.value * in_millis(metric);
                *totals.entry((run.workflow.clone(), stage)).or_default() += ms;
            }
        }
    }
    totals
}

/// What the rows hold, and by workflow how much of it is set aside.
pub fn attributed(rows: &[ShownRow]) -> (Totals, BTreeMap<String, f64>) {
    let (mut totals, mut aside) = (Totals::new(), BTreeMap::new());
    for row in rows {
        let runs = if row.runs > 0.0 { row.runs } else { 1.0 };
        *aside.entry(row.workflow.clone()).or_default() += row.set_aside * runs;
        for ((node, stage), ms) in &row.sums {
            // The pod start of a node without a task's time is in no task's time.
            let stage = match stage {
                Stage::PodStart if row.sums.contains_key(&(node.clone(), Stage::Task)) => {
                    Stage::Task
                }
                Stage::PodStart => continue,
                stage => *stage,
            };
            *totals.entry((row.workflow.clone(), stage)).or_default() += ms;
        }
    }
    (totals, aside)
}

/// The largest relative difference, of any stage of a workflow, or of their total where time was set
/// aside, which no row tells by stage.
pub fn worst(attributed: &Totals, aside: &BTreeMap<String, f64>, counters: &Totals) -> f64 {
    let mut worst: f64 = 0.0;
    let mut totals: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let keys: HashSet<&(String, Stage)> = attributed.keys().chain(counters.keys()).collect();
    for key in keys {
        let (shown, counted) = (value(attributed, key), value(counters, key));
        let total = totals.entry(&key.0).or_default();
        *total = (total.0 + shown, total.1 + counted);
        if aside.get(&key.0).copied().unwrap_or_default() == 0.0 {
            worst = worst.max(relative(shown, counted));
        }
    }
    for (workflow, (shown, counted)) in totals {
        let aside = aside.get(workflow).copied().unwrap_or_default();
        worst = worst.max(relative(shown + aside, counted));
    }
    worst
}

fn value(totals: &Totals, key: &(String, Stage)) -> f64 {
    totals.get(key).copied().unwrap_or_default()
}

fn relative(shown: f64, counted: f64) -> f64 {
    let difference = (shown - counted).abs();
    // Below a microsecond nothing was counted.
    if difference < 1e-3 { 0.0 } else { difference / counted.max(shown).max(1.0) }
}

fn sums(storage: &Storage) -> impl Iterator<Item = (&Stored, &str, Stage, f64)> {
    storage.series.iter().filter_map(|stored| {
        let base = stored.name.strip_suffix("_sum")?;
        let metric = METRICS.into_iter().find(|metric| base.ends_with(&metric.name()))?;
        let Some(Tells::Stage(stage)) = tells(metric) else { return None };
        Some((stored, base, stage, in_millis(metric)))
    })
}

/// What the sum and the count of one summary share: the name before `_sum` or `_count`, and labels.
fn identity<'a>(stored: &'a Stored, base: &'a str) -> Vec<&'a str> {
    std::iter::once(base).chain(stored.labels().flat_map(|(key, value)| [key, value])).collect()
}
