//! The grid: which deployment, load, scrape interval and trouble are measured.

use std::fmt;
use std::str::FromStr;

use flyte_simulator::Deployment;

use crate::random::mix;
use crate::worlds::Shapes;

/// What goes wrong between propeller and Prometheus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Nothing.
    Calm,
    /// Propellers restart.
    Restarts,
    /// Scrapes fail.
    Missed,
    /// Both.
    Both,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Calm, Self::Restarts, Self::Missed, Self::Both];

    /// The word in a cell's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Restarts => "restarts",
            Self::Missed => "missed",
            Self::Both => "both",
        }
    }

    /// Whether propellers restart.
    pub const fn has_restarts(self) -> bool {
        matches!(self, Self::Restarts | Self::Both)
    }

    /// Whether scrapes fail.
    pub const fn misses_scrapes(self) -> bool {
        matches!(self, Self::Missed | Self::Both)
    }
}

/// One history and one way to look at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Under which labels.
    pub deployment: Deployment,
    /// Which workflows.
    pub shapes: Shapes,
    /// Runs of each workflow that are launched in a scrape interval, on average.
    pub load: f64,
    /// Scrape interval and query step, seconds.
    pub interval_s: i64,
    /// What goes wrong.
    pub trouble: Trouble,
    /// Runs of each workflow that the range is made long enough for.
    pub runs: f64,
}

const SHAPES: [Shapes; 2] = [Shapes::Chains, Shapes::Demo];
const LOADS: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0];
const INTERVALS_S: [i64; 3] = [15, 30, 60];

/// A range is at least so long, whatever the load: much longer than any run. So long before it runs
/// are launched, so that it begins amid them.
const LEAST_RANGE_MS: i64 = 3_600_000;
const RUNS: f64 = 150.0;

/// The same where every execution has series of its own, which every later scrape repeats.
const LEAST_RANGE_BY_EXECUTION_MS: i64 = 1_200_000;
const RUNS_BY_EXECUTION: f64 = 60.0;

/// The whole grid.
pub fn full() -> Vec<Cell> {
    grid(&LOADS, &INTERVALS_S, &Trouble::ALL, 1.0)
}

/// A small grid for tests.
pub fn quick() -> Vec<Cell> {
    grid(&[0.1, 1.0], &[30], &[Trouble::Calm, Trouble::Both], 0.2)
}

fn grid(loads: &[f64], intervals: &[i64], troubles: &[Trouble], scale: f64) -> Vec<Cell> {
    let mut cells = Vec::new();
    for deployment in Deployment::ALL {
        for shapes in SHAPES {
            for &load in loads {
                for &interval_s in intervals {
                    for &trouble in troubles {
                        let cell =
                            Cell { deployment, shapes, load, interval_s, trouble, runs: 0.0 };
                        cells.push(Cell { runs: (scale * cell.usual_runs()).ceil(), ..cell });
                    }
                }
            }
        }
    }
    cells
}

impl Cell {
    fn usual_runs(&self) -> f64 {
        if self.deployment == Deployment::CoreExec { RUNS_BY_EXECUTION } else { RUNS }
    }

    /// How long runs are launched before the range, and how long it is at least.
    pub fn least_range_ms(&self) -> i64 {
        if self.deployment == Deployment::CoreExec {
            LEAST_RANGE_BY_EXECUTION_MS
        } else {
            LEAST_RANGE_MS
        }
    }

    /// Scrape interval and query step.
    pub const fn interval_ms(&self) -> i64 {
        self.interval_s * 1_000
    }

    /// Steps of the range.
    pub fn steps(&self) -> u32 {
        let for_runs = (self.runs / self.load).ceil() as u32;
        for_runs.max((self.least_range_ms() / self.interval_ms()) as u32)
    }

    /// Launches of each workflow in an hour.
    pub fn per_hour(&self) -> f64 {
        self.load * 3_600.0 / self.interval_s as f64
    }

    /// The seed of the history. `core` and `binary` differ in labels alone.
    pub fn seed(&self) -> u64 {
        let parts = [self.shapes as u64, self.load.to_bits(), self.interval_s as u64];
        parts.into_iter().fold(7, |seed, part| mix(seed ^ mix(part)))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { deployment, shapes, load, interval_s, trouble, .. } = self;
        write!(f, "{deployment}:{}:{load}:{interval_s}:{}", shapes.word(), trouble.word())
    }
}

impl FromStr for Cell {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let [deployment, shapes, load, interval, trouble] = parts.as_slice() else {
            return Err(format!(
                "{text:?} is no cell: write deployment:shapes:load:seconds:trouble, as in core:chains:0.25:15:calm"
            ));
        };
        let deployment: Deployment = deployment.parse()?;
        let shapes = SHAPES
            .into_iter()
            .find(|known| known.word() == *shapes)
            .ok_or_else(|| format!("no shapes {shapes:?}; there are chains and demo"))?;
        let load: f64 = load
            .parse()
            .ok()
            .filter(|load| (0.01..=20.0).contains(load))
            .ok_or_else(|| format!("load {load:?} is no number from 0.01 to 20"))?;
        let interval_s: i64 =
            interval.parse().ok().filter(|seconds| (1..=600).contains(seconds)).ok_or_else(
                || format!("scrape interval {interval:?} is no number of seconds from 1 to 600"),
            )?;
        let trouble =
            Trouble::ALL.into_iter().find(|known| known.word() == *trouble).ok_or_else(|| {
                format!("no trouble {trouble:?}; there are calm, restarts, missed and both")
            })?;
        let cell = Self { deployment, shapes, load, interval_s, trouble, runs: 0.0 };
        Ok(Self { runs: cell.usual_runs(), ..cell })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_the_grid_is_found_by_its_name() {
        for cell in full() {
            assert_eq!(cell.to_string().parse(), Ok(cell));
        }
        let no_trouble: Result<Cell, _> = "core:chains:0.25:15:none".parse();
        assert!(no_trouble.unwrap_err().contains("calm, restarts, missed and both"));
    }
}
