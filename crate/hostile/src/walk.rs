//! The whole way with some frames, and what must hold on it. A panic is what is looked for.

use flyte_timeline::arrangement::{Arrangement, Grouping, Mode, Scale, Sort};
use flyte_timeline::colour::Theme;
use flyte_timeline::layout::View;
use flyte_timeline::scene::Setting;
use flyte_timeline::series::Frames;
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{Millis, TimeRange, UnixMillis};
use flyte_timeline::{Loaded, Request, Timeline};

/// A picture is never larger than this, CSS pixels, whatever the data say.
const MOST_PIXELS: f64 = 20_000.0;

const SORTS: [Sort; 5] = [Sort::End, Sort::Start, Sort::Total, Sort::Overhead, Sort::Name];
const MODES: [Mode; 4] = [Mode::Stacked, Mode::Aligned, Mode::Normalised, Mode::Clock];

/// A time zone that nobody lives in.
struct Nowhere;

impl Setting for Nowhere {
    fn time(&self, at: UnixMillis) -> String {
        at.0.to_string()
    }

    fn zone_offset(&self, at: UnixMillis) -> Millis {
        Millis(at.0)
    }
}

/// What one byte asks for.
fn request(byte: u8) -> Request {
    let to = if byte & 2 == 0 { 600_000.0 } else { f64::from(byte) * 1e5 };
    let range = TimeRange { from: UnixMillis(0.0), to: UnixMillis(to) };
    let choice = if byte & 1 == 0 { Choice::Best } else { Choice::Means };
    let metric = if byte & 4 == 0 { "queueing_sum" } else { "no such metric" };
    let metrics = [("A".to_owned(), metric.to_owned())].into_iter().collect();
    Request { range, metrics, choice, ..Request::default() }
}

/// Walks with frames that are well described: they must be read.
///
/// # Panics
/// Where something does not hold.
pub fn well_described(byte: u8, frames: &Frames) {
    let told = loaded(byte, frames);
    assert!(told.is_some(), "well described, and yet refused");
}

/// Walks with any frames: those that are not well described must be refused.
///
/// # Panics
/// Where something does not hold.
pub fn any(byte: u8, frames: &Frames) {
    let _ = loaded(byte, frames);
}

fn loaded(byte: u8, frames: &Frames) -> Option<()> {
    let request = request(byte);
    let mut timeline = Timeline::default();
    let loaded = timeline.load(frames.clone(), &request).ok()?;
    assert_eq!(loaded.empty.is_none(), loaded.rows > 0, "either rows, or why there are none");
    shares(&loaded);
    for (sort, mode) in SORTS.into_iter().zip(MODES.into_iter().cycle()) {
        let hidden = if byte & 8 == 0 { vec![] } else { vec!["task".to_owned()] };
        let toggled = timeline.rows(0, 2).into_iter().map(|row| row.key).collect();
        timeline.arrange(Arrangement {
            mode,
            sort,
            descending: byte & 16 == 0,
            hidden,
            toggled,
            group: if byte & 32 == 0 { Grouping::None } else { Grouping::Workflow },
            scale: if byte & 64 == 0 { Scale::All } else { Scale::Robust },
            objective: Some(Millis(1_000.0)),
            ..Arrangement::default()
        });
        pictures(&timeline);
    }
    timeline.arrange(Arrangement { descending: true, ..Arrangement::default() });
    words(&timeline);
    again(&mut timeline, &loaded, frames, &request);
    Some(())
}

fn shares(loaded: &Loaded) {
    for stage in &loaded.stages {
        assert!(stage.total.0.is_finite() && stage.total.0 >= 0.0, "{stage:?}");
        assert!((0.0..=1.0 + 1e-9).contains(&stage.share.0), "{stage:?}");
    }
}

/// The scenes of ordinary and of impossible views, and what is under some points of them.
fn pictures(timeline: &Timeline) {
    let views = [(900.0, 300.0, 0.0), (200.0, 90.0, 1e9), (f64::NAN, f64::INFINITY, -5.0)];
    for (width, height, scroll_top) in views {
        let view = View {
            width,
            height,
            scroll_top,
            pixel_ratio: 1.5,
            row_height: 22.0,
            theme: Theme::Light,
            active: Some(0),
            ..View::default()
        };
        let scene = timeline.scene(view, &Nowhere);
        for rect in &scene.rows.rects {
            let lengths = [rect.x, rect.y, rect.width, rect.height];
            assert!(lengths.iter().all(|length| length.is_finite()), "{rect:?}");
            assert!(rect.width <= MOST_PIXELS && rect.height <= MOST_PIXELS, "{rect:?}");
        }
        for x in [0.0, 150.0, 400.0, 899.0, f64::NAN] {
            let _ = timeline.hit(view, x, 40.0);
        }
    }
}

fn words(timeline: &Timeline) {
    for row in timeline.rows(0, usize::MAX) {
        assert!(row.total.0.is_finite(), "{row:?}");
        assert!(row.wall.is_none_or(|wall| wall.0.is_finite()), "{row:?}");
        assert!(row.stages.iter().all(|stage| stage.value.0.is_finite()), "{row:?}");
    }
}

/// The same frames make the same rows, after others and in a timeline of their own.
fn again(timeline: &mut Timeline, first: &Loaded, frames: &Frames, request: &Request) {
    let last = SORTS.last().cloned().unwrap_or_default();
    let told = |timeline: &mut Timeline| {
        let loaded = timeline.load(frames.clone(), request).ok();
        timeline.arrange(Arrangement { sort: last.clone(), ..Arrangement::default() });
        (format!("{loaded:?}"), format!("{:?}", timeline.rows(0, usize::MAX)))
    };
    let again = told(timeline);
    assert_eq!(again.0, format!("{:?}", Some(first)), "loaded again");
    assert_eq!(again, told(&mut Timeline::default()), "in a timeline of its own");
}
