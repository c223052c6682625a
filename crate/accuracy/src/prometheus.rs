//! What Prometheus holds after the scrapes, and what it answers to the panel's queries.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use flyte_simulator::{Sample, Series};
use flyte_timeline::series::Frames;
use flyte_timeline::series::build::{Asked, FieldSpec, FramesBuilder, Values};

use crate::scrapes::Scrapes;

/// Labels that a query in table format has as columns.
const LABELS: [&str; 12] = [
    "__name__", "project", "domain", "wf", "exec_id", "node", "task", "tasktype", "instance",
    "job", "pod", "app_name",
];

/// What counts the ends of executions.
const ENDINGS: [&str; 3] = [
    ":workflow:success_duration_ms_count",
    ":workflow:failure_duration_ms_count",
    ":workflow:completion_latency_ms_count",
];

/// One stored series.
#[derive(Debug)]
pub struct Stored {
    series: Arc<Series>,
    /// Its name.
    pub name: String,
    /// At which steps it has which value. Only the first and the last where they are not kept.
    pub points: Vec<(u32, f64)>,
}

impl Stored {
    /// A label's value, empty where it has none.
    pub fn label(&self, key: &str) -> &str {
        if key == "__name__" {
            return &self.name;
        }
        self.series.labels().find(|(name, _)| *name == key).map_or("", |(_, value)| value)
    }

    /// Its labels but for the name. Prometheus keeps none with an empty value.
    pub fn labels(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.series.labels().filter(|(_, value)| !value.is_empty())
    }
}

/// All stored series.
#[derive(Debug)]
pub struct Storage {
    /// In the order in which they were first seen.
    pub series: Vec<Stored>,
    keep_all: bool,
    /// By the address of what the simulator calls a series. It makes a new one after a restart, so
    /// several may be one series of Prometheus. They are held, so no address comes twice.
    known: HashMap<usize, usize>,
    held: Vec<Arc<Series>>,
    /// By a hash of name and labels.
    by_labels: HashMap<u64, usize>,
    /// Ids of executions that had ended shortly before the range.
    over: HashSet<String>,
}

impl Storage {
    /// An empty storage. Where series are many and asked for by instant query alone, only the first
    /// and last value of each need to be kept.
    pub fn new(keep_all: bool) -> Self {
        Self {
            series: Vec::new(),
            keep_all,
            known: HashMap::new(),
            held: Vec::new(),
            by_labels: HashMap::new(),
            over: HashSet::new(),
        }
    }

    /// Stores one scrape, which a step sees.
    pub fn store(&mut self, step: u32, samples: &[Sample]) {
        for sample in samples {
            let position = self.position(&sample.series);
            let Some(stored) = self.series.get_mut(position) else { continue };
            if let (false, [_, last]) = (self.keep_all, stored.points.as_mut_slice()) {
                *last = (step, sample.value);
            } else {
                stored.points.push((step, sample.value));
            }
        }
    }

    /// Stores of a scrape before the range what the dashboards' queries ask for: which executions had
    /// ended (`unless … last_over_time(…[5m] offset $__range)`).
    pub fn store_before(&mut self, samples: &[Sample]) {
        for Sample { series, .. } in
            samples.iter().filter(|sample| is_ending(&sample.series.name()))
        {
            let id = series.labels().find(|(key, _)| *key == "exec_id").map_or("", |(_, id)| id);
            if !self.over.contains(id) {
                self.over.insert(id.to_owned());
            }
        }
    }

    fn position(&mut self, series: &Arc<Series>) -> usize {
        let address = Arc::as_ptr(series) as usize;
        if let Some(known) = self.known.get(&address) {
            return *known;
        }
        let name = series.name();
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        series.labels().for_each(|label| label.hash(&mut hasher));
        let position = *self.by_labels.entry(hasher.finish()).or_insert(self.series.len());
        if position == self.series.len() {
            self.series.push(Stored { series: Arc::clone(series), name, points: Vec::new() });
        }
        self.known.insert(address, position);
        self.held.push(Arc::clone(series));
        position
    }

    /// The dashboards' range query for deployments without `exec_id`: every series with its points.
    pub fn range(&self, scrapes: &Scrapes, interval_ms: i64) -> Frames {
        let step = u32::try_from(interval_ms).unwrap_or(u32::MAX);
        let mut frames = FramesBuilder::new();
        for stored in &self.series {
            let name = [("__name__", stored.name.as_str())];
            let labels: Vec<(&str, &str)> = name.into_iter().chain(stored.labels()).collect();
            let times: Vec<f64> =
                stored.points.iter().map(|(step, _)| scrapes.step_at(*step) as f64).collect();
            let values: Vec<f64> = stored.points.iter().map(|(_, value)| *value).collect();
            frames.series("stages", Asked::Range(step), &labels, &times, &values);
        }
        frames.build()
    }

    /// The dashboards' two instant queries for deployments with `exec_id`: the last values of all
    /// that had not ended when the range began, and when each execution's end was first scraped.
    pub fn executions(&self, scrapes: &Scrapes, instance_of: &impl Fn(&str) -> usize) -> Frames {
        let to = scrapes.step_at(scrapes.steps) as f64;
        let mut stages: Vec<(&Stored, f64)> = Vec::new();
        let mut ended: Vec<(&Stored, f64)> = Vec::new();
        let at_begin =
            self.series.iter().filter(|stored| is_ending(&stored.name) && is_at_begin(stored));
        let over: HashSet<&str> = at_begin
            .map(|stored| stored.label("exec_id"))
            .chain(self.over.iter().map(String::as_str))
            .collect();
        for stored in self.series.iter().filter(|stored| !over.contains(stored.label("exec_id"))) {
            let Some((_, last)) = stored.points.last() else { continue };
            if stored.label("exec_id").is_empty() || !is_stage(&stored.name) {
                continue;
            }
            stages.push((stored, *last));
            if let (true, Some((first, _))) = (is_ending(&stored.name), stored.points.first()) {
                let instance = instance_of(stored.label("instance"));
                ended.push((stored, scrapes.scrape_at(instance, *first) as f64 / 1_000.0));
            }
        }
        let mut frames = FramesBuilder::new();
        table(&mut frames, ("stages", "last_over_time({…}[$__range])"), &stages, to, &LABELS);
        // min_over_time() and timestamp() drop the name.
        table(&mut frames, ("ended", "min_over_time(timestamp({…})[…])"), &ended, to, &LABELS[1..]);
        frames.build()
    }
}

/// Whether the range's begin has a sample of it.
fn is_at_begin(stored: &Stored) -> bool {
    stored.points.first().is_some_and(|(step, _)| *step == 0)
}

fn is_ending(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether the dashboards' query selects it.
fn is_stage(name: &str) -> bool {
    name.ends_with("_sum") || name.ends_with("_count")
}

fn table(
    frames: &mut FramesBuilder,
    query: (&str, &str),
    rows: &[(&Stored, f64)],
    at: f64,
    labels: &[&str],
) {
    let times = vec![at; rows.len()];
    let values: Vec<f64> = rows.iter().map(|(_, value)| *value).collect();
    let columns: Vec<Vec<&str>> =
        labels.iter().map(|key| rows.iter().map(|(row, _)| row.label(key)).collect()).collect();
    let mut fields = vec![FieldSpec { name: "Time", labels: &[], values: Values::Times(&times) }];
    for (key, column) in labels.iter().zip(&columns) {
        fields.push(FieldSpec { name: key, labels: &[], values: Values::Texts(column) });
    }
    fields.push(FieldSpec { name: "Value", labels: &[], values: Values::Numbers(&values) });
    frames.frame(query, Asked::Instant, &fields);
}
