//! Nothing is invented and nothing lost: a workflow's rows hold, stage by stage, the time by which its
//! counters grew. Checked wherever debug assertions are.

use super::workflow::Workflow;
use crate::profile::{Measure, Profile, Role, StageId};
use crate::run::{Run, Runs};
use crate::text::Text;

/// Differences below this share are the rounding of floats.
const ROUNDING: f64 = 1e-6;

/// Panics where the rows of a workflow, from a position on, hold another time than its counters.
pub(super) fn check(profile: &Profile, workflow: &Workflow, runs: &Runs, from: usize) {
    let mut shown = vec![0.0; profile.stages.len()];
    for run in runs.runs.get(from..).unwrap_or_default() {
        attribute(profile, runs, run, &mut shown);
    }
    let mut counted = vec![0.0; profile.stages.len()];
    // A whole without its count leaves no piece where its parts are all of it.
    let mut hidden = vec![false; profile.stages.len()];
    for event in workflow.events() {
        let role = profile.metric(event.metric).map(|metric| metric.role);
        if let Some(Role::Acceptance(stage) | Role::Stage(stage)) = role {
            put(&mut counted, stage, event.sum.0);
            if let Some(hidden) = hidden.get_mut(usize::from(stage.0)) {
                *hidden |= event.count == 0.0;
            }
        }
    }
    let sums = shown.into_iter().zip(counted).zip(hidden);
    for (stage, ((shown, counted), hidden)) in profile.stages.iter().zip(sums) {
        let is_whole = !matches!(stage.measure, Measure::PartOf(_) | Measure::Remainder) && !hidden;
        let difference = (shown - counted).abs();
        debug_assert!(
            !is_whole || difference <= ROUNDING * (1.0 + counted.abs().max(shown.abs())),
            "{}: {shown} ms in the rows, {counted} ms in the counters",
            stage.id
        );
    }
}

/// Adds the time of a run's pieces to their stages. What is a part of a stage that the node has was
/// taken off it.
fn attribute(profile: &Profile, runs: &Runs, run: &Run, shown: &mut [f64]) {
    let pieces = || runs.pieces(run).iter().chain(runs.contained(run));
    let has = |node: Text, stage: StageId| {
        pieces().any(|piece| piece.node == node && piece.stage == stage)
    };
    for piece in pieces() {
        let whole = profile.whole_of(piece.stage);
        if whole == piece.stage || has(piece.node, whole) {
            put(shown, whole, piece.sum.0);
        }
    }
}

fn put(sums: &mut [f64], stage: StageId, ms: f64) {
    if let Some(sum) = sums.get_mut(usize::from(stage.0)) {
        *sum += ms;
    }
}
