//! Keeps what is a series of the profile's metrics, and counts why another is none.

use super::label::{LabelSet, Strings};
use super::name::Part;
use super::naming::{Clues, INSTANT_SUFFIX, Named, Naming};
use super::{Found, Growth, MetricNames, PodSeries, Samples, Scan, Series};
use crate::known::{Known, hash};
use crate::order;
use crate::profile::{Profile, Role};
use crate::text::{Text, Texts};
use crate::unit::Millis;

/// A series before it is known for one.
#[derive(Clone, Copy)]
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
    pub strings: Strings,
    naming: Naming<'a>,
    /// Which series has a metric, part and label set.
    known: Known,
    /// The step that the frame's query was asked for; none where it was not asked over a range.
    pub step: Option<Millis>,
    /// How many series of one kind are to come, that which is offered among them, as far as it is known:
    /// a list that grows as it is filled takes up to three times its memory.
    pub coming: usize,
    /// The column of times that was looked at last, and whether it is in order.
    pub ascending: Option<(usize, bool)>,
    pub found: Found,
}

impl<'a> Collector<'a> {
    pub fn new(profile: &'a Profile, metrics: &'a MetricNames, strings: &[String]) -> Self {
        let mut found = Found { texts: Texts::default(), ..Found::default() };
        let strings = Strings::new(strings, &mut found.texts);
        let naming = Naming::new(profile, metrics, &mut found.census);
        Self {
            profile,
            strings,
            naming,
            known: Known::default(),
            step: None,
            coming: 0,
            ascending: None,
            found,
        }
    }

    /// Keeps samples in order of time. Of two at one instant the first counts.
    pub fn gather(&mut self, samples: &mut Vec<(f64, f64)>) -> Samples {
        samples.retain(|(time, value)| time.is_finite() && !value.is_nan());
        if !samples.is_sorted_by(|a, b| a.0 < b.0) {
            order::sort(samples, |a, b| a.0.total_cmp(&b.0));
            samples.dedup_by(|later, earlier| later.0 == earlier.0);
        }
        let list = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (mut times, len) = (self.found.times.len(), samples.len());
        // Series of one table have the same times, for the most part.
        let known = times.checked_sub(len).and_then(|start| self.found.times.get(start..));
        if known.is_some_and(|known| known.iter().eq(samples.iter().map(|(time, _)| time))) {
            times -= len;
        } else {
            self.found.times.extend(samples.iter().map(|(time, _)| *time));
        }
        let values = self.found.values.len();
        self.found.values.extend(samples.iter().map(|(_, value)| *value));
        Samples::Gathered { times: list(times), values: list(values), len: list(len) }
    }

    /// Takes a candidate that is a series of a known metric.
    pub fn offer(&mut self, candidate: Candidate) {
        let Candidate { query, expression, names, display, set, samples } = candidate;
        self.found.census.series += 1;
        let clues = Clues { name: set.name, names, query, display };
        let (name, carried) = match self.naming.name_of(&self.found.texts, &clues) {
            Named::Known(name, carried) => (name, carried),
            Named::Pod(metric) => {
                let (labels, over_range) = (set.pod, self.step.is_some());
                self.found.pods.reserve(self.coming);
                return self.found.pods.push(PodSeries { metric, labels, over_range, samples });
            }
            Named::Unknown(name) => {
                return note(&mut self.found.census.unknown, self.found.texts.get(name));
            }
            Named::Nameless => {
                return note(&mut self.found.census.nameless, self.found.texts.get(query));
            }
        };
        if name.unlabelled {
            self.found.census.unlabelled += 1;
            return;
        }
        let metric = self.profile.metric(name.metric);
        let ended = metric.is_some_and(|metric| metric.role == Role::Ended);
        // By its name a counter of nothing but time, as only a user's own stage has.
        let total = metric.is_some_and(|metric| metric.suffix.ends_with("_total"));
        if set.is_quantile || (name.part == Part::Plain && !ended && !total) {
            self.found.census.quantiles += 1;
            return;
        }
        let expression = self.found.texts.get(expression);
        if !carried && !ended && is_rate(expression) {
            return note(&mut self.found.census.rates, self.found.texts.get(query));
        }
        let growth = if carried { Growth::Counter } else { growth_of(expression) };
        let (metric, part, identity) = (name.metric, name.part, set.identity);
        let (labels, process) = (set.labels, set.process);
        let scan = Scan::default();
        self.keep(Series { metric, part, growth, labels, identity, process, query, samples, scan });
    }

    /// Keeps a series, unless the same one is there already: then that of a range stays before that
    /// of an instant and the first before the second, so that nothing is counted twice.
    fn keep(&mut self, series: Series) {
        // Only counters have a step: pods over a range say nothing of counters at an instant.
        if let Some(step) = self.step {
            self.found.step = Some(self.found.step.map_or(step, |known| known.min(step)));
        }
        let all = &mut self.found.series;
        let key = |series: &Series| (series.metric, series.part, series.identity);
        let words = [u64::from(series.metric.0), series.part as u64, series.identity];
        let is = &mut |first| all.get(first).map(key) == Some(key(&series));
        let first = self.known.number(hash(&words), is);
        if first == all.len() {
            all.reserve(self.coming);
            all.push(series);
            return;
        }
        self.found.census.repeated += 1;
        let is_instant = |query: Text| self.found.texts.get(query).ends_with(INSTANT_SUFFIX);
        if let Some(kept) = self.found.series.get_mut(first)
            && is_instant(kept.query)
            && !is_instant(series.query)
        {
            *kept = series;
        }
    }

    /// All that was found.
    pub fn finish(mut self) -> Found {
        self.found.census.prefixes = self.naming.prefixes(&self.found.texts);
        // The fields of a table and of joined frames do not say which step was asked for.
        self.found.step = self.found.step.or_else(|| self.found.shortest_distance());
        self.found.census.finish();
        self.found.scan();
        self.found
    }
}

/// Adds a name, unless it is the one that was added last; they are made distinct at the end.
fn note(names: &mut Vec<String>, name: &str) {
    if names.last().is_none_or(|last| last != name) {
        names.push(name.to_owned());
    }
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
