//! Numbers keys in the order in which they are first seen.

/// An index: which number a key has. The keys themselves are kept by whoever asks, most often as a
/// part of the things at those numbers.
///
/// One table for all kinds of keys, with the comparison called through a pointer: the library's maps
/// are made anew for each kind, at several kilobytes of wasm each, and keep every key once more.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// One more than a number, at the key's hash or behind it; zero where there is none. A power of two
    /// in length, and never full.
    slots: Vec<u32>,
    /// By number.
    hashes: Vec<u32>,
}

impl Known {
    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.slots.fill(0);
        self.hashes.clear();
    }

    /// The number of a key with this hash; `is` says whether the key is that of a number. None where
    /// it was not seen.
    #[must_use]
    pub fn find(&self, hash: u64, is: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
        self.probe(hash as u32, is).ok()
    }

    /// The number of a key with this hash, which is the next one where it was not seen: [`Known::len`]
    /// before the call.
    pub fn number(&mut self, hash: u64, is: &mut dyn FnMut(usize) -> bool) -> usize {
        let hash = hash as u32;
        // At most three of four slots are taken, so that a free one is near.
        if (self.hashes.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        match self.probe(hash, is) {
            Ok(number) => number,
            Err(free) => {
                let number = self.hashes.len();
                self.hashes.push(hash);
                if let Some(slot) = self.slots.get_mut(free) {
                    *slot = u32::try_from(number + 1).unwrap_or(u32::MAX);
                }
                number
            }
        }
    }

    /// The number of a key, or the free slot behind its hash.
    fn probe(&self, hash: u32, is: &mut dyn FnMut(usize) -> bool) -> Result<usize, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            match self.slots.get(at) {
                None | Some(0) => return Err(at),
                Some(taken) => {
                    let number = *taken as usize - 1;
                    if self.hashes.get(number) == Some(&hash) && is(number) {
                        return Ok(number);
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let len = (self.slots.len() * 2).max(8);
        self.slots = Vec::new();
        self.slots.resize(len, 0);
        for (hash, taken) in self.hashes.iter().zip(1..) {
            if let Err(free) = self.probe(*hash, &mut |_| false)
                && let Some(slot) = self.slots.get_mut(free)
            {
                *slot = taken;
            }
        }
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the result depends on
/// every bit of the argument.
#[must_use]
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The hash of a key that is a few words.
#[must_use]
pub fn hash(words: &[u64]) -> u64 {
    words.iter().fold(0, |state, word| mix(state ^ word))
}

/// The hash of a text.
#[must_use]
pub fn hash_text(text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let state =
        words.iter().fold(text.len() as u64, |state, word| mix(state ^ u64::from_le_bytes(*word)));
    mix(rest.iter().fold(state, |state, byte| state.rotate_left(8) ^ u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_numbered_as_they_first_come(
            keys in prop::collection::vec("[ab]{0,3}|.{0,20}", 0..300),
            same in any::<bool>(),
        ) {
            // Where all have one hash they are only harder to find.
            let hash = |key: &str| if same { 7 } else { hash_text(key) };
            let (mut known, mut seen) = (Known::default(), Vec::<String>::new());
            for key in &keys {
                let expected = seen.iter().position(|other| other == key);
                prop_assert_eq!(known.find(hash(key), &mut |number| seen[number] == *key), expected);
                let number = known.number(hash(key), &mut |number| seen[number] == *key);
                prop_assert_eq!(number, expected.unwrap_or(seen.len()));
                if number == seen.len() {
                    seen.push(key.clone());
                }
                prop_assert_eq!(known.len(), seen.len());
            }
        }
    }
}
