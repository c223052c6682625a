//! What the frames say: which of them are series of the profile's metrics, of which run, and where
//! their samples are.
//!
//! Frames come in four shapes: one a series, one wide frame with a field a series, one long table
//! with labels as columns, and instant values. They are told apart by their fields, never by what
//! their meta data claims.

pub mod build;
mod census;
mod collect;
mod frame;
mod label;
mod name;
mod naming;
mod pods;
mod read;
mod table;

use std::collections::BTreeMap;

pub use census::Census;
pub use frame::{Column, Columns, Frames, ShapeError};
pub use name::Part;
pub use pods::{ALLOW_LIST, PodLabels, PodMetric, PodSeries};

use crate::known;
use crate::notice::{self, Notices, Severity};
use crate::profile::{MetricId, Profile, Role};
use crate::text::{Text, Texts};
use crate::unit::{Millis, TimeRange};

/// The labels that say whose a series is. A label that is not there is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Labels {
    /// `project`.
    pub project: Text,
    /// `domain`.
    pub domain: Text,
    /// `wf`: `project:domain:name` of the workflow's definition.
    pub workflow: Text,
    /// `exec_id`.
    pub execution: Text,
    /// `node`: the node's id, nested ones joined with `/`.
    pub node: Text,
}

impl Labels {
    /// A hash of all of them.
    pub(crate) fn hash(&self) -> u64 {
        let Self { project, domain, workflow, execution, node } = self;
        known::hash(&[project, domain, workflow, execution, node].map(|text| u64::from(text.0)))
    }
}

/// How a series grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// A counter as exposed: ever growing, from zero again when its process restarts.
    Counter,
    /// Every sample is an increase of its own, as `increase()` returns it.
    Increase,
}

/// One series of one of the profile's metrics.
#[derive(Clone, Debug)]
pub struct Series {
    /// The metric.
    pub metric: MetricId,
    /// Which part of it.
    pub part: Part,
    /// How it grows.
    pub growth: Growth,
    /// Whose it is.
    pub labels: Labels,
    /// Same for the `_sum` and the `_count` of one label set, different for any two label sets.
    pub identity: u64,
    /// Same for all series of one process.
    pub process: u64,
    /// The query that returned it.
    pub query: Text,
    samples: Samples,
    scan: Scan,
}

#[derive(Clone, Copy, Debug)]
enum Samples {
    /// Two columns as they came.
    Columns { times: usize, values: usize },
    /// Rows of a table or samples that had to be put in order: where their times and where their
    /// values begin, and how many there are.
    Gathered { times: u32, values: u32, len: u32 },
}

/// What one look at all values of a series told.
#[derive(Clone, Copy, Debug, Default)]
struct Scan {
    /// How many values no counter can hold, those left out that say that there is none.
    refused: u32,
    /// Where in the list of changes its own begin and end; none where a value is no sample.
    changes: Option<(u32, u32)>,
}

/// The largest value that a sample can hold: in microseconds, thirty thousand years.
pub const LARGEST: f64 = 1e18;

/// Whether a value can be a sample of a counter or a timestamp. `NaN` is how a summary says that it
/// has nothing to say; what is negative, infinite or enormous is broken.
#[must_use]
pub fn is_plausible(value: f64) -> bool {
    (0.0..=LARGEST).contains(&value)
}

/// Samples of a series, ascending in time. A value that is not plausible is no sample.
#[derive(Clone, Copy, Debug, Default)]
pub struct SampleView<'a> {
    /// ms since the epoch.
    pub times: &'a [f64],
    /// In the metric's unit.
    pub values: &'a [f64],
    /// Where the values change, if every value is a sample and few of them do: counters stand still
    /// most of the time.
    pub changes: Option<Changes<'a>>,
}

/// The values that differ from the one before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes<'a> {
    /// Their positions, ascending.
    pub positions: &'a [u32],
    /// What each is.
    pub values: &'a [f64],
}

impl SampleView<'_> {
    /// The samples that have a value, as (ms since the epoch, value).
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> {
        self.times
            .iter()
            .copied()
            .zip(self.values.iter().copied())
            .filter(|(_, value)| is_plausible(*value))
    }
}

impl Changes<'_> {
    /// Where the next change is.
    pub(crate) fn next_position(&self) -> Option<u32> {
        self.positions.first().copied()
    }

    /// The value that it changes to at a position, if it does, and moves on.
    pub(crate) fn take(&mut self, position: u32) -> Option<f64> {
        let (first, positions) = self.positions.split_first()?;
        let (value, values) = self.values.split_first()?;
        if *first != position {
            return None;
        }
        *self = Changes { positions, values };
        Some(*value)
    }
}

/// All that the frames said.
#[derive(Debug, Default)]
pub struct Found {
    /// Series of the profile's metrics, in the order of the frames.
    pub series: Vec<Series>,
    /// Series of pods, in the order of the frames. They are no stage's, and no counter's.
    pub pods: Vec<PodSeries>,
    /// All texts.
    pub texts: Texts,
    /// What was counted on the way, for the notices.
    pub census: Census,
    /// The shortest distance between samples that a query was asked for, or else that they have; none
    /// where there is nothing but values at an instant.
    pub step: Option<Millis>,
    columns: Vec<Column>,
    times: Vec<f64>,
    values: Vec<f64>,
    changes: ChangeList,
}

impl Found {
    /// The samples of one of its series.
    #[must_use]
    pub fn samples(&self, series: &Series) -> SampleView<'_> {
        let (times, values) = self.view(series.samples);
        let changes = series.scan.changes.and_then(|(start, end)| {
            let part = start as usize..end as usize;
            let positions = self.changes.positions.get(part.clone())?;
            Some(Changes { positions, values: self.changes.values.get(part)? })
        });
        SampleView { times, values, changes }
    }

    /// Says which of the user's own stages no series came for, and what the user hides.
    pub fn report_unmet(&self, profile: &Profile, notices: &mut Notices) {
        for (id, stage) in profile.stages().filter(|(_, stage)| stage.is_added) {
            let own = |metric: MetricId| {
                profile.metric(metric).is_some_and(|metric| metric.role == Role::Stage(id))
            };
            if self.census.series > 0 && !self.series.iter().any(|series| own(series.metric)) {
                let own = profile.metrics.iter().filter(|metric| metric.role == Role::Stage(id));
                let names = notice::joined(&mut own.map(|metric| metric.suffix.as_ref()));
                let text = format!(
                    "Option “Stages”: no _sum or _count of {names} came, so “{}” is not shown. Add \
                     them to a query.",
                    stage.name
                );
                notices.add(Severity::Warning, text);
            }
        }
        let hidden = profile.stages.iter().filter(|stage| stage.is_hidden);
        let names = notice::joined(&mut hidden.map(|stage| stage.name.as_ref()));
        if !names.is_empty() {
            let text = format!("Hidden by the option “Stages”: {names}.");
            notices.add(Severity::Info, text);
        }
    }

    /// Times and values.
    fn view(&self, samples: Samples) -> (&[f64], &[f64]) {
        match samples {
            Samples::Columns { times, values } => (self.numbers(times), self.numbers(values)),
            Samples::Gathered { times, values, len } => {
                let part = |start: u32| start as usize..start as usize + len as usize;
                (
                    self.times.get(part(times)).unwrap_or_default(),
                    self.values.get(part(values)).unwrap_or_default(),
                )
            }
        }
    }

    /// Looks once at every value, so that nobody else has to.
    fn scan(&mut self) {
        let mut changes = ChangeList::default();
        let mut series = std::mem::take(&mut self.series);
        for series in &mut series {
            series.scan = scan(self.view(series.samples).1, &mut changes);
        }
        self.series = series;
        self.changes = changes;
    }

    /// The shortest distance between two samples of a series: the step of a range whose fields do not
    /// tell it. None where every series has one sample, as at an instant.
    fn shortest_distance(&self) -> Option<Millis> {
        let distances = self.series.iter().flat_map(|series| {
            self.samples(series).times.windows(2).filter_map(|pair| match pair {
                [earlier, later] => Some(later - earlier),
                _ => None,
            })
        });
        distances.filter(|ms| *ms > 0.0).reduce(f64::min).map(Millis)
    }

    fn numbers(&self, column: usize) -> &[f64] {
        self.columns.get(column).map_or(&[], Column::numbers)
    }
}

/// Where values change, of all series.
#[derive(Debug, Default)]
struct ChangeList {
    positions: Vec<u32>,
    values: Vec<f64>,
}

/// A list of changes is kept where it is shorter than the values by this factor. Beyond, it saves
/// nothing, and memory stays bounded.
const FEW_CHANGES: usize = 4;

/// What one look at some values tells.
fn scan(values: &[f64], changes: &mut ChangeList) -> Scan {
    let start = changes.positions.len();
    let most = start + values.len() / FEW_CHANGES;
    let mut before = values.first().copied().unwrap_or_default();
    let (mut plausible, mut few) = (is_plausible(before), true);
    for (position, value) in values.iter().enumerate() {
        if *value != before {
            before = *value;
            plausible &= is_plausible(before);
            few &= changes.positions.len() < most;
            if few {
                changes.positions.push(u32::try_from(position).unwrap_or(u32::MAX));
                changes.values.push(before);
            }
        }
    }
    if plausible && few {
        let list = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        return Scan { refused: 0, changes: Some((list(start), list(changes.positions.len()))) };
    }
    changes.positions.truncate(start);
    changes.values.truncate(start);
    let refused = values.iter().filter(|value| !value.is_nan() && !is_plausible(**value)).count();
    Scan { refused: u32::try_from(refused).unwrap_or(u32::MAX), changes: None }
}

impl Series {
    /// How many values are there that no counter can hold.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.scan.refused as usize
    }
}

/// Which metric a query returns where its series lost their name, by refId, as the user says it.
pub type MetricNames = BTreeMap<String, String>;

/// Reads all series out of the frames.
///
/// # Errors
/// Where the frames are not described as they are, which is the caller's mistake.
pub fn read(
    profile: &Profile,
    frames: Frames,
    range: TimeRange,
    metrics: &MetricNames,
) -> Result<Found, ShapeError> {
    read::read(profile, frames, range, metrics)
}

#[cfg(test)]
mod tests;
