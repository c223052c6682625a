//! What is known about one execution, or about many that were drawn together, and how well.

use crate::profile::{Measure, Owner, Profile, StageId};
use crate::text::{Text, Texts};
use crate::unit::{Millis, Share, UnixMillis};

/// How a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Tier {
    /// By the `exec_id` label: every stage of one execution.
    Execution,
    /// By the pods of its tasks, whose times kube-state-metrics tells.
    Pod,
    /// By the increments of the workflow's counters between scrapes.
    Increment,
    /// By the growth of the workflow's counters: the mean of its executions.
    Average,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Kind {
    /// One run. Its numbers are its own.
    Run,
    /// Runs of one workflow whose lives overlap: their totals are exact, what is drawn is their mean.
    Group,
    /// What a workflow's runs did within a stretch of time: totals are exact, what is drawn is their
    /// mean.
    Bucket,
    /// The mean run of a workflow over the whole range.
    Mean,
}

/// How an execution ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum State {
    /// It has a success duration.
    Succeeded,
    /// It has a failure duration.
    Failed,
    /// It has neither, but a completion latency, which only an aborted run observes.
    Aborted,
    /// Nothing says that it ended.
    Running,
    /// The row stands for several executions.
    Mixed,
    /// It is over, but nothing says how it ended.
    Unknown,
}

/// Time in one stage, of one node where nodes are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// The stage.
    pub stage: StageId,
    /// The node, empty where nodes are not known or the stage is the run's own.
    pub node: Text,
    /// What one run spent in it.
    pub value: Millis,
    /// What all runs of the row spent in it.
    pub sum: Millis,
    /// Observations behind `sum`.
    pub count: f64,
    /// When it began by the clock, where a tier knows it: the first of its observations, if there are
    /// several.
    pub begin: Option<UnixMillis>,
}

/// What a reader of a row must know, beside its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notes(u16);

impl Notes {
    /// Nested nodes were set aside, since their parent's time contains theirs.
    pub const CONTAINED: Self = Self(1);
    /// The stages add up to more than the wall clock and than rounding explains.
    pub const PARALLEL: Self = Self(1 << 1);
    /// Pod start is not drawn apart, since its metrics are not there.
    pub const UNDIVIDED: Self = Self(1 << 2);
    /// Nothing says how many runs there were: every stage is the mean of one observation.
    pub const NO_RUNS: Self = Self(1 << 3);
    /// Acceptance is not there, so the wall clock lacks it.
    pub const NO_ACCEPTANCE: Self = Self(1 << 4);
    /// A process began anew within the range.
    pub const RESTARTED: Self = Self(1 << 5);
    /// Runs were counted by their acceptance, since none ended.
    pub const NONE_ENDED: Self = Self(1 << 6);

    /// Sums came without counts, so what is shown of them is the total.
    pub const TOTALS: Self = Self(1 << 7);

    /// Nodes are not told apart, so nested ones cannot be set aside.
    pub const NO_NODES: Self = Self(1 << 8);

    /// Counters at one instant: they hold all that was counted since their process began.
    pub const SINCE_START: Self = Self(1 << 9);

    /// Pods told how much of task execution was pod start.
    pub const START_BY_PODS: Self = Self(1 << 13);

    /// More pods than are drawn each for itself.
    pub const TOGETHER: Self = Self(1 << 14);

    /// Its time is in a row of its workflow's counters, too.
    pub const COUNTED_TOO: Self = Self(1 << 15);

    /// Other runs are still under way, and what they have done so far is in it.
    pub const OPEN: Self = Self(1 << 11);

    /// A part of a run may be missing here, or be another run's.
    pub const UNSURE: Self = Self(1 << 10);

    /// Adds a note, or several.
    pub fn add(&mut self, note: Self) {
        self.0 |= note.0;
    }

    /// Takes a note away.
    pub fn remove(&mut self, note: Self) {
        self.0 &= !note.0;
    }

    /// Whether a note is there.
    #[must_use]
    pub fn has(self, note: Self) -> bool {
        self.0 & note.0 != 0
    }
}

/// One row's facts.
#[derive(Clone, Debug)]
pub struct Run {
    /// How it is known.
    pub tier: Tier,
    /// What it stands for.
    pub kind: Kind,
    /// How it ended.
    pub state: State,
    /// Execution id; empty for a row of means.
    pub execution: Text,
    /// The `wf` label.
    pub workflow: Text,
    /// The execution's project.
    pub project: Text,
    /// The execution's domain.
    pub domain: Text,
    /// When it began by the clock, where a tier knows it.
    pub begin: Option<UnixMillis>,
    /// When it ended, as far as scrapes tell: at most one scrape interval late.
    pub end: Option<UnixMillis>,
    /// How much earlier than that it may have ended; none where nothing says it.
    pub late: Option<Millis>,
    /// Acceptance and running time.
    pub wall: Option<Millis>,
    /// How many runs the row stands for; not a whole number where increases were extrapolated.
    pub runs: f64,
    /// How many of them failed.
    pub failed: f64,
    /// How many of them were aborted.
    pub aborted: f64,
    /// Time of nested nodes that a parent's time contains already, of one run.
    pub set_aside: Millis,
    /// How long its runs ran, acceptance not included, longest first: of those whose duration was
    /// counted alone. Empty where the row is one run.
    pub lengths: Vec<Millis>,
    /// How much of its pods' start was waiting for a machine, where a tier knows it.
    pub waited: Option<Millis>,
    /// What else to know.
    pub notes: Notes,
    /// Position of its first piece.
    pub first: u32,
    /// Position after its last piece.
    pub end_piece: u32,
    /// How many of its last pieces are those of nested nodes that a parent's time contains already:
    /// no part of the run's time, and shown only beside their parent.
    pub contained: u32,
}

/// Where a run is by the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// When it began.
    pub begin: UnixMillis,
    /// When it ended; none while it runs.
    pub end: Option<UnixMillis>,
    /// How much earlier than told it may have ended, and begun where its begin is its end less its
    /// duration; none where nothing says it.
    pub late: Option<Millis>,
}

impl Run {
    /// Where it is by the clock: as a tier tells, else a single run's wall clock before its end.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let late = self.late;
        match (self.begin, self.end, self.wall) {
            (Some(begin), end, _) if end.is_some() || self.state == State::Running => {
                Some(Span { begin, end, late })
            }
            (None, Some(end), Some(wall)) if self.kind == Kind::Run => {
                Some(Span { begin: UnixMillis(end.0 - wall.0), end: Some(end), late })
            }
            _ => None,
        }
    }
}

/// All rows' facts.
#[derive(Debug, Default)]
pub struct Runs {
    /// The runs, in an order that depends on the data alone.
    pub runs: Vec<Run>,
    /// Pieces of all runs, each run's in causal order.
    pub pieces: Vec<Piece>,
    /// All texts.
    pub texts: Texts,
}

impl Runs {
    /// The pieces of a run: what adds up to its time.
    #[must_use]
    pub fn pieces(&self, run: &Run) -> &[Piece] {
        let end = run.end_piece.saturating_sub(run.contained);
        self.pieces.get(run.first as usize..end as usize).unwrap_or_default()
    }

    /// The pieces of nested nodes that a parent's time contains already.
    #[must_use]
    pub fn contained(&self, run: &Run) -> &[Piece] {
        let begin = run.end_piece.saturating_sub(run.contained);
        self.pieces.get(begin as usize..run.end_piece as usize).unwrap_or_default()
    }

    /// Adds a run with its pieces, the contained ones last.
    pub fn push(&mut self, mut run: Run, pieces: &[Piece]) {
        run.first = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
        self.pieces.extend_from_slice(pieces);
        run.end_piece = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
        self.runs.push(run);
    }

    /// Share of Flyte and Kubernetes in the measured time of a run. None where nothing was measured,
    /// and of a run that runs or was aborted: a task is counted only when it has ended, which that of
    /// an aborted run never does, its overhead at once.
    #[must_use]
    pub fn overhead(&self, profile: &Profile, run: &Run) -> Option<Overhead> {
        if matches!(run.state, State::Running | State::Aborted) {
            return None;
        }
        // Read, and how much of it may be rounding.
        let (mut overhead, mut task) = ((Millis::ZERO, Millis::ZERO), (Millis::ZERO, Millis::ZERO));
        for piece in self.pieces(run) {
            let Some(stage) = profile.stage(piece.stage) else { continue };
            let total = match stage.owner {
                Owner::Flyte | Owner::Kubernetes => &mut overhead,
                Owner::User => &mut task,
                Owner::Derived => continue,
            };
            total.0 += piece.value;
            total.1 += piece.rounding(stage.reads_high);
        }
        let share = |overhead: Millis, task: Millis| overhead.share_of(overhead + task);
        (overhead.0 + task.0).is_positive().then(|| Overhead {
            share: share(overhead.0, task.0),
            least: share(overhead.0 - overhead.1, task.0),
            most: share(overhead.0, task.0 - task.1),
        })
    }
}

impl Piece {
    /// How much of its value may be rounding, if one observation reads up to `reads_high` too high.
    pub(crate) fn rounding(&self, reads_high: Millis) -> Millis {
        let observations =
            if self.sum.is_positive() { self.count * self.value.0 / self.sum.0 } else { 0.0 };
        Millis(observations * reads_high.0).min(self.value)
    }
}

/// Share of Flyte and Kubernetes in a run, and the bounds that rounding sets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overhead {
    /// As the stages read.
    pub share: Share,
    /// If all of the rounding is in the overhead.
    pub least: Share,
    /// If all of the rounding is in the tasks.
    pub most: Share,
}

impl Overhead {
    /// Whether rounding matters: the bounds are more than ten points apart.
    #[must_use]
    pub fn is_rough(&self) -> bool {
        self.most.0 - self.least.0 > 0.1
    }
}

/// Whether a stage is calculated rather than measured.
#[must_use]
pub fn is_derived(profile: &Profile, stage: StageId) -> bool {
    profile.stage(stage).is_some_and(|stage| stage.measure == Measure::Remainder)
}
