import { type DataFrame, type Field, FieldType } from '@grafana/data';

import { toFrames } from './frames';

const time = (values: unknown[]): Field => ({
  name: 'Time',
  type: FieldType.time,
  config: { interval: 15_000 },
  values,
});

const sum = (values: unknown[], labels: Record<string, string> = {}): Field => ({
  name: 'flyte:propeller:all:node:queueing_latency_ms_sum',
  type: FieldType.number,
  config: { displayNameFromDS: 'queueing' },
  labels,
  values,
});

const frame = (fields: Field[], rest: Partial<DataFrame> = {}): DataFrame => ({
  refId: 'A',
  fields,
  length: fields[0]?.values.length ?? 0,
  ...rest,
});

/** Reads `shape` as its documentation says, so that a test can name what it means. */
function decode({ strings, shape }: ReturnType<typeof toFrames>) {
  let at = 0;
  const number = () => shape[at++] ?? NaN;
  const text = () => strings[number()];
  const many = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  const frames = [];
  while (at < shape.length) {
    const [refId, name, query, kind, rows, fields] = [text(), text(), text(), number(), number(), number()];
    frames.push({
      ...{ refId, name, query, kind, rows },
      fields: many(fields, () => ({
        ...{ name: text(), display: text(), type: number(), interval: number() },
        labels: many(number(), () => [text(), text()]),
      })),
    });
  }
  return frames;
}

describe('toFrames', () => {
  test('a series becomes its description and two columns', () => {
    const labels = { __name__: 'queueing_latency_ms_sum', wf: 'p:d:w' };
    const frames = toFrames([frame([time([1, 2]), sum([10, 20], labels)], { name: 'n' })]);
    expect(decode(frames)).toEqual([
      {
        ...{ refId: 'A', name: 'n', query: '', kind: 0, rows: 2 },
        fields: [
          { name: 'Time', display: '', type: 0, interval: 15_000, labels: [] },
          {
            ...{ name: 'flyte:propeller:all:node:queueing_latency_ms_sum', display: 'queueing', type: 1, interval: 0 },
            labels: Object.entries(labels),
          },
        ],
      },
    ]);
    expect(frames.columns).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  test('a text is kept once, however many frames have it', () => {
    const { strings } = toFrames([frame([sum([1], { wf: 'w' })]), frame([sum([2], { wf: 'w' })])]);
    expect(new Set(strings).size).toBe(strings.length);
    expect(strings[0]).toBe('');
  });

  test('a column of numbers is passed on without a copy', () => {
    const values = [1, NaN, Infinity];
    expect(toFrames([frame([sum(values)])]).columns[0]).toBe(values);
  });

  test.each([
    ['null', [null, 5, null]],
    ['undefined', [undefined, 5, undefined]],
    ['text', ['-', 5, '-']],
  ])('%s among the numbers is not a number, and never zero', (_, values) => {
    expect(Array.from(toFrames([frame([sum(values)])]).columns[0] ?? [])).toEqual([NaN, 5, NaN]);
  });

  test('a hole late in a column of numbers is found', () => {
    const column = toFrames([frame([sum([1, 2, null])])]).columns[0] ?? [];
    expect(Array.from(column)).toEqual([1, 2, NaN]);
  });

  test('a column has as many values as its frame has rows', () => {
    const columns = toFrames([frame([time([1, 2, 3]), sum([7])])]).columns;
    expect(columns.map((column) => column.length)).toEqual([3, 3]);
    expect(Array.from(columns[1] ?? [])).toEqual([7, NaN, NaN]);
  });

  test('a table has columns of texts, with the empty text for what is missing', () => {
    const exec: Field = { name: 'exec_id', type: FieldType.string, config: {}, values: ['a', null, 'a', 'b'] };
    const { strings, columns } = toFrames([frame([exec])]);
    expect(Array.from(columns[0] ?? [], (position) => strings[position])).toEqual(['a', '', 'a', 'b']);
  });

  test('a field of another type is described and has no column', () => {
    const other: Field = { name: 'up', type: FieldType.boolean, config: {}, values: [true] };
    const frames = toFrames([frame([other, sum([1])])]);
    expect(decode(frames)[0]?.fields.map(({ type }) => type)).toEqual([3, 1]);
    expect(frames.columns).toEqual([]);
    expect(frames.ones).toEqual([1]);
  });

  test('times and numbers of frames of one row stand together, in the order of their fields', () => {
    const exec: Field = { name: 'exec_id', type: FieldType.string, config: {}, values: ['a'] };
    const { strings, columns, ones } = toFrames([
      frame([time([1]), sum([10])]),
      frame([time([2, 3]), sum([20, 30])]),
      frame([time([4]), exec, sum([null])]),
    ]);
    expect(ones).toEqual([1, 10, 4, NaN]);
    expect(columns.map((column) => Array.from(column))).toEqual([[2, 3], [20, 30], [strings.indexOf('a')]]);
  });

  test('a frame without fields, as an empty result has, is described and has no column', () => {
    const frames = toFrames([frame([], { refId: 'B', meta: { executedQueryString: 'Expr: up' } })]);
    expect(decode(frames)).toEqual([{ refId: 'B', name: '', query: 'Expr: up', kind: 0, rows: 0, fields: [] }]);
    expect(frames.columns).toEqual([]);
  });

  test('the query on the first frame of a refId holds for all of its frames, and for no other', () => {
    const frames = toFrames([
      frame([], { refId: 'A', meta: { executedQueryString: 'Expr: a' } }),
      frame([], { refId: 'A' }),
      frame([], { refId: 'A-Instant' }),
    ]);
    expect(decode(frames).map(({ refId, query }) => [refId, query])).toEqual([
      ['A', 'Expr: a'],
      ['A', 'Expr: a'],
      ['A-Instant', ''],
    ]);
  });

  test.each([
    ['matrix', 'numeric-multi', 1],
    ['vector', 'timeseries-multi', 2],
    ['scalar', undefined, 2],
    [undefined, 'timeseries-long', 1],
    [undefined, 'numeric-wide', 2],
    ['exemplar', 'logs', 0],
  ])('result type %s of a frame of type %s is of kind %d', (resultType, type, kind) => {
    const meta = { custom: { resultType }, type } as DataFrame['meta'];
    expect(decode(toFrames([frame([], { meta })]))[0]?.kind).toBe(kind);
  });

  test.each([[undefined], [null], [-1], [NaN], [1e12]])('an interval of %s is unknown', (interval) => {
    const field = { ...time([1]), config: { interval } };
    expect(decode(toFrames([frame([field])]))[0]?.fields[0]?.interval).toBe(0);
  });
});
