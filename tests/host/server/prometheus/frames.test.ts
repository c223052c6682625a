import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryData, QueryAnswer } from './api.ts';
import { toFrames } from './frames.ts';
import { prepareQuery } from './query.ts';

const query = prepareQuery({ refId: 'A', expr: 'sum(runs)', maxDataPoints: 1_000 }, { from: 0, to: 3_600_000 }, 15_000);
const answer = (data: QueryData, more: Partial<QueryAnswer> = {}): QueryAnswer => ({
  data,
  warnings: [],
  infos: [],
  ...more,
});

test('every series is a frame with times of its own', () => {
  const frames = toFrames(
    answer({
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'runs', wf: 'a' },
          values: [
            [1, '1'],
            [16.5, '2'],
          ],
        },
        { metric: { __name__: 'runs', wf: 'b' }, values: [[31, '3']] },
      ],
    }),
    query
  );
  assert.deepEqual(
    frames.map(({ data }) => data.values),
    [
      [
        [1_000, 16_500],
        [1, 2],
      ],
      [[31_000], [3]],
    ]
  );
  assert.deepEqual(frames[0]?.schema.fields, [
    { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: 15_000 } },
    {
      name: 'runs',
      type: 'number',
      typeInfo: { frame: 'float64' },
      labels: { __name__: 'runs', wf: 'a' },
      config: { displayNameFromDS: 'runs{wf="a"}' },
    },
  ]);
});

test('only the first frame says what was asked', () => {
  const metrics = [{ wf: 'a' }, { wf: 'b' }].map((metric) => ({ metric, values: [[1, '1'] as [number, string]] }));
  const [first, second] = toFrames(answer({ resultType: 'matrix', result: metrics }), query);
  assert.equal(first?.schema.meta.executedQueryString, 'Expr: sum(runs)\nStep: 15s');
  assert.equal(second?.schema.meta.executedQueryString, undefined);
});

test('what JSON cannot carry travels as null beside its positions', () => {
  const values: Array<[number, string]> = [
    [1, 'NaN'],
    [2, '1.5'],
    [3, '+Inf'],
    [4, '-Inf'],
    [5, 'NaN'],
  ];
  const [frame] = toFrames(answer({ resultType: 'matrix', result: [{ metric: {}, values }] }), query);
  assert.deepEqual(frame?.data.values[1], [null, 1.5, null, null, null]);
  assert.deepEqual(frame?.data.entities, [null, { NaN: [0, 4], Inf: [2], NegInf: [3] }]);
});

test('an aggregate has no name: its field is called Value and shown as the expression', () => {
  const [frame] = toFrames(answer({ resultType: 'vector', result: [{ metric: {}, value: [5, '7'] }] }), query);
  const field = frame?.schema.fields[1];
  assert.deepEqual([field?.name, field?.config], ['Value', { displayNameFromDS: 'sum(runs)' }]);
  assert.equal(frame?.schema.meta.type, 'numeric-multi');
});

test('a legend takes labels in, and a missing one leaves nothing', () => {
  const named = { ...query, legendFormat: '{{ wf }} of {{project}}' };
  const [frame] = toFrames(answer({ resultType: 'vector', result: [{ metric: { wf: 'a' }, value: [5, '7'] }] }), named);
  assert.equal(frame?.schema.fields[1]?.config?.displayNameFromDS, 'a of ');
});

test('an automatic legend is left to the front end', () => {
  const named = { ...query, legendFormat: '__auto' };
  const [frame] = toFrames(answer({ resultType: 'vector', result: [{ metric: { wf: 'a' }, value: [5, '7'] }] }), named);
  assert.deepEqual(frame?.schema.fields[1]?.config, {});
});

test('an empty result is one frame without fields', () => {
  const frames = toFrames(answer({ resultType: 'matrix', result: [] }), query);
  assert.deepEqual(
    frames.map(({ schema, data }) => [schema.fields, data.values]),
    [[[], []]]
  );
});

test('warnings become notices of every frame', () => {
  const frames = toFrames(
    answer({ resultType: 'matrix', result: [] }, { warnings: ['late'], infos: ['gauge?'] }),
    query
  );
  assert.equal(frames[0]?.schema.name, 'Warnings');
  assert.deepEqual(frames[0]?.schema.meta.notices, [
    { severity: 'warning', text: 'late' },
    { severity: 'info', text: 'gauge?' },
  ]);
});

test('scalars and strings are series without labels', () => {
  const [scalar] = toFrames(answer({ resultType: 'scalar', result: [5, '7'] }), query);
  assert.deepEqual([scalar?.schema.meta.custom.resultType, scalar?.data.values], ['scalar', [[5_000], [7]]]);
  const [text] = toFrames(answer({ resultType: 'string', result: [5, 'words'] }), query);
  assert.deepEqual([text?.schema.fields[1]?.type, text?.data.values[1]], ['string', ['words']]);
});
