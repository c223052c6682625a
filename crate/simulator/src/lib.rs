//! A synthetic Flyte on a virtual clock: exposes the metrics that flytepropeller would, together with the truth about every execution.
//!
//! A [`World`] says which workflows exist and when they are launched; a [`Simulation`] runs it
//! from a seed and a start; a [`Deployment`] says under which label keys the same happenings are
//! exposed. Equal world, seed and start give equal histories, however often and how far the clock
//! is advanced.
//!
//! ```
//! use flyte_simulator::{Deployment, Simulation, World};
//!
//! # fn main() -> anyhow::Result<()> {
//! let start = 1_700_000_000_000; // unix milliseconds
//! let mut flyte = Simulation::new(World::chain(2, 6.0), 7, start)?;
//! flyte.advance_to(start + 3_600_000);
//! let text = flyte.expose(0, Deployment::Core)?; // what `GET /metrics` answers
//! let truth = flyte.truth(); // what really happened
//! # assert!(text.contains("workflow:accepted") && !truth.is_empty());
//! # Ok(())
//! # }
//! ```

mod backstage;
mod board;
mod cell;
mod demo;
mod execution;
mod kube;
mod launch;
mod metric;
mod openmetrics;
mod plan;
mod random;
mod registry;
mod run;
mod series;
mod simulation;
mod text;
mod time;
mod world;

pub mod backfill;
#[cfg(feature = "cli")]
pub mod serve;

pub use execution::{Attempt, Execution, Measured, NodeKind, NodeRun, PodPhase, PodRun, State};
pub use metric::{Kind, Metric};
pub use registry::{Deployment, Keep};
pub use series::{Family, FamilyKind, Sample, Series};
pub use simulation::{DEFAULT_PREFIX, Fleet, Restart, Simulation};
pub use time::{Millis, UnixMillis};
pub use world::{Engine, Incident, Launch, Node, Spread, Task, Work, Workflow, World};
