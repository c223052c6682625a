//! What pods make of an execution: alone, beside means, and beside its own counters.

use crate::diagnosis::Reason;
use crate::run::{Notes, Run, State, Tier};
use crate::series::build::{Asked, FieldSpec, FramesBuilder, Values};
use crate::unit::{Millis, TimeRange, UnixMillis};
use crate::{Loaded, Request, Timeline};

/// Seconds, as Kubernetes keeps them.
const FROM: f64 = 1_000_000.0;
const TO: f64 = 1_003_600.0;
const STEP: Asked = Asked::Range(30_000);

#[derive(Clone, Copy)]
struct Task<'a> {
    execution: &'a str,
    node: &'a str,
    /// Of the pod's name, where it is not the node's id.
    path: &'a str,
    attempt: u32,
    namespace: &'a str,
    /// Seconds after `FROM`; negative for never.
    created: f64,
    scheduled: f64,
    started: f64,
    completed: f64,
    phase: &'a str,
}

const TASK: Task<'_> = Task {
    execution: "f1",
    node: "n0",
    path: "n0",
    attempt: 0,
    namespace: "p-development",
    created: 100.0,
    scheduled: 107.0,
    started: 110.0,
    completed: 170.0,
    phase: "Succeeded",
};

const SECOND: Task<'_> = Task {
    node: "n1",
    path: "n1",
    created: 175.0,
    scheduled: 176.0,
    started: 180.0,
    completed: 200.0,
    ..TASK
};

/// Name, further labels and value of one series.
type Told = (&'static str, Vec<(&'static str, String)>, f64);

impl Task<'_> {
    fn pod(&self) -> String {
        format!("{}-{}-{}", self.execution, self.path, self.attempt)
    }

    /// Every series that kube-state-metrics has of it.
    fn series(&self) -> Vec<Told> {
        let mut series = vec![(
            "kube_pod_labels",
            vec![
                ("label_execution_id", self.execution.to_owned()),
                ("label_node_id", self.node.to_owned()),
                ("label_workflow_name", "orders-daily-etl".to_owned()),
                ("label_task_name", "orders-load".to_owned()),
            ],
            1.0,
        )];
        for (name, seconds) in [
            ("kube_pod_created", self.created),
            ("kube_pod_status_scheduled_time", self.scheduled),
            ("kube_pod_start_time", self.scheduled),
            ("kube_pod_completion_time", self.completed),
        ] {
            if seconds >= 0.0 {
                series.push((name, Vec::new(), FROM + seconds));
            }
        }
        if self.started >= 0.0 {
            let container = vec![("container", self.pod())];
            series.push(("kube_pod_container_state_started", container, FROM + self.started));
        }
        for phase in ["Pending", "Running", "Succeeded", "Failed"] {
            let value = f64::from(u8::from(self.phase == phase));
            series.push(("kube_pod_status_phase", vec![("phase", phase.to_owned())], value));
        }
        series
    }

    /// Adds its series at instants, s, without those that `keep` refuses.
    fn add(
        &self,
        frames: &mut FramesBuilder,
        asked: Asked,
        at: &[f64],
        exporter: &str,
        keep: impl Fn(&str) -> bool,
    ) {
        let (pod, uid) = (self.pod(), format!("uid-{}-{}", self.pod(), self.namespace));
        let times: Vec<f64> = at.iter().map(|seconds| seconds * 1_000.0).collect();
        for (name, extra, value) in self.series().into_iter().filter(|(name, ..)| keep(name)) {
            let mut labels = vec![
                ("__name__", name),
                ("namespace", self.namespace),
                ("pod", pod.as_str()),
                ("uid", uid.as_str()),
                ("instance", exporter),
            ];
            labels.extend(extra.iter().map(|(key, value)| (*key, value.as_str())));
            frames.series("A", asked, &labels, &times, &vec![value; times.len()]);
        }
    }
}

/// The pods as an instant query at the end of the range returns them.
fn instant(tasks: &[Task<'_>], keep: impl Fn(&str) -> bool) -> FramesBuilder {
    let mut frames = FramesBuilder::new();
    for task in tasks {
        task.add(&mut frames, Asked::Instant, &[TO], "a", &keep);
    }
    frames
}

fn load(mut frames: FramesBuilder) -> (Timeline, Loaded) {
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(FROM * 1e3), to: UnixMillis(TO * 1e3) };
    let request = Request { range, ..Request::default() };
    let loaded = timeline.load(frames.build(), &request).expect("well described");
    (timeline, loaded)
}

fn only(timeline: &Timeline) -> &Run {
    assert_eq!(timeline.runs().runs.len(), 1, "{:?}", timeline.runs().runs);
    &timeline.runs().runs[0]
}

/// Node, stage, seconds and, where it is known, when it began, in seconds after `FROM`.
fn pieces(timeline: &Timeline, run: &Run) -> Vec<String> {
    let told = timeline.runs().pieces(run).iter().map(|piece| {
        let stage = &timeline.profile().stage(piece.stage).unwrap().id;
        let begin = piece.begin.map(|at| format!(" at {}", at.0 / 1e3 - FROM)).unwrap_or_default();
        let node = timeline.runs().texts.get(piece.node);
        format!("{node} {stage} {}{begin}", piece.value.0 / 1e3).trim().to_owned()
    });
    told.collect()
}

fn texts(loaded: &Loaded) -> Vec<&str> {
    loaded.notices.iter().map(|notice| notice.text.as_str()).collect()
}

const ALL: fn(&str) -> bool = |_| true;

/// Adds the `_sum` and `_count` of one observation at an instant.
fn counted(frames: &mut FramesBuilder, labels: &[(&str, &str)], metric: &str, ms: f64) {
    for (part, value) in [("sum", ms), ("count", 1.0)] {
        let name = format!("flyte:propeller:all:{metric}_{part}");
        let mut all = vec![("__name__", name.as_str())];
        all.extend_from_slice(labels);
        frames.series("B", Asked::Instant, &all, &[TO * 1e3], &[value]);
    }
}

const WORKFLOW: [(&str, &str); 3] =
    [("project", "p"), ("domain", "development"), ("wf", "p:development:orders.daily_etl")];

fn of_execution(node: &'static str) -> Vec<(&'static str, &'static str)> {
    WORKFLOW.into_iter().chain([("exec_id", "f1"), ("node", node)]).collect()
}

#[test]
fn an_execution_is_its_pods_one_after_another_at_their_real_times() {
    let (timeline, loaded) = load(instant(&[SECOND, TASK], ALL));
    let run = only(&timeline);
    assert_eq!((run.tier, run.state), (Tier::Pod, State::Succeeded));
    assert_eq!(
        pieces(&timeline, run),
        [
            "n0 pod-start 10 at 100",
            "n0 task 60 at 110",
            "n1 pod-start 5 at 175",
            "n1 task 20 at 180",
            "unattributed 5"
        ]
    );
    assert_eq!(run.begin, Some(UnixMillis((FROM + 100.0) * 1e3)));
    assert_eq!(run.end, Some(UnixMillis((FROM + 200.0) * 1e3)));
    assert_eq!((run.wall, run.waited), (Some(Millis(100_000.0)), Some(Millis(8_000.0))));
    let row = &timeline.rows(0, 1)[0];
    assert_eq!(
        (row.name.as_str(), row.project.as_str(), row.domain.as_str()),
        ("f1", "p", "development")
    );
    assert_eq!(row.workflow, "orders-daily-etl");
    assert_eq!((loaded.empty.is_none(), loaded.notices.len()), (true, 0), "{:?}", loaded.notices);
}

#[test]
fn a_table_and_a_range_tell_the_same_as_an_instant() {
    let expected = {
        let (timeline, _) = load(instant(&[TASK], ALL));
        pieces(&timeline, only(&timeline))
    };
    let mut frames = FramesBuilder::new();
    TASK.add(&mut frames, STEP, &[FROM + 180.0, FROM + 210.0, FROM + 240.0], "a", ALL);
    let (timeline, _) = load(frames);
    assert_eq!(pieces(&timeline, only(&timeline)), expected);

    let mut frames = FramesBuilder::new();
    for (name, labels, value) in TASK.series() {
        let pod = TASK.pod();
        let text = |name, value| FieldSpec { name, labels: &[], values: Values::Texts(value) };
        let columns: Vec<(&str, [&str; 1])> =
            labels.iter().map(|(key, value)| (*key, [value.as_str()])).collect();
        let (namespace, pod) = ([TASK.namespace], [pod.as_str()]);
        let mut fields = vec![text("namespace", &namespace), text("exported_pod", &pod)];
        fields.extend(columns.iter().map(|(key, value)| text(key, value)));
        let values = [value];
        fields.push(FieldSpec { name: "Value", labels: &[], values: Values::Numbers(&values) });
        frames.frame((name, ""), Asked::Instant, &fields);
    }
    let (timeline, loaded) = load(frames);
    assert_eq!(pieces(&timeline, only(&timeline)), expected, "{:?}", loaded.notices);
}

#[test]
fn two_exporters_that_tell_of_one_pod_are_one_pod() {
    let mut frames = instant(&[TASK], ALL);
    TASK.add(&mut frames, Asked::Instant, &[TO], "b", ALL);
    let (timeline, _) = load(frames);
    assert_eq!(pieces(&timeline, only(&timeline)), ["n0 pod-start 10 at 100", "n0 task 60 at 110"]);
}

#[test]
fn retries_are_pods_of_one_node_and_only_the_last_says_how_it_ended() {
    let failed = Task { phase: "Failed", completed: 130.0, ..TASK };
    let again = Task { attempt: 1, created: 140.0, scheduled: 140.0, started: 141.0, ..TASK };
    let (timeline, _) = load(instant(&[again, failed], ALL));
    let run = only(&timeline);
    assert_eq!(run.state, State::Succeeded);
    assert_eq!(
        pieces(&timeline, run),
        [
            "n0 pod-start 10 at 100",
            "n0 task 20 at 110",
            "n0 pod-start 1 at 140",
            "n0 task 29 at 141",
            "unattributed 10"
        ]
    );
    let again = Task { phase: "Failed", ..again };
    let (timeline, _) = load(instant(&[again, failed], ALL));
    assert_eq!(only(&timeline).state, State::Failed);
}

#[test]
fn nodes_of_one_id_inside_others_are_told_apart_by_the_name_of_their_pods() {
    let inner = Task { path: "n2-0-n0", created: 120.0, started: 121.0, ..TASK };
    let (timeline, _) = load(instant(&[TASK, inner], ALL));
    let run = only(&timeline);
    assert_eq!(
        pieces(&timeline, run),
        [
            "n0 pod-start 10 at 100",
            "n0 task 60 at 110",
            "n2-0-n0 pod-start 1 at 120",
            "n2-0-n0 task 49 at 121"
        ]
    );
    assert!(run.notes.has(Notes::PARALLEL), "120 s of work on 70 s of wall clock");
}

#[test]
fn while_a_pod_runs_its_execution_does_and_only_what_ended_is_counted() {
    let running = Task { completed: -1.0, phase: "Running", ..SECOND };
    let (timeline, _) = load(instant(&[TASK, running], ALL));
    let run = only(&timeline);
    assert_eq!((run.state, run.end, run.wall), (State::Running, None, None));
    assert_eq!(
        pieces(&timeline, run),
        ["n0 pod-start 10 at 100", "n0 task 60 at 110", "n1 pod-start 5 at 175"]
    );
    let pending = Task { scheduled: -1.0, started: -1.0, phase: "Pending", ..running };
    let (timeline, _) = load(instant(&[pending], ALL));
    assert_eq!(
        (only(&timeline).state, pieces(&timeline, only(&timeline)).len()),
        (State::Running, 0)
    );
}

#[test]
fn a_pod_whose_sidecar_ended_first_still_runs() {
    let running = Task { phase: "Running", ..TASK };
    let (timeline, _) = load(instant(&[running], ALL));
    assert_eq!(only(&timeline).state, State::Running);
    assert_eq!(pieces(&timeline, only(&timeline)), ["n0 pod-start 10 at 100"]);
}

#[test]
fn a_pod_that_went_away_has_ended_but_nothing_says_how() {
    let aborted = Task { completed: -1.0, phase: "Running", ..TASK };
    let mut frames = FramesBuilder::new();
    aborted.add(&mut frames, STEP, &[FROM + 120.0, FROM + 150.0], "a", ALL);
    let (timeline, _) = load(frames);
    let run = only(&timeline);
    assert_eq!((run.state, run.end, run.wall), (State::Unknown, None, None));
    assert!(timeline.rows(0, 1)[0].notes.iter().any(|note| note.contains("went away")));
    let mut frames = FramesBuilder::new();
    aborted.add(&mut frames, STEP, &[TO - 60.0, TO - 30.0], "a", ALL);
    assert_eq!(only(&load(frames).0).state, State::Running, "it was there a moment ago");
}

#[test]
fn without_its_phase_a_completed_pod_is_not_said_to_have_succeeded() {
    let (timeline, _) = load(instant(&[TASK], |name| name != "kube_pod_status_phase"));
    let run = only(&timeline);
    assert_eq!((run.state, run.wall), (State::Unknown, Some(Millis(70_000.0))));
}

#[test]
fn a_time_that_is_missing_is_not_made_up() {
    let never = Task { started: -1.0, phase: "Failed", ..TASK };
    let (timeline, _) = load(instant(&[never, SECOND], ALL));
    assert_eq!(pieces(&timeline, only(&timeline))[0], "n0 pod-start 70 at 100", "it never ran");

    let (timeline, loaded) =
        load(instant(&[TASK], |name| name != "kube_pod_container_state_started"));
    assert_eq!(pieces(&timeline, only(&timeline)), ["n0 task 70 at 100"]);
    let row = &timeline.rows(0, 1)[0];
    assert_eq!(row.stages[0].name, "Task execution, incl. pod start");
    assert!(row.notes[0].contains("kube_pod_container_state_started"), "{:?}", row.notes);
    assert!(texts(&loaded)[0].contains("pod start is inside task execution"), "{loaded:?}");

    let (timeline, _) = load(instant(&[Task { scheduled: -1.0, ..TASK }], ALL));
    assert_eq!(only(&timeline).waited, None);
    assert_eq!(pieces(&timeline, only(&timeline))[0], "n0 pod-start 10 at 100");

    let (timeline, loaded) = load(instant(&[TASK], |name| name != "kube_pod_created"));
    assert_eq!(pieces(&timeline, only(&timeline))[0], "n0 pod-start 3 at 107");
    assert!(texts(&loaded)[0].contains("lacks the wait for a machine"), "{loaded:?}");
}

#[test]
fn a_container_that_could_not_start_tells_no_time() {
    let mut frames = instant(&[Task { started: -1.0, ..TASK }], ALL);
    let pod = TASK.pod();
    let labels = [
        ("__name__", "kube_pod_container_state_started"),
        ("namespace", TASK.namespace),
        ("pod", &pod),
        ("container", &pod),
    ];
    // The zero time of Go in seconds.
    frames.series("A", Asked::Instant, &labels, &[TO * 1e3], &[-62_135_596_800.0]);
    let (timeline, _) = load(frames);
    assert_eq!(pieces(&timeline, only(&timeline)), ["n0 pod-start 70 at 100"]);
}

#[test]
fn of_several_containers_the_tasks_own_tells_when_it_ran() {
    let mut frames = instant(&[TASK], ALL);
    let pod = TASK.pod();
    let labels = [
        ("__name__", "kube_pod_container_state_started"),
        ("namespace", TASK.namespace),
        ("pod", &pod),
        ("container", "istio-proxy"),
    ];
    frames.series("A", Asked::Instant, &labels, &[TO * 1e3], &[FROM + 119.0]);
    let (timeline, _) = load(frames);
    assert_eq!(pieces(&timeline, only(&timeline))[0], "n0 pod-start 10 at 100");
}

#[test]
fn pods_without_the_label_of_their_execution_lead_to_the_setting_that_brings_it() {
    let mut frames = FramesBuilder::new();
    let labels = [("__name__", "kube_pod_created"), ("namespace", "n"), ("pod", "a")];
    frames.series("A", Asked::Instant, &labels, &[TO * 1e3], &[FROM]);
    let (_, loaded) = load(frames);
    let empty = loaded.empty.as_ref().unwrap();
    assert_eq!(empty.reason, Reason::NoPodLabels);
    assert!(empty.details[0].starts_with("Query kube_pod_labels, too. Start kube-state-metrics with --metric-labels-allowlist=pods=[execution-id,"), "{empty:?}");

    // Beside others, a pod that is not Flyte's is nobody's business; a task's pod is.
    let mut frames = instant(&[TASK], ALL);
    frames.series("A", Asked::Instant, &labels, &[TO * 1e3], &[FROM]);
    assert_eq!(texts(&load(frames).1), [""; 0]);
    let mut frames = instant(&[TASK], ALL);
    let labels = [
        ("__name__", "kube_pod_labels"),
        ("uid", "x"),
        ("label_workflow_name", "orders-daily-etl"),
    ];
    frames.series("A", Asked::Instant, &labels, &[TO * 1e3], &[1.0]);
    assert!(texts(&load(frames).1)[0].starts_with("1 pod carries no label_execution_id"));
}

#[test]
fn executions_whose_pods_ended_before_the_range_or_began_after_it_are_left_out() {
    let old = Task {
        execution: "old",
        created: -90.0,
        scheduled: -1.0,
        started: -80.0,
        completed: -10.0,
        ..TASK
    };
    let mut frames = instant(&[TASK], ALL);
    // Negative seconds mean never, so the old pod's times are written out.
    let labels = |name| [("__name__", name), ("uid", "old"), ("label_execution_id", "old")];
    for (name, at) in
        [("kube_pod_created", old.created), ("kube_pod_completion_time", old.completed)]
    {
        frames.series("A", Asked::Instant, &labels(name), &[TO * 1e3], &[FROM + at]);
    }
    let coming = Task { execution: "new", created: 3_700.0, ..TASK };
    coming.add(&mut frames, Asked::Instant, &[TO], "a", ALL);
    let (timeline, loaded) = load(frames);
    assert_eq!(timeline.rows(0, 9).iter().map(|row| row.name.clone()).collect::<Vec<_>>(), ["f1"]);
    assert_eq!(texts(&loaded), ["1 execution that ended before the time range left out."]);
}

#[test]
fn a_run_that_its_workflows_counters_hold_too_is_named_as_they_name_it_and_counted_once() {
    let mut frames = instant(&[TASK], ALL);
    counted(&mut frames, &WORKFLOW, "node:success_duration_ms", 71_000.0);
    counted(&mut frames, &WORKFLOW, "workflow:success_duration_ms", 75_000.0);
    let (timeline, loaded) = load(frames);
    let runs = &timeline.runs().runs;
    assert_eq!(runs.iter().map(|run| run.tier).collect::<Vec<_>>(), [Tier::Average, Tier::Pod]);
    assert_eq!(runs[0].workflow, runs[1].workflow);
    assert!(runs[1].notes.has(Notes::COUNTED_TOO));
    let task = loaded.stages.iter().find(|stage| stage.id == "task").unwrap();
    assert_eq!(task.total, Millis(71_000.0), "what the counter grew by");
    let start = loaded.stages.iter().find(|stage| stage.id == "pod-start").unwrap();
    assert_eq!((start.total, start.present), (Millis::ZERO, true));
    assert!(texts(&loaded).iter().any(|text| text.contains("Totals count them once")));

    // The same name in another domain is another workflow.
    let elsewhere = Task { namespace: "p-staging", ..TASK };
    let mut frames = instant(&[elsewhere], ALL);
    counted(&mut frames, &WORKFLOW, "workflow:success_duration_ms", 75_000.0);
    let (timeline, _) = load(frames);
    assert!(!timeline.runs().runs[1].notes.has(Notes::COUNTED_TOO));
}

#[test]
fn the_pods_of_an_execution_that_counters_know_split_its_task_and_place_it() {
    let mut frames = instant(&[TASK, SECOND], ALL);
    counted(&mut frames, &of_execution("n0"), "node:queueing_latency_ms", 900.0);
    counted(&mut frames, &of_execution("n0"), "node:success_duration_ms", 71_000.0);
    counted(&mut frames, &of_execution("n1"), "node:success_duration_ms", 3_000.0);
    let (timeline, loaded) = load(frames);
    let run = only(&timeline);
    assert_eq!(run.tier, Tier::Execution);
    assert_eq!(
        pieces(&timeline, run),
        [
            "n0 queueing 0.9",
            "n0 pod-start 10 at 100",
            "n0 task 61 at 110",
            "n1 pod-start 3 at 175",
            "n1 task 0 at 180"
        ]
    );
    let total: Millis = loaded.stages.iter().map(|stage| stage.total).sum();
    assert_eq!(total, Millis(74_900.0), "what the counters hold");
    let (has, lacks) = (Notes::START_BY_PODS, Notes::UNDIVIDED);
    assert!(run.notes.has(has) && !run.notes.has(lacks));
}

#[test]
fn what_propeller_measured_of_pod_start_is_placed_and_not_replaced() {
    let mut frames = instant(&[TASK], ALL);
    counted(&mut frames, &of_execution("n0"), "node:success_duration_ms", 71_000.0);
    counted(&mut frames, &of_execution("n0"), "plugin_queue_latency_us", 7_000_000.0);
    let (timeline, _) = load(frames);
    let run = only(&timeline);
    assert_eq!(pieces(&timeline, run), ["n0 pod-start 7 at 100", "n0 task 64 at 110"]);
    assert!(!run.notes.has(Notes::START_BY_PODS));
}

#[test]
fn a_node_whose_pods_were_not_scraped_stays_undivided() {
    let inner = Task { node: "n1-n3", path: "n1-0-n3", created: 120.0, ..TASK };
    let mut frames = instant(&[TASK, inner], ALL);
    counted(&mut frames, &of_execution("n0"), "node:success_duration_ms", 71_000.0);
    counted(&mut frames, &of_execution("n1"), "node:success_duration_ms", 90_000.0);
    let (timeline, _) = load(frames);
    let run = only(&timeline);
    assert_eq!(
        pieces(&timeline, run),
        ["n0 pod-start 10 at 100", "n0 task 61 at 110", "n1 task 90 at 120"]
    );
    assert!(run.notes.has(Notes::UNDIVIDED));
}

#[test]
fn an_execution_that_its_counters_put_before_the_range_makes_no_row_of_pods() {
    let mut frames = instant(&[TASK], ALL);
    counted(&mut frames, &of_execution(""), "workflow:success_duration_ms", 75_000.0);
    // Some other execution's end is told, so one without ended before.
    let labels = [("exec_id", "f2"), ("wf", "p:development:orders.daily_etl")];
    frames.series("ended", Asked::Instant, &labels, &[TO * 1e3], &[FROM + 9.0]);
    let (timeline, loaded) = load(frames);
    assert_eq!(timeline.runs().runs.len(), 0, "{:?}", timeline.runs().runs);
    assert_eq!(texts(&loaded), ["1 execution that ended before the time range left out."]);
}

#[test]
fn pods_over_a_range_do_not_make_counters_at_an_instant_ones_over_a_range() {
    let mut frames = FramesBuilder::new();
    TASK.add(&mut frames, STEP, &[FROM + 180.0, FROM + 210.0], "a", ALL);
    counted(&mut frames, &of_execution(""), "workflow:success_duration_ms", 75_000.0);
    let (timeline, _) = load(frames);
    assert_eq!(only(&timeline).end, None, "an instant does not say when it ended");
}

#[test]
fn more_pods_than_can_be_drawn_are_drawn_together_with_exact_totals() {
    let many = 2_001_u32;
    let tasks: Vec<Task<'_>> =
        (0..many).map(|attempt| Task { attempt, path: "n1-0-n3", ..TASK }).collect();
    let (timeline, _) = load(instant(&tasks, |name| name != "kube_pod_status_phase"));
    let run = only(&timeline);
    assert_eq!(pieces(&timeline, run), ["pod-start 20010 at 100", "task 120060 at 110"]);
    assert!(run.notes.has(Notes::TOGETHER));
}
