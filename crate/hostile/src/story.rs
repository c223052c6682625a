//! Bytes as a story: what a data source might return at its worst, well described.
//!
//! Names, labels and values are picked from those that mean something to the core, more often than
//! not, since of random ones it knows nothing; each may be anything at all, too.

use arbitrary::{Result, Unstructured};
use flyte_timeline::series::build::{Asked, FieldSpec, FramesBuilder, Values};

use crate::walk;

/// Reads bytes and walks with what they tell.
pub fn run(bytes: &[u8]) {
    let mut told = Unstructured::new(bytes);
    let request = told.arbitrary().unwrap_or_default();
    let mut frames = FramesBuilder::new();
    // Bytes that end are a story that ends.
    while !told.is_empty() && frame(&mut told, &mut frames).is_ok() {}
    walk::well_described(request, &frames.build());
}

const PREFIXES: [&str; 3] = ["flyte:propeller:all:", "", "x_"];

/// Suffixes of the profile's metrics, their twins without labels, and what is no metric of it.
const NAMES: [&str; 24] = [
    "workflow:acceptance_latency_ms",
    "workflow:success_duration_ms",
    "workflow:failure_duration_ms",
    "workflow:completion_latency_ms",
    "node:transition_latency_ms",
    "node:queueing_latency_ms",
    "node:success_duration_ms",
    "node:failure_duration_ms",
    "plugin_queue_latency_us",
    "plugin_initialize_latency_us",
    "workflow:acceptance_latency_unlabeled_ms",
    "node:event_recording:success_duration_ms",
    "ended",
    "kube_pod_labels",
    "kube_pod_created",
    "kube_pod_status_scheduled_time",
    "kube_pod_start_time",
    "kube_pod_container_state_started",
    "kube_pod_completion_time",
    "kube_pod_status_phase",
    "Value",
    "Value #ended",
    "up",
    "",
];

const KEYS: [&str; 24] = [
    "wf",
    "exec_id",
    "node",
    "project",
    "domain",
    "task",
    "instance",
    "quantile",
    "type",
    "__name__",
    "uid",
    "namespace",
    "pod",
    "exported_pod",
    "container",
    "phase",
    "label_execution_id",
    "label_node_id",
    "label_workflow_name",
    "label_task_name",
    "label_project",
    "label_domain",
    "exported_namespace",
    "",
];

const TEXTS: [&str; 24] = [
    "",
    "p:d:w",
    "p:d:v",
    "p",
    "d",
    "a",
    "b",
    "n0",
    "n1",
    "n0/n0-n1",
    "n0/n0-0-n1",
    "end-node",
    "start-node",
    "a-n0-0",
    "a-n0-1",
    "a-n0-0-n1-1",
    "b-n1-0",
    "p-d",
    "Failed",
    "Succeeded",
    "Running",
    "0.5",
    "::",
    "10.0.0.1:9090",
];

const QUERIES: [(&str, &str); 8] = [
    ("A", ""),
    ("B", ""),
    ("A-Instant", ""),
    ("ended", ""),
    ("queueing_sum", "Expr: sum by (wf) (increase(x[1m]))"),
    ("queueing_count", "Expr: x - x offset 15s"),
    ("A", "Expr: rate(x[5m])"),
    ("", ""),
];

/// What a sample may be instead of a number that a counter could have.
const BROKEN: [f64; 10] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    -1.0,
    -0.0,
    f64::MAX,
    f64::MIN_POSITIVE,
    1e18,
    1e300,
    0.5,
];

/// Milliseconds between the scrapes of a range.
const STEPS: [u32; 4] = [15_000, 60_000, 1, u32::MAX];

fn text<'a>(told: &mut Unstructured<'a>, known: &[&'a str]) -> Result<&'a str> {
    // One in sixteen is anything; 255 would be a long one.
    if told.ratio(1, 16)? {
        let len = told.int_in_range(0..=40)?;
        return Ok(std::str::from_utf8(told.bytes(len)?).unwrap_or("\u{fffd}"));
    }
    told.choose(known).copied()
}

fn name(told: &mut Unstructured<'_>) -> Result<String> {
    let prefix = *told.choose(&PREFIXES)?;
    let part = *told.choose(&["_sum", "_count", ""])?;
    Ok(format!("{prefix}{}{part}", text(told, &NAMES)?))
}

/// Times of one query: in steps, or in no order at all.
fn times(told: &mut Unstructured<'_>, count: usize) -> Result<Vec<f64>> {
    if told.ratio(1, 12)? {
        return (0..count).map(|_| number(told)).collect();
    }
    let step = f64::from(*told.choose(&STEPS)?);
    let first = f64::from(told.int_in_range(0_u8..=40)?);
    // A step may be missing, as where a scrape failed.
    let missing: u32 = told.arbitrary()?;
    let there = (0..count * 2).filter(|at| *at >= 32 || missing >> at & 1 == 0);
    let mut times: Vec<f64> = there.take(count).map(|at| (first + at as f64) * step).collect();
    if told.ratio(1, 16)? {
        times.reverse();
    }
    Ok(times)
}

fn number(told: &mut Unstructured<'_>) -> Result<f64> {
    if told.ratio(1, 3)? { told.choose(&BROKEN).copied() } else { told.arbitrary() }
}

/// A counter's samples, or an instant of the range for a timestamp; rarely anything else.
fn values(told: &mut Unstructured<'_>, count: usize) -> Result<Vec<f64>> {
    let unit = *told.choose(&[1.0, 1_000.0, 7_300.0, 1e6])?;
    let mut total = f64::from(told.int_in_range(0_u8..=200)?) * unit;
    (0..count)
        .map(|_| match told.int_in_range(0_u8..=31)? {
            // Begins anew, with something in it.
            0 => {
                total = unit;
                Ok(total)
            }
            1 => told.choose(&BROKEN).copied(),
            2 => number(told),
            growth => {
                // Most scrapes show nothing new.
                total += f64::from(growth.saturating_sub(20)) * unit;
                Ok(total)
            }
        })
        .collect()
}

/// Adds one frame: a series, several at once side by side, or a long table.
fn frame(told: &mut Unstructured<'_>, frames: &mut FramesBuilder) -> Result<()> {
    let query = *told.choose(&QUERIES)?;
    let asked = match told.int_in_range(0_u8..=3)? {
        0 => Asked::Unsaid,
        1 | 2 => Asked::Range(*told.choose(&STEPS)?),
        _ => Asked::Instant,
    };
    let rows = if asked == Asked::Instant && told.ratio(3, 4)? {
        1
    } else {
        told.int_in_range(0..=24_usize)?
    };
    let times = times(told, rows)?;
    if told.ratio(1, 5)? {
        table(told, frames, query, asked, &times)
    } else {
        fields(told, frames, query, asked, &times)
    }
}

fn fields(
    told: &mut Unstructured<'_>,
    frames: &mut FramesBuilder,
    query: (&str, &str),
    asked: Asked,
    times: &[f64],
) -> Result<()> {
    let count = told.int_in_range(0..=4_usize)?;
    let mut names = Vec::new();
    let mut labels = Vec::new();
    let mut columns = Vec::new();
    for _ in 0..count {
        names.push(name(told)?);
        let keys = told.int_in_range(0..=7_usize)?;
        labels.push(
            (0..keys)
                .map(|_| Ok((text(told, &KEYS)?, text(told, &TEXTS)?)))
                .collect::<Result<Vec<_>>>()?,
        );
        columns.push(values(told, times.len())?);
    }
    let mut specs = Vec::new();
    if !told.ratio(1, 16)? {
        specs.push(FieldSpec { name: "Time", labels: &[], values: Values::Times(times) });
    }
    for ((name, labels), values) in names.iter().zip(&labels).zip(&columns) {
        specs.push(FieldSpec { name, labels, values: Values::Numbers(values) });
    }
    frames.frame(query, asked, &specs);
    Ok(())
}

fn table(
    told: &mut Unstructured<'_>,
    frames: &mut FramesBuilder,
    query: (&str, &str),
    asked: Asked,
    times: &[f64],
) -> Result<()> {
    let keys = told.int_in_range(1..=6_usize)?;
    let mut columns = Vec::new();
    for _ in 0..keys {
        let key = text(told, &KEYS)?;
        let cells: Vec<String> =
            (0..times.len())
                .map(|_| {
                    if key == "__name__" { name(told) } else { Ok(text(told, &TEXTS)?.to_owned()) }
                })
                .collect::<Result<_>>()?;
        columns.push((key, cells));
    }
    let numbers = values(told, times.len())?;
    let cells: Vec<Vec<&str>> =
        columns.iter().map(|(_, cells)| cells.iter().map(String::as_str).collect()).collect();
    let mut specs = vec![FieldSpec { name: "Time", labels: &[], values: Values::Times(times) }];
    for ((key, _), cells) in columns.iter().zip(&cells) {
        specs.push(FieldSpec { name: key, labels: &[], values: Values::Texts(cells) });
    }
    specs.push(FieldSpec { name: "Value", labels: &[], values: Values::Numbers(&numbers) });
    frames.frame(query, asked, &specs);
    Ok(())
}
