//! Reads a long table: labels and names are text columns, and the rows of one label set are one
//! series. This is what Grafana makes of a query in table format, instant or over a range.

use std::collections::HashMap;

use super::collect::{Candidate, Collector};
use super::frame::{Column, Field, FieldKind, Frame};
use super::label::{LabelSet, Strings};
use crate::text::Text;
use crate::unit::TimeRange;

pub(super) struct Table<'a> {
    query: Text,
    expression: Text,
    name: Text,
    rows: usize,
    times: Option<&'a [f64]>,
    /// Position of each label's key, and its values.
    labels: Vec<(u32, &'a [u32])>,
    values: Vec<Value<'a>>,
}

struct Value<'a> {
    /// The query of a column that is called `Value #B`, else the frame's.
    query: Text,
    name: Text,
    display: Text,
    /// Labels that the column itself carries.
    set: LabelSet,
    numbers: &'a [f64],
}

impl<'a> Table<'a> {
    pub fn of(collector: &Collector<'_>, frame: &Frame<'_>, columns: &'a [Column]) -> Self {
        let text = |string| collector.strings.text(string);
        let mut table = Self {
            query: text(frame.ref_id),
            expression: text(frame.query),
            name: text(frame.name),
            rows: frame.rows,
            times: None,
            labels: Vec::new(),
            values: Vec::new(),
        };
        for field in &frame.fields {
            match (field.kind, columns.get(field.column)) {
                (FieldKind::Time, Some(Column::Numbers(times))) if table.times.is_none() => {
                    table.times = Some(times);
                }
                (FieldKind::Text, Some(Column::Texts(values))) => {
                    table.labels.push((field.name, values));
                }
                (FieldKind::Number, Some(Column::Numbers(numbers))) => {
                    table.values.push(Self::value(collector, table.query, field, numbers));
                }
                _ => {}
            }
        }
        table
    }

    fn value(
        collector: &Collector<'_>,
        query: Text,
        field: &Field<'_>,
        numbers: &'a [f64],
    ) -> Value<'a> {
        let name = collector.strings.text(field.name);
        // Where there are several value columns, Grafana calls each after its query.
        let texts = &collector.found.texts;
        let own = texts.get(name).strip_prefix("Value #").and_then(|query| texts.find(query));
        Value {
            query: own.unwrap_or(query),
            name,
            display: collector.strings.text(field.display),
            set: collector.strings.label_set(field),
            numbers,
        }
    }

    pub fn read(self, collector: &mut Collector<'_>, range: TimeRange) {
        for value in &self.values {
            collector.found.census.samples += self.rows;
            let mut samples = Vec::new();
            for (set, rows) in self.groups(&collector.strings, value) {
                samples.clear();
                samples.extend(rows.iter().filter_map(|row| {
                    let time =
                        self.times.map_or(Some(range.to.0), |times| times.get(*row).copied());
                    Some((time?, value.numbers.get(*row).copied()?))
                }));
                let samples = collector.gather(&mut samples);
                collector.offer(Candidate {
                    query: value.query,
                    expression: self.expression,
                    names: [value.name, self.name],
                    display: value.display,
                    set,
                    samples,
                });
            }
        }
    }

    /// The rows of each label set, in the order in which the sets first appear.
    fn groups(&self, strings: &Strings, value: &Value<'_>) -> Vec<(LabelSet, Vec<usize>)> {
        let mut groups: Vec<(LabelSet, Vec<usize>)> = Vec::new();
        let mut known: HashMap<(Text, bool, u64), usize> = HashMap::new();
        for row in 0..self.rows {
            let mut set = value.set;
            for (key, values) in &self.labels {
                strings.add(&mut set, *key, values.get(row).copied().unwrap_or_default());
            }
            let key = (set.name, set.is_quantile, set.identity);
            let position = *known.entry(key).or_insert(groups.len());
            match groups.get_mut(position) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((set, vec![row])),
            }
        }
        groups
    }
}
