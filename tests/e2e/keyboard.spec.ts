import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';

test('arrow keys walk through rows and stages, and Escape closes the tooltip', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec'));
  const rows = await panel.read();
  await panel.chart.focus();

  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toContainText(rows[0]?.name ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toContainText(rows[1]?.name ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(panel.tooltip).toContainText(rows[0]?.name ?? '');

  // The first one opens the row.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(panel.tooltip).toContainText('From the request in flyteadmin');
  await page.keyboard.press('ArrowRight');
  await expect(panel.tooltip).toContainText('From the end of a node’s last parent'.replace('’', "'"));

  await page.keyboard.press('Escape');
  await expect(panel.tooltip).toHaveCount(0);
});

test('End and Home reach the last row and the first, and scroll to them', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec'));
  const rows = await panel.read();
  await panel.chart.focus();

  await page.keyboard.press('End');
  await expect(panel.tooltip).toContainText(rows.at(-1)?.name ?? '');
  expect(await panel.chart.evaluate((scroller) => scroller.scrollTop)).toBeGreaterThan(0);

  await page.keyboard.press('Home');
  await expect(panel.tooltip).toContainText(rows[0]?.name ?? '');
  await expect.poll(() => panel.chart.evaluate((scroller) => scroller.scrollTop)).toBe(0);
});

test('the Tab key reaches the chart, the edge of its names and then every stage of the legend', async ({
  panel,
  page,
}) => {
  await panel.open(viewOf('core'));
  await panel.chart.focus();
  await page.keyboard.press('Tab');
  await expect(panel.root.getByRole('separator')).toBeFocused();
  for (const stage of await panel.legend.all()) {
    await page.keyboard.press('Tab');
    await expect(stage).toBeFocused();
  }
});
