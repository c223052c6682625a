//! The draw list: everything that a view shows, as flat lists in the order in which it is painted.
//! It names what things mean; which colour that is, and how a text is cut to its room, the painter
//! knows.

use std::fmt;

use crate::arrangement::Arranged;
use crate::bar::{self, Segment};
use crate::format;
use crate::layout::{AXIS_HEIGHT, CHARACTER_WIDTH, Layout};
use crate::profile::{Profile, StageId};
use crate::row;
use crate::run::{Notes, Piece, Run, Runs, State, Tier};
use crate::unit::{Millis, UnixMillis};

/// What a thing is painted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A stage's colour.
    Stage(StageId),
    /// What is readable on a stage's colour.
    OnStage(StageId),
    /// Several stages that cannot be told apart.
    Folded,
    /// What failed.
    Failure,
    /// The theme's text.
    Text,
    /// The theme's secondary text.
    TextDim,
    /// The theme's weak border.
    Grid,
    /// The panel's ground.
    Background,
    /// The ground of the active row.
    Hover,
}

/// How a rectangle is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// All of it.
    #[default]
    Solid,
    /// With stripes cut out: something failed.
    Hatch,
    /// From full to nothing, left to right: it goes on.
    Fade,
}

/// A filled rectangle, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it is painted in.
    pub ink: Ink,
    /// How it is filled.
    pub pattern: Pattern,
}

/// Which edge of a text its position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Its left.
    Left,
    /// Its middle.
    Centre,
    /// Its right.
    Right,
}

/// What happens to a text that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Its middle gives way to an ellipsis: beginnings and ends of names both tell.
    Middle,
    /// It is not drawn.
    Drop,
}

/// A line of text, vertically centred on `y`, CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where `align` says.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// The room that it has.
    pub width: f64,
    /// What it reads.
    pub text: String,
    /// Which edge `x` is.
    pub align: Align,
    /// What it is painted in.
    pub ink: Ink,
    /// What happens where it does not fit.
    pub fit: Fit,
}

/// A small sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A cross: failed.
    Cross,
    /// A square: aborted.
    Square,
    /// An arrow head: running.
    Play,
    /// Two lines above each other: a mean.
    Mean,
    /// A check mark: succeeded.
    Check,
}

/// A sign around its middle, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Its width and height.
    pub size: f64,
    /// What it is.
    pub sign: Sign,
    /// What it is painted in.
    pub ink: Ink,
}

/// Things that are painted together: first the rectangles, then the marks, then the texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Rectangles, later ones above earlier ones.
    pub rects: Vec<Rect>,
    /// Signs.
    pub marks: Vec<Mark>,
    /// Texts.
    pub labels: Vec<Label>,
}

/// All that a view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Where the rows begin: the rows' layer is cut off above it.
    pub top: f64,
    /// The rows in view.
    pub rows: Layer,
    /// The axis above them.
    pub axis: Layer,
}

/// Formats an instant in the dashboard's time zone.
pub type FormatTime<'a> = &'a dyn Fn(UnixMillis) -> String;

/// Room of the state's sign at the left edge.
const SIGN_WIDTH: f64 = 18.0;
/// Room of an end time at the right of the names, and the width of the names from which on it is shown.
const TIME_WIDTH: f64 = 78.0;
const TIME_MIN_LABEL: f64 = 230.0;
/// From this width of the names on, workflow and execution stand beside each other.
const SECOND_NAME_MIN_LABEL: f64 = 190.0;
/// How long a running bar fades out after what is known of it.
const FADE_WIDTH: f64 = 28.0;
/// Space between two pieces that are wide enough to spare it, so that like colours stay apart.
const PIECE_GAP: f64 = 1.0;

/// Draws a view.
#[must_use]
pub fn build(
    profile: &Profile,
    runs: &Runs,
    arranged: &Arranged,
    layout: &Layout,
    format_time: FormatTime<'_>,
) -> Scene {
    let mut painter =
        Painter { profile, runs, arranged, layout, format_time, rows: Layer::default() };
    painter.grid();
    for row in layout.first..layout.end {
        painter.row(row);
    }
    Scene { top: AXIS_HEIGHT, rows: painter.rows, axis: axis(runs, arranged, layout) }
}

struct Painter<'a> {
    profile: &'a Profile,
    runs: &'a Runs,
    arranged: &'a Arranged,
    layout: &'a Layout,
    format_time: FormatTime<'a>,
    rows: Layer,
}

/// One row while it is drawn.
struct RowBox<'a> {
    run: &'a Run,
    pieces: &'a [Piece],
    total: Millis,
    middle: f64,
    /// Top and height of the bar.
    bar: (f64, f64),
}

impl Painter<'_> {
    fn grid(&mut self) {
        let (top, height) = (AXIS_HEIGHT, self.layout.view.height - AXIS_HEIGHT);
        for tick in &self.layout.ticks {
            let x = (tick.x * self.layout.view.pixel_ratio).round() / self.layout.view.pixel_ratio;
            self.rect(
                x,
                top,
                1.0 / self.layout.view.pixel_ratio.max(1.0),
                height,
                Ink::Grid,
                Pattern::Solid,
            );
        }
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, ink: Ink, pattern: Pattern) {
        if width > 0.0 && height > 0.0 {
            self.rows.rects.push(Rect { x, y, width, height, ink, pattern });
        }
    }

    fn row(&mut self, row: usize) {
        let Some(run) =
            self.arranged.order.get(row).and_then(|run| self.runs.runs.get(*run as usize))
        else {
            return;
        };
        let (top, height) = (self.layout.top(row), self.layout.view.row_height);
        let inset = if self.layout.has_text() { (height * 0.18).round() } else { 0.0 };
        let row_box = RowBox {
            run,
            pieces: self.runs.pieces(run),
            total: self.arranged.totals.get(row).copied().unwrap_or_default(),
            middle: top + height / 2.0,
            bar: (
                top + inset,
                (height - 2.0 * inset - if inset == 0.0 { 1.0 } else { 0.0 }).max(1.0),
            ),
        };
        if self.layout.view.active == Some(row) {
            self.rect(0.0, top, self.layout.view.width, height, Ink::Hover, Pattern::Solid);
        }
        self.bar(&row_box);
        if self.layout.has_text() {
            self.sign(&row_box);
            self.names(&row_box);
            self.numbers(&row_box);
        }
    }

    fn bar(&mut self, row: &RowBox<'_>) {
        let segments = bar::segments(self.layout, self.arranged, row.pieces);
        let failed = row.run.state == State::Failed;
        for segment in &segments {
            let Some(piece) = row.pieces.get(segment.pieces.start) else { continue };
            let ink = if segment.folded { Ink::Folded } else { Ink::Stage(piece.stage) };
            let gap = if segment.width() >= bar::FOLD_BELOW { PIECE_GAP } else { 0.0 };
            let pattern = if failed { Pattern::Hatch } else { Pattern::Solid };
            self.rect(segment.left, row.bar.0, segment.width() - gap, row.bar.1, ink, pattern);
            if !segment.folded && !failed && self.layout.has_text() {
                self.piece_text(row, segment, piece);
            }
        }
        let end = segments.last().map_or(self.layout.bar.x, |segment| segment.right);
        if row.run.state == State::Running {
            let width = FADE_WIDTH.min(self.layout.bar.right() - end);
            let ink = segments
                .last()
                .and_then(|segment| row.pieces.get(segment.pieces.end - 1))
                .map_or(Ink::TextDim, |piece| Ink::Stage(piece.stage));
            self.rect(end, row.bar.0, width, row.bar.1, ink, Pattern::Fade);
        }
        self.wall_tick(row);
    }

    /// A tick at the wall clock, with a margin that sets it off from the pieces.
    fn wall_tick(&mut self, row: &RowBox<'_>) {
        let Some(x) = self.wall_x(row) else { return };
        let (top, height) = (row.bar.0 - 2.0, row.bar.1 + 4.0);
        self.rect(x - 2.0, top, 4.0, height, Ink::Background, Pattern::Solid);
        self.rect(x - 1.0, top, 2.0, height, Ink::Text, Pattern::Solid);
    }

    /// Where the wall clock is, where the work is visibly less than it, or more by what rounding does
    /// not explain.
    fn wall_x(&self, row: &RowBox<'_>) -> Option<f64> {
        let x = self.layout.x(row.run.wall?);
        let beyond = x - self.layout.x(row.total);
        (beyond > 1.5 || (beyond < -1.5 && row.run.notes.has(Notes::PARALLEL))).then_some(x)
    }

    /// Node and duration inside a piece, or the duration alone, or nothing.
    fn piece_text(&mut self, row: &RowBox<'_>, segment: &Segment, piece: &Piece) {
        let room = segment.width() - 10.0;
        let duration = format::duration(piece.value);
        let node = self.runs.texts.get(piece.node);
        let fits = |text: &str| text.chars().count() as f64 * CHARACTER_WIDTH <= room;
        let both = format!("{node} · {duration}");
        let text = if !node.is_empty() && fits(&both) { both } else { duration };
        let half = text.chars().count() as f64 * CHARACTER_WIDTH / 2.0;
        let middle = segment.left + segment.width() / 2.0;
        let ticked = self.wall_x(row).is_some_and(|x| (x - middle).abs() < half + 3.0);
        if fits(&text) && !ticked {
            self.rows.labels.push(Label {
                x: middle,
                y: row.middle,
                width: room,
                text,
                align: Align::Centre,
                ink: Ink::OnStage(piece.stage),
                fit: Fit::Drop,
            });
        }
    }

    fn sign(&mut self, row: &RowBox<'_>) {
        let (sign, ink) = match row.run.state {
            State::Succeeded => (Sign::Check, Ink::TextDim),
            State::Failed => (Sign::Cross, Ink::Failure),
            State::Aborted => (Sign::Square, Ink::TextDim),
            State::Running => (Sign::Play, Ink::Text),
            State::Mixed => (Sign::Mean, Ink::TextDim),
        };
        self.rows.marks.push(Mark {
            x: self.layout.label.x + 5.0,
            y: row.middle,
            size: 8.0,
            sign,
            ink,
        });
    }

    fn names(&mut self, row: &RowBox<'_>) {
        let mut left = self.layout.label.x + SIGN_WIDTH;
        let mut right = self.layout.label.right();
        let (first, second) = self.name_and_detail(row.run);
        if self.layout.label.width >= TIME_MIN_LABEL
            && let Some(end) = row.run.end
        {
            self.text(
                right,
                row.middle,
                TIME_WIDTH,
                (self.format_time)(end),
                Align::Right,
                Ink::TextDim,
                Fit::Drop,
            );
            right -= TIME_WIDTH + 6.0;
        }
        let room = right - left;
        let second = second.filter(|_| self.layout.label.width >= SECOND_NAME_MIN_LABEL);
        let first_room = if second.is_some() { (room * 0.58).round() } else { room };
        self.text(left, row.middle, first_room, first, Align::Left, Ink::Text, Fit::Middle);
        if let Some(second) = second {
            left += first_room + 6.0;
            self.text(
                left,
                row.middle,
                right - left,
                second,
                Align::Left,
                Ink::TextDim,
                Fit::Middle,
            );
        }
    }

    /// What a row is called, and what tells it from its neighbours.
    fn name_and_detail(&self, run: &Run) -> (String, Option<String>) {
        let name = row::name(self.runs, run).to_owned();
        match run.tier {
            Tier::Average if run.runs > 0.0 => (name, Some(row::runs_text(run.runs))),
            Tier::Execution if self.arranged.several_workflows => {
                (row::workflow_name(self.runs, run).to_owned(), Some(name))
            }
            Tier::Average | Tier::Execution => (name, None),
        }
    }

    fn numbers(&mut self, row: &RowBox<'_>) {
        let (total, overhead) = (self.layout.total, self.layout.overhead);
        if total.width > 0.0 {
            let text = format::duration(row.total);
            self.text(
                total.right(),
                row.middle,
                total.width,
                text,
                Align::Right,
                Ink::Text,
                Fit::Drop,
            );
        }
        if overhead.width > 0.0
            && let Some(share) = self.runs.overhead(self.profile, row.run)
        {
            let text = row::overhead_text(share);
            self.text(
                overhead.right(),
                row.middle,
                overhead.width,
                text,
                Align::Right,
                Ink::TextDim,
                Fit::Drop,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a label in their order")]
    fn text(&mut self, x: f64, y: f64, width: f64, text: String, align: Align, ink: Ink, fit: Fit) {
        self.rows.labels.push(Label { x, y, width, text, align, ink, fit });
    }
}

fn axis(runs: &Runs, arranged: &Arranged, layout: &Layout) -> Layer {
    let mut axis = Layer::default();
    let (width, middle) = (layout.view.width, AXIS_HEIGHT / 2.0);
    let solid =
        |x, y, width, height, ink| Rect { x, y, width, height, ink, pattern: Pattern::Solid };
    axis.rects.push(solid(0.0, 0.0, width, AXIS_HEIGHT, Ink::Background));
    axis.rects.push(solid(0.0, AXIS_HEIGHT - 1.0, width, 1.0, Ink::Grid));
    let mut text = |x: f64, width: f64, text: &str, align: Align| {
        if width > 0.0 {
            let text = text.to_owned();
            axis.labels.push(Label {
                x,
                y: middle,
                width,
                text,
                align,
                ink: Ink::TextDim,
                fit: Fit::Drop,
            });
        }
    };
    let executions = runs.runs.iter().any(|run| run.tier == Tier::Execution);
    text(
        layout.label.x,
        layout.label.width,
        if executions { "Execution" } else { "Workflow" },
        Align::Left,
    );
    for tick in &layout.ticks {
        // The outermost ticks keep their texts inside the bars' column.
        let align = if tick.x <= layout.bar.x + 1.0 {
            Align::Left
        } else if tick.x > layout.bar.right() - 24.0 {
            Align::Right
        } else {
            Align::Centre
        };
        text(tick.x, 60.0, &tick.text, align);
    }
    text(layout.total.right(), layout.total.width, "Total", Align::Right);
    text(layout.overhead.right(), layout.overhead.width, "Overhead", Align::Right);
    debug_assert!(arranged.order.len() >= layout.end);
    axis
}

/// One thing a line, for goldens.
impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, layer) in [("rows", &self.rows), ("axis", &self.axis)] {
            writeln!(f, "{name}")?;
            for Rect { x, y, width, height, ink, pattern } in &layer.rects {
                writeln!(f, "  rect {x:.2} {y:.2} {width:.2}x{height:.2} {ink:?} {pattern:?}")?;
            }
            for Mark { x, y, size, sign, ink } in &layer.marks {
                writeln!(f, "  mark {x:.2} {y:.2} {size:.2} {sign:?} {ink:?}")?;
            }
            for Label { x, y, width, text, align, ink, fit } in &layer.labels {
                writeln!(f, "  text {x:.2} {y:.2} {width:.2} {align:?} {ink:?} {fit:?} {text:?}")?;
            }
        }
        Ok(())
    }
}
