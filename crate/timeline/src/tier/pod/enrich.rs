//! What the pods add to an execution that its counters tell: when a node's task began, and how much
//! of it was pod start where propeller did not measure that. What a node took in all stays what the
//! counters say.

use super::Pods;
use super::join::Pod;
use super::place::{node_of, sanitized};
use crate::profile::{Profile, StageId};
use crate::run::{Notes, Piece};
use crate::text::{Text, Texts};
use crate::unit::{Millis, UnixMillis};

/// Most pods times nodes that are compared for one execution: an execution with more, thousands of
/// each, keeps its counters alone rather than hold up the panel.
const MOST_COMPARED: usize = 1_000_000;

impl Pods {
    /// Adds to the pieces of an execution what its pods know.
    pub(in crate::tier) fn enrich(
        &self,
        profile: &Profile,
        texts: &Texts,
        position: Option<usize>,
        pieces: &mut Vec<Piece>,
        notes: &mut Notes,
    ) {
        let Some(execution) = position.and_then(|position| self.executions.get(position)) else {
            return;
        };
        let Some((part, whole)) = profile.pod_start() else { return };
        let tasks = tasks(texts, pieces, whole);
        let pods = self.of(execution);
        if tasks.len().saturating_mul(pods.len()) > MOST_COMPARED {
            return;
        }
        let owned = assign(texts, &tasks, pods);
        let mut told = Vec::with_capacity(pieces.len() + tasks.len());
        let (mut split, mut undivided) = (false, false);
        for mut piece in pieces.drain(..) {
            if piece.stage == part {
                piece.begin = own(&owned, piece.node).filter_map(Pod::begin).reduce(earlier);
            }
            if piece.stage == whole {
                // The user's own parts may stand between the two.
                let before = told.iter().rev().take_while(|last: &&Piece| last.node == piece.node);
                let has_part = before.clone().any(|last| last.stage == part);
                let start = (!has_part).then(|| start(&owned, part, &piece)).flatten();
                let ran = own(&owned, piece.node).filter_map(Pod::started).reduce(earlier);
                piece.begin = if has_part || start.is_some() {
                    ran
                } else {
                    first_begin(texts, &owned, piece.node)
                };
                undivided |= !has_part && start.is_none();
                if let Some(start) = start {
                    piece.sum = piece.sum - start.sum;
                    piece.value = piece.value - start.value;
                    told.push(start);
                    split = true;
                }
            }
            told.push(piece);
        }
        *pieces = told;
        if split {
            notes.add(Notes::START_BY_PODS);
            if !undivided {
                notes.remove(Notes::UNDIVIDED);
            }
        }
    }
}

/// The nodes that have a task execution, with their paths as pods' names have them.
fn tasks(texts: &Texts, pieces: &[Piece], whole: StageId) -> Vec<(Text, String)> {
    let own = pieces.iter().filter(|piece| piece.stage == whole);
    own.map(|piece| {
        let ids: Vec<String> = texts.get(piece.node).split('/').map(sanitized).collect();
        (piece.node, ids.join("/"))
    })
    .collect()
}

/// The execution's pods with the nodes that they are of. Where nodes are not told apart, all are of
/// the one that there is.
fn assign<'a>(
    texts: &Texts,
    nodes: &[(Text, String)],
    pods: &'a [Pod],
) -> Vec<(Option<Text>, &'a Pod)> {
    let together = nodes.iter().any(|(node, _)| node.is_empty());
    let node = |pod| if together { Some(Text::EMPTY) } else { node_of(texts, nodes, pod) };
    pods.iter().map(|pod| (node(pod), pod)).collect()
}

fn own<'a>(
    owned: &'a [(Option<Text>, &'a Pod)],
    node: Text,
) -> impl Iterator<Item = &'a Pod> + use<'a> {
    owned.iter().filter(move |(own, _)| *own == Some(node)).map(|(_, pod)| *pod)
}

/// Pod start of a node's pods, which never exceeds what the node took.
fn start(owned: &[(Option<Text>, &Pod)], part: StageId, whole: &Piece) -> Option<Piece> {
    let starts: Vec<Millis> = own(owned, whole.node).filter_map(Pod::start).collect();
    let sum = starts.iter().copied().sum::<Millis>().min(whole.sum);
    (!starts.is_empty()).then(|| Piece {
        stage: part,
        node: whole.node,
        value: sum,
        sum,
        count: starts.len() as f64,
        begin: own(owned, whole.node).filter_map(Pod::begin).reduce(earlier),
    })
}

/// When a node began whose pod start is not told apart: with its first pod, or that of a node inside
/// it, as a map task has no pod of its own.
fn first_begin(texts: &Texts, owned: &[(Option<Text>, &Pod)], node: Text) -> Option<UnixMillis> {
    let own = own(owned, node).filter_map(Pod::begin).reduce(earlier);
    let front = format!("{}-", sanitized(texts.get(node)));
    let inside = || {
        let inside = owned.iter().filter(|(_, pod)| texts.get(pod.node).starts_with(&front));
        inside.filter_map(|(_, pod)| pod.begin()).reduce(earlier)
    };
    own.or_else(inside)
}

fn earlier(a: UnixMillis, b: UnixMillis) -> UnixMillis {
    UnixMillis(a.0.min(b.0))
}
