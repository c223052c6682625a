import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { DataFrame, DataFrameJSON } from '@grafana/data';
import { toFrames } from '../server/prometheus/frames.ts';
import { prepareQuery } from '../server/prometheus/query.ts';
import { shapeFrames, splitQuery, type PrometheusQuery } from './prometheusFrames.ts';

const { dataFrameFromJSON } = createRequire(import.meta.url)('@grafana/data') as typeof import('@grafana/data');

type Series = Array<{ metric: Record<string, string>; values: Array<[number, string]> }>;

/** What arrives in the browser for a range query. */
function framesFor(query: PrometheusQuery, result: Series): DataFrame[] {
  const prepared = prepareQuery(query, { from: 0, to: 60_000 }, 15_000);
  const answer = { data: { resultType: 'matrix' as const, result }, warnings: [], infos: [] };
  return toFrames(answer, prepared).map((frame) => dataFrameFromJSON(frame as unknown as DataFrameJSON));
}

const SERIES: Series = [
  {
    metric: { __name__: 'runs', wf: 'a' },
    values: [
      [30, '2'],
      [45, 'NaN'],
    ],
  },
  { metric: { __name__: 'runs', wf: 'b', node: 'n0' }, values: [[15, '1']] },
];

test('NaN and infinities arrive as what they were', () => {
  const query = { refId: 'A', expr: 'runs' };
  const [frame] = framesFor(query, [
    {
      metric: {},
      values: [
        [1, 'NaN'],
        [2, '+Inf'],
        [3, '-Inf'],
      ],
    },
  ]);
  assert.deepEqual(frame?.fields[1]?.values, [NaN, Infinity, -Infinity]);
});

test('a table is one long frame in order of time, with every label as a column', () => {
  const query: PrometheusQuery = { refId: 'A', expr: 'runs', format: 'table' };
  const [table, ...others] = shapeFrames(framesFor(query, SERIES), [query]);
  assert.equal(others.length, 0);
  assert.deepEqual(
    table?.fields.map(({ name, values }) => [name, values]),
    [
      ['Time', [15_000, 30_000, 45_000]],
      ['__name__', ['runs', 'runs', 'runs']],
      ['wf', ['b', 'a', 'a']],
      ['node', ['n0', '', '']],
      ['Value', [1, 2, NaN]],
    ]
  );
});

test('with several tables each value says whose it is', () => {
  const queries: PrometheusQuery[] = ['A', 'B'].map((refId) => ({ refId, expr: 'runs', format: 'table' }));
  const tables = shapeFrames(
    queries.flatMap((query) => framesFor(query, SERIES)),
    queries
  );
  assert.deepEqual(
    tables.map(({ fields }) => fields.at(-1)?.name),
    ['Value #A', 'Value #B']
  );
});

test('a query that is range and instant is sent as two, and its instant half is never a table', () => {
  const query: PrometheusQuery = { refId: 'A', expr: 'runs', format: 'table', instant: true, range: true };
  const sent = splitQuery(query, 0);
  assert.deepEqual(
    sent.map(({ refId, instant, range }) => [refId, instant, range]),
    [
      ['A', false, true],
      ['A-Instant', true, false],
    ]
  );
  const shaped = shapeFrames(framesFor({ refId: 'A-Instant', expr: 'runs' }, SERIES), [query]);
  assert.equal(shaped.length, 2);
});

test('an automatic legend leaves out the labels that all series share', () => {
  const query: PrometheusQuery = { refId: 'A', expr: 'runs', legendFormat: '__auto' };
  const shaped = shapeFrames(framesFor(query, SERIES), [query]);
  assert.deepEqual(
    shaped.map(({ fields }) => fields[1]?.config.displayNameFromDS),
    ['{wf="a"}', '{node="n0", wf="b"}']
  );
});

test('an empty table has no fields', () => {
  const query: PrometheusQuery = { refId: 'A', expr: 'runs', format: 'table' };
  assert.deepEqual(
    shapeFrames(framesFor(query, []), [query]).map(({ fields }) => fields.length),
    [0]
  );
});
