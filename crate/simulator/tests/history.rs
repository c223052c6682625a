//! What a history must hold, whatever the world: the counters and the truth tell the same story,
//! and the quirks of Flyte are all there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // The helpers of tests are tests too.

use std::collections::{BTreeMap, BTreeSet};

use flyte_simulator::{
    Deployment, Execution, Fleet, Incident, Keep, Launch, Metric, Millis, Node, NodeKind, Restart,
    Sample, Simulation, Spread, State, Task, UnixMillis, Work, Workflow, World,
};

const START: UnixMillis = 1_700_000_000_000;
const HOUR: Millis = 3_600_000;

fn simulate(world: World, hours: i64) -> Simulation {
    let mut flyte = Simulation::new(world, 7, START).unwrap();
    flyte.advance_to(START + hours * HOUR);
    flyte
}

/// One launch of a workflow of these nodes, at the start.
fn once(nodes: Vec<Node>) -> Simulation {
    let workflow = Workflow::new("p", "d", "w", nodes).launched(Launch::At(vec![0]));
    simulate(World::new(vec![workflow]), 3)
}

fn task(name: &str) -> Task {
    Task::new(name, Spread::new(20_000.0, 0.4))
}

/// What was measured of an execution: sum and count by metric and node.
fn measured(execution: &Execution, metric: Metric, node: &str) -> Option<(i64, u64)> {
    let found = execution.metrics.iter().find(|m| m.metric == metric && m.node == node);
    found.map(|measured| (measured.sum, measured.count))
}

fn total(execution: &Execution, metric: Metric) -> u64 {
    execution.metrics.iter().filter(|m| m.metric == metric).map(|m| m.count).sum()
}

/// Sum of the samples with this name, by `wf`.
fn by_workflow(samples: &[Sample], name: &str) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for sample in samples.iter().filter(|sample| sample.series.name() == name) {
        let wf = sample.series.labels().find(|(key, _)| *key == "wf").unwrap().1;
        *sums.entry(wf.to_owned()).or_default() += sample.value;
    }
    sums
}

#[test]
fn the_counters_hold_exactly_what_the_truth_says() {
    let fleet = Fleet { instances: 3, ..Fleet::default() };
    let mut flyte = Simulation::with_fleet(World::demo(), 11, START, fleet).unwrap();
    flyte.advance_to(START + 7 * HOUR);
    let truth = flyte.truth();
    let stages = [
        Metric::WorkflowAcceptance,
        Metric::NodeTransition,
        Metric::NodeQueueing,
        Metric::PluginQueue,
        Metric::PluginInitialize,
        Metric::NodeSuccessDuration,
        Metric::WorkflowSuccessDuration,
        Metric::WorkflowFailureDuration,
    ];
    for deployment in Deployment::ALL {
        let samples: Vec<Sample> = (0..3)
            .flat_map(|instance| flyte.scrape(instance, deployment, Keep::All).unwrap())
            .collect();
        for metric in stages {
            let (mut sums, mut counts) = (BTreeMap::new(), BTreeMap::new());
            for execution in &truth {
                for m in execution.metrics.iter().filter(|m| m.metric == metric) {
                    *sums.entry(execution.workflow.clone()).or_insert(0.0) += m.sum as f64;
                    *counts.entry(execution.workflow.clone()).or_insert(0.0) += m.count as f64;
                }
            }
            let name = format!("flyte:propeller:all:{}", metric.name());
            assert_eq!(by_workflow(&samples, &format!("{name}_sum")), sums, "{name} {deployment}");
            assert_eq!(by_workflow(&samples, &format!("{name}_count")), counts, "{name}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_history_however_the_clock_is_advanced() {
    let mut stepped = Simulation::new(World::demo(), 5, START).unwrap();
    for minute in 0..=180 {
        stepped.advance_to(START + minute * 60_000 + minute % 7 * 13);
        stepped.scrape(0, Deployment::CoreExec, Keep::All).unwrap();
    }
    let mut leapt = Simulation::new(World::demo(), 5, START).unwrap();
    leapt.advance_to(stepped.now());
    assert_eq!(leapt.truth(), stepped.truth());
    assert_eq!(leapt.expose_kube(), stepped.expose_kube());
    for deployment in Deployment::ALL {
        let texts = (leapt.expose(0, deployment).unwrap(), stepped.expose(0, deployment).unwrap());
        assert_eq!(texts.0, texts.1);
    }
    let mut other = Simulation::new(World::demo(), 6, START).unwrap();
    other.advance_to(stepped.now());
    assert_ne!(other.truth(), stepped.truth());
}

#[test]
fn every_stage_reads_up_to_a_second_high_and_plugin_latencies_are_exact() {
    let flyte = simulate(World::demo(), 24);
    let mut checked = 0;
    let high = |read: i64, real: i64| assert!((0..1_000).contains(&(read - real)), "{read} {real}");
    for execution in flyte.truth().iter().filter(|e| e.state == State::Succeeded) {
        let (running, ended) = (execution.running_at.unwrap(), execution.ended_at.unwrap());
        let of = |metric, node: &str| measured(execution, metric, node).map(|(sum, _)| sum);
        high(of(Metric::WorkflowAcceptance, "").unwrap(), running - execution.accepted_at);
        high(of(Metric::WorkflowSuccessDuration, "").unwrap(), ended - running);
        for node in &execution.nodes {
            if let Some(read) = of(Metric::NodeTransition, &node.id) {
                high(read, node.queued_event_at - node.ready_at);
            }
            if let Some(read) = of(Metric::NodeQueueing, &node.id) {
                high(read, node.started_at.unwrap() - node.queued_at);
            }
            if let Some(read) = of(Metric::NodeSuccessDuration, &node.id) {
                high(read, node.ended_at.unwrap() - node.started_at.unwrap());
                checked += 1;
            }
            let pending: i64 = node.attempts.iter().map(|attempt| attempt.pending_us).sum();
            assert_eq!(of(Metric::PluginQueue, &node.id).unwrap_or(0), pending);
        }
    }
    assert!(checked > 500);
}

#[test]
fn transition_and_queueing_overlap_by_the_pre_execution() {
    let flyte = once(vec![Node::task("n0", &[], task("t"))]);
    let execution = &flyte.truth()[0];
    let node = &execution.nodes[0];
    let overlap = node.queued_event_at - node.queued_at;
    assert!(overlap > 0);
    let (transition, _) = measured(execution, Metric::NodeTransition, "n0").unwrap();
    let (queueing, _) = measured(execution, Metric::NodeQueueing, "n0").unwrap();
    assert!(transition + queueing >= node.started_at.unwrap() - node.ready_at + overlap);
}

#[test]
fn a_restart_begins_new_counters_and_the_executions_go_on() {
    let at = START + HOUR;
    let fleet = Fleet { restarts: vec![Restart { at, instance: 0 }], ..Fleet::default() };
    let world = World::chain(2, 240.0);
    let mut flyte = Simulation::with_fleet(world.clone(), 7, START, fleet).unwrap();
    let accepted = |flyte: &mut Simulation| {
        let samples = flyte.scrape(0, Deployment::Core, Keep::All).unwrap();
        let sums = by_workflow(&samples, "flyte:propeller:all:workflow:accepted");
        sums.into_values().next().map(|value| value as usize)
    };
    flyte.advance_to(at - 1);
    assert!(accepted(&mut flyte) > Some(100));
    flyte.advance_to(at);
    assert_eq!(accepted(&mut flyte), None, "the series is gone");
    let text = flyte.expose(0, Deployment::Core).unwrap();
    assert!(text.contains("success_duration_unlabeled_ms_count 0"), "only the twins are there");
    flyte.advance_to(at + HOUR);
    let after = flyte.truth().iter().filter(|e| e.running_at.is_some_and(|t| t > at)).count();
    assert_eq!(accepted(&mut flyte), Some(after));
    let mut undisturbed = Simulation::new(world, 7, START).unwrap();
    undisturbed.advance_to(at + HOUR);
    assert_eq!(undisturbed.truth(), flyte.truth());
}

#[test]
fn executions_are_sharded_and_every_propeller_tells_of_its_own() {
    let fleet = Fleet { instances: 2, ..Fleet::of(Deployment::CoreExec) };
    let mut flyte = Simulation::with_fleet(World::chain(1, 60.0), 7, START, fleet).unwrap();
    flyte.advance_to(START + 2 * HOUR);
    for instance in 0..2 {
        let samples = flyte.scrape(instance, Deployment::CoreExec, Keep::All).unwrap();
        let label = |sample: &Sample, wanted: &str| {
            sample.series.labels().find(|(key, _)| *key == wanted).map(|(_, v)| v.to_owned())
        };
        let told: BTreeSet<String> =
            samples.iter().filter_map(|sample| label(sample, "exec_id")).collect();
        let own: BTreeSet<String> = (flyte.truth().into_iter())
            .filter(|e| e.instance == instance && !e.metrics.is_empty())
            .map(|e| e.exec_id)
            .collect();
        assert!(own.len() > 20);
        assert_eq!(told, own);
        let truth = flyte.truth();
        let of_instance = truth.iter().find(|e| e.instance == instance).unwrap();
        assert_eq!(label(&samples[0], "instance").unwrap(), of_instance.instance_label);
    }
    assert!(flyte.expose(2, Deployment::CoreExec).unwrap_err().to_string().contains("0 to 1"));
    assert!(flyte.expose(0, Deployment::Core).unwrap_err().to_string().contains("core"));
}

#[test]
fn a_cached_node_has_neither_transition_nor_queueing_nor_duration() {
    let nodes =
        vec![Node::task("n0", &[], task("a").cached(1.0)), Node::task("n1", &["n0"], task("b"))];
    let execution = &once(nodes).truth()[0];
    assert_eq!(execution.state, State::Succeeded);
    assert!(execution.nodes[0].cached);
    for metric in [Metric::NodeTransition, Metric::NodeQueueing, Metric::NodeSuccessDuration] {
        assert_eq!(measured(execution, metric, "n0"), None);
        assert_eq!(measured(execution, metric, "n1").unwrap().1, 1);
    }
    assert!(execution.pods.iter().all(|pod| pod.node == "n1"));
}

#[test]
fn a_retried_task_has_one_duration_and_one_pod_start_for_each_attempt() {
    let execution = &once(vec![Node::task("n0", &[], task("a").retries(3, 1.0))]).truth()[0];
    let node = &execution.nodes[0];
    assert_eq!((execution.state, node.attempts.len()), (State::Succeeded, 2));
    assert_eq!(measured(execution, Metric::PluginQueue, "n0").unwrap().1, 2);
    assert_eq!(measured(execution, Metric::PluginInitialize, "n0").unwrap().1, 2);
    assert_eq!(measured(execution, Metric::NodeUserError, "n0").unwrap().1, 1);
    let (duration, count) = measured(execution, Metric::NodeSuccessDuration, "n0").unwrap();
    assert_eq!(count, 1);
    assert!(duration > node.attempts.iter().map(|attempt| attempt.run_ms).sum());
    let pods: Vec<String> = execution.pods.iter().map(|pod| pod.pod.clone()).collect();
    assert_eq!(pods, [0, 1].map(|n| format!("{}-n0-{n}", execution.exec_id)));
}

#[test]
fn of_a_missed_attempt_the_whole_start_is_one_wait_or_nothing_is_told() {
    let nodes = (0..40).map(|n| Node::task(&format!("n{n}"), &[], task("a").missed(1.0))).collect();
    let execution = &once(nodes).truth()[0];
    let mut told = BTreeSet::new();
    for node in execution.nodes.iter().filter(|node| !node.attempts.is_empty()) {
        let [attempt] = &node.attempts[..] else { panic!("{node:?}") };
        assert_eq!(measured(execution, Metric::PluginInitialize, &node.id), None);
        let wait = measured(execution, Metric::PluginQueue, &node.id);
        assert!(wait.is_none_or(|wait| wait == (attempt.pending_us + attempt.init_us, 1)));
        told.insert(wait.is_some());
    }
    assert_eq!(told.len(), 2, "both happen");
}

#[test]
fn a_failed_node_fails_the_execution_and_stops_the_rest() {
    let nodes = vec![
        Node::task("n0", &[], task("bad").fails(1.0).retries(2, 0.0)),
        Node::task("n1", &[], Task::new("long", Spread::fixed(3_000_000.0))),
        Node::task("n2", &["n0", "n1"], task("never")),
    ];
    let execution = &once(nodes).truth()[0];
    assert_eq!(execution.state, State::Failed);
    assert_eq!(measured(execution, Metric::NodeFailureDuration, "n0").unwrap().1, 1);
    assert_eq!(measured(execution, Metric::NodePermaUserError, "n0").unwrap().1, 1);
    assert_eq!(measured(execution, Metric::WorkflowFailureDuration, "").unwrap().1, 1);
    assert_eq!(total(execution, Metric::WorkflowSuccessDuration), 0);
    assert_eq!(total(execution, Metric::WorkflowCompletion), 0);
    assert_eq!(total(execution, Metric::NodeSuccessDuration), 0);
    let ids: Vec<&str> = execution.nodes.iter().map(|node| node.id.as_str()).collect();
    assert!(ids.contains(&"n1") && !ids.contains(&"n2") && !ids.contains(&"end-node"));
    let long = execution.pods.iter().find(|pod| pod.node == "n1").unwrap();
    assert_eq!((long.completed_at, long.gone_at.is_some()), (None, true));
}

#[test]
fn only_an_abort_has_a_completion_latency_and_it_holds_the_whole_run() {
    let long = Task::new("long", Spread::fixed(600_000.0));
    let workflow = Workflow::new("p", "d", "w", vec![Node::task("n0", &[], long)])
        .launched(Launch::At(vec![0]))
        .aborted(1.0);
    let execution = &simulate(World::new(vec![workflow]), 1).truth()[0];
    assert_eq!(execution.state, State::Aborted);
    assert_eq!(measured(execution, Metric::WorkflowAborted, ""), Some((1, 1)));
    let (latency, _) = measured(execution, Metric::WorkflowCompletion, "").unwrap();
    let run = execution.ended_at.unwrap() - execution.running_at.unwrap();
    assert!((run..run + 1_000).contains(&latency) && run > 30_000);
    for metric in [Metric::WorkflowSuccessDuration, Metric::WorkflowFailureDuration] {
        assert_eq!(total(execution, metric), 0);
    }
    for execution in simulate(World::demo(), 24).truth() {
        let completions = total(&execution, Metric::WorkflowCompletion);
        assert_eq!(completions, u64::from(execution.state == State::Aborted));
    }
}

#[test]
fn parents_contain_their_children() {
    let children = || vec![Node::task("n0", &[], task("x")), Node::task("n1", &["n0"], task("y"))];
    let dynamic = Work::Dynamic { task: task("plan"), children: children() };
    let execution = &once(vec![
        Node::new("n0", &[], Work::Array { task: task("each"), size: 5, at_once: 2 }),
        Node::new("n1", &["n0"], dynamic),
        Node::new("n2", &["n1"], Work::SubWorkflow { children: children() }),
    ])
    .truth()[0];
    let ids: BTreeSet<&str> = execution.nodes.iter().map(|node| node.id.as_str()).collect();
    let expected = [
        "end-node",
        "n0",
        "n0/n0-n0",
        "n0/n0-n1",
        "n0/n0-n2",
        "n0/n0-n3",
        "n0/n0-n4",
        "n1",
        "n1/end-node",
        "n1/n1-0-dn0",
        "n1/n1-0-dn1",
        "n2",
        "n2/end-node",
        "n2/n0",
        "n2/n1",
    ];
    assert_eq!(ids, expected.into_iter().collect());
    for child in execution.nodes.iter().filter(|node| node.parent.is_some()) {
        let parent = execution.nodes.iter().find(|node| Some(&node.id) == child.parent.as_ref());
        let parent = parent.unwrap();
        assert!(parent.started_at.unwrap() <= child.queued_at, "{}", child.id);
        assert!(child.ended_at.unwrap() <= parent.ended_at.unwrap(), "{}", child.id);
        let in_array = parent.kind == NodeKind::Array;
        assert_eq!(measured(execution, Metric::NodeTransition, &child.id).is_none(), in_array);
    }
    for (id, has_duration) in [("n0", true), ("n1", true), ("n2", false)] {
        assert!(measured(execution, Metric::NodeTransition, id).is_some());
        assert!(measured(execution, Metric::NodeQueueing, id).is_some());
        assert_eq!(measured(execution, Metric::NodeSuccessDuration, id).is_some(), has_duration);
    }
    // The dynamic task's own pod, and one for each child task.
    assert_eq!(execution.pods.len(), 5 + 1 + 2 + 2);
    let names: BTreeSet<&str> = execution.pods.iter().map(|pod| pod.pod.as_str()).collect();
    assert_eq!(names.len(), execution.pods.len());
}

#[test]
fn quantiles_become_nan_ten_minutes_after_the_last_observation() {
    let mut flyte = Simulation::new(World::chain_at(1, &[0]), 7, START).unwrap();
    flyte.advance_to(START + 30_000);
    let quantile = |flyte: &mut Simulation| {
        let samples = flyte.scrape(0, Deployment::Core, Keep::All).unwrap();
        let name = "flyte:propeller:all:workflow:acceptance_latency_ms";
        let of = |sample: &&Sample| sample.series.name() == name;
        samples.iter().find(of).map(|sample| sample.value).unwrap()
    };
    let truth = flyte.truth();
    let accepted = truth[0].metrics.iter().find(|m| m.metric == Metric::WorkflowAcceptance);
    let (value, at) = accepted.map(|m| (m.sum, m.observed_at[0])).unwrap();
    assert_eq!(quantile(&mut flyte).to_bits(), (value as f64).to_bits());
    flyte.advance_to(at + 599_999);
    assert!(!quantile(&mut flyte).is_nan());
    flyte.advance_to(at + 600_000);
    assert!(quantile(&mut flyte).is_nan());
}

#[test]
fn a_pod_is_seen_from_its_creation_until_shortly_after_its_end() {
    let mut flyte = Simulation::new(World::chain_at(1, &[0]), 7, START).unwrap();
    flyte.advance_to(START + HOUR);
    let pod = flyte.truth()[0].pods[0].clone();
    let mut flyte = Simulation::new(World::chain_at(1, &[0]), 7, START).unwrap();
    let mut names_at = |at: UnixMillis| -> (BTreeSet<String>, Vec<String>) {
        flyte.advance_to(at);
        let samples = flyte.scrape_kube();
        let phase = samples.iter().filter(|s| s.value > 0.0).filter_map(|s| {
            s.series.labels().find(|(key, _)| *key == "phase").map(|(_, v)| v.to_owned())
        });
        (samples.iter().map(|s| s.series.name()).collect(), phase.collect())
    };
    assert!(names_at(pod.created_at - 1).0.is_empty());
    let (names, phase) = names_at(pod.created_at);
    assert_eq!(phase, ["Pending"]);
    assert!(names.contains("kube_pod_labels") && !names.contains("kube_pod_start_time"));
    let (names, phase) = names_at(pod.container_started_at.unwrap());
    assert_eq!(phase, ["Running"]);
    assert!(names.contains("kube_pod_status_scheduled_time"));
    assert!(!names.contains("kube_pod_completion_time"));
    let (names, phase) = names_at(pod.completed_at.unwrap());
    assert_eq!((names.len(), phase), (7, vec!["Succeeded".to_owned()]));
    assert!(names_at(pod.gone_at.unwrap()).0.is_empty());
}

#[test]
fn an_incident_lengthens_queueing_while_it_lasts() {
    let mut world = World::chain(2, 120.0);
    world.incidents.push(Incident {
        from_ms: HOUR,
        to_ms: 2 * HOUR,
        engine_factor: 8.0,
        pending_factor: 10.0,
    });
    let truth = simulate(world, 3).truth();
    let mean = |from: i64, to: i64, metric: Metric| {
        let seen = truth.iter().flat_map(|e| &e.metrics).filter(|m| m.metric == metric);
        let times = seen.flat_map(|m| m.observed_at.iter().zip(&m.values));
        let values: Vec<i64> = times
            .filter(|(at, _)| (START + from..START + to).contains(*at))
            .map(|(_, &value)| value)
            .collect();
        assert!(values.len() > 50);
        values.iter().sum::<i64>() as f64 / values.len() as f64
    };
    for (metric, factor) in [(Metric::NodeQueueing, 1.8), (Metric::PluginQueue, 5.0)] {
        let (before, during) = (mean(0, HOUR, metric), mean(HOUR, 2 * HOUR, metric));
        assert!(during > factor * before, "{}: {before} then {during}", metric.name());
    }
}

#[test]
fn the_demo_shows_everything_that_can_happen() {
    let truth = simulate(World::demo(), 48).truth();
    assert!((850..1_200).contains(&truth.len()), "{} executions", truth.len());
    let states: BTreeMap<String, usize> = truth.iter().fold(BTreeMap::new(), |mut states, e| {
        *states.entry(format!("{:?}", e.state)).or_default() += 1;
        states
    });
    assert!(states["Failed"] >= 5 && states["Aborted"] >= 5, "{states:?}");
    assert!((1..20).contains(&states["Running"]), "{states:?}");
    let workflows: BTreeSet<&str> = truth.iter().map(|e| e.workflow.as_str()).collect();
    let places: BTreeSet<(&str, &str)> =
        truth.iter().map(|e| (e.project.as_str(), e.domain.as_str())).collect();
    assert_eq!((workflows.len(), places.len()), (6, 3));
    let nodes = || truth.iter().flat_map(|e| &e.nodes);
    for kind in
        [NodeKind::Task, NodeKind::Array, NodeKind::Dynamic, NodeKind::SubWorkflow, NodeKind::End]
    {
        assert!(nodes().any(|node| node.kind == kind), "{kind:?}");
    }
    assert!(nodes().any(|node| node.cached) && nodes().any(|node| node.attempts.len() > 1));
    let ids: BTreeSet<&str> = truth.iter().map(|e| e.exec_id.as_str()).collect();
    assert_eq!(ids.len(), truth.len());
}

#[test]
fn a_world_that_makes_no_sense_is_named() {
    let broken = |nodes: Vec<Node>, launch: Launch| {
        let world = World::new(vec![Workflow::new("p", "d", "w", nodes).launched(launch)]);
        Simulation::new(world, 7, START).unwrap_err().to_string()
    };
    let often = Launch::Poisson { per_hour: 1.0 };
    let lost = broken(vec![Node::task("n0", &["n9"], task("t"))], often.clone());
    assert_eq!(lost, "p:d:w: node n0 waits for n9, which does not stand before it");
    let twins = vec![Node::task("n0", &[], task("t")), Node::task("n0", &[], task("t"))];
    assert_eq!(broken(twins, often), "p:d:w: two nodes are called n0");
    let never = broken(vec![], Launch::Poisson { per_hour: 0.0 });
    assert!(never.contains("per_hour above 0"));
    let fleet = Fleet { instances: 0, ..Fleet::default() };
    let none = Simulation::with_fleet(World::demo(), 7, START, fleet).unwrap_err().to_string();
    assert!(none.contains("instances must be 1 to 200"));
}

#[test]
fn what_runs_backstage_is_seen_by_dashboards_alone_and_changes_nothing_in_front() {
    for deployment in Deployment::ALL {
        let fleet = Fleet { instances: 2, ..Fleet::of(deployment) };
        let behind = Fleet { backstage: true, ..fleet.clone() };
        let mut plain = Simulation::with_fleet(World::demo(), 3, START, fleet).unwrap();
        let mut flyte = Simulation::with_fleet(World::demo(), 3, START, behind).unwrap();
        for at in [START + HOUR, START + 3 * HOUR] {
            plain.advance_to(at);
            flyte.advance_to(at);
            let texts = |flyte: &mut Simulation, keep| -> Vec<String> {
                let samples = flyte.scrape(1, deployment, keep).unwrap();
                samples.iter().map(|s| format!("{} {:?}", s.series.name(), s.value)).collect()
            };
            let all = texts(&mut plain, Keep::All);
            assert_eq!(texts(&mut flyte, Keep::All), all);
            assert!(texts(&mut flyte, Keep::Dashboards).len() > all.len() + 200);
        }
        assert_eq!(flyte.truth(), plain.truth());
        // Flyteadmin answers on propeller's own port in flyte-binary alone.
        let (own, one) = (flyte.expose_admin(deployment), flyte.expose(0, deployment).unwrap());
        let endpoint = "flyte:admin:admin:create_execution:codes:OK";
        assert_eq!(own.contains(endpoint), deployment != Deployment::Binary);
        assert_eq!(one.contains(endpoint), deployment == Deployment::Binary);
        assert!(flyte.expose_kube().contains("kube_resourcequota{"));
    }
}

#[test]
fn backstage_counters_begin_anew_with_their_process() {
    let restarts = vec![Restart { at: START + 2 * HOUR, instance: 0 }];
    let fleet = Fleet { backstage: true, restarts, ..Fleet::of(Deployment::Core) };
    let mut flyte = Simulation::with_fleet(World::demo(), 3, START, fleet).unwrap();
    let mut rounds_at = |at: i64| {
        flyte.advance_to(at);
        let samples = flyte.scrape(0, Deployment::Core, Keep::Dashboards).unwrap();
        let rounds = samples.iter().find(|s| s.series.name().ends_with(":round:success_count"));
        rounds.unwrap().value
    };
    let (before, after) = (rounds_at(START + 2 * HOUR - 1), rounds_at(START + 2 * HOUR));
    assert!(before > 100.0 && after.abs() < f64::EPSILON, "{before}, then {after}");
}
