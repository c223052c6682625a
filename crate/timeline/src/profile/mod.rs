//! The stages as data: what there is to draw, which metrics say it, in which unit, and who owns it.
//!
//! Another generation of Flyte is another table like that of `flyte1`; a user's own stages are added
//! to one by `user`, from the JSON of the panel's option, which `value` holds.

mod flyte1;
mod user;
mod value;

use std::borrow::Cow;

pub use value::Value;

use crate::colour::Token;
use crate::unit::Millis;

/// A name or a sentence of a profile: of the built-in table, or of the user's.
pub type Words = Cow<'static, str>;

/// Position of a stage in its profile, which is also its place in a row: stages are in causal order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageId(pub u8);

/// Position of a metric in its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId(pub u8);

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Owner {
    /// Flyte's own work: admin, propeller, event recording, etcd.
    Flyte,
    /// Scheduling a pod, pulling its image, starting its containers.
    Kubernetes,
    /// The user's task.
    User,
    /// Nobody measured it: calculated from the other stages and the wall clock.
    Derived,
}

/// How often a stage is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Once an execution.
    Run,
    /// Once a node, or once an attempt of it.
    Node,
}

/// How the observations of a stage's metrics belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// Each is another outcome, so their counts add up: success or failure.
    Outcomes,
    /// Each is a leg of the same way, so they share one count: pending, then starting.
    Legs,
}

/// What a stage's time is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The sum of its metrics.
    Whole,
    /// The sum of its metrics, which is time inside another stage: drawn apart and taken off there.
    PartOf(StageId),
    /// What is left of the wall clock when all other stages are taken off.
    Remainder,
}

/// One stage of a run.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Stable name for options and tests.
    pub id: Words,
    /// Name for people.
    pub name: Words,
    /// Name where pod start, which is a part of it, could not be drawn apart.
    pub undivided: Words,
    /// Whose time it is.
    pub owner: Owner,
    /// Its colour on both themes.
    pub colour: Token,
    /// How often it is observed.
    pub scope: Scope,
    /// What its time is made of.
    pub measure: Measure,
    /// How the observations of its metrics belong together.
    pub metrics: Metrics,
    /// How much too high one observation of it may read.
    pub reads_high: Millis,
    /// One sentence on what it really measures.
    pub help: Words,
    /// Whether a node's time in it contains that of the nodes nested in it, as a dynamic task's does.
    pub contains_nodes: bool,
    /// Whether the user added it.
    pub is_added: bool,
    /// Whether the user wants it neither drawn nor counted, nor in the legend.
    pub is_hidden: bool,
}

/// Unit of a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

impl Unit {
    /// How many milliseconds one of it is.
    #[must_use]
    pub fn in_millis(self) -> f64 {
        match self {
            Self::Seconds => 1_000.0,
            Self::Millis => 1.0,
            Self::Micros => 1e-3,
            Self::Nanos => 1e-6,
        }
    }
}

/// What a metric tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Time in a stage.
    Stage(StageId),
    /// Time in the stage that every run has once, before its running time begins: whoever is counted
    /// here has begun.
    Acceptance(StageId),
    /// Running time of runs that succeeded.
    Succeeded,
    /// Running time of runs that failed.
    Failed,
    /// The time of a stage where it follows the run count; the whole running time of an aborted run
    /// where there is no other.
    Completion(StageId),
    /// When the execution was first seen as ended: a timestamp, not a duration.
    Ended,
}

/// One metric that the profile knows.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The end of its name in the built-in table, whatever the user calls it; empty for one of the
    /// user's own.
    pub key: &'static str,
    /// The end of its name, without prefix and `_sum` or `_count`.
    pub suffix: Words,
    /// Short names by which a query may be called whose series lost their name.
    pub aliases: &'static [&'static str],
    /// Unit of its values.
    pub unit: Unit,
    /// What it tells.
    pub role: Role,
}

/// A generation of Flyte, or a user's own idea of one.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Stages in causal order.
    pub stages: Vec<Stage>,
    /// Metrics that say them.
    pub metrics: Vec<Metric>,
    /// A full metric name as an example for messages.
    pub example: &'static str,
}

impl Profile {
    /// A stage by its position.
    #[must_use]
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.get(usize::from(id.0))
    }

    /// A metric by its position.
    #[must_use]
    pub fn metric(&self, id: MetricId) -> Option<&Metric> {
        self.metrics.get(usize::from(id.0))
    }

    /// All stages with their positions.
    pub fn stages(&self) -> impl Iterator<Item = (StageId, &Stage)> {
        (0_u8..).map(StageId).zip(&self.stages)
    }

    /// The stage that takes what is left of the wall clock, if there is one.
    #[must_use]
    pub fn remainder(&self) -> Option<StageId> {
        self.stages().find(|(_, stage)| stage.measure == Measure::Remainder).map(|(id, _)| id)
    }

    /// A stage's position by its name.
    #[inline(never)]
    #[must_use]
    pub fn position(&self, id: &str) -> Option<StageId> {
        self.stages().find(|(_, stage)| stage.id == id).map(|(position, _)| position)
    }

    /// The stage that pods' start is, and the one of which it is a part.
    #[must_use]
    pub fn pod_start(&self) -> Option<(StageId, StageId)> {
        self.stages().find_map(|(part, stage)| match stage.measure {
            Measure::PartOf(whole) if !stage.is_added => Some((part, whole)),
            _ => None,
        })
    }

    /// The stage that a stage is a part of, or itself.
    #[must_use]
    pub fn whole_of(&self, id: StageId) -> StageId {
        match self.stage(id).map(|stage| stage.measure) {
            Some(Measure::PartOf(whole)) => whole,
            _ => id,
        }
    }

    /// The stage with which a run begins.
    #[must_use]
    pub fn acceptance(&self) -> Option<StageId> {
        self.metrics.iter().find_map(|metric| match metric.role {
            Role::Acceptance(stage) => Some(stage),
            _ => None,
        })
    }

    /// Whether a stage of the run is outside of its running time, so that it makes the wall clock
    /// longer: acceptance, and what comes before it or after all that is left of the wall clock.
    #[must_use]
    pub fn is_outside(&self, id: StageId) -> bool {
        let id = self.whole_of(id);
        let of_the_run = self.stage(id).is_some_and(|stage| stage.scope == Scope::Run);
        let before = self.acceptance().is_some_and(|acceptance| id <= acceptance);
        of_the_run && (before || self.remainder().is_some_and(|remainder| remainder < id))
    }
}
