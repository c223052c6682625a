//! Draws the axis, which stays while the rows scroll.

use super::pen::{SIGN, room_of};
use super::{Align, Fit, Ink, Layer, Scope, Setting, Sign};
use crate::format;
use crate::layout::{Plot, Ruler};
use crate::notice;
use crate::profile::StageId;
use crate::run::Tier;
use crate::unit::{Millis, Share, UnixMillis};

/// Distance of two lines of text.
const LINE: f64 = 15.0;
/// Space between two texts.
const GAP: f64 = 8.0;

pub(super) fn draw(scope: &Scope<'_>, setting: &dyn Setting) -> Layer {
    let mut axis = Layer::default();
    let layout = scope.layout;
    let width = layout.view.width;
    axis.rect((0.0, width), (0.0, layout.axis), Ink::Background);
    axis.rect((0.0, width), (layout.axis - 1.0, 1.0), Ink::Grid);
    let middle = layout.axis / 2.0;
    let label = (layout.label.x, layout.label.right());
    axis.text(label, middle, names(scope), Align::Left, Ink::TextDim, Fit::Middle);
    match &layout.plot {
        Plot::Stages(columns) => stages(scope, columns, &mut axis),
        Plot::Elapsed(_) | Plot::Shares | Plot::Clock(_) => ticks(scope, setting, &mut axis),
    }
    for (column, text) in [(layout.total, "Total"), (layout.overhead, "Overhead")] {
        if column.width > 0.0 {
            let room = (column.x, column.right());
            axis.text(room, middle, text.to_owned(), Align::Right, Ink::TextDim, Fit::Drop);
        }
    }
    axis
}

/// What the names are, and what all of them begin with, which is left out there.
fn names(scope: &Scope<'_>) -> String {
    let executions = scope.runs.runs.iter().any(|run| run.tier != Tier::Average);
    let what = if executions { "Execution" } else { "Workflow" };
    let prefix = scope.arranged.prefix(scope.runs).trim_end_matches(['.', '/', ':']);
    if prefix.is_empty() { what.to_owned() } else { [what, " in ", prefix].concat() }
}

/// The texts of the ticks, as far as they do not meet others: first the objective's, then how many
/// rows go on beyond the scale.
fn ticks(scope: &Scope<'_>, setting: &dyn Setting, axis: &mut Layer) {
    let layout = scope.layout;
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut place = |x: f64, text: String, ink: Ink| {
        let (left, right) = (layout.bar.x, layout.bar.right());
        let room = room_of(&text);
        let begin = (x - room / 2.0).min(right - room).max(left);
        let own = (begin, begin + room);
        let is_free = taken.iter().all(|(from, to)| own.1 + GAP <= *from || *to + GAP <= own.0);
        if is_free && own.1 <= right + 1.0 {
            taken.push(own);
            // The first and the last stand at the edges of the bars.
            let align = if begin <= left { Align::Left } else { Align::Centre };
            axis.text(own, layout.axis / 2.0, text, align, ink, Fit::Drop);
        }
    };
    if let Plot::Elapsed(ruler) = &layout.plot {
        if let Some(objective) = scope.arranged.objective.filter(|at| !ruler.is_beyond(at.0)) {
            let text = ["≤ ", &format::duration(objective)].concat();
            place(ruler.x(objective.0), text, Ink::Text);
        }
        let beyond = scope.arranged.extent.beyond;
        if beyond > 0 {
            let text = [&notice::count(beyond, "longer row", "longer rows"), " ›"].concat();
            place(ruler.right, text, Ink::Text);
        }
    }
    let offset = |at| setting.zone_offset(at);
    for tick in layout.ticks(&offset) {
        let text = match &layout.plot {
            Plot::Shares => format::share(Share(tick.at)),
            Plot::Clock(_) => setting.tick(UnixMillis(tick.at), Millis(tick.step)),
            Plot::Elapsed(_) | Plot::Stages(_) => format::tick(Millis(tick.at), Millis(tick.step)),
        };
        place(tick.x, text, Ink::TextDim);
    }
    if let Plot::Clock(ruler) = &layout.plot {
        annotations(scope, ruler, setting, axis);
    }
}

/// An arrow head for each thing that happened, on the axis's lower edge.
fn annotations(scope: &Scope<'_>, ruler: &Ruler, setting: &dyn Setting, axis: &mut Layer) {
    for (position, annotation) in (0_u16..).zip(setting.annotations()) {
        let at = annotation.from.0;
        if (ruler.from..=ruler.to).contains(&at) {
            let place = (ruler.x(at), scope.layout.axis - SIGN / 2.0);
            axis.mark(place, SIGN, Sign::Flag, Ink::Annotation(position));
        }
    }
}

/// Over every column its stage and what its right end stands for.
fn stages(scope: &Scope<'_>, columns: &[(StageId, Ruler)], axis: &mut Layer) {
    let first = (scope.layout.axis - LINE) / 2.0;
    let longest = |ruler: &Ruler| format::duration(Millis(ruler.to));
    // All columns say it or none: a scale beside columns without any would seem to be theirs, too.
    let is_told =
        columns.iter().all(|(_, ruler)| room_of(&longest(ruler)) <= ruler.right - ruler.left);
    for (id, ruler) in columns {
        let Some(stage) = scope.profile.stage(*id) else { continue };
        axis.rect((ruler.left, ruler.left + SIGN), (first - SIGN / 2.0, SIGN), Ink::Stage(*id));
        let (name, room) = (stage.name.to_string(), (ruler.left + SIGN + 4.0, ruler.right));
        axis.text(room, first, name, Align::Left, Ink::TextDim, Fit::Middle);
        if is_told {
            let (text, room) = (longest(ruler), (ruler.left, ruler.right));
            axis.text(room, first + LINE, text, Align::Right, Ink::TextDim, Fit::Drop);
        }
    }
}
