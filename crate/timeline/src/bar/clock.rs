//! Where a line is by the clock, and which of its pieces are known to be where.
//!
//! A sample's time is the scrape's, so what propeller measured has a length and no place. A piece is
//! drawn only where something told when it began: a pod, or the run's own begin for acceptance, with
//! which every run begins.

use super::{Bar, Segment};
use crate::arrangement::{Arranged, Content, What};
use crate::layout::Ruler;
use crate::order::{order, picked};
use crate::profile::Profile;
use crate::run::{Kind, Piece, Run, State};

/// Pieces that lie beside each other get at most this many lanes; what is more is drawn over others.
const MOST_LANES: usize = 4;

/// Where a line is by the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Between two instants.
    Span(Span),
    /// Nothing tells, and why.
    Unknown(&'static str),
}

/// From when to when a line lasts, ms since the epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// When it began.
    pub begin: f64,
    /// When it ended, or the last that is known of it.
    pub end: f64,
    /// How much earlier it may have ended, and begun where that is its end less its wall clock, ms.
    pub late: f64,
    /// Whether its begin is its end less its wall clock.
    pub is_of_wall: bool,
}

/// A piece's position, and from when to when it was.
type Placed = (usize, f64, f64);

/// The bar of a line by the clock.
pub(super) fn bar(
    profile: &Profile,
    arranged: &Arranged,
    ruler: &Ruler,
    content: &Content<'_>,
) -> Bar {
    // Of several observations the first is known, and not the pauses between them.
    let place = |(position, piece): (usize, &Piece)| {
        let begin = piece.begin.filter(|_| piece.count <= 1.0)?.0;
        Some((position, begin, begin + piece.value.0))
    };
    let mut placed: Vec<Placed> = content.pieces.iter().enumerate().filter_map(place).collect();
    let place = match content.what {
        What::Run(run) => of_run(run, &placed),
        What::Group(_) | What::Node(..) => of_pieces(&placed),
    };
    if let (Place::Span(span), Some(first)) = (place, content.pieces.first()) {
        let end = span.begin + first.value.0;
        let is_first = placed.iter().all(|(_, begin, _)| end <= *begin);
        if span.is_of_wall && is_first && profile.acceptance() == Some(first.stage) {
            placed.push((0, span.begin, end));
        }
    }
    placed.retain(|(position, begin, end)| {
        let piece = content.pieces.get(*position);
        begin < end && piece.is_some_and(|piece| arranged.is_shown(piece.stage))
    });
    let (segments, lanes) = lanes(ruler, &placed);
    Bar { segments, lanes, place: Some(place) }
}

fn of_run(run: &Run, placed: &[Placed]) -> Place {
    let Some(span) = run.span() else {
        return Place::Unknown(match (run.kind, run.state) {
            (Kind::Mean, _) => "a mean has no time of day",
            (_, State::Running) => "still running; nothing tells since when",
            (Kind::Group | Kind::Bucket, _) => "nothing tells when these runs were",
            (Kind::Run, _) => "nothing tells when it was",
        });
    };
    let begin = span.begin.0;
    let last = placed.iter().map(|(.., end)| *end).fold(begin, f64::max);
    Place::Span(Span {
        begin,
        end: span.end.map_or(last, |end| end.0),
        late: span.late.unwrap_or_default().0,
        is_of_wall: run.begin.is_none(),
    })
}

fn of_pieces(placed: &[Placed]) -> Place {
    let begin = placed.iter().map(|(_, begin, _)| *begin).reduce(f64::min);
    let end = placed.iter().map(|(.., end)| *end).reduce(f64::max);
    begin.zip(end).map_or(Place::Unknown("nothing tells when it was"), |(begin, end)| {
        Place::Span(Span { begin, end, late: 0.0, is_of_wall: false })
    })
}

/// Pieces side by side where they were at the same time, in as few lanes as that takes.
fn lanes(ruler: &Ruler, placed: &[Placed]) -> (Vec<Segment>, usize) {
    let begin = |at: usize| placed.get(at).map_or(0.0, |(_, begin, _)| *begin);
    let in_time = order(placed.len(), &mut |a, b| begin(a).total_cmp(&begin(b)));
    let mut ends: Vec<f64> = Vec::new();
    let mut segments = Vec::new();
    for (position, begin, end) in picked(placed, &in_time) {
        let (left, right) = (ruler.x(begin), ruler.x(end));
        if left >= right {
            continue;
        }
        let free = ends.iter().position(|end| *end <= left);
        let lane = free.unwrap_or(ends.len()).min(MOST_LANES - 1);
        match ends.get_mut(lane) {
            Some(last) => *last = last.max(right),
            None => ends.push(right),
        }
        segments.push(Segment {
            left,
            right,
            pieces: position..position + 1,
            stage: None,
            folded: false,
            beyond: false,
            lane,
        });
    }
    (segments, ends.len().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrangement::{Arranged, Mode};
    use crate::layout::{Layout, Plot, View};
    use crate::unit::{TimeRange, UnixMillis};

    fn ruler() -> Ruler {
        let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(1_000.0) };
        let arranged = Arranged { range, mode: Mode::Clock, ..Arranged::default() };
        let view = View { width: 1_000.0, height: 100.0, ..View::default() };
        let Plot::Clock(ruler) = Layout::new(view, &arranged).plot else {
            unreachable!("the clock was asked for")
        };
        ruler
    }

    fn lanes_of(placed: &[Placed]) -> Vec<usize> {
        lanes(&ruler(), placed).0.into_iter().map(|segment| segment.lane).collect()
    }

    #[test]
    fn pieces_at_the_same_time_lie_beside_each_other_and_others_in_one_lane() {
        assert_eq!(lanes_of(&[(0, 100.0, 300.0), (1, 300.0, 500.0)]), [0, 0]);
        assert_eq!(lanes_of(&[(0, 200.0, 500.0), (1, 100.0, 300.0), (2, 310.0, 400.0)]), [0, 1, 0]);
        let many: Vec<Placed> = (0..9).map(|position| (position, 100.0, 900.0)).collect();
        assert_eq!(lanes_of(&many).into_iter().max(), Some(MOST_LANES - 1));
    }

    #[test]
    fn what_is_outside_of_the_window_is_not_drawn() {
        assert_eq!(lanes_of(&[(0, -500.0, -100.0), (1, 2_000.0, 3_000.0)]), Vec::<usize>::new());
    }
}
