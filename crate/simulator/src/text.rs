//! The text formats: how Go prints a number, and the exposition format 0.0.4.

use std::fmt::Write;
use std::sync::Arc;

use crate::series::{Family, Series};

/// A value as the Prometheus client for Go prints it: the shortest digits that read back the
/// same, with an exponent from a million on.
pub(crate) fn number(out: &mut String, value: f64) {
    if value.is_nan() {
        out.push_str("NaN");
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "+Inf" } else { "-Inf" });
    } else if value == 0.0 {
        out.push('0');
    } else {
        let scientific = format!("{value:e}");
        let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let power: i32 = exponent.parse().unwrap_or(0);
        // Writing to a String cannot fail.
        let _ = if (-4..6).contains(&power) {
            write!(out, "{value}")
        } else {
            let sign = if power < 0 { '-' } else { '+' };
            write!(out, "{digits}e{sign}{:02}", power.abs())
        };
    }
}

/// A label value, escaped.
pub(crate) fn escaped(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
}

/// `{a="1",b="2"}`, or nothing where there are no labels.
pub(crate) fn labels<'a>(out: &mut String, pairs: impl Iterator<Item = (&'static str, &'a str)>) {
    let mut open = '{';
    for (name, value) in pairs {
        out.push(open);
        out.push_str(name);
        out.push_str("=\"");
        escaped(out, value);
        out.push('"');
        open = ',';
    }
    if open == ',' {
        out.push('}');
    }
}

/// Builds an exposition from series that come family by family.
#[derive(Default)]
pub(crate) struct Exposition {
    pub(crate) text: String,
    family: Option<Arc<Family>>,
}

impl Exposition {
    pub(crate) fn push(&mut self, series: &Series, value: f64) {
        let family = series.family();
        if self.family.as_ref() != Some(family) {
            let Family { name, help, kind, .. } = &**family;
            let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {}", kind.word());
            self.family = Some(Arc::clone(family));
        }
        self.text.push_str(&family.name);
        self.text.push_str(series.suffix());
        labels(&mut self.text, series.exposed());
        self.text.push(' ');
        number(&mut self.text, value);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_go_prints_them() {
        let cases = [
            (0.0, "0"),
            (1.0, "1"),
            (420.0, "420"),
            (900_000.0, "900000"),
            (1_000_000.0, "1e+06"),
            (1_610_000.0, "1.61e+06"),
            (12_345_678.0, "1.2345678e+07"),
            (1.7e9, "1.7e+09"),
            (0.5, "0.5"),
            (0.000_01, "1e-05"),
            (-3.25, "-3.25"),
        ];
        for (value, text) in cases {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, text);
        }
    }
}
