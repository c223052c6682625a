//! One line of the picture in words and numbers: a row, the header of a group, or a node.

use crate::arrangement::{Arranged, Content, Group, Node, What, has_nodes, key_of, key_of_node};
use crate::format;
use crate::profile::Profile;
use crate::row::{self, Level, Row, RowStage};
use crate::run::{Kind, Runs, State};

/// Describes a line; none where there is no such line.
#[must_use]
pub fn describe(profile: &Profile, runs: &Runs, arranged: &Arranged, index: usize) -> Option<Row> {
    let content = arranged.line(runs, index)?;
    let run = match content.what {
        What::Run(run) | What::Node(run, _) => run,
        What::Group(group) => runs.runs.get(group.first as usize)?,
    };
    let is_shown = |stage| arranged.is_shown(stage);
    let row = row::describe(profile, runs, run, index, is_shown);
    let stages = || row::stages(profile, run, content.pieces, content.total, is_shown);
    let mut row = match content.what {
        What::Run(run) => Row {
            key: key_of(runs, run),
            over: arranged.over(profile, runs, run),
            expandable: has_nodes(runs, run),
            ..row
        },
        What::Node(run, node) => of_node(key_of_node(runs, run, node), node, stages(), row),
        What::Group(group) => of_group(group, stages(), row),
    };
    row.expanded = arranged.is_open(index);
    Some(with_total(row, &content))
}

fn with_total(row: Row, content: &Content<'_>) -> Row {
    Row { total: content.total, total_text: format::duration(content.total), ..row }
}

fn of_node(key: String, node: &Node, stages: Vec<RowStage>, row: Row) -> Row {
    let mut notes = Vec::new();
    if node.is_contained {
        notes.push(
            "Its time is in the task execution of the node above it already, and is not counted again."
                .to_owned(),
        );
    }
    Row {
        key,
        level: Level::Node,
        depth: node.depth,
        expandable: node.has_nodes,
        name: node.name().to_owned(),
        node: node.path.clone(),
        begin: None,
        end: None,
        wall: None,
        wall_text: None,
        overhead: None,
        overhead_text: None,
        stages,
        notes,
        ..row
    }
}

fn of_group(group: &Group, stages: Vec<RowStage>, row: Row) -> Row {
    Row {
        key: group.key.clone(),
        level: Level::Group,
        expandable: true,
        name: group.name.clone(),
        workflow: group.workflow.clone(),
        project: group.project.clone(),
        domain: group.domain.clone(),
        tier_text: String::new(),
        kind: Kind::Mean,
        state: State::Mixed,
        begin: None,
        end: None,
        runs: group.runs,
        wall: None,
        wall_text: None,
        overhead: None,
        overhead_text: None,
        stages,
        notes: vec![group.statistics.text.clone()],
        statistics: Some(group.statistics.clone()),
        ..row
    }
}
