//! The demo's world: six workflows that a data team might run, in two projects.

use crate::time::{HOUR, MINUTE, Millis};
use crate::world::{Incident, Launch, Node, Spread, Task, Work, Workflow, World};

/// Seconds, with this spread.
const fn secs(median: f64, sigma: f64) -> Spread {
    Spread::new(median * 1_000.0, sigma)
}

/// Somebody launches the long workflows by hand shortly before a two-day history ends, so that
/// it ends with running executions.
const NEARLY_TWO_DAYS: Millis = 48 * HOUR;

impl World {
    /// The demo: about a thousand executions in two days, and an afternoon of queueing trouble
    /// 26 to 29 hours after the start: "yesterday afternoon" of a two-day history.
    #[must_use]
    pub fn demo() -> Self {
        let mut world = Self::new(vec![
            daily_orders(),
            train_model(),
            nightly_batch(),
            feature_lookup(),
            score_customers(),
            weekly_report(),
        ]);
        world.incidents.push(Incident {
            from_ms: 26 * HOUR,
            to_ms: 29 * HOUR,
            engine_factor: 9.0,
            pending_factor: 14.0,
        });
        world
    }
}

/// A chain of four every half hour; the first task is usually answered from the cache at night.
fn daily_orders() -> Workflow {
    Workflow::new(
        "commerce",
        "production",
        "etl.orders.pipeline",
        vec![
            Node::task(
                "n0",
                &[],
                Task::new("etl.orders.extract", secs(48.0, 0.3)).retries(3, 0.06),
            ),
            Node::task("n1", &["n0"], Task::new("etl.orders.clean", secs(35.0, 0.25)).cached(0.25)),
            Node::task("n2", &["n1"], Task::new("etl.orders.join", secs(95.0, 0.35)).fails(0.04)),
            Node::task("n3", &["n2"], Task::new("etl.orders.publish", secs(14.0, 0.3))),
        ],
    )
    .launched(Launch::every_minutes(30, 0))
    .slow(0.05, 4.0)
}

/// Prepare, three trainings in parallel on machines that have to be found first, evaluate.
fn train_model() -> Workflow {
    let gpu = |name: &str, minutes: f64| {
        Task::new(name, secs(minutes * 60.0, 0.25))
            .pod_start(secs(50.0, 0.8), secs(38.0, 0.4))
            .retries(2, 0.08)
    };
    Workflow::new(
        "research",
        "development",
        "training.churn.train_wf",
        vec![
            Node::task("n0", &[], Task::new("training.churn.prepare", secs(80.0, 0.3))),
            Node::task("n1", &["n0"], gpu("training.churn.fit_trees", 9.0)),
            Node::task("n2", &["n0"], gpu("training.churn.fit_linear", 4.0)),
            Node::task("n3", &["n0"], gpu("training.churn.fit_net", 16.0).fails(0.06)),
            Node::task(
                "n4",
                &["n1", "n2", "n3"],
                Task::new("training.churn.evaluate", secs(30.0, 0.3)),
            ),
        ],
    )
    .launched(Launch::Poisson { per_hour: 2.0 })
    .launched(Launch::At(vec![NEARLY_TWO_DAYS - 5 * MINUTE]))
    .aborted(0.07)
    .slow(0.06, 2.0)
}

/// Hours of work in the night, with a sub-workflow in its middle.
fn nightly_batch() -> Workflow {
    let reconcile = vec![
        Node::task("n0", &[], Task::new("finance.ledger.match", secs(700.0, 0.2))),
        Node::task("n1", &["n0"], Task::new("finance.ledger.settle", secs(240.0, 0.2))),
    ];
    Workflow::new(
        "commerce",
        "production",
        "finance.ledger.nightly",
        vec![
            Node::task("n0", &[], Task::new("finance.ledger.snapshot", secs(420.0, 0.2))),
            Node::task("n1", &["n0"], Task::new("finance.ledger.rebuild", secs(3_900.0, 0.15))),
            Node::new("n2", &["n1"], Work::SubWorkflow { children: reconcile }),
            Node::task("n3", &["n2"], Task::new("finance.ledger.archive", secs(150.0, 0.3))),
        ],
    )
    .launched(Launch::every_minutes(12 * 60, 90))
    .launched(Launch::At(vec![NEARLY_TWO_DAYS - 40 * MINUTE]))
}

/// Sub-second look-ups of a feature store, served without a pod.
fn feature_lookup() -> Workflow {
    let lookup = Task::new("features.online.lookup", Spread::new(240.0, 0.6))
        .without_pod("feature_store", Spread::new(35.0, 0.5))
        .fails(0.012);
    Workflow::new(
        "commerce",
        "production",
        "features.online.refresh",
        vec![Node::task("n0", &[], lookup)],
    )
    .launched(Launch::Poisson { per_hour: 14.0 })
    .slow(0.03, 12.0)
}

/// A map task of eight, four at a time, between load and store.
fn score_customers() -> Workflow {
    let score = Task::new("scoring.customers.score_shard", secs(42.0, 0.4)).retries(2, 0.03);
    Workflow::new(
        "research",
        "production",
        "scoring.customers.score_wf",
        vec![
            Node::task("n0", &[], Task::new("scoring.customers.load", secs(18.0, 0.3)).cached(0.3)),
            Node::new("n1", &["n0"], Work::Array { task: score, size: 8, at_once: 4 }),
            Node::task("n2", &["n1"], Task::new("scoring.customers.store", secs(9.0, 0.3))),
        ],
    )
    .launched(Launch::every_minutes(60, 10))
    .launched(Launch::Poisson { per_hour: 0.4 })
    .slow(0.06, 3.0)
}

/// A dynamic task that fans out over sections of a report.
fn weekly_report() -> Workflow {
    let section = |id: &str, seconds: f64| {
        Node::task(id, &[], Task::new("reports.weekly.section", secs(seconds, 0.4)))
    };
    let children = vec![
        section("n0", 40.0),
        section("n1", 65.0),
        section("n2", 25.0),
        Node::task("n3", &["n0", "n1", "n2"], Task::new("reports.weekly.merge", secs(12.0, 0.3))),
    ];
    Workflow::new(
        "research",
        "development",
        "reports.weekly.build",
        vec![
            Node::new(
                "n0",
                &[],
                Work::Dynamic { task: Task::new("reports.weekly.plan", secs(11.0, 0.3)), children },
            ),
            Node::task(
                "n1",
                &["n0"],
                Task::new("reports.weekly.send", secs(6.0, 0.4)).fails(0.08).retries(2, 0.1),
            ),
        ],
    )
    .launched(Launch::Poisson { per_hour: 1.6 })
    .aborted(0.04)
}
