//! What a Prometheus returns of a Flyte, of any size: the same stages and labels as a real one, the
//! numbers of a small generator, since only their kind matters to speed.

use flyte_timeline::series::Frames;
use flyte_timeline::series::build::{Asked, FieldSpec, FramesBuilder, Values};
use flyte_timeline::unit::{TimeRange, UnixMillis};

const BEGIN: f64 = 1_700_000_000_000.0;
const STEP: u32 = 15_000;
const STEP_MS: f64 = 15_000.0;

const STAGES: [&str; 7] = [
    "workflow:acceptance_latency_ms",
    "node:transition_latency_ms",
    "node:queueing_latency_ms",
    "plugin_queue_latency_us",
    "plugin_initialize_latency_us",
    "node:success_duration_ms",
    "workflow:success_duration_ms",
];
const ACCEPTANCE: usize = 0;
const DURATION: usize = 6;
/// A sum and a count of each.
const SERIES: usize = STAGES.len() * 2;

/// Frames, and the range that they were asked for.
pub struct Shape {
    pub frames: Frames,
    pub range: TimeRange,
    pub samples: usize,
}

/// A linear congruential generator (Numerical Recipes): the same data in every run.
struct Random(u32);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(self.0) / 2_f64.powi(32)
    }
}

/// Counters of flyte-core's default labels over a range: a thousand scrapes, or fewer of few samples.
/// Most runs are alone, some come by twos.
pub fn counters(samples: usize) -> Shape {
    let steps = (samples / SERIES).clamp(20, 1_000);
    let workflows = (samples / SERIES / steps).max(1);
    let times: Vec<f64> = (0..steps).map(|step| BEGIN + step as f64 * STEP_MS).collect();
    let mut frames = FramesBuilder::new();
    for workflow in 0..workflows {
        let name = format!("bench:production:workflow_{workflow}");
        let growth = history(workflow, steps);
        for (stage, growth) in STAGES.iter().zip(&growth) {
            for (part, values) in ["sum", "count"].iter().zip(growth) {
                let metric = format!("flyte:propeller:all:{stage}_{part}");
                let labels = [
                    ("__name__", metric.as_str()),
                    ("domain", "production"),
                    ("instance", "10.244.0.12:10254"),
                    ("job", "flytepropeller"),
                    ("project", "bench"),
                    ("task", ""),
                    ("wf", name.as_str()),
                ];
                frames.series("A", Asked::Range(STEP), &labels, &times, values);
            }
        }
    }
    let to = times.last().copied().unwrap_or(BEGIN);
    shape(frames.build(), to, workflows * SERIES * steps)
}

fn shape(frames: Frames, to: f64, samples: usize) -> Shape {
    Shape { frames, range: TimeRange { from: UnixMillis(BEGIN), to: UnixMillis(to) }, samples }
}

/// Sum and count of every stage, scrape by scrape.
fn history(workflow: usize, steps: usize) -> Vec<[Vec<f64>; 2]> {
    let mut random = Random(u32::try_from(workflow).unwrap_or_default() + 1);
    let mut growth = vec![[vec![0.0; steps], vec![0.0; steps]]; STAGES.len()];
    let mut begin = 5;
    while begin + 20 < steps {
        run(&mut growth, begin, &mut random);
        if random.next() < 0.2 {
            run(&mut growth, begin + 3, &mut random);
        }
        begin += 45 + (random.next() * 40.0) as usize;
    }
    for values in growth.iter_mut().flatten() {
        let mut total = (random.next() * 1_000.0).floor() + 1.0;
        for value in values {
            total += *value;
            *value = total;
        }
    }
    growth
}

/// A run of two nodes.
fn run(growth: &mut [[Vec<f64>; 2]], begin: usize, random: &mut Random) {
    let mut add = |stage: usize, step: usize, sum: f64| {
        growth[stage][0][step] += sum;
        growth[stage][1][step] += 1.0;
    };
    add(ACCEPTANCE, begin, 300.0 + random.next() * 4_000.0);
    let mut at = begin;
    for _ in 0..2 {
        let task = 2 + (random.next() * 5.0) as usize;
        add(1, at, 200.0 + random.next() * 900.0);
        add(2, at, 500.0 + random.next() * 3_000.0);
        add(3, at + task, 1e6 * (1.0 + random.next() * 4.0));
        add(4, at + task, 1e6 * (1.0 + random.next() * 2.0));
        add(5, at + task, task as f64 * STEP_MS - 9_000.0 * random.next());
        at += task;
    }
    add(DURATION, at, (at - begin) as f64 * STEP_MS - 2_000.0 * random.next());
}

/// A long table while it is filled.
struct Table<'a> {
    keys: Vec<&'a str>,
    cells: Vec<Vec<&'a str>>,
    values: Vec<f64>,
}

impl<'a> Table<'a> {
    fn new(keys: &[&'a str]) -> Self {
        Self { keys: keys.to_vec(), cells: vec![Vec::new(); keys.len()], values: Vec::new() }
    }

    fn push(&mut self, cells: &[&'a str], value: f64) {
        for (column, cell) in self.cells.iter_mut().zip(cells) {
            column.push(*cell);
        }
        self.values.push(value);
    }

    fn build(&self) -> Shape {
        let to = BEGIN + 3_600_000.0;
        let times = vec![to; self.values.len()];
        let mut fields =
            vec![FieldSpec { name: "Time", labels: &[], values: Values::Times(&times) }];
        for (name, cells) in self.keys.iter().zip(&self.cells) {
            fields.push(FieldSpec { name, labels: &[], values: Values::Texts(cells) });
        }
        let values = Values::Numbers(&self.values);
        fields.push(FieldSpec { name: "Value", labels: &[], values });
        let mut frames = FramesBuilder::new();
        frames.frame(("A", ""), Asked::Instant, &fields);
        shape(frames.build(), to, self.values.len())
    }
}

/// Executions by `exec_id`, at an instant, in table format.
pub fn executions(samples: usize) -> Shape {
    let count = (samples / SERIES).max(1);
    let mut random = Random(7);
    let names: Vec<[String; 2]> = STAGES
        .iter()
        .map(|stage| ["sum", "count"].map(|part| format!("flyte:propeller:all:{stage}_{part}")))
        .collect();
    let workflows: Vec<String> =
        (0..20).map(|workflow| format!("bench:production:workflow_{workflow}")).collect();
    let ids: Vec<String> = (0..count).map(|id| format!("f{id:08x}")).collect();
    let mut table = Table::new(&["__name__", "domain", "exec_id", "instance", "project", "wf"]);
    for (stage, parts) in names.iter().enumerate() {
        let scale = match stage {
            DURATION => 120_000.0,
            3 | 4 => 3e6,
            _ => 8_000.0,
        };
        for (part, name) in parts.iter().enumerate() {
            for (id, workflow) in ids.iter().zip(workflows.iter().cycle()) {
                let value = if part == 1 { 1.0 } else { (0.5 + random.next()) * scale };
                let cells = [name, "production", id, "10.244.0.12:10254", "bench", workflow];
                table.push(&cells, value.round());
            }
        }
    }
    table.build()
}

/// Pods of kube-state-metrics with Flyte's labels, at an instant, in table format.
pub fn pods(samples: usize) -> Shape {
    const METRICS: [(&str, f64); 5] = [
        ("kube_pod_labels", f64::NAN),
        ("kube_pod_created", 0.0),
        ("kube_pod_status_scheduled_time", 2.0),
        ("kube_pod_container_state_started", 9.0),
        ("kube_pod_completion_time", 60.0),
    ];
    let count = (samples / METRICS.len()).max(1);
    let ids: Vec<String> = (0..count.div_ceil(2)).map(|id| format!("f{id:08x}")).collect();
    let names: Vec<String> =
        (0..count).map(|pod| format!("{}-n{}-0", ids[pod / 2], pod % 2)).collect();
    let uids: Vec<String> = (0..count).map(|pod| format!("uid-{pod:08x}")).collect();
    let keys = [
        "__name__",
        "namespace",
        "pod",
        "uid",
        "container",
        "label_execution_id",
        "label_node_id",
        "label_workflow_name",
    ];
    let mut table = Table::new(&keys);
    for (metric, after) in METRICS {
        for pod in 0..count {
            let created =
                (BEGIN / 1_000.0).round() + (pod / 2 % 3_000) as f64 + (pod % 2) as f64 * 70.0;
            let value = if after.is_nan() { 1.0 } else { created + after };
            let container = if metric.contains("container") { names[pod].as_str() } else { "" };
            let [id, node, workflow] = if after.is_nan() {
                [ids[pod / 2].as_str(), ["n0", "n1"][pod % 2], "workflow-1"]
            } else {
                [""; 3]
            };
            let cells = [
                metric,
                "bench-production",
                names[pod].as_str(),
                uids[pod].as_str(),
                container,
                id,
                node,
                workflow,
            ];
            table.push(&cells, value);
        }
    }
    table.build()
}
