//! Reads a long table: labels and names are text columns, and the rows of one label set are one
//! series. This is what Grafana makes of a query in table format, instant or over a range.

use super::collect::{Candidate, Collector};
use super::frame::{Column, Field, FieldKind, Frame};
use super::label::{LabelSet, Strings};
use crate::known::{Known, hash};
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
                (FieldKind::Text, Some(Column::Texts(values))) => {
                    table.labels.push((field.name, values));
                }
                (FieldKind::Time, Some(column)) if table.times.is_none() => {
                    table.times = Some(column.numbers());
                }
                (FieldKind::Number, Some(column)) => {
                    let numbers = column.numbers();
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
            let groups = self.groups(&collector.strings, value);
            collector.found.values.reserve(self.rows);
            for (done, rows) in groups.iter().enumerate() {
                collector.coming = groups.ends.len() - done;
                let Some(first) = rows.first() else { continue };
                let set = self.set(&collector.strings, value, *first as usize);
                samples.clear();
                samples.extend(rows.iter().map(|row| *row as usize).filter_map(|row| {
                    let time = self.times.map_or(Some(range.to.0), |times| times.get(row).copied());
                    Some((time?, value.numbers.get(row).copied()?))
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

    /// The label set of a row.
    fn set(&self, strings: &Strings, value: &Value<'_>, row: usize) -> LabelSet {
        let mut set = value.set;
        for (key, values) in &self.labels {
            strings.add(&mut set, *key, values.get(row).copied().unwrap_or_default());
        }
        set
    }

    /// The rows of each label set, in the order in which the sets first appear.
    fn groups(&self, strings: &Strings, value: &Value<'_>) -> Groups {
        let mut known = Known::default();
        let mut keys = Vec::new();
        let mut group_of = Vec::with_capacity(self.rows);
        for row in 0..self.rows {
            let set = self.set(strings, value, row);
            let key = (set.name, set.is_quantile, set.identity);
            let words = [u64::from(set.name.0), u64::from(set.is_quantile), set.identity];
            let group = known.number(hash(&words), &mut |group| keys.get(group) == Some(&key));
            if group == keys.len() {
                keys.push(key);
            }
            group_of.push(u32::try_from(group).unwrap_or(u32::MAX));
        }
        Groups::of(keys.len(), &group_of)
    }
}

/// Rows by group: half of the series of a table at an instant have one row, so that a list for each
/// would be larger than all that is in it.
struct Groups {
    rows: Vec<u32>,
    /// Where in `rows` each group ends.
    ends: Vec<u32>,
}

impl Groups {
    fn of(groups: usize, group_of: &[u32]) -> Self {
        // First how many rows each has, then where it begins, and, once all are put in, where it ends.
        let mut ends = vec![0_u32; groups];
        for group in group_of {
            if let Some(count) = ends.get_mut(*group as usize) {
                *count += 1;
            }
        }
        let mut begin = 0;
        for end in &mut ends {
            let count = std::mem::replace(end, begin);
            begin += count;
        }
        let mut rows = vec![0_u32; group_of.len()];
        for (row, group) in (0..).zip(group_of) {
            if let Some(end) = ends.get_mut(*group as usize)
                && let Some(place) = rows.get_mut(*end as usize)
            {
                *place = row;
                *end += 1;
            }
        }
        Self { rows, ends }
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins
            .zip(&self.ends)
            .map(|(begin, end)| self.rows.get(begin as usize..*end as usize).unwrap_or_default())
    }
}
