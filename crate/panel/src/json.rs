//! A value that the shell has parsed from JSON, in the core's types.

use flyte_timeline::profile::Value;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// Nothing that the core reads is deeper; what is, is wrong there in any case.
const DEEPEST: usize = 6;

/// The value; `undefined` and what JSON does not have are `null`.
pub fn value(of: &JsValue) -> Value {
    within(of, DEEPEST)
}

fn within(of: &JsValue, depth: usize) -> Value {
    if let Some(flag) = of.as_bool() {
        return Value::Flag(flag);
    }
    if let Some(number) = of.as_f64() {
        return Value::Number(number);
    }
    if let Some(text) = of.as_string() {
        return Value::Text(text);
    }
    let inside =
        |of: &JsValue| depth.checked_sub(1).map(|depth| within(of, depth)).unwrap_or_default();
    if let Some(list) = of.dyn_ref::<Array>() {
        return Value::List(list.iter().map(|of| inside(&of)).collect());
    }
    let Some(object) = of.dyn_ref::<Object>() else { return Value::Null };
    let field = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), inside(&entry.get(1)))
    };
    Value::Object(Object::entries(object).iter().map(field).collect())
}
