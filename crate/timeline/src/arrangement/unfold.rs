//! Lines of the picture: headers, rows, and the nodes of rows that are open.

use super::{
    Arranged, Arrangement, Extent, Group, Line, Mode, Selected, extent::fitting, has_nodes, key,
    tree,
};
use crate::profile::{Profile, StageId};
use crate::run::{Piece, Runs};
use crate::text::Text;
use crate::unit::{Millis, TimeRange};

/// Lays selected runs out line by line.
#[must_use]
pub fn unfold(
    profile: &Profile,
    runs: &Runs,
    arrangement: &Arrangement,
    selected: &Selected,
    range: TimeRange,
) -> Arranged {
    let mut arranged = Arranged {
        range,
        mode: arrangement.mode,
        group: arrangement.group,
        opens: !selected.groups.is_empty() || any_opens(runs, &selected.order),
        several_workflows: selected.several_workflows,
        common_prefix: selected.common_prefix,
        objective: arrangement.objective,
        budget: arrangement.budget,
        hidden: selected.hidden.clone(),
        lines: Vec::with_capacity(selected.order.len() + selected.groups.len()),
        totals: Vec::with_capacity(selected.order.len() + selected.groups.len()),
        ..Arranged::default()
    };
    let mut unfolding = Unfolding { profile, runs, arrangement, selected, arranged: &mut arranged };
    if selected.groups.is_empty() {
        unfolding.rows(0..selected.order.len());
    }
    for group in &selected.groups {
        unfolding.group(group);
    }
    arranged.extent = extent(profile, runs, arrangement, &arranged);
    arranged
}

fn any_opens(runs: &Runs, order: &[u32]) -> bool {
    let mut rows = order.iter().filter_map(|position| runs.runs.get(*position as usize));
    rows.any(|run| has_nodes(runs, run))
}

struct Unfolding<'a> {
    profile: &'a Profile,
    runs: &'a Runs,
    arrangement: &'a Arrangement,
    selected: &'a Selected,
    arranged: &'a mut Arranged,
}

impl Unfolding<'_> {
    fn add(&mut self, line: Line, total: Millis) {
        self.arranged.lines.push(line);
        self.arranged.totals.push(total);
    }

    fn shown(&self, pieces: &[Piece]) -> Millis {
        let shown = pieces.iter().filter(|piece| self.arranged.is_shown(piece.stage));
        shown.map(|piece| piece.value).sum()
    }

    fn group(&mut self, group: &Group) {
        let begin = self.arranged.pieces.len();
        let members = self.selected.order.get(group.members.clone()).unwrap_or_default();
        let sums = together(self.profile, self.runs, members);
        let total = self.shown(&sums);
        self.arranged.pieces.extend(sums);
        let pieces = begin..self.arranged.pieces.len();
        let line = Line::Group(count(self.arranged.groups.len()));
        self.add(line, total);
        let is_open = self.arrangement.closed == self.arrangement.toggled.contains(&group.key);
        self.arranged.groups.push(Group { is_open, pieces, ..group.clone() });
        if is_open {
            self.rows(group.members.clone());
        }
    }

    fn rows(&mut self, members: std::ops::Range<usize>) {
        for index in members {
            let Some(position) = self.selected.order.get(index).copied() else { continue };
            let total = self.selected.totals.get(index).copied().unwrap_or_default();
            self.add(Line::Run(position), total);
            self.nodes(position);
        }
    }

    /// The nodes of a run, if it is open.
    fn nodes(&mut self, position: u32) {
        let toggled = &self.arrangement.toggled;
        let Some(run) = self.runs.runs.get(position as usize).filter(|_| !toggled.is_empty())
        else {
            return;
        };
        let is_open = toggled.iter().any(|toggled| key::is_of(self.runs, run, toggled));
        if !is_open || !has_nodes(self.runs, run) {
            return;
        }
        let key = key::of_node(self.runs, run, "");
        let opened: Vec<&str> =
            toggled.iter().filter_map(|toggled| toggled.strip_prefix(key.as_str())).collect();
        for (node, pieces) in tree::nodes(self.profile, self.runs, position, run, &opened) {
            let begin = self.arranged.pieces.len();
            let total = self.shown(&pieces);
            self.arranged.pieces.extend(pieces);
            let line = Line::Node(count(self.arranged.nodes.len()));
            self.add(line, total);
            let pieces = begin..self.arranged.pieces.len();
            self.arranged.nodes.push(super::Node { pieces, ..node });
        }
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Time of each stage over several rows, all their runs together.
fn together(profile: &Profile, runs: &Runs, members: &[u32]) -> Vec<Piece> {
    let mut sums = vec![(Millis::ZERO, 0.0); profile.stages.len()];
    let own = members.iter().filter_map(|position| runs.runs.get(*position as usize));
    for piece in own.flat_map(|run| runs.pieces(run)) {
        if let Some((sum, count)) = sums.get_mut(usize::from(piece.stage.0)) {
            *sum += piece.sum;
            *count += piece.count;
        }
    }
    let stages = (0_u8..).map(StageId).zip(sums).filter(|(_, (sum, _))| sum.is_positive());
    stages
        .map(|(stage, (sum, count))| Piece {
            stage,
            node: Text::EMPTY,
            value: sum,
            sum,
            count,
            begin: None,
        })
        .collect()
}

/// What the rows are measured by; headers, which stand for many, are not.
fn extent(
    profile: &Profile,
    runs: &Runs,
    arrangement: &Arrangement,
    arranged: &Arranged,
) -> Extent {
    let mut lengths: Vec<f64> = Vec::with_capacity(arranged.lines.len());
    for (index, line) in arranged.lines.iter().enumerate() {
        let total = arranged.totals.get(index).copied().unwrap_or_default();
        match line {
            Line::Group(_) => {}
            Line::Node(_) => lengths.push(total.0),
            Line::Run(position) => {
                let wall = runs.runs.get(*position as usize).and_then(|run| run.wall);
                lengths.push(total.max(wall.unwrap_or_default()).0);
            }
        }
    }
    let (longest, beyond) = fitting(&lengths, arrangement.scale);
    let mut extent = Extent { longest, beyond, stages: Vec::new() };
    if arrangement.mode == Mode::Aligned {
        for (stage, _) in profile.stages() {
            let lengths = of_stage(runs, arranged, stage);
            extent.stages.push(fitting(&lengths, arrangement.scale).0);
        }
    }
    extent
}

/// What every row and node spent in a stage that is shown, where it did.
fn of_stage(runs: &Runs, arranged: &Arranged, stage: StageId) -> Vec<f64> {
    if !arranged.is_shown(stage) {
        return Vec::new();
    }
    let lines = arranged.lines.iter().enumerate();
    let rows = lines.filter(|(_, line)| !matches!(line, Line::Group(_)));
    let times = rows.filter_map(|(index, _)| arranged.line(runs, index)).map(|shown| {
        let own = shown.pieces.iter().filter(|piece| piece.stage == stage);
        own.map(|piece| piece.value.0).sum()
    });
    times.filter(|time| *time > 0.0).collect()
}
