//! What the panel asks for, in the core's types.

use std::collections::BTreeMap;

use flyte_timeline::Request;
use flyte_timeline::arrangement::{Arrangement, Sort};
use flyte_timeline::colour::Theme;
use flyte_timeline::layout;
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{TimeRange, UnixMillis};
use js_sys::{Function, Reflect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

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

#[derive(Deserialize)]
struct RawRequest {
    from: f64,
    to: f64,
    #[serde(default)]
    metrics: BTreeMap<String, String>,
    #[serde(default)]
    rows: RawRows,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawRows {
    #[default]
    Best,
    Means,
}

#[derive(Deserialize)]
struct RawArrangement {
    sort: RawSort,
    descending: bool,
    #[serde(default)]
    hidden: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawSort {
    End,
    Total,
    Overhead,
    Name,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawTheme {
    Dark,
    Light,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawView {
    width: f64,
    height: f64,
    scroll_top: f64,
    pixel_ratio: f64,
    row_height: f64,
    theme: RawTheme,
    text: String,
    text_dim: String,
    grid: String,
    background: String,
    hover: String,
    font_family: String,
    active: i32,
}

fn read<T: DeserializeOwned>(value: &JsValue, name: &str) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value.clone())
        .map_err(|error| JsError::new(&format!("{name}: {error}")))
}

/// # Errors
/// Where a field is missing or of another type.
pub fn request(value: &JsValue) -> Result<Request, JsError> {
    let raw: RawRequest = read(value, "request")?;
    let range = TimeRange { from: UnixMillis(raw.from), to: UnixMillis(raw.to) };
    let choice = match raw.rows {
        RawRows::Best => Choice::Best,
        RawRows::Means => Choice::Means,
    };
    Ok(Request { range, metrics: raw.metrics, choice })
}

/// # Errors
/// Where a field is missing or of another type.
pub fn arrangement(value: &JsValue) -> Result<Arrangement, JsError> {
    let raw: RawArrangement = read(value, "arrangement")?;
    let sort = match raw.sort {
        RawSort::End => Sort::End,
        RawSort::Total => Sort::Total,
        RawSort::Overhead => Sort::Overhead,
        RawSort::Name => Sort::Name,
    };
    Ok(Arrangement { sort, descending: raw.descending, hidden: raw.hidden })
}

/// # Errors
/// Where a field is missing or of another type.
pub fn view(value: &JsValue) -> Result<PaintView, JsError> {
    let raw: RawView = read(value, "view")?;
    let format_time = Reflect::get(value, &JsValue::from_str("formatTime"))
        .ok()
        .and_then(|function| function.dyn_into().ok())
        .ok_or_else(|| JsError::new("view.formatTime: not a function"))?;
    Ok(PaintView {
        view: layout::View {
            width: raw.width,
            height: raw.height,
            scroll_top: raw.scroll_top,
            pixel_ratio: raw.pixel_ratio,
            row_height: raw.row_height,
            theme: match raw.theme {
                RawTheme::Dark => Theme::Dark,
                RawTheme::Light => Theme::Light,
            },
            active: usize::try_from(raw.active).ok(),
        },
        text: raw.text,
        text_dim: raw.text_dim,
        grid: raw.grid,
        background: raw.background,
        hover: raw.hover,
        font_family: raw.font_family,
        format_time,
    })
}
