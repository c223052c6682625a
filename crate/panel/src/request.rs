//! What the panel asks for, in the core's types. Read field by field: a general deserialiser would be
//! a tenth of the module.

use std::collections::BTreeMap;

use flyte_timeline::Request;
use flyte_timeline::arrangement::{Arrangement, Grouping, Mode, Scale, Sort};
use flyte_timeline::colour::Theme;
use flyte_timeline::layout;
use flyte_timeline::profile::Profile;
use flyte_timeline::scene::Annotation;
use flyte_timeline::tier::Choice;
use flyte_timeline::unit::{Millis, Share, TimeRange, UnixMillis};
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
    pub format_tick: Option<Function>,
    pub zone_offset: Option<Function>,
    pub annotations: Vec<Annotation>,
    /// Colours of the annotations, as CSS.
    pub colours: Vec<String>,
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
    let sort = text(value, "arrangement.sort")?;
    let sort = match (sort.as_str(), sort.strip_prefix("stage:")) {
        ("end", _) => Sort::End,
        ("start", _) => Sort::Start,
        ("total", _) => Sort::Total,
        ("overhead", _) => Sort::Overhead,
        ("name", _) => Sort::Name,
        (_, Some(stage)) => Sort::Stage(stage.to_owned()),
        _ => return Err(wrong("arrangement.sort")),
    };
    let descending = field(value, "arrangement.descending")?;
    let descending = descending.as_bool().ok_or_else(|| wrong("arrangement.descending"))?;
    let hidden = texts(value, "arrangement.hidden")?.ok_or_else(|| wrong("arrangement.hidden"))?;
    let mode = match maybe_text(value, "arrangement.mode")?.as_str() {
        "" | "stacked" => Mode::Stacked,
        "aligned" => Mode::Aligned,
        "normalised" => Mode::Normalised,
        "clock" => Mode::Clock,
        _ => return Err(wrong("arrangement.mode")),
    };
    let group = match maybe_text(value, "arrangement.group")?.as_str() {
        "" | "none" => Grouping::None,
        "workflow" => Grouping::Workflow,
        "project" => Grouping::Project,
        "domain" => Grouping::Domain,
        _ => return Err(wrong("arrangement.group")),
    };
    let scale = match maybe_text(value, "arrangement.scale")?.as_str() {
        "" | "all" => Scale::All,
        "robust" => Scale::Robust,
        _ => return Err(wrong("arrangement.scale")),
    };
    Ok(Arrangement {
        mode,
        sort,
        descending,
        hidden,
        group,
        closed: maybe_flag(value, "arrangement.closed")?,
        toggled: texts(value, "arrangement.toggled")?.unwrap_or_default(),
        search: maybe_text(value, "arrangement.search")?,
        minimum: Millis(maybe_number(value, "arrangement.minimum")?.unwrap_or_default()),
        failed_only: maybe_flag(value, "arrangement.failedOnly")?,
        scale,
        objective: maybe_number(value, "arrangement.objective")?.map(Millis),
        budget: maybe_number(value, "arrangement.budget")?.map(Share),
    })
}

/// # Errors
/// Where a field is missing or of another type.
pub fn view(profile: &Profile, value: &JsValue) -> Result<PaintView, JsError> {
    let theme = match text(value, "view.theme")?.as_str() {
        "dark" => Theme::Dark,
        "light" => Theme::Light,
        _ => return Err(wrong("view.theme")),
    };
    let active = number(value, "view.active")?;
    let format_time = field(value, "view.formatTime")?;
    let stage = maybe_text(value, "view.activeStage")?;
    let from = maybe_number(value, "view.from")?.map(UnixMillis);
    let to = maybe_number(value, "view.to")?.map(UnixMillis);
    let (annotations, colours) = annotations(value)?;
    Ok(PaintView {
        view: layout::View {
            width: number(value, "view.width")?,
            height: number(value, "view.height")?,
            scroll_top: number(value, "view.scrollTop")?,
            pixel_ratio: number(value, "view.pixelRatio")?,
            row_height: number(value, "view.rowHeight")?,
            theme,
            active: (active >= 0.0).then_some(active as usize),
            active_stage: profile.stages().find(|(_, known)| known.id == stage).map(|(id, _)| id),
            label_width: maybe_number(value, "view.labelWidth")?,
            window: from.zip(to).map(|(from, to)| TimeRange { from, to }),
            cursor: maybe_number(value, "view.cursor")?.map(UnixMillis),
        },
        text: text(value, "view.text")?,
        text_dim: text(value, "view.textDim")?,
        grid: text(value, "view.grid")?,
        background: text(value, "view.background")?,
        hover: text(value, "view.hover")?,
        font_family: text(value, "view.fontFamily")?,
        format_time: format_time.dyn_into().map_err(|_| wrong("view.formatTime"))?,
        format_tick: maybe_function(value, "view.formatTick")?,
        zone_offset: maybe_function(value, "view.zoneOffset")?,
        annotations,
        colours,
    })
}

fn annotations(view: &JsValue) -> Result<(Vec<Annotation>, Vec<String>), JsError> {
    let (mut annotations, mut colours) = (Vec::new(), Vec::new());
    let value = field(view, "view.annotations")?;
    if value.is_undefined() {
        return Ok((annotations, colours));
    }
    let all = value.dyn_ref::<Array>().ok_or_else(|| wrong("view.annotations"))?;
    for value in all.iter() {
        annotations.push(Annotation {
            from: UnixMillis(number(&value, "view.annotations.from")?),
            to: UnixMillis(number(&value, "view.annotations.to")?),
            text: text(&value, "view.annotations.text")?,
        });
        colours.push(text(&value, "view.annotations.colour")?);
    }
    Ok((annotations, colours))
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

/// A number that may be absent.
fn maybe_number(of: &JsValue, path: &str) -> Result<Option<f64>, JsError> {
    let value = field(of, path)?;
    if value.is_undefined() {
        Ok(None)
    } else {
        value.as_f64().map(Some).ok_or_else(|| wrong(path))
    }
}

/// A text that may be absent, empty then.
fn maybe_text(of: &JsValue, path: &str) -> Result<String, JsError> {
    let value = field(of, path)?;
    if value.is_undefined() {
        Ok(String::new())
    } else {
        value.as_string().ok_or_else(|| wrong(path))
    }
}

/// A flag that may be absent, false then.
fn maybe_flag(of: &JsValue, path: &str) -> Result<bool, JsError> {
    let value = field(of, path)?;
    if value.is_undefined() { Ok(false) } else { value.as_bool().ok_or_else(|| wrong(path)) }
}

fn maybe_function(of: &JsValue, path: &str) -> Result<Option<Function>, JsError> {
    let value = field(of, path)?;
    if value.is_undefined() {
        Ok(None)
    } else {
        value.dyn_into().map(Some).map_err(|_| wrong(path))
    }
}

/// A list of texts that may be absent.
fn texts(of: &JsValue, path: &str) -> Result<Option<Vec<String>>, JsError> {
    let value = field(of, path)?;
    if value.is_undefined() {
        return Ok(None);
    }
    let list = value.dyn_ref::<Array>().ok_or_else(|| wrong(path))?;
    Ok(Some(list.iter().filter_map(|text| text.as_string()).collect()))
}

fn wrong(path: &str) -> JsError {
    JsError::new(&[path, ": missing or of another type"].concat())
}
