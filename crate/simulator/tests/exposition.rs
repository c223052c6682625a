//! What a propeller exposes, held against what Flyte's own promutils exposed for one successful
//! execution of a chain of two tasks (`fixtures/`; the durations there are invented, the names,
//! labels, types, help texts and counts are Flyte's).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // The helpers of tests are tests too.

use std::collections::BTreeMap;

use flyte_simulator::{Deployment, Simulation, World};

/// Of one series: family's type and help, label keys, and the value where it is a count.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    kind: String,
    help: String,
    count: Option<String>,
}

/// Reads an exposition: shape by name and labels, without the labels' values where they name
/// the one execution.
fn shapes(text: &str) -> BTreeMap<String, Shape> {
    let (mut kind, mut help) = (String::new(), String::new());
    let mut shapes = BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            rest.clone_into(&mut help);
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            rest.clone_into(&mut kind);
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let counted = series.contains("_count")
                || kind.ends_with(" counter")
                || value == "NaN"
                || (series.contains("_sum") && value == "0");
            let shape = Shape {
                kind: kind.clone(),
                help: help.clone(),
                count: counted.then(|| value.to_owned()),
            };
            let known = shapes.insert(without_execution(series), shape);
            assert!(known.is_none(), "{series} twice");
        }
    }
    shapes
}

fn without_execution(series: &str) -> String {
    let Some((before, rest)) = series.split_once("exec_id=\"") else { return series.to_owned() };
    let (_, after) = rest.split_once('"').unwrap();
    format!("{before}exec_id=\"?\"{after}")
}

fn one_execution(deployment: Deployment) -> String {
    let mut over = 1_700_000_000_000;
    let mut world = World::chain_at(2, &[1_000]);
    "example.two_task_wf".clone_into(&mut world.workflows[0].name);
    let mut flyte = Simulation::new(world, 7, over).unwrap();
    while flyte.truth().first().is_none_or(|execution| execution.ended_at.is_none()) {
        over += 1_000;
        flyte.advance_to(over);
    }
    flyte.expose(0, deployment).unwrap()
}

#[track_caller]
fn assert_same_shape(deployment: Deployment, fixture: &str) {
    let (ours, flytes) = (shapes(&one_execution(deployment)), shapes(fixture));
    assert!(flytes.len() > 50);
    assert_eq!(ours, flytes);
}

#[test]
fn flyte_core_exposes_what_flyte_does() {
    assert_same_shape(Deployment::Core, include_str!("../fixtures/flyte-core-default.txt"));
}

#[test]
fn flyte_core_with_exec_id_exposes_what_flyte_does() {
    let fixture = include_str!("../fixtures/flyte-core-with-exec-id.txt");
    assert_same_shape(Deployment::CoreExec, fixture);
}

#[test]
fn flyte_binary_exposes_what_flyte_does() {
    assert_same_shape(Deployment::Binary, include_str!("../fixtures/flyte-binary.txt"));
}

#[test]
fn the_series_come_in_the_order_of_the_client_library() {
    let names = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).map(str::to_owned).collect()
    };
    let fixture = include_str!("../fixtures/flyte-binary.txt");
    assert_eq!(names(&one_execution(Deployment::Binary)), names(fixture));
}
