#![doc = include_str!("../README.md")]

mod columns;
mod json;
mod painter;
mod request;
mod setting;

use flyte_timeline::Timeline as Core;
use flyte_timeline::profile::Profile;
use wasm_bindgen::prelude::*;
use web_sys::CanvasRenderingContext2d;

use painter::Painter;
use request::PaintView;

#[wasm_bindgen(typescript_custom_section)]
const SURFACE: &str = include_str!("surface.d.ts");

#[wasm_bindgen]
extern "C" {
    /// `Frames` of the surface.
    #[wasm_bindgen(typescript_type = "Frames")]
    pub type Frames;
    /// `Request` of the surface.
    #[wasm_bindgen(typescript_type = "Request")]
    pub type Request;
    /// `Arrangement` of the surface.
    #[wasm_bindgen(typescript_type = "Arrangement")]
    pub type Arrangement;
    /// `View` of the surface.
    #[wasm_bindgen(typescript_type = "View")]
    pub type View;
    /// `Loaded` of the surface.
    #[wasm_bindgen(typescript_type = "Loaded")]
    pub type Loaded;
    /// `Hit` of the surface, or `undefined`.
    #[wasm_bindgen(typescript_type = "Hit | undefined")]
    pub type Hit;
    /// `Shown` of the surface.
    #[wasm_bindgen(typescript_type = "Shown")]
    pub type Shown;
    /// `Columns` of the surface.
    #[wasm_bindgen(typescript_type = "Columns")]
    pub type Columns;
    /// Rows of the surface.
    #[wasm_bindgen(typescript_type = "Row[]")]
    pub type Rows;
}

/// What is said where the canvas does not say why.
const REFUSED: &str = "the canvas refused to paint";

/// A timeline: load data into it, arrange its rows, paint it.
#[wasm_bindgen]
#[derive(Default)]
pub struct Timeline {
    core: Core,
    painter: Painter,
}

#[wasm_bindgen]
impl Timeline {
    /// A timeline without rows.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads new data.
    ///
    /// # Errors
    /// Where the frames are not described as they are.
    pub fn load(&mut self, frames: &Frames, request: &Request) -> Result<Loaded, JsError> {
        let request = request::request(request)?;
        let loaded = self.core.load(columns::frames(frames)?, &request)?;
        Ok(answer(&loaded)?.unchecked_into())
    }

    /// Arranges the rows anew, and answers with what is shown of them then.
    ///
    /// # Errors
    /// Where a field is missing or of another type.
    pub fn arrange(&mut self, arrangement: &Arrangement) -> Result<Shown, JsError> {
        self.core.arrange(request::arrangement(arrangement)?);
        Ok(answer(&self.core.shown())?.unchecked_into())
    }

    /// Height of the axis and all rows, CSS pixels.
    ///
    /// # Errors
    /// Where a field is missing or of another type.
    #[wasm_bindgen(js_name = contentHeight)]
    pub fn content_height(&self, view: &View) -> Result<f64, JsError> {
        Ok(self.core.content_height(self.view(view)?.view.row_height))
    }

    /// Where the columns of a view are.
    ///
    /// # Errors
    /// Where a field of the view is missing or of another type.
    pub fn columns(&self, view: &View) -> Result<Columns, JsError> {
        let layout = self.core.layout(self.view(view)?.view);
        Ok(answer(&layout.columns())?.unchecked_into())
    }

    /// Paints the rows in view.
    ///
    /// # Errors
    /// Where a field of the view is missing or of another type, or the canvas refuses.
    pub fn paint(
        &mut self,
        context: &CanvasRenderingContext2d,
        view: &View,
    ) -> Result<(), JsError> {
        let view = self.view(view)?;
        let scene = self.core.scene(view.view, &view);
        self.painter
            .paint(context, &scene, &view, self.core.profile())
            .map_err(|error| JsError::new(&error.as_string().unwrap_or_else(|| REFUSED.to_owned())))
    }

    /// What is at a point, CSS pixels from the canvas's top left.
    ///
    /// # Errors
    /// Where a field of the view is missing or of another type.
    pub fn hit(&self, view: &View, x: f64, y: f64) -> Result<Hit, JsError> {
        let view = self.view(view)?;
        match self.core.hit(view.view, x, y) {
            Some(hit) => Ok(answer(&hit)?.unchecked_into()),
            None => Ok(JsValue::UNDEFINED.unchecked_into()),
        }
    }

    /// Rows in their order, from one position up to another.
    ///
    /// # Errors
    /// Never for numbers.
    pub fn rows(&self, from: u32, to: u32) -> Result<Rows, JsError> {
        Ok(answer(&self.core.rows(from as usize, to as usize))?.unchecked_into())
    }

    fn view(&self, view: &View) -> Result<PaintView, JsError> {
        request::view(self.core.profile(), view)
    }
}

/// What is wrong with a user's own stages, a sentence each; none where they can be used.
#[wasm_bindgen(js_name = checkStages)]
#[must_use]
pub fn check_stages(stages: &JsValue) -> Vec<String> {
    Profile::flyte1().with(&json::value(stages)).err().unwrap_or_default()
}

fn answer<T: serde::Serialize>(value: &T) -> Result<JsValue, JsError> {
    serde_wasm_bindgen::to_value(value).map_err(|error| JsError::new(&error.to_string()))
}
