//! Draws what lies behind the bars and across them: the grid, what happened, the objective, the
//! pointer of other panels.

use super::{Ink, Pattern, Scope, Setting};
use crate::layout::{Plot, Ruler};
use crate::scene::Layer;

/// The grid, and what happened beside the rows.
pub(super) fn behind(scope: &Scope<'_>, setting: &dyn Setting, layer: &mut Layer) {
    let offset = |at| setting.zone_offset(at);
    for tick in scope.layout.ticks(&offset) {
        line(scope, tick.x, Ink::Grid, Pattern::Solid, layer);
    }
    if let Plot::Stages(columns) = &scope.layout.plot {
        for (_, ruler) in columns {
            line(scope, ruler.left, Ink::Grid, Pattern::Solid, layer);
        }
    }
    let Plot::Clock(ruler) = &scope.layout.plot else { return };
    for (position, annotation) in (0_u16..).zip(setting.annotations()) {
        let (from, to) = (annotation.from.0, annotation.to.0);
        let ink = Ink::Annotation(position);
        let edges = (ruler.x(from), ruler.x(to));
        layer.patterned(edges, plot_height(scope), ink, Pattern::Pale);
        for at in [from, to] {
            instant(scope, ruler, at, ink, layer);
        }
    }
}

/// The objective, and the pointer of other panels.
pub(super) fn across(scope: &Scope<'_>, layer: &mut Layer) {
    match &scope.layout.plot {
        Plot::Elapsed(ruler) => {
            if let Some(objective) = scope.arranged.objective {
                instant(scope, ruler, objective.0, Ink::TextDim, layer);
            }
        }
        Plot::Clock(ruler) => {
            if let Some(cursor) = scope.layout.view.cursor {
                instant(scope, ruler, cursor.0, Ink::Text, layer);
            }
        }
        Plot::Shares | Plot::Stages(_) => {}
    }
}

/// A dashed line where a time is, if it is in view.
fn instant(scope: &Scope<'_>, ruler: &Ruler, at: f64, ink: Ink, layer: &mut Layer) {
    if (ruler.from..=ruler.to).contains(&at) {
        line(scope, ruler.x(at), ink, Pattern::Dashed, layer);
    }
}

fn line(scope: &Scope<'_>, x: f64, ink: Ink, pattern: Pattern, layer: &mut Layer) {
    let device = 1.0 / scope.layout.view.pixel_ratio.max(1.0);
    let width = if pattern == Pattern::Solid { device } else { 1.0 };
    layer.patterned((x, x + width), plot_height(scope), ink, pattern);
}

fn plot_height(scope: &Scope<'_>) -> (f64, f64) {
    (scope.layout.axis, scope.layout.view.height - scope.layout.axis)
}
