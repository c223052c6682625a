//! Quantiles in words, for the row of means that they belong to.

use crate::format;
use crate::profile::Profile;
use crate::run::{Kind, Notes, Quantile, Run, Runs, Tier};
use crate::text::Text;

/// More lines than these nobody reads beside a row.
const MOST_LINES: usize = 12;

/// A line for each metric, node and process: `node:queueing_latency_ms: p50 0.4 s, p90 1.2 s`. Those of
/// nodes belong to the row of the node where that is asked for.
#[must_use]
pub fn lines(profile: &Profile, runs: &Runs, run: &Run, node: Option<&str>) -> Vec<String> {
    let of_executions = run.notes.has(Notes::OF_EXECUTIONS) || run.notes.has(Notes::OF_PODS);
    if run.tier != Tier::Average || run.kind != Kind::Mean || of_executions {
        return Vec::new();
    }
    let whose = [run.workflow, run.project, run.domain];
    let begin = runs.quantiles.partition_point(|quantile| quantile.whose < whose);
    let own = runs.quantiles.get(begin..).unwrap_or_default();
    let own: Vec<&Quantile> = own
        .iter()
        .take_while(|quantile| quantile.whose == whose)
        .filter(|quantile| node.is_none_or(|node| runs.texts.get(quantile.node) == node))
        .collect();
    let several = own.windows(2).any(|pair| matches!(pair, [a, b] if a.instance != b.instance));
    let place = |quantile: &Quantile| (quantile.metric, quantile.node, quantile.instance);
    let mut lines: Vec<String> = Vec::new();
    let mut left_out = 0;
    for own in own.chunk_by(|a, b| place(a) == place(b)) {
        let Some(first) = own.first() else { continue };
        let Some(metric) = profile.metric(first.metric) else { continue };
        if lines.len() == MOST_LINES {
            left_out += 1;
            continue;
        }
        let mut line = metric.suffix.to_string();
        let mut add = |text: Text, before: &str| {
            if !text.is_empty() {
                line.push_str(before);
                line.push_str(runs.texts.get(text));
            }
        };
        if node.is_none() {
            add(first.node, " of ");
        }
        if several {
            add(first.instance, " at ");
        }
        for (position, quantile) in own.iter().enumerate() {
            line.push_str(if position == 0 { ": " } else { ", " });
            line.push_str(&name(runs.texts.get(quantile.quantile)));
            line.push(' ');
            line.push_str(&format::duration(quantile.value));
        }
        lines.push(line);
    }
    if left_out > 0 {
        lines.push(format!("{left_out} more."));
    }
    lines
}

/// `p50` for `0.5`, as people call it.
fn name(quantile: &str) -> String {
    let digits = quantile.strip_prefix("0.").unwrap_or_default();
    if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return ["quantile ", quantile].concat();
    }
    let padding = if digits.len() == 1 { "0" } else { "" };
    let (whole, rest) = digits.split_at(digits.len().min(2));
    let point = if rest.is_empty() { "" } else { "." };
    ["p", whole, padding, point, rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_called_as_people_call_them() {
        let names = ["0.5", "0.9", "0.99", "0.999", "1.0", "x", "0.", "0.9999"].map(name);
        assert_eq!(
            names,
            [
                "p50",
                "p90",
                "p99",
                "p99.9",
                "quantile 1.0",
                "quantile x",
                "quantile 0.",
                "quantile 0.9999"
            ]
        );
    }
}
