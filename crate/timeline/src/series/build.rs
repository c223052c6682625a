//! Builds frames natively, as the panel's shell builds them in the browser: for tests, benchmarks
//! and tools.

use std::collections::HashMap;

use super::frame::{Column, Columns, Frames};

/// How a query was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing says it.
    Unsaid,
    /// Over a range with a step in ms.
    Range(u32),
    /// At one instant.
    Instant,
}

/// One field of a frame to build.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Instants, ms since the epoch.
    Times(&'a [f64]),
    /// Numbers.
    Numbers(&'a [f64]),
    /// Texts.
    Texts(&'a [&'a str]),
}

/// A field's name, labels and values.
#[derive(Clone, Debug)]
pub struct FieldSpec<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its labels.
    pub labels: &'a [(&'a str, &'a str)],
    /// Its values.
    pub values: Values<'a>,
}

/// Frames while they are built.
#[derive(Debug, Default)]
pub struct FramesBuilder {
    frames: Frames,
    columns: Columns,
    known: HashMap<String, u32>,
}

impl FramesBuilder {
    /// Frames without any.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let position = u32::try_from(self.frames.strings.len()).unwrap_or(u32::MAX);
        self.frames.strings.push(text.to_owned());
        self.known.insert(text.to_owned(), position);
        position
    }

    /// Adds a frame of one series, as Prometheus' data source returns it.
    pub fn series(
        &mut self,
        ref_id: &str,
        asked: Asked,
        labels: &[(&str, &str)],
        times: &[f64],
        values: &[f64],
    ) -> &mut Self {
        let name =
            labels.iter().find(|(key, _)| *key == "__name__").map_or("Value", |(_, name)| name);
        self.frame(
            (ref_id, ""),
            asked,
            &[
                FieldSpec { name: "Time", labels: &[], values: Values::Times(times) },
                FieldSpec { name, labels, values: Values::Numbers(values) },
            ],
        )
    }

    /// Adds a frame of any fields, of one query: its refId and its expression.
    pub fn frame(
        &mut self,
        query: (&str, &str),
        asked: Asked,
        fields: &[FieldSpec<'_>],
    ) -> &mut Self {
        let rows = fields.first().map_or(0, |field| match field.values {
            Values::Times(values) | Values::Numbers(values) => values.len(),
            Values::Texts(values) => values.len(),
        });
        let (kind, step) = match asked {
            Asked::Unsaid => (0, 0),
            Asked::Range(step) => (1, step),
            Asked::Instant => (2, 0),
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let head = [
            self.text(query.0),
            self.text(""),
            self.text(query.1),
            kind,
            count(rows),
            count(fields.len()),
        ];
        self.frames.shape.extend(head);
        for field in fields {
            let kind = match field.values {
                Values::Times(_) => 0,
                Values::Numbers(_) => 1,
                Values::Texts(_) => 2,
            };
            let head =
                [self.text(field.name), self.text(""), kind, step, count(field.labels.len())];
            self.frames.shape.extend(head);
            for (key, value) in field.labels {
                let pair = [self.text(key), self.text(value)];
                self.frames.shape.extend(pair);
            }
            match field.values {
                // As the panel hands over what has one row.
                Values::Times([value]) => self.columns.push_time(*value),
                Values::Numbers([value]) => self.columns.push(Column::One(*value)),
                Values::Times(values) => self.columns.push_times(&mut values.to_vec()),
                Values::Numbers(values) => self.columns.push(Column::Numbers(values.to_vec())),
                Values::Texts(values) => {
                    let texts = values.iter().map(|text| self.text(text)).collect();
                    self.columns.push(Column::Texts(texts));
                }
            }
        }
        self
    }

    /// The frames.
    #[must_use]
    pub fn build(&mut self) -> Frames {
        let Self { frames, columns, .. } = std::mem::take(self);
        Frames { columns: columns.finish(), ..frames }
    }
}
