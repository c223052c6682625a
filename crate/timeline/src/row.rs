//! One row in words and numbers: what the tooltip and the accessible table show.

use crate::colour::Theme;
use crate::format;
use crate::profile::{Owner, Profile, StageId, Words};
use crate::remark;
use crate::run::{Kind, Notes, Overhead, Piece, Run, Runs, State, Tier, is_derived};
use crate::statistics::Statistics;
use crate::text::Text;
use crate::unit::{Millis, Share, UnixMillis};

/// What one row spent in one stage, all its nodes together.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct RowStage {
    /// The stage's stable name.
    pub id: Words,
    /// Its name for people.
    pub name: Words,
    /// Whose time it is.
    pub owner: Owner,
    /// CSS colour on the dark theme.
    pub dark: String,
    /// CSS colour on the light theme.
    pub light: String,
    /// One sentence on what it really measures.
    pub help: Words,
    /// In this execution, or in one mean run.
    pub value: Millis,
    /// The same for people.
    pub text: String,
    /// Its share of the row's total.
    pub share: Share,
    /// Observations behind it.
    pub count: f64,
    /// The mean of one observation; none where nothing was counted.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub mean: Option<Millis>,
    /// Calculated, not measured.
    pub derived: bool,
}

/// Where a row stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Level {
    /// The header of others.
    Group,
    /// A row of its own.
    Row,
    /// A node of the row above it.
    Node,
}

/// What a row exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Over {
    /// It took longer than the objective.
    Objective,
    /// Flyte and Kubernetes took more than their budget, whatever part of that is rounding.
    Budget,
}

/// One row in words and numbers.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Row {
    /// Its place in the present order.
    pub index: usize,
    /// What it is called when it is opened or closed; the same after a refresh.
    pub key: String,
    /// Where it stands among the others.
    pub level: Level,
    /// How deep it is within others: 0 for a row, 1 for its nodes.
    pub depth: u8,
    /// Whether there is something in it.
    pub expandable: bool,
    /// Whether that is shown.
    pub expanded: bool,
    /// Of a node: its id with those of its parents.
    pub node: String,
    /// What is exceeded.
    pub over: Vec<Over>,
    /// Of a header: what its rows say together.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub statistics: Option<Statistics>,
    /// Execution id, or workflow name for a row of means.
    pub name: String,
    /// Execution id, empty where the row is not of one execution or nothing tells which.
    pub execution: String,
    /// The workflow's name without project and domain.
    pub workflow: String,
    /// The execution's project.
    pub project: String,
    /// The execution's domain.
    pub domain: String,
    /// How it is known.
    pub tier: Tier,
    /// The same in a sentence.
    pub tier_text: String,
    /// What it stands for.
    pub kind: Kind,
    /// How it ended.
    pub state: State,
    /// When it began by the clock, where a tier knows it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub begin: Option<UnixMillis>,
    /// When it ended.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub end: Option<UnixMillis>,
    /// How many executions it stands for.
    pub runs: f64,
    /// Sum of the stages that are shown.
    pub total: Millis,
    /// The same for people.
    pub total_text: String,
    /// Acceptance and running time.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub wall: Option<Millis>,
    /// The same for people.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub wall_text: Option<String>,
    /// Share of Flyte and Kubernetes in what was measured.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub overhead: Option<Share>,
    /// The same for people.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub overhead_text: Option<String>,
    /// Its stages in causal order, those that are shown.
    pub stages: Vec<RowStage>,
    /// What else its reader must know.
    pub notes: Vec<String>,
}

/// Describes a run. `is_shown` says which stages count.
#[must_use]
pub fn describe(
    profile: &Profile,
    runs: &Runs,
    run: &Run,
    index: usize,
    is_shown: impl Fn(StageId) -> bool,
) -> Row {
    let pieces = runs.pieces(run);
    let total: Millis =
        pieces.iter().filter(|piece| is_shown(piece.stage)).map(|piece| piece.value).sum();
    let overhead = runs.overhead(profile, run);
    Row {
        index,
        key: String::new(),
        level: Level::Row,
        depth: 0,
        expandable: false,
        expanded: false,
        node: String::new(),
        over: Vec::new(),
        statistics: None,
        name: name(runs, run).to_owned(),
        execution: runs.texts.get(run.execution).to_owned(),
        workflow: workflow_name(runs, run).to_owned(),
        project: runs.texts.get(run.project).to_owned(),
        domain: runs.texts.get(run.domain).to_owned(),
        tier: run.tier,
        tier_text: tier_text(run),
        kind: run.kind,
        state: run.state,
        begin: run.begin,
        end: run.end,
        runs: run.runs,
        total,
        total_text: format::duration(total),
        wall: run.wall,
        wall_text: run.wall.map(format::duration),
        overhead: overhead.map(|overhead| overhead.share),
        overhead_text: overhead.map(overhead_text),
        stages: stages(profile, run, pieces, total, is_shown),
        notes: remark::remarks(run, overhead),
    }
}

/// `12 %`, or `~12 %` where rounding matters.
#[must_use]
pub fn overhead_text(overhead: Overhead) -> String {
    let text = format::share(overhead.share);
    if overhead.is_rough() { format!("~{text}") } else { text }
}

/// What a row is called: the execution's id, else the workflow's name.
#[must_use]
pub fn name<'a>(runs: &'a Runs, run: &Run) -> &'a str {
    if run.execution.is_empty() { workflow_name(runs, run) } else { runs.texts.get(run.execution) }
}

/// A workflow's name without project and domain, which the `wf` label puts before it
/// (`flytepropeller/pkg/compiler/transformers/k8s/workflow.go:46-66`).
#[must_use]
pub fn workflow_name<'a>(runs: &'a Runs, run: &Run) -> &'a str {
    let workflow = runs.texts.get(run.workflow);
    if workflow.is_empty() {
        return "all workflows";
    }
    workflow.splitn(3, ':').nth(2).filter(|name| !name.is_empty()).unwrap_or(workflow)
}

/// The execution's project, from the `wf` label where it has no label of its own.
#[must_use]
pub fn project<'a>(runs: &'a Runs, run: &Run) -> &'a str {
    own_or_part(runs, run, run.project, 0)
}

/// The execution's domain, from the `wf` label where it has no label of its own.
#[must_use]
pub fn domain<'a>(runs: &'a Runs, run: &Run) -> &'a str {
    own_or_part(runs, run, run.domain, 1)
}

fn own_or_part<'a>(runs: &'a Runs, run: &Run, own: Text, part: usize) -> &'a str {
    if !own.is_empty() {
        return runs.texts.get(own);
    }
    let workflow = runs.texts.get(run.workflow);
    let is_whole = workflow.splitn(3, ':').nth(2).is_some();
    workflow.splitn(3, ':').nth(part).filter(|_| is_whole).unwrap_or_default()
}

pub(crate) fn stages(
    profile: &Profile,
    run: &Run,
    pieces: &[Piece],
    total: Millis,
    is_shown: impl Fn(StageId) -> bool,
) -> Vec<RowStage> {
    let undivided = run.notes.has(Notes::UNDIVIDED);
    let mut rows = Vec::new();
    for (id, stage) in profile.stages().filter(|(id, _)| is_shown(*id)) {
        let own = || pieces.iter().filter(|piece| piece.stage == id);
        if own().next().is_none() {
            continue;
        }
        let value: Millis = own().map(|piece| piece.value).sum();
        let sum: Millis = own().map(|piece| piece.sum).sum();
        let count: f64 = own().map(|piece| piece.count).sum();
        rows.push(RowStage {
            id: stage.id.clone(),
            name: if undivided { &stage.undivided } else { &stage.name }.clone(),
            owner: stage.owner,
            dark: stage.colour.on(Theme::Dark).css(),
            light: stage.colour.on(Theme::Light).css(),
            help: stage.help.clone(),
            value,
            text: format::duration(value),
            share: value.share_of(total),
            count,
            mean: (count > 0.0).then(|| Millis(sum.0 / count)),
            derived: is_derived(profile, id),
        });
    }
    rows
}

fn tier_text(run: &Run) -> String {
    let span =
        if run.notes.has(Notes::SINCE_START) { "at one instant" } else { "over the time range" };
    match run.tier {
        Tier::Execution => "Execution: every stage measured by propeller under this execution's id. Durations are \
                            exact to the whole-second start of each stage, so each reads up to a second high."
            .to_owned(),
        Tier::Pod => "Pods: when each task's pod was created, began to run and ended, as Kubernetes tells it, exact to \
                      the second. What Flyte did before the first pod and after the last is not in it, and what it \
                      did between them is in the derived stage. The execution's state is that of its pods."
            .to_owned(),
        Tier::Increment => increment_text(run),
        Tier::Average if run.notes.has(Notes::NO_RUNS) => {
            format!("Average: each stage is the mean of one observation {span}.")
        }
        Tier::Average if run.notes.has(Notes::SINCE_START) => format!(
            "Average: one mean run of {}, from what the counters hold at one instant.",
            runs_text(run.runs)
        ),
        Tier::Average => format!(
            "Average: one mean run of {} over the time range, from the growth of the counters.",
            runs_text(run.runs)
        ),
    }
}

fn increment_text(run: &Run) -> String {
    match run.kind {
        Kind::Run => "Increments: one run, rebuilt from what the workflow's counters grew by: none of it can be another \
                      run's. Durations are exact to the whole-second start of each stage."
            .to_owned(),
        Kind::Group => format!(
            "Increments: {} whose lives overlap. Their totals are exact; what is drawn is their mean.",
            runs_text(run.runs)
        ),
        Kind::Bucket | Kind::Mean => format!(
            "Increments: what {} did in this stretch of time. Sums and counts are exact; what is drawn is their mean.",
            runs_text(run.runs)
        ),
    }
}

/// `12 runs`, `11.6 runs` where increases were extrapolated.
#[must_use]
pub fn runs_text(runs: f64) -> String {
    if (runs - 1.0).abs() < 0.05 {
        "1 run".to_owned()
    } else {
        format!("{} runs", format::number(runs))
    }
}
