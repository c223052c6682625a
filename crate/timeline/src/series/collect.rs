//! Goes through the frames and keeps what is a series of the profile's metrics.

use std::collections::HashMap;

use super::frame::{self, Column, Field, FieldKind, Frame, Frames, Kind, ShapeError};
use super::name::{self, Name, Part};
use super::table::Table;
use super::{Found, Growth, Labels, MetricNames, Samples, Series};
use crate::profile::{MetricId, Profile, Role};
use crate::text::{Text, Texts};
use crate::unit::{Millis, TimeRange};

/// What a label's key means to the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Name,
    Quantile,
    Project,
    Domain,
    Workflow,
    Execution,
    Node,
    Other,
}

impl Key {
    fn of(text: &str) -> Self {
        match text {
            "__name__" => Self::Name,
            "quantile" => Self::Quantile,
            "project" => Self::Project,
            "domain" => Self::Domain,
            "wf" => Self::Workflow,
            "exec_id" => Self::Execution,
            "node" => Self::Node,
            _ => Self::Other,
        }
    }
}

/// A label set while it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LabelSet {
    pub labels: Labels,
    pub identity: u64,
    /// `__name__`.
    pub name: Text,
    pub is_quantile: bool,
}

impl LabelSet {
    /// Adds a label. An empty value is no label.
    pub fn add(&mut self, key: Key, key_text: Text, value: Text) {
        if value.is_empty() {
            return;
        }
        match key {
            Key::Name => self.name = value,
            Key::Quantile => self.is_quantile = true,
            Key::Project => self.labels.project = value,
            Key::Domain => self.labels.domain = value,
            Key::Workflow => self.labels.workflow = value,
            Key::Execution => self.labels.execution = value,
            Key::Node => self.labels.node = value,
            Key::Other => {}
        }
        if !matches!(key, Key::Name) {
            // A sum, so that the order of the labels does not matter.
            self.identity =
                self.identity.wrapping_add(mix(u64::from(key_text.0) << 32 | u64::from(value.0)));
        }
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the result depends on
/// every bit of the argument.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A series before it is known for one.
pub(super) struct Candidate {
    pub query: Text,
    pub expression: Text,
    /// Name of the field, then of the frame.
    pub names: [Text; 2],
    pub display: Text,
    pub set: LabelSet,
    pub samples: Samples,
}

pub(super) struct Collector<'a> {
    profile: &'a Profile,
    range: TimeRange,
    metrics: &'a MetricNames,
    /// Text of every string of the frames, by position.
    ids: Vec<Text>,
    /// Meaning of every string of the frames as a label's key, by text.
    keys: Vec<Key>,
    /// What each text means as a metric's name, once it was asked.
    meanings: HashMap<Text, Option<Name>>,
    /// What each query is called, once it was asked.
    aliases: HashMap<(Text, Text), Option<Name>>,
    /// Which series has a metric, part and label set.
    known: HashMap<(MetricId, Part, u64), usize>,
    found: Found,
}

impl<'a> Collector<'a> {
    pub fn new(
        profile: &'a Profile,
        range: TimeRange,
        metrics: &'a MetricNames,
        strings: &[String],
    ) -> Self {
        let mut texts = Texts::default();
        let ids: Vec<Text> = strings.iter().map(|text| texts.intern(text)).collect();
        let mut keys = vec![Key::Other; texts.len()];
        for id in &ids {
            if let Some(key) = keys.get_mut(id.0 as usize) {
                *key = Key::of(texts.get(*id));
            }
        }
        Self {
            profile,
            range,
            metrics,
            ids,
            keys,
            meanings: HashMap::new(),
            aliases: HashMap::new(),
            known: HashMap::new(),
            found: Found { texts, ..Found::default() },
        }
    }

    pub fn read(mut self, mut frames: Frames) -> Result<Found, ShapeError> {
        self.check_mapping();
        for frame in frame::read(&frames)? {
            self.found.census.frames += 1;
            self.frame(&frame, &frames.columns);
        }
        self.found.columns = std::mem::take(&mut frames.columns);
        // The fields of a table and of joined frames do not say which step was asked for.
        self.found.step = self.found.step.or_else(|| self.found.shortest_distance());
        self.found.census.finish();
        Ok(self.found)
    }

    /// A metric that the user names must be one.
    fn check_mapping(&mut self) {
        for (query, metric) in self.metrics {
            if name::by_alias(self.profile, metric).is_none() {
                self.found.census.wrong_mappings.push((query.clone(), metric.clone()));
            }
        }
    }

    pub fn text(&self, string: u32) -> Text {
        self.ids.get(string as usize).copied().unwrap_or_default()
    }

    pub fn key(&self, text: Text) -> Key {
        self.keys.get(text.0 as usize).copied().unwrap_or(Key::Other)
    }

    fn frame(&mut self, frame: &Frame<'_>, columns: &[Column]) {
        if frame.fields.iter().any(|field| field.kind == FieldKind::Text) {
            Table::of(self, frame, columns).read(self);
            return;
        }
        let time = frame.fields.iter().find(|field| field.kind == FieldKind::Time);
        if frame.kind == Kind::Range
            && let Some(time) = time
        {
            self.note_step(time.interval);
        }
        for field in frame.fields.iter().filter(|field| field.kind == FieldKind::Number) {
            self.found.census.samples += frame.rows;
            if frame.rows == 0 {
                continue;
            }
            let Some(samples) = self.samples(time, field, columns) else {
                self.found.census.timeless += 1;
                continue;
            };
            let candidate = Candidate {
                query: self.text(frame.ref_id),
                expression: self.text(frame.query),
                names: [self.text(field.name), self.text(frame.name)],
                display: self.text(field.display),
                set: self.label_set(field),
                samples,
            };
            self.offer(candidate);
        }
    }

    fn note_step(&mut self, interval: u32) {
        if interval > 0 {
            let step = Millis(f64::from(interval));
            self.found.step = Some(self.found.step.map_or(step, |known| known.min(step)));
        }
    }

    fn label_set(&self, field: &Field<'_>) -> LabelSet {
        let mut set = LabelSet::default();
        for pair in field.labels.chunks_exact(2) {
            if let [key, value] = pair {
                let key = self.text(*key);
                set.add(self.key(key), key, self.text(*value));
            }
        }
        set
    }

    /// Where a field's samples are: its own columns where they are in order, else a copy that is.
    /// None where nothing says when its several values were.
    fn samples(
        &mut self,
        time: Option<&Field<'_>>,
        field: &Field<'_>,
        columns: &[Column],
    ) -> Option<Samples> {
        let numbers = |column: usize| match columns.get(column) {
            Some(Column::Numbers(values)) => values.as_slice(),
            _ => &[],
        };
        let values = numbers(field.column);
        let Some(time) = time else {
            // A single value without a time is one at the end of the range, as `reduce` makes it.
            let [value] = values else { return None };
            return Some(self.gather(vec![(self.range.to.0, *value)]));
        };
        let times = numbers(time.column);
        if times.is_sorted_by(|a, b| a < b) {
            return Some(Samples::Columns { times: time.column, values: field.column });
        }
        Some(self.gather(times.iter().copied().zip(values.iter().copied()).collect()))
    }

    /// Keeps samples in order of time. Of two at one instant the first counts.
    pub fn gather(&mut self, mut samples: Vec<(f64, f64)>) -> Samples {
        samples.retain(|(time, value)| time.is_finite() && !value.is_nan());
        samples.sort_by(|a, b| a.0.total_cmp(&b.0));
        samples.dedup_by(|later, earlier| later.0.total_cmp(&earlier.0).is_eq());
        let start = self.found.times.len();
        self.found.times.extend(samples.iter().map(|sample| sample.0));
        self.found.values.extend(samples.iter().map(|sample| sample.1));
        Samples::Gathered(start..self.found.times.len())
    }

    /// The query of a table's column that is named after it, as Grafana does where there are several.
    pub fn query_of_column(&self, name: Text) -> Option<Text> {
        let query = self.found.texts.get(name).strip_prefix("Value #")?;
        self.found.texts.find(query)
    }

    /// When a value was that does not say it.
    pub fn range_end(&self) -> f64 {
        self.range.to.0
    }

    pub fn count_samples(&mut self, samples: usize) {
        self.found.census.samples += samples;
    }

    /// Takes a candidate that is a series of a known metric, and counts why another is none.
    pub fn offer(&mut self, candidate: Candidate) {
        let census_query = candidate.query;
        self.found.census.series += 1;
        let (name, named) = match self.name_of(&candidate) {
            Named::Known(name, named) => (name, named),
            Named::Unknown(text) => {
                let text = self.found.texts.get(text).to_owned();
                self.found.census.unknown.push(text);
                return;
            }
            Named::Nameless => {
                let query = self.found.texts.get(census_query).to_owned();
                self.found.census.nameless.push(query);
                return;
            }
        };
        if name.unlabelled {
            self.found.census.unlabelled += 1;
            return;
        }
        let ended =
            self.profile.metric(name.metric).is_some_and(|metric| metric.role == Role::Ended);
        if candidate.set.is_quantile || (name.part == Part::Plain && !ended) {
            self.found.census.quantiles += 1;
            return;
        }
        let expression = self.found.texts.get(candidate.expression);
        let growth = if named { Growth::Counter } else { growth_of(expression) };
        if !named && is_rate(expression) && !ended {
            let query = self.found.texts.get(census_query).to_owned();
            self.found.census.rates.push(query);
            return;
        }
        if !name.prefix.is_empty() {
            self.found.census.prefixes.push(name.prefix.clone());
        }
        self.keep(Series {
            metric: name.metric,
            part: name.part,
            growth,
            labels: candidate.set.labels,
            identity: candidate.set.identity,
            query: candidate.query,
            samples: candidate.samples,
        });
    }

    /// Keeps a series, unless the same one is there already: then the one with more samples stays,
    /// so that nothing is counted twice.
    fn keep(&mut self, series: Series) {
        let key = (series.metric, series.part, series.identity);
        let position = self.found.series.len();
        let Some(&first) = self.known.get(&key) else {
            self.known.insert(key, position);
            self.found.series.push(series);
            return;
        };
        self.found.census.repeated += 1;
        let is_instant = |query: Text| self.found.texts.get(query).ends_with(INSTANT_SUFFIX);
        if let Some(kept) = self.found.series.get_mut(first)
            && is_instant(kept.query)
            && !is_instant(series.query)
        {
            *kept = series;
        }
    }

    fn name_of(&mut self, candidate: &Candidate) -> Named {
        if !candidate.set.name.is_empty() {
            return match self.meaning(candidate.set.name) {
                Some(name) => Named::Known(name, true),
                None => Named::Unknown(candidate.set.name),
            };
        }
        if let Some(name) = candidate.names.into_iter().find_map(|text| self.meaning(text)) {
            return Named::Known(name, true);
        }
        match self.alias(candidate.query, candidate.display) {
            Some(name) => Named::Known(name, false),
            None => Named::Nameless,
        }
    }

    fn meaning(&mut self, text: Text) -> Option<Name> {
        if text.is_empty() {
            return None;
        }
        let (profile, texts) = (self.profile, &self.found.texts);
        self.meanings.entry(text).or_insert_with(|| name::by_name(profile, texts.get(text))).clone()
    }

    /// What the user calls the query: in the options first, then by its refId, then by its legend.
    fn alias(&mut self, query: Text, display: Text) -> Option<Name> {
        let (profile, texts, metrics) = (self.profile, &self.found.texts, self.metrics);
        self.aliases
            .entry((query, display))
            .or_insert_with(|| {
                let ref_id = texts.get(query);
                let ref_id = ref_id.strip_suffix(INSTANT_SUFFIX).unwrap_or(ref_id);
                metrics
                    .get(ref_id)
                    .and_then(|metric| name::by_alias(profile, metric))
                    .or_else(|| name::by_alias(profile, ref_id))
                    .or_else(|| name::by_alias(profile, texts.get(display)))
            })
            .clone()
    }
}

/// What Grafana adds to the refId of the instant half of a query that is asked both ways.
const INSTANT_SUFFIX: &str = "-Instant";

enum Named {
    /// A metric, and whether the series still carries its name.
    Known(Name, bool),
    Unknown(Text),
    Nameless,
}

/// A function that returns increases drops the metric's name, as any arithmetic does; only then is
/// the query's text asked.
fn growth_of(expression: &str) -> Growth {
    let differs = expression.contains("increase(") || expression.contains("delta(");
    let subtracts = expression.contains(" - ") && expression.contains("offset");
    if differs || subtracts { Growth::Increase } else { Growth::Counter }
}

fn is_rate(expression: &str) -> bool {
    expression.contains("rate(")
}
