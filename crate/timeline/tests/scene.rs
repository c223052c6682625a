//! Goldens of the draw list: what a view shows, to the pixel.

#![expect(clippy::expect_used, reason = "a test that cannot build its data has failed")]

use flyte_timeline::arrangement::{Arrangement, Grouping, Mode, Scale, Sort};
use flyte_timeline::layout::View;
use flyte_timeline::scene::{Ink, Pattern, Scene, Setting, Sign};
use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::unit::{Millis, Share, TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};

const AT: f64 = 1_700_000_000_000.0;

/// An execution's node stages: node, transition, queueing, pod start and task, ms.
type Node<'a> = (&'a str, f64, f64, f64, f64);

fn add(frames: &mut FramesBuilder, id: &str, metric: &str, node: &str, value: f64) {
    for (part, value) in [("sum", value), ("count", 1.0)] {
        let name = format!("flyte:propeller:all:{metric}_{part}");
        let workflow = format!("shop:production:orders.{}", &id[..3]);
        let labels =
            [("__name__", name.as_str()), ("wf", &workflow), ("exec_id", id), ("node", node)];
        frames.series("A", Asked::Instant, &labels, &[AT], &[value]);
    }
}

fn execution(
    frames: &mut FramesBuilder,
    id: &str,
    acceptance: f64,
    nodes: &[Node<'_>],
    ending: (&str, f64),
) {
    add(frames, id, "workflow:acceptance_latency_ms", "", acceptance);
    for (node, transition, queueing, pod, task) in nodes {
        add(frames, id, "node:transition_latency_ms", node, *transition);
        if *queueing > 0.0 {
            add(frames, id, "node:queueing_latency_ms", node, *queueing);
            add(frames, id, "plugin_queue_latency_us", node, *pod * 1000.0);
            add(frames, id, "node:success_duration_ms", node, *task);
        }
    }
    if !ending.0.is_empty() {
        add(frames, id, ending.0, "", ending.1);
        let labels =
            [("wf", format!("shop:production:orders.{}", &id[..3])), ("exec_id", id.to_owned())];
        let labels: Vec<_> = labels.iter().map(|(key, value)| (*key, value.as_str())).collect();
        frames.series("ended", Asked::Instant, &labels, &[AT], &[AT / 1000.0 - acceptance]);
    }
}

const CHAIN: [Node<'_>; 3] = [
    ("n0", 310.0, 420.0, 4_715.0, 35_420.0),
    ("n1", 610.0, 760.0, 2_170.0, 32_300.0),
    ("end-node", 450.0, 0.0, 0.0, 0.0),
];

/// One of every kind of row.
fn timeline() -> Timeline {
    let mut frames = FramesBuilder::new();
    execution(
        &mut frames,
        "etl-chain",
        1_120.0,
        &CHAIN,
        ("workflow:success_duration_ms", 72_900.0),
    );
    execution(
        &mut frames,
        "etl-failed",
        2_120.0,
        &CHAIN[..2],
        ("workflow:failure_duration_ms", 70_000.0),
    );
    execution(&mut frames, "fan-out", 900.0, &CHAIN, ("workflow:success_duration_ms", 37_000.0));
    execution(
        &mut frames,
        "abo-rted",
        3_000.0,
        &CHAIN[..1],
        ("workflow:completion_latency_ms", 41_000.0),
    );
    execution(&mut frames, "run-ning", 1_500.0, &CHAIN[..1], ("", 0.0));
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(AT - 3.6e6), to: UnixMillis(AT) };
    let loaded = timeline
        .load(frames.build(), &Request { range, ..Request::default() })
        .expect("well described");
    assert_eq!((loaded.rows, loaded.notices.len()), (5, 0));
    timeline
}

fn view(width: f64, row_height: f64) -> View {
    View {
        width,
        height: 24.0 + 5.0 * row_height,
        scroll_top: 0.0,
        pixel_ratio: 2.0,
        row_height,
        active: Some(1),
        ..View::default()
    }
}

/// An hour east of Greenwich.
struct Berlin;

impl Setting for Berlin {
    fn time(&self, at: UnixMillis) -> String {
        format!("t{}", at.0 - AT)
    }

    fn zone_offset(&self, _: UnixMillis) -> Millis {
        Millis(3.6e6)
    }
}

fn scene(timeline: &Timeline, view: View) -> String {
    timeline.scene(view, &Berlin).to_string()
}

#[test]
fn a_wide_view_shows_names_times_pieces_ticks_and_numbers() {
    insta::assert_snapshot!(scene(&timeline(), view(1_000.0, 22.0)));
}

#[test]
fn a_narrow_view_keeps_names_bars_and_totals() {
    insta::assert_snapshot!(scene(&timeline(), view(360.0, 22.0)));
}

#[test]
fn dense_rows_have_no_text() {
    insta::assert_snapshot!(scene(&timeline(), view(600.0, 6.0)));
}

#[test]
fn hidden_stages_are_neither_drawn_nor_counted() {
    let mut timeline = timeline();
    timeline.arrange(Arrangement {
        sort: Sort::Total,
        descending: false,
        hidden: vec!["task".into(), "nonsense".into()],
        ..Arrangement::default()
    });
    let rows: Vec<_> =
        timeline.rows(0, 5).into_iter().map(|row| (row.name, row.total.0.round())).collect();
    let names: Vec<_> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["run-ning", "fan-out", "etl-failed", "etl-chain", "abo-rted"], "{rows:?}");
    assert!(
        timeline.rows(0, 5).iter().all(|row| row.stages.iter().all(|stage| stage.id != "task"))
    );
}

/// The time of one of the rows; the others were before or after.
const WINDOW: TimeRange =
    TimeRange { from: UnixMillis(AT - 1_200_000.0), to: UnixMillis(AT - 1_115_000.0) };

/// The same rows, arranged otherwise.
fn arranged(change: impl FnOnce(&mut Arrangement)) -> Timeline {
    let mut timeline = timeline();
    let mut arrangement = Arrangement { descending: true, ..Arrangement::default() };
    change(&mut arrangement);
    timeline.arrange(arrangement);
    timeline
}

#[test]
fn aligned_rows_have_every_stage_in_a_column_from_a_zero_of_its_own() {
    let timeline = arranged(|arrangement| arrangement.mode = Mode::Aligned);
    insta::assert_snapshot!(scene(&timeline, view(1_000.0, 22.0)));
}

#[test]
fn normalised_rows_are_as_long_as_each_other_and_read_shares() {
    let timeline = arranged(|arrangement| arrangement.mode = Mode::Normalised);
    insta::assert_snapshot!(scene(&timeline, view(1_000.0, 22.0)));
}

#[test]
fn by_the_clock_a_run_lies_where_it_was_and_pieces_only_where_something_tells_when() {
    let timeline = arranged(|arrangement| arrangement.mode = Mode::Clock);
    let view = View {
        window: Some(WINDOW),
        cursor: Some(UnixMillis(AT - 1_150_000.0)),
        ..view(1_000.0, 22.0)
    };
    insta::assert_snapshot!(scene(&timeline, view));
}

#[test]
fn a_group_has_a_header_and_an_opened_row_its_nodes() {
    let closed = arranged(|arrangement| arrangement.group = Grouping::Workflow);
    let key = closed.rows(0, 9).into_iter().find(|row| row.name == "etl-chain").expect("a row").key;
    let timeline = arranged(|arrangement| {
        arrangement.group = Grouping::Workflow;
        arrangement.toggled = vec![key];
    });
    let view = View { height: 24.0 + 22.0 * 13.0, ..view(1_000.0, 22.0) };
    insta::assert_snapshot!(scene(&timeline, view));
}

#[test]
fn what_is_longer_than_the_objective_or_the_scale_is_marked() {
    let timeline = arranged(|arrangement| {
        arrangement.objective = Some(Millis(60_000.0));
        arrangement.budget = Some(Share(0.1));
    });
    let over = |row: &flyte_timeline::row::Row| (row.name.clone(), row.over.len());
    let told: Vec<_> = timeline.rows(0, 5).iter().map(over).collect();
    let of = |name: &str| told.iter().find(|(of, _)| of == name).map(|(_, over)| *over);
    assert_eq!((of("etl-chain"), of("fan-out"), of("run-ning")), (Some(2), Some(1), Some(0)));
    let drawn = timeline.scene(view(1_000.0, 22.0), &Berlin);
    let at_the_edge = drawn.rows.rects.iter().filter(|rect| rect.x < 1.0 && rect.width < 4.0);
    assert_eq!(at_the_edge.count(), told.iter().map(|(_, over)| over).sum::<usize>());
    assert!(drawn.axis.labels.iter().any(|label| label.text == "≤ 1m 00s"), "{drawn}");
}

/// Many short rows and one that is an hour long.
fn with_an_outlier(scale: Scale) -> Timeline {
    let mut frames = FramesBuilder::new();
    for (id, task) in [("r-1", 20e3), ("r-2", 31e3), ("r-3", 25e3), ("r-4", 28e3), ("r-5", 22e3)] {
        let nodes = [("n0", 300.0, 400.0, 2_000.0, task)];
        execution(&mut frames, id, 900.0, &nodes, ("workflow:success_duration_ms", task + 1e3));
    }
    let nodes = [("n0", 300.0, 400.0, 2_000.0, 3.6e6)];
    execution(&mut frames, "long", 900.0, &nodes, ("workflow:success_duration_ms", 3.601e6));
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(AT - 3.6e6), to: UnixMillis(AT) };
    timeline.load(frames.build(), &Request { range, ..Request::default() }).expect("described");
    timeline.arrange(Arrangement { sort: Sort::Total, scale, ..Arrangement::default() });
    timeline
}

#[test]
fn a_row_beyond_the_scale_ends_at_it_with_a_mark_and_its_true_number() {
    for width in [1_000.0, 280.0] {
        let view = View { height: 24.0 + 6.0 * 22.0, active: None, ..view(width, 22.0) };
        let drawn = with_an_outlier(Scale::Robust).scene(view, &Berlin);
        let signs = |sign: Sign| drawn.rows.marks.iter().filter(|mark| mark.sign == sign).count();
        assert_eq!(
            (signs(Sign::Torn), signs(Sign::Closed)),
            (1, 7),
            "an arrow beside six names: {drawn}"
        );
        assert!(drawn.rows.labels.iter().any(|label| label.text == "1h 00m"), "{drawn}");
        assert!(drawn.axis.labels.iter().any(|label| label.text.contains("1 longer")), "{drawn}");
    }
    let all = with_an_outlier(Scale::All).scene(view(1_000.0, 22.0), &Berlin);
    assert!(all.rows.marks.iter().all(|mark| mark.sign != Sign::Torn));
}

#[test]
fn what_is_under_the_pointer_is_what_was_drawn_there() {
    let view = View { height: 200.0, window: Some(WINDOW), ..view(1_000.0, 22.0) };
    for (mode, least) in
        [(Mode::Stacked, 10), (Mode::Normalised, 10), (Mode::Aligned, 10), (Mode::Clock, 1)]
    {
        let timeline = arranged(|arrangement| arrangement.mode = mode);
        let seen = pieces_under(&timeline, view, &timeline.scene(view, &Berlin));
        assert!(seen >= least, "{seen} pieces, {mode:?}");
        let over_names = timeline.hit(view, 50.0, 50.0).expect("a row");
        assert!(over_names.stages.is_empty() && over_names.time.is_none());
        assert!(timeline.hit(view, 500.0, 10.0).is_none(), "the axis is no row");
        let time = timeline.hit(view, 628.0, 50.0).expect("a row").time;
        assert_eq!(time.is_some(), mode == Mode::Clock);
    }
}

/// A pod of one execution: when it was created, began to run and ended, s before `AT`.
fn pod(frames: &mut FramesBuilder, node: &str, [created, started, completed]: [f64; 3]) {
    let name = format!("f1-{node}-0");
    let at = |before: f64| AT / 1_000.0 - before;
    let told = [
        ("kube_pod_labels", ("label_node_id", node), 1.0),
        ("kube_pod_created", ("", ""), at(created)),
        ("kube_pod_container_state_started", ("container", name.as_str()), at(started)),
        ("kube_pod_completion_time", ("", ""), at(completed)),
        ("kube_pod_status_phase", ("phase", "Succeeded"), 1.0),
    ];
    for (metric, own, value) in told {
        let labels = [
            ("__name__", metric),
            ("namespace", "shop-production"),
            ("pod", &name),
            ("uid", &name),
            ("label_execution_id", "f1"),
            ("label_workflow_name", "orders-etl"),
            own,
        ];
        let known = |(key, _): &&(&str, &str)| {
            !key.is_empty() && (metric == "kube_pod_labels" || !key.starts_with("label_"))
        };
        let labels: Vec<_> = labels.iter().filter(known).copied().collect();
        frames.series("A", Asked::Instant, &labels, &[AT], &[value]);
    }
}

#[test]
fn by_the_clock_pods_of_one_time_lie_beside_each_other_and_are_hit_there() {
    let mut frames = FramesBuilder::new();
    pod(&mut frames, "n0", [80.0, 70.0, 40.0]);
    pod(&mut frames, "n1", [75.0, 72.0, 20.0]);
    let mut timeline = Timeline::default();
    let range = TimeRange { from: UnixMillis(AT - 1e5), to: UnixMillis(AT) };
    timeline.load(frames.build(), &Request { range, ..Request::default() }).expect("described");
    timeline.arrange(Arrangement { mode: Mode::Clock, ..Arrangement::default() });
    let view = View { active: None, ..view(1_000.0, 22.0) };
    let drawn = timeline.scene(view, &Berlin);
    let task = timeline.profile().position("task").expect("a stage");
    let tasks = drawn.rows.rects.iter().filter(|rect| rect.ink == Ink::Stage(task));
    let mut nodes = Vec::new();
    for rect in tasks {
        assert!(rect.height < 8.0, "two lanes: {rect:?}");
        let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
        let hit = timeline.hit(view, x, y).expect("a row");
        assert_eq!(hit.stages, ["task"]);
        let time = hit.time.expect("a time").0;
        nodes.push((hit.node, hit.text, ((AT - time) / 1_000.0).round()));
    }
    nodes.sort_by(|a, b| a.0.cmp(&b.0));
    let told = |node: &str, text: &str, middle| (node.to_owned(), text.to_owned(), middle);
    assert_eq!(nodes, [told("n0", "30 s", 55.0), told("n1", "52 s", 46.0)], "{drawn}");
}

/// How many pieces were drawn, each of which is what is hit in its middle.
fn pieces_under(timeline: &Timeline, view: View, drawn: &Scene) -> usize {
    let mut seen = 0;
    for rect in drawn.rows.rects.iter().filter(|rect| rect.width > 5.0 && rect.height < 20.0) {
        let Ink::Stage(stage) = rect.ink else { continue };
        if rect.pattern == Pattern::Fade {
            continue;
        }
        let hit = timeline
            .hit(view, rect.x + rect.width / 2.0, rect.y + rect.height / 2.0)
            .expect("a row");
        assert!(hit.top <= rect.y && rect.y + rect.height <= hit.top + hit.height);
        let id = timeline.profile().stage(stage).expect("a stage").id.clone();
        assert_eq!(hit.stages, [id], "under {rect:?}");
        seen += 1;
    }
    seen
}
