//! The bar of one line: which pieces of it can be seen apart, and by the clock which are known to be where.
//!
//! Edges are exact to a device pixel, so no piece is ever padded to be seen. Where neighbours are
//! too narrow to be told apart they fold into one neutral piece that stands for all of them; a
//! narrow piece alone between wide ones stays what it is.

mod aligned;
mod clock;
mod stack;

use std::ops::Range;

use crate::arrangement::{Arranged, Content, What};
use crate::layout::{Layout, Plot};
use crate::profile::{Profile, StageId};
use crate::run::Piece;

pub use clock::{Place, Span};

/// Below this width, in CSS pixels, a piece cannot be told from its neighbour.
pub const FOLD_BELOW: f64 = 4.0;

/// A part of a bar that is drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Left edge, CSS pixels.
    pub left: f64,
    /// Right edge, CSS pixels.
    pub right: f64,
    /// Where the pieces are that it stands for, those of hidden stages included.
    pub pieces: Range<usize>,
    /// The only stage that it stands for, where pieces of others stand between its own.
    pub stage: Option<StageId>,
    /// Whether it stands for several that cannot be seen apart.
    pub folded: bool,
    /// Whether it goes on beyond the scale.
    pub beyond: bool,
    /// Which of the bar's lanes it is in, from the top.
    pub lane: usize,
}

impl Segment {
    /// Its width, CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The pieces that it stands for, of those of its line.
    pub fn own<'a>(
        &'a self,
        arranged: &'a Arranged,
        pieces: &'a [Piece],
    ) -> impl Iterator<Item = &'a Piece> {
        let pieces = pieces.get(self.pieces.clone()).unwrap_or_default();
        let is_own = |stage| self.stage.is_none_or(|own| own == stage);
        pieces.iter().filter(move |piece| is_own(piece.stage) && arranged.is_shown(piece.stage))
    }
}

/// The bar of one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its segments, later ones above earlier ones.
    pub segments: Vec<Segment>,
    /// How many lanes it is divided into, where pieces lie beside each other in time; at least one.
    pub lanes: usize,
    /// Where the line is by the clock; none in the other arrangements.
    pub place: Option<Place>,
}

impl Bar {
    /// The bar of a line. The header of a group has one of shares, whatever its rows have.
    #[must_use]
    pub fn new(
        profile: &Profile,
        arranged: &Arranged,
        layout: &Layout,
        content: &Content<'_>,
    ) -> Self {
        let pieces = content.pieces;
        let stacked = |ruler| stack::segments(&ruler, arranged, pieces);
        let segments = match (&layout.plot, content.what) {
            (_, What::Group(_)) | (Plot::Shares, _) => stacked(layout.whole(content.total)),
            (Plot::Elapsed(ruler), _) => stacked(*ruler),
            (Plot::Stages(columns), _) => aligned::segments(columns, arranged, pieces),
            (Plot::Clock(ruler), _) => return clock::bar(profile, arranged, ruler, content),
        };
        Self { segments, lanes: 1, place: None }
    }

    /// The segment at a place: CSS pixels from the left, and how far down in the bar, 0…1.
    #[must_use]
    pub fn at(&self, x: f64, down: f64) -> Option<&Segment> {
        let lane = (down.clamp(0.0, 0.999) * self.lanes as f64) as usize;
        let is_there =
            |segment: &&Segment| (segment.left..segment.right).contains(&x) && segment.lane == lane;
        self.segments.iter().rev().find(is_there)
    }
}
