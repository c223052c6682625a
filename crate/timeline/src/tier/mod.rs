//! The ways to know a run, the best first. Each turns series into runs and says what it left out.

mod average;
mod better;
mod choice;
#[cfg(debug_assertions)]
mod conserve;
mod execution;
mod fold;
mod increment;
mod mean;
mod pair;
mod pieces;
mod pod;
mod process;
mod quantile;
mod stretch;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod traps;
mod workflow;

pub use choice::Choice;

use average::{Known, Trend};
use workflow::Workflow;

use crate::lack::Lacks;
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
    /// Executions that still run, and are in no mean of those that ended.
    pub running: usize,
    /// Pods that no execution can be told of.
    pub pods_without_execution: usize,
}

/// What is asked for of the rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// The dashboard's time range.
    pub range: TimeRange,
    /// Which way to know a run is taken.
    pub choice: Choice,
    /// How far the reader's clocks are ahead of UTC.
    pub ahead: Millis,
}

/// All runs that the series tell: executions by their id where series carry it, and from those that
/// do not, single runs where they can be told apart, else means of every workflow, and executions of
/// which only the pods are known. A series belongs to one of them, so nothing is counted twice. The
/// choice prefers another of them where the data can follow it.
pub fn runs(
    profile: &Profile,
    found: &mut Found,
    asked: Asked,
    notices: &mut Notices,
) -> (Runs, LeftOut) {
    let Asked { range, choice, .. } = asked;
    let mut left_out = LeftOut::default();
    let mut runs = Runs::default();
    let mut pods = pod::Pods::find_all(found, range);
    pods.come_first = choice == Choice::Pods;
    execution::read(profile, found, range, &mut pods, &mut runs, &mut left_out);
    counters(profile, found, asked, &mut runs, &mut left_out);
    pod::read(profile, found, range, &pods, &mut runs, &mut left_out);
    choice.keep(&mut runs, &mut left_out);
    let trend = asked.trend(found.step);
    if matches!(choice, Choice::Means | Choice::Trend) {
        left_out.running = fold::fold(profile, &found.texts, trend, &mut runs);
    }
    better::tell(&pods, &mut runs);
    runs.quantiles = quantile::read(profile, found);
    left_out.pods_without_execution = pods.without_execution();
    runs.texts = std::mem::take(&mut found.texts);
    pods.report(notices);
    choice.report(&runs, notices);
    left_out.report(notices);
    (runs, left_out)
}

impl Asked {
    /// The trend, where one is asked for. Values of one instant have no distance.
    fn trend(self, step: Option<Millis>) -> Option<Trend> {
        let step = step.unwrap_or_default();
        (self.choice == Choice::Trend).then_some(Trend {
            range: self.range,
            step,
            ahead: self.ahead,
        })
    }
}

/// The rows of counters that no execution's id tells apart.
fn counters(
    profile: &Profile,
    found: &Found,
    asked: Asked,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let pairs = pair::pairs(found, |labels| labels.execution.is_empty());
    let length = Millis(asked.range.to.0 - asked.range.from.0);
    for workflow in &workflow::workflows(profile, found, &pairs, left_out) {
        #[cfg(debug_assertions)]
        let from = runs.runs.len();
        add_workflow(profile, found, workflow, (asked, length), runs, left_out);
        #[cfg(debug_assertions)]
        conserve::check(profile, workflow, runs, from);
    }
}

/// Adds the rows of one workflow: its runs where they can be told apart and that was not asked
/// otherwise, else its means.
fn add_workflow(
    profile: &Profile,
    found: &Found,
    workflow: &Workflow,
    (asked, length): (Asked, Millis),
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let mut lacks = increment::lacks(profile, workflow, found.step);
    let means = matches!(asked.choice, Choice::Means | Choice::Trend);
    if let Some(step) = found.step
        && lacks.is_empty()
        && !means
    {
        increment::add(profile, &found.texts, workflow, (step, length), runs, left_out);
        return;
    }
    if means && lacks.is_empty() {
        lacks.add(Lacks::CHOSEN);
    }
    let known = Known { profile, texts: &found.texts, workflow, lacks };
    match asked.trend(found.step).filter(|_| found.step.is_some()) {
        Some(trend) => average::add_trend(known, trend, runs, left_out),
        None => average::add(known, runs, left_out),
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
        if self.running > 0 {
            let text =
                count(self.running, "execution that still runs", "executions that still run");
            notices.add(Severity::Info, format!("{text} left out of the means."));
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
