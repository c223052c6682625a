//! Goldens of the draw list: what a view shows, to the pixel.

#![expect(clippy::expect_used, reason = "a test that cannot build its data has failed")]

use flyte_timeline::arrangement::{Arrangement, Sort};
use flyte_timeline::layout::View;
use flyte_timeline::scene::Setting;
use flyte_timeline::series::build::{Asked, FramesBuilder};
use flyte_timeline::unit::{Millis, TimeRange, UnixMillis};
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

#[test]
fn what_is_under_the_pointer_is_what_was_drawn_there() {
    let timeline = timeline();
    let view = view(1_000.0, 22.0);
    let scene = timeline.scene(view, &Berlin);
    let mut seen = 0;
    for rect in scene.rows.rects.iter().filter(|rect| rect.width > 6.0 && rect.height < 20.0) {
        let hit = timeline
            .hit(view, rect.x + rect.width / 2.0, rect.y + rect.height / 2.0)
            .expect("a row");
        assert!(hit.top <= rect.y && rect.y + rect.height <= hit.top + hit.height);
        let flyte_timeline::scene::Ink::Stage(stage) = rect.ink else { continue };
        let fades = rect.pattern == flyte_timeline::scene::Pattern::Fade;
        let id = timeline.profile().stage(stage).expect("a stage").id.clone();
        assert!(fades || hit.stages == [id], "{:?} under {rect:?}", hit.stages);
        seen += 1;
    }
    assert!(seen >= 10, "{seen} pieces");
    assert!(timeline.hit(view, 500.0, 10.0).is_none(), "the axis is no row");
    assert!(timeline.hit(view, 50.0, 30.0).expect("a row").stages.is_empty(), "a name is no piece");
}
