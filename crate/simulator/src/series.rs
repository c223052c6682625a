//! What a scrape consists of: families, series and samples.

use std::borrow::Cow;
use std::sync::Arc;

use crate::time::UnixMillis;

/// The type in a `# TYPE` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FamilyKind {
    /// Only rises, but for restarts.
    Counter,
    /// Rises and falls.
    Gauge,
    /// Quantiles, sum and count.
    Summary,
    /// Buckets, sum and count.
    Histogram,
}

impl FamilyKind {
    /// The word in a text exposition.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Summary => "summary",
            Self::Histogram => "histogram",
        }
    }
}

/// All series that share one `# TYPE` line.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Family {
    /// Name of the family, with the deployment's prefix.
    pub name: String,
    /// Help text.
    pub help: Cow<'static, str>,
    /// Type.
    pub kind: FamilyKind,
    /// Whether a timeline needs it.
    pub(crate) on_timeline: bool,
}

/// A label's name and value.
pub(crate) type Label = (&'static str, Arc<str>);

/// One series: a name and labels.
#[derive(Debug)]
pub struct Series {
    family: Arc<Family>,
    suffix: &'static str,
    exposed: Arc<[Label]>,
    last: Option<Label>,
    target: Arc<[Label]>,
}

impl Series {
    /// A series whose labels are those in `exposed`, then `last`, then those of the target.
    pub(crate) fn new(
        family: &Arc<Family>,
        suffix: &'static str,
        exposed: &Arc<[Label]>,
        last: Option<Label>,
        target: &Arc<[Label]>,
    ) -> Arc<Self> {
        Arc::new(Self {
            family: Arc::clone(family),
            suffix,
            exposed: Arc::clone(exposed),
            last,
            target: Arc::clone(target),
        })
    }

    /// The family it belongs to.
    #[must_use]
    pub fn family(&self) -> &Arc<Family> {
        &self.family
    }

    /// Its `__name__`: the family's name, with `_sum`, `_count` or `_bucket` for these parts of a
    /// summary or histogram.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.family.name, self.suffix)
    }

    /// `_sum`, `_count`, `_bucket` or nothing.
    #[must_use]
    pub fn suffix(&self) -> &'static str {
        self.suffix
    }

    /// The labels that the exporter writes, in its order.
    pub fn exposed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.exposed.iter().chain(&self.last).map(|(name, value)| (*name, &**value))
    }

    /// All labels as Prometheus stores them: those of the exporter and those of the target.
    /// (Prometheus drops labels with an empty value when it answers.)
    pub fn labels(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.exposed
            .iter()
            .chain(&self.last)
            .chain(self.target.iter())
            .map(|(name, value)| (*name, &**value))
    }
}

/// One value of one series at one scrape.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The series.
    pub series: Arc<Series>,
    /// The scrape's time.
    pub at: UnixMillis,
    /// The value; NaN for a quantile without recent observations.
    pub value: f64,
}
