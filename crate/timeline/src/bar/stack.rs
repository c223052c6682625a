//! Pieces one after another from the left, as they add up.

use super::{FOLD_BELOW, Segment};
use crate::arrangement::Arranged;
use crate::layout::Ruler;
use crate::run::Piece;
use crate::unit::Millis;

/// The segments of a bar, from left to right, each beginning where the one before ends.
pub(super) fn segments(ruler: &Ruler, arranged: &Arranged, pieces: &[Piece]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(pieces.len());
    let mut elapsed = Millis::ZERO;
    for (position, piece) in pieces.iter().enumerate() {
        if !arranged.is_shown(piece.stage) || !piece.value.is_positive() {
            continue;
        }
        let left = ruler.x(elapsed.0);
        elapsed += piece.value;
        let segment = Segment {
            left,
            right: ruler.x(elapsed.0),
            pieces: position..position + 1,
            stage: None,
            folded: false,
            beyond: ruler.is_beyond(elapsed.0),
            lane: 0,
        };
        match segments.last_mut() {
            Some(last) if folds(last) && segment.width() < FOLD_BELOW => {
                last.right = segment.right;
                last.pieces.end = segment.pieces.end;
                last.folded = true;
                last.beyond = segment.beyond;
            }
            _ => segments.push(segment),
        }
        // What else there is begins beyond the scale, too.
        if segments.last().is_some_and(|last| last.beyond) {
            break;
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
    use crate::layout::{Layout, Plot, View};
    use crate::profile::StageId;
    use crate::text::Text;
    use proptest::prelude::*;

    fn ruler(longest: f64, pixel_ratio: f64) -> (Ruler, Arranged) {
        let extent = Extent { longest: Millis(longest), ..Extent::default() };
        let arranged = Arranged { lines: vec![Line::Run(0)], extent, ..Arranged::default() };
        let view = View { width: 800.0, height: 200.0, pixel_ratio, ..View::default() };
        let Plot::Elapsed(ruler) = Layout::new(view, &arranged).plot else {
            unreachable!("stacked unless said otherwise")
        };
        (ruler, arranged)
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
        let (ruler, arranged) = ruler(ms.iter().sum(), 1.0);
        let pieces: Vec<_> = ms.iter().copied().map(piece).collect();
        segments(&ruler, &arranged, &pieces).iter().map(|s| (s.pieces.len(), s.folded)).collect()
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

    #[test]
    fn a_bar_that_is_longer_than_the_scale_ends_there_and_says_so() {
        let (ruler, arranged) = ruler(1_000.0, 1.0);
        let pieces: Vec<_> = [600.0, 900.0, 50.0].map(piece).to_vec();
        let told = segments(&ruler, &arranged, &pieces);
        let told: Vec<_> = told.iter().map(|s| (s.pieces.clone(), s.beyond)).collect();
        assert_eq!(told, [(0..1, false), (1..2, true)]);
    }

    proptest! {
        #[test]
        fn segments_touch_keep_their_order_and_end_where_the_total_ends(
            ms in prop::collection::vec(0.0_f64..1e7, 1..60),
            ratio in prop::sample::select(vec![1.0, 1.25, 2.0, 3.0]),
        ) {
            let total: f64 = ms.iter().sum();
            let (ruler, arranged) = ruler(total.max(1.0), ratio);
            let pieces: Vec<_> = ms.iter().copied().map(piece).collect();
            let segments = segments(&ruler, &arranged, &pieces);
            for pair in segments.windows(2) {
                prop_assert!((pair[0].right - pair[1].left).abs() < 1e-9);
                prop_assert!(pair[0].pieces.end <= pair[1].pieces.start);
                prop_assert!(!(folds(&pair[0]) && folds(&pair[1])), "two that should be one");
            }
            let end = segments.last().map_or(ruler.left, |segment| segment.right);
            prop_assert!((end - (ruler.left + total * ruler.scale())).abs() <= 0.5 / ratio + 1e-6);
            for segment in &segments {
                let device = segment.left * ratio;
                prop_assert!((device - device.round()).abs() < 1e-6);
            }
        }
    }
}
