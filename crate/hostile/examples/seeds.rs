//! Writes the seeds of `fuzz/corpus/raw`: a few series of a simulated Flyte, one frame a series and
//! as a table, of each deployment. `cargo run -p hostile --example seeds`.

#![expect(clippy::expect_used, reason = "a tool that cannot write its files has nothing to do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flyte_simulator::{Deployment, Fleet, Keep, Simulation, World};
use flyte_timeline::series::Frames;
use flyte_timeline::series::build::{Asked, FieldSpec, FramesBuilder, Values};

const START: i64 = 1_763_800_000_000;
const STEP: i64 = 60_000;
const STEPS: i64 = 9;
/// Small inputs are walked often.
const MOST_SERIES: usize = 14;

type Labels = Vec<(String, String)>;
type Samples = (Vec<f64>, Vec<f64>);

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/raw");
    fs::create_dir_all(&folder).expect("a folder for the corpus");
    for (position, deployment) in Deployment::ALL.into_iter().enumerate() {
        let all: Vec<(Labels, Samples)> = history(deployment).into_iter().collect();
        // What belongs together lies apart: metrics are the first label, so that is spread.
        for part in 0..4 {
            let some: Vec<_> = all.iter().skip(part).step_by(all.len() / MOST_SERIES + 1).collect();
            for (shape, frames) in [("series", series(&some)), ("table", table(&some))] {
                let bytes = hostile::raw::encode(0, &frames);
                let file = folder.join(format!("seed-{position}-{part}-{shape}"));
                fs::write(file, bytes).expect("a seed");
            }
        }
    }
}

fn history(deployment: Deployment) -> BTreeMap<Labels, Samples> {
    let world = World::chain(2, 120.0);
    let fleet = Fleet::of(deployment);
    let mut flyte = Simulation::with_fleet(world, 7, START, fleet).expect("a world");
    let mut series: BTreeMap<Labels, Samples> = BTreeMap::new();
    for at in (0..=STEPS).map(|step| START + step * STEP) {
        flyte.advance_to(at);
        for sample in flyte.scrape(0, deployment, Keep::Timeline).expect("a scrape") {
            let mut labels = vec![("__name__".to_owned(), sample.series.name())];
            labels.extend(sample.series.labels().map(|(k, v)| (k.to_owned(), v.to_owned())));
            let (times, values) = series.entry(labels).or_default();
            times.push((at - START) as f64);
            values.push(sample.value);
        }
    }
    series
}

fn series(some: &[&(Labels, Samples)]) -> Frames {
    let mut frames = FramesBuilder::new();
    for (labels, (times, values)) in some {
        let labels: Vec<_> = labels.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        frames.series("A", Asked::Range(60_000), &labels, times, values);
    }
    frames.build()
}

/// The last sample of each, as an instant query in table format returns it.
fn table(some: &[&(Labels, Samples)]) -> Frames {
    let mut keys: Vec<&str> =
        some.iter().flat_map(|(labels, _)| labels).map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let column = |key: &str| -> Vec<&str> {
        some.iter()
            .map(|(labels, _)| {
                labels.iter().find(|(k, _)| k == key).map_or("", |(_, value)| value.as_str())
            })
            .collect()
    };
    let cells: Vec<Vec<&str>> = keys.iter().map(|key| column(key)).collect();
    let times = vec![(STEPS * STEP) as f64; some.len()];
    let numbers: Vec<f64> =
        some.iter().filter_map(|(_, (_, values))| values.last()).copied().collect();
    let mut fields = vec![FieldSpec { name: "Time", labels: &[], values: Values::Times(&times) }];
    for (key, cells) in keys.iter().zip(&cells) {
        fields.push(FieldSpec { name: key, labels: &[], values: Values::Texts(cells) });
    }
    fields.push(FieldSpec { name: "Value", labels: &[], values: Values::Numbers(&numbers) });
    let mut frames = FramesBuilder::new();
    frames.frame(("A", ""), Asked::Instant, &fields);
    frames.build()
}
