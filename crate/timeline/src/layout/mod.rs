//! Where things are: columns, rows in view, axis; the one place that turns time into pixels.

mod plot;
mod tick;

use crate::arrangement::{Arranged, Mode};
use crate::colour::Theme;
use crate::profile::StageId;
use crate::unit::{Millis, TimeRange, UnixMillis};

pub use plot::{Plot, Ruler};
pub use tick::Tick;

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
const AXIS_HEIGHT: f64 = 24.0;
/// The same where every column has a name and a scale.
const TWO_LINES_HEIGHT: f64 = 38.0;
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
/// However narrow the names or the bars are made, this much is left of them.
const LABEL_LEAST_WIDTH: f64 = 56.0;
const BAR_MIN_WIDTH: f64 = 240.0;
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

/// Where everything is in one view.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The view it was made for, with sane numbers.
    pub view: View,
    /// Height of the axis.
    pub axis: f64,
    /// Names.
    pub label: Column,
    /// Bars.
    pub bar: Column,
    /// Totals.
    pub total: Column,
    /// Overhead shares.
    pub overhead: Column,
    /// What a place among the bars means.
    pub plot: Plot,
    /// First row in view.
    pub first: usize,
    /// Row after the last in view.
    pub end: usize,
}

impl Layout {
    /// Lays a view out over arranged rows.
    #[must_use]
    pub fn new(view: View, arranged: &Arranged) -> Self {
        let (axis, rows) = (axis_height(arranged), arranged.lines.len());
        let view = sane(view, content_height(arranged, view.row_height));
        let (label, bar, total, overhead) = columns(&view);
        let rows_height = (view.height - axis).max(0.0);
        let first = (view.scroll_top / view.row_height).floor() as usize;
        let end = ((view.scroll_top + rows_height) / view.row_height).ceil() as usize;
        let plot = Plot::new(bar, arranged, view.window, view.pixel_ratio);
        let (first, end) = (first.min(rows), end.min(rows));
        Self { view, axis, label, bar, total, overhead, plot, first, end }
    }

    /// A ruler over all of a row's own time.
    #[must_use]
    pub fn whole(&self, total: Millis) -> Ruler {
        plot::whole(self.bar, total, self.view.pixel_ratio)
    }

    /// Ticks of the axis; none where every stage has a column. `offset` is how far the dashboard's time
    /// zone is ahead of UTC.
    #[must_use]
    pub fn ticks(&self, offset: &dyn Fn(UnixMillis) -> Millis) -> Vec<Tick> {
        match &self.plot {
            Plot::Elapsed(ruler) => tick::elapsed(ruler),
            Plot::Shares => tick::shares(&self.whole(Millis(1.0))),
            Plot::Clock(ruler) => tick::clock(ruler, offset),
            Plot::Stages(_) => Vec::new(),
        }
    }

    /// Top edge of a row.
    #[must_use]
    pub fn top(&self, row: usize) -> f64 {
        self.axis + row as f64 * self.view.row_height - self.view.scroll_top
    }

    /// Top edge and height of a row's bar.
    #[must_use]
    pub fn bar_box(&self, row: usize) -> (f64, f64) {
        let (top, height) = (self.top(row), self.view.row_height);
        let inset = if self.has_text() { (height * 0.18).round() } else { 0.0 };
        let gap = if self.has_text() { 0.0 } else { 1.0 };
        (top + inset, (height - 2.0 * inset - gap).max(1.0))
    }

    /// The row at a height, if there is one.
    #[must_use]
    pub fn row_at(&self, y: f64) -> Option<usize> {
        let row = ((y - self.axis + self.view.scroll_top) / self.view.row_height).floor();
        let inside = (self.axis..self.view.height).contains(&y) && row >= 0.0;
        inside.then_some(row as usize).filter(|row| *row < self.end)
    }

    /// Where its columns are.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let Self { axis, label, bar, total, overhead, .. } = *self;
        Columns { label, bar, total, overhead, axis_height: axis }
    }

    /// Whether rows have text.
    #[must_use]
    pub fn has_text(&self) -> bool {
        has_text(self.view.row_height)
    }
}

fn has_text(row_height: f64) -> bool {
    row_height >= TEXT_MIN_ROW_HEIGHT
}

/// Height of the axis and all rows, for the scroll bar.
#[must_use]
pub fn content_height(arranged: &Arranged, row_height: f64) -> f64 {
    axis_height(arranged) + arranged.lines.len() as f64 * sane_row_height(row_height)
}

fn axis_height(arranged: &Arranged) -> f64 {
    if arranged.mode == Mode::Aligned { TWO_LINES_HEIGHT } else { AXIS_HEIGHT }
}

fn sane_row_height(height: f64) -> f64 {
    if height.is_finite() { height.clamp(3.0, 100.0) } else { 22.0 }
}

fn sane(view: View, content: f64) -> View {
    let finite = |value: f64, otherwise: f64| if value.is_finite() { value } else { otherwise };
    let row_height = sane_row_height(view.row_height);
    let height = finite(view.height, 0.0).clamp(0.0, MAX_SIDE);
    let longest_scroll = (content - height).max(0.0);
    View {
        width: finite(view.width, 0.0).clamp(0.0, MAX_SIDE),
        height,
        scroll_top: finite(view.scroll_top, 0.0).clamp(0.0, longest_scroll),
        pixel_ratio: finite(view.pixel_ratio, 1.0).clamp(0.25, 8.0),
        row_height,
        label_width: view.label_width.filter(|width| width.is_finite()),
        window: view.window.filter(|window| (window.to.0 - window.from.0).is_finite()),
        ..view
    }
}

fn columns(view: &View) -> (Column, Column, Column, Column) {
    let width = view.width;
    if !has_text(view.row_height) {
        // Rows without text keep no room for it.
        let bar = Column { x: GAP, width: (width - 2.0 * GAP).max(0.0) };
        let none = |x| Column { x, width: 0.0 };
        return (none(GAP), bar, none(bar.right()), none(bar.right()));
    }
    let label = match view.label_width {
        Some(label) => (label + GAP).min(width - BAR_MIN_WIDTH).max(LABEL_LEAST_WIDTH),
        None => (width * LABEL_SHARE).clamp(LABEL_MIN_WIDTH, LABEL_MAX_WIDTH),
    };
    let label = label.min(width);
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
    fn names_are_as_wide_as_the_user_wants_but_leave_room_for_bars() {
        let label = |label_width| {
            let view = View { label_width: Some(label_width), ..view(800.0, 300.0) };
            let columns = Layout::new(view, &arranged(5, 1e6)).columns();
            assert!(columns.bar.width > 60.0, "{columns:?}");
            columns.label.width
        };
        assert!((label(333.0) - 333.0).abs() < 1e-9);
        assert!(label(5_000.0) < 600.0 && label(-5.0) > 40.0);
    }

    #[test]
    fn dense_rows_leave_all_room_to_the_bars() {
        let view = View { row_height: 6.0, ..view(800.0, 300.0) };
        let columns = Layout::new(view, &arranged(5, 1e6)).columns();
        assert!(columns.bar.width > 780.0 && columns.label.width <= 0.0, "{columns:?}");
    }

    #[test]
    fn nonsense_from_the_host_is_made_sane() {
        let mut v = view(f64::NAN, f64::INFINITY);
        v.scroll_top = f64::NEG_INFINITY;
        v.row_height = 0.0;
        v.pixel_ratio = f64::NAN;
        let layout = Layout::new(v, &arranged(3, f64::NAN));
        assert!(layout.bar.width.abs() < f64::EPSILON);
        assert!(layout.whole(Millis(9.0)).x(5.0).is_finite());
    }
}
