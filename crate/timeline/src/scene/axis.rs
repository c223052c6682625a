//! Draws the axis, which stays while the rows scroll.

use super::{Align, Fit, Ink, Label, Layer, Pattern, Rect};
use crate::layout::{AXIS_HEIGHT, Layout};
use crate::run::{Runs, Tier};

pub(super) fn draw(runs: &Runs, layout: &Layout) -> Layer {
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
    let executions = runs.runs.iter().any(|run| run.tier != Tier::Average);
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
    axis
}
