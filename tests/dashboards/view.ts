/** A panel of a dashboard as a view of the host's page, see tests/host/README.md. */
import type { Panel, Target } from './dashboard.ts';
import { fill, type Values } from './variables.ts';

/** The minimum step is put in here: the page's data source does so with expressions alone. */
function queryOf(target: Target, values: Values, maxDataPoints: number | undefined) {
  const { refId, expr, format, instant, range, legendFormat, interval = '' } = target;
  return {
    refId,
    expr,
    format,
    instant: instant ?? false,
    range: range ?? !instant,
    legendFormat,
    interval: fill(interval, values).text,
    maxDataPoints,
  };
}

export function viewOf(panel: Panel, values: Values, time: { from: number; to: number }) {
  return {
    title: panel.title,
    queries: (panel.targets ?? []).map((target) => queryOf(target, values, panel.maxDataPoints)),
    options: panel.options ?? {},
    fieldConfig: panel.fieldConfig,
    time,
    timeZone: 'utc',
    variables: values,
    transformations: panel.transformations,
  };
}
