//! Which rows are shown, in which order and under which headers, and what their lengths are measured by.

mod extent;
mod filter;
mod key;
mod prefix;
mod select;
#[cfg(test)]
mod tests;
mod tree;
mod unfold;

use crate::profile::{Profile, Stage, StageId};
use crate::row::{self, Over};
use crate::run::{Piece, Run, Runs};
use crate::statistics::Statistics;
use crate::unit::{Millis, Share, TimeRange};

pub use extent::Extent;
pub use select::{Selected, select};
pub use unfold::unfold;

/// Where bars begin, and what their length means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// From zero, every stage after the one before.
    #[default]
    Stacked,
    /// Every stage in a column and from a zero of its own, so that any stage can be compared.
    Aligned,
    /// Shares of the row.
    Normalised,
    /// By the time of day, where it is known.
    Clock,
}

/// What the rows are ordered by. Ties are broken by name, so that the order is always the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// When they ended; what still runs is the latest, what does not say it the earliest.
    #[default]
    End,
    /// When they began; what does not say it is the earliest.
    Start,
    /// Time of the stages that are shown.
    Total,
    /// Share of Flyte and Kubernetes.
    Overhead,
    /// Time of one stage, by its id.
    Stage(String),
    /// Workflow, then execution.
    Name,
}

/// Under which headers the rows are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// None.
    #[default]
    None,
    /// A workflow of a project and a domain.
    Workflow,
    /// A project.
    Project,
    /// A domain.
    Domain,
}

/// What the bars' lengths are measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// The longest row.
    #[default]
    All,
    /// The longest row, but for the few that are far longer than all others.
    Robust,
}

/// How the user wants the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Where bars begin.
    pub mode: Mode,
    /// What they are ordered by.
    pub sort: Sort,
    /// Largest, latest or last first.
    pub descending: bool,
    /// Ids of stages that are neither drawn nor counted. Ids that the profile lacks are ignored.
    pub hidden: Vec<String>,
    /// Under which headers.
    pub group: Grouping,
    /// Whether groups are closed unless they were toggled.
    pub closed: bool,
    /// Keys of the rows and groups whose state is not the usual one.
    pub toggled: Vec<String>,
    /// Words that a row has to hold.
    pub search: String,
    /// Rows whose total is shorter are not shown.
    pub minimum: Millis,
    /// Whether only rows with a failed run are shown.
    pub failed_only: bool,
    /// What lengths are measured by.
    pub scale: Scale,
    /// A run that takes longer is marked.
    pub objective: Option<Millis>,
    /// A run of which Flyte and Kubernetes take more is marked.
    pub budget: Option<Share>,
}

/// One line of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The header of a group, by its position in [`Arranged::groups`].
    Group(u32),
    /// A row, by its position in [`Runs::runs`].
    Run(u32),
    /// A node of the row above it, by its position in [`Arranged::nodes`].
    Node(u32),
}

/// Rows under one header. What does not tell it from other groups is empty.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is called in [`Arrangement::toggled`].
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Its workflow's name.
    pub workflow: String,
    /// Its project.
    pub project: String,
    /// Its domain.
    pub domain: String,
    /// Whether its rows are shown.
    pub is_open: bool,
    /// How many runs its rows stand for.
    pub runs: f64,
    /// What its rows say together.
    pub statistics: Statistics,
    /// Position of its first row in [`Runs::runs`].
    pub first: u32,
    /// Where its rows are in [`Selected::order`].
    members: std::ops::Range<usize>,
    /// Time of each stage over all its rows, in [`Arranged::pieces`].
    pieces: std::ops::Range<usize>,
}

/// A node of an opened row.
#[derive(Clone, Debug)]
pub struct Node {
    /// The row's position in [`Runs::runs`].
    pub run: u32,
    /// Its id with those of its parents, `n1/n1-n0`.
    pub path: String,
    /// How deep it is in the row: 1 for the row's own nodes.
    pub depth: u8,
    /// Whether its time is in that of a node above it.
    pub is_contained: bool,
    /// Whether there are nodes in it.
    pub has_nodes: bool,
    /// Whether they are shown.
    pub is_open: bool,
    /// Its time, in [`Arranged::pieces`].
    pieces: std::ops::Range<usize>,
}

impl Node {
    /// The last part of its path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }
}

/// What is shown, line by line.
#[derive(Debug, Default)]
pub struct Arranged {
    /// The lines in their order.
    pub lines: Vec<Line>,
    /// Time of the shown stages of every line, in the same order; of a group over all its rows.
    pub totals: Vec<Millis>,
    /// The groups that have a header.
    pub groups: Vec<Group>,
    /// The nodes of opened rows.
    pub nodes: Vec<Node>,
    /// What lengths are measured by.
    pub extent: Extent,
    /// The dashboard's time range, which is what the clock shows.
    pub range: TimeRange,
    /// Where bars begin.
    pub mode: Mode,
    /// Under which headers the rows are.
    pub group: Grouping,
    /// Whether any row can be opened.
    pub opens: bool,
    /// Whether there is more than one workflow.
    pub several_workflows: bool,
    /// How many bytes all workflows' names have in common at their beginning, up to a separator.
    pub common_prefix: usize,
    /// A run that takes longer is marked.
    pub objective: Option<Millis>,
    /// A run of which Flyte and Kubernetes take more is marked.
    pub budget: Option<Share>,
    pub(crate) hidden: Vec<bool>,
    /// Pieces that no run has as they are: those of groups and nodes.
    pub(crate) pieces: Vec<Piece>,
}

impl Arrangement {
    /// Whether another one selects and orders the same rows, and differs at most in how they are laid
    /// out.
    #[must_use]
    pub fn selects_as(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.descending, one.group, one.minimum, one.failed_only);
        of(self) == of(other)
            && self.sort == other.sort
            && self.hidden == other.hidden
            && self.search == other.search
    }
}

impl Arranged {
    /// Whether a stage is drawn and counted.
    #[must_use]
    pub fn is_shown(&self, stage: StageId) -> bool {
        !self.hidden.get(usize::from(stage.0)).copied().unwrap_or(false)
    }

    /// A line with the time that it is made of.
    #[must_use]
    pub fn line<'a>(&'a self, runs: &'a Runs, index: usize) -> Option<Content<'a>> {
        let line = *self.lines.get(index)?;
        let own =
            |range: &std::ops::Range<usize>| self.pieces.get(range.clone()).unwrap_or_default();
        let run = |position: u32| runs.runs.get(position as usize);
        let total = self.totals.get(index).copied().unwrap_or_default();
        Some(match line {
            Line::Group(group) => {
                let group = self.groups.get(group as usize)?;
                Content { what: What::Group(group), pieces: own(&group.pieces), total }
            }
            Line::Run(position) => {
                let run = run(position)?;
                Content { what: What::Run(run), pieces: runs.pieces(run), total }
            }
            Line::Node(node) => {
                let node = self.nodes.get(node as usize)?;
                Content { what: What::Node(run(node.run)?, node), pieces: own(&node.pieces), total }
            }
        })
    }

    /// What the names of all workflows begin with, which tells none from another.
    #[must_use]
    pub fn prefix<'a>(&self, runs: &'a Runs) -> &'a str {
        let first = self.lines.iter().find_map(|line| match line {
            Line::Run(position) => runs.runs.get(*position as usize),
            Line::Group(_) | Line::Node(_) => None,
        });
        let name = first.map_or("", |run| row::workflow_name(runs, run));
        name.get(..self.common_prefix).unwrap_or_default()
    }

    /// What a run exceeds. Rounding alone never exceeds a budget.
    #[must_use]
    pub fn over(&self, profile: &Profile, runs: &Runs, run: &Run) -> Vec<Over> {
        let mut over = Vec::new();
        if let (Some(objective), Some(wall)) = (self.objective, run.wall)
            && wall.0 > objective.0
        {
            over.push(Over::Objective);
        }
        if let (Some(budget), Some(overhead)) = (self.budget, runs.overhead(profile, run))
            && overhead.least.0 > budget.0
        {
            over.push(Over::Budget);
        }
        over
    }

    /// Whether the row of a line's run is open, that is, followed by its nodes.
    #[must_use]
    pub fn is_open(&self, index: usize) -> bool {
        match self.lines.get(index..) {
            Some([Line::Run(_), Line::Node(_), ..]) => true,
            Some([Line::Group(group), ..]) => {
                self.groups.get(*group as usize).is_some_and(|group| group.is_open)
            }
            Some([Line::Node(node), ..]) => {
                self.nodes.get(*node as usize).is_some_and(|node| node.is_open)
            }
            _ => false,
        }
    }
}

/// A line, what it is of, and its time.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    /// What it is of.
    pub what: What<'a>,
    /// Its time, in causal order.
    pub pieces: &'a [Piece],
    /// Time of the shown stages.
    pub total: Millis,
}

/// What a line is of.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// Rows under one header.
    Group(&'a Group),
    /// A row.
    Run(&'a Run),
    /// A node of a row.
    Node(&'a Run, &'a Node),
}

/// Whether nodes of a run are known, so that it can be opened.
#[must_use]
pub fn has_nodes(runs: &Runs, run: &Run) -> bool {
    runs.pieces(run).iter().any(|piece| !piece.node.is_empty())
}

/// What a row is called in [`Arrangement::toggled`].
#[must_use]
pub fn key_of(runs: &Runs, run: &Run) -> String {
    key::of(runs, run)
}

/// What a node is called in [`Arrangement::toggled`].
#[must_use]
pub fn key_of_node(runs: &Runs, run: &Run, node: &Node) -> String {
    key::of_node(runs, run, &node.path)
}

/// Which of a profile's stages are hidden.
fn hidden(profile: &Profile, arrangement: &Arrangement) -> Vec<bool> {
    let is_hidden =
        |stage: &Stage| stage.is_hidden || arrangement.hidden.iter().any(|id| *id == stage.id);
    profile.stages.iter().map(is_hidden).collect()
}
