//! Paints a scene on a canvas: colours for inks, ellipses for texts that do not fit.

use std::f64::consts::FRAC_PI_4;

use flyte_timeline::colour;
use flyte_timeline::profile::Profile;
use flyte_timeline::scene::{Align, Fit, Ink, Label, Layer, Mark, Pattern, Rect, Scene, Sign};
use flyte_timeline::text::Texts;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use crate::request::PaintView;

/// Size of all texts, as CSS.
const FONT_SIZE: &str = "12px ";
/// Distance and width of the stripes of a hatched rectangle.
const HATCH_STEP: f64 = 6.0;
const HATCH_WIDTH: f64 = 2.0;
/// How much is left of a pale rectangle's colour.
const PALE: f64 = 0.25;
/// Length of the dashes of an edge, and of the gaps between them.
const DASH: f64 = 4.0;
const DASH_GAP: f64 = 3.0;
/// Texts whose width is remembered, at most; then the memory is emptied.
const REMEMBERED_WIDTHS: usize = 20_000;

/// How wide texts are, CSS pixels.
struct Widths {
    texts: Texts,
    /// By text.
    widths: Vec<f64>,
}

impl Default for Widths {
    fn default() -> Self {
        // The table begins with the empty text.
        Self { texts: Texts::default(), widths: vec![0.0] }
    }
}

impl Widths {
    fn get(&self, text: &str) -> Option<f64> {
        self.widths.get(self.texts.find(text)?.0 as usize).copied()
    }

    /// Adds a text that is not there.
    fn add(&mut self, text: &str, width: f64) {
        if self.widths.len() >= REMEMBERED_WIDTHS {
            *self = Self::default();
        }
        self.texts.intern(text);
        self.widths.push(width);
    }
}

/// Paints scenes, and remembers how wide texts are.
#[derive(Default)]
pub struct Painter {
    widths: Widths,
    font: String,
}

impl Painter {
    /// Paints all of a scene on a canvas whose size is the view's in device pixels.
    ///
    /// # Errors
    /// Where the canvas refuses a call.
    pub fn paint(
        &mut self,
        context: &CanvasRenderingContext2d,
        scene: &Scene,
        view: &PaintView,
        profile: &Profile,
    ) -> Result<(), JsValue> {
        let font = [FONT_SIZE, &view.font_family].concat();
        if font != self.font {
            self.widths = Widths::default();
            self.font = font;
        }
        let ratio = view.view.pixel_ratio;
        context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
        context.clear_rect(0.0, 0.0, view.view.width, view.view.height);
        context.set_font(&self.font);
        context.set_text_baseline("middle");
        let mut brush = Brush { painter: self, context, view, profile, ink: None };
        context.save();
        context.begin_path();
        context.rect(0.0, scene.top, view.view.width, (view.view.height - scene.top).max(0.0));
        context.clip();
        brush.layer(&scene.rows)?;
        context.restore();
        brush.ink = None;
        brush.layer(&scene.axis)
    }
}

struct Brush<'a> {
    painter: &'a mut Painter,
    context: &'a CanvasRenderingContext2d,
    view: &'a PaintView,
    profile: &'a Profile,
    /// What the canvas fills with at present.
    ink: Option<Ink>,
}

impl Brush<'_> {
    fn layer(&mut self, layer: &Layer) -> Result<(), JsValue> {
        for rect in &layer.rects {
            self.rect(rect)?;
        }
        for mark in &layer.marks {
            self.mark(mark);
        }
        for label in &layer.labels {
            self.label(label)?;
        }
        Ok(())
    }

    fn colour(&self, ink: Ink) -> String {
        let theme = self.view.view.theme;
        let stage =
            |id| self.profile.stage(id).map_or(colour::NEUTRAL, |stage| stage.colour).on(theme);
        match ink {
            Ink::Stage(id) => stage(id).css(),
            Ink::OnStage(id) => stage(id).ink().css(),
            Ink::Folded => colour::NEUTRAL.on(theme).css(),
            Ink::Failure => colour::FAILURE.on(theme).css(),
            Ink::Text => self.view.text.clone(),
            Ink::TextDim => self.view.text_dim.clone(),
            Ink::Grid => self.view.grid.clone(),
            Ink::Background => self.view.background.clone(),
            Ink::Hover => self.view.hover.clone(),
            Ink::Annotation(position) => {
                let colour = self.view.colours.get(usize::from(position));
                colour.unwrap_or(&self.view.text_dim).clone()
            }
        }
    }

    fn dip(&mut self, ink: Ink) {
        if self.ink != Some(ink) {
            self.context.set_fill_style_str(&self.colour(ink));
            self.ink = Some(ink);
        }
    }

    fn rect(&mut self, rect: &Rect) -> Result<(), JsValue> {
        match rect.pattern {
            Pattern::Solid => {
                self.dip(rect.ink);
                self.context.fill_rect(rect.x, rect.y, rect.width, rect.height);
            }
            Pattern::Hatch | Pattern::BackHatch => {
                self.dip(rect.ink);
                self.context.fill_rect(rect.x, rect.y, rect.width, rect.height);
                self.stripes(rect);
            }
            Pattern::Fade => self.fade(rect)?,
            Pattern::Pale => self.pale(rect),
            Pattern::Hollow => {
                self.pale(rect);
                self.edges(rect, f64::INFINITY);
            }
            Pattern::Outline => self.edges(rect, f64::INFINITY),
            Pattern::Dashed => self.edges(rect, DASH),
        }
        Ok(())
    }

    fn pale(&mut self, rect: &Rect) {
        self.dip(rect.ink);
        self.context.set_global_alpha(PALE);
        self.context.fill_rect(rect.x, rect.y, rect.width, rect.height);
        self.context.set_global_alpha(1.0);
    }

    /// The edges of a rectangle from within, in dashes; a line where it is no wider than its edges.
    fn edges(&mut self, rect: &Rect, dash: f64) {
        self.dip(rect.ink);
        let Rect { x, y, width, height, .. } = *rect;
        let mut place = 0.0;
        while place < width.max(height) {
            let (across, down) = (dash.min(width - place), dash.min(height - place));
            if across > 0.0 && width > 1.0 {
                self.context.fill_rect(x + place, y, across, 1.0);
                self.context.fill_rect(x + place, y + height - 1.0, across, 1.0);
            }
            if down > 0.0 {
                self.context.fill_rect(x, y + place, 1.0, down);
                self.context.fill_rect(x + width - 1.0, y + place, 1.0, down);
            }
            place += dash + DASH_GAP;
        }
    }

    /// Stripes in the ground's colour, at 45 degrees, in phase over the whole canvas so that they
    /// run on from one piece to the next.
    fn stripes(&mut self, rect: &Rect) {
        let context = self.context;
        context.save();
        context.begin_path();
        context.rect(rect.x, rect.y, rect.width, rect.height);
        context.clip();
        context.set_stroke_style_str(&self.colour(Ink::Background));
        context.set_line_width(HATCH_WIDTH);
        context.begin_path();
        let (bottom, right) = (rect.y + rect.height, rect.x + rect.width);
        let mut x = ((rect.x - rect.height) / HATCH_STEP).floor() * HATCH_STEP;
        let (begin, end) =
            if rect.pattern == Pattern::Hatch { (bottom, rect.y) } else { (rect.y, bottom) };
        while x < right {
            context.move_to(x, begin);
            context.line_to(x + rect.height, end);
            x += HATCH_STEP;
        }
        context.stroke();
        context.restore();
        self.ink = None;
    }

    fn fade(&mut self, rect: &Rect) -> Result<(), JsValue> {
        let gradient = self.context.create_linear_gradient(rect.x, 0.0, rect.x + rect.width, 0.0);
        gradient.add_color_stop(0.0, &self.colour(rect.ink))?;
        gradient.add_color_stop(1.0, "rgba(128, 128, 128, 0)")?;
        self.context.set_fill_style_canvas_gradient(&gradient);
        self.ink = None;
        self.context.fill_rect(rect.x, rect.y, rect.width, rect.height);
        Ok(())
    }

    fn mark(&mut self, mark: &Mark) {
        let context = self.context;
        let (x, y, r) = (mark.x, mark.y, mark.size / 2.0);
        let colour = self.colour(mark.ink);
        context.set_stroke_style_str(&colour);
        context.set_line_width(1.5);
        context.begin_path();
        match mark.sign {
            Sign::Cross => {
                let r = r * FRAC_PI_4.sin() * 1.3;
                context.move_to(x - r, y - r);
                context.line_to(x + r, y + r);
                context.move_to(x + r, y - r);
                context.line_to(x - r, y + r);
            }
            Sign::Square => context.rect(x - r + 1.0, y - r + 1.0, 2.0 * r - 2.0, 2.0 * r - 2.0),
            Sign::Mean => {
                context.move_to(x - r, y - 2.0);
                context.line_to(x + r, y - 2.0);
                context.move_to(x - r, y + 2.0);
                context.line_to(x + r, y + 2.0);
            }
            Sign::Check => {
                context.move_to(x - r, y);
                context.line_to(x - r / 3.0, y + r * 0.7);
                context.line_to(x + r, y - r * 0.7);
            }
            Sign::Open => {
                context.move_to(x - r * 0.8, y - r * 0.4);
                context.line_to(x, y + r * 0.5);
                context.line_to(x + r * 0.8, y - r * 0.4);
            }
            Sign::Closed | Sign::Before => {
                let r = if mark.sign == Sign::Before { -r } else { r };
                context.move_to(x - r * 0.4, y - r * 0.8);
                context.line_to(x + r * 0.5, y);
                context.line_to(x - r * 0.4, y + r * 0.8);
            }
            Sign::Unsure => {
                context.move_to(x - r * 0.5, y - r * 0.4);
                context.line_to(x - r * 0.1, y - r);
                context.line_to(x + r * 0.5, y - r * 0.5);
                context.line_to(x, y);
                context.line_to(x, y + r * 0.35);
                context.move_to(x, y + r * 0.7);
                context.line_to(x, y + r);
            }
            Sign::Torn => {
                for x in [x - 3.0, x + 3.0] {
                    context.move_to(x - r * 0.2, y + r);
                    context.line_to(x + r * 0.2, y - r);
                }
            }
            Sign::Flag => {
                context.move_to(x - r, y - r);
                context.line_to(x + r, y - r);
                context.line_to(x, y + r);
                context.close_path();
                self.dip(mark.ink);
                context.fill();
                return;
            }
            Sign::Play => {
                context.move_to(x - r * 0.6, y - r);
                context.line_to(x + r * 0.9, y);
                context.line_to(x - r * 0.6, y + r);
                context.close_path();
                self.dip(mark.ink);
                context.fill();
                return;
            }
        }
        context.stroke();
    }

    fn label(&mut self, label: &Label) -> Result<(), JsValue> {
        let Some(text) = self.fitted(label)? else { return Ok(()) };
        self.context.set_text_align(match label.align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
        });
        self.dip(label.ink);
        // Half a pixel below the middle: the middle of lower-case letters, not of the line.
        self.context.fill_text(&text, label.x, label.y + 0.5)
    }

    /// The text as far as it fits.
    fn fitted(&mut self, label: &Label) -> Result<Option<String>, JsValue> {
        if label.text.is_empty() || self.width(&label.text)? <= label.width {
            return Ok(Some(label.text.clone()));
        }
        if label.fit == Fit::Drop {
            return Ok(None);
        }
        let characters: Vec<char> = label.text.chars().collect();
        // The most characters that fit, half of them from either end.
        let (mut fits, mut too_many) = (0, characters.len());
        while fits + 1 < too_many {
            let middle = usize::midpoint(fits, too_many);
            if self.width(&shortened(&characters, middle))? <= label.width {
                fits = middle;
            } else {
                too_many = middle;
            }
        }
        Ok((fits > 0).then(|| shortened(&characters, fits)))
    }

    fn width(&mut self, text: &str) -> Result<f64, JsValue> {
        if let Some(width) = self.painter.widths.get(text) {
            return Ok(width);
        }
        let width = self.context.measure_text(text)?.width();
        self.painter.widths.add(text, width);
        Ok(width)
    }
}

/// `keep` characters of a text, from both its ends, with an ellipsis between them.
fn shortened(characters: &[char], keep: usize) -> String {
    let tail = keep / 2;
    let head = keep - tail;
    let first = characters.iter().take(head);
    let last = characters.iter().skip(characters.len() - tail);
    first.chain(&['…']).chain(last).collect()
}
