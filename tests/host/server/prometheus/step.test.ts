import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, parseDuration } from './duration.ts';
import { interpolate } from './interpolate.ts';
import { prepareQuery } from './query.ts';
import { alignDown, rateIntervalMs, stepMs } from './step.ts';

const HOUR = 3_600_000;
const base = { rangeMs: 6 * HOUR, maxDataPoints: 1_000, scrapeIntervalMs: 15_000 };

test('the step divides the range among the data points, rounded to a usual interval', () => {
  assert.equal(stepMs(base), 20_000);
  assert.equal(stepMs({ ...base, maxDataPoints: 100 }), 300_000);
});

test('the step is never finer than the scrape interval or the minimum step of the query', () => {
  assert.equal(stepMs({ ...base, rangeMs: HOUR }), 15_000);
  assert.equal(stepMs({ ...base, rangeMs: HOUR, minStepMs: 60_000 }), 60_000);
  assert.equal(stepMs({ ...base, rangeMs: HOUR, minStepMs: 5_000 }), 5_000);
});

test('no query asks for more points than Prometheus answers', () => {
  const rangeMs = 30 * 24 * HOUR;
  const step = stepMs({ ...base, rangeMs, maxDataPoints: 1_000_000, minStepMs: 1_000 });
  assert.equal(step, 300_000);
  assert.ok(rangeMs / step <= 11_000);
});

test('the rate interval always holds four scrapes', () => {
  assert.equal(rateIntervalMs(15_000, 15_000), 60_000);
  assert.equal(rateIntervalMs(300_000, 15_000), 315_000);
});

test('range queries begin and end on the grid, instant ones exactly at the end', () => {
  const query = prepareQuery(
    { refId: 'A', expr: 'up', interval: '60s' },
    { from: 1_000_000_123, to: 1_000_600_123 },
    15_000
  );
  assert.deepEqual([query.start % 60_000, query.end % 60_000, query.at], [0, 0, 1_000_600_123]);
});

test('a grid of a day begins at midnight of the viewer', () => {
  const berlin = 3_600;
  assert.equal(alignDown(Date.UTC(2026, 0, 2, 5), 24 * HOUR, berlin), Date.UTC(2026, 0, 1, 23));
});

test('variables are put in with and without braces, the longer name first', () => {
  const intervals = { step: 15_000, range: 2 * HOUR, rateInterval: 60_000 };
  assert.equal(interpolate('$__interval $__interval_ms ${__interval}', intervals), '15s 15000 15s');
  assert.equal(interpolate('$__range $__range_s $__range_ms', intervals), '7200s 7200 7200000');
  assert.equal(interpolate('rate(x[$__rate_interval]) $__rate_interval_ms', intervals), 'rate(x[1m]) 60000');
});

test('a minimum step of $__rate_interval makes the step itself one', () => {
  const span = { from: 0, to: HOUR };
  const query = prepareQuery({ refId: 'A', expr: 'x[$__rate_interval]', interval: '$__rate_interval' }, span, 15_000);
  assert.deepEqual([query.step, query.expr], [60_000, 'x[1m]']);
});

test('durations are read as Prometheus writes them, and nonsense is named', () => {
  assert.deepEqual(['15s', '1h30m', '500ms', '>2m'].map(parseDuration), [15_000, 5_400_000, 500, 120_000]);
  assert.deepEqual([15_000, 60_000, 90_000, 1_500].map(formatDuration), ['15s', '1m', '90s', '1500ms']);
  assert.throws(() => parseDuration('soon'), /"soon" is not a duration/);
  assert.throws(() => parseDuration('0s'), /"0s" is not a duration/);
});

test('a query without an expression is named', () => {
  assert.throws(() => prepareQuery({ refId: 'B', expr: ' ' }, { from: 0, to: 1 }, 15_000), /query B has no expression/);
});
