//! The draw list: everything that a view shows, as flat lists in the order in which it is painted.
//! It names what things mean; which colour that is, and how a text is cut to its room, the painter
//! knows.

mod axis;
mod bars;
mod ground;
mod pen;
mod rows;

use std::fmt;

use crate::arrangement::Arranged;
use crate::layout::Layout;
use crate::profile::{Profile, StageId};
use crate::run::Runs;
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
    /// An annotation's own colour, by its position.
    Annotation(u16),
}

/// How a rectangle is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// All of it.
    #[default]
    Solid,
    /// With stripes cut out that rise to the right: something failed.
    Hatch,
    /// With stripes cut out that fall to the right: something was aborted.
    BackHatch,
    /// From full to nothing, left to right: it goes on.
    Fade,
    /// So that what is behind it shows.
    Pale,
    /// Pale, with its edges drawn: nobody measured it, it is what is left.
    Hollow,
    /// Its edges alone.
    Outline,
    /// Its edges alone, in dashes: several things drawn as one, or a thing that is not sure.
    Dashed,
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
    /// An arrow head down: what is in it is shown.
    Open,
    /// An arrow head to the right: what is in it can be shown, or there is more beyond.
    Closed,
    /// An arrow head to the left: there is more before.
    Before,
    /// A question mark: not sure.
    Unsure,
    /// Two strokes through a bar: a part of it is left out.
    Torn,
    /// A filled arrow head down: something happened.
    Flag,
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

/// What the dashboard knows and the core does not: how it writes and counts time, and what happened.
pub trait Setting {
    /// An instant in the dashboard's time zone, short.
    fn time(&self, at: UnixMillis) -> String;

    /// A tick of the clock whose neighbours are `step` away.
    fn tick(&self, at: UnixMillis, step: Millis) -> String {
        let _ = step;
        self.time(at)
    }

    /// How far the dashboard's time zone is ahead of UTC at an instant.
    fn zone_offset(&self, at: UnixMillis) -> Millis {
        let _ = at;
        Millis::ZERO
    }

    /// What happened beside the rows.
    fn annotations(&self) -> &[Annotation] {
        &[]
    }
}

/// Something that happened beside the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// When it began.
    pub from: UnixMillis,
    /// When it ended; the same for an instant.
    pub to: UnixMillis,
    /// What it was.
    pub text: String,
}

/// Draws a view.
#[must_use]
pub fn build(
    profile: &Profile,
    runs: &Runs,
    arranged: &Arranged,
    layout: &Layout,
    setting: &dyn Setting,
) -> Scene {
    let scope = Scope { profile, runs, arranged, layout };
    let mut rows = Layer::default();
    ground::behind(&scope, setting, &mut rows);
    for row in layout.first..layout.end {
        rows::draw(&scope, setting, row, &mut rows);
    }
    ground::across(&scope, &mut rows);
    Scene { top: layout.axis, rows, axis: axis::draw(&scope, setting) }
}

/// What is drawn, and where.
struct Scope<'a> {
    profile: &'a Profile,
    runs: &'a Runs,
    arranged: &'a Arranged,
    layout: &'a Layout,
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
