//! Asks the panel how the dashboard writes and counts time.

use flyte_timeline::scene::{Annotation, Setting};
use flyte_timeline::unit::{Millis, UnixMillis};
use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::request::PaintView;

impl Setting for PaintView {
    fn time(&self, at: UnixMillis) -> String {
        text(self.format_time.call1(&JsValue::UNDEFINED, &at.0.into()))
    }

    fn tick(&self, at: UnixMillis, step: Millis) -> String {
        match &self.format_tick {
            Some(format) => text(format.call2(&JsValue::UNDEFINED, &at.0.into(), &step.0.into())),
            None => self.time(at),
        }
    }

    fn zone_offset(&self, at: UnixMillis) -> Millis {
        let ask =
            |offset: &Function| offset.call1(&JsValue::UNDEFINED, &at.0.into()).ok()?.as_f64();
        Millis(self.zone_offset.as_ref().and_then(ask).unwrap_or_default())
    }

    fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }
}

fn text(answer: Result<JsValue, JsValue>) -> String {
    answer.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
