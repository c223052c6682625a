//! What is to be told apart: increments, and the lives of the runs that may own them.

use super::chain::Link;
use crate::text::Text;

/// Runs that ended in one increment, or those that go on.
pub(super) struct Life {
    /// How many.
    pub runs: usize,
    /// Their end; none of those that go on.
    pub end: Option<usize>,
    /// Between when and when they began to run, ms since the epoch.
    pub begin: (f64, f64),
    /// The scrape that showed their end.
    pub to: f64,
}

/// An increment and who may own it.
pub(super) struct Thing {
    /// Position in the lane's events.
    pub event: usize,
    /// What it tells of a node; none for an acceptance, and where nothing is certain.
    pub link: Option<Link>,
    pub is_acceptance: bool,
    pub node: Text,
    /// Told after this scrape…
    pub from: f64,
    /// …and shown by this one.
    pub to: f64,
    /// Between when and when it began, ms since the epoch.
    pub begin: (f64, f64),
    /// Observations.
    pub count: usize,
    /// Lives that may own it, ascending.
    pub owners: Vec<usize>,
}

impl Thing {
    /// Which counter of the runs, acceptances first.
    pub fn counter(&self) -> (bool, Text, Option<Link>) {
        (!self.is_acceptance, self.node, self.link)
    }
}
