//! Which metric a name means.
//!
//! A name is prefix + suffix. The prefix differs by deployment (`flyte:propeller:all:` is only the
//! default), so metrics are known by their suffix and the prefix is reported. Both spellings are
//! known, `…_ms` and its `…_unlabeled_ms` twin, and any of `:`, `_` and `.` between the words, since
//! exporters on the way to a Prometheus-like store rewrite them.

use crate::profile::{Metric, MetricId, Profile, Role};

/// Which part of a summary a series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `…_sum`: time, in the metric's unit.
    Sum,
    /// `…_count`: observations.
    Count,
    /// The name alone: a quantile of a summary, or a plain value.
    Plain,
}

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The profile's metric.
    pub metric: MetricId,
    /// Which part of it.
    pub part: Part,
    /// Whether it is the twin without labels, which no workflow can be told from.
    pub unlabelled: bool,
    /// How many bytes stand before the suffix; `flyte:propeller:all:` for one.
    pub prefix: usize,
}

/// Knows a metric by the name that Prometheus returns.
#[must_use]
pub fn by_name(profile: &Profile, name: &str) -> Option<Name> {
    let (base, part) = split_part(name);
    let twin = without_unlabelled(base);
    for (position, metric) in profile.metrics.iter().enumerate() {
        let known = |base: &str| prefix_before(base, &metric.suffix).map(str::len);
        let id = MetricId(u8::try_from(position).ok()?);
        if let Some(prefix) = known(base) {
            return Some(Name { metric: id, part, unlabelled: false, prefix });
        }
        if let Some(prefix) = twin.as_deref().and_then(known) {
            return Some(Name { metric: id, part, unlabelled: true, prefix });
        }
    }
    None
}

/// Knows a metric by what a person calls a query or a legend: `queueing_sum`, `Queueing count`,
/// `node:queueing_latency_ms_sum`.
#[must_use]
pub fn by_alias(profile: &Profile, text: &str) -> Option<Name> {
    let text = text.trim();
    if let Some(name) = by_name(profile, text) {
        return Some(name);
    }
    let folded = folded(text);
    let (base, part) = split_part(&folded);
    let position = profile.metrics.iter().position(|metric| {
        metric.aliases.contains(&base)
            || own_stage(profile, metric).is_some_and(|id| self::folded(id) == base)
    })?;
    let metric = MetricId(u8::try_from(position).ok()?);
    Some(Name { metric, part, unlabelled: false, prefix: 0 })
}

/// The user's own stage that a metric is of.
fn own_stage<'a>(profile: &'a Profile, metric: &Metric) -> Option<&'a str> {
    let Role::Stage(stage) = metric.role else { return None };
    profile.stage(stage).filter(|stage| stage.is_added).map(|stage| stage.id.as_ref())
}

/// What people write with spaces, hyphens and capitals, as a metric's name.
pub(super) fn folded(text: &str) -> String {
    let word = |c| is_separator(c) || c == ' ' || c == '-';
    text.chars().map(|c| if word(c) { '_' } else { c.to_ascii_lowercase() }).collect()
}

fn split_part(name: &str) -> (&str, Part) {
    if let Some(base) = name.strip_suffix("_sum") {
        (base, Part::Sum)
    } else if let Some(base) = name.strip_suffix("_count") {
        (base, Part::Count)
    } else {
        (name, Part::Plain)
    }
}

/// `…_unlabeled_ms` as `…_ms`: promutils puts the unit last
/// (`flytestdlib/promutils/labeled/stopwatch.go:69-97`).
fn without_unlabelled(base: &str) -> Option<String> {
    let (head, unit) = base.rsplit_once('_')?;
    Some(format!("{}_{unit}", head.strip_suffix("_unlabeled")?))
}

/// What stands before `suffix` in `name`, where the two meet at a separator or `name` is all suffix.
fn prefix_before<'a>(name: &'a str, suffix: &str) -> Option<&'a str> {
    let split = name.len().checked_sub(suffix.len())?;
    let (prefix, end) = (name.get(..split)?, name.get(split..)?);
    let same = end
        .chars()
        .zip(suffix.chars())
        .all(|(a, b)| a == b || (is_separator(a) && is_separator(b)));
    let whole_words = prefix.is_empty() || prefix.ends_with(is_separator);
    (same && whole_words).then_some(prefix)
}

fn is_separator(c: char) -> bool {
    matches!(c, ':' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffix(text: &str) -> Option<(String, Part, bool, &str)> {
        let profile = Profile::flyte1();
        let name = by_name(&profile, text)?;
        let prefix = text.get(..name.prefix)?;
        Some((profile.metric(name.metric)?.suffix.to_string(), name.part, name.unlabelled, prefix))
    }

    #[test]
    fn a_metric_is_known_under_any_prefix() {
        for prefix in ["flyte:propeller:all:", "flyte:propeller:flyte_dev:", "x:", ""] {
            let name = format!("{prefix}node:queueing_latency_ms_sum");
            let known = suffix(&name);
            assert_eq!(
                known,
                Some(("node:queueing_latency_ms".to_owned(), Part::Sum, false, prefix))
            );
        }
    }

    #[test]
    fn the_twin_without_labels_is_known_for_what_it_is() {
        let known = suffix("flyte:propeller:all:workflow:acceptance_latency_unlabeled_ms_count");
        assert_eq!(
            known,
            Some((
                "workflow:acceptance_latency_ms".to_owned(),
                Part::Count,
                true,
                "flyte:propeller:all:"
            ))
        );
    }

    #[test]
    fn colons_that_an_exporter_rewrote_do_not_matter() {
        let known = suffix("flyte_propeller_all_workflow_success_duration_ms_sum");
        assert_eq!(
            known,
            Some((
                "workflow:success_duration_ms".to_owned(),
                Part::Sum,
                false,
                "flyte_propeller_all_"
            ))
        );
    }

    #[test]
    fn a_name_that_only_ends_alike_is_another_metric() {
        assert_eq!(
            suffix("flyte:propeller:all:node:event_recording:success_duration_ms_sum"),
            None
        );
        assert_eq!(suffix("flyte:propeller:all:subnode:success_duration_ms_sum"), None);
        assert_eq!(suffix("up"), None);
        assert_eq!(suffix("é"), None);
    }

    #[test]
    fn a_query_can_be_named_as_people_speak() {
        let profile = Profile::flyte1();
        for alias in ["queueing_sum", "Queueing sum", "queueing-sum", "queueing_latency_ms_sum"] {
            let name = by_alias(&profile, alias).expect(alias);
            assert_eq!(profile.metric(name.metric).unwrap().suffix, "node:queueing_latency_ms");
            assert_eq!(name.part, Part::Sum);
        }
        assert_eq!(by_alias(&profile, "A"), None);
        assert_eq!(by_alias(&profile, "duration_sum"), None);
    }
}
