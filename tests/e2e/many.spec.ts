import { expect, test } from './page/fixtures.ts';
import { viewOfQueries } from './page/views.ts';
import { MANY, manyId } from './world/many.ts';

const view = viewOfQueries(
  [{ refId: 'A', expr: `{__name__=~"${MANY.prefix}.+"}`, format: 'table', instant: true, range: false }],
  { time: { from: MANY.from, to: MANY.to }, options: { sort: 'name', descending: false } }
);

test('20,000 series are drawn, and scroll to the last of their 2,000 executions', async ({ panel, page }) => {
  await panel.open(view);
  await expect(panel.table).toHaveAttribute('aria-rowcount', String(MANY.executions + 1));
  await expect(panel.rows.first()).toContainText(manyId(0));
  const before = await panel.pixels();

  await panel.chart.hover();
  await page.mouse.wheel(0, 1_000_000);

  await expect(panel.rows.last()).toContainText(manyId(MANY.executions - 1));
  await expect(panel.rows.last()).toHaveAttribute('aria-rowindex', String(MANY.executions + 1));
  expect(await panel.pixels()).not.toEqual(before);
});

test('the table holds the rows in view alone where there are more than a thousand', async ({ panel }) => {
  await panel.open(view);
  await expect(panel.rows.first()).toBeAttached();
  expect(await panel.rows.count()).toBeLessThan(100);
});

test('the End key reaches the last of 2,000 executions', async ({ panel, page }) => {
  await panel.open(view);
  await panel.chart.focus();
  await page.keyboard.press('End');
  await expect(panel.tooltip).toContainText(manyId(MANY.executions - 1));
});
