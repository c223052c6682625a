//! The one place that turns a duration or a share into text.
//!
//! Flyte's own clock for a stage starts at a whole second, so nothing below a tenth of a second is
//! ever shown: a finer digit would be noise that looks like knowledge.

use crate::unit::{Millis, Share};

const SECOND: f64 = 1_000.0;
const MINUTE: f64 = 60.0 * SECOND;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// A duration for people: `0.3 s`, `12 s`, `4m 05s`, `2h 10m`, `3d 4h`.
///
/// Two units at most, tenths only below ten seconds, and `< 0.1 s` for what is there but too short
/// to tell.
#[must_use]
pub fn duration(value: Millis) -> String {
    let ms = value.0;
    if !ms.is_finite() {
        return "–".to_owned();
    }
    if ms < 0.0 {
        return format!("-{}", duration(Millis(-ms)));
    }
    if ms == 0.0 {
        return "0 s".to_owned();
    }
    if ms < 0.05 * SECOND {
        return "< 0.1 s".to_owned();
    }
    if (ms / 100.0).round() < 100.0 {
        return format!("{} s", tenths(ms / SECOND));
    }
    let seconds = (ms / SECOND).round();
    if seconds < 60.0 {
        return format!("{} s", whole(seconds));
    }
    if seconds < HOUR / SECOND {
        return pair(seconds, 60.0, "m", "s");
    }
    let minutes = (ms / MINUTE).round();
    if minutes < DAY / MINUTE {
        return pair(minutes, 60.0, "h", "m");
    }
    pair((ms / HOUR).round(), 24.0, "d", "h")
}

/// `4m 05s`: `count` small units as large and small ones.
fn pair(count: f64, per_large: f64, large: &str, small: &str) -> String {
    let (count, per_large) = (whole(count), whole(per_large));
    let (many, rest) = (count / per_large, count % per_large);
    let zero = if small != "h" && rest < 10 { "0" } else { "" };
    format!("{many}{large} {zero}{rest}{small}")
}

/// A number with one decimal. Formatting whole numbers alone keeps the formatting of floats, some
/// ten kilobytes, out of the wasm module.
fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The nearest whole number; what is enormous is as large as can be.
fn whole(value: f64) -> u64 {
    value.round() as u64
}

/// A tick of an axis whose steps are `step` apart: only as much as tells it from its neighbours.
#[must_use]
pub fn tick(value: Millis, step: Millis) -> String {
    let ms = value.0;
    if ms == 0.0 {
        return "0".to_owned();
    }
    if step.0 < SECOND {
        return format!("{} s", tenths(ms / SECOND));
    }
    let seconds = whole(ms / SECOND);
    let (d, h, m, s) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let mut text = Vec::new();
    for (amount, unit) in [(d, "d"), (h, "h"), (m, "m"), (s, "s")] {
        if amount > 0 {
            text.push(format!("{amount}{unit}"));
        }
    }
    if let [only] = text.as_slice()
        && only.ends_with('s')
    {
        return format!("{s} s");
    }
    text.join(" ")
}

/// A share in percent: `12 %`, `0.4 %`, `< 0.1 %`.
#[must_use]
pub fn share(value: Share) -> String {
    let percent = value.0 * 100.0;
    if !percent.is_finite() {
        "–".to_owned()
    } else if percent == 0.0 {
        "0 %".to_owned()
    } else if percent < 0.05 {
        "< 0.1 %".to_owned()
    } else if (percent * 10.0).round() < 10.0 {
        format!("{} %", tenths(percent))
    } else {
        format!("{} %", whole(percent))
    }
}

/// How often something was counted: whole numbers as they are, means with one decimal.
#[must_use]
pub fn number(value: f64) -> String {
    if (value - value.round()).abs() < 0.05 { whole(value).to_string() } else { tenths(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_two_units_at_most_and_no_digit_below_a_tenth_of_a_second() {
        let cases = [
            (0.0, "0 s"),
            (20.0, "< 0.1 s"),
            (310.0, "0.3 s"),
            (9_949.0, "9.9 s"),
            (9_950.0, "10 s"),
            (59_400.0, "59 s"),
            (59_600.0, "1m 00s"),
            (245_000.0, "4m 05s"),
            (3_599_600.0, "1h 00m"),
            (7_800_000.0, "2h 10m"),
            (273_600_000.0, "3d 4h"),
            (-1_500.0, "-1.5 s"),
            (f64::NAN, "–"),
        ];
        for (ms, text) in cases {
            assert_eq!(duration(Millis(ms)), text, "{ms} ms");
        }
    }

    #[test]
    fn neighbouring_ticks_never_read_the_same() {
        for step in [100.0, 500.0, 1e3, 15e3, 60e3, 900e3, 3.6e6, 8.64e7] {
            let texts: Vec<_> =
                (0..20).map(|i| tick(Millis(step * f64::from(i)), Millis(step))).collect();
            for pair in texts.windows(2) {
                assert_ne!(pair[0], pair[1], "step {step}");
            }
        }
        assert_eq!(tick(Millis(90_000.0), Millis(30_000.0)), "1m 30s");
        assert_eq!(tick(Millis(30_000.0), Millis(30_000.0)), "30 s");
    }

    #[test]
    fn a_small_share_is_not_called_nothing() {
        assert_eq!(share(Share(0.0)), "0 %");
        assert_eq!(share(Share(0.0002)), "< 0.1 %");
        assert_eq!(share(Share(0.004)), "0.4 %");
        assert_eq!(share(Share(0.224)), "22 %");
    }
}
