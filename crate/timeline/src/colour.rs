//! The one place that holds colours. Hue says who owns the time: Flyte blue and violet, Kubernetes
//! amber, the user green; red is for failure alone and grey for what is derived.
//!
//! One colour a theme, since none of the usual palettes passes on both. The tests measure what they
//! promise: contrast against the panel as WCAG 2 has it, and the distance of any two stages in CIE
//! 1976 L*a*b* as people with protanopia, deuteranopia and tritanopia see them, simulated after
//! Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
//! deficiency" (IEEE TVCG 2009), severity 1.

/// Which of Grafana's themes the panel is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light text on dark ground.
    #[default]
    Dark,
    /// Dark text on light ground.
    Light,
}

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// One meaning's colour on both themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// On the dark theme.
    pub dark: Rgb,
    /// On the light theme.
    pub light: Rgb,
}

/// From the request to propeller's first round.
pub const ACCEPTANCE: Token = Token { dark: Rgb(0x86, 0xB6, 0xFF), light: Rgb(0x0B, 0x3C, 0x8C) };
/// From one node to the next.
pub const TRANSITION: Token = Token { dark: Rgb(0x3A, 0x74, 0xA8), light: Rgb(0x3D, 0x8B, 0xE0) };
/// From queued to running.
pub const QUEUEING: Token = Token { dark: Rgb(0xBB, 0x4F, 0xDD), light: Rgb(0xA0, 0x55, 0x9F) };
/// Scheduling the pod and pulling its image.
pub const POD_START: Token = Token { dark: Rgb(0xE8, 0xAE, 0x3C), light: Rgb(0xB8, 0x74, 0x00) };
/// The task itself.
pub const TASK: Token = Token { dark: Rgb(0x45, 0xE0, 0xAC), light: Rgb(0x00, 0x69, 0x4C) };
/// What failed.
pub const FAILURE: Token = Token { dark: Rgb(0xC9, 0x58, 0x4A), light: Rgb(0xB3, 0x26, 0x1E) };
/// What was calculated, and what is too narrow to tell apart.
pub const NEUTRAL: Token = Token { dark: Rgb(0x7B, 0x80, 0x87), light: Rgb(0x80, 0x86, 0x8E) };

impl Token {
    /// The colour on a theme.
    #[must_use]
    pub fn on(self, theme: Theme) -> Rgb {
        match theme {
            Theme::Dark => self.dark,
            Theme::Light => self.light,
        }
    }
}

impl Rgb {
    /// As CSS: `#86b6ff`.
    #[must_use]
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Black or white, whichever is read better on this colour: the luminance at which both are read
    /// alike is 0.179, which is 0.2 where squares stand in for sRGB's curve: the curve itself would
    /// bring the power function into the module.
    #[must_use]
    pub fn ink(self) -> Self {
        let square = |channel: u8| (f64::from(channel) / 255.0).powi(2);
        let luminance = 0.2126 * square(self.0) + 0.7152 * square(self.1) + 0.0722 * square(self.2);
        if luminance > 0.2 { Self(0, 0, 0) } else { Self(255, 255, 255) }
    }

    /// Contrast ratio against another colour, 1…21, as WCAG 2 defines it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grafana's panel backgrounds: `background.primary` of the dark and the light theme.
    const PANEL: Token = Token { dark: Rgb(0x18, 0x1B, 0x1F), light: Rgb(0xFF, 0xFF, 0xFF) };
    const STAGES: [(&str, Token); 6] = [
        ("acceptance", ACCEPTANCE),
        ("transition", TRANSITION),
        ("queueing", QUEUEING),
        ("pod start", POD_START),
        ("task", TASK),
        ("failure", FAILURE),
    ];

    /// Machado et al. 2009, severity 1.0, linear RGB.
    const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
        ("full colour vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    fn seen(colour: Rgb, vision: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = colour.linear();
        let rgb = vision.map(|row| {
            row.iter()
                .zip(linear)
                .map(|(weight, value)| weight * value)
                .sum::<f64>()
                .clamp(0.0, 1.0)
        });
        lab(rgb)
    }

    /// CIE 1976 L*a*b*, white D65.
    #[expect(clippy::many_single_char_names, reason = "the names that the standard gives them")]
    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let x = (0.412_456 * r + 0.357_576 * g + 0.180_438 * b) / 0.950_47;
        let y = 0.212_673 * r + 0.715_152 * g + 0.072_175 * b;
        let z = (0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83;
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        a.iter().zip(b).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn every_colour_stands_out_from_the_panel_on_both_themes() {
        for (name, token) in STAGES.into_iter().chain([("neutral", NEUTRAL)]) {
            for theme in [Theme::Dark, Theme::Light] {
                let contrast = token.on(theme).contrast(PANEL.on(theme));
                assert!(contrast >= 3.0, "{name} on {theme:?}: {contrast:.2}:1");
            }
        }
    }

    #[test]
    fn any_two_stages_are_told_apart_with_every_colour_vision() {
        for theme in [Theme::Dark, Theme::Light] {
            for (vision, matrix) in &VISIONS {
                for (i, (a, first)) in STAGES.iter().enumerate() {
                    for (b, second) in STAGES.iter().skip(i + 1) {
                        let apart =
                            distance(seen(first.on(theme), matrix), seen(second.on(theme), matrix));
                        assert!(apart >= 17.0, "{a} and {b}, {vision}, {theme:?}: ΔE {apart:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn text_on_a_bar_can_be_read() {
        for (name, token) in STAGES.into_iter().chain([("neutral", NEUTRAL)]) {
            for theme in [Theme::Dark, Theme::Light] {
                let colour = token.on(theme);
                assert!(colour.contrast(colour.ink()) >= 4.5, "{name} on {theme:?}");
            }
        }
    }
}
