/** What the option “One row for” makes of the data, and what each row says would tell more. */
import { expect, test } from './page/fixtures.ts';
import { comparable, mapValues, micro } from './page/numbers.ts';
import type { TableRow } from './page/panel.ts';
import { viewOf } from './page/views.ts';
import { INTERVAL } from './world/histories.ts';
import { meanRows } from './world/means.ts';
import { historyOf } from './world/truth.ts';

test('in a trend, every stretch of time is what the counters grew by in it', async ({ panel }) => {
  const history = await historyOf('core');
  await panel.open(viewOf('core', { options: { rows: 'trend' } }));
  const rows = await panel.read();
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['bucket']));

  for (const row of rows) {
    const { begin = NaN, end = NaN } = row;
    expect(begin % (5 * INTERVAL), 'a full five minutes').toBe(0);
    const means = meanRows(history, { range: { from: begin, to: end }, hasNodes: false });
    const expected = means.find(({ workflow }) => workflow === row.workflow);
    const which = `${row.workflow} until ${end}`;
    expect([row.runs, Object.keys(row.stages).sort()], which).toEqual([
      expected?.runs,
      Object.keys(expected?.stages ?? {}).sort(),
    ]);
    for (const [id, { value, count }] of Object.entries(row.stages)) {
      expect(value, `${id} of ${which}`).toBeCloseTo(expected?.stages[id]?.value ?? NaN, 2);
      expect(count, `${id} of ${which}`).toBe(expected?.stages[id]?.count);
    }
  }
});

test('a trend is made of the observations that the means are made of', async ({ panel }) => {
  const observations = async (rows: string) => {
    await panel.open(viewOf('binary', { options: { rows } }));
    const counts: Record<string, number> = {};
    (await panel.read()).forEach(({ workflow, stages }) => {
      counts[workflow] = (counts[workflow] ?? 0) + (stages['acceptance']?.count ?? 0);
    });
    return counts;
  };
  expect(await observations('trend')).toEqual(await observations('means'));
});

/** Sums over the executions of each workflow that ended. */
function sums(rows: TableRow[]): Record<string, { runs: number; stages: Record<string, number> }> {
  const all: Record<string, { runs: number; stages: Record<string, number> }> = {};
  for (const { workflow, state, runs = 1, stages } of rows.filter(({ state }) => state !== 'Running')) {
    const own = (all[workflow] ??= { runs: 0, stages: {} });
    own.runs += runs;
    for (const [id, { value }] of Object.entries(stages).filter(([id]) => id !== 'unattributed')) {
      own.stages[id] = (own.stages[id] ?? 0) + value * (state === 'Several' ? runs : 1);
    }
  }
  return all;
}

test('the mean of executions that are known by their ids is what they took over how many they are', async ({
  panel,
}) => {
  await panel.open(viewOf('core-exec'));
  const executions = sums(await panel.read());
  for (const rows of ['means', 'trend']) {
    await panel.open(viewOf('core-exec', { options: { rows } }));
    const folded = sums(await panel.read());
    const round = ({ runs, stages }: { runs: number; stages: Record<string, number> }) => ({
      runs,
      stages: mapValues(stages, (value) => Math.round(micro(value) ?? NaN)),
    });
    expect(mapValues(folded, round), rows).toEqual(mapValues(executions, round));
  }
});

test('what the data cannot follow is said, and shown as the best that it tells', async ({ panel }) => {
  await panel.open(viewOf('core'));
  const best = await panel.read();
  for (const [rows, told] of [
    ['execution', 'cannot be shown by execution id: that takes exec_id among the labels'],
    ['pods', 'cannot be shown by pods: that takes kube_pod_labels'],
  ]) {
    await panel.change({ options: { rows } });
    await panel.settled();
    await expect(panel.notices).toContainText(told ?? '');
    expect(await panel.read()).toEqual(best);
  }
});

test('executions that counters know can be shown by their pods instead', async ({ panel }) => {
  await panel.open(viewOf('core-exec'));
  const known = new Set((await panel.read()).map(({ name }) => name));
  await panel.change({ options: { rows: 'pods' } });
  await expect.poll(async () => (await panel.read()).some(({ tier }) => tier === 'Pods')).toBe(true);
  const rows = await panel.read();
  const names = new Set(rows.map(({ name }) => name));
  expect([...known].filter((name) => !names.has(name))).toEqual([]);
});

test('the tooltip says why a row is not known better and what would bring that', async ({ panel, page }) => {
  await panel.open(viewOf('core', { options: { sort: 'total' } }));
  const [row] = await panel.read();
  expect(row?.better).toContain('No exec_id and no node among the labels: add to propeller.metrics-keys');
  const place = await panel.placeOf(0);
  await page.mouse.move(place.x, place.y);
  const more = panel.tooltip.getByText('What would tell more');
  await expect(more).toBeVisible();
  for (const item of await panel.tooltip.getByRole('listitem').allTextContents()) {
    expect(row?.better).toContain(item);
  }
});

test('quantiles stand in the tooltip of a mean, by process, and in no bar', async ({ panel, page }) => {
  await panel.open(viewOf('core', { options: { rows: 'means' } }));
  const without = comparable(await panel.read());
  await panel.openState('quantiles');
  const rows = await panel.read();
  expect(comparable(rows)).toHaveLength(without.length);
  const told = rows.findIndex(({ quantiles }) => quantiles !== '');
  expect(rows[told]?.quantiles).toMatch(/^workflow:acceptance_latency_ms( at \S+)?: p50 [\d.]+ m?s, p99 [\d.]+ m?s/);
  const place = await panel.placeOf(told);
  await page.mouse.move(place.x, place.y);
  await expect(panel.tooltip).toContainText('as each propeller estimates them over its last ten minutes');
});
