//! Reads a long table: labels and names are text columns, and the rows of one label set are one
//! series. This is what Grafana makes of a query in table format, instant or over a range.

use std::collections::HashMap;

use super::collect::{Candidate, Collector, Key, LabelSet};
use super::frame::{Column, Field, FieldKind, Frame};
use crate::text::Text;

pub(super) struct Table<'a> {
    query: Text,
    expression: Text,
    name: Text,
    rows: usize,
    times: Option<&'a [f64]>,
    labels: Vec<(Key, Text, &'a [u32])>,
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
        let mut table = Self {
            query: collector.text(frame.ref_id),
            expression: collector.text(frame.query),
            name: collector.text(frame.name),
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
                    let key = collector.text(field.name);
                    table.labels.push((collector.key(key), key, values));
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
        let mut set = LabelSet::default();
        for pair in field.labels.chunks_exact(2) {
            if let [key, value] = pair {
                let key = collector.text(*key);
                set.add(collector.key(key), key, collector.text(*value));
            }
        }
        let name = collector.text(field.name);
        let query = collector.query_of_column(name).unwrap_or(query);
        Value { query, name, display: collector.text(field.display), set, numbers }
    }

    pub fn read(self, collector: &mut Collector<'_>) {
        let end = collector.range_end();
        for value in &self.values {
            collector.count_samples(self.rows);
            for (set, rows) in self.groups(collector, value) {
                let samples = rows
                    .iter()
                    .filter_map(|row| {
                        let time = self.times.map_or(Some(end), |times| times.get(*row).copied());
                        Some((time?, value.numbers.get(*row).copied()?))
                    })
                    .collect();
                let samples = collector.gather(samples);
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
    fn groups(&self, collector: &Collector<'_>, value: &Value<'_>) -> Vec<(LabelSet, Vec<usize>)> {
        let mut groups: Vec<(LabelSet, Vec<usize>)> = Vec::new();
        let mut known: HashMap<(Text, bool, u64), usize> = HashMap::new();
        for row in 0..self.rows {
            let mut set = value.set;
            for (key, text, column) in &self.labels {
                set.add(*key, *text, collector.text(column.get(row).copied().unwrap_or_default()));
            }
            let position =
                *known.entry((set.name, set.is_quantile, set.identity)).or_insert(groups.len());
            match groups.get_mut(position) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((set, vec![row])),
            }
        }
        groups
    }
}
