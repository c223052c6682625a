import { expect, test } from './page/fixtures.ts';
import { mapValues, micro } from './page/numbers.ts';
import type { TableRow } from './page/panel.ts';
import { SECOND_HALF, viewOf, WHOLE } from './page/views.ts';
import { executionRows, type ExecutionRow } from './world/executions.ts';
import { historyOf } from './world/truth.ts';

const told = ({ name, workflow, state, end, wall, stages }: TableRow) => ({
  ...{ name, workflow, state, end: micro(end), wall: micro(wall) },
  stages: mapValues(stages, ({ value, count }) => ({ sum: micro(value), count })),
});

const expected = ({ stages, end, wall, ...row }: ExecutionRow) => ({
  ...row,
  ...{ end: micro(end), wall: micro(wall) },
  stages: mapValues(stages, ({ sum, count }) => ({ sum: micro(sum), count })),
});

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

for (const [range, title] of [
  [WHOLE, 'the whole history'],
  [SECOND_HALF, 'a range that begins in the middle'],
] as const) {
  test(`over ${title}, every execution is one row with what its counters hold`, async ({ panel }) => {
    const history = await historyOf('core-exec');
    const rows = executionRows(history, range);
    const ended = new Set(history.executions.filter(({ state }) => state !== 'running').map(({ exec_id }) => exec_id));
    const lost = rows.filter(({ name, state }) => state === 'Running' && ended.has(name));
    expect(lost, 'the history has an ending that a restart took').toHaveLength(1);
    const states = [...new Set(rows.map(({ state }) => state))].sort();
    expect(states, 'the history has something of each').toEqual(['Aborted', 'Failed', 'Running', 'Succeeded']);

    await panel.open(viewOf('core-exec', { time: range }));

    expect((await panel.read()).map(told).sort(byName)).toEqual(rows.map(expected).sort(byName));
  });
}
