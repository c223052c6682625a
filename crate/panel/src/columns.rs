//! Takes the columns of the frames over into the core's memory: one copy each.

use flyte_timeline::series::{Column, Columns, Frames};
use js_sys::{Array, Float64Array, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

/// Positions of a field's type within `shape`; the layout is told in `surface.d.ts`.
const FRAME_WORDS: usize = 6;
const FIELD_WORDS: usize = 5;

/// Types of a field within `shape`; numbers are between the two.
const TIME: u32 = 0;
const TEXT: u32 = 2;

/// The frames in the core's memory.
///
/// # Errors
/// Where a part is missing or of another type, or `shape` names other columns than there are.
pub fn frames(frames: &JsValue) -> Result<Frames, JsError> {
    let strings: Array = part(frames, "strings")?;
    let shape: Uint32Array = part(frames, "shape")?;
    let columns: Array = part(frames, "columns")?;
    let ones: Array = part(frames, "ones")?;
    let shape = shape.to_vec();
    // Copied as columns are; see `take`.
    let ones = ones.unchecked_ref::<Float64Array>().to_vec();
    let fields = fields(&shape);
    let single = fields.iter().filter(|field| field.is_one).count();
    if single != ones.len() || fields.len() - single != columns.length() as usize {
        return Err(JsError::new("frames.columns: not one column for every field in frames.shape"));
    }
    let strings = strings.iter().map(|text| text.as_string().unwrap_or_default()).collect();
    let mut taken = Columns::default();
    let mut times = Vec::new();
    let (mut columns, mut ones) = (columns.iter(), ones.into_iter());
    for Held { kind, is_one } in fields {
        if is_one {
            let value = ones.next().unwrap_or(f64::NAN);
            if kind == TIME { taken.push_time(value) } else { taken.push(Column::One(value)) }
        } else if let Some(values) = columns.next() {
            take(&mut taken, &values, kind, &mut times);
        }
    }
    Ok(Frames { strings, columns: taken.finish(), shape })
}

fn part<T: JsCast>(of: &JsValue, name: &str) -> Result<T, JsError> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .and_then(|value| value.dyn_into().ok())
        .ok_or_else(|| JsError::new(&format!("frames.{name}: missing or of another type")))
}

/// What a column holds.
struct Held {
    kind: u32,
    /// Whether it is the one number or time of a frame of one row.
    is_one: bool,
}

/// What each column holds, in their order. The core checks the rest of `shape`.
fn fields(shape: &[u32]) -> Vec<Held> {
    let mut held = Vec::new();
    let mut at = 0_usize;
    while let Some([.., rows, fields]) = shape.get(at..at.saturating_add(FRAME_WORDS)) {
        at += FRAME_WORDS;
        for _ in 0..*fields {
            let (Some(kind), Some(labels)) =
                (shape.get(at.saturating_add(2)), shape.get(at.saturating_add(FIELD_WORDS - 1)))
            else {
                return held;
            };
            if *kind <= TEXT {
                held.push(Held { kind: *kind, is_one: *rows == 1 && *kind < TEXT });
            }
            // A word may be as large as an address.
            at =
                at.saturating_add(FIELD_WORDS).saturating_add((*labels as usize).saturating_mul(2));
        }
    }
    held
}

/// Copies one column. `TypedArray.prototype.set` takes any array of numbers, so a plain one is as
/// good as the `Float64Array` that the binding asks for, and nothing is copied twice. Times go through
/// the same memory one after the other, since most of them turn out to be there already.
fn take(taken: &mut Columns, values: &JsValue, kind: u32, times: &mut Vec<f64>) {
    let numbers: &Float64Array = values.unchecked_ref();
    match kind {
        TIME => {
            times.resize(numbers.length() as usize, 0.0);
            numbers.copy_to(times);
            taken.push_times(times);
        }
        TEXT => taken.push(Column::Texts(values.unchecked_ref::<Uint32Array>().to_vec())),
        _ => taken.push(Column::Numbers(numbers.to_vec())),
    }
}
