//! The worlds: which workflows run.

use flyte_simulator::{Incident, Launch, Node, Spread, Task, Work, Workflow, World};

/// Which workflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shapes {
    /// Chains of one, two and five tasks, and one of which a run in fifty takes forty times as
    /// long, under one propeller.
    Chains,
    /// Those of the simulator's demo (parallel nodes, map and dynamic tasks, a sub-workflow, cache
    /// hits, tasks without pods), under two propellers.
    Demo,
}

/// Attempts of which propeller does not see all phases. Fewer in life, where pods run for long; but
/// a rule that relies on seeing them all must be caught.
const MISSED_SHARE: f64 = 0.08;

impl Shapes {
    /// The word in a cell's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chains => "chains",
            Self::Demo => "demo",
        }
    }

    /// How many propellers share the runs.
    pub const fn instances(self) -> usize {
        match self {
            Self::Chains => 1,
            Self::Demo => 2,
        }
    }

    /// The world, each workflow launched so often an hour, with an incident of slow queueing and
    /// pods from one instant to another, ms after the start.
    pub fn world(self, per_hour: f64, incident: (i64, i64)) -> World {
        let mut world = match self {
            Self::Chains => {
                let mut workflows: Vec<Workflow> = [1, 2, 5].map(chain).into();
                workflows.push(stragglers());
                World::new(workflows)
            }
            Self::Demo => World::demo(),
        };
        for workflow in &mut world.workflows {
            shorten(workflow);
            miss(&mut workflow.nodes);
            workflow.launches = vec![Launch::Poisson { per_hour }];
        }
        world.incidents = vec![Incident {
            from_ms: incident.0,
            to_ms: incident.1,
            engine_factor: 9.0,
            pending_factor: 6.0,
        }];
        world
    }
}

fn chain(tasks: u32) -> Workflow {
    let nodes: Vec<Node> = (0..tasks)
        .map(|i| {
            let name = format!("example.chain{tasks}.t{i}");
            let task = Task::new(&name, Spread::new(26_000.0, 0.4)).retries(2, 0.04).fails(0.01);
            let needs = i.checked_sub(1).map(|parent| format!("n{parent}"));
            let needs: Vec<&str> = needs.iter().map(String::as_str).collect();
            Node::task(&format!("n{i}"), &needs, task)
        })
        .collect();
    Workflow::new("flytesnacks", "development", &format!("example.chain{tasks}_wf"), nodes)
        .aborted(0.03)
        .slow(0.05, 3.0)
}

/// A chain of two, of which a few runs go on while many others come and go.
fn stragglers() -> Workflow {
    let mut workflow = chain(2);
    "example.stragglers_wf".clone_into(&mut workflow.name);
    workflow.slow(0.02, 40.0)
}

/// The demo's longest workflows take from a quarter of an hour to hours; a range of an hour would
/// hold none of them whole, at any load.
fn shorten(workflow: &mut Workflow) {
    let factor = match workflow.name.as_str() {
        "finance.ledger.nightly" => 0.05,
        "training.churn.train_wf" => 0.2,
        _ => return,
    };
    scale(&mut workflow.nodes, factor);
}

/// Propeller does not see every pod start, nor every start whole.
fn miss(nodes: &mut [Node]) {
    for node in nodes {
        match &mut node.work {
            Work::Task(task) | Work::Array { task, .. } => task.missed_share = MISSED_SHARE,
            Work::Dynamic { task, children } => {
                task.missed_share = MISSED_SHARE;
                miss(children);
            }
            Work::SubWorkflow { children } => miss(children),
        }
    }
}

fn scale(nodes: &mut [Node], factor: f64) {
    for node in nodes {
        match &mut node.work {
            Work::Task(task) | Work::Array { task, .. } => task.run.median_ms *= factor,
            Work::Dynamic { task, children } => {
                task.run.median_ms *= factor;
                scale(children, factor);
            }
            Work::SubWorkflow { children } => scale(children, factor),
        }
    }
}
