//! The bar of one row: which pieces of it can be seen apart.
//!
//! Edges are exact to a device pixel, so no piece is ever padded to be seen. Where neighbours are
//! too narrow to be told apart they fold into one neutral piece that stands for all of them; a
//! narrow piece alone between wide ones stays what it is.

use std::ops::Range;

use crate::arrangement::Arranged;
use crate::layout::Layout;
use crate::run::Piece;
use crate::unit::Millis;

/// Below this width, in CSS pixels, a piece cannot be told from its neighbour.
pub const FOLD_BELOW: f64 = 4.0;

/// A part of a bar that is drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Left edge, CSS pixels.
    pub left: f64,
    /// Right edge, CSS pixels.
    pub right: f64,
    /// The run's pieces that it stands for, those of hidden stages included.
    pub pieces: Range<usize>,
    /// Whether it stands for several.
    pub folded: bool,
}

impl Segment {
    /// Its width, CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// The segments of a bar, from left to right, each beginning where the one before ends.
#[must_use]
pub fn segments(layout: &Layout, arranged: &Arranged, pieces: &[Piece]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(pieces.len());
    let mut elapsed = Millis::ZERO;
    for (position, piece) in pieces.iter().enumerate() {
        if !arranged.is_shown(piece.stage) || !piece.value.is_positive() {
            continue;
        }
        let left = layout.x(elapsed);
        elapsed += piece.value;
        let segment = Segment {
            left,
            right: layout.x(elapsed),
            pieces: position..position + 1,
            folded: false,
        };
        match segments.last_mut() {
            Some(last) if folds(last) && segment.width() < FOLD_BELOW => {
                last.right = segment.right;
                last.pieces.end = segment.pieces.end;
                last.folded = true;
            }
            _ => segments.push(segment),
        }
    }
    segments
}

/// Whether a narrow neighbour joins this segment.
fn folds(segment: &Segment) -> bool {
    segment.folded || segment.width() < FOLD_BELOW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Extent, Line};
    use crate::layout::View;
    use crate::profile::StageId;
    use crate::text::Text;
    use proptest::prelude::*;

    fn layout(longest: f64, pixel_ratio: f64) -> (Layout, Arranged) {
        let extent = Extent { longest: Millis(longest), ..Extent::default() };
        let arranged = Arranged { lines: vec![Line::Run(0)], extent, ..Arranged::default() };
        let view = View { width: 800.0, height: 200.0, pixel_ratio, ..View::default() };
        (Layout::new(view, &arranged), arranged)
    }

    fn piece(ms: f64) -> Piece {
        Piece {
            stage: StageId(0),
            node: Text::EMPTY,
            value: Millis(ms),
            sum: Millis(ms),
            count: 1.0,
            begin: None,
        }
    }

    fn folded(ms: &[f64]) -> Vec<(usize, bool)> {
        let (layout, arranged) = layout(ms.iter().sum(), 1.0);
        let pieces: Vec<_> = ms.iter().copied().map(piece).collect();
        segments(&layout, &arranged, &pieces).iter().map(|s| (s.pieces.len(), s.folded)).collect()
    }

    #[test]
    fn narrow_neighbours_fold_into_one() {
        assert_eq!(folded(&[1_000.0, 1.0, 1.0, 1.0, 1_000.0]), [(1, false), (3, true), (1, false)]);
    }

    #[test]
    fn a_narrow_piece_alone_stays_what_it_is() {
        assert_eq!(folded(&[1_000.0, 1.0, 1_000.0]), [(1, false), (1, false), (1, false)]);
    }

    #[test]
    fn nothing_is_drawn_for_no_time() {
        assert_eq!(folded(&[0.0, 1_000.0, 0.0, 1_000.0]), [(1, false), (1, false)]);
    }

    proptest! {
        #[test]
        fn segments_touch_keep_their_order_and_end_where_the_total_ends(
            ms in prop::collection::vec(0.0_f64..1e7, 1..60),
            ratio in prop::sample::select(vec![1.0, 1.25, 2.0, 3.0]),
        ) {
            let total: f64 = ms.iter().sum();
            let (layout, arranged) = layout(total.max(1.0), ratio);
            let pieces: Vec<_> = ms.iter().copied().map(piece).collect();
            let segments = segments(&layout, &arranged, &pieces);
            for pair in segments.windows(2) {
                prop_assert!((pair[0].right - pair[1].left).abs() < 1e-9);
                prop_assert!(pair[0].pieces.end <= pair[1].pieces.start);
                prop_assert!(!(folds(&pair[0]) && folds(&pair[1])), "two that should be one");
            }
            let end = segments.last().map_or(layout.bar.x, |segment| segment.right);
            prop_assert!((end - (layout.bar.x + total * layout.scale)).abs() <= 0.5 / ratio + 1e-6);
            for segment in &segments {
                let device = segment.left * ratio;
                prop_assert!((device - device.round()).abs() < 1e-6);
            }
        }
    }
}
