//! What all rows together say: time and share of every stage, rows by tier.

use crate::colour::Theme;
use crate::format;
use crate::notice;
use crate::profile::{Owner, Profile, Words};
use crate::run::{Notes, Run, Runs, Tier};
use crate::unit::{Millis, Share};

/// One stage of the profile, with what all rows together spent in it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct StageSummary {
    /// Stable name for options and tests.
    pub id: Words,
    /// Name for people.
    pub name: Words,
    /// Whose time it is.
    pub owner: Owner,
    /// One sentence on what it really measures.
    pub help: Words,
    /// CSS colour on the dark theme.
    pub dark: String,
    /// CSS colour on the light theme.
    pub light: String,
    /// Whether any row has it.
    pub present: bool,
    /// All rows' time in it.
    pub total: Millis,
    /// The same for people.
    pub total_text: String,
    /// Its share of the time of all stages.
    pub share: Share,
}

/// How many rows a tier made.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct TierSummary {
    /// The tier.
    pub tier: Tier,
    /// Its rows.
    pub rows: usize,
    /// The same in words.
    pub text: String,
}

/// Time of every stage of the profile over some rows, in causal order. An execution that is known by its pods is in
/// its workflow's counters, too, where there are any; then these alone count, so that a stage's total
/// is what its counter grew by.
#[must_use]
pub fn stages<'a>(
    profile: &Profile,
    runs: &'a Runs,
    rows: impl Iterator<Item = &'a Run>,
) -> Vec<StageSummary> {
    let mut totals = vec![(Millis::ZERO, false); profile.stages.len()];
    for run in rows {
        let counts = !run.notes.has(Notes::COUNTED_TOO);
        for piece in runs.pieces(run) {
            if let Some((total, present)) = totals.get_mut(usize::from(piece.stage.0)) {
                *total += if counts { piece.sum } else { Millis::ZERO };
                *present = true;
            }
        }
    }
    let shown = profile.stages.iter().zip(&totals).filter(|(stage, _)| !stage.is_hidden);
    let all: Millis = shown.map(|(_, (total, _))| *total).sum();
    let divided = profile.pod_start().is_none_or(|(start, _)| {
        totals.get(usize::from(start.0)).is_some_and(|(_, present)| *present)
    });
    let stages = profile.stages.iter().zip(totals).filter(|(stage, _)| !stage.is_hidden);
    stages
        .map(|(stage, (total, present))| StageSummary {
            id: stage.id.clone(),
            name: if divided { &stage.name } else { &stage.undivided }.clone(),
            owner: stage.owner,
            help: stage.help.clone(),
            dark: stage.colour.on(Theme::Dark).css(),
            light: stage.colour.on(Theme::Light).css(),
            present,
            total,
            total_text: format::duration(total),
            share: total.share_of(all),
        })
        .collect()
}

/// Rows by tier, the best first.
#[must_use]
pub fn tiers(runs: &Runs) -> Vec<TierSummary> {
    [Tier::Execution, Tier::Pod, Tier::Increment, Tier::Average]
        .into_iter()
        .filter_map(|tier| {
            let rows = runs.runs.iter().filter(|run| run.tier == tier).count();
            let text = match tier {
                Tier::Execution => {
                    notice::count(rows, "execution by its id", "executions by their id")
                }
                Tier::Pod => {
                    notice::count(rows, "execution by its pods", "executions by their pods")
                }
                Tier::Increment => {
                    notice::count(rows, "row rebuilt from counters", "rows rebuilt from counters")
                }
                Tier::Average => notice::count(
                    rows,
                    "workflow as the mean of its runs",
                    "workflows as means of their runs",
                ),
            };
            (rows > 0).then_some(TierSummary { tier, rows, text })
        })
        .collect()
}
