/** One query of a request to `/api/ds/query`, read, checked and made ready for Prometheus. */
import { parseDuration } from './duration.ts';
import { interpolate } from './interpolate.ts';
import { alignDown, rateIntervalMs, stepMs } from './step.ts';

/** A query as the front end sends it. Every field but `refId` may be missing. */
export interface WireQuery {
  refId: string;
  expr?: string;
  instant?: boolean;
  range?: boolean;
  legendFormat?: string;
  /** Minimum step, such as `15s`, or a variable. */
  interval?: string;
  intervalMs?: number;
  intervalFactor?: number;
  maxDataPoints?: number;
  utcOffsetSec?: number;
}

/** Milliseconds since the epoch. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** A query that Prometheus can be asked. Times and durations in milliseconds. */
export interface PreparedQuery {
  refId: string;
  expr: string;
  legendFormat: string;
  kinds: Array<'range' | 'instant'>;
  step: number;
  start: number;
  end: number;
  /** The moment of an instant query: the range's end, not aligned. */
  at: number;
}

const RATE_INTERVAL = /^\$\{?__rate_interval\}?$/;
const ANY_VARIABLE = /^\$/;

/**
 * @throws Error when the minimum step is not a duration or the expression is empty
 */
export function prepareQuery(query: WireQuery, span: TimeSpan, scrapeIntervalMs: number): PreparedQuery {
  const requested = query.interval?.trim() ?? '';
  const minStepMs = requested === '' || ANY_VARIABLE.test(requested) ? undefined : parseDuration(requested);
  const range = span.to - span.from;
  const calculated = stepMs({
    rangeMs: range,
    maxDataPoints: query.maxDataPoints ?? 100,
    minStepMs,
    intervalMs: query.intervalMs,
    scrapeIntervalMs,
    intervalFactor: query.intervalFactor,
  });
  const step = RATE_INTERVAL.test(requested) ? rateIntervalMs(calculated, scrapeIntervalMs) : calculated;
  const rateInterval = RATE_INTERVAL.test(requested) ? step : rateIntervalMs(step, minStepMs ?? scrapeIntervalMs);
  const expr = interpolate(query.expr ?? '', { step, range, rateInterval });
  if (expr.trim() === '') {
    throw new Error(`query ${query.refId} has no expression`);
  }
  return {
    refId: query.refId,
    expr,
    legendFormat: query.legendFormat ?? '',
    kinds: kindsOf(query),
    step,
    start: alignDown(span.from, step, query.utcOffsetSec),
    end: alignDown(span.to, step, query.utcOffsetSec),
    at: span.to,
  };
}

function kindsOf(query: WireQuery): Array<'range' | 'instant'> {
  if (query.instant) {
    return query.range ? ['range', 'instant'] : ['instant'];
  }
  return ['range'];
}
