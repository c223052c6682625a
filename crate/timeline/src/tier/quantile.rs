//! Quantiles as the processes estimate them, for the rows of means that they belong to.

use std::cmp::Ordering;

use crate::order;
use crate::profile::Profile;
use crate::run::Quantile;
use crate::series::Found;
use crate::text::natural_order;
use crate::unit::Millis;

/// The last value of every quantile that is of no single execution: of one observation, a quantile says
/// nothing that its time does not.
pub(super) fn read(profile: &Profile, found: &Found) -> Vec<Quantile> {
    let own = found.quantiles.iter().filter(|series| series.labels.execution.is_empty());
    let mut quantiles: Vec<Quantile> = own
        .filter_map(|series| {
            let labels = &series.labels;
            let unit = profile.metric(series.metric)?.unit;
            Some(Quantile {
                whose: [labels.workflow, labels.project, labels.domain],
                metric: series.metric,
                node: labels.node,
                instance: series.instance,
                quantile: series.quantile,
                value: Millis(found.last(series)? * unit.in_millis()),
            })
        })
        .collect();
    order::sort(&mut quantiles, |a, b| compare(found, a, b));
    quantiles.dedup_by(|later, kept| compare(found, later, kept) == Ordering::Equal);
    quantiles
}

fn compare(found: &Found, a: &Quantile, b: &Quantile) -> Ordering {
    let text = |text| found.texts.get(text);
    let by = |a, b| natural_order(text(a), text(b));
    a.whose
        .cmp(&b.whose)
        .then(a.metric.cmp(&b.metric))
        .then_with(|| by(a.node, b.node))
        .then_with(|| by(a.instance, b.instance))
        .then_with(|| text(a.quantile).cmp(text(b.quantile)))
}
