//! Draws the bar of a row or node, whatever the arrangement, and what it takes to read it: texts, the
//! wall clock, where it goes on.

use super::pen::{SIGN, room_of};
use super::rows::RowBox;
use super::{Align, Fit, Ink, Layer, Pattern, Scope, Sign};
use crate::bar::{Bar, FOLD_BELOW, Place, Segment, Span};
use crate::format;
use crate::layout::{CHARACTER_WIDTH, Plot, Ruler};
use crate::row;
use crate::run::{Kind, Notes, Piece, State, is_derived};
use crate::unit::Millis;

/// How long a running bar fades out after what is known of it.
const FADE_WIDTH: f64 = 28.0;
/// Space between two pieces that are wide enough to spare it, so that like colours stay apart.
const PIECE_GAP: f64 = 1.0;
/// Space around a text within a piece.
const TEXT_GAP: f64 = 5.0;
/// Below this height a lane has no text.
const TEXT_MIN_LANE: f64 = 10.0;
/// A span by the clock is drawn at least this wide, so that it is seen over a day.
const SPAN_MIN_WIDTH: f64 = 2.0;

pub(super) fn draw(scope: &Scope<'_>, row: &RowBox<'_>, bar: &Bar, layer: &mut Layer) {
    let mut end = bar.segments.last().map_or(scope.layout.bar.x, |segment| segment.right);
    if let (Some(place), Plot::Clock(ruler)) = (bar.place, &scope.layout.plot) {
        match place {
            Place::Span(span) => end = placed(scope, row, (bar, &span), ruler, layer),
            Place::Unknown(why) => {
                let room = (scope.layout.bar.x, scope.layout.bar.right());
                let text = if scope.layout.has_text() { why } else { "" };
                let (text, ink) = (text.to_owned(), Ink::TextDim);
                layer.text(room, row.middle, text, Align::Left, ink, Fit::Middle);
                return;
            }
        }
    }
    for segment in &bar.segments {
        piece(scope, row, bar, segment, layer);
    }
    match &scope.layout.plot {
        Plot::Elapsed(ruler) => {
            if row.run.state == State::Running && row.node.is_none() {
                fade(scope, row, bar, end, layer);
            }
            if is_together(row) && row.run.kind != Kind::Mean {
                layer.patterned((scope.layout.bar.x, end), row.bar, Ink::Text, Pattern::Dashed);
            }
            wall_tick(row, ruler, layer);
            beyond(scope, row, ruler, layer);
        }
        Plot::Clock(ruler) => {
            if row.run.state == State::Running && row.node.is_none() && end < ruler.right {
                fade(scope, row, bar, end, layer);
            }
        }
        Plot::Shares | Plot::Stages(_) => {}
    }
}

/// What a segment is painted in.
pub(super) fn ink(pieces: &[Piece], segment: &Segment) -> Ink {
    let first = pieces.get(segment.pieces.start);
    match segment.stage.or(first.map(|piece| piece.stage)) {
        Some(stage) if !segment.folded => Ink::Stage(stage),
        _ => Ink::Folded,
    }
}

/// Whether a row is several runs drawn as one, or not surely one.
fn is_together(row: &RowBox<'_>) -> bool {
    row.node.is_none() && (row.run.kind != Kind::Run || row.run.notes.has(Notes::UNSURE))
}

/// How a run's state shows in its pieces. How a node ended nothing tells.
fn state_pattern(row: &RowBox<'_>) -> Pattern {
    match row.run.state {
        State::Failed if row.node.is_none() => Pattern::Hatch,
        State::Aborted if row.node.is_none() => Pattern::BackHatch,
        _ => Pattern::Solid,
    }
}

fn piece(scope: &Scope<'_>, row: &RowBox<'_>, bar: &Bar, segment: &Segment, layer: &mut Layer) {
    let height = row.bar.1 / bar.lanes as f64;
    let is_contained = row.node.is_some_and(|node| node.is_contained);
    let inset = if is_contained { (height * 0.3).round() } else { 0.0 };
    let top = row.bar.0 + height * segment.lane as f64 + inset;
    let rows = (top, (height - 2.0 * inset - if bar.lanes > 1 { 0.5 } else { 0.0 }).max(1.0));
    let gap = if segment.width() >= FOLD_BELOW { PIECE_GAP } else { 0.0 };
    let ink = ink(row.pieces, segment);
    let is_left = matches!(ink, Ink::Stage(stage) if is_derived(scope.profile, stage));
    let pattern = match state_pattern(row) {
        Pattern::Solid if is_left => Pattern::Hollow,
        pattern => pattern,
    };
    let edges = (segment.left, segment.right - gap);
    layer.patterned(edges, rows, ink, pattern);
    if segment.beyond {
        let at = segment.right - SIGN;
        layer.rect((at - 3.0, at + 3.0), rows, Ink::Background);
        layer.mark((at, top + rows.1 / 2.0), rows.1 + 2.0, Sign::Torn, Ink::Text);
    }
    if row.is_active
        && let Some(stage) = scope.layout.view.active_stage
        && segment.own(scope.arranged, row.pieces).any(|piece| piece.stage == stage)
    {
        layer.patterned(edges, rows, Ink::Text, Pattern::Outline);
    }
    if scope.layout.has_text() && rows.1 >= TEXT_MIN_LANE && !segment.folded {
        let on = match (ink, pattern) {
            (Ink::Stage(stage), Pattern::Solid) => Some(Ink::OnStage(stage)),
            (_, Pattern::Hollow) => Some(Ink::Text),
            _ => None,
        };
        piece_text(scope, row, segment, on, layer);
    }
}

/// What a piece reads, `on` being the ink for what lies on it; none where nothing is legible there.
fn piece_text(
    scope: &Scope<'_>,
    row: &RowBox<'_>,
    segment: &Segment,
    on: Option<Ink>,
    layer: &mut Layer,
) {
    let time: Millis = segment.own(scope.arranged, row.pieces).map(|piece| piece.value).sum();
    if let Plot::Stages(columns) = &scope.layout.plot {
        let column = columns.iter().find(|(stage, _)| segment.stage == Some(*stage));
        if let Some((_, ruler)) = column {
            aligned_text(row, segment, ruler, (format::duration(time), on), layer);
        }
        return;
    }
    let Some(on) = on else { return };
    let right = if segment.beyond { segment.right - 2.0 * SIGN } else { segment.right };
    let (left, right) = (segment.left + TEXT_GAP, right - TEXT_GAP);
    let fits = |text: &str| text.chars().count() as f64 * CHARACTER_WIDTH <= right - left;
    let number = match scope.layout.plot {
        Plot::Shares => format::share(time.share_of(row.total)),
        _ => format::duration(time),
    };
    if segment.beyond && scope.layout.total.width <= 0.0 || !fits(&number) {
        return;
    }
    let node = node_text(scope, row, segment);
    let both = [&node, " · ", &number].concat();
    let text = if !node.is_empty() && fits(&both) { both } else { number };
    let half = text.chars().count() as f64 * CHARACTER_WIDTH / 2.0;
    let middle = f64::midpoint(left, right);
    let wall = match &scope.layout.plot {
        Plot::Elapsed(ruler) => wall_x(row, ruler),
        _ => None,
    };
    if wall.is_none_or(|x| (x - middle).abs() >= half + 3.0) {
        layer.text((left, right), row.middle, text, Align::Centre, on, Fit::Drop);
    }
}

/// A stage's time right of its bar, or within it where there is no room.
fn aligned_text(
    row: &RowBox<'_>,
    segment: &Segment,
    ruler: &Ruler,
    (text, on): (String, Option<Ink>),
    layer: &mut Layer,
) {
    let room = room_of(&text);
    let after = segment.right + TEXT_GAP;
    if after + room <= ruler.right {
        let room = (after, ruler.right);
        layer.text(room, row.middle, text, Align::Left, Ink::TextDim, Fit::Drop);
    } else if let Some(on) = on {
        let right = segment.right - if segment.beyond { 2.0 * SIGN } else { TEXT_GAP };
        if right - room >= ruler.left {
            layer.text((right - room, right), row.middle, text, Align::Right, on, Fit::Drop);
        }
    }
}

/// The node of a piece, with how many pods it took where there was more than one.
fn node_text(scope: &Scope<'_>, row: &RowBox<'_>, segment: &Segment) -> String {
    let Some(piece) = row.pieces.get(segment.pieces.start).filter(|_| row.node.is_none()) else {
        return String::new();
    };
    let mut text = scope.runs.texts.get(piece.node).to_owned();
    // A node's parts stand right before the whole.
    let part = scope.profile.pod_start().map(|(part, _)| part);
    let first = segment.pieces.start.saturating_sub(1);
    let near = row.pieces.get(first..segment.pieces.end).unwrap_or_default();
    let is_start = |near: &&Piece| near.node == piece.node && Some(near.stage) == part;
    let pods = near.iter().find(is_start).map_or(1.0, |start| start.count);
    if !text.is_empty() && row.run.kind == Kind::Run && pods >= 2.0 {
        text.push_str(" ×");
        text.push_str(&format::number(pods));
    }
    text
}

/// From full to nothing after what is known of a row that goes on.
fn fade(scope: &Scope<'_>, row: &RowBox<'_>, bar: &Bar, end: f64, layer: &mut Layer) {
    let right = (end + FADE_WIDTH).min(scope.layout.bar.right());
    let ink = bar.segments.last().map_or(Ink::TextDim, |segment| ink(row.pieces, segment));
    layer.patterned((end, right), row.bar, ink, Pattern::Fade);
}

/// A tick at the wall clock, with a margin that sets it off from the pieces.
fn wall_tick(row: &RowBox<'_>, ruler: &Ruler, layer: &mut Layer) {
    let Some(x) = wall_x(row, ruler) else { return };
    let rows = (row.bar.0 - 2.0, row.bar.1 + 4.0);
    layer.rect((x - 2.0, x + 2.0), rows, Ink::Background);
    layer.rect((x - 1.0, x + 1.0), rows, Ink::Text);
}

/// Where the wall clock is, where the work is visibly less than it, or more by what rounding does
/// not explain. Beyond the scale there is no place for it.
fn wall_x(row: &RowBox<'_>, ruler: &Ruler) -> Option<f64> {
    let wall = row.run.wall.filter(|wall| row.node.is_none() && !ruler.is_beyond(wall.0))?;
    let x = ruler.x(wall.0);
    let after = x - ruler.x(row.total.0);
    (after > 1.5 || (after < -1.5 && row.run.notes.has(Notes::PARALLEL))).then_some(x)
}

/// An arrow where a row goes on beyond the scale, with how long it is where no column says it.
fn beyond(scope: &Scope<'_>, row: &RowBox<'_>, ruler: &Ruler, layer: &mut Layer) {
    let wall = row.run.wall.filter(|_| row.node.is_none()).unwrap_or_default();
    if !ruler.is_beyond(row.total.0) && !ruler.is_beyond(wall.0) {
        return;
    }
    layer.mark((ruler.right + SIGN / 2.0 + 1.0, row.middle), SIGN - 1.0, Sign::Closed, Ink::Text);
    if scope.layout.total.width <= 0.0 && scope.layout.has_text() {
        let text = format::duration(row.total);
        let room = (ruler.right - 2.0 * SIGN - room_of(&text), ruler.right - 2.0 * SIGN);
        layer.rect((room.0 - 2.0, room.1 + 2.0), row.bar, Ink::Background);
        layer.text(room, row.middle, text, Align::Right, Ink::Text, Fit::Drop);
    }
}

/// Where a line is by the clock, as far as nothing tells what it did there, and answers with where
/// that ends.
fn placed(
    scope: &Scope<'_>,
    row: &RowBox<'_>,
    (bar, span): (&Bar, &Span),
    ruler: &Ruler,
    layer: &mut Layer,
) -> f64 {
    let before = span.end < ruler.from;
    if before || span.begin > ruler.to {
        let x = if before { ruler.left } else { ruler.right - SIGN };
        let sign = if before { Sign::Before } else { Sign::Closed };
        layer.mark((x + SIGN / 2.0, row.middle), SIGN, sign, Ink::TextDim);
        return ruler.right;
    }
    let (left, right) = (ruler.x(span.begin), ruler.x(span.end));
    let right = right.max((left + SPAN_MIN_WIDTH).min(ruler.right));
    let left = left.min(right - SPAN_MIN_WIDTH);
    let pattern = if right - left < FOLD_BELOW {
        Pattern::Solid
    } else if is_together(row) {
        Pattern::Dashed
    } else {
        match state_pattern(row) {
            Pattern::Solid => Pattern::Hollow,
            pattern => pattern,
        }
    };
    layer.patterned((left, right), row.bar, Ink::Folded, pattern);
    late(row, span, ruler, layer);
    span_text(scope, row, bar, (left, right), layer);
    right
}

/// How much earlier a line may have begun and ended: a line before its begin, and one along its end.
fn late(row: &RowBox<'_>, span: &Span, ruler: &Ruler, layer: &mut Layer) {
    let mut whisker = |at: f64| {
        let (from, to) = (ruler.x(at - span.late), ruler.x(at));
        if to - from >= 2.0 {
            layer.rect((from, to), (row.middle - 0.5, 1.0), Ink::Text);
            layer.rect((from, from + 1.0), (row.middle - 3.0, 6.0), Ink::Text);
        }
    };
    if span.is_of_wall {
        whisker(span.begin);
    }
    whisker(span.end);
}

/// How long a line took, or how many runs it is, where no piece of it can be told: within it or, where
/// there is no room, beside it.
fn span_text(
    scope: &Scope<'_>,
    row: &RowBox<'_>,
    bar: &Bar,
    (left, right): (f64, f64),
    layer: &mut Layer,
) {
    if bar.segments.len() > 1 || !scope.layout.has_text() || row.node.is_some() {
        return;
    }
    let text = match (row.run.kind, row.run.wall) {
        (Kind::Run, Some(wall)) => format::duration(wall),
        (Kind::Run, None) => return,
        _ => row::runs_text(row.run.runs),
    };
    let column = scope.layout.bar;
    let room = room_of(&text);
    let within = bar.segments.first().map_or(left, |segment| segment.right);
    let is_clear = state_pattern(row) == Pattern::Solid;
    let goes_on = if row.run.state == State::Running { FADE_WIDTH } else { 0.0 };
    let after = right + goes_on + 2.0 * TEXT_GAP;
    let (room, align, ink) = if is_clear && right - within >= room + 4.0 * TEXT_GAP {
        ((within + TEXT_GAP, right - TEXT_GAP), Align::Centre, Ink::Text)
    } else if after + room <= column.right() {
        ((after, after + room), Align::Left, Ink::TextDim)
    } else {
        let before = left - 4.0 * TEXT_GAP;
        ((before - room, before), Align::Right, Ink::TextDim)
    };
    if room.0 >= column.x {
        layer.text(room, row.middle, text, align, ink, Fit::Drop);
    }
}
