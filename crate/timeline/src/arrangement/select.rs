//! Which runs are shown, in which order and under which headers.

use std::cmp::Ordering;

use super::{Arrangement, Group, Grouping, Sort, filter::Search, hidden, prefix};
use crate::order::{order, picked};
use crate::profile::Profile;
use crate::row;
use crate::run::{Run, Runs, State};
use crate::statistics::{self, Statistics};
use crate::unit::Millis;

/// Runs that are shown, in order.
#[derive(Debug, Default)]
pub struct Selected {
    /// Positions in [`Runs::runs`], group after group where there are any.
    pub order: Vec<u32>,
    /// Time of the shown stages of every run, in the same order.
    pub totals: Vec<Millis>,
    /// The groups in their order; none where rows are not grouped.
    pub groups: Vec<Group>,
    /// What all of them say together.
    pub statistics: Statistics,
    pub(super) several_workflows: bool,
    pub(super) common_prefix: usize,
    pub(super) hidden: Vec<bool>,
}

#[derive(Clone, Copy)]
struct Candidate {
    key: f64,
    position: u32,
    total: Millis,
}

/// Selects, orders and groups the runs.
#[must_use]
pub fn select(profile: &Profile, runs: &Runs, arrangement: &Arrangement) -> Selected {
    let hidden = hidden(profile, arrangement);
    let is_shown = |stage: usize| !hidden.get(stage).copied().unwrap_or(false);
    let search = Search::new(runs, &arrangement.search);
    let mut candidates: Vec<Candidate> = Vec::with_capacity(runs.runs.len());
    for (position, run) in (0_u32..).zip(&runs.runs) {
        let shown = runs.pieces(run).iter().filter(|piece| is_shown(usize::from(piece.stage.0)));
        let total: Millis = shown.map(|piece| piece.value).sum();
        let wanted = (!arrangement.failed_only || run.failed > 0.0)
            && total.0 >= arrangement.minimum.0
            && search.finds(runs, run);
        if wanted {
            let key = key(profile, runs, run, total, &arrangement.sort);
            candidates.push(Candidate { key, position, total });
        }
    }
    let sorted = sort(runs, &candidates, arrangement);
    let mut rows = picked(&candidates, &sorted);
    let mut selected = Selected::default();
    let ranges = if arrangement.group == Grouping::None {
        Vec::new()
    } else {
        let (grouped, ranges) = group(runs, &rows, arrangement.group);
        rows = grouped;
        ranges
    };
    selected.order = rows.iter().map(|row| row.position).collect();
    selected.totals = rows.iter().map(|row| row.total).collect();
    (selected.several_workflows, selected.common_prefix) = names(runs, &selected.order);
    let statistics = |range: std::ops::Range<usize>| {
        let own = selected.order.get(range.clone()).unwrap_or_default();
        let totals = selected.totals.get(range).unwrap_or_default();
        statistics::of(profile, runs, own, totals, &hidden)
    };
    let all = statistics(0..rows.len());
    let groups = ranges
        .into_iter()
        .filter_map(|members| {
            let of_them = statistics(members.clone());
            header(runs, &selected.order, arrangement.group, of_them, members)
        })
        .collect();
    selected.groups = groups;
    selected.statistics = all;
    selected.hidden = hidden;
    selected
}

fn key(profile: &Profile, runs: &Runs, run: &Run, total: Millis, sort: &Sort) -> f64 {
    match sort {
        Sort::End => match (run.end, run.state) {
            (Some(end), _) => end.0,
            (None, State::Running) => f64::INFINITY,
            (None, _) => f64::NEG_INFINITY,
        },
        Sort::Start => run.span().map_or(f64::NEG_INFINITY, |span| span.begin.0),
        Sort::Total => total.0,
        Sort::Overhead => runs.overhead(profile, run).map_or(-1.0, |overhead| overhead.share.0),
        Sort::Stage(id) => {
            let stage = profile.stages().find(|(_, stage)| stage.id == *id).map(|(id, _)| id);
            let own = runs.pieces(run).iter().filter(|piece| Some(piece.stage) == stage);
            own.map(|piece| piece.value.0).sum()
        }
        Sort::Name => 0.0,
    }
}

fn sort(runs: &Runs, rows: &[Candidate], arrangement: &Arrangement) -> Vec<u32> {
    let name = |position: u32| {
        runs.runs
            .get(position as usize)
            .map(|run| (row::workflow_name(runs, run), row::name(runs, run), position))
    };
    order(rows.len(), &mut |a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return Ordering::Equal };
        let by_key = a.key.total_cmp(&b.key);
        let by_name = || name(a.position).cmp(&name(b.position));
        match (&arrangement.sort, arrangement.descending) {
            (Sort::Name, true) => by_name().reverse(),
            (_, true) => by_key.reverse().then_with(by_name),
            (_, false) => by_key.then_with(by_name),
        }
    })
}

/// What a run's group is told by: the parts that matter, the others empty.
fn whose<'a>(runs: &'a Runs, run: &'a Run, grouping: Grouping) -> [&'a str; 3] {
    let (project, domain) = (row::project(runs, run), row::domain(runs, run));
    match grouping {
        Grouping::None => ["", "", ""],
        Grouping::Workflow => [row::workflow_name(runs, run), project, domain],
        Grouping::Project => ["", project, ""],
        Grouping::Domain => ["", "", domain],
    }
}

/// The rows group after group, each group where its first row was, and where each group is.
fn group(
    runs: &Runs,
    rows: &[Candidate],
    grouping: Grouping,
) -> (Vec<Candidate>, Vec<std::ops::Range<usize>>) {
    let of = |row: usize| {
        let run = rows.get(row).and_then(|row| runs.runs.get(row.position as usize));
        run.map(|run| whose(runs, run, grouping))
    };
    let together = order(rows.len(), &mut |a, b| of(a).cmp(&of(b)));
    let chunks: Vec<&[u32]> =
        together.chunk_by(|a, b| of(*a as usize) == of(*b as usize)).collect();
    let first = |chunk: usize| chunks.get(chunk).and_then(|chunk| chunk.first());
    let by_first = order(chunks.len(), &mut |a, b| first(a).cmp(&first(b)));
    let (mut grouped, mut ranges) = (Vec::with_capacity(rows.len()), Vec::new());
    for chunk in picked(&chunks, &by_first) {
        let begin = grouped.len();
        grouped.extend(picked(rows, chunk));
        ranges.push(begin..grouped.len());
    }
    (grouped, ranges)
}

fn header(
    runs: &Runs,
    order: &[u32],
    grouping: Grouping,
    statistics: Statistics,
    members: std::ops::Range<usize>,
) -> Option<Group> {
    let own = order.get(members.clone())?;
    let first = *own.first()?;
    let whose = whose(runs, runs.runs.get(first as usize)?, grouping);
    let [workflow, project, domain] = whose.map(str::to_owned);
    let or = |text: &str, otherwise: &str| {
        if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
    };
    let name = match grouping {
        Grouping::Project => or(&project, "no project"),
        Grouping::Domain => or(&domain, "no domain"),
        Grouping::None | Grouping::Workflow => workflow.clone(),
    };
    let own = own.iter().filter_map(|position| runs.runs.get(*position as usize));
    Some(Group {
        key: whose.join("|"),
        name,
        workflow,
        project,
        domain,
        is_open: false,
        runs: own.map(|run| run.runs).sum(),
        statistics,
        first,
        members,
        pieces: 0..0,
    })
}

/// Whether there are several workflows, and how much of their names they have in common.
fn names(runs: &Runs, order: &[u32]) -> (bool, usize) {
    let mut all = order.iter().filter_map(|position| runs.runs.get(*position as usize));
    let Some(first) = all.next() else { return (false, 0) };
    let name = row::workflow_name(runs, first);
    let (mut last, mut several, mut common) = (first.workflow, false, name.len());
    for run in all {
        if run.workflow != last {
            last = run.workflow;
            several = true;
            common = common.min(prefix::common(name, row::workflow_name(runs, run)));
        }
    }
    (several, if several { prefix::cut(name, common) } else { 0 })
}
