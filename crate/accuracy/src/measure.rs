//! Measures one cell: runs its history, asks the core, and compares.

use std::collections::BTreeMap;

use anyhow::Result;
use flyte_simulator::{Deployment, Keep, Simulation, State};
use flyte_timeline::run::{Kind, Tier};

use crate::cell::Cell;
use crate::claim::{Claim, Judge, Verdict};
use crate::conserve;
use crate::identify::{self, Told};
use crate::prometheus::Storage;
use crate::scrapes::Scrapes;
use crate::shown::{self, ShownRow};
use crate::stage::Stage;
use crate::truth::{self, Reach, TrueRun};

/// What was counted. Adds up over cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Runs that were launched.
    pub executions: usize,
    /// Runs whose end was scraped within the range.
    pub finished: usize,
    /// Of these, those that began before the range.
    pub begun: usize,
    /// Of these, those of which a restart took an observation.
    pub torn: usize,
    /// Of these, those that the scrapes saw whole.
    pub whole: usize,
    /// Whole runs that share no scrape window with another.
    pub alone: usize,
    /// Whole runs that share windows, and are the same in every world that was found.
    pub apart: usize,
    /// Whole runs with an id of their own.
    pub named: usize,
    /// Claims that are right.
    pub correct: usize,
    /// Of the right claims, those for identifiable runs.
    pub recovered: usize,
    /// Of these, those for runs that share no scrape window with another, or have an id.
    pub recovered_alone: usize,
    /// Claims that hold what the queries returned of a run, which is not all that happened.
    pub short: usize,
    /// Claims that are wrong.
    pub wrong: usize,
    /// Rows that say that a run goes on that is over.
    pub stuck: usize,
    /// How many runs each row of several stands for that is less than the whole range.
    pub groups: Vec<f64>,
    /// The farthest that any member of such a row is from what is drawn, ms by stage.
    pub group_error: [f64; 5],
    /// The same of rows that stand for the whole range.
    pub mean_error: [f64; 5],
    /// Largest relative difference between the rows' time and what the runs told the counters and a
    /// scrape saw.
    pub conservation: f64,
    /// The same of the counters' growth as Prometheus reads it: what restarts hide from a plain
    /// reading.
    pub plain: f64,
}

impl Tally {
    /// Runs that some method may be able to tell from all others.
    pub fn identifiable(&self) -> usize {
        self.alone + self.apart + self.named
    }

    /// Rows that claim to be one run.
    pub fn claims(&self) -> usize {
        self.correct + self.short + self.wrong
    }

    /// Adds another cell's.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.executions, other.executions),
            (&mut self.finished, other.finished),
            (&mut self.begun, other.begun),
            (&mut self.torn, other.torn),
            (&mut self.whole, other.whole),
            (&mut self.alone, other.alone),
            (&mut self.apart, other.apart),
            (&mut self.named, other.named),
            (&mut self.correct, other.correct),
            (&mut self.recovered, other.recovered),
            (&mut self.recovered_alone, other.recovered_alone),
            (&mut self.short, other.short),
            (&mut self.wrong, other.wrong),
            (&mut self.stuck, other.stuck),
        ];
        for (own, other) in pairs {
            *own += other;
        }
        self.groups.extend(&other.groups);
        for (own, other) in self.group_error.iter_mut().zip(other.group_error) {
            *own = own.max(other);
        }
        for (own, other) in self.mean_error.iter_mut().zip(other.mean_error) {
            *own = own.max(other);
        }
        self.conservation = self.conservation.max(other.conservation);
        self.plain = self.plain.max(other.plain);
    }
}

/// A wrong claim, in words.
#[derive(Clone, Debug)]
pub struct FalseClaim {
    /// Which cell.
    pub cell: Cell,
    /// The rest.
    pub text: String,
}

/// What came out of a cell.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The cell.
    pub cell: Cell,
    /// What was counted.
    pub tally: Tally,
    /// Its wrong claims.
    pub wrong: Vec<FalseClaim>,
    /// Runs that some method could tell and no row claims to be, in words.
    pub missed: Vec<String>,
    /// Runs that a row claims to be, rightly, and that no method could have told, in words: luck.
    pub beyond: Vec<String>,
}

/// Measures a cell.
///
/// # Errors
/// Where the simulator does not take the world or the core does not take the frames: mistakes of
/// this program.
pub fn measure(cell: &Cell) -> Result<Measured> {
    let scrapes = Scrapes::of(cell);
    let has_ids = cell.deployment == Deployment::CoreExec;
    let has_nodes = truth::has_nodes(cell.deployment);
    let (storage, runs, instances) = history(cell, &scrapes, !has_ids)?;
    let instance_of =
        |label: &str| instances.iter().position(|known| known == label).unwrap_or_default();
    let (from, to) = (scrapes.from, scrapes.step_at(scrapes.steps));
    let frames = if has_ids {
        storage.executions(&scrapes, &instance_of)
    } else {
        storage.range(&scrapes, cell.interval_ms())
    };
    let rows = shown::rows(frames, from, to)?;
    let ends = runs
        .iter()
        .map(|run| {
            let step = run.end?;
            let at =
                if has_ids { scrapes.scrape_at(run.instance, step) } else { scrapes.step_at(step) };
            Some(at as f64)
        })
        .collect();
    let judge = Judge::new(&runs, has_nodes, has_ids, ends, cell.interval_ms() as f64);
    let told = identify::told(&runs, &scrapes, has_nodes, has_ids);
    let claims = judge.claims(&rows);

    let mut tally = count_runs(&runs, &told);
    count_claims(&claims, &told, &mut tally);
    tally.stuck = stuck(&rows, &runs, &judge);
    measure_groups(&rows, &claims, &judge, &runs, has_nodes, &mut tally);
    let (attributed, aside) = conserve::attributed(&rows);
    let counted = if has_ids {
        conserve::returned(&storage, &rows)
    } else {
        let counted = conserve::told(&runs);
        let grown = conserve::growth(&storage, &scrapes, &instance_of);
        tally.plain = conserve::worst(&grown, &BTreeMap::new(), &counted);
        counted
    };
    tally.conservation = conserve::worst(&attributed, &aside, &counted);
    let wrong = claims
        .iter()
        .filter(|claim| claim.verdict == Verdict::False)
        .map(|claim| FalseClaim {
            cell: *cell,
            text: explain(claim, &rows, &runs, &told, &scrapes),
        })
        .collect();
    let missed = unlike(&claims, &runs, &told, false);
    let beyond = unlike(&claims, &runs, &told, true);
    Ok(Measured { cell: *cell, tally, wrong, missed, beyond })
}

/// The runs that are claimed, or not, against what can be told of them.
fn unlike(claims: &[Claim], runs: &[TrueRun], told: &[Option<Told>], claimed: bool) -> Vec<String> {
    let mut is_claimed = vec![false; runs.len()];
    let right = claims.iter().filter(|claim| !claimed || claim.verdict == Verdict::Correct);
    for run in right.filter_map(|claim| claim.run) {
        if let Some(slot) = is_claimed.get_mut(run) {
            *slot = true;
        }
    }
    let which =
        |is_claimed: bool, told: Told| is_claimed == claimed && (told == Told::Blurred) == claimed;
    runs.iter()
        .zip(told)
        .zip(is_claimed)
        .filter_map(|((run, told), is_claimed)| {
            let told = told.filter(|told| which(is_claimed, *told))?;
            let TrueRun { workflow, id, instance, windows, .. } = run;
            Some(format!(
                "{workflow} run {id} of propeller {instance}, windows {windows:?}, {told:?}"
            ))
        })
        .collect()
}

/// Lets a cell's history happen, scraped into a storage; and the propellers' `instance` labels.
pub fn history(
    cell: &Cell,
    scrapes: &Scrapes,
    keep_all: bool,
) -> Result<(Storage, Vec<TrueRun>, Vec<String>)> {
    let start = Scrapes::start();
    let to = scrapes.step_at(scrapes.steps);
    let length = to - scrapes.from;
    let incident = (scrapes.from - start + length / 2, scrapes.from - start + length * 5 / 8);
    let world = cell.shapes.world(cell.per_hour(), incident);
    let mut flyte = Simulation::with_fleet(world, cell.seed(), start, scrapes.fleet.clone())?;
    let mut storage = Storage::new(keep_all);
    if cell.deployment == Deployment::CoreExec {
        for (at, instance) in scrapes.before() {
            flyte.advance_to(at);
            storage.store_before(&flyte.scrape(instance, cell.deployment, Keep::Timeline)?);
        }
    }
    for (at, instance, step) in scrapes.in_order() {
        flyte.advance_to(at);
        if !scrapes.failed(instance, step) {
            storage.store(step, &flyte.scrape(instance, cell.deployment, Keep::Timeline)?);
        }
    }
    flyte.advance_to(to);
    let runs = truth::runs(flyte.executions(), scrapes);
    let mut instances = vec![String::new(); scrapes.fleet.instances];
    for execution in flyte.executions() {
        if let Some(label) = instances.get_mut(execution.instance) {
            *label = execution.instance_label;
        }
        if instances.iter().all(|label| !label.is_empty()) {
            break;
        }
    }
    Ok((storage, runs, instances))
}

fn count_runs(runs: &[TrueRun], told: &[Option<Told>]) -> Tally {
    let mut tally = Tally { executions: runs.len(), ..Tally::default() };
    for (run, told) in runs.iter().zip(told) {
        match run.reach {
            Reach::Outside => continue,
            Reach::Whole => tally.whole += 1,
            Reach::Begun => tally.begun += 1,
            Reach::Torn => tally.torn += 1,
        }
        tally.finished += 1;
        match told {
            Some(Told::Alone) => tally.alone += 1,
            Some(Told::Apart) => tally.apart += 1,
            Some(Told::Named) => tally.named += 1,
            Some(Told::Blurred) | None => {}
        }
    }
    tally
}

fn count_claims(claims: &[Claim], told: &[Option<Told>], tally: &mut Tally) {
    for claim in claims {
        match claim.verdict {
            Verdict::Correct => {
                tally.correct += 1;
                let told = claim.run.and_then(|run| told.get(run).copied().flatten());
                if told.is_some_and(|told| told != Told::Blurred) {
                    tally.recovered += 1;
                    let alone = matches!(told, Some(Told::Alone | Told::Named));
                    tally.recovered_alone += usize::from(alone);
                }
            }
            Verdict::Short => tally.short += 1,
            Verdict::False => tally.wrong += 1,
        }
    }
}

/// Rows of an execution that say that it runs though its end is over and scraped or lost.
fn stuck(rows: &[ShownRow], runs: &[TrueRun], judge: &Judge<'_>) -> usize {
    rows.iter()
        .filter(|row| row.tier == Tier::Execution && row.state == Some(State::Running))
        .filter_map(|row| runs.get(judge.run_of_id(&row.id)?))
        .filter(|run| run.state != State::Running && run.reach != Reach::Outside)
        .count()
}

/// How far the members of each row of several are from the mean that is drawn. Which runs a row
/// stands for is not told: they are taken to be the last that ended up to its end and that no other
/// row is, as many as it says.
fn measure_groups(
    rows: &[ShownRow],
    claims: &[Claim],
    judge: &Judge<'_>,
    runs: &[TrueRun],
    has_nodes: bool,
    tally: &mut Tally,
) {
    let mut free = vec![true; runs.len()];
    for run in claims.iter().filter_map(|claim| claim.run) {
        if let Some(slot) = free.get_mut(run) {
            *slot = false;
        }
    }
    let mut several: Vec<&ShownRow> =
        rows.iter().filter(|row| row.tier != Tier::Execution && row.kind != Kind::Run).collect();
    several.sort_by(|a, b| a.end.unwrap_or(f64::MAX).total_cmp(&b.end.unwrap_or(f64::MAX)));
    for row in several {
        let members: Vec<usize> = judge
            .ended(&row.workflow)
            .iter()
            .copied()
            .filter(|run| free.get(*run) == Some(&true))
            .filter(|run| row.end.is_none_or(|end| judge.end(*run).is_some_and(|at| at <= end)))
            .collect();
        let count = row.runs.round() as usize;
        let members = members.get(members.len().saturating_sub(count)..).unwrap_or_default();
        let drawn = row.stages();
        let errors = if row.kind == Kind::Mean {
            &mut tally.mean_error
        } else {
            tally.groups.push(row.runs);
            &mut tally.group_error
        };
        for run in members {
            if let Some(slot) = free.get_mut(*run) {
                *slot = false;
            }
            let Some(truth) = runs.get(*run) else { continue };
            let own = truth.happened(has_nodes).stages();
            for (stage, error) in Stage::ALL.iter().zip(errors.iter_mut()) {
                let of =
                    |stages: &BTreeMap<Stage, f64>| stages.get(stage).copied().unwrap_or_default();
                *error = error.max((of(&drawn) - of(&own)).abs());
            }
        }
    }
}

/// A wrong claim in words: the row, the run that it must be, and each number that is wrong.
fn explain(
    claim: &Claim,
    rows: &[ShownRow],
    runs: &[TrueRun],
    told: &[Option<Told>],
    scrapes: &Scrapes,
) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let Some(row) = rows.get(claim.row) else { return text };
    let seconds = |ms: f64| (ms - scrapes.from as f64) / 1_000.0;
    let _ = write!(
        text,
        "{} {:?}, {:?}, end {}",
        row.workflow,
        row.tier,
        row.state.unwrap_or(State::Running),
        row.end.map_or("none".to_owned(), |end| format!("{:.0} s", seconds(end)))
    );
    if let Some((index, run)) = claim.run.and_then(|index| Some((index, runs.get(index)?))) {
        let _ = write!(
            text,
            "; is run {} of propeller {}, windows {} to {}, {:?}, {}",
            run.id,
            run.instance,
            run.windows.0,
            run.windows.1,
            run.reach,
            told.get(index)
                .copied()
                .flatten()
                .map_or("not asked about".to_owned(), |told| format!("{told:?}"))
        );
    }
    for difference in &claim.differences {
        let _ = write!(text, "\n    {difference}");
    }
    text
}

/// The runs of a workflow around the windows of one, for the eye: for `--cell`.
pub fn neighbours(cell: &Cell, id: &str) -> Result<String> {
    use std::fmt::Write;
    let scrapes = Scrapes::of(cell);
    let (_, runs, _) = history(cell, &scrapes, true)?;
    let mut text = String::new();
    let Some(run) = runs.iter().find(|run| run.id == id) else {
        anyhow::bail!("no run {id} in {cell}");
    };
    let near = |other: &&TrueRun| {
        other.workflow == run.workflow
            && other.windows.0 <= run.windows.1.saturating_add(1)
            && other.windows.1.saturating_add(1) >= run.windows.0
    };
    for other in runs.iter().filter(near) {
        let _ = writeln!(
            text,
            "{} propeller {} {:?} {:?} windows {:?}",
            other.id, other.instance, other.state, other.reach, other.windows
        );
        for seen in &other.observations {
            let _ = writeln!(
                text,
                "    {:>9.3} s  {:?}  {} {} = {}",
                (seen.at - scrapes.from) as f64 / 1_000.0,
                seen.sight,
                seen.key.0.name(),
                seen.key.1,
                seen.value
            );
        }
    }
    Ok(text)
}
