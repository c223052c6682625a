//! Runs by hand, and what becomes of them.

use super::*;
use crate::run::{Kind, Notes, State, Tier};
use crate::text::Text;
use crate::unit::UnixMillis;

/// Workflow, execution, how it ended, and time by node and stage: ms of `queueing` and `task`.
type Given<'a> = (&'a str, &'a str, State, &'a [(&'a str, f64, f64)]);

const ALL: [Given<'_>; 4] = [
    ("shop:prod:etl.orders", "a1", State::Succeeded, &[("n0", 1.0, 20.0), ("n1", 2.0, 10.0)]),
    ("shop:prod:etl.outlets", "b1", State::Failed, &[("n0", 9.0, 5.0)]),
    ("shop:dev:etl.orders", "c1", State::Succeeded, &[("prepare", 3.0, 7.0)]),
    ("shop:prod:etl.orders", "a2", State::Running, &[("n0", 4.0, 0.0)]),
];

fn stage(profile: &Profile, id: &str) -> StageId {
    profile.position(id).expect("a built-in stage")
}

fn runs(profile: &Profile, given: &[Given<'_>]) -> Runs {
    let mut runs = Runs::default();
    for (place, (workflow, execution, state, nodes)) in given.iter().enumerate() {
        let mut pieces = Vec::new();
        for (node, queueing, task) in *nodes {
            let node = runs.texts.intern(node);
            for (id, ms) in [("queueing", *queueing), ("task", *task)] {
                let (stage, value) = (stage(profile, id), Millis(ms));
                let piece = Piece { stage, node, value, sum: value, count: 1.0, begin: None };
                pieces.extend((ms > 0.0).then_some(piece));
            }
        }
        let run = Run {
            tier: Tier::Execution,
            kind: Kind::Run,
            state: *state,
            execution: runs.texts.intern(execution),
            workflow: runs.texts.intern(workflow),
            project: runs.texts.intern("shop"),
            domain: Text::EMPTY,
            begin: None,
            end: Some(UnixMillis(1_000.0 * (place as f64 + 1.0))),
            late: None,
            wall: None,
            runs: 1.0,
            failed: f64::from(u8::from(*state == State::Failed)),
            aborted: 0.0,
            set_aside: Millis::ZERO,
            lengths: Vec::new(),
            waited: None,
            notes: Notes::default(),
            first: 0,
            end_piece: 0,
            contained: 0,
        };
        runs.push(run, &pieces);
    }
    runs
}

/// What the lines read: headers in brackets, nodes after their depth.
fn lines_of(given: &[Given<'_>], arrangement: &Arrangement) -> Vec<String> {
    let profile = Profile::flyte1();
    let runs = runs(&profile, given);
    let selected = select(&profile, &runs, arrangement);
    let arranged = unfold(&profile, &runs, arrangement, &selected, TimeRange::default());
    let line = |index| {
        let content = arranged.line(&runs, index).expect("a line");
        let total = content.total.0;
        match content.what {
            What::Group(group) => format!("[{} {}] {total}", group.name, group.statistics.count),
            What::Run(run) => format!("{} {total}", row::name(&runs, run)),
            What::Node(_, node) => {
                let set_aside = if node.is_contained { " set aside" } else { "" };
                format!("{}{} {total}{set_aside}", ">".repeat(node.depth.into()), node.name())
            }
        }
    };
    (0..arranged.lines.len()).map(line).collect()
}

fn lines(arrangement: &Arrangement) -> Vec<String> {
    lines_of(&ALL, arrangement)
}

fn key(given: &[Given<'_>], place: usize) -> String {
    let runs = runs(&Profile::flyte1(), given);
    key_of(&runs, runs.runs.get(place).expect("a run"))
}

#[test]
fn rows_come_in_the_order_that_was_asked_for_and_ties_by_name() {
    let by = |sort, descending| lines(&Arrangement { sort, descending, ..Arrangement::default() });
    assert_eq!(by(Sort::End, true), ["a2 4", "c1 10", "b1 14", "a1 33"]);
    assert_eq!(by(Sort::Total, false), ["a2 4", "c1 10", "b1 14", "a1 33"]);
    assert_eq!(by(Sort::Stage("queueing".into()), true), ["b1 14", "a2 4", "a1 33", "c1 10"]);
    assert_eq!(by(Sort::Name, false), ["a1 33", "a2 4", "c1 10", "b1 14"]);
}

#[test]
fn a_search_finds_names_workflows_domains_nodes_and_states_whatever_their_capitals() {
    let found = |search: &str| {
        lines(&Arrangement { search: search.to_owned(), ..Arrangement::default() }).len()
    };
    assert_eq!(["", "A1", "orders", ":dev:", "PREPARE", "failed"].map(found), [4, 1, 3, 1, 1, 1]);
    assert_eq!(found("orders running"), 1, "every word has to be there");
    assert_eq!(found("orders failed"), 0);
}

#[test]
fn filters_leave_out_what_is_shorter_or_did_not_fail() {
    let minimum = Arrangement { minimum: Millis(14.0), ..Arrangement::default() };
    assert_eq!(lines(&minimum), ["a1 33", "b1 14"]);
    let failed = Arrangement { failed_only: true, ..Arrangement::default() };
    assert_eq!(lines(&failed), ["b1 14"]);
}

#[test]
fn groups_keep_the_order_of_their_first_rows_and_close() {
    let open = Arrangement { group: Grouping::Workflow, ..Arrangement::default() };
    let headers = |lines: &[String]| lines.iter().filter(|line| line.starts_with('[')).count();
    let all = lines(&open);
    assert_eq!((all.len(), headers(&all)), (7, 3), "{all:?}");
    assert_eq!(all.first().map(String::as_str), Some("[etl.orders 1] 37"), "one of two still runs");
    let closed = lines(&Arrangement { closed: true, ..open.clone() });
    assert_eq!((closed.len(), headers(&closed)), (3, 3), "{closed:?}");
    let profile = Profile::flyte1();
    let runs = runs(&profile, &ALL);
    let first = select(&profile, &runs, &open).groups.first().expect("a group").key.clone();
    let toggled = Arrangement { closed: true, toggled: vec![first], ..open };
    assert_eq!(lines(&toggled).len(), 5, "the one that was opened");
}

#[test]
fn an_opened_row_is_followed_by_its_nodes_which_add_up_to_it() {
    let toggled = vec![key(&ALL, 0)];
    let opened = lines(&Arrangement { toggled, ..Arrangement::default() });
    assert_eq!(opened.get(..3), Some(["a1 33", ">n0 21", ">n1 12"].map(str::to_owned).as_slice()));
}

#[test]
fn nodes_nest_and_those_in_a_task_are_set_aside() {
    let nested: [Given<'_>; 1] = [(
        "shop:prod:etl",
        "x",
        State::Succeeded,
        &[("n0", 1.0, 50.0), ("n0/n0-n1", 2.0, 30.0), ("sub/n0", 4.0, 8.0)],
    )];
    let row = key(&nested, 0);
    let toggled = vec![row.clone(), format!("{row}#n0"), format!("{row}#sub")];
    let opened = lines_of(&nested, &Arrangement { toggled, ..Arrangement::default() });
    let nodes = [">n0 51", ">>n0-n1 32 set aside", ">sub 12", ">>n0 12"].map(str::to_owned);
    assert_eq!(opened.get(1..), Some(nodes.as_slice()), "{opened:?}");
}

#[test]
fn every_row_has_a_key_of_its_own_which_is_found_again() {
    let runs = runs(&Profile::flyte1(), &ALL);
    for run in &runs.runs {
        let key = key_of(&runs, run);
        let found = runs.runs.iter().filter(|other| key::is_of(&runs, other, &key)).count();
        assert_eq!(found, 1, "{key}");
    }
}
