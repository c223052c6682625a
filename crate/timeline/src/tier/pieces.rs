//! Puts the readings of one run, or of one workflow, into causal order: acceptance, then node after
//! node its transition, queueing, pod start and task, then what comes after the last node.

use crate::known::{self, Known};
use crate::order;
use crate::profile::{Measure, MetricId, Metrics, Profile, Role, Scope, Stage, StageId};
use crate::run::{Notes, Piece};
use crate::text::{Text, Texts, natural_order};
use crate::unit::Millis;

/// Time and observations of one metric at one node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub node: Text,
    pub metric: MetricId,
    pub sum: Millis,
    pub count: f64,
    /// When it was first seen, ms since the epoch.
    pub seen: f64,
}

impl Reading {
    /// Where among some distinct readings that of the same metric and node is; at their end where there
    /// is none. `known` numbers them.
    pub fn number(&self, known: &mut Known, readings: &[Self]) -> usize {
        let key = |reading: &Self| (reading.node, reading.metric);
        let is = &mut |n: usize| readings.get(n).map(key) == Some(key(self));
        known.number(known::hash(&[u64::from(self.node.0), u64::from(self.metric.0)]), is)
    }
}

/// Time with the observations behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Total {
    pub sum: Millis,
    pub count: f64,
}

impl Total {
    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.count += other.count;
    }

    pub fn is_some(self) -> bool {
        self.count > 0.0 || self.sum.is_positive()
    }
}

/// How the runs ended: their running time and how many they were.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Endings {
    pub succeeded: Total,
    pub failed: Total,
    pub completion: Total,
    pub completion_stage: Option<StageId>,
}

impl Endings {
    /// Takes time and observations of a metric that says how runs ended; others are ignored.
    pub fn take(&mut self, profile: &Profile, metric: MetricId, sum: Millis, count: f64) {
        let total = Total { sum, count };
        match profile.metric(metric).map(|metric| metric.role) {
            Some(Role::Succeeded) => self.succeeded.add(total),
            Some(Role::Failed) => self.failed.add(total),
            Some(Role::Completion(stage)) => {
                self.completion.add(total);
                self.completion_stage = Some(stage);
            }
            _ => {}
        }
    }
}

/// Readings in causal order. Every piece's `value` is its `sum`.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    pub pieces: Vec<Piece>,
    pub endings: Endings,
    /// Pieces of nested nodes that a parent's task execution contains.
    pub contained: Vec<Piece>,
    /// Time of them.
    pub set_aside: Millis,
    pub notes: Notes,
}

/// The node that flytepropeller gives every workflow as its last; it has a transition and nothing
/// else (`flytepropeller/pkg/apis/flyteworkflow/v1alpha1/iface.go`, `EndNodeID`).
const END_NODE: &str = "end-node";

struct Node {
    id: Text,
    seen: f64,
    stages: Vec<Total>,
}

pub(super) fn assemble(profile: &Profile, texts: &Texts, readings: &[Reading]) -> Assembly {
    let mut assembly = Assembly::default();
    let mut run = vec![Total::default(); profile.stages.len()];
    let mut nodes = nodes(profile, readings, &mut run, &mut assembly.endings);
    sort(&mut nodes, texts);
    set_contained_aside(profile, texts, &mut nodes, &mut assembly);
    take_parts_off(profile, &mut run);
    for node in &mut nodes {
        take_parts_off(profile, &mut node.stages);
    }
    if nodes.iter().any(|node| node.id.is_empty()) {
        assembly.notes.add(Notes::NO_NODES);
    }
    if !has_pod_start(profile, &nodes) {
        assembly.notes.add(Notes::UNDIVIDED);
    }
    let first_of_nodes =
        profile.stages().find(|(_, stage)| stage.scope == Scope::Node).map(|(id, _)| id);
    let before = |id: StageId| first_of_nodes.is_none_or(|first| id < first);
    emit(&run, Text::EMPTY, before, &mut assembly.pieces);
    for node in &nodes {
        emit(&node.stages, node.id, |_| true, &mut assembly.pieces);
    }
    emit(&run, Text::EMPTY, |id| !before(id), &mut assembly.pieces);
    assembly
}

/// Sorts the readings into nodes, the run's own stages and its endings.
fn nodes(
    profile: &Profile,
    readings: &[Reading],
    run: &mut [Total],
    endings: &mut Endings,
) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut known = Known::default();
    for reading in merged(readings) {
        let total = Total { sum: reading.sum, count: reading.count };
        let Some(metric) = profile.metric(reading.metric) else { continue };
        match metric.role {
            Role::Succeeded | Role::Failed | Role::Completion(_) => {
                endings.take(profile, reading.metric, reading.sum, reading.count);
            }
            Role::Ended => {}
            Role::Acceptance(id) | Role::Stage(id) => {
                let Some(stage) = profile.stage(id) else { continue };
                if stage.scope == Scope::Run {
                    put(run, id, stage, total);
                    continue;
                }
                let hash = known::hash(&[u64::from(reading.node.0)]);
                let is = &mut |n: usize| nodes.get(n).is_some_and(|node| node.id == reading.node);
                let position = known.number(hash, is);
                if position == nodes.len() {
                    let stages = vec![Total::default(); profile.stages.len()];
                    nodes.push(Node { id: reading.node, seen: f64::INFINITY, stages });
                }
                if let Some(node) = nodes.get_mut(position) {
                    node.seen = node.seen.min(reading.seen);
                    put(&mut node.stages, id, stage, total);
                }
            }
        }
    }
    nodes
}

/// Adds what one metric of a stage measured.
fn put(stages: &mut [Total], id: StageId, stage: &Stage, total: Total) {
    let Some(own) = stages.get_mut(usize::from(id.0)) else { return };
    own.sum += total.sum;
    own.count = match stage.metrics {
        Metrics::Outcomes => own.count + total.count,
        Metrics::Legs => own.count.max(total.count),
    };
}

/// One reading for each metric and node: several propellers may have counted the same.
fn merged(readings: &[Reading]) -> Vec<Reading> {
    let mut merged: Vec<Reading> = Vec::with_capacity(readings.len());
    let mut known = Known::default();
    for reading in readings {
        let number = reading.number(&mut known, &merged);
        match merged.get_mut(number) {
            Some(first) => {
                first.sum += reading.sum;
                first.count += reading.count;
                first.seen = first.seen.min(reading.seen);
            }
            None => merged.push(*reading),
        }
    }
    merged
}

fn sort(nodes: &mut [Node], texts: &Texts) {
    order::sort(nodes, |a, b| {
        let (a_id, b_id) = (texts.get(a.id), texts.get(b.id));
        (a_id == END_NODE)
            .cmp(&(b_id == END_NODE))
            .then(a.seen.total_cmp(&b.seen))
            .then_with(|| natural_order(a_id, b_id))
    });
}

/// A dynamic or map task's own time runs from its start until its last child is done, so a nested
/// node's time is in it already: it is counted apart, never twice. A sub-workflow's or a branch's
/// parent has no time of its own, and its children stay.
fn set_contained_aside(
    profile: &Profile,
    texts: &Texts,
    nodes: &mut Vec<Node>,
    assembly: &mut Assembly,
) {
    let timed: Vec<&str> = nodes
        .iter()
        .filter(|node| {
            let own = profile.stages.iter().zip(&node.stages);
            own.clone().any(|(stage, total)| stage.contains_nodes && total.is_some())
        })
        .map(|node| texts.get(node.id))
        .filter(|id| !id.is_empty())
        .collect();
    if timed.is_empty() || nodes.len() < 2 {
        return;
    }
    let mut aside = Millis::ZERO;
    let mut any = false;
    nodes.retain(|node| {
        let id = texts.get(node.id);
        let contained = timed
            .iter()
            .any(|parent| id.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/')));
        if contained {
            any = true;
            aside += own_time(profile, &node.stages);
            let mut stages = node.stages.clone();
            take_parts_off(profile, &mut stages);
            emit(&stages, node.id, |_| true, &mut assembly.contained);
        }
        !contained
    });
    if any {
        assembly.set_aside = aside;
        assembly.notes.add(Notes::CONTAINED);
    }
}

/// What a node took, its parts not counted beside their wholes.
fn own_time(profile: &Profile, stages: &[Total]) -> Millis {
    profile
        .stages
        .iter()
        .zip(stages)
        .filter(|(stage, _)| !matches!(stage.measure, Measure::PartOf(_)))
        .map(|(_, total)| total.sum)
        .sum()
}

/// Takes the time of every part off its whole. A part never exceeds its whole where the whole is
/// known; of a node that still runs only the part is known, and stays.
fn take_parts_off(profile: &Profile, stages: &mut [Total]) {
    for (id, stage) in profile.stages() {
        let Measure::PartOf(whole) = stage.measure else { continue };
        let part = stages.get(usize::from(id.0)).copied().unwrap_or_default();
        let Some(rest) = stages.get_mut(usize::from(whole.0)) else { continue };
        if !rest.is_some() {
            continue;
        }
        let taken = part.sum.min(rest.sum);
        rest.sum = rest.sum - taken;
        if let Some(part) = stages.get_mut(usize::from(id.0)) {
            part.sum = taken;
        }
    }
}

fn has_pod_start(profile: &Profile, nodes: &[Node]) -> bool {
    let Some((start, _)) = profile.pod_start() else { return true };
    let of = |node: &Node| node.stages.get(usize::from(start.0)).copied().unwrap_or_default();
    nodes.iter().any(|node| of(node).is_some())
}

fn emit(totals: &[Total], node: Text, wanted: impl Fn(StageId) -> bool, pieces: &mut Vec<Piece>) {
    for (stage, total) in (0_u8..).map(StageId).zip(totals) {
        if total.is_some() && wanted(stage) {
            pieces.push(Piece {
                stage,
                node,
                value: total.sum,
                sum: total.sum,
                count: total.count,
                begin: None,
            });
        }
    }
}

/// How many runs were accepted: every run is once.
pub(super) fn accepted(profile: &Profile, readings: &[Reading]) -> f64 {
    let is_acceptance = |reading: &&Reading| {
        let metric = profile.metric(reading.metric);
        metric.is_some_and(|metric| matches!(metric.role, Role::Acceptance(_)))
    };
    readings.iter().filter(is_acceptance).map(|reading| reading.count).fold(0.0, f64::max)
}

/// What of the wall clock of one run is outside of its running time: acceptance, and what the user
/// puts before it or after the end.
pub(super) fn outside(profile: &Profile, pieces: &[Piece]) -> Millis {
    let own = pieces.iter().filter(|piece| profile.is_outside(piece.stage));
    own.map(|piece| piece.value).sum()
}

/// Adds what is left of the wall clock as the derived stage, and notes where the stages exceed it
/// by more than rounding can: every observation reads up to a second high, since its start is a
/// whole second.
pub(super) fn close(
    profile: &Profile,
    pieces: &mut Vec<Piece>,
    wall: Option<Millis>,
    notes: &mut Notes,
) {
    let Some(wall) = wall else { return };
    let known: Millis = pieces.iter().map(|piece| piece.value).sum();
    let rest = wall - known;
    let rounding: Millis = pieces
        .iter()
        .filter_map(|piece| Some(piece.rounding(profile.stage(piece.stage)?.reads_high)))
        .sum();
    if -rest.0 > rounding.0 {
        notes.add(Notes::PARALLEL);
    }
    if let Some(stage) = profile.remainder()
        && rest.is_positive()
    {
        pieces.push(Piece {
            stage,
            node: Text::EMPTY,
            value: rest,
            sum: rest,
            count: 0.0,
            begin: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct World {
        profile: Profile,
        texts: Texts,
        readings: Vec<Reading>,
    }

    impl World {
        fn new() -> Self {
            Self { profile: Profile::flyte1(), texts: Texts::default(), readings: Vec::new() }
        }

        fn with(mut self, suffix: &str, node: &str, ms: f64) -> Self {
            let position =
                self.profile.metrics.iter().position(|m| m.suffix == suffix).expect(suffix);
            let node = self.texts.intern(node);
            let metric = MetricId(u8::try_from(position).unwrap());
            self.readings.push(Reading { node, metric, sum: Millis(ms), count: 1.0, seen: 0.0 });
            self
        }

        fn assemble(&self) -> Assembly {
            assemble(&self.profile, &self.texts, &self.readings)
        }

        fn pieces(&self) -> Vec<String> {
            self.assemble()
                .pieces
                .iter()
                .map(|p| {
                    let stage = &self.profile.stage(p.stage).unwrap().id;
                    format!("{} {stage} {}", self.texts.get(p.node), p.sum.0).trim().to_owned()
                })
                .collect()
        }
    }

    #[test]
    fn a_row_is_acceptance_then_node_after_node_then_the_end_node() {
        let world = World::new()
            .with("node:transition_latency_ms", "end-node", 450.0)
            .with("node:transition_latency_ms", "n10", 3.0)
            .with("node:success_duration_ms", "n2", 35_420.0)
            .with("node:queueing_latency_ms", "n2", 420.0)
            .with("node:transition_latency_ms", "n2", 310.0)
            .with("workflow:acceptance_latency_ms", "", 1_120.0);
        assert_eq!(
            world.pieces(),
            [
                "acceptance 1120",
                "n2 transition 310",
                "n2 queueing 420",
                "n2 task 35420",
                "n10 transition 3",
                "end-node transition 450"
            ]
        );
    }

    #[test]
    fn pod_start_is_taken_off_task_execution_and_never_exceeds_it() {
        let world = World::new()
            .with("plugin_queue_latency_us", "n0", 3_105.0)
            .with("plugin_initialize_latency_us", "n0", 1_610.0)
            .with("node:success_duration_ms", "n0", 35_420.0)
            .with("plugin_queue_latency_us", "n1", 9_000.0)
            .with("node:success_duration_ms", "n1", 8_000.0)
            .with("plugin_queue_latency_us", "n2", 700.0);
        assert_eq!(
            world.pieces(),
            [
                "n0 pod-start 4715",
                "n0 task 30705",
                "n1 pod-start 8000",
                "n1 task 0",
                "n2 pod-start 700"
            ]
        );
        assert!(!world.assemble().notes.has(Notes::UNDIVIDED));
    }

    #[test]
    fn two_legs_of_one_way_are_counted_once_and_two_outcomes_twice() {
        let world = World::new()
            .with("plugin_queue_latency_us", "n0", 3_000.0)
            .with("plugin_queue_latency_us", "n0", 1_000.0)
            .with("plugin_initialize_latency_us", "n0", 2_000.0)
            .with("node:success_duration_ms", "n0", 20_000.0)
            .with("node:failure_duration_ms", "n0", 10_000.0);
        let counts: Vec<_> =
            world.assemble().pieces.iter().map(|piece| (piece.sum.0, piece.count)).collect();
        assert_eq!(counts, [(6_000.0, 2.0), (24_000.0, 2.0)]);
    }

    #[test]
    fn without_its_metrics_task_execution_says_that_pod_start_is_in_it() {
        let world = World::new().with("node:success_duration_ms", "n0", 35_420.0);
        assert!(world.assemble().notes.has(Notes::UNDIVIDED));
    }

    #[test]
    fn the_children_of_a_dynamic_task_are_set_aside_and_those_of_a_sub_workflow_stay() {
        let world = World::new()
            .with("node:success_duration_ms", "n1", 60_000.0)
            .with("node:success_duration_ms", "n1/n1-n0", 20_000.0)
            .with("node:queueing_latency_ms", "n1/n1-n0", 500.0)
            .with("node:queueing_latency_ms", "n2", 400.0)
            .with("node:success_duration_ms", "n2/n2-n0", 7_000.0)
            .with("node:success_duration_ms", "n10", 1.0);
        assert_eq!(
            world.pieces(),
            ["n1 task 60000", "n2 queueing 400", "n2/n2-n0 task 7000", "n10 task 1"]
        );
        let assembly = world.assemble();
        assert_eq!(assembly.set_aside, Millis(20_500.0));
        assert!(assembly.notes.has(Notes::CONTAINED));
    }

    #[test]
    fn what_is_left_of_the_wall_clock_is_derived_and_never_negative() {
        let world = World::new().with("node:success_duration_ms", "n0", 5_000.0);
        let mut notes = Notes::default();
        let mut pieces = world.assemble().pieces;
        close(&world.profile, &mut pieces, Some(Millis(5_600.0)), &mut notes);
        assert_eq!(pieces.last().unwrap().stage, StageId(6));
        assert_eq!(pieces.last().unwrap().value, Millis(600.0));

        let mut pieces = world.assemble().pieces;
        close(&world.profile, &mut pieces, Some(Millis(4_100.0)), &mut notes);
        assert_eq!(pieces.len(), 1);
        assert!(!notes.has(Notes::PARALLEL), "900 ms are within one observation's rounding");
        close(&world.profile, &mut pieces, Some(Millis(2_500.0)), &mut notes);
        assert!(notes.has(Notes::PARALLEL));
    }

    #[test]
    fn a_mean_run_is_rounded_as_often_as_it_is_observed_and_not_as_all_runs_are() {
        let world = World::new().with("node:success_duration_ms", "n0", 5_000.0);
        let mut pieces = world.assemble().pieces;
        for piece in &mut pieces {
            (piece.sum, piece.count) = (Millis(100_000.0), 20.0);
        }
        let mut notes = Notes::default();
        close(&world.profile, &mut pieces, Some(Millis(3_900.0)), &mut notes);
        assert!(notes.has(Notes::PARALLEL), "1.1 s is more than one observation's rounding");
    }
}
