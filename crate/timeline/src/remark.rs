//! What a reader of a row must know beside its numbers, in sentences.

use crate::format;
use crate::notice;
use crate::run::{Notes, Overhead, Run, State, Tier};

/// What each note says that says the same of every row.
const SENTENCES: [(Notes, &str); 8] = [
    (
        Notes::OPEN,
        "Other runs are still under way. What they have done so far is in it, so the mean reads high.",
    ),
    (
        Notes::UNSURE,
        "Not sure: a part of it was counted before the time range, was lost in a restart, or may be another run's.",
    ),
    (
        Notes::SINCE_START,
        "At one instant a counter holds everything since propeller started, whatever the time range is. Ask for a \
         range, or for increase(…[$__range]).",
    ),
    (Notes::NO_ACCEPTANCE, "No acceptance latency was found, so the wall clock lacks it."),
    (Notes::NONE_ENDED, "No run ended in the time range; runs are counted by their acceptance."),
    (
        Notes::NO_RUNS,
        "Nothing says how many runs there were, so the stages do not add up to a run.",
    ),
    (
        Notes::RESTARTED,
        "Propeller restarted within the time range; what it counted between the last scrape and the restart is lost.",
    ),
    (
        Notes::TOTALS,
        "Sums came without their counts: what is shown is a total over the time range, not a mean. Query the _count too.",
    ),
];

/// All that is to be said of a run.
#[must_use]
pub fn remarks(run: &Run, overhead: Option<Overhead>) -> Vec<String> {
    let mut remarks = Vec::new();
    of_its_state(run, &mut remarks);
    remarks.extend(of_its_runs(run));
    of_its_numbers(run, overhead, &mut remarks);
    let said = SENTENCES.iter().filter(|(note, _)| run.notes.has(*note));
    remarks.extend(said.map(|(_, text)| (*text).to_owned()));
    pod_notes(run, &mut remarks);
    remarks
}

fn of_its_state(run: &Run, remarks: &mut Vec<String>) {
    match run.state {
        State::Running if run.notes.has(Notes::RESTARTED) => remarks.push(
            "Was running when propeller restarted, and nothing has told its end since: it may still run, or its end \
             was lost."
                .to_owned(),
        ),
        State::Running => {
            remarks.push("Still running as far as is known: a stage is counted when it has ended.".to_owned());
        }
        State::Aborted => remarks.push(
            "Aborted: the nodes that ran at that moment measured nothing, so their time is in the derived stage."
                .to_owned(),
        ),
        _ => {}
    }
    if run.tier == Tier::Average && (run.failed > 0.0 || run.aborted > 0.0) {
        remarks.push(format!(
            "Of {}: {} failed, {} aborted.",
            notice::count(run.runs.round() as usize, "run", "runs"),
            format::number(run.failed),
            format::number(run.aborted)
        ));
    }
}

/// More lengths than this are told by the longest and the shortest.
const MOST_LENGTHS: usize = 8;

/// How long each of several runs took.
fn of_its_runs(run: &Run) -> Option<String> {
    if run.runs <= 1.0 {
        return None;
    }
    let (longest, shortest) = (run.lengths.first()?, run.lengths.last()?);
    let many = run.lengths.len();
    let which = if many as f64 == run.runs.round() {
        "Its runs".to_owned()
    } else {
        let runs = notice::count(run.runs.round() as usize, "run", "runs");
        format!("Of its {runs}, the {many} that can be told apart by their end")
    };
    let texts: Vec<String> = run.lengths.iter().map(|length| format::duration(*length)).collect();
    let lengths = match texts.as_slice() {
        [] => return None,
        [only] => only.clone(),
        [some @ .., last] if many <= MOST_LENGTHS => format!("{} and {last}", some.join(", ")),
        _ => format!("between {} and {}", format::duration(*shortest), format::duration(*longest)),
    };
    Some(format!("{which} took {lengths}."))
}

fn of_its_numbers(run: &Run, overhead: Option<Overhead>, remarks: &mut Vec<String>) {
    if let Some(overhead) = overhead.filter(Overhead::is_rough) {
        remarks.push(format!(
            "The overhead is between {} and {}: Flyte's clocks start at whole seconds, so each short stage reads up \
             to a second high.",
            format::share(overhead.least),
            format::share(overhead.most)
        ));
    }
    if run.notes.has(Notes::PARALLEL) {
        let why = if run.notes.has(Notes::NO_NODES) {
            "since nodes ran in parallel, or a dynamic or map task contains its children, which cannot be told apart \
             without a node label"
        } else {
            "since nodes ran in parallel"
        };
        remarks.push(format!(
            "Stages add up to more than the {} on the wall clock, {why}: the bar is work, the tick on it is the wall \
             clock.",
            format::duration(run.wall.unwrap_or_default())
        ));
    }
    if run.notes.has(Notes::CONTAINED) {
        remarks.push(format!(
            "{} of nested nodes is inside their parent's task execution and not counted twice.",
            format::duration(run.set_aside)
        ));
    }
    if run.notes.has(Notes::UNDIVIDED) {
        let metric = if run.tier == Tier::Pod {
            "kube_pod_container_state_started"
        } else {
            "plugin_queue_latency_us"
        };
        remarks
            .push(format!("Pod start is inside task execution: {metric} is not among the series."));
    }
}

/// What pods tell, and what they leave open.
fn pod_notes(run: &Run, notes: &mut Vec<String>) {
    for (note, text) in [
        (
            Notes::START_BY_PODS,
            "Pod start is what kube-state-metrics tells of the execution's pods.",
        ),
        (
            Notes::TOGETHER,
            "Its pods are more than can be drawn one by one: the bar is what all of them took.",
        ),
        (
            Notes::COUNTED_TOO,
            "Its time is in the row of its workflow's counters, too; the legend counts it there.",
        ),
    ] {
        if run.notes.has(note) {
            notes.push(text.to_owned());
        }
    }
    if let Some(waited) = run.waited {
        notes.push(format!(
            "{} of pod start was waiting for a machine; the rest pulled images and started containers.",
            format::duration(waited)
        ));
    }
    if run.state == State::Unknown {
        notes.push(
            "Nothing says how it ended: kube_pod_status_phase is not among the series, or a pod went away before it \
             completed."
                .to_owned(),
        );
    }
}
