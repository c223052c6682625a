//! The ways to know a run, the best first. Each turns series into runs and says what it left out.

mod average;
#[cfg(debug_assertions)]
mod conserve;
mod execution;
mod increment;
mod mean;
mod pair;
mod pieces;
mod pod;
mod process;
#[cfg(test)]
mod tests;
mod workflow;

use crate::notice::Notices;
use crate::profile::Profile;
use crate::run::Runs;
use crate::series::Found;
use crate::unit::{Millis, TimeRange};

/// What a tier left out, for the notices and the diagnosis of an empty panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Executions that ended before the range.
    pub ended_before: usize,
    /// Executions whose end no query tells.
    pub without_end: usize,
    /// Workflows whose counters did not grow in the range.
    pub idle: usize,
    /// Samples that no counter can hold.
    pub refused: usize,
    /// Executions known by their pods whose time is in a row of their workflow's counters, too.
    pub counted_too: usize,
    /// Pods that no execution can be told of.
    pub pods_without_execution: usize,
}

/// Which way to know a run is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The best that the series support, workflow by workflow.
    #[default]
    Best,
    /// Counters are always drawn as means over the whole range.
    Means,
}

/// All runs that the series tell: executions by their id where series carry it, and from those that
/// do not, single runs where they can be told apart, else means of every workflow, and executions of
/// which only the pods are known. A series belongs to one of them, so nothing is counted twice.
pub fn runs(
    profile: &Profile,
    found: &mut Found,
    range: TimeRange,
    choice: Choice,
    notices: &mut Notices,
) -> (Runs, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut runs = Runs::default();
    let mut pods = pod::Pods::find_all(found, range);
    execution::read(profile, found, range, &mut pods, &mut runs, &mut left_out);
    counters(profile, found, range, choice, &mut runs, &mut left_out);
    pod::read(profile, found, range, &pods, &mut runs, &mut left_out);
    left_out.pods_without_execution = pods.without_execution();
    runs.texts = std::mem::take(&mut found.texts);
    pods.report(notices);
    left_out.report(notices);
    (runs, left_out)
}

/// The rows of counters that no execution's id tells apart.
fn counters(
    profile: &Profile,
    found: &Found,
    range: TimeRange,
    choice: Choice,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let pairs = pair::pairs(found, |labels| labels.execution.is_empty());
    let length = Millis(range.to.0 - range.from.0);
    for workflow in workflow::workflows(profile, found, &pairs, left_out) {
        #[cfg(debug_assertions)]
        let from = runs.runs.len();
        match found.step {
            Some(step) if choice == Choice::Best && increment::applies(profile, &workflow) => {
                increment::add(profile, &found.texts, &workflow, (step, length), runs, left_out);
            }
            _ => average::add(profile, &found.texts, &workflow, runs, left_out),
        }
        #[cfg(debug_assertions)]
        conserve::check(profile, &workflow, runs, from);
    }
}

impl LeftOut {
    fn report(&self, notices: &mut Notices) {
        use crate::notice::{Severity, count};
        if self.refused > 0 {
            let text = count(self.refused, "sample is", "samples are");
            notices.add(
                Severity::Warning,
                format!("{text} negative or impossibly large and left out."),
            );
        }
        if self.ended_before > 0 {
            let text = count(self.ended_before, "execution that ended", "executions that ended");
            notices.add(Severity::Info, format!("{text} before the time range left out."));
        }
        if self.without_end > 0 {
            let text = count(self.without_end, "execution is", "executions are");
            notices.add(
                Severity::Info,
                format!(
                    "{text} shown without an end time, and may have ended before the time range: an \
                     instant query does not say when. Add a query named “ended” that returns the \
                     time of each execution's first sample."
                ),
            );
        }
        if self.counted_too > 0 {
            let text = count(self.counted_too, "execution is", "executions are");
            notices.add(
                Severity::Info,
                format!(
                    "{text} known by pods alone, and in the rows of their workflows' counters, too. \
                     Totals count them once, by the counters."
                ),
            );
        }
        if self.idle > 0 {
            let text = count(self.idle, "workflow", "workflows");
            notices.add(
                Severity::Info,
                format!("{text} without any activity in the time range left out."),
            );
        }
    }
}
