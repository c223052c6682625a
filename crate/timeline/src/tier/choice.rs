//! What the user wants rows to be, and what of it the data cannot follow.

use super::LeftOut;
use super::pod;
use crate::notice::{Notices, Severity, list};
use crate::order;
use crate::run::{Kind, Notes, Run, Runs, Tier};
use crate::series::ALLOW_LIST;
use crate::text::Text;

/// Which way to know a run is taken, where the data supports it; elsewhere the best that it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The best that the series support, workflow by workflow.
    #[default]
    Best,
    /// Executions by the `exec_id` label.
    Execution,
    /// Executions by their pods, even where counters know them.
    Pods,
    /// Runs rebuilt from the increments of counters.
    Increments,
    /// One mean run of each workflow over the whole range.
    Means,
    /// One mean run of each workflow and stretch of time.
    Trend,
}

impl Choice {
    /// What is drawn for it, and what it takes; nothing for the best.
    fn words(self) -> Option<(&'static str, [&'static str; 2])> {
        Some(match self {
            Self::Best => return None,
            Self::Execution => (
                "by execution id",
                [
                    "that takes exec_id among the labels, which propeller.metrics-keys of flyte-core adds",
                    "",
                ],
            ),
            Self::Pods => (
                "by pods",
                ["that takes kube_pod_labels of kube-state-metrics, started with ", ALLOW_LIST],
            ),
            Self::Increments => (
                "as runs rebuilt from counters",
                ["that takes counters without exec_id, and each row says what they lack", ""],
            ),
            Self::Means => ("as means", ["no run of theirs ended in the time range", ""]),
            Self::Trend => (
                "as a trend",
                ["that takes counters over a range, or when each execution ended", ""],
            ),
        })
    }

    /// Whether a row is what was chosen.
    fn is_met(self, run: &Run) -> bool {
        match self {
            Self::Best => true,
            Self::Execution => run.tier == Tier::Execution,
            Self::Pods => run.tier == Tier::Pod,
            Self::Increments => run.tier == Tier::Increment,
            Self::Means => run.tier == Tier::Average,
            Self::Trend => run.tier == Tier::Average && run.kind == Kind::Bucket,
        }
    }

    /// Of a workflow that both pods and counters tell, keeps what was chosen.
    pub(super) fn keep(self, runs: &mut Runs, left_out: &mut LeftOut) {
        match self {
            Self::Best | Self::Execution => return,
            Self::Pods => {
                let pods = runs.runs.iter().filter(|run| run.tier == Tier::Pod);
                let pods = pod::distinct(pods.map(pod::whose_of));
                let is_told =
                    |run: &Run| pods.iter().any(|own| pod::holds(pod::whose_of(run), *own));
                runs.runs.retain(|run| !run.tier.is_of_counters() || !is_told(run));
                runs.runs.iter_mut().for_each(|run| run.notes.remove(Notes::COUNTED_TOO));
            }
            Self::Increments | Self::Means | Self::Trend => {
                runs.runs.retain(|run| !run.notes.has(Notes::COUNTED_TOO));
            }
        }
        left_out.counted_too = 0;
    }

    /// Says which workflows are not shown as chosen, and why.
    pub(super) fn report(self, runs: &Runs, notices: &mut Notices) {
        let Some((shape, why)) = self.words() else { return };
        let others = runs.runs.iter().filter(|run| !self.is_met(run));
        let mut names: Vec<Text> = Vec::new();
        for run in others {
            if names.last() != Some(&run.workflow) && !names.contains(&run.workflow) {
                names.push(run.workflow);
            }
        }
        if names.is_empty() {
            return;
        }
        let mut names: Vec<&str> = names.into_iter().map(|name| runs.texts.get(name)).collect();
        order::distinct(&mut names);
        let which = if names == [""] { "the rows".to_owned() } else { list(&names, 3) };
        let text = [
            "Option “One row for”: ",
            &which,
            " cannot be shown ",
            shape,
            ": ",
            why[0],
            why[1],
            ". What the data tells is shown instead.",
        ];
        notices.add(Severity::Warning, text.concat());
    }
}

#[cfg(test)]
mod tests;
