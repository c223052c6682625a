/** The variables that Grafana's Prometheus backend puts into an expression before it asks Prometheus. */
import { formatDuration } from './duration.ts';

/** All in milliseconds. */
export interface Intervals {
  step: number;
  range: number;
  rateInterval: number;
}

/** Replaces `$name` and `${name}`; longer names come first, so `$__interval_ms` is not read as `$__interval`. */
export function interpolate(expr: string, intervals: Intervals): string {
  const rangeSeconds = Math.round(intervals.range / 1_000);
  const values: ReadonlyArray<readonly [name: string, value: string]> = [
    ['__rate_interval_ms', String(intervals.rateInterval)],
    ['__rate_interval', formatDuration(intervals.rateInterval)],
    ['__interval_ms', String(intervals.step)],
    ['__interval', formatDuration(intervals.step)],
    ['__range_ms', String(intervals.range)],
    ['__range_s', String(rangeSeconds)],
    ['__range', `${rangeSeconds}s`],
  ];
  return values.reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, value).replaceAll(`$${name}`, value),
    expr
  );
}
