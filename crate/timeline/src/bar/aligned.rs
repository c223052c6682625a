//! Every stage in a column and from a zero of its own.

use super::Segment;
use crate::arrangement::Arranged;
use crate::layout::Ruler;
use crate::profile::StageId;
use crate::run::Piece;

/// One segment for each column in which the line has time, all its nodes together.
pub(super) fn segments(
    columns: &[(StageId, Ruler)],
    arranged: &Arranged,
    pieces: &[Piece],
) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (stage, ruler) in columns {
        let own = |piece: &Piece| piece.stage == *stage && piece.value.is_positive();
        let Some(first) = pieces.iter().position(own) else { continue };
        let last = pieces.iter().rposition(own).unwrap_or(first);
        let mut segment = Segment {
            left: ruler.left,
            right: ruler.left,
            pieces: first..last + 1,
            stage: Some(*stage),
            folded: false,
            beyond: false,
            lane: 0,
        };
        let time = segment.own(arranged, pieces).map(|piece| piece.value.0).sum();
        (segment.right, segment.beyond) = (ruler.x(time), ruler.is_beyond(time));
        segments.push(segment);
    }
    segments
}
