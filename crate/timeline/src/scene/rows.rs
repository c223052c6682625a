//! Draws the rows in view: sign, names, bar, numbers.

use super::{Align, Fit, Ink, Label, Layer, Mark, Pattern, Rect, Setting, Sign};
use crate::arrangement::{Arranged, Group, Node, What};
use crate::bar::{self, Segment};
use crate::format;
use crate::layout::{AXIS_HEIGHT, CHARACTER_WIDTH, Layout};
use crate::profile::Profile;
use crate::row;
use crate::run::{Kind, Notes, Piece, Run, Runs, State, Tier};
use crate::unit::Millis;

/// Room of the state's sign at the left edge.
const SIGN_WIDTH: f64 = 18.0;
/// Room of an end time at the right of the names, and the width of the names from which on it is shown.
const TIME_WIDTH: f64 = 78.0;
const TIME_MIN_LABEL: f64 = 230.0;
/// From this width of the names on, workflow and execution stand beside each other.
const SECOND_NAME_MIN_LABEL: f64 = 190.0;
/// How much further in each depth of nodes stands, and up to which depth.
const INDENT: f64 = 12.0;
const MOST_INDENTS: u8 = 4;
/// How long a running bar fades out after what is known of it.
const FADE_WIDTH: f64 = 28.0;
/// Space between two pieces that are wide enough to spare it, so that like colours stay apart.
const PIECE_GAP: f64 = 1.0;

pub(super) struct Rows<'a> {
    profile: &'a Profile,
    runs: &'a Runs,
    arranged: &'a Arranged,
    layout: &'a Layout,
    setting: &'a dyn Setting,
    layer: Layer,
}

/// One row while it is drawn.
struct RowBox<'a> {
    run: &'a Run,
    node: Option<&'a Node>,
    pieces: &'a [Piece],
    total: Millis,
    middle: f64,
    /// Top and height of the bar.
    bar: (f64, f64),
}

impl<'a> Rows<'a> {
    pub fn new(
        profile: &'a Profile,
        runs: &'a Runs,
        arranged: &'a Arranged,
        layout: &'a Layout,
        setting: &'a dyn Setting,
    ) -> Self {
        Self { profile, runs, arranged, layout, setting, layer: Layer::default() }
    }

    pub fn draw(mut self) -> Layer {
        self.grid();
        for row in self.layout.first..self.layout.end {
            self.row(row);
        }
        self.layer
    }

    fn grid(&mut self) {
        let (top, height) = (AXIS_HEIGHT, self.layout.view.height - AXIS_HEIGHT);
        for tick in &self.layout.ticks {
            let x = (tick.x * self.layout.view.pixel_ratio).round() / self.layout.view.pixel_ratio;
            self.rect(
                x,
                top,
                1.0 / self.layout.view.pixel_ratio.max(1.0),
                height,
                Ink::Grid,
                Pattern::Solid,
            );
        }
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, ink: Ink, pattern: Pattern) {
        if width > 0.0 && height > 0.0 {
            self.layer.rects.push(Rect { x, y, width, height, ink, pattern });
        }
    }

    fn row(&mut self, row: usize) {
        let Some(content) = self.arranged.line(self.runs, row) else { return };
        let (run, node) = match content.what {
            What::Run(run) => (run, None),
            What::Node(run, node) => (run, Some(node)),
            What::Group(group) => return self.header(row, group),
        };
        let (top, height) = (self.layout.top(row), self.layout.view.row_height);
        let inset = if self.layout.has_text() { (height * 0.18).round() } else { 0.0 };
        let row_box = RowBox {
            run,
            node,
            pieces: content.pieces,
            total: content.total,
            middle: top + height / 2.0,
            bar: (
                top + inset,
                (height - 2.0 * inset - if inset == 0.0 { 1.0 } else { 0.0 }).max(1.0),
            ),
        };
        if self.layout.view.active == Some(row) {
            self.rect(0.0, top, self.layout.view.width, height, Ink::Hover, Pattern::Solid);
        }
        self.bar(&row_box);
        if self.layout.has_text() {
            if let Some(node) = node {
                self.node_name(&row_box, node);
            } else {
                self.sign(&row_box);
                self.names(&row_box);
            }
            self.numbers(&row_box);
        }
    }

    fn bar(&mut self, row: &RowBox<'_>) {
        let segments = bar::segments(self.layout, self.arranged, row.pieces);
        let failed = row.run.state == State::Failed;
        for segment in &segments {
            let Some(piece) = row.pieces.get(segment.pieces.start) else { continue };
            let ink = if segment.folded { Ink::Folded } else { Ink::Stage(piece.stage) };
            let gap = if segment.width() >= bar::FOLD_BELOW { PIECE_GAP } else { 0.0 };
            let pattern = if failed { Pattern::Hatch } else { Pattern::Solid };
            self.rect(segment.left, row.bar.0, segment.width() - gap, row.bar.1, ink, pattern);
            if !segment.folded && !failed && self.layout.has_text() {
                self.piece_text(row, segment, piece);
            }
        }
        let end = segments.last().map_or(self.layout.bar.x, |segment| segment.right);
        if row.run.state == State::Running {
            let width = FADE_WIDTH.min(self.layout.bar.right() - end);
            let ink = segments
                .last()
                .and_then(|segment| row.pieces.get(segment.pieces.end - 1))
                .map_or(Ink::TextDim, |piece| Ink::Stage(piece.stage));
            self.rect(end, row.bar.0, width, row.bar.1, ink, Pattern::Fade);
        }
        self.wall_tick(row);
    }

    /// A tick at the wall clock, with a margin that sets it off from the pieces.
    fn wall_tick(&mut self, row: &RowBox<'_>) {
        let Some(x) = self.wall_x(row).filter(|_| row.node.is_none()) else { return };
        let (top, height) = (row.bar.0 - 2.0, row.bar.1 + 4.0);
        self.rect(x - 2.0, top, 4.0, height, Ink::Background, Pattern::Solid);
        self.rect(x - 1.0, top, 2.0, height, Ink::Text, Pattern::Solid);
    }

    /// Where the wall clock is, where the work is visibly less than it, or more by what rounding does
    /// not explain.
    fn wall_x(&self, row: &RowBox<'_>) -> Option<f64> {
        let x = self.layout.x(row.run.wall?);
        let beyond = x - self.layout.x(row.total);
        (beyond > 1.5 || (beyond < -1.5 && row.run.notes.has(Notes::PARALLEL))).then_some(x)
    }

    /// Node and duration inside a piece, or the duration alone, or nothing.
    fn piece_text(&mut self, row: &RowBox<'_>, segment: &Segment, piece: &Piece) {
        let room = segment.width() - 10.0;
        let duration = format::duration(piece.value);
        let node = self.runs.texts.get(piece.node);
        let fits = |text: &str| text.chars().count() as f64 * CHARACTER_WIDTH <= room;
        let both = format!("{node} · {duration}");
        let text = if !node.is_empty() && fits(&both) { both } else { duration };
        let half = text.chars().count() as f64 * CHARACTER_WIDTH / 2.0;
        let middle = segment.left + segment.width() / 2.0;
        let ticked = self.wall_x(row).is_some_and(|x| (x - middle).abs() < half + 3.0);
        if fits(&text) && !ticked {
            self.layer.labels.push(Label {
                x: middle,
                y: row.middle,
                width: room,
                text,
                align: Align::Centre,
                ink: Ink::OnStage(piece.stage),
                fit: Fit::Drop,
            });
        }
    }

    /// Name of a group and what its rows say together.
    fn header(&mut self, row: usize, group: &Group) {
        let (top, height) = (self.layout.top(row), self.layout.view.row_height);
        let (label, width) = (self.layout.label, self.layout.view.width);
        self.rect(0.0, top, width, height - 1.0, Ink::Hover, Pattern::Solid);
        if !self.layout.has_text() {
            return;
        }
        let (middle, left) = (top + height / 2.0, label.x + SIGN_WIDTH);
        let sign = if group.is_open { Sign::Open } else { Sign::Closed };
        let at = label.x + 5.0;
        self.layer.marks.push(Mark { x: at, y: middle, size: 8.0, sign, ink: Ink::Text });
        let (name, text) = (group.name.clone(), group.statistics.text.clone());
        self.text(left, middle, label.right() - left, name, Align::Left, Ink::Text, Fit::Middle);
        let bar = self.layout.bar;
        self.text(bar.x, middle, width - bar.x, text, Align::Left, Ink::TextDim, Fit::Middle);
    }

    fn node_name(&mut self, row: &RowBox<'_>, node: &Node) {
        let label = self.layout.label;
        let left = label.x + SIGN_WIDTH + INDENT * f64::from(node.depth.min(MOST_INDENTS));
        let width = label.right() - left;
        let name = node.name().to_owned();
        self.text(left, row.middle, width, name, Align::Left, Ink::TextDim, Fit::Middle);
    }

    fn sign(&mut self, row: &RowBox<'_>) {
        let (sign, ink) = match row.run.state {
            State::Succeeded => (Sign::Check, Ink::TextDim),
            State::Failed => (Sign::Cross, Ink::Failure),
            State::Aborted => (Sign::Square, Ink::TextDim),
            State::Running => (Sign::Play, Ink::Text),
            State::Mixed => (Sign::Mean, Ink::TextDim),
            State::Unknown => return,
        };
        self.layer.marks.push(Mark {
            x: self.layout.label.x + 5.0,
            y: row.middle,
            size: 8.0,
            sign,
            ink,
        });
    }

    fn names(&mut self, row: &RowBox<'_>) {
        let mut left = self.layout.label.x + SIGN_WIDTH;
        let mut right = self.layout.label.right();
        let (first, second) = self.name_and_detail(row.run);
        if self.layout.label.width >= TIME_MIN_LABEL
            && let Some(end) = row.run.end
        {
            self.text(
                right,
                row.middle,
                TIME_WIDTH,
                self.setting.time(end),
                Align::Right,
                Ink::TextDim,
                Fit::Drop,
            );
            right -= TIME_WIDTH + 6.0;
        }
        let room = right - left;
        let second = second.filter(|_| self.layout.label.width >= SECOND_NAME_MIN_LABEL);
        let first_room = if second.is_some() { (room * 0.58).round() } else { room };
        self.text(left, row.middle, first_room, first, Align::Left, Ink::Text, Fit::Middle);
        if let Some(second) = second {
            left += first_room + 6.0;
            self.text(
                left,
                row.middle,
                right - left,
                second,
                Align::Left,
                Ink::TextDim,
                Fit::Middle,
            );
        }
    }

    /// What a row is called, and what tells it from its neighbours.
    fn name_and_detail(&self, run: &Run) -> (String, Option<String>) {
        let name = row::name(self.runs, run).to_owned();
        match run.tier {
            Tier::Average if run.runs > 0.0 => (name, Some(row::runs_text(run.runs))),
            Tier::Execution | Tier::Pod if self.arranged.several_workflows => {
                (row::workflow_name(self.runs, run).to_owned(), Some(name))
            }
            Tier::Increment if run.kind != Kind::Run => (name, Some(row::runs_text(run.runs))),
            Tier::Average | Tier::Execution | Tier::Pod | Tier::Increment => (name, None),
        }
    }

    fn numbers(&mut self, row: &RowBox<'_>) {
        let (total, overhead) = (self.layout.total, self.layout.overhead);
        if total.width > 0.0 {
            let text = format::duration(row.total);
            self.text(
                total.right(),
                row.middle,
                total.width,
                text,
                Align::Right,
                Ink::Text,
                Fit::Drop,
            );
        }
        if overhead.width > 0.0
            && row.node.is_none()
            && let Some(share) = self.runs.overhead(self.profile, row.run)
        {
            let text = row::overhead_text(share);
            self.text(
                overhead.right(),
                row.middle,
                overhead.width,
                text,
                Align::Right,
                Ink::TextDim,
                Fit::Drop,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a label in their order")]
    fn text(&mut self, x: f64, y: f64, width: f64, text: String, align: Align, ink: Ink, fit: Fit) {
        self.layer.labels.push(Label { x, y, width, text, align, ink, fit });
    }
}
