//! What was counted while the frames were read, and the sentences that it makes.

use crate::notice::{self, Notices, Severity};
use crate::order;
use crate::profile::Profile;

/// Counts of what came, and the names of what could not be used.
#[derive(Debug, Default)]
pub struct Census {
    /// Frames.
    pub frames: usize,
    /// Series, of any metric.
    pub series: usize,
    /// Samples of all series.
    pub samples: usize,
    /// Series of the twins without labels.
    pub unlabelled: usize,
    /// Quantiles of a summary.
    pub quantiles: usize,
    /// Series that another query had returned already.
    pub repeated: usize,
    /// Fields with several values and nothing that says when they were.
    pub timeless: usize,
    /// Names of other metrics.
    pub unknown: Vec<String>,
    /// Queries whose series carry no name and that are called nothing known.
    pub nameless: Vec<String>,
    /// Queries that ask for a rate.
    pub rates: Vec<String>,
    /// Prefixes before the known suffixes.
    pub prefixes: Vec<String>,
    /// Queries that the options give a metric which the profile does not have.
    pub wrong_mappings: Vec<(String, String)>,
}

impl Census {
    pub(super) fn finish(&mut self) {
        for names in [&mut self.unknown, &mut self.nameless, &mut self.rates, &mut self.prefixes] {
            order::distinct(names);
        }
    }

    /// Names of other metrics as texts.
    #[must_use]
    pub fn unknown_names(&self) -> Vec<&str> {
        self.unknown.iter().map(String::as_str).collect()
    }

    /// Says what could not be used and what to do about it. Quantiles and unlabelled twins beside
    /// what can be used are ordinary and not worth a word.
    pub fn report(&self, profile: &Profile, notices: &mut Notices) {
        for (query, metric) in &self.wrong_mappings {
            notices.add(
                Severity::Error,
                format!(
                    "Option “Metric of a query”: “{query} = {metric}” names no known metric. Use the \
                     metric's name with its part, such as {}.",
                    profile.example
                ),
            );
        }
        for query in &self.nameless {
            notices.add(
                Severity::Warning,
                format!(
                    "Query {query} returned series without a metric name, as functions and \
                     aggregations do. Rename the query to what it returns (“queueing_sum”), or say \
                     it in the option “Metric of a query”."
                ),
            );
        }
        for query in &self.rates {
            notices.add(
                Severity::Warning,
                format!(
                    "Query {query} asks for a rate, which holds no totals. Ask for increase(…), or \
                     for the counter itself."
                ),
            );
        }
        if self.repeated > 0 {
            let text = notice::count(self.repeated, "series was", "series were");
            notices
                .add(Severity::Info, format!("{text} returned more than once and counted once."));
        }
        if self.timeless > 0 {
            let text = notice::count(self.timeless, "field has", "fields have");
            notices.add(
                Severity::Warning,
                format!("{text} several values but no time, and could not be used."),
            );
        }
    }
}
