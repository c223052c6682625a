//! What a place among the bars means: the one place that turns time into pixels.

use super::Column;
use crate::arrangement::{Arranged, Mode};
use crate::profile::StageId;
use crate::unit::{Millis, TimeRange};

/// Space between two columns of stages.
const STAGE_GAP: f64 = 8.0;

/// A straight scale between time and pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    /// Where it begins, CSS pixels.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Time at its left, ms.
    pub from: f64,
    /// Time at its right, ms.
    pub to: f64,
    /// Device pixels per CSS pixel.
    device: f64,
}

impl Ruler {
    fn new(column: Column, (from, to): (f64, f64), device: f64) -> Self {
        let to = if to > from { to } else { from + 1.0 };
        Self { left: column.x, right: column.right(), from, to, device }
    }

    /// Pixels per millisecond.
    #[must_use]
    pub fn scale(&self) -> f64 {
        (self.right - self.left) / (self.to - self.from)
    }

    /// Where a time is, to a device pixel; an end of the ruler where it is beyond.
    #[must_use]
    pub fn x(&self, ms: f64) -> f64 {
        let x = self.left + (ms - self.from) * self.scale();
        (x.max(self.left).min(self.right) * self.device).round() / self.device
    }

    /// Whether a time is visibly beyond the right end.
    #[must_use]
    pub fn is_beyond(&self, ms: f64) -> bool {
        (ms - self.to) * self.scale() > 0.5
    }

    /// The time at a place.
    #[must_use]
    pub fn time(&self, x: f64) -> f64 {
        self.from + (x - self.left) / self.scale()
    }
}

/// What a place among the bars means.
#[derive(Clone, Debug)]
pub enum Plot {
    /// Time from the beginning of the row.
    Elapsed(Ruler),
    /// A part of the row's time.
    Shares,
    /// Time in a stage, each in a column of its own.
    Stages(Vec<(StageId, Ruler)>),
    /// The time of day.
    Clock(Ruler),
}

impl Plot {
    /// What places mean for rows that are arranged, in a column of the view.
    pub(super) fn new(
        bar: Column,
        arranged: &Arranged,
        window: Option<TimeRange>,
        device: f64,
    ) -> Self {
        match arranged.mode {
            Mode::Stacked => {
                Self::Elapsed(Ruler::new(bar, (0.0, arranged.extent.longest.0.max(1.0)), device))
            }
            Mode::Normalised => Self::Shares,
            Mode::Aligned => Self::Stages(stages(bar, &arranged.extent.stages, device)),
            Mode::Clock => {
                let range = window.unwrap_or(arranged.range);
                Self::Clock(Ruler::new(bar, (range.from.0, range.to.0), device))
            }
        }
    }
}

/// A ruler over a whole row, whatever its time.
pub(super) fn whole(bar: Column, total: Millis, device: f64) -> Ruler {
    Ruler::new(bar, (0.0, total.0), device)
}

/// A column for every stage that a row has, all of the same width, each with a scale of its own: the
/// stages of one run differ by orders of magnitude, and what is compared is one stage over the rows.
fn stages(bar: Column, longest: &[Millis], device: f64) -> Vec<(StageId, Ruler)> {
    let all = (0_u8..).map(StageId).zip(longest);
    let present: Vec<(StageId, &Millis)> =
        all.filter(|(_, longest)| longest.is_positive()).collect();
    let pitch = (bar.width + STAGE_GAP) / present.len().max(1) as f64;
    let column = |place: usize| Column {
        x: bar.x + pitch * place as f64,
        width: (pitch - STAGE_GAP).max(0.0),
    };
    let place = |(place, (stage, longest)): (usize, (StageId, &Millis))| {
        (stage, Ruler::new(column(place), (0.0, longest.0), device))
    };
    present.into_iter().enumerate().map(place).collect()
}
