import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';

test('a click in the legend takes a stage out of every row and its total, another brings it back', async ({
  panel,
}) => {
  await panel.open(viewOf('core'));
  const task = panel.legend.and(panel.page.locator('[data-stage="task"]'));
  const before = await panel.read();
  const totals = before.map(({ total }) => total ?? NaN);
  const without = before.map(({ total, stages }) => (total ?? NaN) - (stages['task']?.value ?? 0));
  // Sums of floats differ by the order in which they are added up.
  const farthest = (expected: number[]) => async () =>
    Math.max(...(await panel.read()).map(({ total }, row) => Math.abs((total ?? NaN) - (expected[row] ?? NaN))));

  await task.click();
  await expect(task).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(farthest(without)).toBeLessThan(0.01);
  expect((await panel.read()).some(({ stages }) => 'task' in stages)).toBe(false);

  await task.click();
  await expect(task).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(farthest(totals)).toBeLessThan(0.01);
});

test('the legend says for each stage what all rows together spent in it', async ({ panel }) => {
  await panel.open(viewOf('core-exec'));
  const rows = await panel.read();
  const sum = (id: string) => rows.reduce((total, { stages }) => total + (stages[id]?.value ?? 0), 0);
  const ids = await panel.legend.evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute('data-stage') ?? '')
  );
  const all = ids.reduce((total, id) => total + sum(id), 0);
  for (const [index, id] of ids.entries()) {
    const share = Number(/([\d.]+)\s*%/.exec(await panel.legend.nth(index).innerText())?.[1]);
    expect(share / 100, id).toBeCloseTo(sum(id) / all, share < 10 ? 2.5 : 1.5);
  }
});

test('a click with Ctrl leaves one stage alone in the picture, the next one brings all back', async ({ panel }) => {
  await panel.open(viewOf('core'));
  const stages = (row: { stages: object } | undefined) => Object.keys(row?.stages ?? {});
  const [before] = await panel.read();
  const task = panel.legend.and(panel.page.locator('[data-stage="task"]'));
  await task.click({ modifiers: ['Control'] });
  await expect.poll(async () => (await panel.read()).flatMap(stages)).not.toContain('queueing');
  await expect(panel.root.getByRole('button', { pressed: true })).toHaveCount(1);
  await task.click({ modifiers: ['Control'] });
  await expect.poll(async () => stages((await panel.read())[0])).toEqual(stages(before));
});

test('as a table beside the rows the legend has a line for each stage', async ({ panel }) => {
  const legend = { showLegend: true, displayMode: 'table', placement: 'right' };
  await panel.open(viewOf('core', { options: { legend } }));
  const box = panel.root.getByTestId('workflow-timeline-legend');
  await expect(box).toBeVisible();
  await expect(box.getByRole('row')).toHaveCount((await panel.legend.count()) + 1);
  const [rows, beside] = await Promise.all([panel.chart.boundingBox(), box.boundingBox()]);
  expect(beside?.x).toBeGreaterThanOrEqual((rows?.x ?? 0) + (rows?.width ?? 0) - 1);
  await panel.change({ options: { legend: { showLegend: false } } });
  await expect(panel.legend).toHaveCount(0);
});
