//! What the core made of the frames: its rows in the words of the truth.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use flyte_simulator::State;
use flyte_timeline::run::{self, Kind, Tier};
use flyte_timeline::series::Frames;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};

use crate::stage::Stage;

/// One row of the panel.
#[derive(Clone, Debug)]
pub struct ShownRow {
    /// How it is known.
    pub tier: Tier,
    /// What it stands for.
    pub kind: Kind,
    /// How it ended; none where it stands for several.
    pub state: Option<State>,
    /// Execution id, if it has one.
    pub id: String,
    /// The `wf` label.
    pub workflow: String,
    /// Unix milliseconds.
    pub end: Option<f64>,
    /// How many runs.
    pub runs: f64,
    /// Milliseconds of one run, by node and stage. Derived stages are not among them.
    pub values: BTreeMap<(String, Stage), f64>,
    /// Milliseconds of all its runs, by node and stage.
    pub sums: BTreeMap<(String, Stage), f64>,
    /// Milliseconds of nested nodes, of one run.
    pub set_aside: f64,
    /// Milliseconds.
    pub wall: Option<f64>,
}

impl ShownRow {
    /// Whether it claims to be one run that is over, with its own numbers.
    pub fn is_claim(&self) -> bool {
        self.kind == Kind::Run
            && matches!(self.tier, Tier::Increment | Tier::Execution)
            && self.state != Some(State::Running)
    }

    /// Milliseconds of one run by stage.
    pub fn stages(&self) -> BTreeMap<Stage, f64> {
        let mut stages = BTreeMap::new();
        for ((_, stage), ms) in &self.values {
            *stages.entry(*stage).or_default() += ms;
        }
        stages
    }
}

/// Lets the core read frames over a range (unix milliseconds), and returns its rows.
pub fn rows(frames: Frames, from: i64, to: i64) -> Result<Vec<ShownRow>> {
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(from as f64), to: UnixMillis(to as f64) };
    let request = Request { range, ..Request::default() };
    timeline.load(frames, &request).context("the core did not take the frames")?;
    let runs = timeline.runs();
    Ok(runs.runs.iter().map(|run| row(&timeline, run)).collect())
}

fn row(timeline: &Timeline, run: &run::Run) -> ShownRow {
    let (runs, profile) = (timeline.runs(), timeline.profile());
    let text = |text| runs.texts.get(text).to_owned();
    let (mut values, mut sums) = (BTreeMap::new(), BTreeMap::new());
    for piece in runs.pieces(run) {
        let stage = profile.stage(piece.stage).and_then(|stage| Stage::of_id(&stage.id));
        let Some(stage) = stage else { continue };
        *values.entry((text(piece.node), stage)).or_default() += piece.value.0;
        *sums.entry((text(piece.node), stage)).or_default() += piece.sum.0;
    }
    ShownRow {
        tier: run.tier,
        kind: run.kind,
        state: match run.state {
            run::State::Succeeded => Some(State::Succeeded),
            run::State::Failed => Some(State::Failed),
            run::State::Aborted => Some(State::Aborted),
            run::State::Running => Some(State::Running),
            run::State::Mixed | run::State::Unknown => None,
        },
        id: text(run.execution),
        workflow: text(run.workflow),
        end: run.end.map(|end| end.0),
        runs: run.runs,
        values,
        sums,
        set_aside: run.set_aside.0,
        wall: run.wall.map(|wall| wall.0),
    }
}
