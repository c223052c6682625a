import type { Row } from '../core/generated/timeline_panel';
import { rowsToCsv } from './csv';

const row = (change: Partial<Row>): Row =>
  ({
    ...{ name: 'f1', execution: 'f1', project: 'p', domain: 'd', workflow: 'w', kind: 'run', tier: 'execution' },
    ...{
      state: 'succeeded',
      end: 1_700_000_000_000,
      runs: 1,
      total: 1500.5,
      stages: [],
      notes: [],
      better: [],
      quantiles: [],
    },
    ...change,
  }) as Row;

const stage = (id: string, value: number, count: number) => ({ id, value, count }) as Row['stages'][number];

/** Field by field, as RFC 4180 reads it. */
function parse(csv: string): string[][] {
  const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of fields) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') {
      lines.push([]);
    }
  }
  return lines.slice(0, -1);
}

const column = (csv: string, name: string) => {
  const [head = [], ...lines] = parse(csv);
  return lines.map((cells) => cells[head.indexOf(name)]);
};

describe('rows as CSV', () => {
  test('have a line of names, a line a row, and two columns for each stage that any of them has', () => {
    const csv = rowsToCsv([row({ stages: [stage('task', 1200, 2)] }), row({ stages: [stage('queueing', 0.5, 1)] })]);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(column(csv, 'task_ms')).toEqual(['1200', '']);
    expect(column(csv, 'queueing_count')).toEqual(['', '1']);
    expect(column(csv, 'end')).toEqual(['2023-11-14T22:13:20.000Z', '2023-11-14T22:13:20.000Z']);
    expect(column(csv, 'begin')).toEqual(['', '']);
  });

  test('carry quotes, commas and line breaks through', () => {
    const name = 'a "b", c\r\nd';
    expect(column(rowsToCsv([row({ name })]), 'name')).toEqual([name]);
  });

  test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])('%j is no formula any more', (workflow) => {
    expect(column(rowsToCsv([row({ workflow })]), 'workflow')).toEqual([`'${workflow}`]);
  });

  test('a negative number stays a number', () => {
    expect(column(rowsToCsv([row({ stages: [stage('task', -1, 1)] })]), 'task_ms')).toEqual(['-1']);
  });
});
