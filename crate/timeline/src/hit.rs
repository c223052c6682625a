//! What is under the pointer: a row by arithmetic, a piece by its segment.

use crate::arrangement::Arranged;
use crate::bar;
use crate::format;
use crate::layout::Layout;
use crate::line;
use crate::profile::{Profile, Words};
use crate::row::Row;
use crate::run::Runs;
use crate::unit::Millis;

/// What is under the pointer.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Hit {
    /// The row.
    pub row: Row,
    /// The node of the piece, empty where there is none or several.
    pub node: String,
    /// Ids of the stages of the piece; none beside the bar.
    pub stages: Vec<Words>,
    /// What the piece itself took.
    pub text: String,
    /// Top edge of the row, CSS pixels from the top of the view.
    pub top: f64,
    /// Height of the row, CSS pixels.
    pub height: f64,
}

/// Finds what is at a point, CSS pixels from the view's top left.
#[must_use]
pub fn find(
    profile: &Profile,
    runs: &Runs,
    arranged: &Arranged,
    layout: &Layout,
    x: f64,
    y: f64,
) -> Option<Hit> {
    let index = layout.row_at(y)?;
    let pieces = arranged.line(runs, index)?.pieces;
    let segments = bar::segments(layout, arranged, pieces);
    let under = segments
        .iter()
        .find(|segment| segment.left <= x && x < segment.right)
        .and_then(|segment| pieces.get(segment.pieces.clone()))
        .unwrap_or_default();
    let shown = || under.iter().filter(|piece| arranged.is_shown(piece.stage));
    let mut stages: Vec<Words> = Vec::new();
    for id in shown().filter_map(|piece| profile.stage(piece.stage)).map(|stage| &stage.id) {
        if !stages.contains(id) {
            stages.push(id.clone());
        }
    }
    let node = match under {
        [first, rest @ ..] if rest.iter().all(|piece| piece.node == first.node) => {
            runs.texts.get(first.node)
        }
        _ => "",
    };
    let time: Millis = shown().map(|piece| piece.value).sum();
    Some(Hit {
        row: line::describe(profile, runs, arranged, index)?,
        node: node.to_owned(),
        text: if stages.is_empty() { String::new() } else { format::duration(time) },
        stages,
        top: layout.top(index),
        height: layout.view.row_height,
    })
}
