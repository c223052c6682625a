import { expect, test } from './page/fixtures.ts';
import { mapValues, micro } from './page/numbers.ts';
import type { TableRow } from './page/panel.ts';
import { viewOf } from './page/views.ts';
import { trueRuns, type TrueRun } from './world/runs.ts';
import { historyOf } from './world/truth.ts';

/** Samples come on a grid of this step, some time after the scrape that they are of. */
const STEP = 60_000;

const shown = ({ state, stages: { unattributed: _, ...stages } }: TableRow) => ({
  state,
  stages: mapValues(stages, ({ value, count }) => ({ sum: micro(value), count })),
});

const told = ({ state, stages }: TrueRun) => ({
  state,
  stages: mapValues(stages, ({ sum, count }) => ({ sum: micro(sum), count })),
});

/** Observations of a stage by workflow, whatever rows they are in. */
function observations(rows: TableRow[], stage: string): Record<string, number> {
  const counts: Record<string, number> = {};
  rows.forEach(({ workflow, stages }) => {
    counts[workflow] = (counts[workflow] ?? 0) + (stages[stage]?.count ?? 0);
  });
  return counts;
}

for (const [deployment, hasNodes] of [
  ['core', false],
  ['binary', true],
] as const) {
  test(`${deployment}: a row that says it is one run is a run that really was, and most runs have one`, async ({
    panel,
  }) => {
    const runs = trueRuns(await historyOf(deployment), hasNodes);
    await panel.open(viewOf(deployment));
    const claims = (await panel.read()).filter(({ kind, state }) => kind === 'run' && state !== 'Running');

    for (const row of claims) {
      const end = row.end ?? NaN;
      const candidates = runs.filter(
        ({ workflow, seen }) => workflow === row.workflow && end - STEP < seen && seen <= end
      );
      expect(candidates.map(told), `${row.workflow} at ${end}`).toContainEqual(shown(row));
    }
    expect(claims.length).toBeGreaterThan(runs.length * 0.5);
  });

  test(`${deployment}: runs and means are made of the same observations`, async ({ panel }) => {
    await panel.open(viewOf(deployment));
    const rows = await panel.read();
    await panel.open(viewOf(deployment, { options: { rows: 'means' } }));
    const means = await panel.read();
    expect(new Set(rows.map(({ kind }) => kind))).toContain('run');
    expect(new Set(means.map(({ kind }) => kind))).toEqual(new Set(['mean']));
    for (const stage of hasNodes ? ['acceptance'] : ['acceptance', 'transition', 'queueing', 'task']) {
      expect(observations(rows, stage), stage).toEqual(observations(means, stage));
    }
  });
}
