//! The order of the rows, and which stages count.

use std::cmp::Ordering;

use crate::order::{order, picked};
use crate::profile::{Profile, StageId};
use crate::row;
use crate::run::{Run, Runs};
use crate::unit::Millis;

/// What the rows are ordered by. Ties are broken by name, so that the order is always the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// When they ended; what still runs is the latest, what does not say it the earliest.
    #[default]
    End,
    /// Time of the stages that are shown.
    Total,
    /// Share of Flyte and Kubernetes.
    Overhead,
    /// Workflow, then execution.
    Name,
}

/// How the user wants the rows.
#[derive(Clone, Debug, Default)]
pub struct Arrangement {
    /// What they are ordered by.
    pub sort: Sort,
    /// Largest, latest or last first.
    pub descending: bool,
    /// Ids of stages that are neither drawn nor counted. Ids that the profile lacks are ignored.
    pub hidden: Vec<String>,
}

/// Rows in order.
#[derive(Debug, Default)]
pub struct Arranged {
    /// Positions in [`Runs::runs`].
    pub order: Vec<u32>,
    /// Time of the shown stages of every run, in the order of the rows.
    pub totals: Vec<Millis>,
    /// The longest bar or wall clock.
    pub longest: Millis,
    /// Whether there is more than one workflow.
    pub several_workflows: bool,
    pub(crate) hidden: Vec<bool>,
}

impl Arranged {
    /// Whether a stage is drawn and counted.
    #[must_use]
    pub fn is_shown(&self, stage: StageId) -> bool {
        !self.hidden.get(usize::from(stage.0)).copied().unwrap_or(false)
    }
}

/// Orders the runs.
#[must_use]
pub fn arrange(profile: &Profile, runs: &Runs, arrangement: &Arrangement) -> Arranged {
    let hidden: Vec<bool> = profile
        .stages
        .iter()
        .map(|stage| stage.is_hidden || arrangement.hidden.iter().any(|id| *id == stage.id))
        .collect();
    let mut arranged = Arranged { hidden, ..Arranged::default() };
    let total = |run: &Run| -> Millis {
        runs.pieces(run)
            .iter()
            .filter(|piece| arranged.is_shown(piece.stage))
            .map(|piece| piece.value)
            .sum()
    };
    let mut rows: Vec<(f64, u32, Millis)> = Vec::with_capacity(runs.runs.len());
    for (position, run) in (0_u32..).zip(&runs.runs) {
        let total = total(run);
        let key = match arrangement.sort {
            Sort::End => end_key(run),
            Sort::Total => total.0,
            Sort::Overhead => runs.overhead(profile, run).map_or(-1.0, |overhead| overhead.share.0),
            Sort::Name => 0.0,
        };
        rows.push((key, position, total));
    }
    let name = |position: u32| {
        runs.runs
            .get(position as usize)
            .map(|run| (row::workflow_name(runs, run), row::name(runs, run), position))
    };
    let sorted = order(rows.len(), &mut |a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return Ordering::Equal };
        let by_key = a.0.total_cmp(&b.0);
        let by_name = || name(a.1).cmp(&name(b.1));
        match (arrangement.sort, arrangement.descending) {
            (Sort::Name, true) => by_name().reverse(),
            (_, true) => by_key.reverse().then_with(by_name),
            (_, false) => by_key.then_with(by_name),
        }
    });
    let rows = picked(&rows, &sorted);
    arranged.longest = runs
        .runs
        .iter()
        .map(|run| total(run).max(run.wall.unwrap_or_default()))
        .fold(Millis::ZERO, Millis::max);
    arranged.several_workflows =
        runs.runs.windows(2).any(|pair| matches!(pair, [a, b] if a.workflow != b.workflow));
    arranged.order = rows.iter().map(|row| row.1).collect();
    arranged.totals = rows.iter().map(|row| row.2).collect();
    arranged
}

fn end_key(run: &Run) -> f64 {
    match (run.end, run.state) {
        (Some(end), _) => end.0,
        (None, crate::run::State::Running) => f64::INFINITY,
        (None, _) => f64::NEG_INFINITY,
    }
}
