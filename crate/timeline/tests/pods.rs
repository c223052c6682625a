//! What the pods of a simulated Flyte say, against what really happened to them.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot build its data has failed"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use flyte_simulator::{Deployment, Execution, Keep, PodRun, Simulation, State as Truth, World};
use flyte_timeline::run::{Run, State, Tier};
use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::unit::{Millis, TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};

const START: i64 = 1_700_000_000_000;
const HOURS: i64 = 48;
const INTERVAL: i64 = 60_000;

/// Labels of one series, and its samples: ms since the epoch and value.
type Scraped = BTreeMap<Vec<(String, String)>, (Vec<f64>, Vec<f64>)>;

/// Scrapes kube-state-metrics while the demo's world runs.
fn scrape() -> (Simulation, Scraped) {
    let mut flyte = Simulation::new(World::demo(), 7, START).expect("a world");
    let mut scraped = Scraped::new();
    for round in 1..=HOURS * 3_600_000 / INTERVAL {
        flyte.advance_to(START + round * INTERVAL);
        for sample in flyte.scrape_kube() {
            let mut labels = vec![("__name__".to_owned(), sample.series.name())];
            labels
                .extend(sample.series.labels().map(|(key, value)| (key.to_owned(), value.into())));
            let (times, values) = scraped.entry(labels).or_default();
            times.push(sample.at as f64);
            values.push(sample.value);
        }
    }
    (flyte, scraped)
}

fn load(scraped: &Scraped, asked: Asked) -> Timeline {
    let to = (START + HOURS * 3_600_000) as f64;
    let mut frames = FramesBuilder::new();
    add(&mut frames, scraped, asked, to);
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(START as f64), to: UnixMillis(to) };
    let request = Request { range, ..Request::default() };
    timeline.load(frames.build(), &request).expect("well described");
    timeline
}

fn add(frames: &mut FramesBuilder, scraped: &Scraped, asked: Asked, to: f64) {
    for (labels, (times, values)) in scraped {
        let labels: Vec<_> =
            labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        if let Asked::Range(_) = asked {
            frames.series("A", asked, &labels, times, values);
        } else {
            // What `last_over_time` returns.
            frames.series("A", asked, &labels, &[to], &values[values.len() - 1..]);
        }
    }
}

/// The whole second that Kubernetes keeps of an instant, ms since the epoch.
fn second(at: Option<i64>) -> f64 {
    at.map_or(f64::NAN, |at| (at - at.rem_euclid(1_000)) as f64)
}

/// When each of an execution's pods was created, how long it started and ran: seconds, in order.
fn truly(pods: &[PodRun]) -> Vec<[f64; 3]> {
    let mut told: Vec<_> = pods
        .iter()
        .map(|pod| {
            let created = second(Some(pod.created_at));
            let (ran, ended) = (second(pod.container_started_at), second(pod.completed_at));
            [created, ran - created, ended - ran]
        })
        .collect();
    told.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    told
}

fn shown(timeline: &Timeline, run: &Run) -> Vec<[f64; 3]> {
    let stage = |id: &str| timeline.profile().stages().find(|(_, stage)| stage.id == id).unwrap().0;
    let (start, task) = (stage("pod-start"), stage("task"));
    let pieces = timeline.runs().pieces(run);
    let mut told: Vec<_> = pieces
        .chunk_by(|a, _| a.stage == start)
        .filter(|pair| pair[0].stage == start)
        .map(|pair| {
            assert_eq!((pair.len(), pair[1].stage), (2, task), "{pair:?}");
            let (begin, ran) = (pair[0].begin.unwrap().0, pair[1].begin.unwrap().0);
            assert_eq!(begin + pair[0].value.0, ran);
            [begin, pair[0].value.0, pair[1].value.0]
        })
        .collect();
    told.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    told
}

/// Executions that are over and whose every pod was seen completed.
fn seen_to_the_end(truth: Vec<Execution>, scraped: &Scraped) -> Vec<Execution> {
    let completed: BTreeSet<&str> = scraped
        .keys()
        .filter(|labels| labels[0].1 == "kube_pod_completion_time")
        .flat_map(|labels| labels.iter().filter(|(key, _)| key == "uid"))
        .map(|(_, uid)| uid.as_str())
        .collect();
    let is_seen = |pod: &PodRun| completed.contains(pod.uid.as_str());
    let over = truth.into_iter().filter(|execution| execution.state != Truth::Running);
    over.filter(|e| !e.pods.is_empty() && e.pods.iter().all(is_seen)).collect()
}

#[test]
fn every_finished_execution_is_told_by_its_pods_to_the_second() {
    let (flyte, scraped) = scrape();
    let finished = seen_to_the_end(flyte.truth(), &scraped);
    assert!(finished.len() > 200, "{} executions", finished.len());
    for asked in [Asked::Instant, Asked::Range(60_000)] {
        let timeline = load(&scraped, asked);
        let runs = timeline.runs();
        let known: HashMap<&str, &Run> =
            runs.runs.iter().map(|run| (runs.texts.get(run.execution), run)).collect();
        assert_eq!(known.len(), runs.runs.len(), "a row is one execution");
        for truth in &finished {
            let run = known[truth.exec_id.as_str()];
            assert_eq!(run.tier, Tier::Pod);
            let pods = truly(&truth.pods);
            assert_eq!(shown(&timeline, run), pods, "{}", truth.exec_id);
            let begin = pods[0][0];
            let end = pods.iter().map(|[at, start, ran]| at + start + ran).fold(0.0, f64::max);
            assert_eq!((run.begin, run.end), (Some(UnixMillis(begin)), Some(UnixMillis(end))));
            assert_eq!(run.wall, Some(Millis(end - begin)));
            assert_eq!(runs.texts.get(run.project), truth.project);
            assert_eq!(runs.texts.get(run.domain), truth.domain);
            // What is said to have failed did. That its pods succeeded does not save an execution
            // that was aborted between two of them, or failed where there is no pod.
            assert!(matches!(run.state, State::Succeeded | State::Failed), "{:?}", run.state);
            if run.state == State::Failed {
                assert_eq!(truth.state, Truth::Failed, "{}", truth.exec_id);
            }
            if truth.state == Truth::Succeeded {
                assert_eq!(run.state, State::Succeeded, "{}", truth.exec_id);
            }
        }
    }
}

/// What a propeller that never restarted holds at the end, without what it measured of pod start.
fn counters(flyte: &mut Simulation) -> Scraped {
    let samples = flyte.scrape(0, Deployment::CoreExec, Keep::Timeline).expect("a propeller");
    let wanted = samples.iter().filter(|sample| !sample.series.name().contains("plugin_"));
    wanted
        .map(|sample| {
            let mut labels = vec![("__name__".to_owned(), sample.series.name())];
            labels
                .extend(sample.series.labels().map(|(key, value)| (key.to_owned(), value.into())));
            (labels, (vec![sample.at as f64], vec![sample.value]))
        })
        .collect()
}

/// What all pieces of a node took, ms.
type Nodes<'a> = BTreeMap<&'a str, f64>;

fn nodes<'a>(timeline: &'a Timeline, run: &Run) -> Nodes<'a> {
    let mut nodes = Nodes::new();
    for piece in timeline.runs().pieces(run) {
        *nodes.entry(timeline.runs().texts.get(piece.node)).or_default() += piece.sum.0;
    }
    nodes
}

#[test]
fn beside_its_counters_each_nodes_task_is_split_and_placed_by_its_own_pods_and_takes_no_longer() {
    let (mut flyte, pods) = scrape();
    let counters = counters(&mut flyte);
    let truth = seen_to_the_end(flyte.truth(), &pods);
    let alone = load(&counters, Asked::Instant);
    let both = load(&pods.into_iter().chain(counters).collect(), Asked::Instant);
    assert_eq!(alone.runs().runs.len(), both.runs().runs.len(), "no execution has two rows");
    let runs = both.runs();
    let row = |timeline: &Timeline, id: &str| {
        let runs = timeline.runs();
        let mut own = runs.runs.iter().filter(|run| runs.texts.get(run.execution) == id);
        own.next().expect("a row").clone()
    };
    let (start, task) = {
        let stage = |id| both.profile().stages().find(|(_, stage)| stage.id == id).unwrap().0;
        (stage("pod-start"), stage("task"))
    };
    let (mut split, mut nested) = (0, 0);
    for truth in &truth {
        let run = row(&both, &truth.exec_id);
        let before = nodes(&alone, &row(&alone, &truth.exec_id));
        for (node, sum) in nodes(&both, &run) {
            assert!((sum - before[node]).abs() < 1e-6, "{} {node}", truth.exec_id);
        }
        for pair in runs.pieces(&run).windows(2).filter(|pair| pair[0].stage == start) {
            let node = runs.texts.get(pair[0].node);
            let own: Vec<PodRun> =
                truth.pods.iter().filter(|pod| pod.node == node).cloned().collect();
            let told = truly(&own);
            let starting: f64 = told.iter().map(|[_, start, _]| start).sum();
            assert_eq!(pair[1].stage, task);
            assert!(
                pair[0].sum.0 <= starting && (pair[0].sum.0 == starting || pair[1].sum.0 == 0.0)
            );
            assert_eq!(pair[0].begin, Some(UnixMillis(told[0][0])), "{} {node}", truth.exec_id);
            assert_eq!(pair[1].begin, Some(UnixMillis(told[0][0] + told[0][1])));
            split += 1;
            nested += usize::from(node.contains('/'));
        }
    }
    assert!(split > 500 && nested > 3, "{split} nodes, {nested} inside others");
}
