//! Executions of which only the pods are known, as rows.

use super::join::{Phase, Pod, between};
use super::place::{self, Workflows};
use super::{Execution, Pods};
use crate::profile::{Profile, StageId};
use crate::run::{Kind, Notes, Piece, Run, Runs, State, Tier};
use crate::series::{Found, Labels};
use crate::text::{Text, Texts};
use crate::tier::LeftOut;
use crate::tier::pieces;
use crate::unit::{Millis, TimeRange, UnixMillis};

/// Most pods of one execution that are drawn each for itself. A map task over tens of thousands of
/// items would have pieces far below a pixel, which every frame would have to walk through.
const MOST_APART: usize = 2_000;

/// Adds a row for every execution that no counter told of and that did not end before the range.
pub(in crate::tier) fn read(
    profile: &Profile,
    found: &mut Found,
    range: TimeRange,
    pods: &Pods,
    runs: &mut Runs,
    left_out: &mut LeftOut,
) {
    let Some((start, task)) = profile.pod_start() else { return };
    let counted = found.series.iter().map(|series| &series.labels);
    let workflows = Workflows::of(&found.texts, counted);
    let counters = counters(runs);
    for execution in pods.executions.iter().filter(|execution| !execution.is_claimed) {
        let ends = Ends::of(pods, execution);
        if ends.state != State::Running && ends.last.is_some_and(|last| last.0 < range.from.0) {
            left_out.ended_before += 1;
            continue;
        }
        let labels = whose(&mut found.texts, &workflows, execution);
        let mut notes = Notes::default();
        let mut all = pieces(pods, execution, (start, task), &mut notes);
        if pods.of(execution).len() > MOST_APART {
            all = together(&all, (start, task));
            notes.add(Notes::TOGETHER);
        }
        let begin = pods.of(execution).iter().filter_map(Pod::begin).reduce(earlier);
        let wall = begin.zip(ends.end).map(|(begin, end)| between(begin, end));
        // Times that are rounded down keep their order, so more work than wall clock is no rounding.
        let work: Millis = all.iter().map(|piece| piece.value).sum();
        if wall.is_some_and(|wall| work.0 > wall.0) {
            notes.add(Notes::PARALLEL);
        }
        pieces::close(profile, &mut all, wall, &mut notes);
        if is_counted_too(&counters, &labels) {
            notes.add(Notes::COUNTED_TOO);
            left_out.counted_too += 1;
        }
        let waits = pods.of(execution).iter().filter(|pod| pod.start().is_some());
        runs.push(
            Run {
                tier: Tier::Pod,
                kind: Kind::Run,
                state: ends.state,
                execution: execution.id,
                workflow: labels.workflow,
                project: labels.project,
                domain: labels.domain,
                begin,
                end: ends.end,
                // Both are whole seconds, rounded down.
                late: Some(Millis::ZERO),
                wall,
                runs: 1.0,
                failed: f64::from(u8::from(ends.state == State::Failed)),
                aborted: 0.0,
                set_aside: Millis::ZERO,
                lengths: Vec::new(),
                waited: waits.filter_map(Pod::waited).reduce(|a, b| a + b),
                notes,
                first: 0,
                end_piece: 0,
                contained: 0,
            },
            &all,
        );
    }
}

/// How an execution's pods ended.
struct Ends {
    state: State,
    /// When the last one did, where every node's last pod says so.
    end: Option<UnixMillis>,
    /// The last thing that is known to have ended, or to have been there.
    last: Option<UnixMillis>,
}

impl Ends {
    /// An execution runs while any of its pods does. It failed if its last pod did, and succeeded if
    /// the last pod of every node did; without their phases nothing is claimed.
    fn of(pods: &Pods, execution: &Execution) -> Self {
        let all = pods.of(execution);
        let is_live = |pod: &&Pod| !pod.is_over() && !pod.is_gone(pods.until, pods.step);
        // A node's pods stand together, in the order in which they began.
        let lasts: Vec<&Pod> =
            all.chunk_by(|a, b| a.node == b.node).filter_map(<[Pod]>::last).collect();
        let time = |pod: &Pod| pod.completed.or(pod.begin()).unwrap_or_default();
        let last = all.iter().map(time).reduce(later);
        let latest = lasts.iter().copied().reduce(|a, b| if time(a).0 > time(b).0 { a } else { b });
        let state = if all.iter().any(|pod| is_live(&pod)) {
            State::Running
        } else if latest.is_some_and(|pod| pod.ended() == Some(Phase::Failed)) {
            State::Failed
        } else if lasts.iter().all(|pod| pod.ended() == Some(Phase::Succeeded)) {
            State::Succeeded
        } else {
            State::Unknown
        };
        let is_told = state != State::Running && lasts.iter().all(|pod| pod.completed.is_some());
        let end = all.iter().filter_map(|pod| pod.completed).reduce(later).filter(|_| is_told);
        Self { state, end, last }
    }
}

/// Pod start and task execution of every pod that is that far, at their real times.
fn pieces(
    pods: &Pods,
    execution: &Execution,
    (start, task): (StageId, StageId),
    notes: &mut Notes,
) -> Vec<Piece> {
    let own = pods.of(execution);
    let mut pieces = Vec::with_capacity(own.len() * 2);
    for pod in own {
        let mut add = |stage, from: UnixMillis, to: UnixMillis| {
            let value = between(from, to);
            let begin = Some(from);
            pieces.push(Piece { stage, node: pod.node, value, sum: value, count: 1.0, begin });
        };
        let Some(begin) = pod.begin() else { continue };
        match (pod.started(), pod.completed.filter(|_| pod.is_over())) {
            (Some(ran), completed) => {
                add(start, begin, ran);
                if let Some(completed) = completed {
                    add(task, ran, completed);
                }
            }
            // Its container never ran, for want of its image for one.
            (None, Some(completed)) if pods.tells_start => add(start, begin, completed),
            (None, Some(completed)) => {
                add(task, begin, completed);
                notes.add(Notes::UNDIVIDED);
            }
            (None, None) => {}
        }
    }
    pieces
}

/// All pods' time in each stage, without their nodes and places.
fn together(pieces: &[Piece], (start, task): (StageId, StageId)) -> Vec<Piece> {
    let total = |stage| {
        pieces.iter().filter(|piece| piece.stage == stage).copied().reduce(|a, b| Piece {
            node: Text::EMPTY,
            value: a.value + b.value,
            sum: a.sum + b.sum,
            count: a.count + b.count,
            begin: a.begin.zip(b.begin).map(|(a, b)| earlier(a, b)),
            ..a
        })
    };
    [start, task].into_iter().filter_map(total).collect()
}

/// Workflow, project and domain as the counters call them where they know the workflow, else as the
/// pods' labels do, else as the namespace tells.
fn whose(texts: &mut Texts, workflows: &Workflows, execution: &Execution) -> Labels {
    let place = &execution.place;
    let known = workflows.find(texts, texts.get(execution.workflow), place);
    let mut labels = known.unwrap_or(Labels { workflow: execution.workflow, ..Labels::default() });
    if labels.project.is_empty() && labels.domain.is_empty() {
        (labels.project, labels.domain) = (place.project, place.domain);
    }
    if labels.project.is_empty() && labels.domain.is_empty() {
        let parts = place::split(texts.get(place.namespace));
        if let Some((project, domain)) = parts.map(|(p, d)| (p.to_owned(), d.to_owned())) {
            (labels.project, labels.domain) = (texts.intern(&project), texts.intern(&domain));
        }
    }
    labels
}

/// The workflows whose rows hold the time of all their executions: workflow, project and domain.
fn counters(runs: &Runs) -> Vec<[Text; 3]> {
    let mut rows: Vec<[Text; 3]> = Vec::new();
    for run in runs.runs.iter().filter(|r| matches!(r.tier, Tier::Average | Tier::Increment)) {
        let row = [run.workflow, run.project, run.domain];
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// Whether rows from counters hold an execution's time, too. What either does not say may be the same.
fn is_counted_too(counters: &[[Text; 3]], labels: &Labels) -> bool {
    counters.iter().any(|[workflow, project, domain]| {
        let same = |row: Text, own: Text| row.is_empty() || own.is_empty() || row == own;
        (workflow.is_empty() || *workflow == labels.workflow)
            && same(*project, labels.project)
            && same(*domain, labels.domain)
    })
}

fn earlier(a: UnixMillis, b: UnixMillis) -> UnixMillis {
    UnixMillis(a.0.min(b.0))
}

fn later(a: UnixMillis, b: UnixMillis) -> UnixMillis {
    UnixMillis(a.0.max(b.0))
}
