//! Texts by number: every distinct text of the data is kept once.

use std::cmp::Ordering;

use crate::known::{Known, hash_text};

/// A text of a [`Texts`] table. Equal texts have equal numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub u32);

impl Text {
    /// The empty text, which is also what a label that is not there reads as: Prometheus holds the
    /// two for the same.
    pub const EMPTY: Self = Self(0);

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }
}

/// The table of distinct texts.
#[derive(Clone, Debug)]
pub struct Texts {
    /// All of them, one after the other.
    all: String,
    /// Where each ends.
    ends: Vec<usize>,
    known: Known,
}

impl Default for Texts {
    fn default() -> Self {
        let mut texts = Self { all: String::new(), ends: Vec::new(), known: Known::default() };
        texts.intern("");
        texts
    }
}

impl Texts {
    /// The number of a text, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> Text {
        let Self { all, ends, known } = self;
        let number = known.number(hash_text(text), &mut |number| at(all, ends, number) == text);
        if number == ends.len() {
            all.push_str(text);
            ends.push(all.len());
        }
        Text(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// The number of a text that is in the table.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Text> {
        let is = &mut |number| at(&self.all, &self.ends, number) == text;
        let number = self.known.find(hash_text(text), is)?;
        u32::try_from(number).ok().map(Text)
    }

    /// The text of a number; empty for a number of another table.
    #[must_use]
    pub fn get(&self, text: Text) -> &str {
        at(&self.all, &self.ends, text.0 as usize)
    }

    /// How many distinct texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the table holds nothing but the empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.len() <= 1
    }
}

/// The text of a number, out of all of them.
fn at<'a>(all: &'a str, ends: &[usize], number: usize) -> &'a str {
    let begin = number.checked_sub(1).and_then(|before| ends.get(before).copied());
    let end = ends.get(number).copied().unwrap_or_default();
    all.get(begin.unwrap_or_default()..end).unwrap_or_default()
}

/// Orders texts as people do: `n2` before `n10`.
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_number, b_number) = (leading_digits(a_rest), leading_digits(b_rest));
        let order = if a_number.is_empty() || b_number.is_empty() {
            let (Some(x), Some(y)) = (a_rest.chars().next(), b_rest.chars().next()) else {
                return a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
            };
            a_rest = a_rest.get(x.len_utf8()..).unwrap_or_default();
            b_rest = b_rest.get(y.len_utf8()..).unwrap_or_default();
            x.cmp(&y)
        } else {
            a_rest = a_rest.get(a_number.len()..).unwrap_or_default();
            b_rest = b_rest.get(b_number.len()..).unwrap_or_default();
            let (x, y) = (a_number.trim_start_matches('0'), b_number.trim_start_matches('0'));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_as_numbers() {
        let mut names = ["n10", "n2", "n1/n1-n10", "n1/n1-n9", "n1", "", "end-node", "é"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["", "end-node", "n1", "n1/n1-n9", "n1/n1-n10", "n2", "n10", "é"]);
        assert_eq!(
            natural_order("n01", "n1"),
            Ordering::Less,
            "a tie is broken, so that the order is total"
        );
    }

    #[test]
    fn equal_texts_have_equal_numbers_and_an_unknown_number_reads_empty() {
        let mut texts = Texts::default();
        let a = texts.intern("a");
        assert_eq!(texts.intern("a"), a);
        assert_eq!(texts.get(a), "a");
        assert_eq!(texts.intern(""), Text::EMPTY);
        assert_eq!(texts.get(Text(99)), "");
    }
}
