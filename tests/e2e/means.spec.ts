import { expect, test } from './page/fixtures.ts';
import { mapValues, micro } from './page/numbers.ts';
import type { TableRow } from './page/panel.ts';
import { SECOND_HALF, viewOf, WHOLE } from './page/views.ts';
import { meanRows, type MeanRow } from './world/means.ts';
import { historyOf } from './world/truth.ts';

const told = ({ workflow, runs, wall, stages }: TableRow) => ({
  ...{ workflow, runs, wall: micro(wall) },
  stages: mapValues(stages, ({ value, mean, count }) => ({ value: micro(value), mean: micro(mean), count })),
});

const expected = ({ stages, wall, ...row }: MeanRow) => ({
  ...row,
  wall: micro(wall),
  stages: mapValues(stages, ({ value, mean, count }) => ({ value: micro(value), mean: micro(mean), count })),
});

const byWorkflow = (a: { workflow: string }, b: { workflow: string }) => a.workflow.localeCompare(b.workflow);

for (const [deployment, hasNodes, kind] of [
  ['core', false, 'two instances whose nodes have no label'],
  ['binary', true, 'an instance that restarts and labels its nodes'],
] as const) {
  for (const [range, title] of [
    [WHOLE, 'the whole history'],
    [SECOND_HALF, 'a range that begins in the middle'],
  ] as const) {
    test(`over ${title} of ${kind}, every workflow is one row with the growth of its counters`, async ({ panel }) => {
      const rows = meanRows(await historyOf(deployment), range, hasNodes);
      expect(rows.length).toBeGreaterThan(3);

      await panel.open(viewOf(deployment, { time: range }));

      expect((await panel.read()).map(told).sort(byWorkflow)).toEqual(rows.map(expected).sort(byWorkflow));
    });
  }
}
