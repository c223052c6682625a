//! Which stage a metric of the simulator tells, by the same words as the core's profile. Written
//! down a second time on purpose: what is measured must not be measured with itself.

use flyte_simulator::Metric;

/// What a metric tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// Time in a stage.
    Stage(Stage),
    /// Running time of a run that ended so.
    End,
}

/// A measured stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Request until running.
    Acceptance,
    /// Parent's end until queued.
    Transition,
    /// Queued until running.
    Queueing,
    /// The part of a task in which its pod was not running yet.
    PodStart,
    /// Running until finalised.
    Task,
}

impl Stage {
    /// All of them, in causal order.
    pub const ALL: [Self; 5] =
        [Self::Acceptance, Self::Transition, Self::Queueing, Self::PodStart, Self::Task];

    /// Its id in the core's profile.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Transition => "transition",
            Self::Queueing => "queueing",
            Self::PodStart => "pod-start",
            Self::Task => "task",
        }
    }

    /// The stage with this id.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// What a metric tells; none where the timeline does not use it.
pub const fn tells(metric: Metric) -> Option<Tells> {
    Some(match metric {
        Metric::WorkflowAcceptance => Tells::Stage(Stage::Acceptance),
        Metric::NodeTransition => Tells::Stage(Stage::Transition),
        Metric::NodeQueueing => Tells::Stage(Stage::Queueing),
        Metric::PluginQueue | Metric::PluginInitialize => Tells::Stage(Stage::PodStart),
        Metric::NodeSuccessDuration | Metric::NodeFailureDuration => Tells::Stage(Stage::Task),
        Metric::WorkflowSuccessDuration
        | Metric::WorkflowFailureDuration
        | Metric::WorkflowCompletion => Tells::End,
        _ => return None,
    })
}

/// Milliseconds of one unit of a metric.
pub const fn in_millis(metric: Metric) -> f64 {
    match metric {
        Metric::PluginQueue | Metric::PluginInitialize => 0.001,
        _ => 1.0,
    }
}
