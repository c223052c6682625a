/**
 * The step rule of Grafana's Prometheus data source: how wide the grid of a range query is, where it begins, and how
 * long `$__rate_interval` looks back. All durations are in milliseconds.
 *
 * Source: Grafana, pkg/promlib/models and pkg/promlib/intervalv2 (behaviour, not code).
 */

/** The most points per series that Prometheus answers; a finer step is refused. */
export const MAX_POINTS = 11_000;

/** What a data source assumes of its scrape interval when nobody has set one. */
export const DEFAULT_SCRAPE_INTERVAL_MS = 15_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `[below, rounded]`: an interval smaller than `below` becomes `rounded`. */
const ROUNDED: ReadonlyArray<readonly [below: number, rounded: number]> = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, SECOND],
  [3_500, 2 * SECOND],
  [7_500, 5 * SECOND],
  [12_500, 10 * SECOND],
  [17_500, 15 * SECOND],
  [25_000, 20 * SECOND],
  [45_000, 30 * SECOND],
  [90_000, MINUTE],
  [210_000, 2 * MINUTE],
  [450_000, 5 * MINUTE],
  [750_000, 10 * MINUTE],
  [1_050_000, 15 * MINUTE],
  [1_500_000, 20 * MINUTE],
  [2_700_000, 30 * MINUTE],
  [5_400_000, HOUR],
  [9_000_000, 2 * HOUR],
  [16_200_000, 3 * HOUR],
  [32_400_000, 6 * HOUR],
  [86_400_000, 12 * HOUR],
  [604_800_000, DAY],
  [1_814_400_000, 7 * DAY],
  [3_628_800_000, 30 * DAY],
];

/** Rounds an interval to one that a person would choose. */
export function roundInterval(intervalMs: number): number {
  return ROUNDED.find(([below]) => intervalMs < below)?.[1] ?? 365 * DAY;
}

export interface StepInput {
  /** Width of the time range. */
  rangeMs: number;
  maxDataPoints: number;
  /** The query's own minimum step, if it has one. */
  minStepMs?: number;
  /** The interval that the front end worked out, used when the query has no minimum step. */
  intervalMs?: number;
  /** The data source's scrape interval. */
  scrapeIntervalMs: number;
  /** Resolution factor of old dashboards; 1 when absent. */
  intervalFactor?: number;
}

/** The step of a range query. */
export function stepMs(input: StepInput): number {
  const floor = input.minStepMs ?? input.intervalMs ?? input.scrapeIntervalMs;
  const calculated = Math.max(roundInterval(input.rangeMs / Math.max(1, input.maxDataPoints)), floor);
  const safe = roundInterval(input.rangeMs / MAX_POINTS);
  return Math.max(calculated, safe) * (input.intervalFactor || 1);
}

/** The look-back of `$__rate_interval`: it always holds four scrapes, and one more than a step. */
export function rateIntervalMs(step: number, scrapeIntervalMs: number): number {
  return Math.max(step + scrapeIntervalMs, 4 * scrapeIntervalMs);
}

/** Aligns a time down to the step's grid in the viewer's time zone, so that a refresh reads the same points again. */
export function alignDown(timeMs: number, step: number, utcOffsetSec = 0): number {
  const offset = utcOffsetSec * SECOND;
  return Math.floor((timeMs + offset) / step) * step - offset;
}
