//! Means of executions that are known one by one, by their ids or by their pods: of all that ended in
//! the range, or in each stretch of it.
//!
//! An execution's stages are its own, so that a mean run is what all of them took over how many they
//! are, and an execution is wholly in the stretch in which it ended.

use std::cmp::Ordering;

use super::average::Trend;
use super::pieces;
use crate::lack::Lacks;
use crate::order;
use crate::profile::{Profile, Scope, StageId};
use crate::run::{Kind, Notes, Piece, Run, Runs, State, Tier, is_derived};
use crate::text::{Text, Texts, natural_order};
use crate::unit::{Millis, UnixMillis};

/// Which executions make one row. Those that pods alone tell lack Flyte's stages, so they are apart.
type Key = ([Text; 3], Tier, Option<u64>);

/// Brings the executions of each workflow together. A workflow of which none ended stays as it is, and
/// in a trend what does not say when it ended. Answers how many executions that still run, of workflows of
/// which others ended, are in no mean.
pub(super) fn fold(
    profile: &Profile,
    texts: &Texts,
    trend: Option<Trend>,
    runs: &mut Runs,
) -> usize {
    let stretches = trend.map(|trend| trend.stretches(Millis::ZERO));
    let mut groups: Vec<(Key, usize)> = Vec::new();
    let mut running = 0;
    let all = std::mem::take(&mut runs.runs);
    let ended = |run: &Run| run.state != State::Running && (trend.is_none() || run.end.is_some());
    let of = |run: &Run| ([run.workflow, run.project, run.domain], run.tier);
    for (position, run) in all.iter().enumerate().filter(|(_, run)| is_single(run) && ended(run)) {
        let (place, tier) = of(run);
        let stretch = stretches.zip(run.end).map(|(all, end)| all.position(end).to_bits());
        groups.push(((place, tier, stretch), position));
    }
    order::sort(&mut groups, |(a, _), (b, _)| a.cmp(b));
    let has_mean = |run: &Run| {
        let (place, tier) = of(run);
        groups.binary_search_by(|((p, t, _), _)| (*p, *t).cmp(&(place, tier))).is_ok()
    };
    for run in &all {
        if !is_single(run) || !(ended(run) || run.state == State::Running && has_mean(run)) {
            runs.runs.push(run.clone());
        } else if run.state == State::Running {
            running += 1;
        }
    }
    for group in groups.chunk_by(|(a, _), (b, _)| a == b) {
        let own: Vec<&Run> = group.iter().filter_map(|(_, position)| all.get(*position)).collect();
        let Some(((_, _, stretch), _)) = group.first() else { continue };
        let span = stretches.zip(*stretch).map(|(stretches, bits)| {
            let position = f64::from_bits(bits);
            stretches.bounds(position, position)
        });
        if let Some((run, pieces)) = mean(profile, texts, runs, &own, span) {
            runs.push(run, &pieces);
        }
    }
    running
}

fn is_single(run: &Run) -> bool {
    run.kind == Kind::Run && matches!(run.tier, Tier::Execution | Tier::Pod)
}

/// The mean of some executions.
fn mean(
    profile: &Profile,
    texts: &Texts,
    runs: &Runs,
    own: &[&Run],
    span: Option<(UnixMillis, UnixMillis)>,
) -> Option<(Run, Vec<Piece>)> {
    let first = (*own.first()?).clone();
    let count = own.len() as f64;
    let over = |sum: Millis| Millis(sum.0 / count);
    let pieces = own.iter().flat_map(|run| runs.pieces(run));
    let mut pieces = together(profile, texts, pieces.copied().collect(), count);
    let contained = own.iter().flat_map(|run| runs.contained(run));
    let contained = together(profile, texts, contained.copied().collect(), count);
    let mut notes = Notes::default();
    for note in [
        Notes::CONTAINED,
        Notes::UNDIVIDED,
        Notes::NO_ACCEPTANCE,
        Notes::NO_NODES,
        Notes::START_BY_PODS,
        Notes::COUNTED_TOO,
    ] {
        if own.iter().any(|run| run.notes.has(note)) {
            notes.add(note);
        }
    }
    let is_pod = first.tier == Tier::Pod;
    notes.add(if is_pod { Notes::OF_PODS } else { Notes::OF_EXECUTIONS });
    let walls: Option<Vec<Millis>> = own.iter().map(|run| run.wall).collect();
    let wall = walls.map(|walls| over(walls.into_iter().sum()));
    pieces::close(profile, &mut pieces, wall, &mut notes);
    for piece in pieces.iter_mut().filter(|piece| is_derived(profile, piece.stage)) {
        piece.sum = Millis(piece.value.0 * count);
    }
    pieces.extend_from_slice(&contained);
    let waited = own.iter().filter_map(|run| run.waited).reduce(|a, b| a + b);
    let mut lacks = Lacks::default();
    lacks.add(Lacks::CHOSEN);
    let run = Run {
        tier: Tier::Average,
        kind: if span.is_some() { Kind::Bucket } else { Kind::Mean },
        state: State::Mixed,
        execution: Text::EMPTY,
        begin: span.map(|(begin, _)| begin),
        end: span.map(|(_, end)| end),
        late: None,
        wall,
        runs: count,
        failed: own.iter().map(|run| run.failed).sum(),
        aborted: own.iter().map(|run| run.aborted).sum(),
        set_aside: over(own.iter().map(|run| run.set_aside).sum()),
        waited: waited.map(over),
        notes,
        lacks,
        contained: u32::try_from(contained.len()).unwrap_or(u32::MAX),
        ..first
    };
    Some((run, pieces))
}

/// One piece for each node and stage, in causal order; nodes go by their names. What is derived is
/// left out.
fn together(profile: &Profile, texts: &Texts, mut all: Vec<Piece>, count: f64) -> Vec<Piece> {
    all.retain(|piece| !is_derived(profile, piece.stage));
    let first_of_nodes =
        profile.stages().find(|(_, stage)| stage.scope == Scope::Node).map(|(id, _)| id);
    let rank = |piece: &Piece| rank(profile, first_of_nodes, texts, piece);
    let compare = |a: &Piece, b: &Piece| {
        let by_node = || natural_order(texts.get(a.node), texts.get(b.node));
        rank(a).cmp(&rank(b)).then_with(by_node).then(a.stage.cmp(&b.stage))
    };
    order::sort(&mut all, compare);
    let same = |a: &Piece, b: &Piece| compare(a, b) == Ordering::Equal;
    let sums = all.chunk_by(same).filter_map(|own| {
        let sum: Millis = own.iter().map(|piece| piece.sum).sum();
        let observations = own.iter().map(|piece| piece.count).sum();
        let value = Millis(sum.0 / count);
        own.first().map(|first| Piece { value, sum, count: observations, begin: None, ..*first })
    });
    sums.collect()
}

/// Before the nodes, of a node, of the last node, or after them.
fn rank(profile: &Profile, nodes: Option<StageId>, texts: &Texts, piece: &Piece) -> u8 {
    let is_of_run = profile.stage(piece.stage).is_some_and(|stage| stage.scope == Scope::Run);
    match (is_of_run, nodes) {
        (true, Some(nodes)) if piece.stage > nodes => 3,
        (true, _) => 0,
        (false, _) if texts.get(piece.node) == pieces::END_NODE => 2,
        (false, _) => 1,
    }
}
