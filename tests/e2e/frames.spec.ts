import { expect, test } from './page/fixtures.ts';
import type { Panel, TableRow } from './page/panel.ts';
import { viewOf, type Query, type ViewChange } from './page/views.ts';
import { END, INTERVAL, PREFIX } from './world/histories.ts';

const HOUR = 3_600_000;
const LATE = { from: END - 3 * HOUR, to: END };

async function rowsOf(panel: Panel, view: ViewChange): Promise<TableRow[]> {
  await panel.open(view);
  const rows = await panel.read();
  expect(rows.length).toBeGreaterThan(3);
  return rows.sort((a, b) => a.name.localeCompare(b.name));
}

/** The view with every query changed. */
function asking(view: ViewChange, change: Partial<Query>): ViewChange {
  return { ...view, queries: view.queries?.map((query) => ({ ...query, ...change })) };
}

for (const deployment of ['core', 'binary'] as const) {
  test(`a range of ${deployment} as a table makes the same rows as series`, async ({ panel }) => {
    const view = viewOf(deployment, { time: LATE });
    const series = await rowsOf(panel, asking(view, { format: 'time_series' }));
    expect(await rowsOf(panel, asking(view, { format: 'table' }))).toEqual(series);
  });
}

test('instant values of executions as a table make the same rows as series', async ({ panel }) => {
  const view = viewOf('core-exec', { time: LATE });
  const table = await rowsOf(panel, view);
  expect(await rowsOf(panel, asking(view, { format: 'time_series' }))).toEqual(table);
});

test('a range of executions makes the same rows as their instant values, ends within a step', async ({ panel }) => {
  const view = viewOf('core-exec', { time: LATE });
  const instant = await rowsOf(panel, view);
  const [stages] = view.queries ?? [];
  const selector = /\{__name__[^}]+\}/.exec(stages?.expr ?? '')?.[0] ?? '';
  const range: Query = { refId: 'A', expr: selector, range: true, instant: false, interval: '1m' };

  const rows = await rowsOf(panel, { ...view, queries: [range] });

  // Only the instant view has pods, so that what would tell more differs.
  const withoutEnds = (row: TableRow) => ({ ...row, end: undefined, better: undefined });
  expect(rows.map(withoutEnds)).toEqual(instant.map(withoutEnds));
  const onGrid = (end: number | undefined) => end && LATE.from + Math.ceil((end - LATE.from) / INTERVAL) * INTERVAL;
  expect(rows.map(({ end }) => end)).toEqual(instant.map(({ end }) => onGrid(end)));
});

test('both a range and an instant of one query count once', async ({ panel }) => {
  const view = viewOf('core', { time: LATE });
  const range = await rowsOf(panel, view);
  expect(await rowsOf(panel, asking(view, { range: true, instant: true }))).toEqual(range);
});

test('metrics under a prefix that nobody has heard of make the same rows', async ({ panel }) => {
  const view = viewOf('core', { time: LATE });
  const renamed = (expr: string) => `label_replace(${expr}, "__name__", "acme_$1", "__name__", "${PREFIX.core}(.*)")`;
  const queries = view.queries?.map((query) => ({ ...query, expr: renamed(query.expr) })) ?? [];
  const known = await rowsOf(panel, view);
  expect(await rowsOf(panel, { ...view, queries })).toEqual(known);
});

test('counters at one instant are not said to be of the time range', async ({ panel, page }) => {
  const view = viewOf('core', { time: LATE });
  await panel.open(asking(view, { range: false, instant: true }));
  await expect(panel.rows).not.toHaveCount(0);
  const place = await panel.placeOf(0);
  await page.mouse.move(place.x, place.y);
  await expect(panel.tooltip).toContainText('everything since propeller started');
  await expect(panel.tooltip).not.toContainText('over the time range');
});
