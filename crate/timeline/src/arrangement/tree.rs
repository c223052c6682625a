//! The nodes of a run as a tree: ids nest with a slash, `n1/n1-n0`.

use super::Node;
use crate::order::{order, picked};
use crate::profile::Profile;
use crate::run::{Piece, Run, Runs};

/// The nodes that are shown, parents before their children, each with its time: its own, and that of
/// the nodes in it where it has none that contains theirs. So the nodes of one depth add up to what
/// is above them, but for those that are called contained.
pub(super) fn nodes(
    profile: &Profile,
    runs: &Runs,
    position: u32,
    run: &Run,
    opened: &[&str],
) -> Vec<(Node, Vec<Piece>)> {
    let mut lines = Vec::new();
    Tree::of(profile, runs, run).add("", 1, (position, opened), &mut lines);
    lines
}

/// A piece with the path of its node and its place in the run.
type Placed<'a> = (&'a str, usize, &'a Piece);

struct Tree<'a> {
    /// Every path, those of parents without any time of their own included, in the order in which
    /// they first have time.
    paths: Vec<&'a str>,
    /// Every piece of a node, sorted by path: what is in a node stands together.
    pieces: Vec<Placed<'a>>,
    /// Paths of the nodes whose own time holds that of the nodes in them, sorted.
    timed: Vec<&'a str>,
}

impl<'a> Tree<'a> {
    fn of(profile: &Profile, runs: &'a Runs, run: &Run) -> Self {
        let all = runs.pieces(run).iter().chain(runs.contained(run)).enumerate();
        let pieces: Vec<Placed<'a>> = all
            .map(|(place, piece)| (runs.texts.get(piece.node), place, piece))
            .filter(|(path, ..)| !path.is_empty())
            .collect();
        let mut paths: Vec<&str> = Vec::new();
        let mut last = "";
        for (path, ..) in &pieces {
            // A node's pieces stand together, so its like is mostly the one before.
            if *path != last {
                last = path;
                let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
                paths.extend(ends.filter_map(|end| path.get(..end)));
            }
        }
        let path = |at: usize| pieces.get(at).map(|(path, ..)| *path);
        let sorted = order(pieces.len(), &mut |a, b| path(a).cmp(&path(b)));
        let pieces = picked(&pieces, &sorted);
        let is_whole =
            |piece: &Piece| profile.stage(piece.stage).is_some_and(|stage| stage.contains_nodes);
        let timed = pieces.iter().filter(|(.., piece)| is_whole(piece)).map(|(path, ..)| *path);
        Self { timed: timed.collect(), paths: first_of_each(&paths), pieces }
    }

    /// Adds the nodes right below a path.
    fn add(
        &self,
        parent: &str,
        depth: u8,
        (run, opened): (u32, &[&str]),
        lines: &mut Vec<(Node, Vec<Piece>)>,
    ) {
        for path in self.paths.iter().filter(|path| above(path) == parent) {
            let has_nodes = !self.inside(path).is_empty();
            let is_open = has_nodes && opened.contains(path);
            let node = Node {
                run,
                path: (*path).to_owned(),
                depth,
                is_contained: self.is_held(path, 0),
                has_nodes,
                is_open,
                pieces: 0..0,
            };
            lines.push((node, self.time(path)));
            if is_open {
                self.add(path, depth.saturating_add(1), (run, opened), lines);
            }
        }
    }

    /// The pieces of the nodes in a node.
    fn inside(&self, path: &str) -> &[Placed<'a>] {
        let front = [path, "/"].concat();
        let begin = self.pieces.partition_point(|(other, ..)| *other < front.as_str());
        let rest = self.pieces.get(begin..).unwrap_or_default();
        let len = rest.partition_point(|(other, ..)| other.starts_with(&front));
        rest.get(..len).unwrap_or_default()
    }

    /// The time of a node: what is its own, and what is in it but in nothing whose time contains it.
    fn time(&self, path: &str) -> Vec<Piece> {
        let begin = self.pieces.partition_point(|(other, ..)| *other < path);
        let own = self.pieces.iter().skip(begin).take_while(|(other, ..)| *other == path);
        let inside =
            self.inside(path).iter().filter(|(other, ..)| !self.is_held(other, path.len()));
        let time: Vec<&Placed<'_>> = own.chain(inside).collect();
        let place = |at: usize| time.get(at).map(|(_, place, _)| *place);
        let in_order = order(time.len(), &mut |a, b| place(a).cmp(&place(b)));
        picked(&time, &in_order).into_iter().map(|(.., piece)| **piece).collect()
    }

    /// Whether a node's time is in that of one above it whose path is at least this long.
    fn is_held(&self, path: &str, atleast: usize) -> bool {
        let above = path.match_indices('/').filter(|(at, _)| *at >= atleast);
        above
            .filter_map(|(at, _)| path.get(..at))
            .any(|above| self.timed.binary_search(&above).is_ok())
    }
}

/// A path without its last part.
fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// Every text once, where it came first.
fn first_of_each<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let text = |at: usize| texts.get(at);
    let sorted = order(texts.len(), &mut |a, b| text(a).cmp(&text(b)));
    let same = sorted.chunk_by(|a, b| text(*a as usize) == text(*b as usize));
    let firsts: Vec<u32> = same.filter_map(|same| same.first().copied()).collect();
    let in_order = order(firsts.len(), &mut |a, b| firsts.get(a).cmp(&firsts.get(b)));
    picked(texts, &picked(&firsts, &in_order))
}
