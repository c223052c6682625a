//! Puts things in order.

use std::cmp::Ordering;

/// The positions `0…len` in the order that a comparison of two gives; equal ones stay as they were.
///
/// Sorting positions by a comparison that is called through a pointer is one function for all kinds of
/// things. A sort for each kind would be kilobytes of wasm for each.
#[must_use]
pub fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    order.sort_unstable_by(|a, b| compare(*a as usize, *b as usize).then(a.cmp(b)));
    order
}

/// The things at positions, as far as there are such.
#[must_use]
pub fn picked<T: Copy>(things: &[T], positions: &[u32]) -> Vec<T> {
    positions.iter().filter_map(|position| things.get(*position as usize)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_stay_as_they_were() {
        let things = ["bb", "a", "aa", "b"];
        let by_length = order(4, &mut |a, b| things[a].len().cmp(&things[b].len()));
        assert_eq!(picked(&things, &by_length), ["a", "b", "bb", "aa"]);
    }
}
