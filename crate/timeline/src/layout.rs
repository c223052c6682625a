//! Where things are: columns, rows in view, and the one place that turns time into pixels.

use crate::arrangement::Arranged;
use crate::colour::Theme;
use crate::format;
use crate::profile::StageId;
use crate::unit::{Millis, TimeRange, UnixMillis};

/// Where and in what the rows are drawn, lengths in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Width of the canvas.
    pub width: f64,
    /// Height of the canvas, the axis included.
    pub height: f64,
    /// How far the rows are scrolled.
    pub scroll_top: f64,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// Height of a row.
    pub row_height: f64,
    /// The theme it is drawn on.
    pub theme: Theme,
    /// The row under the pointer or the keyboard's focus.
    pub active: Option<usize>,
    /// The stage that is outlined in the active row.
    pub active_stage: Option<StageId>,
    /// Width of the names; none for a share of the width.
    pub label_width: Option<f64>,
    /// The part of time that the clock shows; none for the dashboard's time range.
    pub window: Option<TimeRange>,
    /// Where the pointer of other panels is.
    pub cursor: Option<UnixMillis>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            width: 0.0,
            height: 0.0,
            scroll_top: 0.0,
            pixel_ratio: 1.0,
            row_height: 22.0,
            theme: Theme::Dark,
            active: None,
            active_stage: None,
            label_width: None,
            window: None,
            cursor: None,
        }
    }
}

/// Height of the axis, which stays while the rows scroll.
pub const AXIS_HEIGHT: f64 = 24.0;
/// Below this height a row has no text: nothing legible fits.
pub const TEXT_MIN_ROW_HEIGHT: f64 = 14.0;
/// Average advance of a character of the panel's font at the size used for rows, for what must be
/// decided before a text is measured. Inter at 12 px: digits 7.4, lower case 6.4.
pub const CHARACTER_WIDTH: f64 = 6.8;

/// Space at the panel's edges and between columns.
const GAP: f64 = 8.0;
/// Below these widths of the view a column is left out, so that the bars keep their room.
const OVERHEAD_MIN_WIDTH: f64 = 560.0;
const TOTAL_MIN_WIDTH: f64 = 320.0;
const OVERHEAD_WIDTH: f64 = 64.0;
const TOTAL_WIDTH: f64 = 58.0;
const LABEL_MIN_WIDTH: f64 = 84.0;
const LABEL_MAX_WIDTH: f64 = 380.0;
const LABEL_SHARE: f64 = 0.34;
/// Ticks are at least this far apart, so that their texts never meet.
const TICK_DISTANCE: f64 = 72.0;
/// A canvas is never larger than this, whatever the host says.
const MAX_SIDE: f64 = 16_384.0;

/// A column of the row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Column {
    /// Left edge.
    pub x: f64,
    /// Width; zero where it is left out.
    pub width: f64,
}

impl Column {
    /// Right edge.
    #[must_use]
    pub fn right(self) -> f64 {
        self.x + self.width
    }
}

/// Where the columns of a view are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Columns {
    /// Names.
    pub label: Column,
    /// Bars.
    pub bar: Column,
    /// Totals.
    pub total: Column,
    /// Overhead shares.
    pub overhead: Column,
    /// Height of the axis above the rows.
    pub axis_height: f64,
}

/// A tick of the duration axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Position from the left.
    pub x: f64,
    /// What it reads.
    pub text: String,
}

/// Where everything is in one view.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The view it was made for, with sane numbers.
    pub view: View,
    /// Names.
    pub label: Column,
    /// Bars.
    pub bar: Column,
    /// Totals.
    pub total: Column,
    /// Overhead shares.
    pub overhead: Column,
    /// Pixels per millisecond.
    pub scale: f64,
    /// Ticks of the axis.
    pub ticks: Vec<Tick>,
    /// First row in view.
    pub first: usize,
    /// Row after the last in view.
    pub end: usize,
}

impl Layout {
    /// Lays a view out over arranged rows.
    #[must_use]
    pub fn new(view: View, arranged: &Arranged) -> Self {
        let view = sane(view, arranged.lines.len());
        let (label, bar, total, overhead) = columns(&view);
        let longest = arranged.extent.longest.0.max(1.0);
        let scale = bar.width / longest;
        let rows_height = (view.height - AXIS_HEIGHT).max(0.0);
        let first = (view.scroll_top / view.row_height).floor() as usize;
        let end = ((view.scroll_top + rows_height) / view.row_height).ceil() as usize;
        let ticks = ticks(bar, longest, scale);
        let rows = arranged.lines.len();
        Self {
            view,
            label,
            bar,
            total,
            overhead,
            scale,
            ticks,
            first: first.min(rows),
            end: end.min(rows),
        }
    }

    /// Where a time from a bar's own start is, to a device pixel; the right edge of the bars where it
    /// is beyond.
    #[must_use]
    pub fn x(&self, time: Millis) -> f64 {
        let device = self.view.pixel_ratio;
        let x = (self.bar.x + time.0 * self.scale).min(self.bar.right());
        (x * device).round() / device
    }

    /// Top edge of a row.
    #[must_use]
    pub fn top(&self, row: usize) -> f64 {
        AXIS_HEIGHT + row as f64 * self.view.row_height - self.view.scroll_top
    }

    /// The row at a height, if there is one.
    #[must_use]
    pub fn row_at(&self, y: f64) -> Option<usize> {
        let row = ((y - AXIS_HEIGHT + self.view.scroll_top) / self.view.row_height).floor();
        let inside = (AXIS_HEIGHT..self.view.height).contains(&y) && row >= 0.0;
        inside.then_some(row as usize).filter(|row| *row < self.end)
    }

    /// Where its columns are.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let Self { label, bar, total, overhead, .. } = *self;
        Columns { label, bar, total, overhead, axis_height: AXIS_HEIGHT }
    }

    /// Whether rows have text.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.view.row_height >= TEXT_MIN_ROW_HEIGHT
    }
}

/// Height of the axis and all rows, for the scroll bar.
#[must_use]
pub fn content_height(arranged: &Arranged, row_height: f64) -> f64 {
    rows_height(arranged.lines.len(), row_height)
}

fn rows_height(rows: usize, row_height: f64) -> f64 {
    AXIS_HEIGHT + rows as f64 * sane_row_height(row_height)
}

fn sane_row_height(height: f64) -> f64 {
    if height.is_finite() { height.clamp(3.0, 100.0) } else { 22.0 }
}

fn sane(view: View, rows: usize) -> View {
    let finite = |value: f64, otherwise: f64| if value.is_finite() { value } else { otherwise };
    let row_height = sane_row_height(view.row_height);
    let height = finite(view.height, 0.0).clamp(0.0, MAX_SIDE);
    let longest_scroll = (rows_height(rows, row_height) - height).max(0.0);
    View {
        width: finite(view.width, 0.0).clamp(0.0, MAX_SIDE),
        height,
        scroll_top: finite(view.scroll_top, 0.0).clamp(0.0, longest_scroll),
        pixel_ratio: finite(view.pixel_ratio, 1.0).clamp(0.25, 8.0),
        row_height,
        ..view
    }
}

fn columns(view: &View) -> (Column, Column, Column, Column) {
    let width = view.width;
    let label = (width * LABEL_SHARE).clamp(LABEL_MIN_WIDTH, LABEL_MAX_WIDTH).min(width);
    let overhead = if width >= OVERHEAD_MIN_WIDTH { OVERHEAD_WIDTH } else { 0.0 };
    let total = if width >= TOTAL_MIN_WIDTH { TOTAL_WIDTH } else { 0.0 };
    let overhead = Column { x: width - GAP - overhead, width: overhead };
    let total = Column {
        x: overhead.x - if overhead.width > 0.0 { GAP } else { 0.0 } - total,
        width: total,
    };
    let bar_x = label + GAP;
    let bar = Column { x: bar_x, width: (total.x - GAP * 1.5 - bar_x).max(0.0) };
    (Column { x: GAP, width: (label - GAP).max(0.0) }, bar, total, overhead)
}

fn ticks(bar: Column, longest: f64, scale: f64) -> Vec<Tick> {
    if bar.width < TICK_DISTANCE {
        return Vec::new();
    }
    let step = step(TICK_DISTANCE / scale);
    let count = (longest / step).floor() as usize;
    (0..=count)
        .map(|i| {
            let at = step * i as f64;
            Tick { x: bar.x + at * scale, text: format::tick(Millis(at), Millis(step)) }
        })
        .collect()
}

/// The shortest sensible step that is at least `atleast` ms: 1, 2 or 5 tenths of a second, then
/// what a clock is read in, then days.
fn step(atleast: f64) -> f64 {
    const STEPS: [f64; 23] = [
        100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3,
        1_800e3, 3_600e3, 7_200e3, 10_800e3, 21_600e3, 43_200e3, 86_400e3, 172_800e3, 432_000e3,
    ];
    if let Some(step) = STEPS.into_iter().find(|step| *step >= atleast) {
        return step;
    }
    let mut days = 10.0_f64;
    while days.is_finite() {
        if let Some(step) = [1.0, 2.0, 5.0]
            .into_iter()
            .map(|digit| digit * days * 86_400e3)
            .find(|step| *step >= atleast)
        {
            return step;
        }
        days *= 10.0;
    }
    atleast
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Extent, Line};

    fn view(width: f64, height: f64) -> View {
        View {
            width,
            height,
            scroll_top: 0.0,
            pixel_ratio: 2.0,
            row_height: 22.0,
            ..View::default()
        }
    }

    fn arranged(rows: u32, longest: f64) -> Arranged {
        let extent = Extent { longest: Millis(longest), ..Extent::default() };
        Arranged { lines: (0..rows).map(Line::Run).collect(), extent, ..Arranged::default() }
    }

    #[test]
    fn only_rows_in_view_are_laid_out_however_many_there_are() {
        let mut v = view(1200.0, 24.0 + 220.0);
        v.scroll_top = 22.0 * 50_000.0 + 11.0;
        let layout = Layout::new(v, &arranged(100_000, 1e6));
        assert_eq!((layout.first, layout.end), (50_000, 50_011));
        assert_eq!(layout.row_at(24.0), Some(50_000));
        assert_eq!(layout.row_at(24.0 + 12.0), Some(50_001));
        assert_eq!(layout.row_at(23.9), None);
    }

    #[test]
    fn scrolling_past_the_end_shows_the_last_rows() {
        let mut v = view(600.0, 244.0);
        v.scroll_top = 1e12;
        let layout = Layout::new(v, &arranged(20, 1e6));
        assert_eq!((layout.first, layout.end), (10, 20));
    }

    #[test]
    fn narrow_views_give_up_columns_before_bars() {
        let widths = |width| {
            let layout = Layout::new(view(width, 300.0), &arranged(5, 1e6));
            (layout.bar.width, layout.total.width, layout.overhead.width)
        };
        let (wide, narrow, tiny) = (widths(1200.0), widths(480.0), widths(240.0));
        assert!(wide.0 > 600.0 && wide.1 > 0.0 && wide.2 > 0.0, "{wide:?}");
        assert!(narrow.0 > 200.0 && narrow.1 > 0.0 && narrow.2 == 0.0, "{narrow:?}");
        assert!(tiny.0 > 100.0 && tiny.1 == 0.0 && tiny.2 == 0.0, "{tiny:?}");
    }

    #[test]
    fn ticks_never_meet_and_stay_inside_the_bars_for_any_range() {
        for exponent in 0..13 {
            for digit in [1.0, 3.7, 9.9] {
                let longest = digit * 10_f64.powi(exponent);
                let layout = Layout::new(view(900.0, 300.0), &arranged(5, longest));
                assert!(layout.ticks.iter().all(|tick| tick.x <= layout.bar.right() + 0.001));
                for pair in layout.ticks.windows(2) {
                    assert!(pair[1].x - pair[0].x >= TICK_DISTANCE - 0.001, "{longest}");
                }
            }
        }
    }

    #[test]
    fn nonsense_from_the_host_is_made_sane() {
        let mut v = view(f64::NAN, f64::INFINITY);
        v.scroll_top = f64::NEG_INFINITY;
        v.row_height = 0.0;
        v.pixel_ratio = f64::NAN;
        let layout = Layout::new(v, &arranged(3, f64::NAN));
        assert!(layout.bar.width.abs() < f64::EPSILON);
        assert!(layout.x(Millis(5.0)).is_finite());
    }
}
