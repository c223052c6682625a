//! What the counters of one workflow were told, process by process, in order of time.

use super::LeftOut;
use super::pair::Pair;
use super::pieces::Reading;
use super::process::Processes;
use crate::known::Known;
use crate::order;
use crate::profile::{MetricId, Profile, Role};
use crate::series::{Found, Growth, Labels};
use crate::text::Text;
use crate::unit::Millis;

/// An increment of one metric at one node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// The scrape before, ms since the epoch.
    pub from: f64,
    /// The scrape that shows it, ms since the epoch.
    pub to: f64,
    pub metric: MetricId,
    pub node: Text,
    pub sum: Millis,
    pub count: f64,
}

/// What one process counted of a workflow.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// Increments in order of the scrapes that show them.
    pub events: Vec<Event>,
    /// First scrape of the process, ms since the epoch.
    pub begin: f64,
    /// First scrapes after each restart of the process, ms since the epoch.
    pub restarts: Vec<f64>,
    /// Runs that were accepted and not ended where the data begins, as far as the process counted.
    pub in_flight: f64,
}

/// A workflow and what its counters were told.
pub(super) struct Workflow {
    pub labels: Labels,
    /// By process.
    pub lanes: Vec<Lane>,
    /// Whether a counter was asked for at one instant, which tells nothing of the range.
    pub since_start: bool,
}

/// Reads the pairs into workflows, ordered by name.
pub(super) fn workflows(
    profile: &Profile,
    found: &Found,
    pairs: &[Pair<'_>],
    left_out: &mut LeftOut,
) -> Vec<Workflow> {
    let processes = Processes::of(found, pairs);
    let mut workflows: Vec<(Workflow, Vec<u64>)> = Vec::new();
    let mut known = Known::default();
    for pair in pairs {
        left_out.refused += pair.refused();
        let labels = Labels { node: Text::EMPTY, ..pair.labels };
        let is = &mut |n: usize| workflows.get(n).is_some_and(|(known, _)| known.labels == labels);
        let position = known.number(labels.hash(), is);
        if position == workflows.len() {
            workflows
                .push((Workflow { labels, lanes: Vec::new(), since_start: false }, Vec::new()));
        }
        let Some((workflow, names)) = workflows.get_mut(position) else { continue };
        let lane = names.iter().position(|name| *name == pair.process()).unwrap_or_else(|| {
            names.push(pair.process());
            let restarts = processes.restarts(pair.process()).to_vec();
            workflow.lanes.push(Lane { restarts, ..Lane::default() });
            names.len() - 1
        });
        let since_start = processes.is_instant() && pair.growth() == Growth::Counter;
        if let Some(lane) = workflow.lanes.get_mut(lane) {
            let any = lane.take(profile, found, &processes, pair);
            workflow.since_start |= since_start && any;
        }
    }
    let mut workflows: Vec<Workflow> =
        workflows.into_iter().map(|(workflow, _)| workflow).collect();
    for lane in workflows.iter_mut().flat_map(|workflow| &mut workflow.lanes) {
        order::sort(&mut lane.events, |a, b| a.to.total_cmp(&b.to));
    }
    order::sort(&mut workflows, |a, b| {
        let name = |w: &Workflow| {
            [w.labels.workflow, w.labels.project, w.labels.domain].map(|t| found.texts.get(t))
        };
        name(a).cmp(&name(b))
    });
    workflows
}

impl Lane {
    /// Takes the increments of one pair. Answers whether there were any.
    fn take(
        &mut self,
        profile: &Profile,
        found: &Found,
        processes: &Processes,
        pair: &Pair<'_>,
    ) -> bool {
        let Some(metric) = profile.metric(pair.metric).filter(|metric| metric.role != Role::Ended)
        else {
            return false;
        };
        let begin = processes.begin(pair).unwrap_or(f64::NEG_INFINITY);
        self.begin = if self.events.is_empty() { begin } else { self.begin.min(begin) };
        let before = self.events.len();
        let setting = processes.setting(found, pair);
        pair.walk(found, &setting, &mut |increment| {
            self.events.push(Event {
                from: increment.from,
                to: increment.to,
                metric: pair.metric,
                node: pair.labels.node,
                sum: Millis(increment.sum * metric.unit.in_millis()),
                count: increment.count,
            });
        });
        if setting.first == crate::counter::First::Baseline {
            let first = pair
                .count(found)
                .and_then(|view| view.iter().next())
                .map_or(0.0, |(_, count)| count);
            self.in_flight += match kind_of(profile, pair.metric) {
                EventKind::Accepted => first,
                EventKind::Ended => -first,
                EventKind::Between => 0.0,
            };
        }
        self.events.len() > before
    }
}

/// What an increment says of the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    /// Runs began.
    Accepted,
    /// Runs ended.
    Ended,
    /// Something happened within a run.
    Between,
}

pub(super) fn kind_of(profile: &Profile, metric: MetricId) -> EventKind {
    match profile.metric(metric).map(|metric| metric.role) {
        Some(Role::Succeeded | Role::Failed | Role::Completion(_)) => EventKind::Ended,
        Some(Role::Acceptance(_)) => EventKind::Accepted,
        _ => EventKind::Between,
    }
}

impl Workflow {
    /// All increments, whichever process counted them.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.lanes.iter().flat_map(|lane| &lane.events)
    }

    /// Whether a completion latency marks an aborted run, as in current Flyte. Before, every run that
    /// succeeded observed one as well, at its very end: then no scrape shows more successes than
    /// completions.
    pub fn completion_is_abort(&self, profile: &Profile) -> bool {
        let mut any = false;
        for lane in &self.lanes {
            for scrape in lane.events.chunk_by(|a, b| a.to == b.to) {
                let (mut succeeded, mut completed) = (0.0, 0.0);
                for event in scrape {
                    match profile.metric(event.metric).map(|metric| metric.role) {
                        Some(Role::Succeeded) => succeeded += event.count,
                        Some(Role::Completion(_)) => completed += event.count,
                        _ => {}
                    }
                }
                if succeeded > completed {
                    return true;
                }
                any |= succeeded > 0.0;
            }
        }
        !any
    }
}

/// Adds increments up, metric by metric and node by node.
pub(super) fn readings<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut known = Known::default();
    for event in events {
        let reading = Reading {
            node: event.node,
            metric: event.metric,
            sum: event.sum,
            count: event.count,
            seen: event.to,
        };
        let number = reading.number(&mut known, &readings);
        match readings.get_mut(number) {
            Some(first) => {
                first.sum += event.sum;
                first.count += event.count;
            }
            None => readings.push(reading),
        }
    }
    readings
}
