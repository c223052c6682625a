//! Writes a history as OpenMetrics files for `promtool`, with the truth beside it.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::openmetrics::{Gathered, Written};
use crate::random::Stream;
use crate::registry::{Deployment, Keep};
use crate::simulation::{Fleet, KUBE_INSTANCE, Restart, Simulation};
use crate::time::{Millis, UnixMillis};
use crate::world::World;

/// What to write.
#[derive(Debug, Clone)]
pub struct Backfill {
    /// Name of the world, for `meta.json`.
    pub world_name: String,
    /// The world.
    pub world: World,
    /// The propellers; its first deployment is written.
    pub fleet: Fleet,
    /// Seed.
    pub seed: u64,
    /// Begin of the history.
    pub start: UnixMillis,
    /// End of the history.
    pub end: UnixMillis,
    /// Scrapes up to this time are left out: an earlier history of the same start holds them.
    pub after: Option<UnixMillis>,
    /// Scrape interval.
    pub interval_ms: Millis,
    /// Each scrape comes up to so much later than it should.
    pub jitter_ms: Millis,
    /// Length of time in one file.
    pub split_ms: Millis,
    /// Which series.
    pub keep: Keep,
    /// Whether kube-state-metrics is scraped too.
    pub pods: bool,
    /// Where to write.
    pub out: PathBuf,
}

/// What was written: the content of `meta.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// Name of the world.
    pub world: String,
    /// Label keys.
    pub deployment: Deployment,
    /// Seed.
    pub seed: u64,
    /// Prefix of the metric names.
    pub prefix: String,
    /// Which series.
    pub keep: Keep,
    /// Begin, unix milliseconds.
    pub start: UnixMillis,
    /// End, unix milliseconds.
    pub end: UnixMillis,
    /// Scrape interval in milliseconds.
    pub interval_ms: Millis,
    /// Upper bound of the scrapes' jitter in milliseconds.
    pub jitter_ms: Millis,
    /// The propellers' `instance` labels.
    pub instances: Vec<String>,
    /// The `instance` label of kube-state-metrics.
    pub kube_instance: String,
    /// When which propeller restarted.
    pub restarts: Vec<Restart>,
    /// Names of the OpenMetrics files, in time order.
    pub files: Vec<String>,
    /// Number of executions in `truth.jsonl`.
    pub executions: u64,
    /// Samples written.
    pub samples: u64,
    /// Series, counted anew in every file.
    pub series_by_file: Vec<u64>,
    /// Bytes of all OpenMetrics files.
    pub bytes: u64,
}

/// A scrape: when, and of whom: the propellers, then kube-state-metrics, then flyteadmin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Scrape {
    at: UnixMillis,
    target: usize,
}

impl Backfill {
    /// Writes the files and answers what was written.
    ///
    /// # Errors
    /// When the times or lengths make no sense, the world or fleet is not valid, or a file cannot
    /// be written.
    pub fn run(self) -> Result<Meta> {
        self.check()?;
        fs::create_dir_all(&self.out)
            .with_context(|| format!("cannot create the folder {}", self.out.display()))?;
        let deployment = *self.fleet.deployments.first().context("a fleet needs a deployment")?;
        let mut simulation =
            Simulation::with_fleet(self.world.clone(), self.seed, self.start, self.fleet.clone())?;
        let mut meta = self.meta(deployment);
        let mut gathered = Gathered::default();
        let mut window = self.start.div_euclid(self.split_ms);
        for round in 0.. {
            let scrapes = self.scrapes(round);
            if scrapes.is_empty() {
                break;
            }
            for Scrape { at, target } in scrapes {
                if self.after.is_some_and(|after| at <= after) {
                    continue;
                }
                // Jitter may carry a scrape over a window's edge and the next one not: each
                // window closes when the first scrape of a later one comes.
                if at.div_euclid(self.split_ms) > window {
                    self.flush(&mut gathered, window, &mut meta)?;
                    window = at.div_euclid(self.split_ms);
                }
                simulation.advance_to(at);
                if target == self.fleet.instances {
                    simulation.visit_kube(|series, value| gathered.push(series, at, value));
                    continue;
                }
                if target > self.fleet.instances {
                    simulation.visit_admin(deployment, |series, value| {
                        gathered.push(series, at, value);
                    });
                    continue;
                }
                simulation.visit(target, deployment, self.keep, |series, value| {
                    gathered.push(series, at, value);
                })?;
            }
        }
        self.flush(&mut gathered, window, &mut meta)?;
        simulation.advance_to(self.end);
        meta.executions = self.truth(&simulation)?;
        let path = self.out.join("meta.json");
        fs::write(&path, serde_json::to_string_pretty(&meta)? + "\n")
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(meta)
    }

    fn check(&self) -> Result<()> {
        if self.end <= self.start {
            bail!("--end ({}) must be after --start ({})", self.end / 1_000, self.start / 1_000);
        }
        if self.interval_ms < 1_000 {
            bail!("--interval must be at least 1s");
        }
        if self.jitter_ms < 0 || self.jitter_ms >= self.interval_ms / 2 {
            bail!("--jitter must be shorter than half the interval");
        }
        if self.split_ms < self.interval_ms {
            bail!("--split must not be shorter than --interval");
        }
        Ok(())
    }

    /// The scrapes of one interval, in time order; none when the history is over. Like in
    /// Prometheus, every target has its own offset in the interval.
    fn scrapes(&self, round: i64) -> Vec<Scrape> {
        let instances = self.fleet.instances;
        let mut scrapes: Vec<Scrape> = (0..instances)
            .chain(self.pods.then_some(instances))
            .chain((self.keep == Keep::Dashboards).then_some(instances + 1))
            .map(|target| {
                let offset = Stream::new(self.seed, &[3, target as u64]).share();
                let jitter = Stream::new(self.seed, &[4, target as u64, round as u64]).share();
                let at = self.start
                    + round * self.interval_ms
                    + (offset * (self.interval_ms - self.jitter_ms) as f64) as i64
                    + (jitter * self.jitter_ms as f64) as i64;
                Scrape { at, target }
            })
            .filter(|scrape| scrape.at <= self.end)
            .collect();
        scrapes.sort_unstable();
        scrapes
    }

    fn flush(&self, gathered: &mut Gathered, window: i64, meta: &mut Meta) -> Result<()> {
        if gathered.is_empty() {
            return Ok(());
        }
        let name = format!("metrics-{}.om", window * self.split_ms / 1_000);
        let path = self.out.join(&name);
        let write = || -> Result<Written> {
            let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
            let written = gathered.write(&mut out)?;
            out.flush()?;
            Ok(written)
        };
        let written = { write }().with_context(|| format!("cannot write {}", path.display()))?;
        meta.files.push(name);
        meta.samples += written.samples;
        meta.series_by_file.push(written.series);
        meta.bytes += written.bytes;
        Ok(())
    }

    fn truth(&self, simulation: &Simulation) -> Result<u64> {
        let path = self.out.join("truth.jsonl");
        let write = || -> Result<u64> {
            let mut out = BufWriter::new(File::create(&path)?);
            let count = write_truth(simulation, &mut out)?;
            out.flush()?;
            Ok(count)
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }

    fn meta(&self, deployment: Deployment) -> Meta {
        Meta {
            world: self.world_name.clone(),
            deployment,
            seed: self.seed,
            prefix: self.fleet.prefix.clone(),
            keep: self.keep,
            start: self.start,
            end: self.end,
            interval_ms: self.interval_ms,
            jitter_ms: self.jitter_ms,
            instances: (0..self.fleet.instances).map(crate::simulation::instance_label).collect(),
            kube_instance: KUBE_INSTANCE.to_owned(),
            restarts: self.fleet.restarts.clone(),
            files: Vec::new(),
            executions: 0,
            samples: 0,
            series_by_file: Vec::new(),
            bytes: 0,
        }
    }
}

/// Writes the truth as JSON lines and answers how many executions there are.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_truth(simulation: &Simulation, out: &mut impl Write) -> Result<u64> {
    let mut count = 0;
    for execution in simulation.executions() {
        serde_json::to_writer(&mut *out, &execution)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}
