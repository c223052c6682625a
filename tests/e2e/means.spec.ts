import { expect, test } from './page/fixtures.ts';
import { comparable } from './page/numbers.ts';
import { SECOND_HALF, viewOf, WHOLE } from './page/views.ts';
import { meanRows } from './world/means.ts';
import { historyOf } from './world/truth.ts';

for (const [deployment, hasNodes, kind] of [
  ['core', false, 'two instances whose nodes have no label'],
  ['binary', true, 'an instance that restarts and labels its nodes'],
] as const) {
  for (const [range, title] of [
    [WHOLE, 'the whole history'],
    [SECOND_HALF, 'a range that begins in the middle'],
  ] as const) {
    test(`over ${title} of ${kind}, every workflow is one row with the growth of its counters`, async ({ panel }) => {
      const rows = meanRows(await historyOf(deployment), { range, hasNodes });
      expect(rows.length).toBeGreaterThan(3);

      await panel.open(viewOf(deployment, { time: range, options: { rows: 'means' } }));

      expect(comparable(await panel.read())).toEqual(comparable(rows));
    });
  }
}
