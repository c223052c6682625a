import { expect, test } from './page/fixtures.ts';
import type { TableRow } from './page/panel.ts';
import { SECOND_HALF, viewOf, WHOLE } from './page/views.ts';
import { executionRows, type ExecutionRow } from './world/executions.ts';
import { historyOf } from './world/truth.ts';

/** As the table says it, in the words of the truth: rounded to a microsecond, which no metric is finer than. */
const round = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms * 1000) / 1000);

const told = ({ name, workflow, state, end, wall, stages }: TableRow) => ({
  ...{ name, workflow, state, end: round(end), wall: round(wall) },
  stages: Object.fromEntries(
    Object.entries(stages).map(([id, { value, count }]) => [id, { sum: round(value), count }])
  ),
});

const expected = ({ stages, ...row }: ExecutionRow) => ({
  ...row,
  ...{ end: round(row.end), wall: round(row.wall) },
  stages: Object.fromEntries(Object.entries(stages).map(([id, { sum, count }]) => [id, { sum: round(sum), count }])),
});

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

for (const [range, title] of [
  [WHOLE, 'the whole history'],
  [SECOND_HALF, 'a range that begins in the middle'],
] as const) {
  test(`over ${title}, every execution is one row with what its counters hold`, async ({ panel }) => {
    const rows = executionRows(await historyOf('core-exec'), range);
    const states = new Set(rows.map(({ state }) => state));
    expect([...states].sort(), 'the history has something of each').toEqual([
      'Aborted',
      'Failed',
      'Running',
      'Succeeded',
    ]);

    await panel.open(viewOf('core-exec', { time: range }));
    const table = await panel.read();

    expect(table.map(told).sort(byName)).toEqual(rows.map(expected).sort(byName));
  });
}
