//! Means of every workflow: how much its counters grew over the whole range.

use super::LeftOut;
use super::mean::{self, Mean};
use super::workflow::{self, Workflow};
use crate::profile::Profile;
use crate::run::{Kind, Notes, Runs, Tier};
use crate::text::Texts;

pub(super) fn add(
    profile: &Profile,
    texts: &Texts,
    workflow: &Workflow,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let mut readings = workflow::readings(workflow.events());
    for reading in &mut readings {
        // Means of many runs have no order of their own: nodes go by their names.
        reading.seen = 0.0;
    }
    let mut notes = Notes::default();
    if workflow.since_start {
        notes.add(Notes::SINCE_START);
    }
    if workflow.lanes.iter().any(|lane| !lane.restarts.is_empty() && !lane.events.is_empty()) {
        notes.add(Notes::RESTARTED);
    }
    let mean = Mean {
        tier: Tier::Average,
        kind: Kind::Mean,
        labels: workflow.labels,
        readings: &readings,
        end: None,
        notes,
        completion_is_abort: workflow.completion_is_abort(profile),
    };
    match mean::row(profile, texts, &mean) {
        Some((run, pieces)) => runs.push(run, &pieces),
        None => left_out.idle += 1,
    }
}
