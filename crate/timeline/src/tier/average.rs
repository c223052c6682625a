//! Means of every workflow: how much its counters grew over the range, shared out over its runs.
//!
//! Exact for any query over any deployment, since growth is additive: a mean is the sum's growth
//! over the count's. A bar is one mean run: what belongs to the run once is its own mean, and what
//! belongs to its nodes is the growth of all of them over the number of runs, so that the pieces add
//! up to what a run takes. The mean of a single observation is kept beside it.

use std::collections::HashMap;

use super::LeftOut;
use super::pair::{Pair, pairs};
use super::pieces::{self, Assembly, Reading, Total};
use crate::counter::First;
use crate::profile::{Profile, Role, Scope};
use crate::run::{Kind, Notes, Run, Runs, State, Tier};
use crate::series::{Found, Growth, Labels};
use crate::text::Text;
use crate::unit::Millis;

pub(super) fn read(profile: &Profile, found: &Found, runs: &mut Runs, left_out: &mut LeftOut) {
    let begin = Begin::of(found);
    let mut workflows: Vec<Workflow> = Vec::new();
    let mut known: HashMap<Labels, usize> = HashMap::new();
    for pair in pairs(found, |labels| labels.execution.is_empty()) {
        let key = Labels { node: Text::EMPTY, ..pair.labels };
        let position = *known.entry(key).or_insert_with(|| {
            workflows.push(Workflow {
                labels: key,
                readings: Vec::new(),
                restarts: 0,
                since_start: false,
            });
            workflows.len() - 1
        });
        left_out.refused += pair.refused(found);
        if let Some(workflow) = workflows.get_mut(position) {
            workflow.take(profile, found, begin, &pair);
        }
    }
    workflows.sort_unstable_by(|a, b| {
        let name = |w: &Workflow| {
            [w.labels.workflow, w.labels.project, w.labels.domain].map(|text| found.texts.get(text))
        };
        name(a).cmp(&name(b))
    });
    for workflow in workflows {
        workflow.add(profile, found, runs, left_out);
    }
}

/// Where the data begins: a series whose first sample is there was there before.
#[derive(Clone, Copy)]
enum Begin {
    /// Nothing but instant values: each stands for all that its process has counted.
    Instant,
    /// Samples over a range, the first of them before this instant, ms since the epoch.
    At(f64),
}

impl Begin {
    fn of(found: &Found) -> Self {
        let Some(step) = found.step else { return Self::Instant };
        let firsts =
            found.series.iter().filter_map(|series| found.samples(series).times.first().copied());
        // Queries of another step begin their grid up to half a step later.
        Self::At(firsts.fold(f64::INFINITY, f64::min) + step.0 * 0.5)
    }

    fn first(self, found: &Found, pair: &Pair<'_>) -> First {
        match self {
            Self::Instant => First::Increment,
            Self::At(begin) if pair.begin(found).is_some_and(|time| time > begin) => {
                First::Increment
            }
            Self::At(_) => First::Baseline,
        }
    }
}

struct Workflow {
    labels: Labels,
    readings: Vec<Reading>,
    restarts: u32,
    /// Whether a counter was asked for at one instant, which tells nothing of the range.
    since_start: bool,
}

impl Workflow {
    fn take(&mut self, profile: &Profile, found: &Found, begin: Begin, pair: &Pair<'_>) {
        let Some(metric) = profile.metric(pair.metric).filter(|metric| metric.role != Role::Ended)
        else {
            return;
        };
        let increase = pair.increase(found, begin.first(found, pair));
        self.restarts += increase.restarts;
        if increase.count > 0.0 || increase.sum > 0.0 {
            self.since_start |= matches!(begin, Begin::Instant) && pair.growth() == Growth::Counter;
            let sum = Millis(increase.sum * metric.unit.in_millis());
            let node = pair.labels.node;
            self.readings.push(Reading {
                node,
                metric: pair.metric,
                sum,
                count: increase.count,
                seen: 0.0,
            });
        }
    }

    fn add(self, profile: &Profile, found: &Found, runs: &mut Runs, left_out: &mut LeftOut) {
        let Assembly { mut pieces, endings, set_aside, mut notes } =
            pieces::assemble(profile, &found.texts, &self.readings);
        // A completion latency is either every success's or every abort's. Where it follows the
        // successes nobody can tell which, and it is left to the derived stage.
        let follows = endings.completion.count >= 0.9 * endings.succeeded.count
            && endings.succeeded.count > 0.0;
        let aborted = if follows { Total::default() } else { endings.completion };
        let ended = endings.succeeded.count + endings.failed.count + aborted.count;
        // Every run is accepted once.
        let accepted = pieces::of_the_run(profile, &self.readings)
            .map(|reading| reading.count)
            .fold(0.0, f64::max);
        let count = if ended > 0.0 { ended } else { accepted };
        if pieces.is_empty() && count == 0.0 {
            left_out.idle += 1;
            return;
        }
        if self.restarts > 0 {
            notes.add(Notes::RESTARTED);
        }
        if self.since_start {
            notes.add(Notes::SINCE_START);
        }
        if count == 0.0 {
            notes.add(Notes::NO_RUNS);
        } else if ended == 0.0 {
            notes.add(Notes::NONE_ENDED);
        }
        let mut before = Millis::ZERO;
        for piece in &mut pieces {
            let once = profile.stage(piece.stage).is_some_and(|stage| stage.scope == Scope::Run);
            let runs = if once || count == 0.0 { piece.count } else { count };
            if runs > 0.0 {
                piece.value = Millis(piece.sum.0 / runs);
            } else {
                notes.add(Notes::TOTALS);
            }
            if once {
                before += piece.value;
            }
        }
        let wall = (ended > 0.0).then(|| {
            if accepted == 0.0 {
                notes.add(Notes::NO_ACCEPTANCE);
            }
            let running = endings.succeeded.sum + endings.failed.sum + aborted.sum;
            Millis(running.0 / ended) + before
        });
        pieces::close(profile, &mut pieces, wall, &mut notes);
        for piece in pieces.iter_mut().filter(|piece| crate::run::is_derived(profile, piece.stage))
        {
            piece.sum = Millis(piece.value.0 * count);
        }
        runs.push(
            Run {
                tier: Tier::Average,
                kind: Kind::Mean,
                state: State::Mixed,
                execution: Text::EMPTY,
                workflow: self.labels.workflow,
                project: self.labels.project,
                domain: self.labels.domain,
                begin: None,
                end: None,
                wall,
                runs: count,
                failed: endings.failed.count,
                aborted: aborted.count,
                set_aside: Millis(if count > 0.0 { set_aside.0 / count } else { set_aside.0 }),
                waited: None,
                notes,
                first: 0,
                end_piece: 0,
            },
            &pieces,
        );
    }
}
