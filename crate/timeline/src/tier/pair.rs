//! Brings the `_sum` and the `_count` of one label set together again.

use crate::counter::{self, First, Increment, Setting};
use crate::known::{Known, hash};
use crate::profile::MetricId;
use crate::series::{Found, Growth, Labels, Part, SampleView, Series};
use crate::text::Text;

/// Growth of a count below this is no observation. Extrapolated increases are not whole numbers, but
/// never this small.
const LEAST_COUNT: f64 = 1e-3;

/// The series of one metric and one label set.
pub(super) struct Pair<'a> {
    pub labels: Labels,
    pub metric: MetricId,
    identity: u64,
    /// The `_sum`, or a plain value.
    pub sum: Option<&'a Series>,
    pub count: Option<&'a Series>,
}

impl<'a> Pair<'a> {
    /// Samples of the sum.
    pub fn sum(&self, found: &'a Found) -> Option<SampleView<'a>> {
        self.sum.map(|series| found.samples(series))
    }

    /// Samples of the count.
    pub fn count(&self, found: &'a Found) -> Option<SampleView<'a>> {
        self.count.map(|series| found.samples(series))
    }

    /// How many values are there that no counter can hold.
    pub fn refused(&self) -> usize {
        self.sum.into_iter().chain(self.count).map(Series::refused).sum()
    }

    /// When the first sample was, ms since the epoch.
    pub fn begin(&self, found: &'a Found) -> Option<f64> {
        let firsts = self.sum(found).into_iter().chain(self.count(found));
        firsts.filter_map(|view| view.iter().next()).map(|(time, _)| time).reduce(f64::min)
    }

    /// When the last sample was, ms since the epoch.
    pub fn last(&self, found: &'a Found) -> Option<f64> {
        let views = self.sum(found).into_iter().chain(self.count(found));
        views.filter_map(|view| view.times.last().copied()).reduce(f64::max)
    }

    /// How both grow.
    pub fn growth(&self) -> Growth {
        self.sum.or(self.count).map_or(Growth::Counter, |series| series.growth)
    }

    /// The process that exposed both.
    pub fn process(&self) -> u64 {
        self.sum.or(self.count).map_or(0, |series| series.process)
    }

    /// The query that returned them.
    pub fn query(&self) -> Text {
        self.sum.or(self.count).map_or(Text::EMPTY, |series| series.query)
    }

    /// Hands every increment of both to `add`, and answers with the restarts that they show.
    pub fn walk(
        &self,
        found: &'a Found,
        setting: &Setting<'_>,
        add: &mut dyn FnMut(Increment),
    ) -> Vec<f64> {
        counter::walk(self.sum(found), self.count(found), setting, &mut |mut increment| {
            if increment.count < LEAST_COUNT {
                increment.count = 0.0;
            }
            add(increment);
        })
    }

    /// All that is in them, whenever it was added, and whether they show a restart.
    pub fn whole(&self, found: &'a Found) -> (Increment, bool) {
        let setting =
            Setting { growth: self.growth(), first: First::Increment, ..Setting::default() };
        let mut whole = Increment::default();
        let restarts = self.walk(found, &setting, &mut |increment| {
            whole.sum += increment.sum;
            whole.count += increment.count;
        });
        (whole, !restarts.is_empty())
    }
}

/// The pairs of all wanted series, in the order in which they first appear.
pub(super) fn pairs(found: &Found, wanted: impl Fn(&Labels) -> bool) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let mut known = Known::default();
    for series in found.series.iter().filter(|series| wanted(&series.labels)) {
        let key = (series.metric, series.identity);
        let is =
            &mut |n| pairs.get(n).map(|pair: &Pair<'_>| (pair.metric, pair.identity)) == Some(key);
        let position = known.number(hash(&[u64::from(series.metric.0), series.identity]), is);
        if position == pairs.len() {
            pairs.push(Pair {
                labels: series.labels,
                metric: series.metric,
                identity: series.identity,
                sum: None,
                count: None,
            });
        }
        if let Some(pair) = pairs.get_mut(position) {
            match series.part {
                Part::Sum | Part::Plain => pair.sum = Some(series),
                Part::Count => pair.count = Some(series),
            }
        }
    }
    pairs
}
