//! What runs behind the stages and has metrics of its own: propeller's engine, flyteadmin and the
//! cluster's nodes.
//!
//! Everything here follows from what the executions do and from the clock, with dice of its own, so
//! that it changes nothing in front. Only the dashboards show it.

mod admin;
mod cluster;
mod engine;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use self::cluster::Cluster;
use crate::board::{Board, Mark};
use crate::execution::Execution;
use crate::plan::{Observation, Plan};
use crate::random::{Stream, mix};
use crate::registry::Deployment;
use crate::series::{Label, Series};
use crate::time::{SECOND, UnixMillis};

/// How often gauges are set and the traffic of people and schedulers is counted.
pub(crate) const TICK: i64 = 30 * SECOND;

/// What executions under way hold at an instant.
#[derive(Debug, Default, Clone)]
pub(crate) struct Active {
    /// Number of executions by project and domain.
    pub executions: BTreeMap<(Arc<str>, Arc<str>), u64>,
    pub nodes: u64,
    pub tasks: u64,
}

impl Active {
    /// Of one propeller, or of all.
    pub(crate) fn at(now: UnixMillis, plans: &[Plan], instance: Option<usize>) -> Self {
        let mut active = Self::default();
        for Plan { execution: of, .. } in plans {
            let here = instance.is_none_or(|instance| instance == of.instance);
            let runs =
                of.running_at.is_some_and(|at| at <= now) && of.ended_at.is_none_or(|at| at > now);
            if !here || !runs {
                continue;
            }
            let key = (of.project.as_str().into(), of.domain.as_str().into());
            *active.executions.entry(key).or_default() += 1;
            let under_way = of.nodes.iter().filter(|node| {
                node.queued_at <= now && node.ended_at.is_none_or(|ended_at| ended_at > now)
            });
            for node in under_way {
                active.nodes += 1;
                active.tasks += u64::from(node.task.is_some());
            }
        }
        active
    }

    fn total(&self) -> u64 {
        self.executions.values().sum()
    }
}

/// The boards of one process, by deployment.
#[derive(Debug, Default)]
pub(crate) struct Boards(BTreeMap<Deployment, Board>);

impl Boards {
    /// Of a propeller that has just started.
    pub(crate) fn of_propeller(fleet: &[Deployment], prefix: &str, target: &Arc<[Label]>) -> Self {
        let specs = engine::specs(prefix);
        Self::new(fleet, |deployment| Board::new(deployment.keys(), prefix, &specs, target))
    }

    /// Of flyteadmin.
    pub(crate) fn of_admin(fleet: &[Deployment], prefix: &str, target: &Arc<[Label]>) -> Self {
        let specs = admin::specs();
        let prefix = admin_prefix(prefix);
        Self::new(fleet, |deployment| Board::new(admin::keys(deployment), &prefix, &specs, target))
    }

    fn new(fleet: &[Deployment], board: impl Fn(Deployment) -> Board) -> Self {
        Self(fleet.iter().map(|&deployment| (deployment, board(deployment))).collect())
    }

    fn add(&mut self, at: UnixMillis, marks: &[Mark]) {
        for board in self.0.values_mut() {
            for mark in marks {
                board.add(at, mark);
            }
        }
    }

    /// Of a propeller: what an observation comes with.
    pub(crate) fn engine_saw(&mut self, of: &Execution, seen: &Observation) {
        self.add(seen.at, &engine::marks(of, seen, dice(1, of, seen)));
    }

    /// Of flyteadmin: what an observation comes with.
    pub(crate) fn admin_saw(&mut self, of: &Execution, seen: &Observation) {
        self.add(seen.at, &admin::marks(of, seen, dice(2, of, seen)));
    }

    /// Of a propeller: gauges, and what happens without an execution.
    pub(crate) fn engine_tick(&mut self, seed: u64, instance: usize, at: UnixMillis, of: &Active) {
        let stream = Stream::new(seed, &[11, instance as u64, at as u64]);
        self.add(at, &engine::tick(at, of, stream));
    }

    /// Of flyteadmin: gauges, and what people and their browsers ask for.
    pub(crate) fn admin_tick(&mut self, seed: u64, at: UnixMillis, of: &Active) {
        self.add(at, &admin::tick(at, of, Stream::new(seed, &[12, at as u64])));
    }

    /// Gives every series of one deployment and its value to `each`.
    pub(crate) fn visit(
        &mut self,
        now: UnixMillis,
        deployment: Deployment,
        each: impl FnMut(&Arc<Series>, f64),
    ) {
        if let Some(board) = self.0.get_mut(&deployment) {
            board.visit(now, each);
        }
    }
}

/// Flyteadmin's scope beside a propeller's: `flyte:propeller:all:` → `flyte:admin:admin:`. The word
/// is there twice in Flyte, too (`flyteadmin/pkg/server/service.go`).
fn admin_prefix(propeller: &str) -> String {
    let base = propeller.find("propeller:").and_then(|at| propeller.get(..at));
    format!("{}admin:admin:", base.unwrap_or("flyte:"))
}

/// Dice for one observation: however the clock is advanced, it falls the same.
fn dice(part: u64, of: &Execution, seen: &Observation) -> Stream {
    let hash = |text: &str| text.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
    Stream::new(hash(&of.exec_id), &[part, seen.at as u64, seen.metric as u64, hash(&seen.node)])
}

/// Marks as they are gathered: with dice, and the contexts that metrics of Flyte are made in.
struct Marks<'a> {
    of: Option<&'a Execution>,
    node: Arc<str>,
    task_type: Arc<str>,
    dice: Stream,
    all: Vec<Mark>,
}

impl<'a> Marks<'a> {
    fn of(of: &'a Execution, seen: &Observation, dice: Stream) -> Self {
        let (node, task_type) = (Arc::clone(&seen.node), Arc::clone(&seen.task_type));
        Self { of: Some(of), node, task_type, dice, all: Vec::new() }
    }

    fn without_execution(dice: Stream) -> Self {
        Self { of: None, node: "".into(), task_type: "".into(), dice, all: Vec::new() }
    }

    fn workflow_context(&self) -> Vec<(&'static str, Arc<str>)> {
        let Some(of) = self.of else { return Vec::new() };
        vec![
            ("project", of.project.as_str().into()),
            ("domain", of.domain.as_str().into()),
            ("wf", of.workflow.as_str().into()),
            ("exec_id", of.exec_id.as_str().into()),
        ]
    }

    fn push(
        &mut self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        context: Vec<(&'static str, Arc<str>)>,
        value: f64,
    ) {
        self.all.push(Mark { name: name.into(), context, value });
    }

    /// In a context that knows nothing.
    fn plain(&mut self, name: impl Into<std::borrow::Cow<'static, str>>, value: f64) {
        self.push(name, Vec::new(), value);
    }

    /// In a workflow's context.
    fn workflow(&mut self, name: &'static str, value: f64) {
        let context = self.workflow_context();
        self.push(name, context, value);
    }

    /// In a node's context.
    fn node(&mut self, name: &'static str, value: f64) {
        let mut context = self.workflow_context();
        context.push(("node", Arc::clone(&self.node)));
        context.push(("tasktype", Arc::clone(&self.task_type)));
        self.push(name, context, value);
    }

    /// Milliseconds around a median.
    fn ms(&mut self, median: f64) -> f64 {
        self.dice.micros(crate::world::Spread::new(median, 0.6)) as f64 / 1_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Simulation, World};

    #[test]
    fn flyteadmins_scope_stands_beside_the_propellers() {
        assert_eq!(admin_prefix("flyte:propeller:all:"), "flyte:admin:admin:");
        assert_eq!(admin_prefix("acme:propeller:team_a:"), "acme:admin:admin:");
        assert_eq!(admin_prefix("odd:"), "flyte:admin:admin:");
    }

    #[test]
    fn every_value_belongs_to_a_registered_metric() {
        let start = 1_700_000_000_000;
        let mut flyte = Simulation::new(World::demo(), 7, start).expect("the demo's world");
        flyte.advance_to(start + 4 * 3_600_000);
        let target: Arc<[Label]> = Arc::from([]);
        let keys = Deployment::Core.keys();
        let engine = Board::new(keys, "", &engine::specs("flyte:propeller:all:"), &target);
        let admin = Board::new(admin::keys(Deployment::Core), "", &admin::specs(), &target);
        let mut names = 0;
        let mut check = |board: &Board, marks: Vec<Mark>| {
            for mark in marks {
                names += 1;
                assert!(board.has(&mark.name), "{} is not registered", mark.name);
            }
        };
        for Plan { execution, observations } in flyte.plans() {
            for seen in observations {
                check(&engine, engine::marks(execution, seen, dice(1, execution, seen)));
                check(&admin, admin::marks(execution, seen, dice(2, execution, seen)));
            }
        }
        for minute in 0..240 {
            let at = start + minute * 60_000;
            let active = Active::at(at, flyte.plans(), None);
            check(&engine, engine::tick(at, &active, Stream::new(7, &[at as u64])));
            check(&admin, admin::tick(at, &active, Stream::new(7, &[at as u64])));
        }
        assert!(names > 10_000);
    }
}
