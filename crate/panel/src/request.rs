//! What the panel asks for, in the core's types. Read field by field: a general deserialiser would be
//! a tenth of the module.

use std::collections::BTreeMap;

use flyte_timeline::Request;
use flyte_timeline::arrangement::{Arrangement, Sort};
use flyte_timeline::colour::Theme;
use flyte_timeline::layout;
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::json;

/// A view with what only the painter needs.
pub struct PaintView {
    pub view: layout::View,
    pub text: String,
    pub text_dim: String,
    pub grid: String,
    pub background: String,
    pub hover: String,
    pub font_family: String,
    pub format_time: Function,
}

/// # Errors
/// Where a field is missing or of another type.
pub fn request(value: &JsValue) -> Result<Request, JsError> {
    let range = TimeRange {
        from: UnixMillis(number(value, "request.from")?),
        to: UnixMillis(number(value, "request.to")?),
    };
    let metrics = field(value, "request.metrics")?;
    let metrics = metrics.dyn_ref::<Object>().ok_or_else(|| wrong("request.metrics"))?;
    let mut names = BTreeMap::new();
    for entry in Object::entries(metrics).iter() {
        let entry: Array = entry.unchecked_into();
        if let (Some(query), Some(metric)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            names.insert(query, metric);
        }
    }
    let choice = match text(value, "request.rows")?.as_str() {
        "best" => Choice::Best,
        "means" => Choice::Means,
        _ => return Err(wrong("request.rows")),
    };
    let stages = json::value(&field(value, "request.stages")?);
    Ok(Request { range, metrics: names, choice, stages })
}

/// # Errors
/// Where a field is missing or of another type.
pub fn arrangement(value: &JsValue) -> Result<Arrangement, JsError> {
    let sort = match text(value, "arrangement.sort")?.as_str() {
        "end" => Sort::End,
        "total" => Sort::Total,
        "overhead" => Sort::Overhead,
        "name" => Sort::Name,
        _ => return Err(wrong("arrangement.sort")),
    };
    let descending = field(value, "arrangement.descending")?;
    let descending = descending.as_bool().ok_or_else(|| wrong("arrangement.descending"))?;
    let hidden = field(value, "arrangement.hidden")?;
    let hidden = hidden.dyn_ref::<Array>().ok_or_else(|| wrong("arrangement.hidden"))?;
    let hidden = hidden.iter().filter_map(|id| id.as_string()).collect();
    Ok(Arrangement { sort, descending, hidden })
}

/// # Errors
/// Where a field is missing or of another type.
pub fn view(value: &JsValue) -> Result<PaintView, JsError> {
    let theme = match text(value, "view.theme")?.as_str() {
        "dark" => Theme::Dark,
        "light" => Theme::Light,
        _ => return Err(wrong("view.theme")),
    };
    let active = number(value, "view.active")?;
    let format_time = field(value, "view.formatTime")?;
    Ok(PaintView {
        view: layout::View {
            width: number(value, "view.width")?,
            height: number(value, "view.height")?,
            scroll_top: number(value, "view.scrollTop")?,
            pixel_ratio: number(value, "view.pixelRatio")?,
            row_height: number(value, "view.rowHeight")?,
            theme,
            active: (active >= 0.0).then_some(active as usize),
        },
        text: text(value, "view.text")?,
        text_dim: text(value, "view.textDim")?,
        grid: text(value, "view.grid")?,
        background: text(value, "view.background")?,
        hover: text(value, "view.hover")?,
        font_family: text(value, "view.fontFamily")?,
        format_time: format_time.dyn_into().map_err(|_| wrong("view.formatTime"))?,
    })
}

/// A field by its path, `view.width` for one: the part after the dot is asked, all of it is named
/// where something is wrong.
fn field(of: &JsValue, path: &str) -> Result<JsValue, JsError> {
    let name = path.split('.').next_back().unwrap_or(path);
    Reflect::get(of, &JsValue::from_str(name)).map_err(|_| wrong(path))
}

fn number(of: &JsValue, path: &str) -> Result<f64, JsError> {
    field(of, path)?.as_f64().ok_or_else(|| wrong(path))
}

fn text(of: &JsValue, path: &str) -> Result<String, JsError> {
    field(of, path)?.as_string().ok_or_else(|| wrong(path))
}

fn wrong(path: &str) -> JsError {
    JsError::new(&[path, ": missing or of another type"].concat())
}
