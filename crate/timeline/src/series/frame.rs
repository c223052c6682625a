//! Data frames as they cross from the panel: texts once, columns as they came, and one list of
//! integers that says how they belong together.

use std::fmt;

/// What the data source returned, flattened. The layout of `shape` is told in the panel crate's
/// `surface.d.ts` and at `read` below.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// Every distinct text of the frames.
    pub strings: Vec<String>,
    /// The frames one after another.
    pub shape: Vec<u32>,
    /// The values of every time, number and text field, in the order of `shape`.
    pub columns: Vec<Column>,
}

/// The values of one field.
#[derive(Clone, Debug)]
pub enum Column {
    /// Instants in ms since the epoch, or numbers. `NaN` is no value.
    Numbers(Vec<f64>),
    /// The same of a frame of one row, as an instant's are by the thousand: without a list of its own.
    One(f64),
    /// Positions in [`Frames::strings`].
    Texts(Vec<u32>),
    /// The very numbers of an earlier column, at this position.
    Same(usize),
}

impl Column {
    /// The numbers or instants; none where it holds anything else.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        match self {
            Self::Numbers(values) => values,
            Self::One(value) => std::slice::from_ref(value),
            Self::Texts(_) | Self::Same(_) => &[],
        }
    }
}

/// Columns while they come in. All series of one query have the same times, for the most part: what
/// repeats is kept once.
#[derive(Debug, Default)]
pub struct Columns {
    columns: Vec<Column>,
    /// Where the last few distinct columns of times are, the last one last.
    times: Vec<usize>,
}

/// With so many columns of times a new one is compared: between two that are the same may lie a
/// series that began or ended within the range.
const COMPARED: usize = 4;

impl Columns {
    /// Adds a column of numbers or texts.
    pub fn push(&mut self, column: Column) {
        self.columns.push(column);
    }

    /// Adds a column of times: takes them, or leaves them where an earlier column is the same.
    pub fn push_times(&mut self, times: &mut Vec<f64>) {
        if !self.repeats(times) {
            self.columns.push(Column::Numbers(std::mem::take(times)));
        }
    }

    /// Adds the only time of a frame of one row.
    pub fn push_time(&mut self, time: f64) {
        if !self.repeats(&[time]) {
            self.columns.push(Column::One(time));
        }
    }

    /// Adds a column of times that are there already; where they are not, the next column is to be
    /// theirs.
    fn repeats(&mut self, times: &[f64]) -> bool {
        let same = |position: &&usize| {
            self.columns.get(**position).is_some_and(|earlier| earlier.numbers() == times)
        };
        if let Some(known) = self.times.iter().rev().find(same) {
            self.columns.push(Column::Same(*known));
            return true;
        }
        if self.times.len() == COMPARED {
            self.times.remove(0);
        }
        self.times.push(self.columns.len());
        false
    }

    /// All that came.
    #[must_use]
    pub fn finish(self) -> Vec<Column> {
        self.columns
    }
}

/// How a query was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The frame does not say.
    Unknown,
    /// Over a range, one sample a step.
    Range,
    /// At one instant.
    Instant,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// Instants.
    Time,
    /// Numbers.
    Number,
    /// Texts.
    Text,
}

/// A field of a frame. Texts are positions in [`Frames::strings`].
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    pub name: u32,
    pub display: u32,
    pub kind: FieldKind,
    /// Milliseconds between samples, 0 where nothing says it.
    pub interval: u32,
    /// Keys and values in turn.
    pub labels: &'a [u32],
    /// Position in [`Frames::columns`].
    pub column: usize,
}

/// A frame. Texts are positions in [`Frames::strings`].
#[derive(Clone, Debug)]
pub(super) struct Frame<'a> {
    pub ref_id: u32,
    pub name: u32,
    pub query: u32,
    pub kind: Kind,
    pub rows: usize,
    /// The fields that hold times, numbers or texts; others are left out.
    pub fields: Vec<Field<'a>>,
}

/// `shape` and `columns` do not belong together: a mistake of the caller, never of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// Where in `shape` the reading stopped.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the description of the frames is broken at {}: expected {}",
            self.at, self.expected
        )
    }
}

impl std::error::Error for ShapeError {}

/// Reads the frames out of `shape`.
///
/// Per frame: `refId, name, query, kind (0 unknown, 1 range, 2 instant), rows, fields`, then per
/// field: `name, display name, type (0 time, 1 number, 2 text, 3 other), interval, labels`, then
/// per label `key, value`.
///
/// # Errors
/// Where `shape` ends early, or a column is missing, of another type, or of another length.
pub(super) fn read(frames: &Frames) -> Result<Vec<Frame<'_>>, ShapeError> {
    let mut reader = Reader { shape: &frames.shape, columns: &frames.columns, at: 0, column: 0 };
    let mut read = Vec::new();
    while reader.at < frames.shape.len() {
        read.push(reader.frame()?);
    }
    if reader.column == frames.columns.len() {
        Ok(read)
    } else {
        Err(reader.broken("a field for every column"))
    }
}

struct Reader<'a> {
    shape: &'a [u32],
    columns: &'a [Column],
    at: usize,
    column: usize,
}

impl<'a> Reader<'a> {
    fn broken(&self, expected: &'static str) -> ShapeError {
        ShapeError { at: self.at, expected }
    }

    fn next(&mut self, expected: &'static str) -> Result<u32, ShapeError> {
        let value = *self.shape.get(self.at).ok_or(ShapeError { at: self.at, expected })?;
        self.at += 1;
        Ok(value)
    }

    fn frame(&mut self) -> Result<Frame<'a>, ShapeError> {
        let (ref_id, name) = (self.next("a refId")?, self.next("a frame name")?);
        let query = self.next("a query")?;
        let kind = match self.next("a kind")? {
            1 => Kind::Range,
            2 => Kind::Instant,
            _ => Kind::Unknown,
        };
        let rows = self.next("a row count")? as usize;
        let count = self.next("a field count")?;
        let mut fields = Vec::new();
        for _ in 0..count {
            if let Some(field) = self.field(rows)? {
                fields.push(field);
            }
        }
        Ok(Frame { ref_id, name, query, kind, rows, fields })
    }

    fn field(&mut self, rows: usize) -> Result<Option<Field<'a>>, ShapeError> {
        let (name, display) = (self.next("a field name")?, self.next("a display name")?);
        let kind = match self.next("a field type")? {
            0 => Some(FieldKind::Time),
            1 => Some(FieldKind::Number),
            2 => Some(FieldKind::Text),
            _ => None,
        };
        let interval = self.next("an interval")?;
        // A word may be as large as an address.
        let words = (self.next("a label count")? as usize).saturating_mul(2);
        let end = self.at.saturating_add(words);
        let labels =
            self.shape.get(self.at..end).ok_or(self.broken("keys and values of labels"))?;
        self.at = end;
        let Some(kind) = kind else { return Ok(None) };
        let column = self.column(kind, rows)?;
        Ok(Some(Field { name, display, kind, interval, labels, column }))
    }

    fn column(&mut self, kind: FieldKind, rows: usize) -> Result<usize, ShapeError> {
        let own = self.column;
        let position = match self.columns.get(own) {
            Some(Column::Same(earlier)) if *earlier < own => *earlier,
            _ => own,
        };
        let length = match (self.columns.get(position), kind) {
            (
                Some(column @ (Column::Numbers(_) | Column::One(_))),
                FieldKind::Time | FieldKind::Number,
            ) => column.numbers().len(),
            (Some(Column::Texts(values)), FieldKind::Text) => values.len(),
            _ => return Err(self.broken("a column of the field's type")),
        };
        if length != rows {
            return Err(self.broken("a column as long as its frame"));
        }
        self.column += 1;
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(shape: &[u32], columns: Vec<Column>) -> Frames {
        Frames { strings: vec![String::new()], shape: shape.to_vec(), columns }
    }

    #[test]
    fn a_field_of_another_kind_has_no_column_and_is_left_out() {
        let shape = [0, 0, 0, 1, 2, 2, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0];
        let frames = frames(&shape, vec![Column::Numbers(vec![1.0, 2.0])]);
        let read = read(&frames).expect("a frame");
        assert_eq!(read[0].fields.len(), 1);
        assert_eq!(read[0].fields[0].column, 0);
    }

    #[test]
    fn times_that_repeat_are_kept_once() {
        let mut columns = Columns::default();
        for times in [[1.0, 2.0], [1.0, 3.0], [1.0, 2.0], [f64::NAN, 2.0], [f64::NAN, 2.0]] {
            columns.push_times(&mut times.to_vec());
        }
        let columns = columns.finish();
        let same = |column: &Column| match column {
            Column::Same(earlier) => Some(*earlier),
            _ => None,
        };
        let found: Vec<_> = columns.iter().map(same).collect();
        assert_eq!(found, [None, None, Some(0), None, None], "what is no time equals nothing");
        let shape = [0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0].repeat(5);
        let frames = frames(&shape, columns);
        let read = read(&frames).expect("five frames");
        let positions: Vec<_> = read.iter().map(|frame| frame.fields[0].column).collect();
        assert_eq!(positions, [0, 1, 0, 3, 4]);
    }

    #[test]
    fn a_column_that_is_the_same_as_none_before_it_is_refused() {
        let shape = [0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0];
        for earlier in [0, 1, usize::MAX] {
            assert!(read(&frames(&shape, vec![Column::Same(earlier)])).is_err());
        }
    }

    #[test]
    fn a_description_that_ends_early_or_does_not_fit_its_columns_is_refused() {
        let whole = [0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        let column = || vec![Column::Numbers(vec![1.0])];
        assert!(read(&frames(&whole, column())).is_ok());
        for end in 1..whole.len() {
            assert!(read(&frames(&whole[..end], column())).is_err(), "cut at {end}");
        }
        assert!(read(&frames(&whole, vec![])).is_err());
        assert!(read(&frames(&whole, vec![Column::Numbers(vec![1.0, 2.0])])).is_err());
        assert!(read(&frames(&whole, vec![Column::Texts(vec![0])])).is_err());
        assert!(read(&frames(&[], column())).is_err());
    }
}
