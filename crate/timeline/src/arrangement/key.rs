//! What a row is called from one refresh to the next, so that it stays open.

use crate::run::{Run, Runs};

const SEPARATOR: char = '|';
/// Between a row and a node of it.
const INSIDE: char = '#';

/// Workflow, project, domain, and the execution's id, or where there is none, the end.
pub(super) fn of(runs: &Runs, run: &Run) -> String {
    let mut key = String::new();
    for part in [run.workflow, run.project, run.domain] {
        key.push_str(runs.texts.get(part));
        key.push(SEPARATOR);
    }
    match (run.execution.is_empty(), run.end) {
        (false, _) => key.push_str(runs.texts.get(run.execution)),
        (true, Some(end)) => key.push_str(&whole(end.0)),
        (true, None) => {}
    }
    key
}

pub(super) fn of_node(runs: &Runs, run: &Run, path: &str) -> String {
    let mut key = of(runs, run);
    key.push(INSIDE);
    key.push_str(path);
    key
}

/// Whether a key is a run's. Asked of every run, so nothing is written for it.
pub(super) fn is_of(runs: &Runs, run: &Run, key: &str) -> bool {
    let mut rest = key;
    for part in [run.workflow, run.project, run.domain] {
        let after = rest.strip_prefix(runs.texts.get(part)).and_then(|r| r.strip_prefix(SEPARATOR));
        let Some(after) = after else { return false };
        rest = after;
    }
    match (run.execution.is_empty(), run.end) {
        (false, _) => rest == runs.texts.get(run.execution),
        (true, Some(end)) => rest == whole(end.0),
        (true, None) => rest.is_empty(),
    }
}

fn whole(ms: f64) -> String {
    (ms.round() as i64).to_string()
}
