//! Draws a line in view beside its bar: marks, sign, names, numbers.

use super::pen::SIGN;
use super::{Align, Fit, Ink, Layer, Scope, Setting, Sign, bars};
use crate::arrangement::{Content, Group, Grouping, Node, What, has_nodes};
use crate::bar::Bar;
use crate::format;
use crate::row::{self, Over};
use crate::run::{Kind, Notes, Piece, Run, State, Tier};
use crate::unit::Millis;

/// Width of the marks at the left edge.
const EDGE: f64 = 3.0;
/// Room of the arrow that opens a row, and of the state's sign.
const ARROW_ROOM: f64 = 13.0;
const SIGN_ROOM: f64 = 16.0;
/// Room of an end time at the right of the names, and the width of the names from which on it is shown.
const TIME_WIDTH: f64 = 78.0;
const TIME_MIN_LABEL: f64 = 230.0;
/// From this width of the names on, workflow and execution stand beside each other.
const SECOND_NAME_MIN_LABEL: f64 = 190.0;
/// Space between two texts.
const GAP: f64 = 6.0;
/// How much further in each depth of nodes stands, and up to which depth.
const INDENT: f64 = 12.0;
const MOST_INDENTS: u8 = 4;
/// Height of the bar of shares in a header.
const STRIP: f64 = 3.0;

/// One row or node while it is drawn.
pub(super) struct RowBox<'a> {
    pub run: &'a Run,
    pub node: Option<&'a Node>,
    pub pieces: &'a [Piece],
    pub total: Millis,
    pub is_active: bool,
    pub middle: f64,
    /// Top and height of the bar.
    pub bar: (f64, f64),
}

pub(super) fn draw(scope: &Scope<'_>, setting: &dyn Setting, index: usize, layer: &mut Layer) {
    let Some(content) = scope.arranged.line(scope.runs, index) else { return };
    let bar = Bar::new(scope.profile, scope.arranged, scope.layout, &content);
    let is_open = scope.arranged.is_open(index);
    let (run, node) = match content.what {
        What::Run(run) => (run, None),
        What::Node(run, node) => (run, Some(node)),
        What::Group(group) => {
            return header(scope, index, (group, is_open), (&bar, content.pieces), layer);
        }
    };
    let Content { pieces, total, .. } = content;
    let (top, height) = (scope.layout.top(index), scope.layout.view.row_height);
    let is_active = scope.layout.view.active == Some(index);
    let middle = top + height / 2.0;
    let row =
        RowBox { run, node, pieces, total, is_active, middle, bar: scope.layout.bar_box(index) };
    if is_active {
        layer.rect((0.0, scope.layout.view.width), (top, height), Ink::Hover);
    }
    bars::draw(scope, &row, &bar, layer);
    if node.is_none() {
        edge(scope, run, top, layer);
    }
    if !scope.layout.has_text() {
        return;
    }
    let is_openable = node.map_or_else(|| has_nodes(scope.runs, run), |node| node.has_nodes);
    let arrow = is_openable.then_some(is_open);
    match node {
        Some(node) => node_name(scope, &row, node, arrow, layer),
        None => names(scope, setting, &row, arrow, layer),
    }
    numbers(scope, &row, layer);
}

/// Marks at the left edge: in the upper half a run that takes longer than the objective, in the lower
/// half one whose overhead exceeds the budget.
fn edge(scope: &Scope<'_>, run: &Run, top: f64, layer: &mut Layer) {
    let half = scope.layout.view.row_height / 2.0;
    for over in scope.arranged.over(scope.profile, scope.runs, run) {
        let top = if over == Over::Objective { top } else { top + half };
        layer.rect((0.0, EDGE), (top, half - 0.5), Ink::Text);
    }
}

/// Name of a group, what its rows say together, and whose their time is.
fn header(
    scope: &Scope<'_>,
    index: usize,
    (group, is_open): (&Group, bool),
    (bar, pieces): (&Bar, &[Piece]),
    layer: &mut Layer,
) {
    let layout = scope.layout;
    let (top, height) = (layout.top(index), layout.view.row_height);
    let width = layout.view.width;
    layer.rect((0.0, width), (top, height - 1.0), Ink::Hover);
    let strip =
        if layout.has_text() { (top + height - STRIP - 1.0, STRIP) } else { (top, height - 1.0) };
    for segment in &bar.segments {
        layer.rect((segment.left, segment.right), strip, bars::ink(pieces, segment));
    }
    if !layout.has_text() {
        return;
    }
    let middle = top + height / 2.0;
    let left = arrow(scope, 0.0, middle, Some(is_open), layer);
    let (name, text) = (group.name.clone(), group.statistics.text.clone());
    let room = (left, layout.label.right());
    layer.text(room, middle, name, Align::Left, Ink::Text, Fit::Middle);
    let room = (layout.bar.x, width - GAP);
    layer.text(room, middle - 1.0, text, Align::Left, Ink::TextDim, Fit::Middle);
}

/// The arrow of what can be opened, and where what follows begins.
fn arrow(
    scope: &Scope<'_>,
    indent: f64,
    middle: f64,
    is_open: Option<bool>,
    layer: &mut Layer,
) -> f64 {
    let left = scope.layout.label.x + indent;
    if let Some(is_open) = is_open {
        let sign = if is_open { Sign::Open } else { Sign::Closed };
        layer.mark((left + SIGN / 2.0, middle), SIGN, sign, Ink::TextDim);
    }
    if scope.arranged.opens { left + ARROW_ROOM } else { left }
}

fn node_name(
    scope: &Scope<'_>,
    row: &RowBox<'_>,
    node: &Node,
    is_open: Option<bool>,
    layer: &mut Layer,
) {
    let indent = SIGN_ROOM + INDENT * f64::from(node.depth.min(MOST_INDENTS));
    let left = arrow(scope, indent, row.middle, is_open, layer);
    let name = node.name().to_owned();
    let room = (left, scope.layout.label.right());
    layer.text(room, row.middle, name, Align::Left, Ink::TextDim, Fit::Middle);
}

/// How a run ended. What is not sure is so before all else.
fn sign(run: &Run) -> Option<(Sign, Ink)> {
    if run.notes.has(Notes::UNSURE) {
        return Some((Sign::Unsure, Ink::TextDim));
    }
    Some(match run.state {
        State::Succeeded => (Sign::Check, Ink::TextDim),
        State::Failed => (Sign::Cross, Ink::Failure),
        State::Aborted => (Sign::Square, Ink::TextDim),
        State::Running => (Sign::Play, Ink::Text),
        State::Mixed => (Sign::Mean, Ink::TextDim),
        State::Unknown => return None,
    })
}

fn names(
    scope: &Scope<'_>,
    setting: &dyn Setting,
    row: &RowBox<'_>,
    is_open: Option<bool>,
    layer: &mut Layer,
) {
    let label = scope.layout.label;
    let left = arrow(scope, 0.0, row.middle, is_open, layer);
    if let Some((sign, ink)) = sign(row.run) {
        layer.mark((left + 1.0 + SIGN / 2.0, row.middle), SIGN, sign, ink);
    }
    let left = left + SIGN_ROOM;
    let mut right = label.right();
    if let Some(end) = row.run.end.filter(|_| label.width >= TIME_MIN_LABEL) {
        let (room, time) = ((right - TIME_WIDTH, right), setting.time(end));
        layer.text(room, row.middle, time, Align::Right, Ink::TextDim, Fit::Drop);
        right -= TIME_WIDTH + GAP;
    }
    let (first, second) = name_and_detail(scope, row.run);
    let second = second.filter(|_| label.width >= SECOND_NAME_MIN_LABEL);
    let split = if second.is_some() { left + ((right - left) * 0.58).round() } else { right };
    layer.text((left, split), row.middle, first, Align::Left, Ink::Text, Fit::Middle);
    if let Some(second) = second {
        let room = (split + GAP, right);
        layer.text(room, row.middle, second, Align::Left, Ink::TextDim, Fit::Middle);
    }
}

/// What a row is called, and what tells it from its neighbours.
fn name_and_detail(scope: &Scope<'_>, run: &Run) -> (String, Option<String>) {
    let workflow = row::workflow_name(scope.runs, run);
    let own = workflow.get(scope.arranged.common_prefix..).unwrap_or(workflow).to_owned();
    let name = row::name(scope.runs, run);
    let runs = || Some(row::runs_text(run.runs));
    // The header has the workflow.
    let several = scope.arranged.several_workflows && scope.arranged.group != Grouping::Workflow;
    match run.tier {
        Tier::Average if run.runs > 0.0 => (own, runs()),
        Tier::Execution | Tier::Pod if several => (own, Some(name.to_owned())),
        Tier::Execution | Tier::Pod => (name.to_owned(), None),
        Tier::Increment if run.kind != Kind::Run => (own, runs()),
        Tier::Average | Tier::Increment => (own, None),
    }
}

fn numbers(scope: &Scope<'_>, row: &RowBox<'_>, layer: &mut Layer) {
    let (total, overhead) = (scope.layout.total, scope.layout.overhead);
    let ink = if row.node.is_some() { Ink::TextDim } else { Ink::Text };
    let text = format::duration(row.total);
    layer.text((total.x, total.right()), row.middle, text, Align::Right, ink, Fit::Drop);
    if row.node.is_none()
        && let Some(share) = scope.runs.overhead(scope.profile, row.run)
    {
        let (room, text) = ((overhead.x, overhead.right()), row::overhead_text(share));
        layer.text(room, row.middle, text, Align::Right, Ink::TextDim, Fit::Drop);
    }
}
