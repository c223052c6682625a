//! Who can have what, if everything is somebody's and nobody has more than their due: the filter of
//! Régin (1994, “A filtering algorithm for constraints of difference in CSPs”).

/// Things, each to be given to as many different owners as it counts. `owners` of each is narrowed to
/// those that it can have if all the others find theirs; `room` says how many things an owner takes,
/// at most. Answers whether any was narrowed; none where the things cannot be given.
pub(super) fn narrow(things: &mut [(usize, &mut Vec<usize>)], room: &[usize]) -> Option<bool> {
    let given = give(things, room)?;
    let mut narrowed = false;
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); room.len()];
    for (thing, owner) in
        given.iter().enumerate().flat_map(|(t, own)| own.iter().map(move |o| (t, o)))
    {
        if let Some(held) = held.get_mut(*owner) {
            held.push(thing);
        }
    }
    for thing in 0..things.len() {
        let (Some(own), Some((_, owners))) = (given.get(thing), things.get(thing)) else {
            continue;
        };
        if owners.len() <= own.len() {
            continue;
        }
        // Another owner can take it if what that one gives up finds a place, at one of its own at last.
        let kept: Vec<usize> = owners
            .iter()
            .copied()
            .filter(|owner| own.contains(owner) || makes_room(things, &held, room, *owner, own))
            .collect();
        if kept.len() < owners.len() {
            narrowed = true;
            if let Some((_, owners)) = things.get_mut(thing) {
                **owners = kept;
            }
        }
    }
    Some(narrowed)
}

/// Gives every thing to owners.
fn give(things: &[(usize, &mut Vec<usize>)], room: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut given: Vec<Vec<usize>> = vec![Vec::new(); things.len()];
    let mut taken = vec![0_usize; room.len()];
    for (thing, (count, owners)) in things.iter().enumerate() {
        for _ in 0..*count {
            let mut seen = vec![false; room.len()];
            if !place(things, &mut given, &mut taken, room, thing, owners, &mut seen) {
                return None;
            }
        }
    }
    Some(given)
}

/// Finds an owner for a thing, and others for what that one gives up.
fn place(
    things: &[(usize, &mut Vec<usize>)],
    given: &mut Vec<Vec<usize>>,
    taken: &mut [usize],
    room: &[usize],
    thing: usize,
    owners: &[usize],
    seen: &mut [bool],
) -> bool {
    for owner in owners {
        // One that counts twice is two runs'; several that ended together may take it twice.
        let has = given.get(thing).map_or(0, |own| own.iter().filter(|o| *o == owner).count());
        let most = room.get(*owner).copied().unwrap_or_default();
        let is_new = seen.get_mut(*owner).is_some_and(|seen| !std::mem::replace(seen, true));
        if !is_new || has >= most {
            continue;
        }
        let free = taken.get(*owner).is_some_and(|taken| *taken < most);
        let moved = free || {
            let held: Vec<usize> = (0..things.len())
                .filter(|other| given.get(*other).is_some_and(|own| own.contains(owner)))
                .collect();
            held.into_iter().any(|other| {
                let Some((_, others)) = things.get(other) else { return false };
                let moved = place(things, given, taken, room, other, others, seen);
                if moved && let Some(own) = given.get_mut(other) {
                    let position = own.iter().position(|o| o == owner).unwrap_or_default();
                    own.remove(position);
                    if let Some(taken) = taken.get_mut(*owner) {
                        *taken -= 1;
                    }
                }
                moved
            })
        };
        if moved {
            if let (Some(own), Some(taken)) = (given.get_mut(thing), taken.get_mut(*owner)) {
                own.push(*owner);
                *taken += 1;
            }
            return true;
        }
    }
    false
}

/// Whether an owner can take one more, since it has room, or gives something to one that has, or
/// comes to one of `back`, which has just given something up.
fn makes_room(
    things: &[(usize, &mut Vec<usize>)],
    held: &[Vec<usize>],
    room: &[usize],
    owner: usize,
    back: &[usize],
) -> bool {
    let mut seen = vec![false; room.len()];
    let mut open = vec![owner];
    while let Some(owner) = open.pop() {
        if seen.get_mut(owner).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        let own = held.get(owner).map_or(&[][..], Vec::as_slice);
        if back.contains(&owner) || room.get(owner).is_some_and(|most| own.len() < *most) {
            return true;
        }
        open.extend(own.iter().filter_map(|thing| things.get(*thing)).flat_map(|(_, o)| o.iter()));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrowed(things: &[(usize, &[usize])], room: &[usize]) -> Option<Vec<Vec<usize>>> {
        let mut owners: Vec<Vec<usize>> =
            things.iter().map(|(_, owners)| owners.to_vec()).collect();
        let mut given: Vec<_> =
            things.iter().map(|(count, _)| *count).zip(owners.iter_mut()).collect();
        narrow(&mut given, room)?;
        Some(owners)
    }

    #[test]
    fn what_two_share_between_them_a_third_does_not_have() {
        let told = narrowed(&[(1, &[0, 1]), (1, &[0, 1]), (1, &[0, 1, 2])], &[1, 1, 1]);
        assert_eq!(told, Some(vec![vec![0, 1], vec![0, 1], vec![2]]));
    }

    #[test]
    fn an_owner_with_room_is_left_to_all() {
        let told = narrowed(&[(1, &[0, 1]), (1, &[0, 1])], &[1, 2]);
        assert_eq!(told, Some(vec![vec![0, 1], vec![0, 1]]));
    }

    #[test]
    fn what_counts_twice_is_two_runs_or_that_of_runs_that_ended_together() {
        assert_eq!(
            narrowed(&[(2, &[0, 1]), (1, &[1, 2])], &[1, 1, 1]),
            Some(vec![vec![0, 1], vec![2]])
        );
        assert_eq!(narrowed(&[(2, &[0]), (1, &[0, 1])], &[2, 1]), Some(vec![vec![0], vec![1]]));
    }

    #[test]
    fn more_than_all_can_have_does_not_fit() {
        assert_eq!(narrowed(&[(1, &[0]), (1, &[0])], &[1, 1]), None);
    }
}
