//! What a reader must be told about the data: one sentence each, the most severe first.

use crate::order;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// Part of the data could not be read at all.
    Error,
    /// The picture is right but lacks something.
    Warning,
    /// Good to know.
    Info,
}

/// One sentence about the data, naming the series, the option or the setting that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
}

/// Notices as they are found, without repetition.
#[derive(Clone, Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Adds a notice, unless the same sentence is there already.
    pub fn add(&mut self, severity: Severity, text: impl Into<String>) {
        let notice = Notice { severity, text: text.into() };
        if !self.0.contains(&notice) {
            self.0.push(notice);
        }
    }

    /// The notices, the most severe first and otherwise as they were found.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Notice> {
        order::sort(&mut self.0, |a, b| a.severity.cmp(&b.severity));
        self.0
    }
}

/// `1 series`, `2 series`; `1 row`, `2 rows`: the count with its noun.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", group_thousands(n), if n == 1 { one } else { many })
}

/// The first few names in quotes, and how many more there are.
#[must_use]
pub fn list(names: &[&str], shown: usize) -> String {
    let mut text = names.iter().take(shown).map(|name| format!("“{name}”")).collect::<Vec<_>>();
    if names.len() > shown {
        text.push(format!("{} more", group_thousands(names.len() - shown)));
    }
    text.join(", ")
}

/// The names with commas between them.
#[must_use]
pub fn joined(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text
}

/// `12,345`.
fn group_thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_severe_notice_comes_first_and_none_comes_twice() {
        let mut notices = Notices::default();
        notices.add(Severity::Info, "one");
        notices.add(Severity::Error, "two");
        notices.add(Severity::Info, "one");
        let texts: Vec<_> = notices.into_sorted().into_iter().map(|n| n.text).collect();
        assert_eq!(texts, ["two", "one"]);
    }

    #[test]
    fn counts_and_lists_read_as_a_person_would_write_them() {
        assert_eq!(count(1, "row", "rows"), "1 row");
        assert_eq!(count(12_345, "row", "rows"), "12,345 rows");
        assert_eq!(list(&["a", "b", "c"], 2), "“a”, “b”, 1 more");
    }
}
