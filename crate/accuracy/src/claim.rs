//! Holds every row that claims to be one run against the run that it must be.

use std::collections::HashMap;
use std::fmt;

use crate::shown::ShownRow;
use crate::stage::Stage;
use crate::truth::{Portrait, TrueRun};

/// How a claim turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All numbers are the run's.
    Correct,
    /// All numbers are what the queries returned of the run, which is not all that happened.
    Short,
    /// A number is not the run's.
    False,
}

/// One number of a row that is not the run's.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Which number.
    pub what: String,
    /// What the row says.
    pub shown: String,
    /// What it had to say.
    pub truth: String,
}

/// A row that claims to be a run.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Position of the row.
    pub row: usize,
    /// Position of the run that it must be; none where no run of the workflow is left.
    pub run: Option<usize>,
    /// How it turned out.
    pub verdict: Verdict,
    /// What is wrong.
    pub differences: Vec<Difference>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: shown {}, true {}", self.what, self.shown, self.truth)
    }
}

/// The runs and what rows of a deployment can say of them.
pub struct Judge<'a> {
    runs: &'a [TrueRun],
    has_nodes: bool,
    has_ids: bool,
    /// When each run's end is first seen by the data that the core got, unix milliseconds.
    ends: Vec<Option<f64>>,
    interval_ms: f64,
    by_id: HashMap<&'a str, usize>,
    /// By workflow, those whose end is seen, by that end.
    by_workflow: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Judge<'a> {
    /// A judge of one cell.
    pub fn new(
        runs: &'a [TrueRun],
        has_nodes: bool,
        has_ids: bool,
        ends: Vec<Option<f64>>,
        interval_ms: f64,
    ) -> Self {
        let mut by_workflow: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, run) in runs.iter().enumerate() {
            if ends.get(index).copied().flatten().is_some() {
                by_workflow.entry(&run.workflow).or_default().push(index);
            }
        }
        let end = |index: &usize| ends.get(*index).copied().flatten().unwrap_or_default();
        for indices in by_workflow.values_mut() {
            indices.sort_by(|a, b| end(a).total_cmp(&end(b)).then(a.cmp(b)));
        }
        let by_id = runs.iter().enumerate().map(|(index, run)| (run.id.as_str(), index)).collect();
        Self { runs, has_nodes, has_ids, ends, interval_ms, by_id, by_workflow }
    }

    /// When a run's end is first seen, unix milliseconds.
    pub fn end(&self, run: usize) -> Option<f64> {
        self.ends.get(run).copied().flatten()
    }

    /// The runs of a workflow whose end is seen, by that end.
    pub fn ended(&self, workflow: &str) -> &[usize] {
        self.by_workflow.get(workflow).map_or(&[], Vec::as_slice)
    }

    /// The run of an execution id.
    pub fn run_of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Judges all claims. A run can be claimed once: a row that is exactly a run has it before one
    /// that is only near.
    pub fn claims(&self, rows: &[ShownRow]) -> Vec<Claim> {
        let mut taken = vec![false; self.runs.len()];
        let mut claims = Vec::new();
        let mut rest = Vec::new();
        for (row, shown) in rows.iter().enumerate().filter(|(_, row)| row.is_claim()) {
            match self.find(shown, &taken) {
                Some((run, verdict)) => {
                    take(&mut taken, run);
                    claims.push(Claim { row, run: Some(run), verdict, differences: Vec::new() });
                }
                None => rest.push((row, shown)),
            }
        }
        for (row, shown) in rest {
            let run = self.nearest(shown, &taken);
            let differences = run.map_or_else(
                || {
                    vec![Difference {
                        what: "run".into(),
                        shown: shown.workflow.clone(),
                        truth: "no such run is left".into(),
                    }]
                },
                |run| self.differences(shown, run),
            );
            if let Some(run) = run {
                take(&mut taken, run);
            }
            claims.push(Claim { row, run, verdict: Verdict::False, differences });
        }
        claims.sort_by_key(|claim| claim.row);
        claims
    }

    /// A run that the row is, to the last number.
    fn find(&self, row: &ShownRow, taken: &[bool]) -> Option<(usize, Verdict)> {
        let free = |run: &usize| taken.get(*run) == Some(&false);
        let candidates: Vec<usize> = self.candidates(row).filter(free).collect();
        let agrees = |run: &usize, portrait: fn(&Self, &TrueRun) -> Portrait| {
            self.runs
                .get(*run)
                .is_some_and(|truth| disagreements(row, &portrait(self, truth), false).is_empty())
        };
        if let Some(run) = candidates.iter().find(|run| agrees(run, Self::happened)) {
            return Some((*run, Verdict::Correct));
        }
        candidates.iter().find(|run| agrees(run, Self::answered)).map(|run| (*run, Verdict::Short))
    }

    fn happened(&self, run: &TrueRun) -> Portrait {
        run.happened(self.has_nodes)
    }

    fn answered(&self, run: &TrueRun) -> Portrait {
        if self.has_ids { run.last(self.has_nodes) } else { run.ranged(self.has_nodes) }
    }

    /// The runs that a row may be: that of its id, or those whose end was seen when it says.
    fn candidates<'b>(&'b self, row: &'b ShownRow) -> Box<dyn Iterator<Item = usize> + 'b> {
        if self.has_ids {
            return Box::new(
                self.run_of_id(&row.id).into_iter().filter(|run| self.is_in_time(row, *run)),
            );
        }
        let ended = self.ended(&row.workflow);
        let at = row.end.unwrap_or(f64::NEG_INFINITY);
        let end = |run: &usize| self.end(*run).unwrap_or_default();
        let from = ended.partition_point(|run| end(run) < at - self.interval_ms);
        let up_to = ended.partition_point(|run| end(run) <= at + self.interval_ms);
        Box::new(ended.get(from..up_to).unwrap_or_default().iter().copied())
    }

    /// Whether the row's end is the run's, to a scrape interval.
    fn is_in_time(&self, row: &ShownRow, run: usize) -> bool {
        match (row.end, self.end(run)) {
            (Some(shown), Some(truth)) => (shown - truth).abs() <= self.interval_ms,
            _ => false,
        }
    }

    /// The run that a false row must be: of its id, else the free one whose end, and then whose wall
    /// clock, is nearest.
    fn nearest(&self, row: &ShownRow, taken: &[bool]) -> Option<usize> {
        if self.has_ids {
            return self.run_of_id(&row.id);
        }
        let distance = |run: &usize| {
            let end = (self.end(*run).unwrap_or_default() - row.end.unwrap_or_default()).abs();
            let wall = self.runs.get(*run).map_or(0.0, |truth| self.happened(truth).wall);
            ((end / self.interval_ms).round(), (wall - row.wall.unwrap_or_default()).abs())
        };
        let ended = self.ended(&row.workflow).iter();
        let free = ended.filter(|run| taken.get(**run) == Some(&false));
        free.map(|run| (distance(run), *run))
            .min_by(|((end, wall), _), ((other_end, other_wall), _)| {
                end.total_cmp(other_end).then(wall.total_cmp(other_wall))
            })
            .map(|(_, run)| run)
    }

    fn differences(&self, row: &ShownRow, run: usize) -> Vec<Difference> {
        let Some(truth) = self.runs.get(run) else { return Vec::new() };
        let mut differences = disagreements(row, &self.happened(truth), true);
        if !self.is_in_time(row, run) {
            let text = |at: Option<f64>| at.map_or("none".to_owned(), |at| format!("{at:.0}"));
            differences.push(Difference {
                what: "end, unix ms".into(),
                shown: text(row.end),
                truth: text(self.end(run)),
            });
        }
        differences
    }
}

fn take(taken: &mut [bool], run: usize) {
    if let Some(slot) = taken.get_mut(run) {
        *slot = true;
    }
}

/// What a row says that a portrait does not. The first is enough, unless all are wanted.
fn disagreements(row: &ShownRow, truth: &Portrait, all: bool) -> Vec<Difference> {
    let mut found = Vec::new();
    if row.state != Some(truth.state) {
        found.push(Difference {
            what: "state".into(),
            shown: row.state.map_or("mixed".into(), |state| format!("{state:?}")),
            truth: format!("{:?}", truth.state),
        });
    }
    let mut compare = |what: &dyn Fn() -> String, shown: Option<f64>, truth: f64| {
        if (all || found.is_empty()) && !shown.is_some_and(|shown| is_same(shown, truth)) {
            found.push(Difference {
                what: what(),
                shown: shown.map_or("none".into(), |shown| format!("{shown:.3} ms")),
                truth: format!("{truth:.3} ms"),
            });
        }
    };
    compare(&|| "wall clock".into(), row.wall, truth.wall);
    compare(&|| "set aside".into(), Some(row.set_aside), truth.set_aside);
    let (shown, told) = (row.stages(), truth.stages());
    for stage in Stage::ALL {
        let value = |stages: &std::collections::BTreeMap<Stage, f64>| {
            stages.get(&stage).copied().unwrap_or_default()
        };
        compare(&|| stage.id().into(), Some(value(&shown)), value(&told));
    }
    if row.values.keys().any(|(node, _)| !node.is_empty()) {
        for key in row
            .values
            .keys()
            .chain(truth.pieces.keys().filter(|key| !row.values.contains_key(*key)))
        {
            let value = |pieces: &std::collections::BTreeMap<(String, Stage), f64>| {
                pieces.get(key).copied().unwrap_or_default()
            };
            compare(
                &|| format!("{} of {}", key.1.id(), key.0),
                Some(value(&row.values)),
                value(&truth.pieces),
            );
        }
    }
    found
}

/// Whether two durations in ms are the same but for the rounding of floats. Counters hold whole
/// milliseconds or microseconds.
fn is_same(shown: f64, truth: f64) -> bool {
    (shown - truth).abs() <= 1e-5 + 1e-9 * truth.abs()
}
