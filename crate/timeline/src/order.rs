//! One sort for everything. The standard library's is compiled anew for every type that is sorted,
//! five kilobytes each, which in a module that a browser loads is more than anything else here.

use std::cmp::Ordering;

/// Sorts, and leaves equals as they were.
pub fn sort<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = permutation(items.len(), &mut |a, b| match (
        items.get(a as usize),
        items.get(b as usize),
    ) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    // Item `order[i]` belongs at `i`: every swap brings one home.
    for home in 0..items.len() {
        let mut from = order.get(home).copied().unwrap_or_default() as usize;
        while from < home {
            from = order.get(from).copied().unwrap_or_default() as usize;
        }
        items.swap(home, from);
        if let Some(slot) = order.get_mut(home) {
            *slot = u32::try_from(from).unwrap_or(u32::MAX);
        }
    }
}

/// Where each item of the order comes from.
fn permutation(count: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    if !order.is_sorted_by(|a, b| compare(*a, *b) != Ordering::Greater) {
        order.sort_by(|a, b| compare(*a, *b));
    }
    order
}

/// Sorts and drops what is there twice.
pub fn distinct<T: Ord>(items: &mut Vec<T>) {
    sort(items, T::cmp);
    items.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec((0_u8..20, any::<u8>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
