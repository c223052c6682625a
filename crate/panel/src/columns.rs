//! Takes the columns of the frames over into the core's memory: one copy each.

use flyte_timeline::series::{Column, Columns, Frames};
use js_sys::{Array, Float64Array, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

/// Positions of a field's type within `shape`; the layout is told in `surface.d.ts`.
const FRAME_WORDS: usize = 6;
const FIELD_WORDS: usize = 5;

/// The frames in the core's memory.
///
/// # Errors
/// Where a part is missing or of another type, or `shape` names other columns than there are.
pub fn frames(frames: &JsValue) -> Result<Frames, JsError> {
    let strings: Array = part(frames, "strings")?;
    let shape: Uint32Array = part(frames, "shape")?;
    let columns: Array = part(frames, "columns")?;
    let shape = shape.to_vec();
    let kinds = kinds(&shape);
    if kinds.len() != columns.length() as usize {
        return Err(JsError::new("frames.columns: not one column for every field in frames.shape"));
    }
    let strings = strings.iter().map(|text| text.as_string().unwrap_or_default()).collect();
    let mut taken = Columns::default();
    let mut times = Vec::new();
    for (values, kind) in columns.iter().zip(kinds) {
        take(&mut taken, &values, kind, &mut times);
    }
    Ok(Frames { strings, columns: taken.finish(), shape })
}

fn part<T: JsCast>(of: &JsValue, name: &str) -> Result<T, JsError> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .and_then(|value| value.dyn_into().ok())
        .ok_or_else(|| JsError::new(&format!("frames.{name}: missing or of another type")))
}

/// What each column holds, in their order. The core checks the rest of `shape`.
fn kinds(shape: &[u32]) -> Vec<u32> {
    let mut kinds = Vec::new();
    let mut at = 0_usize;
    while let Some(fields) = shape.get(at.saturating_add(FRAME_WORDS - 1)) {
        at += FRAME_WORDS;
        for _ in 0..*fields {
            let (Some(kind), Some(labels)) =
                (shape.get(at.saturating_add(2)), shape.get(at.saturating_add(FIELD_WORDS - 1)))
            else {
                return kinds;
            };
            if *kind <= 2 {
                kinds.push(*kind);
            }
            // A word may be as large as an address.
            at =
                at.saturating_add(FIELD_WORDS).saturating_add((*labels as usize).saturating_mul(2));
        }
    }
    kinds
}

/// Copies one column. `TypedArray.prototype.set` takes any array of numbers, so a plain one is as
/// good as the `Float64Array` that the binding asks for, and nothing is copied twice. Times go through
/// the same memory one after the other, since most of them turn out to be there already.
fn take(taken: &mut Columns, values: &JsValue, kind: u32, times: &mut Vec<f64>) {
    let numbers: &Float64Array = values.unchecked_ref();
    match kind {
        0 => {
            times.resize(numbers.length() as usize, 0.0);
            numbers.copy_to(times);
            taken.push_times(times);
        }
        1 => taken.push(Column::Numbers(numbers.to_vec())),
        _ => taken.push(Column::Texts(values.unchecked_ref::<Uint32Array>().to_vec())),
    }
}
