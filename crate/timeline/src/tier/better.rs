//! Says of every row why it is not known better.

use super::pod::{self, Pods};
use crate::lack::Lacks;
use crate::run::{Notes, Runs, Tier};

/// Adds to what the tiers themselves found what only all rows together tell.
pub(super) fn tell(pods: &Pods, runs: &mut Runs) {
    let by_pods = runs.runs.iter().filter(|run| run.tier == Tier::Pod);
    let by_pods = pod::distinct(by_pods.map(pod::whose_of));
    let mut all = std::mem::take(&mut runs.runs);
    for run in &mut all {
        let has_pods = match run.tier {
            Tier::Pod => true,
            Tier::Execution => runs.pieces(run).iter().any(|piece| piece.begin.is_some()),
            Tier::Increment | Tier::Average => {
                by_pods.iter().any(|own| pod::holds(pod::whose_of(run), *own))
            }
        };
        if !has_pods {
            run.lacks.add(pods.lack());
        }
        if run.tier != Tier::Execution {
            run.lacks.add(Lacks::NO_EXECUTION_ID);
        }
        if run.notes.has(Notes::NO_NODES) {
            run.lacks.add(Lacks::NO_NODES);
        }
    }
    runs.runs = all;
}
