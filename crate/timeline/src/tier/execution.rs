//! Executions by their id: where `exec_id` is among the metric keys, every stage of every execution
//! has a series of its own, which holds that execution's time from its first sample on.

use super::LeftOut;
use super::pair::{Pair, pairs};
use super::pieces::{self, Assembly, Endings, Reading};
use super::pod::Pods;
use crate::known::Known;
use crate::order;
use crate::profile::{Profile, Role};
use crate::run::{Kind, Notes, Piece, Run, Runs, State, Tier};
use crate::series::{Found, Labels};
use crate::text::Text;
use crate::unit::{Millis, TimeRange, UnixMillis};

/// One execution while it is read.
#[derive(Default)]
struct Execution {
    readings: Vec<Reading>,
    /// When a query says that it ended.
    ended: Option<f64>,
    /// When its running time was first seen.
    duration_seen: Option<f64>,
    /// Whether a process that counted it began anew.
    restarted: bool,
    /// Its last samples.
    last: Lasts,
}

/// By process and query, which may have a step of its own: the last sample, ms since the epoch.
type Lasts = Vec<((u64, Text), f64)>;

fn keep(lasts: &mut Lasts, found: &Found, pair: &Pair<'_>) {
    let Some(at) = pair.last(found) else { return };
    let key = (pair.process(), pair.query());
    match lasts.iter_mut().find(|known| known.0 == key) {
        Some(known) => known.1 = known.1.max(at),
        None => lasts.push((key, at)),
    }
}

pub(super) fn read(
    profile: &Profile,
    found: &Found,
    range: TimeRange,
    pods: &mut Pods,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let mut executions: Vec<(Labels, Execution)> = Vec::new();
    let mut known = Known::default();
    let mut lasts = Lasts::new();
    for pair in pairs(found, |labels| !labels.execution.is_empty()) {
        let labels = Labels { node: Text::EMPTY, ..pair.labels };
        let is = &mut |n: usize| executions.get(n).is_some_and(|(known, _)| *known == labels);
        let position = known.number(labels.hash(), is);
        if position == executions.len() {
            executions.push((labels, Execution::default()));
        }
        left_out.refused += pair.refused();
        keep(&mut lasts, found, &pair);
        if let Some((_, execution)) = executions.get_mut(position) {
            execution.take(profile, found, &pair);
        }
    }
    order::sort(&mut executions, |(a, _), (b, _)| {
        let name =
            |labels: &Labels| (found.texts.get(labels.execution), found.texts.get(labels.workflow));
        name(a).cmp(&name(b)).then_with(|| a.cmp(b))
    });
    let times =
        Times::of(found, range, executions.iter().any(|(_, execution)| execution.ended.is_some()));
    for (labels, mut execution) in executions {
        execution.restarted |= execution.is_gone(&lasts);
        add(profile, found, &times, labels, &execution, pods, runs, left_out);
    }
}

impl Execution {
    fn take(&mut self, profile: &Profile, found: &Found, pair: &Pair<'_>) {
        let Some(metric) = profile.metric(pair.metric) else { return };
        let Some(seen) = pair.begin(found) else { return };
        if metric.role == Role::Ended {
            let at = pair
                .sum(found)
                .and_then(|view| view.iter().last())
                .map(|(_, value)| value * metric.unit.in_millis());
            self.ended = match (self.ended, at) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            return;
        }
        // An execution's series holds nothing but that execution, whenever its first sample is.
        let (increase, restarted) = pair.whole(found);
        self.restarted |= restarted;
        keep(&mut self.last, found, pair);
        let ends = matches!(metric.role, Role::Succeeded | Role::Failed | Role::Completion(_));
        if ends && (increase.count > 0.0 || increase.sum > 0.0) {
            self.duration_seen = Some(self.duration_seen.map_or(seen, |known| known.min(seen)));
        }
        self.readings.push(Reading {
            node: pair.labels.node,
            metric: pair.metric,
            sum: Millis(increase.sum * metric.unit.in_millis()),
            count: increase.count,
            seen,
        });
    }
}

impl Execution {
    /// Whether a process that counted it has counted others since, but not it any more: a series stays
    /// until its process ends.
    fn is_gone(&self, lasts: &Lasts) -> bool {
        self.last
            .iter()
            .any(|(key, at)| lasts.iter().any(|(other, last)| other == key && last > at))
    }
}

/// What tells when an execution ended.
struct Times {
    /// A query returned ends, so an execution without one ended before the range.
    told: bool,
    /// Samples cover the range, so the first sample of a duration is the end.
    sampled: bool,
    /// Up to here a first sample is only where the query begins.
    begin: f64,
    /// Distance of samples.
    step: Option<Millis>,
}

impl Times {
    fn of(found: &Found, range: TimeRange, told: bool) -> Self {
        let sampled = found.step.is_some();
        let step = found.step.map_or(0.0, |step| step.0);
        Self { told, sampled, begin: range.from.0 + step, step: found.step }
    }

    /// When it ended; none where nothing says it, an error where it ended before the range.
    fn end(&self, execution: &Execution) -> Result<Option<UnixMillis>, EndedBefore> {
        match (execution.ended, execution.duration_seen) {
            (Some(at), _) => Ok(Some(UnixMillis(at))),
            (None, Some(_)) if self.told => Err(EndedBefore),
            (None, Some(seen)) if self.sampled && seen <= self.begin => Err(EndedBefore),
            (None, Some(seen)) if self.sampled => Ok(Some(UnixMillis(seen))),
            (None, _) => Ok(None),
        }
    }

    /// How late that may be: samples show the end up to a step after it, and a query that tells it
    /// does not say how often it looked.
    fn late(&self, execution: &Execution) -> Option<Millis> {
        self.step.filter(|_| execution.ended.is_none())
    }
}

struct EndedBefore;

#[expect(clippy::too_many_arguments, reason = "what there is to know, and where it goes")]
fn add(
    profile: &Profile,
    found: &Found,
    times: &Times,
    labels: Labels,
    execution: &Execution,
    pods: &mut Pods,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let own_pods = pods.find(found, &labels);
    let Ok(end) = times.end(execution) else {
        pods.claim(own_pods);
        left_out.ended_before += 1;
        return;
    };
    if execution.duration_seen.is_some() && end.is_none() {
        left_out.without_end += 1;
    }
    let Assembly { mut pieces, contained, endings, set_aside, mut notes } =
        pieces::assemble(profile, &found.texts, &execution.readings);
    pods.enrich(profile, &found.texts, own_pods, &mut pieces, &mut notes);
    let (state, running) = state(&endings);
    if let (State::Succeeded | State::Failed, Some(stage)) = (state, endings.completion_stage)
        && endings.completion.is_some()
    {
        let total = endings.completion;
        pieces.push(Piece {
            stage,
            node: Text::EMPTY,
            value: total.sum,
            sum: total.sum,
            count: total.count,
            begin: None,
        });
    }
    if running.is_some() && pieces::accepted(profile, &execution.readings) == 0.0 {
        notes.add(Notes::NO_ACCEPTANCE);
    }
    if times.sampled && execution.restarted {
        notes.add(Notes::RESTARTED);
    }
    let wall = running.map(|running| running + pieces::outside(profile, &pieces));
    pieces::close(profile, &mut pieces, wall, &mut notes);
    if pieces.is_empty() && wall.is_none() {
        return;
    }
    pods.claim(own_pods);
    pieces.extend_from_slice(&contained);
    runs.push(
        Run {
            tier: Tier::Execution,
            kind: Kind::Run,
            state,
            execution: labels.execution,
            workflow: labels.workflow,
            project: labels.project,
            domain: labels.domain,
            begin: None,
            end,
            late: end.and(times.late(execution)),
            wall,
            runs: 1.0,
            failed: f64::from(u8::from(state == State::Failed)),
            aborted: f64::from(u8::from(state == State::Aborted)),
            set_aside,
            lengths: Vec::new(),
            waited: None,
            notes,
            first: 0,
            end_piece: 0,
            contained: u32::try_from(contained.len()).unwrap_or(u32::MAX),
        },
        &pieces,
    );
}

/// How it ended, and how long it ran. A completion latency without any duration is the mark of an
/// aborted run, and holds the whole time since it began to run
/// (`flytepropeller/pkg/controller/workflow/executor.go:359-364`).
fn state(endings: &Endings) -> (State, Option<Millis>) {
    if endings.failed.is_some() {
        (State::Failed, Some(endings.failed.sum))
    } else if endings.succeeded.is_some() {
        (State::Succeeded, Some(endings.succeeded.sum))
    } else if endings.completion.is_some() {
        (State::Aborted, Some(endings.completion.sum))
    } else {
        (State::Running, None)
    }
}
