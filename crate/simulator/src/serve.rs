//! Serves the metrics over HTTP, as propeller and kube-state-metrics do, while the virtual clock
//! follows the real one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::backfill::write_truth;
use crate::registry::Deployment;
use crate::simulation::{Fleet, Simulation};
use crate::time::UnixMillis;
use crate::world::World;

/// What to serve.
#[derive(Debug, Clone)]
pub struct Serve {
    /// The world.
    pub world: World,
    /// The propellers; its first deployment is exposed.
    pub fleet: Fleet,
    /// Seed.
    pub seed: u64,
    /// Begin of the history.
    pub since: UnixMillis,
    /// Virtual seconds in a second.
    pub speed: f64,
    /// Address to listen on.
    pub host: Ipv4Addr,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// Where the truth is written when the server ends.
    pub truth: Option<PathBuf>,
}

/// The simulation and how its clock follows the real one.
struct Live {
    simulation: Simulation,
    deployment: Deployment,
    began: Instant,
    began_at: UnixMillis,
    speed: f64,
}

impl Live {
    fn catch_up(&mut self) -> &mut Simulation {
        let virtual_ms = self.began.elapsed().as_secs_f64() * 1_000.0 * self.speed;
        self.simulation.advance_to(self.began_at + virtual_ms as i64);
        &mut self.simulation
    }
}

type Shared = Arc<Mutex<Live>>;

impl Serve {
    /// Serves until SIGINT or SIGTERM; prints `ready: URL` once requests are answered.
    ///
    /// # Errors
    /// When the world, fleet or times make no sense, the port is taken, or the truth cannot be
    /// written.
    pub fn run(self) -> Result<()> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the server's runtime")?
            .block_on(self.serve())
    }

    async fn serve(self) -> Result<()> {
        let now = unix_now()?;
        if self.since > now {
            bail!("--since ({}) lies in the future", self.since / 1_000);
        }
        if !(self.speed > 0.0 && self.speed.is_finite()) {
            bail!("--speed must be above 0, got {}", self.speed);
        }
        let deployment = *self.fleet.deployments.first().context("a fleet needs a deployment")?;
        let mut simulation = Simulation::with_fleet(self.world, self.seed, self.since, self.fleet)?;
        simulation.advance_to(now);
        let shared: Shared = Arc::new(Mutex::new(Live {
            simulation,
            deployment,
            began: Instant::now(),
            began_at: now,
            speed: self.speed,
        }));
        let listener = TcpListener::bind((self.host, self.port))
            .await
            .with_context(|| format!("cannot listen on {}:{}", self.host, self.port))?;
        let address = listener.local_addr().context("the listener has no address")?;
        println!("ready: http://{address}/metrics");
        std::io::stdout().flush().context("cannot write to standard output")?;
        axum::serve(listener, routes(Arc::clone(&shared)))
            .with_graceful_shutdown(asked_to_end()?)
            .await
            .context("the server broke")?;
        let Some(path) = self.truth else { return Ok(()) };
        let mut live = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let write = |simulation: &Simulation| -> Result<()> {
            let mut out = BufWriter::new(File::create(&path)?);
            write_truth(simulation, &mut out)?;
            Ok(out.flush()?)
        };
        write(live.catch_up()).with_context(|| format!("cannot write {}", path.display()))
    }
}

fn unix_now() -> Result<UnixMillis> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    i64::try_from(since.as_millis()).context("the clock is out of range")
}

fn asked_to_end() -> Result<impl Future<Output = ()>> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .context("cannot listen for SIGTERM")?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    })
}

fn routes(shared: Shared) -> Router {
    Router::new()
        .route("/", get(|| async { INDEX }))
        .route("/metrics", get(metrics))
        .route("/instance/{index}/metrics", get(metrics_of))
        .route("/admin/metrics", get(admin))
        .route("/kube/metrics", get(kube))
        .route("/truth", get(truth))
        .with_state(shared)
}

const INDEX: &str = "A synthetic Flyte.
/metrics                    propeller 0
/metrics?instance=1         propeller 1, and so on
/instance/1/metrics         the same
/admin/metrics              flyteadmin, where it is a process of its own (--dashboards)
/kube/metrics               kube-state-metrics' series of the task pods
/truth                      what really happened, one JSON line per execution
";

#[derive(serde::Deserialize)]
struct Which {
    #[serde(default)]
    instance: usize,
}

async fn metrics(shared: State<Shared>, Query(which): Query<Which>) -> Response {
    metrics_of(shared, Path(which.instance)).await
}

async fn metrics_of(State(shared): State<Shared>, Path(index): Path<usize>) -> Response {
    let mut live = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let deployment = live.deployment;
    match live.catch_up().expose(index, deployment) {
        Ok(text) => exposition(text),
        Err(error) => (StatusCode::NOT_FOUND, format!("{error}\n")).into_response(),
    }
}

async fn admin(State(shared): State<Shared>) -> Response {
    let mut live = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let deployment = live.deployment;
    exposition(live.catch_up().expose_admin(deployment))
}

async fn kube(State(shared): State<Shared>) -> Response {
    exposition(shared.lock().unwrap_or_else(PoisonError::into_inner).catch_up().expose_kube())
}

async fn truth(State(shared): State<Shared>) -> Response {
    let mut live = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = Vec::new();
    match write_truth(live.catch_up(), &mut out) {
        Ok(_) => ([(header::CONTENT_TYPE, "application/x-ndjson")], out).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

fn exposition(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
