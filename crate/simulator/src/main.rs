//! Command line of the synthetic Flyte.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use flyte_simulator::backfill::Backfill;
use flyte_simulator::serve::Serve;
use flyte_simulator::{
    DEFAULT_PREFIX, Deployment, Fleet, Keep, Millis, Restart, UnixMillis, World,
};

/// A synthetic Flyte: runs workflows on a virtual clock and exposes the metrics that a real one
/// would, together with the truth about every execution.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a history as OpenMetrics files for `promtool tsdb create-blocks-from openmetrics`,
    /// with `truth.jsonl` and `meta.json` beside them.
    Backfill(BackfillArgs),
    /// Serve live /metrics, on 127.0.0.1 unless --host says otherwise: simulate from --since to now
    /// at once, then follow the clock. The same world, seed, start, instances and restarts continue
    /// a backfill's history.
    Serve(ServeArgs),
}

#[derive(Args)]
struct FlyteArgs {
    /// Label keys of the metrics.
    #[arg(long, value_enum, default_value_t = Keys::CoreExec)]
    deployment: Keys,
    /// Equal seeds give equal histories.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// What runs: the demo's six workflows, or a chain of two tasks at --load.
    #[arg(long, value_enum, default_value_t = Worlds::Demo)]
    world: Worlds,
    /// Launches an hour in the world `chain`.
    #[arg(long, default_value_t = 12.0, value_name = "PER_HOUR")]
    load: f64,
    /// Propeller instances, over which executions are sharded.
    #[arg(long, default_value_t = 1)]
    instances: usize,
    /// Restart every instance this often, one after the other; `never` for not at all. [default:
    /// 4h for core-exec, whose series would otherwise pile up as they do in Flyte; else never]
    #[arg(long, value_name = "DURATION")]
    restart_every: Option<String>,
    /// Restart all instances at this time; may be repeated.
    #[arg(long, value_name = "UNIX_SECONDS")]
    restart_at: Vec<i64>,
    /// What stands before every metric name.
    #[arg(long, default_value = DEFAULT_PREFIX)]
    prefix: String,
    /// Give every series of the history a `cluster` label with this value, as where one Prometheus
    /// scrapes several Flytes.
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,
}

#[derive(Args)]
struct BackfillArgs {
    #[command(flatten)]
    flyte: FlyteArgs,
    /// Begin of the history. [default: two days before --end]
    #[arg(long, value_name = "UNIX_SECONDS")]
    start: Option<i64>,
    /// End of the history. [default: now]
    #[arg(long, value_name = "UNIX_SECONDS")]
    end: Option<i64>,
    /// Leave out scrapes up to this time, which an earlier history of the same start already holds.
    #[arg(long, value_name = "UNIX_SECONDS")]
    after: Option<i64>,
    /// Scrape interval.
    #[arg(long, default_value = "60s", value_parser = duration)]
    interval: Millis,
    /// Let each scrape come up to this much late.
    #[arg(long, default_value = "0s", value_parser = duration)]
    jitter: Millis,
    /// Time in one file. Keep to 2h, the length of Prometheus's blocks, so that promtool reads
    /// every file once.
    #[arg(long, default_value = "2h", value_parser = duration)]
    split: Millis,
    /// Series to write: what a timeline needs, or all.
    #[arg(long, value_enum, default_value_t = Series::Timeline)]
    keep: Series,
    /// Leave out kube-state-metrics.
    #[arg(long)]
    no_pods: bool,
    /// Folder to write to; created if missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    flyte: FlyteArgs,
    /// Begin of the history. [default: two days ago]
    #[arg(long, value_name = "UNIX_SECONDS")]
    since: Option<i64>,
    /// Virtual seconds in a second.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Address to listen on; 0.0.0.0 in a container, which nobody else reaches otherwise.
    #[arg(long, default_value_t = Ipv4Addr::LOCALHOST)]
    host: Ipv4Addr,
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Also serve propeller's engine, flyteadmin and the cluster, as the dashboards show them.
    #[arg(long)]
    dashboards: bool,
    /// Write the truth here when the server ends.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Keys {
    /// flyte-core as installed: project, domain, wf, task.
    Core,
    /// flyte-core with `node` and `exec_id` among the metric keys.
    CoreExec,
    /// flyte-binary: its ten fixed keys.
    Binary,
}

#[derive(Clone, Copy, ValueEnum)]
enum Worlds {
    /// Six workflows in two projects, with everything that can happen.
    Demo,
    /// One chain of two tasks, Poisson arrivals.
    Chain,
}

#[derive(Clone, Copy, ValueEnum)]
enum Series {
    /// `_sum` and `_count` of the stages, and the counters of executions.
    Timeline,
    /// Everything of the stages' metrics.
    All,
    /// Also propeller's engine, flyteadmin and the cluster, as the dashboards show them.
    Dashboards,
}

const TWO_DAYS: Duration = Duration::from_secs(2 * 86_400);

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Backfill(args) => backfill(&args),
        Command::Serve(args) => serve(args),
    }
}

fn backfill(args: &BackfillArgs) -> Result<()> {
    let end = args.end.map_or_else(now, seconds)?;
    let start = args.start.map_or_else(|| Ok(end - millis(TWO_DAYS)?), seconds)?;
    let mut fleet = fleet(&args.flyte, start, end)?;
    fleet.backstage = matches!(args.keep, Series::Dashboards);
    let meta = Backfill {
        world_name: world_name(&args.flyte),
        world: world(&args.flyte),
        fleet,
        seed: args.flyte.seed,
        start,
        end,
        after: args.after.map(seconds).transpose()?,
        interval_ms: args.interval,
        jitter_ms: args.jitter,
        split_ms: args.split,
        keep: match args.keep {
            Series::Timeline => Keep::Timeline,
            Series::All => Keep::All,
            Series::Dashboards => Keep::Dashboards,
        },
        pods: !args.no_pods,
        out: args.out.clone(),
    }
    .run()?;
    println!(
        "{}: {} executions, {} samples, {} bytes in {} files",
        args.out.display(),
        meta.executions,
        meta.samples,
        meta.bytes,
        meta.files.len()
    );
    Ok(())
}

fn serve(args: ServeArgs) -> Result<()> {
    let since = args.since.map_or_else(|| Ok(now()? - millis(TWO_DAYS)?), seconds)?;
    // A server may run for long: plan restarts for a year.
    let horizon = now()? + millis(Duration::from_secs(365 * 86_400))?;
    Serve {
        world: world(&args.flyte),
        fleet: Fleet { backstage: args.dashboards, ..fleet(&args.flyte, since, horizon)? },
        seed: args.flyte.seed,
        since,
        speed: args.speed,
        host: args.host,
        port: args.port,
        truth: args.truth,
    }
    .run()
}

fn world(args: &FlyteArgs) -> World {
    match args.world {
        Worlds::Demo => World::demo(),
        Worlds::Chain => World::chain(2, args.load),
    }
}

fn world_name(args: &FlyteArgs) -> String {
    match args.world {
        Worlds::Demo => "demo".to_owned(),
        Worlds::Chain => format!("chain at {} an hour", args.load),
    }
}

fn fleet(args: &FlyteArgs, start: UnixMillis, end: UnixMillis) -> Result<Fleet> {
    let deployment = match args.deployment {
        Keys::Core => Deployment::Core,
        Keys::CoreExec => Deployment::CoreExec,
        Keys::Binary => Deployment::Binary,
    };
    let every = match args.restart_every.as_deref() {
        Some("never") => None,
        Some(text) => Some(duration(text).map_err(anyhow::Error::msg).context("--restart-every")?),
        None if deployment == Deployment::CoreExec => Some(millis(Duration::from_secs(4 * 3_600))?),
        None => None,
    };
    let mut fleet = Fleet {
        instances: args.instances,
        prefix: args.prefix.clone(),
        cluster: args.cluster.clone(),
        ..Fleet::of(deployment)
    };
    if let Some(every) = every {
        if every < 1_000 {
            bail!("--restart-every must be at least 1s");
        }
        fleet.restart_every(every, start, end);
    }
    for &at in &args.restart_at {
        let at = seconds(at)?;
        fleet.restarts.extend((0..args.instances).map(|instance| Restart { at, instance }));
    }
    fleet.restarts.sort_unstable();
    Ok(fleet)
}

fn now() -> Result<UnixMillis> {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?)
}

fn seconds(unix: i64) -> Result<UnixMillis> {
    unix.checked_mul(1_000).with_context(|| format!("{unix} is no time in unix seconds"))
}

fn millis(duration: Duration) -> Result<Millis> {
    i64::try_from(duration.as_millis()).context("a duration is too long")
}

fn duration(text: &str) -> Result<Millis, String> {
    let duration = humantime::parse_duration(text).map_err(|error| error.to_string())?;
    i64::try_from(duration.as_millis()).map_err(|_| format!("{text} is too long"))
}
