//! What the Prometheus client keeps of one label set: a counter, a gauge, a summary or a histogram.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::series::{Family, FamilyKind, Label, Series};
use crate::time::{MINUTE, Millis, UnixMillis};

/// Age after which a summary forgets an observation for its quantiles (`DefMaxAge` of the
/// Prometheus client for Go).
const MAX_AGE: Millis = 10 * MINUTE;

const QUANTILES: [(f64, &str); 3] = [(0.5, "0.5"), (0.9, "0.9"), (0.99, "0.99")];

/// Upper bounds of a histogram's buckets, in seconds (`DefBuckets` of the Prometheus client for
/// Go).
const BUCKETS: [(f64, &str); 12] = [
    (0.005, "0.005"),
    (0.01, "0.01"),
    (0.025, "0.025"),
    (0.05, "0.05"),
    (0.1, "0.1"),
    (0.25, "0.25"),
    (0.5, "0.5"),
    (1.0, "1"),
    (2.5, "2.5"),
    (5.0, "5"),
    (10.0, "10"),
    (f64::INFINITY, "+Inf"),
];

/// One child of a metric: a label set and what has been observed under it.
#[derive(Debug)]
pub(crate) enum Cell {
    Counter { series: Arc<Series>, value: f64 },
    Gauge { series: Arc<Series>, value: f64 },
    Summary(Summary),
    Histogram(Histogram),
}

#[derive(Debug)]
pub(crate) struct Summary {
    quantiles: [Arc<Series>; 3],
    total: Total,
    recent: VecDeque<(UnixMillis, f64)>,
}

#[derive(Debug)]
pub(crate) struct Histogram {
    buckets: [(Arc<Series>, u64); 12],
    total: Total,
}

/// `_sum` and `_count`.
#[derive(Debug)]
struct Total {
    sum_series: Arc<Series>,
    count_series: Arc<Series>,
    sum: f64,
    count: u64,
}

impl Cell {
    pub(crate) fn new(family: &Arc<Family>, labels: &Arc<[Label]>, target: &Arc<[Label]>) -> Self {
        let series = |suffix| Series::new(family, suffix, labels, None, target);
        let total = || Total {
            sum_series: series("_sum"),
            count_series: series("_count"),
            sum: 0.0,
            count: 0,
        };
        match family.kind {
            FamilyKind::Summary => Self::Summary(Summary {
                quantiles: QUANTILES.map(|(_, text)| {
                    Series::new(family, "", labels, Some(("quantile", text.into())), target)
                }),
                total: total(),
                recent: VecDeque::new(),
            }),
            FamilyKind::Histogram => Self::Histogram(Histogram {
                buckets: BUCKETS.map(|(_, text)| {
                    let bound = Some(("le", text.into()));
                    (Series::new(family, "_bucket", labels, bound, target), 0)
                }),
                total: total(),
            }),
            FamilyKind::Counter => Self::Counter { series: series(""), value: 0.0 },
            FamilyKind::Gauge => Self::Gauge { series: series(""), value: 0.0 },
        }
    }

    /// The family that it belongs to.
    pub(crate) fn family(&self) -> &Arc<Family> {
        match self {
            Self::Counter { series, .. } | Self::Gauge { series, .. } => series.family(),
            Self::Summary(Summary { total, .. }) | Self::Histogram(Histogram { total, .. }) => {
                total.sum_series.family()
            }
        }
    }

    /// Adds to a counter, sets a gauge, or observes a value.
    pub(crate) fn add(&mut self, at: UnixMillis, seen: f64) {
        match self {
            Self::Counter { value, .. } => *value += seen,
            Self::Gauge { value, .. } => *value = seen,
            Self::Summary(summary) => {
                summary.total.add(seen);
                summary.recent.push_back((at, seen));
                summary.forget(at);
            }
            Self::Histogram(histogram) => {
                histogram.total.add(seen);
                for ((bound, _), (_, count)) in BUCKETS.iter().zip(&mut histogram.buckets) {
                    *count += u64::from(seen <= *bound);
                }
            }
        }
    }

    /// Gives each series and its value at `now`; those of quantiles only where they are asked for.
    pub(crate) fn visit(
        &mut self,
        now: UnixMillis,
        quantiles: bool,
        mut each: impl FnMut(&Arc<Series>, f64),
    ) {
        match self {
            Self::Counter { series, value } | Self::Gauge { series, value } => each(series, *value),
            Self::Summary(summary) => {
                summary.forget(now);
                if quantiles {
                    summary.visit_quantiles(&mut each);
                }
                summary.total.visit(each);
            }
            Self::Histogram(histogram) => {
                for (series, count) in &histogram.buckets {
                    each(series, *count as f64);
                }
                histogram.total.visit(each);
            }
        }
    }
}

impl Total {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    fn visit(&self, mut each: impl FnMut(&Arc<Series>, f64)) {
        each(&self.sum_series, self.sum);
        each(&self.count_series, self.count as f64);
    }
}

impl Summary {
    fn forget(&mut self, now: UnixMillis) {
        while self.recent.front().is_some_and(|&(at, _)| at <= now - MAX_AGE) {
            self.recent.pop_front();
        }
    }

    fn visit_quantiles(&self, mut each: impl FnMut(&Arc<Series>, f64)) {
        let mut sorted: Vec<f64> = self.recent.iter().map(|&(_, value)| value).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        for ((share, _), series) in QUANTILES.iter().zip(&self.quantiles) {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            each(series, sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN));
        }
    }
}
