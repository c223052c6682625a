//! What is under the pointer: a row by arithmetic, a piece by its segment.

use crate::arrangement::Arranged;
use crate::bar::Bar;
use crate::format;
use crate::layout::{Layout, Plot};
use crate::line;
use crate::profile::{Profile, Words};
use crate::row::Row;
use crate::run::{Piece, Runs};
use crate::unit::{Millis, UnixMillis};

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
    /// The time at the point, among the bars of the arrangement by the clock.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub time: Option<UnixMillis>,
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
    let content = arranged.line(runs, index)?;
    let bar = Bar::new(profile, arranged, layout, &content);
    let (top, height) = layout.bar_box(index);
    let segment = bar.at(x, (y - top) / height);
    let under: Vec<&Piece> =
        segment.into_iter().flat_map(|segment| segment.own(arranged, content.pieces)).collect();
    let mut stages: Vec<Words> = Vec::new();
    for id in under.iter().filter_map(|piece| profile.stage(piece.stage)).map(|stage| &stage.id) {
        if !stages.contains(id) {
            stages.push(id.clone());
        }
    }
    let node = match under.as_slice() {
        [first, rest @ ..] if rest.iter().all(|piece| piece.node == first.node) => {
            runs.texts.get(first.node)
        }
        _ => "",
    };
    let time: Millis = under.iter().map(|piece| piece.value).sum();
    Some(Hit {
        row: line::describe(profile, runs, arranged, index)?,
        node: node.to_owned(),
        text: if stages.is_empty() { String::new() } else { format::duration(time) },
        stages,
        top: layout.top(index),
        height: layout.view.row_height,
        time: match &layout.plot {
            Plot::Clock(ruler) if (ruler.left..=ruler.right).contains(&x) => {
                Some(UnixMillis(ruler.time(x))).filter(|time| time.0.is_finite())
            }
            _ => None,
        },
    })
}
