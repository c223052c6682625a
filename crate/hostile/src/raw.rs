//! Bytes as the parts that cross the boundary, which need not belong together: what the panel's own
//! shell would never send, and the core must refuse or bear.
//!
//! Layout, little endian: a byte for the request; `u16` texts, each a byte for its length and as many
//! of UTF-8; `u16` words of `shape`, each `u32`; then columns up to the end, each a byte for its kind
//! (even: numbers, odd: texts), `u16` values, and those, `f64` or `u32`; of kind 254, one number
//! whatever the `u16` says; of kind 255, the column that it is the same as. What is cut short is read as far as it goes.

use flyte_timeline::series::{Column, Frames};

use crate::walk;

const SAME: u8 = u8::MAX;
/// The kind of the one value of a frame of one row.
const ONE: u8 = SAME - 1;

/// Reads bytes and walks with what they say.
pub fn run(bytes: &[u8]) {
    let (request, frames) = decode(bytes);
    walk::any(request, &frames);
}

/// What bytes say: what is asked for, and the frames.
#[must_use]
pub fn decode(bytes: &[u8]) -> (u8, Frames) {
    let mut reader = Reader { bytes };
    let request = reader.array::<1>().map_or(0, |[byte]| byte);
    let strings = (0..reader.count()).map_while(|_| reader.text()).collect();
    let shape = (0..reader.count()).map_while(|_| reader.array().map(u32::from_le_bytes)).collect();
    let columns = std::iter::from_fn(|| reader.column()).collect();
    (request, Frames { strings, shape, columns })
}

/// The bytes that say these frames: how a corpus is seeded.
#[must_use]
pub fn encode(request: u8, frames: &Frames) -> Vec<u8> {
    let count = |len: usize| u16::try_from(len).unwrap_or(u16::MAX).to_le_bytes();
    let mut bytes = vec![request];
    bytes.extend(count(frames.strings.len()));
    for text in &frames.strings {
        bytes.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
        bytes.extend(text.bytes().take(255));
    }
    bytes.extend(count(frames.shape.len()));
    bytes.extend(frames.shape.iter().flat_map(|word| word.to_le_bytes()));
    for column in &frames.columns {
        match column {
            Column::Numbers(values) => {
                bytes.push(0);
                bytes.extend(count(values.len()));
                bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
            Column::Texts(values) => {
                bytes.push(1);
                bytes.extend(count(values.len()));
                bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
            Column::One(value) => {
                bytes.push(ONE);
                bytes.extend(count(1));
                bytes.extend(value.to_le_bytes());
            }
            Column::Same(earlier) => {
                bytes.push(SAME);
                bytes.extend(count(*earlier));
            }
        }
    }
    bytes
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*taken)
    }

    fn count(&mut self) -> u16 {
        self.array().map_or(0, u16::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let [len] = self.array()?;
        let (text, rest) = self.bytes.split_at(usize::from(len).min(self.bytes.len()));
        self.bytes = rest;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn column(&mut self) -> Option<Column> {
        let [kind] = self.array()?;
        let count = self.count();
        Some(if kind == SAME {
            Column::Same(usize::from(count))
        } else if kind == ONE {
            Column::One(f64::from_le_bytes(self.array()?))
        } else if kind % 2 == 0 {
            Column::Numbers(
                (0..count).map_while(|_| self.array().map(f64::from_le_bytes)).collect(),
            )
        } else {
            Column::Texts((0..count).map_while(|_| self.array().map(u32::from_le_bytes)).collect())
        })
    }
}
