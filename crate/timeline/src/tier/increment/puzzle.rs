//! Who may own what: narrowed until nothing changes, by rules that hold in every world.

use super::chain::Link;
use super::matching;
use super::thing::{Life, Thing};
use crate::text::Text;
use crate::unit::Millis;

/// A scrape takes a while, and so does propeller between the end of a stage and the begin of the next.
const SLACK_MS: f64 = 3_000.0;

/// Narrows the owners of things, which are in order of their counters. Answers whether everything can
/// be somebody's at all.
pub(super) fn solve(things: &mut [Thing], lives: &[Life], step: Millis) -> bool {
    let room: Vec<usize> = lives.iter().map(|life| life.runs).collect();
    loop {
        let rules = Rules::of(things, lives, step);
        let kept: Vec<Vec<usize>> = things.iter().map(|thing| rules.owners(thing)).collect();
        let needed = rules.needed();
        let mut changed = false;
        for (thing, kept) in things.iter_mut().zip(kept) {
            changed |= kept.len() < thing.owners.len();
            thing.owners = kept;
            if thing.owners.is_empty() {
                return false;
            }
        }
        for (position, life) in needed {
            if let Some(thing) = things.get_mut(position) {
                changed |= thing.owners.len() > 1;
                thing.owners = vec![life];
            }
        }
        for group in things.chunk_by_mut(|a, b| a.counter() == b.counter()) {
            if group.first().is_some_and(is_once) {
                let mut group: Vec<_> =
                    group.iter_mut().map(|thing| (thing.count, &mut thing.owners)).collect();
                match matching::narrow(&mut group, &room) {
                    Some(narrowed) => changed |= narrowed,
                    None => return false,
                }
            }
        }
        if !changed {
            return true;
        }
    }
}

/// Whether a run has it at most once. Of waits and starts of pods an attempt has one at most, and a node
/// any number of attempts: nothing says how many, since propeller may come too late to see one.
fn is_once(thing: &Thing) -> bool {
    let of_node = |link| matches!(link, Link::Transition | Link::Queueing | Link::Task);
    thing.is_acceptance || (!thing.node.is_empty() && thing.link.is_some_and(of_node))
}

/// What is known of the lives in one pass over the things.
struct Rules<'a> {
    things: &'a [Thing],
    lives: &'a [Life],
    /// How far apart what happened together may seem, ms.
    slack: f64,
    /// By life: before this scrape its acceptance must have been possible.
    accepted: Vec<f64>,
    /// By life: its acceptance must have been possible before these, the earliest scrape that shows
    /// something of its own, and the earliest begin of such.
    known: Vec<(f64, f64)>,
}

impl<'a> Rules<'a> {
    fn of(things: &'a [Thing], lives: &'a [Life], step: Millis) -> Self {
        let slack = step.0 + SLACK_MS;
        let mut rules = Self {
            things,
            lives,
            slack,
            accepted: vec![f64::INFINITY; lives.len()],
            known: vec![(f64::INFINITY, f64::INFINITY); lives.len()],
        };
        for thing in things {
            if thing.is_acceptance {
                for life in &thing.owners {
                    if let Some(accepted) = rules.accepted.get_mut(*life) {
                        *accepted = accepted.min(thing.from);
                    }
                }
            } else if thing.link.is_some() && rules.is_certain(thing) {
                for life in &thing.owners {
                    if let Some(known) = rules.known.get_mut(*life) {
                        *known = (known.0.min(thing.to), known.1.min(thing.begin.1));
                    }
                }
            }
        }
        rules
    }

    /// Lives that may own a thing.
    fn owners(&self, thing: &Thing) -> Vec<usize> {
        thing.owners.iter().copied().filter(|life| self.may_own(thing, *life)).collect()
    }

    /// Whether each of a thing's owners certainly has it, or a part: there are no more than it counts.
    fn is_certain(&self, thing: &Thing) -> bool {
        let runs = |life: &usize| self.lives.get(*life).map_or(0, |life| life.runs);
        let owners: usize = thing.owners.iter().map(runs).sum();
        owners == thing.count && (thing.count == 1 || is_once(thing))
    }

    fn may_own(&self, thing: &Thing, life: usize) -> bool {
        let (Some(owner), Some(accepted), Some(known)) =
            (self.lives.get(life), self.accepted.get(life), self.known.get(life))
        else {
            return false;
        };
        if thing.from >= owner.to {
            return false;
        }
        if thing.is_acceptance {
            // Running begins when acceptance is told.
            return thing.from <= owner.begin.1 + self.slack
                && owner.begin.0 <= thing.to + self.slack
                && thing.from < known.0
                && thing.from <= known.1 + self.slack;
        }
        *accepted < thing.to
            && (thing.link.is_none() || *accepted <= thing.begin.1 + self.slack)
            && (thing.node.is_empty() || self.fits_its_node(thing, life))
    }

    /// Whether a thing agrees with what its owner was, or may have been, told at the same node.
    fn fits_its_node(&self, thing: &Thing, life: usize) -> bool {
        let may = |link| self.told(thing.node, link).filter(|other| other.owners.contains(&life));
        let own = |link| may(link).filter(|other| self.is_certain(other));
        match thing.link {
            None => true,
            Some(Link::Transition) => own(Link::Queueing).all(|other| self.is_within(other, thing)),
            Some(Link::Queueing) => {
                own(Link::Transition).all(|other| self.is_within(thing, other))
                    && own(Link::Task).all(|other| self.begins_with(other, thing))
                    && own(Link::Waiting).all(|other| self.follows(other, thing))
            }
            Some(Link::Waiting | Link::Starting) => {
                may(Link::Queueing).any(|other| self.follows(thing, other))
                    && own(Link::Task).all(|other| thing.from < other.to)
            }
            Some(Link::Task) => {
                may(Link::Queueing).any(|other| self.begins_with(thing, other))
                    && own(Link::Waiting).all(|other| other.from < thing.to)
            }
        }
    }

    /// What a life needs for something that is certainly its own, where only one thing can be it.
    fn needed(&self) -> Vec<(usize, usize)> {
        let mut needed = Vec::new();
        for thing in self.things {
            let (Some(life), 1, false) =
                (thing.owners.first().copied(), thing.count, thing.node.is_empty())
            else {
                continue;
            };
            if !self.is_certain(thing) {
                continue;
            }
            if !matches!(thing.link, Some(Link::Waiting | Link::Starting | Link::Task)) {
                continue;
            }
            let start = self.start(thing.node, Link::Queueing);
            let mut able = self
                .told(thing.node, Link::Queueing)
                .enumerate()
                .filter(|(_, other)| other.owners.contains(&life))
                .filter(|(_, other)| match thing.link {
                    Some(Link::Task) => self.begins_with(thing, other),
                    _ => self.follows(thing, other),
                });
            if let (Some((position, other)), None) = (able.next(), able.next())
                && other.count == 1
            {
                needed.push((start + position, life));
            }
        }
        needed
    }

    /// The things of one counter.
    fn told(&self, node: Text, link: Link) -> impl Iterator<Item = &'a Thing> + use<'a> {
        let counter = (true, node, Some(link));
        let rest = self.things.get(self.start(node, link)..).unwrap_or_default();
        rest.iter().take_while(move |thing| thing.counter() == counter)
    }

    fn start(&self, node: Text, link: Link) -> usize {
        self.things.partition_point(|thing| thing.counter() < (true, node, Some(link)))
    }

    /// Whether a stage may have begun after another thing was told.
    fn follows(&self, stage: &Thing, told: &Thing) -> bool {
        told.from < stage.to && told.from <= stage.begin.1 + self.slack
    }

    /// Whether a stage may have begun before another thing was told, and gone on after it.
    fn is_within(&self, stage: &Thing, told: &Thing) -> bool {
        told.from < stage.to && stage.begin.0 <= told.to + self.slack
    }

    /// Whether a stage may have begun when another thing was told.
    fn begins_with(&self, stage: &Thing, told: &Thing) -> bool {
        self.follows(stage, told) && self.is_within(stage, told)
    }
}
