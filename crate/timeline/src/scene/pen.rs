//! Adds things to a layer, those without any extent left out.

use super::{Align, Fit, Ink, Label, Layer, Mark, Pattern, Rect, Sign};

/// Height and width of signs, CSS pixels.
pub(super) const SIGN: f64 = 8.0;
/// At least the room of a character of the panel's font, for texts that are not to be cut: Inter at
/// 12 px has digits of up to 8.0, and `m` and `%` of 11.
const DIGIT: f64 = 8.2;
const WIDE: f64 = 11.4;

impl Layer {
    pub(super) fn rect(&mut self, (x, right): (f64, f64), (y, height): (f64, f64), ink: Ink) {
        self.patterned((x, right), (y, height), ink, Pattern::Solid);
    }

    #[inline(never)]
    pub(super) fn patterned(
        &mut self,
        (x, right): (f64, f64),
        (y, height): (f64, f64),
        ink: Ink,
        pattern: Pattern,
    ) {
        let width = right - x;
        if width > 0.0 && height > 0.0 {
            self.rects.push(Rect { x, y, width, height, ink, pattern });
        }
    }

    pub(super) fn mark(&mut self, (x, y): (f64, f64), size: f64, sign: Sign, ink: Ink) {
        self.marks.push(Mark { x, y, size, sign, ink });
    }

    /// A text from `left` to `right` at most.
    #[inline(never)]
    pub(super) fn text(
        &mut self,
        (left, right): (f64, f64),
        y: f64,
        text: String,
        align: Align,
        ink: Ink,
        fit: Fit,
    ) {
        let width = right - left;
        if width > 0.0 && !text.is_empty() {
            let x = match align {
                Align::Left => left,
                Align::Centre => left + width / 2.0,
                Align::Right => right,
            };
            self.labels.push(Label { x, y, width, text, align, ink, fit });
        }
    }
}

/// The room that a text takes at most.
pub(super) fn room_of(text: &str) -> f64 {
    let is_wide = |character| matches!(character, 'm' | 'w' | '%' | 'M' | 'W' | '≤');
    let room = |character| if is_wide(character) { WIDE } else { DIGIT };
    text.chars().map(room).sum()
}
