//! What several rows say together: how many there are, how long they took, whose their time is.

use crate::format;
use crate::notice::count;
use crate::order::{order, picked};
use crate::profile::{Owner, Profile};
use crate::run::{Kind, Notes, Run, Runs, State};
use crate::unit::{Millis, Share};

/// What several rows say together.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Statistics {
    /// Rows that are single runs which succeeded, or ended in a way that nothing tells. What failed,
    /// was aborted or still runs is no measure of how long a run takes, and neither is a mean.
    pub count: usize,
    /// Half of them took at most this long.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub median: Option<Millis>,
    /// The same for people.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub median_text: Option<String>,
    /// 95 of 100 took at most this long.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub p95: Option<Millis>,
    /// The same for people.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub p95_text: Option<String>,
    /// What is not among them and why; empty where nothing is.
    pub excluded: String,
    /// All of it in a sentence.
    pub text: String,
    /// Whose the time of all rows is.
    pub owners: Vec<OwnerShare>,
}

/// One owner's part of the time.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct OwnerShare {
    /// Whose.
    pub owner: Owner,
    /// Time in the stages that are shown.
    pub total: Millis,
    /// The same for people.
    pub total_text: String,
    /// Its part of all owners' time.
    pub share: Share,
    /// The same for people.
    pub share_text: String,
}

/// Sums rows up: `members` are their positions, `totals` their times, `hidden` which stages do not
/// count. An execution that is in its workflow's counters, too, counts there.
#[must_use]
pub fn of(
    profile: &Profile,
    runs: &Runs,
    members: &[u32],
    totals: &[Millis],
    hidden: &[bool],
) -> Statistics {
    let rows = || members.iter().filter_map(|position| runs.runs.get(*position as usize));
    let mut lengths: Vec<Millis> = Vec::new();
    let mut excluded = Excluded::default();
    for (run, total) in rows().zip(totals) {
        if excluded.is_measure(run) {
            lengths.push(*total);
        }
    }
    let length = |at: usize| lengths.get(at).copied().unwrap_or_default().0;
    let sorted = order(lengths.len(), &mut |a, b| length(a).total_cmp(&length(b)));
    let lengths = picked(&lengths, &sorted);
    let (median, p95) = (quantile(&lengths, 0.5), quantile(&lengths, 0.95));
    let excluded = excluded.text();
    let mut statistics = Statistics {
        count: lengths.len(),
        median,
        median_text: median.map(format::duration),
        p95,
        p95_text: p95.map(format::duration),
        excluded,
        text: String::new(),
        owners: owners(profile, runs, rows(), hidden),
    };
    statistics.text = text(&statistics, members.len());
    statistics
}

/// Why rows are not measured by.
#[derive(Default)]
struct Excluded {
    failed: usize,
    aborted: usize,
    running: usize,
    unsure: usize,
    several: usize,
}

impl Excluded {
    /// Whether a row is one run that says how long a run takes; else notes why not.
    fn is_measure(&mut self, run: &Run) -> bool {
        let reason = match (run.kind, run.state) {
            (Kind::Run, State::Failed) => &mut self.failed,
            (Kind::Run, State::Aborted) => &mut self.aborted,
            (Kind::Run, State::Running) => &mut self.running,
            (Kind::Run, _) => return true,
            _ if run.notes.has(Notes::UNSURE) => &mut self.unsure,
            _ => &mut self.several,
        };
        *reason += 1;
        false
    }

    fn text(&self) -> String {
        let reasons = [
            (self.failed, "failed", "failed"),
            (self.aborted, "aborted", "aborted"),
            (self.running, "running", "running"),
            (self.unsure, "not sure", "not sure"),
            (self.several, "row of several runs", "rows of several runs"),
        ];
        let reasons: Vec<String> = reasons
            .into_iter()
            .filter(|(rows, ..)| *rows > 0)
            .map(|(rows, one, many)| count(rows, one, many))
            .collect();
        if reasons.is_empty() {
            String::new()
        } else {
            ["left out: ", &reasons.join(", ")].concat()
        }
    }
}

/// The value below which a share of sorted ones lies, interpolated between its neighbours as
/// spreadsheets do.
fn quantile(sorted: &[Millis], share: f64) -> Option<Millis> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let below = sorted.get(place.floor() as usize)?.0;
    let above = sorted.get(place.ceil() as usize)?.0;
    Some(Millis(below + (above - below) * place.fract()))
}

fn owners<'a>(
    profile: &Profile,
    runs: &'a Runs,
    rows: impl Iterator<Item = &'a Run>,
    hidden: &[bool],
) -> Vec<OwnerShare> {
    let all = [Owner::Flyte, Owner::Kubernetes, Owner::User, Owner::Derived];
    let mut totals = [Millis::ZERO; 4];
    for run in rows.filter(|run| !run.notes.has(Notes::COUNTED_TOO)) {
        for piece in runs.pieces(run) {
            let stage = usize::from(piece.stage.0);
            let Some(owner) = profile.stage(piece.stage).map(|stage| stage.owner) else { continue };
            let total = all.iter().zip(&mut totals).find(|(own, _)| **own == owner);
            if let Some((_, total)) = total.filter(|_| hidden.get(stage) != Some(&true)) {
                *total += piece.sum;
            }
        }
    }
    let sum: Millis = totals.iter().copied().sum();
    let owners = all.into_iter().zip(totals).filter(|(_, total)| total.is_positive());
    owners
        .map(|(owner, total)| OwnerShare {
            owner,
            total,
            total_text: format::duration(total),
            share: total.share_of(sum),
            share_text: format::share(total.share_of(sum)),
        })
        .collect()
}

/// `12 runs · median 4m 05s · p95 9m 10s (left out: 1 failed)`; `3 rows` where nothing is measured by.
fn text(statistics: &Statistics, rows: usize) -> String {
    let mut text = match (&statistics.median_text, &statistics.p95_text) {
        (Some(only), _) if statistics.count == 1 => ["1 run · ", only].concat(),
        (Some(median), Some(p95)) => {
            let runs = count(statistics.count, "run", "runs");
            [&runs, " · median ", median, " · p95 ", p95].concat()
        }
        _ => count(rows, "row", "rows"),
    };
    if !statistics.excluded.is_empty() {
        text.push_str(" (");
        text.push_str(&statistics.excluded);
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_the_values_around_them() {
        let sorted: Vec<Millis> = [10.0, 20.0, 30.0, 40.0].map(Millis).to_vec();
        assert_eq!(quantile(&sorted, 0.5), Some(Millis(25.0)));
        assert_eq!(quantile(&sorted, 1.0), Some(Millis(40.0)));
        assert_eq!(quantile(&sorted[..1], 0.95), Some(Millis(10.0)));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
