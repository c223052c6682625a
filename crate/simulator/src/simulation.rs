//! The clock: launches executions, hands observations to the propellers' registries in the order
//! in which they happen, and restarts propellers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::backstage::{self, Active, Boards, Cluster};
use crate::execution::Execution;
use crate::kube::PodSeries;
use crate::launch::{Arrival, Arrivals};
use crate::plan::Plan;
use crate::random::{Stream, mix};
use crate::registry::{Deployment, Keep, Registry};
use crate::run;
use crate::series::{Label, Sample, Series};
use crate::text::Exposition;
use crate::time::{Millis, UnixMillis};
use crate::world::World;

/// The prefix that an unconfigured propeller gives its metrics.
pub const DEFAULT_PREFIX: &str = "flyte:propeller:all:";

/// The `instance` scrape label of kube-state-metrics.
pub(crate) const KUBE_INSTANCE: &str = "10.244.0.5:8080";

/// The `instance` scrape label of flyteadmin.
pub(crate) const ADMIN_INSTANCE: &str = "10.244.0.4:10254";

/// A restart of one propeller: its metrics begin anew, its executions go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Restart {
    /// When.
    pub at: UnixMillis,
    /// Index of the propeller.
    pub instance: usize,
}

/// The propellers that share the executions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fleet {
    /// How many there are; executions are sharded over them by name.
    pub instances: usize,
    /// Their restarts.
    pub restarts: Vec<Restart>,
    /// What stands before every metric name.
    pub prefix: String,
    /// Value of a `cluster` label on every series, as where one Prometheus scrapes several Flytes.
    /// Like `instance` it is the scrape's: an exposition does not show it.
    pub cluster: Option<String>,
    /// The label keys under which registries are kept. Each costs time and memory.
    pub deployments: Vec<Deployment>,
    /// Whether there are also the metrics of [`Keep::Dashboards`], which cost many times as much.
    pub backstage: bool,
}

impl Default for Fleet {
    fn default() -> Self {
        Self {
            instances: 1,
            restarts: Vec::new(),
            prefix: DEFAULT_PREFIX.to_owned(),
            cluster: None,
            deployments: Deployment::ALL.to_vec(),
            backstage: false,
        }
    }
}

impl Fleet {
    /// One propeller under one deployment's keys.
    #[must_use]
    pub fn of(deployment: Deployment) -> Self {
        Self { deployments: vec![deployment], ..Self::default() }
    }

    /// Adds a restart of every instance each `every` milliseconds from `start` to `end`. The
    /// instances take turns, evenly spread over the time, so that none restarts at its very ends.
    pub fn restart_every(&mut self, every: Millis, start: UnixMillis, end: UnixMillis) {
        let every = every.max(1);
        for instance in 0..self.instances {
            let turn = every as f64 * (instance as f64 + 0.5) / self.instances as f64;
            let times = (0..).map(|round| start + round * every + turn as Millis);
            self.restarts
                .extend(times.take_while(|&at| at < end).map(|at| Restart { at, instance }));
        }
        self.restarts.sort_unstable();
    }

    /// The labels that a scrape adds, in the order of their names.
    fn target<const N: usize>(&self, scrape: [Label; N]) -> Arc<[Label]> {
        let cluster = self.cluster.as_deref().map(|name| ("cluster", Arc::from(name)));
        cluster.into_iter().chain(scrape).collect()
    }
}

#[derive(Debug)]
struct Instance {
    target: Arc<[Label]>,
    registries: BTreeMap<Deployment, Registry>,
    /// Empty where nobody looks backstage.
    engine: Boards,
}

/// A running Flyte.
#[derive(Debug)]
pub struct Simulation {
    world: World,
    seed: u64,
    start: UnixMillis,
    now: UnixMillis,
    fleet: Fleet,
    arrivals: Arrivals,
    plans: Vec<Plan>,
    /// Next observation of each unfinished plan: its instant, the plan, the observation's index.
    pending: BinaryHeap<Reverse<(UnixMillis, usize, usize)>>,
    /// Latest first.
    restarts: Vec<Restart>,
    instances: Vec<Instance>,
    kube_target: Arc<[Label]>,
    /// Pods that are there or still to come, by when they are created.
    pods: Vec<PodSeries>,
    /// Empty where nobody looks backstage.
    admin: Boards,
    cluster: Cluster,
    next_tick: UnixMillis,
}

impl Simulation {
    /// A world at its start, with one propeller that keeps all deployments' keys.
    ///
    /// # Errors
    /// When the world makes no sense; see [`World::validate`].
    pub fn new(world: World, seed: u64, start: UnixMillis) -> Result<Self> {
        Self::with_fleet(world, seed, start, Fleet::default())
    }

    /// A world at its start, with these propellers.
    ///
    /// # Errors
    /// When the world makes no sense, the fleet is empty, or a restart names no instance.
    pub fn with_fleet(world: World, seed: u64, start: UnixMillis, fleet: Fleet) -> Result<Self> {
        world.validate()?;
        if fleet.instances == 0 || fleet.instances > 200 {
            bail!("instances must be 1 to 200, got {}", fleet.instances);
        }
        if fleet.deployments.is_empty() {
            bail!("a fleet needs at least one deployment");
        }
        let mut restarts = fleet.restarts.clone();
        if let Some(restart) = restarts.iter().find(|restart| restart.instance >= fleet.instances) {
            bail!("restart of instance {}, but there are {}", restart.instance, fleet.instances);
        }
        restarts.sort_unstable_by_key(|&restart| Reverse(restart));
        let kube_target = fleet.target([
            ("instance", Arc::from(KUBE_INSTANCE)),
            ("job", Arc::from("kube-state-metrics")),
        ]);
        let admin = if fleet.backstage {
            Boards::of_admin(&fleet.deployments, &fleet.prefix, &admin_target(&fleet))
        } else {
            Boards::default()
        };
        let mut simulation = Self {
            admin,
            cluster: Cluster::new(Arc::clone(&kube_target)),
            next_tick: start,
            arrivals: Arrivals::new(&world, seed, start),
            instances: Vec::new(),
            kube_target,
            plans: Vec::new(),
            pending: BinaryHeap::new(),
            pods: Vec::new(),
            now: start,
            restarts,
            world,
            seed,
            start,
            fleet,
        };
        for index in 0..simulation.fleet.instances {
            let target = propeller_target(&simulation.fleet, index);
            let registries = simulation.empty_registries(&target);
            let engine = simulation.empty_engine(&target);
            simulation.instances.push(Instance { target, registries, engine });
        }
        Ok(simulation)
    }

    fn empty_registries(&self, target: &Arc<[Label]>) -> BTreeMap<Deployment, Registry> {
        let new = |&deployment: &Deployment| {
            (deployment, Registry::new(deployment, &self.fleet.prefix, Arc::clone(target)))
        };
        self.fleet.deployments.iter().map(new).collect()
    }

    fn empty_engine(&self, target: &Arc<[Label]>) -> Boards {
        if self.fleet.backstage {
            Boards::of_propeller(&self.fleet.deployments, &self.fleet.prefix, target)
        } else {
            Boards::default()
        }
    }

    /// The virtual time.
    #[must_use]
    pub fn now(&self) -> UnixMillis {
        self.now
    }

    /// When it began.
    #[must_use]
    pub fn start(&self) -> UnixMillis {
        self.start
    }

    /// The propellers.
    #[must_use]
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// Lets everything happen up to and including `to`. Going back does nothing.
    pub fn advance_to(&mut self, to: UnixMillis) {
        loop {
            let observed = self.pending.peek().map(|Reverse((at, ..))| *at);
            let restarts = self.restarts.last().map(|restart| restart.at);
            let launched = self.arrivals.peek();
            let ticks = self.fleet.backstage.then_some(self.next_tick);
            // At one instant: launches, then observations, then restarts, then ticks.
            let Some(next) = [launched, observed, restarts, ticks].into_iter().flatten().min()
            else {
                break;
            };
            if next > to {
                break;
            }
            if launched == Some(next) {
                if let Some(arrival) = self.arrivals.pop() {
                    self.launch(arrival);
                }
            } else if observed == Some(next) {
                self.observe();
            } else if restarts == Some(next) {
                self.restart();
            } else {
                self.tick();
            }
        }
        if to > self.now {
            self.now = to;
            self.pods.retain(|pod| !pod.gone(to));
            self.cluster.forget(to);
        }
    }

    fn launch(&mut self, arrival: Arrival) {
        let Some(workflow) = self.world.workflows.get(arrival.workflow) else { return };
        let Arrival { workflow: index, source, number, .. } = arrival;
        let mut stream = Stream::new(self.seed, &[2, index as u64, source as u64, number]);
        let exec_id = format!("f{}", stream.hex(19));
        let hash = exec_id.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
        let instance = (hash % self.fleet.instances as u64) as usize;
        let request = run::Request {
            world: &self.world,
            workflow,
            origin: self.start,
            accepted_at: arrival.at,
            exec_id,
            instance,
            instance_label: instance_label(instance),
        };
        let plan = run::run(request, stream);
        let pods = plan
            .execution
            .pods
            .iter()
            .map(|pod| PodSeries::new(pod, &plan.execution, &self.kube_target));
        self.pods.extend(pods);
        if self.fleet.backstage {
            self.cluster.launch(&plan.execution);
        }
        if let Some(first) = plan.observations.first() {
            self.pending.push(Reverse((first.at, self.plans.len(), 0)));
        }
        self.plans.push(plan);
    }

    fn observe(&mut self) {
        let Some(Reverse((_, number, index))) = self.pending.pop() else { return };
        let Some(plan) = self.plans.get(number) else { return };
        let Some(seen) = plan.observations.get(index) else { return };
        if let Some(instance) = self.instances.get_mut(plan.execution.instance) {
            for registry in instance.registries.values_mut() {
                registry.observe(&plan.execution, seen);
            }
            instance.engine.engine_saw(&plan.execution, seen);
        }
        self.admin.admin_saw(&plan.execution, seen);
        if let Some(next) = plan.observations.get(index + 1) {
            self.pending.push(Reverse((next.at, number, index + 1)));
        }
    }

    fn restart(&mut self) {
        let Some(restart) = self.restarts.pop() else { return };
        let Some(instance) = self.instances.get(restart.instance) else { return };
        let target = Arc::clone(&instance.target);
        let (registries, engine) = (self.empty_registries(&target), self.empty_engine(&target));
        if let Some(instance) = self.instances.get_mut(restart.instance) {
            (instance.registries, instance.engine) = (registries, engine);
        }
    }

    fn tick(&mut self) {
        let at = self.next_tick;
        self.next_tick += backstage::TICK;
        for (index, instance) in self.instances.iter_mut().enumerate() {
            let active = Active::at(at, &self.plans, Some(index));
            instance.engine.engine_tick(self.seed, index, at, &active);
        }
        self.admin.admin_tick(self.seed, at, &Active::at(at, &self.plans, None));
    }

    /// What `GET /metrics` of a propeller answers now, in the text format 0.0.4.
    ///
    /// # Errors
    /// When there is no such instance, or the fleet does not keep this deployment.
    pub fn expose(&mut self, instance: usize, deployment: Deployment) -> Result<String> {
        let keep = if self.fleet.backstage { Keep::Dashboards } else { Keep::All };
        let mut exposition = Exposition::default();
        self.visit(instance, deployment, keep, |series, value| {
            exposition.push(series, value);
        })?;
        Ok(exposition.text)
    }

    /// What `GET /metrics` of flyteadmin answers now, where it is a process of its own; nothing for
    /// flyte-binary, where propeller's port answers for both, and without [`Fleet::backstage`].
    pub fn expose_admin(&mut self, deployment: Deployment) -> String {
        let mut exposition = Exposition::default();
        self.visit_admin(deployment, |series, value| exposition.push(series, value));
        exposition.text
    }

    /// What a scrape of a propeller stores now, in the order of the exposition.
    ///
    /// # Errors
    /// As for [`Self::expose`].
    pub fn scrape(
        &mut self,
        instance: usize,
        deployment: Deployment,
        keep: Keep,
    ) -> Result<Vec<Sample>> {
        let at = self.now;
        let mut samples = Vec::new();
        self.visit(instance, deployment, keep, |series, value| {
            samples.push(Sample { series: Arc::clone(series), at, value });
        })?;
        Ok(samples)
    }

    pub(crate) fn visit(
        &mut self,
        instance: usize,
        deployment: Deployment,
        keep: Keep,
        mut each: impl FnMut(&Arc<Series>, f64),
    ) -> Result<()> {
        let count = self.instances.len();
        let registries = &mut self
            .instances
            .get_mut(instance)
            .with_context(|| {
                format!("no instance {instance}: they are numbered 0 to {}", count - 1)
            })?
            .registries;
        let registry = registries
            .get_mut(&deployment)
            .with_context(|| format!("this fleet does not keep the keys of {deployment}"))?;
        registry.visit(self.now, keep, &mut each);
        if keep == Keep::Dashboards {
            if let Some(instance) = self.instances.get_mut(instance) {
                instance.engine.visit(self.now, deployment, &mut each);
            }
            if deployment == Deployment::Binary && instance == 0 {
                self.admin.visit(self.now, deployment, &mut each);
            }
        }
        Ok(())
    }

    pub(crate) fn visit_admin(
        &mut self,
        deployment: Deployment,
        each: impl FnMut(&Arc<Series>, f64),
    ) {
        if deployment != Deployment::Binary {
            self.admin.visit(self.now, deployment, each);
        }
    }

    /// What `GET /metrics` of kube-state-metrics answers now about task pods.
    #[must_use]
    pub fn expose_kube(&self) -> String {
        let mut samples = self.scrape_kube();
        samples.sort_by(|a, b| a.series.family().cmp(b.series.family()));
        let mut exposition = Exposition::default();
        for sample in &samples {
            exposition.push(&sample.series, sample.value);
        }
        exposition.text
    }

    /// What a scrape of kube-state-metrics stores now, pod by pod.
    #[must_use]
    pub fn scrape_kube(&self) -> Vec<Sample> {
        let at = self.now;
        let mut samples = Vec::new();
        self.visit_kube(|series, value| {
            samples.push(Sample { series: Arc::clone(series), at, value });
        });
        samples
    }

    pub(crate) fn visit_kube(&self, mut each: impl FnMut(&Arc<Series>, f64)) {
        for pod in self.pods.iter().filter(|pod| pod.exists(self.now)) {
            pod.visit(self.now, &mut each);
        }
        self.cluster.visit(self.now, each);
    }

    #[cfg(test)]
    pub(crate) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The truth about every execution that has been launched, as far as it has happened, in the
    /// order of launch.
    #[must_use]
    pub fn truth(&self) -> Vec<Execution> {
        self.executions().collect()
    }

    /// [`Self::truth`], one at a time.
    pub fn executions(&self) -> impl Iterator<Item = Execution> {
        self.plans.iter().map(|plan| plan.until(self.now))
    }
}

fn propeller_target(fleet: &Fleet, index: usize) -> Arc<[Label]> {
    fleet.target([
        ("instance", Arc::from(instance_label(index))),
        ("job", Arc::from("flytepropeller")),
        ("pod", Arc::from(format!("flytepropeller-{index}"))),
    ])
}

/// Flyteadmin's, or in flyte-binary that of the one process.
fn admin_target(fleet: &Fleet) -> Arc<[Label]> {
    if fleet.deployments == [Deployment::Binary] {
        return propeller_target(fleet, 0);
    }
    fleet.target([
        ("instance", Arc::from(ADMIN_INSTANCE)),
        ("job", Arc::from("flyteadmin")),
        ("pod", Arc::from("flyteadmin-0")),
    ])
}

/// The `instance` scrape label of a propeller.
pub(crate) fn instance_label(index: usize) -> String {
    format!("10.244.0.{}:10254", index + 11)
}
