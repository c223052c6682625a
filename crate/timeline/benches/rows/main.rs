//! How long it takes from frames to rows, tier by tier and size by size, beside reading every sample
//! once; and how much memory it takes, beside the bytes of the columns. Times that repeat are one
//! column already: they are read once and counted once.
//!
//! `cargo bench -p flyte-timeline`, or with a part of a name behind it: `increment/1000000`, `memory`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot build its data has failed"
)]

mod shapes;

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use flyte_timeline::series::{Column, Frames};
use flyte_timeline::tier::Choice;
use flyte_timeline::{Request, Timeline};
use peak_alloc::PeakAlloc;

use shapes::Shape;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 4] = [1_000, 100_000, 1_000_000, 5_000_000];

type Build = fn(usize) -> Shape;

const TIERS: [(&str, Build, Choice); 4] = [
    ("execution", shapes::executions, Choice::Best),
    ("pod", shapes::pods, Choice::Best),
    ("increment", shapes::counters, Choice::Best),
    ("average", shapes::counters, Choice::Means),
];

fn rows(frames: Frames, request: &Request) -> Timeline {
    let mut timeline = Timeline::default();
    let loaded = timeline.load(frames, request).expect("well described");
    assert!(loaded.rows > 0, "{loaded:?}");
    timeline
}

/// The least that anybody can do: every time and every value once.
fn read_once(frames: &Frames) -> f64 {
    frames.columns.iter().flat_map(Column::numbers).sum()
}

fn request(shape: &Shape, choice: Choice) -> Request {
    Request { range: shape.range, choice, ..Request::default() }
}

fn speed(criterion: &mut Criterion) {
    for (tier, build, choice) in TIERS {
        let mut group = criterion.benchmark_group(tier);
        for size in SIZES {
            let shape = build(size);
            let request = request(&shape, choice);
            group.throughput(Throughput::Elements(shape.samples as u64));
            group.sample_size(if size > 100_000 { 10 } else { 30 });
            group.bench_function(BenchmarkId::new("rows", size), |bencher| {
                bencher.iter_batched(
                    || shape.frames.clone(),
                    |frames| rows(frames, &request),
                    BatchSize::PerIteration,
                );
            });
            group.bench_function(BenchmarkId::new("read", size), |bencher| {
                bencher.iter(|| black_box(read_once(&shape.frames)));
            });
        }
        group.finish();
    }
}

fn bytes(frames: &Frames) -> usize {
    let of = |column: &Column| match column {
        Column::Texts(values) => size_of_val(values.as_slice()),
        column => size_of_val(column.numbers()),
    };
    frames.columns.iter().map(of).sum()
}

/// Prints the highest use of memory from before the frames are taken over until there are rows.
fn memory(_: &mut Criterion) {
    if std::env::args().skip(1).any(|arg| !arg.starts_with('-') && !"memory".contains(&arg)) {
        return;
    }
    println!("memory: the most in use, as a ratio to the bytes of the columns, which are in it");
    for (tier, build, choice) in TIERS {
        for size in SIZES {
            let shape = build(size);
            let request = request(&shape, choice);
            let before = MEMORY.current_usage();
            let frames = shape.frames.clone();
            let columns = bytes(&frames);
            MEMORY.reset_peak_usage();
            let timeline = rows(frames, &request);
            let peak = MEMORY.peak_usage() - before;
            let kept = MEMORY.current_usage() - before;
            println!(
                "  {tier:<10} {:>9} samples: {:6.2} × of {:>7.1} MB; {:.2} × kept",
                shape.samples,
                peak as f64 / columns as f64,
                columns as f64 / 1e6,
                kept as f64 / columns as f64
            );
            drop(timeline);
        }
    }
}

criterion_group!(benches, memory, speed);
criterion_main!(benches);
