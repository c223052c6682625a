//! Whatever a data source returns, nothing panics and nothing that is drawn is out of this world.

use flyte_timeline::arrangement::{Arrangement, Grouping, Mode, Scale, Sort};
use flyte_timeline::colour::Theme;
use flyte_timeline::layout::View;
use flyte_timeline::scene::{Align, Label, Layer, Setting};
use flyte_timeline::series::build::{Asked, FieldSpec, FramesBuilder, Values};
use flyte_timeline::unit::{Millis, TimeRange, UnixMillis};
use flyte_timeline::{Request, Timeline};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn name() -> impl Strategy<Value = String> {
    let known = select(vec![
        "flyte:propeller:all:workflow:acceptance_latency_ms_sum",
        "flyte:propeller:all:workflow:acceptance_latency_ms_count",
        "flyte:propeller:all:workflow:success_duration_ms_sum",
        "flyte:propeller:all:workflow:failure_duration_ms_count",
        "flyte:propeller:all:workflow:completion_latency_ms_sum",
        "x:node:success_duration_ms_sum",
        "x:node:success_duration_ms_count",
        "node:transition_latency_unlabeled_ms_sum",
        "plugin_queue_latency_us_sum",
        "plugin_initialize_latency_us",
        "kube_pod_labels",
        "kube_pod_created",
        "kube_pod_status_scheduled_time",
        "kube_pod_container_state_started",
        "kube_pod_completion_time",
        "kube_pod_status_phase",
        "ended",
        "Value",
        "up",
        "",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,12}"]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0_f64..1e7, 2 => 0.0_f64..1e4, 1 => any::<f64>(), 1 => select(vec![f64::NAN, f64::INFINITY, -1.0, 0.0, f64::MAX])]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "",
            "a",
            "b",
            "a-n0-0",
            "a-n0-0-n1-1",
            "p-development",
            "Failed",
            "n0",
            "n0/n0-n1",
            "end-node",
            "p:d:w",
            "::",
            "p:d:"
        ])
        .prop_map(str::to_owned),
        ".{0,6}"
    ]
}

type Shape = (String, Vec<(String, String)>, Vec<(f64, f64)>, u8, String);

fn series() -> impl Strategy<Value = Shape> {
    let key = prop_oneof![
        select(vec!["wf", "exec_id", "node", "project", "domain", "quantile", "instance", "é"]),
        select(vec!["pod", "uid", "namespace", "container", "phase", "label_execution_id"]),
        select(vec!["label_node_id", "label_workflow_name", "label_execution_id"]),
    ]
    .prop_map(str::to_owned);
    let query = select(vec!["A", "A-Instant", "ended", "queueing_sum", ""]).prop_map(str::to_owned);
    (name(), vec((key, text()), 0..6), vec((number(), number()), 0..6), 0_u8..4, query)
}

fn add(frames: &mut FramesBuilder, (name, labels, samples, shape, query): &Shape) {
    let (times, values): (Vec<f64>, Vec<f64>) = samples.iter().copied().unzip();
    let mut labels: Vec<(&str, &str)> =
        labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    if !name.is_empty() {
        labels.push(("__name__", name));
    }
    let asked = match shape {
        0 => Asked::Unsaid,
        1 => Asked::Range(15_000),
        _ => Asked::Instant,
    };
    if *shape < 3 {
        frames.series(query, asked, &labels, &times, &values);
        return;
    }
    // The same as a long table.
    let columns: Vec<(&str, Vec<&str>)> =
        labels.iter().map(|(key, value)| (*key, vec![*value; times.len()])).collect();
    let mut fields = vec![FieldSpec { name: "Time", labels: &[], values: Values::Times(&times) }];
    fields.extend(columns.iter().map(|(key, values)| FieldSpec {
        name: key,
        labels: &[],
        values: Values::Texts(values),
    }));
    fields.push(FieldSpec { name: "Value", labels: &[], values: Values::Numbers(&values) });
    frames.frame((query, "Expr: increase(x[1m])"), asked, &fields);
}

struct Plain;

impl Setting for Plain {
    fn time(&self, at: UnixMillis) -> String {
        at.0.to_string()
    }

    fn zone_offset(&self, at: UnixMillis) -> Millis {
        Millis(at.0)
    }
}

/// From where to where a text may reach.
fn room(label: &Label) -> (f64, f64) {
    match label.align {
        Align::Left => (label.x, label.x + label.width),
        Align::Centre => (label.x - label.width / 2.0, label.x + label.width / 2.0),
        Align::Right => (label.x - label.width, label.x),
    }
}

/// Whether no two texts of a line have room in common.
fn apart(layer: &Layer) -> bool {
    let mut rooms: Vec<(f64, (f64, f64))> =
        layer.labels.iter().map(|label| ((label.y / 4.0).round(), room(label))).collect();
    rooms.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.0.total_cmp(&b.1.0)));
    rooms.windows(2).all(|pair| match pair {
        [a, b] => (a.0 - b.0).abs() > 0.5 || a.1.1 <= b.1.0 + 0.01,
        _ => true,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_series_make_a_picture_or_a_sentence(
        all in vec(series(), 0..30),
        size in (number(), number(), number()),
        metric in text(),
        sort in select(vec![Sort::End, Sort::Total, Sort::Overhead, Sort::Name]),
        mode in select(vec![Mode::Stacked, Mode::Aligned, Mode::Normalised, Mode::Clock]),
        group in select(vec![Grouping::None, Grouping::Workflow]),
    ) {
        let mut frames = FramesBuilder::new();
        for series in &all {
            add(&mut frames, series);
        }
        let mut timeline = Timeline::default();
        let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(1e7) };
        let metrics = [("A".to_owned(), metric)].into_iter().collect();
        let loaded = timeline.load(frames.build(), &Request { range, metrics, ..Request::default() }).expect("well described");
        prop_assert_eq!(loaded.empty.is_none(), loaded.rows > 0);

        let toggled = timeline.rows(0, 9).into_iter().map(|row| row.key).collect();
        let hidden = vec!["task".into()];
        let objective = Some(Millis(size.0));
        let scale = Scale::Robust;
        timeline.arrange(Arrangement { mode, sort, group, toggled, hidden, objective, scale, descending: true, ..Arrangement::default() });
        let view = View {
            width: size.0,
            height: size.1,
            scroll_top: size.2,
            pixel_ratio: 1.5,
            theme: Theme::Light,
            active: Some(0),
            ..View::default()
        };
        let scene = timeline.scene(view, &Plain);
        for rect in &scene.rows.rects {
            prop_assert!([rect.x, rect.y, rect.width, rect.height].iter().all(|n| n.is_finite()), "{rect:?}");
            prop_assert!(rect.width <= 20_000.0 && rect.height <= 20_000.0, "{rect:?}");
        }
        prop_assert!(apart(&scene.rows) && apart(&scene.axis), "{scene}");
        let _ = timeline.hit(view, size.0 / 2.0, 40.0);
        for row in timeline.rows(0, usize::MAX) {
            prop_assert!(row.total.0.is_finite() && row.stages.iter().all(|stage| stage.value.0.is_finite()), "{row:?}");
        }
    }
}

/// All that a load of series tells and makes of the rows.
fn told(timeline: &mut Timeline, all: &[Shape]) -> (String, String) {
    let mut frames = FramesBuilder::new();
    for series in all {
        add(&mut frames, series);
    }
    let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(1e7) };
    let loaded = timeline.load(frames.build(), &Request { range, ..Request::default() });
    (format!("{loaded:?}"), format!("{:?}", timeline.rows(0, usize::MAX)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_refreshed_timeline_is_a_fresh_one(
        all in vec(series(), 1..20),
        before in vec(series(), 0..5),
        stays in 0_usize..20,
    ) {
        // A refresh brings most of what was there before, and something else.
        let before: Vec<_> = all.iter().take(stays).cloned().chain(before).collect();
        let mut refreshed = Timeline::default();
        told(&mut refreshed, &before);
        prop_assert_eq!(told(&mut refreshed, &all), told(&mut Timeline::default(), &all));
    }
}
