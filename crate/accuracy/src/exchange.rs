//! Looks for another world in which the same scrapes would have shown the same, and a run is something
//! else: some runs exchange observations of one counter, as few as leave each of them possible.

use crate::possible::{self, Rules};
use crate::story::{Item, Kind, Nodes, Place, Story};

/// Runs that exchange: each takes what the next has, the last what the first has.
pub struct Ring<'a> {
    stories: Vec<&'a Story>,
    has_nodes: bool,
    /// By run: the place of each slot.
    places: Vec<Vec<Place>>,
    /// By run: its own observation in each slot.
    items: Vec<Vec<Option<Item>>>,
    /// By run.
    rules: Vec<Rules>,
}

/// Which node of each run is where another's is: exchanged observations take over the other's place.
pub type Pairing = Vec<Vec<usize>>;

impl<'a> Ring<'a> {
    /// Of runs. Observations are exchanged between nodes of the same name, and as `pairs` says: there each
    /// run's nodes are named in the order of the runs.
    pub fn of(stories: &[&'a Story], nodes: &Nodes, has_nodes: bool, pairs: Pairing) -> Self {
        let mut tuples = pairs;
        for node in 0..nodes.parents.len() {
            let is_free =
                |(run, _): &(usize, _)| !tuples.iter().any(|tuple| tuple.get(*run) == Some(&node));
            let free: Vec<bool> = stories.iter().enumerate().map(|pair| is_free(&pair)).collect();
            if free.contains(&true) {
                let nobody = nodes.parents.len() + tuples.len();
                tuples.push(free.iter().map(|free| if *free { node } else { nobody }).collect());
            }
        }
        let mut places: Vec<Vec<Place>> = vec![Vec::new(); stories.len()];
        let mut items: Vec<Vec<Option<Item>>> = vec![Vec::new(); stories.len()];
        for tuple in &tuples {
            for (kind, slot) in slots(stories, tuple) {
                let own = places.iter_mut().zip(&mut items).zip(tuple).zip(slot);
                for (((places, items), node), item) in own {
                    places.push(Place { node: *node, kind });
                    items.push(item);
                }
            }
        }
        let rules = if places.iter().all(|own| Some(own) == places.first()) {
            vec![Rules::of(places.first().map_or(&[], Vec::as_slice), nodes)]
        } else {
            places.iter().map(|own| Rules::of(own, nodes)).collect()
        };
        Self { stories: stories.to_vec(), has_nodes, places, items, rules }
    }

    /// Whether some exchange makes the first run something else and leaves all possible.
    pub fn finds_another_world(&self, silences: &[(f64, f64)]) -> bool {
        let slots = self.items.first().map_or(0, Vec::len);
        let mut is_tried = vec![false; slots];
        for seed in 0..slots {
            if is_tried.get(seed) == Some(&true) || !self.is_movable(seed) || !self.differs_at(seed)
            {
                continue;
            }
            let mut moved = vec![false; slots];
            move_to(&mut moved, seed);
            let is_possible = self.grow(&mut moved);
            for (tried, moved) in is_tried.iter_mut().zip(&moved) {
                *tried |= moved;
            }
            if is_possible
                && self.differs(&moved)
                && (0..self.stories.len()).all(|run| {
                    let items = self.world(run, &moved);
                    possible::keeps_silence(&items, silences)
                        && self.rules(run).is_some_and(|rules| rules.have_moments(&items))
                })
            {
                return true;
            }
        }
        false
    }

    fn rules(&self, run: usize) -> Option<&Rules> {
        self.rules.get(run).or_else(|| self.rules.first())
    }

    /// Moves what the others of a broken rule need, until none is broken. Answers whether that is
    /// possible.
    fn grow(&self, moved: &mut [bool]) -> bool {
        'again: loop {
            for (run, story) in self.stories.iter().enumerate() {
                let Some(rules) = self.rules(run) else { return false };
                if let Some(broken) = rules.broken(story.state, &self.world(run, moved)) {
                    let still = broken.into_iter().find(|slot| moved.get(*slot) == Some(&false));
                    let Some(slot) = still.filter(|slot| self.is_movable(*slot)) else {
                        return false;
                    };
                    move_to(moved, slot);
                    continue 'again;
                }
            }
            return true;
        }
    }

    /// An end tells which run it is. What no scrape of the range shows stays where it is.
    fn is_movable(&self, slot: usize) -> bool {
        let is_end = |own: &Vec<Place>| own.get(slot).is_some_and(|place| place.kind == Kind::End);
        !self.places.iter().any(is_end)
            && self.own(slot).flatten().all(|item| item.window.is_some())
    }

    /// What each run has in a slot.
    fn own(&self, slot: usize) -> impl Iterator<Item = Option<Item>> + '_ {
        self.items.iter().map(move |own| own.get(slot).copied().flatten())
    }

    fn differs_at(&self, slot: usize) -> bool {
        let mut own = self.own(slot);
        let first = own.next();
        own.any(|other| Some(other) != first)
    }

    /// What a run has when some slots have moved.
    fn world(&self, run: usize, moved: &[bool]) -> Vec<Option<Item>> {
        let next = (run + 1) % self.items.len();
        let of = |run: usize| self.items.get(run).map_or(&[][..], Vec::as_slice);
        let pairs = of(run).iter().zip(of(next)).zip(moved);
        pairs.map(|((own, others), moved)| if *moved { *others } else { *own }).collect()
    }

    /// Whether a row of the first run would say something else.
    fn differs(&self, moved: &[bool]) -> bool {
        let Some(places) = self.places.first() else { return false };
        let mut sums: Vec<(_, usize, f64)> = Vec::new();
        let mut add = |place: &Place, item: &Option<Item>, sign: f64| {
            let Some(item) = item else { return };
            let node = if self.has_nodes { place.node } else { 0 };
            match sums.iter_mut().find(|sum| (sum.0, sum.1) == (item.metric, node)) {
                Some(sum) => sum.2 += sign * item.value,
                None => sums.push((item.metric, node, sign * item.value)),
            }
        };
        let own = self.items.first().map_or(&[][..], Vec::as_slice);
        for (((place, before), after), moved) in
            places.iter().zip(own).zip(self.world(0, moved)).zip(moved)
        {
            if *moved {
                add(place, before, -1.0);
                add(place, &after, 1.0);
            }
        }
        sums.iter().any(|(.., sum)| sum.abs() > 1e-4)
    }
}

fn move_to(moved: &mut [bool], slot: usize) {
    if let Some(moved) = moved.get_mut(slot) {
        *moved = true;
    }
}

/// The slots of nodes that stand for each other, each with what every run has in it.
fn slots(stories: &[&Story], tuple: &[usize]) -> Vec<(Kind, Vec<Option<Item>>)> {
    let mut slots: Vec<(Kind, Vec<Option<Item>>)> = Vec::new();
    for (run, (story, node)) in stories.iter().zip(tuple).enumerate() {
        let start = story.items.partition_point(|(place, _)| place.node < *node);
        let own = story.items.iter().skip(start).take_while(|(place, _)| place.node == *node);
        for (Place { kind, .. }, item) in own {
            let shared = slots.iter_mut().find(|slot| slot.0 == *kind && kind.is_once());
            let slot = if let Some(slot) = shared {
                slot
            } else {
                slots.push((*kind, vec![None; stories.len()]));
                let Some(slot) = slots.last_mut() else { continue };
                slot
            };
            if let Some(slot) = slot.1.get_mut(run) {
                *slot = Some(*item);
            }
        }
    }
    slots
}

/// Whether two observations that one scrape added up could have been a little longer and a little
/// shorter, so that nobody knows either's value.
pub fn can_share(
    one: (&Story, usize),
    other: (&Story, usize),
    (rules, other_rules): (&Rules, &Rules),
) -> bool {
    let with = |(story, position): (&Story, usize), by: f64| {
        let mut items: Vec<Option<Item>> =
            story.items.iter().map(|(_, item)| Some(*item)).collect();
        if let Some(Some(item)) = items.get_mut(position) {
            item.value += by;
        }
        items
    };
    [1.0, -1.0].into_iter().any(|by| {
        let value = |(story, position): (&Story, usize)| {
            story.items.get(position).map_or(0.0, |(_, item)| item.value)
        };
        value(one) + by >= 0.0
            && value(other) - by >= 0.0
            && rules.have_moments(&with(one, by))
            && other_rules.have_moments(&with(other, -by))
    })
}
