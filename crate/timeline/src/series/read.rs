//! Goes through the frames: fields with labels here, tables next door.

use super::collect::{Candidate, Collector};
use super::frame::{self, Column, Field, FieldKind, Frame, Frames, Kind, ShapeError};
use super::table::Table;
use super::{Found, MetricNames, Samples};
use crate::profile::Profile;
use crate::unit::{Millis, TimeRange};

pub(super) fn read(
    profile: &Profile,
    mut frames: Frames,
    range: TimeRange,
    metrics: &MetricNames,
) -> Result<Found, ShapeError> {
    let mut collector = Collector::new(profile, metrics, &frames.strings);
    for frame in frame::read(&frames)? {
        collector.found.census.frames += 1;
        collector.step = step(&frame);
        collector.coming = 0;
        if frame.fields.iter().any(|field| field.kind == FieldKind::Text) {
            Table::of(&collector, &frame, &frames.columns).read(&mut collector, range);
        } else {
            labelled_fields(&mut collector, &frame, &frames.columns, range);
        }
    }
    collector.found.columns = std::mem::take(&mut frames.columns);
    // What labels said is in the series by now, and most of what a table is.
    for column in &mut collector.found.columns {
        if let Column::Texts(texts) = column {
            *texts = Vec::new();
        }
    }
    Ok(collector.finish())
}

/// Milliseconds between samples, of a frame whose query was asked over a range.
fn step(frame: &Frame<'_>) -> Option<Millis> {
    let time = frame.fields.iter().find(|field| field.kind == FieldKind::Time)?;
    let told = frame.kind == Kind::Range && time.interval > 0;
    told.then(|| Millis(f64::from(time.interval)))
}

/// Every number field is a series, told by its labels.
fn labelled_fields(
    collector: &mut Collector<'_>,
    frame: &Frame<'_>,
    columns: &[Column],
    range: TimeRange,
) {
    let time = frame.fields.iter().find(|field| field.kind == FieldKind::Time);
    for field in frame.fields.iter().filter(|field| field.kind == FieldKind::Number) {
        collector.found.census.samples += frame.rows;
        if frame.rows == 0 {
            continue;
        }
        let Some(samples) = samples(collector, time, field, columns, range) else {
            collector.found.census.timeless += 1;
            continue;
        };
        let text = |string| collector.strings.text(string);
        collector.offer(Candidate {
            query: text(frame.ref_id),
            expression: text(frame.query),
            names: [text(field.name), text(frame.name)],
            display: text(field.display),
            set: collector.strings.label_set(field),
            samples,
        });
    }
}

/// Where a field's samples are: its own columns where they are in order, else a copy that is. None
/// where nothing says when its several values were.
fn samples(
    collector: &mut Collector<'_>,
    time: Option<&Field<'_>>,
    field: &Field<'_>,
    columns: &[Column],
    range: TimeRange,
) -> Option<Samples> {
    let numbers = |column: usize| columns.get(column).map_or(&[][..], Column::numbers);
    let values = numbers(field.column);
    let Some(time) = time else {
        // A single value without a time is one at the end of the range, as `reduce` makes it.
        let [value] = values else { return None };
        return Some(collector.gather(&mut vec![(range.to.0, *value)]));
    };
    let times = numbers(time.column);
    if collector.ascending.is_none_or(|(column, _)| column != time.column) {
        // What is in order has nothing in between that is no time; its ends may be none.
        let ends = [times.first(), times.last()].into_iter().flatten();
        let sorted = times.is_sorted_by(|a, b| a < b) && ends.copied().all(f64::is_finite);
        collector.ascending = Some((time.column, sorted));
    }
    if collector.ascending.is_some_and(|(_, sorted)| sorted) {
        return Some(Samples::Columns { times: time.column, values: field.column });
    }
    Some(collector.gather(&mut times.iter().copied().zip(values.iter().copied()).collect()))
}
