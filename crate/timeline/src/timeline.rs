//! The whole way, from frames to a picture, in the order in which it is walked.

use crate::arrangement::{self, Arranged, Arrangement, Selected};
use crate::diagnosis::{self, Empty};
use crate::hit::{self, Hit};
use crate::layout::{self, Layout, View};
use crate::line;
use crate::notice::{Notice, Notices, Severity};
use crate::profile::{Profile, Value};
use crate::row::Row;
use crate::run::Runs;
use crate::scene::{self, Scene, Setting};
use crate::series::{self, Frames, MetricNames, ShapeError};
use crate::statistics::Statistics;
use crate::summary::{self, StageSummary, TierSummary};
use crate::tier::{self, Choice};
use crate::unit::TimeRange;

/// What the panel's user asked for that changes which rows there are.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The dashboard's time range.
    pub range: TimeRange,
    /// Which metric a query returns where its series lost their name.
    pub metrics: MetricNames,
    /// Which way to know a run is taken.
    pub choice: Choice,
    /// What the user adds to the stages and changes of them, as JSON says it.
    pub stages: Value,
}

/// What the frames held.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Loaded {
    /// Rows.
    pub rows: usize,
    /// Series, of any metric.
    pub series: usize,
    /// Samples of all series.
    pub samples: usize,
    /// Prefixes of the metrics' names.
    pub prefixes: Vec<String>,
    /// Rows by tier.
    pub tiers: Vec<TierSummary>,
    /// All stages of the profile.
    pub stages: Vec<StageSummary>,
    /// What a reader must be told.
    pub notices: Vec<Notice>,
    /// What the present arrangement shows of them.
    pub shown: Shown,
    /// Why there is no row; none where there is one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub empty: Option<Empty>,
}

/// What an arrangement shows.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Shown {
    /// Lines of the picture: rows, headers of groups, nodes of opened rows.
    pub rows: usize,
    /// Rows that the filters let through, those of closed groups included.
    pub matched: usize,
    /// All rows.
    pub of: usize,
    /// What the rows that are let through say together.
    pub statistics: Statistics,
    /// All stages of the profile over the same rows.
    pub stages: Vec<StageSummary>,
}

/// A timeline: its rows, their order, and its pictures.
#[derive(Debug)]
pub struct Timeline {
    /// The stages without what the user makes of them.
    built_in: Profile,
    profile: Profile,
    runs: Runs,
    arrangement: Arrangement,
    range: TimeRange,
    selected: Selected,
    arranged: Arranged,
}

impl Default for Timeline {
    fn default() -> Self {
        Self::new(Profile::flyte1())
    }
}

impl Timeline {
    /// A timeline without rows, of the stages of a profile.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let arrangement = Arrangement { descending: true, ..Arrangement::default() };
        let built_in = profile.clone();
        Self {
            built_in,
            profile,
            runs: Runs::default(),
            arrangement,
            range: TimeRange::default(),
            selected: Selected::default(),
            arranged: Arranged::default(),
        }
    }

    /// Reads new data. The rows of the old are gone, the arrangement stays.
    ///
    /// # Errors
    /// Where the frames are not described as they are, which is the caller's mistake; the old rows
    /// stay then. No data is ever an error: what cannot be used is told in the notices.
    pub fn load(&mut self, frames: Frames, request: &Request) -> Result<Loaded, ShapeError> {
        let mut notices = Notices::default();
        let profile = self.profile_with(&request.stages, &mut notices);
        let mut found = series::read(&profile, frames, request.range, &request.metrics)?;
        self.profile = profile;
        found.census.report(&self.profile, &mut notices);
        found.report_unmet(&self.profile, &mut notices);
        let (mut runs, left_out) =
            tier::runs(&self.profile, &mut found, request.range, request.choice, &mut notices);
        let empty = runs.runs.is_empty().then(|| diagnosis::empty(&self.profile, &found, left_out));
        runs.runs.shrink_to_fit();
        runs.pieces.shrink_to_fit();
        self.runs = runs;
        self.range = request.range;
        self.select();
        Ok(Loaded {
            rows: self.runs.runs.len(),
            series: found.census.series,
            samples: found.census.samples,
            prefixes: found.census.prefixes,
            tiers: summary::tiers(&self.runs),
            stages: summary::stages(&self.profile, &self.runs, self.runs.runs.iter()),
            notices: notices.into_sorted(),
            shown: self.shown(),
            empty,
        })
    }

    /// The stages as the user wants them; the built-in ones where that cannot be understood.
    fn profile_with(&self, stages: &Value, notices: &mut Notices) -> Profile {
        match self.built_in.clone().with(stages) {
            Ok(profile) => profile,
            Err(errors) => {
                for error in errors {
                    let text = format!("Option “Stages”: {error}. The built-in stages are shown.");
                    notices.add(Severity::Error, text);
                }
                self.built_in.clone()
            }
        }
    }

    /// Arranges the rows anew. Only what changes is done again.
    pub fn arrange(&mut self, arrangement: Arrangement) {
        if arrangement == self.arrangement {
            return;
        }
        let is_selected = arrangement.selects_as(&self.arrangement);
        self.arrangement = arrangement;
        if is_selected {
            self.unfold();
        } else {
            self.select();
        }
    }

    fn select(&mut self) {
        self.selected = arrangement::select(&self.profile, &self.runs, &self.arrangement);
        self.unfold();
    }

    fn unfold(&mut self) {
        self.arranged = arrangement::unfold(
            &self.profile,
            &self.runs,
            &self.arrangement,
            &self.selected,
            self.range,
        );
    }

    /// What the arrangement shows.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let order = self.selected.order.iter();
        let rows = order.filter_map(|position| self.runs.runs.get(*position as usize));
        Shown {
            rows: self.arranged.lines.len(),
            matched: self.selected.order.len(),
            of: self.runs.runs.len(),
            statistics: self.selected.statistics.clone(),
            stages: summary::stages(&self.profile, &self.runs, rows),
        }
    }

    /// The stages it draws.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The facts behind the rows.
    #[must_use]
    pub fn runs(&self) -> &Runs {
        &self.runs
    }

    /// Height of the axis and all rows, CSS pixels.
    #[must_use]
    pub fn content_height(&self, row_height: f64) -> f64 {
        layout::content_height(&self.arranged, row_height)
    }

    /// Where everything is in a view.
    #[must_use]
    pub fn layout(&self, view: View) -> Layout {
        Layout::new(view, &self.arranged)
    }

    /// What a view shows.
    #[must_use]
    pub fn scene(&self, view: View, setting: &dyn Setting) -> Scene {
        scene::build(&self.profile, &self.runs, &self.arranged, &self.layout(view), setting)
    }

    /// What is at a point of a view, CSS pixels from its top left.
    #[must_use]
    pub fn hit(&self, view: View, x: f64, y: f64) -> Option<Hit> {
        hit::find(&self.profile, &self.runs, &self.arranged, &self.layout(view), x, y)
    }

    /// Lines in their order, from one position up to another.
    #[must_use]
    pub fn rows(&self, from: usize, to: usize) -> Vec<Row> {
        let describe = |index| line::describe(&self.profile, &self.runs, &self.arranged, index);
        (from..to.min(self.arranged.lines.len())).filter_map(describe).collect()
    }
}
