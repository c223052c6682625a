//! Puts things in order.

use std::cmp::Ordering;

/// The positions `0…len` in the order that a comparison of two gives; equal ones stay as they were.
///
/// One function for all kinds of things, with the comparison called through a pointer, and a plain
/// merge: the library's sorts are made anew for each kind, with networks for few elements, at several
/// kilobytes of wasm each.
#[must_use]
pub fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    let mut merged: Vec<u32> = Vec::with_capacity(sorted.len());
    let mut width = 1;
    while width < sorted.len() {
        for pair in sorted.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, after_a)), Some((b, after_b))) =
                (left.split_first(), right.split_first())
            {
                if compare(*b as usize, *a as usize) == Ordering::Less {
                    merged.push(*b);
                    right = after_b;
                } else {
                    merged.push(*a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut sorted, &mut merged);
        merged.clear();
        width *= 2;
    }
    sorted
}

/// The things at positions, as far as there are such.
#[must_use]
pub fn picked<T: Copy>(things: &[T], positions: &[u32]) -> Vec<T> {
    positions.iter().filter_map(|position| things.get(*position as usize)).copied().collect()
}

/// Sorts in place, and leaves equals as they were. What is in order already, as most of it is, is only
/// looked at.
pub fn sort<T>(things: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if things.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let mut order = order(things.len(), &mut |a, b| match (things.get(a), things.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    // The thing at `order[home]` belongs at `home`: every swap brings one home.
    for home in 0..things.len() {
        let mut from = order.get(home).copied().unwrap_or_default() as usize;
        while from < home {
            from = order.get(from).copied().unwrap_or_default() as usize;
        }
        things.swap(home, from);
        if let Some(slot) = order.get_mut(home) {
            *slot = u32::try_from(from).unwrap_or(u32::MAX);
        }
    }
}

/// Sorts and drops what is there twice.
pub fn distinct<T: Ord>(things: &mut Vec<T>) {
    sort(things, T::cmp);
    things.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn in_place_it_sorts_as_the_library_does(things in prop::collection::vec((0_u8..20, any::<u8>()), 0..200)) {
            let (mut ours, mut theirs) = (things.clone(), things);
            sort(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|thing| thing.0);
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn equal_things_stay_as_they_were() {
        let things = ["bb", "a", "aa", "b"];
        let by_length = order(4, &mut |a, b| things[a].len().cmp(&things[b].len()));
        assert_eq!(picked(&things, &by_length), ["a", "b", "bb", "aa"]);
    }

    #[test]
    fn any_number_of_things_is_sorted_as_the_library_does() {
        for len in 0..70_u64 {
            let things: Vec<u64> = (0..len).map(|i| i * 7919 % 13).collect();
            let mut expected: Vec<usize> = (0..things.len()).collect();
            expected.sort_by_key(|position| things[*position]);
            let order = order(things.len(), &mut |a, b| things[a].cmp(&things[b]));
            assert!(order.iter().map(|position| *position as usize).eq(expected), "{len}");
        }
    }
}
