//! Measures the truth of the timeline's rows: runs the simulator over a grid of deployments, loads
//! and troubles, lets the core read what Prometheus would hold, and compares its rows with what
//! happened.
//!
//! `cell` (the grid) → `worlds`, `scrapes` (what happens, and what is scraped) → `prometheus` (what
//! is stored and answered) → `shown` (the core's rows); `truth`, `story`, `possible`,
//! `exchange`, `identify` (what happened, and what can be known of it) → `claim`, `conserve` (the comparison) → `measure` → `report`.

mod cell;
mod claim;
mod conserve;
mod exchange;
mod identify;
mod measure;
mod page;
mod possible;
mod prometheus;
mod random;
mod report;
mod scrapes;
mod shown;
mod stage;
mod story;
mod truth;
mod worlds;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use clap::Parser;

use crate::cell::Cell;
use crate::measure::{Measured, measure};

#[derive(Parser)]
#[command(
    name = "accuracy",
    about = "Compares the timeline's rows with what happened, over a grid of loads"
)]
struct Arguments {
    /// A small grid that takes seconds
    #[arg(long)]
    quick: bool,
    /// Write the page with the tables to this file
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Print every cell on a line of its own, too
    #[arg(long)]
    cells: bool,
    /// Measure one cell and show every false claim and every run that is missed, as core:chains:0.25:15:calm
    #[arg(long, value_name = "CELL", conflicts_with_all = ["quick", "write"])]
    cell: Option<Cell>,
    /// With --cell: also show this run, its neighbours and everything that they observed
    #[arg(long, value_name = "EXECUTION", requires = "cell")]
    run: Option<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(cell) = &arguments.cell {
        return one(cell, arguments.run.as_deref());
    }
    let grid = if arguments.quick { cell::quick() } else { cell::full() };
    let all = measure_all(&grid)?;
    let tables = report::tables(&all);
    println!("{tables}");
    if arguments.cells {
        println!("{}", report::cells(&all));
    }
    if let Some(file) = arguments.write {
        let page = page::page(&tables, arguments.quick);
        std::fs::write(&file, page)
            .with_context(|| format!("the page could not be written to {}", file.display()))?;
    }
    let wrong = report::sum(all.iter()).wrong;
    if wrong > 0 {
        bail!("{wrong} claims are false");
    }
    Ok(())
}

fn one(cell: &Cell, run: Option<&str>) -> Result<()> {
    let measured = measure(cell)?;
    for claim in &measured.wrong {
        println!("{}", claim.text);
    }
    for run in &measured.missed {
        println!("missed: {run}");
    }
    for run in &measured.beyond {
        println!("beyond: {run}");
    }
    println!("\n{}", report::cells(&[measured]));
    if let Some(run) = run {
        println!("{}", measure::neighbours(cell, run)?);
    }
    Ok(())
}

/// Measures all cells, as many at once as there are processors. The order is the grid's.
fn measure_all(grid: &[Cell]) -> Result<Vec<Measured>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, Measured)>> {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(cell) = grid.get(index) else { return Ok(done) };
            done.push((index, measure(cell).with_context(|| format!("in cell {cell}"))?));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<Result<Vec<(usize, Measured)>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(anyhow!("a measurement panicked"))))
            .collect()
    });
    let mut all = Vec::with_capacity(grid.len());
    for result in results {
        all.extend(result?);
    }
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, measured)| measured).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flyte_simulator::Deployment;

    #[test]
    fn no_row_claims_what_did_not_happen_and_no_time_is_lost_or_invented() {
        let all = measure_all(&cell::quick()).unwrap();
        for Measured { cell, tally, wrong, .. } in &all {
            let texts: Vec<&str> = wrong.iter().map(|claim| claim.text.as_str()).collect();
            assert!(texts.is_empty(), "{cell}: {}", texts.join("\n"));
            assert!(tally.conservation <= 1e-9, "{cell}: {} of the time", tally.conservation);
        }
        // Else nothing was tested.
        for deployment in Deployment::ALL {
            let of = |measured: &&Measured| measured.cell.deployment == deployment;
            let tally = report::sum(all.iter().filter(of));
            assert!(tally.correct > 100, "{deployment}: {} correct claims", tally.correct);
            // A claim that is right in this world and wrong in another.
            if deployment != Deployment::CoreExec {
                assert_eq!(tally.correct, tally.recovered, "{deployment}: claims by luck");
            }
        }
    }

    #[test]
    fn a_cell_measures_the_same_every_time() {
        let cell: Cell = "binary:demo:0.25:60:both".parse().unwrap();
        let cell = Cell { runs: 10.0, ..cell };
        assert_eq!(measure(&cell).unwrap().tally, measure(&cell).unwrap().tally);
    }
}
