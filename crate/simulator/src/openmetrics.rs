//! Writes samples as an OpenMetrics file that `promtool tsdb create-blocks-from openmetrics`
//! accepts: family by family, series by series, time ascending.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Write};
use std::sync::Arc;

use crate::series::{Family, FamilyKind, Series};
use crate::text;
use crate::time::UnixMillis;

/// A series' samples, time ascending.
type Samples = Vec<(UnixMillis, f64)>;

/// Samples of one file, gathered by series.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// By the address of the series, which the value keeps alive.
    index: HashMap<usize, usize>,
    series: Vec<(Arc<Series>, Samples)>,
}

/// How much was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub samples: u64,
    pub series: u64,
    pub bytes: u64,
}

impl Gathered {
    pub(crate) fn push(&mut self, series: &Arc<Series>, at: UnixMillis, value: f64) {
        let entry = match self.index.entry(Arc::as_ptr(series) as usize) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => {
                self.series.push((Arc::clone(series), Vec::new()));
                *unknown.insert(self.series.len() - 1)
            }
        };
        if let Some((_, samples)) = self.series.get_mut(entry) {
            samples.push((at, value));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// Writes everything and forgets it.
    pub(crate) fn write(&mut self, out: &mut impl Write) -> io::Result<Written> {
        self.index.clear();
        let mut series: Vec<(Arc<Family>, String, Samples)> = self
            .series
            .drain(..)
            .map(|(series, samples)| (Arc::clone(series.family()), line_start(&series), samples))
            .collect();
        // A restart makes a second object of the same series: in time order, it follows the first.
        series.sort_by(|a, b| {
            let time = |samples: &[(UnixMillis, f64)]| samples.first().map(|&(at, _)| at);
            (&a.0.name, &a.1, time(&a.2)).cmp(&(&b.0.name, &b.1, time(&b.2)))
        });
        let mut written = Written::default();
        let mut line = String::new();
        let (mut family, mut previous) = (None, None);
        for (of, start, samples) in &series {
            if family != Some(of) {
                line.clear();
                head(&mut line, of);
                out.write_all(line.as_bytes())?;
                written.bytes += line.len() as u64;
                family = Some(of);
            }
            if previous != Some(start) {
                written.series += 1;
                previous = Some(start);
            }
            let mut value_text = String::new();
            let mut last = None;
            for &(at, value) in samples {
                if last != Some(value.to_bits()) {
                    value_text.clear();
                    text::number(&mut value_text, value);
                    last = Some(value.to_bits());
                }
                line.clear();
                line.push_str(start);
                line.push_str(&value_text);
                timestamp(&mut line, at);
                out.write_all(line.as_bytes())?;
                written.bytes += line.len() as u64;
            }
            written.samples += samples.len() as u64;
        }
        out.write_all(b"# EOF\n")?;
        written.bytes += 6;
        Ok(written)
    }
}

fn head(line: &mut String, family: &Family) {
    // OpenMetrics wants a counter's samples to end in `_total`, which Flyte's do not.
    let word = match family.kind {
        FamilyKind::Counter => "unknown",
        other => other.word(),
    };
    for part in
        ["# HELP ", &family.name, " ", &family.help, "\n# TYPE ", &family.name, " ", word, "\n"]
    {
        line.push_str(part);
    }
}

/// Name and labels, up to the blank before the value.
fn line_start(series: &Series) -> String {
    let mut line = series.name();
    text::labels(&mut line, series.labels());
    line.push(' ');
    line
}

/// A blank, unix seconds with milliseconds where there are any, and the end of the line.
fn timestamp(line: &mut String, at: UnixMillis) {
    use std::fmt::Write;
    let (seconds, millis) = (at.div_euclid(1_000), at.rem_euclid(1_000));
    // Writing to a String cannot fail.
    let _ = if millis == 0 {
        writeln!(line, " {seconds}")
    } else {
        writeln!(line, " {seconds}.{millis:03}")
    };
}
